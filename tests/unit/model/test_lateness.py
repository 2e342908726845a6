"""When an action or an MoU is late, as exactly as its day is known."""

from __future__ import annotations

from datetime import date

from tests.unit.model.records import make
from ucapdesk.model.rules.status import EXPIRING, OVERDUE, is_overdue, lateness

TODAY = date(2026, 11, 25)


def test_an_action_is_overdue_after_its_last_possible_day() -> None:
    assert is_overdue(make("action_item", due="2026-10", status="open"), TODAY)
    assert not is_overdue(make("action_item", due="2026-11", status="open"), TODAY)
    assert not is_overdue(make("action_item", due="2026-10", status="done"), TODAY)
    assert not is_overdue(make("action_item", status="open"), TODAY)


def test_an_mou_that_ends_soon_and_one_that_should_be_signed_say_so_at_that_date() -> None:
    ending = make("agreement", status="in_force", signed="2024-01-10", expires="2027-01-10")
    assert (lateness(ending, "expires", TODAY), lateness(ending, "signed", TODAY)) == (EXPIRING, "")
    unsigned = make("agreement", status="negotiation", signing_planned="2026-11-20")
    assert (lateness(unsigned, "signing_planned", TODAY), lateness(unsigned, "expires", TODAY)) == (OVERDUE, "")
    later = make("agreement", status="in_force", signed="2024-01-10", expires="2030-01-10")
    assert lateness(later, "expires", TODAY) == ""
