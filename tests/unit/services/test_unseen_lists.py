"""Lists as other offices keep them, each with its own heads and order, come in as a colleague would record them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import openpyxl
import openpyxl.styles
import pytest

from ucapdesk.base.clock import moment
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.text.assignments import parse_assignments
from ucapdesk.model.values import Bilingual, HanName
from ucapdesk.services import Desk
from ucapdesk.services.exchange import conflicts
from ucapdesk.services.files.imports import ImportReport, import_office_lists, plan_list, read_office_lists
from ucapdesk.services.records import records

Rows = list[list[Any]]


def _visit(desk: Desk, dates: str) -> str:
    lines = ["title.en=Tour", f"dates={dates}", "travelling_side=B"]
    return records.add(desk, "visit", parse_assignments(KINDS["visit"], lines, new=True))


def _book(path: Path, **sheets: Rows) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def _taken(desk: Desk, path: Path, visit: str | None = None) -> list[ImportReport]:
    reports = import_office_lists(desk, path, visit=visit)
    assert [each.accounted.nothing for each in reports if each.accounted] == [()] * len(reports)
    assert [each.new for each in import_office_lists(desk, path, visit=visit)] == [0] * len(reports)
    return reports


def _people(desk: Desk) -> dict[str, dict[str, Any]]:
    """Return who is on record by family name, each with post and organisation as texts."""
    found = {}
    for record in records.page(desk, "person", records.listing(desk, "person")):
        person: Any = record
        posts: Any = records.children(desk, person.id)["affiliation"]
        houses = [post.organisation and records.titles(desk, [post.organisation])[post.organisation] for post in posts]
        name = person.name or person.name_han
        found[name.family] = {
            "given": name.given, "post": [dict(post.post or {}) for post in posts], "house": houses, "person": person,
        }  # fmt: skip
    return found


def test_a_title_is_that_before_the_name_where_another_column_has_the_function(desk: Desk, tmp_path: Path) -> None:
    made = docx.Document()
    made.add_heading("List of participants", 1)
    rows = [
        ["No", "Title", "First name", "Surname", "Function", "Institution", "Phone", "Special diet"],
        ["1", "Ms", "Katarzyna", "NOWAK", "Deputy Mayor", "City of Łódź", "+48 42 638 40 00", "Vegetarian"],
        ["2", "Dr", "Anna Maria", "de la Fuente", "Professor", "Aristotle University", "", ""],
    ]
    table = made.add_table(len(rows), len(rows[0]))
    for line, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(line.cells, row, strict=True):
            cell.text = text
    made.add_paragraph("Signed: Maria Kowalska, Protocol Office")
    made.save(str(tmp_path / "list.docx"))
    _taken(desk, tmp_path / "list.docx")
    people = _people(desk)
    assert set(people) == {"Nowak", "de la Fuente"}
    nowak, fuente = people["Nowak"], people["de la Fuente"]
    assert (nowak["given"], nowak["post"], nowak["house"]) == ("Katarzyna", [{"en": "Deputy Mayor"}], ["City of Łódź"])
    assert (nowak["person"].salutation, set(nowak["person"].diet)) == ("ms", {"vegetarian"})
    assert (fuente["person"].academic_title, fuente["person"].name.order) == ("Dr", None)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8"])
def test_a_form_of_address_in_brackets_is_no_part_of_the_name(desk: Desk, tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "list.txt"
    path.write_text(
        "List of visitors\t\t\nName\tJob title\tMobile number\nWANG Fang (Ms)\tDeputy Director\t+86 138 3710 1111\n"
        "Zhang Xiaoming (Mr)\tInterpreter\t\nTotal: 2\t\t\n",
        encoding=encoding,
    )
    _taken(desk, path)
    people = {name: (each["given"], each["person"].salutation) for name, each in _people(desk).items()}
    assert people == {"Wang": ("Fang", "ms"), "Zhang": ("Xiaoming", "mr")}
    assert _people(desk)["Wang"]["person"].mobile == "+86 138 3710 1111"


@pytest.mark.parametrize(
    ("said", "held"),
    [
        ("Mag. Jürgen Müller-Lüdenscheidt", ("Müller-Lüdenscheidt", "Jürgen", "Mag.", "")),
        ("Frau Dr. Anna Gößler", ("Gößler", "Anna", "Dr.", "ms")),
        ("Mr John Smith", ("Smith", "John", "", "mr")),
        ("Dña. Carmen Benítez", ("Benítez", "Carmen", "", "ms")),
        ("Dr. h.c. Ros, Eva, Ph.D.", ("Ros", "Eva", "Dr. h.c. Ph.D.", "")),
        ("F. Scott Fitzgerald", ("Fitzgerald", "F. Scott", "", "")),
    ],
)
def test_what_stands_before_a_name_is_no_part_of_it(
    desk: Desk, tmp_path: Path, said: str, held: tuple[str, ...]
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(f"Nr.;Name;Funktion;Organisation\n1;{said};Rat;Stadt Graz\n", encoding="utf-8")
    _taken(desk, path)
    person: Any = records.page(desk, "person", records.listing(desk, "person"))[0]
    assert (person.name.family, person.name.given, person.academic_title or "", person.salutation or "") == held


@pytest.mark.parametrize(
    "head", ["N.;Cognome;Nome;Ruolo;Ente", "Nº;Apellidos;Nombre;Cargo;Entidad", "No.;Surname;Name;Post;Organisation"]
)
def test_a_name_beside_a_family_name_is_the_given_one(desk: Desk, tmp_path: Path, head: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        f"{head}\n1;Szczęsna-Wróblewska;Żaneta Maria;Sindaco;Comune di Roma\n2;Rossi;Marco;;\n", encoding="utf-8"
    )
    _taken(desk, path)
    people: Any = records.page(desk, "person", records.listing(desk, "person"))
    names = {(person.name.family, person.name.given) for person in people}
    assert names == {("Szczęsna-Wróblewska", "Żaneta Maria"), ("Rossi", "Marco")}


def test_days_over_the_tables_of_a_programme_in_word(desk: Desk, tmp_path: Path) -> None:
    visit = _visit(desk, "2026-09-14/2026-09-18")
    made = docx.Document()
    made.add_heading("Programme of the delegation in Łódź", 1)
    days = {
        "Day 1 – Monday, 14 September 2026": ["9.00", "Arrival", "Airport", "Ms Nowak"],
        "Day 2 – Tuesday, 15 September 2026": ["2:00 pm", "Site visit EC1", "EC1 Łódź", ""],
    }
    for day, point in days.items():
        made.add_paragraph(day)
        table = made.add_table(2, 4)
        for line, row in zip(table.rows, (["Time", "Activity", "Place", "Accompanied by"], point), strict=True):
            for cell, text in zip(line.cells, row, strict=True):
                cell.text = text
    made.add_paragraph("Contact: Maria Kowalska")
    made.save(str(tmp_path / "tour.docx"))
    (report,) = _taken(desk, tmp_path / "tour.docx", visit)
    points: Any = records.children(desk, visit)["itinerary_item"]
    assert [(p.when.date, p.when.start, p.title["en"]) for p in points] == [
        ("2026-09-14", "09:00", "Arrival"),
        ("2026-09-15", "14:00", "Site visit EC1"),
    ]
    assert report.not_placed == ("Contact: Maria Kowalska",)


def test_groups_and_posts_of_a_city_and_roles_in_two_languages(desk: Desk, tmp_path: Path) -> None:
    visit = _visit(desk, "2026-10-12/2026-10-16")
    rows: Rows = [
        ["洛阳市参加论坛人员名单"], ["序号", "姓名", "单位职务", "手机号码", "备注"], ["一、市领导"],
        [1, "刘 洋", "洛阳市副市长", 13937900001, "团长 Head"], ["二、企业代表"],
        [2, "黄河", "洛阳一拖集团有限公司总经理", 13937900004, None], [None, "共计2人"],
    ]  # fmt: skip
    _taken(desk, _book(tmp_path / "list.xlsx", 名单=rows), visit)
    people = _people(desk)
    assert (people["刘"]["post"], people["刘"]["house"]) == ([{"zh": "洛阳市副市长"}], [None])
    assert (people["黄"]["post"], people["黄"]["house"]) == ([{"zh": "总经理"}], ["洛阳一拖集团有限公司"])
    parts: Any = records.children(desk, visit)["participation"]
    assert [part.role for part in parts] == ["head", "delegate"]


def test_chinese_and_another_language_in_columns_of_their_own_are_one_text_in_two_languages(
    desk: Desk, tmp_path: Path
) -> None:
    records.add(desk, "place", {"name": Bilingual(en="L’Hospitalet de Llobregat")})
    head = ["姓名", "Name", "职务", "Position", "单位", "Organisation", "部门", "Department", "城市", "City"]
    office = ["奥斯皮塔莱特市政府", "L'Hospitalet City Council", "对外处", "External Relations"]
    city = ["奥斯皮塔莱特", "L'Hospitalet de Llobregat"]
    rows = [
        ["努丽娅·马林", "Núria Marín", "市长", "Mayor", *office, *city],
        ["巴特巴雅尔", "Batbayar", "项目主管（AI 与数据）", "Project Officer (AI and data)", *office, *city],
    ]
    (report,) = _taken(desk, _book(tmp_path / "list.xlsx", people=[head, *rows]))
    assert report.not_placed == ()
    posts: list[Any] = [records.children(desk, id_)["affiliation"][0] for id_ in records.listing(desk, "person")]
    assert {tuple(sorted(dict(post.post).items())) for post in posts} == {
        (("en", "Mayor"), ("zh", "市长")),
        (("en", "Project Officer (AI and data)"), ("zh", "项目主管（AI 与数据）")),
    }
    (house,) = {post.organisation for post in posts}
    assert dict(records.get(desk, house).name) == {  # type: ignore[attr-defined]
        "en": "L'Hospitalet City Council, External Relations",
        "zh": "奥斯皮塔莱特市政府对外处",
    }
    assert len(records.listing(desk, "place")) == 1
    assert conflicts.conflicts(desk) == [], "another kind of apostrophe is no question"


def test_what_somebody_wrote_is_told_with_them_where_a_list_says_otherwise(desk: Desk, tmp_path: Path) -> None:
    house = records.add(desk, "organisation", {"name": Bilingual(zh="兰州市外事办公室")})
    person = records.add(desk, "person", {"name_han": HanName("王", "伟"), "email": "old@lz.example"})
    records.add(desk, "affiliation", {"owner": person, "organisation": house})
    rows = [["姓名", "单位", "邮箱"], ["王伟", "兰州市外事办公室", "new@lz.example"]]
    _taken(desk, _book(tmp_path / "list.xlsx", people=rows))
    (asked,) = conflicts.conflicts(desk)
    here, there = asked.candidates
    assert [(each.person, each.own) for each in (here, there)] == [(desk.workspace.person, True), ("list.xlsx", False)]
    assert moment(desk.history(person)[0].time) == here.time < there.time


def test_people_of_one_department_are_no_oddity(desk: Desk, tmp_path: Path) -> None:
    head = ["姓名", "单位", "部门", "职务"]
    rows = [[name, "兰州市政府", "外事办公室", "干部"] for name in ("王伟", "李芳")]
    (report,) = _taken(desk, _book(tmp_path / "list.xlsx", people=[head, *rows]))
    assert report.not_placed == ()
    both = [["姓名", "单位及职务"], ["张敏", "兰州市外事办公室主任"], ["赵强", "兰州市外事办公室副主任"]]
    (report,) = _taken(desk, _book(tmp_path / "both.xlsx", people=both))
    assert report.not_placed == ()


def test_a_programme_in_two_columns_keeps_both_languages(desk: Desk, tmp_path: Path) -> None:
    visit = _visit(desk, "2027-10-28/2027-11-03")
    head = ["日期", "时间", "活动", "Activity", "地点", "Venue"]
    row = ["10月29日", "09:00-10:30", "参观AI产业园", "Visit of the AI park", "产业园一号厅", "Hall 1"]
    _taken(desk, _book(tmp_path / "plan.xlsx", plan=[head, row]), visit)
    (item,) = records.children(desk, visit)["itinerary_item"]
    assert dict(item.title) == {"en": "Visit of the AI park", "zh": "参观AI产业园"}  # type: ignore[attr-defined]
    assert dict(item.address) == {"en": "Hall 1", "zh": "产业园一号厅"}  # type: ignore[attr-defined]


def test_people_and_itinerary_in_one_workbook_both_come_in(desk: Desk, tmp_path: Path) -> None:
    visit = _visit(desk, "2026-10-12/2026-10-16")
    people: Rows = [["姓名", "单位", "职务"], ["马丽", "新乡市外事办", "科长"]]
    tour: Rows = [["日期", "时间", "内容"], ["10月12日", "09:00", "座谈会"], ["10月13日", "10:00", "参观企业"]]
    _taken(desk, _book(tmp_path / "both.xlsx", 名单=people, 日程=tour), visit)
    assert len(records.children(desk, visit)["itinerary_item"]) == 2
    assert set(_people(desk)) == {"马"}


def test_a_list_in_spanish_without_forms_of_address_ends_before_who_signed_it(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "es.csv").write_text(
        "Nº;Nombre y apellidos;Cargo;Entidad\n1;María José García López;Concejala;Ayuntamiento de Sevilla\n"
        ";Firmado: La Jefa de Protocolo;;\n",
        encoding="cp1252",
    )
    _taken(desk, tmp_path / "es.csv")
    ((family, person),) = _people(desk).items()
    assert (family, person["given"], person["post"]) == ("García López", "María José", [{"es": "Concejala"}])


def test_whoever_has_a_name_of_one_word_is_read_and_a_sum_below_is_none(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "darkhan.csv").write_text(
        "Name;Position;Organisation;E-mail\nBatbayar;Deputy Governor;Darkhan-Uul Aimag;batbayar@darkhan.gov.mn\n"
        "Бат-Эрдэнэ;;Darkhan Power Plant;\n买买提依明江;处长;新疆大学;\nTBC;Interpreter;Darkhan-Uul Aimag;\nTotal;3;;\n",
        encoding="utf-8",
    )
    (report,) = _taken(desk, tmp_path / "darkhan.csv")
    made = records.titles(desk, records.listing(desk, "person"))
    assert set(made.values()) == {"Batbayar", "Бат-Эрдэнэ", "买买提依明江"}
    assert report.not_placed == ("TBC Interpreter Darkhan-Uul Aimag", "Total 3")


def test_a_diet_beside_an_allergy_is_read_as_one(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "cn.csv").write_text(
        "姓名;单位;饮食\n马力;发改委;清真，坚果过敏\n王华;外办;海鲜过敏、不吃辣\n李明;港务局;素食\n", encoding="utf-8"
    )
    _taken(desk, tmp_path / "cn.csv")
    people = {family: each["person"] for family, each in _people(desk).items()}
    told = {family: (list(each.diet or ()), each.allergies) for family, each in people.items()}
    assert told == {"马": (["halal"], "坚果过敏"), "王": ([], "海鲜过敏、不吃辣"), "李": (["vegetarian"], None)}


def test_an_allergy_in_two_columns_is_one_line(desk: Desk, tmp_path: Path) -> None:
    rows = [["姓名", "单位", "饮食", "Diet"], ["李芳", "兰州市政府", "坚果过敏", "Nut allergy"]]
    _taken(desk, _book(tmp_path / "list.xlsx", people=rows))
    (person,) = records.page(desk, "person", records.listing(desk, "person"))
    assert person.allergies == "坚果过敏 / Nut allergy"  # type: ignore[attr-defined]


def test_lists_in_spanish_and_german_keep_their_language(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "es.csv").write_text(
        "Nº;Tratamiento;Nombre y apellidos;Cargo;Entidad\n1;Señora;María José García López;Concejala;Ayuntamiento de Sevilla\n"
        ";;Firmado: La Jefa de Protocolo;;\n",
        encoding="cp1252",
    )
    rows: Rows = [
        ["Lfd. Nr.", "Anrede", "Nachname", "Vorname", "Funktion", "Institution", "E-Mail"],
        [1, "Herr Dr.", "Müller", "Jörg", "Referent", "Stadt Mannheim", "joerg@mannheim.de"],
        ["Stand: 1.9.2026"],
    ]
    _taken(desk, tmp_path / "es.csv")
    _taken(desk, _book(tmp_path / "de.xlsx", Teilnehmer=rows))
    people = _people(desk)
    garcia = people["García López"]
    assert (garcia["given"], garcia["post"]) == ("María José", [{"es": "Concejala"}])
    assert garcia["person"].salutation == "ms"
    muller = people["Müller"]
    assert (muller["post"], muller["person"].salutation) == ([{"de": "Referent"}], "mr")
    assert muller["person"].academic_title == "Dr."


def test_of_several_with_one_title_the_one_of_the_place_was_moved(desk: Desk, tmp_path: Path) -> None:
    visit = _visit(desk, "2026-10-12/2026-10-16")
    head = ["日期", "时间", "内容", "地点"]
    first: Rows = [head, ["10月12日", "12:00", "午餐", "市政府餐厅"], ["10月13日", "12:00", "午餐", "万豪酒店"]]
    second: Rows = [head, ["10月13日", "12:00", "午餐", "万豪酒店"], ["10月15日", "12:30", "午餐", "市政府餐厅"]]
    _taken(desk, _book(tmp_path / "first.xlsx", 日程=first), visit)
    path = _book(tmp_path / "second.xlsx", 日程=second)
    plan = plan_list(desk, read_office_lists(desk, path, visit)[0])
    (asked,) = [line.title for line in plan.lines if line.what == "becomes a question"]
    assert asked == "Moved? “12 October 2026, 12:00” here, “15 October 2026, 12:30” in the paper."
    (report,) = import_office_lists(desk, path, visit=visit)
    assert len(records.children(desk, visit)["itinerary_item"]) == 2
    assert [each.field for each in report.differs] == ["when"]


@pytest.mark.parametrize(
    ("titles", "travelling"),
    [
        (("中方出席人员：", "匈方出席人员："), "A"),
        (("中方名单", "意方陪同人员"), "B"),
        (("Chinese delegation", "Hungarian side"), "A"),
        (("接待方陪同人员", "访问代表团名单"), "B"),
    ],
)
def test_lists_of_both_sides_tell_whose_people_they_are(
    desk: Desk, tmp_path: Path, titles: tuple[str, str], travelling: str
) -> None:
    visit = _visit(desk, "2027-09-06/2027-09-09")
    records.edit(desk, visit, {"travelling_side": travelling})
    made = docx.Document()
    made.add_heading("会见名单", 1)
    made.add_paragraph("2027年9月7日")
    for title, name in zip(titles, ("于建国", "Anna Nowak"), strict=True):
        made.add_paragraph(title)
        table = made.add_table(rows=2, cols=2)
        for cell, text in zip(
            (*table.rows[0].cells, *table.rows[1].cells), ("姓名", "职务", name, "市长"), strict=True
        ):
            cell.text = text
    made.save(str(tmp_path / "both.docx"))
    _taken(desk, tmp_path / "both.docx", visit)
    parts: Any = records.children(desk, visit)["participation"]
    roles = {"A": "delegate", "B": "host"} if travelling == "A" else {"A": "host", "B": "delegate"}
    assert [(part.side, part.role) for part in parts] == [("A", roles["A"]), ("B", roles["B"])]


def test_a_line_between_the_rows_tells_whose_people_follow(desk: Desk, tmp_path: Path) -> None:
    visit = _visit(desk, "2027-09-06/2027-09-09")
    rows: Rows = [["姓名", "职务"], ["中方", None], ["于建国", "副市长"], ["匈方：", None], ["Anna Nowak", "市长"]]
    _taken(desk, _book(tmp_path / "both.xlsx", 名单=rows), visit)
    parts: Any = records.children(desk, visit)["participation"]
    assert [(part.side, part.role) for part in parts] == [("A", "host"), ("B", "delegate")]


def test_an_interpreter_who_stands_under_both_sides_is_one_person_and_told(desk: Desk, tmp_path: Path) -> None:
    visit = _visit(desk, "2027-09-06/2027-09-09")
    interpreter = ["Anna Kiss", "翻译 Interpreter"]
    rows: Rows = [
        ["姓名", "职务"],
        ["匈方", None],
        ["László Papp", "市长"],
        interpreter,
        ["中方", None],
        interpreter,
        ["王芳", "主任"],
    ]
    (report,) = _taken(desk, _book(tmp_path / "both.xlsx", 名单=rows), visit)
    parts: Any = records.children(desk, visit)["participation"]
    assert [(part.side, part.role) for part in parts] == [("B", "delegate"), ("B", "interpreter"), ("A", "host")]
    assert "Anna Kiss 翻译 Interpreter" in report.not_placed


def test_remarks_in_two_columns_are_a_note_in_two_languages(desk: Desk, tmp_path: Path) -> None:
    rows = [["姓名", "单位", "备注", "Remarks"], ["李芳", "兰州市政府", "会说德语", "speaks German"]]
    _taken(desk, _book(tmp_path / "list.xlsx", people=rows))
    assert dict(_people(desk)["李"]["person"].notes) == {"zh": "会说德语", "en": "speaks German"}


def test_a_title_in_a_column_of_its_own_is_an_academic_one(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Anrede;Titel;Vorname;Nachname;Funktion\nHerr;Dr.;Jürgen;Müller;Amtsleiter\n", encoding="cp1252")
    _taken(desk, file)
    person = _people(desk)["Müller"]["person"]
    assert (person.salutation, person.academic_title) == ("mr", "Dr.")


def test_numbers_of_passports_of_who_does_not_come_in_stay_out_of_the_source_too(desk: Desk, tmp_path: Path) -> None:
    head: Rows = [["姓名", "单位", "职务", "护照号"]]
    rows = [
        ["于建国", "市政府", "副市长", "PE1234567"],
        ["待定", "高新区", "局长", "SE0456790"],
        ["单雪", "高新区", "科长", "C01X00T47"],
        ["John Smith", "City Council", "Officer", "512345678"],
    ]
    file = _book(tmp_path / "list.xlsx", 名单=[*head, *rows], 旧=[*head, ["李明", "旧单位", "主任", "E98765432"]])
    book = openpyxl.load_workbook(file)
    for cell in (*book["名单"][4], *book["名单"][5]):
        cell.font = openpyxl.styles.Font(strike=True)
    book["名单"].row_dimensions[5].hidden = True
    book["旧"].sheet_state = "hidden"
    book.save(file)
    (report,) = _taken(desk, file)
    numbers = ("PE1234567", "SE0456790", "C01X00T47", "512345678", "E98765432")
    assert set(_people(desk)) == {"于"}, "who is to be named later is nobody yet"
    assert {text.split(": ")[-1] for text in report.not_placed if text.endswith("(not kept)")} == {
        f"{number} (not kept)" for number in numbers
    }
    (source,) = records.page(desk, "source_document", records.listing(desk, "source_document"))
    assert not any(number in f"{source.rows} {source.oddities}" for number in numbers)  # type: ignore[attr-defined]


def test_the_end_of_a_passport_of_nobody_yet_stays_out_of_the_source(desk: Desk, tmp_path: Path) -> None:
    rows = [["姓名", "单位", "护照号", "有效期"], ["于建国", "市政府", "PE1234567", "2031-04-02"],
            ["待定", "高新区", "se 045 6790", "2030-05-06"]]  # fmt: skip
    (report,) = _taken(desk, _book(tmp_path / "list.xlsx", people=rows))
    assert {"待定 高新区", "2030-05-06 (not kept)", "se 045 6790 (not kept)"} <= set(report.not_placed)
    (source,) = records.page(desk, "source_document", records.listing(desk, "source_document"))
    told = f"{source.rows} {source.oddities}"  # type: ignore[attr-defined]
    assert not any(secret in told for secret in ("2030-05-06", "se 045 6790"))


def test_people_crossed_out_in_a_hidden_row_or_on_a_hidden_sheet_are_told_and_do_not_come_in(
    desk: Desk, tmp_path: Path
) -> None:
    head: Rows = [["姓名", "单位", "职务"]]
    file = _book(
        tmp_path / "list.xlsx",
        名单=[
            *head,
            ["于建国", "市政府", "副市长"],
            ["单雪", "高新区", "局长"],
            ["张伟", "市政府", "科长"],
            ["王芳", "市政府", "科员"],
        ],
        旧=[*head, ["李明", "旧单位", "主任"]],
    )
    book = openpyxl.load_workbook(file)
    for cell in book["名单"][3]:
        cell.font = openpyxl.styles.Font(strike=True)
    book["名单"].row_dimensions[5].hidden = True
    book["旧"].sheet_state = "hidden"
    book.save(file)
    (report,) = _taken(desk, file)
    assert set(_people(desk)) == {"于", "张"}
    assert {"单雪 高新区 局长", "王芳 市政府 科员", "李明 旧单位 主任"} <= set(report.not_placed)
