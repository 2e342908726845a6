"""Texts in two languages and their states, what is suggested for the other one, and words that the glossary says otherwise."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QTextCursor
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.clock import FrozenClock
from tests.helpers.look import apply_look
from tests.helpers.shown import child, kept_by
from tests.helpers.waiting import MOMENT
from tests.ui.conftest import User
from tests.ui.list_hands import add_record, focused, press_in, selected
from ucapdesk.base import settings
from ucapdesk.base.i18n import LANGUAGE_NAMES
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.values import Bilingual
from ucapdesk.services.records import history, records
from ucapdesk.services.workspaces import maintenance
from ucapdesk.ui.fields import text_editors
from ucapdesk.ui.fields.text_editors import ACTS, STATE_MARKS, BilingualEditor
from ucapdesk.ui.toolkit import theme


@pytest.fixture
def meeting(user: User, computer_clock: FrozenClock) -> str:
    """A meeting that is shown; nothing was ever said of the two languages of its title, which somebody wrote an hour ago."""
    id_ = user.id("meeting")
    records.edit(user.desk, id_, {"title": Bilingual(en="Kick-off meeting", zh="启动会议")})
    computer_clock.tick(3600)
    user.open(id_)
    return id_


def _editor(user: User, field: str = "title") -> BilingualEditor:
    editor = user.editor(field)
    assert isinstance(editor, BilingualEditor)
    return editor


def _chip(user: User, lang: str, field: str = "title") -> str:
    chip = _editor(user, field).inputs[lang].chip
    return chip.text() if not chip.isHidden() else ""


def _put(user: User, id_: str, value: Bilingual, field: str = "title") -> None:
    records.edit(user.desk, id_, {field: value})


def _trigger(menu: QMenu, act: str) -> None:
    action = child(menu, QAction, f"state.{act}")
    action.trigger()
    menu.deleteLater()


def _offered(menu: QMenu) -> list[str]:
    names = [action.objectName().removeprefix("state.") for action in menu.actions()]
    menu.deleteLater()
    return names


# -- labels and places ------------------------------------------------------------------------------


@pytest.mark.rule("B1", "R20")
def test_every_text_is_labelled_with_its_language_by_that_languages_own_name(user: User, meeting: str) -> None:
    labels = {label.text() for label in user.form.findChildren(QLabel)}
    for lang in ("en", "zh"):
        assert f"Title · {LANGUAGE_NAMES[lang]}" in labels
        assert user.box(f"title.{lang}").accessibleName() == f"Title · {LANGUAGE_NAMES[lang]}"


@pytest.mark.row("M6")
@pytest.mark.rule("B1")
def test_further_languages_wait_under_a_button_only_where_they_are_wanted(user: User, meeting: str) -> None:
    assert _editor(user).more is None
    _put(user, meeting, user.value(meeting, "title").put("it", "Riunione di avvio"))
    editor = _editor(user)
    assert editor.more is not None
    assert not editor.more.isHidden()
    assert editor.inputs["it"].box.isHidden()
    user.bot.mouseClick(editor.more, Qt.MouseButton.LeftButton)
    assert user.box("title.it").isVisible()
    user.type("title.it", "Riunione iniziale")
    assert user.value(meeting, "title")["it"] == "Riunione iniziale"
    settings.save(settings.load().with_(paper_languages=("en", "zh", "de")))
    user.open(user.id("meeting", 1))
    assert list(_editor(user).inputs) == ["en", "zh", "de"]


@pytest.fixture
def alone(qtbot: QtBot, dressed: QApplication) -> BilingualEditor:
    """The editor of a title with no form around it."""
    editor = kept_by(qtbot, BilingualEditor(KINDS["meeting"].fields["title"], ("en", "zh")))
    with qtbot.waitExposed(editor):
        editor.show()
    return editor


@pytest.mark.rule("B2", "R21")
@pytest.mark.parametrize("state", list(STATE_MARKS))
def test_a_state_is_a_sign_and_a_word_read_out_once_and_its_tip_says_more(alone: BilingualEditor, state: str) -> None:
    values = {
        "missing": Bilingual(en="Talks"),
        "outdated": Bilingual(en="Talks", zh="会谈").write("en", "Opening"),
        "not_needed": Bilingual(en="API").mark("zh", "not_needed"),
    }
    alone.set_value(values.get(state) or Bilingual(en="Talks", zh="会谈").mark("zh", state), {})
    half, word = alone.inputs["zh"], STATE_MARKS[state].word.say()
    assert half.chip.text() == f"{STATE_MARKS[state].sign} {word}"
    assert half.box.accessibleDescription()
    assert alone.inputs["en"].chip.isHidden()
    assert (half.chip.accessibleName(), half.chip.accessibleDescription()) == (f"Title · 中文: {word}", "")
    assert word not in half.chip.toolTip()  # which a screen reader says after the name
    assert half.chip.toolTip().endswith(".")


def _corners(editor: BilingualEditor) -> list[QPoint]:
    QApplication.processEvents()
    return [editor.texts[lang].mapTo(editor, QPoint()) for lang in ("en", "zh")]


@pytest.mark.rule("B5", "R20")
@pytest.mark.parametrize("size", [100, 200])
def test_columns_that_would_be_too_narrow_stand_one_under_the_other_the_first_above(
    alone: BilingualEditor, dressed: QApplication, size: int
) -> None:
    apply_look(dressed, dark=False, text_size=size)
    least = 280 * size // 100
    alone.resize(2 * least + theme.MARGIN, 200)
    first, second = _corners(alone)
    assert first.y() == second.y()
    assert first.x() < second.x()
    assert alone.texts["en"].width() == alone.texts["zh"].width() == least
    alone.resize(2 * least + theme.MARGIN - 1, 400)
    first, second = _corners(alone)
    assert first.x() == second.x()
    assert first.y() < second.y()


@pytest.mark.rule("B5")
def test_both_boxes_begin_at_the_same_height_whatever_is_said_of_their_texts(
    qtbot: QtBot, dressed: QApplication
) -> None:
    editor = kept_by(qtbot, BilingualEditor(KINDS["meeting"].fields["summary"], ("en", "zh")))
    editor.resize(900, 300)
    with qtbot.waitExposed(editor):
        editor.show()
    editor.set_value(Bilingual(en="Kick-off", zh="启动").mark("zh", "draft"), {})
    assert [half.chip.isHidden() for half in editor.inputs.values()] == [True, False]
    first, second = _corners(editor)
    assert first.y() == second.y()
    editor.set_value(Bilingual(en="Kick-off", zh="启动", es="Inicio"), {})
    assert editor.more is not None
    assert not editor.more.isHidden()
    first, second = _corners(editor)
    assert first.y() == second.y()


# -- states ----------------------------------------------------------------------------------------


@pytest.mark.rule("B2")
def test_one_language_is_enough_and_the_other_is_marked_missing(user: User) -> None:
    user.window.show_section("agreement")
    user.press(Qt.Key.Key_N, ctrl=True)
    user.type("title.zh", "智慧出行试点")
    made = user.id("agreement")
    assert dict(user.value(made, "title")) == {"zh": "智慧出行试点"}
    assert _chip(user, "en") == f"{STATE_MARKS['missing'].sign} Missing"
    assert not _chip(user, "zh")


@pytest.mark.row("M6")
@pytest.mark.rule("B3")
def test_a_changed_text_makes_the_other_outdated_and_still_right_clears_it_in_one_step(
    user: User, meeting: str
) -> None:
    before = user.value(meeting, "title")
    user.type("title.en", before["en"] + " !")
    assert not _chip(user, "zh"), "only punctuation changed"
    user.type("title.en", "Closing session")
    assert "Outdated" in _chip(user, "zh")
    steps = len(history.of(user.desk, meeting))
    menu = _editor(user).inputs["zh"].make_menu()
    _trigger(menu, "still_right")
    assert not _chip(user, "zh")
    assert len(history.of(user.desk, meeting)) == steps + 1
    assert dict(user.value(meeting, "title")) == {"en": "Closing session", "zh": before["zh"]}
    user.press(Qt.Key.Key_Z, ctrl=True)
    assert "Outdated" in _chip(user, "zh")
    user.type("title.zh", "闭幕会议")
    assert (_chip(user, "en"), _chip(user, "zh")) == ("", ""), "the translation was brought up to date"


@pytest.mark.rule("B2", "R21")
def test_same_in_both_fills_the_missing_one_and_undo_takes_it_back(user: User, meeting: str) -> None:
    _put(user, meeting, Bilingual(en="URBACT"))
    _trigger(_editor(user).inputs["zh"].make_menu(), "same")
    assert (user.box("title.zh").said(), user.value(meeting, "title").state("zh")) == ("URBACT", "same")
    user.press(Qt.Key.Key_Z, ctrl=True)
    assert user.value(meeting, "title").cells == {"en": "URBACT"}
    _trigger(_editor(user).inputs["en"].make_menu(), "same")
    assert user.value(meeting, "title").cells.keys() == {"en", "zh", "zh.state"}, (
        "said at the full one, it means the other"
    )


@pytest.mark.rule("B2")
def test_what_is_said_of_a_text_is_offered_where_it_makes_sense(user: User, meeting: str) -> None:
    half = _editor(user).inputs["zh"]
    for value, offered in (
        (Bilingual(en="Kick-off"), ["same", "not_needed"]),
        (Bilingual(en="Kick-off").mark("zh", "not_needed"), ["same", "needed"]),
        (Bilingual(en="Kick-off", zh="启动").mark("zh", "draft"), ["reviewed", "same"]),
        (Bilingual(en="Kick-off", zh="启动").write("en", "End"), ["still_right", "same"]),
        (Bilingual(en="API", zh="API").mark("zh", "same"), []),
    ):
        _put(user, meeting, value)
        assert _offered(half.make_menu()) == offered
    assert set(ACTS) == {"still_right", "reviewed", "same", "not_needed", "needed"}


def test_a_draft_is_confirmed_and_a_text_is_not_needed_and_needed_again(user: User, meeting: str) -> None:
    _put(user, meeting, Bilingual(en="Kick-off", zh="启动会").mark("zh", "draft"))
    _editor(user).mark("zh", "reviewed")
    assert user.value(meeting, "title").state("zh") == "reviewed"
    assert not _chip(user, "zh")
    _put(user, meeting, Bilingual(en="Kick-off"))
    _editor(user).mark("zh", "not_needed")
    assert "Not needed" in _chip(user, "zh")
    _editor(user).mark("zh", "needed")
    assert user.value(meeting, "title").cells == {"en": "Kick-off"}


def test_typing_that_is_not_saved_yet_is_saved_before_something_is_said_of_it(user: User, meeting: str) -> None:
    user.type("title.en", "GreenDeal", leave=False)
    _editor(user).mark("zh", "same")
    assert dict(user.value(meeting, "title")) == {"en": "GreenDeal", "zh": "GreenDeal"}


def test_the_states_are_reached_from_the_box_with_the_menu_key(user: User, meeting: str, qtbot: QtBot) -> None:
    _put(user, meeting, Bilingual(en="Kick-off"))
    for field, lang in (("title", "zh"), ("summary", "zh")):
        user.form.unfold()
        _put(user, meeting, Bilingual(en="Kick-off"), field)
        box = focused(user.box(f"{field}.{lang}"))
        menu = box.make_menu()
        names = [action.objectName() for action in menu.actions()]
        assert "edit-paste" in names
        assert "state.not_needed" in names
        menu.deleteLater()


def test_a_read_only_text_says_how_it_stands_and_offers_nothing(user: User, meeting: str) -> None:
    _put(user, meeting, Bilingual(en="Kick-off"))
    records.trash(user.desk, meeting)
    user.open(meeting)
    assert "Missing" in _chip(user, "zh")
    user.bot.mouseClick(_editor(user).inputs["zh"].chip, Qt.MouseButton.LeftButton)
    assert QApplication.activePopupWidget() is None


# -- from one language to the other -----------------------------------------------------------------


@pytest.mark.rule("B4")
def test_ctrl_l_goes_to_the_same_line_of_the_other_language_and_back(user: User, meeting: str) -> None:
    user.form.unfold()
    _put(user, meeting, Bilingual(en="one\ntwo\nthree", zh="一\n二\n三"), "summary")
    first, second = user.box("summary.en"), user.box("summary.zh")
    assert isinstance(first, QPlainTextEdit)
    assert isinstance(second, QPlainTextEdit)
    first.setFocus()
    cursor = first.textCursor()
    cursor.setPosition(first.document().findBlockByNumber(1).position())
    first.setTextCursor(cursor)
    user.press(Qt.Key.Key_L, ctrl=True)
    assert second.hasFocus()
    assert second.textCursor().blockNumber() == 1
    second.moveCursor(QTextCursor.MoveOperation.End)
    user.press(Qt.Key.Key_L, ctrl=True)
    assert first.hasFocus()
    assert first.textCursor().blockNumber() == 2


@pytest.mark.rule("B4")
def test_ctrl_l_saves_what_was_typed_and_selects_nothing(user: User, meeting: str) -> None:
    user.type("title.en", "Opening", leave=False)
    user.press(Qt.Key.Key_L, ctrl=True)
    box = user.box("title.zh")
    assert box.hasFocus()
    assert user.value(meeting, "title")["en"] == "Opening"
    assert not box.selectedText()  # type: ignore[union-attr]


@pytest.mark.rule("B4")
def test_ctrl_t_shows_both_languages_the_first_the_second_and_remembers(user: User, meeting: str) -> None:
    def seen() -> list[str]:
        return [lang for lang in ("en", "zh") if user.box(f"title.{lang}").isVisible()]

    user.box("title.zh").setFocus()
    for expected in (["en"], ["zh"]):
        user.press(Qt.Key.Key_T, ctrl=True)
        assert seen() == expected
        assert user.box(f"title.{expected[0]}").hasFocus()
    user.open(user.id("ucap"))
    assert seen() == ["zh"]
    press_in(user, user.window.list.view, Qt.Key.Key_Return)
    assert user.box("title.zh").hasFocus(), "Enter goes to what is to be seen"
    user.press(Qt.Key.Key_L, ctrl=True)
    assert user.box("title.en").hasFocus(), "one goes to a language that was hidden, too"
    user.press(Qt.Key.Key_T, ctrl=True)
    assert seen() == ["en", "zh"]


# -- in lists --------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _hinted_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    for delay in ("COUNTERPART_DELAY_MS", "REST"):
        monkeypatch.setattr(text_editors, delay, MOMENT)


def _hint(user: User, name: str, within: QWidget | None = None) -> QPushButton:
    found: list[QPushButton] = []

    def look() -> bool:
        found[:] = (within or user.window).findChildren(QPushButton, f"field.{name}.use")
        return bool(found) and found[0].isVisible()

    user.bot.waitUntil(look)
    return found[0]


def _type(user: User, name: str, text: str) -> None:
    user.type(name, text, leave=False)


@pytest.fixture
def unnamed_theme(user: User) -> str:
    """The form of a theme without a Chinese name, with a term in the glossary."""
    add_record(user, "glossary_term", "term.en=Silver Economy", "term.zh=银发经济")
    return user.open(add_record(user, "theme", f"owner={user.id('ucap')}", "name.en=Something"))


@pytest.mark.rule("B8")
def test_a_known_term_is_offered_in_the_other_language_and_taken_with_space(user: User, unnamed_theme: str) -> None:
    _type(user, "name.en", "silver economy")
    chip = _hint(user, "name.zh")
    assert chip.text() == "Use: 银发经济"
    assert user.box("name.zh").said() == ""
    for _ in range(2):
        user.press(Qt.Key.Key_Tab)
    assert user.focus() is chip
    user.press(Qt.Key.Key_Space)
    assert dict(user.value(unnamed_theme, "name")) == {
        "en": "silver economy", "zh": "银发经济",
    }  # fmt: skip
    assert user.focus() is user.box("name.zh")
    assert chip.isHidden()


@pytest.mark.rule("B8")
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_enter_and_tab_leave_the_offer_alone(user: User, unnamed_theme: str, key: Qt.Key) -> None:
    _type(user, "name.en", "silver economy")
    chip = _hint(user, "name.zh")
    user.press(key)
    if key == Qt.Key.Key_Tab:
        user.press(Qt.Key.Key_Tab)
        assert user.focus() is chip
        user.press(Qt.Key.Key_Return)
    assert dict(user.value(unnamed_theme, "name")) == {"en": "silver economy"}
    assert chip.isVisible()  # it is still offered


@pytest.mark.rule("B8", "I2")
def test_the_offer_goes_when_the_text_changes_or_the_other_is_written(user: User, unnamed_theme: str) -> None:
    _type(user, "name.en", "silver economy")
    chip = _hint(user, "name.zh")
    user.bot.keyClicks(user.box("name.en"), "s")
    assert chip.isHidden()
    _type(user, "name.en", "silver economy")
    user.bot.waitUntil(chip.isVisible)
    user.compose(user.box("name.zh"), "yin")
    user.compose(user.box("name.zh"), "", "银")
    assert chip.isHidden()


@pytest.mark.rule("B8")
def test_a_post_in_a_row_of_a_person_is_offered_its_chinese(user: User) -> None:
    person = add_record(user, "person", "name.family=Zhang")
    post = add_record(user, "affiliation", f"owner={person}", "post.en=Guest")
    user.open(person)
    row = next(each for each in user.window.record.findChildren(QWidget, "field.post") if each.isVisible())
    box = focused(child(row, QWidget, "field.post.en"))
    user.bot.keyClick(box, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    user.bot.keyClicks(box, "mayor")
    chip = _hint(user, "post.zh", row)
    user.bot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert dict(user.value(post, "post")) == {"en": "mayor", "zh": "市长"}


def test_what_is_offered_changes_nothing_by_itself(user: User, unnamed_theme: str) -> None:
    before = maintenance.digest(user.desk)
    _type(user, "name.en", "silver economy")
    _hint(user, "name.zh")
    _type(user, "name.en", "Something")
    user.open(user.id("ucap"))
    assert maintenance.digest(user.desk) == before
    assert records.count(user.desk, "glossary_term") == 1


@pytest.fixture
def with_term(user: User) -> str:
    """A meeting that is shown, in a workspace whose glossary has a term."""
    values = {"term": Bilingual(en="low-carbon district", zh="低碳片区"), "avoid": ("green quarter", "绿色小区")}
    records.add(user.desk, "glossary_term", values)
    meeting = user.open(user.id("meeting"))
    user.form.unfold()
    return meeting


def _term_chip(user: User, name: str) -> QPushButton | None:
    return user.window.record.findChild(QPushButton, f"field.{name}.term")


def test_another_word_than_the_glossarys_is_marked_and_one_press_takes_the_right_one(
    user: User, with_term: str
) -> None:
    box = selected(user, "title.en")
    user.write(box, "Visit of the Green Quarter")
    user.bot.waitUntil(lambda: (found := _term_chip(user, "title.en")) is not None and found.isVisible())
    found = _term_chip(user, "title.en")
    assert found is not None
    assert found.text() == "“green quarter” → “low-carbon district”"
    assert "Press to use it" in found.toolTip()
    user.bot.mouseClick(found, Qt.MouseButton.LeftButton)
    assert box.said() == "Visit of the low-carbon district"
    assert not found.isVisible()
    user.press(Qt.Key.Key_Tab)
    assert user.value(with_term, "title")["en"] == "Visit of the low-carbon district"


def test_in_long_texts_each_one_is_underlined_in_chinese_too(user: User, with_term: str) -> None:
    box = user.box("summary.zh")
    assert isinstance(box, QPlainTextEdit)
    box.setFocus()
    user.compose(box, "", "绿色小区与绿色小区")
    user.bot.waitUntil(lambda: len(box.extraSelections()) == 2)
    box.selectAll()
    user.compose(box, "", "低碳片区")
    user.bot.waitUntil(lambda: not box.extraSelections())
    found = _term_chip(user, "summary.zh")
    assert found is not None
    assert not found.isVisible()
