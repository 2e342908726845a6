"""The history of a record in the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import NamedTuple

from ucapdesk.base.clock import moment
from ucapdesk.base.i18n import language, tr
from ucapdesk.base.json_text import Json
from ucapdesk.model.codes import code_label
from ucapdesk.model.kind import Kind
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.log_messages import sentence
from ucapdesk.model.text.fields_in_words import label_of
from ucapdesk.model.text.fields_in_words import say as say_value
from ucapdesk.model.values.bilingual import STATE
from ucapdesk.store.desk import Desk
from ucapdesk.store.merge.row_state import TRASHED
from ucapdesk.store.read.reader import CellChange
from ucapdesk.store.refusals import NoSuchRecord

# Name of the cell that holds whether a record is in the Trash, outside the store; its values are true and false.
TRASH = "trash"


class HistoryEntry(NamedTuple):
    """One value that one field had. ``field`` is a cell such as ``title.zh``, or ``trash``; of a set ``old`` or
    ``new`` is the member that went or came.
    """

    time: datetime
    person: str
    field: str
    field_label: str
    old: Json
    new: Json
    before: str  # ``old`` in the reader's words; empty where there was nothing
    after: str
    sentence: str
    n: int = 0  # The number of the changeset that wrote it


def of(desk: Desk, id_: str, lang: str | None = None) -> list[HistoryEntry]:
    """Return every value that each field of a record ever had, oldest first. Raises NoSuchRecord."""
    record = desk.read.record(id_)
    if record is None or record.reserved:
        raise NoSuchRecord(id=id_)
    kind = KINDS[type(record).__tablename__]
    lang = lang or language()
    names = titles_in(desk, lang)
    return [_entry(kind, change, lang, names) for change in desk.history(id_)]


def _entry(kind: Kind, change: CellChange, lang: str, names: Callable[[str], str]) -> HistoryEntry:
    old, new = (_value(change.field, value) for value in (change.old, change.new))
    field = TRASH if change.field == TRASHED else change.field
    said = sentence(change.label, lang, names)
    before, after = (_said(kind, change.field, value, lang, names) for value in (old, new))
    label = label_of(kind.name, change.field, lang)
    return HistoryEntry(moment(change.time), change.person, field, label, old, new, before, after, said, change.n)


def _said(kind: Kind, cell: str, value: Json, lang: str, names: Callable[[str], str]) -> str:
    """Return a value as lists and forms show it; as stored where this version does not know it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return tr("paper", "Yes", lang) if value else tr("paper", "No", lang)
    if cell.endswith(STATE):
        return code_label("translation_states", str(value), lang)
    field = kind.fields.get(cell)
    try:
        read = field.type.read([value] if field.is_set and not isinstance(value, list) else value) if field else value
        return say_value(field, read, lang, names) if field else str(value)
    except (ValueError, TypeError):
        return str(value)


def _value(cell: str, value: Json) -> Json:
    """Return a value for reading; of the state of a text the word without its hashes."""
    if cell == TRASHED:
        return None if value is None else value == 1
    if cell.endswith(STATE) and isinstance(value, str):
        return value.split(" ")[0]
    return value


def say_cell(desk: Desk, kind: str, cell: str, value: Json) -> str:
    lang = language()
    return _said(KINDS[kind], cell, _value(cell, value), lang, titles_in(desk, lang))


def titles_in(desk: Desk, lang: str, *, apart: bool = False) -> Callable[[str], str]:
    """Return a function that gives the titles of records by id, reading each once. ``apart``: of merged ones their own."""

    @cache
    def name(id_: str) -> str:
        return desk.read.titles([id_], lang, apart=apart).get(id_) or id_

    return name
