"""Sections, tabs and the whole width; and another language, look or size while one is in the middle of something."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPlainTextEdit, QPushButton

from tests.helpers.look import apply_look
from tests.helpers.shown import child, home_of
from tests.ui.conftest import User
from tests.ui.list_hands import cell_of
from ucapdesk.base import settings
from ucapdesk.base.i18n import LANGUAGE_NAMES, language, use_language, use_pair
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.listing import Condition, ListView
from ucapdesk.model.text.assignments import parse_assignments
from ucapdesk.model.values import Bilingual, PersonName
from ucapdesk.services.people import privacy
from ucapdesk.services.records import lists, records
from ucapdesk.store.errors import DiskFull
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.window.sections import (
    COUNT_ROLE,
    EXCHANGE,
    FIRST_OF_OTHERS,
    HOME,
    ICON,
    MORE,
    PLACE_ROLE,
    SETTINGS,
    TRASH,
    VIEW,
    SectionList,
    font_of,
    room_of,
)


def _row(sections: SectionList, key: str) -> int:
    return next(row for row in range(sections.count()) if sections.item(row).data(PLACE_ROLE) == key)


def _click(user: User, key: str) -> None:
    sections = user.window.sections
    item = sections.item(_row(sections, key))
    sections.scrollToItem(item)
    at = sections.visualItemRect(item).center()
    user.bot.mouseClick(sections.viewport(), Qt.MouseButton.LeftButton, pos=at)


def _keys(sections: SectionList) -> list[str]:
    return [
        str(sections.item(row).data(PLACE_ROLE))
        for row in range(sections.count())
        if sections.item(row).data(PLACE_ROLE)
    ]


def _add(user: User, kind: str, *said: str) -> str:
    return records.add(user.desk, kind, parse_assignments(KINDS[kind], said, new=True))


def test_no_word_of_the_column_is_cut_at_its_usual_width(user: User) -> None:
    for lang in ["english", "chinese"]:
        user.window.resize(1366, 768)
        user.window.do(f"view.{lang}")
        user.window.enter_section("country")  # the others are unfolded, and a bar to scroll stands beside them
        QApplication.processEvents()
        sections = user.window.sections
        assert sections.verticalScrollBar().isVisible(), lang
        for row in range(sections.count()):
            item = sections.item(row)
            inside = not item.data(ICON)
            font = font_of(sections.font(), chosen=True, inside=inside)
            room = room_of(sections.visualItemRect(item), 0, inside=inside).width()
            assert QFontMetrics(font).horizontalAdvance(item.text()) <= room or not item.data(PLACE_ROLE), item.text()


# -- sections -------------------------------------------------------------------------------------


def test_the_sections_stand_in_their_order_with_trash_and_settings_below(user: User) -> None:
    assert _keys(user.window.sections) == [
        HOME, "visit", "meeting", "action_item", "person", "ucap", "agreement", "pack", EXCHANGE, MORE, TRASH, SETTINGS,
    ]  # fmt: skip


def test_arrows_lead_from_section_to_section(user: User) -> None:
    user.window.show_section("visit")
    user.window.sections.setFocus()
    user.press(Qt.Key.Key_Down)
    assert user.window.list.table.kind.name == "meeting"
    user.press(Qt.Key.Key_Up)
    user.press(Qt.Key.Key_Up)
    assert user.window.section == HOME
    assert home_of(user.window).isVisible()
    assert not user.window.shelf.isVisible()


@pytest.mark.parametrize(("key", "page"), [(Qt.Key.Key_1, HOME), (Qt.Key.Key_9, EXCHANGE)])
def test_a_digit_leads_to_a_page_without_a_list_and_another_away_from_it(user: User, key: Qt.Key, page: str) -> None:
    user.press(key, ctrl=True)
    assert user.window.section == page
    assert not user.window.shelf.isVisible()
    assert home_of(user.window).isAncestorOf(user.focus()) if page == HOME else not user.window.home
    user.press(Qt.Key.Key_2, ctrl=True)
    assert user.window.list.table.kind.name == "visit"
    assert user.window.shelf.isVisible()


def test_a_page_with_nothing_to_press_leaves_the_keys_where_they_are(user: User) -> None:
    user.window.sections.setFocus()
    user.window.enter_section(EXCHANGE)  # in the sample there is nothing to be done
    assert user.window.sections.hasFocus()


def test_everything_else_is_under_more_and_opens_with_a_click(user: User) -> None:
    assert "glossary_term" not in _keys(user.window.sections)
    _click(user, MORE)
    _click(user, "glossary_term")
    assert user.window.list.table.kind.name == "glossary_term"
    _click(user, MORE)
    assert "glossary_term" not in _keys(user.window.sections)


def test_enter_on_settings_opens_them_and_arrows_only_pass_by(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[str] = []
    monkeypatch.setattr(user.window, "do", lambda name, *_: given.append(name))
    sections = user.window.sections
    sections.setFocus()
    sections.setCurrentRow(_row(sections, SETTINGS))
    assert given == []
    user.press(Qt.Key.Key_Return)
    user.bot.waitUntil(lambda: given == ["file.settings"])


def test_a_number_counts_what_waits_and_is_told_to_those_who_cannot_see_it(user: User) -> None:
    sections = user.window.sections
    item = sections.item(_row(sections, "action_item"))
    user.bot.waitUntil(lambda: not user.window.section_counts.counting)
    assert not item.data(COUNT_ROLE)
    for n in range(3):
        _add(user, "action_item", f"text.en=Late {n}", "due=2020-01-01")
    user.bot.waitUntil(lambda: item.data(COUNT_ROLE) == 3)
    assert item.data(Qt.ItemDataRole.AccessibleTextRole) == "Actions, overdue: 3"
    user.window.do("edit.undo")
    user.bot.waitUntil(lambda: item.data(COUNT_ROLE) == 2)


@pytest.mark.rule("R1")
def test_a_narrow_window_shows_icons_whose_words_are_a_tooltip(user: User) -> None:
    sections = user.window.sections
    assert sections.width() > 150
    user.window.resize(1100, 640)
    QApplication.processEvents()
    assert sections.width() == theme.px(52)
    assert sections.item(_row(sections, "visit")).toolTip() == "Visits"
    user.window.resize(1280, 640)
    QApplication.processEvents()
    assert sections.width() > 150
    assert not sections.item(_row(sections, "visit")).toolTip()


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("text_size", [100, 200])
def test_no_section_is_cut_off(dressed: QApplication, user: User, lang: str, text_size: int) -> None:
    use_language(lang)
    apply_look(dressed, dark=False, text_size=text_size, lang=lang)
    user.window._build()
    user.window.resize(2600, 1200)
    QApplication.processEvents()
    sections = user.window.sections
    room = sections.viewport().width() - theme.px(8 + 20 + 12 + 8)
    words = [sections.item(_row(sections, key)).text() for key in _keys(sections)]
    assert max(sections.fontMetrics().horizontalAdvance(word) for word in words) <= room


# -- tabs -----------------------------------------------------------------------------------------


def test_a_section_of_several_lists_has_a_tab_for_each(user: User) -> None:
    user.window.show_section("ucap")
    tabs = user.window.shelf.tabs
    assert [tabs.tabText(at) for at in range(tabs.count())] == ["UCAPs", "Cities", "Funding programmes"]
    tabs.setFocus()
    user.press(Qt.Key.Key_Right)
    assert user.window.list.table.kind.name == "place"
    assert user.focus() is tabs
    user.window.show_section("meeting")
    assert not tabs.isVisible()


def test_a_section_opens_with_the_tab_looked_at_last_and_its_list_as_it_was(user: User) -> None:
    user.window.show_section("person")
    user.bot.keyClicks(user.window.list.filter, "benitez")
    user.window.shelf.tabs.setCurrentIndex(1)
    assert user.window.list.filter.text() == ""
    assert user.window.list.table.kind.name == "organisation"
    _click(user, "visit")
    _click(user, "person")
    assert user.window.list.table.kind.name == "organisation"
    user.window.shelf.tabs.setCurrentIndex(0)
    assert user.window.list.filter.text() == "benitez"
    assert len(user.rows()) == 1


@pytest.mark.parametrize("trashed", [False, True])
def test_whoever_is_removed_for_good_is_shown_nowhere(user: User, trashed: bool) -> None:
    wei = records.add(user.desk, "person", {"name": PersonName("Zhang", "Weiwei")})
    meeting = user.open(user.id("meeting"))
    user.open(wei)
    if trashed:
        records.trash(user.desk, wei)
    else:
        user.window.record.alikes._soon.start(0)  # as on a busy machine: they are looked for once events are handled
    privacy.erase(user.desk, wei, "Weiwei Zhang")
    QApplication.processEvents()
    assert user.window.record.record is None, "somebody received the removal and still reads the page"
    user.open(meeting)
    user.window.do("go.person")
    assert user.window.record.record is None, "the list has another record beside it"
    user.window.do("go.back")
    user.window.do("go.back")
    assert user.window.record.id in (None, meeting)
    assert not user.window.notice.isVisible()


def test_a_list_that_was_not_on_the_screen_shows_what_was_written_meanwhile(user: User) -> None:
    user.window.show_section("person")
    before = len(user.rows())
    user.window.show_section("meeting")
    _add(user, "person", "name.family=Zhao", "name.given=Lei")
    user.window.show_section("person")
    assert len(user.rows()) == before + 1


# -- narrowed lists and saved views ---------------------------------------------------------------


def test_a_list_narrowed_from_elsewhere_is_whole_again_the_next_time(user: User) -> None:
    _add(user, "action_item", "text.en=Late", "due=2020-01-01")
    _add(user, "action_item", "text.en=Not late", "due=2999-01-01")
    user.window.show_view(ListView("action_item", conditions=(Condition("due", ("@overdue",)),)))
    assert len(user.rows()) == 1
    assert user.window.shelf.isAncestorOf(user.focus())
    user.window.show_section("meeting")
    user.window.show_section("action_item")
    assert len(user.rows()) == 2


@pytest.mark.rule("R16")
def test_saved_views_stand_below_the_sections_and_open_with_a_click(user: User) -> None:
    _add(user, "action_item", "text.en=Late", "due=2020-01-01")
    _add(user, "action_item", "text.en=Not late", "due=2999-01-01")
    lists.keep_view(user.desk, "Late ones", ListView("action_item", conditions=(Condition("due", ("@overdue",)),)))
    user.window.show_views()
    _click(user, f"{VIEW}Late ones")
    assert user.window.list.table.kind.name == "action_item"
    assert len(user.rows()) == 1
    _click(user, "action_item")
    assert len(user.rows()) == 2
    lists.delete_view(user.desk, "Late ones")
    user.window.show_views()
    assert f"{VIEW}Late ones" not in _keys(user.window.sections)


# -- the whole width ------------------------------------------------------------------------------


@pytest.mark.rule("R1")
def test_enter_gives_the_whole_width_to_what_needs_it_and_escape_leads_back(user: User) -> None:
    for kind, whole in [("visit", True), ("meeting", True), ("person", False)]:
        user.window.show_section(kind)
        user.window.list.view.setFocus()
        user.press(Qt.Key.Key_Down)
        id_ = user.window.record.id
        user.press(Qt.Key.Key_Return)
        assert user.window.record.isAncestorOf(user.focus()), kind
        assert user.window.shelf.isVisible() != whole, kind
        if whole:
            assert user.window.sections.width() == theme.px(52), kind
        user.press(Qt.Key.Key_Escape)
        assert user.window.shelf.isVisible(), kind
        assert user.window.list.view.hasFocus(), kind
        assert user.window.record.id == id_, kind


def test_any_record_can_have_the_whole_width_and_another_section_ends_it(user: User) -> None:
    user.open(user.id("person"))
    user.window.do("view.focus")
    assert not user.window.shelf.isVisible()
    assert user.window.menus.actions["view.focus"].isEnabled()
    user.press(Qt.Key.Key_3, ctrl=True)
    assert user.window.shelf.isVisible()
    user.open(user.id("person"))
    user.window.do("view.focus")
    user.window.do("view.focus")
    assert user.window.shelf.isVisible()


def test_f6_passes_over_a_list_that_is_not_there(user: User) -> None:
    user.open(user.id("meeting"))
    user.window.enter_record()
    user.press(Qt.Key.Key_F6)
    assert user.window.sections.hasFocus()
    user.press(Qt.Key.Key_F6)
    assert user.window.record.isAncestorOf(user.focus())


def test_panes_moved_in_the_whole_width_leave_the_list_as_wide_as_it_was(user: User) -> None:
    user.open(user.id("meeting"))
    before = user.window.panes.sizes()[1]
    user.window.enter_record()
    user.window.focus_list()
    QTest.qWait(1)
    assert user.window.panes.sizes()[1] == before
    user.window.close()
    assert "panes" not in dict(settings.load().window.get("arrangement", {}))


def test_the_first_page_is_there_again_if_it_was_left_last(user: User) -> None:
    user.window.show_section(HOME)
    user.window.close()
    assert settings.load().window["arrangement"]["window"]["at_home"] is True


@pytest.mark.qt_log_ignore("does not support", extend=True)  # a menu that opens, on the offscreen platform
def test_the_folded_column_offers_what_is_under_more_as_a_menu_and_shows_no_letters(user: User) -> None:
    sections = user.window.sections
    user.window.enter_section("country")
    sections.set_folded(True)
    rows = [sections.item(row) for row in range(sections.count())]
    assert all(item.data(ICON) for item in rows if item.data(PLACE_ROLE) and not item.isHidden()), (
        "each row has an icon"
    )
    assert sections.currentItem().data(PLACE_ROLE) == MORE, "where one is"
    user.bot.mouseClick(
        sections.viewport(), Qt.MouseButton.LeftButton, pos=sections.visualItemRect(sections.currentItem()).center()
    )
    menu = child(sections, QMenu, "sections.inside")
    menu.actions()[0].trigger()
    menu.close()
    assert user.window.section == FIRST_OF_OTHERS[0]
    sections.set_folded(False)
    assert sections.currentItem().data(PLACE_ROLE) == user.window.section


def test_the_folded_column_scrolls_to_the_section_shown(user: User) -> None:
    lists.keep_view(user.desk, "Mine", ListView("visit"))  # hidden while the column is folded
    user.window.show_views()
    user.window.resize(user.window.minimumSize())
    user.window.do("view.larger")
    QApplication.processEvents()
    user.window.enter_section("visit")
    user.window.enter_section(TRASH)
    sections = user.window.sections
    assert sections.folded
    assert sections.viewport().rect().contains(sections.visualItemRect(sections.currentItem()))


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
    meeting = user.open(user.id("meeting"))
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
    return child(user.window.status, QPushButton, f"language.{lang}")


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
