"""The Tab order: through the window in reading order, however it was built.

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
"""Widgets that are a single stop, with everything inside them."""


def go_on(window: QWidget, *, forward: bool) -> bool:
    """Focus the next or previous stop. Return False where no stop has the focus, so that Qt decides."""
    found, focus = list(stops(window)), QApplication.focusWidget()
    if focus not in found:
        return False
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    found[(found.index(focus) + (1 if forward else -1)) % len(found)].setFocus(reason)
    return True


def stops(widget: QWidget) -> Iterator[QWidget]:
    """Yield the stops within a widget, in reading order."""
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
    # Tab stops at the checked one of exclusive buttons; arrows move on from there
    return group is None or not group.exclusive() or group.checkedButton() in (None, widget)


def _inside(widget: QWidget) -> list[QWidget]:
    """Return the direct children of a widget in layout order."""
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
    """Yield the widgets of a layout; a grid is read line by line.

    The parts are asked for their place, not ``itemAt`` for the parts: PySide keeps what that returns for as long as the
    layout lives, and takes it for the next object at the address of an item that Qt has deleted.
    """
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    parts: dict[int, QWidget | QLayout] = {
        layout.indexOf(each): each for each in layout.findChildren(QLayout, options=direct)
    }
    if (parent := layout.parentWidget()) is not None:
        parts |= {layout.indexOf(each): each for each in parent.findChildren(QWidget, options=direct)}
    order = sorted(at for at in parts if at >= 0)
    if isinstance(layout, QGridLayout):
        order.sort(key=lambda at: tuple(layout.getItemPosition(at))[:2])  # type: ignore[arg-type]
    for at in order:
        part = parts[at]
        if isinstance(part, QWidget):
            yield part
        else:
            yield from _laid(part)
