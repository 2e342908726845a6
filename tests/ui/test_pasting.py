"""Text that is pasted, dropped or of any script: plain, whole, and in both languages where it comes in two columns."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from tests.helpers.shown import said_by
from tests.ui.conftest import User
from ucapdesk.model.values import Bilingual, PersonName
from ucapdesk.services.records import records
from ucapdesk.ui.imports.import_page import ImportPage
from ucapdesk.ui.toolkit.text_inputs import as_pasted, two_columns


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
    line = user.find(QWidget, "visit.delegation.add.line")
    line.setFocus()
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
