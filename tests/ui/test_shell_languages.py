"""Another language, look or size while one is in the middle of something: nothing but the words is to be noticed."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton

from tests.ui.conftest import User
from tests.ui.list_hands import cell_of
from ucapdesk.base import settings
from ucapdesk.base.i18n import LANGUAGE_NAMES, language, use_pair
from ucapdesk.model.values import Bilingual
from ucapdesk.services.records import lists, records
from ucapdesk.store.errors import DiskFull
from ucapdesk.ui.toolkit import theme

OTHER_LOOKS = ["view.chinese", "view.dark", "view.larger"]


@pytest.mark.rule("G2")
def test_the_keys_and_the_caret_stay_in_the_field(user: User) -> None:
    for command in OTHER_LOOKS:
        user.open(user.id("meeting"))
        box = user.box("title.en")
        box.setFocus()
        assert isinstance(box, QLineEdit), command
        box.setCursorPosition(3)
        user.window.do(command)
        now = user.box("title.en")
        assert user.focus() is now, command
        assert now is not box, command
        assert isinstance(now, QLineEdit), command
        assert now.cursorPosition() == 3, command


@pytest.mark.rule("G2")
def test_the_keys_stay_in_the_list_where_others_were_shown_before(user: User) -> None:
    for kind in ("person", "meeting"):
        user.window.enter_section(kind)
    assert user.window.list.view.hasFocus()
    user.window.do("view.chinese")
    assert user.window.list.view.hasFocus()


@pytest.mark.rule("G2")
def test_what_is_selected_in_a_long_text_stays_selected(user: User) -> None:
    user.open(user.id("ucap"))
    box = next(each for each in user.window.record.findChildren(QPlainTextEdit) if len(each.toPlainText()) > 40)
    name = box.objectName()
    box.setFocus()
    cursor = box.textCursor()
    cursor.setPosition(5)
    cursor.setPosition(12, cursor.MoveMode.KeepAnchor)
    box.setTextCursor(cursor)
    selected = cursor.selectedText()
    user.window.do("view.chinese")
    now = user.focus()
    assert isinstance(now, QPlainTextEdit)
    assert now.objectName() == name
    assert now.textCursor().selectedText() == selected


@pytest.mark.rule("G2")
def test_what_could_not_be_saved_stays_as_it_was_typed_and_is_said_in_the_new_language(user: User) -> None:
    user.open(user.id("meeting"))
    user.type("when.line", "32 June 2019", leave=False)
    user.window.do("view.chinese")
    box = user.box("when.line")
    assert isinstance(box, QLineEdit)
    assert box.text() == "32 June 2019"
    assert user.message("when")
    assert not user.window.close()
    assert user.window.close()


@pytest.mark.rule("G2")
def test_texts_that_could_not_be_saved_stay_in_their_languages(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """Chinese comes first in the Chinese window; nothing goes into the other box."""
    meeting, full = user.id("meeting"), [True]
    transaction = user.desk.transaction

    def refusing(*args: Any, **kwargs: Any) -> Any:
        if full[0]:
            raise DiskFull(path=user.desk.workspace.path)
        return transaction(*args, **kwargs)

    user.open(meeting)
    monkeypatch.setattr(user.desk, "transaction", refusing)
    user.type("title.en", "Opening")
    user.type("title.zh", "开幕")
    user.window.do("view.chinese")
    assert [user.box(f"title.{lang}").said() for lang in ("en", "zh")] == ["Opening", "开幕"]
    full[0] = False
    user.click("record.bar.again")
    assert dict(user.value(meeting, "title")) == {"en": "Opening", "zh": "开幕"}


@pytest.mark.rule("G2")
def test_a_caret_behind_the_end_of_a_shorter_text_stands_at_its_end(user: User) -> None:
    user.open(user.id("meeting"))
    user.type("when.line", "25 November 2026")
    box = user.box("when.line")
    box.setFocus()
    assert isinstance(box, QLineEdit)
    box.setCursorPosition(len(box.text()))
    user.window.do("view.chinese")
    now = user.box("when.line")
    assert isinstance(now, QLineEdit)
    assert now.cursorPosition() == len(now.text()) > 0


@pytest.mark.rule("G2", "R46")
def test_a_record_that_is_begun_and_not_made_yet_stays_begun(user: User) -> None:
    user.window.show_section("person")
    user.window.do("record.new")
    before = records.count(user.desk, "person")
    user.window.do("view.chinese")
    assert user.record is not None
    assert user.window.record.id is None
    assert records.count(user.desk, "person") == before


@pytest.mark.rule("G2")
def test_a_record_stays_where_it_was_scrolled_to(user: User) -> None:
    user.open(user.id("ucap"))
    bar = user.window.record.page.verticalScrollBar()
    user.bot.waitUntil(lambda: bar.maximum() > 200)
    bar.setValue(bar.maximum() // 2)
    part = bar.value() / bar.maximum()
    user.window.do("view.dark")
    now = user.window.record.page.verticalScrollBar()
    assert now is not bar
    user.bot.waitUntil(lambda: now.maximum() > 200 and abs(now.value() / now.maximum() - part) < 0.02)


@pytest.mark.rule("G2")
def test_lists_stay_filtered_and_their_row_chosen(user: User) -> None:
    user.window.show_section("person")
    user.bot.keyClicks(user.window.list.filter, "benitez")
    assert len(user.rows()) == 1
    user.window.show_section("meeting")
    user.window.list.select(user.id("meeting", 2))
    user.window.show_record(user.id("meeting", 2))
    user.window.do("view.chinese")
    assert user.window.record.id == user.id("meeting", 2)
    assert user.window.list.view.currentIndex().row() == 2
    user.window.show_section("person")
    assert user.window.list.filter.text() == "benitez"
    assert len(user.rows()) == 1


@pytest.mark.rule("G2")
def test_a_list_holds_what_is_written_before_and_after(user: User) -> None:
    for command in OTHER_LOOKS:
        user.window.show_section("organisation")
        added = [records.add(user.desk, "organisation", {"name": Bilingual(en="Before")})]
        user.window.do(command)
        assert list(user.window.list.table.ids()) == lists.ids(user.desk, user.window.list.table.view), command
        added.append(records.add(user.desk, "organisation", {"name": Bilingual(en="After")}))
        assert set(user.window.list.table.ids()) > set(added), command


@pytest.mark.rule("G2")
def test_what_was_typed_can_be_undone_after_the_language_changed(user: User) -> None:
    meeting = user.id("meeting")
    user.open(meeting)
    before = user.value(meeting, "title")
    user.type("title.en", "Another title", leave=False)
    user.window.do("view.chinese")
    assert user.value(meeting, "title")["en"] == "Another title"
    user.press(Qt.Key.Key_Z, ctrl=True)
    assert user.value(meeting, "title") == before


@pytest.mark.rule("G2")
def test_the_whole_width_and_the_folds_stay(user: User) -> None:
    user.window.show_section("glossary_term")
    user.open(user.id("meeting"))
    user.window.enter_record()
    user.window.do("view.chinese")
    assert user.window.focused
    assert not user.window.shelf.isVisible()
    user.window.do("view.focus")
    assert any("术语" in user.window.sections.item(row).text() for row in range(user.window.sections.count()))


def _way_to(lang: str, user: User) -> QPushButton:
    """In the status bar of now: that of the language before is a part of the window until its events are through."""
    found = user.window.status.findChild(QPushButton, f"language.{lang}")
    assert found is not None
    return found


@pytest.mark.rule("G3", "G4")
def test_the_way_back_stands_in_the_status_bar_in_the_name_of_each_language(user: User) -> None:
    for lang in ["zh", "en"]:
        user.bot.mouseClick(_way_to(lang, user), Qt.MouseButton.LeftButton)
        assert language() == lang, lang
        for each in ("en", "zh"):
            button = _way_to(each, user)
            assert button.text() == LANGUAGE_NAMES[each], lang
            assert button.isChecked() == (each == lang), lang


@pytest.mark.rule("G3", "R46")
def test_every_word_of_the_shell_follows_the_language(user: User) -> None:
    user.window.show_section(":home")
    user.click("language.zh")
    window = user.window
    texts = [window.sections.item(row).text() for row in range(window.sections.count())]
    texts += [action.text() for action in window.menuBar().actions()]
    texts += [window.search.placeholderText(), window.print.text(), window.sections.accessibleName()]
    for text in filter(None, texts):
        assert not text.isascii(), text


@pytest.mark.row("X9")
@pytest.mark.rule("G1")
def test_three_languages_are_three_choices(user: User) -> None:
    chosen = settings.load().with_(record_languages=("zh", "en"), paper_languages=("en",))
    settings.save(chosen)
    user.window.dress_anew()
    assert language() == "en"
    user.open(user.id("meeting"))
    editor = user.editor("title")
    assert editor.pair == ("zh", "en")
    assert settings.load().paper_languages == ("en",)
    user.write(user.window.search, "chengdu")
    user.window.do("view.chinese")
    assert settings.load().paper_languages == ("en",)
    assert user.editor("title").pair == ("zh", "en")
    assert user.window.search.text() == "chengdu", "the words looked for stay"


def test_the_look_changes_at_once_and_the_program_step_is_as_short_as_a_blink(user: User) -> None:
    user.open(user.id("meeting"))
    user.window.do("view.dark")
    assert theme.tokens() == theme.DARK
    assert QApplication.focusWidget() is not None


@pytest.mark.rule("G1")
def test_a_record_in_german_and_chinese_lacks_these_and_is_told_in_them(user: User) -> None:
    use_pair(("de", "zh"))
    visit = user.id("visit")
    records.edit(user.desk, visit, {"title": Bilingual(en="Opening", zh="开幕")})
    user.open(visit)
    chips = {lang: user.find(QPushButton, f"record.missing.{lang}") for lang in ("de", "en", "zh")}
    assert [lang for lang, chip in chips.items() if not chip.isHidden()] == ["de"]
    assert chips["de"].text() == "DE missing 1"
    assert [each.word for each in cell_of(user, user.rows().index("Opening")).chips] == ["DE missing"]
    box = user.box("dates.line")
    box.selectAll()
    user.bot.keyClicks(box, "16.12.2026")
    assert user.editor("dates")._echo.text() == "Mi., 16. Dez. 2026 · 2026年12月16日 星期三"
