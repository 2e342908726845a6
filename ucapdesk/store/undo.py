"""Undo and redo of own steps. An undo is a changeset too: it writes what stood before.

By value, not by number: a cell is put back only where it still holds what the step wrote. Everything else is left
alone and named. The stack is read from the log, so it survives a restart and serves the command line.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ucapdesk.base.json_text import Json
from ucapdesk.store.log.changeset import Changeset, Row
from ucapdesk.store.merge.merge import Merge
from ucapdesk.store.merge.resolve import ASKED, QUESTION
from ucapdesk.store.merge.row_state import ERASED, TRASHED, Held, below, dots, load, load_one
from ucapdesk.store.refusals import ERASED_FOR_GOOD

UNDO, REDO = "undo", "redo"


class Step(NamedTuple):
    """An own changeset that can be taken back. ``marks`` is the step that the new changeset speaks of."""

    n: int
    changeset: Changeset
    marks: int


class Undo:
    """Reads the stack and works out what a step back has to write."""

    def __init__(self, merge: Merge) -> None:
        self.merge, self.log, self.db, self.liveness = merge, merge.log, merge.db, merge.liveness

    # -- the stack --------------------------------------------------------------------------------

    def last_done(self, me: str) -> Step | None:
        """Return the step that Ctrl+Z takes back: the newest own one not undone that holds anything still. Raises ERASED_FOR_GOOD."""
        decided: set[int] = set()
        for n, changeset in self._own(me):
            if any(ent == ERASED for ent, _, _ in changeset.rows):
                raise ERASED_FOR_GOOD()
            holds = changeset.rows or not changeset.blanked
            if not changeset.undoes:
                if holds and changeset.seq not in decided:
                    return Step(n, changeset, changeset.seq)
                continue
            target = changeset.undoes[0]
            if target not in decided:
                decided.add(target)
                if holds and changeset.label[0] == REDO:
                    # done again: the step stands as this changeset wrote it
                    return Step(n, changeset, target)
        return None

    def last_undone(self, me: str) -> Step | None:
        """Return the step that Ctrl+Y does again: only while nothing else was written since."""
        again = 0
        for n, changeset in self._own(me):
            if not changeset.undoes:
                return None
            if changeset.label[0] == REDO:
                again += 1
            elif again:
                again -= 1
            else:
                return Step(n, changeset, changeset.undoes[0])
        return None

    def _own(self, me: str) -> Iterator[tuple[int, Changeset]]:
        device = self.log.devices.get(me)
        last = device.seq if device else 0
        sql = "SELECT n, seq FROM sync_changeset WHERE dev = ? AND seq <= ? ORDER BY seq DESC LIMIT 50"
        while device and last:
            for n, seq in self.db.execute(sql, (device.ord, last)).fetchall():
                last = seq - 1
                changeset = self.log.read((device.ord, seq))
                if changeset.by_a_person:
                    yield n, changeset

    # -- one step ---------------------------------------------------------------------------------

    def rows(self, step: Step) -> tuple[list[Row], list[tuple[str, str]]]:
        """Return the rows that undo a step, and the cells (id, cell) left alone because they hold something else by now."""
        made = {id_: cells for _, id_, cells in step.changeset.rows}
        held = load(self.db, made)
        back: list[Row] = []
        skipped: list[tuple[str, str]] = []
        for ent, id_, cells in step.changeset.rows:
            row = held[id_]
            if not self.log.touched(row.n, step.n):  # it was made here
                if self._untouched(row, cells, made):
                    back.append((ent, id_, {TRASHED: 1}))
                else:
                    skipped.append((id_, TRASHED))
                continue
            old, kept = self._old_cells(row, cells, step.n)
            skipped += kept
            if old:
                back.append((ent, id_, old))
        return self._without_hidden(back, held, skipped), skipped

    def _untouched(self, row: Held, cells: dict[str, Json], made: dict[str, Any]) -> bool:
        """Return whether every cell is as created, and no living part of it came from elsewhere."""
        if not self.liveness.alive(row):
            return False
        for cell, heads in row.heads.items():
            wrote = cells.get(cell, 0 if cell == TRASHED else None)
            if len(heads) > 2 or self._value(row, cell) != wrote:
                return False
        return all(child.id in made or not self.liveness.alive(child) for child in below(self.db, row))

    def _old_cells(self, row: Held, cells: dict[str, Json], n: int) -> tuple[dict[str, Json], list[tuple[str, str]]]:
        was = self.liveness.at(row, n)
        old: dict[str, Json] = {}
        skipped = []
        for cell, value in cells.items():
            before = self._before(row, was, cell, n)
            if (
                len(row.heads.get(cell, ())) != 2 or self._value(row, cell) != value
            ):  # none: shown as another kind since
                skipped.append((row.id, cell))
            elif before != value:
                old[cell] = before
        return old, skipped

    def _before(self, row: Held, was: Held, cell: str, n: int) -> Json:
        """Return what to write so that a cell is as it was: a value, or the question that stood."""
        if cell == TRASHED:
            state = self.liveness.state(row, n)
            return {QUESTION: []} if state == ASKED else state
        if cell not in was.heads:
            return None
        said = self.merge.settled(was, cell)
        if said.state != "decide":
            return said.value
        return {QUESTION: sorted([c.device, c.dot[1]] for c in said.candidates)}

    def _value(self, row: Held, cell: str) -> Json:
        """Return the value of a cell's only head, a question included."""
        return self.log.read(next(dots(row.heads[cell]))).cells_of(row.id).get(cell)

    def _without_hidden(self, back: list[Row], held: dict[str, Held], skipped: list[tuple[str, str]]) -> list[Row]:
        """Return the rows without writes into the Trash, or below something in it that the same step does not restore."""
        shown = {id_ for _, id_, cells in back if cells.get(TRASHED, 1) != 1}
        kept = []
        for ent, id_, cells in back:
            row = held[id_]
            owner = load_one(self.db, row.owner) if row.owner and row.owner not in shown else None
            if (owner and not self.liveness.visible(owner)) or (TRASHED not in cells and not self.liveness.alive(row)):
                skipped += [(id_, cell) for cell in cells]
            else:
                kept.append((ent, id_, cells))
        return kept
