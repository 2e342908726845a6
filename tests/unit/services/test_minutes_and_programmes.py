"""Minutes and programmes with lists, in files and in each language: their order, people, days and hours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pytest

from ucapdesk.model.kinds import KINDS
from ucapdesk.model.text.assignments import parse_assignments
from ucapdesk.model.values import Bilingual
from ucapdesk.services import Desk
from ucapdesk.services.files import incoming_files
from ucapdesk.services.files.imports import import_office_lists, read_pasted
from ucapdesk.services.files.incoming_files import Plan
from ucapdesk.services.people.pasted_people import plan_pasted
from ucapdesk.services.records import records


def _visit(desk: Desk) -> str:
    said = ["title.en=Łódź", "dates=2027-04-12/2027-04-16"]
    return records.add(desk, "visit", parse_assignments(KINDS["visit"], said, new=True))


def _pasted(desk: Desk, text: str, owner: str) -> Plan:
    plan = plan_pasted(desk, text, owner)
    assert plan is not None
    incoming_files.take(desk, plan)
    return plan


def _points(desk: Desk, visit: str) -> list[Any]:
    return list(records.children(desk, visit)["itinerary_item"])


def test_minutes_in_a_text_file_say_what_they_say_when_pasted(desk: Desk, tmp_path: Path) -> None:
    """Commas part words there, as they part cells in other text files."""
    visit, file = _visit(desk), tmp_path / "minutes.txt"
    file.write_text(
        "Minutes of the Joint Working Group\nDate: 13 April 2027\nPresent: Zhang Wei, Hugh Llewellyn-Bowen Fitzwilliam\n\n"
        "1. Opening, and a word, of welcome\nAction: Send the list (Zhang Wei, by 5 July 2027)\nAction: Draft the MoU (by mid July 2027)\n",
        encoding="utf-8",
    )
    (report,) = import_office_lists(desk, file, visit=visit)
    (meeting,) = records.listing(desk, "meeting")
    parts = records.children(desk, meeting)
    there: list[Any] = parts["participation"]
    people = {p.id: str(p.name) for p in records.page(desk, "person", records.listing(desk, "person"))}  # type: ignore[attr-defined]
    assert sorted(people[p.person] for p in there) == ["Hugh Llewellyn-Bowen Fitzwilliam", "Zhang Wei"]
    entries: list[Any] = parts["minute_entry"]
    assert [e.text["en"] for e in entries] == ["Opening, and a word, of welcome"]
    actions: list[Any] = parts["action_item"]
    assert [(a.text["en"], a.due.edtf) for a in actions] == [
        ("Send the list", "2027-07-05"),
        ("Draft the MoU", "2027-07"),
    ]
    assert report.not_placed == ("Draft the MoU: by mid July 2027",), "the month has no word for it"


LISTED = (
    "# Minutes of the port group\n\n**Date:** Tuesday, 13 April 2027\n\n**Present:**\n- Dr. Anna Nowak (Mayor's Office)\n- 张伟 Zhang Wei\n\n"
    "## 1. Opening\n\nThe chair welcomed all.\n\n- Decision: extend the pilot.\n- Action: Send the list by 5 July 2027.\n"
)
"""Minutes with lists, in Markdown."""


def test_a_table_of_actions_in_markdown_says_who_and_by_when(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "minutes.md"
    table = "\n| Task | Who | By when |\n|---|:--|---|\n| Send the list | Anna Nowak | 5 May 2027 |\n| Book rooms | Li Ming | |\n"
    file.write_text(f"# Minutes of the port group\n{table}", encoding="utf-8")
    (report,) = import_office_lists(desk, file, visit=_visit(desk))
    assert report.not_placed == ()
    actions: list[Any] = records.children(desk, records.listing(desk, "meeting")[0])["action_item"]
    assert [(a.text["en"], a.due and a.due.edtf, bool(a.person)) for a in actions] == [
        ("Send the list", "2027-05-05", True),
        ("Book rooms", None, True),
    ]


@pytest.mark.parametrize("suffix", [".md", ".docx"])
def test_minutes_with_lists_in_a_document_keep_the_order_of_their_lines(
    desk: Desk, tmp_path: Path, suffix: str
) -> None:
    file = tmp_path / f"minutes{suffix}"
    if suffix == ".md":
        file.write_text(LISTED, encoding="utf-8")
    else:
        made = docx.Document()
        for line in filter(None, LISTED.replace("**", "").replace("#", "").splitlines()):
            made.add_paragraph(line.removeprefix("- ").strip(), style="List Bullet" if line[0] == "-" else None)
        made.save(str(file))
    (report,) = import_office_lists(desk, file, visit=_visit(desk))
    assert report.not_placed == ()
    (meeting,) = records.page(desk, "meeting", records.listing(desk, "meeting"))
    held: Any = meeting
    assert (held.title["en"], held.when.date) == ("Minutes of the port group", "2027-04-13")
    parts = records.children(desk, held.id)
    people = {p.id: str(p.name) for p in records.page(desk, "person", records.listing(desk, "person"))}  # type: ignore[attr-defined]
    there: list[Any] = parts["participation"]
    assert sorted(people[p.person] for p in there) == ["Anna Nowak", "Zhang Wei"]
    entries: list[Any] = parts["minute_entry"]
    assert [(entry.type, entry.text["en"]) for entry in entries] == [
        ("discussion", "Opening"),
        ("discussion", "The chair welcomed all."),
        ("decision", "extend the pilot."),
    ]
    actions: list[Any] = parts["action_item"]
    assert [(action.text["en"], action.due.edtf) for action in actions] == [("Send the list", "2027-07-05")]


@pytest.mark.parametrize(
    ("text", "people", "due", "told"),
    [
        (
            "Minutes\nDate: 10 June 2027\nPresent: Anna Nowak, Mary Llewellyn-Bowen and Zhang Wei\nDecision: x\n"
            "Action: Send (Nowak, by mid July 2027)\nOpen question: Who pays?",
            ["Anna Nowak", "Mary Llewellyn-Bowen", "Zhang Wei"], "2027-07", "Send: by mid July 2027",
        ),
        (
            "Protokoll\nDatum: 10.06.2027\nAnwesend: Jürgen Müller-Lüdenscheidt und Anna Nowak\nEntscheidung: x\n"
            "Aufgabe: Senden (Nowak, bis Mitte Juli 2027)\nOffene Frage: Wer zahlt?",
            ["Anna Nowak", "Jürgen Müller-Lüdenscheidt"], "2027-07", "Senden: bis Mitte Juli 2027",
        ),
        (
            "Acta de la reunión\nFecha: 10 de junio de 2027\nAsistentes: José Ortega y Gasset, Carmen Benítez Sánchez y Zhang Wei\n"
            "Acuerdo: x\nTarea: Enviar (Benítez, finales de julio de 2027)\nPregunta abierta: ¿Quién paga?",
            ["Carmen Benítez Sánchez", "José Ortega y Gasset", "Zhang Wei"], "2027-07", "Enviar: finales de julio de 2027",
        ),
        (
            "会议纪要\n时间：2027年6月10日\n出席：张伟、韦𬱖𠮷\n决定：x\n待办：提交（韦𬱖𠮷，7月中旬前）\n待定问题：谁付费？",
            ["张伟", "韦𬱖𠮷"], "2027-07", "提交: 7月中旬前",
        ),
    ],
    ids=["en", "de", "es", "zh"],
)  # fmt: skip
def test_minutes_in_each_language_tell_people_kinds_and_what_a_month_has_no_word_for(
    desk: Desk, text: str, people: list[str], due: str, told: str
) -> None:
    plan = _pasted(desk, text, records.add(desk, "meeting", {"title": Bilingual(en="Port group")}))
    names = [
        str(p.name or p.name_han)  # type: ignore[attr-defined]
        for p in records.page(desk, "person", records.listing(desk, "person"))
    ]
    assert sorted(names) == sorted(people)
    parts = records.children(desk, records.listing(desk, "meeting")[0])
    entries: list[Any] = parts["minute_entry"]
    assert [entry.type for entry in entries] == ["decision", "open_question"]
    actions: list[Any] = parts["action_item"]
    assert [(action.due.edtf, bool(action.person)) for action in actions] == [(due, True)]
    action, _, words = told.partition(": ")
    assert [(where, what) for where, what, _ in plan.oddities] == [(action, f"“{words}” has no field.")]


@pytest.mark.parametrize(
    ("text", "points"),
    [
        (
            "Programa\nMiércoles, 14 de abril de 2027\n9:30 h Recepción\nde 12 a 13 h Almuerzo\nSábado 17 de abril de 2027\n16.00 – 17.30 Reunión\n",
            [("04-14", "09:30", None), ("04-14", "12:00", "13:00"), ("04-17", "16:00", "17:30")],
        ),
        (
            "Programma\nMercoledì 14 aprile 2027\nore 9.30 Incontro\ndalle 12 alle 13.30 Pranzo\nVenerdì 16 aprile 2027\nalle 14.30 Visita\n",
            [("04-14", "09:30", None), ("04-14", "12:00", "13:30"), ("04-16", "14:30", None)],
        ),
        (
            "日程\n4月14日（周三）\n上午9:30 会见\n晚上 自由活动\n4月15日（周四）\n全天 参观\n",
            [("04-14", "09:30", None), ("04-14", None, None), ("04-15", None, None)],
        ),
    ],
    ids=["es", "it", "zh"],
)  # fmt: skip
def test_a_programme_in_each_language_has_its_days_and_hours(
    desk: Desk, text: str, points: list[tuple[str, str | None, str | None]]
) -> None:
    visit = _visit(desk)
    plan = _pasted(desk, text, visit)
    found = [(p.when.date.removeprefix("2027-"), p.when.start, p.when.end) for p in _points(desk, visit)]
    assert sorted(found, key=str) == sorted(points, key=str)
    assert plan.accounted is not None
    assert plan.accounted.nothing == ()


def test_hours_of_which_the_last_alone_says_what_they_are_begin_a_point(desk: Desk) -> None:
    visit = _visit(desk)
    _pasted(desk, "12. April 2027\n9.30 Uhr Treffen\n12–13 Uhr Mittagessen\nTuesday, 13 April 2027\n3-4pm Tea\n", visit)
    hours = [(p.when.start, p.when.end) for p in sorted(_points(desk, visit), key=lambda p: str(p.when.start))]
    assert hours == [("09:30", None), ("12:00", "13:00"), ("15:00", "16:00")]


@pytest.mark.parametrize(
    "line",
    ["10 to 12.5 % of the budget", "10 to 12.000 visitors", "2 a 3 hoteles", "5 to 10 hours walk", "3 bis 4 Hektar"],
)
def test_amounts_are_no_hours(desk: Desk, line: str) -> None:
    visit = _visit(desk)
    _pasted(desk, f"12 April 2027\n9:00 Talks\n{line}\n10 a 12 h Visita\n9-10.30 Tea\n", visit)
    hours = sorted((p.when.start, p.when.end) for p in _points(desk, visit) if p.when.end)
    assert hours == [("09:00", "10:30"), ("10:00", "12:00")]
    assert len(_points(desk, visit)) == 3, "the amount is no point of its own"


def test_a_point_that_begins_like_a_greeting_is_not_the_end_of_a_programme(desk: Desk) -> None:
    visit = _visit(desk)
    monday, tuesday = "Lunes 12 de abril de 2027\n9:00 Llegada\n10:00 Comida", "Martes 13 de abril de 2027"
    _pasted(desk, f"{monday}\n{tuesday}\nSaludos protocolarios\nVisita al puerto\nSaludos,\nLucía\n", visit)
    titles = {text for point in _points(desk, visit) for text in point.title.values()}
    assert titles == {"Llegada", "Comida", "Saludos protocolarios", "Visita al puerto"}


@pytest.mark.parametrize(
    ("lines", "people"),
    [
        ("Present:\nFor Turin:\n- Anna Rossi, Mayor\n- Luca Bianchi\nFor Suzhou:\n- Li Wei", 3),
        ("出席：\n中方：\n1. 李伟\n2. 王芳\n", 2),
        ("Present:\n- Anna Rossi\n- Luca Bianchi, Director of the urban planning and mobility department.", 2),
    ],
)
def test_who_is_present_may_stand_under_heads_and_with_a_long_post(desk: Desk, lines: str, people: int) -> None:
    meeting = records.add(desk, "meeting", {"title": Bilingual(en="Port group")})
    _pasted(desk, f"Minutes of the port group\n{lines}\nDecision: We go on.", meeting)
    found = records.page(desk, "person", records.listing(desk, "person"))
    assert len([person for person in found if ":" not in str(person) and "方：" not in str(person)]) >= people
    assert [entry.type for entry in records.children(desk, meeting)["minute_entry"]] == ["decision"]  # type: ignore[attr-defined]


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
def test_what_stands_between_an_hour_and_its_point_is_no_part_of_either(
    desk: Desk, line: str, start: str, title: str
) -> None:
    visit = _visit(desk)
    _pasted(desk, f"12 April 2027\n{line}\n18:00 Dinner", visit)
    point = _points(desk, visit)[0]
    assert (point.when.start, next(iter(point.title.values()))) == (start, title)
    assert not point.internal_note


@pytest.mark.parametrize(
    "text",
    [
        "2027年4月12日\n9:00 会见\n下午\n2:30—4:00 考察\n晚\n6:30 晚宴\n4月13日\n8:00 出发\n下午\n15:00 座谈\nabends Theater",
        "日期\t时段\t时间\t内容\n4月12日\t上午\t9:00\t会见\n\t下午\t2:30—4:00\t考察\n\t晚上\t6:30\t晚宴\n4月13日\t\t8:00\t出发\n\t下午\t15:00\t座谈",
        "日期\t时间\t内容\n4月12日\t上午\t\n\t9:00\t会见\n\t下午\t\n\t2:30—4:00\t考察\n\t晚\t\n\t6:30\t晚宴\n4月13日\t8:00\t出发\n\t15:00\t座谈",
        "时间\t内容\n4月12日\t\n9:00\t会见\n下午\t\n2:30—4:00\t考察\n晚上\t\n6:30\t晚宴\n4月13日\t\n8:00\t出发\n15:00\t座谈",
    ],
)
def test_hours_below_an_afternoon_are_past_noon_and_an_evening_is_no_remark_of_it(desk: Desk, text: str) -> None:
    visit = _visit(desk)
    plan = _pasted(desk, text, visit)
    points = _points(desk, visit)
    hours = [(p.when.start, p.when.end or "", dict(p.internal_note or {})) for p in points if p.when.start]
    assert hours == [
        ("09:00", "", {}), ("14:30", "16:00", {}), ("18:30", "", {}), ("08:00", "", {}), ("15:00", "", {})
    ]  # fmt: skip
    assert [p.when.date[-2:] for p in points if "abends Theater" in p.title.values()] == ["13"] * ("abends" in text)
    assert plan.accounted is not None
    assert plan.accounted.nothing == ()


def test_a_note_below_a_chinese_point_is_called_so_in_chinese(desk: Desk) -> None:
    visit = _visit(desk)
    _pasted(desk, "2027年4月12日\n9:00 会见市长\n19:00 晚宴\n请大家准时", visit)
    assert [dict(point.internal_note or {}) for point in _points(desk, visit)] == [{}, {"zh": "备注: 请大家准时"}]


def test_a_topic_below_those_present_is_nobody_and_a_form_of_address_no_name(desk: Desk) -> None:
    text = (
        "Protokoll 07.09.2027\nTeilnehmer: Frau Ouyang, Mr Smith, Anna Nowak\nTOP 1: Austausch\nBeschluss: 30 Exponate"
    )
    found = read_pasted(desk, text)
    assert found is not None
    people = [draft.values for draft in found.drafts if draft.kind == "person"]
    assert [(each["name"].get("family"), each["name"].get("given"), each.get("salutation")) for each in people] == [
        ("Ouyang", None, "ms"), ("Smith", None, "mr"), ("Nowak", "Anna", None)
    ]  # fmt: skip
    assert [next(iter(draft.values["text"].values())) for draft in found.drafts if draft.kind == "minute_entry"] == [
        "TOP 1: Austausch", "30 Exponate"
    ]  # fmt: skip


def test_the_first_point_below_who_is_excused_is_nobody(desk: Desk) -> None:
    found = read_pasted(
        desk, "Acta\nAsistentes: Li Na, Eva Ros\nExcusados: Ana Ruiz\n1. Movilidad\nSe acordó.\n2. Datos"
    )
    assert found is not None
    people = [each.values["name"]["given"] for each in found.drafts if each.kind == "person"]
    assert sorted(people) == ["Ana", "Eva", "Na"]
    assert not [each for each in found.drafts if "free_name" in each.values]


def test_those_present_stand_with_their_side_and_post_as_chinese_minutes_name_them(desk: Desk) -> None:
    said = "中方：于建国副市长、欧阳娜副主任；匈方：Péterffy Attila市长、Szabó Eszter、市外办主任"
    found = read_pasted(desk, f"会议纪要\n参会人员：{said}\n待办：\n1. 提供清单（Szabó Eszter，9月15日前）")
    assert found is not None
    people = {draft.id: draft.values for draft in found.drafts if draft.kind == "person"}
    posts = {draft.values["owner"]: draft.values["post"]["zh"] for draft in found.drafts if draft.kind == "affiliation"}
    parts = [draft.values for draft in found.drafts if draft.kind == "participation"]
    families = [
        (people[part["person"]].get("name_han") or people[part["person"]]["name"])["family"] for part in parts[:3]
    ]
    assert families == ["于", "欧阳", "Attila"]
    assert [part["side"] for part in parts] == ["A", "A", "B", "B", "B"]
    assert [posts.get(part.get("person", "")) for part in parts] == ["副市长", "副主任", "市长", None, None]
    assert parts[-1]["free_name"] == {"zh": "市外办主任"}, "an office is nobody"
    assert found.accounted.nothing == ()


@pytest.mark.parametrize(("text", "roles", "entries", "when"), [
    ("会谈纪要\n主持人：刘晓东（市外办主任）\n中方参会人员：刘晓东、陈静\n芬方参会人员：尤哈·迈基宁（商务局局长）\n议题：\n1. 经贸\n会谈要点：\n介绍了产业。\n决定事项：\n1. 成立工作组。\n待办：\n1. Juha Mäkinen：提供名单",
     ["moderator A", "None A", "None B"], ["discussion 会谈要点：", "discussion 介绍了产业。", "decision 成立工作组。", "action Juha Mäkinen：提供名单"], None),
    ("Minutes of the talks\nDate: 9 June 2027\nChair: Mr Liu Xiaodong\nParticipants: Liu Xiaodong, Zhang Wei, Interpreter\nApologies: Pekka Virtanen"
     "\nScribe: Eva Ros\nMinutes: Chen Jing\nAction: Send the draft\n3. Education\n4. AOB\nBest,\nJing",
     ["moderator None", "note_taker None", "None None", "interpreter None"], ["action Send the draft", "discussion Education", "discussion AOB"],
     "2027-06-09"),
    ("Acta\nFecha: 12/05/2027, 15.00\nAcuerdos:\n- Seguir.\nObservaciones:\n- Bien.\nWas\tWer\tBis wann\nBrief\tRos\t31.08.2027", [], ["decision Seguir.", "discussion Observaciones:", "discussion Bien.", "action Brief"], "2027-05-12"),
    ("会议纪要\n主持：王强\n出席：王强女士\n缺席：\n中方：李明\n外方：Ola Kowalska\n决定：继续\n- 经贸\n3. 教育\n行动：\n外办：\n- 发函\n商务局：\n- 回复",
     ["moderator None", "None A", "None B"], ["decision 继续", "decision 经贸", "discussion 教育", "action 外办：", "action 发函", "action 商务局：", "action 回复"], None),
])  # fmt: skip
def test_a_label_ends_what_the_one_before_it_said(
    desk: Desk, text: str, roles: list[str], entries: list[str], when: str | None
) -> None:
    """Who stands behind another label has no role of the one above, and a topic below an action is none."""
    found = read_pasted(desk, text)
    assert found is not None
    drafts = [(draft.kind, draft.values) for draft in found.drafts]
    parts = [said for kind, said in drafts if kind == "participation"]
    assert [f"{said.get('role')} {said.get('side')}" for said in parts] == roles
    texts = [
        (said.get("type", "action"), said["text"]) for kind, said in drafts if kind in ("minute_entry", "action_item")
    ]
    assert [f"{type_} {next(iter(text.values()))}" for type_, text in texts] == entries
    assert [said.get("when", {}).get("date") for kind, said in drafts if kind == "meeting"] == [when]
    assert [said["post"] for kind, said in drafts if kind == "affiliation" and "·" in str(said["post"])] == []
    assert [said.get("salutation") for kind, said in drafts if kind == "person"].count("ms") == text.count("女士")


def test_a_flight_in_a_programme_begins_no_mail(desk: Desk) -> None:
    visit = _visit(desk)
    _pasted(
        desk, "12 April 2027\n9:00 Talks\n11:00 Flight\nFrom: Vienna\nTo: Pécs\nDate: 12 April\n15:00 Arrival", visit
    )
    assert [p.when.start for p in _points(desk, visit)] == ["09:00", "11:00", "15:00"]


def test_what_stands_below_heads_that_are_unknown_is_no_place_and_nobody(desk: Desk, tmp_path: Path) -> None:
    """A row without an hour is no part of the point above it either."""
    visit, document = _visit(desk), docx.Document()
    rows = [["Datum", "Uhrzeit", "Thema", "Referent", "Raum"], ["12 April 2027", "9:00", "Wohnen", "Li Wei", "Saal 1"],
            ["", "11:00", "Verkehr", "Eva Ros", "Saal 2"], ["", "offen", "", "Besuch im Hafen", ""]]  # fmt: skip
    table = document.add_table(0, 5)
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(str(tmp_path / "tour.docx"))
    import_office_lists(desk, tmp_path / "tour.docx", visit=visit)
    points = _points(desk, visit)
    assert [(point.title.get("de"), dict(point.address)) for point in points] == [("Wohnen", {}), ("Verkehr", {})]
    assert "Li Wei; Saal 1" in points[0].internal_note["de"]
    assert [records.children(desk, point.id)["participation"] for point in points] == [[], []]


def test_a_general_manager_keeps_name_and_post_apart(desk: Desk) -> None:
    found = read_pasted(desk, "会议纪要\n参会人员：张伟总经理、李芳副总经理\n决定：展出30件")
    assert found is not None
    posts = [draft.values["post"]["zh"] for draft in found.drafts if draft.kind == "affiliation"]
    names = [draft.values["name_han"] for draft in found.drafts if draft.kind == "person"]
    assert (posts, names) == (
        ["总经理", "副总经理"],
        [{"family": "张", "given": "伟"}, {"family": "李", "given": "芳"}],
    )


def test_minutes_as_a_memo_keep_their_title(desk: Desk) -> None:
    found = read_pasted(
        desk,
        "Minutes of the port group\nFrom: Anna Nowak\nTo: all\nDate: 7 September 2027\nSubject: Port\nPresent: Anna Nowak, Li Ming\nDecision: 30 exhibits",
    )
    assert found is not None
    (meeting,) = (draft.values for draft in found.drafts if draft.kind == "meeting")
    assert (meeting["title"], meeting["when"]["date"]) == ({"en": "Minutes of the port group"}, "2027-09-07")


def test_a_table_of_markdown_is_pasted_as_a_programme(desk: Desk) -> None:
    visit = _visit(desk)
    _pasted(
        desk,
        "| Date | Time | Activity | Venue |\n|---|---|---|---|\n| 12 April 2027 | 9:00 | Talks | Town Hall |\n| | 11:00 | Signing | |",
        visit,
    )
    assert [(p.when.start, p.title["en"], dict(p.address or {})) for p in _points(desk, visit)] == [
        ("09:00", "Talks", {"en": "Town Hall"}), ("11:00", "Signing", {})
    ]  # fmt: skip


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
def test_rows_without_heads_begin_with_their_day_and_hours(desk: Desk, first: str, second: str) -> None:
    visit = _visit(desk)
    _pasted(desk, f"{first}\tTalks\n{second}\tSigning", visit)
    told = [(p.when.date[8:], p.when.start, p.when.end, p.title["en"]) for p in _points(desk, visit)]
    assert [point for point in told if point[3] != "Tea"] == [
        ("12", "09:00", "10:00", "Talks"), ("13", "11:00", None, "Signing")
    ]  # fmt: skip


def test_four_figures_are_an_hour_where_the_programme_writes_hours_so(desk: Desk) -> None:
    visit = _visit(desk)
    _pasted(
        desk,
        "12 April 2027\n0900-1000 Talks\n2027 marks ten years\n1030 University\n13 April 2027\n0930 Factory",
        visit,
    )
    assert [(p.when.date[8:], p.when.start, p.title["en"]) for p in _points(desk, visit)] == [
        ("12", "09:00", "Talks"), ("12", "10:30", "University"), ("13", "09:30", "Factory")
    ]  # fmt: skip
    other = records.add(desk, "visit", parse_assignments(KINDS["visit"], ["title.en=x", "dates=2027-05-12"], new=True))
    _pasted(desk, "12 May 2027\n9:00 Talks\n11:00 Forum\n1200 guests are expected", other)
    assert [p.when.start for p in _points(desk, other)] == ["09:00", "11:00"], "guests are no hour"


def test_numbers_of_a_list_above_a_programme_are_no_lost_words(desk: Desk) -> None:
    plan = _pasted(
        desk, "Delegation:\n1. Anna Nowak\n2. Li Ming\n\n12 April 2027\n9:00 Talks\n11:00 Signing", _visit(desk)
    )
    assert plan.accounted is not None
    assert plan.accounted.nothing == ()
    assert "Li Ming" in str(plan.oddities)
