"""Programmes and minutes pasted or dropped anywhere in the window: previewed, then made in one step."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from tests.helpers.mailed_texts import JIYAO, MAIL, MINUTES, RICHENG
from tests.helpers.shown import said_by
from tests.ui.conftest import User
from ucapdesk.model.values import Bilingual, PartialDate
from ucapdesk.services.records import records
from ucapdesk.ui.imports.import_page import ImportPage
from ucapdesk.ui.window.sections import HOME


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The lines of the previews that were shown; each was accepted as it was."""
    lines: list[str] = []

    def accept(dialog: ImportPage) -> int:
        lines.extend(f"{line.title} {line.what}".strip() for line in dialog.plans[0].lines)
        return 1

    monkeypatch.setattr(ImportPage, "exec", accept)
    return lines


def _visit(user: User) -> str:
    values = {"title": Bilingual(en="Visit"), "dates": PartialDate("2027-04-12/2027-04-16")}
    return records.add(user.desk, "visit", values)


def _points(user: User, visit: str) -> list[Any]:
    return list(records.children(user.desk, visit)["itinerary_item"])


def _paste(user: User, name: str, text: str) -> Any:
    box: Any = user.window.findChild(QWidget, name)
    assert box is not None
    box.setFocus()
    QApplication.clipboard().setText(text)
    user.press(Qt.Key.Key_V, ctrl=True)
    return box


@pytest.mark.parametrize("text", [MAIL, RICHENG])
def test_a_programme_pasted_into_the_line_of_the_itinerary_fills_its_days_and_undo_empties_them(
    user: User, shown: list[str], text: str
) -> None:
    visit = _visit(user)
    user.open(visit)
    line = _paste(user, "itinerary.entry.line", text)
    assert len(_points(user, visit)) == 6
    assert len({point.when.date for point in _points(user, visit)}) == 2
    assert line.text() == ""
    assert any("09:00" in line for line in shown), "the preview says what it understood"
    user.window.do("edit.undo")
    assert _points(user, visit) == []


def test_hours_pasted_into_the_line_are_on_the_day_that_is_shown(user: User, shown: list[str]) -> None:
    visit = _visit(user)
    user.open(visit)
    user.window.record.special.programme._day_chosen("2027-04-14")  # type: ignore[union-attr]
    _paste(user, "itinerary.entry.line", "09:00 Talks\n10:30-11:00 Lunch\n")
    assert [(p.when.date, p.when.start) for p in _points(user, visit)] == [
        ("2027-04-14", "09:00"),
        ("2027-04-14", "10:30"),
    ]


@pytest.mark.parametrize(("text", "entries"), [(MINUTES, 5), (JIYAO, 4)])
def test_minutes_pasted_on_the_page_of_a_meeting_are_its_entries_and_actions(
    user: User, shown: list[str], text: str, entries: int
) -> None:
    meeting = records.add(user.desk, "meeting", {"title": Bilingual(en="Port group")})
    user.open(meeting)
    assert user.window.record.take_rows(text)
    parts = records.children(user.desk, meeting)
    assert (len(parts["minute_entry"]), len(parts["action_item"]), len(parts["participation"])) == (entries, 2, 4)
    assert records.get(user.desk, meeting).title["en"] == "Port group", "what is there stays"  # type: ignore[attr-defined]
    user.window.do("edit.undo")
    parts = records.children(user.desk, meeting)
    assert not any(parts[kind] for kind in ("minute_entry", "action_item", "participation"))


def test_lines_pasted_into_the_line_of_minutes_become_one_entry_each(user: User, shown: list[str]) -> None:
    meeting = records.add(user.desk, "meeting", {"title": Bilingual(en="Port group")})
    user.open(meeting)
    line = _paste(
        user, "meeting.minutes.entry.line", "The port is ready.\n! We meet in May.\n> Send the list 5 May 2027\n"
    )
    parts = records.children(user.desk, meeting)
    assert [getattr(entry, "type", "") for entry in parts["minute_entry"]] == ["discussion", "decision"]
    assert len(parts["action_item"]) == 1
    assert line.text() == ""


def test_pasted_at_home_minutes_make_a_meeting_that_is_shown(user: User, shown: list[str]) -> None:
    user.window.choose_section(HOME)
    QApplication.clipboard().setText(JIYAO)
    user.window.do("file.copied")
    user.bot.waitUntil(lambda: user.window.record.id is not None and user.window.record.record is not None)
    record: Any = user.window.record.record
    assert record.title["zh"] == "港口工作组第一次会议纪要"
    assert len(records.children(user.desk, record.id)["minute_entry"]) == 4


def test_lines_dragged_from_a_mail_are_taken_as_pasted_ones(user: User, shown: list[str]) -> None:
    visit = _visit(user)
    user.open(visit)
    mime = QMimeData()
    mime.setText(MAIL)
    held = (QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    widget: Any = user.window.findChild(QWidget, "itinerary")
    enter = QDragEnterEvent(*held)
    QApplication.sendEvent(widget, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(widget, QDropEvent(*held))
    user.bot.waitUntil(lambda: len(_points(user, visit)) == 6)


def test_a_text_of_a_hundred_thousand_lines_is_refused_in_a_sentence_and_nothing_halts(
    user: User, shown: list[str]
) -> None:
    visit = _visit(user)
    user.open(visit)
    _paste(user, "itinerary.entry.line", "12 April 2027\n" + "09:00 Talks\n" * 99_999)
    assert "1000 lines" in said_by(user.window.record.bar)
    assert not shown
    assert _points(user, visit) == []
