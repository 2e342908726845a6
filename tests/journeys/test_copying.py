"""A visit again on other days: at the command line, and at the window with keys."""

from __future__ import annotations

from pathlib import Path

from tests.journeys.conftest import Ask, AtDesk, run
from ucapdesk.services.records import records


def test_a_visit_is_copied_to_another_day(liuzhou: Path, ask: Ask) -> None:
    before = ask("digest", liuzhou)
    visit = ask("add", liuzhou, "visit", "title.en=Tour", "dates=2026-11-23/2026-11-26", "--json")["id"]
    made = ask("copy", liuzhou, visit, "3 May 2027", "--json")["id"]
    assert ask("show", liuzhou, made, "--json")["dates"] == "2027-05-03/2027-05-06"
    refused = run("copy", liuzhou, visit, "May 2027")
    assert (refused.exit_code, "is not a date" in refused.stderr) == (1, True)
    assert run("copy", liuzhou, visit, "soon").exit_code == 1
    assert run("copy", liuzhou, ask("list", liuzhou, "person", "--json")[0]["id"], "3 May 2027").exit_code == 1
    ask("undo", liuzhou)
    ask("undo", liuzhou)
    assert ask("digest", liuzhou) == before


def test_what_came_of_a_meeting_is_not_copied_with_it(liuzhou: Path, ask: Ask) -> None:
    meeting = ask("list", liuzhou, "meeting", "--json")[0]["id"]
    item = ask("add", liuzhou, "agenda_item", f"owner={meeting}", "title.en=Buses", "done=yes").strip()
    ask("add", liuzhou, "minute_entry", f"owner={meeting}", f"agenda_item={item}", "text.en=Twenty are ordered")
    made = ask("show", liuzhou, ask("copy", liuzhou, meeting, "3 May 2027").strip(), "--json")
    items = {each["title"]["en"]: each["done"] for each in made["children"]["agenda_item"]}
    assert items["Buses"] is None, "nobody has dealt with it yet"
    assert made["children"]["minute_entry"] == []
    assert (made["source"], made["source_place"], made["places_print"]) == (None, None, None)


def test_the_visit_shown_is_made_again_from_the_menu(at_desk: AtDesk) -> None:
    visit = records.listing(at_desk.desk, "visit")[0]
    n = records.count(at_desk.desk, "visit")
    at_desk.window.show_record(visit)
    action = at_desk.window.menus.actions["record.copy_to_date"]
    assert action.isEnabled()
    action.setShortcut("F12")  # any key will do: what counts is what the page asks
    at_desk.driver.press_into("F12", lambda driver: driver.type("2027-05-03").press("Enter"))
    assert records.count(at_desk.desk, "visit") == n + 1
    made = at_desk.shown
    assert made.id != visit
    assert made.dates.bounds[0] == "2027-05-03"
    at_desk.window.show_record(records.listing(at_desk.desk, "person")[0])
    assert not action.isEnabled()
