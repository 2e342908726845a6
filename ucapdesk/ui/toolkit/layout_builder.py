"""Columns, rows and forms: what stands where in the window is said in one expression."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFormLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.flow_layout import FlowLayout
from ucapdesk.ui.toolkit.named import named

ANYWHERE = Qt.AlignmentFlag(0)
Margins = int | tuple[int, int] | tuple[int, int, int, int]
"""All sides; left and right, top and bottom; or left, top, right, bottom."""

W = TypeVar("W", bound=QWidget)
B = TypeVar("B", bound=QBoxLayout)


class Placed(NamedTuple):
    """A part with its share of the spare room, and where it stands in more room than it needs."""

    part: QWidget | QLayout | None
    share: int = 0
    align: Qt.AlignmentFlag = ANYWHERE


Part = QWidget | QLayout | Placed | int | None
"""``int``: empty pixels; ``None``: nothing."""

STRETCH = Placed(None, 1)
"""Takes the spare room."""
REST = Placed(None)
"""Takes the room that no other part can take."""


def grow(part: QWidget | QLayout, share: int = 1) -> Placed:
    """Return a part that takes the spare room, or its share of it."""
    return Placed(part, share)


def left(part: QWidget) -> Placed:
    """Return a part of a column that is no wider than it needs."""
    return Placed(part, 0, Qt.AlignmentFlag.AlignLeft)


def top(part: QWidget) -> Placed:
    """Return a part of a row that is no higher than it needs."""
    return Placed(part, 0, Qt.AlignmentFlag.AlignTop)


def column(
    *parts: Part, on: QWidget | None = None, gap: int | None = None, margins: Margins | None = None
) -> QVBoxLayout:
    """Return parts one below another.

    Args:
        parts: What stands in it.
        on: The widget that it fills.
        gap: Pixels between parts; None for the gap of the style.
        margins: Pixels around them; None for those of the style, which a layout within another has not.
    """
    return _filled(QVBoxLayout(on) if on is not None else QVBoxLayout(), parts, gap, margins)


def row(*parts: Part, on: QWidget | None = None, gap: int | None = None, margins: Margins | None = None) -> QHBoxLayout:
    """Return parts side by side; the arguments are those of ``column``."""
    return _filled(QHBoxLayout(on) if on is not None else QHBoxLayout(), parts, gap, margins)


def add(layout: QBoxLayout, *parts: Part) -> None:
    """Add parts at the end of a column or row."""
    for part in parts:
        placed = part if isinstance(part, Placed) else Placed(part) if isinstance(part, QWidget | QLayout) else None
        if isinstance(part, int):
            layout.addSpacing(part)
        elif placed is not None and isinstance(placed.part, QWidget):
            layout.addWidget(placed.part, placed.share, placed.align)
        elif placed is not None and isinstance(placed.part, QLayout):
            layout.addLayout(placed.part, placed.share)
        elif placed is not None:
            layout.addStretch(placed.share)


def grid(*, on: QWidget | None = None, across: int, down: int, margins: Margins | None = None) -> QGridLayout:
    """Return an empty grid, with so many pixels between columns and between rows; for ``on`` and ``margins`` see ``column``."""
    made = QGridLayout(on) if on is not None else QGridLayout()
    made.setHorizontalSpacing(across)
    made.setVerticalSpacing(down)
    _set_margins(made, margins)
    return made


def flow(*widgets: QWidget, on: QWidget | None = None, gap: int = theme.GAP) -> FlowLayout:
    """Return widgets side by side, on as many lines as they need; ``on`` is the widget that they fill."""
    made = FlowLayout(on, gap)
    for each in widgets:
        made.addWidget(each)
    return made


def form(*rows: tuple[str, QWidget] | QWidget, gap: int) -> QFormLayout:
    """Return fields with their labels beside them, or above where there is no room."""
    made = QFormLayout()
    made.setSpacing(gap)
    made.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
    for each in rows:
        if isinstance(each, tuple):
            made.addRow(*each)
        else:
            made.addRow("", each)
    return made


def panel(layout: QLayout, parent: QWidget | None = None, *, name: str = "", margins: Margins = 0) -> QWidget:
    """Return a widget with nothing but this layout."""
    made = named(QWidget(parent), name)
    made.setLayout(layout)
    _set_margins(layout, margins)
    return made


def framed(layout: QLayout, role: str) -> QFrame:
    """Return a frame around a layout, drawn by its role."""
    made = named(QFrame(), "", role=role)
    made.setLayout(layout)
    return made


def scrolled(page: QWidget | None, parent: QWidget | None = None, name: str = "") -> QScrollArea:
    """Return an area that scrolls a page up and down and never takes the focus."""
    area = named(QScrollArea(parent), name)
    scroll_down(area)
    if page is not None:
        area.setWidget(page)
    return area


def scroll_down(area: QScrollArea) -> None:
    """Have an area scroll up and down only, and never take the focus."""
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


def split(*parts: QWidget, sizes: Sequence[int], parent: QWidget, upright: bool = False) -> QSplitter:
    """Return parts side by side, or ``upright`` one below another; the border can be dragged, but none of them away."""
    made = QSplitter(Qt.Orientation.Vertical if upright else Qt.Orientation.Horizontal, parent)
    made.setChildrenCollapsible(False)
    for each in parts:
        made.addWidget(each)
    made.setSizes(sizes)
    return made


def replace_page(area: QScrollArea, page: QWidget) -> None:
    """Show another page in an area; what is on the one before may be at work still."""
    old = area.takeWidget()
    area.setWidget(page)
    discard(old)


def discard(*widgets: QWidget | None) -> None:
    """Have widgets seen no more, and deleted once whatever they are at work on is done."""
    for each in widgets:
        if each is not None:
            each.hide()
            each.deleteLater()


def refill(layout: QLayout, widgets: Iterable[QWidget]) -> None:
    """Show these widgets in place of those before."""
    while (taken := layout.takeAt(0)) is not None:
        discard(taken.widget())
    for each in widgets:
        layout.addWidget(each)
        each.show()


def _filled(layout: B, parts: Sequence[Part], gap: int | None, margins: Margins | None) -> B:
    _set_margins(layout, margins)
    if gap is not None:
        layout.setSpacing(gap)
    add(layout, *parts)
    return layout


def _set_margins(layout: QLayout, margins: Margins | None) -> None:
    if isinstance(margins, int):
        layout.setContentsMargins(margins, margins, margins, margins)
    elif margins is not None:
        layout.setContentsMargins(*(margins * 2)[:4])
