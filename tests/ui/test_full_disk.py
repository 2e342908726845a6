"""On a disk without room the window only reads, and says that a package to another disk can still be given."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from ucapdesk.services import Desk
from ucapdesk.store.workspace.workspace import ASKED, FULL
from ucapdesk.ui.exchange.exchange_page import ExchangePage
from ucapdesk.ui.exchange.watched_places import WatchedPlaces


@pytest.mark.parametrize(("why", "can"), [(FULL, True), (ASKED, False)])
def test_giving_is_offered_where_only_room_is_lacking(
    qtbot: QtBot, dressed: QApplication, workspace_folder: Path, why: object, can: bool
) -> None:
    with Desk.open(workspace_folder, read_only=True) as desk:
        desk.workspace.why_read_only = why  # type: ignore[assignment]
        places = WatchedPlaces(desk)
        places.stop()
        page = ExchangePage(desk, places, [], lambda *_: None)
        qtbot.addWidget(page)
        page.refresh()
        save, receive = (page.findChild(QPushButton, f"exchange.{name}") for name in ("give.save", "receive.open"))
        assert save is not None
        assert receive is not None
        assert (save.isEnabled(), receive.isEnabled()) == (can, False)
