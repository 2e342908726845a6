"""The history of a record in the reader's language, and undo and redo."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import groupby
from operator import attrgetter
from typing import Any, Generic, NamedTuple

from sqlalchemy.orm.attributes import set_committed_value

from ucapdesk.base.i18n import language
from ucapdesk.model.field_change import FieldChange
from ucapdesk.model.log_messages import sentence
from ucapdesk.model.record import R
from ucapdesk.model.serialize import kind_of
from ucapdesk.model.text.fields_in_words import label_of
from ucapdesk.services.records.duplicates import merged_then
from ucapdesk.services.records.records import get, write
from ucapdesk.store.desk import Desk
from ucapdesk.store.log.changeset import StepLabel
from ucapdesk.store.merge.row_state import TRASHED
from ucapdesk.store.outcomes import Undone
from ucapdesk.store.read.derived_values import set_shown
from ucapdesk.store.read.duplicate_records import joined
from ucapdesk.store.read.history_in_words import TRASH, HistoryEntry, of, say_cell, titles_in
from ucapdesk.store.read.reader import CellChange
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
    record = get(desk, id_)
    kind, (name, _, key) = kind_of(record), entry.field.partition(".")
    field, last = kind.fields[name], entry.n - 1 if before else entry.n

    def earlier(current: Any) -> Any:
        written = [change for change in desk.history(id_) if change.field == entry.field]
        if field.is_set:
            return getattr(_then(record, (each for each in written if each.n <= last)), name) or field.type.load(None)
        own = next(change for change in written if change.n == entry.n)
        raw = own.old if before else own.new
        if not key:
            return field.type.read(raw)
        cells = {part.removeprefix("."): value for part, value in field.type.split(current).items()}
        return field.type.joined({**cells, key: raw})

    said = {"id": id_, "kind": kind.name, "fields": [entry.field]}
    return bool(write(desk, id_, {name: FieldChange(field, [earlier])}, label=["restore", said]))


class Past(NamedTuple, Generic[R]):
    """How a record was, for somebody who had seen the changes of laptops up to some numbers.

    Attributes:
        seen: It as they had seen it.
        since: The cells with changes that stand and that they had not seen.
        states: It after each of its changes that stand; empty where they had seen all of these.
    """

    seen: R
    since: set[str]
    states: list[R]


def past(desk: Desk, record: R, seen: Mapping[str, int]) -> Past[R]:
    """Return how a record was, together with those that were merged with it then."""
    then = desk.read.remembered((past, *sorted(seen.items())), lambda: merged_then(desk, seen))
    ones: list[Past[Any]] = [_own_past(desk, each, seen) for each in desk.read.apart(then.whole(record.id)) or [record]]
    read = ones[0].seen
    set_shown(read, joined(kind_of(record), [vars(each.seen) for each in ones]))
    return Past(read, set().union(*(each.since for each in ones)), [state for each in ones for state in each.states])


def _own_past(desk: Desk, record: R, seen: Mapping[str, int]) -> Past[R]:
    """Return how a record was; what was undone does not stand."""
    written, undone = desk.history(record.id), set[tuple[str, int]]()
    for each in reversed(written):
        if (each.device, each.seq) not in undone:
            undone |= {(each.device, seq) for seq in each.undoes}
    known = [each for each in written if each.seq <= seen.get(each.device, 0)]
    stands = [each for each in written if not each.undoes and (each.device, each.seq) not in undone]
    since = {each.field for each in stands if each.seq > seen.get(each.device, 0)}
    return Past(_then(record, known), since, list(_states(record, stands)) if since else [])


def _then(record: R, written: Iterable[CellChange]) -> R:
    *_, then = _holding(record, {}), *_states(record, written)
    return then


def _states(record: R, written: Iterable[CellChange]) -> Iterator[R]:
    fields, cells = kind_of(record).fields, dict[str, dict[Any, Any]]()
    for _, changes in groupby(written, attrgetter("n")):
        for each in changes:
            name, _, key = each.field.partition(".")
            held = cells.setdefault(name, {})
            if name in fields and fields[name].is_set:
                held.pop(each.old, None)
                held |= {each.new: None} if each.new is not None else {}
            else:
                held[key] = each.new
        yield _holding(record, cells)


def _holding(record: R, cells: Mapping[str, Mapping[Any, Any]]) -> R:
    """Return a record that holds these values of its fields, by the parts of each; a set has its members in place of parts."""
    then, fields = type(record)(), kind_of(record).fields
    for name in {"id", "owner"} & vars(record).keys():
        set_committed_value(then, name, getattr(record, name))
    for name, said in cells.items():
        with suppress(KeyError, ValueError, TypeError):  # the Trash, and what is of another version
            field = fields[name]
            raw: Any = list(said) if field.is_set else said if field.type.keyed else said[""]
            set_committed_value(then, name, field.type.joined(raw) if field.type.keyed else field.type.read(raw))
    return then


class RecordsAsSeen:
    """Reads records as somebody had seen them, for rules that ask for others."""

    def __init__(self, desk: Desk, seen: Mapping[str, int]) -> None:
        self._desk, self._seen = desk, seen

    def get(self, kind: type[R], id_: str) -> R | None:
        record = self._desk.read.get(kind, id_)
        return record and past(self._desk, record, self._seen).seen

    def children(self, id_: str, kind: type[R]) -> list[R]:
        return [past(self._desk, each, self._seen).seen for each in self._desk.read.children(id_, kind)]


def say(desk: Desk, label: StepLabel, lang: str | None = None) -> str:
    lang = lang or language()
    return sentence(label, lang, titles_in(desk, lang, apart=label[0].startswith("same.")))


def undo(desk: Desk) -> Undone:
    return desk.undo()


def redo(desk: Desk) -> Undone:
    return desk.redo()


def next_undo(desk: Desk, lang: str | None = None) -> str | None:
    label = desk.next_undo()
    return say(desk, label, lang) if label else None


def next_redo(desk: Desk, lang: str | None = None) -> str | None:
    label = desk.next_redo()
    return say(desk, label, lang) if label else None


def is_taken_back(desk: Desk, id_: str) -> bool:
    """Return whether a record is in the Trash since the step that made it was undone; it is new when its file comes again."""
    moved = [change for change in desk.history(id_) if change.field == TRASHED]  # a restoring may be undone as well
    return bool(moved) and bool(moved[-1].new) and all(move.label[0] == UNDO for move in moved if move.new)
