"""Lists of people as offices keep them: everybody with post, organisation, diet and e-mail; no one from title or footer."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from tests.helpers.errors import user_error
from tests.helpers.paper_facts import PAPERS
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.serialize import record_to_json
from ucapdesk.model.text.assignments import parse_assignments
from ucapdesk.model.values import When
from ucapdesk.services import Desk
from ucapdesk.services.files.imports import ImportReport, import_office_lists, plan_list, read_office_lists
from ucapdesk.services.files.paper_questions import answer, paper_questions
from ucapdesk.services.records import records
from ucapdesk.services.workspaces import workspace_service


def _all(desk: Desk, kind: str) -> list[dict[str, Any]]:
    return [record_to_json(record) for record in records.page(desk, kind, records.listing(desk, kind))]


def _people(desk: Desk) -> dict[str, dict[str, Any]]:
    return {f"{p['name_han']['family']}{p['name_han']['given']}": p for p in _all(desk, "person")}


def test_a_sheet_with_title_merged_cells_and_footer(desk: Desk) -> None:
    (report,) = import_office_lists(desk, PAPERS / "renyuan.xlsx")
    people = _people(desk)
    assert set(people) == {"张伟", "欧阳雪梅", "吴文能", "马力", "李娜"}
    names = {each["id"]: each["name"]["zh"] for each in _all(desk, "organisation")}
    posts = {
        name: (post.post["zh"], names[post.organisation])  # type: ignore[attr-defined]
        for name, person in people.items()
        for post in records.children(desk, person["id"])["affiliation"]
    }
    assert posts["张伟"] == ("副市长", "柳州市人民政府")
    assert posts["吴文能"] == ("区域科科长", "柳州市发展和改革委员会")
    assert people["欧阳雪梅"]["diet"] == ["vegetarian"]
    assert people["李娜"]["allergies"] == "对花生过敏"
    assert any("填表人" in text for text in report.not_placed)
    assert any("PE1234567" in text for text in report.not_placed)


def test_a_second_list_in_an_old_encoding_adds_to_the_same_people(desk: Desk) -> None:
    import_office_lists(desk, PAPERS / "renyuan.xlsx")
    import_office_lists(desk, PAPERS / "mingdan-gb.csv")
    people = _people(desk)
    assert set(people) == {"张伟", "欧阳雪梅", "吴文能", "马力", "李娜", "吕翀"}
    assert (people["张伟"]["email"], people["张伟"]["mobile"]) == ("zhangw@liuzhou.gov.cn", "13877212345")
    assert people["吕翀"]["diet"] == ["halal"]


def test_a_sheet_of_ours_is_none(desk: Desk) -> None:
    assert import_office_lists(desk, PAPERS / "11a-liuzhou-first-source.txt") == []


def _visit(desk: Desk, dates: str = "2019-06-12/2019-06-16", **values: str) -> str:
    lines = ["title.en=Tour", f"dates={dates}", *(f"{name}={value}" for name, value in values.items())]
    return records.add(desk, "visit", parse_assignments(KINDS["visit"], lines, new=True))


def _taken(desk: Desk, path: Path, visit: str | None = None) -> ImportReport:
    (report,) = import_office_lists(desk, path, visit=visit)
    return report


def test_an_itinerary_in_word_becomes_the_programme_of_the_visit_of_its_days(desk: Desk) -> None:
    _taken(desk, PAPERS / "renyuan.xlsx")
    visit = _visit(desk)
    report = _taken(desk, PAPERS / "richeng.docx")
    points: Any = records.children(desk, visit)["itinerary_item"]
    told = [(p.when.date[5:], p.when.start, p.when.end, p.title["zh"], (p.address or {}).get("zh")) for p in points]
    assert told == [
        ("06-12", "15:30", None, "抵达柳州，入住酒店", "柳州丽笙酒店"),
        ("06-12", "18:30", "20:00", "欢迎晚宴", "丽笙酒店三楼宴会厅"),
        ("06-13", "09:00", "11:30", "参观上汽通用五菱", "柳州市河西路18号"),
        ("06-13", "15:00", None, "考察柳东新区规划馆", "柳东新区规划馆"),
        ("06-14", None, None, "中欧企业合作论坛", "柳州饭店会议中心"),
        ("06-15", None, None, "上午：自由活动", None),
        ("06-16", "07:20", None, "送机（CZ3256 柳州—北京）", "白莲机场"),
    ]
    assert not points[5].internal_note, "the part of the day stands where papers tell it"
    escorts = records.children(desk, points[1].id)["participation"]
    people = {each["id"]: each["name_han"]["family"] for each in _all(desk, "person")}
    assert [people[each.person] for each in escorts] == ["张", "李"]  # type: ignore[attr-defined]
    assert not report.not_placed
    assert report.accounted is not None
    assert report.accounted.nothing == (), "a name that became a link is read as well"
    before = len(_all(desk, "itinerary_item"))
    assert _taken(desk, PAPERS / "richeng.docx").new == 0
    assert len(_all(desk, "itinerary_item")) == before


def test_each_line_of_a_cell_that_begins_with_hours_is_a_point_of_its_day(desk: Desk, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (
        ["日期", "日程安排", "备注"],
        ["6月12日（周三）", "9:00 抵达柳州\n10:30 参观港口，\n乘船\n下午 与发改委座谈", "着正装"],
        ["6月13日（周四）", "07:20 送机", "7:00 出发\n7:10 安检"],
    ):
        book.worksheets[0].append(row)
    book.save(tmp_path / "richeng.xlsx")
    visit = _visit(desk)
    report = _taken(desk, tmp_path / "richeng.xlsx", visit)
    points: Any = records.children(desk, visit)["itinerary_item"]
    assert [(p.when.date[5:], p.when.start, p.title["zh"]) for p in points] == [
        ("06-12", None, "下午：与发改委座谈"),
        ("06-12", "09:00", "抵达柳州"),
        ("06-12", "10:30", "参观港口， 乘船"),
        ("06-13", "07:20", "送机"),
    ]
    assert points[3].internal_note["zh"] == "备注: 7:00 出发 7:10 安检"
    assert not report.not_placed
    assert report.accounted is not None
    assert report.accounted.nothing == ()


def test_without_a_visit_on_its_days_an_itinerary_is_refused_with_a_sentence(desk: Desk) -> None:
    _visit(desk, "2018-06-12/2018-06-14")
    with user_error("no-visit-then", match="6月12日"):
        import_office_lists(desk, PAPERS / "richeng.docx")


def test_a_list_taken_into_a_visit_makes_its_people_take_part(desk: Desk) -> None:
    visit = _visit(desk, travelling_side="A")
    _taken(desk, PAPERS / "renyuan.xlsx", visit)
    parts: Any = records.children(desk, visit)["participation"]
    assert [part.role for part in parts] == ["head", "deputy_head", "delegate", "interpreter", "delegate"]
    assert {part.side for part in parts} == {"A"}
    assert parts[0].remarks["zh"] == "团长"
    assert _taken(desk, PAPERS / "renyuan.xlsx", visit).new == 0


def test_numbers_of_passports_are_told_and_not_kept_with_the_source(desk: Desk) -> None:
    report = _taken(desk, PAPERS / "renyuan.xlsx")
    assert [text for text in report.not_placed if "PE1234567" in text] == ["张伟, 护照号: PE1234567 (not kept)"]
    (source,) = _all(desk, "source_document")
    assert "PE1234567" not in str(source)
    assert "1968年5月" in source["oddities"]


def _word_list(path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("Delegation of Karlsruhe 卡尔斯鲁厄代表团")
    table = made.add_table(7, 6)
    rows = [
        ["参团人员名单"] * 6,
        ["序号", "姓名 Name", "单位及职务", "联系方式", "联系方式", "备注"],
        ["序号", "姓名 Name", "单位及职务", "手机", "邮箱", "备注"],
        ["1", "Anna Schmidt", "Stadt Karlsruhe, Bürgermeisterin", "+49 721 133 0", "a@karlsruhe.de", "团长"],
        ["2", "王 芳", "柳州市外事办公室副主任", "13800000001", "", "翻译"],
        ["", "制表人：李娜", "", "", "", ""],
        ["合计", "2人", "", "", "", ""],
    ]
    for line, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(line.cells, row, strict=True):
            cell.text = text
    table.cell(0, 0).merge(table.cell(0, 5)).text = "参团人员名单"
    table.cell(1, 3).merge(table.cell(1, 4)).text = "联系方式"
    made.save(str(path))


def test_a_list_in_a_table_of_word_with_a_head_of_two_lines_and_a_footer(desk: Desk, tmp_path: Path) -> None:
    _word_list(tmp_path / "list.docx")
    report = _taken(desk, tmp_path / "list.docx")
    names = {str(p.get("name_han") or p["name"]): p for p in _all(desk, "person")}
    assert len(names) == 2
    anna = next(p for p in names.values() if p.get("name"))
    assert (anna["name"]["family"], anna["phone" if anna.get("phone") else "mobile"], anna["email"]) == (
        "Schmidt", "+49 721 133 0", "a@karlsruhe.de",
    )  # fmt: skip
    posts = {each["post"].get("zh") or each["post"]["en"] for each in _all(desk, "affiliation")}
    assert posts == {"Bürgermeisterin", "副主任"}
    assert {o["name"]["zh"] or o["name"]["en"] for o in _all(desk, "organisation")} == {
        "Stadt Karlsruhe",
        "柳州市外事办公室",
    }
    assert any("制表人" in text for text in report.not_placed)
    assert any("合计" in text for text in report.not_placed)


@pytest.mark.parametrize("encoding", ["big5", "gb18030", "utf-16", "utf-8"])
def test_a_list_in_any_encoding_with_semicolons(desk: Desk, tmp_path: Path, encoding: str) -> None:
    text = "編號;姓名;職務;單位;電子郵件\n1;陳美玲;處長;臺北市政府;chen@gov.tw\n2;林志明;科員;臺北市政府;\n"
    (tmp_path / "list.csv").write_bytes(text.encode(encoding))
    _taken(desk, tmp_path / "list.csv")
    assert {f"{p['name_han']['family']}{p['name_han']['given']}" for p in _all(desk, "person")} == {"陳美玲", "林志明"}
    assert [o["name"]["zh"] for o in _all(desk, "organisation")] == ["臺北市政府"]


def test_an_itinerary_in_excel_with_days_over_the_rows(desk: Desk, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["Programme of the visit to Karlsruhe"],
        ["Time", "Activity", "Venue", "Accompanied by"],
        ["Day 1: Monday, 9 September"],
        ["9:00 – 10:30", "Welcome by the mayor", "Town hall", "Anna Schmidt; Peter Roth"],
        ["14.00", "Tour of the technology park", "Technologiepark", ""],
        ["Tuesday, 10 September"],
        ["whole day", "Workshop on hydrogen", "KIT", ""],
    ):
        sheet.append(row)
    book.save(tmp_path / "programme.xlsx")
    visit = _visit(desk, "2019-09-09/2019-09-12")
    _taken(desk, tmp_path / "programme.xlsx", visit)
    points: Any = records.children(desk, visit)["itinerary_item"]
    assert [(p.when.date, p.when.start, p.when.end, p.title["en"]) for p in points] == [
        ("2019-09-09", "09:00", "10:30", "Welcome by the mayor"),
        ("2019-09-09", "14:00", None, "Tour of the technology park"),
        ("2019-09-10", None, None, "Workshop on hydrogen"),
    ]
    parts: Any = records.children(desk, points[0].id)["participation"]
    assert [part.free_name["en"] for part in parts] == ["Anna Schmidt", "Peter Roth"]


def test_a_protected_workspace_keeps_the_numbers_of_passports(tmp_path: Path) -> None:
    with workspace_service.new(tmp_path / "desk", passphrase="correct horse battery staple x9") as desk:
        report = _taken(desk, PAPERS / "renyuan.xlsx")
        assert not any("PE1234567" in text for text in report.not_placed)
        people: Any = records.page(desk, "person", records.listing(desk, "person"))
        assert {person.passport_number for person in people} >= {"PE1234567", "EA0012345"}
        (source,) = _all(desk, "source_document")
        assert "PE1234567" not in str(source)


def test_a_register_of_travellers_gives_passports_with_their_ends_countries_and_languages(tmp_path: Path) -> None:
    file = tmp_path / "travellers.csv"
    file.write_text(
        "Name;Passport No.;Date of expiry;Nationality;Language;身份证号\n"
        "SZABÓ Eszter;BK 1234567;2 April 2031;Hungary;EN, German;X1\nYU Jianguo;PE7654321;2030.06;中国;ZH;\nNOWAK Anna;A1;2029;Polish;Kashubian;",
        encoding="utf-8",
    )
    with workspace_service.new(tmp_path / "desk", passphrase="correct horse battery staple x9") as desk:
        report = _taken(desk, file)
        listed: Any = records.page(desk, "person", records.listing(desk, "person"))
        people = {person.name.family: person for person in listed}
        named = records.titles(desk, [p.nationality for p in people.values() if p.nationality])
        said = {
            name: (p.passport_number, p.passport_expires, named.get(p.nationality), list(p.spoken or ()))
            for name, p in people.items()
        }
        assert said == {
            "Szabó": ("BK1234567", "2 April 2031", "Hungary", ["en", "de"]),
            "Yu": ("PE7654321", "2030.06", "China", ["zh"]),
            "Nowak": ("A1", "2029", None, []),
        }
        assert set(report.not_placed) == {
            "SZABÓ Eszter, 身份证号: X1 (not kept)", "NOWAK Anna, Nationality: Polish", "NOWAK Anna, Language: Kashubian"
        }  # fmt: skip
        (found,) = read_office_lists(desk, file)
        away = ("SZABÓ Eszter, 身份证号", "“X1” has no field.", "Not kept: there is no field for it.")
        assert away in plan_list(desk, found).oddities
        (source,) = _all(desk, "source_document")
        assert not any(secret in str(source) for secret in ("BK 1234567", "BK1234567", "2 April 2031", "X1"))


def test_a_foreign_escort_with_a_chinese_post_has_no_chinese_name(desk: Desk, tmp_path: Path) -> None:
    visit = _visit(desk)
    file = tmp_path / "tour.csv"
    file.write_text(
        "日期;时间;内容;陪同人员\n2019-06-12;9:00;会见;Laura Castelletti 市长、Wang Fang 王芳\n", encoding="utf-8"
    )
    _taken(desk, file, visit)
    (point,) = records.children(desk, visit)["itinerary_item"]
    parts: Any = records.children(desk, point.id)["participation"]
    assert [dict(part.free_name) for part in parts] == [
        {"en": "Laura Castelletti 市长"},
        {"en": "Wang Fang", "zh": "王芳"},
    ]


def _tour(folder: Path, name: str, *rows: str) -> Path:
    path = folder / name
    path.write_text("\n".join(["日期;时间;内容", *rows]), encoding="utf-8")
    return path


def test_a_second_itinerary_that_moves_a_point_asks_and_makes_no_second_one(desk: Desk, tmp_path: Path) -> None:
    visit = _visit(desk)
    first = ("6月13日;9:00;参观规划馆", "6月13日;12:00;午餐", "6月14日;12:00;午餐", "6月14日;15:00;企业座谈")
    _taken(desk, _tour(tmp_path, "first.csv", *first), visit)
    planetarium = next(p.id for p in _points(desk, visit) if p.title["zh"] == "参观规划馆")
    records.edit(desk, planetarium, {"when": When(date="2019-06-13", start="09:00", tz="Asia/Shanghai")})
    second = ("6月13日;9:00;参观规划馆", "6月15日;10:30;企业座谈", "6月15日;12:00;午餐")
    report = _taken(desk, _tour(tmp_path, "second.csv", *second), visit)
    told = sorted((p.when.date[-2:], p.when.start, p.title["zh"]) for p in _points(desk, visit))
    assert told == [
        ("13", "09:00", "参观规划馆"),
        ("13", "12:00", "午餐"),
        ("14", "12:00", "午餐"),
        ("14", "15:00", "企业座谈"),
        ("15", "12:00", "午餐"),
    ], "lunch is had every day, the talks were moved"
    assert [each.field for each in report.differs] == ["when"]
    (question,) = paper_questions(desk, report.differs[0].id)
    assert question.papers == ("first.csv", "second.csv")
    answer(desk, question, take=True)
    moved = next(p for p in _points(desk, visit) if p.title["zh"] == "企业座谈")
    assert (moved.when.date, moved.when.start) == ("2019-06-15", "10:30")
    assert _taken(desk, _tour(tmp_path, "third.csv", *second), visit).differs == ()


def _points(desk: Desk, visit: str) -> list[Any]:
    return list(records.children(desk, visit)["itinerary_item"])


def test_a_column_of_allergies_may_say_none_or_a_diet_and_that_of_passports_is_kept_from_the_source(
    desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "it.csv").write_text(
        "Cognome e nome;Qualifica;Passaporto n.;Passaporto (numero provvisorio);Allergie;Dieta\nRossi Mario;Sindaco;YA1234567;YB7654321;nessuna;\n"
        "Bianchi Sara;Assessora;;;Vegetariana;\nNeri Ugo;Dirigente;;;vegano;halal\nVerdi Luca;Dirigente;;;lattosio;vegetariano\n",
        encoding="utf-8",
    )
    (report,) = import_office_lists(desk, tmp_path / "it.csv")
    people: list[Any] = list(records.page(desk, "person", records.listing(desk, "person")))
    told = {each.name.family: (list(each.diet or ()), each.allergies) for each in people}
    assert told == {
        "Rossi": ([], None),
        "Bianchi": (["vegetarian"], None),
        "Neri": (["halal", "vegan"], None),
        "Verdi": (["vegetarian"], "lattosio"),
    }
    (source,) = records.page(desk, "source_document", records.listing(desk, "source_document"))
    assert not {"1234567", "7654321"} & set(re.findall(r"\d{7}", str(source.rows)))  # type: ignore[attr-defined]
    assert report.not_placed
    (tmp_path / "pt.csv").write_text(
        "Name;Função;Passeport;Obs\nAna Reis;Vereadora;E1234567;\n;;;Ref KX7654321\n", "utf-8"
    )
    (report,) = import_office_lists(desk, tmp_path / "pt.csv")
    sources: list[Any] = list(records.page(desk, "source_document", records.listing(desk, "source_document")))
    assert [each for each in sources if "7654321" in f"{each.rows} {each.oddities}"] == []
