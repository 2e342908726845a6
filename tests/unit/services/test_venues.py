"""Where a point of the programme is: one that names no place is where its meeting is, on every surface."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from ucapdesk.briefing.blocks.content import all_words
from ucapdesk.cli import cli
from ucapdesk.model.kinds.visit_kinds import ItineraryItem
from ucapdesk.model.listing import ListView
from ucapdesk.model.rules.place_time import venue_of
from ucapdesk.model.values import Bilingual, PartialDate, PersonName, Refs, When
from ucapdesk.papers import printing as papers
from ucapdesk.services import Desk, home
from ucapdesk.services.files.sheets import export, import_sheet
from ucapdesk.services.records import records
from ucapdesk.services.visits import calendars, visit_itinerary
from ucapdesk.ui.screens.programme_items import item_details

DAY = "2026-11-02"  # Today, as the clock of the tests has it


@pytest.fixture
def hall(desk: Desk) -> str:
    return records.add(desk, "place", {"name": Bilingual(en="Great Hall", zh="大会堂"), "type": "venue"})


@pytest.fixture
def point(desk: Desk, hall: str) -> str:
    """A banquet that is public and names no place; that of its meeting has one, and a room."""
    visit = records.add(desk, "visit", {"title": Bilingual(en="Visit", zh="访问"), "dates": PartialDate(DAY)})
    dinner = {"title": Bilingual(en="Dinner", zh="晚宴"), "visit": visit, "places": Refs([hall]), "room": "Lotus Room"}
    meeting = records.add(desk, "meeting", {**dinner, "when": When(DAY, "19:00", "21:00", tz="Asia/Shanghai")})
    values = {"owner": visit, "meeting": meeting, "type": "banquet", "public": True, "title": dinner["title"]}
    return records.add(desk, "itinerary_item", {**values, "when": When(DAY, "19:00", "21:00", tz="Asia/Shanghai")})


def _visit(desk: Desk, point: str) -> str:
    found = records.get(desk, point)
    assert isinstance(found, ItineraryItem)
    assert found.owner
    return found.owner


@pytest.mark.parametrize("document", ["catering_list", "media_list", "itinerary", "address_cards"])
def test_papers_say_it(desk: Desk, point: str, hall: str, document: str) -> None:
    records.edit(desk, hall, {"address": Bilingual(en="1 Park Road", zh="公园路1号")})
    paper = papers.make(desk, papers.request(desk, [_visit(desk, point)], document=document))
    said = " ".join(words.text.get("en") or "" for words, _ in all_words(paper))
    assert "Great Hall" in said
    assert "Lotus Room" in said or document == "address_cards"


def test_window_calendar_sheet_and_first_page_say_it(desk: Desk, point: str, tmp_path: Path) -> None:
    whole = visit_itinerary.programme(desk, _visit(desk, point))
    assert "Great Hall · Lotus Room" in item_details(whole.day(DAY).items[0], whole.day(DAY), whole)
    (event,) = calendars.of(desk, "visit", [_visit(desk, point)]).events
    assert event.place == "Great Hall, Lotus Room"
    file = tmp_path / "points.csv"
    export(desk, ListView("itinerary_item"), file, all_fields=True)
    (row,) = csv.DictReader(io.StringIO(file.read_text("utf-8-sig")))
    assert (row["Place"], row["Room"]) == ("Great Hall", "Lotus Room")
    told = home.page(desk, lang="en")
    assert [each.note for each in told.now if each.id == point] == ["Lotus Room, Great Hall"]


def test_the_command_line_says_it_and_keeps_apart_what_was_entered(desk: Desk, point: str, hall: str) -> None:
    folder = desk.workspace.path
    desk.close()
    listed = CliRunner().invoke(cli, ["list", str(folder), "itinerary_item"])
    assert "Great Hall" in listed.stdout, listed.output
    plain = CliRunner().invoke(cli, ["show", str(folder), point, "--json"]).stdout
    assert f'"place": "{hall}"' in plain.partition('"computed"')[2]
    assert '"place": null' in plain.partition('"computed"')[0]


def test_a_place_of_its_own_stands_and_has_not_the_room_of_another(desk: Desk, point: str) -> None:
    garden = records.add(desk, "place", {"name": Bilingual(en="Garden"), "type": "venue"})
    records.edit(desk, point, {"place": garden})
    (event,) = calendars.of(desk, "visit", [_visit(desk, point)]).events
    assert event.place == "Garden"
    item = records.get(desk, point)
    assert isinstance(item, ItineraryItem)
    assert venue_of(item).place == garden


def test_a_meeting_that_readers_may_not_know_of_does_not_tell_its_place(desk: Desk, point: str) -> None:
    item = records.get(desk, point)
    assert isinstance(item, ItineraryItem)
    assert item.meeting
    records.edit(desk, item.meeting, {"marking": "internal"})
    asked = papers.request(desk, [_visit(desk, point)], document="media_list")
    said = " ".join(words.text.get("en") or "" for words, _ in all_words(papers.make(desk, asked)))
    assert "Dinner" in said
    assert "Great Hall" not in said


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_what_is_told_of_the_meeting_is_not_taken_in_from_a_sheet(
    desk: Desk, point: str, tmp_path: Path, suffix: str
) -> None:
    file = tmp_path / f"points.{suffix}"
    export(desk, ListView("itinerary_item"), file, all_fields=True)
    garden = records.add(desk, "place", {"name": Bilingual(en="Garden"), "type": "venue"})
    item = records.get(desk, point)
    for there in ({}, {"places": Refs([garden]), "room": "Pavilion"}):  # nor where that was moved since
        records.edit(desk, getattr(item, "meeting", ""), there)
        report = import_sheet(desk, file)
        assert (report.changed, len(report.troubles)) == (0, len(there))
    assert [getattr(records.get(desk, point), name) for name in ("place", "room")] == [None, None]


@pytest.mark.rule("W1")
def test_of_an_hour_on_a_clock_that_nobody_knows_the_first_page_says_the_day_alone(desk: Desk) -> None:
    """At nine by the computer, which may be anywhere: neither the call that it would take to run, nor the one before, is over."""
    for start, end in (("07:00", "07:30"), ("08:45", "09:30"), ("09:20", "10:00")):
        title = {"title": Bilingual(en=f"At {start}", zh="会"), "status": "scheduled"}
        records.add(desk, "meeting", {**title, "when": When(DAY, start, end)})
    told = home.page(desk, lang="en")
    assert told.now == ()
    (today,) = told.days
    assert today.title == "Today, Monday, 2 November 2026"
    assert [point.hours for point in today.points] == [
        "07:00–07:30 · time zone not known",
        "08:45–09:30 · time zone not known",
        "09:20–10:00 · time zone not known",
    ]
    assert date.fromisoformat(DAY).weekday() == 0


def test_who_stays_away_is_counted_nowhere_and_who_is_not_on_record_everywhere(desk: Desk, point: str) -> None:
    for name, attendance in (("Anna", "accepted"), ("Chen", "declined")):
        person = records.add(desk, "person", {"name": PersonName(None, name)})
        records.add(desk, "participation", {"owner": point, "person": person, "attendance": attendance})
    records.add(desk, "participation", {"owner": point, "free_name": Bilingual(en="Her driver")})
    (told,) = home.page(desk, lang="en").now
    assert told.note == "Lotus Room, Great Hall · 2 people expected"
    whole = visit_itinerary.programme(desk, _visit(desk, point))
    assert item_details(whole.day(DAY).items[0], whole.day(DAY), whole).endswith("2 people")
