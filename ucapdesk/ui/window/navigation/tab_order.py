"""The Tab order: through the window in reading order, however it was built.

Qt goes in the order in which widgets were made, which changes with every row that is added and every field that is
unfolded. Here the order is that of the layouts, asked anew at each press.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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
    focus = QApplication.focusWidget()
    found = None if focus is None else next(following(window, focus, forward=forward), None)
    if found is not None:
        found.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    return found is not None


def stops(widget: QWidget, *, forward: bool = True) -> Iterator[QWidget]:
    """Yield the stops within a widget, in reading order or against it."""
    if _is_hidden(widget):
        return
    if forward and _is_stop(widget):
        yield widget
    if not isinstance(widget, WHOLE):
        for child in _ordered(_inside(widget), forward):
            yield from stops(child, forward=forward)
    if not forward and _is_stop(widget):
        yield widget


def following(window: QWidget, stop: QWidget, *, forward: bool = True) -> Iterator[QWidget]:
    """Yield the stops behind one, or before it, and go on round the window; nothing where it is no stop of the window.

    Only what lies between two stops is looked at: the whole window, with hundreds of widgets, would take a key longer than
    the page it moves on.
    """
    way = _way(window, stop)
    if way is None:
        return
    if forward and not isinstance(stop, WHOLE):
        for child in _inside(stop):
            yield from stops(child)
    at = stop
    for over, beside in way:
        here = beside.index(at)
        for each in _ordered(beside[here + 1 :] if forward else beside[:here], forward):
            yield from stops(each, forward=forward)
        if not forward and _is_stop(over):
            yield over
        at = over
    yield from stops(window, forward=forward)


def _way(window: QWidget, stop: QWidget) -> list[tuple[QWidget, list[QWidget]]] | None:
    """Return what holds a stop, from the inside to the window, each with its children; None where ``stops`` leaves it out."""
    way: list[tuple[QWidget, list[QWidget]]] = []
    at = stop
    if not _is_stop(stop) or _is_hidden(stop):
        return None
    while at is not window:
        over = _holder(at)
        if over is None or isinstance(over, WHOLE) or _is_hidden(over) or at not in (beside := _inside(over)):
            return None
        way.append((over, beside))
        at = over
    return way


def _holder(widget: QWidget) -> QWidget | None:
    """Return the widget that has this one among its children; what scrolls is the child of the area, not of its viewport."""
    parent = widget.parentWidget()
    area = None if parent is None else parent.parentWidget()
    return area if isinstance(area, QScrollArea) and area.widget() is widget else parent


def _ordered(widgets: list[QWidget], forward: bool) -> Iterable[QWidget]:
    return widgets if forward else reversed(widgets)


def _is_hidden(widget: QWidget) -> bool:
    return widget.isHidden() and not widget.isWindow()


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
