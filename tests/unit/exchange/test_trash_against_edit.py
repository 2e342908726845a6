"""Somebody put a record in the Trash, somebody else went on writing in it: two values to choose from, told and counted."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.unit.exchange.laptops import Laptop, told
from ucapdesk.services.exchange import conflicts
from ucapdesk.services.records import records

TOLD = "Chen Yan changed “Title · English” after Ana put it in the Trash"
BOTH_CARDS = [(True, "Ana"), (False, "Chen Yan")]  # As Ana reads them: her own is number 1


@pytest.fixture
def meeting(ana: Laptop, chen: Laptop) -> str:
    """A meeting that Ana put in the Trash, and whose title Chen Yan changed an hour later."""
    (meeting,) = records.listing(ana.desk, "meeting")
    ana.trash(meeting)
    chen.clock.tick(3600)
    chen.edit(meeting, "title.en=Theirs")
    return meeting


def values(laptop: Laptop) -> list[tuple[object, str]]:
    (conflict,) = conflicts.conflicts(laptop.desk)
    return [(each.value, each.person) for each in conflict.candidates]


@pytest.mark.parametrize(("number", "hidden"), [(1, True), (2, False)])
def test_either_can_be_chosen_and_taken_back_again_and_again(
    ana: Laptop, chen: Laptop, meeting: str, number: int, hidden: bool
) -> None:
    ana.receive(chen.give("1.ucapx"))
    with ana.here() as desk:
        for _ in range(2):
            assert values(ana) == BOTH_CARDS
            conflicts.choose(desk, conflicts.conflicts(desk)[0], number)
            assert (desk.questions(), records.get(desk, meeting).is_deleted) == ([], hidden)
            desk.undo()
            assert values(ana) == BOTH_CARDS
            desk.redo()
            assert (desk.questions(), records.get(desk, meeting).is_deleted) == ([], hidden)
            desk.undo()
    chen.receive(ana.give("2.ucapx"))
    assert values(chen) == BOTH_CARDS[::-1], "each has their own as number 1"
    assert chen.digest() == ana.digest()


def test_the_command_line_counts_tells_and_decides_it(
    ana: Laptop, chen: Laptop, meeting: str, computer_zone: Callable[[str], None]
) -> None:
    computer_zone("Asia/Shanghai")
    package = str(chen.give("1.ucapx"))
    assert "1 to decide" in told(ana, "receive", package, "--dry-run", "--accept-device")
    assert "1 to decide" in told(ana, "receive", package, "--accept-device")
    said = told(ana, "conflicts")
    assert said.count(meeting) == 2
    assert {line.split()[-1][:2] for line in said.splitlines() if meeting in line} == {"17", "18"}
    assert f"Keep · {TOLD}" in " ".join(said.split())
    (one,) = json.loads(told(ana, "conflicts", "--json"))
    assert (one["told"], [each["value"] for each in one["candidates"]]) == (TOLD, [True, False])
    told(ana, "decide", meeting, "trash", "--candidate", "2")
    assert json.loads(told(ana, "conflicts", "--json")) == []
    told(ana, "undo")
    assert len(json.loads(told(ana, "conflicts", "--json"))[0]["candidates"]) == 2


def test_who_worked_on_a_part_and_who_did_not_know_is_told(ana: Laptop, chen: Laptop) -> None:
    (meeting,) = records.listing(ana.desk, "meeting")
    chen.add("agenda_item", f"owner={meeting}", "title.en=A point")
    ana.clock.tick(3600)
    ana.trash(meeting)
    (report,) = ana.receive(chen.give("1.ucapx"))
    assert (report.conflicts, report.kept) == (1, 1)
    (asked,) = conflicts.conflicts(ana.desk)
    assert asked.told == "Chen Yan changed a part of it, and Ana put it in the Trash without knowing of that"
    assert [(each.value, each.person) for each in asked.candidates] == BOTH_CARDS


def test_a_word_taken_out_of_a_set_that_somebody_else_reordered_is_asked_about(ana: Laptop, chen: Laptop) -> None:
    (meeting,) = records.listing(ana.desk, "meeting")
    ana.edit(meeting, "tags=a, b, c")
    chen.receive(ana.give("0.ucapx"))
    ana.edit(meeting, "tags-=b")
    chen.clock.tick(3600)
    chen.edit(meeting, "tags=a, c, b")
    ana.receive(chen.give("1.ucapx"))
    (conflict,) = conflicts.conflicts(ana.desk)
    assert (conflict.title, conflict.label, conflict.record) == ("Opening", "Tags: b", meeting)
    assert values(ana) == BOTH_CARDS
    with ana.here() as desk:
        conflicts.choose(desk, conflict, 1)
    assert (ana.desk.questions(), [*ana.text(meeting, "tags")]) == ([], ["a", "c"])
