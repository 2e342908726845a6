"""Other people's spreadsheets: shuffled, merged, with titles above and the wrong sheet first; mapped by hand where nothing fits."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.errors import user_error
from tests.helpers.workbooks import workbook
from ucapdesk.base.i18n import use_language
from ucapdesk.formats.sheets.sheet import rows_of
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.listing import ListView
from ucapdesk.model.text.assignments import parse_assignments
from ucapdesk.model.values import HanName, PersonName
from ucapdesk.services.files.sheets import columns_for, export, import_sheet, look_at
from ucapdesk.services.records import history, records
from ucapdesk.services.workspaces import maintenance
from ucapdesk.store.desk import Desk


def _guests(path: Path) -> Path:
    """A hotel's list, as it comes: a cover sheet, a title over all columns, cities merged downwards, days as text."""
    rows: list[list[Any]] = [
        ["Guests of the Liuzhou delegation"],
        [],
        ["Room", "E-mail", "城市", "given name", "Family", "Arrives", "Keep data until"],
        ["101", "cy@example.cn", "Liuzhou", "Yan", "Chen", "25 Nov", "31.12.2027"],
        ["102", "lh@example.cn", None, "Hui", "Luo", "25 Nov", "June 2028"],
        ["103", "af@example.es", "Barcelona", "Anna", "Ferrer", "–", "nonsense"],
    ]
    sheets = {"Read me": [["Dear colleague,"], ["the list is on the next sheet."]], "Guests": rows}
    return workbook(path, sheets, ("Guests", "A1:G1"), ("Guests", "C4:C5"))


@pytest.fixture
def cities(desk: Desk) -> Desk:
    """A workspace that knows the two cities."""
    for name in ("Liuzhou", "Barcelona"):
        records.add(desk, "place", parse_assignments(KINDS["place"], (f"name.en={name}", "type=city")))
    return desk


def test_of_kinds_that_fit_equally_well_the_one_with_a_title_is_meant(desk: Desk, tmp_path: Path) -> None:
    heads = ["Name", "Organisation", "E-mail", "Phone"]  # a house style has the last three
    table = look_at(desk, workbook(tmp_path / "a.xlsx", {"S": [heads, ["Cher", "", "cher@example.org", ""]]}))
    assert table.kind == "person"


def test_a_strangers_sheet_is_looked_at_and_mapped_by_hand(cities: Desk, tmp_path: Path) -> None:
    file = _guests(tmp_path / "guests.xlsx")
    table = look_at(cities, file, kind="person")
    assert (table.sheets, table.sheet.name, table.at) == (("Read me", "Guests"), "Guests", 1)
    assert table.samples[0][:2] == ("101", "cy@example.cn")
    assert not table.sure
    assert set(table.unmapped) == {"Room", "given name", "Family", "Arrives", "城市"} - {
        head for place, head in enumerate(table.heads) if place in table.columns
    }
    by_hand = {**table.columns, 2: "place", 3: "name.given", 4: "name.family"}
    before = maintenance.digest(cities)
    mapped = replace(table, columns=by_hand)
    report = import_sheet(cities, file, table=mapped, dry_run=True)
    assert maintenance.digest(cities) == before
    assert (report.kind, report.new, report.unmapped) == ("person", 3, ("Room", "Arrives"))
    assert [(each.row, each.column) for each in report.troubles] == [(6, "Keep data until")]
    report = import_sheet(cities, file, table=mapped, rows=[4, 5])
    assert report.new == 2
    people = {each.name.family: each for each in records.page(cities, "person", records.listing(cities, "person"))}  # type: ignore[attr-defined]
    assert set(people) == {"Chen", "Luo"}
    liuzhou = records.listing(cities, "place", "Liuzhou")[0]
    assert [people[name].place for name in ("Chen", "Luo")] == [liuzhou, liuzhou]  # type: ignore[attr-defined]
    assert people["Luo"].keep_until.edtf == "2028-06"  # type: ignore[attr-defined]
    assert people["Chen"].keep_until.edtf == "2027-12-31"  # type: ignore[attr-defined]
    history.undo(cities)
    assert maintenance.digest(cities) == before


def test_names_are_found_as_strangers_write_them_whole_or_in_parts(desk: Desk, tmp_path: Path) -> None:
    whole = [["姓名", "Full name", "E-mail"], ["张伟", "ZHANG Wei", "zw@example.cn"], ["", "Łukasz Żółkowski", ""]]
    parts = [["Surname", "First name", "姓", "名"], ["Chen", "Yan", "陈", "燕"]]
    file = workbook(tmp_path / "guests.xlsx", {"Tabelle1": whole})
    assert look_at(desk, file).kind == "person"
    assert import_sheet(desk, file).new == 2
    assert import_sheet(desk, workbook(tmp_path / "more.xlsx", {"Tabelle1": parts})).new == 1
    people: Any = records.page(desk, "person", records.listing(desk, "person"))
    assert {(each.name, each.name_han) for each in people} == {
        (PersonName("Zhang", "Wei", "family_first"), HanName("张", "伟")),
        (PersonName("Żółkowski", "Łukasz", "given_first"), None),
        (PersonName("Chen", "Yan"), HanName("陈", "燕")),
    }
    assert columns_for("person")["name.whole"] == "Name · whole name"
    export(desk, ListView("person"), tmp_path / "ours.xlsx", all_fields=True)
    assert "name.whole" not in look_at(desk, tmp_path / "ours.xlsx").columns.values()


def test_another_sheet_can_be_chosen_and_one_without_known_columns_is_refused(cities: Desk, tmp_path: Path) -> None:
    file = _guests(tmp_path / "guests.xlsx")
    wrong = look_at(cities, file, kind="person", sheet="Read me")
    assert (wrong.sheet.name, wrong.columns) == ("Read me", {})
    nothing = look_at(cities, workbook(tmp_path / "x.xlsx", {"Fruit": [["Apples", "Pears"], ["1", "2"]]}))
    assert (nothing.kind, nothing.columns, nothing.heads) == ("", {}, ("Apples", "Pears"))
    with user_error("no-columns-known") as refused:
        import_sheet(cities, tmp_path / "x.xlsx")
    assert "Nothing was changed" in str(refused.value)
    with user_error("no-columns-known"):
        import_sheet(cities, file, table=wrong)


def test_our_own_sheet_needs_no_mapping_whatever_the_order_of_its_columns(liuzhou: Desk, tmp_path: Path) -> None:
    export(liuzhou, ListView("meeting"), tmp_path / "m.xlsx", all_fields=True)
    assert look_at(liuzhou, tmp_path / "m.xlsx").sure
    rows = [
        ["Status", "Title · 中文", "id", "Title"],
        ["Held", "第一次会议", records.listing(liuzhou, "meeting")[0], ""],
    ]
    file = workbook(tmp_path / "s.xlsx", {"whatever": rows})
    table = look_at(liuzhou, file)
    assert table.sure
    assert table.columns == {0: "status", 1: "title.zh", 2: "id", 3: "title.en"}
    assert import_sheet(liuzhou, file, table=table).changed == 1


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_who_is_called_the_same_is_told_for_rows_that_would_make_them(desk: Desk, tmp_path: Path, lang: str) -> None:
    use_language(lang)
    records.add(desk, "person", parse_assignments(KINDS["person"], ("name_han.family=陈", "name_han.given=燕")))
    heads = ["name_han.family", "name_han.given", "name.family", "name.given"]
    rows = [heads, ["陈", "燕", "", ""], ["", "", "Ferrer", "Anna"], ["", "", "Ferrer", "Anna"], ["罗", "辉", "", ""]]
    report = import_sheet(desk, workbook(tmp_path / "p.xlsx", {"p": rows}), kind="person", dry_run=True)
    said = {"en": "row 3", "zh": "第 3 行"}[lang]
    assert [each.title for each in report.changes] == ["陈燕", "Anna Ferrer", "Anna Ferrer", "罗辉"]
    assert [each.twin for each in report.changes] in (["陈燕", "", said, ""], ["陈燕", "", "row 3", ""])


def test_everything_that_a_column_may_mean_can_be_chosen_and_nothing_local(desk: Desk) -> None:
    offered = columns_for("person")
    assert {"name.family", "bio.zh", "place", "tags", "keep_until.exact", "id"} <= set(offered)
    assert not {key for key in offered if key.startswith(("passport", "visa", "portrait"))}
    assert offered["bio.zh"] == "Short biography · 中文"


@pytest.mark.parametrize(
    "said", ["7 Affordable and clean energy; 11", "SDG 7；Sustainable cities and communities", "7; 11 可持续城市和社区"]
)
def test_goals_are_read_as_a_sheet_writes_them_and_as_people_do(liuzhou: Desk, tmp_path: Path, said: str) -> None:
    theme = records.listing(liuzhou, "theme")[0]
    heads = ["Sustainable Development Goals", "Urban Agenda partnerships", "id"]
    import_sheet(
        liuzhou, workbook(tmp_path / "t.xlsx", {"Themes": [heads, [said, "Urban mobility; Digital transition", theme]]})
    )
    record: Any = records.get(liuzhou, theme)
    assert (tuple(record.sdgs), tuple(record.partnerships)) == (("7", "11"), ("urban_mobility", "digital_transition"))


def test_a_cell_of_excel_says_what_is_seen_in_it() -> None:
    day = datetime(2026, 11, 24, 9, 30)  # noqa: DTZ001 (as in Excel)
    (row,) = rows_of("a.xlsx", [[day, day.date(), day.time(), True, False, 5.0, 2.5, " a\r\nb "]])
    assert row.cells == ("2026-11-24 09:30", "2026-11-24", "09:30", "yes", "no", "5", "2.5", "a\nb")


def test_a_row_without_an_id_never_changes_a_country_on_record_and_the_second_row_of_a_new_one_is_told(
    desk: Desk, tmp_path: Path
) -> None:
    rows = [["alpha2", "name.en"], ["XA", "Atlantis"], ["XA", "Thule"]]
    report = import_sheet(desk, workbook(tmp_path / "c.xlsx", {"c": rows}), kind="country")
    again = import_sheet(desk, workbook(tmp_path / "d.xlsx", {"c": rows[:2]}), kind="country")
    assert (report.new, again.new, again.changed) == (1, 0, 0)
    assert {each.what for each in (*report.troubles, *again.troubles)} == {
        "This record is there already; give its id to change it."
    }
