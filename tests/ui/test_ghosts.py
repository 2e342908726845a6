"""The counterpart of a term is offered beside an empty box; a click or Space takes it, Enter and Tab never do."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from tests.helpers.waiting import MOMENT
from tests.ui.conftest import User
from tests.ui.list_hands import add_record, child
from ucapdesk.services.records import records
from ucapdesk.services.workspaces import maintenance
from ucapdesk.ui.fields import text_editors


@pytest.fixture(autouse=True)
def _hinted_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    for delay in ("COUNTERPART_DELAY_MS", "REST"):
        monkeypatch.setattr(text_editors, delay, MOMENT)


def _hint(user: User, name: str, within: QWidget | None = None) -> QPushButton:
    """The chip, which comes a moment after the last key."""
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
    box = child(row, QWidget, "field.post.en")
    box.setFocus()
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
