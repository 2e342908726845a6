"""Ticking three actions and putting off a fourth, by keys alone, and taking it all back."""

from __future__ import annotations

import pytest

from tests.helpers import seed
from tests.journeys.conftest import AtDesk
from ucapdesk.model.values import PartialDate
from ucapdesk.services.records import records
from ucapdesk.services.workspaces import maintenance
from ucapdesk.ui.window.sections import COUNT_ROLE, PLACE_ROLE


def _overdue(at_desk: AtDesk) -> int:
    """The number beside the section, once it is counted."""
    sections = at_desk.window.sections
    at_desk.driver.wait(lambda: not at_desk.window.section_counts.counting)
    (row,) = [row for row in range(sections.count()) if sections.item(row).data(PLACE_ROLE) == "action_item"]
    return int(sections.item(row).data(COUNT_ROLE) or 0)


@pytest.mark.rule("K1", "U1", "V3", "C5", "J12")
def test_three_actions_are_ticked_and_a_fourth_is_put_off_until_friday(at_desk: AtDesk) -> None:
    desk, before, overdue = at_desk.desk, maintenance.digest(at_desk.desk), _overdue(at_desk)
    driver = at_desk.driver.press("Ctrl+4")
    first, second, third, fourth = at_desk.window.list.table.ids()[:4]
    driver.think().press("Space", "Space", "Space")
    driver.press_into("Ctrl+G", lambda person: person.type("fri").press("Enter"))
    done = desk.read.many([first, second, third])
    assert [(each.status, each.done_on) for each in done] == [("done", PartialDate(seed.TODAY.isoformat()))] * 3  # type: ignore[attr-defined]
    assert records.get(desk, fourth).due == PartialDate("2026-11-27")  # type: ignore[attr-defined]
    assert _overdue(at_desk) == overdue - 4
    took = driver.took
    assert took.keys <= 12
    assert took.clicks == 0
    assert took.seconds - sum(took.answers) < 20
    for _ in range(4):
        driver.press("Ctrl+Z")
    assert maintenance.digest(desk) == before
    assert _overdue(at_desk) == overdue


def test_a_ticked_action_stays_where_it_is_until_the_list_is_left(at_desk: AtDesk) -> None:
    at_desk.driver.press("Ctrl+4")
    table = at_desk.window.list.table
    before = list(table.ids()[:5])
    at_desk.driver.press("Space")
    assert list(table.ids()[:5]) == before
    assert at_desk.window.list.view.currentIndex().row() == 1
    assert at_desk.window.list.view.hasFocus()
