"""Mails, minutes, programmes and lists of Linz, Tampere and Valencia, read as a colleague reads them."""

from __future__ import annotations

from datetime import date
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from reportlab.pdfgen.canvas import Canvas

from ucapdesk.formats.lists.list_drafts import ListDrafts, ListTarget
from ucapdesk.formats.lists.list_file import list_files, pasted_list, pasted_text
from ucapdesk.formats.lists.minutes_text import is_minutes, minutes_of
from ucapdesk.formats.lists.people_list import people_of
from ucapdesk.formats.lists.programmes import is_itinerary, itinerary_of, programme_in
from ucapdesk.formats.phrases.people_in_text import role_of_remark
from ucapdesk.formats.phrases.places_in_text import cities_in
from ucapdesk.formats.phrases.small_texts import in_languages
from ucapdesk.model.dates.hours import hours_said

TAMPERE = """Dear Ms Sun,

Monday 14 June
13.35 Arrival at Helsinki-Vantaa (AY88)
19.00-21.00 Welcome dinner, host: Deputy Mayor Aleksi Jäntti (Tiiliholvi)
    Participants: Anna Nowak, Mayor; all delegates

Tuesday 15 June
9.00 - 10.15 Meeting with Mayor Kalervo Kummola, City Hall
10.30–12 Workshop "Light rail and housing" @ Tampere Tramway Depot
   Chair: Päivi Laine
12.15 Lunch (vegetarian for two)

Best regards
Päivi Laine

On 27 May 2027 at 08:02 Sun Lihua <sun.lihua@changzhou.gov.cn> wrote:
> Monday 14 June
> 18.00 Dinner
"""
LINZ = """Protokoll der Arbeitssitzung Linz–Chengdu
Datum: 5. Oktober 2027, 14:00–16:30 Uhr
Anwesend: Dietmar Prammer (Bürgermeister, Stadt Linz), Theresa Hofer-Lang; für Chengdu: Huang Min (Direktorin)
Entschuldigt: Anna Gruber (Dienstreise), Jan Lehner (Direktor)
Protokoll: Theresa Hofer-Lang

TOP 2 Beschlüsse
Beschluss: Die Städte führen 2028 eine gemeinsame Ausstellung durch.
TOP 3 Kultur
- Das Kunstviertel wächst.
"""


def _programme(text: str) -> ListDrafts:
    tour = programme_in(pasted_text("x", text))
    assert tour is not None
    found = itinerary_of(tour, ListTarget("visit", "A", ("2027-06-14", "2027-06-17")))
    assert found is not None
    return found


def _points(found: ListDrafts, lang: str) -> list[tuple[str, str, str]]:
    points = [draft.values for draft in found.drafts if draft.kind == "itinerary_item"]
    return [(each["when"]["date"][8:], each["when"].get("start", ""), each["title"][lang]) for each in points]


def test_a_programme_in_a_mail_that_answers_another_is_no_minutes() -> None:
    """Someone chairs a workshop, and the marks of what is answered are no actions."""
    assert not is_minutes(pasted_text("x", TAMPERE))
    assert _points(_programme(TAMPERE), "en")[2:] == [
        ("15", "09:00", "Meeting with Mayor Kalervo Kummola, City Hall"),
        ("15", "10:30", 'Workshop "Light rail and housing" Chair: Päivi Laine'),
        ("15", "12:15", "Lunch (vegetarian for two)"),
    ]
    people = [draft.values for draft in _programme(TAMPERE).drafts if draft.kind == "participation"]
    assert [(each["free_name"]["en"], each.get("role")) for each in people] == [
        ("Deputy Mayor Aleksi Jäntti (Tiiliholvi)", "host"), ("Anna Nowak, Mayor", None), ("all delegates", None)
    ]  # fmt: skip


def test_a_day_with_words_and_an_hour_behind_it_is_the_day_and_leave_in_two_letters_no_point() -> None:
    said = "Mo 14.6.\n14h Ankunft Linz\nDi 15.6.\nvoestalpine\nnachmittag frei\nDo 17.6. Abreise 10:05\n\nlg theresa"
    found = _programme(said)
    assert _points(found, "en") == [
        ("14", "14:00", "Ankunft Linz"),
        ("15", "", "voestalpine"),
        ("15", "", "nachmittag frei"),
    ]
    assert [str(each) for each in found.not_placed] == ["2027-06-17: Abreise 10:05", "lg theresa"]


def test_columns_of_a_programme_on_a_page_are_read_one_after_the_other(tmp_path: Path) -> None:
    page = Canvas(str(tmp_path / "tour.pdf"), pagesize=(595, 842))
    page.drawString(50, 790, "Visit of Tampere")
    left = ["Monday, 14 June", "09:30 Arrival (MU218)", "15:00 Meeting with the Vice Mayor", "Venue: City Hall"]
    right = ["Tuesday, 15 June", "08:30 Departure by coach", "12:30 Lunch", "14:30 Terracotta Army"]
    for at, (one, other) in enumerate(zip(left, right, strict=True)):
        page.drawString(50, 750 - at * 18, one)
        page.drawString(320, 750 - at * 18, other)
    page.save()
    (file,) = list_files(tmp_path / "tour.pdf")
    assert _points(_programme("\n".join(file.lines)), "en") == [
        ("14", "09:30", "Arrival (MU218)"),
        ("14", "15:00", "Meeting with the Vice Mayor"),
        ("15", "08:30", "Departure by coach"),
        ("15", "12:30", "Lunch"),
        ("15", "14:30", "Terracotta Army"),
    ]


def test_hours_beside_their_days_on_a_page_stay_on_them(tmp_path: Path) -> None:
    page = Canvas(str(tmp_path / "tour.pdf"), pagesize=(595, 842))
    rows = [("Monday 14 June", "09:00 Arrival"), ("", "10:00 Talks"), ("Tuesday 15 June", "08:00 Departure")]
    for at, (day, point) in enumerate(rows):
        page.drawString(50, 750 - at * 18, day)
        page.drawString(220, 750 - at * 18, point)
    page.save()
    (file,) = list_files(tmp_path / "tour.pdf")
    assert _points(_programme("\n".join(file.lines)), "en") == [
        ("14", "09:00", "Arrival"), ("14", "10:00", "Talks"), ("15", "08:00", "Departure")
    ]  # fmt: skip


def _there(found: ListDrafts) -> dict[str, dict[str, Any]]:
    people = {draft.id: draft.values for draft in found.drafts if draft.kind == "person"}
    parts = [draft.values for draft in found.drafts if draft.kind == "participation"]
    named = {id_: values.get("name_han") or values["name"] for id_, values in people.items()}
    return {named[part["person"]]["family"]: part for part in parts}


def test_minutes_tell_who_keeps_them_who_is_excused_and_why_and_what_each_topic_says() -> None:
    found = minutes_of(pasted_text("x", LINZ), ListTarget(), date(2027, 10, 1))
    there = _there(found)
    assert {name: part["attendance"] for name, part in there.items()} == {
        "Hofer-Lang": "attended", "Gruber": "excused", "Lehner": "excused", "Prammer": "attended", "Huang": "attended",
    }  # fmt: skip
    assert there["Hofer-Lang"]["role"] == "note_taker"
    posts = [draft.values["post"]["de"] for draft in found.drafts if draft.kind == "affiliation"]
    assert sorted(posts) == ["Bürgermeister", "Direktor", "Direktorin"], "a journey is no post"
    entries = [(draft.values["type"], draft.values["text"]["de"]) for draft in found.drafts if "type" in draft.values]
    assert entries == [
        ("decision", "Die Städte führen 2028 eine gemeinsame Ausstellung durch."),
        ("discussion", "TOP 3 Kultur"),
        ("discussion", "Das Kunstviertel wächst."),
    ]
    assert [str(each) for each in found.not_placed] == ["für Chengdu", "Dienstreise"]
    assert found.accounted.nothing == ()


def test_who_chairs_and_who_keeps_minutes_stand_on_the_side_that_the_list_names() -> None:
    said = "会议纪要\n主持人：马鲜玉副市长\n参会人员：中方：马鲜玉（副市长）、王芳（翻译）；西方：Paula Llobet，旅游局局长\n记录人：王芳\n决定：继续合作。"
    there = _there(minutes_of(pasted_text("x", said), ListTarget(), date(2027, 10, 1)))
    assert {name: (part.get("role"), part["side"]) for name, part in there.items()} == {
        "马": ("moderator", "A"), "王": ("note_taker", "A"), "Llobet": (None, "B"),
    }  # fmt: skip


def test_columns_of_a_day_each_lose_no_cell_beside_them_and_days_of_a_sentence_are_none(tmp_path: Path) -> None:
    table, letter = tmp_path / "tour.csv", tmp_path / "letter.txt"
    table.write_text(
        "Time;Monday 14 June 2027;Tuesday 15 June 2027;\n09:00;Arrival;Port;bring boots\n10:00;Lunch;;\n", "utf-8"
    )
    found = itinerary_of(list_files(table)[0], ListTarget("visit", "A", ("2027-06-14", "2027-06-17")))
    assert found is not None
    assert _points(found, "en") == [("14", "09:00", "Arrival"), ("14", "10:00", "Lunch"), ("15", "09:00", "Port")]
    assert [str(each) for each in found.not_placed] == ["bring boots"]
    letter.write_text(
        "Dear all,\n\nMonday 14 June 2027, Tuesday 15 June 2027\nwe come, and we go\nBest regards", "utf-8"
    )
    assert not is_itinerary(list_files(letter)[0])


def test_a_city_before_those_at_a_point_says_their_side() -> None:
    row = "2027年10月4日\t09:00\t会见\t厦门方：林晓峰、陈佳怡；奥尔堡方：Lasse Frimand"
    target = ListTarget("visit", "A", ("2027-10-01", "2027-10-09"), cities={"厦门": "A", "奥尔堡": "B"})
    found = itinerary_of(pasted_list("x", f"日期\t时间\t内容\t参加人员\n{row}"), target)
    assert found is not None
    assert [draft.values.get("side") for draft in found.drafts if draft.kind == "participation"] == ["A", "A", "B"]


def test_a_table_in_a_mail_is_read_though_its_page_has_no_head(tmp_path: Path) -> None:
    mail, path = EmailMessage(), tmp_path / "list.eml"
    mail["From"], mail["To"], mail["Subject"] = "a@b.example", "c@d.example", "List"
    mail.set_content("Name Position\nXu Liang Director")
    page = '<div dir="ltr"><table><tr><th>Name</th><th>Position</th></tr><tr><td>Xu Liang</td><td>Director</td></tr></table></div>'
    mail.add_alternative(page, subtype="html")
    path.write_bytes(mail.as_bytes())
    assert [file.tables for file in list_files(path) if file.tables] == [
        ([["Name", "Position"], ["Xu Liang", "Director"]],)
    ]


@pytest.mark.parametrize(
    "said",
    [
        "Ata da reunião\nData: 14/10/2027\nLocal: Porto\nPresentes: Filipa Araújo, Rui Sá\nAssuntos tratados\n1. Água\n"
        "Ações\nAção\tResponsável\tPrazo\nEnviar relatório\tRui Sá\t30/11/2027",
        "Compte rendu de la réunion\nDate : 14/10/2027\nLieu : Porto\nPrésents : Filipa Araújo, Rui Sá\nOrdre du jour\n1. Eau\n"
        "Décisions\n- Échanger chaque année.\nActions\nTâche\tQui\tÉchéance\nEnvoyer le rapport\tRui Sá\t30/11/2027",
        "Protokół ze spotkania\nData: 14/10/2027\nMiejsce: Porto\nObecni: Filipa Araújo, Rui Sá\nPorządek obrad\n1. Woda\n"
        "Ustalenia\n- Wymiana co rok.\nZadania\nZadanie\tOdpowiedzialny\tTermin\nWysłać raport\tRui Sá\t30/11/2027",
    ],
    ids=["pt", "fr", "pl"],
)
def test_minutes_in_other_languages_are_read(said: str) -> None:
    title_and_day = "\n".join(said.split("\n")[:2])
    assert is_minutes(pasted_text("x", title_and_day)), "the title alone says so"
    found = minutes_of(pasted_text("x", said), ListTarget(), date(2027, 10, 1))
    assert sorted(_there(found)) == ["Araújo", "Sá"]
    assert [draft.values["places_print"] for draft in found.drafts if draft.kind == "meeting"] == ["Porto"]
    assert [draft.values["when"]["date"] for draft in found.drafts if draft.kind == "meeting"] == ["2027-10-14"]
    assert [draft.values["due"] for draft in found.drafts if draft.kind == "action_item"] == ["2027-11-30"]
    assert found.not_placed == []


@pytest.mark.parametrize("head", ["出席：\n", ""])
def test_a_city_before_its_people_says_their_side_also_without_a_head_above(head: str) -> None:
    said = (
        f"会议纪要\n时间：2027年9月9日10:00\n{head}厦门方：林晓峰（厦门市外办主任）、陈佳怡\nKraków: dr hab. Jerzy Counsell (Deputy Mayor), Anna Zielińska\n"
        "一、智慧交通\n双方同意。\n后续工作：\n1. 陈佳怡负责提交论坛方案，9月底前完成。"
    )
    found = minutes_of(pasted_text("x", said), ListTarget(cities={"厦门": "A", "krakow": "B"}), date(2027, 10, 1))
    sides = {name: part["side"] for name, part in _there(found).items()}
    assert sides == {"林": "A", "陈": "A", "Counsell": "B", "Zielińska": "B"}
    whens = [draft.values["when"] for draft in found.drafts if draft.kind == "meeting"]
    assert whens == [{"date": "2027-09-09", "start": "10:00"}]
    assert [bool(draft.values.get("person")) for draft in found.drafts if draft.kind == "action_item"] == [True]
    assert found.not_placed == []


@pytest.mark.parametrize("family", ["Nachname", "Name"])
def test_a_title_before_a_given_name_is_none_of_it_and_a_remark_is_told(tmp_path: Path, family: str) -> None:
    book = openpyxl.Workbook()
    rows: list[list[Any]] = [
        ["Nr.", family, "Vorname", "Funktion", "E-Mail", "Anmerkung"],
        [1, "PRAMMER", "Dietmar", "Bürgermeister", "d@linz.example", "Delegationsleiter"],
        [2, "Hofer-Lang", "Mag.a Theresa", "Leiterin", "t@linz.example", "kommt erst am 6.10."],
        [3, "Gruber", "Frau Eva", "Referentin", "e@linz.example", None],
        [4, "Dr. Huber", "Max", "Referent", "m@linz.example", None],
    ]
    for row in rows:
        book.worksheets[0].append(row)
    book.save(tmp_path / "list.xlsx")
    (file,) = list_files(tmp_path / "list.xlsx")
    found = people_of(file, ListTarget("visit", "B"))
    assert found is not None
    told = [
        (draft.values["name"]["given"], draft.values.get("academic_title"))
        for draft in found.drafts
        if draft.kind == "person"
    ]
    assert told == [("Dietmar", None), ("Theresa", "Mag.a"), ("Eva", None), ("Max", "Dr.")]
    assert found.not_placed == []
    there = _there(found)
    assert there["Prammer"]["role"] == "head"
    assert there["Hofer-Lang"]["remarks"] == {"de": "kommt erst am 6.10."}


@pytest.mark.parametrize(
    ("said", "hours"),
    [
        ("8:30出发", ("08:30", "", "8:30出发")),
        ("12:00 h - 13:30 h", ("12:00", "13:30", "")),
        ("约10:00", ("10:00", "", "约10:00")),
        ("上午约9:00", ("09:00", "", "上午约9:00")),
        ("CA846", ("", "", "CA846")),
        ("ab 9 Uhr", ("09:00", "", "")),
    ],
)
def test_words_around_hours(said: str, hours: tuple[str, str, str]) -> None:
    assert hours_said(said) == hours


@pytest.mark.parametrize(
    "rows",
    [
        "From\tTo\tActivity\n14.6.2027 9:00\t14.6.2027 10:00\tTalks",
        "Date\tFrom\tTo\tActivity\n14 June 2027\t9:00 CET\t10:00 CET\tTalks",
    ],
)
def test_columns_from_and_to_hold_hours_that_have_more_beside_them(rows: str) -> None:
    found = itinerary_of(pasted_list("x", rows), ListTarget("visit"))
    assert found is not None
    (point,) = [draft.values for draft in found.drafts if draft.kind == "itinerary_item"]
    assert (point["title"], point["when"]["date"]) == ({"en": "Talks"}, "2027-06-14")
    assert "10:00" in point["internal_note"]["en"]


def test_a_name_written_into_chinese_is_a_part_of_it() -> None:
    assert in_languages("Tiiliholvi餐厅", "en") == {"zh": "Tiiliholvi餐厅"}
    assert in_languages("Town Hall市政厅", "en") == {"en": "Town Hall", "zh": "市政厅"}


def test_the_province_behind_a_city_is_no_part_of_its_name() -> None:
    names = ["Changzhou (Jiangsu Province)", "常州（江苏省）", "Lyon (Métropole)"]
    assert [city.name for name in names for city in cities_in(name)] == ["Changzhou", "常州", "Lyon (Métropole)"]
    (huzhou,) = cities_in("Huzhou (incl. Anji County, Deqing County)")
    assert huzhou.included == ("Anji County", "Deqing County")


ACTA = """ACTA DE LA REUNIÓN
Asistentes:
Por Valencia:
- María José Catalá, alcaldesa
Por Xi'an:
- Ma Xianyu, vicealcaldesa
- Liu Qiang, director de la Oficina de Asuntos Exteriores, +86 29 8676 0000
Excusan su asistencia: Jordi Peris
Orden del día:
15:00 Revisión de la cooperación
2. Ruegos y preguntas
Tareas:
- Enviar la lista (Liu Qiang, antes del 15 de octubre de 2027)
Próxima reunión: diciembre de 2027
Se levanta la sesión a las 17:00 horas.
"""


def test_words_in_small_letters_and_numbers_behind_a_name_and_heads_above_some_are_nobody() -> None:
    found = minutes_of(pasted_text("x", ACTA), ListTarget(), date(2027, 10, 1))
    assert sorted(_there(found)) == ["Catalá", "Liu", "Ma", "Peris"]
    assert not [draft for draft in found.drafts if "free_name" in draft.values]
    posts = [draft.values["post"]["es"] for draft in found.drafts if draft.kind == "affiliation"]
    assert posts == ["alcaldesa", "vicealcaldesa", "director de la Oficina de Asuntos Exteriores"]
    assert [draft.values["due"] for draft in found.drafts if draft.kind == "action_item"] == ["2027-10-15"]
    agenda = [draft.values for draft in found.drafts if draft.kind == "agenda_item"]
    assert [(each.get("starts"), each["title"]["es"]) for each in agenda] == [
        ("15:00", "Revisión de la cooperación"), (None, "Ruegos y preguntas")
    ]  # fmt: skip
    assert found.accounted.nothing == ()


def test_a_label_in_two_languages_says_one_thing_in_both() -> None:
    said = "Minutes\n决定 Decision: 继续合作\nAction 王刚: Send the list\nOpen"
    found = minutes_of(pasted_text("x", said), ListTarget(), date(2027, 10, 1))
    entries = [(draft.values["type"], draft.values["text"]) for draft in found.drafts if draft.kind == "minute_entry"]
    assert entries == [("decision", {"zh": "继续合作"}), ("discussion", {"en": "Action 王刚: Send the list"})]


@pytest.mark.parametrize(
    ("both", "house", "post"),
    [
        ("四川大学艺术学院院长，教授", "四川大学艺术学院", "院长，教授"),
        ("市发改委外资处处长、一级调研员", "市发改委外资处", "处长、一级调研员"),
        ("市政府副秘书长、外办主任", "市政府", "副秘书长、外办主任"),
        ("市委常委、副市长", "市委", "常委、副市长"),
        ("合肥市外办三级主任科员（翻译）", "合肥市外办", "三级主任科员（翻译）"),
        ("成都市人民政府外事办公室，副主任", "成都市人民政府外事办公室", "副主任"),
        ("成都某某文化传播有限公司董事长", "成都某某文化传播有限公司", "董事长"),
    ],
)
def test_the_house_of_a_cell_ends_where_the_post_begins(both: str, house: str, post: str) -> None:
    found = people_of(pasted_list("x", f"姓名\t性别\t单位及职务\n李军\t男\t{both}"))
    assert found is not None
    said = {draft.kind: draft.values for draft in found.drafts}
    assert (said["organisation"]["name"]["zh"], said["affiliation"]["post"]["zh"]) == (house, post)


@pytest.mark.parametrize("post", ["项目经理", "政协主席", "副巡视员"])
def test_a_post_alone_in_a_cell_for_both_is_no_house(post: str) -> None:
    found = people_of(pasted_list("x", f"姓名\t性别\t单位及职务\n李军\t男\t{post}"))
    assert found is not None
    assert [draft.values["post"]["zh"] for draft in found.drafts if draft.kind == "affiliation"] == [post]
    assert not [draft for draft in found.drafts if draft.kind == "organisation"]


def test_a_firm_named_as_somebody_is_a_house() -> None:
    found = people_of(pasted_list("x", "姓名\t性别\t单位及职务\n李军\t男\tDr. Oetker GmbH"))
    assert found is not None
    assert [draft.values["name"] for draft in found.drafts if draft.kind == "organisation"] == [
        {"en": "Dr. Oetker GmbH"}
    ]


def test_a_house_in_brackets_is_no_post_and_two_who_do_something_are_not_one() -> None:
    said = (
        "Minutes\nAttendees: Sun Lihua (FAO), Jukka Salminen (City of Tampere), jukka@tampere.example, Zhou Jianguo (Deputy Mayor, Changzhou)\n\n"
        "Action\tResponsible\tDeadline\nSend the drawings\tSun Lihua\t30 June 2027\n"
        "Draft the plan\tJukka Salminen / Sun Lihua\t\nBook rooms\tFAO\t\n"
    )
    found = minutes_of(pasted_text("x", said), ListTarget(), date(2027, 6, 1))
    houses = [draft.values["name"]["en"] for draft in found.drafts if draft.kind == "organisation"]
    posts = [draft.values["post"]["en"] for draft in found.drafts if "post" in draft.values]
    assert (houses, posts) == (["FAO", "City of Tampere", "Changzhou"], ["Deputy Mayor"])
    assert sorted(_there(found)) == ["Salminen", "Sun", "Zhou"]
    assert len([draft for draft in found.drafts if draft.kind == "person"]) == 3
    assert [str(each) for each in found.not_placed] == ["Draft the plan: Jukka Salminen / Sun Lihua", "Book rooms: FAO"]


def test_roles_are_told_in_remarks_with_what_stands_behind_them() -> None:
    remarks = [
        "Intérprete de inglés",
        "副团长兼秘书长",
        "Head of delegation, vegetarian",
        "needs a driver",
        "secretary",
        "English interpreter",
        "Coordinatore",
        "mit Fahrer",
    ]
    roles = ["interpreter", "deputy_head", "head", None, None, "interpreter", "coordinator", None]
    assert [role_of_remark(remark) for remark in remarks] == roles


GRAZ = """Stadt Graz
Protokoll
Arbeitsgespräch mit Ningbo
9. Juni 2027, 10–12 Uhr
Vorsitz: Elke Kahr
Anwesend: Elke Kahr (Bürgermeisterin, Stadt Graz), Tang Feifan, und Xu Ning
Aufgabe: Entwurf senden (Elke Kahr, bis zum 15. Juli 2027)
待办：寄名单（Tang Feifan，2027年7月20日前）
"""


def test_a_title_in_two_lines_is_nobody_and_a_post_is_read_where_somebody_is_named_again() -> None:
    found = minutes_of(pasted_text("x", GRAZ), ListTarget(), date(2027, 6, 1))
    assert sorted(_there(found)) == ["Kahr", "Tang", "Xu"]
    assert found.drafts[1].values["when"] == {"date": "2027-06-09", "start": "10:00", "end": "12:00"}
    posts = [draft.values["post"]["de"] for draft in found.drafts if draft.kind == "affiliation"]
    assert posts == ["Bürgermeisterin"]
    actions = [draft.values for draft in found.drafts if draft.kind == "action_item"]
    assert [each["due"] for each in actions] == ["2027-07-15", "2027-07-20"]
    assert [str(each) for each in found.not_placed] == ["Protokoll", "Arbeitsgespräch mit Ningbo"]


def test_what_stands_below_a_label_of_a_programme_is_what_the_label_says() -> None:
    said = "Monday 14 June\n10:00 Talks\nVenue:\nCity Hall\nParticipants:\nAnna Nowak\nPeter Kis\n12:00 Lunch"
    found = _programme(said)
    assert _points(found, "en") == [("14", "10:00", "Talks"), ("14", "12:00", "Lunch")]
    assert next(draft.values["address"] for draft in found.drafts if draft.kind == "itinerary_item") == {
        "en": "City Hall"
    }
    names = [draft.values["free_name"]["en"] for draft in found.drafts if draft.kind == "participation"]
    assert names == ["Anna Nowak", "Peter Kis"]
