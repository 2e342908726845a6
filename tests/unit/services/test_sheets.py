"""Spreadsheets: what comes back untouched changes nothing, what was changed is taken in as one step, nothing is trusted."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from tests.helpers.errors import user_error
from tests.helpers.workbooks import workbook
from tests.unit.services.conftest import PAPER
from ucapdesk.base.errors import Failure, UserError
from ucapdesk.base.i18n import use_language, use_pair
from ucapdesk.cli import cli
from ucapdesk.formats.errors import FileEmpty
from ucapdesk.formats.sheets import sheet as any_sheet
from ucapdesk.formats.sheets import xlsx_sheet
from ucapdesk.formats.sheets.sheet import SHEET_UNREADABLE, SheetTooLarge
from ucapdesk.model.kinds import KINDS, LISTED
from ucapdesk.model.listing import Condition, ListView
from ucapdesk.model.text.assignments import parse_assignments
from ucapdesk.model.text.fields_in_words import say
from ucapdesk.model.values import Bilingual, Codes
from ucapdesk.services.files.imports import import_files
from ucapdesk.services.files.sheets import export, import_sheet
from ucapdesk.services.people import privacy
from ucapdesk.services.records import completion, records
from ucapdesk.services.workspaces import maintenance
from ucapdesk.store.desk import Desk
from ucapdesk.store.refusals import NoSuchRecord


def _add(desk: Desk, kind: str, *assignments: str) -> str:
    return records.add(desk, kind, parse_assignments(KINDS[kind], assignments, new=True))


def _get(desk: Desk, id_: str) -> Any:
    return records.get(desk, id_)


def _csv(path: Path) -> list[list[str]]:
    return list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))


def _write(path: Path, rows: list[list[Any]]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def _book(path: Path, *rows: list[Any], title: str = "Sheet", merged: Sequence[str] = ()) -> Path:
    return workbook(path, {title: rows}, *((title, cells) for cells in merged))


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_list_comes_back_untouched_without_a_change(
    liuzhou: Desk, tmp_path: Path, suffix: str, lang: str
) -> None:
    use_language(lang)
    before = maintenance.digest(liuzhou)
    for name in LISTED:
        file = tmp_path / f"{name}{suffix}"
        use_language(lang)
        n = export(liuzhou, ListView(name), file, all_fields=True)
        for reader in (lang, "de") if suffix == ".csv" else (lang,):  # the one who reads it may have another language
            use_language(reader)
            report = import_sheet(liuzhou, file, kind=name)
            assert (report.new, report.changed, report.same) == (0, 0, n), (name, report)
            assert not report.troubles
            assert not report.unmapped
    assert maintenance.digest(liuzhou) == before


@pytest.mark.rule("G6")
def test_a_sheet_of_a_chinese_reader_is_taken_in_by_an_english_one(liuzhou: Desk, tmp_path: Path) -> None:
    use_language("zh")
    export(liuzhou, ListView("meeting"), tmp_path / "会议.csv", all_fields=True)
    heads = _csv(tmp_path / "会议.csv")[0]
    assert heads[:2] == ["标题 · English", "标题 · 中文"]
    use_language("en")
    rows = _csv(tmp_path / "会议.csv")
    rows[1][0] = "Kick-off"
    report = import_sheet(liuzhou, _write(tmp_path / "back.csv", rows))
    assert report.kind == "meeting"
    assert not report.unmapped
    # what was worded in Chinese and reads as the same value is no change either
    assert _get(liuzhou, rows[1][-1]).title["en"] == "Kick-off"


@pytest.mark.parametrize("reader", ["de", "en"])
def test_numbers_are_read_as_the_language_of_the_heads_writes_them(liuzhou: Desk, tmp_path: Path, reader: str) -> None:
    place = _add(liuzhou, "place", "name.en=Brescia", "population=196600", "area_km2=90.3")
    use_language("de")
    export(liuzhou, ListView("place"), tmp_path / "Orte.csv", all_fields=True, ids=[place])
    heads, row = _csv(tmp_path / "Orte.csv")
    use_language(reader)
    for population, area, means in (
        ("196.700", "90,344", (196_700, "90.344")),
        ("196.800", 90.125, (196_800, "90.125")),
    ):
        cells = [
            {"Bevölkerung": population, "Fläche in km²": area}.get(head, cell)
            for head, cell in zip(heads, row, strict=True)
        ]
        import_sheet(liuzhou, _book(tmp_path / "Orte.xlsx", heads, cells), kind="place")
        assert (_get(liuzhou, place).population.value, _get(liuzhou, place).area_km2.value) == means


def test_a_script_writes_numbers_as_in_english(desk: Desk, tmp_path: Path) -> None:
    place = _add(desk, "place", "name.en=Brescia")
    use_language("de")
    import_sheet(desk, _write(tmp_path / "p.csv", [["id", "area_km2"], [place, "90.344"]]), kind="place")
    assert _get(desk, place).area_km2.value == "90.344"


def test_a_number_in_a_column_of_texts_is_the_text_it_shows(desk: Desk, tmp_path: Path) -> None:
    file = _book(tmp_path / "places.xlsx", ["Name", "Address", "Area in km²"], ["Town hall", 1.101, 1.101])
    (made,) = import_sheet(desk, file, kind="place").changes
    place = _get(desk, made.id)
    assert (place.address["en"], place.area_km2.value) == ("1.101", "1.101")


def test_texts_in_every_language_in_which_there_are_any_go_out_and_come_in(desk: Desk, tmp_path: Path) -> None:
    use_pair(("de", "zh"))
    id_ = _add(desk, "place", "name=Mailand", "name.it=Milano", "state=Lombardei")
    export(desk, ListView("place"), tmp_path / "Orte.csv", all_fields=True)
    heads, row = _csv(tmp_path / "Orte.csv")
    assert heads[:3] == ["Name · Deutsch", "Name · 中文", "Name · Italiano"]
    assert [head for head in heads if head.startswith("State")] == [
        "State or province · Deutsch",
        "State or province · 中文",
    ]
    use_pair(())
    row[0], row[2] = "Mailand (Stadt)", "Milano (città)"
    assert import_sheet(desk, _write(tmp_path / "Orte.csv", [heads, row])).changed == 1
    assert dict(_get(desk, id_).name.items()) == {"de": "Mailand (Stadt)", "it": "Milano (città)"}
    use_pair(("de", "zh"))
    report = import_sheet(
        desk, _write(tmp_path / "Liste.csv", [["Name", "Bundesland oder Provinz"], ["Rom", "Latium"]]), kind="place"
    )
    assert (_get(desk, report.changes[0].id).name["de"], report.unmapped) == ("Rom", ())


def test_a_list_is_exported_as_it_stands_on_the_screen(liuzhou: Desk, tmp_path: Path) -> None:
    view = ListView("meeting", "april", (), "title", True, ("status", "when"))
    assert export(liuzhou, view, tmp_path / "list.csv") == 2
    rows = _csv(tmp_path / "list.csv")
    assert rows[0] == ["Title · English", "Title · 中文", "Status", "Date and time", "Date and time · ISO", "id"]
    assert [row[0] for row in rows[1:]] == ["5th meeting, April 2020", "1st meeting, April 2019"]
    assert [row[4] for row in rows[1:]] == ["2020-04", "2019-04"]
    assert [row[3] for row in rows[1:]] == ["April 2020", "April 2019"]


def test_a_changed_cell_changes_the_record_and_one_undo_takes_the_whole_sheet_back(
    liuzhou: Desk, tmp_path: Path
) -> None:
    before = maintenance.digest(liuzhou)
    export(liuzhou, ListView("meeting"), tmp_path / "m.xlsx", all_fields=True)
    book = load_workbook(tmp_path / "m.xlsx")
    sheet = book.active
    assert sheet is not None
    heads = [cell.value for cell in sheet[1]]
    sheet.cell(2, heads.index("Title · 中文") + 1).value = "第一次会议"
    sheet.cell(3, heads.index("Date and time") + 1).value = "12 June 2019"
    sheet.cell(4, heads.index("Tags") + 1).value = "energy; water, waste"
    sheet.append(["A new meeting"])
    book.save(tmp_path / "m.xlsx")
    dry = import_sheet(liuzhou, tmp_path / "m.xlsx", dry_run=True)
    assert maintenance.digest(liuzhou) == before, "a dry run writes nothing"
    report = import_sheet(liuzhou, tmp_path / "m.xlsx")
    assert (report.new, report.changed, report.same) == (dry.new, dry.changed, dry.same) == (1, 3, 2)
    assert [change.fields for change in report.changes] == [("Title",), ("Date and time",), ("Tags",), ("Title",)]
    ids = [change.id for change in report.changes]
    assert _get(liuzhou, ids[0]).title["zh"] == "第一次会议"
    assert _get(liuzhou, ids[1]).when.date == "2019-06-12"
    assert _get(liuzhou, ids[2]).tags == ("energy", "water, waste")
    assert _get(liuzhou, ids[3]).title["en"] == "A new meeting"
    liuzhou.undo()
    assert maintenance.digest(liuzhou) == before


def test_links_codes_dates_names_and_numbers_are_read_as_people_write_them(liuzhou: Desk, tmp_path: Path) -> None:
    meeting = records.listing(liuzhou, "meeting")[0]
    rows = [
        ["Text · English", "Who", "Status", "Due", "Belongs to", "id"],
        ["Send the schema", "Francisco Benítez", "In progress", "15 dec 2026", meeting, ""],
        ["发送", "nobody at all", "没有", "32 June", meeting, ""],
    ]
    report = import_sheet(liuzhou, _write(tmp_path / "a.csv", rows), kind="action_item")
    first, second = (_get(liuzhou, change.id) for change in report.changes)
    assert records.titles(liuzhou, [first.person])[first.person] == "Francisco Benítez"
    assert (first.status, first.due.edtf, first.owner) == ("in_progress", "2026-12-15", meeting)
    assert second.owner == meeting
    assert (second.status, second.due, second.person) == (None, None, None)
    assert [(each.row, each.column) for each in report.troubles] == [(3, "Who"), (3, "Status"), (3, "Due")]


def test_a_part_without_an_owner_and_a_wrong_id_are_told_and_the_rest_is_taken(liuzhou: Desk, tmp_path: Path) -> None:
    meeting, person = records.listing(liuzhou, "meeting")[0], records.listing(liuzhou, "person")[0]
    records.trash(liuzhou, records.listing(liuzhou, "meeting")[4])
    trashed = liuzhou.read.trash()[0].id
    rows = [
        ["title.en", "id"],
        ["One", meeting],
        ["Two", meeting],
        ["Three", "not an id"],
        ["Four", person],
        ["Five", trashed],
        ["Six", "0" * 8 + "-0000-4000-8000-" + "0" * 12],
    ]
    report = import_sheet(liuzhou, _write(tmp_path / "m.csv", rows), kind="meeting")
    assert (report.new, report.changed) == (1, 1)
    assert [each.row for each in report.troubles] == [3, 4, 5, 6]
    assert _get(liuzhou, meeting).title["en"] == "One"
    rows = [["Title", "Kind"], ["Opening", "Topic"]]
    report = import_sheet(liuzhou, _write(tmp_path / "agenda.csv", rows), kind="agenda_item")
    assert report.new == 0
    assert "part of another record" in report.troubles[-1].what


def test_what_was_removed_for_good_is_not_in_the_trash(liuzhou: Desk, tmp_path: Path) -> None:
    person = records.listing(liuzhou, "person")[0]
    file = tmp_path / "people.csv"
    export(liuzhou, ListView("person"), file, ids=[person])
    privacy.erase(liuzhou, person, privacy.all_names(liuzhou, person)[0])
    (trouble,) = import_sheet(liuzhou, file).troubles
    assert "removed for good" in trouble.what
    (report,) = import_files(liuzhou, [PAPER])
    told = {line.title: line.what for line in report.proposed}
    assert told["Person: Francisco Aranda"] == "All data of this record was removed for good."
    for do in (records.untrash, records.trash, privacy.all_names):
        with pytest.raises(NoSuchRecord):
            do(liuzhou, person)


def test_a_cell_that_names_another_owner_is_told(liuzhou: Desk, tmp_path: Path) -> None:
    first, second = records.listing(liuzhou, "meeting")[:2]
    item = _add(liuzhou, "agenda_item", f"owner={first}", "title.en=Opening")
    export(liuzhou, ListView("agenda_item"), tmp_path / "a.csv", all_fields=True, ids=[item])
    heads, row = _csv(tmp_path / "a.csv")
    titles = liuzhou.read.titles([first, second], "en")
    for said, n in ((titles[second], 1), (titles[first], 0), ("A title of before", 0)):
        row[heads.index("Belongs to")] = said
        row[heads.index("Title · English")] = f"Opening {n}"
        report = import_sheet(liuzhou, _write(tmp_path / "b.csv", [heads, row]))
        assert (len(report.troubles), _get(liuzhou, item).owner) == (n, first)
    row[heads.index("Belongs to · ISO")] = second
    assert "never edited" in import_sheet(liuzhou, _write(tmp_path / "b.csv", [heads, row])).troubles[0].what


def test_empty_cells_and_heads_that_mean_nothing_leave_what_is_there(liuzhou: Desk, tmp_path: Path) -> None:
    meeting = records.listing(liuzhou, "meeting")[0]
    before = _get(liuzhou, meeting).title
    rows = [["Our list of meetings"], [], ["Title · English", "Colour", "id"], ["", "red", meeting]]
    report = import_sheet(liuzhou, _write(tmp_path / "m.csv", rows), kind="meeting")
    assert report.unmapped == ("Colour",)
    assert report.same == 1
    assert _get(liuzhou, meeting).title == before


def test_the_kind_is_told_by_the_file_by_its_ids_or_by_its_heads(liuzhou: Desk, tmp_path: Path) -> None:
    export(liuzhou, ListView("person"), tmp_path / "x.xlsx")
    assert import_sheet(liuzhou, tmp_path / "x.xlsx", dry_run=True).kind == "person"
    export(liuzhou, ListView("organisation"), tmp_path / "x.csv")
    assert import_sheet(liuzhou, tmp_path / "x.csv", dry_run=True).kind == "organisation"
    rows = [["Term · English", "Term · 中文", "Note · English"], ["incubator", "孵化器", ""]]
    assert import_sheet(liuzhou, _write(tmp_path / "words.csv", rows)).kind == "glossary_term"
    with user_error("no-columns-known"):
        import_sheet(liuzhou, _write(tmp_path / "y.csv", [["Apples", "Pears"], ["1", "2"]]))


FORMULAS = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", '=HYPERLINK("a","b")', "\t=1", "＝1"]


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_no_cell_is_ever_a_formula_and_each_comes_back_as_it_was(desk: Desk, tmp_path: Path, suffix: str) -> None:
    for text in FORMULAS:
        records.add(desk, "glossary_term", {"term": KINDS["glossary_term"].fields["term"].type.read({"en": text})})
    before = maintenance.digest(desk)
    file = tmp_path / f"words{suffix}"
    export(desk, ListView("glossary_term"), file, all_fields=True)
    if suffix == ".xlsx":
        sheet = load_workbook(file).active
        assert sheet is not None
        assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}
    else:
        assert not any(cell.startswith(("=", "+", "-", "@")) for row in _csv(file) for cell in row)
    report = import_sheet(desk, file)
    assert report.same == len(FORMULAS)
    assert maintenance.digest(desk) == before


def test_a_csv_for_excel_says_that_it_is_utf_8_and_those_of_others_are_understood(desk: Desk, tmp_path: Path) -> None:
    _add(desk, "glossary_term", "term.en=incubator", "term.zh=孵化器")
    export(desk, ListView("glossary_term"), tmp_path / "w.csv")
    assert (tmp_path / "w.csv").read_bytes().startswith("\ufeffTerm".encode())
    for encoding in ("gb18030", "utf-16", "utf-8"):
        (tmp_path / "o.csv").write_bytes("Term · English;Term · 中文\r\nrain garden;雨水花园\r\n".encode(encoding))
        report = import_sheet(desk, tmp_path / "o.csv", dry_run=True)
        assert (report.kind, report.new) == ("glossary_term", 1), encoding


def test_real_dates_numbers_and_merged_cells_of_excel_are_read(liuzhou: Desk, tmp_path: Path) -> None:
    meeting = records.listing(liuzhou, "meeting")[0]
    heads = ["Title · English", "Title · 中文", "Date and time", "Number in the UCAP", "id"]
    row = ["A", None, date(2026, 11, 24), 7.0, meeting]
    file = _book(tmp_path / "m.xlsx", heads, row, title="Meetings", merged=["A2:B2"])
    title = _get(liuzhou, meeting).title.get("zh")
    import_sheet(liuzhou, file)
    record = _get(liuzhou, meeting)
    assert (record.title["en"], record.title.get("zh")) == ("A", title)
    assert (record.when.date, record.ordinal) == ("2026-11-24", 7)


def _bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        with packed.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(4):
                part.write(b"0" * (1 << 20))


def _entities(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("xl/workbook.xml", '<!DOCTYPE x [<!ENTITY a "aaaa">]><workbook>&a;</workbook>')


def _truncated(path: Path) -> None:
    _book(path, ["Title · English", "id"], ["x", ""])
    path.write_bytes(path.read_bytes()[:-300])


def _a_million_rows(path: Path) -> None:
    path.write_text("Title · English,id\n" + "a,\n" * (any_sheet.MAX_ROWS + 5), encoding="utf-8")


HOSTILE: dict[str, tuple[Callable[[Path], object], type[UserError] | Failure]] = {
    "a bomb": (_bomb, SheetTooLarge),
    "words of its own": (_entities, SHEET_UNREADABLE),
    "half a file": (_truncated, SHEET_UNREADABLE),
    "too many rows": (_a_million_rows, SheetTooLarge),
    "no bytes": (lambda path: path.write_bytes(b""), FileEmpty),
    "blanks": (lambda path: path.write_bytes(b",,,\n,,\n"), FileEmpty),
    "binary": (lambda path: path.write_bytes(bytes(range(256)) * 40), SHEET_UNREADABLE),
    "another zip": (lambda path: zipfile.ZipFile(path, "w").writestr("a.txt", "x"), UserError),
    "nothing there": (lambda path: None, UserError),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_one_sentence_and_changes_nothing(
    liuzhou: Desk, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx_sheet, "UNPACKED_MB", 2)
    monkeypatch.setattr(any_sheet, "MAX_ROWS", 500)
    make, error = HOSTILE[name]
    before = maintenance.digest(liuzhou)
    file = tmp_path / ("file.csv" if name in ("too many rows", "no bytes", "blanks") else "file.xlsx")
    make(file)
    with pytest.raises(UserError) as caught:
        import_sheet(liuzhou, file, kind="meeting")
    assert caught.value.sentence.startswith(error.sentence)
    assert "Nothing was changed" in caught.value.say()
    assert maintenance.digest(liuzhou) == before


def test_a_sheet_that_claims_a_million_rows_is_read_to_its_end(liuzhou: Desk, tmp_path: Path) -> None:
    file = _book(tmp_path / "m.xlsx", ["Title · English", "Room"], ["x", "1"], title="Meetings")
    book = load_workbook(file)
    sheet = book.active
    assert sheet is not None
    sheet.cell(1_048_000, 1).number_format = "0"
    book.save(file)
    assert import_sheet(liuzhou, file, dry_run=True).new == 1


def test_what_cannot_be_exported_is_said(liuzhou: Desk, tmp_path: Path) -> None:
    with user_error("unknown-ending"):
        export(liuzhou, ListView("meeting"), tmp_path / "list.pdf")
    with user_error("not-of-kind"):
        export(liuzhou, ListView("meeting"), tmp_path / "list.csv", ids=records.listing(liuzhou, "person")[:1])
    with pytest.raises(UserError, match="could not be written"):
        export(liuzhou, ListView("meeting"), tmp_path / "no" / "such" / "list.xlsx")
    assert not list(tmp_path.glob("**/*.xlsx"))


def test_what_stays_on_this_computer_is_in_no_spreadsheet(liuzhou: Desk, tmp_path: Path) -> None:
    export(liuzhou, ListView("person"), tmp_path / "p.csv", all_fields=True)
    assert not any("Passport" in head for head in _csv(tmp_path / "p.csv")[0])


def test_what_the_program_wrote_when_it_printed_is_not_taken_from_a_sheet(liuzhou: Desk, tmp_path: Path) -> None:
    visit = records.listing(liuzhou, "visit")[0]
    pack = records.add(liuzhou, "pack", {"owner": visit, "title": Bilingual(en="Pack"), "version": 2})
    file = _write(tmp_path / "p.csv", [["Title · English", "Version", "id"], ["Pack of May", "9", pack]])
    assert import_sheet(liuzhou, file, kind="pack").changed == 1
    assert (_get(liuzhou, pack).title["en"], _get(liuzhou, pack).version) == ("Pack of May", 2)


def test_a_filtered_list_exports_what_it_shows(liuzhou: Desk, tmp_path: Path) -> None:
    view = ListView("meeting", conditions=(Condition("when", ("2020",)),))
    assert export(liuzhou, view, tmp_path / "m.csv") == 1


@pytest.mark.parametrize(("kind", "field"), [("place", "time_zone"), ("country", "time_zones")])
def test_people_read_the_city_of_a_zone_and_a_sheet_keeps_its_name(
    desk: Desk, tmp_path: Path, kind: str, field: str
) -> None:
    of = KINDS[kind].fields[field]
    value: Any = Codes(("Asia/Shanghai",)) if of.is_set else "Asia/Shanghai"
    id_ = records.add(desk, kind, {"name": Bilingual(en="Zhengzhou", zh="郑州"), field: value})
    assert (say(of, value, "en"), say(of, value, "zh")) == ("Beijing", "北京")
    export(desk, ListView(kind), tmp_path / "list.csv", all_fields=True)
    assert any("Asia/Shanghai" in row for row in _csv(tmp_path / "list.csv"))
    folder = desk.workspace.path
    desk.close()
    told = CliRunner().invoke(cli, ["show", str(folder), id_]).stdout
    assert "Beijing" in told
    assert "Asia/Shanghai" not in told
    assert "Asia/Shanghai" in CliRunner().invoke(cli, ["show", str(folder), id_, "--json"]).stdout


def test_the_form_names_any_zone_by_its_city(desk: Desk) -> None:
    for zone, city in (("Asia/Shanghai", "Beijing · China"), ("US/Pacific", "Los Angeles")):
        (shown,) = completion.named(desk, KINDS["visit"].fields["time_zone"], [zone])
        assert shown.name.startswith(city), zone


def test_rows_that_nothing_names_are_refused_where_nobody_chose_the_columns(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "MoUs.csv"
    file.write_text("Accordo;Status\nBrescia–Zibo;signed\n", encoding="utf-8")
    with user_error("no-title-known") as refused:
        import_sheet(desk, file)
    assert "no column says what its rows are called (Title, Number)" in str(refused.value)
    assert import_sheet(desk, file, kind="agreement", dry_run=True).new == 1
