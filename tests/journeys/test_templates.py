"""Templates on the command line."""

from __future__ import annotations

from pathlib import Path

from tests.journeys.conftest import Ask, run


def test_an_agenda_is_kept_listed_and_used(liuzhou: Path, ask: Ask) -> None:
    first, second = (ask("add", liuzhou, "meeting", f"title.en={name}", "--json")["id"] for name in ("First", "Second"))
    ask("add", liuzhou, "agenda_item", f"owner={first}", "title.en=Opening", "minutes=10")
    made = ask("templates", liuzhou, first, "--keep", "agenda", "--name", "Usual", "--json")["id"]
    assert [each["name"] for each in ask("templates", liuzhou, second, "--json")] == ["Usual"]
    assert made in ask("templates", liuzhou, second)
    assert ask("templates", liuzhou, second, "--use", made) == "1 point was added.\n"
    (item,) = ask("show", liuzhou, second, "--json")["children"]["agenda_item"]
    assert (item["title"]["en"], item["minutes"]) == ("Opening", 10)
    refused = run("templates", liuzhou, second, "--keep", "itinerary")
    assert (refused.exit_code, "cannot be used" in refused.stderr) == (1, True)
    assert run("templates", liuzhou, second, "--keep", "agenda", "--use", made).exit_code == 2
