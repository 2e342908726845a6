"""Keys where they are shown, and where other keys are chosen for them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.conftest import User
from ucapdesk.base import settings
from ucapdesk.ui.lists.list_views import SECOND_LINE
from ucapdesk.ui.toolkit.keyboard_focus import follow_focus
from ucapdesk.ui.toolkit.text_inputs import TextInput
from ucapdesk.ui.window import shortcuts
from ucapdesk.ui.window.commands import menu_commands
from ucapdesk.ui.window.shortcuts import ShortcutsDialog


@pytest.fixture
def page(user: User) -> ShortcutsDialog:
    """The page of the keys, open."""
    dialog = ShortcutsDialog(user.window.take_keys, user.window)
    user.bot.addWidget(dialog)
    dialog.show()
    return dialog


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
