"""Calendars of visits and people, out and in: the clock of the place, nothing internal, nothing made up, nothing twice."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import vobject

from tests.helpers.errors import user_error
from ucapdesk.base.i18n import use_language
from ucapdesk.formats.ics import read_calendar
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.text.assignments import parse_assignments
from ucapdesk.model.values import When
from ucapdesk.services.files import file_formats, incoming_files
from ucapdesk.services.records import history, records
from ucapdesk.services.visits import calendar_import, calendars
from ucapdesk.services.workspaces import maintenance
from ucapdesk.store.desk import Desk


def _add(desk: Desk, kind: str, *assignments: str, **values: object) -> str:
    named = KINDS[kind]
    return records.add(desk, kind, {**parse_assignments(named, assignments, new=True), **values})


def _visit(desk: Desk) -> str:
    return _add(desk, "visit", "title.en=Liuzhou to Barcelona", "title.zh=柳州代表团访问巴塞罗那",
                "dates=2026-11-23/2026-11-26", "time_zone=Europe/Madrid")  # fmt: skip


def _item(desk: Desk, visit: str, title: str, start: str | None, end: str | None, *more: str, day: int = 25) -> str:
    when = When(f"2026-11-{day}", start, end)
    return _add(desk, "itinerary_item", f"owner={visit}", f"title.en={title}", *more, when=when)


def _day(desk: Desk) -> dict[str, str]:
    """A visit with a day, its transport, a meeting, and two people of whom one goes elsewhere for an hour."""
    visit = _visit(desk)
    chen, luo = (_add(desk, "person", f"name.family={name}", "name.given=Yan") for name in ("Chen", "Luo"))
    hall = _add(desk, "place", "name.en=City hall", "name.zh=市政厅", "type=venue")
    table = _item(desk, visit, "DRC round table", "09:30", "10:30", "title.zh=发改委圆桌会议", f"place={hall}", "room=2",
                  "internal_note.en=do not mention the budget", "confirmed=no")  # fmt: skip
    split = _item(desk, visit, "Smart energy", "11:00", "12:00")
    _add(desk, "itinerary_item", f"owner={visit}", "title.en=Some day in November", when=When("2026-11"))
    for person in (chen, luo):
        _add(desk, "participation", f"owner={visit}", f"person={person}")
    _add(desk, "participation", f"owner={split}", f"person={luo}")
    leg = _add(desk, "transport_leg", f"owner={visit}", "mode=flight", "number=CA846", "departs_from.en=Liuzhou",
               "arrives_at.en=Barcelona",
               when=When("2026-11-23", "01:30", "07:45", tz="Asia/Shanghai", end_tz="Europe/Madrid"))  # fmt: skip
    talks = _add(desk, "meeting", "title.en=Talks", f"visit={visit}", when=When("2026-11-26", "09:00", "10:00"))
    _add(desk, "meeting", "title.en=Off", f"visit={visit}", "status=cancelled", when=When("2026-11-26", "11:00"))
    return {"visit": visit, "chen": chen, "luo": luo, "table": table, "split": split, "leg": leg, "talks": talks}


def _titles(dates: calendars.Dates) -> list[str]:
    return [event.title for event in dates.events]


@pytest.mark.row("X3")
@pytest.mark.rule("T2")
def test_a_visit_has_the_right_hours_in_another_calendar_library(desk: Desk, tmp_path: Path) -> None:
    ids = _day(desk)
    written = file_formats.write(desk, "visit", [ids["visit"]], tmp_path / "visit.ics")
    assert (written.n, written.left_out) == (5, ("Some day in November",))
    raw = (tmp_path / "visit.ics").read_text(encoding="utf-8")
    assert "budget" not in raw
    events = {event.summary.value: event for event in vobject.readOne(raw).vevent_list}
    utc = {title: event.dtstart.value.astimezone(UTC) for title, event in events.items()}
    assert utc["DRC round table"] == datetime(2026, 11, 25, 8, 30, tzinfo=UTC)
    flight = next(title for title in events if "CA846" in title)
    assert utc[flight] == datetime(2026, 11, 22, 17, 30, tzinfo=UTC)
    assert events[flight].dtend.value.astimezone(UTC) == datetime(2026, 11, 23, 6, 45, tzinfo=UTC)
    table = events["DRC round table"]
    assert (table.location.value, table.status.value) == ("City hall, 2", "TENTATIVE")
    assert "发改委圆桌会议" in table.description.value


def test_a_journey_that_the_programme_names_is_one_date(desk: Desk) -> None:
    ids = _day(desk)
    flight = When("2026-11-23", "01:30", "07:45", tz="Asia/Shanghai", end_tz="Europe/Madrid")
    _add(desk, "itinerary_item", f"owner={ids['visit']}", "title.en=To Barcelona", f"transport={ids['leg']}",
         "bring.en=Passports", "group=2", when=flight)  # fmt: skip
    _add(desk, "itinerary_item", f"owner={ids['visit']}", "title.en=Check in", f"transport={ids['leg']}",
         when=When("2026-11-22", "23:00"))  # fmt: skip
    events = calendars.of(desk, "visit", [ids["visit"]]).events
    assert [each.title for each in events][:2] == ["Check in", "CA846 Liuzhou → Barcelona"]
    assert "Passports" in events[1].text
    assert "Group: 2" in events[1].text, "who has to be there is told as on papers"
    assert events[1].when == flight
    assert len(events) == 6


def test_a_chinese_reader_gets_a_chinese_calendar(desk: Desk) -> None:
    ids = _day(desk)
    use_language("zh")
    table = next(each for each in calendars.of(desk, "visit", [ids["visit"]]).events if "圆桌" in each.title)
    assert (table.title, table.place) == ("发改委圆桌会议", "市政厅, 2")
    assert "DRC round table" in table.text


@pytest.mark.row("X3")
def test_one_person_gets_what_is_theirs(desk: Desk) -> None:
    ids = _day(desk)
    _add(desk, "action_item", "text.en=Send the data", f"person={ids['chen']}", "due=2026-11-27")
    _add(desk, "action_item", "text.en=Done long ago", f"person={ids['chen']}", "due=2026-11-20", "status=done")
    _add(desk, "action_item", "text.en=Some time", f"person={ids['chen']}", "due=2026-12")
    _add(desk, "participation", f"owner={ids['talks']}", f"person={ids['luo']}", "attendance=declined")
    chen, luo = (calendars.of(desk, "person", [ids[name]]) for name in ("chen", "luo"))
    flight = "CA846 Liuzhou → Barcelona"  # of nobody alone, so of all
    assert _titles(chen) == [flight, "DRC round table", "Talks", "Due: Send the data"]
    assert chen.events[-1].when == When("2026-11-27")
    assert "Due: Some time" in chen.left_out
    assert _titles(luo) == [flight, "DRC round table", "Smart energy"]
    _add(desk, "participation", f"owner={ids['table']}", f"person={ids['luo']}", "attendance=declined")
    assert _titles(calendars.of(desk, "person", [ids["luo"]])) == [flight, "Smart energy"]
    assert "DRC round table" in _titles(calendars.of(desk, "person", [ids["chen"]])), "it is still for all others"
    apart = ("when=2026-11-25T18:00", f"visit={ids['visit']}")  # meetings outside the programme
    for name, marking in (("Open", ()), ("Internal", ("marking=internal",))):
        _add(desk, "meeting", f"title.en={name}", *apart, *marking)
    assert {"Open", "Internal"} & {*_titles(calendars.of(desk, "person", [ids["chen"]]))} == {"Open"}
    records.edit(desk, ids["split"], parse_assignments(KINDS["itinerary_item"], (f"interpreter={ids['chen']}",)))
    meeting = _add(desk, "meeting", "title.en=DRC talks", f"chair_a={ids['chen']}", when=When("2026-11-25", "09:30"))
    records.edit(desk, ids["table"], {"meeting": meeting})
    told = [title for title in _titles(calendars.of(desk, "person", [ids["chen"]])) if "DRC" in title]
    assert told == ["DRC round table"], "once, though it is a point of the programme and a meeting"


@pytest.mark.row("X3")
def test_the_days_of_an_agreement_are_those_that_are_known(desk: Desk) -> None:
    id_ = _add(desk, "agreement", "title.en=Pilot", "signed=2026-01-31", "term_months=12", "renewal=automatic",
               "notice_days=30", "review=2026-10", "status=signed")  # fmt: skip
    dates = calendars.of(desk, "agreement", [id_])
    assert [(each.title, each.when.date) for each in dates.events] == [
        ("Last day for notice: Pilot", "2027-01-01"),
        ("Expires: Pilot", "2027-01-31"),
    ]
    assert dates.left_out == ["Review: Pilot"]
    off = _add(desk, "meeting", "title.en=Signing", "status=cancelled", when=When("2027-02-01"))
    id_ = _add(desk, "agreement", "title.en=Pact", f"signing_meeting={off}", "signing_planned=2027-02-01")
    (signing,) = calendars.of(desk, "agreement", [id_]).events
    assert signing.cancelled, "and whoever took it in has it taken back"


def test_what_cannot_be_written_is_refused_with_a_sentence(desk: Desk, tmp_path: Path) -> None:
    place = _add(desk, "place", "name.en=Liuzhou")
    with user_error("no-such-file"):
        file_formats.write(desk, "place", [place], tmp_path / "a.ics")
    meeting = _add(desk, "meeting", "title.en=Talks", when=When("2019-06"))
    with user_error("nothing-with-a-day") as refused:
        file_formats.write(desk, "meeting", [meeting], tmp_path / "a.ics")
    assert "Talks" in str(refused.value)
    done = _add(desk, "action_item", "text.en=Send the draft", "due=2027-05-01", "status=done")
    talks = _add(desk, "meeting", "title.en=Talks", when=When("2026-11-26", "09:00"))
    due = _add(desk, "action_item", "text.en=Send the minutes", "due=2027-05-01")
    records.trash(desk, talks)
    records.trash(desk, due)
    for kind, none in (("action_item", done), ("meeting", talks), ("action_item", due)):
        with user_error("nothing-to-come"):
            file_formats.write(desk, kind, [none], tmp_path / "a.ics")
    assert not (tmp_path / "a.ics").exists()


# -- in -------------------------------------------------------------------------------------------


def _ics(path: Path, *events: str) -> Path:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x"]
    for number, event in enumerate(events):
        lines += ["BEGIN:VEVENT", f"UID:{number}@airline", *event.split("|"), "END:VEVENT"]
    path.write_text("\r\n".join([*lines, "END:VCALENDAR", ""]), encoding="utf-8", newline="")
    return path


def _items(desk: Desk, visit: str) -> list[Any]:
    return records.children(desk, visit)["itinerary_item"]


def test_a_calendar_becomes_the_programme_of_the_visit_of_its_days(desk: Desk, tmp_path: Path) -> None:
    visit, before = _visit(desk), maintenance.digest(desk)
    file = _ics(
        tmp_path / "tour.ics",
        "SUMMARY:Sagrada Família|DTSTART:20261124T090000Z|DTEND:20261124T103000Z|LOCATION:Carrer de Mallorca 401",
        "SUMMARY:晚宴|DTSTART;TZID=Europe/Madrid:20261124T190000|DESCRIPTION:table 4|STATUS:TENTATIVE",
        "SUMMARY:Home again|DTSTART;VALUE=DATE:20261130",
    )
    plan = calendar_import.plan_file(desk, file)
    assert [(line.title, line.ticked) for line in plan.lines] == [
        ("Sagrada Família", True), ("晚宴", True), ("Home again", False),
    ]  # fmt: skip
    assert "outside the days of the visit" in plan.lines[2].what
    assert incoming_files.take(desk, plan) == 2
    first, second = _items(desk, visit)
    assert first.when == When("2026-11-24", "10:00", "11:30", tz="Europe/Madrid")
    assert (dict(first.title), dict(first.address)) == ({"en": "Sagrada Família"}, {"en": "Carrer de Mallorca 401"})
    assert (dict(second.title), second.confirmed, second.type) == ({"zh": "晚宴"}, False, None)
    assert dict(second.internal_note) == {"en": "table 4"}
    history.undo(desk)
    assert maintenance.digest(desk) == before


def test_hours_that_are_changed_in_a_calendar_of_ours_stay_on_the_clock_of_their_visit(
    desk: Desk, tmp_path: Path
) -> None:
    visit = _visit(desk)
    item = _item(desk, visit, "Talks", "09:00", None)
    file = _ics(tmp_path / "a.ics", "SUMMARY:Talks|DTSTART;TZID=Europe/Madrid:20261125T113000")
    file.write_text(file.read_text(encoding="utf-8").replace("0@airline", f"{item}@ucapdesk"), encoding="utf-8")
    assert incoming_files.take(desk, calendar_import.plan_file(desk, file)) == 1
    assert vars(records.get(desk, item))["when"] == When("2026-11-25", "11:30")


def test_a_calendar_that_comes_again_moves_what_moved_and_keeps_what_was_written_here(
    desk: Desk, tmp_path: Path
) -> None:
    visit = _visit(desk)
    event = "SUMMARY:Tour|DTSTART;TZID=Europe/Madrid:20261124T{}"
    incoming_files.take(desk, calendar_import.plan_file(desk, _ics(tmp_path / "a.ics", event.format("090000"))))
    (item,) = _items(desk, visit)
    records.edit(desk, item.id, parse_assignments(KINDS["itinerary_item"], ("title.zh=参观", "room=3")))
    (line,) = calendar_import.plan_file(desk, _ics(tmp_path / "a.ics", event.format("090000"))).lines
    assert not line.possible
    plan = calendar_import.plan_file(desk, _ics(tmp_path / "a.ics", event.format("113000")))
    assert plan.lines[0].what.startswith("changes Date and time")
    incoming_files.take(desk, plan)
    (item,) = _items(desk, visit)
    assert (item.when.start, dict(item.title), item.room) == ("11:30", {"en": "Tour", "zh": "参观"}, "3")


def test_a_calendar_that_comes_again_does_not_take_back_what_was_changed_here(desk: Desk, tmp_path: Path) -> None:
    visit = _visit(desk)
    event = "SUMMARY:Tour|LOCATION:{}|DTSTART;TZID=Europe/Madrid:20261124T090000"
    file = _ics(tmp_path / "a.ics", event.format("Old hall"))
    incoming_files.take(desk, calendar_import.plan_file(desk, file))
    (item,) = _items(desk, visit)
    here = ("title.en=Tour of the port", "when=2026-11-24 09:30", "address.en=Hall 2")
    records.edit(desk, item.id, parse_assignments(KINDS["itinerary_item"], here))
    again = calendar_import.plan_file(desk, file)
    assert [(line.what, line.ticked, line.possible) for line in again.lines] == [
        ("Date and time, Title, Address: changed here since, stays as it is", False, True)
    ]
    incoming_files.take(desk, again)
    (item,) = _items(desk, visit)
    assert (item.title["en"], item.when.start, item.address["en"]) == ("Tour of the port", "09:30", "Hall 2")
    moved = calendar_import.plan_file(desk, _ics(tmp_path / "a.ics", event.format("New hall")))
    assert moved.lines[0].what.startswith("changes Address: ")
    incoming_files.take(desk, moved)
    (item,) = _items(desk, visit)
    assert (item.title["en"], item.when.start, item.address["en"]) == ("Tour of the port", "09:30", "New hall")
    back = calendar_import.plan_file(desk, _ics(tmp_path / "a.ics", event.format("Old hall")))
    assert (back.lines[0].what[:17], back.lines[0].ticked) == ("changes Address: ", True), "nobody changed that here"
    records.edit(desk, item.id, parse_assignments(KINDS["itinerary_item"], here[2:]))
    incoming_files.take(desk, again, [1])
    (item,) = _items(desk, visit)
    assert (item.title["en"], item.when.start, item.address["en"]) == ("Tour", "09:00", "Old hall"), "if it is ticked"
    for hour in ("10", "09"):
        file = _ics(tmp_path / "a.ics", event.format("Old hall").replace("T09", f"T{hour}"))
        incoming_files.take(desk, calendar_import.plan_file(desk, file))
        assert _items(desk, visit)[0].when.start == f"{hour}:00", "put off, and back again"


def test_a_zone_that_nobody_knows_is_told_and_not_guessed(desk: Desk, tmp_path: Path) -> None:
    visit = _visit(desk)
    file = _ics(tmp_path / "a.ics", 'SUMMARY:Talks|DTSTART;TZID="Custom Zone 7":20261124T150000')
    plan = calendar_import.plan_file(desk, file)
    (told,) = (line for line in plan.lines if not line.possible)
    assert told.title == "Custom Zone 7"
    assert "taken by the clock of their place" in told.what
    incoming_files.take(desk, plan)
    (talks,) = _items(desk, visit)
    assert (talks.when.start, talks.when.tz) == ("15:00", None)


def test_what_else_a_calendar_holds_is_told_or_read_as_plain_text(desk: Desk, tmp_path: Path) -> None:
    visit = _visit(desk)
    file = _ics(
        tmp_path / "a.ics",
        'SUMMARY:Talks|DTSTART;TZID="GMT+08:00":20261124T150000|DESCRIPTION:<b>Agenda</b><br>1. Welcome&nbsp;<a href="https://x.example">link</a>',
        "SUMMARY:Lunch|DTSTART;TZID=Europe/Madrid:20261124T123000|DESCRIPTION:fewer than <20 people\\, ask <a.nowak@lodz.example>",
    )
    text = file.read_text(encoding="utf-8").replace(
        "END:VCALENDAR", "BEGIN:VTODO\nSUMMARY:Pack gifts\nEND:VTODO\nEND:VCALENDAR"
    )
    file.write_text(text, encoding="utf-8")
    plan = calendar_import.plan_file(desk, file)
    assert [(line.title, line.what) for line in plan.lines if not line.possible] == [
        ("Pack gifts", "a task and no event; left out")
    ]
    incoming_files.take(desk, plan)
    lunch, talks = _items(desk, visit)
    assert (talks.when.start, talks.when.tz) == ("15:00", "Asia/Shanghai")
    assert dict(talks.internal_note) == {"en": "Agenda\n1. Welcome link"}
    assert dict(lunch.internal_note) == {"en": "fewer than <20 people, ask <a.nowak@lodz.example>"}


def test_a_zone_that_no_clock_is_in_stops_no_calendar(desk: Desk, tmp_path: Path) -> None:
    _visit(desk)
    file = _ics(tmp_path / "a.ics", "SUMMARY:Talks|DTSTART;TZID=Europe/Madrid:20261124T150000")
    file.write_text(
        file.read_text(encoding="utf-8").replace("BEGIN:VEVENT", "X-WR-TIMEZONE:GMT+25:00\nBEGIN:VEVENT", 1)
    )
    assert [line.title for line in calendar_import.plan_file(desk, file).lines if line.possible] == ["Talks"]


def test_a_calendar_whose_import_was_undone_comes_as_new_and_what_was_thrown_away_does_not(
    desk: Desk, tmp_path: Path
) -> None:
    visit = _visit(desk)
    file = _ics(tmp_path / "a.ics", "SUMMARY:Tour|DTSTART;TZID=Europe/Madrid:20261124T090000",
                "SUMMARY:Lunch|DTSTART;TZID=Europe/Madrid:20261124T123000")  # fmt: skip
    incoming_files.take(desk, calendar_import.plan_file(desk, file))
    history.undo(desk)
    again = calendar_import.plan_file(desk, file)
    assert [line.ticked for line in again.lines] == [True, True]
    incoming_files.take(desk, again)
    tour, _ = _items(desk, visit)
    records.trash(desk, tour.id)
    assert [line.ticked for line in calendar_import.plan_file(desk, file).lines] == [False, False]
    records.untrash(desk, tour.id)
    history.undo(desk)
    assert [line.ticked for line in calendar_import.plan_file(desk, file).lines] == [False, False], "thrown away again"


def test_a_calendar_that_comes_again_tells_what_is_no_longer_in_it(desk: Desk, tmp_path: Path) -> None:
    _visit(desk)
    tour, lunch = (f"SUMMARY:{title}|DTSTART;TZID=Europe/Madrid:20261124T{hour}0000"
                   for title, hour in (("Tour", "09"), ("Lunch", "12")))  # fmt: skip
    incoming_files.take(desk, calendar_import.plan_file(desk, _ics(tmp_path / "a.ics", tour, lunch)))
    _, left = calendar_import.plan_file(desk, _ics(tmp_path / "a.ics", tour)).lines
    assert (left.title, left.possible) == ("24 November 2026, 12:00 (Madrid time): Lunch", False)
    assert left.what.startswith("It is on record, and not in this file. · It stays until")
    off = calendar_import.plan_file(desk, _ics(tmp_path / "a.ics", tour, f"{lunch}|STATUS:CANCELLED"))
    assert len(off.lines) == 2, "what is cancelled is told as that"


def test_our_own_calendar_changes_nothing_when_it_comes_back(desk: Desk, tmp_path: Path) -> None:
    ids = _day(desk)
    file_formats.write(desk, "visit", [ids["visit"]], tmp_path / "visit.ics")
    plan = calendar_import.plan_file(desk, tmp_path / "visit.ics", ids["visit"])
    assert [line.title for line in plan.lines if line.possible] == ["Talks"]  # which stood in no itinerary
    incoming_files.take(desk, plan)
    assert [item.meeting for item in _items(desk, ids["visit"]) if item.meeting] == [ids["talks"]]
    records.trash(desk, ids["talks"])
    other = _visit(desk)
    plan = calendar_import.plan_file(desk, tmp_path / "visit.ics", other)
    (talks,) = (line for line in plan.lines if line.title == "Talks")
    assert not talks.ticked
    incoming_files.take(desk, plan, [talks.number])
    assert [item.meeting for item in _items(desk, other)] == [None], "nothing leads to the Trash"
    pact = _add(desk, "agreement", "title.en=Pact", "signing_planned=2026-11-25")
    file_formats.write(desk, "agreement", [pact], tmp_path / "pact.ics")
    (line,) = calendar_import.plan_file(desk, tmp_path / "pact.ics", ids["visit"]).lines
    assert (line.title, line.possible) == ("Signing: Pact", False), "an MoU on record is no point of the programme"


def test_a_calendar_without_a_visit_is_refused_with_a_sentence(desk: Desk, tmp_path: Path) -> None:
    file = _ics(tmp_path / "a.ics", "SUMMARY:Tour|DTSTART;TZID=Europe/Madrid:20261124T090000")
    with user_error("no-visit-then"):
        calendar_import.plan_file(desk, file)
    first, _ = _visit(desk), _visit(desk)
    with user_error("several-visits-then"):
        calendar_import.plan_file(desk, file)
    assert calendar_import.plan_file(desk, file, first).ticked == [1]
    with user_error("not-a-visit"):
        calendar_import.plan_file(desk, file, _add(desk, "place", "name.en=Liuzhou"))
    assert read_calendar(file, None).events[0].when.tz == "Europe/Madrid"


def test_a_calendar_of_outlook_gives_the_visit_its_clock(desk: Desk, tmp_path: Path) -> None:
    visit = _add(desk, "visit", "dates=2026-11-23/2026-11-26")
    file = _ics(tmp_path / "a.ics", "SUMMARY:Breakfast|DTSTART;TZID=China Standard Time:20261124T073000",
                "SUMMARY:Free|DTSTART:20261124T100000")  # fmt: skip
    plan = calendar_import.plan_file(desk, file)
    assert [line.title for line in plan.lines] == ["Beijing time", "Breakfast", "Free"]
    incoming_files.take(desk, plan)
    assert records.get(desk, visit).time_zone == "Asia/Shanghai"  # type: ignore[attr-defined]
    assert {item.when.start for item in _items(desk, visit)} == {"07:30", "10:00"}
    assert "Beijing time" not in [line.title for line in calendar_import.plan_file(desk, file).lines]


def test_a_zone_of_outlook_is_that_of_the_host_city_on_its_clock_and_no_clock_of_the_other_one(
    desk: Desk, tmp_path: Path
) -> None:
    cities = [_add(desk, "place", f"name.en={name}", f"time_zone=Europe/{zone}")
              for name, zone in (("Tampere", "Helsinki"), ("Ostrava", "Prague"))]  # fmt: skip
    visit = _add(desk, "visit", "dates=2026-11-23/2026-11-26", f"host_places={','.join(cities)}")
    file = _ics(tmp_path / "a.ics", "SUMMARY:Tram|DTSTART;TZID=FLE Standard Time:20261124T090000",
                "SUMMARY:Radnice|DTSTART;TZID=Central Europe Standard Time:20261125T090000",
                "SUMMARY:Vítkovice|DTSTART;TZID=Europe/Budapest:20261125T110000")  # fmt: skip
    plan = calendar_import.plan_file(desk, file)
    assert len(plan.lines) == 3, "the cities are on two clocks: neither is that of the visit"
    incoming_files.take(desk, plan)
    assert [item.when.tz for item in _items(desk, visit)] == ["Europe/Helsinki", "Europe/Prague", "Europe/Budapest"]


def test_what_is_called_off_repeats_elsewhere_or_names_people_is_said(desk: Desk, tmp_path: Path) -> None:
    visit = _visit(desk)
    jan = _add(desk, "person", "name.family=Nowak", "email=Jan@lodz.example")
    file = _ics(
        tmp_path / "a.ics",
        "SUMMARY:Off|STATUS:CANCELLED|DTSTART;TZID=Europe/Madrid:20261124T073000",
        "SUMMARY:Daily|RRULE:FREQ=DAILY|DTSTART;TZID=Europe/Madrid:20261124T083000",
        "SUMMARY:Talks|ATTENDEE;CN=Jan;PARTSTAT=ACCEPTED:mailto:jan@lodz.example|ATTENDEE;CN=Li Wei:mailto:li@zz.example"
        "|DTSTART;TZID=Europe/Madrid:20261125T083000",
    )
    plan = calendar_import.plan_file(desk, file)
    said = [(line.title, line.what.split(": ")[-1].split("; ")[-1], line.possible) for line in plan.lines]
    assert ("Off", "cancelled, left out", False) in said
    assert ("Daily", "events outside the days of the visit were not read", False) in said
    (talks,) = [line.what for line in plan.lines if line.title == "Talks"]
    assert talks.endswith("1 person takes part · 1 person is not on record, kept as a note")
    incoming_files.take(desk, plan)
    assert sorted(dict(item.title)["en"] for item in _items(desk, visit)) == ["Daily", "Daily", "Daily", "Talks"]
    (item,) = [item for item in _items(desk, visit) if dict(item.title)["en"] == "Talks"]
    assert dict(item.internal_note) == {"en": "Invited: Li Wei <li@zz.example>"}
    (part,) = records.children(desk, item.id)["participation"]
    assert (part.person, part.attendance) == (jan, "accepted")  # type: ignore[attr-defined]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_a_calendar_in_another_encoding_keeps_its_letters(desk: Desk, tmp_path: Path, encoding: str) -> None:
    visit = _visit(desk)
    file = _ics(
        tmp_path / "a.ics",
        "SUMMARY:航班 CZ6001 乌鲁木齐|LOCATION:地窝堡机场|DTSTART;TZID=Europe/Madrid:20261124T090000",
    )
    file.write_bytes(file.read_text(encoding="utf-8").encode(encoding))
    incoming_files.take(desk, calendar_import.plan_file(desk, file))
    (item,) = _items(desk, visit)
    assert (item.title["zh"], item.address["zh"]) == ("航班 CZ6001 乌鲁木齐", "地窝堡机场")
