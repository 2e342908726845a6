"""The day's work from the command line: what is on, a meeting logged from the programme, an MoU marked as signed."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.drawn_lines import extracted
from tests.journeys.conftest import Ask, run
from ucapdesk.base.clock import local_now


@pytest.fixture
def desk(new_desk: Path) -> Path:
    return new_desk


def test_a_meeting_is_logged_once_from_the_programme(desk: Path, ask: Ask) -> None:
    begun = local_now() - timedelta(minutes=10)
    visit = ask(
        "add", desk, "visit", "title.en=Delegation", f"dates={begun:%Y-%m-%d}", "time_zone=Europe/London"
    ).strip()
    when = f'when={{"date": "{begun:%Y-%m-%d}", "start": "{begun:%H:%M}"}}'
    item = ask("add", desk, "itinerary_item", f"owner={visit}", "title.en=Round table", "type=meeting", when).strip()
    made = ask("log", desk, "room=Hall", "--json")
    assert (made["title"], made["new"]) == ("Round table", False)
    meeting = ask("show", desk, made["id"], "--json")
    assert (meeting["visit"], meeting["room"], meeting["status"]) == (visit, "Hall", "in_progress")
    assert ask("show", desk, item, "--json")["meeting"] == made["id"]
    assert ask("log", desk).strip() == made["id"]


def test_without_a_programme_a_meeting_begins_now(desk: Path, ask: Ask) -> None:
    made = ask("log", desk, "title.en=Corridor", "--json")
    assert (made["title"], made["new"]) == ("Corridor", True)
    assert ask("show", desk, made["id"], "--json")["when"]["start"]


def test_today_tells_what_is_on_and_what_needs_somebody(desk: Path, ask: Ask) -> None:
    day = local_now()
    when = f'when={{"date": "{day:%Y-%m-%d}", "start": "09:30"}}'
    ask("add", desk, "meeting", "title.en=Round table", when, "status=scheduled")
    ask("add", desk, "action_item", "text.en=Send the schema", "due=2020-01-01", "status=open")
    told = ask("today", desk)
    assert any("09:30" in line and "Round table" in line for line in told.splitlines()), told  # beside "Next", if it is
    assert "! 1 action is overdue" in told
    plain = ask("today", desk, "--json")
    assert plain["actions"][0]["overdue"] is True
    assert plain["visit"] is None
    dates = f"dates={day:%Y-%m-%d}"
    first, last = sorted(ask("add", desk, "visit", f"title.en=Visit {n}", dates).strip() for n in range(2))
    plain = ask("today", desk, "--json")
    assert sorted(each["id"] for each in (plain["visit"], *plain["beside"])) == [first, last]


def test_today_tells_how_many_actions_there_are_and_gives_all_as_json(desk: Path, ask: Ask) -> None:
    for n in range(1, 8):
        ask("add", desk, "action_item", f"text.en=Action {n}", f"due=2026-11-1{n}", "status=open")
    told = ask("today", desk)
    assert "Action 5" in told
    assert "Action 6" not in told
    assert "… and 2 more; --json gives all" in told
    assert [each["title"] for each in ask("today", desk, "--json")["actions"]] == [f"Action {n}" for n in range(1, 8)]


def test_an_mou_is_signed_or_told_what_is_missing(desk: Path, ask: Ask, tmp_path: Path) -> None:
    mou = ask("add", desk, "agreement", "title.en=Pilot", "status=negotiation").strip()
    parties = [ask("add", desk, "agreement_party", f"owner={mou}", f"free_name.en={name}").strip() for name in "AB"]
    people = [ask("add", desk, "person", f"name.given={name}").strip() for name in ("Li", "Anna")]
    office = ask("add", desk, "organisation", "name.en=City").strip()
    post = ask("add", desk, "affiliation", f"owner={people[0]}", f"organisation={office}", "post.en=Vice mayor").strip()
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.4")
    refused = run("sign", desk, mou, "--on", "24 Nov 2026", "--by", f"{parties[0]}={people[0]}")
    assert refused.exit_code == 1
    assert "who signs for B" in refused.output
    assert "Nothing was changed" in refused.output
    by = [each for pair in zip(parties, people, strict=True) for each in ("--by", "=".join(pair))]
    assert "as signed" in ask("sign", desk, mou, "--on", "24 Nov 2026", *by, "--scan", scan)
    shown: Any = ask("show", desk, mou, "--json")
    assert (shown["status"], shown["signed"]) == ("signed", "2026-11-24")
    assert len(shown["children"]["signatory"]) == 2
    assert len(shown["children"]["attachment"]) == 1
    ask("edit", desk, post, "post.en=Mayor")
    ask("brief", desk, mou, "--document", "mou_sheet", "-o", tmp_path / "mou.pdf")
    sheet = extracted(tmp_path / "mou.pdf")
    assert "Vice mayor" in sheet
    assert "Mayor" not in sheet, "the sheet says the post of that day"
    ask("undo", desk)
    ask("undo", desk)
    assert ask("show", desk, mou, "--json")["status"] == "negotiation"
    ask("redo", desk)
    assert ask("reopen", desk, mou).strip() == "negotiation"
    assert ask("show", desk, mou, "--json")["status"] == "negotiation"
    refused = run("reopen", desk, mou)
    assert refused.exit_code == 1
    assert "no earlier state" in refused.output
    person = ask("list", desk, "person", "--json")[0]["id"]
    for command in ("reopen", "sign"):
        assert "There is no record" in run(command, desk, person).output


@pytest.mark.parametrize("by", ["somebody", "=", "a="])
def test_a_signatory_said_in_another_form_is_refused(desk: Path, ask: Ask, by: str) -> None:
    mou = ask("add", desk, "agreement", "title.en=Pilot").strip()
    refused = run("sign", desk, mou, "--by", by)
    assert refused.exit_code == 2
    assert "PARTY=PERSON" in refused.output


def test_a_day_that_cannot_be_read_and_a_place_that_signs_are_refused(desk: Path, ask: Ask) -> None:
    mou = ask("add", desk, "agreement", "title.en=Pilot").strip()
    party = ask("add", desk, "agreement_party", f"owner={mou}", "free_name.en=A").strip()
    place = ask("add", desk, "place", "name.en=Hall").strip()
    for words, said in ((("--on", "someday"), "someday"), (("--by", f"{party}={place}"), "person")):
        refused = run("sign", desk, mou, *words)
        assert refused.exit_code == 1
        assert said in refused.output


def test_what_others_name_goes_to_the_trash_only_with_yes(desk: Path, ask: Ask) -> None:
    city = ask("add", desk, "place", "name.en=Granada").strip()
    ask("add", desk, "meeting", "title.en=Talks", f"places={city}")
    refused = run("trash", desk, city)
    assert refused.exit_code != 0
    assert "Meeting: Talks" in refused.stderr
    assert "--yes" in refused.stderr
    assert [each["id"] for each in ask("list", desk, "place", "--json") if each["id"] == city]
    ask("trash", desk, city, "--yes")
    assert not [each["id"] for each in ask("list", desk, "place", "--json") if each["id"] == city]
    unused = ask("add", desk, "place", "name.en=Rome").strip()
    ask("trash", desk, unused)
