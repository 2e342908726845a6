"""Minutes, programmes and lists of Murcia, Bergamo and Poznań with Ningbo and Quanzhou, read as a colleague reads them."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from reportlab.lib import colors
from reportlab.platypus import SimpleDocTemplate, Table, TableStyle

from tests.helpers.errors import user_error
from ucapdesk.formats.lists.list_drafts import ListDrafts, ListTarget
from ucapdesk.formats.lists.list_file import ListFile, list_files, pasted_list, pasted_text
from ucapdesk.formats.lists.minutes_text import minutes_of
from ucapdesk.formats.lists.people_list import people_of
from ucapdesk.formats.lists.programmes import itinerary_of, programme_in
from ucapdesk.formats.phrases.people_in_text import people_of_line
from ucapdesk.formats.phrases.places_in_text import cities_in
from ucapdesk.formats.phrases.small_texts import in_languages
from ucapdesk.model.values import Bilingual, PartialDate, Refs
from ucapdesk.services import Desk
from ucapdesk.services.files.imports import read_office_lists, read_pasted
from ucapdesk.services.people.pasted_people import plan_people
from ucapdesk.services.records import records


def _minutes(text: str) -> ListDrafts:
    return minutes_of(pasted_text("x", text), ListTarget(), date(2027, 10, 1))


def _values(found: ListDrafts | None, kind: str) -> list[dict[str, Any]]:
    assert found is not None
    return [draft.values for draft in found.drafts if draft.kind == kind]


@pytest.mark.parametrize(
    "people",
    [
        "Participants\nItalian side:\n- Elena Carnevali (Mayor)\n- Giulia Rota\nChinese side:\n- Wang Fang (Director)\n- Zhou Min",
        "Participants\nItalian side\n- Elena Carnevali\n- Giulia Rota\nChinese side\n- Wang Fang\n- Zhou Min",
        "Presenti:\n\nParte italiana:\nElena Carnevali\nGiulia Rota\n\nParte cinese:\n- Wang Fang\n- Zhou Min",
        "参会人员\n意方\nElena Carnevali（市长）\nGiulia Rota\n中方代表：\n王芳（副市长）\n周敏",
    ],
)
def test_a_side_on_a_line_of_its_own_is_that_of_the_names_below(people: str) -> None:
    found = _minutes(f"Minutes of the meeting\nDate: 5 October 2027\n{people}\n\nDecisions:\n- We go on.")
    assert Counter(part.get("side") for part in _values(found, "participation")) == {"A": 2, "B": 2}
    assert [entry["type"] for entry in _values(found, "minute_entry")] == ["decision"]


@pytest.mark.parametrize(
    "tasks",
    [
        "Tarea: Enviar la lista\nResponsable: Carmen Ruiz\nPlazo: 15 de octubre de 2027",
        "Tareas:\n1. Enviar la lista\n   Responsable: Carmen Ruiz\n   Plazo: 15/10/2027\nNotas: Todo bien.",
        "Tarea: Enviar la lista / Responsable: Carmen Ruiz / Plazo: 15/10/2027",
        "Tarea / Responsable / Plazo\n- Enviar la lista / Carmen Ruiz / 15 de octubre de 2027",
        "Tarea | Responsable | Plazo\nEnviar la lista | Carmen Ruiz | 15/10/2027",
        "Tareas:\n- Enviar la lista – Carmen Ruiz – 15/10/2027",
        "Tareas:\n- Enviar la lista – Carmen Ruiz, 15/10/2027",
    ],
)
def test_who_does_a_task_by_when_may_stand_below_it_or_between_strokes(tasks: str) -> None:
    found = _minutes(f"Acta de la reunión de trabajo\nAsistentes: Carmen Ruiz, Li Wei\n\n{tasks}")
    (carmen,) = [draft.id for draft in found.drafts if draft.kind == "person" and "Ruiz" in str(draft.values)]
    (task,) = _values(found, "action_item")
    assert (task["text"], task["person"], task["due"]) == ({"es": "Enviar la lista"}, carmen, "2027-10-15")


def test_where_somebody_works_is_nobody_else() -> None:
    said = [f"Elina Virtanen, {house}" for house in ("Business Tampere", "City of Tampere", "Urząd Miasta")]
    assert [[name for name, *_ in people_of_line(each)] for each in said] == [[each] for each in said]
    assert len(list(people_of_line("Elina Virtanen, Jan Kowalski"))) == 2


def test_a_row_that_counts_a_group_is_nobody() -> None:
    found = people_of(pasted_list("x", "No.\tName\tPost\n1\tGroup A\t5 persons\n2\t第二组\t3人\n3\tWang Fang\tMayor"))
    assert [person["name"]["family"] for person in _values(found, "person")] == ["Wang"]


def _points(file: ListFile | None) -> list[tuple[str, str, dict[str, str]]]:
    assert file is not None
    whens = [
        (point["when"], point["title"]) for point in _values(itinerary_of(file, ListTarget("visit")), "itinerary_item")
    ]
    return [(when["date"], when.get("start", ""), title) for when, title in whens]


@pytest.mark.parametrize(
    "title",
    [
        "Programme for Thursday 3 June 2027, Poznań",
        "Programma\nBergamo, giovedì 3 giugno 2027",
        "Programa de la visita del 3 de junio de 27",
        "宁波代表团访问日程（2027年6月3日）",
        "Gentile Anna,\n\necco il programma per giovedì 3 giugno 2027:",
    ],
)
def test_hours_below_a_title_with_a_day_are_on_it(title: str) -> None:
    found = programme_in(pasted_text("x", f"{title}\n\n09:00 Welcome at City Hall\n10:30 Tram depot"))
    assert [(day, start) for day, start, _ in _points(found)] == [("2027-06-03", "09:00"), ("2027-06-03", "10:30")]


def test_a_table_of_hours_below_a_title_with_a_day_is_on_it_and_below_two_days_on_none() -> None:
    table = [["Time", "Content"], ["09:00", "Welcome"], ["10:30", "Tram depot"]]
    found = ListFile("x", "", (table,), ("Programme for Thursday 3 June 2027",))
    assert [day for day, *_ in _points(found)] == ["2027-06-03"] * 2
    for title in ("Programme for 3 June 2027, as of 10 May 2027", "Programme, 2–4 June 2027"):
        assert itinerary_of(ListFile("x", "", (table,), (title,)), ListTarget("visit")) is None


def test_a_year_in_two_figures_is_one() -> None:
    said = (
        "Programme of the visit to Bergamo\n2 June 27, 09:00 Arrival\n3 June 27 18:00 Dinner\n3 June '27, 20:00 Concert"
    )
    assert [day for day, *_ in _points(programme_in(pasted_text("x", said)))] == ["2027-06-02"] + ["2027-06-03"] * 2


DAYS = ["Wed 2 June 2027", "Thu 3 June 2027"]
POINTS = [
    ("2027-06-02", "09:00", {"en": "Welcome at City Hall"}),
    ("2027-06-02", "10:30", {"en": "Tram depot"}),
    ("2027-06-03", "09:00", {"en": "Signing of the MoU"}),
    ("2027-06-03", "18:00", {"en": "Dinner"}),
]
CELLS = ["09:00 Welcome at City Hall\n10:30 Tram depot", "09:00 Signing of the MoU\n18:00 Dinner"]


@pytest.mark.parametrize("rows", [[["Date", "Programme"], *map(list, zip(DAYS, CELLS, strict=True))], [DAYS, CELLS]])
@pytest.mark.parametrize("kind", ["pdf", "docx", "xlsx"])
def test_each_line_with_an_hour_in_the_cell_of_a_day_is_a_point(
    tmp_path: Path, rows: list[list[str]], kind: str
) -> None:
    path = tmp_path / f"tour.{kind}"
    if kind == "pdf":
        table = Table(rows, colWidths=[200, 200], style=TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black)]))
        SimpleDocTemplate(str(path)).build([table])
    elif kind == "docx":
        document = docx.Document()
        cells = document.add_table(rows=len(rows), cols=2)
        for at, row in enumerate(rows):
            for n, text in enumerate(row):
                cells.cell(at, n).text = text
        document.save(str(path))
    else:
        book = openpyxl.Workbook()
        for row in rows:
            book.worksheets[0].append(row)
        book.save(path)
    assert _points(list_files(path)[0]) == POINTS


def test_a_column_for_each_day_beside_the_hours_is_a_programme_and_what_is_in_both_is_on_both(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (["Ora", "lunedì 7 giugno 2027", "martedì 8 giugno 2027"], ["09:00", "Benvenuto"], ["12:30", "Pranzo"]):
        sheet.append(row)
    sheet.merge_cells("B3:C3")
    book.save(tmp_path / "week.xlsx")
    pasted = pasted_list("x", "Ora\t7 giugno 2027\t8 giugno 2027\n09:00\tBenvenuto\t\n12:30\tPranzo\tPranzo")
    for file in (list_files(tmp_path / "week.xlsx")[0], pasted):
        assert [(day, start) for day, start, _ in _points(file)] == [
            ("2027-06-07", "09:00"), ("2027-06-07", "12:30"), ("2027-06-08", "12:30")
        ]  # fmt: skip
    people = people_of(pasted_list("x", "Name\tPost\t7 June 2027\t8 June 2027\nWang Fang\tMayor\tyes\tno"))
    assert len(_values(people, "person")) == 1, "who comes on which day is no programme"


def test_a_programme_told_once_more_in_chinese_is_one_programme() -> None:
    english = "2 June 2027\n09:00 Welcome\nAccompanied by: Anna Nowak, Li Wei\n10:30 Tram depot\n14:00 Free"
    chinese = "6月2日\n09:00 欢迎仪式\n陪同：安娜·诺瓦克、李伟\n10:30 参观电车车库\n16:00 自由活动"
    found = programme_in(pasted_text("x", f"Programme\n{english}\n\n日程\n{chinese}"))
    assert [title for *_, title in _points(found)] == [
        {"en": "Welcome", "zh": "欢迎仪式"}, {"en": "Tram depot", "zh": "参观电车车库"}, {"en": "Free"}, {"zh": "自由活动"}
    ]  # fmt: skip
    assert found is not None
    people = _values(itinerary_of(found, ListTarget("visit")), "participation")
    assert [each["free_name"] for each in people] == [
        {"en": "Anna Nowak", "zh": "安娜·诺瓦克"},
        {"en": "Li Wei", "zh": "李伟"},
    ]


def test_a_city_in_two_scripts_has_a_name_in_each() -> None:
    for said in ("Linz林茨", "林茨Linz", "林茨 / Linz", "Linz 林茨"):
        (city,) = cities_in(said)
        assert in_languages(city.name, "en") == {"en": "Linz", "zh": "林茨"}
    found = people_of(
        pasted_list("x", "Name\tPost\tCity\nElena Carnevali\tMayor\tBergamo贝加莫\nLi Wei\tMayor\t波兹南Poznań")
    )
    assert [city["name"] for city in _values(found, "place")] == [
        {"en": "Bergamo", "zh": "贝加莫"},
        {"en": "Poznań", "zh": "波兹南"},
    ]


def _page(path: Path, *parts: Table, lines: str = "GRID") -> ListFile:
    for part in parts:
        part.setStyle(
            TableStyle([(lines, (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "BOTTOM")])
        )
        part.spaceAfter = 20
    SimpleDocTemplate(str(path)).build(list(parts))
    return list_files(path)[0]


def test_the_tables_of_a_page_have_their_own_columns_and_titles(tmp_path: Path) -> None:
    heads = ["Name", "Post", "E-mail"]
    italian = Table(
        [["Italian delegation", "", ""], heads, ["Elena Carnevali", "Mayor", "e@bergamo.example"]], [90, 60, 200]
    )
    chinese = Table(
        [["Chinese delegation", "", ""], heads, ["Wang Fang", "Director", "w@ningbo.example"]], [120, 80, 130]
    )
    file = _page(tmp_path / "list.pdf", italian, chinese)
    assert [len(row) for table in file.tables for row in table] == [3] * 6
    found = people_of(file, ListTarget("visit", "A"))
    assert [part["side"] for part in _values(found, "participation")] == ["B", "A"]


def test_what_stands_between_two_lines_across_a_page_is_of_one_row(tmp_path: Path) -> None:
    rows = [
        ["No.", "Name", "Post", "E-mail"],
        ["1", "Elena Carnevali", "Mayor", "elena@\nbergamo.example"],
        ["2", "Giulia Rota", "Officer", "giulia@\nbergamo.example"],
    ]
    found = people_of(_page(tmp_path / "list.pdf", Table(rows, [30, 120, 80, 120]), lines="LINEBELOW"))
    assert [person["email"] for person in _values(found, "person")] == [
        "elena@bergamo.example",
        "giulia@bergamo.example",
    ]


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


def test_who_sees_to_a_chinese_task_and_by_when_is_read() -> None:
    found = _minutes(
        "会议纪要\n参会人员：王芳（副市长）、欧阳建国（外办主任）\n下一步工作\n1. 欧阳建国负责提交意向书草案，2027年7月15日前完成。"
    )
    people = {draft.id: draft.values["name_han"]["given"] for draft in found.drafts if draft.kind == "person"}
    (task,) = _values(found, "action_item")
    assert (task["text"], people[task["person"]], task["due"]) == (
        {"zh": "欧阳建国负责提交意向书草案"},
        "建国",
        "2027-07-15",
    )


def test_a_sex_behind_a_chinese_name_and_polish_titles_before_one_are_no_part_of_it() -> None:
    rows = [
        "Lp.\t姓名 Name\tPost",
        "1\t吴春来（女）\t副局长",
        "2\tdr hab. Katarzyna Wójcik\tDyrektor",
        "3\tprof. Łukasz Żółć\tRektor",
    ]
    found = people_of(pasted_list("x", "\n".join(rows)))
    wu, *others = _values(found, "person")
    assert (wu["name_han"], wu["salutation"]) == ({"family": "吴", "given": "春来"}, "ms")
    assert [(each["academic_title"], each["name"]["given"]) for each in others] == [
        ("dr hab.", "Katarzyna"),
        ("prof.", "Łukasz"),
    ]
    assert found is not None
    assert found.not_placed == []


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
    assert [(part["role"], part["side"]) for part in _values(found, "participation")] == [
        ("host", "B"),
        ("delegate", "A"),
    ]
    found = read_pasted(
        desk, f"Verbale\nPresenti:\n{first}:\n- Elena Carnevali\n{second}:\n- Wang Fang\nDecisione: Avanti.", visit
    )
    assert [part["side"] for part in _values(found, "participation")] == ["B", "A"]


def test_a_list_pasted_where_its_meeting_is_made_with_it_has_the_lines_that_it_has_there(desk: Desk) -> None:
    """Those that were ticked in the preview are taken by their numbers."""
    text = "Name\tPost\tOrganisation\nElena Carnevali\tMayor\tCity of Bergamo\n"
    before = plan_people(desk, text, "", {})
    there = plan_people(desk, text, records.add(desk, "meeting", {"title": Bilingual(en="Talks")}), {})
    assert before is not None
    assert there is not None
    assert [line.title for line in before.lines] == [line.title for line in there.lines]
