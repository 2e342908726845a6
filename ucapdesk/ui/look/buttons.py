"""The buttons of dialogs, made in one place: alike everywhere, and in the order that the system is used to."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QWidget

from ucapdesk.ui.look import theme

_Role = QDialogButtonBox.ButtonRole


def button(parent: QWidget, name: str, text: str, do: Callable[..., object], role: str = "") -> QPushButton:
    """Something to do; an Enter that was meant for a field never presses it."""
    made = QPushButton(text, parent)
    _set_up(made, name, do, role)
    made.setAutoDefault(False)
    return made


class Foot(QDialogButtonBox):
    """The last line of a dialog: at the left what can be done besides, at the right the way on and the way out."""

    def __init__(self, dialog: QDialog, *, by_enter: bool = True) -> None:
        """``by_enter``: Enter anywhere in the dialog is the way on."""
        super().__init__(dialog)
        self._dialog, self._by_enter = dialog, by_enter

    def main(self, name: str, text: str, do: Callable[..., object]) -> QPushButton:
        """The way on."""
        return self._put(text, _Role.AcceptRole if self._by_enter else _Role.YesRole, name, do, "main")

    def other(self, name: str, text: str, do: Callable[..., object]) -> QPushButton:
        """Another way on."""
        return self._put(text, _Role.ActionRole, name, do)

    def beside(self, name: str, text: str, do: Callable[..., object], role: str = "") -> QPushButton:
        """What can be done without leaving."""
        return self._put(text, _Role.ResetRole, name, do, role)

    def out(self, text: str, name: str = "", do: Callable[..., object] | None = None, role: str = "") -> QPushButton:
        """The way out, where nothing else is said that of Escape."""
        return self._put(text, _Role.RejectRole, name, do or self._dialog.reject, role)

    def _put(
        self, text: str, place: QDialogButtonBox.ButtonRole, name: str, do: Callable[..., object], role: str = ""
    ) -> QPushButton:
        made = self.addButton(text, place)
        _set_up(made, name, do, role)
        if not self._by_enter:
            made.setAutoDefault(False)
        return made


def _set_up(made: QPushButton, name: str, do: Callable[..., object], role: str) -> None:
    made.setObjectName(name)
    if role:
        theme.role(made, role)
    made.clicked.connect(lambda _=False: do())
