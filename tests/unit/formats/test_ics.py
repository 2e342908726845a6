"""Calendars: the clock of the place holds in any other calendar, and what comes in is told by it."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import vobject

from tests.helpers.errors import user_error
from ucapdesk.formats.ics import Event, calendar_of, read_calendar, write_calendar, zone_called
from ucapdesk.model.values import When

BARCELONA = When("2026-11-25", "09:30", "10:30", tz="Europe/Madrid")
FLIGHT = When("2019-06-09", "23:10", "16:25", "2019-06-10", tz="Europe/Madrid", end_tz="Asia/Shanghai")


def _elsewhere(*events: Event) -> list[Any]:
    """The dates as another calendar library understands them, with the rules of the zones from the file alone."""
    kept = vobject.icalendar.__dict__["__tzidMap"]  # zones of files it read before
    for name in [name for name in kept if name not in {None, "UTC"}]:
        del kept[name]
    return list(vobject.readOne(calendar_of("Liuzhou 柳州", list(events)).decode()).vevent_list)


def test_another_calendar_library_shows_the_clock_of_the_place() -> None:
    (event,) = _elsewhere(Event("1@ucapdesk", "DRC round table 发改委圆桌会议; a, b", BARCELONA, "City hall, room 2"))
    start, end = event.dtstart.value, event.dtend.value
    assert type(start.tzinfo).__module__.startswith("dateutil"), "the rules came from the file"
    assert (start.replace(tzinfo=None), end.replace(tzinfo=None)) == (
        datetime(2026, 11, 25, 9, 30),  # noqa: DTZ001
        datetime(2026, 11, 25, 10, 30),  # noqa: DTZ001
    )
    assert start.astimezone(UTC) == datetime(2026, 11, 25, 8, 30, tzinfo=UTC)
    assert event.summary.value == "DRC round table 发改委圆桌会议; a, b"
    assert event.location.value == "City hall, room 2"


@pytest.mark.rule("T2")
@pytest.mark.parametrize(
    ("when", "start", "end"),
    [
        (FLIGHT, datetime(2019, 6, 9, 21, 10, tzinfo=UTC), datetime(2019, 6, 10, 8, 25, tzinfo=UTC)),
        (When("2026-03-29", "01:30", "03:30", tz="Europe/Berlin"),  # the night the clocks go forward
         datetime(2026, 3, 29, 0, 30, tzinfo=UTC), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        (When("2026-11-25", "22:00", "01:00", tz="Asia/Shanghai"),  # past midnight
         datetime(2026, 11, 25, 14, 0, tzinfo=UTC), datetime(2026, 11, 25, 17, 0, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_two_zones_summer_time_and_midnight_are_right_elsewhere(when: When, start: datetime, end: datetime) -> None:
    (event,) = _elsewhere(Event("1@ucapdesk", "x", when))
    assert (event.dtstart.value.astimezone(UTC), event.dtend.value.astimezone(UTC)) == (start, end)


def test_whole_days_stay_days_and_hours_without_a_zone_stay_as_they_are() -> None:
    days, floating = _elsewhere(
        Event("1", "visit", When("2019-06-09", end_date="2019-06-15"), busy=False),
        Event("2", "call", When("2019-06-10", "08:00")),
    )
    assert (days.dtstart.value, days.dtend.value) == (date(2019, 6, 9), date(2019, 6, 16))
    assert floating.dtstart.value == datetime(2019, 6, 10, 8, 0)  # noqa: DTZ001
    assert not hasattr(floating, "dtend")


def test_the_same_dates_give_the_same_bytes_and_come_back(tmp_path: Path) -> None:
    events = [
        Event("1@ucapdesk", "航班 CA846", FLIGHT, "BCN T1", "Bring: passport\nTerminal 1", tentative=True),
        Event("2@ucapdesk", "Talks", When("2019-06-12", "09:30", "10:30", tz="Asia/Shanghai")),
        Event("3@ucapdesk", "Free", When("2019-06-13", end_date="2019-06-14")),
    ]
    write_calendar(tmp_path / "a.ics", "Liuzhou", events)
    write_calendar(tmp_path / "b.ics", "Liuzhou", events)
    assert (tmp_path / "a.ics").read_bytes() == (tmp_path / "b.ics").read_bytes()
    found = read_calendar(tmp_path / "a.ics", "Europe/Rome")
    assert (list(found.events), found.unreadable) == (events, ())


def _file(path: Path, *lines: str) -> Path:
    events = "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *lines, "END:VCALENDAR", ""))
    path.write_text(events, encoding="utf-8", newline="")
    return path


@pytest.mark.rule("T2")
def test_world_time_and_foreign_names_of_zones_are_told_by_the_clock_of_the_place(tmp_path: Path) -> None:
    romance = (
        "BEGIN:VTIMEZONE", "TZID:Hauptstadt", "BEGIN:STANDARD", "DTSTART:16010101T030000", "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0100", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "END:STANDARD", "BEGIN:DAYLIGHT",
        "DTSTART:16010101T020000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
        "END:DAYLIGHT", "END:VTIMEZONE",
    )  # fmt: skip
    file = _file(
        tmp_path / "a.ics", *romance,
        "BEGIN:VEVENT", "UID:a", "SUMMARY:world", "DTSTART:20261125T083000Z", "DURATION:PT1H", "END:VEVENT",
        "BEGIN:VEVENT", "UID:b", "SUMMARY:own rules", "DTSTART;TZID=Hauptstadt:20261125T113000",
        "RRULE:FREQ=DAILY", "END:VEVENT",
        "BEGIN:VEVENT", "UID:c", "SUMMARY:no zone", "DTSTART:20261125T150000", "END:VEVENT",
        "BEGIN:VEVENT", "UID:d", "SUMMARY:off", "STATUS:CANCELLED", "DTSTART:20261125T150000", "END:VEVENT",
        "BEGIN:VEVENT", "UID:e", "SUMMARY:nonsense", "DTSTART:soon", "END:VEVENT",
    )  # fmt: skip
    found = read_calendar(file, "Europe/Madrid", (date(2026, 11, 25), date(2026, 11, 26)))
    assert [(each.title, each.when.start, each.when.tz) for each in found.events] == [
        ("world", "09:30", "Europe/Madrid"),
        ("own rules", "11:30", "Europe/Madrid"),
        ("no zone", "15:00", None),
        ("off", "15:00", None),
        ("own rules", "11:30", "Europe/Madrid"),
    ]
    assert [each.title for each in found.events if each.cancelled] == ["off"]
    assert found.events[0].when.end == "10:30"
    assert found.unreadable == ("nonsense",)
    assert found.elsewhere == ("own rules",)


def test_a_file_that_is_no_calendar_is_refused_with_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for content in (b"", b"hello", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", b"BEGIN:VCARD\r\nFN:x\r\nEND:VCARD\r\n"):
        (tmp_path / "a.ics").write_bytes(content)
        with user_error("no-calendar") as refused:
            read_calendar(tmp_path / "a.ics", None)
        assert "Nothing was changed" in str(refused.value)
    with user_error("file-unreadable"):
        read_calendar(tmp_path / "none.ics", None)
    monkeypatch.setattr("ucapdesk.formats.ics.MAX_EVENTS", 0)
    write_calendar(tmp_path / "b.ics", "x", [Event("1", "x", BARCELONA)])
    with user_error("calendar-too-large"):
        read_calendar(tmp_path / "b.ics", None)
    (tmp_path / "file").write_text("")
    with user_error("file-not-written"):
        write_calendar(tmp_path / "file" / "a.ics", "x", [])


OUTLOOK = (
    "BEGIN:VTIMEZONE", "TZID:China Standard Time", "BEGIN:STANDARD", "DTSTART:16010101T000000", "TZOFFSETFROM:+0800",
    "TZOFFSETTO:+0800", "END:STANDARD", "END:VTIMEZONE",
)  # fmt: skip


def event(**said: str) -> list[str]:
    lines = {"UID": "a", "SUMMARY": "Talks", **{key.replace("_", "-"): value for key, value in said.items()}}
    parts = [f"{key}{value}" if value[:1] == ";" else f"{key}:{value}" for key, value in lines.items()]
    return ["BEGIN:VEVENT", *parts, "END:VEVENT"]


@pytest.mark.rule("T2")
def test_the_zone_of_a_calendar_of_outlook_is_kept_where_nobody_says_another(tmp_path: Path) -> None:
    morning = event(
        DTSTART=";TZID=China Standard Time:20190613T073000", DTEND=";TZID=China Standard Time:20190613T083000"
    )
    call = event(UID="b", DTSTART=";TZID=W. Europe Standard Time:20190613T100000")
    found = read_calendar(_file(tmp_path / "a.ics", *OUTLOOK, *morning, *call), None)
    assert [each.when for each in found.events] == [
        When("2019-06-13", "07:30", "08:30", tz="Asia/Shanghai"),
        When("2019-06-13", "10:00", tz="Europe/Berlin"),
    ]
    assert found.zone == "Asia/Shanghai"


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("China Standard Time", "Asia/Shanghai"),
        ("Asia/Shanghai", "Asia/Shanghai"),
        ("/freeassociation.sourceforge.net/Europe/Warsaw", "Europe/Warsaw"),
        ("Central European Standard Time", "Europe/Warsaw"),
        ("UTC", None),
        ("Office", None),
    ],
)
def test_zones_by_the_names_that_programs_give_them(name: str, zone: str | None) -> None:
    assert zone_called(name) == zone


def test_a_zone_with_a_name_of_its_own_is_known_by_its_rules(tmp_path: Path) -> None:
    own = [line.replace("China Standard Time", "Beijing, our office") for line in OUTLOOK]
    morning = event(DTSTART=';TZID="Beijing, our office":20190613T073000')
    (found,) = read_calendar(_file(tmp_path / "a.ics", *own, *morning), None).events
    assert found.when == When("2019-06-13", "07:30", tz="Asia/Shanghai")


def test_a_date_that_repeats_is_read_on_each_of_the_days_with_what_was_moved_added_and_called_off(
    tmp_path: Path,
) -> None:
    zone = ";TZID=Europe/Warsaw"
    daily = event(
        DTSTART=f"{zone}:20261120T090000", DTEND=f"{zone}:20261120T100000", RRULE="FREQ=DAILY;UNTIL=20261126T080000Z",
        EXDATE=f"{zone}:20261124T090000", RDATE=f"{zone}:20261124T200000",
    )  # fmt: skip
    later = event(RECURRENCE_ID=f"{zone}:20261125T090000", DTSTART=f"{zone}:20261125T110000", SUMMARY="Later")
    off = event(RECURRENCE_ID=f"{zone}:20261126T090000", DTSTART=f"{zone}:20261126T090000", STATUS="CANCELLED")
    days = date(2026, 11, 23), date(2026, 11, 27)
    found = read_calendar(_file(tmp_path / "a.ics", *daily, *later, *off), None, days)
    assert [(each.when.date, each.when.start, each.title, each.cancelled) for each in found.events] == [
        ("2026-11-23", "09:00", "Talks", False),
        ("2026-11-24", "20:00", "Talks", False),
        ("2026-11-25", "11:00", "Later", False),
        ("2026-11-26", "09:00", "Talks", True),
    ]
    assert found.elsewhere == ("Talks",), "from the 20th to the 22nd it was not asked for"
    assert len({each.uid for each in found.events}) == 4
    assert found.events[1].when.end == "21:00"


@pytest.mark.parametrize("rule", ["FREQ=DAILY;COUNT=3", "FREQ=DAILY;COUNT=4;BYHOUR={hour},20"])
def test_the_dates_of_a_series_are_known_again_where_its_hour_moves(tmp_path: Path, rule: str) -> None:
    def uids(hour: str) -> list[str]:
        daily = event(DTSTART=f"20261123T{hour}0000", RRULE=rule.format(hour=int(hour)))
        later = event(RECURRENCE_ID=f"20261124T{hour}0000", DTSTART="20261124T110000", SUMMARY="Later")
        return [each.uid for each in read_calendar(_file(tmp_path / "a.ics", *daily, *later), None).events]

    assert len(set(uids("09"))) == len(uids("09")) > 2
    assert uids("09") == uids("08")


def test_what_repeats_without_end_ends_with_the_days_that_were_asked_for(tmp_path: Path) -> None:
    endless = event(DTSTART="20200101T090000Z", RRULE="FREQ=DAILY")
    days = date(2026, 11, 23), date(2026, 11, 24)
    found = read_calendar(_file(tmp_path / "a.ics", *endless), "Asia/Shanghai", days)
    assert [each.when.start for each in found.events] == ["17:00", "17:00"]
    whole_days = event(DTSTART=";VALUE=DATE:20261123", RRULE="FREQ=WEEKLY;COUNT=2")
    found = read_calendar(_file(tmp_path / "b.ics", *whole_days), None)
    assert [each.when for each in found.events] == [When("2026-11-23"), When("2026-11-30")]
    assert not found.elsewhere
    assert len(read_calendar(_file(tmp_path / "c.ics", *endless), None).events) == 400


def test_who_is_invited_is_read_each_once_with_the_answer(tmp_path: Path) -> None:
    lines = ['ORGANIZER;CN="Wang, Fang":mailto:wang@zz.example', "ATTENDEE;CN=Jan Nowak;PARTSTAT=DECLINED:MAILTO:jan@lodz.example",
             "ATTENDEE:mailto:WANG@zz.example"]  # fmt: skip
    made = event(DTSTART="20261123T090000Z")
    (found,) = read_calendar(_file(tmp_path / "a.ics", *made[:-1], *lines, made[-1]), None).events
    assert [(each.name, each.email, each.attendance) for each in found.people] == [
        ("Wang, Fang", "wang@zz.example", ""),
        ("Jan Nowak", "jan@lodz.example", "declined"),
    ]


@pytest.mark.parametrize(
    "when",
    [
        When("0001-01-01"),
        When("9999-12-31"),
        When("0001-01-01", "00:10", "23:50", tz="Pacific/Kiritimati"),
        When("9999-12-31", "23:50", "00:10", tz="Pacific/Honolulu"),
    ],
)
def test_the_first_and_the_last_day_of_all_and_names_of_several_lines_are_written(tmp_path: Path, when: When) -> None:
    event = Event(
        uid="a", title="One\nTwo\r\nThree\u2028Four", when=when, place="Hall\n1", text="Two\nlines", changed=0
    )
    write_calendar(tmp_path / "a.ics", "Visit\nto Liuzhou", [event])
    said = (tmp_path / "a.ics").read_text("utf-8")
    assert "SUMMARY:One Two Three Four" in said
    assert "X-WR-CALNAME:Visit to Liuzhou" in said


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MINUTELY",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=WEEKLY;BYMONTH=2;BYMONTHDAY=30",
    ],
)
def test_rules_that_never_come_or_never_rest_are_told_and_left_at_once(tmp_path: Path, rule: str) -> None:
    drums = [line for n in range(50) for line in event(UID=f"{n}", DTSTART="17000101T090000", RRULE=rule)]
    began = time.thread_time()
    found = read_calendar(_file(tmp_path / "a.ics", *drums), None, (date(2026, 11, 23), date(2026, 11, 25)))
    assert time.thread_time() - began < 20
    assert (found.events, "Talks" in {*found.unreadable, *found.elsewhere}) == ((), True)


def test_a_date_that_repeats_a_number_of_times_ends_with_the_last(tmp_path: Path) -> None:
    thrice = event(DTSTART="20261106T090000", RRULE="FREQ=WEEKLY;COUNT=3;BYDAY=FR")
    days = date(2026, 11, 10), date(2026, 12, 31)
    found = read_calendar(_file(tmp_path / "a.ics", *thrice), None, days)
    assert [each.when.date for each in found.events] == ["2026-11-13", "2026-11-20"]


def test_a_room_is_nobody_who_is_invited(tmp_path: Path) -> None:
    talks = event(DTSTART="20261120T090000", ATTENDEE=";CUTYPE=ROOM;CN=Room 1:mailto:room1@zz.example")
    (found,) = read_calendar(_file(tmp_path / "a.ics", *talks), None).events
    assert found.people == ()
