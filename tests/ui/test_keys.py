"""The keyboard: every command reached from every kind of field, no key twice, no trap, and other keys chosen for them."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QMenu,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.helpers.shown import kept_by, on_screen
from tests.ui.conftest import User
from ucapdesk.base import settings
from ucapdesk.base.i18n import INTERFACE_LANGUAGES
from ucapdesk.services.records import records
from ucapdesk.ui.lists.list_views import SECOND_LINE
from ucapdesk.ui.toolkit.keyboard_focus import follow_focus
from ucapdesk.ui.toolkit.text_inputs import TextInput
from ucapdesk.ui.window import shortcuts
from ucapdesk.ui.window.command_table import MENUS, PLACE_KEYS, SECTION_KEYS, menu_name
from ucapdesk.ui.window.commands import menu_commands
from ucapdesk.ui.window.sections import SECTIONS
from ucapdesk.ui.window.shortcuts import ShortcutsDialog

KEYS = [key for spec in menu_commands() for key in spec.shortcuts]


def _combined(key: str) -> tuple[Qt.Key, Qt.KeyboardModifier]:
    pressed = QKeySequence(key)[0]  # type: ignore[index]  # Qt has it, its stubs have not
    return pressed.key(), pressed.keyboardModifiers()


def test_no_two_commands_share_a_key() -> None:
    assert [key for key, times in Counter(map(_combined, KEYS)).items() if times > 1] == []


@pytest.mark.rule("K2")
def test_no_key_needs_altgr_or_is_taken_by_systems_and_input_methods() -> None:
    ctrl, alt, shift = (
        Qt.KeyboardModifier.ControlModifier,
        Qt.KeyboardModifier.AltModifier,
        Qt.KeyboardModifier.ShiftModifier,
    )
    for key in KEYS:
        code, modifiers = _combined(key)
        function = Qt.Key.Key_F1 <= code <= Qt.Key.Key_F12
        assert modifiers & (ctrl | alt) or function, f"{key}: a bare key is text"
        assert not (modifiers & ctrl and modifiers & alt), f"{key}: this is AltGr"
        assert not (modifiers & alt and modifiers & shift), f"{key}: changes the keyboard"
        assert not modifiers & alt or code in (Qt.Key.Key_Left, Qt.Key.Key_Right), f"{key}: an access key"
        assert key not in {"Ctrl+Space", "Ctrl+.", "Ctrl+E", "Ctrl+U", "Ctrl+Shift+F"}, key
        assert not modifiers & shift or function or Qt.Key.Key_A <= code <= Qt.Key.Key_Z, f"{key}: Shift for a symbol"


@pytest.mark.rule("K2")
@pytest.mark.parametrize("lang", INTERFACE_LANGUAGES)
def test_every_menu_has_an_access_key_of_its_own(lang: str) -> None:
    letters = [menu.title.say(lang).partition("&")[2][:1] for menu in MENUS.values()]
    assert all(letters)
    assert len(set(letters)) == len(letters), letters


@pytest.mark.rule("R2", "R48")
def test_the_menu_bar_stands_in_its_order_and_holds_whatever_other_menus_offer(user: User) -> None:
    menus = user.window.menuBar().actions()
    assert [each.text().replace("&", "") for each in menus] == ["File", "Edit", "View", "Go", "Record", "Help"]
    listed = [each for menu in user.window.menuBar().findChildren(QMenu) for each in menu.actions()]
    held = {each.objectName(): each for each in listed if each.objectName()}
    assert set(held) == {spec.name for spec in menu_commands()}
    assert all(held[spec.name].shortcuts() for spec in menu_commands() if spec.shortcuts)
    user.open(user.id("meeting"))
    offered = user.find(QToolButton, "record.menu").menu()
    offered.aboutToShow.emit()
    assert {each.objectName() for each in offered.actions() if not each.isSeparator()} <= set(held)


PARTS = (
    "sections", "list.rows", "list.filter", "field.title.en", "field.summary.zh", "field.ucap.line", "field.status.box",
    "field.when.line", "record.more", "search",
)  # fmt: skip


@pytest.mark.rule("K1")
def test_every_key_is_heard_from_every_part_of_the_window(user: User) -> None:
    user.open(user.id("meeting"))
    heard: list[str] = []
    for name, action in user.window.menus.actions.items():
        action.triggered.disconnect()
        action.triggered.connect(lambda _=False, name=name: heard.append(name))
    for place in PARTS:
        widget = user.find(QWidget, place)
        for spec in menu_commands():
            for key in spec.shortcuts:
                heard.clear()
                widget.setFocus()
                user.window.menus.actions[spec.name].setEnabled(True)
                user.bot.keyClick(user.focus(), *_combined(key))
                assert heard == [spec.name], (place, key)


def test_digits_lead_to_the_sections_and_the_keys_go_into_the_list(user: User) -> None:
    for digit, kind in SECTION_KEYS.items():
        user.press(Qt.Key(Qt.Key.Key_0 + digit), ctrl=True)
        assert user.window.list.table.kind.name == kind
        assert user.window.shelf.isAncestorOf(user.focus())
    assert set(SECTION_KEYS.values()) <= {kinds[0] for kinds in SECTIONS.values()}


def test_the_digit_of_the_section_shown_keeps_the_record(user: User) -> None:
    meeting = user.open(user.id("meeting"))
    user.box("title.en").setFocus()
    user.press(Qt.Key.Key_3, ctrl=True)
    assert user.window.record.id == meeting
    assert user.window.list.view.hasFocus()


def test_f6_goes_round_the_window_in_both_directions(user: User) -> None:
    user.open(user.id("meeting"))
    window = user.window
    panes = (window.sections, window.shelf, window.record)
    window.sections.setFocus()
    for pane in (1, 2, 0):
        user.press(Qt.Key.Key_F6)
        assert panes[pane] is user.focus() or panes[pane].isAncestorOf(user.focus())
    for pane in (2, 1, 0):
        user.bot.keyClick(user.focus(), Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
        assert panes[pane] is user.focus() or panes[pane].isAncestorOf(user.focus())


def test_f6_reaches_an_empty_record_and_the_trash(user: User) -> None:
    user.press(Qt.Key.Key_3, ctrl=True)
    assert user.window.record.id is None
    user.press(Qt.Key.Key_F6)
    assert user.window.record.hasFocus()
    user.window.do("view.trash")
    assert user.window.shelf.trash.rows.hasFocus()
    user.press(Qt.Key.Key_F6)
    assert user.window.record.isAncestorOf(user.focus())
    user.bot.keyClick(user.focus(), Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert user.window.shelf.trash.rows.hasFocus()


@pytest.mark.rule("R10")
def test_delete_moves_to_the_trash_only_from_a_list(user: User) -> None:
    meeting = user.open(user.id("meeting"))
    for place in (user.box("title.en"), user.window.list.filter, user.window.search, user.window.sections):
        place.setFocus()
        user.press(Qt.Key.Key_Delete)
        assert not records.get(user.desk, meeting).is_deleted
    user.window.list.view.setFocus()
    user.press(Qt.Key.Key_Delete)
    assert records.get(user.desk, meeting).is_deleted


def test_text_grows_shrinks_and_comes_back_with_keys(user: User) -> None:
    for key in [Qt.Key.Key_Plus, Qt.Key.Key_Equal]:
        for pressed, size in ((key, 110), (Qt.Key.Key_Minus, 100), (Qt.Key.Key_Minus, 90), (Qt.Key.Key_0, 100)):
            user.press(pressed, ctrl=True)
            assert settings.load().text_size == size, key


@pytest.mark.parametrize("key", [Qt.Key.Key_W, Qt.Key.Key_Q])
def test_the_window_closes_with_a_key_and_saves_what_was_typed(user: User, key: Qt.Key) -> None:
    meeting = user.open(user.id("meeting"))
    user.type("title.en", "Opening", leave=False)
    user.press(key, ctrl=True)
    assert not user.window.isVisible()
    assert user.value(meeting, "title")["en"] == "Opening"


def test_one_page_shows_all_keys(user: User, qtbot: QtBot) -> None:
    dialog = kept_by(qtbot, ShortcutsDialog(user.window.apply_shortcuts, user.window))
    model = dialog.table.model()
    texts = [[model.index(row, column).data() for column in range(3)] for row in range(model.rowCount())]
    assert len(texts) == len(menu_commands()) + len(PLACE_KEYS)
    assert ["Ctrl+Y / Ctrl+Shift+Z", "Redo", "Edit"] in texts
    assert ["Ctrl+3", "Meetings", "Go"] in texts
    assert "&" not in "".join(menu_name(menu) for menu in MENUS)


@pytest.fixture
def page(user: User) -> ShortcutsDialog:
    return on_screen(user.bot, ShortcutsDialog(user.window.apply_shortcuts, user.window))


def _choose(page: ShortcutsDialog, command: str) -> None:
    row = next(n for n, spec in enumerate(menu_commands()) if spec.name == command)
    page.table.setCurrentCell(row, 0)


def _press(user: User, page: ShortcutsDialog, key: str) -> None:
    code = QKeySequence(key)[0]  # type: ignore[index]  # Qt has it, its stubs have not
    page.edit.setFocus()
    user.bot.keyClick(page.edit, code.key(), code.keyboardModifiers())


@pytest.mark.rule("K5")
def test_a_key_is_shown_in_menu_tooltip_palette_and_on_its_page(user: User, page: ShortcutsDialog) -> None:
    window = user.window
    assert window.menus.actions["file.print"].shortcut().toString() == "Ctrl+P"
    assert window.print.toolTip() == "Preview and print… (Ctrl+P)"
    assert window.list.new.toolTip() == "New (Ctrl+N)"
    assert window.search.placeholderText().endswith("Ctrl+K")
    row = next(n for n, spec in enumerate(menu_commands()) if spec.name == "file.print")
    assert page.table.item(row, 0).text() == "Ctrl+P"  # type: ignore[union-attr]
    window.search.setText("larger")
    hits = window.search.hits
    assert hits.item(hits.count() - 1).data(SECOND_LINE).endswith("Ctrl++")


@pytest.mark.rule("K5")
def test_another_key_is_in_force_at_once_everywhere_and_after_a_restart(user: User, page: ShortcutsDialog) -> None:
    _choose(page, "file.print")
    _press(user, page, "Ctrl+B")
    page.use.click()
    assert user.window.print.toolTip().endswith("(Ctrl+B)")
    assert user.window.menus.actions["file.print"].shortcut().toString() == "Ctrl+B"
    assert settings.load().keys == {"file.print": ["Ctrl+B"]}
    user.window.dress_anew()
    assert user.window.menus.actions["file.print"].shortcut().toString() == "Ctrl+B"


@pytest.mark.rule("K5")
def test_a_second_enter_does_not_take_a_chosen_key_back(user: User, page: ShortcutsDialog) -> None:
    page.activateWindow()
    user.bot.waitUntil(page.isActiveWindow)
    _choose(page, "go.week")
    _press(user, page, "Ctrl+B")
    page.use.setFocus()
    for _ in range(2):
        user.bot.keyClick(page.focusWidget(), Qt.Key.Key_Return)
    assert shortcuts.keys_in_use()["go.week"] == ("Ctrl+B",)


@pytest.mark.rule("K5")
def test_a_clash_is_shown_before_the_key_is_taken(user: User, page: ShortcutsDialog) -> None:
    _choose(page, "file.print")
    _press(user, page, "Ctrl+D")
    assert page._said.text() == "Ctrl+D now runs “Duplicate”."
    assert page.use.text() == "Use it here instead"
    assert settings.load().keys == {}
    page.use.click()
    assert shortcuts.keys_in_use()["file.print"] == ("Ctrl+D",)
    assert shortcuts.keys_in_use()["record.duplicate"] == ()
    assert user.window.menus.actions["record.duplicate"].shortcut().isEmpty()


@pytest.mark.rule("K5")
def test_the_usual_keys_come_back_one_or_all(user: User, page: ShortcutsDialog) -> None:
    usual = shortcuts.keys_in_use()
    for command, key in (("file.print", "Ctrl+D"), ("edit.filter", "Ctrl+B")):
        _choose(page, command)
        _press(user, page, key)
        page.use.click()
    page.usual.click()
    assert shortcuts.keys_in_use()["edit.filter"] == ("Ctrl+F",)
    assert shortcuts.keys_in_use()["file.print"] == ("Ctrl+D",)
    page.all.click()
    assert shortcuts.keys_in_use() == usual
    assert user.window.menus.actions["record.duplicate"].shortcut().toString() == "Ctrl+D"


@pytest.mark.rule("K2", "K5")
def test_keys_that_write_text_or_belong_to_others_cannot_be_taken(user: User, page: ShortcutsDialog) -> None:
    for key in ("B", "Shift+B", "Ctrl+Alt+B", "Ctrl+E", "Ctrl+Space", "Del", "Alt+F"):
        _choose(page, "file.print")
        page.edit.clear()
        assert not page._said.text()
        page.edit.setKeySequence(QKeySequence(key))
        assert not page.use.isEnabled(), key
        assert page._said.text(), key


def test_a_key_that_belongs_to_a_place_stays(page: ShortcutsDialog) -> None:
    page.table.setCurrentCell(page.table.rowCount() - 1, 0)
    assert not page.edit.isEnabled()
    assert not page.use.isEnabled()


@pytest.mark.parametrize("kept", [{"file.print": "Ctrl+B"}, {"file.print": [3]}, {"no.such": ["Ctrl+B"]}])
def test_settings_that_hold_no_keys_change_none(user: User, kept: dict[str, object]) -> None:
    settings.save(settings.load().with_(keys=kept))
    assert shortcuts.keys_in_use()["file.print"] == ("Ctrl+P",)


@pytest.mark.rule("K4")
def test_tab_goes_round_the_page_of_the_keys_and_out_of_the_field_for_a_key(user: User, page: ShortcutsDialog) -> None:
    page.table.setFocus()
    met: list[QWidget] = []
    for _ in range(12):
        user.press(Qt.Key.Key_Tab)
        met.append(user.focus())
        if user.focus() is page.table:
            break
    assert page.table in met
    assert {page.usual, page.all} <= set(met)
    assert any(page.edit is each or page.edit.isAncestorOf(each) for each in met)


def test_what_had_the_focus_is_watched_no_longer(user: User) -> None:
    """Each filter left behind would make every event of its widget slower."""
    user.open(user.id("meeting"))
    heard: list[QObject] = []

    class Watcher(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
            heard.append(watched)
            return False

    watcher, boxes = Watcher(user.window), user.form.findChildren(TextInput)[:2]
    follow_focus(watcher, user.form, None, boxes[0])
    follow_focus(watcher, user.form, boxes[0], boxes[1])
    follow_focus(watcher, user.form, boxes[1], user.window.search)
    follow_focus(watcher, user.form, user.window.search, boxes[1])
    for box in (*boxes, user.window.search):
        QApplication.sendEvent(box, QEvent(QEvent.Type.User))
    assert heard == [boxes[1]]


@pytest.mark.rule("K1", "K5")
def test_the_map_has_the_keys_people_were_promised() -> None:
    promised = {
        "edit.search": "Ctrl+K", "record.meeting": "Ctrl+M", "record.action": "Ctrl+J", "record.new": "Ctrl+N",
        "edit.filter": "Ctrl+F", "edit.other_language": "Ctrl+L", "view.pair": "Ctrl+T", "edit.done": "Ctrl+Return",
        "file.print": "Ctrl+P", "edit.save": "Ctrl+S", "edit.undo": "Ctrl+Z", "edit.redo": "Ctrl+Y",
        "record.history": "Ctrl+H", "go.review": "Ctrl+R", "file.receive": "Ctrl+O", "record.attach": "Ctrl+I",
        "record.duplicate": "Ctrl+D", "go.date": "Ctrl+G", "go.back": "Alt+Left", "go.forward": "Alt+Right",
        "go.next_pane": "F6", "go.previous_pane": "Shift+F6", "edit.record": "F2", "help.keys": "F1",
        "file.settings": "Ctrl+,", "view.larger": "Ctrl++", "view.smaller": "Ctrl+-", "view.normal": "Ctrl+0",
        "file.close": "Ctrl+W", "file.quit": "Ctrl+Q",
    }  # fmt: skip
    held = {spec.name: spec.shortcuts for spec in menu_commands()}
    assert {name: held[name][:1] for name in promised} == {name: (key,) for name, key in promised.items()}
    assert "Ctrl+Shift+Z" in held["edit.redo"]
    assert "Ctrl+=" in held["view.larger"]
