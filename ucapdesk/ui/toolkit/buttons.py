"""The buttons of dialogs: alike everywhere, and in the order usual on the system."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QWidget

from ucapdesk.ui.toolkit import theme

_Role = QDialogButtonBox.ButtonRole


def button(parent: QWidget, name: str, text: str, do: Callable[..., object], role: str = "") -> QPushButton:
    """Return a push button that an Enter meant for a field never presses."""
    made = QPushButton(text, parent)
    _set_up(made, name, do, role)
    made.setAutoDefault(False)
    return made


class ButtonBox(QDialogButtonBox):
    """The button row of a dialog: additional actions on the left, accepting and leaving on the right."""

    def __init__(self, dialog: QDialog, *, by_enter: bool = True) -> None:
        """``by_enter``: Enter anywhere in the dialog accepts it."""
        super().__init__(dialog)
        self._dialog, self._by_enter = dialog, by_enter

    def main(self, name: str, text: str, do: Callable[..., object]) -> QPushButton:
        """Add the button that accepts the dialog."""
        return self._put(text, _Role.AcceptRole if self._by_enter else _Role.YesRole, name, do, "main")

    def other(self, name: str, text: str, do: Callable[..., object]) -> QPushButton:
        """Add another button that accepts the dialog."""
        return self._put(text, _Role.ActionRole, name, do)

    def beside(self, name: str, text: str, do: Callable[..., object], role: str = "") -> QPushButton:
        """Add a button for an action that leaves the dialog open."""
        return self._put(text, _Role.ResetRole, name, do, role)

    def out(self, text: str, name: str = "", do: Callable[..., object] | None = None, role: str = "") -> QPushButton:
        """Add the button that leaves the dialog; without a function it does what Escape does."""
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
