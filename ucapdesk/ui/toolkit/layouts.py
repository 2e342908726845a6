"""Columns, rows, forms, tabs and stacked pages: the layout of a page is said in one expression.

``FlowLayout`` wraps widgets like words, on as many lines as they need. ``Stack`` shows one of several widgets: a
``QStackedWidget`` is a layered pane to screen readers, which say “layered pane, 0 items” whenever the keys get into it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFormLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QSplitter,
    QStackedLayout,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.signals import repeating
from ucapdesk.ui.toolkit.widgets import label, named

CLOSE = 4  # Precision in pixels of the width found for a wrapped text


class FlowLayout(QLayout):
    """A layout for chips and buttons that never makes a window wider."""

    def __init__(self, parent: QWidget | None = None, gap: int = 6) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}  # Heights by width; Qt asks for them very often
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self.invalidate()

    def count(self) -> int:
        self._items = self._living()
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        self.invalidate()
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._place(QRect(0, 0, width, 0), only_measure=True)
        return self._heights[width]

    def invalidate(self) -> None:
        self._heights.clear()
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, only_measure=False)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        widest = QSize()
        for item in self._living():
            widest = widest.expandedTo(item.minimumSize())
        margins = self.contentsMargins()
        return widest + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _living(self) -> list[QLayoutItem]:
        """Return the items that Qt has not deleted with their widgets."""
        return [item for item in self._items if isValid(item)]

    def _place(self, rect: QRect, *, only_measure: bool) -> int:
        margins = self.contentsMargins()
        room = rect.adjusted(margins.left(), margins.top(), -margins.right(), -margins.bottom())
        top = room.top() - self._gap
        for line in self._lines(max(room.width(), 1)):
            left, top = room.left(), top + self._gap
            high = max(size.height() for _, size in line)
            for item, size in line:
                if not only_measure:
                    item.setGeometry(QRect(QPoint(left, top + (high - size.height()) // 2), size))
                left += size.width() + self._gap
            top += high
        return max(top, room.top()) - rect.top() + margins.bottom()

    def _lines(self, width: int) -> Iterator[list[tuple[QLayoutItem, QSize]]]:
        line: list[tuple[QLayoutItem, QSize]] = []
        left = width
        for item in self._living():
            widget = item.widget()
            if widget is not None and widget.isHidden():
                continue
            size = _size(item, left, width)
            if line and size.width() > left:
                yield line
                line, left = [], width
            line.append((item, size))
            left -= size.width() + self._gap
        if line:
            yield line


def _size(item: QLayoutItem, left: int, width: int) -> QSize:
    """Return the size of an item in a line with this much room left, or in a line of its own.

    A text that wraps stays in the line where it needs no more lines there than it would alone, and is as narrow as that allows.
    """
    hint = item.sizeHint()
    if not item.hasHeightForWidth():
        return hint.boundedTo(QSize(width, hint.height()))
    high = item.heightForWidth(width)
    widest = left if left > 0 and item.heightForWidth(left) <= high else width
    narrow = min(hint.width(), widest)
    if item.heightForWidth(narrow) <= high:
        return QSize(narrow, high)
    while widest - narrow > CLOSE:
        middle = (narrow + widest) // 2
        if item.heightForWidth(middle) <= high:
            widest = middle
        else:
            narrow = middle
    return QSize(widest, high)


ANYWHERE = Qt.AlignmentFlag(0)
# All sides; left and right, top and bottom; or left, top, right, bottom.
Margins = int | tuple[int, int] | tuple[int, int, int, int]

W = TypeVar("W", bound=QWidget)
B = TypeVar("B", bound=QBoxLayout)


class PlacedPart(NamedTuple):
    """A part with its share of the spare room, and where it stands in more room than it needs."""

    part: QWidget | QLayout | None
    share: int = 0
    align: Qt.AlignmentFlag = ANYWHERE


Part = QWidget | QLayout | PlacedPart | int | None  # ``int``: empty pixels; ``None``: nothing

STRETCH = PlacedPart(None, 1)
REST = PlacedPart(None)  # Takes the room that no other part can take


def grow(part: QWidget | QLayout, share: int = 1) -> PlacedPart:
    return PlacedPart(part, share)


def left(part: QWidget) -> PlacedPart:
    return PlacedPart(part, 0, Qt.AlignmentFlag.AlignLeft)


def top(part: QWidget) -> PlacedPart:
    return PlacedPart(part, 0, Qt.AlignmentFlag.AlignTop)


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
    for part in parts:
        placed = (
            part if isinstance(part, PlacedPart) else PlacedPart(part) if isinstance(part, QWidget | QLayout) else None
        )
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
    made = named(QWidget(parent), name)
    made.setLayout(layout)
    _set_margins(layout, margins)
    return made


def framed(layout: QLayout, role: str) -> QFrame:
    made = named(QFrame(), "", role=role)
    made.setLayout(layout)
    return made


def scrolled(page: QWidget | None, parent: QWidget | None = None, name: str = "") -> QScrollArea:
    area = named(QScrollArea(parent), name)
    scroll_down(area)
    if page is not None:
        area.setWidget(page)
    return area


def scroll_down(area: QScrollArea) -> None:
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


LOOKS = 10


def grow_with_contents(page: QWidget) -> None:
    """Check a few times, when idle, whether a page that was just shown has its full height.

    A text finds out how high it is when it has its width; Qt loses that where it is in the middle of laying out.
    """
    looks = iter(range(LOOKS))

    def look() -> None:
        layout = page.layout()
        if layout is not None and page.height() < max(
            page.heightForWidth(page.width()), page.minimumSizeHint().height()
        ):
            layout.update()
        if next(looks, None) is None:
            timer.stop()
            timer.deleteLater()

    timer = repeating(page, 0, look)  # ends with the page: of a single shot, PySide would keep what it was to call
    timer.start()
    look()


def captioned(text: str, field: QWidget) -> QWidget:
    return panel(column(label(text, "caption", buddy=field), field, gap=theme.INSIDE))


def side_by_side(*fields: QWidget) -> QHBoxLayout:
    said = [
        label(each.accessibleName(), "caption", wrap=False, buddy=each, parent=each.parentWidget()) for each in fields
    ]
    pairs = [grow(column(caption, each, gap=theme.FIELDS)) for caption, each in zip(said, fields, strict=True)]
    return row(*pairs, gap=theme.MARGIN)


class Stack(QWidget):
    """Shows one of its ``pages``, at first the first one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pages = QStackedLayout(self)


def tab_bar(name: str, said: str, parent: QWidget) -> QTabBar:
    """Return tabs as wide as their words. Where there is no room for all, arrows beside them lead to the others."""
    made = named(QTabBar(parent), name, said)
    made.setDrawBase(False)
    made.setExpanding(False)
    made.setUsesScrollButtons(True)
    for arrow in made.findChildren(QToolButton):
        arrow.setProperty("role", "scroll")
    return made
