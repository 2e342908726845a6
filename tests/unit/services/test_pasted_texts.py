"""Programmes and minutes pasted as text, in English and Chinese: read whole, made in one step, nothing lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.helpers.errors import user_error
from tests.helpers.mailed_texts import JIYAO, MAIL, MINUTES, RICHENG
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.text.assignments import parse_assignments
from ucapdesk.model.values import Bilingual, HanName, PersonName
from ucapdesk.services import Desk
from ucapdesk.services.files import incoming_files
from ucapdesk.services.files.imports import plan_list, read_office_lists
from ucapdesk.services.files.incoming_files import Plan
from ucapdesk.services.people.pasted_people import plan_copied, plan_pasted
from ucapdesk.services.records import records


def _visit(desk: Desk, dates: str = "2027-04-12/2027-04-16") -> str:
    return records.add(desk, "visit", parse_assignments(KINDS["visit"], ["title.en=Łódź", f"dates={dates}"], new=True))


def _meeting(desk: Desk, **values: Any) -> str:
    return records.add(desk, "meeting", {"title": Bilingual(en="Port group"), **values})


def _pasted(desk: Desk, text: str, owner: str = "", **how: Any) -> Plan:
    plan = plan_pasted(desk, text, owner, **how)
    assert plan is not None
    incoming_files.take(desk, plan)
    return plan


def _points(desk: Desk, visit: str) -> list[Any]:
    return list(records.children(desk, visit)["itinerary_item"])


def _people_of(desk: Desk, id_: str) -> list[tuple[str, str | None]]:
    parts: list[Any] = records.children(desk, id_)["participation"]
    return [(next(iter(part.free_name.values())), part.role) for part in parts]


def test_a_mailed_programme_becomes_the_points_of_its_days(desk: Desk) -> None:
    visit = _visit(desk)
    plan = _pasted(desk, MAIL, visit)
    points = _points(desk, visit)
    assert [(p.when.date[5:], p.when.start, p.when.end, p.title["en"], p.type) for p in points] == [
        (
            "04-12",
            "09:00",
            "10:30",
            "Meeting with the Development and Reform Commission on the port project",
            "meeting",
        ),
        ("04-12", "10:45", None, "Site visit: Hydrogen park", "site_visit"),
        ("04-12", "12:30", None, "Lunch", "meal"),
        ("04-13", None, None, "Afternoon: free time", "free"),
        ("04-13", "09:00", "11:00", "Round table", "meeting"),
        ("04-13", "19:00", None, "Banquet hosted by the Mayor", "banquet"),
    ]
    assert [(p.address or {}).get("en") for p in points[:2]] == ["City Hall, Room 305", "Zhengdong New District"]
    assert _people_of(desk, points[0].id) == [("Mr Li Ming", "host")]
    assert _people_of(desk, points[4].id) == [("Wang Hua", "escort"), ("Zhao Lei", "escort")]
    assert plan.accounted is not None
    assert plan.accounted.nothing == ()
    assert {text for _, text, _ in plan.oddities} >= {"“Chen Yan” has no field."}


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
def test_a_post_behind_the_name_of_a_host_is_not_somebody_else(desk: Desk, hosts: str, people: list[str]) -> None:
    visit = _visit(desk)
    plan = _pasted(desk, f"Monday, 12 April 2027\n9:00 Talks\nHost: {hosts}\n10:00 Lunch", visit)
    assert _people_of(desk, _points(desk, visit)[0].id) == [(name, "host") for name in people]
    assert plan.accounted is not None
    assert plan.accounted.nothing == ()


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
def test_what_goes_on_after_midnight_ends_on_the_next_day(
    desk: Desk, line: str, hours: tuple[str | None, ...], title: str
) -> None:
    visit = _visit(desk)
    plan = _pasted(desk, f"Monday, 12 April 2027\n9:00 Talks\n{line}", visit)
    point = _points(desk, visit)[1]
    assert (point.when.date, (point.when.start, point.when.end, point.when.end_date)) == ("2027-04-12", hours)
    assert next(iter(point.title.values())) == title
    assert not point.internal_note
    assert plan.accounted is not None
    assert plan.accounted.nothing == ()


@pytest.mark.parametrize("title", ["CA1271 抵达兰州中川国际机场", "抵达兰州中川国际机场 CA1271", "MU 2402 离兰赴京"])
def test_the_number_of_a_flight_is_no_title_in_another_language(desk: Desk, title: str) -> None:
    visit = _visit(desk)
    _pasted(desk, f"4月12日（星期一）\n14:35 {title}\n18:30 欢迎晚宴\n4月13日（星期二）\n9:00 会谈", visit)
    assert dict(next(p for p in _points(desk, visit) if p.when.start == "14:35").title) == {"zh": title}


def test_who_takes_leave_below_the_last_point_is_no_part_of_it(desk: Desk) -> None:
    visit = _visit(desk)
    text = (
        "Monday, 12 April 2027\n9:00 Talks\nBest regards,\nZsuzsánna\nTuesday, 13 April 2027\n10:00 Lunch\nKind regards"
    )
    plan = _pasted(desk, text, visit)
    assert [(point.title["en"], bool(point.internal_note)) for point in _points(desk, visit)] == [
        ("Talks", False), ("Lunch", False)
    ]  # fmt: skip
    assert plan.accounted is not None
    assert plan.accounted.nothing == ()


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
def test_of_a_thread_the_programme_of_the_answer_is_read_and_what_it_answers_is_told(desk: Desk, head: str) -> None:
    visit = _visit(desk)
    answer = "12 April 2027\n9:00 Talks\n11:00 Signing ceremony\n\nBest regards\nEszter\n\n"
    before = "12 April 2027\n9:00 Talks\n10:00 Signing ceremony\n13 April 2027\n10:00 Zsolnay factory"
    plan = _pasted(desk, f"{answer}{head}\n\n{before}", visit)
    assert [(point.when.date, point.when.start) for point in _points(desk, visit)] == [
        ("2027-04-12", "09:00"), ("2027-04-12", "11:00")
    ]  # fmt: skip
    assert "10:00 Zsolnay factory" in str(plan.oddities)
    assert plan.accounted is not None
    assert plan.accounted.nothing == ()


def test_a_programme_that_is_forwarded_or_answered_above_or_below_is_read(desk: Desk) -> None:
    visit = _visit(desk)
    _pasted(desk, "See below.\n\nFrom: Wang Fang\nSent: 1 April 2027\n\n12 April 2027\n9:00 Talks\n11:00 Lunch", visit)
    assert [point.when.start for point in _points(desk, visit)] == ["09:00", "11:00"]
    other = _visit(desk, "2027-05-12/2027-05-16")
    quoted = "On 1 April 2027, Wang Fang wrote:\n> 12 May 2027\n> 9:00 Talks\n> 10:00 Lunch"
    _pasted(desk, f"{quoted}\n\n12 May 2027\n9:30 Talks\n11:30 Lunch", other)
    assert [point.when.start for point in _points(desk, other)] == ["09:30", "11:30"]


def test_minutes_that_answer_others_have_their_own_actions_alone(desk: Desk) -> None:
    meeting = _meeting(desk)
    own = "Minutes of the port group\nPresent: Anna Nowak, Li Ming\nAction: send the list @Anna Nowak by 5 May 2027"
    plan = _pasted(desk, f"{own}\n\nFrom: Li Ming\nSent: 1 April 2027\n\nAction: send the list by 1 May 2027", meeting)
    actions: list[Any] = records.children(desk, meeting)["action_item"]
    assert [action.due.edtf for action in actions] == ["2027-05-05"]
    assert "by 1 May 2027" in str(plan.oddities)


def test_a_table_below_the_head_of_a_mail_is_of_the_one_that_is_answered(desk: Desk, tmp_path: Path) -> None:
    visit = _visit(desk)
    table = "<table><tr><th>Date</th><th>Time</th><th>Activity</th></tr><tr><td>12 April 2027</td><td>{}</td><td>Signing</td></tr></table>"
    head = (
        "<p><b>From:</b> Wang Fang<br><b>Sent:</b> 1 April 2027 17:32<br><b>To:</b> E<br><b>Subject:</b> Programme</p>"
    )
    file = tmp_path / "mail.html"
    file.write_text(f"<html><p>New version:</p>{table.format('11:00')}{head}{table.format('10:00')}", encoding="utf-8")
    (found,) = read_office_lists(desk, file, visit)
    assert [d.values["when"]["start"] for d in found.drafts if d.kind == "itinerary_item"] == ["11:00"]
    assert "10:00 Signing" in " ".join(map(str, found.not_placed))


def test_a_chinese_programme_without_a_year_takes_that_of_the_visit(desk: Desk) -> None:
    visit = _visit(desk)
    plan = _pasted(desk, RICHENG, visit)
    points = _points(desk, visit)
    assert [(p.when.date, p.when.start, p.when.end, p.title["zh"], p.type) for p in points] == [
        ("2027-04-12", "09:00", "10:30", "与市发改委座谈", "meeting"),
        ("2027-04-12", "10:45", None, "参观氢能产业园", "site_visit"),
        ("2027-04-12", "12:30", None, "午餐", "meal"),
        ("2027-04-13", None, None, "上午：自由活动", "free"),
        ("2027-04-13", "15:30", "17:00", "中欧企业合作论坛", "meeting"),
        ("2027-04-13", "19:00", None, "欢迎晚宴", "banquet"),
    ]
    assert points[0].address["zh"] == "市政府305会议室"
    assert points[4].address["zh"] == "郑州国际会展中心"
    assert _people_of(desk, points[0].id) == [("李明", "escort"), ("王华", "escort")]
    assert plan.accounted is not None
    assert plan.accounted.nothing == ()


@pytest.mark.parametrize("text", [MAIL, RICHENG, MINUTES, JIYAO])
def test_a_text_file_says_the_same_as_its_pasted_text(desk: Desk, tmp_path: Path, text: str) -> None:
    file = tmp_path / "mail.txt"
    file.write_text(text, encoding="utf-8")
    visit = _visit(desk)
    pasted, (read,) = plan_pasted(desk, text, visit), read_office_lists(desk, file, visit)
    assert pasted is not None
    assert [line.title for line in plan_list(desk, read).lines] == [line.title for line in pasted.lines]


@pytest.mark.parametrize("text", [MAIL, RICHENG, MINUTES, JIYAO])
def test_what_was_pasted_twice_is_there_once(desk: Desk, text: str) -> None:
    visit = _visit(desk)
    _pasted(desk, text, visit)
    before = {kind: len(records.listing(desk, kind)) for kind in ("itinerary_item", "meeting", "action_item", "person")}
    plan = plan_pasted(desk, text, visit)
    assert plan is not None
    assert not any(line.possible for line in plan.lines)
    assert before == {kind: len(records.listing(desk, kind)) for kind in before}


def test_pasted_anywhere_a_programme_finds_the_visit_of_its_days_or_makes_it(desk: Desk) -> None:
    _pasted(desk, MAIL)
    (visit,) = records.page(desk, "visit", records.listing(desk, "visit"))
    made: Any = visit
    assert (made.dates.edtf, made.title["en"]) == (
        "2027-04-12/2027-04-13",
        "Programme: Visit of the Łódź delegation to Zhengzhou",
    )
    assert len(_points(desk, made.id)) == 6
    _pasted(desk, RICHENG)
    assert len(_points(desk, made.id)) > 6
    assert len(records.listing(desk, "visit")) == 1


def test_hours_alone_are_on_the_day_that_is_shown(desk: Desk) -> None:
    visit = _visit(desk)
    assert plan_pasted(desk, "09:00 Talks\n10:30 Lunch", visit) is None
    _pasted(desk, "09:00 Talks\n10:30 Lunch", visit, day="2027-04-14")
    assert {p.when.date for p in _points(desk, visit)} == {"2027-04-14"}


def test_minutes_become_entries_decisions_and_actions_of_the_meeting_that_is_open(desk: Desk) -> None:
    nowak = records.add(desk, "person", {"name": PersonName("Nowak", "Anna")})
    meeting = _meeting(desk)
    plan = _pasted(desk, MINUTES, meeting)
    held: Any = records.get(desk, meeting)
    assert (held.when.date, held.when.start, held.when.end) == ("2027-04-13", "09:00", "11:00")
    assert held.places_print == "City Hall, Room 305"
    parts = records.children(desk, meeting)
    entries: list[Any] = parts["minute_entry"]
    assert [(e.type, e.text["en"]) for e in entries] == [
        ("discussion", "The port of Łódź presented its hydrogen plan. The plan runs until 2030."),
        ("discussion", "Zhengzhou asked for the figures."),
        ("decision", "The group meets every two months."),
        ("decision", "The next meeting is in Zhengzhou."),
        ("open_question", "Who pays for the study?"),
    ]
    actions: list[Any] = parts["action_item"]
    people = {p.id: str(p.name) for p in records.page(desk, "person", records.listing(desk, "person"))}  # type: ignore[attr-defined]
    assert [(a.text["en"], a.due.edtf, a.status) for a in actions] == [
        ("Send the list of ports", "2027-05-05", "open"),
        ("Draft the agreement", "2027-06", "open"),
    ], "a month stays a month"
    assert actions[0].person == nowak, "who is on record is not made twice"
    assert actions[1].person in people
    there: list[Any] = parts["participation"]
    assert len(there) == 4
    assert [p.attendance for p in there].count("excused") == 1
    assert nowak in [p.person for p in there]
    assert actions[1].person in [p.person for p in there]
    assert plan.accounted is not None
    assert plan.accounted.nothing == ()
    desk.undo()
    assert not records.children(desk, meeting)["minute_entry"]
    assert records.get(desk, meeting).when is None, "one step"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("said", "name", "address"),
    [
        ("Dr. Anna Nowak", PersonName("Nowak", "Anna", "given_first"), (None, "Dr.")),
        ("Prof. Dr. Jan Kowalski", PersonName("Kowalski", "Jan", "given_first"), (None, "Prof. Dr.")),
        ("Mr Li Ming", PersonName("Li", "Ming", "family_first"), ("mr", None)),
        ("Don Johnson", PersonName("Johnson", "Don", "given_first"), (None, None)),
        ("王华博士", HanName("王", "华"), (None, "博士")),
    ],
)
def test_a_title_before_or_behind_a_name_is_no_part_of_it(
    desk: Desk, said: str, name: object, address: tuple[str | None, str | None]
) -> None:
    values = {"name_han": name} if isinstance(name, HanName) else {"name": name}
    known = records.add(desk, "person", values)
    text = f"Minutes of the port group\nPresent: {said}, Zofia Lis\nDecision: We go on."
    _pasted(desk, text, _meeting(desk))
    people: list[Any] = records.page(desk, "person", records.listing(desk, "person"))
    assert len(people) == 2, "who is on record is not made again"
    taken = next(person for person in people if person.id == known)
    assert (taken.name_han or taken.name) == name
    assert (taken.salutation, taken.academic_title) == address


def test_which_part_of_a_name_is_which_is_no_question(desk: Desk) -> None:
    records.add(desk, "person", {"name": PersonName("Dézsi", "Csaba András", "family_first")})
    plan = _pasted(desk, "Minutes of the talks\nPresent: Dr. Dézsi Csaba András\nDecision: We go on.", _meeting(desk))
    assert len(records.listing(desk, "person")) == 1
    assert not [line.what for line in plan.lines if "question" in line.what]


def test_people_pasted_with_their_cities_come_from_them(desk: Desk) -> None:
    known = records.add(desk, "place", {"name": Bilingual(en="Ürümqi", zh="乌鲁木齐"), "type": "city"})
    rows = "Name\tPosition\tCity\nWANG Jiping\tDirector\tUrumqi\nZHAO Yi\tExpert\t乌鲁木齐市\nAnna NOWAK\tMayor\tŁódź, Poland\n"
    plan = _pasted(desk, rows, _visit(desk))
    people: list[Any] = records.page(desk, "person", records.listing(desk, "person"))
    cities = records.titles(desk, [person.place for person in people])
    assert {person.name.family: cities[person.place] for person in people} == {
        "Wang": "Ürümqi", "Zhao": "Ürümqi", "Nowak": "Łódź"
    }  # fmt: skip
    assert {person.place for person in people if person.name.family != "Nowak"} == {known}
    assert {text for _, text, _ in plan.oddities} == {"“Łódź, Poland” has no field."}
    assert plan.accounted is not None
    assert plan.accounted.nothing == ()


def test_what_is_on_record_already_is_not_counted_as_left_out(desk: Desk) -> None:
    visit = _visit(desk)
    records.add(desk, "place", {"name": Bilingual(en="Düren")})
    plan = plan_pasted(desk, "Name\tCity\tPost\nUlrich von der Heyden\tDüren\tMayor\nEva Klein\tDüren\tClerk", visit)
    assert plan is not None
    n = incoming_files.take(desk, plan)
    assert incoming_files.say_taken(plan, n).endswith(f": {n} of {n} imported.")


def test_a_sentence_below_the_names_is_nobody(desk: Desk) -> None:
    meeting = _meeting(desk)
    _pasted(desk, "Minutes, 29 March 2027\nPresent: Anna Nowak, Li Ming\nMarek Zieliński\n"
            "Ms Nowak said that the network loses a fifth of its heat.\nDecision: Pécs sends the data.\n", meeting)  # fmt: skip
    parts = records.children(desk, meeting)
    there: list[Any] = parts["participation"]
    entries: list[Any] = parts["minute_entry"]
    assert len(there) == 3
    assert [(each.type, each.text["en"]) for each in entries] == [
        ("discussion", "Ms Nowak said that the network loses a fifth of its heat."),
        ("decision", "Pécs sends the data."),
    ]


def test_chinese_minutes_make_a_meeting_of_the_visit_that_is_open(desk: Desk) -> None:
    visit = _visit(desk)
    zhao = records.add(desk, "person", {"name_han": HanName("赵", "磊")})
    plan = _pasted(desk, JIYAO, visit)
    (meeting,) = records.page(desk, "meeting", records.listing(desk, "meeting"))
    held: Any = meeting
    assert (held.title["zh"], held.visit, held.when.date) == ("港口工作组第一次会议纪要", visit, "2027-04-13")
    assert (held.when.start, held.when.end, held.places_print) == ("09:00", "11:00", "市政府305会议室")
    parts = records.children(desk, held.id)
    entries: list[Any] = parts["minute_entry"]
    assert [(e.type, e.text["zh"]) for e in entries] == [
        ("discussion", "罗兹市介绍了氢能规划。"),
        ("discussion", "郑州市询问了数据。"),
        ("decision", "工作组每两个月开会一次。"),
        ("open_question", "研究费用由谁承担？"),
    ]
    actions: list[Any] = parts["action_item"]
    assert [(a.text["zh"], a.due.edtf) for a in actions] == [("提交港口清单", "2027-05-05"), ("起草协议", "2027-06")]
    assert actions[1].person == zhao
    there: list[Any] = parts["participation"]
    assert sorted(filter(None, (p.role for p in there))) == ["moderator"]
    assert len(there) == 4
    assert plan.accounted is not None
    assert plan.accounted.nothing == ()


def test_a_table_of_actions_says_who_and_by_when(desk: Desk) -> None:
    meeting = _meeting(desk)
    _pasted(
        desk,
        "Minutes of the port group\nNo.\tTask\tWho\tBy when\n1\tSend the list\tAnna Nowak\t5 May 2027\n2\tBook rooms\t\t\n",
        meeting,
    )
    actions: list[Any] = records.children(desk, meeting)["action_item"]
    assert [(a.text["en"], a.due and a.due.edtf, bool(a.person)) for a in actions] == [
        ("Send the list", "2027-05-05", True),
        ("Book rooms", None, False),
    ]


def test_lines_pasted_into_the_line_of_minutes_are_entries_whatever_they_say(desk: Desk) -> None:
    meeting = _meeting(desk)
    _pasted(
        desk,
        "The port is ready.\n! We meet in May.\n> Send the list @Nowak 5 May 2027\n? Who pays?\nThe port is ready.",
        meeting,
        minutes=True,
    )
    parts = records.children(desk, meeting)
    entries: list[Any] = parts["minute_entry"]
    assert [(e.type, e.text["en"]) for e in entries] == [
        ("discussion", "The port is ready."),
        ("decision", "We meet in May."),
        ("open_question", "Who pays?"),
        ("discussion", "The port is ready."),
    ], "what was said twice stands there twice"
    assert len(parts["action_item"]) == 1


def test_the_title_of_mailed_minutes_is_no_entry_in_the_line_of_minutes_either(desk: Desk) -> None:
    meeting, other = _meeting(desk), _meeting(desk)
    _pasted(desk, MINUTES, meeting, minutes=True)
    _pasted(desk, "The minutes were approved.\n! We meet in May.", other, minutes=True)
    said: list[Any] = [records.children(desk, id_)["minute_entry"][0] for id_ in (meeting, other)]
    assert [entry.text["en"][:20] for entry in said] == ["The port of Łódź pre", "The minutes were app"]


@pytest.mark.parametrize(
    "text",
    [
        "Anna Nowak\nLi Ming",
        "A note.\nAnother line.",
        "Dear Anna,\nsee you at 9:00 on Monday.\nBest regards",
        "",
        "\n\n",
    ],
)
def test_other_text_is_neither(desk: Desk, text: str) -> None:
    assert plan_pasted(desk, text, _visit(desk)) is None


def test_a_text_that_is_too_long_is_refused_before_it_is_read(desk: Desk) -> None:
    visit = _visit(desk)
    with user_error("too-many-lines", match="100000 lines"):
        plan_pasted(desk, "12 April 2027\n" + "09:00 Talks\n" * 99_998, visit)
    with user_error("too-many-lines"):
        plan_pasted(desk, "Minutes\n" + "Decision: again\n" * 99_998, visit)
    assert plan_pasted(desk, "x" * 3_000_000, visit) is None
    assert plan_copied(desk, "line of a log\n" * 100_000) is None
    assert plan_pasted(desk, "12 April 2027 " * 70_000 + "\n" + "9" * 200_000, visit) is None
