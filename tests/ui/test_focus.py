"""The keyboard focus is always at something that is seen, has a frame and a name, and Tab moves it in the order of reading."""

from __future__ import annotations

import gc
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLayout,
    QLayoutItem,
    QLineEdit,
    QListView,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QScrollBar,
    QTabBar,
    QTableWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import delete, getAllValidWrappers

from tests.helpers.look import SEEN, apply_look, contrast
from tests.helpers.monkey import is_seen
from tests.helpers.shown import kept_by, on_screen
from tests.ui.conftest import User
from tests.ui.list_hands import add_record
from ucapdesk.base import settings
from ucapdesk.services.records import records
from ucapdesk.ui.fields.editor import Editor
from ucapdesk.ui.screens.people_screens import Around
from ucapdesk.ui.settings.settings_dialog import SettingsDialog
from ucapdesk.ui.toolkit import keyboard_focus, theme
from ucapdesk.ui.toolkit.keyboard_focus import nearest_focusable
from ucapdesk.ui.toolkit.layouts import FlowLayout
from ucapdesk.ui.toolkit.signals import application
from ucapdesk.ui.toolkit.theme import apply_theme
from ucapdesk.ui.window.sections import HOME

Key = Qt.Key


def _page_of(widget: QWidget) -> QScrollArea:
    at: QWidget | None = widget
    while at is not None and not isinstance(at, QScrollArea):
        at = at.parentWidget()
    assert isinstance(at, QScrollArea)
    return at


def _is_whole(widget: QWidget) -> bool:
    view = _page_of(widget).viewport()
    return view.rect().contains(QRect(widget.mapTo(view, QPoint()), widget.size()))


def _wait_until_laid_out(user: User, widget: QWidget) -> None:
    """Wait until the page of a widget, which grows after the first look, stays as it is."""
    places: list[tuple[QPoint, int]] = []

    def is_still() -> bool:
        places.append((widget.mapTo(user.window, QPoint()), _page_of(widget).verticalScrollBar().maximum()))
        return len(places) > 5 and len({*places[-5:]}) == 1

    user.bot.waitUntil(is_still)


def test_a_page_scrolled_by_keys_takes_the_focus_along(user: User, qtbot: QtBot) -> None:
    user.open(user.id("ucap"))
    box = user.box("title.en")
    box.setFocus()
    for _ in range(3):
        user.press(Key.Key_PageDown)
        qtbot.waitUntil(lambda: is_seen(user.focus()))
    assert user.focus() is not box
    assert _page_of(user.focus()) is _page_of(box)
    assert _page_of(box).verticalScrollBar().value() > 0


def _wheel(area: QScrollArea) -> None:
    view = area.viewport()
    at = QPointF(view.rect().center())
    event = QWheelEvent(
        at, QPointF(view.mapToGlobal(at.toPoint())), QPoint(0, -3000), QPoint(0, -3000), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view, event)


def test_whoever_looks_further_down_goes_on_typing_where_they_were(user: User, qtbot: QtBot) -> None:
    user.open(user.id("ucap"))
    box = user.box("title.en")
    box.setFocus()
    page = _page_of(box)
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() > 200)
    _wheel(page)
    qtbot.wait(20)
    assert not is_seen(box)
    assert user.focus() is box
    user.bot.keyClick(box, Key.Key_Control)
    assert not is_seen(box), "nothing is typed yet"
    user.bot.keyClick(box, Key.Key_End)
    user.bot.keyClicks(box, "!")
    assert is_seen(box)
    assert box.said().endswith("!")


def test_what_has_the_focus_is_hidden_and_the_nearest_in_view_gets_it(user: User, qtbot: QtBot) -> None:
    user.open(user.id("ucap"))
    box = user.box("title.en")
    box.setFocus()
    beside = box.mapTo(user.window, QPoint(0, 0))
    box.hide()
    now = user.focus()
    qtbot.waitUntil(lambda: is_seen(user.focus()))
    assert (now.mapTo(user.window, QPoint(0, 0)) - beside).manhattanLength() < 400
    now.setEnabled(False)
    assert user.focus() is not now
    assert is_seen(user.focus())


@pytest.mark.parametrize("kind", ["ucap", "person"])
def test_a_number_of_what_is_around_leaves_the_focus_in_view(user: User, qtbot: QtBot, kind: str) -> None:
    user.open(user.id(kind))
    around = user.find(Around, "around")
    qtbot.waitUntil(lambda: around.isVisibleTo(user.window))
    names = [each.objectName() for each in around.findChildren(QPushButton) if not each.isHidden()]
    for name in filter(lambda name: name.startswith("around."), names):
        number = user.find(QPushButton, name)
        _page_of(number).ensureWidgetVisible(number)
        qtbot.mouseClick(number, Qt.MouseButton.LeftButton)
        qtbot.wait(20)
        assert is_seen(user.focus()), name


def test_a_field_focused_out_of_view_is_scrolled_to(user: User, qtbot: QtBot) -> None:
    user.open(user.id("ucap"))
    last = [each for each in user.window.record.findChildren(QLineEdit) if each.isVisible()][-1]
    assert not is_seen(last)
    last.setFocus()
    qtbot.waitUntil(lambda: is_seen(last))
    assert user.focus() is last


def test_the_field_focused_on_the_next_record_is_seen_whole_once_its_page_has_grown(user: User) -> None:
    apply_theme(application(), settings.load().with_(text_size=200))
    user.window.resize(1280, 500)
    user.open(user.id("visit"))
    user.box("title.en").setFocus()
    user.open(user.id("ucap"))
    box = user.box("title.en")
    assert user.focus() is box
    _wait_until_laid_out(user, box)
    assert _is_whole(box)


def test_a_list_that_has_the_focus_does_not_take_the_title_out_of_view(user: User) -> None:
    apply_theme(application(), settings.load().with_(text_size=200))
    user.window.resize(1280, 900)
    user.open(user.id("visit"))
    points = user.find(QListView, "itinerary.items")
    points.setFocus()
    _wait_until_laid_out(user, points)
    assert is_seen(points)
    assert _page_of(points).verticalScrollBar().value() == 0


def test_what_is_undone_further_down_stays_in_view_while_the_focus_is_above(user: User) -> None:
    ucap = user.open(user.id("ucap"))
    records.edit(user.desk, ucap, {"source_place": "page 3"})
    user.box("title.en").setFocus()
    QApplication.processEvents()
    assert not is_seen(user.editor("source_place"))
    user.window.do("edit.undo")
    QApplication.processEvents()
    assert user.focus() is user.box("title.en")
    user.bot.waitUntil(lambda: is_seen(user.editor("source_place")))


def test_another_section_takes_the_page_down_that_had_the_focus(user: User) -> None:
    """Hiding a page moves its focus to the list, whose row is shown then: there is one page all the same."""
    user.open(add_record(user, "agreement", "title.en=MoU"))
    user.window.show_focused(True)
    user.box("title.en").setFocus()
    user.window.do("go.ucap")
    QApplication.processEvents()
    pages = [page for page in user.find(QScrollArea, "record.page").findChildren(QWidget, "page") if page.isVisible()]
    assert len(pages) == 1
    assert (pages[0].findChild(QWidget, "field.title.en") is not None) == (user.record is not None)


def test_a_meeting_is_begun_from_a_field_of_a_record_that_has_the_window(user: User) -> None:
    user.open(add_record(user, "agreement", "title.en=MoU"))
    user.window.show_focused(True)
    user.box("title.en").setFocus()
    user.window.do("record.meeting")
    user.type("title.en", "Coffee")
    assert user.window.record.save_now()
    assert user.window.record.id is not None
    assert user.record.when is not None


def test_a_copy_takes_the_focus_of_the_field_that_its_record_had(user: User) -> None:
    user.open(user.id("organisation"))
    user.box("name.zh").setFocus()
    user.window.do("record.duplicate")
    QApplication.processEvents()
    assert user.window.record.page.isAncestorOf(user.focus())
    assert user.focus().hasFocus()


def test_after_the_record_went_to_the_trash_the_list_is_there_and_has_the_focus(user: User) -> None:
    user.open(add_record(user, "agreement", "title.en=Twin cities"))
    user.window.enter_record()
    assert user.window.focused
    user.window.do("record.trash")
    QApplication.processEvents()
    assert user.window.list.isVisible()
    assert user.window.list.isAncestorOf(user.focus())


def test_what_a_dialog_leads_to_has_the_focus_once_the_dialog_is_gone(user: User, qtbot: QtBot) -> None:
    user.open(user.id("organisation"))
    user.box("name.zh").setFocus()
    asked = on_screen(qtbot, QWidget())
    asked.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is asked)
    user.window.do("record.duplicate")
    asked.close()
    user.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is user.window)
    assert user.window.record.page.isAncestorOf(user.focus())


def test_looking_for_the_nearest_widget_keeps_nothing_of_a_page_that_goes(qtbot: QtBot) -> None:
    def bars() -> list[QScrollBar]:
        gc.collect()
        return [each for each in gc.get_objects() if type(each) is QScrollBar]

    pane, there = QWidget(), len(bars())
    qtbot.addWidget(pane)
    page = QScrollArea(pane)
    nearest_focusable(pane, QPoint(0, 0))
    delete(page)
    del page
    assert len(bars()) == there


ROLES = ("", "main", "quiet", "danger", "token", "chip", "row", "draft", "gap", "group")
OUTSIDE = 3  # Pixels around a control in which its frame may stand


def _filled(made: QWidget) -> QWidget:
    if isinstance(made, QLineEdit | QLabel | QPushButton | QToolButton | QCheckBox | QRadioButton):
        made.setText("Liuzhou")
    elif isinstance(made, QPlainTextEdit):
        made.setPlainText("Liuzhou")
    elif isinstance(made, QComboBox | QListWidget):
        made.addItems(["Liuzhou", "Rome"])
    elif isinstance(made, QTabBar):
        made.addTab("Liuzhou")
        made.addTab("Rome")
    if isinstance(made, QListWidget):
        made.setCurrentRow(0)
    return made


def _controls() -> dict[str, QWidget]:
    kinds: tuple[Callable[[], QWidget], ...] = (
        QLineEdit, QPlainTextEdit, QComboBox, QCheckBox, QRadioButton, QToolButton, QListWidget, QTabBar,
    )  # fmt: skip
    made = {kind.__name__: _filled(kind()) for kind in kinds}
    for role in ROLES:
        made[f"button {role}"] = _filled(QPushButton())
        theme.role(made[f"button {role}"], role)
    made["table"] = QTableWidget(2, 2)
    made["sections"] = _filled(QListWidget())
    made["sections"].setObjectName("sections")
    made["number"] = _filled(QLabel())
    theme.role(made["number"], "number")
    return made


@pytest.mark.rule("A1", "A2")
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("strong", [False, True], ids=["usual", "strong"])
def test_the_frame_of_what_has_the_keys_stands_out(
    qtbot: QtBot, dressed: QApplication, dark: bool, strong: bool
) -> None:
    apply_look(dressed, dark=dark, contrast=strong)
    page, other, faint = QWidget(), QLineEdit(), {}
    page.setObjectName("page")
    page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    controls = _controls()
    for each in (other, *controls.values()):
        each.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        each.setMaximumHeight(60)
        column.addWidget(each)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    for name, control in controls.items():
        other.setFocus(Qt.FocusReason.TabFocusReason)
        before = _drawn(page, control)
        control.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.waitUntil(control.hasFocus)
        standing_out = _changed(before, _drawn(page, control))
        if standing_out < control.width():
            faint[name] = standing_out
    assert not faint


def _drawn(page: QWidget, control: QWidget) -> QImage:
    around: QRect = control.geometry().adjusted(-OUTSIDE, -OUTSIDE, OUTSIDE, OUTSIDE)
    QApplication.processEvents()
    return page.grab(around).toImage()


def _changed(before: QImage, now: QImage) -> int:
    """How many pixels differ so much that everybody sees it."""
    known: dict[tuple[int, int], bool] = {}
    count = 0
    for x in range(now.width()):
        for y in range(now.height()):
            pair = before.pixel(x, y), now.pixel(x, y)
            if pair[0] != pair[1]:
                if pair not in known:
                    known[pair] = contrast(QColor(pair[0]).name(), QColor(pair[1]).name()) >= SEEN
                count += known[pair]
    return count


@pytest.mark.rule("K3")
@pytest.mark.parametrize("kind", ["meeting", "person"])
def test_tab_goes_through_the_fields_in_the_order_of_reading(user: User, kind: str) -> None:
    user.open(user.id(kind))
    QApplication.processEvents()
    user.form.focus(next(iter(user.form.editors)))
    met: list[Editor] = []
    while user.form.isAncestorOf(user.focus()):
        met += [editor for editor in user.form.editors.values() if editor.isAncestorOf(user.focus())]
        user.press(Qt.Key.Key_Tab)
    places = [editor.mapTo(user.form, QPoint(0, 0)) for editor in dict.fromkeys(met)]
    assert len(places) > 5
    assert [(place.y(), place.x()) for place in places] == sorted((place.y(), place.x()) for place in places)


@pytest.mark.rule("K3")
def test_tab_goes_from_the_list_to_the_record_and_shift_tab_back(user: User) -> None:
    user.open(user.id("meeting"))
    window = user.window
    order = list(keyboard_focus.tab_stops(window))
    places: list[QWidget] = [window.sections, window.shelf, window.record]
    met = [next((pane for pane in places if pane is stop or pane.isAncestorOf(stop)), None) for stop in order]
    assert list(dict.fromkeys(pane for pane in met if pane is not None)) == places
    window.list.view.setFocus()
    user.press(Qt.Key.Key_Tab)
    assert window.record.isAncestorOf(user.focus())
    user.bot.keyClick(user.focus(), Qt.Key.Key_Backtab)
    assert window.list.view.hasFocus()


@pytest.mark.rule("K3")
def test_each_stop_is_followed_by_the_next_and_the_last_by_the_first(user: User) -> None:
    for shown in ["meeting", "person", "visit", HOME]:
        if shown == HOME:
            user.window.show_section(HOME)
        else:
            user.open(user.id(shown))
        window = user.window
        order = list(keyboard_focus.tab_stops(window))
        assert len(order) > 10, shown
        assert [next(keyboard_focus.tab_stops_after(window, stop), None) for stop in order] == [*order[1:], order[0]], (
            shown
        )
        before = [next(keyboard_focus.tab_stops_after(window, stop, forward=False), None) for stop in order]
        assert before == [order[-1], *order[:-1]], shown
        others = [widget for widget in window.findChildren(QWidget) if widget not in order]
        assert [
            each for each in others if next(keyboard_focus.tab_stops_after(window, each), None) is not None
        ] == [], shown


def test_no_wrapper_of_a_layout_item_outlives_the_item(user: User) -> None:
    """PySide takes such a wrapper for the next object at the same address: a viewport became a layout item."""
    user.open(user.id("meeting"))
    before = _layout_items()
    list(keyboard_focus.tab_stops(user.window))
    dialog = kept_by(user.bot, SettingsDialog(user.desk, user.window))
    dialog.search.setText("name")
    flows = [item for flow in user.window.findChildren(FlowLayout) for item in map(flow.itemAt, range(flow.count()))]
    assert [each for each in _layout_items() if each not in [*before, *flows]] == []


def _layout_items() -> list[QLayoutItem]:
    return [each for each in getAllValidWrappers() if isinstance(each, QLayoutItem) and not isinstance(each, QLayout)]
