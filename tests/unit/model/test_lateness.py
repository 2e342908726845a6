"""When an action is late, as exactly as its day is known."""

from __future__ import annotations

from datetime import date

from tests.unit.model.records import make
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.rules.lateness import is_overdue

TODAY = date(2026, 11, 25)
STATUS = KINDS["agreement"].fields["status"]


def test_an_action_is_overdue_after_its_last_possible_day() -> None:
    assert is_overdue(make("action_item", due="2026-10", status="open"), TODAY)
    assert not is_overdue(make("action_item", due="2026-11", status="open"), TODAY)
    assert not is_overdue(make("action_item", due="2026-10", status="done"), TODAY)
    assert not is_overdue(make("action_item", status="open"), TODAY)
