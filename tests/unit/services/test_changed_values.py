"""Links, codes, hours and texts of several lines are changed on the page of proposals before anything is written."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.helpers.paper_facts import PAPERS
from ucapdesk.base.errors import UserError
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.text.assignments import parse_assignments
from ucapdesk.model.values import When
from ucapdesk.services import Desk
from ucapdesk.services.files import imports, incoming_files
from ucapdesk.services.files.draft_plan import ChangedValues
from ucapdesk.services.files.imports import read_office_lists
from ucapdesk.services.files.incoming_files import Plan
from ucapdesk.services.records import records


def _plan(desk: Desk, file: str, owner: str) -> Plan:
    (found,) = read_office_lists(desk, PAPERS / file, owner)
    return imports.plan_list(desk, found)


def _visit(desk: Desk) -> str:
    lines = ["title.en=Tour", "dates=2019-06-12/2019-06-16", "travelling_side=A"]
    return records.add(desk, "visit", parse_assignments(KINDS["visit"], lines, new=True))


def _number(plan: Plan, said: str, above: str = "") -> int:
    """The line of a field that says this, of the record whose title holds ``above``."""
    groups = {line.number for line in plan.lines if not line.under and above in line.title}
    return next(line.number for line in plan.lines if line.under in groups and line.title.startswith(said))


def test_the_last_day_stays_where_the_hours_alone_are_changed(desk: Desk) -> None:
    values = ChangedValues(desk, {}, str)
    when = KINDS["itinerary_item"].fields["when"]
    for held in (
        When("2019-06-12", "18:00", "09:00", "2019-06-14"),  # two nights
        When("2019-06-12", "13:00", "10:00", tz="Asia/Shanghai", end_tz="America/New_York"),
    ):
        said = f"12 June 2019 13:30–{held.end}"
        assert values.read("itinerary_item", when, said, held) == replace(held, start="13:30")


def test_the_hours_of_a_point_are_changed_as_they_are_typed(desk: Desk) -> None:
    visit = _visit(desk)
    plan = _plan(desk, "richeng.docx", visit)
    assert plan.change is not None
    number = _number(plan, "Date and time", "欢迎晚宴")
    assert next(line.typed for line in plan.lines if line.number == number) == "12 June 2019 18:30–20:00"
    assert plan.change(number, "13 June 2019 19:00").endswith("13 June 2019, 19:00"), "the year is no hour"
    assert plan.change(number, "13.6. 2019 1900").endswith("13 June 2019, 19:00"), "nor behind a point and a space"
    assert plan.change(number, "13 June 2019 19:00–00:30").endswith("13 June 2019, 19:00 – 14 June 2019, 00:30")
    assert "19:00" in plan.change(number, "13 June 2019, 19:00 - 21:15")
    with pytest.raises(UserError, match="nothing was changed"):
        plan.change(number, "soon")
    incoming_files.take(desk, plan)
    points: Any = records.children(desk, visit)["itinerary_item"]
    assert [(p.when.date, p.when.start, p.when.end) for p in points if p.title["zh"] == "欢迎晚宴"] == [
        ("2019-06-13", "19:00", "21:15")
    ]


def test_links_and_codes_are_changed_by_their_names(desk: Desk) -> None:
    visit = _visit(desk)
    mine = records.add(
        desk, "organisation", parse_assignments(KINDS["organisation"], ["name.en=Port of Gdańsk"], new=True)
    )
    plan = _plan(desk, "renyuan.xlsx", visit)
    assert plan.change is not None
    assert "Port of Gdańsk" in plan.change(_number(plan, "Organisation", "副市长"), "Port of Gdansk")
    assert "外事办公室" in plan.change(_number(plan, "Organisation", "主任"), "柳州市外事办公室"), (
        "one of the file itself"
    )
    with pytest.raises(UserError, match="Nothing among Organisations"):
        plan.change(_number(plan, "Organisation", "处长"), "Nobody knows")
    assert "Interpreter" in plan.change(_number(plan, "Role", "张伟"), "interpreter")
    assert "Halal" in plan.change(_number(plan, "Diet", "马力"), "Vegetarian; Halal")
    incoming_files.take(desk, plan)
    parts: Any = records.children(desk, visit)["participation"]
    assert parts[0].role == "interpreter"
    people: list[Any] = [records.get(desk, part.person) for part in parts]
    posts: list[Any] = [records.children(desk, person.id)["affiliation"][0] for person in people]
    assert posts[0].organisation == mine
    assert posts[1].organisation == posts[4].organisation
    assert set(people[3].diet) == {"halal", "vegetarian"}


def test_a_link_to_what_is_left_is_left_too(desk: Desk) -> None:
    plan = _plan(desk, "renyuan.xlsx", _visit(desk))
    assert plan.change is not None
    plan.change(_number(plan, "Organisation", "副市长"), "柳州市外事办公室")
    house = next(line.number for line in plan.lines if line.title == "Organisation: 柳州市外事办公室")
    left = {line.number for line in plan.lines if house in (line.number, line.under)}
    incoming_files.take(desk, plan, [number for number in plan.ticked if number not in left])
    posts = [
        post
        for person in records.page(desk, "person", records.listing(desk, "person"))
        for post in records.children(desk, person.id)["affiliation"]
    ]
    assert sum(bool(post.organisation) for post in posts) == 3  # type: ignore[attr-defined]
