"""Mistakes one could make in the store, each planted by replacing one function. The scripts must find every one.

A kept seed is where a mistake was last found; when the scripts change, ``python -m tests.property.mistakes`` finds
new ones.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

from tests.property import script
from tests.property.planting import Mistakes, Plant
from ucapdesk.store import save
from ucapdesk.store.log.log import Log
from ucapdesk.store.merge import merge, merge3, positions, resolve, row_state
from ucapdesk.store.merge import row_state as held
from ucapdesk.store.merge.merge import Merge
from ucapdesk.store.merge.resolve import ASKED, DEAD, KEPT, Liveness
from ucapdesk.store.merge.row_state import TRASHED
from ucapdesk.store.undo import Undo

_settle, _state, _own, _accept, _before, _written = (
    resolve.settle, Liveness.state, Log.own, Log.accept, Undo._before, Liveness._written,
)  # fmt: skip


MISTAKES = _mistake = Mistakes()
planted = MISTAKES.planted


# -- which value is shown, and what is asked -------------------------------------------------------


@_mistake
def equal_values_are_asked() -> Plant:
    def settle(*a: Any, **k: Any) -> Any:
        said = _settle(*a, **k)
        return said._replace(state="decide") if k["asked"] and len(said.candidates) > 1 and not said.state else said

    return merge, "settle", settle


def _asked_where(asks: Callable[[str], bool]) -> Callable[..., Any]:
    return lambda log, row, cell, *, asked, long: _settle(log, row, cell, asked=asks(cell), long=long)


@_mistake
def long_texts_are_merged_where_they_touch() -> Plant:
    merged = merge3.text3
    return merge3, "text3", lambda base, a, b: merged(base, a, b) or a + b


@_mistake
def any_older_text_serves_as_the_base() -> Plant:
    def common(log: Log, row: Any, cell: str, heads: Any) -> Any:
        values = [cs.cells_of(row.id)[cell] for _, _, _, cs in log.touching(row.n) if cell in cs.cells_of(row.id)]
        return values[0] if isinstance(values[0], str) else None

    return resolve, "_common", common


# -- what is held, and what was seen ---------------------------------------------------------------


@_mistake
def a_gap_of_a_device_is_not_noticed() -> Plant:
    def accept(self: Log, changeset: Any) -> Any:
        device = self.device(changeset.device)
        device.seq = max(device.seq, changeset.seq - 1)
        self._accepted.setdefault((device.ord, device.seq), device.chain)
        return _accept(self, changeset)

    return Log, "accept", accept


def _note_seen(self: Log, device: Any, seen: Any) -> None:
    self.now_saw(device, {**device.seen, **{self.device(d).ord: q for d, q in seen.items()}})


@_mistake
def nothing_missing_is_ever_noticed() -> Plant:
    def accept(self: Log, changeset: Any) -> Any:
        device = self.device(changeset.device)
        if changeset.seq <= device.seq:
            return None
        if changeset.seen:
            _note_seen(self, device, changeset.seen)
        device.seq = changeset.seq
        return device

    return Log, "accept", accept


@_mistake
def a_changeset_is_applied_twice() -> Plant:
    def accept(self: Log, changeset: Any) -> Any:
        known = _accept(self, changeset)
        if known is None:
            known = self.device(changeset.device)
            self.db.execute("DELETE FROM sync_changeset WHERE dev = ? AND seq = ?", (known.ord, changeset.seq))
        return known

    return Log, "accept", accept


@_mistake
def what_was_seen_is_not_said() -> Plant:
    def own(self: Log, *a: Any, **k: Any) -> Any:
        for device in self.devices.values():
            device.seen = {d.ord: d.seq for d in self.devices.values()}
        return _own(self, *a, **k)

    return Log, "own", own


@_mistake
def the_clock_learns_from_what_comes_in() -> Plant:
    def own(self: Log, *a: Any, **k: Any) -> Any:
        newest = self.db.execute("SELECT max(t) FROM sync_changeset").fetchone()[0] or 0
        clock = self.clock
        with patch.object(self, "clock", lambda: max(clock(), newest + 1)):
            return _own(self, *a, **k)

    return Log, "own", own


# -- life and death --------------------------------------------------------------------------------


@_mistake
def a_delete_always_wins() -> Plant:
    def state(self: Liveness, row: Any, before: int | None = None) -> Any:
        found = _state(self, row, before)
        row = self.at(row, before) if before is not None else row
        said = [self._said(row.id, h) for h in held.dots(row.heads.get(TRASHED, []))]
        return DEAD if found == ASKED and 1 in said else found

    return Liveness, "state", state


@_mistake
def what_was_written_into_parts_does_not_count() -> Plant:
    def written(self: Liveness, row: Any, before: int | None) -> Any:
        with patch.object(resolve, "below", lambda db, row: []):
            return list(_written(self, row, before))

    return Liveness, "_written", written


@_mistake
def the_delete_of_a_part_counts_for_the_whole() -> Plant:
    def written(self: Liveness, row: Any, before: int | None, top: bool = True) -> Any:
        for cell, heads in row.heads.items():
            if cell != TRASHED or not top:
                yield from held.dots(heads)
        for child in held.below(self.db, row):
            child = self.at(child, before) if before is not None else child
            yield from written(self, child, before, top=False)

    return Liveness, "_written", written


@_mistake
def a_part_in_the_trash_no_longer_counts() -> Plant:
    def written(self: Liveness, row: Any, before: int | None) -> Any:
        with patch.object(resolve, "below", lambda db, row: [c for c in held.below(db, row) if self.alive(c)]):
            return list(_written(self, row, before))

    return Liveness, "_written", written


@_mistake
def the_owner_of_before_is_not_looked_at_again() -> Plant:
    settle = Liveness.settle
    return Liveness, "settle", lambda self, rows, former: settle(self, rows, ())


@_mistake
def parts_are_not_hidden_with_the_whole() -> Plant:
    with_parts = Liveness._hide

    def hide(self: Liveness, row: Any, *, hidden: bool) -> None:
        with patch.object(resolve, "below", lambda db, row: []):
            with_parts(self, row, hidden=hidden)

    return Liveness, "_hide", hide


@_mistake
def a_new_part_of_something_hidden_is_shown() -> Plant:
    settle = Liveness.settle

    def without_new(self: Liveness, rows: Any, former: Any) -> set[str]:
        for row in rows:
            row.new = False
        return settle(self, [row for row in rows if TRASHED in row.heads], former)

    return Liveness, "settle", without_new


@_mistake
def an_older_program_overlooks_owners_it_does_not_know() -> Plant:
    write = Merge.write

    def without(self: Merge, rows: Any) -> set[tuple[str, str]]:
        for row in rows:
            if row.ent not in self.kinds:
                row.cells.pop("owner", None)
        return write(self, rows)

    return Merge, "write", without


# -- what is derived -------------------------------------------------------------------------------


@_mistake
def the_index_overlooks_sets() -> Plant:
    index = Merge._index
    return Merge, "_index", lambda self, rows, whole: index(self, [r for r in rows if r.id not in whole], set())


@_mistake
def texts_in_one_column_push_each_other_out() -> Plant:
    def fill_up(db: Any, ent: str, name: str, ids: list[str], written: Any) -> None:
        for id_ in ids:
            values = written[id_][1]
            values[name] = row_state._flat(values[name])

    return row_state, "_fill_up", fill_up


# -- saves and steps back --------------------------------------------------------------------------


@_mistake
def a_step_back_counts_numbers_instead_of_values() -> Plant:
    old_cells = Undo._old_cells

    def by_number(self: Undo, row: Any, cells: Any, n: int) -> Any:
        dot = self.db.execute("SELECT dev, seq FROM sync_changeset WHERE n = ?", (n,)).fetchone()
        mine = {cell: value for cell, value in cells.items() if list(held.dots(row.heads[cell])) == [dot]}
        old, skipped = old_cells(self, row, mine, n)
        return old, [*skipped, *((row.id, cell) for cell in cells if cell not in mine)]

    return Undo, "_old_cells", by_number


@_mistake
def taking_an_answer_back_does_not_ask_again() -> Plant:
    def before(self: Undo, row: Any, was: Any, cell: str, n: int) -> Any:
        said = _before(self, row, was, cell, n)
        if cell == TRASHED or not resolve.is_question(said):
            return said
        return _settle(self.log, was, cell, asked=True, long=False).value

    return Undo, "_before", before


@_mistake
def taking_a_delete_back_writes_what_the_cell_held() -> Plant:
    def before(self: Undo, row: Any, was: Any, cell: str, n: int) -> Any:
        said = _before(self, row, was, cell, n)
        return DEAD if cell == TRASHED and isinstance(said, dict) else said

    return Undo, "_before", before


@_mistake
def a_step_back_answers_questions() -> Plant:
    def old_cells(self: Undo, row: Any, cells: Any, n: int) -> Any:
        was = self.liveness.at(row, n)
        return {c: self._before(row, was, c, n) for c in cells}, []

    return Undo, "_old_cells", old_cells


@_mistake
def a_member_made_again_keeps_what_it_had() -> Plant:
    def put(self: Any, ent: str, id_: str, cells: Any) -> None:
        again = TRASHED in cells and list(cells.values()).count(None) == len(cells) - 1 and len(cells) > 1
        original(self, ent, id_, {TRASHED: KEPT} if again else cells)

    original = save.Save._put
    return save.Save, "_put", put


MISTAKES |= {
    "the_later_clock_wins_silently": (
        merge,
        "settle",
        lambda *a, **k: _settle(*a, **k)._replace(value=_settle(*a, **k).candidates[0].value, state=""),
    ),
    "nothing_ever_supersedes": (merge, "unseen", lambda heads, dot, seen: list(heads)),
    "what_comes_last_wins": (merge, "unseen", lambda heads, dot, seen: []),
    "equal_times_are_settled_by_arrival": (
        resolve.Candidate,
        "key",
        lambda self, cell: (cell != TRASHED or self.value != 1, self.time, ""),
    ),
    "places_in_lists_are_asked": (
        merge,
        "settle",
        _asked_where(lambda cell: not cell.endswith(".state") and cell != "owner"),
    ),
    "states_of_translations_are_asked": (merge, "settle", _asked_where(lambda cell: cell not in ("owner", "pos"))),
    "an_answered_question_stands": (Merge, "_questions", lambda self, held: set()),
    "what_the_author_had_seen_need_not_be_here": (Log, "_note_seen", _note_seen),
    "the_index_is_not_kept": (Merge, "_index", lambda self, rows, whole: None),
    "sets_are_not_derived": (merge, "write_sets", lambda db, kinds, rows, former=(): []),
    "a_step_back_writes_into_the_trash": (Undo, "_without_hidden", lambda self, back, held, skipped: back),
    "making_a_record_is_taken_back_whatever_others_wrote": (Undo, "_untouched", lambda self, row, cells, made: True),
    "a_new_place_is_the_same_as_its_neighbours": (
        positions,
        "between",
        lambda before, after, suffix=None: before or after or "a0",
    ),
}


def finds(name: str, seed: int) -> bool:
    with planted(name):
        try:
            script.run(*script.draw(seed))
        except Exception:  # noqa: BLE001  # any failure is a find
            return True
    return False


if __name__ == "__main__":
    for mistake in sys.argv[1:] or MISTAKES:
        found = next((seed for seed in range(600) if finds(mistake, seed)), None)
        print(f'    "{mistake}": {found},', flush=True)
