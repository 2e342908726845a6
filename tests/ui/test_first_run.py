"""The first page of all, the sample kept apart, and what helps where a workspace cannot be opened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.helpers.look import apply_look
from tests.helpers.pseudo_language import PSEUDO, use_language
from tests.helpers.shown import home_of
from ucapdesk.base import settings
from ucapdesk.base.clock import local_time
from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import language, pair
from ucapdesk.services import Desk
from ucapdesk.services.exchange import exchange_service
from ucapdesk.services.records import records
from ucapdesk.services.workspaces import maintenance, sample, workspace_service
from ucapdesk.store.errors import DAMAGED_WITHOUT_BACKUP, DAMAGED_WORKSPACE, NOT_ALLOWED, SecondWriter
from ucapdesk.ui.exchange.exchange_dialogs import JoinDialog
from ucapdesk.ui.window.program import Program
from ucapdesk.ui.workspaces.workspace_dialogs import StartDialog
from ucapdesk.ui.workspaces.workspace_opening import FirstRun


@pytest.fixture
def page(dressed: QApplication, qtbot: QtBot) -> Iterator[FirstRun]:
    """The first page, on the screen."""
    made = FirstRun(dressed)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close()
    made.deleteLater()


def _button(page: FirstRun | StartDialog, name: str) -> QPushButton:
    found = page.findChild(QPushButton, name)
    assert found is not None, name
    return found


def _line(page: FirstRun, name: str) -> QLineEdit:
    found = page.findChild(QLineEdit, name)
    assert found is not None, name
    return found


class Hands:
    """What somebody does on the first page each time it comes up; nothing is left to do at the end."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.steps: list[tuple[str, str]] = []
        self.said: list[str] = []
        monkeypatch.setattr(FirstRun, "exec", lambda page: self._exec(page))  # noqa: PLW0108 (bound to the page)
        monkeypatch.setattr(JoinDialog, "exec", lambda _: 1)
        self._patch = monkeypatch

    def _exec(self, page: FirstRun) -> int:
        self.said += [label.text() for label in page.findChildren(QLabel, "first.message") if label.text()]
        page.setResult(0)
        if not self.steps:
            return 0
        name, given = self.steps.pop(0)
        if name == "first.start":
            _line(page, "first.name").setText(given)
        self._patch.setattr(QFileDialog, "getOpenFileName", lambda *_: (given, ""))
        self._patch.setattr(QFileDialog, "getExistingDirectory", lambda *_: given)
        _button(page, name).click()
        return page.result()


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hands]:
    """Somebody at the first page."""
    made = Hands(monkeypatch)
    yield made
    assert made.steps == []


# -- the page -------------------------------------------------------------------------------------


@pytest.mark.rule("G4", "R28")
def test_each_language_is_offered_by_its_own_name_and_is_taken_at_once(page: FirstRun, qtbot: QtBot) -> None:
    _line(page, "first.person").setText("陈燕")
    assert _button(page, "first.lang.en").isChecked()
    qtbot.mouseClick(_button(page, "first.lang.zh"), Qt.MouseButton.LeftButton)
    assert language() == settings.load().interface_language == "zh"
    assert [_button(page, f"first.lang.{lang}").text() for lang in ("en", "zh")] == ["English", "中文"]
    assert _button(page, "first.lang.zh").isChecked()
    assert page.focusWidget().objectName() == "first.lang.zh"
    assert page.person == "陈燕"


@pytest.mark.rule("A1", "R28")
def test_tab_comes_to_the_language_that_is_chosen_and_the_arrows_choose_another(
    dressed: QApplication, qtbot: QtBot
) -> None:
    use_language("it")
    page = FirstRun(dressed)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(page.isActiveWindow)
    _line(page, "first.person").setFocus()
    qtbot.keyClick(_line(page, "first.person"), Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert page.focusWidget().objectName() == "first.lang.it"
    qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Right)
    assert page.focusWidget().objectName() == "first.lang.de"


@pytest.mark.rule("R28", "W10")
def test_the_languages_of_records_are_chosen_on_the_same_page(page: FirstRun) -> None:
    box = page.findChild(QComboBox, "first.record_languages")
    assert box is not None
    box.setCurrentIndex(box.findText("中文 · English"))
    box.activated.emit(box.currentIndex())
    assert settings.load().record_languages == ("zh", "en")
    assert pair() == ("zh", "en")


@pytest.mark.row("M13")
@pytest.mark.rule("R28")
def test_enter_opens_the_sample_and_the_name_is_kept(page: FirstRun, qtbot: QtBot) -> None:
    assert page.focusWidget() is _button(page, "first.sample")
    line = _line(page, "first.person")
    line.setText("  Anna   Ferrer ")
    qtbot.keyClick(_button(page, "first.sample"), Qt.Key.Key_Return)
    assert page.answer == "sample"
    assert settings.load().person == "Anna Ferrer"


@pytest.mark.parametrize(
    ("lang", "texts", "papers"),
    [("zh", "", ("zh", "en")), ("de", "", ("en", "zh")), ("de", "Deutsch · 中文", ("de", "zh"))],
)
def test_papers_begin_with_the_language_of_whoever_makes_them(
    page: FirstRun, qtbot: QtBot, lang: str, texts: str, papers: tuple[str, str]
) -> None:
    qtbot.mouseClick(_button(page, f"first.lang.{lang}"), Qt.MouseButton.LeftButton)
    if texts:
        box = page.findChild(QComboBox, "first.record_languages")
        assert box is not None
        box.setCurrentIndex(box.findText(texts))
        box.activated.emit(box.currentIndex())
    qtbot.mouseClick(_button(page, "first.sample"), Qt.MouseButton.LeftButton)
    assert settings.load().paper_languages == papers


@pytest.mark.rule("W10")
def test_enter_in_the_name_of_the_workspace_starts_it(page: FirstRun, qtbot: QtBot) -> None:
    line = _line(page, "first.name")
    line.setFocus()
    qtbot.keyClicks(line, "Granada")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert (page.answer, page.name) == ("start", "Granada")


def test_enter_presses_the_choice_that_has_the_focus(page: FirstRun, qtbot: QtBot) -> None:
    start = _button(page, "first.start")
    start.setFocus()
    qtbot.keyClick(start, Qt.Key.Key_Return)
    assert page.answer == "start"


@pytest.mark.parametrize(("lang", "text_size"), [("en", 100), ("zh", 100), (PSEUDO, 100), ("en", 200), ("zh", 200)])
def test_nothing_on_the_first_page_is_cut_off(dressed: QApplication, qtbot: QtBot, lang: str, text_size: int) -> None:
    use_language(lang)
    apply_look(dressed, dark=False, text_size=text_size, lang=lang)
    page = FirstRun(dressed)
    qtbot.addWidget(page)
    page.resize(1024, 560)
    page.show()
    QApplication.processEvents()
    inner = page._area.widget()
    assert inner is not None
    assert inner.width() <= page._area.viewport().width()
    for label in page.findChildren(QLabel):
        if label.isVisible():
            assert label.height() >= label.heightForWidth(label.width()), label.text()


# -- the ways to begin ----------------------------------------------------------------------------


def test_without_settings_the_first_page_comes_and_leaving_it_leaves_no_window(program: Program, hands: Hands) -> None:
    assert not program.start(None)
    assert program.window is None


def test_starting_empty_makes_a_workspace_of_that_name_and_shows_where_to_begin(program: Program, hands: Hands) -> None:
    hands.steps.append(("first.start", "Granada"))
    assert program.start(None)
    assert program.window is not None
    desk = program.window.desk
    assert desk.workspace.name == "Granada"
    assert not sample.is_sample(desk)
    assert program.window.section == ":home"
    assert home_of(program.window).findChild(QPushButton, "home.receive") is not None


def test_a_package_of_a_colleague_becomes_a_workspace(program: Program, hands: Hands, tmp_path: Path) -> None:
    with workspace_service.new(tmp_path / "theirs", name="Barcelona", person="Chen Yan") as theirs:
        records.add(theirs, "organisation", {"name": None})
        file = tmp_path / f"theirs{exchange_service.PACKAGE_SUFFIX}"
        exchange_service.give(theirs, file)
    hands.steps.append(("first.open", str(file)))
    assert program.start(None)
    assert program.window is not None
    assert program.window.desk.workspace.name == "Barcelona"
    assert records.count(program.window.desk, "organisation") == 1


def test_a_backup_becomes_a_workspace(program: Program, hands: Hands, tmp_path: Path) -> None:
    with workspace_service.new(tmp_path / "old", name="Barcelona", person="Ana") as old:
        records.add(old, "organisation", {"name": None})
        maintenance.backup(old, tmp_path / "old.ucapbackup")
    hands.steps.append(("first.open", str(tmp_path / "old.ucapbackup")))
    assert program.start(None)
    assert program.window is not None
    assert records.count(program.window.desk, "organisation") == 1


def test_a_file_that_leads_nowhere_is_told_on_the_page_and_another_way_can_be_tried(
    program: Program, hands: Hands, tmp_path: Path
) -> None:
    (tmp_path / "song.ucapx").write_text("la la la")
    hands.steps += [("first.open", str(tmp_path / "song.ucapx")), ("first.sample", "")]
    assert program.start(None)
    assert any("song.ucapx" in said for said in hands.said)
    assert program.window is not None
    assert sample.is_sample(program.window.desk)


# -- the sample -----------------------------------------------------------------------------------


def test_the_sample_says_what_it_is_and_own_workspaces_do_not(
    program: Program, hands: Hands, workspace_folder: Path
) -> None:
    hands.steps.append(("first.sample", ""))
    program.start(None)
    assert program.window is not None
    own = program.window.findChild(QPushButton, "sample.own")
    assert own is not None
    assert own.isVisible()
    program.open_other(workspace_folder)
    assert program.window is not None
    bar = program.window.findChild(QWidget, "sample")
    assert bar is not None
    assert not bar.isVisible()


@pytest.mark.rule("R29")
def test_the_sample_is_there_again_as_it_was_left_and_only_once(
    program: Program, hands: Hands, workspace_folder: Path
) -> None:
    hands.steps.append(("first.sample", ""))
    program.start(None)
    assert program.window is not None
    first = program.window.desk.workspace.path
    records.add(program.window.desk, "organisation", {"name": None})
    kept = records.count(program.window.desk, "organisation")
    program.open_other(workspace_folder)
    assert program.window is not None
    program.window.do("file.sample")
    assert program.window.desk.workspace.path == first
    assert records.count(program.window.desk, "organisation") == kept


@pytest.mark.rule("U5", "R29")
def test_the_sample_can_be_thrown_away_and_the_safe_answer_is_the_first(
    program: Program, hands: Hands, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    hands.steps.append(("first.sample", ""))
    program.start(None)
    assert program.window is not None
    path = program.window.desk.workspace.path
    answers = ["Keep it", "Remove"]

    def answer(box: QMessageBox) -> int:
        assert box.defaultButton().text() == "Keep it"
        wanted = answers.pop(0)
        next(button for button in box.buttons() if button.text() == wanted).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    program.window.do("sample.throw_away")
    qtbot.wait(10)
    assert path.exists()
    hands.steps.append(("first.start", "My own"))
    program.window.do("sample.throw_away")
    qtbot.waitUntil(lambda: program.window is not None and program.window.desk.workspace.name == "My own")
    assert not path.exists()
    assert workspace_service.last_opened() == program.window.desk.workspace.path


# -- where it cannot be opened --------------------------------------------------------------------


@pytest.mark.rule("V7")
@pytest.mark.usefixtures("dressed")
@pytest.mark.parametrize(
    ("why", "ways_are"),
    [
        (DAMAGED_WORKSPACE(path="x", file="store.db", backup="b.db"), ("restore", {"read", "backup", "other"})),
        (DAMAGED_WITHOUT_BACKUP(path="x", file="store.db"), ("backup", {"other", "make"})),
        (SecondWriter(path="x"), ("read", {"other"})),
        (NOT_ALLOWED(path="x"), ("other", {"read", "make", "backup"})),
        (
            UserError(
                "There is no kind of record called “{kind}” (nearest: {near}). Nothing was changed; “ucapdesk kinds” lists all.",
                code="unknown-kind",
                kind="x",
                near="",
            ),
            ("other", {"sample"}),
        ),
    ],
)
def test_what_cannot_be_opened_offers_what_helps_with_the_best_first(
    qtbot: QtBot, workspace_folder: Path, why: UserError, ways_are: tuple[str, set[str]]
) -> None:
    (first, also), dialog = ways_are, StartDialog(why, workspace_folder)
    qtbot.addWidget(dialog)
    ways = [each.objectName().removeprefix("start.") for each in dialog.findChildren(QPushButton)]
    ways.remove("show")
    assert ways[0] == first
    assert also <= set(ways)
    assert _button(dialog, f"start.{first}").isDefault()


@pytest.mark.rule("V7")
def test_it_tells_where_the_workspace_lies_and_of_when_its_last_backup_is(
    dressed: QApplication, qtbot: QtBot, workspace_folder: Path
) -> None:
    with Desk.open(workspace_folder) as desk:
        desk.workspace.daily_copy()
    (copy,) = maintenance.copies(workspace_folder)
    dialog = StartDialog(DAMAGED_WORKSPACE(path=workspace_folder, file="store.db", backup=copy.name), workspace_folder)
    qtbot.addWidget(dialog)
    said = " ".join(label.text().replace("\u200b", "") for label in dialog.findChildren(QLabel))
    assert str(workspace_folder) in said
    assert f"The last backup is of {local_time(copy.time).day} {local_time(copy.time):%B %Y}" in said
