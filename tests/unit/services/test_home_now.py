"""The first page by the clock: what just ended, what comes next, who is expected, and the days of a month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from ucapdesk.model.values import Bilingual, PartialDate, PersonName, When
from ucapdesk.services import home, meetings
from ucapdesk.services.home import Happening
from ucapdesk.services.records import lists, records
from ucapdesk.services.visits import visit_itinerary
from ucapdesk.store.desk import Desk

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
