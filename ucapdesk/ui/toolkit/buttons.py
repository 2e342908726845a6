"""Buttons, alike everywhere and in dialogs in the order usual on the system; and menus that are made when they are opened."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QMenu,
    QPushButton,
    QRadioButton,
    QToolButton,
    QWidget,
)

from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.accessibility import named
from ucapdesk.ui.toolkit.icons import icon
from ucapdesk.ui.toolkit.labels import set_tool_tip

_Role = QDialogButtonBox.ButtonRole
KEYPAD = Qt.KeyboardModifier.KeypadModifier
B = TypeVar("B", bound=QPushButton)


def button(
    name: str,
    text: str,
    do: Callable[..., object] | None = None,
    role: str = "",
    *,
    mark: str = "",
    said: str = "",
    tip: str = "",
    checked: bool | None = None,
    parent: QWidget | None = None,
) -> QPushButton:
    """Return a push button that an Enter meant for a field never presses; for the arguments see ``set_up``."""
    return set_up(QPushButton(text, parent), name, do, role, mark=mark, said=said, tip=tip, checked=checked)


def set_up(
    made: B,
    name: str,
    do: Callable[..., object] | None = None,
    role: str = "",
    *,
    mark: str = "",
    said: str = "",
    tip: str = "",
    checked: bool | None = None,
) -> B:
    """Set up a button of any class.

    Args:
        made: The button.
        name: The object name.
        do: What a click does.
        role: Its look, as the style sheet names it: ``main``, ``quiet``, ``chip``, ``danger`` …
        mark: The icon before the text.
        said: The name for screen readers, where it is not the text.
        tip: The tooltip.
        checked: Whether it is checked; None for a button that cannot be.
    """
    made.setAutoDefault(False)
    if mark:
        made.setIcon(icon(mark, 16))
    if checked is not None:
        made.setCheckable(True)
        made.setChecked(checked)
    return _named(made, name, do, role, said=said, tip=tip)


def tool(
    name: str,
    mark: str,
    said: str,
    do: Callable[..., object] | None = None,
    parent: QWidget | None = None,
    *,
    size: int = 16,
    colour: str = "text",
    focus: Qt.FocusPolicy = Qt.FocusPolicy.StrongFocus,
) -> QToolButton:
    made = QToolButton(parent)
    made.setIcon(icon(mark, size, colour))
    made.setFocusPolicy(focus)
    return _named(made, name, do, said=said, tip=said)


def menu_tool(name: str, said: str, menu: QMenu, parent: QWidget) -> QToolButton:
    made = tool(name, "more_horizontal", said, parent=parent, size=20)
    made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    made.setMenu(menu)
    return made


def radio_group(name: str, choices: Iterable[str], parent: QWidget) -> QButtonGroup:
    group = QButtonGroup(parent)
    for number, said in enumerate(choices):
        choice = named(QRadioButton(said, parent), f"{name}.{number}")
        choice.setChecked(number == 0)
        group.addButton(choice, number)
    return group


def press_by_enter(window: QWidget, event: QKeyEvent) -> bool:
    """Press the focused button of a window at Enter and return whether it was; Qt presses only those that may be a default."""
    enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    focus = window.focusWidget()
    if not enter or event.modifiers() & ~KEYPAD or not isinstance(focus, QPushButton | QToolButton):
        return False
    focus.click()
    return True


class ButtonBox(QDialogButtonBox):
    """The button row of a dialog: additional actions on the left, accepting and leaving on the right."""

    def __init__(self, dialog: QDialog, *, by_enter: bool = True) -> None:
        """``by_enter``: Enter accepts the dialog, except on another button."""
        super().__init__(dialog)
        self._dialog, self._by_enter = dialog, by_enter

    def main(self, name: str, text: str, do: Callable[..., object]) -> QPushButton:
        return self._add(name, text, do, _Role.AcceptRole if self._by_enter else _Role.YesRole, "main")

    def other(self, name: str, text: str, do: Callable[..., object]) -> QPushButton:
        return self._add(name, text, do, _Role.ActionRole)

    def beside(self, name: str, text: str, do: Callable[..., object], role: str = "") -> QPushButton:
        return self._add(name, text, do, _Role.ResetRole, role)

    def out(self, text: str, name: str = "", do: Callable[..., object] | None = None, role: str = "") -> QPushButton:
        """Add the button that leaves the dialog; without a function it does what Escape does."""
        return self._add(name, text, do or self._dialog.reject, _Role.RejectRole, role)

    def _add(self, name: str, text: str, do: Callable[..., object], place: _Role, role: str = "") -> QPushButton:
        made = self.addButton(text, place)
        if not self._by_enter:
            made.setAutoDefault(False)
        if role:
            theme.role(made, role)  # the box has dressed it already
        return _named(made, name, do)


A = TypeVar("A", bound=QAbstractButton)


def _named(made: A, name: str, do: Callable[..., object] | None, role: str = "", *, said: str = "", tip: str = "") -> A:
    named(made, name, said, role=role)
    if tip:
        set_tool_tip(made, tip)
    if do is not None:
        made.clicked.connect(lambda _=False: do())
    return made


def temporary_menu(parent: QWidget, name: str = "") -> QMenu:
    menu = named(QMenu(parent), name)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu


def filled_on_open(menu: QMenu, fill: Callable[[QMenu], object]) -> QMenu:
    def renew() -> None:
        menu.clear()
        fill(menu)

    menu.aboutToShow.connect(renew)
    return menu


def add_choice(
    menu: QMenu, said: str, do: Callable[[], object], *, checked: bool | None = None, name: str = ""
) -> QAction:
    """Add an entry, with a tick where it can be ``checked``, and return it; a & in its words marks no key."""
    action = menu.addAction(said.replace("&", "&&"))
    action.setObjectName(name)
    if checked is not None:
        action.setCheckable(True)
        action.setChecked(checked)
    action.triggered.connect(lambda _=False: do())
    return action
