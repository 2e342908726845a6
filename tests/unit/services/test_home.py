"""The first page: what is on now, next and tomorrow, what needs somebody, and the days of a month."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.helpers.clock import FrozenClock
from ucapdesk.base.clock import moment, today
from ucapdesk.base.i18n import use_pair
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.text.assignments import parse_assignments
from ucapdesk.model.values import Bilingual, PartialDate, PersonName, When
from ucapdesk.services import Desk, home, meetings
from ucapdesk.services.home import Happening
from ucapdesk.services.records import lists, records
from ucapdesk.services.visits import visit_itinerary, visits
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


NOW = datetime(2026, 11, 24, 16, 7, tzinfo=ZoneInfo("Europe/Madrid"))


def _told(desk: Desk, lang: str = "en", now: datetime = NOW) -> list[Happening]:
    return list(home.happenings(desk, now, meetings.near(desk, now.date()), lang))


def _meeting(desk: Desk, start: str, end: str | None = None, **values: Any) -> str:
    when = When(date="2026-11-24", start=start, end=end, tz="Europe/Madrid")
    return records.add(
        desk, "meeting", {"title": Bilingual(en=f"At {start}"), "when": when, "status": "scheduled", **values}
    )


@pytest.mark.rule("W1")
def test_what_just_ended_can_be_logged_and_what_comes_says_how_soon(desk: Desk) -> None:
    ended = _meeting(desk, "15:05", "16:05", room="Sala Ciutat")
    person = records.add(desk, "person", {"name": PersonName(None, "Anna")})
    records.add(desk, "participation", {"owner": ended, "person": person})
    coming = _meeting(desk, "16:30")
    _meeting(desk, "18:00")
    first, second = _told(desk)
    assert (first.id, first.heading, first.to_log) == (ended, "Just ended: 15:05–16:05 (Madrid)", True)
    assert first.note == "Sala Ciutat · 1 person expected"
    assert (second.id, second.heading, second.to_log) == (coming, "Next: 16:30 (Madrid), in 23 minutes", False)


def test_what_runs_is_told_as_running_and_later_things_by_their_hour(desk: Desk) -> None:
    _meeting(desk, "15:30", "17:00")
    _meeting(desk, "19:00", "20:00")
    assert [each.heading for each in _told(desk)] == ["Now: 15:30–17:00 (Madrid)", "Next: 19:00 (Madrid)"]
    assert _told(desk, now=NOW.replace(hour=23)) == []


def test_a_day_before_tomorrow_and_a_meeting_of_another_zone_are_compared_by_the_clock(desk: Desk) -> None:
    when = When(date="2026-11-24", start="23:30", end="23:55", tz="Asia/Shanghai")  # 16:30 in Madrid
    records.add(desk, "meeting", {"title": Bilingual(en="Call"), "when": when})
    (told,) = _told(desk)
    assert told.heading == "Next: 23:30 (Beijing), in 23 minutes", "told by the clock of its place"


@pytest.mark.rule("W1")
def test_tomorrow_says_how_much_is_on_who_comes_and_which_texts_lack_a_language(desk: Desk) -> None:
    day = "2026-11-03"
    visit = records.add(desk, "visit", {"title": Bilingual(en="Visit"), "dates": PartialDate("2026-11-02/2026-11-04")})
    people = [records.add(desk, "person", {"name": PersonName(None, name)}) for name in ("Anna", "Chen")]
    for person in people:
        records.add(desk, "participation", {"owner": visit, "person": person})
    host, gone = (records.add(desk, "person", {"name": PersonName(None, name)}) for name in ("Li", "Ola"))
    records.add(desk, "participation", {"owner": visit, "person": host, "role": "host"})
    records.add(desk, "participation", {"owner": visit, "person": gone})
    records.trash(desk, gone)
    talks = records.add(desk, "meeting", {"title": Bilingual(en="Talks"), "visit": visit})
    points: list[dict[str, Any]] = [
        {"title": Bilingual(en="One"), "meeting": talks},
        {"title": Bilingual(en="Two", zh="二")},
    ]
    for point in points:
        records.add(desk, "itinerary_item", {"owner": visit, "when": When(date=day, start="09:00"), **point})
    (tomorrow,) = home.page(desk, lang="en").days
    assert (tomorrow.tomorrow, tomorrow.counted) == (True, "2 points, 2 people")
    assert home.page(desk, lang="zh").days[0].counted == "2 项日程、2 人"
    (first, *_), *_ = tomorrow.lacking
    assert tomorrow.lacking == ((first, "title", "zh"), (talks, "title", "zh"))
    assert home.lacking_on(desk, date(2026, 11, 3)) == tomorrow.lacking
    for attendance in ("accepted", "declined"):
        records.add(desk, "participation", {"owner": talks, "person": people.pop(), "attendance": attendance})
    assert home.page(desk, lang="en").days[0].counted == "2 points, 2 people", "nobody is named for the second point"
    programme = visit_itinerary.programme(desk, visit)
    assert sorted(programme.people.values()) == [0, 1]


def test_somebody_in_two_visits_of_a_day_counts_once_there(desk: Desk) -> None:
    anna, chen = (records.add(desk, "person", {"name": PersonName(None, name)}) for name in ("Anna", "Chen"))
    for head, *others in ((anna, chen), (anna,)):
        visit = records.add(desk, "visit", {"dates": PartialDate("2026-11-03"), "head": head})
        records.add(desk, "itinerary_item", {"owner": visit, "when": When(date="2026-11-03", start="09:00")})
        for person in others:
            records.add(desk, "participation", {"owner": visit, "person": person})
    assert home.page(desk, lang="en").days[0].counted == "2 points, 2 people"


@pytest.mark.rule("W1")
def test_the_transport_that_still_leaves_before_the_next_thing_is_told_with_it(desk: Desk) -> None:
    visit = records.add(desk, "visit", {"title": Bilingual(en="Visit"), "dates": PartialDate("2026-11-23/2026-11-26")})
    when = When(date="2026-11-24", start="16:30", tz="Europe/Madrid")
    records.add(desk, "itinerary_item", {"owner": visit, "title": Bilingual(en="Site visit"), "when": when})
    for start, mode, place in (
        ("08:00", "train", "Sants"),
        ("16:15", "coach", "Plaça Sant Jaume"),
        ("18:00", "coach", "22@"),
    ):
        leg = {"owner": visit, "mode": mode, "departs_from": Bilingual(en=place), "when": replace(when, start=start)}
        records.add(desk, "transport_leg", leg)
    (told,) = _told(desk)
    assert told.note.endswith("Coach from Plaça Sant Jaume, 16:15")
    assert "Plaça Sant Jaume" not in _told(desk, now=NOW.replace(minute=20))[0].note, "it has left"


@pytest.mark.rule("W1")
def test_a_month_has_whole_weeks_with_what_is_on_each_day(desk: Desk) -> None:
    visit = records.add(
        desk, "visit", {"title": Bilingual(en="Delegation"), "dates": PartialDate("2026-11-30/2026-12-02")}
    )
    records.add(
        desk, "visit", {"title": Bilingual(en="Off"), "dates": PartialDate("2026-12-01"), "status": "cancelled"}
    )
    records.add(desk, "visit", {"title": Bilingual(en="Some day"), "dates": PartialDate("2026-12")})
    meeting = records.add(
        desk, "meeting", {"title": Bilingual(en="Talks"), "when": When(date="2026-12-01", start="10:00")}
    )
    item = {"owner": visit, "meeting": meeting, "title": Bilingual(en="The same"), "when": When(date="2026-12-01")}
    records.add(desk, "itinerary_item", item)
    month = home.month(desk, date(2026, 12, 1), date(2026, 12, 1), "en")
    assert month.title == "December 2026"
    assert month.weekdays[0] == "Mon"
    assert [week[0].day.day for week in month.weeks] == [30, 7, 14, 21, 28]
    edge, first = month.weeks[0][:2]
    assert (edge.inside, edge.visits, edge.count) == (False, (visit,), 0)
    assert (first.inside, first.today, first.visits, first.count) == (True, True, (visit,), 1)
    assert first.said.splitlines() == ["Tuesday, 1 December 2026", "Delegation", "The same"]
    assert month.weeks[0][3].visits == ()
    assert home.month(desk, date(2026, 12, 1), date(2026, 12, 1), "zh").weekdays[0] == "周一"


def test_a_full_day_names_a_few_and_counts_the_rest(desk: Desk) -> None:
    for n in range(9):
        records.add(desk, "meeting", {"title": Bilingual(en=f"M{n}"), "when": When(date="2026-12-01", start="10:00")})
    month = home.month(desk, date(2026, 12, 1), date(2026, 12, 1), "en")
    assert month.weeks[0][1].said.splitlines()[-1] == "… and 3 more"


@pytest.mark.parametrize(("expires", "urgent"), [("2026-11-20", True), ("2026-12-20", False), ("2026-10-30", True)])
def test_reminders_of_an_end_become_urgent_in_the_last_month(desk: Desk, expires: str, urgent: bool) -> None:
    values = {"title": Bilingual(en="Granada", zh="格拉纳达"), "status": "in_force", "expires": PartialDate(expires)}
    records.add(desk, "agreement", values)
    (need,) = [each for each in home.page(desk, lang="en").needs if "Granada" in each.sentence]
    assert need.urgent == urgent


def test_of_many_mous_that_end_the_first_are_named_and_the_rest_counted(desk: Desk) -> None:
    for n in range(7):
        values = {
            "title": Bilingual(en=f"M{n}", zh="备"),
            "status": "in_force",
            "expires": PartialDate(f"2026-11-{n + 10}"),
        }
        records.add(desk, "agreement", values)
    needs = home.page(desk, lang="en").needs
    said = [each.sentence for each in needs]
    assert said[-1] == "2 more reminders of MoUs"
    assert sum("“M" in sentence for sentence in said) == 5
    assert needs[-1].view is not None
    assert len(lists.ids(desk, needs[-1].view)) == 7


def test_the_rest_leads_to_a_late_signature_too(desk: Desk) -> None:
    for n in range(6):
        values = {"title": Bilingual(en=f"M{n}", zh="备"), "signing_planned": PartialDate(f"2026-10-0{n + 1}")}
        records.add(desk, "agreement", values)
    rest = home.page(desk, lang="en").needs[-1]
    assert rest.sentence == "1 more reminder of an MoU"
    assert rest.view is not None
    assert len(lists.ids(desk, rest.view)) == 6
