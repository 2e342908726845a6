"""The first page, as data: the visit of the day, what is on, whose actions, and what needs somebody."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.helpers.clock import FrozenClock
from ucapdesk.base.clock import moment, today
from ucapdesk.base.i18n import use_pair
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.text.assignments import parse_assignments
from ucapdesk.services import Desk, home
from ucapdesk.services.records import lists, records
from ucapdesk.services.visits import visits
from ucapdesk.services.workspaces import workspace_service

# The clock of these tests stands on Monday 2 November 2026.


def _add(desk: Desk, kind: str, *said: str) -> str:
    return records.add(desk, kind, parse_assignments(KINDS[kind], said, new=True))


def _visit(desk: Desk, dates: str, *more: str) -> str:
    return _add(desk, "visit", "title.en=Delegation to Barcelona", "title.zh=访问巴塞罗那", f"dates={dates}", *more)


def _said(desk: Desk, lang: str = "en") -> list[str]:
    return [need.sentence for need in home.page(desk, lang=lang).needs]


def test_an_empty_workspace_is_told_apart_from_one_with_nothing_to_do(desk: Desk) -> None:
    assert home.page(desk).empty
    _add(desk, "person", "name.family=Chen", "name.given=Yan")
    page = home.page(desk)
    assert not page.empty
    assert page.visit is None
    assert "2 Nov" in page.day


@pytest.mark.row("X4")
@pytest.mark.parametrize(
    ("dates", "when", "running"),
    [
        ("2026-11-01/2026-11-04", "day 2 of 4", True),
        ("2026-11-03/2026-11-04", "tomorrow", False),
        ("2026-11-14", "in 12 days", False),
        ("2026-12", "December 2026", False),
        ("2026-11", "November 2026", False),
    ],
)
def test_the_visit_that_runs_or_comes_next_is_told_with_how_far_it_is(
    desk: Desk, dates: str, when: str, running: bool
) -> None:
    _visit(desk, "2026-10-01/2026-10-03")
    _visit(desk, "2027-03-01/2027-03-03")
    id_ = _visit(desk, dates)
    visit = home.page(desk).visit
    assert visit is not None
    assert (visit.id, visit.when, visit.running) == (id_, when, running)
    assert "nobody in the delegation yet" in visit.gaps


def test_visits_that_run_beside_the_one_that_began_last_are_told_with_it(desk: Desk) -> None:
    other, off, last = (_visit(desk, f"2026-{day}/2026-11-05") for day in ("10-31", "11-01", "11-02"))
    records.edit(desk, off, {"status": "cancelled"})
    page = home.page(desk)
    assert page.visit is not None
    assert page.visit.id == last
    told = [(each.id, each.dates, each.when) for each in page.beside]
    assert told == [(other, "31 October – 5 November 2026", "day 3 of 6")]


def test_a_visit_known_to_its_month_or_year_hides_none_with_days(desk: Desk) -> None:
    for dates, title in (
        ("2026", "some time"), ("2026-11", "this month"), ("2027-03-01/2027-03-03", "spring"),
        ("2026-11-20/2026-11-22", "soon"), ("2026-10-31/2026-11-02", "to-day"), ("2026-11-02/2026-11-04", "both"),
    ):  # fmt: skip
        _visit(desk, dates, f"title.en={title}")
    shown = []
    while visit := home.page(desk).visit:
        shown.append(visit.title)
        records.trash(desk, visit.id)
    assert shown == ["both", "to-day", "soon", "this month", "some time", "spring"], (
        "of two that run that which began last, as for Ctrl+P"
    )


def test_a_visit_that_is_over_is_not_shown_as_the_next(desk: Desk) -> None:
    _visit(desk, "2026-10-01/2026-10-03")
    assert home.page(desk).visit is None


def test_the_place_is_the_host_city_only_while_the_visit_runs(desk: Desk) -> None:
    city = _add(desk, "place", "name.en=Barcelona", "name.zh=巴塞罗那")
    id_ = _visit(desk, "2026-11-01/2026-11-04", f"host_places={city}")
    assert home.page(desk).place == "Barcelona"
    assert home.page(desk, lang="zh").place == "巴塞罗那"
    records.edit(desk, id_, parse_assignments(KINDS["visit"], ["dates=2026-12-01/2026-12-02"]))
    assert home.page(desk).place == ""


@pytest.mark.rule("W1")
@pytest.mark.parametrize(("zone", "said"), [("Europe/Madrid", "UTC+1"), ("Asia/Kolkata", "UTC+5:30"), ("UTC", "UTC+0")])
@pytest.mark.parametrize("utc", [9, 20])
def test_while_a_visit_runs_its_clock_is_told_with_its_place(
    desk: Desk, clock: FrozenClock, zone: str, said: str, utc: int
) -> None:
    clock.set(datetime(2026, 11, 2, utc, tzinfo=UTC))
    city = _add(desk, "place", "name.en=Barcelona", f"time_zone={zone}")
    _visit(desk, "2026-11-01/2026-11-04", f"host_places={city}")
    here = moment(desk.workspace.clock()).astimezone(ZoneInfo(zone))
    days = (here.date() - today(clock)).days
    hour = f"{here:%H:%M} {days:+d}" if days else f"{here:%H:%M}"  # at 20 hours in London it is tomorrow in Kolkata
    assert home.page(desk).place == f"Barcelona {hour} ({said})"


def test_of_the_next_visit_it_is_told_how_much_is_still_to_prepare(desk: Desk) -> None:
    id_ = _visit(desk, "2026-11-14")
    for text, offset in (("Visa letter", -60), ("Gifts", -3)):
        visits.add_to_do(desk, id_, offset, text)
    visit = home.page(desk).visit
    assert visit is not None
    assert (visit.to_do, visit.late) == (2, 1)


def test_what_is_left_of_today_and_tomorrow_is_listed_by_the_clock_and_each_meeting_once(desk: Desk) -> None:
    visit = _visit(desk, "2026-11-01/2026-11-04")
    records.edit(desk, visit, {"time_zone": "Europe/London"})
    meeting = _add(desk, "meeting", "title.en=Round table", 'when={"date": "2026-11-02", "start": "15:00"}')
    for title, day, start, more in (
        ("Lunch", "2026-11-02", "12:15", []),
        ("Bus", "2026-11-02", "11:45", []),
        ("Breakfast", "2026-11-02", "07:00", []),
        ("Round table in the hall", "2026-11-02", "15:00", [f"meeting={meeting}"]),
        ("Incubator", "2026-11-03", "11:00", []),
        ("Farewell", "2026-11-04", "09:00", []),
    ):
        when = f'when={{"date": "{day}", "start": "{start}"}}'
        _add(desk, "itinerary_item", f"owner={visit}", f"title.en={title}", when, *more)
    days = home.page(desk).days  # at nine
    assert [[point.title for point in day.points] for day in days] == [
        ["Lunch", "Round table in the hall"],  # the bus comes next
        ["Incubator"],
    ]
    assert days[0].title.startswith("Later today, ")
    assert days[0].points[0].hours == "12:15"


def test_my_actions_are_those_of_the_person_who_writes_here(desk: Desk) -> None:
    family, _, given = desk.workspace.person.partition(" ")
    me = _add(desk, "person", f"name.family={family}", *([f"name.given={given}"] if given else []))
    other = _add(desk, "person", "name.family=Conti", "name.given=Marco")
    late = _add(desk, "action_item", "text.en=Send the schema", f"person={me}", "due=2026-10-20")
    soon = _add(desk, "action_item", "text.en=Book the call", f"person={me}", "due=2026-11-20")
    _add(desk, "action_item", "text.en=Not mine", f"person={other}")
    _add(desk, "action_item", "text.en=Done already", f"person={me}", "status=done")
    page = home.page(desk)
    assert page.mine
    assert [action.id for action in page.actions] == [late, soon]
    assert [action.overdue for action in page.actions] == [True, False]
    assert page.all_actions == 2


@pytest.mark.parametrize("called", ["Chen Yan", "Yan Chen", "陈燕", "CHEN Yan"])
def test_whoever_writes_here_is_known_by_any_of_their_names(desk: Desk, called: str) -> None:
    me = _add(desk, "person", "name.family=Chen", "name.given=Yan", "name_han.family=陈", "name_han.given=燕")
    _add(desk, "person", "name.family=Chen", "name.given=Yanling")
    workspace_service.rename_person(desk, called)
    assert home.person_of(desk) == me


def test_where_nobody_of_that_name_is_on_record_everybodys_actions_are_shown(desk: Desk) -> None:
    for n in range(7):
        _add(desk, "action_item", f"text.en=Action {n}")
    page = home.page(desk)
    assert not page.mine
    assert (len(page.actions), page.all_actions) == (home.MAX_NEEDS_NAMED, 7)


@pytest.mark.row("X4")
def test_what_needs_somebody_is_named_the_most_urgent_first(desk: Desk) -> None:
    _add(desk, "action_item", "text.en=Send the schema", "text.zh=发送", "due=2026-10-20", "status=open")
    _add(desk, "meeting", "title.en=Round table", "title.zh=圆桌", "when=2026-10", "status=held")
    mou = _add(desk, "agreement", "title.en=Granada", "title.zh=格拉纳达", "status=signed", "expires=2026-11-23")
    draft = _add(desk, "visit", "title.en=Granada", "title.zh=格拉纳达")
    _add(desk, "person", "name_han.family=张", "name_han.given=伟")  # lacks nothing: one script is enough
    _add(desk, "organisation", "name.en=City hall")
    said = home.page(desk).needs
    assert [need.sentence for need in said] == [
        "1 action is overdue",
        "“Granada” ends: 23 November 2026, in 21 days",
        "The minutes of 1 meeting are not finished",
        "“Granada” is a draft: Dates missing",
        "Organisations with texts missing in Chinese: 1",
    ]
    assert [need.id for need in said][1] == mou
    assert [need.id for need in said][3] == draft
    assert said[4].view is not None
    assert said[4].view.kind == "organisation"


def test_texts_are_missing_in_the_languages_of_records_and_in_no_other(desk: Desk) -> None:
    use_pair(("de", "zh"))
    _add(desk, "organisation", "name.de=Stadtbaudirektion")
    _add(desk, "organisation", "name.en=City hall", "name.zh=市政厅")
    views = [need.view for need in home.page(desk).needs if need.view]
    assert {need.sentence for need in home.page(desk).needs} == {
        "Organisations with texts missing in Chinese: 1", "Organisations with texts missing in German: 1",
    }  # fmt: skip
    assert {lists.say_condition(desk, KINDS["organisation"], view.conditions[0]) for view in views} == {
        "中 missing",
        "DE missing",
    }


def test_sections_count_what_waits_and_leave_out_what_does_not(desk: Desk) -> None:
    assert home.section_counts(desk) == {}
    _add(desk, "action_item", "text.en=Late", "due=2026-10-20")
    _add(desk, "action_item", "text.en=Late but done", "due=2026-10-20", "status=done")
    _add(desk, "meeting", "title.en=Held", "when=2026-10", "status=minutes_draft")
    _add(desk, "agreement", "title.en=Granada", "status=in_force", "expires=2026-12")
    _add(desk, "agreement", "title.en=Roma", "status=in_force", "expires=2031")
    assert home.section_counts(desk) == {"action_item": 1, "meeting": 1, "agreement": 1}


def test_the_page_is_told_in_chinese_from_end_to_end(desk: Desk) -> None:
    _visit(desk, "2026-11-14")
    page = home.page(desk, lang="zh")
    assert page.visit is not None
    assert page.visit.title == "访问巴塞罗那"
    assert "年" in page.day
    assert home.page(desk, lang="es").day.startswith("Lunes, 2 de noviembre")
