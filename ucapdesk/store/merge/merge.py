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
from ucapdesk.store.log.log import Device, Dot, Log
from ucapdesk.store.merge.resolve import Liveness, Settled, is_question, make_one, make_one_erased, settle, unseen
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
    write_columns,
    write_sets,
)
from ucapdesk.store.outcomes import Outcome
from ucapdesk.store.safety.erase import (
    PERSON,
    Claims,
    RemovalJudge,
    blank,
    dispute,
    empty,
    forgotten,
    names_in,
    without_name,
)

# A function that updates the search index and the sort keys of these rows: kind → {row number: id}.
Indexer = Callable[[Any, Mapping[str, Mapping[int, str]]], None]

# Record lines resolved together, and their characters: limits the memory of an import of any size.
GROUP_ROWS, GROUP_SIZE = 2000, 16 * 2**20


@dataclass(slots=True)
class _Group:
    """The changes of one group of changesets, while they are resolved."""

    held: dict[str, Held]
    questions: set[tuple[int, str]]
    several: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    answered: set[tuple[int, str]] = field(default_factory=set)
    # Records into which a removal was written, or that may be data of somebody removed.
    judged: set[str] = field(default_factory=set)
    # Removals to be checked: of which record, and who asked for it.
    unproven: list[tuple[str, Dot]] = field(default_factory=list)
    mixed: set[str] = field(default_factory=set)  # Records that were written as two different kinds
    entries: list[tuple[Any, ...]] = field(default_factory=list)
    touched: list[tuple[int, int]] = field(default_factory=list)
    moved: set[str] = field(default_factory=set)


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
        self._judge.check_all()
        return outcome

    def _take_in(self, changesets: Iterable[Changeset], *, proven: bool = False) -> Outcome:
        outcome = Outcome()
        self._judge = RemovalJudge(self.log, self.kinds, proven)
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
            if self._judge.new:
                self._remove(self._judge.concerned(), outcome, ())
        return outcome

    def _apply(self, changesets: list[Changeset], outcome: Outcome) -> None:
        held = load(self.db, {id_ for cs in changesets for _, id_, _ in (*cs.rows, *cs.blanked)})
        group = _Group(held, self._questions(held))
        self._judge.look_up(changesets)
        for changeset in changesets:
            device = self.log.accept(changeset)
            if device is not None:
                outcome.changesets += 1
                self._heads(group, device, without_name(changeset, forgotten(self.log), device.ord))
        self.log.keep(group.entries, group.moved)
        self.db.executemany("INSERT OR IGNORE INTO sync_touch VALUES(?, ?)", group.touched)
        for id_ in group.mixed:
            if ERASED not in held[id_].heads:
                group.several[id_] = make_one(self.log, self.kinds, held[id_])
        self._settle(group, outcome)
        outcome.conflicts |= self.write([row for row in held.values() if row.cells or row.new])
        self._show_again([held[id_] for id_ in group.mixed])
        for row in held.values():
            if row.cells or row.new:
                (outcome.new if row.new else outcome.updated).add((row.ent, row.id))
        gone = gone_with(self.db, [row.owner for row in held.values() if "owner" in row.cells and row.owner])
        group.judged.update(id_ for id_, row in held.items() if row.owner in gone)
        for id_, dot in group.unproven:
            self._judge.check(held[id_], dot)
        self._remove([held[id_] for id_ in group.judged], outcome, group.mixed)

    def write(self, rows: list[Held]) -> set[tuple[str, str]]:
        """Bring every table up to date with the resolved cells of these rows. Return the ids with a new question of life."""
        former = {row.owner for row in rows if row.owner}
        moved = {row.owner for row in rows if row.owner and "owner" in row.cells}
        for row in rows:
            if "owner" in row.cells:
                row.owner = row.cells["owner"] if isinstance(row.cells["owner"], str) else None
        keep(self.db, rows)
        write_columns(self.db, self.kinds, rows)
        asked = self.liveness.settle(rows, former)
        owners = write_sets(self.db, self.kinds, rows, moved)
        self._index([*rows, *owners], {row.id for row in owners})
        return {(id_, TRASHED) for id_ in asked}

    def _show_again(self, rows: list[Held]) -> None:
        """Update what depends on rows whose kind may have changed: their sets, their parts, and the search index."""
        write_sets(self.db, self.kinds, [part for row in rows for part in below(self.db, row)])
        self._index(rows, {row.id for row in rows})
        for row in rows:
            self.liveness.settle_below(row)

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
        self._judge.removals.note(changeset)
        for ent, id_, of in changeset.blanked:
            row = self._row(group, ent, id_)
            group.judged.add(id_)
            if changeset.whose is None:  # else it is signed whose it was
                self._judge.unsigned.add(id_)
                if (ent, of) != (PERSON, id_):
                    group.unproven.append((id_, dot))
            if row.ent not in (ent, ERASED):
                group.mixed.add(id_)
        naming = self._judge.names_gone(changeset)
        for ent, id_, cells in changeset.rows:
            row = self._row(group, ent, id_)
            if ent == ERASED:
                self._ask_removal(group, row, dot, device.seen, cells)
                continue
            if row.ent not in (ent, ERASED):
                group.mixed.add(id_)
            if ERASED in row.heads or (naming and self._judge.lines_gone(changeset, id_)):
                group.judged.add(id_)
            if ent != row.ent or ERASED in row.heads:
                continue
            row.cells.update(cells)
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
        row = group.held.get(id_)
        if row is None:
            self.log.last_row += 1
            row = group.held[id_] = Held(self.log.last_row, id_, ent, None, {}, new=True)
        group.touched.append((row.n, self.log.last_n))
        return row

    def _ask_removal(
        self, group: _Group, row: Held, dot: Dot, seen: Mapping[int, int], cells: Mapping[str, Json]
    ) -> None:
        if row.ent == ERASED and cells.get("kind") in self.kinds:
            row.ent = str(cells["kind"])  # where nothing else is here that says what it was
        self._judge.ask(row, dot, seen)
        group.judged.add(row.id)
        group.unproven.append((row.id, dot))
        forgotten(self.log).note(dot, seen, row.id, names_in(cells))

    def _remove(self, rows: Iterable[Held], outcome: Outcome, mixed: Collection[str]) -> None:
        """Remove from these records, and from what belongs to them, what is data of somebody removed."""
        gone, stay = dict[str, Held](), dict[str, Held]()
        left, known, todo = set[str](), dict[str, Claims](), [(row, "") for row in rows]
        while todo:
            row, top = todo.pop()
            if row.id in gone or row.id in stay:
                continue
            person = self._judge.goes(row, top, known)
            if person is None:
                stay[row.id] = row
                continue
            if ERASED not in row.heads:
                left |= {row.owner} if row.owner else set()
                outcome.gone.add(row.id)
            heads = self._judge.heads.get(row.id, row.heads.get(ERASED, []))
            gone[row.id] = replace(row, new=False, heads={ERASED: heads}, owner=person if person != row.id else None)
            todo += [(part, self._judge.top_of(row, person, known)) for part in below(self.db, row)]
        lines = {id_: self._judge.lines_of_gone(row) for id_, row in stay.items()}
        back = [row for id_, row in stay.items() if lines[id_] or ERASED in row.heads]
        if asked := [id_ for id_, row in stay.items() if self._judge.asks_for(row)]:
            dispute(self.db, asked)
        if gone:
            make_one_erased(self.log, self.kinds, gone.values(), mixed)
            self._erase([*gone.values()], left, outcome)
        if gone or back:
            outcome.files |= blank(self.log, [*gone.values()], lines)
        self._show_rest(back, outcome)

    def _erase(self, rows: list[Held], left: set[str], outcome: Outcome) -> None:
        """Empty records that go as a whole. ``left``: what they belonged to, which may be kept from the Trash by nothing else."""
        ids = {row.id for row in rows}
        keep(self.db, rows)
        empty(self.db, self.kinds, rows)
        outcome.erased |= ids
        outcome.updated |= {(row.ent, row.id) for row in rows}
        outcome.merged = {each for each in outcome.merged if each[0] not in ids}
        outcome.conflicts = {each for each in outcome.conflicts if each[0] not in ids}
        self.liveness.settle((), left)
        for row in rows:
            self.liveness.settle_below(row)
        outcome.conflicts -= self.liveness.no_questions(outcome.conflicts)
        owners = write_sets(self.db, self.kinds, (), left - ids)
        self._index([*(row for row in rows if row.ent in self.kinds), *owners], ids | {row.id for row in owners})

    def _show_rest(self, rows: list[Held], outcome: Outcome) -> None:
        """Show what the lines that are left say of records of which some were taken out."""
        if rows:
            group = _Group({row.id: replace(row, new=False) for row in rows}, set())
            for row in group.held.values():
                group.several[row.id] = make_one(self.log, self.kinds, row)
            self._settle(group, outcome)
            outcome.conflicts |= self.write([*group.held.values()])
            self._show_again([*group.held.values()])

    def _settle(self, group: _Group, outcome: Outcome) -> None:
        several = [(id_, cell) for id_, cells in group.several.items() for cell in cells]
        self.log.fetch({dot for id_, cell in several for dot in dots(group.held[id_].heads[cell])})
        asked: list[tuple[int, str, str]] = []
        for id_, cell in several:
            if cell == TRASHED:
                continue
            row = group.held[id_]
            said = self.settled(row, cell)
            row.cells[cell] = said.value
            if said.state:
                asked.append((row.n, cell, said.state))
                (outcome.merged if said.state == "merged" else outcome.conflicts).add((id_, cell))
                group.answered.discard((row.n, cell))
            else:
                group.answered.add((row.n, cell))
        gone = [(n, cell) for n, cell in group.answered if cell != TRASHED]
        self.db.executemany("DELETE FROM sync_conflict WHERE row = ? AND fld = ?", gone)
        self.db.executemany("INSERT OR REPLACE INTO sync_conflict VALUES(?, ?, ?)", asked)

    def settled(self, row: Held, cell: str) -> Settled:
        """Resolve a cell: whether different values are a question for a person, or a text that may be merged, its field says."""
        place = self.kinds[row.ent].place_of(cell) if row.ent in self.kinds else None
        quiet = cell.endswith(".state") or cell == "owner" or is_of_the_log(row.ent) or (place and place[0].meta.quiet)
        return settle(self.log, row, cell, asked=not quiet, long=bool(place and place[0].meta.long))

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
