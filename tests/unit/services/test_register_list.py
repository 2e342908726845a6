"""The register as a list: by the end of its MoUs, recorded or following from their term."""

from __future__ import annotations

from typing import Any

import pytest

from ucapdesk.model.listing import EMPTY_FIELD, Condition, ListView
from ucapdesk.model.values import Bilingual, PartialDate
from ucapdesk.services.records import lists, records
from ucapdesk.store.desk import Desk

# The clock of these tests stands on Monday 2 November 2026.

MOUS: dict[str, dict[str, Any]] = {
    "recorded": {"expires": "2026-12-01"},
    "by term": {"signed": "2024-12-15", "term_months": 24},
    "vague": {"signed": "2025", "term_months": 24},
    "over": {"in_force": "2020-01-01", "term_months": 12},
    "endless": {"signed": "2026-01-01"},
}


@pytest.fixture
def register(desk: Desk) -> dict[str, str]:
    """Titles by id."""
    found = {}
    for title, said in MOUS.items():
        values: dict[str, Any] = {name: PartialDate(v) if isinstance(v, str) else v for name, v in said.items()}
        found[records.add(desk, "agreement", {"title": Bilingual(en=title), "status": "in_force", **values})] = title
    return found


def _listed(desk: Desk, register: dict[str, str], **view: Any) -> list[str]:
    return [register[id_] for id_ in lists.ids(desk, ListView("agreement", **view))]


@pytest.mark.rule("W4")
@pytest.mark.parametrize(
    ("value", "titles"),
    [
        ("@next90", ["by term", "recorded", "vague"]),
        ("2027", ["vague"]),
        ("@past", ["over"]),
        (EMPTY_FIELD, ["endless"]),
    ],
)
def test_the_register_is_narrowed_by_ends_that_follow_from_a_term_too(
    desk: Desk, register: dict[str, str], value: str, titles: list[str]
) -> None:
    assert sorted(_listed(desk, register, conditions=(Condition("expires", (value,)),))) == titles
    others = _listed(desk, register, conditions=(Condition("expires", (value,), without=True),))
    assert sorted(others) == sorted(set(MOUS) - set(titles))


def test_the_register_stands_in_the_order_of_its_ends_and_without_end_last(
    desk: Desk, register: dict[str, str]
) -> None:
    order = ["over", "recorded", "by term", "vague"]
    assert _listed(desk, register, order="expires") == [*order, "endless"]
    assert _listed(desk, register, order="expires", descending=True) == [*order[::-1], "endless"]


def test_other_conditions_and_words_hold_beside_the_end(desk: Desk, register: dict[str, str]) -> None:
    next90 = Condition("expires", ("@next90",))
    assert _listed(desk, register, conditions=(next90, Condition("status", ("signed",)))) == []
    assert _listed(desk, register, conditions=(next90,), find="term") == ["by term"]
