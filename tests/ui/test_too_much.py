"""More than a field takes: the sentence stands at the field, what was pasted is still there, and nothing was written."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import User
from ucapdesk.model.rules import limits
from ucapdesk.model.rules.limits import LONGEST_LINE, LONGEST_TEXT
from ucapdesk.services.records import history

PICTURE = "iVBORw0KGgo" * 800_000


@pytest.fixture
def meeting(user: User) -> str:
    """A meeting that is shown."""
    return user.open(user.id("meeting"))


@pytest.mark.parametrize(("field", "most"), [("summary", LONGEST_TEXT), ("title", LONGEST_LINE)])
def test_a_picture_pasted_as_text_is_refused_at_its_field_at_once(
    user: User, meeting: str, field: str, most: int
) -> None:
    before, steps = user.value(meeting, field), len(history.of(user.desk, meeting))
    QApplication.clipboard().setText(PICTURE)
    box = user.box(f"{field}.en")
    box.setFocus()
    box.paste()
    assert f"{len(PICTURE):,}" in user.message(field)
    assert f"{most:,}" in user.message(field)
    user.press(Qt.Key.Key_Tab)
    assert (user.value(meeting, field), len(history.of(user.desk, meeting))) == (before, steps)
    user.type(f"{field}.en", "Short")
    assert user.value(meeting, field)["en"] == "Short"
    assert not user.message(field)


def test_a_text_that_grew_too_long_is_refused_where_it_stands_and_can_be_put_right(user: User, meeting: str) -> None:
    box = user.box("title.en")
    box.setFocus()
    box.insert_text("x" * (LONGEST_LINE + 1))
    user.press(Qt.Key.Key_Tab)
    assert "at most" in user.message("title")
    assert len(box.said()) > LONGEST_LINE
    user.type("title.en", "Short")
    assert user.value(meeting, "title")["en"] == "Short"
    assert not user.message("title")


def test_what_is_too_long_for_a_part_of_a_name_is_refused_with_a_sentence(user: User) -> None:
    for field in ["name.family", "name_han.given"]:
        user.open(user.id("person"))
        box = user.box(field)
        was = box.said()
        box.take("x" * (LONGEST_LINE + 1))
        assert box.said() == was, field
        assert "takes 5,000 at most" in user.message(field.partition(".")[0]), field


def test_a_box_takes_what_its_field_takes(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LONGEST_TEXT", 70)
    user.open(user.id("meeting"))
    box = user.box("summary.en")
    box.clear()
    box.take("x" * 71)
    assert "takes 70 at most" in user.message("summary")
    box.take("x" * 70)
    assert len(box.said()) == 70
