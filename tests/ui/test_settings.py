"""The settings: each choice is applied and kept at once; and the notice of the system's tray."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QStyleHints
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QMessageBox,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.helpers.pseudo_language import use_language
from tests.helpers.shown import child, kept_by, not_none
from tests.ui.conftest import User
from tests.ui.list_hands import answer
from ucapdesk import __version__
from ucapdesk.base import settings
from ucapdesk.base.clock import today
from ucapdesk.base.i18n import language, use_pair
from ucapdesk.model.values import Bilingual, PartialDate
from ucapdesk.services import Desk
from ucapdesk.services.records import history, records
from ucapdesk.services.workspaces import workspace_service
from ucapdesk.ui.fields.links import PickerDialog
from ucapdesk.ui.papers.paper_dialog import PaperDialog
from ucapdesk.ui.settings.settings_dialog import SettingsDialog, language_choices
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.window import bars
from ucapdesk.ui.window.commands import menu_commands
from ucapdesk.ui.window.sections import HOME
from ucapdesk.ui.workspaces.workspace_dialogs import NewPassphraseDialog


@pytest.fixture
def page(user: User, qtbot: QtBot) -> Iterator[SettingsDialog]:
    made = SettingsDialog(user.desk, user.window)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()
    made.deleteLater()


def _box(page: SettingsDialog, setting: str) -> QComboBox:
    return child(page, QComboBox, f"settings.{setting}")


def _choose(page: SettingsDialog, setting: str, value: object) -> None:
    """With the keys, as somebody does who goes through the page."""
    box = _box(page, setting)
    box.setFocus()
    target = [box.itemData(row) for row in range(box.count())].index(value)
    step = Qt.Key.Key_Down if target > box.currentIndex() else Qt.Key.Key_Up
    while (at := _box(page, setting).currentIndex()) != target:
        box = _box(page, setting)
        QtBot.keyClick(box, step)
        assert _box(page, setting).currentIndex() != at


def _name(page: SettingsDialog) -> QLineEdit:
    return child(page, QLineEdit, "settings.person")


def _said(page: SettingsDialog) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel)]


@pytest.mark.rule("G2", "R49")
def test_another_language_is_taken_at_once_and_the_focus_stays(user: User, page: SettingsDialog) -> None:
    meeting = user.open(user.id("meeting", 2))
    _choose(page, "interface_language", "zh")
    assert language() == settings.load().interface_language == "zh"
    assert page.windowTitle() == "设置"
    assert user.window.menuBar().actions()[0].text().startswith("文件")
    assert user.window.record.id == meeting
    assert page.isVisible()
    focused = not_none(QApplication.focusWidget())
    assert focused.objectName() == "settings.interface_language"


@pytest.mark.rule("G4")
def test_each_language_is_offered_by_its_own_name(page: SettingsDialog) -> None:
    for _ in range(2):
        box = _box(page, "interface_language")
        assert [box.itemText(row) for row in range(box.count())] == [
            "English",
            "中文",
            "Español",
            "Italiano",
            "Deutsch",
        ]
        _choose(page, "interface_language", "zh")


@pytest.mark.rule("G1")
@pytest.mark.parametrize("chosen", [(), ("en", "zh"), ("es", "zh")])
def test_in_a_third_language_the_pair_of_records_is_said_as_it_is(
    page: SettingsDialog, chosen: tuple[str, ...]
) -> None:
    settings.save(settings.load().with_(record_languages=chosen))
    _choose(page, "interface_language", "es")
    box = _box(page, "record_languages")
    offered = [box.itemText(row) for row in range(box.count())]
    assert len(set(offered)) == len(offered)
    assert box.currentText() == ("Español · 中文" if "es" in chosen else "English · 中文")


@pytest.mark.rule("G1")
def test_papers_are_offered_in_the_languages_of_records_and_of_the_reader() -> None:
    use_language("it")
    use_pair(("de", "zh"))
    offered = [name for name, _ in language_choices()]
    assert {"Deutsch · 中文", "中文 · Deutsch", "Deutsch", "Italiano · 中文", "English · 中文"} <= set(offered)
    assert not any("Español" in name for name in offered)
    use_language("en")
    use_pair(())
    assert [name for name, _ in language_choices()] == ["English · 中文", "中文 · English", "English", "中文"]


@pytest.mark.rule("G1")
def test_the_languages_of_papers_are_a_choice_of_their_own(user: User, page: SettingsDialog, qtbot: QtBot) -> None:
    _choose(page, "paper_languages", ("zh", "en"))
    assert settings.load().paper_languages == ("zh", "en")
    assert language() == "en"
    preview = kept_by(qtbot, PaperDialog(user.desk, [user.id("ucap")], user.window))
    assert preview.choice.languages == ("zh", "en")
    preview.done(0)
    user.window.work.stop_all()


@pytest.mark.rule("R42", "R43", "R44", "R49")
def test_colours_size_and_rows_are_changed_at_once(user: User, page: SettingsDialog) -> None:
    rows = user.window.list.view.verticalHeader().defaultSectionSize()
    _choose(page, "theme", "dark")
    assert theme.tokens() == theme.DARK
    _choose(page, "density", "compact")
    assert user.window.list.view.verticalHeader().defaultSectionSize() < rows
    _choose(page, "text_size", 200)
    assert QApplication.font().pixelSize() == 2 * theme.BODY
    kept = settings.load()
    assert (kept.theme, kept.density, kept.text_size) == ("dark", "compact", 200)
    _choose(page, "density", "comfortable")
    QApplication.processEvents()
    assert user.window.list.view.verticalHeader().defaultSectionSize() > 1.8 * rows


@pytest.mark.rule("R42")
def test_as_the_system_means_that_the_window_turns_dark_with_it(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    user.window.do("view.system")
    assert theme.tokens() == theme.LIGHT
    monkeypatch.setattr(QStyleHints, "colorScheme", lambda _: Qt.ColorScheme.Dark)
    QApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.tokens() == theme.DARK
    user.window.do("view.light")
    assert theme.tokens() == theme.LIGHT, "what was chosen by hand stays"
    QApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.tokens() == theme.LIGHT
    _choose_a_zone_at_dusk(user)


def _choose_a_zone_at_dusk(user: User) -> None:
    """The system turns dark while a dialog is open: what is chosen there is saved, and then the window turns dark."""
    meeting = user.open(user.id("meeting"))
    settings.save(settings.load().with_(theme="system"))

    def choose() -> None:
        picker = QApplication.activeModalWidget()
        assert isinstance(picker, PickerDialog)
        QApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
        user.bot.keyClicks(picker.filter, "Lisbon")
        user.bot.keyClick(picker.filter, Qt.Key.Key_Return)

    QTimer.singleShot(0, user.find(QPushButton, "field.when.zone").click)
    QTimer.singleShot(0, choose)
    user.bot.waitUntil(lambda: theme.tokens() == theme.DARK)
    assert user.value(meeting, "when").tz == "Europe/Lisbon"


def test_a_new_name_is_shown_at_once_and_written_from_now_on(user: User, page: SettingsDialog) -> None:
    meeting = user.id("meeting")
    before = {entry.person for entry in history.of(user.desk, meeting)}
    line = _name(page)
    line.setFocus()
    line.selectAll()
    user.compose(line, "", "陈妍")
    user.bot.keyClick(line, Qt.Key.Key_Return)
    page.close()
    assert "陈妍" in [label.text() for label in user.window.statusBar().findChildren(QLabel)]
    user.window.activateWindow()
    user.bot.waitUntil(lambda: QApplication.activeWindow() is user.window)
    user.open(meeting)
    user.type("title.en", "Another title")
    assert {entry.person for entry in history.of(user.desk, meeting)} - before == {"陈妍"}
    assert workspace_service.this_person() == "陈妍"


def test_a_name_is_there_at_the_next_start_and_an_empty_one_changes_nothing(user: User, page: SettingsDialog) -> None:
    line = _name(page)
    line.setText("  Ana   Benítez ")
    line.editingFinished.emit()
    assert line.text() == "Ana Benítez"
    line.setText("  ")
    line.editingFinished.emit()
    assert line.text() == "Ana Benítez"
    with Desk.open(user.desk.workspace.path, read_only=True) as again:
        assert again.workspace.person == "Ana Benítez"


def test_where_nothing_can_be_written_the_name_only_shows(dressed: QApplication, user: User, qtbot: QtBot) -> None:
    with Desk.open(user.desk.workspace.path, read_only=True) as reading:
        page = kept_by(qtbot, SettingsDialog(reading, user.window))
        assert _name(page).isReadOnly()
        page.close()


def test_the_page_says_what_program_it_is_and_copies_what_helps_a_question(page: SettingsDialog) -> None:
    assert any(__version__ in said for said in _said(page))
    child(page, QPushButton, "settings.copy_details").click()
    assert f"UCAPDesk {__version__}" in QApplication.clipboard().text()
    assert any("clipboard" in said for said in _said(page))


def _shown(page: SettingsDialog) -> set[str]:
    return {
        each.objectName().removeprefix("settings.")
        for each in page._page.findChildren(QWidget)
        if each.objectName().startswith("settings.") and each.isVisibleTo(page)
    }


@pytest.mark.rule("W9")
def test_a_setting_is_found_by_its_name_and_by_what_can_be_chosen(page: SettingsDialog, qtbot: QtBot) -> None:
    everything = _shown(page)
    for typed, found in {"dark": "theme", "size": "text_size", "keys": "keys", "backup": "copies"}.items():
        qtbot.keyClicks(page.search, typed)
        assert {found} <= _shown(page) < everything, typed
        page.search.clear()
        assert _shown(page) == everything, typed


def test_a_heading_that_is_searched_shows_its_whole_group(page: SettingsDialog, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.search, "appear")
    assert {"theme", "text_size", "density"} <= _shown(page)
    page.search.clear()
    qtbot.keyClicks(page.search, "zzz")
    assert "No setting matches." in [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def test_the_search_outlasts_a_choice(page: SettingsDialog, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.search, "dark")
    _choose(page, "theme", "dark")
    assert page.search.text() == "dark"
    assert "text_size" not in _shown(page)


def test_backups_are_listed_and_one_can_be_gone_back_to(
    user: User, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    user.desk.workspace.daily_copy()
    went_back: list[str] = []
    user.window.restore_wanted.connect(went_back.append)
    page = kept_by(qtbot, SettingsDialog(user.desk, user.window))
    copies = page.findChild(QListWidget, "settings.copies")
    restore = page.findChild(QPushButton, "settings.restore")
    assert copies is not None
    assert restore is not None
    assert not restore.isEnabled()
    copies.setCurrentRow(0)
    assert restore.isEnabled()
    said: list[str] = []

    def stay(box: QMessageBox) -> int:
        said.append(box.text())
        wanted = answers.pop(0)
        next(button for button in box.buttons() if button.text() == wanted).click()
        return 0

    answers = ["Stay here", "Restore"]
    monkeypatch.setattr(QMessageBox, "exec", stay)
    restore.click()
    assert went_back == []
    restore.click()
    assert went_back == [copies.item(0).data(Qt.ItemDataRole.UserRole)]
    assert "kept in the folder" in said[0]


def test_keys_and_backups_are_commands_of_the_menus(user: User, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[str] = []
    monkeypatch.setattr(user.window, "do", given.append)
    page = kept_by(qtbot, SettingsDialog(user.desk, user.window))
    for name in ("keys", "backup"):
        child(page, QPushButton, f"settings.{name}").click()
    assert given == ["help.keys", "file.backup"]
    assert all(any(spec.name == name for spec in menu_commands()) for name in given)


def test_the_passphrase_of_a_protected_workspace_is_changed(
    user: User, page: SettingsDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert page.findChild(QPushButton, "settings.passphrase") is None, "there is none to be changed"

    def change(asked: NewPassphraseDialog) -> None:
        assert asked.focusWidget() is asked.old
        for old, new, again, said in (
            ("old", "new", "mew", "The two passphrases differ."),
            ("guess", "new", "new", "That is not the passphrase"),
            ("old", "", "", "A passphrase cannot be empty."),
        ):
            for line, text in ((asked.old, old), (asked.new, new), (asked.again, again)):
                line.setText(text)
            asked.accept()
            assert asked.message.text().startswith(said)
        asked.new.setText("new")
        asked.again.setText("new")
        asked.accept()

    answer(monkeypatch, NewPassphraseDialog, change)
    wanted: list[tuple[str, str]] = []
    user.window.passphrase_wanted.connect(lambda *given: wanted.append(given))
    with workspace_service.new(tmp_path / "w", passphrase="old") as desk:
        own = kept_by(user.bot, SettingsDialog(desk, user.window))
        child(own, QPushButton, "settings.passphrase").click()
    assert wanted == [("old", "new")]
    assert own.result()


class FakeTray(QObject):
    """The tray of a system that has one; it keeps what is said."""

    messageClicked, activated = Signal(), Signal(int)  # noqa: N815 (Qt’s names)
    there = True
    shown: list[FakeTray] = []

    def __init__(self, icon: QIcon, parent: QObject) -> None:
        super().__init__(parent)
        self._icon, self.said = icon, list[str]()

    @staticmethod
    def isSystemTrayAvailable() -> bool:  # noqa: N802
        return FakeTray.there

    def icon(self) -> QIcon:
        return self._icon

    def setToolTip(self, text: str) -> None:  # noqa: N802
        """What it is."""

    def show(self) -> None:
        FakeTray.shown.append(self)

    def hide(self) -> None:
        FakeTray.shown.remove(self)

    def showMessage(self, title: str, text: str, icon: QIcon, time: int) -> None:  # noqa: N802
        assert not icon.isNull()
        self.said.append(text)


@pytest.fixture
def with_tray(user: User, monkeypatch: pytest.MonkeyPatch) -> Iterator[User]:
    monkeypatch.setattr(bars, "QSystemTrayIcon", FakeTray)
    monkeypatch.setattr(bars, "is_sample", lambda _: False)
    FakeTray.there, FakeTray.shown = True, []
    yield user
    user.window.tray.stop()


def _mou(user: User, days: int, name: str = "Granada") -> str:
    ends = PartialDate(f"{today(user.desk.workspace.clock) + timedelta(days)}")
    return records.add(user.desk, "agreement", {"title": Bilingual(en=name), "status": "in_force", "expires": ends})


def _follow(user: User) -> None:
    user.window.tray.follow()
    user.bot.waitUntil(lambda: not user.window.tray._behind.busy)


@pytest.mark.row("X5")
def test_what_is_due_is_said_at_the_start_and_once(with_tray: User) -> None:
    for n in range(5):
        _mou(with_tray, 10 + n, f"M{n}")
    _follow(with_tray)
    (icon,) = FakeTray.shown
    (said,) = icon.said
    assert [line[:4] for line in said.splitlines()] == ["“M0”", "“M1”", "“M2”", "and "]
    assert said.splitlines()[-1] == "and 2 more"
    with_tray.window.tray.look()
    with_tray.bot.waitUntil(lambda: not with_tray.window.tray._behind.busy)
    assert len(icon.said) == 1


def test_what_comes_due_while_the_window_is_open_is_said_then(with_tray: User, monkeypatch: pytest.MonkeyPatch) -> None:
    _mou(with_tray, 8)
    _follow(with_tray)
    (icon,) = FakeTray.shown
    clock = with_tray.desk.workspace.clock
    tomorrow = clock() + 86_400 * 1_000_000
    monkeypatch.setattr(with_tray.desk.workspace, "clock", lambda: tomorrow)
    timer = not_none(with_tray.window.tray._timer)
    timer.timeout.emit()
    with_tray.bot.waitUntil(lambda: len(icon.said) == 2)
    assert "in 7 days" in icon.said[1]


def test_a_click_on_it_leads_to_the_first_page(with_tray: User, monkeypatch: pytest.MonkeyPatch) -> None:
    raised: list[bool] = []
    monkeypatch.setattr(with_tray.window, "raise_", lambda: raised.append(True))
    with_tray.open(_mou(with_tray, 8))
    _follow(with_tray)
    FakeTray.shown[0].messageClicked.emit()
    assert with_tray.window.section == HOME
    assert raised


def test_it_can_be_switched_off_and_on(with_tray: User) -> None:
    _follow(with_tray)
    assert FakeTray.shown
    settings.save(settings.load().with_(tray_notices=False))
    with_tray.window.dress_anew()
    assert FakeTray.shown == []
    assert with_tray.window.tray._timer is None
    settings.save(settings.load().with_(tray_notices=True))
    with_tray.window.dress_anew()
    assert len(FakeTray.shown) == 1


def test_without_a_tray_or_in_a_sample_there_is_nothing(with_tray: User, monkeypatch: pytest.MonkeyPatch) -> None:
    FakeTray.there = False
    _follow(with_tray)
    assert (FakeTray.shown, with_tray.window.tray._timer) == ([], None)
    FakeTray.there = True
    monkeypatch.setattr(bars, "is_sample", lambda _: True)
    _follow(with_tray)
    assert (FakeTray.shown, with_tray.window.tray._timer) == ([], None)


def test_it_goes_with_the_window(with_tray: User) -> None:
    _follow(with_tray)
    assert FakeTray.shown
    with_tray.window.close()
    assert (FakeTray.shown, with_tray.window.tray._timer) == ([], None)
