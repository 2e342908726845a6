"""Menus that are made when they are opened, and entries, ticked where their choice holds."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from ucapdesk.ui.toolkit.named import named


def passing_menu(parent: QWidget, name: str = "") -> QMenu:
    """Return a menu that is gone once it was closed."""
    menu = named(QMenu(parent), name)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu


def filled(menu: QMenu, fill: Callable[[QMenu], object]) -> QMenu:
    """Return a menu that is filled anew each time it opens."""

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
