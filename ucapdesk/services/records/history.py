"""The history of a record in the reader's language, and undo and redo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from ucapdesk.base.clock import moment
from ucapdesk.base.i18n import LANGUAGE_NAMES, language, tr
from ucapdesk.base.json_text import Json
from ucapdesk.model.codes import code_label
from ucapdesk.model.kind import Kind, KindField
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.log_messages import sentence
from ucapdesk.model.text.format import say as say_value
from ucapdesk.model.text.parse.quick_line import Change as Made
from ucapdesk.model.values import Bilingual
from ucapdesk.services.records.records import get, write
from ucapdesk.store.change_events import Undone
from ucapdesk.store.desk import Desk
from ucapdesk.store.log.changeset import Label
from ucapdesk.store.merge.row_state import TRASHED
from ucapdesk.store.read.record_history import Change

TRASH = "trash"
"""Name of the cell that holds whether a record is in the Trash, outside the store; its values are true and false."""
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
    """``old`` in the reader's words; empty where there was nothing."""
    after: str
    sentence: str
    n: int = 0
    """The number of the changeset that wrote it."""


def of(desk: Desk, id_: str, lang: str | None = None) -> list[Entry]:
    """Return every value that each field of a record ever had, oldest first. Raises NoSuchRecord."""
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
    return Entry(moment(change.time), change.person, field, label, old, new, before, after, said, change.n)


def _said(kind: Kind, cell: str, value: Json, lang: str, names: Callable[[str], str]) -> str:
    """Return a value as lists and forms show it; as stored where this version does not know it."""
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
    """Return a value for reading; of the state of a text the word without its hashes."""
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
            "history",
            "{field} · {language}, state of the text",
            lang,
            field=said,
            language=LANGUAGE_NAMES.get(part.removesuffix(_STATE), part),
        )
    return f"{said} · {LANGUAGE_NAMES.get(part, part)}" if part else said


def label_of(kind: str, cell: str, lang: str | None = None) -> str:
    """Return the label of a field, with the language of a cell."""
    return _label(KINDS[kind], cell, lang or language())


def say_cell(desk: Desk, kind: str, cell: str, value: Json, lang: str | None = None) -> str:
    """Return a value of a cell, as the log has it, in words."""
    lang = lang or language()
    return _said(KINDS[kind], cell, _value(cell, value), lang, _names(desk, lang))


def _names(desk: Desk, lang: str) -> Callable[[str], str]:
    """Return a function that gives the titles of records by id, reading each once."""

    @cache
    def name(id_: str) -> str:
        return desk.read.titles([id_], lang).get(id_) or id_

    return name


def restore(desk: Desk, id_: str, entry: Entry, *, before: bool = False, initiator: object = None) -> bool:
    """Restore one field to the value of an entry of the history. One step, which undo takes back.

    Args:
        desk: The workspace.
        id_: The record.
        entry: What was written then; of a set, all its members at that time come back.
        before: The value that stood before it instead.
        initiator: Who asks, told to the listeners.

    Returns:
        False where the field holds that value already.
    """
    kind = KINDS[type(get(desk, id_)).__tablename__]
    name, _, key = entry.field.partition(".")
    field = kind.fields[name]

    def earlier(current: Any) -> Any:
        raw = _raw(desk, id_, field, entry, before=before)
        return Bilingual({**(current or Bilingual()).cells, key: raw}) if key else field.type.read(raw)

    said = {"id": id_, "kind": kind.name, "fields": [entry.field]}
    return bool(write(desk, id_, {name: Made(field, [earlier])}, label=["restore", said], initiator=initiator))


def _raw(desk: Desk, id_: str, field: KindField, entry: Entry, *, before: bool) -> Any:
    """Return the cell's value as the log has it; of a set its members."""
    changes = [change for change in desk.history(id_) if change.field == entry.field]
    if field.is_set:
        members: dict[Any, None] = {}
        for change in changes:
            if change.n < entry.n or (change.n == entry.n and not before):
                members.pop(change.old, None)
                members |= {change.new: None} if change.new is not None else {}
        return list(members)
    written = next(change for change in changes if change.n == entry.n)
    return written.old if before else written.new


def say(desk: Desk, label: Label, lang: str | None = None) -> str:
    """Return a step in a sentence."""
    lang = lang or language()
    return sentence(label, lang, _names(desk, lang))


def undo(desk: Desk, *, initiator: object = None) -> Undone:
    """Undo the newest own step. Raises NothingToUndo."""
    return desk.undo(initiator=initiator)


def redo(desk: Desk, *, initiator: object = None) -> Undone:
    """Redo the step that was undone last. Raises NothingToRedo."""
    return desk.redo(initiator=initiator)


def next_undo(desk: Desk, lang: str | None = None) -> str | None:
    """Return the step that undo would take back, in a sentence; None where there is none."""
    label = desk.next_undo()
    return say(desk, label, lang) if label else None


def next_redo(desk: Desk, lang: str | None = None) -> str | None:
    """Return the step that redo would do again, in a sentence; None where there is none."""
    label = desk.next_redo()
    return say(desk, label, lang) if label else None
