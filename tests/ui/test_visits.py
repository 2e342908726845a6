"""The page of a visit: its programme, and the mark of papers that changed since they were printed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.shown import child, kept_by, said_by
from tests.ui.conftest import User, prepared
from tests.ui.list_hands import AtPage, answer, focused, point_of, screen_of, show_list
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.paper_kinds import Pack
from ucapdesk.model.kinds.visit_kinds import ItineraryItem
from ucapdesk.model.text.fields_in_words import say
from ucapdesk.model.values import Bilingual, HanName, PartialDate, PersonName, When
from ucapdesk.papers import printing as papers
from ucapdesk.papers.registry import DOCUMENTS
from ucapdesk.services import Desk, line_entry
from ucapdesk.services.files import packs
from ucapdesk.services.records import history, records
from ucapdesk.services.records.draft_texts import LeftoverDraft
from ucapdesk.services.workspaces import maintenance
from ucapdesk.ui.papers.paper_dialog import PaperDialog
from ucapdesk.ui.screens import visit_screen
from ucapdesk.ui.screens.programme_panel import ProgrammePanel
from ucapdesk.ui.screens.visit_screen import PrintedMark, VisitScreen

DAYS = ("2027-11-23", "2027-11-24", "2027-11-25")
LINES = ("0845 0900 bus", "0930 1030 meet", "1100 1200 visit port", "1600 1730 talks", "1830 2030 dinner fixed")
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class Coordinator(AtPage):
    def __init__(self, user: User, planned: tuple[str, list[str]]) -> None:
        super().__init__(user)
        self.visit, self.ids = planned
        user.window.resize(1280, 640)
        user.open(self.visit)
        user.window.show_focused(True)
        QApplication.processEvents()
        self.panel.take_focus()

    def line(self, typed: str, day: str = DAYS[0]) -> str:
        return _line(self.desk, self.visit, typed, day)

    @property
    def panel(self) -> ProgrammePanel:
        found: ProgrammePanel = self.user.window.record.special.programme  # type: ignore[union-attr]
        return found

    @property
    def rows(self) -> Any:
        return self.panel.rows

    def hours(self) -> list[str]:
        return [f"{row.start}-{row.end}" for row in (point_of(self.rows, id_) for id_ in self.rows.ids)]

    def choose(self, at: int) -> None:
        self.rows.choose(self.rows.ids[at])

    def click(self, name: str) -> None:
        self.user.click(name)
        QApplication.processEvents()


def _line(desk: Desk, visit: str, typed: str, day: str = DAYS[0]) -> str:
    return line_entry.add_itinerary_line(desk, visit, day, line_entry.read_itinerary_line(desk, typed))


def _plan(desk: Desk) -> tuple[str, list[str]]:
    values = {"dates": PartialDate(f"{DAYS[0]}/{DAYS[-1]}"), "time_zone": "Europe/Madrid", "travelling_side": "A"}
    visit = records.add(desk, "visit", {"title": Bilingual(en="Visit", zh="访问"), **values})
    return visit, [_line(desk, visit, each) for each in LINES]


@pytest.fixture(scope="module")
def _planned(sample_made: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[str, list[str]]]:
    return prepared(sample_made, tmp_path_factory.mktemp("planned"), _plan)


@pytest.fixture
def sample_folder(_planned: tuple[Path, Any], tmp_path: Path) -> Path:
    return shutil.copytree(_planned[0], tmp_path / "planned")


@pytest.fixture
def at(user: User, _planned: tuple[Path, tuple[str, list[str]]]) -> Coordinator:
    return Coordinator(user, _planned[1])


# -- looking ------------------------------------------------------------------------------------------


@pytest.mark.row("M2")
@pytest.mark.rule("W2", "R17", "A8")
def test_a_day_stands_in_the_order_of_its_hours_with_gaps_and_clashes_beside_the_rows(at: Coordinator) -> None:
    at.line("1645 1800 meet port")
    at.panel.refresh(at.user.record)
    assert at.hours() == ["08:45-09:00", "09:30-10:30", "11:00-12:00", "16:00-17:30", "16:45-18:00", "18:30-20:30"]
    gaps = [
        at.rows.item(n).text() for n in range(at.rows.count()) if not at.rows.item(n).data(Qt.ItemDataRole.UserRole)
    ]
    assert gaps == ["30 min free", "30 min free", "4 h free", "30 min free"]
    assert point_of(at.rows, at.ids[3]).trouble == "clashes with 16:45"
    assert at.rows.item(at.rows.currentRow()).text().startswith("08:45 to 09:00, Bus, Transfer")
    days = at.panel.days
    assert [days.item(n).data(Qt.ItemDataRole.AccessibleTextRole) for n in range(days.count())] == [
        "Tue 23 Nov, 6 items, 1 to check", "Wed 24 Nov, 0 items", "Thu 25 Nov, 0 items",
    ]  # fmt: skip


@pytest.mark.rule("T2", "R17")
def test_a_row_says_the_address_where_the_place_is_not_on_record(at: Coordinator) -> None:
    records.edit(at.desk, at.ids[0], {"address": Bilingual(en="Zechmeister u. 1, Győr"), "place": None})
    at.panel.refresh(at.user.record)
    assert point_of(at.rows, at.ids[0]).second.endswith("Zechmeister u. 1, Győr")


def test_hours_are_those_of_the_place_and_a_journey_shows_both_clocks(
    at: Coordinator, computer_zone: Callable[[str], None]
) -> None:
    computer_zone("Asia/Shanghai")
    records.add(at.desk, "place", {"name": Bilingual(en="Shanghai"), "time_zone": "Asia/Shanghai"})
    flight = at.line("2200 1700 flight CA840 Madrid → Shanghai")
    at.panel.refresh(at.user.record)
    assert (at.panel.clocks.text(), at.hours()[1]) == ("Times in Madrid (UTC+1)", "09:30-10:30")
    assert "22:00 Madrid – 17:00 +1 Beijing" in point_of(at.rows, flight).second
    tip = at.rows.item(next(n for n in range(at.rows.count()) if at.rows.item(n).data(256) == at.ids[1])).toolTip()
    assert "16:30 on this computer" in tip


def test_a_line_that_begins_with_another_day_of_the_visit_is_of_that_day(at: Coordinator) -> None:
    line = focused(at.panel.entry.line)
    at.user.compose(line, "", "11月24日（周三）9:30 会面")
    assert [piece.shown for piece in at.panel.entry.pieces] == ["Wed 24 Nov", "09:30", "Meeting"]
    at.press(Qt.Key.Key_Return)
    assert at.panel.date == DAYS[1]
    (added,) = at.panel.day.points
    assert (added.when.date, added.when.start) == (DAYS[1], "09:30")  # type: ignore[union-attr]
    assert point_of(at.rows, at.rows.current_id).start == "09:30"


def test_a_flight_is_in_the_rows_of_the_day_on_which_it_arrives_too_and_cannot_be_put_in_another_order(
    at: Coordinator,
) -> None:
    flight = at.line("LO91 Warsaw to Beijing 1505 0640+1")
    early = line_entry.add_itinerary_line(
        at.desk, at.visit, DAYS[1], line_entry.read_itinerary_line(at.desk, "0500 0600 breakfast")
    )
    at.panel.refresh(at.user.record)
    row = point_of(at.rows, flight)
    assert (row.start, row.end) == ("15:05", "06:40\xa0+1")
    at.panel.show_date(DAYS[1])
    assert at.rows.ids == [flight, early]
    row = point_of(at.rows, flight)
    assert (row.start, row.end, row.title) == ("06:40", "", "Arrival: Warsaw → Beijing")
    assert "clashes" not in row.trouble, "six in the morning in Madrid is long after in Beijing"
    at.rows.choose(flight)
    at.panel.do("down")
    assert at.rows.ids == [flight, early]
    at.panel.form.show_now()
    assert at.panel.form.form is not None
    at.panel.form.form.focus("title.en")
    at.press(Qt.Key.Key_A, CTRL)
    at.type("Night flight")
    at.press(Qt.Key.Key_Tab)
    assert records.get(at.desk, flight).title["en"] == "Night flight"  # type: ignore[attr-defined]
    assert at.panel.date == DAYS[1], "the day on which it leaves is shown while one writes at its arrival"


def test_a_flight_whose_transport_says_other_hours_says_so(at: Coordinator) -> None:
    hours = When(date=DAYS[0], start="15:05", end="17:00", tz="Europe/Warsaw")
    leg = records.add(at.desk, "transport_leg", {"owner": at.visit, "when": hours})
    values = {"owner": at.visit, "type": "flight", "transport": leg, "when": replace(hours, start="16:05")}
    item = records.add(at.desk, "itinerary_item", values)
    at.panel.refresh(at.user.record)
    row = point_of(at.rows, item)
    assert row.start == "15:05"
    assert row.trouble == "the programme says 23 November 2027, 16:05–17:00 (Warsaw time)"


def test_arrows_walk_the_rows_past_gaps_and_from_day_to_day(at: Coordinator) -> None:
    at.press(Qt.Key.Key_Down)
    assert at.rows.current_id == at.ids[1]
    at.press(Qt.Key.Key_Down)
    assert at.rows.current_id == at.ids[2]
    at.press(Qt.Key.Key_Right)
    assert at.panel.date == DAYS[1]
    assert at.rows.hasFocus()
    at.press(Qt.Key.Key_Left)
    assert at.panel.date == DAYS[0]


def test_the_chosen_point_is_shown_in_full_and_saved_when_a_field_is_left(at: Coordinator, qtbot: QtBot) -> None:
    at.choose(1)
    at.press(Qt.Key.Key_Return)
    assert at.panel.form.id == at.ids[1]
    assert QApplication.focusWidget() in at.panel.form.findChildren(QWidget)
    at.press(Qt.Key.Key_A, CTRL)
    at.type("Round table")
    at.press(Qt.Key.Key_Tab)
    assert records.get(at.desk, at.ids[1]).title["en"] == "Round table"  # type: ignore[attr-defined]
    assert point_of(at.rows, at.ids[1]).title == "Round table"
    form = at.panel.form.form
    assert form is not None
    form.focus("when.line")
    at.press(Qt.Key.Key_A, CTRL)
    at.type(DAYS[1])
    form.focus("title.en")
    at.panel.form.show_now()
    assert (at.panel.date, at.panel.form.id) == (DAYS[1], at.ids[1]), "another point stands where this one was written"
    assert at.panel.form.isAncestorOf(at.user.focus())


# -- one line -----------------------------------------------------------------------------------------


@pytest.mark.rule("R5", "I5", "K3")
def test_chips_tell_what_a_line_says_while_it_is_typed_and_enter_adds_it(at: Coordinator) -> None:
    li = {"name": PersonName("Li", "Mingyu", "family_first"), "name_han": HanName("李", "明宇")}
    records.add(at.desk, "person", li)
    at.panel.refresh(at.user.record)
    at.press(Qt.Key.Key_N, CTRL)
    line = at.panel.entry.line
    assert line.hasFocus()
    at.type("1215 1330 meal ")
    assert [piece.shown for piece in at.panel.entry.pieces] == ["12:15–13:30", "Meal"]
    at.type("with lmy")
    assert [piece.shown for piece in at.panel.entry.pieces][-1] == "Li Mingyu"
    at.press(Qt.Key.Key_Return)
    assert line.hasFocus()
    assert line.text() == ""
    assert point_of(at.rows, at.rows.current_id).title == "Meal"
    assert "1 person" in point_of(at.rows, at.rows.current_id).second
    at.press(Qt.Key.Key_Escape)
    assert at.rows.hasFocus()


def test_full_width_letters_of_an_input_method_are_understood_when_it_is_done(at: Coordinator) -> None:
    at.press(Qt.Key.Key_N, CTRL)
    at.user.compose(at.panel.entry.line, "huimian")
    assert not at.panel.entry.pieces
    at.user.compose(at.panel.entry.line, "", "会面")
    assert [piece.what for piece in at.panel.entry.pieces] == ["kind"]
    at.panel.entry.line.clear()
    at.user.compose(at.panel.entry.line, "", "９３０～１０３０，会面")
    assert [piece.shown for piece in at.panel.entry.pieces] == ["09:30–10:30", "Meeting"]


@pytest.mark.rule("R5")
def test_a_chip_that_is_dropped_gives_its_words_back_to_the_title(at: Coordinator) -> None:
    at.press(Qt.Key.Key_N, CTRL)
    at.type("1215 1330 lunch talk")
    at.press(Qt.Key.Key_Down)
    at.press(Qt.Key.Key_Right)
    at.press(Qt.Key.Key_Backspace)
    assert [(piece.what, piece.shown) for piece in at.panel.entry.pieces][-1] == ("title", "lunch talk")
    assert at.panel.entry.line.hasFocus()
    at.press(Qt.Key.Key_Return)
    row = point_of(at.rows, at.rows.current_id)
    assert row.title == "lunch talk"


def test_escape_leaves_the_line_with_what_is_typed_in_it(at: Coordinator) -> None:
    at.press(Qt.Key.Key_N, CTRL)
    at.type("1215 lun")
    at.press(Qt.Key.Key_Escape)
    assert (at.rows.hasFocus(), at.panel.entry.line.text()) == (True, "1215 lun")


# -- moving -------------------------------------------------------------------------------------------


@pytest.mark.rule("R19", "U1", "U2")
def test_the_rest_of_the_day_is_put_off_and_one_undo_brings_it_back(at: Coordinator) -> None:
    before = maintenance.digest(at.desk)
    at.choose(2)
    at.click("itinerary.delay")
    at.type("130")
    assert at.panel.delay.said.text() == (
        "2 items move · the last one ends at 19:00 · 1 fixed item stays: Dinner 18:30 · 1 to check"
    )
    at.press(Qt.Key.Key_Return)
    assert at.hours()[2:] == ["12:30-13:30", "17:30-19:00", "18:30-20:30"]
    assert (point_of(at.rows, at.ids[4]).trouble, at.rows.hasFocus()) == ("clashes with 17:30", True)
    at.press(Qt.Key.Key_Z, CTRL)
    assert maintenance.digest(at.desk) == before
    assert at.hours()[2] == "11:00-12:00"


def test_what_is_no_length_of_time_moves_nothing_and_says_so(at: Coordinator) -> None:
    at.user.window.show_focused(False)
    at.user.window.resize(at.user.window.minimumSize())
    at.choose(2)
    at.click("itinerary.delay")
    at.type("later")
    at.user.bot.waitUntil(lambda: not at.user.find(QPushButton, "itinerary.delay.move").visibleRegion().isEmpty())
    at.press(Qt.Key.Key_Return)
    assert "Not a length of time" in at.panel.delay.said.text()
    at.press(Qt.Key.Key_Escape)
    assert (at.panel.delay.isVisible(), at.panel.entry.isVisible()) == (False, True)
    assert at.hours()[2] == "11:00-12:00"


@pytest.mark.rule("A5")
def test_alt_and_ctrl_with_the_arrows_move_a_point_past_another_and_by_a_quarter(at: Coordinator) -> None:
    at.choose(2)
    at.press(Qt.Key.Key_Up, ALT)
    assert (at.rows.ids[:3], at.rows.current_id) == ([at.ids[0], at.ids[2], at.ids[1]], at.ids[2])
    assert at.hours()[1:3] == ["09:30-10:30", "11:00-12:00"]
    at.press(Qt.Key.Key_Down, ALT)
    assert at.rows.ids[:3] == at.ids[:3]
    at.press(Qt.Key.Key_Down, CTRL)
    assert at.hours()[2] == "11:15-12:15"
    at.press(Qt.Key.Key_Up, CTRL)
    assert at.hours()[2] == "11:00-12:00"
    records.edit(at.desk, at.ids[2], {"when": When(DAYS[0], "23:30", "23:45")})
    at.rows.choose(at.ids[2])
    for _ in range(3):
        at.press(Qt.Key.Key_Down, CTRL)
    assert at.user.value(at.ids[2], "when") == When(DAYS[1], "00:15", "00:30"), "past midnight the keys go with it"


def test_a_row_that_is_dragged_lands_between_others_or_on_another_day(at: Coordinator) -> None:
    def middle(id_: str) -> QPoint:
        row = next(n for n in range(at.rows.count()) if at.rows.item(n).data(256) == id_)
        return QPoint(at.rows.visualItemRect(at.rows.item(row)).center())

    def drag(start: QPoint, end: QPoint) -> None:
        view = at.rows.viewport()
        QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
        for part in (start + QPoint(0, 12), end):
            QTest.mouseMove(view, part)
            QApplication.processEvents()
        QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
        QApplication.processEvents()

    drag(middle(at.ids[0]), middle(at.ids[1]) + QPoint(0, 8))
    assert at.rows.ids[:2] == [at.ids[1], at.ids[0]]
    day = at.panel.days.visualItemRect(at.panel.days.item(1)).center()
    drag(middle(at.ids[0]), at.rows.viewport().mapFromGlobal(at.panel.days.viewport().mapToGlobal(day)))
    assert (at.panel.date, at.rows.ids) == (DAYS[1], [at.ids[0]])


@pytest.mark.rule("V6")
def test_a_fixed_point_does_not_change_places_and_that_is_said(at: Coordinator) -> None:
    at.choose(4)
    at.press(Qt.Key.Key_Up, ALT)
    assert at.hours()[4] == "18:30-20:30"
    assert "a fixed time" in said_by(at.user.window.record.bar)


@pytest.mark.rule("R10", "U1")
def test_del_moves_a_point_to_the_trash_and_undo_shows_it_again(at: Coordinator) -> None:
    at.choose(1)
    at.press(Qt.Key.Key_Delete)
    assert at.ids[1] not in at.rows.ids
    assert at.rows.current_id == at.ids[2]
    at.panel.show_date(DAYS[1])
    history.undo(at.desk)
    at.panel.refresh(at.user.record)
    assert at.panel.row_of(at.ids[1]) is not None
    assert at.panel.date == DAYS[0]


def test_a_day_is_duplicated_and_the_delegation_parts_from_the_menus(at: Coordinator) -> None:
    at.panel.copy_to(DAYS[2])
    assert at.panel.date == DAYS[2]
    assert at.hours() == ["08:45-09:00", "09:30-10:30", "11:00-12:00", "16:00-17:30", "18:30-20:30"]
    at.choose(2)
    menu = at.user.find(QPushButton, "itinerary.item_menu").menu()
    menu.aboutToShow.emit()
    names = [action.objectName() for action in menu.actions()]
    assert "itinerary.do.split" in names
    next(action for action in menu.actions() if action.objectName() == "itinerary.do.split").trigger()
    assert [point_of(at.rows, id_).second.endswith(("group A", "group B")) for id_ in at.rows.ids[2:4]] == [True, True]
    assert not at.panel.day.marks.clashes


def test_a_visit_without_days_takes_points_all_the_same(at: Coordinator) -> None:
    other = records.add(at.desk, "visit", {"title": Bilingual(en="Some day")})
    at.user.open(other)
    assert at.panel.days.item(0).text() == "No date yet"
    at.panel.take_focus()
    assert at.panel.entry.line.hasFocus()
    at.enter("0900 1000 meet")
    assert at.hours() == ["09:00-10:00"]
    [item] = [records.get(at.desk, id_) for id_ in at.rows.ids]
    assert item.when == When(start="09:00", end="10:00")  # type: ignore[attr-defined]
    at.panel.add_day(DAYS[0])
    assert at.panel.date == DAYS[0]


# -- at home in the window ----------------------------------------------------------------------------


@pytest.mark.rule("S2")
def test_typing_that_a_crash_cut_short_goes_on_in_the_same_field_of_the_same_point(at: Coordinator) -> None:
    record = at.user.window.record
    assert record.place_of(at.ids[3]) == at.visit
    at.panel.show_date(DAYS[1])
    record.resume(LeftoverDraft("itinerary_item", at.ids[3], {"title.zh": "会谈"}))
    QApplication.processEvents()
    assert (at.panel.date, at.panel.form.id) == (DAYS[0], at.ids[3])
    assert at.user.focus().objectName() == "field.title.zh"


def test_a_point_becomes_the_meeting_that_is_logged_and_back_leads_to_it(at: Coordinator, monkeypatch: Any) -> None:
    monkeypatch.setattr("ucapdesk.ui.window.main_window.PASSING", -1)  # nobody passes in a hurry here
    at.choose(1)
    at.panel.do("meeting")
    assert (at.user.record.__tablename__, at.user.record.visit) == ("meeting", at.visit)
    assert records.get(at.desk, at.ids[1]).meeting == at.user.record.id  # type: ignore[attr-defined]
    at.user.window.step(-1)
    assert (at.user.record.id, at.panel.date) == (at.visit, DAYS[0])


@pytest.mark.rule("G2")
def test_another_language_keeps_the_day_and_tells_it_in_its_own_words(at: Coordinator) -> None:
    at.panel.days.setCurrentRow(1)
    at.user.window.do("view.chinese")
    QApplication.processEvents()
    assert at.panel.date == DAYS[1]
    assert at.panel.days.item(1).text().startswith("11月24日")
    at.panel.show_date(DAYS[0])
    at.panel.do("open")
    at.user.window.do("view.english")
    at.type("!\t")
    assert "!" in str(at.user.value(at.panel.current, "title")), "the field kept the keys"


@pytest.mark.rule("U1")
def test_a_delay_that_is_undone_from_elsewhere_leads_to_the_day_it_was_on(at: Coordinator) -> None:
    at.choose(2)
    at.click("itinerary.delay")
    at.enter("45")
    at.user.open(at.user.id("person"))
    at.user.window.do("edit.undo")
    assert at.user.record.id == at.visit
    assert at.rows.current_id in at.ids[2:4]
    assert at.hours()[2] == "11:00-12:00"


@pytest.fixture
def visit(user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A visit of which the pack for the hosts and the sheets of its days were printed; its page is open."""
    monkeypatch.setattr(visit_screen, "PACKS_DELAY_MS", 10)
    id_ = records.add(
        user.desk, "visit", {"title": Bilingual(en="Visit", zh="访问"), "dates": PartialDate("2026-11-23/2026-11-24")}
    )
    point = {"owner": id_, "title": Bilingual(en="Lunch"), "when": When(date="2026-11-23", start="12:00")}
    records.add(user.desk, "itinerary_item", point)
    for document, edition, langs in (("visit_pack", "hosts", ("zh", "en")), ("day_sheet", "delegation", ("en", "zh"))):
        asked = papers.request(user.desk, [id_], document=document, edition=edition, languages=langs)
        packs.print_pack(user.desk, asked, tmp_path / f"{document}.pdf")
    user.open(id_)
    return id_


def _mark(user: User) -> PrintedMark:
    screen = screen_of(user, VisitScreen)
    mark = screen.printed
    user.bot.waitUntil(lambda: not mark._soon.isActive() and not mark._behind.busy)
    return mark


def test_the_head_says_that_papers_are_no_longer_what_was_printed_until_that_is_taken_back(
    user: User, visit: str
) -> None:
    assert not _mark(user).isVisible()
    (item,) = user.desk.read.children(visit, ItineraryItem)
    records.edit(user.desk, item.id, {"when": When(date="2026-11-23", start="13:00")})
    mark = _mark(user)
    assert mark.isVisible()
    assert mark.text() == "2 papers changed since printed"
    assert "Visit" in mark.toolTip()
    assert mark.toolTip().splitlines()[-1] == "Press to see it as it is now."
    history.undo(user.desk)
    assert not _mark(user).isVisible()


def test_a_press_shows_the_paper_for_the_same_readers_as_it_is_now(
    user: User, visit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (item,) = user.desk.read.children(visit, ItineraryItem)
    records.edit(user.desk, item.id, {"title": Bilingual(en="Banquet")})
    mark = _mark(user)
    assert mark.isVisible()
    seen: list[tuple[str, str]] = []

    def look(page: PaperDialog) -> None:
        wanted = "hosts", ("zh", "en")
        user.bot.waitUntil(
            lambda: page.made is not None and (page.made.asked.edition, page.made.asked.languages) == wanted,
        )
        assert page.made is not None
        seen.append((page.made.asked.document, page.made.asked.edition))
        page.reject()

    answer(monkeypatch, PaperDialog, look)
    menu = mark.make_menu()
    (pack,) = [action for action in menu.actions() if action.text().startswith("Briefing pack")]
    pack.trigger()
    assert seen == [("visit_pack", "hosts")]
    for each in user.desk.read.children(visit, Pack):
        if each.document != "visit_pack":
            records.trash(user.desk, each.id)
    assert _mark(user).text() == "1 paper changed since printed"
    user.click("visit.printed")
    assert seen[1:] == [("visit_pack", "hosts")]


def test_each_choice_asks_once_for_new_pages_when_the_other_choices_fit_it(user: User, visit: str) -> None:
    dialog = kept_by(user.bot, PaperDialog(user.desk, [visit], user.window))
    asked: list[tuple[str, int, str, bool]] = []

    def note() -> None:
        choice, layout = dialog.choice, dialog.findChild(QComboBox, "pack.layout")
        asked.append((choice.shown.name, len(choice.languages), choice.edition, bool(layout and layout.isEnabled())))

    dialog.choice.changed.connect(note)
    for name, value in (
        ("languages", ("zh",)),
        ("languages", ("en", "zh")),
        ("edition", "hosts"),
        ("document", "day_sheet"),
    ):
        box = child(dialog, QComboBox, f"pack.{name}")
        box.setCurrentIndex(next(row for row in range(box.count()) if box.itemData(row) == value))
        box.activated.emit(box.currentIndex())
    assert asked == [
        ("visit_pack", 1, "delegation", False),
        ("visit_pack", 2, "delegation", True),
        ("visit_pack", 2, "hosts", True),
        ("day_sheet", 2, "delegation", True),
    ]
    dialog.done(0)


def test_where_nothing_was_printed_nothing_is_looked_for(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> list[object]:
        raise AssertionError

    monkeypatch.setattr(packs, "changed_copies", never)
    user.open(records.add(user.desk, "visit", {"title": Bilingual(en="Plain"), "dates": PartialDate("2026-11-23")}))
    assert not _mark(user).isVisible()


def test_the_window_closes_while_it_is_being_looked_at(user: User, visit: str) -> None:
    screen = screen_of(user, VisitScreen)
    screen.printed.look()
    user.window.close()
    assert not screen.printed._behind.busy
    assert user.window.findChild(QPushButton, "visit.printed") is not None


def test_the_page_of_a_pack_says_how_it_was_printed_in_the_words_of_the_paper_dialog(user: User, visit: str) -> None:
    pack = next(each for each in user.desk.read.children(visit, Pack) if each.document == "visit_pack")
    next_one = records.add(user.desk, "pack", {"owner": visit, "document": "visit_pack", "replaces": pack.id})
    user.open(pack.id)
    assert _shown(user, "document") == {"Document", "Briefing pack"}
    assert _shown(user, "paper_languages") == {"Languages", "中文 · English"}
    assert _shown(user, "layout") == {"Layout", "Side by side"}
    user.open(next_one)
    assert _shown(user, "replaces") == {"Replaces", "Briefing pack: Visit, v1"}


def test_a_list_of_packs_says_the_same_words_and_what_was_printed_is_not_typed(user: User, visit: str) -> None:
    pack = next(each for each in user.desk.read.children(visit, Pack) if each.document == "visit_pack")
    shown = {f.name: say(f, getattr(pack, f.name), "zh") for f in KINDS["pack"].fields.values() if f.meta.printed}
    assert (shown["document"], shown["layout"]) == (DOCUMENTS["visit_pack"].label.say("zh"), "左右对照")
    show_list(user, "pack", 900)
    table = user.window.list.table
    cells = [table.cell(table.row_of(pack.id), column) for column in range(table.columnCount())]
    assert "Briefing pack" in {cell.text for cell in cells if cell}
    user.open(pack.id)
    assert all(_shown(user, name) for name in ("edition", "version", "printed"))


def _shown(user: User, name: str) -> set[str]:
    editor = user.window.record.form.reveal(name)  # type: ignore[union-attr]
    assert editor is not None
    assert not editor.findChildren(QLineEdit)
    return {label.text() for label in editor.findChildren(QLabel) if label.text()}
