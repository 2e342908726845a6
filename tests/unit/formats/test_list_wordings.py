"""Words, hours and names of lists in all the ways in which people write them mean the same thing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.helpers.list_facts import LISTS
from ucapdesk.formats.lists.hours import hours_said
from ucapdesk.formats.lists.list_drafts import ListDrafts, ListTarget
from ucapdesk.formats.lists.list_file import ListFile, pasted_list, pasted_text
from ucapdesk.formats.lists.minutes_text import is_minutes, minutes_of
from ucapdesk.formats.lists.people_list import people_of
from ucapdesk.formats.lists.programmes import is_itinerary, itinerary_of, programme_in
from ucapdesk.formats.phrases.people_in_text import people_of_line, role_of_remark
from ucapdesk.formats.phrases.places_in_text import cities_in
from ucapdesk.formats.phrases.small_texts import in_languages

APRIL = ("2027-04-12", "2027-04-16")


def _values(found: ListDrafts | None, kind: str) -> list[dict[str, Any]]:
    assert found is not None
    assert found.accounted.nothing == ()
    return [draft.values for draft in found.drafts if draft.kind == kind]


def _programme(file: ListFile | None) -> ListDrafts | None:
    return itinerary_of(file, ListTarget("visit", days=APRIL)) if file else None


def _points(text: str) -> list[dict[str, Any]]:
    table = pasted_list("x", text)
    return _values(_programme(table if is_itinerary(table) else programme_in(pasted_text("x", text))), "itinerary_item")


# -- people ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("both", "organisation", "post"),
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
def test_the_organisation_of_a_cell_ends_where_the_post_begins(both: str, organisation: str, post: str) -> None:
    found = people_of(pasted_list("x", f"姓名\t性别\t单位及职务\n李军\t男\t{both}"))
    assert found is not None
    said = {draft.kind: draft.values for draft in found.drafts}
    assert (said["organisation"]["name"]["zh"], said["affiliation"]["post"]["zh"]) == (organisation, post)


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
def test_what_stands_before_a_name_is_no_part_of_it(said: str, held: tuple[str, ...]) -> None:
    found = people_of(pasted_list("x", f"Nr.\tName\tFunktion\tOrganisation\n1\t{said}\tRat\tStadt Graz\n"))
    (person,) = _values(found, "person")
    name = person["name"]
    assert (name["family"], name["given"], person.get("academic_title", ""), person.get("salutation", "")) == held


def test_where_somebody_works_is_nobody_else() -> None:
    said = [f"Elina Virtanen, {house}" for house in ("Business Tampere", "City of Tampere", "Urząd Miasta")]
    assert [[name for name, *_ in people_of_line(each)] for each in said] == [[each] for each in said]
    assert len(list(people_of_line("Elina Virtanen, Jan Kowalski"))) == 2


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


@pytest.mark.parametrize(
    ("hosts", "people"),
    [
        ("Dr. Dézsi Csaba András, Mayor of Győr", ["Dr. Dézsi Csaba András, Mayor of Győr"]),
        ("Réka Fűzfa-Szőcs, Deputy Mayor, Jan Nowak", ["Réka Fűzfa-Szőcs, Deputy Mayor", "Jan Nowak"]),
        ("李明，副市长、王华", ["李明，副市长", "王华"]),
        ("Jan Nowak, Director Anna Kowalska", ["Jan Nowak", "Director Anna Kowalska"]),
        ("Mayor Jan Nowak, Deputy Mayor Anna Kowalska", ["Mayor Jan Nowak", "Deputy Mayor Anna Kowalska"]),
        ("Batbayar, Sarnai", ["Batbayar", "Sarnai"]),
    ],
)
def test_a_post_behind_the_name_of_a_host_is_not_somebody_else(hosts: str, people: list[str]) -> None:
    text = f"Monday, 12 April 2027\n9:00 Talks\nHost: {hosts}\n10:00 Lunch"
    there = _values(_programme(programme_in(pasted_text("x", text))), "participation")
    assert [(*part["free_name"].values(), part["role"]) for part in there] == [(name, "host") for name in people]


# -- minutes --------------------------------------------------------------------------------------


@pytest.mark.parametrize("n", [1, 2, 3])
def test_the_title_and_the_day_of_minutes_say_that_they_are_some(n: int) -> None:
    text = (LISTS / f"minutes-in-other-languages-are-read-{n}.txt").read_text("utf-8")
    assert is_minutes(pasted_text("x", "\n".join(text.split("\n")[:2])))


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
    found = minutes_of(
        pasted_text("x", f"Acta de la reunión de trabajo\nAsistentes: Carmen Ruiz, Li Wei\n\n{tasks}"),
        ListTarget(),
        date(2027, 10, 1),
    )
    (carmen,) = [draft.id for draft in found.drafts if draft.kind == "person" and "Ruiz" in str(draft.values)]
    (task,) = _values(found, "action_item")
    assert (task["text"], task["person"], task["due"]) == ({"es": "Enviar la lista"}, carmen, "2027-10-15")


# -- programmes -----------------------------------------------------------------------------------


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
    "line",
    ["10 to 12.5 % of the budget", "10 to 12.000 visitors", "2 a 3 hoteles", "5 to 10 hours walk", "3 bis 4 Hektar"],
)
def test_amounts_are_no_hours_and_no_points(line: str) -> None:
    points = _points(f"12 April 2027\n9:00 Talks\n{line}\n10 a 12 h Visita\n9-10.30 Tea\n")
    assert sorted((point["when"]["start"], point["when"].get("end", "")) for point in points) == [
        ("09:00", ""), ("09:00", "10:30"), ("10:00", "12:00")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "start", "title"),
    [
        ("9:00 AM - Meeting with the Mayor", "09:00", "Meeting with the Mayor"),
        ("ore 9.00 – incontro con il Sindaco", "09:00", "incontro con il Sindaco"),
        ("alle ore 10.30 visita", "10:30", "visita"),
        ("ore 10 visita", "10:00", "visita"),
        ("14.00 Uhr – Rathaus", "14:00", "Rathaus"),
        ("10:00 h. Recepción", "10:00", "Recepción"),
        ("Afternoon\n2:30 Visit", "14:30", "Visit"),
        ("Night\n1:30 Landing", "01:30", "Landing"),
    ],
)
def test_what_stands_between_an_hour_and_its_point_is_no_part_of_either(line: str, start: str, title: str) -> None:
    point = _points(f"12 April 2027\n{line}\n18:00 Dinner")[0]
    assert (point["when"]["start"], *point["title"].values()) == (start, title)
    assert "internal_note" not in point


@pytest.mark.parametrize(
    ("line", "hours", "title"),
    [
        ("22:30 - 03:30 Night bus", ("22:30", "03:30", "2027-04-13"), "Night bus"),
        ("15:05-18:40+1 Flight LO91", ("15:05", "18:40", "2027-04-13"), "Flight LO91"),
        ("15:05–06:40 (+1) Flight LO91", ("15:05", "06:40", "2027-04-13"), "Flight LO91"),
        ("23:00-次日02:00 夜宵", ("23:00", "02:00", "2027-04-13"), "夜宵"),
        ("15:00 +1 guest", ("15:00", None, None), "+1 guest"),
    ],
)
def test_what_goes_on_after_midnight_ends_on_the_next_day(line: str, hours: tuple[str | None, ...], title: str) -> None:
    point = _points(f"Monday, 12 April 2027\n9:00 Talks\n{line}")[1]
    when = point["when"]
    assert (when["start"], when.get("end"), when.get("end_date")) == hours
    assert list(point["title"].values()) == [title]
    assert "internal_note" not in point


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("12.04.2027\t09:00-10:00", "13.04.2027\t11:00"),
        ("2027-04-12\t09:00\t10:00", "2027-04-13\t11:00"),
        ("12.4.\t9:00 AM\t10:00 AM", "13.4.\t11.00"),
        ("12.4. 9-10 Uhr", "13.4. 11:00 Uhr"),
        ("12 Apr\t09:00-10:00", "\t11:00\tTea\n13 Apr\t11:00"),
        ("Mon 12 Apr 09:00-10:00", "Tue 13 Apr 11:00"),
        ("4月12日\t09:00–10:00", "4月13日\t11:00"),
    ],
)
def test_rows_without_heads_begin_with_their_day_and_hours(first: str, second: str) -> None:
    points = _points(f"{first}\tTalks\n{second}\tSigning")
    assert [(point["title"]["en"], point["when"]) for point in points if point["title"]["en"] != "Tea"] == [
        ("Talks", {"date": "2027-04-12", "start": "09:00", "end": "10:00"}),
        ("Signing", {"date": "2027-04-13", "start": "11:00"}),
    ]


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
    points = _points(f"{title}\n\n09:00 Welcome at City Hall\n10:30 Tram depot")
    assert [point["when"] for point in points] == [{"date": "2027-06-03", "start": at} for at in ("09:00", "10:30")]


def test_a_table_of_hours_below_a_title_with_a_day_is_on_it_and_below_two_days_on_none() -> None:
    table = [["Time", "Content"], ["09:00", "Welcome"], ["10:30", "Tram depot"]]
    found = itinerary_of(ListFile("x", "", (table,), ("Programme for Thursday 3 June 2027",)), ListTarget())
    assert [point["when"]["date"] for point in _values(found, "itinerary_item")] == ["2027-06-03"] * 2
    for title in ("Programme for 3 June 2027, as of 10 May 2027", "Programme, 2–4 June 2027"):
        assert itinerary_of(ListFile("x", "", (table,), (title,)), ListTarget()) is None


# -- mails ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "head",
    [
        "发件人: 王芳 <wangf@xjfao.gov.cn>\n发送时间: 2027年4月1日 17:32\n收件人: Szabó Eszter\n主题: 日程",
        "From: Wang Fang\nSent: Thursday, 1 April 2027 17:32\nTo: Szabó Eszter\nSubject: Programme",
        "Von: Wang Fang\nGesendet: Donnerstag, 1. April 2027 17:32\nAn: Szabó Eszter\nBetreff: Programm",
        "Am 01.04.2027 um 17:32 schrieb Wang Fang:",
        "El jue, 1 abr 2027 a las 17:32, Wang Fang (<wangf@xjfao.gov.cn>) escribió:",
        "Il giorno gio 1 apr 2027 alle ore 17:32 Wang Fang\n<wangf@xjfao.gov.cn> ha scritto:",
        "王芳 <wangf@xjfao.gov.cn> 于2027年4月1日周四 17:32写道：",
        "------------------ 原始邮件 ------------------",
        "-----Original Message-----",
    ],
)
def test_of_a_thread_the_programme_of_the_answer_is_read_and_what_it_answers_is_told(head: str) -> None:
    answer = "12 April 2027\n9:00 Talks\n11:00 Signing ceremony\n\nBest regards\nEszter\n\n"
    before = "12 April 2027\n9:00 Talks\n10:00 Signing ceremony\n13 April 2027\n10:00 Zsolnay factory"
    found = _programme(programme_in(pasted_text("x", f"{answer}{head}\n\n{before}")))
    assert [point["when"]["start"] for point in _values(found, "itinerary_item")] == ["09:00", "11:00"]
    assert found is not None
    assert "10:00 Zsolnay factory" in map(str, found.not_placed)


# -- places ---------------------------------------------------------------------------------------


def test_a_name_written_into_chinese_is_a_part_of_it() -> None:
    assert in_languages("Tiiliholvi餐厅", "en") == {"zh": "Tiiliholvi餐厅"}
    assert in_languages("Town Hall市政厅", "en") == {"en": "Town Hall", "zh": "市政厅"}


def test_the_province_behind_a_city_is_no_part_of_its_name() -> None:
    names = ["Changzhou (Jiangsu Province)", "常州（江苏省）", "Lyon (Métropole)"]
    assert [city.name for name in names for city in cities_in(name)] == ["Changzhou", "常州", "Lyon (Métropole)"]
    (huzhou,) = cities_in("Huzhou (incl. Anji County, Deqing County)")
    assert huzhou.included == ("Anji County", "Deqing County")
