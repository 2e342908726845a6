"""Translations at the window: the worklist, one text after another by keys, and the drafts of the window's own words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton

from tests.helpers.shown import child, kept_by, on_screen
from tests.ui.conftest import User
from tests.ui.list_hands import add_record, answer
from ucapdesk.base import i18n
from ucapdesk.base.i18n import tr
from ucapdesk.model.values import Bilingual
from ucapdesk.services.records import records
from ucapdesk.services.translations import interface_texts
from ucapdesk.services.workspaces import maintenance
from ucapdesk.ui.imports.import_page import ImportPage
from ucapdesk.ui.translation_dialogs import DONE_MARK, InterfaceDraftsDialog, WorklistDialog


@pytest.fixture
def texts(user: User) -> list[tuple[str, str, str]]:
    ids = [add_record(user, "meeting", f"title.en={title}") for title in ("Open incubator", "City hall", "Farewell")]
    records.edit(user.desk, ids[2], {"title": Bilingual(en="Farewell", zh="告别").mark("zh", "draft")})
    add_record(user, "glossary_term", "term.en=incubator", "term.zh=孵化器")
    return [(id_, "title", "zh") for id_ in ids]


@pytest.fixture
def dialog(user: User, texts: list[tuple[str, str, str]]) -> WorklistDialog:
    page = on_screen(user.bot, WorklistDialog(user.desk, texts, user.window))
    page.activateWindow()
    user.bot.waitUntil(lambda: QApplication.activeWindow() is page)
    page.one.box.setFocus()
    return page


def _press(user: User, dialog: WorklistDialog, name: str) -> None:
    button = child(dialog, QPushButton, f"worklist.{name}")
    user.bot.mouseClick(button, Qt.MouseButton.LeftButton)


def _count(dialog: WorklistDialog) -> str:
    label = child(dialog, QLabel, "worklist.count")
    return label.text()


def _zh(user: User, id_: str) -> Bilingual:
    value = user.value(id_, "title")
    assert isinstance(value, Bilingual)
    return value


def _ctrl_enter(user: User, dialog: WorklistDialog) -> None:
    user.bot.keyClick(dialog.one.box, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


@pytest.mark.rule("B2", "I2", "R22", "W12")
def test_texts_are_written_one_after_another_by_keys(
    user: User, dialog: WorklistDialog, texts: list[tuple[str, str, str]]
) -> None:
    assert (_count(dialog), dialog.one.source.said(), dialog.one.box.said()) == ("3 texts to do", "Open incubator", "")
    user.compose(dialog.one.box, "kai")
    _ctrl_enter(user, dialog)  # belongs to the input method
    assert dialog.one.source.said() == "Open incubator"
    user.compose(dialog.one.box, "", "开放式孵化器")
    _ctrl_enter(user, dialog)
    assert _zh(user, texts[0][0])["zh"] == "开放式孵化器"
    assert (_count(dialog), dialog.one.source.said()) == ("2 texts to do", "City hall")
    assert dialog.one.box.hasFocus()
    _ctrl_enter(user, dialog)  # nothing was written, so nothing is done: on to the next
    assert dialog.one.source.said() == "Farewell"
    assert dialog.one.box.said() == "告别"
    _ctrl_enter(user, dialog)  # the draft was read and is right
    assert _zh(user, texts[2][0]).state("zh") == "reviewed"
    assert dialog.one.source.said() == "City hall"
    _press(user, dialog, "same")
    assert (_zh(user, texts[1][0])["zh"], _zh(user, texts[1][0]).state("zh")) == ("City hall", "same")
    assert _count(dialog) == "0 texts to do"
    assert not dialog.one.box.isEnabled()


def test_what_was_typed_is_kept_when_another_text_is_chosen_or_the_page_closes(
    user: User, dialog: WorklistDialog, texts: list[tuple[str, str, str]]
) -> None:
    user.compose(dialog.one.box, "", "孵化器")
    dialog.list.setFocus()
    user.bot.keyClick(dialog.list, Qt.Key.Key_Down)
    assert _zh(user, texts[0][0])["zh"] == "孵化器"
    assert dialog.list.item(0, 1).text().startswith(DONE_MARK)  # type: ignore[union-attr]
    user.bot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert dialog.one.box.hasFocus()
    user.compose(dialog.one.box, "", "市政厅")
    user.bot.keyClick(dialog.one.box, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert _zh(user, texts[1][0])["zh"] == "市政厅"
    assert _zh(user, texts[2][0]).state("zh") == "draft"  # nobody touched it


def test_enter_presses_the_button_that_has_the_focus(user: User, dialog: WorklistDialog) -> None:
    skip = child(dialog, QPushButton, "worklist.skip")
    skip.setFocus()
    user.bot.keyClick(skip, Qt.Key.Key_Return)
    assert dialog.list.currentRow() == 1


def test_what_cannot_be_kept_stays_in_its_box_with_the_reason(
    user: User, dialog: WorklistDialog, texts: list[tuple[str, str, str]]
) -> None:
    user.compose(dialog.one.box, "", "孵化器")
    records.trash(user.desk, texts[0][0])
    for name in ("copy", "skip", "open"):
        QApplication.clipboard().setText("before")
        _press(user, dialog, name)
        assert "Trash" in dialog.message.text(), name
        assert (dialog.one.source.said(), dialog.one.box.said()) == ("Open incubator", "孵化器"), name
        assert QApplication.clipboard().text() == "before"
    dialog.list.setFocus()
    user.bot.keyClick(dialog.list, Qt.Key.Key_Down)
    user.bot.waitUntil(lambda: {index.row() for index in dialog.list.selectedIndexes()} == {0})
    assert dialog.list.currentRow() == 0
    listed = dialog.into.currentIndex()
    dialog.into.setCurrentIndex(1 - listed)
    dialog.into.activated.emit(1 - listed)
    assert dialog.into.currentIndex() == listed, "the list is still in that language"
    user.bot.keyClick(dialog.one.box, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog.one.box.said() == "孵化器"
    records.untrash(user.desk, texts[0][0])
    user.bot.keyClick(dialog.one.box, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert _zh(user, texts[0][0])["zh"] == "孵化器"


@pytest.mark.rule("B8", "W12")
def test_terms_of_the_glossary_that_occur_are_put_in_by_a_click_only(user: User, dialog: WorklistDialog) -> None:
    (chip,) = [each for each in dialog.findChildren(QPushButton, "worklist.term") if each.isVisible()]
    assert chip.text() == "open incubator = 开放式孵化器"
    assert dialog.one.box.said() == ""
    user.bot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert (dialog.one.box.said(), dialog.one.box.hasFocus()) == ("开放式孵化器", True)


@pytest.mark.row("B4")
def test_a_word_that_the_glossary_avoids_is_shown_with_what_is_said_instead(user: User) -> None:
    add_record(user, "glossary_term", "term.en=partner city", "term.zh=合作城市", "avoid=对方城市")
    id_ = add_record(user, "meeting", "title.en=Visit")
    records.edit(user.desk, id_, {"title": Bilingual(en="Visit", zh="访问对方城市").mark("zh", "draft")})
    page = on_screen(user.bot, WorklistDialog(user.desk, [(id_, "title", "zh")], user.window))
    (chip,) = [each for each in page.findChildren(QPushButton, "worklist.term") if each.isVisible()]
    assert chip.text() == "对方城市 → 合作城市"


@pytest.mark.rule("W12")
def test_all_texts_go_to_a_translator_and_come_back_looked_through(
    user: User, dialog: WorklistDialog, texts: list[tuple[str, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = maintenance.digest(user.desk)
    _press(user, dialog, "copy")
    assert QApplication.clipboard().text().splitlines()[0] == "1\tOpen incubator\t"
    _press(user, dialog, "paste")
    assert "no new translations" in dialog.message.text()
    assert maintenance.digest(user.desk) == before
    QApplication.clipboard().setText("no table")
    _press(user, dialog, "paste")
    assert "holds no translations" in dialog.message.text()
    QApplication.clipboard().setText("1\tOpen incubator\t孵化器\n2\tCity hall\t市政厅\n")
    answer(monkeypatch, ImportPage, lambda page: page.take.click())
    _press(user, dialog, "paste")
    assert [_zh(user, texts[at][0]).state("zh") for at in (0, 1)] == ["reviewed", "reviewed"]
    assert _count(dialog) == "1 text to do"


def test_a_spreadsheet_for_a_translator_is_saved_and_taken_in(
    user: User,
    dialog: WorklistDialog,
    texts: list[tuple[str, str, str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = tmp_path / "t.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    _press(user, dialog, "export")
    said = file.read_text(encoding="utf-8-sig").replace("City hall,,", "City hall,市政厅,")
    file.write_text(said, encoding="utf-8-sig")
    answer(monkeypatch, ImportPage, lambda page: page.take.click())
    _press(user, dialog, "take")
    assert _zh(user, texts[1][0])["zh"] == "市政厅"


def test_a_file_for_a_translators_program_is_saved_and_taken_in_and_a_hostile_one_refused(
    user: User,
    dialog: WorklistDialog,
    texts: list[tuple[str, str, str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = tmp_path / "t.xlf"
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *given: (str(file.with_suffix("")), given[3].split(";;")[1])
    )
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    _press(user, dialog, "export")
    said = file.read_text().replace("City hall</source>", "City hall</source><target>市政厅</target>")
    file.write_text(said)
    answer(monkeypatch, ImportPage, lambda page: page.take.click())
    _press(user, dialog, "take")
    assert (_zh(user, texts[1][0])["zh"], _zh(user, texts[1][0]).state("zh")) == ("市政厅", "reviewed")
    file.write_text("<!DOCTYPE x>" + said.partition("?>")[2])
    _press(user, dialog, "take")
    assert "DOCTYPE" in dialog.message.text()


def test_everything_there_is_and_what_a_record_says_can_be_asked_for(
    user: User, texts: list[tuple[str, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[int, set[str]]] = []

    def look(page: WorklistDialog) -> None:
        seen.append((page.list.rowCount(), {item.id for item in page._items}))
        if len(seen) == 1:
            assert page.state.currentText() == "All"  # and no choice that means nothing
            assert "—" not in {box.itemText(at) for box in (page.into, page.state) for at in range(box.count())}
            page.state.setCurrentIndex(page.state.findData("missing"))
            page.state.activated.emit(1)
            assert {item.state for item in page._items} == {"missing"}
            _press(user, page, "open")
        else:
            page.reject()

    answer(monkeypatch, WorklistDialog, look)
    user.window.do("go.translations")
    shown = user.record.id
    assert shown in seen[0][1]
    user.open(texts[0][0])
    user.window.do("record.translate")
    assert seen[1] == (1, {texts[0][0]})
    assert seen[0][0] > 60


def test_of_very_many_texts_some_are_listed_and_that_is_said(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ucapdesk.ui.translation_dialogs.MAX_TEXTS_LISTED", 5)
    page = kept_by(user.bot, WorklistDialog(user.desk, parent=user.window))
    assert page.list.rowCount() == 5
    assert _count(page) == "5 texts to do; more come when these are done"


SAVED = ("paper", "Cities")


@pytest.fixture(autouse=True)
def _catalogues_of_this_test() -> Iterator[None]:
    i18n.catalogue.cache_clear()
    yield
    i18n.catalogue.cache_clear()


@pytest.fixture
def drafts_page(user: User) -> InterfaceDraftsDialog:
    user.window.do("view.es")
    return on_screen(user.bot, InterfaceDraftsDialog(user.window.dress_anew, user.window))


def _find(drafts_page: InterfaceDraftsDialog, context: str, english: str) -> None:
    drafts_page.finder.setText(english)
    drafts_page.refresh()
    row = next(n for n, text in enumerate(drafts_page._texts) if text.key == (context, english))
    drafts_page.list.setCurrentCell(row, 0)


def test_a_draft_that_is_worded_anew_is_used_at_once_and_after_the_next_start(
    user: User, drafts_page: InterfaceDraftsDialog
) -> None:
    _find(drafts_page, "menu", "&File")
    drafts_page.boxes[0].put("&Fichero")
    drafts_page.use.click()
    assert user.window.menuBar().actions()[0].text() == "&Fichero"
    i18n.catalogue.cache_clear()
    assert tr("menu", "&File", "es") == "&Fichero"
    assert tr("menu", "&File", "it") != "&Fichero"
    _find(drafts_page, "menu", "&File")
    drafts_page.ours.click()
    assert user.window.menuBar().actions()[0].text() != "&Fichero"


def test_a_wording_without_what_the_program_fills_in_is_refused(drafts_page: InterfaceDraftsDialog) -> None:
    _find(drafts_page, "window", "Saved {time}")
    for wrong in ("Guardado", "Guardado {hora}", "Guardado {time", ""):
        drafts_page.boxes[0].put(wrong)
        drafts_page.use.click()
        assert drafts_page.message.isVisible()
        assert tr("window", "Saved {time}", "es", time=1) != wrong
    assert all(not text.own for text in interface_texts.drafts("es"))


def test_the_exported_file_holds_what_was_agreed_with_as_read(
    drafts_page: InterfaceDraftsDialog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = len([text for text in interface_texts.drafts("es") if not text.own])
    _find(drafts_page, *SAVED)
    drafts_page.use.click()
    assert len([text for text in interface_texts.drafts("es") if not text.own]) == before - 1
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "es.po"), ""))
    drafts_page._export()
    with (tmp_path / "es.po").open("rb") as file:
        read = [message for message in read_po(file, locale="es") if message.id and not message.fuzzy]
    assert [(message.context, message.id) for message in read] == [SAVED]


def test_a_text_that_counts_has_a_box_for_each_form(drafts_page: InterfaceDraftsDialog) -> None:
    _find(drafts_page, "drafts", "{n} text that nobody has read yet")
    assert [box.isVisible() for box in drafts_page.boxes] == [True, True, False]


def test_a_broken_file_of_own_wordings_does_not_keep_the_program_from_speaking() -> None:
    file = i18n.own_wording() / "es" / "LC_MESSAGES" / "ucapdesk.mo"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"\xde\x12\x04\x95 and no more")
    assert tr(*SAVED, "es") == "Ciudades"
    file.with_suffix(".po").write_bytes(b"msgid \xff")
    assert len(interface_texts.drafts("es")) > 2000
