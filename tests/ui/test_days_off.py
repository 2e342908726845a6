"""Public holidays of both sides and China's shifted working days, in the week, the month, the itinerary, date fields and gaps."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from tests.ui.conftest import User
from ucapdesk.base.i18n import language
from ucapdesk.model.values import Bilingual, PartialDate
from ucapdesk.papers.gaps import gaps
from ucapdesk.services.home import month
from ucapdesk.services.records import records
from ucapdesk.ui.screens.visit_screen import VisitScreen


@pytest.fixture
def visit(user: User) -> str:
    """A visit over China's national holiday, in a year that is announced."""
    values = {"title": Bilingual(en="Autumn visit"), "dates": PartialDate("2026-12-30/2027-01-02")}
    return records.add(user.desk, "visit", values)


@pytest.mark.row("B14")
def test_the_week_names_the_days_off_and_the_weekend_days_that_are_worked(user: User) -> None:
    user.window.resize(1366, 728)
    user.window.do("go.week")
    page = user.window.week
    assert page is not None
    page.show_day(date(2026, 10, 5))
    QApplication.processEvents()
    assert page.offs[3].text() == ""
    assert "China: National Day" in page.offs[0].text()
    assert "China: working day" in page.offs[5].text()
    assert [each.free for each in page.lists] == [True, True, True, False, False, False, True]
    assert "China: working day" in page.lists[5].accessibleName()
    page.show_day(date(2031, 1, 7))
    assert "China: shifted working days 2031 not announced yet" in page.notes.text()


def test_the_month_marks_them(user: User) -> None:
    shown = month(user.desk, date(2026, 10, 1), date(2026, 10, 20), language())
    days = {each.day: each for week in shown.weeks for each in week}
    assert days[date(2026, 10, 1)].off
    assert "China: National Day" in days[date(2026, 10, 1)].said
    assert not days[date(2026, 10, 20)].off


def test_the_itinerary_and_the_field_of_dates_say_them_and_so_do_the_gaps(user: User, visit: str) -> None:
    user.open(visit)
    screen = user.window.record.special
    assert isinstance(screen, VisitScreen)
    assert screen.programme is not None
    screen.programme.show_date("2027-01-01")
    assert "New Year" in screen.programme.off.text()
    screen.show_tab("details")
    echo = user.editor("dates").findChild(QLabel, "field.dates.echo")
    told = echo.text() if echo else ""
    assert "Fri 1 Jan Germany, Spain, Italy, China: New Year's Day" in told
    assert "China: shifted working days 2027 not announced yet" in told
    said = [each.text for each in gaps(user.desk, [visit], document="visit_pack").found]
    assert any("1 January 2027" in each and "New Year" in each for each in said)
