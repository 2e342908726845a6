"""Removals for good among laptops of which some attack: all come to the same, whatever arrived where first.

The honest ones must never refuse one another. What the insiders give may be refused; of what was taken in, exactly those
lines go that a header lists under somebody removed.

Every changeset has a header that says whose data its lines are (``e``). With those of before, which have none, laptops
may seldom differ (``docs/decisions/0189``), so no insider leaves it out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import permutations
from random import Random
from typing import Any
from unittest.mock import patch

import sqlcipher3.dbapi2 as driver
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from tests.property.insiders import PARTS, Insider, random_id
from tests.property.script import chance_from
from tests.property.world import TestDesk, equal
from ucapdesk.base.errors import UserError
from ucapdesk.services.people import privacy
from ucapdesk.store import refusals
from ucapdesk.store.log.changeset import Changeset, parse, person_of
from ucapdesk.store.log.log import Fork, MissingChanges
from ucapdesk.store.merge import merge
from ucapdesk.store.outcomes import Outcome
from ucapdesk.store.read.reader import Reader
from ucapdesk.store.safety.check import Healing, log_digest, search_digest, unasked
from ucapdesk.store.safety.erase import BlankedWithoutErasing, ErasesOthers, are_erased

REFUSALS = (Fork, MissingChanges, BlankedWithoutErasing, ErasesOthers, UserError)
CELLS = {
    "person": "email", "visit": "title.en", "participation": "diet", "member": "member", "attachment": "title.en",
    "affiliation": "post.en",
}  # fmt: skip


class ReadingDesk(TestDesk):
    """A desk in memory with the readers that the services ask."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        readers = create_engine("sqlite://", creator=lambda: self.db, module=driver, poolclass=StaticPool)
        for ends_the_only_transaction in ("do_rollback", "do_commit"):
            setattr(readers.dialect, ends_the_only_transaction, lambda *_: None)
        self.workspace.readers, self.read = readers, Reader(readers)

    def ids(self, *kinds: str) -> list[str]:
        shown = 'SELECT id FROM "{}" WHERE is_deleted = 0 ORDER BY id'
        return [id_ for kind in kinds for (id_,) in self.db.execute(shown.format(kind))]

    def given(self) -> list[str]:
        return [line for each in self.log.changesets() for line in each.lines]

    def take(self, lines: Iterable[str]) -> Exception | None:
        """Take in what a package holds, as ``exchange.receive`` does; return why not."""
        given, named = privacy.given_to_others(self), refusals.Named()
        try:
            with refusals.whole_links(), self.transaction() as db:
                healing = Healing(self.log, self.merge.kinds)
                news = healing.beside(parse(lines), self.log.vector())
                self.merge.apply(_noted(news, named), proven=True)
                if not refusals.links_hold(db, named):
                    raise refusals.BROKEN_LINKS()
                if healing.settle()[0]:
                    self.merge.rebuild()
                privacy.set_links_right(self, given, Outcome(), self.me())
        except REFUSALS as error:
            self.log.forget()
            return error
        return None

    def state(self) -> dict[str, Any]:
        """All that depends on which changesets are held; as whose a line was taken out may differ."""
        logged = sorted(
            (c.device, c.seq, re.sub('"of":"[^"]*"', "", "\n".join(c.lines))) for c in self.log.changesets()
        )
        return {**self.everything(), "log": logged, "seen": None}

    def check(self) -> None:
        """All comes out the same when made again; what is listed under somebody removed went, and nothing else."""
        assert not [*unasked(self.log)], "lines are missing that nobody asked to be removed"
        before, found = self.state(), search_digest(self.db)
        self.db.execute("BEGIN")
        self.merge.rebuild()
        for what, held in self.state().items():
            equal(held, before[what], f"{what} of {self.name} after a rebuild")
        assert search_digest(self.db) == found, "the search index after a rebuild"
        self.db.execute("ROLLBACK")
        self.log.forget()
        for each in self.log.changesets():
            for n, line in enumerate(each.lines[1:], 1):
                person = person_of(each.whose or {}, n)
                goes = person is not None and are_erased(self.db, [person]) and not line.startswith('["~erase"')
                assert goes == line.startswith("{"), f"{line} of {each.device} {each.seq} is data of {person}"


def _noted(changesets: Iterable[Changeset], named: refusals.Named) -> Iterator[Changeset]:
    for each in changesets:
        for kind, _, cells in each.rows:
            refusals.note_links(named, kind, cells)
        yield each


class Removals:
    """Some desks and insiders, and what they do and give.

    Attributes:
        whole: Every changeset that a desk took in or wrote, with as many of its lines as anybody held.
        counts: What happened.
    """

    def __init__(self, seed: int) -> None:
        self.r = r = Random(seed)
        self.desks = [ReadingDesk(f"dev{n}") for n in range(r.choice((2, 3)))]
        self.insiders = [Insider(n, r) for n in range(r.choice((1, 1, 2)))]
        self.whole: dict[tuple[str, int], Changeset] = {}
        self.counts: Counter[str] = Counter()
        self._words = 0

    def step(self) -> None:
        desk = self.r.choice(self.desks)
        match self.r.choices(("act", "give", "learn", "attack"), (50, 18, 7, 25))[0]:
            case "act":
                self._act(desk)
                self._note(desk)
            case "give":
                self._give(self.r.choice([each for each in self.desks if each is not desk]), desk)
            case "learn":
                self.r.choice(self.insiders).learn(desk)
            case _:
                self._attack(self.r.choice(self.insiders))
        if self.r.random() < 0.1:
            desk.check()

    def finish(self, newcomers: int) -> None:
        """Everybody gets everything, newcomers in any order; all are the same."""
        for giver, taker in [*permutations(self.desks, 2)] * 3:
            self._give(giver, taker)
        first = self.desks[0]
        new = [ReadingDesk(f"new{n}") for n in range(newcomers)]
        for n, desk in enumerate(new):
            lines = [line for each in self._in_any_order() for line in each.lines] if n else first.given()
            with patch.object(merge, "GROUP_ROWS", self.r.choice((1, 3, 2000))):
                why = desk.take(lines)
            assert why is None, f"a newcomer refuses what all others hold: {why!r}"
        for desk in (*self.desks, *new):
            desk.check()
            for what, held in first.state().items():
                equal(desk.state()[what], held, f"{what} of {desk.name} and {first.name}")
            if desk not in new[1:]:
                assert log_digest(desk.db) == log_digest(first.db), "the check number of the log"
        for desk in (*self.desks, *new):
            desk.close()

    # -- files ----------------------------------------------------------------------------------------

    def _note(self, desk: ReadingDesk) -> None:
        for each in desk.log.changesets():
            known = self.whole.setdefault((each.device, each.seq), each)
            if len(each.blanked) < len(known.blanked):
                self.whole[each.device, each.seq] = each

    def _give(self, giver: ReadingDesk, taker: ReadingDesk) -> None:
        why = taker.take(giver.given())
        assert why is None, f"{taker.name} refuses what {giver.name} holds: {why!r}"
        self._note(taker)

    def _attack(self, insider: Insider) -> None:
        for _ in range(self.r.choice((0, 1, 1, 2))):
            insider.write()
        for desk in self.r.sample(self.desks, self.r.choice((1, 1, 2))):
            why = desk.take(insider.package())
            self.counts[type(why).__name__ if why else "taken in"] += 1
            if why is None:
                insider.fixed = insider.log.seq
                self._note(desk)
        insider.take_back()

    def _in_any_order(self) -> Iterator[Changeset]:
        """Yield what the desks hold, each after what its author had seen."""
        left = {dot: each for dot, each in self.whole.items() if dot[1] <= self.desks[0].log.vector().get(dot[0], 0)}
        at: Counter[str] = Counter()
        preferred = self.r.sample(sorted({device for device, _ in left}), len({device for device, _ in left}))
        mixed = self.r.random() < 0.5
        while left:
            ready = [
                d for d in preferred
                if (each := left.get((d, at[d] + 1))) and all(seq <= at[o] for o, seq in each.seen.items())
            ]  # fmt: skip
            device = self.r.choice(ready) if mixed else ready[0]
            at[device] += 1
            yield left.pop((device, at[device]))

    # -- what honest people do ------------------------------------------------------------------------

    def _act(self, desk: ReadingDesk) -> None:
        desk.own_clock.tick()
        self._words += 1
        (act,) = self.r.choices((self._make, self._change, self._trash, self._undo, self._remove), (60, 18, 6, 4, 12))
        act(desk)

    def _write(self, desk: ReadingDesk, kind: str, id_: str, cells: dict[str, Any]) -> None:
        with desk.save(["record.edit", {"kind": kind, "id": id_}]) as work:
            work.rows([(kind, id_, cells)])

    def _make(self, desk: ReadingDesk) -> None:
        r, id_, word = self.r, random_id(self.r), f"word{self._words}"
        people, visits, meetings = desk.ids("person"), desk.ids("visit"), desk.ids("meeting")
        kinds = ["person", "visit", "meeting", *(PARTS if people and visits else ())] if people else ["person"]
        (kind,) = r.choices(kinds, [{"person": 14, "visit": 4, "meeting": 2}.get(each, 12) for each in kinds])
        cells: dict[str, Any] = {CELLS.get(kind, "title.en"): word}
        match kind:
            case "person":
                cells["name"] = {"family": word, "given": "Wei"}
            case "participation":
                named = {"person": r.choice(people)} if r.random() < 0.8 else {"free_name.en": "Ms Li"}
                cells |= {"owner": r.choice(visits), **named}
            case "affiliation":
                cells["owner"] = r.choice(people)
            case "member":
                owner = r.choice([*people, *visits, *meetings, *desk.ids("affiliation")])
                cells |= {"owner": owner, "role": "tags", "pos": "V"}
            case "attachment":
                cells["owner"] = r.choice([*people, *visits, *meetings])
        self._write(desk, kind, id_, cells)

    def _change(self, desk: ReadingDesk) -> None:
        kind = self.r.choice(sorted(CELLS))
        for id_ in self.r.sample(found := desk.ids(kind), min(1, len(found))):
            cells: dict[str, Any] = {CELLS[kind]: f"word{self._words}"}
            if kind == "participation" and self.r.random() < 0.35:
                cells["person"] = self.r.choice([*desk.ids("person"), None])
            self._write(desk, kind, id_, cells)

    def _trash(self, desk: ReadingDesk) -> None:
        if found := desk.ids(self.r.choice(("participation", "person", "visit", "attachment"))):
            with desk.save(["record.trash", {}]) as work:
                work.trash(self.r.choice(found))

    def _undo(self, desk: ReadingDesk) -> None:
        with suppress(UserError):
            desk.undo()

    def _remove(self, desk: ReadingDesk) -> None:
        with suppress(UserError):
            for person in self.r.sample(people := desk.ids("person"), min(1, len(people))):
                for name in privacy.all_names(desk, person)[:1]:  # whom an insider made has none
                    privacy.erase(desk, person, name)
                    self.counts["removed"] += 1


def run(seed: int) -> Counter[str]:
    removals = Removals(seed)
    with chance_from(removals.r), patch.object(merge, "GROUP_ROWS", removals.r.choice((1, 2, 5, 2000))):
        for _ in range(removals.r.choice((20, 35, 50))):
            removals.step()
        removals.finish(3)
    return removals.counts
