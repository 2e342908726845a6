"""What a state should have before it is chosen."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.model.records import make
from ucapdesk.model.codes import codes
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.rules.record_rules import MILESTONES, next_milestone


def gaps(record: Any, **parts: list[Any]) -> tuple[str, list[str]]:
    """The state ahead, and where its gaps are."""
    goal, found = next_milestone(record, parts)
    return goal, [gap.where for gap in found]


def test_milestones_are_states_of_their_kind_in_its_order() -> None:
    for kind, goals in MILESTONES.items():
        known = list(codes(KINDS[kind].fields["status"].meta.codes))
        assert [known.index(goal) for goal in goals] == sorted(known.index(goal) for goal in goals), kind


def test_every_gap_leads_to_a_field_or_a_list_that_is_there() -> None:
    for kind, goals in MILESTONES.items():
        children = {child.name for child in KINDS[kind].children}
        for status in (None, *goals):
            for gap in next_milestone(make(kind, status=status), {})[1]:
                assert gap.where in KINDS[kind].fields or gap.where in children, (kind, gap)
                assert gap.said.say("en")


def test_signing_asks_for_a_date_two_parties_and_a_signatory_of_each() -> None:
    ready = make("agreement", status="ready_to_sign")
    assert gaps(ready) == ("signed", ["signed", "agreement_party", "signatory"])
    a, b = make("agreement_party", id="a"), make("agreement_party", id="b")
    one = make("signatory", party="a", person="p")
    assert gaps(ready, agreement_party=[a, b], signatory=[one]) == ("signed", ["signed", "signatory"])
    dated = make("agreement", status="ready_to_sign", signed="2026-09")
    other = make("signatory", party="b", person="q")
    assert gaps(dated, agreement_party=[a, b], signatory=[one, other]) == ("in_force", ["in_force"])
    helper, witness = (
        make("signatory", party="b", person="q", role="assistant"),
        make("agreement_party", role="witness"),
    )
    assert gaps(dated, agreement_party=[a, b], signatory=[one, helper])[1] == ["signatory"], "who assists does not sign"
    assert gaps(dated, agreement_party=[a, b, witness], signatory=[one, other])[0] == "in_force", "a witness does not"
    assert gaps(dated, agreement_party=[a, witness], signatory=[one])[1] == ["agreement_party"]
    unnamed = [make("signatory", person="p"), make("signatory", person="q")]
    assert gaps(dated, agreement_party=[a, b], signatory=unnamed)[1] == ["signatory"], (
        "who signs for whom is asked, as in *Mark as signed…*"
    )


@pytest.mark.parametrize("status", ["in_force", "terminated", "cancelled"])
def test_nothing_is_asked_for_a_state_that_is_passed(status: str) -> None:
    assert gaps(make("agreement", status=status)) == ("", [])


def test_closing_a_meeting_asks_for_minutes_and_for_who_does_what_by_when() -> None:
    agreed = make("meeting", status="minutes_agreed")
    entry, action = make("minute_entry"), make("action_item", person="p")
    assert gaps(agreed, minute_entry=[entry], action_item=[action]) == ("closed", ["action_item"])
    due = make("action_item", person="p", due="2026-12-15")
    assert gaps(agreed, minute_entry=[entry], action_item=[due]) == ("", [])


def test_kinds_without_milestones_are_silent() -> None:
    assert gaps(make("person")) == ("", [])
