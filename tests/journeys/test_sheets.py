"""Spreadsheets and many records on the command line."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.journeys.conftest import Ask, run


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_a_list_goes_out_and_comes_back_untouched(liuzhou: Path, ask: Ask, tmp_path: Path, suffix: str) -> None:
    before = ask("digest", liuzhou)
    file = tmp_path / f"meetings.{suffix}"
    assert ask("export", liuzhou, "meeting", "-o", file, "--json")["records"] == 5
    assert ask("import", liuzhou, file) == f"meetings.{suffix}: 0 new, 0 changed, 5 unchanged.\n"
    people = tmp_path / f"people.{suffix}"
    ask("export", liuzhou, "person", "-o", people)
    assert ask("import", liuzhou, people) == f"people.{suffix}: 0 new, 0 changed, 11 unchanged.\n"
    assert ask("digest", liuzhou) == before


def test_a_changed_sheet_is_tried_then_taken_in_and_undone(liuzhou: Path, ask: Ask, tmp_path: Path) -> None:
    before = ask("digest", liuzhou)
    file = tmp_path / "m.csv"
    ask("export", liuzhou, "meeting", "-o", file)
    rows = list(csv.reader(file.read_text(encoding="utf-8-sig").splitlines()))
    rows[0].append("Colour")
    rows[1][rows[0].index("Title · 中文")] = "第一次会议"
    rows[2][rows[0].index("Status")] = "no such status"
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)
    (dry,) = ask("import", liuzhou, file, "--dry-run", "--json")
    assert ask("digest", liuzhou) == before
    assert (dry["new"], dry["changed"], dry["same"], dry["unmapped"]) == (0, 1, 4, ["Colour"])
    assert [(each["row"], each["column"]) for each in dry["troubles"]] == [(3, "Status")]
    said = ask("import", liuzhou, file)
    assert "row 3, Status: “no such status” does not fit here" in said
    assert "Not imported, because no field matches: Colour" in said
    assert ask("list", liuzhou, "meeting", "--find", "第一次会议", "--json")[0]["title"]["zh"] == "第一次会议"
    ask("undo", liuzhou)
    assert ask("digest", liuzhou) == before


def test_only_what_is_found_or_named_is_exported(liuzhou: Path, ask: Ask, tmp_path: Path) -> None:
    first, second, *_ = ask("list", liuzhou, "meeting", "--json")
    assert ask("export", liuzhou, "meeting", "-o", tmp_path / "a.csv", "--find", "april", "--json")["records"] == 2
    named = ("--id", first["id"], "--id", second["id"])
    assert ask("export", liuzhou, "meeting", "-o", tmp_path / "b.csv", *named, "--json")["records"] == 2
    refused = run("export", liuzhou, "person", "-o", tmp_path / "c.csv", "--id", first["id"])
    assert refused.exit_code == 1
    assert "is not a record of the kind person" in refused.stderr
    assert not (tmp_path / "c.csv").exists()
    for none, file in (("", "c.csv"), ("no-such-id", "c.ics")):  # beside one that is there
        refused = run("export", liuzhou, "meeting", "-o", tmp_path / file, *named[:2], "--id", none)
        assert (refused.exit_code, "is not a record of the kind" in refused.output) == (1, True), refused.output
    assert run("export", liuzhou, "nonsense", "-o", tmp_path / "c.csv").exit_code == 1
    assert run("export", liuzhou, "meeting", "-o", tmp_path / "c.doc").exit_code == 1


def test_several_records_are_changed_in_one_step(liuzhou: Path, ask: Ask) -> None:
    before = ask("digest", liuzhou)
    ids = [each["id"] for each in ask("list", liuzhou, "meeting", "--json")]
    assert ask("edit", liuzhou, *ids, "tags+=energy", "status=held") == "Changed 5 records\n"
    shown = [json.loads(run("show", liuzhou, id_, "--json").stdout) for id_ in ids]
    assert all((each["tags"], each["status"]) == (["energy"], "held") for each in shown)
    ask("undo", liuzhou)
    assert ask("digest", liuzhou) == before
    assert run("edit", liuzhou, *ids, "status=nonsense").exit_code == 1
    assert ask("digest", liuzhou) == before
    assert run("edit", liuzhou, "status=held").exit_code == 2


def test_a_strangers_sheet_is_mapped_and_what_is_called_the_same_left_out(
    liuzhou: Path, ask: Ask, tmp_path: Path
) -> None:
    file = tmp_path / "guests.csv"
    file.write_text("Zimmer,Nachname,Vorname,E-mail\n1,Huber,Eva,eva@example.de\n2,Huber,Eva,\n", encoding="utf-8")
    said = ("--kind", "person", "--map", "Nachname=name.family", "--map", "Vorname=name.given")
    (tried,) = ask("import", liuzhou, file, *said, "--dry-run", "--json")
    assert (tried["new"], tried["unmapped"]) == (1, ["Zimmer"])
    assert [(each["row"], each["what"]) for each in tried["troubles"]] == [
        (3, "“row 2” has the same name. The row was left out.")
    ]
    assert "  Person: Eva Huber: new: E-mail, Name\n" in ask("import", liuzhou, file, *said, "--dry-run")
    ask("import", liuzhou, file, *said)
    (again,) = ask("import", liuzhou, file, *said, "--json")
    assert again["new"] == 0
    (wanted,) = ask("import", liuzhou, file, *said, "--all", "--json")
    assert wanted["new"] == 2
    for wrong in (("--map", "Nachname=colour"), ("--map", "Name=name.family"), ("--sheet", "Sheet9")):
        refused = run("import", liuzhou, file, "--kind", "person", *wrong)
        assert (refused.exit_code, "Nothing was changed" in refused.stderr) == (1, True)
    file.write_text("Apples,Pears\n1,2\n", encoding="utf-8")
    assert run("import", liuzhou, file, "--map", "Apples=title.en").exit_code == 2
