"""Receiving a package with a passphrase at the window: what is asked, in the words of the file's own name and no HTML."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QLabel, QLineEdit

from tests.journeys.two_windows import AtWindow
from ucapdesk.exchange.trust.encryption import protect
from ucapdesk.services.records import records
from ucapdesk.ui.exchange.receive_preview import ReceiveDialog

NAME = "minutes.ucapx" if sys.platform == "win32" else "<b>Right number.ucapx"


@pytest.mark.parametrize("work", [1, 18])
def test_the_passphrase_is_asked_for_until_it_fits(
    both: tuple[AtWindow, AtWindow], look: str, monkeypatch: pytest.MonkeyPatch, work: int
) -> None:
    """With ``work`` 18 as earlier versions protected: what that takes is told before it is taken."""
    anna, chen = both
    chen.laptop.add("meeting", "title.en=Behind a word")
    package = chen.laptop.give("plain.ucapx").with_name(NAME)
    package.write_bytes(protect(package.with_name("plain.ucapx").read_bytes(), "柳州", work))
    told: list[str] = []

    def answer(box: QInputDialog) -> int:
        (label,) = box.findChildren(QLabel)
        assert (label.textFormat(), box.textEchoMode()) == (Qt.TextFormat.PlainText, QLineEdit.EchoMode.Password)
        told.append(label.text())
        box.setTextValue("柳" if len(told) == 1 else "柳州")
        return 1

    monkeypatch.setattr(QInputDialog, "exec", answer)
    monkeypatch.setattr(ReceiveDialog, "exec", lambda _: 1)
    with anna.laptop.here():
        anna.come().window.commands.exchange_work.receive([package])
        anna.bot.waitUntil(lambda: bool(records.listing(anna.laptop.desk, "meeting", find="Behind")))
        anna.bot.waitUntil(lambda: not anna.window.work.busy)
    assert len(told) == 2
    assert all(NAME in said for said in told)
    assert ("256 MB" in told[1]) == (work == 18)
