"""Where Tab goes: through the window in the order of reading, whatever was built first.

Qt goes in the order in which widgets were made, which changes with every row that is added and every field that is
unfolded. Here the order is that of the layouts, asked anew at each press.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QGridLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QMainWindow,
    QScrollArea,
    QSplitter,
    QWidget,
)

WHOLE = (QAbstractItemView, QComboBox, QLineEdit, QAbstractButton, QLabel)
"""What is one stop, with whatever is inside."""


def go_on(window: QWidget, *, forward: bool) -> bool:
    """Put the keys into the next stop, or the one before. False where the keys are at none, so that Qt decides."""
    found, focus = list(stops(window)), QApplication.focusWidget()
    if focus not in found:
        return False
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    found[(found.index(focus) + (1 if forward else -1)) % len(found)].setFocus(reason)
    return True


def stops(widget: QWidget) -> Iterator[QWidget]:
    """A widget and what is in it, as far as Tab stops there, in the order of reading."""
    if widget.isHidden() and not widget.isWindow():
        return
    if _is_stop(widget):
        yield widget
    if not isinstance(widget, WHOLE):
        for child in _inside(widget):
            yield from stops(child)


def _is_stop(widget: QWidget) -> bool:
    if not (widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled() and widget.focusProxy() is None):
        return False
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    # of buttons that exclude one another, Tab comes to the one that is down; arrows go on from there
    return group is None or not group.exclusive() or group.checkedButton() in (None, widget)


def _inside(widget: QWidget) -> list[QWidget]:
    """The widgets directly in another one."""
    laid: list[QWidget | None] = []
    if isinstance(widget, QScrollArea):
        return [inner] if (inner := widget.widget()) is not None else []
    if isinstance(widget, QAbstractScrollArea):
        return []
    if isinstance(widget, QSplitter):
        laid = [widget.widget(at) for at in range(widget.count())]
    elif isinstance(widget, QMainWindow):
        laid = [widget.centralWidget(), widget.statusBar()]
    elif (layout := widget.layout()) is not None:
        laid = list(_laid(layout))
    others = [child for child in widget.children() if isinstance(child, QWidget) and not child.isWindow()]
    return [child for child in dict.fromkeys((*laid, *others)) if child is not None]


def _laid(layout: QLayout) -> Iterator[QWidget]:
    """The widgets of a layout; a grid is read line by line."""
    order = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        order.sort(key=lambda at: tuple(layout.getItemPosition(at))[:2])  # type: ignore[arg-type]
    for at in order:
        item = layout.itemAt(at)
        inner, widget = (item.layout(), item.widget()) if item is not None else (None, None)
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _laid(inner)
