"""One part of a record as a row: a handle, its main fields, and a menu button."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QMenu, QSizePolicy, QToolButton, QWidget

from ucapdesk.base.i18n import Message, tr
from ucapdesk.model.codes import code_label, codes
from ucapdesk.model.kind import KindField
from ucapdesk.model.record import Record
from ucapdesk.model.values import When
from ucapdesk.model.values.bilingual import BilingualType
from ucapdesk.model.values.groups import GroupType
from ucapdesk.ui.fields.caption import Caption
from ucapdesk.ui.fields.editor import Editor, Seen
from ucapdesk.ui.fields.make_editor import editor_for
from ucapdesk.ui.record.record_page import RecordPage
from ucapdesk.ui.record.saving import Target
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.buttons import tool
from ucapdesk.ui.toolkit.icons import icon
from ucapdesk.ui.toolkit.layout_builder import column, row
from ucapdesk.ui.toolkit.menu_choice import add_choice
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.plain_text import PlainLabel, set_tool_tip
from ucapdesk.ui.toolkit.text_label import label
from ucapdesk.ui.window.navigation.tab_order import stops

EDGE = 28
"""Width of the handle, and of the menu button at the other end."""
CHOICES = (
    ("open", Message("form", "Open"), "Enter"),
    ("up", Message("form", "Move up"), "Ctrl+↑"),
    ("down", Message("form", "Move down"), "Ctrl+↓"),
    ("add", Message("form", "Add after this"), "Ctrl+N"),
    ("trash", Message("action", "Move to Trash"), "Del"),
)
"""The commands of a row's menu, with the keys that run them too."""


WORDS, NAMES, SIDE = 9, 22, "side"
"""Characters over which the labels of a code list are longer than a date, and as long as names."""
UNIT = 60
"""Minimum width for each unit of column weight; where there is less room, the last columns are hidden."""


def fitting(fields: Sequence[KindField], width: int) -> int:
    """Return how many of the first columns fit into a row of this width."""
    room, count = width - 2 * theme.px(EDGE), 0
    for field in fields:
        room -= _least(field) * theme.px(UNIT)
        if room < 0 and count:
            break
        count += 1
    return count


def _least(field: KindField) -> int:
    """Return the units without which a column is cut: codes as long as names need much."""
    if field.meta.kinds or field.meta.codes not in {"", SIDE}:
        return 5 if _longest(field.meta.codes) > NAMES else 2
    return weight(field)


def weight(field: KindField) -> int:
    """Return the relative width of a column."""
    if isinstance(field.type, GroupType) and field.type.cls is When:
        return 4
    if isinstance(field.type, BilingualType) or field.meta.long:
        return 5
    if field.meta.kinds or field.meta.codes == SIDE:
        return 4  # names, in two languages; sides are called by their cities
    return 3 if _longest(field.meta.codes) > WORDS else 2


@cache
def _longest(list_: str) -> int:
    """Return the characters of the longest label of a list of codes; 0 for none."""
    return max((len(code_label(list_, code, "en")) for code in codes(list_)), default=0) if list_ else 0


class Handle(QToolButton):
    """The handle of a row: the mouse drags the row, keys open, move or remove it.

    Signals:
        dragged(QPoint): the row is held over this place of the screen.
        dropped(QPoint): the row was dropped there.
    """

    dragged = Signal(QPoint)
    dropped = Signal(QPoint)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setIcon(icon("re_order_dots_vertical", 16, "text2"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.SizeVerCursor)
        self._from: QPoint | None = None
        self._moving = False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._from, self._moving = event.globalPosition().toPoint(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.globalPosition().toPoint()
        if self._from is not None:
            self._moving = self._moving or (at - self._from).manhattanLength() >= QApplication.startDragDistance()
        if self._moving and self.isEnabled():
            self.dragged.emit(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        moving, self._from, self._moving = self._moving, None, False
        if moving:
            self.dropped.emit(event.globalPosition().toPoint())


class _Cells(QWidget):
    """Cells side by side, each with the same width in every row."""

    def __init__(self, fields: Sequence[KindField], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields, self.cells, self.shown = fields, list[QWidget](), len(fields)
        self._row = row(gap=theme.GAP)
        self.under = column(self._row, on=self, gap=2, margins=0)
        """The row, and anything the list puts below it."""

    def put(self, cells: Sequence[QWidget]) -> None:
        """Lay the cells out side by side."""
        self.cells = list(cells)
        for field, cell in zip(self._fields, cells, strict=True):
            cell.setMinimumWidth(1)
            cell.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            self._row.addWidget(cell, weight(field), Qt.AlignmentFlag.AlignTop)

    def rename(self, fields: Sequence[KindField]) -> None:
        """Take the columns with the names that the sides have now."""
        self._fields = fields
        for field, cell in zip(fields, self.cells, strict=False):  # a list without rows has no labels yet
            if isinstance(cell, Editor):
                cell.rename(field)
            elif isinstance(cell, Caption):
                cell.setText(field.label())

    def show_columns(self, count: int) -> None:
        """Show only the first columns where there is no room for all."""
        self.shown = count
        for at, cell in enumerate(self.cells):
            cell.setVisible(at < count)


class ColumnLabels(_Cells):
    """The labels above the columns, made when a list has its first row."""

    def setVisible(self, visible: bool) -> None:
        if visible and not self.cells:
            self.put([Caption(field.label(), self) for field in self._fields])
            edge = theme.px(EDGE) + theme.GAP  # as wide as handle and menu of the rows, with the space beside them
            self._row.setContentsMargins(edge, 0, edge, 0)
            self.show_columns(self.shown)
        super().setVisible(visible)


class ChildRow(_Cells):
    """The editors of one part.

    Signals:
        asked(str): one of ``CHOICES`` was chosen in its menu.
    """

    asked = Signal(str)

    def __init__(self, view: RecordPage, fields: Sequence[KindField], target: Target, parent: QWidget) -> None:
        super().__init__(fields, parent)
        self.target = target
        self._over: PlainLabel | None = None
        self.setObjectName("parts.row")
        self.handle = named(Handle(self), "parts.row.handle")
        said, by_mouse = tr("form", "More commands of this row"), Qt.FocusPolicy.NoFocus  # the handle has keys for them
        self.menu = tool("parts.row.menu", "more_horizontal", said, parent=self, focus=by_mouse)
        self.menu.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu.pressed.connect(self._make_menu)
        self._read_only = view.read_only
        self.editors: list[Editor] = [editor_for(field, view.desk, self) for field in fields]
        for editor in self.editors:
            editor.make_compact()
            if self._read_only:
                editor.set_read_only()
        self.put(self.editors)
        for at, edge in ((0, self.handle), (-1, self.menu)):
            edge.setFixedWidth(theme.px(EDGE))
            self._row.insertWidget(at, edge, 0, Qt.AlignmentFlag.AlignTop)
        self.seen: Seen | None = None
        """Heads of the part as it is shown."""

    def head(self, text: str) -> None:
        """Show above this row what it and the following ones have in common; nothing where that is empty."""
        if self._over is None and text:
            self._over = label(role="strong", name="parts.row.head", parent=self)
            self.under.insertWidget(0, self._over)
        if self._over is not None:
            self._over.say(text)

    @property
    def id(self) -> str | None:
        """The id of the part, once it is created."""
        return self.target.id

    def _make_menu(self) -> None:
        if self.menu.menu() is not None:
            return
        menu = QMenu(self.menu)
        for what, said, key in CHOICES[: 1 if self._read_only else None]:
            add_choice(menu, f"{said.say()}\t{key}", partial(self.asked.emit, what))
        self.menu.setMenu(menu)

    def number(self, at: int) -> None:
        """Announce the row's position in the list to screen readers."""
        self.handle.setAccessibleName(tr("form", "Row {n}", n=at))
        set_tool_tip(self.handle, tr("form", "Drag to move. Enter opens, Ctrl+↑ and Ctrl+↓ move, Del removes."))

    def fill(self, record: Record, seen: Seen, *, typed_in: Editor | None) -> None:
        """Show a part if its values changed; text being typed or not saved stays."""
        if seen == self.seen:
            return
        self.seen = seen
        for editor in self.editors:
            if editor is not typed_in and not editor.refused:
                editor.set_value(getattr(record, editor.field.name), seen)

    def is_last(self, widget: QWidget) -> bool:
        """Return whether Tab would leave the row from this widget."""
        shown = [editor for editor in self.editors if not editor.isHidden()]
        return bool(shown) and next(stops(shown[-1], forward=False), None) is widget
