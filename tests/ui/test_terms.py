"""Words that the glossary says otherwise are marked while they are typed, with the word to take."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QPushButton

from tests.helpers.waiting import MOMENT
from tests.ui.conftest import User
from ucapdesk.model.values import Bilingual
from ucapdesk.services.records import records
from ucapdesk.ui.fields import text_editors


@pytest.fixture(autouse=True)
def _marked_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_editors, "REST", MOMENT)


@pytest.fixture
def meeting(user: User) -> str:
    """A meeting that is shown, in a workspace whose glossary has a term."""
    values = {"term": Bilingual(en="low-carbon district", zh="低碳片区"), "avoid": ("green quarter", "绿色小区")}
    records.add(user.desk, "glossary_term", values)
    id_ = user.id("meeting")
    user.open(id_)
    user.form.unfold()
    return id_


def chip(user: User, name: str) -> QPushButton | None:
    return user.window.record.findChild(QPushButton, f"field.{name}.term")


@pytest.mark.row("B4")
def test_another_word_than_the_glossarys_is_marked_and_one_press_takes_the_right_one(user: User, meeting: str) -> None:
    box = user.box("title.en")
    box.setFocus()
    box.selectAll()
    user.write(box, "Visit of the Green Quarter")
    user.bot.waitUntil(lambda: (found := chip(user, "title.en")) is not None and found.isVisible())
    found = chip(user, "title.en")
    assert found is not None
    assert found.text() == "“green quarter” → “low-carbon district”"
    assert "Press to use it" in found.toolTip()
    user.bot.mouseClick(found, Qt.MouseButton.LeftButton)
    assert box.said() == "Visit of the low-carbon district"
    assert not found.isVisible()
    user.press(Qt.Key.Key_Tab)
    assert user.value(meeting, "title")["en"] == "Visit of the low-carbon district"


def test_in_long_texts_each_one_is_underlined_in_chinese_too(user: User, meeting: str) -> None:
    box = user.box("summary.zh")
    assert isinstance(box, QPlainTextEdit)
    box.setFocus()
    user.compose(box, "", "绿色小区与绿色小区")
    user.bot.waitUntil(lambda: len(box.extraSelections()) == 2)
    box.selectAll()
    user.compose(box, "", "低碳片区")
    user.bot.waitUntil(lambda: not box.extraSelections())
    found = chip(user, "summary.zh")
    assert found is not None
    assert not found.isVisible()
