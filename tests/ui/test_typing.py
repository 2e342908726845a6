"""Typing with an input method, and pasting, in every kind of line."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QAction, QDropEvent, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

import ucapdesk.ui
from tests.helpers.shown import child, kept_by, said_by
from tests.ui.conftest import User
from tests.ui.list_hands import focused, selected
from ucapdesk.model.kinds.visit_kinds import Meeting
from ucapdesk.model.values import Bilingual, PersonName
from ucapdesk.services.records import records
from ucapdesk.store import drafts
from ucapdesk.ui.imports.import_page import ImportPage
from ucapdesk.ui.record import saving
from ucapdesk.ui.toolkit import text_inputs as box_module
from ucapdesk.ui.toolkit.text_inputs import LineEdit, TextEdit, as_pasted, two_columns

OURS = (
    Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape, Qt.Key.Key_Left,
    Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_1, Qt.Key.Key_9,
)  # fmt: skip


def ime(box: QWidget, pinyin: str, hanzi: str | None = None) -> None:
    """Compose letter by letter, then commit, as an input method does; without ``hanzi`` the word stays open."""
    for end in range(1, len(pinyin) + 1):
        QApplication.sendEvent(box, QInputMethodEvent(pinyin[:end], []))
    if hanzi is not None:
        event = QInputMethodEvent("", [])
        event.setCommitString(hanzi)
        QApplication.sendEvent(box, event)


@pytest.fixture(params=[LineEdit, TextEdit])
def box(request: pytest.FixtureRequest, qtbot: QtBot, dressed: QApplication) -> Iterator[LineEdit | TextEdit]:
    """A box of one line, or of several, in a window that hears Enter and Escape too."""
    window = kept_by(qtbot, QDialog())
    column = QVBoxLayout(window)
    made: LineEdit | TextEdit = request.param(window)
    column.addWidget(made)
    column.addWidget(LineEdit(window))
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    yield made
    window.close()


def test_a_chinese_sentence_typed_by_pinyin_arrives_whole(box: LineEdit | TextEdit) -> None:
    for pinyin, hanzi in (("huanying", "欢迎"), ("Liuzhou", "柳州"), ("daibiaotuan", "代表团")):
        ime(box, pinyin, hanzi)
    assert box.said() == "欢迎柳州代表团"
    assert not box.composing


@pytest.mark.rule("I2")
def test_no_key_of_ours_does_anything_while_composing(box: LineEdit | TextEdit, qtbot: QtBot) -> None:
    window, left = box.window(), []
    box.left.connect(lambda: left.append(1))
    ime(box, "ni", "你")
    ime(box, "hao")
    for key in OURS:
        qtbot.keyClick(box, key)
    for key in (Qt.Key.Key_S, Qt.Key.Key_Z, Qt.Key.Key_V):
        qtbot.keyClick(box, key, Qt.KeyboardModifier.ControlModifier)
    assert window.isVisible(), "Escape and Enter did not reach the dialog"
    assert (box.said(), box.preedit, box.hasFocus(), left) == ("你", "hao", True, [])
    ime(box, "hao", "好")
    assert box.said() == "你好"


@pytest.mark.rule("I2")
def test_enter_that_ends_a_word_in_the_filter_or_the_search_does_nothing_else(user: User) -> None:
    shown = user.window.record.id
    for line in (user.window.search, user.window.list.filter):
        line.setFocus()
        ime(line, "liuzhou")
        user.bot.keyClick(line, Qt.Key.Key_Return)
        user.bot.keyClick(line, Qt.Key.Key_Down)
        user.bot.keyClick(line, Qt.Key.Key_Escape)
        assert line.hasFocus()
        ime(line, "liuzhou", "柳州")
        assert line.text() == "柳州"
    assert user.window.record.id == shown


@pytest.mark.rule("I3")
def test_the_search_looks_for_what_was_committed_and_leaves_the_keys_where_they_are(user: User) -> None:
    search = user.window.search
    user.press(Qt.Key.Key_K, ctrl=True)
    ime(search, "liuzhou")
    before = [search.hits.item(row).text() for row in range(search.hits.count())]
    ime(search, "liuzhou", "柳州")
    after = [search.hits.item(row).text() for row in range(search.hits.count())]
    assert before != after
    assert any("Liuzhou" in text or "柳州" in text for text in after)
    assert search.hasFocus()


@pytest.mark.rule("I4")
def test_the_input_method_is_asked_to_end_its_word_before_the_focus_goes(
    box: LineEdit | TextEdit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def commit() -> None:
        assert box.hasFocus()
        ime(box, "", "中国")

    input_method = SimpleNamespace(commit=commit)
    monkeypatch.setattr(box_module, "QGuiApplication", SimpleNamespace(inputMethod=lambda: input_method))
    ime(box, "zhongguo")
    focused(next(each for each in box.window().findChildren(QLineEdit) if each is not box))
    assert box.said() == "中国"


@pytest.mark.rule("I4")
def test_letters_that_no_input_method_ends_stay_as_text(box: LineEdit | TextEdit) -> None:
    ime(box, "ni", "你")
    ime(box, "hao")
    said: list[str] = []
    box.left.connect(lambda: said.append(box.said()))
    next(each for each in box.window().findChildren(QLineEdit) if each is not box).setFocus()
    assert box.said() == "你hao"
    assert said == ["你hao"], "it was there when the field was left"
    assert not box.composing


@pytest.mark.rule("I4", "S1")
def test_a_command_given_with_the_mouse_ends_the_word_and_saves_it(user: User) -> None:
    meeting = user.open(user.id("meeting"))
    box = selected(user, "title.zh")
    ime(box, "huiyi")
    action = child(user.window, QAction, "edit.save")
    action.trigger()
    assert user.value(meeting, "title")["zh"] == "huiyi"
    assert box.hasFocus()


@pytest.mark.rule("S6")
def test_letters_of_a_word_that_is_composed_are_no_typing_yet(box: LineEdit | TextEdit) -> None:
    edited: list[str] = []
    box.edited.connect(lambda: edited.append(box.said()))
    ime(box, "nihao")
    assert len(edited) == 1, "that somebody begins is told, so that nobody else writes here"
    ime(box, "", "你好")
    assert edited[-1] == "你好"


@pytest.mark.rule("S6")
def test_nothing_is_saved_or_kept_as_a_draft_in_the_middle_of_a_word(user: User, qtbot: QtBot) -> None:
    meeting = user.open(user.id("meeting"))
    user.form.unfold()
    was = user.value(meeting, "summary")
    box = selected(user, "summary.zh")
    keeper = user.window.record.findChild(saving.Saving)
    assert keeper is not None
    keeper.timer.setInterval(10)
    ime(box, "zongjie")
    qtbot.wait(60)
    assert not drafts.kept(user.desk)
    assert user.value(meeting, "summary") == was
    ime(box, "zongjie", "总结")
    qtbot.waitUntil(lambda: len(drafts.kept(user.desk)) == 1)
    assert [draft.value for draft in drafts.kept(user.desk)] == ["总结"]


@pytest.mark.rule("S5")
def test_saving_leaves_the_text_under_the_cursor_its_cursor_and_its_undo(user: User) -> None:
    meeting = user.open(user.id("meeting"))
    box = selected(user, "title.en")
    user.bot.keyClicks(box, "  Opening  of the week ")
    box.cursorBackward(False, 4)  # type: ignore[union-attr]
    at = box.cursorPosition()  # type: ignore[union-attr]
    user.press(Qt.Key.Key_S, ctrl=True)
    assert user.value(meeting, "title")["en"] == "Opening  of the week"
    assert box.said() == "  Opening  of the week "
    assert box.cursorPosition() == at  # type: ignore[union-attr]
    assert box.can_undo()
    user.box("title.zh").setFocus()
    assert box.said() == "Opening  of the week", "the form it was saved in is shown when the cursor has gone"


@pytest.mark.rule("S5")
def test_a_text_that_is_stored_in_another_form_stays_as_it_was_typed_until_it_is_left(user: User) -> None:
    meeting = user.open(user.id("meeting"))
    box = selected(user, "title.en")
    ime(box, "", "Cafe\u0301")
    user.press(Qt.Key.Key_Return)
    assert user.value(meeting, "title")["en"] == "Caf\u00e9"
    assert box.said() == "Cafe\u0301"
    assert box.can_undo()
    user.press(Qt.Key.Key_Tab)
    assert box.said() == "Caf\u00e9"


@pytest.mark.rule("S5")
def test_a_change_from_elsewhere_waits_while_a_word_is_composed(user: User) -> None:
    meeting = user.open(user.id("meeting"))
    box = focused(user.box("title.zh"))
    ime(box, "hui")
    with user.desk.save(["test", {}]) as work:
        record = work.get(Meeting, meeting)
        assert record.title is not None
        record.title = record.title.put("zh", "别人写的")
    assert box.preedit == "hui"
    ime(box, "hui", "会")
    assert "会" in box.said()
    user.press(Qt.Key.Key_Tab)
    assert user.value(meeting, "title")["zh"] == "别人写的"
    assert "别人写的" in user.message("title"), "one is told before one writes over it"
    user.type("title.zh", "别人写的")


def test_a_composition_that_is_given_up_leaves_nothing_changed(user: User) -> None:
    meeting = user.open(user.id("meeting"))
    was = user.value(meeting, "title")
    box = focused(user.box("title.zh"))
    ime(box, "hui")
    ime(box, "", "")
    user.press(Qt.Key.Key_Tab)
    assert user.value(meeting, "title") == was


@pytest.mark.rule("I6")
def test_addresses_and_numbers_ask_for_latin_letters_and_nothing_forces_chinese(user: User) -> None:
    user.open(user.id("organisation"))
    user.form.unfold()
    latin = Qt.InputMethodHint.ImhPreferLatin
    for name in ("email", "phone", "website"):
        assert user.box(f"{name}.line").inputMethodHints() & latin, name
    for lang in ("en", "zh"):
        assert not user.box(f"name.{lang}").inputMethodHints() & latin


@pytest.mark.rule("I7")
def test_each_language_is_drawn_with_its_own_face(user: User) -> None:
    user.open(user.id("meeting"))
    for lang, first in (("zh", "Noto Sans SC"), ("en", "Noto Sans")):
        families = user.box(f"title.{lang}").font().families()
        assert families[0] == first
        assert set(families) == {"Noto Sans", "Noto Sans SC"}


# -- nothing limits what is typed --------------------------------------------------------------------

HOME = Path(ucapdesk.ui.__file__).parent
LIMITS = {"setMaxLength", "setValidator", "setInputMask", "QValidator", "QIntValidator", "QRegularExpressionValidator"}
BARE = {"QLineEdit", "QPlainTextEdit", "QTextEdit", "QSpinBox", "QDoubleSpinBox", "QDateEdit", "QTimeEdit"}
READ_ONLY = {"PaperView"}  # Classes that only show text


def _complaints(source: str) -> Iterator[str]:
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name):
            name = node.attr if isinstance(node, ast.Attribute) else node.id
            if name in LIMITS:
                yield f"{node.lineno}: {name} drops what an input method commits; check the value after it was typed"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in BARE:
            yield f"{node.lineno}: a bare {node.func.id}; take LineEdit or TextEdit of ui.toolkit.inputs"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "setEditable":
            yield f"{node.lineno}: an editable list holds a bare line; take LineEdit of ui.toolkit.inputs"
        if isinstance(node, ast.ClassDef) and node.name not in READ_ONLY:
            bases = {base.id for base in node.bases if isinstance(base, ast.Name)}
            if bases & BARE and "TextInput" not in bases:
                yield f"{node.lineno}: {node.name} is built on a bare box; take LineEdit or TextEdit of ui.toolkit.inputs"


@pytest.mark.rule("I1", "I2")
def test_no_box_of_the_program_limits_text_or_is_none_of_ours() -> None:
    found = [
        f"{path.relative_to(HOME)}:{complaint}"
        for path in sorted(HOME.rglob("*.py"))
        for complaint in _complaints(path.read_text(encoding="utf-8"))
    ]
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize(
    "planted",
    [
        "line.setMaxLength(3)",
        "line.setValidator(QIntValidator())",
        "line = QLineEdit(self)",
        "class A(QPlainTextEdit): ...",
        "box.setEditable(True)",
    ],
)
def test_the_rule_sees_a_planted_limit(planted: str) -> None:
    assert list(_complaints(planted))


@pytest.mark.rule("I1")
def test_a_long_chinese_text_is_cut_nowhere(user: User) -> None:
    meeting = user.open(user.id("meeting"))
    text = "关于深化中欧城市合作的会谈纪要" * 300
    user.type("title.zh", text)
    assert user.value(meeting, "title")["zh"] == text


@pytest.fixture
def meeting(user: User) -> str:
    """A meeting that is shown; nothing was ever said of the two languages of its title."""
    id_ = user.id("meeting")
    records.edit(user.desk, id_, {"title": Bilingual(en="Kick-off meeting", zh="启动会议")})
    user.open(id_)
    return id_


@pytest.mark.rule("B7")
def test_pasted_text_is_plain_keeps_its_lines_and_loses_the_spaces_at_their_ends(user: User, meeting: str) -> None:
    user.form.unfold()
    mime = QMimeData()
    mime.setText("First line  \r\nSecond\u2028  indented\t \n　　全角空格　\n")
    mime.setHtml("<b>First line</b>")
    QApplication.clipboard().setMimeData(mime)
    box = selected(user, "summary.zh")
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
    box = selected(user, "title.en")
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


SCRIPTS = (
    "שלום עולם", "مرحبا Kick-off 12", "👩‍👩‍👧‍👦 🇨🇳🇪🇸", "𠀀𠮷𡈽", "\u0301\u0308", "e\u0301", "👍🏽", "\u202eabc\u202c", "ﷺ"
)  # fmt: skip


@pytest.mark.parametrize("field", ["title", "summary"])
def test_text_of_any_script_is_kept_and_the_cursor_moves_through_it(user: User, meeting: str, field: str) -> None:
    user.form.unfold()
    box = user.box(f"{field}.zh")
    for text in SCRIPTS:
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
        assert kept == Bilingual(zh=kept)["zh"], text
        assert kept in {text * 2, "é" * 2}, text
    assert user.box(f"{field}.zh").said() == kept


def test_a_sign_that_cannot_be_stored_is_refused_with_a_sentence_and_stays(user: User, meeting: str) -> None:
    was = user.value(meeting, "title")
    box = selected(user, "title.zh")
    user.compose(box, "", "a\0b")
    user.press(Qt.Key.Key_Tab)
    assert user.value(meeting, "title") == was
    assert "cannot be stored" in user.message("title")
    assert box.said() == "a\0b"
    user.type("title.zh", was["zh"])
    assert not user.message("title")


# -- people ----------------------------------------------------------------------------------------

ROWS = "".join(
    f"{n}\tGiven{n} Family{n}\t\tDirector\tPort of Gdańsk\tp{n}@port.pl\t+48 58 111 22 3{n}\n" for n in range(1, 8)
)


def test_seven_rows_of_a_spreadsheet_become_seven_people_with_posts_in_the_delegation(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []

    def accept(dialog: ImportPage) -> int:
        shown.extend(line.title for line in dialog.plans[0].lines)
        return 1

    monkeypatch.setattr(ImportPage, "exec", accept)
    known = records.add(user.desk, "person", {"name": PersonName("Family3", "Given3")})
    visit = user.open(records.add(user.desk, "visit", {"title": Bilingual(en="Visit"), "travelling_side": "A"}))
    user.window.record.special.show_tab("delegation")  # type: ignore[union-attr]
    focused(user.find(QWidget, "visit.delegation.add.line"))
    QApplication.clipboard().setText(ROWS)
    user.press(Qt.Key.Key_V, ctrl=True)
    assert len(shown) == 7
    there = records.children(user.desk, visit)["participation"]
    people = [str(getattr(part, "person", "")) for part in there]
    names: list[Any] = [getattr(records.get(user.desk, id_), "name", None) for id_ in people]
    assert [(name.given, name.family) for name in names] == [(f"Given{n}", f"Family{n}") for n in range(1, 8)]
    assert known in people, "who is on record is not made twice"
    assert {(getattr(part, "role", ""), getattr(part, "side", "")) for part in there} == {("delegate", "A")}
    posts = [records.children(user.desk, id_)["affiliation"] for id_ in people]
    assert [len(each) for each in posts] == [1] * 7
    assert len({getattr(post[0], "organisation", "") for post in posts}) == 1, "their house is made once"
    user.window.do("edit.undo")
    assert records.children(user.desk, visit)["participation"] == []


def test_it_is_told_how_many_records_a_pasted_list_made(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImportPage, "exec", lambda _: 1)
    user.open(records.add(user.desk, "visit", {"title": Bilingual(en="Visit"), "travelling_side": "A"}))
    user.window.record.special.show_tab("delegation")  # type: ignore[union-attr]
    user.find(QWidget, "visit.delegation.add.line").setFocus()
    QApplication.clipboard().setText("Name\tPosition\tOrganisation\nWANG Jiping\tDirector\tPort of Gdańsk\n")
    user.press(Qt.Key.Key_V, ctrl=True)
    assert "Clipboard: 4 of 4 imported." in said_by(user.window.toast), (
        "a house, a person, a post, a part; not their fields"
    )


def test_a_single_name_is_pasted_into_the_line_as_before(user: User) -> None:
    user.open(records.add(user.desk, "visit", {"title": Bilingual(en="Visit")}))
    user.window.record.special.show_tab("delegation")  # type: ignore[union-attr]
    line: Any = user.window.findChild(QWidget, "visit.delegation.add.line")
    line.setFocus()
    QApplication.clipboard().setText("Anna Nowak")
    user.press(Qt.Key.Key_V, ctrl=True)
    assert line.text() == "Anna Nowak"
