"""Random scripts: what people do on their desks, and how their files travel.

A step is an action, a desk and a number from which everything else of it is drawn, so a script is a plain list that
Hypothesis can shorten and that a failure can print.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from random import Random
from typing import Any, NamedTuple
from unittest.mock import patch

from tests.property.people import People
from tests.property.world import TestDesk, World, differences
from ucapdesk.base.errors import UserError
from ucapdesk.store.merge import positions
from ucapdesk.store.refusals import NOTHING_TO_REDO, NothingToUndo

YEAR = 365 * 86_400 * 1_000_000
WEIGHTS = {
    "make": 9, "make_part": 12, "edit": 26, "edit_text": 10, "change_set": 10, "move": 4, "trash": 6, "restore": 4,
    "decide": 14, "undo": 6, "redo": 5, "several": 3, "clock": 5, "give": 22, "give_odd": 12, "give_one": 8, "lose": 1, "fresh": 5,
    "rebuild": 1, "update": 0.4, "part_to_other": 0.7,
}  # fmt: skip
ERASING = {**WEIGHTS, "erase": 9}  # The same with people whose data is removed for good
FRESH = ("make", "make_part", "edit", "edit", "edit_text", "change_set", "move", "trash", "restore", "several")


class Step(NamedTuple):
    """One thing that happens."""

    action: str
    desk: int
    pick: int


def draw(seed: int, length: int | None = None, weights: Mapping[str, float] = WEIGHTS) -> tuple[int, bool, list[Step]]:
    r = Random(seed)
    count = r.choice((2, 2, 3, 3, 3, 4, 5))
    names, likely = list(weights), list(weights.values())
    steps = [
        Step(r.choices(names, likely)[0], r.randrange(count), r.randrange(2**32))
        for _ in range(length or r.randint(25, 60))
    ]
    return count, r.random() < 0.3, steps


class _Chance:
    """Stands in for ``secrets`` in the places of lists, so that a script does the same each time."""

    def __init__(self, r: Random) -> None:
        self.choice = r.choice


@contextmanager
def chance_from(r: Random) -> Iterator[None]:
    with patch.object(positions, "secrets", _Chance(r)):
        yield


def run(count: int, older: bool, steps: Sequence[Step], each: Callable[[World, TestDesk], None] | None = None) -> World:
    """Do all of it, check after each step, bring everybody together, and check again. The closed world, for counts."""
    world = World(count, older=older)
    script = Script(world)
    try:
        for at, step in enumerate(steps):
            try:
                script.do(step)
                if each:
                    each(world, world.desks[step.desk % count])
            except Exception as error:
                error.add_note(f"at step {at}: {step} of {count} desks, older: {older}")
                raise
        world.finish(sorted(script.words))
    finally:
        world.close()
    return world


class Script(People):
    """Does the steps of a script: what people write, steps back, time, and files."""

    def do(self, step: Step) -> None:
        r = Random(step.pick)
        desk = self.world.desks[step.desk % len(self.world.desks)]
        with chance_from(r):
            getattr(self, "_" + step.action)(desk, r)
        self.world.check(desk)

    # -- undo -------------------------------------------------------------------------------------

    def _undo(self, desk: TestDesk, r: Random) -> None:
        self._back(desk, r, "undo")

    def _redo(self, desk: TestDesk, r: Random) -> None:
        if desk.next_redo() is None:
            self._back(desk, r, "undo")
        self._back(desk, r, "redo")

    def _back(self, desk: TestDesk, r: Random, which: str) -> None:
        before = self.world.view(desk)
        try:
            done = getattr(desk, which)()
        except UserError as error:
            if not isinstance(error, NothingToUndo) and error.code != NOTHING_TO_REDO.code:
                raise
            return
        self.world.counts[which] += 1
        written = self._told(desk, r)
        assert written is not None
        for _, id_, cells in written.rows:
            assert before.visible(id_) or cells.get("~", 1) != 1, "an undo wrote into the Trash"
            for cell in cells:
                assert (id_, cell) not in done.skipped, "an undo wrote what it says it left alone"
                assert cell == "~" or len(before.heads[id_][cell]) == 1, "an undo answered a question"

    def _fresh(self, desk: TestDesk, r: Random) -> None:
        """A few steps, all taken back at once, and done again: each time everything is as it was, questions too."""
        states = [self.world.seen_by_a_person(desk)]
        for _ in range(r.choice((1, 2, 3))):
            number = len(self.world.oracle.written)
            action = r.choice(FRESH)
            if desk.open_questions() and r.random() < 0.6:
                action = "decide_here"
            getattr(self, "_" + action)(desk, r)
            if len(self.world.oracle.written) > number:
                states.append(self.world.seen_by_a_person(desk))
        for _ in range(r.choice((1, 2))):
            for which, steps in (("undo", states[-2::-1]), ("redo", states[1:])):
                for wanted in steps:
                    done = getattr(desk, which)()
                    self._told(desk, r)
                    assert not done.skipped, f"{which} of a fresh step left something out"
                    got = self.world.seen_by_a_person(desk)
                    assert got == wanted, f"{which} of fresh steps: {differences(got, wanted)}"
        self.world.counts["fresh"] += 1

    def _decide_here(self, desk: TestDesk, r: Random) -> None:
        question = r.choice(sorted(desk.questions(), key=lambda q: (q.id, q.cell)))
        values: list[Any] = [0, 1] if question.cell == "~" else [c.value for c in question.candidates]
        desk.decide(question.id, question.cell, r.choice(values))
        self._told(desk, r)

    # -- time and files ---------------------------------------------------------------------------

    def _clock(self, desk: TestDesk, r: Random) -> None:
        clock = desk.own_clock
        clock.now = r.choice((
            clock.now - r.randrange(YEAR), clock.now + r.randrange(YEAR), max(d.own_clock.now for d in self.world.desks),
            min(d.own_clock.now for d in self.world.desks), clock.now + r.randint(-10, 10) * YEAR,
        ))  # fmt: skip
        clock.now = min(max(clock.now, 0), 4_000_000_000_000_000)

    def _other(self, desk: TestDesk, r: Random) -> TestDesk:
        return r.choice([d for d in self.world.desks if d is not desk])

    def _give(self, desk: TestDesk, r: Random) -> None:
        giver = self._other(desk, r)
        assert self.world.deliver(desk, self.world.file(giver, {}))

    def _give_odd(self, desk: TestDesk, r: Random) -> None:
        """A file since some moment of anybody's, perhaps twice, disordered, or cut off."""
        giver = self._other(desk, r)
        file = self.world.file(giver, r.choice(self.moments))
        match r.randrange(5):
            case 0:
                file = file + file
            case 1:
                r.shuffle(file)
            case 2:
                file = file[: r.randrange(len(file) + 1)]
            case 3 if file:
                file.pop(r.randrange(len(file)))
        self.world.deliver(desk, file)

    def _give_one(self, desk: TestDesk, r: Random) -> None:
        """Only what one device wrote, without what it had seen."""
        giver = self._other(desk, r)
        file = self.world.file(giver, r.choice(({}, self.world.oracle.held[desk.name])))
        devices = sorted({c.dot[0] for c in file})
        if devices:
            device = r.choice(devices)
            self.world.deliver(desk, [c for c in file if c.dot[0] == device])

    def _lose(self, desk: TestDesk, r: Random) -> None:
        self.world.file(self._other(desk, r), {})

    def _rebuild(self, desk: TestDesk, r: Random) -> None:
        self.world.check_rebuild(desk)

    def _update(self, desk: TestDesk, r: Random) -> None:
        for each in self.world.desks:
            if each.is_older:
                each.update()
                self.world.check(each)
