"""A meeting and its point of the programme have the same hours, wherever one of them is moved, or say that they differ."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner

from ucapdesk.cli import cli
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.values import Bilingual, PartialDate, When
from ucapdesk.papers import printing as papers
from ucapdesk.services import Desk
from ucapdesk.services.records import history, records
from ucapdesk.services.visits import visit_itinerary

DAY = "2026-11-25"


@pytest.fixture
def visit(desk: Desk) -> str:
    dates = PartialDate("2026-11-24/2026-11-27")
    return records.add(desk, "visit", {"title": Bilingual(en="Visit"), "dates": dates, "time_zone": "Asia/Shanghai"})


def pair(desk: Desk, visit: str, item: When, meeting: When) -> tuple[str, str]:
    """A meeting and the point of the programme that links to it."""
    title = Bilingual(en="Talks", zh="会谈")
    made = records.add(desk, "meeting", {"visit": visit, "title": title, "when": meeting})
    return made, records.add(desk, "itinerary_item", {"owner": visit, "title": title, "when": item, "meeting": made})


def when(desk: Desk, id_: str) -> When:
    record: Any = records.get(desk, id_)
    found = record.when
    assert isinstance(found, When)
    return found


@pytest.mark.parametrize("moved", [0, 1], ids=["meeting", "point"])
@pytest.mark.parametrize(
    "now",
    [When(DAY, "14:00", "15:30"), When("2026-11-26", "10:00", "11:00"), When(DAY, "10:00", "12:00")],
    ids=["hour", "day", "end"],
)
def test_the_other_one_goes_along_and_one_step_takes_both_back(desk: Desk, visit: str, moved: int, now: When) -> None:
    before = When(DAY, "10:00", "11:00")
    both = pair(desk, visit, before, before)
    records.edit(desk, both[moved], {"when": now})
    assert [when(desk, each) for each in both] == [now, now]
    history.undo(desk)
    assert [when(desk, each) for each in both] == [before, before]


def test_a_meeting_moved_in_the_week_takes_its_point_along(desk: Desk, visit: str) -> None:
    meeting, item = pair(desk, visit, When(DAY, "10:00", "12:00"), When(DAY, "10:00", "11:00"))
    visit_itinerary.move_entry(desk, meeting, 30)
    assert when(desk, item) == When(DAY, "10:30", "12:30"), "which keeps its own length"
    visit_itinerary.move_entry(desk, item, -30)
    assert when(desk, meeting) == When(DAY, "10:00", "11:00")
    assert [entry.id for day in visit_itinerary.week(desk, date(2026, 11, 25)).days for entry in day] == [item]


def test_a_meeting_that_is_put_off_to_no_day_leaves_its_point_which_says_so(desk: Desk, visit: str) -> None:
    meeting, item = pair(desk, visit, When(DAY, "10:00"), When(DAY, "10:00"))
    records.edit(desk, meeting, {"when": When("2026-12")})
    assert when(desk, item) == When(DAY, "10:00")
    assert "December 2026" in visit_itinerary.programme(desk, visit).differing[item]


def test_hours_that_differ_are_said_in_the_programme_and_before_printing(desk: Desk, visit: str) -> None:
    meeting, item = pair(desk, visit, When(DAY, "10:00", "11:00"), When(DAY, "10:30", "11:00"))
    assert visit_itinerary.programme(desk, visit).differing[item] == "the meeting says 10:30–11:00"
    [gap] = [gap for gap in papers.gaps(desk, [visit]).found if gap.code == "two_times"]
    assert (gap.id, gap.field) == (item, "when")
    assert "10:00" in gap.text
    assert "10:30" in gap.text
    shown = CliRunner().invoke(cli, ["itinerary", str(desk.workspace.path), visit])
    assert "the meeting says" in shown.output
    records.edit(desk, meeting, {"when": When(DAY, "10:00")})
    assert not visit_itinerary.programme(desk, visit).differing, "an end that nobody knows is no difference"
    for room, said in (("甬江厅", 1), ("4室", 0), (None, 0)):
        records.edit(desk, meeting, {"room": "Room 4"})
        records.edit(desk, item, {"room": room})
        found = [gap for gap in papers.gaps(desk, [visit]).found if gap.code == "two_rooms"]
        assert [(gap.id, gap.field) for gap in found] == [(item, "room")] * said
    records.trash(desk, meeting)
    assert not visit_itinerary.programme(desk, visit).differing


def test_the_same_hours_on_two_clocks_differ(desk: Desk, visit: str) -> None:
    _, item = pair(desk, visit, When(DAY, "10:00"), When(DAY, "10:00", tz="Europe/Madrid"))
    assert visit_itinerary.programme(desk, visit).differing[item] == "the meeting says 10:00 (Madrid)"


def test_both_written_at_once_are_left_as_they_are_written(desk: Desk, visit: str) -> None:
    meeting, item = pair(desk, visit, When(DAY, "10:00"), When(DAY, "10:00"))
    with desk.save(["test", {}]) as work:
        work.get(KINDS["meeting"].cls, meeting).when = When(DAY, "11:00")
        work.get(KINDS["itinerary_item"].cls, item).when = When(DAY, "12:00")
    assert (when(desk, meeting).start, when(desk, item).start) == ("11:00", "12:00")
