"""Templates at the window: kept of a meeting, used for the next, by mouse and keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from tests.helpers.shown import said_by
from tests.ui.conftest import User
from tests.ui.list_hands import add_record, answer, child
from ucapdesk.services.records import records
from ucapdesk.services.workspaces import maintenance
from ucapdesk.ui.record.record_dialogs import TemplatesDialog


def _press(user: User, dialog: TemplatesDialog, name: str) -> None:
    button = child(dialog, QPushButton, f"templates.{name}")
    user.bot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_an_agenda_is_kept_and_used_again(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = (add_record(user, "meeting", f"title.en={name}") for name in ("First", "Second"))
    add_record(user, "agenda_item", f"owner={first}", "title.en=Opening")
    user.open(first)

    def keep(dialog: TemplatesDialog) -> None:
        assert not dialog.use.isEnabled()
        _press(user, dialog, "keep.checklist")
        assert "has nothing to keep" in dialog.message.text()
        user.bot.keyClicks(dialog.name, "Usual")
        _press(user, dialog, "keep.agenda")

    answer(monkeypatch, TemplatesDialog, keep)
    user.window.do("record.templates")
    assert "The template was saved" in said_by(user.window.status)
    before = maintenance.digest(user.desk)
    user.open(second)

    def use(dialog: TemplatesDialog) -> None:
        assert dialog.table.item(0, 1).text() == "Usual"  # type: ignore[union-attr]
        user.bot.keyClick(dialog.table, Qt.Key.Key_Return)

    answer(monkeypatch, TemplatesDialog, use)
    user.window.do("record.templates")
    (item,) = records.children(user.desk, second)["agenda_item"]
    assert item.title["en"] == "Opening"  # type: ignore[attr-defined]
    user.click("toast.do")
    assert maintenance.digest(user.desk) == before
    user.open(user.id("person"))
    assert not user.window.menus.actions["record.templates"].isEnabled()
