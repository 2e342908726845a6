"""Lists, programmes and minutes come in once, into what is on record, and without what only protected workspaces keep."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path
from typing import Any

import docx
import pytest

from tests.helpers.errors import user_error
from tests.helpers.list_facts import LISTS
from tests.helpers.paper_facts import PAPERS
from ucapdesk.base.clock import moment
from ucapdesk.base.errors import UserError
from ucapdesk.formats.lists.list_drafts import ListDrafts
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.serialize import record_to_json
from ucapdesk.model.text.assignments import parse_assignments
from ucapdesk.model.values import Bilingual, HanName, PartialDate, Refs, When
from ucapdesk.services import Desk
from ucapdesk.services.exchange import conflicts
from ucapdesk.services.files.imports import (
    ImportReport,
    import_document,
    import_office_lists,
    plan_list,
    read_office_lists,
    read_pasted,
)
from ucapdesk.services.files.paper_questions import answer, paper_questions
from ucapdesk.services.people.pasted_people import plan_people
from ucapdesk.services.records import records
from ucapdesk.services.workspaces import workspace_service


def _all(desk: Desk, kind: str) -> list[dict[str, Any]]:
    return [record_to_json(record) for record in records.page(desk, kind, records.listing(desk, kind))]


def _people(desk: Desk) -> dict[str, dict[str, Any]]:
    return {f"{p['name_han']['family']}{p['name_han']['given']}": p for p in _all(desk, "person")}


def _visit(desk: Desk, dates: str = "2019-06-12/2019-06-16", **values: str) -> str:
    lines = ["title.en=Tour", f"dates={dates}", *(f"{name}={value}" for name, value in values.items())]
    return records.add(desk, "visit", parse_assignments(KINDS["visit"], lines, new=True))


def _taken(desk: Desk, path: Path, visit: str | None = None) -> ImportReport:
    (report,) = import_office_lists(desk, path, visit=visit)
    return report


def _points(desk: Desk, visit: str) -> list[Any]:
    return list(records.children(desk, visit)["itinerary_item"])


def _rows(folder: Path, name: str, *rows: str) -> Path:
    path = folder / name
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


# -- people ---------------------------------------------------------------------------------------


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


def test_a_list_taken_into_a_visit_makes_its_people_take_part(desk: Desk) -> None:
    visit = _visit(desk, travelling_side="A")
    _taken(desk, PAPERS / "renyuan.xlsx", visit)
    parts: Any = records.children(desk, visit)["participation"]
    assert [part.role for part in parts] == ["head", "deputy_head", "delegate", "interpreter", "delegate"]
    assert {part.side for part in parts} == {"A"}
    assert parts[0].remarks["zh"] == "团长"
    assert _taken(desk, PAPERS / "renyuan.xlsx", visit).new == 0


def test_another_kind_of_apostrophe_in_a_city_makes_no_second_one_and_no_question(desk: Desk) -> None:
    records.add(desk, "place", {"name": Bilingual(en="L’Hospitalet de Llobregat")})
    _taken(desk, LISTS / "two-languages-in-columns-of-their-own-are-one-text.xlsx")
    assert len(records.listing(desk, "place")) == 1
    assert conflicts.conflicts(desk) == []


def test_people_come_from_the_cities_that_are_on_record_in_another_spelling(desk: Desk) -> None:
    known = records.add(desk, "place", {"name": Bilingual(en="Ürümqi", zh="乌鲁木齐"), "type": "city"})
    _taken(desk, LISTS / "people-pasted-with-their-cities-come-from-them.txt", _visit(desk))
    places = {each["name"]["family"]: each["place"] for each in _all(desk, "person")}
    assert [name for name, place in places.items() if place == known] == ["Wang", "Zhao"]
    assert records.titles(desk, [places["Nowak"]])[places["Nowak"]] == "Łódź"


def test_what_somebody_wrote_is_told_with_them_where_a_list_says_otherwise(desk: Desk, tmp_path: Path) -> None:
    office = records.add(desk, "organisation", {"name": Bilingual(zh="兰州市外事办公室")})
    person = records.add(desk, "person", {"name_han": HanName("王", "伟"), "email": "old@lz.example"})
    records.add(desk, "affiliation", {"owner": person, "organisation": office})
    _taken(desk, _rows(tmp_path, "list.csv", "姓名;单位;邮箱", "王伟;兰州市外事办公室;new@lz.example"))
    (asked,) = conflicts.conflicts(desk)
    here, there = asked.candidates
    assert [(each.person, each.own) for each in (here, there)] == [(desk.workspace.person, True), ("list.csv", False)]
    assert moment(desk.history(person)[0].time) == here.time < there.time


def _parts(found: ListDrafts | None) -> list[tuple[str | None, str]]:
    assert found is not None
    values = [draft.values for draft in found.drafts if draft.kind == "participation"]
    return [(each.get("role"), each["side"]) for each in values]


@pytest.mark.parametrize(
    "names", [("Bergamo", "Ningbo"), ("Delegation of Bergamo:", "宁波市代表团"), ("Per Bergamo", "Per Ningbo")]
)
def test_a_city_alone_above_people_is_their_side(desk: Desk, names: tuple[str, str]) -> None:
    bergamo, ningbo = (
        records.add(desk, "place", {"name": Bilingual(en=en, zh=zh), "type": "city"})
        for en, zh in (("Bergamo", "贝加莫"), ("Ningbo", "宁波"))
    )
    ucap = records.add(desk, "ucap", {"title": Bilingual(en="Ningbo – Bergamo")})
    for place, side in ((ningbo, "A"), (bergamo, "B")):
        records.add(desk, "ucap_place", {"owner": ucap, "place": place, "side": side, "role": "partner"})
    values = {
        "title": Bilingual(en="Tour"),
        "dates": PartialDate("2027-06"),
        "ucaps": Refs([ucap]),
        "host_places": Refs([bergamo]),
    }
    visit = records.add(desk, "visit", values)
    head, (first, second) = "Name\tPost", names
    found = read_pasted(desk, f"{first}\n{head}\nElena Carnevali\tMayor\n\n{second}\n{head}\nWang Fang\tMayor", visit)
    assert _parts(found) == [("host", "B"), ("delegate", "A")]
    found = read_pasted(
        desk, f"Verbale\nPresenti:\n{first}:\n- Elena Carnevali\n{second}:\n- Wang Fang\nDecisione: Avanti.", visit
    )
    assert [side for _, side in _parts(found)] == ["B", "A"]


def test_a_list_pasted_where_its_meeting_is_made_with_it_has_the_lines_that_it_has_there(desk: Desk) -> None:
    """Those that were ticked in the preview are taken by their numbers."""
    text = "Name\tPost\tOrganisation\nElena Carnevali\tMayor\tCity of Bergamo\n"
    before = plan_people(desk, text, "", {})
    there = plan_people(desk, text, records.add(desk, "meeting", {"title": Bilingual(en="Talks")}), {})
    assert before is not None
    assert there is not None
    assert [line.title for line in before.lines] == [line.title for line in there.lines]


# -- passports ------------------------------------------------------------------------------------


def test_numbers_of_passports_are_told_and_not_kept_with_the_source(desk: Desk) -> None:
    report = _taken(desk, PAPERS / "renyuan.xlsx")
    assert [text for text in report.not_placed if "PE1234567" in text] == ["张伟, 护照号: PE1234567 (not kept)"]
    (source,) = _all(desk, "source_document")
    assert "PE1234567" not in str(source)
    assert "1968年5月" in source["oddities"]


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


# -- programmes -----------------------------------------------------------------------------------


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


def test_without_a_visit_on_its_days_an_itinerary_is_refused_with_a_sentence(desk: Desk) -> None:
    _visit(desk, "2018-06-12/2018-06-14")
    with user_error("no-visit-then", match="6月12日"):
        import_office_lists(desk, PAPERS / "richeng.docx")


def test_a_programme_without_a_year_beside_a_list_of_people_is_not_left_out_without_a_word(
    desk: Desk, tmp_path: Path
) -> None:
    document = docx.Document()
    for rows in ([["Date", "Content"], ["7 June", "Arrival"]], [["Name", "Post"], ["Wang Fang", "Mayor"]]):
        table = document.add_table(rows=2, cols=2)
        for at, row in enumerate(rows):
            for n, text in enumerate(row):
                table.cell(at, n).text = text
        document.add_paragraph("")
    document.save(str(tmp_path / "both.docx"))
    with user_error("no-visit-then", match="7 June"):
        read_office_lists(desk, tmp_path / "both.docx", new_visit=True)
    visit = records.add(desk, "visit", {"title": Bilingual(en="Tour"), "dates": PartialDate("2027-06-06/2027-06-09")})
    assert len(read_office_lists(desk, tmp_path / "both.docx", visit)) == 2


def test_a_second_itinerary_that_moves_a_point_asks_and_makes_no_second_one(desk: Desk, tmp_path: Path) -> None:
    visit, head = _visit(desk), "日期;时间;内容"
    first = ("6月13日;9:00;参观规划馆", "6月13日;12:00;午餐", "6月14日;12:00;午餐", "6月14日;15:00;企业座谈")
    _taken(desk, _rows(tmp_path, "first.csv", head, *first), visit)
    planetarium = next(p.id for p in _points(desk, visit) if p.title["zh"] == "参观规划馆")
    records.edit(desk, planetarium, {"when": When(date="2019-06-13", start="09:00", tz="Asia/Shanghai")})
    second = ("6月13日;9:00;参观规划馆", "6月15日;10:30;企业座谈", "6月15日;12:00;午餐")
    report = _taken(desk, _rows(tmp_path, "second.csv", head, *second), visit)
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
    assert _taken(desk, _rows(tmp_path, "third.csv", head, *second), visit).differs == ()


def test_of_several_with_one_title_the_one_of_the_place_was_moved(desk: Desk, tmp_path: Path) -> None:
    visit, head = _visit(desk, "2026-10-12/2026-10-16"), "日期;时间;内容;地点"
    there = "10月13日;12:00;午餐;万豪酒店"
    _taken(desk, _rows(tmp_path, "first.csv", head, "10月12日;12:00;午餐;市政府餐厅", there), visit)
    path = _rows(tmp_path, "second.csv", head, there, "10月15日;12:30;午餐;市政府餐厅")
    plan = plan_list(desk, read_office_lists(desk, path, visit)[0])
    (asked,) = [line.title for line in plan.lines if line.what == "becomes a question"]
    assert asked == "Moved? “12 October 2026, 12:00” here, “15 October 2026, 12:30” in the paper."
    assert [each.field for each in _taken(desk, path, visit).differs] == ["when"]
    assert len(_points(desk, visit)) == 2


# -- mails ----------------------------------------------------------------------------------------


def test_a_sheet_of_ours_is_none(desk: Desk) -> None:
    assert import_office_lists(desk, PAPERS / "11a-liuzhou-first-source.txt") == []


def _mail(path: Path, *files: Path, text: str = "Dear colleagues,\nplease find the list attached.") -> Path:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@lodz.example", "b@zz.example", "Re: Fwd: Delegation to Liuzhou"
    mail.set_content(text)
    for file in files:
        mail.add_attachment(file.read_bytes(), maintype="application", subtype="octet-stream", filename=file.name)
    path.write_bytes(mail.as_bytes())
    return path


def test_a_list_and_an_itinerary_attached_to_an_e_mail(desk: Desk, tmp_path: Path) -> None:
    visit = _visit(desk, travelling_side="B")
    path = _mail(tmp_path / "mail.eml", PAPERS / "renyuan.xlsx", PAPERS / "richeng.docx")
    people, tour = import_document(desk, path, visit=visit)
    assert len(records.children(desk, visit)["participation"]) == 5
    assert len(records.children(desk, visit)["itinerary_item"]) == 7
    for report in (people, tour):
        assert report.accounted is not None
        assert report.accounted.nothing == ()
    assert any("please find the list attached" in text for text in people.not_placed), "nothing of the mail is lost"
    assert [each.new for each in import_office_lists(desk, path, visit=visit)] == [0, 0]
    assert import_office_lists(desk, PAPERS / "renyuan.xlsx", visit=visit)[0].new == 0, "the same as the file itself"


def test_a_damaged_file_in_an_e_mail_is_named_and_the_rest_comes_in(desk: Desk, tmp_path: Path) -> None:
    damaged = tmp_path / "broken.docx"
    damaged.write_bytes((PAPERS / "01-haikou-nice.docx").read_bytes()[:4000])
    (report,) = import_document(desk, _mail(tmp_path / "list.eml", damaged, PAPERS / "renyuan.xlsx"))
    assert len(records.listing(desk, "person")) == 5
    assert "An attached file cannot be read: broken.docx" in report.not_placed
    (paper,) = import_document(desk, _mail(tmp_path / "paper.eml", damaged, PAPERS / "01-haikou-nice.docx"))
    assert any("broken.docx, which is damaged" in odd["what"] for odd in paper.oddities)
    with pytest.raises(UserError, match=r"The file broken\.docx is damaged"):
        import_document(desk, _mail(tmp_path / "alone.eml", damaged))


def test_papers_and_lists_of_one_e_mail_all_come_in(desk: Desk, tmp_path: Path) -> None:
    names = ("renyuan.xlsx", "01-haikou-nice.docx", "05-nagpur-karlsruhe.docx")
    path = _mail(tmp_path / "all.eml", *(PAPERS / name for name in names))
    reports = import_document(desk, path)
    assert [report.file for report in reports] == ["all.eml", "05-nagpur-karlsruhe.docx", "renyuan.xlsx"]
    for report in reports:
        assert report.accounted is not None
        assert report.accounted.nothing == ()
    assert len(records.listing(desk, "ucap")) == 2
    assert [report.new for report in import_document(desk, path)] == [0, 0, 0]
