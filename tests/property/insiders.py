"""An accepted laptop that writes what no program would: about records of others as if it knew less of them than it does,
under people whom it invents and removes, as any kind, with any of its lines, and of what others wrote, taken out.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from random import Random
from typing import Any
from uuid import UUID

from tests.helpers.package_maker import START, Hand, Log, blanked, spelled
from tests.property.world import TestDesk

PARTS = ("member", "participation", "attachment", "affiliation")
KINDS = ("person", "meeting", "visit", "unheard", *PARTS)


def random_id(r: Random) -> str:
    return str(UUID(int=r.getrandbits(128), version=4))


def blanked_as(line: str, of: str) -> str:
    kind, id_, _ = json.loads(line)
    return blanked(line, kind, id_, of)


class Insider:
    """One who attacks from among the accepted laptops.

    Attributes:
        log: What it has written.
        fixed: How many of its changesets somebody has taken in; the others it may write differently.
        kinds: Kind of each record that it knows.
        people: Those it knows or has invented.
    """

    def __init__(self, number: int, r: Random) -> None:
        hand = Hand("Chen", f"laptop {number}")
        hand.id = f"insider{number}"
        self.log, self.fixed, self.r = Log("w", hand), 0, r
        self.kinds: dict[str, str] = {}
        self.people: list[str] = []
        self._invented: list[str] = []
        self._held: dict[tuple[str, int], list[str]] = {}
        self._lately: list[str] = []

    def learn(self, desk: TestDesk) -> None:
        for each in desk.log.changesets():
            if each.device != self.log.hand.id and (each.device, each.seq) not in self._held:
                self._held[each.device, each.seq] = list(each.lines)
                for kind, id_, _ in each.rows:
                    self.kinds.setdefault(id_, kind)
        self.people = [*(i for i, kind in self.kinds.items() if kind == "person"), *self._invented]

    def package(self) -> list[str]:
        """The lines of all that it knows; seldom with lines of others taken out that nobody asked for."""
        lies = self.r.random() < 0.15
        others = [line for each in self._held.values() for line in each]
        if lies:
            others = [self._perhaps_blanked(line) for line in others]
        return [*others, *(line for each in self.log.changesets for line in each)]

    def _perhaps_blanked(self, line: str) -> str:
        if not line.startswith("[") or line.startswith('["~erase"') or self.r.random() > 0.3:
            return line
        return blanked_as(line, self.r.choice([json.loads(line)[1], *self.kinds]))

    def take_back(self) -> None:
        del self.log.changesets[self.fixed :]

    # -- what it writes -------------------------------------------------------------------------------

    def write(self) -> None:
        r = self.r
        claims = r.random() < 0.3
        lines = self._claim() if claims else [line for _ in range(r.choice((1, 1, 2, 3))) for line in self._lines()]
        if self._invented and r.random() < 0.35:
            lines.append(_erase(r.choice(self._invented[-2:]), "person"))
        now = START + self.log.seq
        time = r.choice((now, START + 10**12, 1_000_000, START + r.randrange(10**9)))
        self.log.save(*lines, e=self._whose(lines), v=self._seen() or None, t=time)

    def _lines(self) -> list[str]:
        """A line about a record of any kind, perhaps behind one that invents a person."""
        r = self.r
        made = [self._invent()] if not self.people or r.random() < 0.15 else []
        id_ = self._any_id()
        kind = self.kinds.get(id_, "person")
        said = r.random()
        if said < 0.55:
            kind = r.choice(KINDS) if r.random() < 0.25 else kind
            id_ = random_id(r) if r.random() < 0.1 else id_
            return [*made, spelled([kind, id_, self._cells(kind)])]
        if said < 0.7:
            kind = r.choice(KINDS) if r.random() < 0.2 else kind
            return [*made, blanked(str(r.random()), kind, id_, r.choice([self._person(), id_]))]
        id_ = self._person() if r.random() < 0.6 else id_
        return [*made, _erase(id_, r.choice(("person", self.kinds.get(id_, "person"))))]

    def _invent(self) -> str:
        self._invented.append(random_id(self.r))
        self.people.append(self._invented[-1])
        return spelled(["person", self._invented[-1], {"email": f"x{self.log.seq}@e.org"}])

    def _claim(self) -> list[str]:
        """Lines that put a record of others, or a new one, under an invented person."""
        made, id_ = self._invent(), self._one_of([random_id(self.r)]) if self.r.random() < 0.3 else self._any_id()
        kind = self.kinds.setdefault(id_, "affiliation")
        return [made, spelled([kind, id_, {"person" if kind == "participation" else "owner": self._invented[-1]}])]

    def _any_id(self) -> str:
        parts = [id_ for id_, kind in self.kinds.items() if kind in PARTS]
        (pool,) = self.r.choices(([*self.kinds], parts, self.people), (40, 35, 25))
        return self._one_of(pool or self.people)

    def _person(self) -> str:
        return self._one_of(self.people)

    def _one_of(self, pool: Sequence[str]) -> str:
        """One of these, or what it wrote about lately: only what meets in one record can go wrong."""
        chosen = self.r.choice(self._lately if self._lately and self.r.random() < 0.5 else pool)
        self._lately = [*self._lately[-3:], chosen]
        return chosen

    def _cells(self, kind: str) -> dict[str, Any]:
        r, cells = self.r, dict[str, Any]()
        if r.random() < 0.7:
            cells["owner"] = r.choice((self._person(), self._any_id())) if r.random() < 0.85 else None
        if kind == "participation" and r.random() < 0.8:
            cells["person"] = self._person()
        if r.random() < 0.2:
            cells["~"] = r.choice((0, 1))
        if r.random() < 0.4:
            cells["diet" if kind == "participation" else "title.en"] = f"insider {self.log.seq}"
        return cells

    def _whose(self, lines: Sequence[str]) -> dict[str, list[int]]:
        r, whose = self.r, dict[str, list[int]]()
        way = r.random()
        if way < 0.4:
            for n, line in enumerate(lines, 1):
                if person := self._likely(line):
                    whose.setdefault(person, []).append(n)
        elif way < 0.9:
            for _ in range(r.choice((1, 1, 2, 3))):
                some = r.sample(range(1, len(lines) + 1), r.randint(1, len(lines)))
                whose[self._person()] = sorted(some)
        return whose

    def _likely(self, line: str) -> str | None:
        read = json.loads(line)
        if isinstance(read, dict):
            return str(read["of"])
        kind, id_, cells = read
        named = id_ if kind == "person" else cells.get("person") or cells.get("owner")
        return named if named in self.people else None

    def _seen(self) -> dict[str, int]:
        """What it says that it had seen: all, nothing or a part of it, less what it has said already."""
        r, told = self.r, dict[str, int]()
        for header, *_ in self.log.changesets:
            told.update(json.loads(header).get("v", {}))
        held = dict(sorted(self._held))  # the last of each device
        (some,) = r.choices((held, {}, {d: r.randint(1, q) for d, q in held.items() if r.random() < 0.6}), (45, 25, 30))
        return {d: q for d, q in some.items() if told.get(d, 0) < q or r.random() < 0.02}


def _erase(id_: str, kind: str) -> str:
    return spelled(["~erase", id_, {"kind": kind, "names": []}])
