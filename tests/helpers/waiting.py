"""The hands of ``qtbot``, which wait for what must come as long as it takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from pytestqt.qtbot import QtBot

from tests.helpers.clock import PATIENCE

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance
    from PySide6.QtWidgets import QWidget

MILLISECONDS = int(PATIENCE * 1000)
MOMENT = 10  # Milliseconds of rest in place of those that a person leaves between two keys: nobody types meanwhile


class PatientBot(QtBot):
    """``qtbot``, but for how long it waits: pytest-qt gives up after five seconds, and a busy machine may need them."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = MILLISECONDS) -> None:  # noqa: N802
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: SignalInstance, *, timeout: int = MILLISECONDS, **how: Any) -> Any:  # noqa: N802
        return super().waitSignal(signal, timeout=timeout, **how)

    def waitExposed(self, widget: QWidget, *, timeout: int = MILLISECONDS) -> Any:  # noqa: N802
        return super().waitExposed(widget, timeout=timeout)

    def waitActive(self, widget: QWidget, *, timeout: int = MILLISECONDS) -> Any:  # noqa: N802
        return super().waitActive(widget, timeout=timeout)
