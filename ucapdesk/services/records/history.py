"""The history of a record in the reader's language, and undo and redo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any, NamedTuple

from sqlalchemy.orm.attributes import set_committed_value

from ucapdesk.base.grouping import grouped
from ucapdesk.base.i18n import language
from ucapdesk.model.field_change import FieldChange
from ucapdesk.model.kind import KindField
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.log_messages import sentence
from ucapdesk.model.record import Record
from ucapdesk.model.serialize import kind_of
from ucapdesk.model.values import Bilingual
from ucapdesk.model.values.bilingual import BilingualType
from ucapdesk.services.records.records import get, write
from ucapdesk.store.change_events import Undone
from ucapdesk.store.desk import Desk
from ucapdesk.store.log.changeset import StepLabel
from ucapdesk.store.merge.row_state import TRASHED
from ucapdesk.store.read.history_in_words import TRASH, HistoryEntry, label_of, of, say_cell, titles_in
from ucapdesk.store.read.record_history import CellChange
from ucapdesk.store.undo import UNDO

__all__ = ["TRASH", "HistoryEntry", "label_of", "of", "say_cell"]


def restore(desk: Desk, id_: str, entry: HistoryEntry, *, before: bool = False) -> bool:
    """Restore one field to the value of an entry of the history. One step, which undo takes back.

    Args:
        desk: The workspace.
        id_: The record.
        entry: What was written then; of a set, all its members at that time come back.
        before: The value that stood before it instead.

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
    return bool(write(desk, id_, {name: FieldChange(field, [earlier])}, label=["restore", said]))


def _raw(desk: Desk, id_: str, field: KindField, entry: HistoryEntry, *, before: bool) -> Any:
    """Return the cell's value as the log has it; of a set its members."""
    changes = [change for change in desk.history(id_) if change.field == entry.field]
    if field.is_set:
        return _members(each for each in changes if each.n < entry.n or (each.n == entry.n and not before))
    written = next(change for change in changes if change.n == entry.n)
    return written.old if before else written.new


def _members(changes: Iterable[CellChange]) -> list[Any]:
    members: dict[Any, None] = {}
    for change in changes:
        members.pop(change.old, None)
        members |= {change.new: None} if change.new is not None else {}
    return list(members)


class Past(NamedTuple):
    """How a record was, for somebody who had seen the changes of laptops up to some numbers.

    Attributes:
        seen: It as they had seen it.
        since: The cells with changes that stand and that they had not seen.
        states: It after each of its changes that stand; empty where they had seen all of these.
    """

    seen: Record
    since: set[str]
    states: list[Record]


def past(desk: Desk, record: Record, seen: Mapping[str, int]) -> Past:
    """Return how a record was; what was undone does not stand."""
    written, undone = desk.history(record.id), set[tuple[str, int]]()
    for each in reversed(written):
        if (each.device, each.seq) not in undone:
            undone |= {(each.device, seq) for seq in each.undoes}
    known = [each for each in written if each.seq <= seen.get(each.device, 0)]
    stands = [each for each in written if not each.undoes and (each.device, each.seq) not in undone]
    ends = {each.n: at for at, each in enumerate(stands, 1)}
    since = {each.field for each in stands if each.seq > seen.get(each.device, 0)}
    return Past(_with(record, known), since, [_with(record, stands[:at]) for at in ends.values() if since])


def _with(record: Record, written: Iterable[CellChange]) -> Record:
    """Return a record that holds what these changes wrote."""
    then, fields = type(record)(), kind_of(record).fields
    for name, changes in grouped((each.field.partition(".")[0], each) for each in written).items():
        with suppress(KeyError, ValueError, TypeError):  # the Trash, and what is of another version
            field = fields[name]
            raw: Any = _members(changes) if field.is_set else changes[-1].new
            cells = {each.field.partition(".")[2]: each.new for each in changes}
            keyed = isinstance(field.type, BilingualType)
            set_committed_value(then, name, Bilingual(cells) if keyed else field.type.read(raw))
    return then


def say(desk: Desk, label: StepLabel, lang: str | None = None) -> str:
    """Return a step in a sentence."""
    lang = lang or language()
    return sentence(label, lang, titles_in(desk, lang))


def undo(desk: Desk) -> Undone:
    """Undo the newest own step. Raises NothingToUndo."""
    return desk.undo()


def redo(desk: Desk) -> Undone:
    """Redo the step that was undone last. Raises NothingToRedo."""
    return desk.redo()


def next_undo(desk: Desk, lang: str | None = None) -> str | None:
    """Return the step that undo would take back, in a sentence; None where there is none."""
    label = desk.next_undo()
    return say(desk, label, lang) if label else None


def next_redo(desk: Desk, lang: str | None = None) -> str | None:
    """Return the step that redo would do again, in a sentence; None where there is none."""
    label = desk.next_redo()
    return say(desk, label, lang) if label else None


def is_taken_back(desk: Desk, id_: str) -> bool:
    """Return whether a record is in the Trash since the step that made it was undone; it is new when its file comes again."""
    moved = [change for change in desk.history(id_) if change.field == TRASHED]  # a restoring may be undone as well
    return bool(moved) and bool(moved[-1].new) and all(move.label[0] == UNDO for move in moved if move.new)
