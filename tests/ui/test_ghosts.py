"""The counterpart of a term is offered beside an empty box; a click or Space takes it, Enter and Tab never do."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from tests.helpers.waiting import MOMENT
from tests.ui.conftest import User
from tests.ui.list_hands import add_record
from ucapdesk.services.records import records
from ucapdesk.services.workspaces import maintenance
from ucapdesk.ui.fields import text_editors


@pytest.fixture(autouse=True)
def _offered_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_editors, "COUNTERPART_DELAY_MS", MOMENT)


def _offered(user: User, name: str, within: QWidget | None = None) -> QPushButton:
    """The chip, which comes a moment after the last key."""
    found: list[QPushButton] = []

    def look() -> bool:
        found[:] = (within or user.window).findChildren(QPushButton, f"field.{name}.use")
        return bool(found) and found[0].isVisible()

    user.bot.waitUntil(look)
    return found[0]


def _theme(user: User) -> str:
    """A theme of the sample without a Chinese name."""
    ucap = user.id("ucap")
    return add_record(user, "theme", f"owner={ucap}", "name.en=Something")


def _type(user: User, name: str, text: str) -> None:
    user.type(name, text, leave=False)


@pytest.fixture
def theme(user: User) -> str:
    """The form of that theme, with a term in the glossary."""
    add_record(user, "glossary_term", "term.en=Silver Economy", "term.zh=银发经济")
    id_ = _theme(user)
    user.open(id_)
    return id_


@pytest.mark.rule("B8")
def test_a_known_term_is_offered_in_the_other_language_and_taken_with_space(user: User, theme: str) -> None:
    _type(user, "name.en", "silver economy")
    chip = _offered(user, "name.zh")
    assert chip.text() == "Use: 银发经济"
    assert user.box("name.zh").said() == ""
    for _ in range(2):
        user.press(Qt.Key.Key_Tab)
    assert user.focus() is chip
    user.press(Qt.Key.Key_Space)
    assert dict(user.value(theme, "name")) == {
        "en": "silver economy", "zh": "银发经济",
    }  # fmt: skip
    assert user.focus() is user.box("name.zh")
    assert chip.isHidden()


@pytest.mark.rule("B8")
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_enter_and_tab_leave_the_offer_alone(user: User, theme: str, key: Qt.Key) -> None:
    _type(user, "name.en", "silver economy")
    chip = _offered(user, "name.zh")
    user.press(key)
    if key == Qt.Key.Key_Tab:
        user.press(Qt.Key.Key_Tab)
        assert user.focus() is chip
        user.press(Qt.Key.Key_Return)
    assert dict(user.value(theme, "name")) == {"en": "silver economy"}
    assert chip.isVisible()  # it is still offered


@pytest.mark.rule("B8", "I2")
def test_the_offer_goes_when_the_text_changes_or_the_other_is_written(user: User, theme: str) -> None:
    _type(user, "name.en", "silver economy")
    chip = _offered(user, "name.zh")
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
    box = row.findChild(QWidget, "field.post.en")
    assert box is not None
    box.setFocus()
    user.bot.keyClick(box, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    user.bot.keyClicks(box, "mayor")
    chip = _offered(user, "post.zh", row)
    user.bot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert dict(user.value(post, "post")) == {"en": "mayor", "zh": "市长"}


def test_what_is_offered_changes_nothing_by_itself(user: User, theme: str) -> None:
    before = maintenance.digest(user.desk)
    _type(user, "name.en", "silver economy")
    _offered(user, "name.zh")
    _type(user, "name.en", "Something")
    user.open(user.id("ucap"))
    assert maintenance.digest(user.desk) == before
    assert records.count(user.desk, "glossary_term") == 1
