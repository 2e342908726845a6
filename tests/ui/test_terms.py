"""Words that the glossary says otherwise are marked while they are typed, with the word to take."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QPushButton

from tests.ui.conftest import User
from ucapdesk.model.values import Bilingual
from ucapdesk.services.records import records


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


def test_another_word_than_the_glossarys_is_marked_and_one_press_takes_the_right_one(user: User, with_term: str) -> None:
    box = user.box("title.en")
    box.setFocus()
    box.selectAll()
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
