"""Somebody at the calendar, and what is on in the week they look at."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QApplication

from tests.ui.conftest import User
from tests.ui.list_hands import AtPage
from ucapdesk.model.values import Bilingual, PartialDate, When
from ucapdesk.services import line_entry
from ucapdesk.services.records import records
from ucapdesk.ui.screens.week_page import WeekPage

TUESDAY = date(2027, 11, 23)


class Reader(AtPage):
    """Somebody at the calendar."""

    def __init__(self, user: User) -> None:
        super().__init__(user)
        values = {"dates": PartialDate("2027-11-23/2027-11-25"), "time_zone": "Europe/Madrid"}
        self.visit = records.add(self.desk, "visit", {"title": Bilingual(en="Delegation", zh="代表团"), **values})
        records.add(self.desk, "visit", {"title": Bilingual(en="Some time"), "dates": PartialDate("2027-11")})
        self.items = [
            self.line("1100 1200 visit port"),
            self.line("0930 1030 meet"),
            self.line("0900 talks", "2027-11-24"),
        ]
        when = When(date="2027-11-23", start="10:45", end="11:15", tz="Asia/Shanghai")
        self.meeting = records.add(self.desk, "meeting", {"title": Bilingual(en="Video call"), "when": when})
        records.add(self.desk, "meeting", {"title": Bilingual(en="Month only"), "when": When(date="2027-11")})
        user.window.resize(1280, 640)
        user.window.do("go.week")
        self.page.show_day(TUESDAY)
        QApplication.processEvents()

    def line(self, typed: str, day: str = "2027-11-23") -> str:
        return line_entry.add_itinerary_line(
            self.desk, self.visit, day, line_entry.read_itinerary_line(self.desk, typed)
        )

    @property
    def page(self) -> WeekPage:
        assert self.user.window.week is not None
        return self.user.window.week

    def day(self, at: int) -> list[str]:
        return [self.page.lists[at].item(n).text() for n in range(self.page.lists[at].count())]
