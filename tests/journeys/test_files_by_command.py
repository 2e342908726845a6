"""Files on the command line, out and in: spreadsheets, cards, calendars, papers, texts for translators; templates; people's data."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.helpers.paper_facts import PAPERS
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


def test_texts_go_to_a_translator_and_come_back(liuzhou: Path, ask: Ask, tmp_path: Path) -> None:
    before = ask("digest", liuzhou)
    items = ask("translations", liuzhou, "--state", "missing", "--json")
    assert items
    assert {item["state"] for item in items} == {"missing"}
    assert len(ask("translations", liuzhou, "--state", "missing").splitlines()) == len(items)
    file = tmp_path / "texts.csv"
    assert ask("translations", liuzhou, "--state", "missing", "-o", file, "--json")["texts"] == len(items)
    rows = list(csv.reader(file.read_text(encoding="utf-8-sig").splitlines()))
    at = rows[0].index("中文")
    rows[1][at], rows[2][at] = "第一", "第二"
    with file.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows(rows)
    tried = ask("translations", liuzhou, "--take", file, "--dry-run")
    assert tried.startswith("texts.csv: 2 of 2 would be imported.")
    assert ask("digest", liuzhou) == before
    assert ask("translations", liuzhou, "--take", file, "--json")["taken"] == 2
    assert len(ask("translations", liuzhou, "--state", "missing", "--json")) == len(items) - 2
    shown = ask("show", liuzhou, items[0]["id"], "--json")
    assert shown[items[0]["field"]]["zh"] == "第一"
    assert shown["states"][items[0]["field"]]["zh"] == "reviewed"
    ask("undo", liuzhou)
    assert ask("digest", liuzhou) == before
    refused = run("translations", liuzhou, "--take", tmp_path / "none.xlsx")
    assert (refused.exit_code, "Nothing was changed" in refused.stderr) == (1, True)
    assert run("translations", liuzhou, "-o", tmp_path / "a.pdf").exit_code == 1


def test_only_what_a_paper_about_one_record_says_is_listed(liuzhou: Path, ask: Ask) -> None:
    visit = ask("list", liuzhou, "visit", "--json")[0]["id"]
    every, some = (ask("translations", liuzhou, *more, "--json") for more in ((), ("--id", visit)))
    assert 0 < len(some) < len(every)
    assert visit in {item["id"] for item in some}
    assert run("translations", liuzhou, "--into", "fr").exit_code == 2


def test_texts_go_to_a_translators_program_and_come_back(liuzhou: Path, ask: Ask, tmp_path: Path) -> None:
    file = tmp_path / "texts.xlf"
    n = ask("translations", liuzhou, "--state", "missing", "-o", file, "--json")["texts"]
    said = file.read_text()
    assert said.count("<trans-unit") == n
    file.write_text(said.replace("</source>", '</source><target state="translated">第一</target>', 1))
    assert ask("translations", liuzhou, "--take", file, "--json")["taken"] == 1
    assert len(ask("translations", liuzhou, "--state", "missing", "--json")) == n - 1
    file.write_text("<!DOCTYPE xliff>" + said.partition("?>")[2])
    refused = run("translations", liuzhou, "--take", file)
    assert (refused.exit_code, "Nothing was changed" in refused.stderr) == (1, True)


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


def test_who_is_kept_how_long_and_all_of_one_person(liuzhou: Path, ask: Ask, tmp_path: Path) -> None:
    before = ask("digest", liuzhou)
    people = ask("privacy", liuzhou, "--json")
    assert {each["state"] for each in people} == {"no_date"}
    assert len(ask("privacy", liuzhou).splitlines()) == len(people)
    assert ask("privacy", liuzhou, "--due", "--json") == []
    id_ = people[0]["id"]
    data = ask("privacy", liuzhou, id_, "--json")
    assert people[0]["name"].split()[-1] in json.dumps(data, ensure_ascii=False)
    assert ask("privacy", liuzhou, id_, "-o", tmp_path / "a.json", "--json")["lines"] == len(data)
    assert ask("digest", liuzhou) == before
    refused = run("privacy", liuzhou, ask("list", liuzhou, "place", "--json")[0]["id"])
    assert (refused.exit_code, "is not a person" in refused.stderr) == (1, True)
    assert ask("privacy", liuzhou, "--due") == "No retention period has ended or ends soon.\n"
    assert ask("privacy", liuzhou, "-o", tmp_path / "list.csv", "--json")["lines"] == len(people)
    assert len((tmp_path / "list.csv").read_text(encoding="utf-8-sig").splitlines()) == len(people) + 1
    assert run("privacy", liuzhou, "-o", tmp_path / "b.json").exit_code == 1


def test_who_is_back_with_a_backup_of_before_is_named(new_desk: Path, ask: Ask, tmp_path: Path) -> None:
    wei, anna = (ask("add", new_desk, "person", f"name.family={name}").strip() for name in ("Zhang", "Rossi"))
    backup = tmp_path / "before.ucapbackup"
    ask("backup", new_desk, "-o", backup)
    later = ask("add", new_desk, "person", "name.family=Nowak").strip()
    for id_, name in ((wei, "Zhang"), (later, "Nowak")):
        ask("erase", new_desk, id_, "--confirm", name)
    said = ask("restore-backup", backup, new_desk)
    assert f"All data of Zhang ({wei}) was removed after this backup was made, and is back now" in said
    assert (anna in said, later in said) == (False, False)
    assert "were not searched" in ask("erase", new_desk, wei, "--confirm", "Zhang")
    assert "is back now" not in ask("restore-backup", backup, tmp_path / "elsewhere")
    told = run("history", new_desk, wei)
    assert (told.exit_code, "There is no record" in told.stderr) == (1, True)
