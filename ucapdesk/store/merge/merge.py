"""The one writer of records. A save of this desk and a file from a colleague come in by the same door: ``apply``.

What is shown afterwards depends only on which changesets are held, never on the order in which they came.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from ucapdesk.base.json_text import Json, dumps
from ucapdesk.model.kind import Kind
from ucapdesk.store.log.changeset import Changeset, parse_body
from ucapdesk.store.log.data_owner import Place, about, first_owner, people_of, records_about
from ucapdesk.store.log.liveness import Liveness, unseen
from ucapdesk.store.log.log import Device, Dot, Log
from ucapdesk.store.merge.candidates import is_question, settle
from ucapdesk.store.merge.cell_writer import write_columns, write_sets
from ucapdesk.store.merge.one_kind import make_one, make_one_erased
from ucapdesk.store.merge.outcome import Outcome
from ucapdesk.store.merge.row_state import (
    ERASED,
    TRASHED,
    Held,
    below,
    dots,
    gone_with,
    is_of_the_log,
    keep,
    load,
    load_one,
)
from ucapdesk.store.safety.erase import (
    BlankedWithoutErasing,
    ErasesOthers,
    Removals,
    are_erased,
    blank,
    empty,
    forgotten,
    names_in,
    without_name,
)

Indexer = Callable[[Any, Mapping[str, Mapping[int, str]]], None]
"""A function that updates the search index and the sort keys of these rows: kind → {row number: id}."""

GROUP_ROWS, GROUP_SIZE = 2000, 16 * 2**20
"""Record lines resolved together, and their characters: limits the memory of an import of any size."""


@dataclass(slots=True)
class _Group:
    """The changes of one group of changesets, while they are resolved."""

    held: dict[str, Held]
    questions: set[tuple[int, str]]
    several: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    answered: set[tuple[int, str]] = field(default_factory=set)
    erased: dict[str, Held] = field(default_factory=dict)
    """Records whose data is removed, or that were written into although it had been."""
    gone: set[str] = field(default_factory=set)
    """Those of them whose data had not been removed before."""
    left: set[str] = field(default_factory=set)
    """What they belonged to, which may be kept from the Trash by nothing else."""
    mixed: set[str] = field(default_factory=set)
    """Records that were written as two different kinds."""
    entries: list[tuple[Any, ...]] = field(default_factory=list)
    touched: list[tuple[int, int]] = field(default_factory=list)
    moved: set[str] = field(default_factory=set)
    owners: dict[str, str | None] = field(default_factory=dict)
    """What a record is a part of, as the first changeset of this group that names it says."""


class Merge:
    """Applies changesets to the tables of one database, inside the caller's transaction."""

    def __init__(self, log: Log, kinds: Mapping[str, Kind], index: Indexer | None = None) -> None:
        self.log, self.db, self.kinds, self.index = log, log.db, kinds, index
        self.liveness = Liveness(log, kinds)

    def apply(self, changesets: Iterable[Changeset], *, proven: bool = False) -> Outcome:
        """Take in changesets in causal order. Raises MissingChanges, Fork, BlankedWithoutErasing or ErasesOthers, and then the
        transaction must be rolled back.

        Args:
            changesets: What is known already has no effect.
            proven: Whether only people and what is shown to be part of them may be removed for good. Not asked of what
                is here already: an earlier version took it in.
        """
        outcome = self._take_in(changesets, proven=proven)
        if not self._removals.were_asked(self.log):
            raise BlankedWithoutErasing
        alone = [part for person, part in self._parts.items() if not are_erased(self.db, [person])]
        for other in (*self._others, *alone):
            raise ErasesOthers(other.ent, other.id)
        return outcome

    def _take_in(self, changesets: Iterable[Changeset], *, proven: bool = False) -> Outcome:
        outcome = Outcome()
        self._removals = Removals()
        self._proven, self._parts = proven, dict[str, Held]()
        self._others = list[Held]()
        group: list[Changeset] = []
        rows = size = 0
        with _no_collector():
            for changeset in changesets:
                group.append(changeset)
                rows += len(changeset.rows)
                size += sum(map(len, changeset.lines))
                if rows >= GROUP_ROWS or size >= GROUP_SIZE:
                    self._apply(group, outcome)
                    group, rows, size = [], 0, 0
            if group:
                self._apply(group, outcome)
        return outcome

    def _apply(self, changesets: list[Changeset], outcome: Outcome) -> None:
        held = load(self.db, {id_ for cs in changesets for _, id_, _ in (*cs.rows, *cs.blanked)})
        group = _Group(held, self._questions(held))
        for changeset in changesets:
            device = self.log.accept(changeset)
            if device is not None:
                outcome.changesets += 1
                self._heads(group, device, without_name(changeset, forgotten(self.log), device.ord))
        self.log.keep(group.entries, group.moved)
        self.db.executemany("INSERT OR IGNORE INTO sync_touch VALUES(?, ?)", group.touched)
        for id_ in group.mixed - group.erased.keys():
            group.several[id_] = make_one(self.log, self.kinds, held[id_])
        self._settle(group, outcome)
        outcome.conflicts |= self.write([row for row in held.values() if row.cells or row.new])
        self._show_again([held[id_] for id_ in group.mixed])
        self._erase_parts(group)
        if group.erased:
            self._erase(group, outcome)
        for row in held.values():
            if row.cells or row.new:
                (outcome.new if row.new else outcome.updated).add((row.ent, row.id))

    def write(self, rows: list[Held]) -> set[tuple[str, str]]:
        """Bring every table up to date with the resolved cells of these rows. Return the ids with a new question of life."""
        former = {row.owner for row in rows if row.owner}
        for row in rows:
            if "owner" in row.cells:
                row.owner = row.cells["owner"] if isinstance(row.cells["owner"], str) else None
        keep(self.db, rows)
        write_columns(self.db, self.kinds, rows)
        asked = self.liveness.settle(rows, former)
        owners = write_sets(self.db, self.kinds, rows)
        self._index([*rows, *owners], {row.id for row in owners})
        return {(id_, TRASHED) for id_ in asked}

    def _show_again(self, rows: list[Held]) -> None:
        """Update what depends on rows whose kind may have changed: their sets, and the search index."""
        write_sets(self.db, self.kinds, [part for row in rows for part in below(self.db, row)])
        self._index(rows, {row.id for row in rows})

    def _questions(self, held: Mapping[str, Held]) -> set[tuple[int, str]]:
        rows = dumps([row.n for row in held.values()])
        query = "SELECT row, fld FROM sync_conflict WHERE row IN (SELECT value FROM json_each(?))"
        return set(self.db.execute(query, (rows,)).fetchall())

    def _heads(self, group: _Group, device: Device, changeset: Changeset) -> None:
        """Put a changeset on top of what its author had seen, and beside what they had not."""
        group.entries.append(self.log.entry(device, changeset))
        group.moved.add(device.id)
        dot = (device.ord, changeset.seq)
        self.log.remember(dot, changeset)
        self._removals.note(changeset)
        for ent, id_, of in changeset.blanked:
            known = group.held.get(id_)
            row = self._row(group, ent, id_)
            if known:
                self._prove(group, row)
            if row.ent not in (ent, ERASED):
                group.mixed.add(id_)
            self._blank(group, row, of)
        for ent, id_, cells in changeset.rows:
            row = self._row(group, ent, id_)
            if ent == ERASED:
                self._prove(group, row)
            elif row.ent not in (ent, ERASED):
                group.mixed.add(id_)
            if ent == ERASED or ERASED in row.heads:
                group.erased[id_] = row
                group.several.pop(id_, None)
                if ERASED not in row.heads or cells.get("labels"):
                    group.gone.add(id_)
                if ent == ERASED:
                    self._head_of_erased(row, dot, device.seen, cells)
                    forgotten(self.log).note(dot, device.seen, id_, names_in(cells))
                continue
            if ent != row.ent:
                continue
            row.cells.update(cells)
            if about(self.kinds, ent):
                if row.new and id_ not in group.owners:
                    group.owners[id_] = changeset.person_of(id_)
            elif isinstance(owner := cells.get("owner"), str):
                group.owners.setdefault(id_, owner)
            self._cell_heads(group, row, cells, dot, device.seen)

    @staticmethod
    def _cell_heads(group: _Group, row: Held, cells: Mapping[str, Any], dot: Dot, seen: Any) -> None:
        """Put the cells of a row of a changeset on top of those that its author had seen."""
        alone = [*dot]
        for cell, value in cells.items():
            old = row.heads.get(cell)
            kept = unseen(old, dot, seen) if old else None
            row.heads[cell] = [*kept, *dot] if kept else alone
            if kept or (type(value) is dict and is_question(value)):
                group.several[row.id].add(cell)
            elif old:
                if row.id in group.several:
                    group.several[row.id].discard(cell)
                if group.questions and (row.n, cell) in group.questions:
                    group.answered.add((row.n, cell))

    def _row(self, group: _Group, ent: str, id_: str) -> Held:
        """Return the row of the record that the changeset just accepted writes."""
        row = group.held.get(id_)
        if row is None:
            self.log.last_row += 1
            row = group.held[id_] = Held(self.log.last_row, id_, ent, None, {}, new=True)
        group.touched.append((row.n, self.log.last_n))
        return row

    def _blank(self, group: _Group, row: Held, of: str) -> None:
        """Mark a record as erased with another one; its own lines need not be known any more."""
        group.erased[row.id] = row
        group.several.pop(row.id, None)
        if ERASED not in row.heads:
            group.gone.add(row.id)
            group.left |= {row.owner} if row.owner else set()
            row.heads, row.cells, row.owner = {ERASED: []}, {}, of if of and of != row.id else None

    def _prove(self, group: _Group, row: Held) -> None:
        """Check that a record to be removed for good is a person, or part of one that is removed as well."""
        if not self._proven or ERASED in row.heads:
            return
        person = self._person_of(group, row)
        if person is None:
            self._others.append(row)
        else:
            self._parts[person] = row

    def _person_of(self, group: _Group, row: Held) -> str | None:
        """Return the person whose part a record is; a person is their own. The first statement of an owner counts."""

        def above(ids: Collection[str]) -> dict[str, Place]:
            found = {id_: group.held.get(id_) or load_one(self.db, id_) for id_ in ids}
            return {id_: (held.ent, self._first_owner(group, held)) for id_, held in found.items() if held}

        return people_of(self.kinds, [row.id], above).get(row.id)

    def _first_owner(self, group: _Group, row: Held) -> str | None:
        return first_owner(self.log, self.kinds, row) or group.owners.get(row.id)

    def _head_of_erased(
        self, row: Held, dot: tuple[int, int], seen: Mapping[int, int], cells: Mapping[str, Json]
    ) -> None:
        """Reduce the cells of an erased record to the erasure, whatever is still written into it."""
        if row.ent == ERASED and cells.get("kind") in self.kinds:
            row.ent = str(cells["kind"])  # where nothing else is here that says what it was
        row.heads = {ERASED: [*unseen(row.heads.get(ERASED, []), dot, seen), *dot]}
        row.cells = {"owner": None} if row.owner else {}

    def _erase_parts(self, group: _Group) -> None:
        """Erase the parts of erased people too, also those that nobody knew of at the time."""
        held = group.held
        placed = [(row, row.owner) for row in held.values() if "owner" in row.cells and row.owner]
        placed += [(held[id_], of) for id_, of in group.owners.items() if of and about(self.kinds, held[id_].ent)]
        gone = gone_with(self.db, [of for _, of in placed])
        todo = [(row, gone[owner]) for row, owner in placed if owner in gone]
        for row in group.erased.values():
            parts = (*below(self.db, row), *records_about(self.log, self.kinds, row))
            todo += [(part, row.owner or row.id) for part in parts]
        while todo:
            part, of = todo.pop()
            row = held.get(part.id, part)
            if ERASED not in row.heads:
                todo += [(each, of) for each in below(self.db, row)]
                self._prove(group, row)
                self._blank(group, row, of)

    def _erase(self, group: _Group, outcome: Outcome) -> None:
        rows = list(group.erased.values())
        make_one_erased(self.log, self.kinds, [row for row in rows if row.id in group.mixed])
        keep(self.db, [replace(row, new=False) for row in rows])
        empty(self.db, self.kinds, rows)
        outcome.erased |= group.erased.keys()
        outcome.gone |= group.gone
        outcome.updated |= {(row.ent, row.id) for row in rows}
        outcome.files |= blank(self.log, rows)
        self.liveness.settle((), group.left)
        outcome.conflicts -= self.liveness.no_questions(outcome.conflicts)
        self._index([row for row in rows if row.ent in self.kinds], {row.id for row in rows})

    def _settle(self, group: _Group, outcome: Outcome) -> None:
        several = [(id_, cell) for id_, cells in group.several.items() for cell in cells]
        self.log.fetch({dot for id_, cell in several for dot in dots(group.held[id_].heads[cell])})
        asked: list[tuple[int, str, str]] = []
        for id_, cell in several:
            if cell == TRASHED:
                continue
            row = group.held[id_]
            said = settle(self.log, row, cell, asked=self.asks(row.ent, cell), long=self.is_long(row.ent, cell))
            row.cells[cell] = said.value
            if said.state:
                asked.append((row.n, cell, said.state))
                (outcome.merged if said.state == "merged" else outcome.conflicts).add((id_, cell))
                group.answered.discard((row.n, cell))
            else:
                group.answered.add((row.n, cell))
        self._ask(asked, [(n, cell) for n, cell in group.answered if cell != TRASHED])

    def _ask(self, asked: list[tuple[int, str, str]], gone: list[tuple[int, str]]) -> None:
        self.db.executemany("DELETE FROM sync_conflict WHERE row = ? AND fld = ?", gone)
        self.db.executemany("INSERT OR REPLACE INTO sync_conflict VALUES(?, ?, ?)", asked)

    def asks(self, ent: str, cell: str) -> bool:
        """Return whether two different values of a cell are a question for a person."""
        if cell.endswith(".state") or cell == "owner" or is_of_the_log(ent):
            return False
        place = self.kinds[ent].place_of(cell) if ent in self.kinds else None
        return not (place and place[0].meta.quiet)

    def is_long(self, ent: str, cell: str) -> bool:
        """Return whether a cell holds a text that may be merged by sentence."""
        place = self.kinds[ent].place_of(cell) if ent in self.kinds else None
        return bool(place and place[0].meta.long)

    def _index(self, rows: list[Held], whole: set[str]) -> None:
        changed: dict[str, dict[int, str]] = defaultdict(dict)
        for row in rows:
            kind = self.kinds.get(row.ent)
            if kind is None or kind.cls.reserved:
                continue
            if row.new or row.id in whole or any(cell.partition(".")[0] in kind.indexed for cell in row.cells):
                changed[row.ent][row.n] = row.id
        if self.index and changed:
            self.index(self.db, changed)

    # -- making everything again -------------------------------------------------------------------

    def rebuild(
        self,
        again: Callable[[Changeset], Iterable[Changeset]] = lambda changeset: (changeset,),
        branch_of: Mapping[bytes, str] | None = None,
    ) -> None:
        """Rebuild all tables but the log's own rows from the changesets. Fields kept on this laptop only are saved.

        Args:
            again: What stands in place of each changeset from now on.
            branch_of: To which branch each belongs from now on, by its chain; where it says nothing, to that of before.
        """
        local = self._local_values()
        self.db.execute("CREATE TEMP TABLE log_copy AS SELECT n, dev, chain, body FROM sync_changeset")
        for table in ("sync_row", "sync_touch", "sync_conflict", "sync_vv", "sync_changeset", *self.kinds):
            self.db.execute(f'DELETE FROM "{table}"')
        self.db.execute("DELETE FROM search")
        self.log.restart()
        self._take_in(each for changeset in self._copied(branch_of or {}) for each in again(changeset))
        self.db.execute("DROP TABLE temp.log_copy")
        for ent, name, value, id_ in local:
            self.db.execute(f'UPDATE "{ent}" SET "{name}" = ? WHERE id = ?', (value, id_))

    def _copied(self, branch_of: Mapping[bytes, str]) -> Iterable[Changeset]:
        done = 0
        query = "SELECT n, dev, chain, body FROM temp.log_copy WHERE n > ? ORDER BY n LIMIT 500"
        while found := self.db.execute(query, (done,)).fetchall():
            done = found[-1][0]
            for _, dev, chain, body in found:
                changeset = parse_body(body, branch_of.get(bytes(chain)) or self.log.by_ord[dev].id)
                changeset.packed = body if isinstance(body, bytes) else None
                yield changeset

    def _local_values(self) -> list[tuple[str, str, Any, str]]:
        found = []
        for ent, kind in self.kinds.items():
            for name in (f.name for f in kind.fields.values() if f.meta.local):
                query = f'SELECT "{name}", id FROM "{ent}" WHERE "{name}" IS NOT NULL'
                found += [(ent, name, value, id_) for value, id_ in self.db.execute(query)]
        return found


@contextmanager
def _no_collector() -> Iterator[None]:
    """Run without the cyclic garbage collector: there are no cycles here, and its search takes a quarter of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
