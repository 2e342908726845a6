"""Whatever is pressed in whatever order: no exception, the keys are somewhere to be seen, no word is lost."""

from __future__ import annotations

import os

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QFileDialog

from tests.helpers.monkey import Monkey
from tests.ui.conftest import User

STEPS = int(os.environ.get("UCAPDESK_MONKEY_STEPS", "300"))
SEEDS = range(1, int(os.environ.get("UCAPDESK_MONKEY_SEEDS", "24")) + 1)  # About twenty minutes in all


@pytest.fixture(autouse=True)
def _no_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Dialogs of the system, printers and other programs are not of this program."""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: ("", ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_, **__: ([], ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, **__: "")
    monkeypatch.setattr(QPrintDialog, "exec", lambda _: 0)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: True)


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.soak) for seed in SEEDS)])
def test_a_monkey_finds_nothing(user: User, seed: int) -> None:
    Monkey(user.bot, user.desk, user.window, seed).run(STEPS if seed else 25)
    for _ in range(2):  # what is no value yet is told once
        user.window.close()
