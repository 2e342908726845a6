"""Receiving a package with a passphrase at the window: what is asked, in the words of the file's own name and no HTML."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit

from tests.journeys.two_windows import AtWindow
from tests.ui.list_hands import answer
from tests.unit.exchange.laptops import Laptop
from ucapdesk.exchange.encryption import protect
from ucapdesk.services.exchange import exchange_service
from ucapdesk.services.records import records
from ucapdesk.ui.exchange.exchange_dialogs import ReceiveDialog
from ucapdesk.ui.workspaces.workspace_dialogs import PassphraseDialog

NAME = "minutes.ucapx" if sys.platform == "win32" else "<b>Right number.ucapx"


@pytest.fixture(scope="session")
def protected(_both_laptops: tuple[Laptop, Laptop], tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A package of Chen Yan under a passphrase."""
    chen = _both_laptops[1].cloned(tmp_path_factory.mktemp("protected") / "chen")
    chen.add("meeting", "title.en=Behind a word")
    plain = chen.give("plain.ucapx").read_bytes()
    chen.desk.close()
    return protect(plain, "柳州", 1)


def test_the_passphrase_is_asked_for_until_it_fits(
    both: tuple[AtWindow, AtWindow],
    protected: bytes,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    anna, _ = both
    package = tmp_path / NAME
    package.write_bytes(protected)
    told: list[str] = []

    def type_it(box: PassphraseDialog) -> None:
        (label,) = [each for each in box.findChildren(QLabel) if each.isVisible()]
        assert (label.textFormat(), box.line.echoMode()) == (Qt.TextFormat.PlainText, QLineEdit.EchoMode.Password)
        told.append(label.text().replace("\u200b", ""))
        anna.bot.keyClicks(box.line, "nobody knows") if len(told) == 1 else box.line.setText("柳州")
        anna.bot.keyClick(box.line, Qt.Key.Key_Return)

    answer(monkeypatch, PassphraseDialog, type_it)
    monkeypatch.setattr(ReceiveDialog, "exec", lambda _: 1)
    with anna.laptop.here():
        anna.come().window.commands.exchange_work.receive([package])
        anna.bot.waitUntil(lambda: bool(records.listing(anna.laptop.desk, "meeting", find="Behind")))
        anna.bot.waitUntil(lambda: not anna.window.work.busy)
    assert len(told) == 2
    assert all(NAME in said for said in told)


def test_a_package_is_given_under_a_passphrase_that_was_typed_twice(
    both: tuple[AtWindow, AtWindow], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, chen = both
    package = tmp_path / "given.ucapx"
    told: list[tuple[int, bool]] = []

    def type_it(box: PassphraseDialog) -> None:
        for again in ("kakao", "kakadu"):
            box.line.setText("kakadu")
            box.again.setText(again)
            anna.bot.keyClick(box.again, Qt.Key.Key_Return)
            told.append((box.result(), bool(box.message.text())))

    answer(monkeypatch, PassphraseDialog, type_it)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(package), ""))
    with anna.laptop.here():
        anna.laptop.add("meeting", "title.en=Given under a word")
        anna.come().window.do("go.exchange")
        page = anna.window.exchange.page
        assert page is not None
        assert page.protect is not None
        page.protect.setChecked(True)
    anna.click("exchange.give.save")
    assert [result for result, _ in told] == [0, 1]
    assert told[0][1], "that the two differ is told"
    with chen.laptop.here():
        locked, opened = (
            exchange_service.receive(chen.laptop.desk, [package], passphrase=word)[0] for word in (None, "kakadu")
        )
        assert locked.code == "E16"
        assert opened.why is None
