"""A seating plan names everybody at the seat, in one size, or nobody; it stands on the page it was asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.drawn_lines import drawn_lines, extracted
from tests.unit.briefing.everything import printed
from tests.unit.briefing.sample import bi
from ucapdesk.briefing.blocks.content import PageSetup
from ucapdesk.briefing.blocks.elements import Plan, Seat, Thing
from ucapdesk.model.rules.sides import PARTY_MARKS

LONG = (
    ("Bożena SZCZĘŚNIAK-GRZEGŻÓŁKA", "博热娜·什琴希尼亚克-格热格茹卡"),
    ("Eleftheria PAPADOPOULOU-KARAMANLI", "埃莱夫塞里娅·帕帕佐普卢-卡拉曼利"),
    ("Grzegorz BRZĘCZYSZCZYKIEWICZ", None),
    ("Łucja ŻÓŁĆ-KRZYŻANOWSKA", "武齐娅·茹奇-克日扎诺夫斯卡"),
    ("GONG Yan", "龚䶮"),
)
names = st.lists(st.sampled_from(LONG), min_size=2, max_size=26)


def _rows(people: Sequence[tuple[str, str | None]]) -> Plan:
    """Two rows facing each other, each person told apart by a number after the name."""
    half = -(-len(people) // 2)
    seats = tuple(
        Seat(26.0 * (n % half), 22.0 if n < half else 66.0, bi(f"{en} N{n:02}", zh and f"{zh}{n:02}"), PARTY_MARKS[n // half],
             str(n + 1), None, "above" if n < half else "below")
        for n, (en, zh) in enumerate(people)
    )  # fmt: skip
    return Plan((Thing("table", 0, 33, 26.0 * half, 22),), seats, rows=True)


@given(people=names, landscape=st.booleans())
@settings(max_examples=12, deadline=None)
def test_everybody_is_named_once_and_nobody_is_left_out(people: list[tuple[str, str | None]], landscape: bool) -> None:
    pdf = printed(_rows(people), page=PageSetup(landscape=landscape))
    text = "".join(extracted(pdf).split())
    assert [text.count(f"N{n:02}") for n in range(len(people))] == [1] * len(people)


@pytest.mark.parametrize("letters", [30, 31])
def test_names_beside_each_other_have_more_between_them_than_a_space(letters: int) -> None:
    lines = drawn_lines(printed(_rows([("Wang " + "i" * letters, None)] * 12)))
    named = [(len(re.findall(r"\bN\d\d", line.text)), line.right - line.x) for line in lines if "Wang" in line.text]
    alone = max(wide for n, wide in named if n < 2)
    close = [
        (wide - n * alone) / (n - 1) for n, wide in named if n > 1
    ]  # names with little between them are read as one
    assert min(close, default=9.0) > 4.5


@pytest.mark.parametrize("landscape", [False, True])
def test_names_at_seats_have_one_size_on_the_first_page(landscape: bool) -> None:
    people = [LONG[n % len(LONG)] for n in range(16)]
    lines = drawn_lines(printed(_rows(people), page=PageSetup(landscape=landscape)))
    named = [line for line in lines if re.search(r"\bN\d\d", line.text)]
    assert len(named) == len(people), "everybody stands at a seat"
    assert {line.page for line in named} == {min(line.page for line in lines)}
    assert len({round(line.size, 1) for line in named}) == 1


def test_where_one_name_has_no_room_nobody_is_named_at_the_seats() -> None:
    people = [*LONG, ("Longest " * 60, "最长的名字" * 60)]
    lines = drawn_lines(printed(_rows(people)))
    told = [line for line in lines if re.search(r"Bożena|GONG|Grzegorz|Łucja|Eleftheria", line.text)]
    assert len(told) == len(LONG)
    assert {round(line.size, 1) for line in told} == {9.5}, "in a list, under the plan"


def test_both_facing_pages_draw_the_room_alike() -> None:
    """In Chinese the names have room above and below long rows, in English only beside turned ones."""
    people = [("Brzęczyszczykiewicz", "李明")] * 20
    lines = drawn_lines(printed(_rows(people), layout="facing"))
    seats = [line for line in lines if line.text.isdigit()]
    left, right = ([line for line in seats if line.page % 2 == side] for side in (0, 1))
    assert len(left) == len(right) >= len(people)
    down = left[0].y - right[0].y
    assert all(
        abs(one.x - other.x) < 1 and abs(one.y - other.y - down) < 1 for one, other in zip(left, right, strict=True)
    )
    assert len({line.size for line in lines if re.search(r"N\d\d", line.text)}) == 1


def test_the_names_of_all_parties_have_one_size() -> None:
    """Some stand in a second row of the legend."""
    parties = tuple((mark, bi(f"Party {n}", f"第{n}方" if n else None)) for n, mark in enumerate(PARTY_MARKS[:5]))
    lines = drawn_lines(printed(replace(_rows(LONG), legend=parties)))
    assert len({round(line.size, 1) for line in lines if "Party" in line.text}) == 1
