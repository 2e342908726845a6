"""The history of a record, told in the reader's language, and the steps back and forth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from ucapdesk.base.clock import moment
from ucapdesk.base.i18n import language, tr
from ucapdesk.base.json_text import Json
from ucapdesk.model.codes import code_label
from ucapdesk.model.kind import Kind
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.sentences import sentence
from ucapdesk.model.wording import say as say_value
from ucapdesk.services.records import get
from ucapdesk.store.changeset import Label
from ucapdesk.store.desk import Desk, Undone
from ucapdesk.store.held import TRASHED
from ucapdesk.store.history import Change

TRASH = "trash"
"""What the cell of life and death is called outside the store; its values are true and false."""
_STATE = ".state"


@dataclass(frozen=True, slots=True)
class Entry:
    """One value that one field had. ``field`` is a cell such as ``title.zh``, or ``trash``; of a set ``old`` or
    ``new`` is the member that went or came.
    """

    time: datetime
    person: str
    field: str
    field_label: str
    old: Json
    new: Json
    before: str
    """``old`` in words of the reader; empty where there was nothing."""
    after: str
    sentence: str


def of(desk: Desk, id_: str, lang: str | None = None) -> list[Entry]:
    """Every value that each field of a record ever had, oldest first. Raises NoSuchRecord."""
    kind = KINDS[type(get(desk, id_)).__tablename__]
    lang = lang or language()
    names = _names(desk, lang)
    return [_entry(kind, change, lang, names) for change in desk.history(id_)]


def _entry(kind: Kind, change: Change, lang: str, names: Callable[[str], str]) -> Entry:
    old, new = (_value(change.field, value) for value in (change.old, change.new))
    field = TRASH if change.field == TRASHED else change.field
    said = sentence(change.label, lang, names)
    before, after = (_said(kind, change.field, value, lang, names) for value in (old, new))
    label = _label(kind, change.field, lang)
    return Entry(moment(change.time), change.person, field, label, old, new, before, after, said)


def _said(kind: Kind, cell: str, value: Json, lang: str, names: Callable[[str], str]) -> str:
    """A value as lists and forms say it; what this version does not know, as it is kept."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return tr("paper", "Yes", lang) if value else tr("paper", "No", lang)
    if cell.endswith(_STATE):
        return code_label("translation_states", str(value), lang)
    field = kind.fields.get(cell)
    try:
        read = field.type.read([value] if field.is_set else value) if field else value
        return say_value(field, read, lang, names) if field else str(value)
    except (ValueError, TypeError):
        return str(value)


def _value(cell: str, value: Json) -> Json:
    """A value as a person reads it; of a text's state the word without the hashes it speaks of."""
    if cell == TRASHED:
        return None if value is None else value == 1
    if cell.endswith(_STATE) and isinstance(value, str):
        return value.split(" ")[0]
    return value


def _label(kind: Kind, cell: str, lang: str) -> str:
    if cell == TRASHED:
        return tr("history", "Trash", lang)
    name, _, part = cell.partition(".")
    field = kind.fields.get(name)
    said = field.label(lang) if field else name
    if cell.endswith(_STATE):
        return tr(
            "history", "{field} ({language}), state of the text", lang, field=said, language=part.removesuffix(_STATE)
        )
    return f"{said} ({part})" if part else said


def _names(desk: Desk, lang: str) -> Callable[[str], str]:
    """Titles of records by id, asked once each."""

    @cache
    def name(id_: str) -> str:
        return desk.read.titles([id_], lang).get(id_) or id_

    return name


def say(desk: Desk, label: Label, lang: str | None = None) -> str:
    """What a step did, in a sentence."""
    lang = lang or language()
    return sentence(label, lang, _names(desk, lang))


def undo(desk: Desk, *, initiator: object = None) -> Undone:
    """Take the newest own step back. Raises NothingToUndo."""
    return desk.undo(initiator=initiator)


def redo(desk: Desk, *, initiator: object = None) -> Undone:
    """Do again what was undone last. Raises NothingToRedo."""
    return desk.redo(initiator=initiator)


def next_undo(desk: Desk, lang: str | None = None) -> str | None:
    """What undo would take back, in a sentence; None where there is nothing."""
    label = desk.next_undo()
    return say(desk, label, lang) if label else None


def next_redo(desk: Desk, lang: str | None = None) -> str | None:
    """What redo would do again, in a sentence; None where there is nothing."""
    label = desk.next_redo()
    return say(desk, label, lang) if label else None
