"""The programme of a visit from the command line: told, added to in lines, put off; bad input is one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journeys.conftest import Ask, run


@pytest.fixture
def desk(new_desk: Path) -> Path:
    return new_desk


@pytest.fixture
def visit(desk: Path, ask: Ask) -> str:
    made = ask("add", desk, "visit", "title.en=Visit", "dates=2026-11-24/2026-11-26", "time_zone=Europe/Madrid")
    return str(made).strip()


LINES = ("0930 1030 meet", "1100 1200 visit port @ Harbour + 陆辉", "1830 2030 dinner fixed", "1730 1815 会谈")


def test_lines_become_points_and_what_was_understood_is_printed(desk: Path, visit: str, ask: Ask) -> None:
    told = ask("itinerary", desk, visit, *LINES, "--day", "25 Nov 2026")
    assert "(11:00–12:00)\t(Site visit)\t(port)\t(Harbour)\t(陆辉)" in told
    days = ask("itinerary", desk, visit, "--json")
    assert [day["date"] for day in days] == ["2026-11-24", "2026-11-25", "2026-11-26"]
    items = days[1]["items"]
    assert [(item["start"], item["end"], item["type"]) for item in items] == [
        ("09:30", "10:30", "meeting"), ("11:00", "12:00", "site_visit"), ("17:30", "18:15", "meeting"), ("18:30", "20:30", "meal"),
    ]  # fmt: skip
    assert items[1]["free_before"] == 30
    place = ask("show", desk, ask("show", desk, items[1]["id"], "--json")["place"], "--json")
    assert place["name"]["en"] == "Harbour"
    told = ask("itinerary", desk, visit, "26 November 0930 1030 meet Rector")
    assert "(Thu 26 Nov" in told
    (last,) = ask("itinerary", desk, visit, "--json")[2]["items"]
    assert (last["start"], last["title"]["en"]) == ("09:30", "Rector")
    assert "Tue 24 Nov" in ask("itinerary", desk, visit)
    assert "24日" in ask("itinerary", desk, visit, "--lang", "zh")


def test_a_flight_is_told_on_both_its_days_with_both_clocks(desk: Path, visit: str, ask: Ask) -> None:
    ask("itinerary", desk, visit, "LO91 Warsaw to Beijing 1505 0640+1", "--day", "24 Nov 2026")
    told = ask("itinerary", desk, visit)
    assert "Tue 24 Nov · Madrid" in told
    assert "15:05 (Warsaw) – 06:40\xa0+1 (Beijing)\tFlight\tWarsaw → Beijing" in told
    assert "\t06:40 (Beijing)\tFlight\tArrival: Warsaw → Beijing" in told
    leaves, arrives = [item for day in ask("itinerary", desk, visit, "--json") for item in day["items"]]
    assert leaves["id"] == arrives["id"]
    assert (leaves["arrives"], arrives["arrives"], arrives["end_date"]) == (False, True, "2026-11-25")
    assert (leaves["zone"], leaves["end_zone"]) == ("Europe/Warsaw", "Asia/Shanghai")


def test_one_line_that_says_nothing_adds_none_of_them(desk: Path, visit: str, ask: Ask) -> None:
    refused = run("itinerary", desk, visit, LINES[0], "", LINES[1])
    assert refused.exit_code == 1
    assert "Nothing was added" in refused.stderr
    assert not any(day["items"] for day in ask("itinerary", desk, visit, "--json"))


def test_an_item_that_ends_before_it_begins_is_told_as_in_the_window(desk: Path, visit: str, ask: Ask) -> None:
    (added, *_) = ask("itinerary", desk, visit, *LINES, "--day", "2026-11-25", "--json")
    ask("edit", desk, added["id"], "when=2026-11-25 09:30-09:00")
    assert "ends before it begins" in ask("itinerary", desk, visit)


def test_the_rest_of_a_day_is_put_off_and_a_dry_run_only_tells(desk: Path, visit: str, ask: Ask) -> None:
    added = ask("itinerary", desk, visit, *LINES, "--day", "2026-11-25", "--json")
    item = added[1]["id"]
    told = ask("delay", desk, item, "130", "--dry-run")
    assert told.strip() == "2 items move · the last one ends at 19:45 · 1 to check"
    assert ask("show", desk, item, "--json")["when"]["start"] == "11:00"
    done = ask("delay", desk, item, "1:30", "--json")
    assert (len(done["moved"]), done["stays"], done["clashes"]) == (2, [added[2]["id"]], 1)
    assert ask("show", desk, item, "--json")["when"]["start"] == "12:30"
    assert "Moved 2 items of Wed 25 Nov by 1:30" in ask("undo", desk)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("itinerary", "nobody"), "There is no record"),
        (("itinerary", "VISIT", "0930 meet", "--day", "soon"), "“soon” is not a date"),
        (("itinerary", "VISIT", "0930 meet", "--day", "2026-11"), "“2026-11” is not a date"),
        (("itinerary", "VISIT", " "), "neither a time nor a title"),
        (("delay", "VISIT", "30"), "is not an item of a visit’s programme"),
        (("delay", "nobody", "later"), "“later” is not a length of time"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(desk: Path, visit: str, arguments: tuple[str, ...], sentence: str) -> None:
    command, first, *rest = (visit if each == "VISIT" else each for each in arguments)
    result = run(command, desk, first, *rest)
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert "Traceback" not in result.output
