"""Programmes of two groups in columns beside each other: what each does, what both do, and nothing read as a UCAP. Also what parts of a day and heads say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from tests.helpers.errors import user_error
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.text.assignments import parse_assignments
from ucapdesk.services import Desk
from ucapdesk.services.files.imports import import_document, import_office_lists, read_pasted
from ucapdesk.services.records import records

HEADS = ["日期 Date", "时间 Time", "A组（市长组）Group A", "B组（企业组）Group B", "地点 Venue"]
ROWS = [
    ["9月6日（周一）\nMon 6 Sept", "14:20", "抵达布达佩斯（CA721）\nArrival in Budapest (CA721)", "", "布达佩斯机场\nBudapest Airport"],
    ["", "19:00", "欢迎晚宴\nWelcome dinner", "", "Pezsgőház"],
    ["9月7日\n7 Sept", "09:00-10:30", "会见市长\nMeeting with the Mayor", "参观佩奇大学\nVisit of the university", "市政厅\nTown Hall"],
    ["", "下午", "参观博物馆\nVisit of the museum", "同A组 / same as A", ""],
    ["9月9日", "10:00", "返程（CA722）Departure (CA722)", "返程（CA722）Departure (CA722)", ""],
]  # fmt: skip


def _visit(desk: Desk) -> str:
    lines = ["title.en=Urumqi in Pécs", "dates=2027-09-06/2027-09-09"]
    return records.add(desk, "visit", parse_assignments(KINDS["visit"], lines, new=True))


def _points(desk: Desk, visit: str) -> list[tuple[Any, ...]]:
    found: list[Any] = records.children(desk, visit)["itinerary_item"]
    return sorted((p.when.date[8:], p.when.start or "", p.group or "", p.title["zh"], p.title.get("en")) for p in found)


def _programme(path: Path) -> Path:
    made = docx.Document()
    made.add_paragraph("乌鲁木齐市代表团访问佩奇日程 / Programme in Pécs, 6–9 September 2027")
    table = made.add_table(rows=0, cols=len(HEADS))
    for row in [HEADS, *ROWS]:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    table.cell(1, 2).merge(table.cell(1, 3))
    made.save(str(path))
    return path


def test_a_programme_of_two_groups_says_who_does_what_and_is_no_paper(desk: Desk, tmp_path: Path) -> None:
    file = _programme(tmp_path / "tour.docx")
    with user_error("no-visit-then", match="2027-09-06 – 2027-09-09"):
        import_document(desk, file)
    visit = _visit(desk)
    (report,) = import_document(desk, file, visit=visit)
    assert {kind for kind, _ in report.records} == {"source_document", "itinerary_item"}
    assert _points(desk, visit) == [
        ("06", "14:20", "", "抵达布达佩斯（CA721）", "Arrival in Budapest (CA721)"),
        ("06", "19:00", "A", "欢迎晚宴", "Welcome dinner"),
        ("07", "", "", "下午：参观博物馆", "Afternoon: Visit of the museum"),
        ("07", "09:00", "A", "会见市长", "Meeting with the Mayor"),
        ("07", "09:00", "B", "参观佩奇大学", "Visit of the university"),
        ("09", "10:00", "", "返程（CA722）", "Departure (CA722)"),
    ]
    assert report.accounted is not None
    assert report.accounted.nothing == ()
    assert not any(point.internal_note for point in records.children(desk, visit)["itinerary_item"])  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("one", "other", "groups"),
    [
        ("A组", "B组", ["A", "B"]),
        ("Gruppe 1", "Gruppe 2", ["1", "2"]),
        ("第一组 活动", "第二组 活动", ["一", "二"]),
        ("市长组", "企业组", ["企业组", "市长组"]),
        ("Track A (Officials)", "Track B (Business)", ["A", "B"]),
    ],
)
def test_heads_of_groups(desk: Desk, tmp_path: Path, one: str, other: str, groups: list[str]) -> None:
    visit, file = _visit(desk), tmp_path / "tour.csv"
    file.write_text(f"日期;时间;{one};{other}\n2027年9月7日;9:00;会见市长;参观大学\n", encoding="utf-8")
    import_document(desk, file, visit=visit)
    assert sorted(point[2] for point in _points(desk, visit)) == groups


def test_the_group_that_sees_to_a_point_is_no_point(desk: Desk, tmp_path: Path) -> None:
    visit, file = _visit(desk), tmp_path / "tour.csv"
    file.write_text("日期;时间;内容;责任组\n2027年9月7日;9:00;会见市长;综合组\n", encoding="utf-8")
    (report,) = import_document(desk, file, visit=visit)
    assert [point[1:4] for point in _points(desk, visit)] == [("09:00", "", "会见市长")]
    assert "综合组" in " ".join(report.not_placed)


def test_a_cell_of_a_workbook_that_is_merged_over_the_groups_is_for_both(desk: Desk, tmp_path: Path) -> None:
    visit, file = _visit(desk), tmp_path / "tour.xlsx"
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["佩奇日程"])
    sheet.append(["日期", "时间", "A组", "B组"])
    sheet.append(["2027年9月7日", "9:00", "会见市长", None])
    sheet.append([None, "11:00", "签字仪式", None])
    sheet.append([None, "15:00", "参观大学", "参观工厂"])
    for cells in ("A1:D1", "A3:A5", "C3:D3"):
        sheet.merge_cells(cells)
    book.save(file)
    import_office_lists(desk, file, visit=visit)
    assert [point[1:4] for point in _points(desk, visit)] == [
        ("09:00", "", "会见市长"), ("11:00", "A", "签字仪式"), ("15:00", "A", "参观大学"), ("15:00", "B", "参观工厂")
    ]  # fmt: skip


def test_a_point_that_is_struck_through_in_word_is_left_out_and_named(desk: Desk, tmp_path: Path) -> None:
    visit, file = _visit(desk), tmp_path / "tour.docx"
    made = docx.Document()
    made.add_paragraph("佩奇日程")
    table = made.add_table(rows=0, cols=3)
    rows = (
        ("日期", "时间", "内容"),
        ("2027年9月7日", "9:00", "会见市长"),
        ("", "10:00", "参观大学"),
        ("", "11:00", "签字仪式"),
    )
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.paragraphs[0].add_run(text).font.strike = True if "10:00" in row else None
    made.save(str(file))
    (report,) = import_document(desk, file, visit=visit)
    assert [point[1] for point in _points(desk, visit)] == ["09:00", "11:00"]
    assert "参观大学" in " ".join(report.not_placed)
    assert report.accounted is not None
    assert report.accounted.nothing == ()


def _values(desk: Desk, text: str) -> list[Any]:
    found = read_pasted(desk, text, _visit(desk))
    assert found is not None
    return [draft.values for draft in found.drafts if draft.kind == "itinerary_item"]


def test_a_part_of_the_day_stands_before_each_point_that_has_no_hour(desk: Desk) -> None:
    """A sentence that begins with such a word is a remark of the point above it."""
    points = _values(
        desk,
        "6 September 2027\nMorning\nArrival\nEvening\nDinner\nA walk\n7 September\n9:00 Talks\nEvening dress is required",
    )
    assert [(p["title"]["en"], p.get("internal_note")) for p in points] == [
        ("Morning: Arrival", None), ("Evening: Dinner", None), ("Evening: A walk", None),
        ("Talks", {"en": "Remarks: Evening dress is required"}),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Date\tTime\tTopic\tVenue\tSpeaker\n7 September 2027\t9:00\tHousing\tHall 1\tLi Wei\n\t11:00\tTraffic\tHall 2\tEva Ros",
        "Programme\nDate\t1 March 2027\n\n7 September 2027\n9:00\tHousing\tHall 1\n11:00\tTraffic\tHall 2",
    ],
)
def test_a_place_below_unknown_heads_or_below_a_date_in_a_column_of_its_own_is_one(desk: Desk, text: str) -> None:
    assert [point["address"] for point in _values(desk, text)] == [{"en": "Hall 1"}, {"en": "Hall 2"}]
