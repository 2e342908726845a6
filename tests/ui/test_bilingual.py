"""Two languages side by side in the window: labels, places, states, pasting, and the way from one to the other."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QDropEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPlainTextEdit
from pytestqt.qtbot import QtBot

from tests.ui.conftest import User
from ucapdesk.base import settings
from ucapdesk.base.i18n import LANGUAGE_NAMES
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.values import Bilingual
from ucapdesk.services import history, records
from ucapdesk.ui.fields.states import ACTS, MARKS
from ucapdesk.ui.fields.texts import BilingualEditor
from ucapdesk.ui.look import theme
from ucapdesk.ui.typing.pasting import as_pasted, two_columns


@pytest.fixture
def meeting(user: User) -> str:
    """A meeting that is shown; nothing was ever said of the two languages of its title."""
    id_ = user.id("meeting")
    records.edit(user.desk, id_, {"title": Bilingual(en="Kick-off meeting", zh="启动会议")})
    user.open(id_)
    return id_


def _editor(user: User, field: str = "title") -> BilingualEditor:
    editor = user.editor(field)
    assert isinstance(editor, BilingualEditor)
    return editor


def _chip(user: User, lang: str, field: str = "title") -> str:
    chip = _editor(user, field).halves[lang].chip
    return chip.text() if not chip.isHidden() else ""


def _put(user: User, id_: str, value: Bilingual, field: str = "title") -> None:
    records.edit(user.desk, id_, {field: value})


def _trigger(menu: QMenu, act: str) -> None:
    action = menu.findChild(QAction, f"state.{act}")
    assert action is not None, act
    action.trigger()
    menu.deleteLater()


def _offered(menu: QMenu) -> list[str]:
    names = [action.objectName().removeprefix("state.") for action in menu.actions()]
    menu.deleteLater()
    return names


# -- labels and places ------------------------------------------------------------------------------


@pytest.mark.rule("B1")
def test_every_text_is_labelled_with_its_language_by_that_languages_own_name(user: User, meeting: str) -> None:
    labels = {label.text() for label in user.form.findChildren(QLabel)}
    for lang in ("en", "zh"):
        assert f"Title · {LANGUAGE_NAMES[lang]}" in labels
        assert user.box(f"title.{lang}").accessibleName() == f"Title · {LANGUAGE_NAMES[lang]}"


@pytest.mark.rule("B1")
def test_further_languages_wait_under_a_button_only_where_they_are_wanted(user: User, meeting: str) -> None:
    assert _editor(user).more.isHidden()
    _put(user, meeting, user.value(meeting, "title").put("it", "Riunione di avvio"))
    editor = _editor(user)
    assert not editor.more.isHidden()
    assert editor.halves["it"].isHidden()
    user.bot.mouseClick(editor.more, Qt.MouseButton.LeftButton)
    assert user.box("title.it").isVisible()
    user.type("title.it", "Riunione iniziale")
    assert user.value(meeting, "title")["it"] == "Riunione iniziale"
    settings.save(settings.load().with_(paper_languages=("en", "zh", "de")))
    user.open(user.id("meeting", 1))
    assert list(_editor(user).halves) == ["en", "zh", "de"]


@pytest.fixture
def alone(qtbot: QtBot, dressed: QApplication) -> BilingualEditor:
    """The editor of a title with no form around it."""
    editor = BilingualEditor(KINDS["meeting"].fields["title"], ("en", "zh"))
    qtbot.addWidget(editor)
    with qtbot.waitExposed(editor):
        editor.show()
    return editor


def _corners(editor: BilingualEditor) -> list[QPoint]:
    QApplication.processEvents()
    return [editor.texts[lang].mapTo(editor, QPoint()) for lang in ("en", "zh")]


@pytest.mark.rule("B5")
@pytest.mark.parametrize("size", [100, 200])
def test_columns_that_would_be_too_narrow_stand_one_under_the_other_the_first_above(
    alone: BilingualEditor, dressed: QApplication, size: int
) -> None:
    theme.apply(dressed, dark=False, text_size=size)
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
def test_both_boxes_begin_at_the_same_height_whatever_is_said_of_their_texts(alone: BilingualEditor) -> None:
    alone.resize(900, 200)
    alone.set_value(Bilingual(en="Kick-off", zh="启动").mark("zh", "draft"), {})
    assert [half.chip.isHidden() for half in alone.halves.values()] == [True, False]
    first, second = _corners(alone)
    assert first.y() == second.y()


# -- states ----------------------------------------------------------------------------------------


@pytest.mark.rule("B2")
def test_one_language_is_enough_and_the_other_is_marked_missing(user: User) -> None:
    user.window.show_section("agreement")
    user.press(Qt.Key.Key_N, ctrl=True)
    user.type("title.zh", "智慧出行试点")
    made = user.id("agreement")
    assert dict(user.value(made, "title")) == {"zh": "智慧出行试点"}
    assert _chip(user, "en") == f"{MARKS['missing'].sign} Missing"
    assert not _chip(user, "zh")


@pytest.mark.rule("B2")
@pytest.mark.parametrize("state", MARKS)
def test_every_state_is_shown_by_a_sign_and_a_word_and_told_to_screen_readers(
    user: User, meeting: str, state: str
) -> None:
    pair = Bilingual(en="API", zh="API")
    value = {
        "missing": Bilingual(en="API"),
        "outdated": pair.write("en", "Interface"),
        "not_needed": Bilingual(en="API").mark("zh", "not_needed"),
    }.get(state) or pair.mark("zh", state)
    _put(user, meeting, value)
    mark = MARKS[state]
    assert _chip(user, "zh") == f"{mark.sign} {mark.word.say()}"
    assert user.box("title.zh").accessibleDescription()
    assert _editor(user).halves["zh"].chip.accessibleName().startswith("Title · 中文: ")
    assert not _chip(user, "en")


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
    menu = _editor(user).halves["zh"].make_menu()
    _trigger(menu, "still_right")
    assert not _chip(user, "zh")
    assert len(history.of(user.desk, meeting)) == steps + 1
    assert dict(user.value(meeting, "title")) == {"en": "Closing session", "zh": before["zh"]}
    user.press(Qt.Key.Key_Z, ctrl=True)
    assert "Outdated" in _chip(user, "zh")


@pytest.mark.rule("B3")
def test_the_translation_that_is_brought_up_to_date_is_marked_no_longer(user: User, meeting: str) -> None:
    user.type("title.en", "Closing session")
    user.type("title.zh", "闭幕会议")
    assert not _chip(user, "zh")
    assert not _chip(user, "en")


@pytest.mark.rule("B2")
def test_same_in_both_fills_the_missing_one_and_undo_takes_it_back(user: User, meeting: str) -> None:
    _put(user, meeting, Bilingual(en="URBACT"))
    _trigger(_editor(user).halves["zh"].make_menu(), "same")
    assert user.box("title.zh").said() == "URBACT"
    assert user.value(meeting, "title").state("zh") == "same"
    user.press(Qt.Key.Key_Z, ctrl=True)
    assert user.value(meeting, "title").cells == {"en": "URBACT"}
    _trigger(_editor(user).halves["en"].make_menu(), "same")
    assert user.value(meeting, "title").cells.keys() == {"en", "zh", "zh.state"}, (
        "said at the full one, it means the other"
    )


@pytest.mark.rule("B2")
def test_what_is_said_of_a_text_is_offered_where_it_makes_sense(user: User, meeting: str) -> None:
    half = _editor(user).halves["zh"]
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
        box = user.box(f"{field}.{lang}")
        box.setFocus()
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
    user.bot.mouseClick(_editor(user).halves["zh"].chip, Qt.MouseButton.LeftButton)
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
    user.open(user.id("meeting", 1))
    assert seen() == ["zh"]
    user.box("title.zh").setFocus()
    user.press(Qt.Key.Key_L, ctrl=True)
    assert user.box("title.en").hasFocus(), "one goes to a language that was hidden, too"
    user.press(Qt.Key.Key_T, ctrl=True)
    assert seen() == ["en", "zh"]


# -- pasting ---------------------------------------------------------------------------------------


@pytest.mark.rule("B7")
def test_pasted_text_is_plain_keeps_its_lines_and_loses_the_spaces_at_their_ends(user: User, meeting: str) -> None:
    user.form.unfold()
    mime = QMimeData()
    mime.setText("First line  \r\nSecond\u2028  indented\t \n　　全角空格　\n")
    mime.setHtml("<b>First line</b>")
    QApplication.clipboard().setMimeData(mime)
    box = user.box("summary.zh")
    box.setFocus()
    box.selectAll()
    user.press(Qt.Key.Key_V, ctrl=True)
    assert box.said() == "First line\nSecond\n  indented\n　　全角空格　\n"
    user.press(Qt.Key.Key_Tab)
    assert user.value(meeting, "summary")["zh"].startswith("First line\nSecond\n  indented\n　　全角空格")


@pytest.mark.rule("B7")
def test_a_line_break_becomes_a_space_in_one_line_however_the_text_comes(user: User, meeting: str) -> None:
    box = user.box("title.en")
    QApplication.clipboard().setText("Kick-off \r\n  meeting\n")
    box.setFocus()
    box.selectAll()
    user.press(Qt.Key.Key_V, ctrl=True)
    assert box.said() == "Kick-off meeting"
    user.press(Qt.Key.Key_Z, ctrl=True)
    assert box.said() == user.value(meeting, "title")["en"], "one step takes it back"
    box.selectAll()
    menu = box.make_menu()
    next(action for action in menu.actions() if action.objectName() == "edit-paste").trigger()
    menu.deleteLater()
    assert box.said() == "Kick-off meeting"
    mime = QMimeData()
    mime.setText("of\nthe city ")
    at, buttons, keys = QPointF(box.width() - 4, 10), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    box.dropEvent(QDropEvent(at, Qt.DropAction.CopyAction, mime, buttons, keys))
    assert box.said() == "Kick-off meetingof the city"


@pytest.mark.rule("B7")
@pytest.mark.parametrize("table", ["Opening\t开幕式\r\n", "开幕式\tOpening"])
def test_two_columns_fill_both_languages_in_one_step_that_undo_takes_back(user: User, meeting: str, table: str) -> None:
    before = user.value(meeting, "title")
    QApplication.clipboard().setText(table)
    box = user.box("title.en")
    box.setFocus()
    box.selectAll()
    user.press(Qt.Key.Key_V, ctrl=True)
    assert dict(user.value(meeting, "title")) == {"en": "Opening", "zh": "开幕式"}
    assert (box.said(), user.box("title.zh").said()) == ("Opening", "开幕式")
    user.press(Qt.Key.Key_Z, ctrl=True)
    assert user.value(meeting, "title") == before
    assert (box.said(), user.box("title.zh").said()) == (before["en"], before["zh"])


@pytest.mark.rule("B7")
@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("a\tb\nc\td\n", ("a\nc", "b\nd")),
        ('"two\nlines"\t"say ""so"""', ("two\nlines", 'say "so"')),
        ('5" pipe\tfünf Zoll', ('5" pipe', "fünf Zoll")),
        ("a\tb\tc", None),
        ("a\t", None),
        ("a line\nanother", None),
        ("a\tb\nno table", None),
    ],
)
def test_a_table_of_two_columns_is_known_from_other_text(text: str, columns: tuple[str, str] | None) -> None:
    assert two_columns(text) == columns


@pytest.mark.rule("B7")
def test_what_nobody_sees_is_not_pasted() -> None:
    assert as_pasted("a\0b\x07c\x7f", one_line=False) == "abc"
    assert as_pasted("soft\x0bbreak\x85next", one_line=False) == "soft\nbreak\nnext"
    assert as_pasted("　缩进", one_line=True) == "　缩进"


# -- any text --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "שלום עולם",
        "مرحبا Kick-off 12",
        "👩‍👩‍👧‍👦 🇨🇳🇪🇸",
        "𠀀𠮷𡈽",
        "\u0301\u0308",
        "e\u0301",
        "👍🏽",
        "\u202eabc\u202c",
        "ﷺ",
    ],
)
@pytest.mark.parametrize("field", ["title", "summary"])
def test_text_of_any_script_is_kept_and_the_cursor_moves_through_it(
    user: User, meeting: str, text: str, field: str
) -> None:
    user.form.unfold()
    box = user.box(f"{field}.zh")
    box.setFocus()
    box.selectAll()
    user.compose(box, "", text)
    QApplication.clipboard().setText(text)
    user.press(Qt.Key.Key_V, ctrl=True)
    for key in (Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_End):
        user.press(key)
    user.window.grab()
    user.press(Qt.Key.Key_Tab)
    kept = user.value(meeting, field)["zh"]
    assert kept == Bilingual(zh=kept)["zh"]
    assert kept in {text * 2, "é" * 2}
    assert user.box(f"{field}.zh").said() == kept


def test_a_sign_that_cannot_be_stored_is_refused_with_a_sentence_and_stays(user: User, meeting: str) -> None:
    was = user.value(meeting, "title")
    box = user.box("title.zh")
    box.setFocus()
    box.selectAll()
    user.compose(box, "", "a\0b")
    user.press(Qt.Key.Key_Tab)
    assert user.value(meeting, "title") == was
    assert "cannot be stored" in user.message("title")
    assert box.said() == "a\0b"
    user.type("title.zh", was["zh"])
    assert not user.message("title")
