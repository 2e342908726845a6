"""A fourth delegation, entered by the command line: Tartu and Nantes visit Qingdao. A hotel is changed, a meeting called off, an action put off."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from tests.helpers.clock import FrozenClock
from tests.helpers.drawn_lines import extracted
from tests.journeys.conftest import run
from ucapdesk.papers import printing as papers
from ucapdesk.services import Desk

Ask = Callable[..., Any]
DAY = "2027-09-08"


@pytest.fixture
def entered(tmp_path: Path, ask: Ask) -> tuple[Path, str]:
    """The workspace and the visit."""
    folder = tmp_path / "desk"
    ask("new", folder, "--name", "Qingdao", "--person", "Liis Tamm")
    countries = {each["alpha2"]: each["id"] for each in ask("list", folder, "country", "--json")}

    def add(kind: str, *said: str) -> str:
        return str(ask("add", folder, kind, *said)).strip()

    city = add("place", "name.en=Qingdao", "name.zh=青岛", "type=city", f"country={countries['CN']}")
    hall = add("place", "name.en=City Hall", "name.zh=会议中心", "type=venue", f"parent={city}")
    for name in ("Sea View Hotel", "Laoshan Lodge"):
        add("place", f"name.en={name}", "name.zh=酒店", "type=hotel", f"parent={city}")
    liis = add("person", "name.family=Tamm", "name.given=Liis", "salutation=ms")
    for post, dates in (("Head of Relations", "2015/2019"), ("Director", "2020/..")):
        add("affiliation", f"owner={liis}", f"post.en={post}", f"dates={dates}")
    visit = add("visit", "title.en=Visit to Qingdao", "title.zh=访问青岛", "dates=2027-09-06/2027-09-10", f"host_places={city}",
                "travelling_side=B", "status=confirmed", f"head={liis}")  # fmt: skip
    add("participation", f"owner={visit}", f"person={liis}", "side=B", "attendance=accepted")
    for day, lines in {
        "2027-09-06": ("AY99 Helsinki to Shanghai 1730 0800+1", "AF116 Paris to Shanghai 1330 0705+1"),
        "2027-09-07": ("SC4601 Shanghai to Qingdao 1100 1240", "1500 check-in @ Sea View Hotel"),
        "2027-09-09": ("1400 check-in @ Laoshan Lodge",),
        "2027-09-10": ("SC4602 Qingdao to Shanghai 0900 1040",),
    }.items():
        ask("itinerary", folder, visit, "--day", day, *lines)
    for title, start, status in (("Talks", "09:30", "scheduled"), ("Brewery", "15:00", "cancelled")):
        said = (f"title.en={title}", f'when={{"date": "{DAY}", "start": "{start}"}}')
        meeting = add("meeting", *said, f"visit={visit}", f"places={hall}", "room=Room 2", f"status={status}")
        add("itinerary_item", *said, f"owner={visit}", f"meeting={meeting}", "type=meeting")
        if status == "scheduled":
            add(
                "action_item",
                f"owner={meeting}",
                "text.en=Draft the study",
                f"person={liis}",
                "due=2026-10-01",
                "status=deferred",
            )
    return folder, visit


def _paper(folder: Path, visit: str, document: str) -> str:
    file = io.BytesIO()
    with Desk.open(folder, clock=FrozenClock(), read_only=True) as desk:
        papers.brief(desk, [visit], file, document=document, languages=("en",))
    return " ".join(extracted(file.getvalue()).split())


def test_no_fact_of_it_disagrees(entered: tuple[Path, str], ask: Ask, tmp_path: Path) -> None:
    folder, visit = entered
    pack, hotels = _paper(folder, visit, "visit_pack"), _paper(folder, visit, "hotel_list")
    for stay, nights in (("7–9 September 2027", "2 nights"), ("9–10 September 2027", "1 night")):
        assert f"{stay} ({nights})" in pack
        assert f"{stay} {nights}" in hotels
    listed = ask("list", folder, "itinerary_item")
    run("export", folder, "visit", "--id", visit, "-o", tmp_path / "visit.ics")
    events = {
        str(each["SUMMARY"]): each for each in Calendar.from_ical((tmp_path / "visit.ics").read_bytes()).walk("VEVENT")
    }
    assert events["Talks"]["LOCATION"] == "City Hall, Room 2"
    assert events["Talks"]["DTSTART"].params["TZID"] == "Asia/Shanghai"
    assert "8 September 2027, 09:30 (Beijing time)\tMeeting\tTalks\tCity Hall" in listed
    assert "Talks City Hall, Room 2" in pack
    assert "Brewery" not in pack
    assert events["Cancelled: Brewery"]["STATUS"] == "CANCELLED"
    assert "Draft the study" in pack
    assert "Draft the study  1 October 2026 · Deferred" in ask("today", folder)
    assert "Liis Tamm Director Tamm" in pack
    assert "Head of Relations" not in pack
    assert [hit["title"] for hit in ask("search", folder, "director tamm", "--json")] == ["Liis Tamm"]
    assert ask("search", folder, "overdue", "--json") == []
