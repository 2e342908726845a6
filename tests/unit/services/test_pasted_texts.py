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


def test_what_is_on_record_already_is_not_counted_as_left_out(desk: Desk) -> None:
    visit = _visit(desk)
    records.add(desk, "place", {"name": Bilingual(en="Düren")})
    plan = plan_pasted(desk, "Name\tCity\tPost\nUlrich von der Heyden\tDüren\tMayor\nEva Klein\tDüren\tClerk", visit)
    assert plan is not None
    n = incoming_files.take(desk, plan)
    assert incoming_files.say_taken(plan, n).endswith(f": {n} of {n} imported.")


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


def test_minutes_fill_the_meeting_that_is_open_in_one_step(desk: Desk) -> None:
    nowak = records.add(desk, "person", {"name": PersonName("Nowak", "Anna")})
    meeting = _meeting(desk)
    _pasted(desk, MINUTES, meeting)
    parts: Any = records.children(desk, meeting)
    assert [action.person == nowak for action in parts["action_item"]] == [True, False], (
        "who is on record is not made twice"
    )
    assert (len(parts["minute_entry"]), len(parts["participation"])) == (5, 4)
    desk.undo()
    assert not records.children(desk, meeting)["minute_entry"]
    assert records.get(desk, meeting).when is None  # type: ignore[attr-defined]


def test_a_table_of_markdown_is_pasted_as_a_programme(desk: Desk) -> None:
    visit = _visit(desk)
    head = "| Date | Time | Activity |\n|---|---|---|\n"
    _pasted(desk, f"{head}| 12 April 2027 | 9:00 | Talks |\n| | 11:00 | Signing |", visit)
    assert [(p.when.start, p.title["en"]) for p in _points(desk, visit)] == [("09:00", "Talks"), ("11:00", "Signing")]
