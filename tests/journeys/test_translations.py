"""Texts without a translation on the command line: listed, sent to a translator as a spreadsheet, taken in, taken back."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.journeys.conftest import Ask, run


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
