"""A third delegation, entered by somebody new: Gdańsk visits Changsha. What window, lists, papers and calendars say of it agrees."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QTabBar, QWidget

from tests.helpers.clock import COMPUTER, FrozenClock
from tests.helpers.drawn_lines import extracted
from tests.helpers.surfaces import tight
from tests.journeys.conftest import run
from tests.journeys.driver import Driver
from ucapdesk.base import settings
from ucapdesk.model.listing import TEXTS, Condition, ListView
from ucapdesk.papers import printing as papers
from ucapdesk.services import Desk
from ucapdesk.services.records import lists, records
from ucapdesk.services.workspaces import workspace_service
from ucapdesk.ui.toolkit.theme import apply_theme
from ucapdesk.ui.window.desk_window import DeskWindow

# A menu opens, on the offscreen platform, in whichever test is the first of a process.
pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)

NOW = datetime(2027, 5, 20, 8, tzinfo=UTC)
GUESTS = ("Aleksandra Dulkiewicz-Łęcka", "卢卡什·茹科夫斯基 Łukasz Żukowski")
HOSTS = ("龚䶮 Gong Yan", "𠮷文华")
DAYS = {
    "8": ("LO91 Warsaw to Beijing 1505 0640+1",),
    "9": ("G485 Beijing to Changsha 0900 1430",),
    "10": ("0930 1130 talks on port logistics",),
}
TALKS = "港口物流会谈"


class Newcomer:
    """Somebody at the window of an empty workspace."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.window = desk, DeskWindow(desk, lambda _: None)
        self.window.resize(1366, 768)
        self.window.show()
        self.window.activateWindow()
        self.driver = Driver(self.window).wait(lambda: QApplication.activeWindow() is self.window)

    def write(self, text: str, *keys: str) -> None:
        """Letters by keys, anything else with an input method; then these keys."""
        for part in re.findall(r"[ -~]+|[^ -~]+", text):
            self.driver.type(part) if part.isascii() else self.driver.compose("", part)
        self.driver.press(*keys)

    def tab(self, bar: str, at: int) -> None:
        found = self.window.findChild(QTabBar, bar)
        assert found is not None
        QTest.mouseClick(found, Qt.MouseButton.LeftButton, pos=found.tabRect(at).center())
        QApplication.processEvents()

    def go_to(self, name: str) -> Any:
        found = next(each for each in self.window.findChildren(QWidget, name) if each.isVisible())
        found.setFocus()
        return found

    def enter(self) -> str:
        """City, visit, people, programme, and a meeting of it that is then named in Chinese. The visit."""
        self.driver.press("Ctrl+6")
        self.tab("list.tabs", 1)
        self.driver.press("Ctrl+N")
        self.write("Changsha", "Tab")
        self.write("长沙", "Tab", "Tab")
        self.write("China", "Return", "Ctrl+2", "Ctrl+N")
        self.write("Visit to Changsha", "Tab")
        self.write("访问长沙", "Tab")
        self.write("2027-06-08/2027-06-12", "Tab")
        self.go_to("field.host_places.line")
        self.write("Changsha", "Return", "Tab")
        shown = self.window.record.record
        assert shown is not None
        self._people()
        self._programme()
        return shown.id

    def _people(self) -> None:
        self.go_to("field.travelling_side.box")
        self.write("eu", "Return", "Tab")
        self.tab("record.tabs", 1)
        for group, names in (("delegation", GUESTS), ("hosts", HOSTS)):
            self.go_to(f"visit.{group}.add.line")
            for name in names:
                self.write(name, "Return")
        rows: Any = self.window.findChild(QWidget, "visit.delegation")
        rows.findChild(QComboBox, "field.role.box").setFocus()
        self.write("head", "Return", "Tab")

    def _programme(self) -> None:
        self.tab("record.tabs", 0)
        for day, lines in DAYS.items():
            self.driver.click_row("itinerary.days", day).press("Ctrl+N")
            for line in lines:
                self.write(line, "Return")
            self.driver.press("Esc")
        self.driver.click_row("itinerary.items", "09:30").choose("itinerary.item_menu", "itinerary.do.meeting")
        self.go_to("field.title.zh")
        self.write(TALKS, "Tab")


@dataclass(frozen=True)
class Entered:
    """What was entered, closed."""

    folder: Path
    visit: str

    def paper(self, document: str, edition: str | None = None) -> str:
        """The text of a PDF, Chinese first."""
        file = io.BytesIO()
        with Desk.open(self.folder, clock=FrozenClock(NOW), read_only=True) as desk:
            papers.brief(desk, [self.visit], file, document=document, edition=edition, languages=("zh", "en"))
        return tight(extracted(file.getvalue()))


@pytest.fixture(scope="module")
def entered(tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> Iterator[Entered]:
    folder = tmp_path_factory.mktemp("third") / "desk"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("UCAPDESK_CONFIG", str(folder.parent / "config"))
        COMPUTER.set(NOW)
        chosen = settings.Settings(interface_language="en", theme="light", person="Marta")
        settings.save(chosen)
        apply_theme(qapp, chosen)
        with workspace_service.new(folder, name="Gdańsk", person="Marta") as desk:
            newcomer = Newcomer(desk)
            visit = newcomer.enter()
            newcomer.window.work.stop_all()
            newcomer.window.close()
            newcomer.window.deleteLater()
        yield Entered(folder, visit)


def test_no_hour_of_the_pack_stands_on_the_clock_of_another_place(entered: Entered) -> None:
    pack = entered.paper("visit_pack", "hosts")
    assert "所列时间均为北京时间" in pack
    assert "6月9日（周三）14:30Wed9Jun14:30北京时间" in pack, (
        "the clock of a train to Changsha is no place where it arrives"
    )
    assert "6月9日（周三）06:40Wed9Jun06:40北京时间" in pack


def test_a_meeting_named_in_chinese_is_called_so_in_programme_and_calendar(entered: Entered, tmp_path: Path) -> None:
    assert f"09:30–11:30{TALKS}" in entered.paper("itinerary", "hosts")
    run("export", entered.folder, "visit", "--lang", "zh", "-o", tmp_path / "visit.ics")
    events = {
        str(each["SUMMARY"]): each for each in Calendar.from_ical((tmp_path / "visit.ics").read_bytes()).walk("VEVENT")
    }
    assert events[TALKS]["DTSTART"].params["TZID"] == "Asia/Shanghai"


def test_a_name_from_abroad_is_said_alike_in_lists_and_on_cards_and_lacks_no_english(entered: Entered) -> None:
    assert "卢卡什·茹科夫斯基" in entered.paper("place_cards")
    with Desk.open(entered.folder, clock=FrozenClock(NOW), read_only=True) as desk:
        people = records.listing(desk, "person")
        said = records.titles(desk, people, "zh").values()
        assert {"卢卡什·茹科夫斯基", "龚䶮", "𠮷文华"} < set(said)
        lacking = lists.ids(desk, ListView("person", conditions=(Condition(TEXTS, ("en.missing",)),)))
        assert list(records.titles(desk, lacking, "zh").values()) == ["𠮷文华"], "she has no Latin name"


def test_the_head_of_the_delegation_thanks_the_first_of_the_hosts(entered: Entered) -> None:
    letter = entered.paper("thank_you_letter")
    assert "尊敬的龚" in letter
    assert letter.count("Dulkiewicz-Łęcka") >= 2
