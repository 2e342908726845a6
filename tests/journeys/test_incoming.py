"""Business cards and calendars on the command line: out, tried, in, and back."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from tests.helpers.paper_facts import PAPERS
from tests.journeys.conftest import Ask, run


def test_people_go_out_as_cards_and_come_in_once(liuzhou: Path, ask: Ask, tmp_path: Path) -> None:
    people = ask("list", liuzhou, "person", "--json")
    written = ask("export", liuzhou, "person", "-o", tmp_path / "people.vcf", "--json")
    assert written["records"] == len(people)
    before = ask("digest", liuzhou)
    (back,) = ask("import", liuzhou, tmp_path / "people.vcf", "--json")
    assert (back["taken"], len(back["lines"])) == (0, len(people))
    assert ask("digest", liuzhou) == before
    ask("export", liuzhou, "person", "-o", tmp_path / "new.vcf", "--vcard4")
    assert (tmp_path / "new.vcf").read_text(encoding="utf-8").startswith("BEGIN:VCARD\nVERSION:4.0")
    refused = run("export", liuzhou, "person", "-o", tmp_path / "people.xlsx", "--vcard4")
    assert (refused.exit_code, (tmp_path / "people.xlsx").exists()) == (2, False)
    card = tmp_path / "card.vcf"
    card.write_text(
        "BEGIN:VCARD\nVERSION:3.0\nN:张;伟;;;\nFN:张伟\nADR:;;1;;;;\nX-ODD:1\nEND:VCARD\n", encoding="utf-8"
    )
    said = ask("import", liuzhou, card, "--dry-run")
    assert said.splitlines() == [
        "card.vcf: 1 of 1 would be imported.", "  + 张伟: new: Notes", "  Not imported, because no field matches: X-ODD",
    ]  # fmt: skip
    assert ask("digest", liuzhou) == before
    ask("import", liuzhou, card)
    assert ask("list", liuzhou, "person", "--find", "张伟", "--json")[0]["name_han"] == {"family": "张", "given": "伟"}
    (again,) = ask("import", liuzhou, card, "--json")
    assert again["taken"] == 0
    (wanted,) = ask("import", liuzhou, card, "--all", "--json")
    assert wanted["taken"] == 1


def test_people_of_cards_take_part_in_the_visit_named(liuzhou: Path, ask: Ask, tmp_path: Path) -> None:
    visit = json.loads(run("add", liuzhou, "visit", "title.en=Tour", "--json").stdout)["id"]
    for times in range(2):  # once is enough
        (said,) = ask("import", liuzhou, PAPERS / "wechat.vcf", "--visit", visit, "--json")
        assert said["taken"] == 1 - times
        (part,) = ask("show", liuzhou, visit, "--json")["children"]["participation"]
        (person,) = ask("list", liuzhou, "person", "--find", "马力", "--json")
        assert part["person"] == person["id"]
    for id_ in ("nobody", person["id"]):
        before = ask("digest", liuzhou)
        assert run("import", liuzhou, PAPERS / "wechat.vcf", "--visit", id_).exit_code == 1
        assert ask("digest", liuzhou) == before


def test_a_visit_goes_out_as_a_calendar_and_one_comes_in(liuzhou: Path, ask: Ask, tmp_path: Path) -> None:
    visit = json.loads(run("add", liuzhou, "visit", "title.en=Tour", "dates=2026-11-23/2026-11-26",
                           "time_zone=Europe/Madrid", "--json").stdout)["id"]  # fmt: skip
    refused = run("export", liuzhou, "visit", "-o", tmp_path / "v.ics", "--id", visit)
    assert (refused.exit_code, "There is nothing for a calendar here" in refused.stderr) == (1, True)
    tour = tmp_path / "tour.ics"
    tour.write_text(
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:1\nSUMMARY:Park\nDTSTART:20261124T090000Z\n"
        "END:VEVENT\nEND:VCALENDAR\n"
    )
    (taken,) = ask("import", liuzhou, tour, "--visit", visit, "--json")
    assert taken["taken"] == 1
    (item,) = ask("show", liuzhou, visit, "--json")["children"]["itinerary_item"]
    assert (item["when"]["start"], item["when"]["tz"]) == ("10:00", "Europe/Madrid")
    assert ask("export", liuzhou, "visit", "-o", tmp_path / "v.ics", "--id", visit) == "v.ics was written.\n"
    assert "TZID=Europe/Madrid:20261124T100000" in (tmp_path / "v.ics").read_text(encoding="utf-8")
    assert run("import", liuzhou, tour, "--visit", "nobody").exit_code == 1
    assert run("export", liuzhou, "place", "-o", tmp_path / "v.ics").exit_code == 1


def test_one_bad_card_or_calendar_does_not_stop_the_others(liuzhou: Path, tmp_path: Path) -> None:
    good, bad, late = tmp_path / "good.vcf", tmp_path / "bad.vcf", tmp_path / "late.ics"
    good.write_text("BEGIN:VCARD\nVERSION:3.0\nN:石;小龙;;;\nFN:石小龙\nEND:VCARD\n", encoding="utf-8")
    bad.write_text("no card")
    late.write_text("no calendar")
    taken = run("import", liuzhou, bad, good, late, "--json")
    assert taken.exit_code == 1
    by_file = {each["file"]: each for each in json.loads(taken.stdout)}
    assert by_file["good.vcf"]["taken"] == 1
    assert "no business card was found" in by_file["bad.vcf"]["refused"]
    assert "is not a calendar" in by_file["late.ics"]["refused"]
    assert run("import", liuzhou, bad).exit_code == 1


def test_a_paper_saved_as_csv_is_a_paper_and_a_list_stays_a_list(liuzhou: Path, ask: Ask, tmp_path: Path) -> None:
    rows = [line.split("\t") for line in (PAPERS / "09-chongqing-mannheim.txt").read_text("utf-8").splitlines()]
    for sign in ",;\t":
        with (tmp_path / "paper.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=sign).writerows(rows)
        (report,) = ask("import", liuzhou, tmp_path / "paper.csv", "--dry-run", "--json")
        assert (report["new"], report["not_placed"]) == (50 - report["already"], [])
    ask("export", liuzhou, "place", "-o", tmp_path / "places.csv")
    assert ", 0 changed" in ask("import", liuzhou, tmp_path / "places.csv")


def test_papers_come_each_for_itself_and_tell_what_they_propose(liuzhou: Path, tmp_path: Path) -> None:
    good, odd = tmp_path / "good.txt", tmp_path / "$(rm -rf x) «ünï» 漢字.txt"
    text = (PAPERS / "09-chongqing-mannheim.txt").read_text("utf-8")
    good.write_text(text, "utf-8")
    odd.write_text(text.replace("309,370", "310,658"), "utf-8")
    empty, half, folder, gone = (tmp_path / name for name in ("empty.docx", "half.docx", "folder.docx", "gone.txt"))
    empty.touch()
    half.write_bytes((PAPERS / "09-chongqing-mannheim.docx").read_bytes()[:9_000])  # another program still writes it
    folder.mkdir()
    files = (good, empty, odd, half, folder, gone, good)
    tried = run("import", liuzhou, *files, "--dry-run")
    assert tried.exit_code == 1
    for said in ("Theme: Logistics: new", "      Population: 309,370", "The file empty.docx is empty."):
        assert said in tried.stdout
    taken = run("import", liuzhou, *files, "--json")
    assert taken.exit_code == 1
    told = json.loads(taken.stdout)
    assert [each["file"] for each in told if "new" in each] == [good.name, odd.name, good.name]
    assert {each["file"] for each in told if "refused" in each} == {
        "empty.docx",
        "half.docx",
        "folder.docx",
        "gone.txt",
    }
    first, second, again = (each for each in told if "new" in each)
    assert "Theme: Logistics" in [line["title"] for line in first["proposed"]]
    assert [(each["field"], each["here"]["value"], each["file"]["value"]) for each in second["differs"]] == [
        ("population", 309_370, 310_658)
    ]
    assert any("becomes a question" in line["what"] for line in second["proposed"])
    assert (again["new"], again["not_placed"], again["accounted"]["nothing"]) == (0, [], [])
