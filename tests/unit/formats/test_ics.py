"""Calendars: the clock of the place holds in any other calendar, and what comes in is told by it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import vobject

from ucapdesk.formats.errors import FileNotWritten
from ucapdesk.formats.ics import (
    CalendarNotOpened,
    CalendarTooLarge,
    Event,
    NoCalendar,
    calendar_of,
    read_calendar,
    write_calendar,
)
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
    assert read_calendar(tmp_path / "a.ics", "Europe/Rome") == (events, [])


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
    events, unreadable = read_calendar(file, "Europe/Madrid")
    assert [(each.title, each.when.start, each.when.tz) for each in events] == [
        ("world", "09:30", "Europe/Madrid"),
        ("own rules", "11:30", "Europe/Madrid"),
        ("no zone", "15:00", "Europe/Madrid"),
    ]
    assert [each.repeats for each in events] == [False, True, False]
    assert events[0].when.end == "10:30"
    assert unreadable == ["nonsense"]


def test_a_file_that_is_no_calendar_is_refused_with_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for content in (b"", b"hello", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", b"BEGIN:VCARD\r\nFN:x\r\nEND:VCARD\r\n"):
        (tmp_path / "a.ics").write_bytes(content)
        with pytest.raises(NoCalendar) as refused:
            read_calendar(tmp_path / "a.ics", None)
        assert "Nothing was changed" in str(refused.value)
    with pytest.raises(CalendarNotOpened):
        read_calendar(tmp_path / "none.ics", None)
    monkeypatch.setattr("ucapdesk.formats.ics.MOST", 0)
    write_calendar(tmp_path / "b.ics", "x", [Event("1", "x", BARCELONA)])
    with pytest.raises(CalendarTooLarge):
        read_calendar(tmp_path / "b.ics", None)
    (tmp_path / "file").write_text("")
    with pytest.raises(FileNotWritten):
        write_calendar(tmp_path / "file" / "a.ics", "x", [])
