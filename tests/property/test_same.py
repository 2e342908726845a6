"""Several desks say which records are one thing, and take it back: in whatever order it arrives, all read the same.

What is read as one is compared with a plain account of who is linked with whom, kept without the program's help.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.property.world import TestDesk, pass_on
from ucapdesk.base.ids import derived_id
from ucapdesk.model.kinds.paper_kinds import SameAs
from ucapdesk.model.kinds.people_kinds import Organisation
from ucapdesk.model.values import Bilingual
from ucapdesk.store.read.duplicate_records import Sames, sames
from ucapdesk.store.read.titles import titles

HOUSES = [derived_id("house", str(n)) for n in range(5)]
PAIRS = list(combinations(sorted(HOUSES), 2))
SAID = ("same", "same", "same", "differ", "part", "trash", "untrash", "name", "pass", "pass")
Step = tuple[str, int, int]


def _do(desks: list[TestDesk], step: Step) -> None:
    what, which, n = step
    desk = desks[which % len(desks)]
    pair, house = PAIRS[n % len(PAIRS)], HOUSES[n % len(HOUSES)]
    link = derived_id(*pair)
    desk.own_clock.tick(n % 7 - 3 or 1)
    if what == "pass":
        pass_on(desk, desks[n % len(desks)])
        return
    alive = {id_ for (id_,) in desk.db.execute("SELECT id FROM same_as WHERE is_deleted = 0")}
    hidden = {id_ for (id_,) in desk.db.execute("SELECT id FROM organisation WHERE is_deleted = 1")}
    with desk.save([what, {}]) as save:
        if what in ("same", "differ"):
            save.new(SameAs, a=pair[0], b=pair[1]).differs = what == "differ"
        elif what == "part" and link in alive:
            save.trash(link)
        elif what == "trash" and house not in hidden:
            save.trash(house)
        elif what == "untrash" and house in hidden:
            save.untrash(house)
        elif what == "name" and house not in hidden:
            record: Any = save.get(Organisation, house)
            record.name = (record.name or Bilingual()).put(("en", "zh")[n % 2], f"House {n} of {desk.name}")


def _begin(count: int) -> list[TestDesk]:
    desks = [TestDesk(f"desk{n}") for n in range(count)]
    with desks[0].save(["begin", {}]) as save:
        for n, house in enumerate(HOUSES):
            save.new(Organisation, house, **({"name": Bilingual(en=f"House {n}")} if n % 2 else {}))
    pass_on(desks[0], *desks[1:])
    return desks


def _account(desk: TestDesk) -> dict[str, str]:
    """House → the one that stands for it, by looking from every house along every link as far as it goes."""
    rows = desk.db.execute("SELECT a, b FROM same_as WHERE is_deleted = 0 AND coalesce(differs, 0) = 0").fetchall()
    dead = {id_ for (id_,) in desk.db.execute("SELECT id FROM organisation WHERE is_deleted = 1")}
    found = {}
    for house in HOUSES:
        near = {house}
        for _ in HOUSES:
            near |= {one for pair in rows for one in pair if near & set(pair)}
        found[house] = house if house in dead else min(near - dead)
    return found


def _check(desk: TestDesk) -> dict[str, Any]:
    same = sames(desk.db)
    account = _account(desk)
    assert {house: same.shown(house) for house in HOUSES} == account
    said = {lang: titles(desk.db, HOUSES, lang) for lang in ("en", "zh")}
    for house, first in account.items():
        assert all(each[house] == each[first] for each in said.values())
        assert any(bool(said["en"][one]) for one in same.of(house)) == bool(said["en"][house])
    assert sorted(set(HOUSES) - set(account.values())) == sorted(each for each in same.hidden if each in HOUSES)
    return {"account": account, "titles": said}


def _run(count: int, steps: list[Step]) -> Counter[str]:
    desks = _begin(count)
    counts: Counter[str] = Counter()
    try:
        for step in steps:
            _do(desks, step)
            read = _check(desks[step[1] % count])
            counts["one"] += len(set(read["account"].values())) < len(HOUSES)
            counts["steps"] += 1
        for _ in range(2):
            for giver in desks:
                pass_on(giver, *(each for each in desks if each is not giver))
        assert all(_check(desk) == _check(desks[0]) for desk in desks)
        assert all(desk.bytes() == desks[0].bytes() for desk in desks)
        counts["asked"] += len([q for q in desks[0].questions() if q.kind == "same_as"])
    finally:
        for desk in desks:
            desk.close()
    return counts


@pytest.mark.law("P13")
def test_links_said_on_several_desks_come_to_one_reading() -> None:
    counts: Counter[str] = Counter()
    for seed in range(25):
        r = Random(seed)
        steps = [(r.choice(SAID), r.randrange(4), r.randrange(1000)) for _ in range(30)]
        try:
            counts += _run(r.choice((2, 3, 4)), steps)
        except Exception as error:
            error.add_note(f"seed {seed}")
            raise
    assert counts["one"] >= 0.5 * counts["steps"], "hardly anything was ever one, so nothing was tried"
    assert counts["asked"] >= 1, "nobody ever disagreed about a pair"


@given(
    st.integers(2, 3), st.lists(st.tuples(st.sampled_from(SAID), st.integers(0, 3), st.integers(0, 99)), max_size=15)
)
def test_whatever_is_said_in_whatever_order(count: int, steps: list[Step]) -> None:
    _run(count, steps)


@pytest.mark.law("P13")
@given(st.lists(st.sampled_from(PAIRS), max_size=8), st.randoms(use_true_random=False))
def test_the_order_and_the_direction_of_links_do_not_matter(links: list[tuple[str, str]], r: Random) -> None:
    turned = [pair if r.random() < 0.5 else (pair[1], pair[0]) for pair in r.sample(links, len(links))]
    one, other = Sames(links), Sames(turned * 2)
    for house in HOUSES:
        assert one.of(house) == other.of(house)
        assert one.shown(one.shown(house)) == one.shown(house)
        assert {one.shown(each) for each in one.of(house)} == {one.shown(house)}


@pytest.mark.parametrize("planted", ["a_class_of_two_only", "the_greatest_stands_for_all", "the_dead_stand_too"])
def test_a_planted_mistake_is_caught(planted: str, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = Sames.of
    if planted == "a_class_of_two_only":
        monkeypatch.setattr(Sames, "of", lambda self, id_: shown(self, id_)[:2])
    elif planted == "the_greatest_stands_for_all":
        monkeypatch.setattr(Sames, "of", lambda self, id_: shown(self, id_)[::-1])
    else:
        monkeypatch.setattr(Sames, "of", lambda self, id_: self.whole(id_))
    with pytest.raises((AssertionError, KeyError)):
        test_links_said_on_several_desks_come_to_one_reading()
