"""Tab goes through the window in the order of reading, and round it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLayout, QLayoutItem, QWidget
from shiboken6 import getAllValidWrappers

from tests.ui.conftest import User
from ucapdesk.ui.fields.editor import Editor
from ucapdesk.ui.settings.settings_dialog import SettingsDialog
from ucapdesk.ui.toolkit import keyboard_focus
from ucapdesk.ui.toolkit.layouts import FlowLayout
from ucapdesk.ui.window.sections import HOME


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
    dialog = SettingsDialog(user.desk, user.window)
    user.bot.addWidget(dialog)
    dialog.search.setText("name")
    flows = [item for flow in user.window.findChildren(FlowLayout) for item in map(flow.itemAt, range(flow.count()))]
    assert [each for each in _layout_items() if each not in [*before, *flows]] == []


def _layout_items() -> list[QLayoutItem]:
    """Return the items of layouts that Python knows of."""
    return [each for each in getAllValidWrappers() if isinstance(each, QLayoutItem) and not isinstance(each, QLayout)]
