"""An ordered list of parts in the form of their owner: one row of fields for each part, moved by keys or by a handle."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache, cached_property, partial
from typing import Any, ClassVar

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QMenu, QPushButton, QSizePolicy, QToolButton, QWidget

from ucapdesk.base.i18n import Message, ntr, tr
from ucapdesk.model.codes import code_label, codes
from ucapdesk.model.kind import Kind, KindField
from ucapdesk.model.record import Record
from ucapdesk.model.values import When
from ucapdesk.model.values.bilingual import BilingualType
from ucapdesk.model.values.groups import GroupType
from ucapdesk.services.records import records
from ucapdesk.services.visits import visits
from ucapdesk.ui.fields.editor import Caption, Editor, Seen
from ucapdesk.ui.fields.editor_factory import editor_for
from ucapdesk.ui.fields.links import LinksEditor
from ucapdesk.ui.record.form import focus_first
from ucapdesk.ui.record.record_page import RecordPage
from ucapdesk.ui.record.saving import Target, is_composing
from ucapdesk.ui.toolkit import layouts, theme
from ucapdesk.ui.toolkit.keyboard_focus import follow_focus, tab_stops
from ucapdesk.ui.toolkit.layouts import column, row
from ucapdesk.ui.toolkit.signals import application, single_shot
from ucapdesk.ui.toolkit.widgets import (
    ElidedButton,
    PlainLabel,
    add_choice,
    button,
    icon,
    label,
    named,
    set_tool_tip,
    set_up,
    tool,
)

EDGE = 28  # width of the handle, and of the menu button at the other end
# The commands of a row's menu, with the keys that run them too.
CHOICES = (
    ("open", Message("form", "Open"), "Enter"),
    ("up", Message("form", "Move up"), "Ctrl+↑"),
    ("down", Message("form", "Move down"), "Ctrl+↓"),
    ("add", Message("form", "Add after this"), "Ctrl+N"),
    ("trash", Message("action", "Move to Trash"), "Del"),
)


# Characters over which the labels of a code list are longer than a date, and as long as names.
WORDS, NAMES, SIDE = 9, 22, "side"
UNIT = 60  # minimum width for each unit of column weight; where there is less room, the last columns are hidden


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
        self.under = column(self._row, on=self, gap=2, margins=0)  # the row, and anything the list puts below it

    def put(self, cells: Sequence[QWidget]) -> None:
        self.cells = list(cells)
        for field, cell in zip(self._fields, cells, strict=True):
            cell.setMinimumWidth(1)
            cell.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            self._row.addWidget(cell, weight(field), Qt.AlignmentFlag.AlignTop)

    def rename(self, fields: Sequence[KindField]) -> None:
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
        self.seen: Seen | None = None  # heads of the part as it is shown

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
        shown = [editor for editor in self.editors if not editor.isHidden()]
        return bool(shown) and next(tab_stops(shown[-1], forward=False), None) is widget


MAX_COLUMNS = 4
# Rows made when the list is shown; rows that then follow by themselves, and how many at a time. A button shows the
# rest.
FIRST_ROWS, PAGE, STEP = 1, 20, 2
CTRL = Qt.KeyboardModifier.ControlModifier


def columns_of(kind: Kind, names: Sequence[str] = ()) -> list[KindField]:
    """Return the fields of a row: the named ones, else the columns that lists of the kind show."""
    if names:
        return [kind.fields[name] for name in names]
    return [f for f in kind.fields.values() if f.meta.column and not f.meta.owner and not f.is_set][:MAX_COLUMNS]


class ChildList(QWidget):
    """The parts of one kind that belong to one record."""

    row_class: ClassVar[type[ChildRow]] = ChildRow

    def __init__(self, view: RecordPage, owner: str, kind: Kind, parent: QWidget, columns: Sequence[str] = ()) -> None:
        """``columns``: the fields of a row, where they differ from the usual ones."""
        super().__init__(parent)
        self.kind = kind
        self.movable = "when" not in kind.fields  # false for parts with a time, which are sorted by it
        self._view, self._desk, self._saving = view, view.desk, view.saving
        self._owner = owner
        self._given: dict[str, Any] = {"owner": owner}  # the values a new part starts with
        self._columns = visits.fields_by_side_name(view.desk, columns_of(kind, columns), owner)
        self.rows: list[ChildRow] = []
        self._ids: list[str] = []
        self._parts: list[Record] = []
        self._asked_for: set[str] = set()  # the parts that are shown at any position, as somebody went to them
        up, down = partial(self._shift, -1), partial(self._shift, 1)
        self._commands: dict[str, Callable[[ChildRow], None]] = {
            "add": self.add_after, "up": up, "down": down, "trash": self._trash, "open": self._open,
        }  # fmt: skip
        self._limit = PAGE
        self._grown = FIRST_ROWS
        self._growing = single_shot(self, 0, self._grow)
        self.setObjectName(f"parts.{kind.name}")
        head, self._box = self._make_head(), layouts.column(gap=4)
        self._heads = ColumnLabels(self._columns, self)
        parts = head, self._heads, self._box, self._make_foot()
        layouts.column(*parts, on=self, gap=4, margins=(0, theme.GAP, 0, 0))
        application().focusChanged.connect(self._focus_moved)
        view.sides_changed.connect(self._name_sides)

    @cached_property
    def _line(self) -> QFrame:
        line = QFrame(self)
        line.setProperty("role", "drop")
        return line

    def _make_head(self) -> QHBoxLayout:
        self._title = label(role="group", parent=self)
        return layouts.row(layouts.grow(self._title))

    def _make_foot(self) -> QHBoxLayout:
        made = ElidedButton(f"+ {self.kind.label()}".replace("&", "&&"), self)
        said = tr("form", "Add: {kind}", kind=self.kind.label())
        tip = tr("form", "In a row, Ctrl+N or Enter in its last field adds the next one")
        self.add = set_up(made, f"parts.{self.kind.name}.add", self.add_last, "quiet", said=said, tip=tip)
        self.add.setVisible(not self._view.read_only)
        self._more: QPushButton | None = None
        self._foot = layouts.row(self.add, layouts.STRETCH, gap=theme.GAP)
        return self._foot

    def _show_rest(self, left: int) -> None:
        """Offer the rows that are not shown yet; most lists have none."""
        if self._more is None and left > 0:
            self._more = button(f"parts.{self.kind.name}.more", "", self._show_more, "quiet", parent=self)
            self._foot.insertWidget(1, self._more)
        if self._more:
            self._more.setText(ntr("form", "Show {n} more", "Show {n} more", left))
            self._more.setVisible(left > 0)

    # -- rows -------------------------------------------------------------------------------------

    def show_parts(self, parts: list[Record], *, again: bool = True) -> None:
        """Show these parts in this order. Existing rows stay, with the text being typed in them.

        ``again``: read the values of rows that are there, too.
        """
        self._ids = [part.id for part in parts]
        self._parts = parts
        limit = min(self._limit, self._grown)
        there = {child.id: child for child in self.rows if child.id}
        shown = [p for at, p in enumerate(parts) if at < limit or p.id in self._asked_for or p.id in there]
        rows = [there[part.id] if part.id in there else self._row(Target(self.kind, part.id)) for part in shown]
        for gone in there.keys() - set(self._ids):
            self._drop(there[gone])
        for at, child in enumerate(self.rows):
            if child.id is None:  # not created yet: it stays after its predecessor
                before = self.rows[at - 1] if at else None
                rows.insert(rows.index(before) + 1 if before in rows else 0, child)
        self.rows = rows
        for at, child in enumerate(rows):
            if self._box.indexOf(child) != at:
                self._box.insertWidget(at, child)
                if again:
                    child.show()  # the focus may go there at once; it lays the page out, which rows that grow need not do
        for child, part in zip([child for child in rows if child.id], shown, strict=True):
            if again or child.seen is None:
                child.fill(part, self._desk.heads(part.id), typed_in=self._saving.typed_in)
        if limit < min(self._limit, len(parts)):
            self._growing.start()
        self._say_state(len(parts) - max(len(shown), min(self._limit, len(parts))))

    def _name_sides(self) -> None:
        """Call the sides as they are called now: the cities of a plan may have been entered on this page."""
        columns = visits.fields_by_side_name(self._desk, self._columns, self._owner)
        if any(now.sides != before.sides for now, before in zip(columns, self._columns, strict=True)):
            self._columns = columns
            for each in (self._heads, *self.rows):
                each.rename(columns)

    def _grow(self) -> None:
        """Add a few more rows between two events, unless the list is hidden."""
        if not self.isVisible():
            return
        self._grown += STEP
        self.show_parts(self._parts, again=False)

    def _say_state(self, left: int) -> None:
        count = len(self._ids)
        self._title.setText(f"{self.kind.plural()}  {count}" if count else self.kind.plural())
        self._heads.setVisible(bool(self.rows))
        self._show_rest(left)
        for at, child in enumerate(self.rows):
            child.number(at + 1)

    def _row(self, target: Target) -> ChildRow:
        row = self.row_class(self._view, self._columns, target, self)
        for editor in row.editors:
            self._saving.watch(editor, target)
            editor.opened.connect(self._view.opened)
            if isinstance(editor, LinksEditor):
                editor.owner = self._owner
        row.show_columns(self._heads.shown)
        row.asked.connect(lambda what, row=row: self._do(row, what))
        row.handle.dragged.connect(lambda at, row=row: self._drag(row, at))
        row.handle.dropped.connect(lambda at, row=row: self._land(row, at))
        return row

    def _drop(self, row: ChildRow) -> None:
        self._saving.release(*row.editors)
        layouts.discard(row)

    def _show_more(self) -> None:
        """Add the next rows and focus the first of them."""
        at = len(self.rows)
        self._limit += max(PAGE, len(self.rows))
        self._grown = at + 1
        self.show_parts(self._parts)
        if at < len(self.rows):
            self.rows[at].handle.setFocus()

    def mine(self, parts: list[Record]) -> list[Record]:
        return parts

    def row_of(self, id_: str) -> ChildRow | None:
        """Return the row of a part, making it if it was not shown yet."""
        if id_ in self._ids and not any(row.id == id_ for row in self.rows):
            self._asked_for.add(id_)
            self.show_parts(self._parts, again=False)
        return next((row for row in self.rows if row.id == id_), None)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if len(self.rows) < min(self._limit, len(self._ids)):
            self._growing.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        shown = fitting(self._columns, self.width())
        if shown != self._heads.shown:
            for each in (self._heads, *self.rows):
                each.show_columns(shown)
        if event.size().width() != event.oldSize().width():
            QTimer.singleShot(0, self, self.updateGeometry)  # Qt loses another height in the middle of laying out

    # -- adding -----------------------------------------------------------------------------------

    def begin(self) -> None:
        """Begin the part that is missing here; only look at the list where nothing can be written."""
        if self._view.read_only:
            focus_first(self)
        else:
            self.add_last()

    def add_last(self) -> None:
        self._add(self._ids[-1] if self._ids else None, len(self.rows))

    def add_after(self, row: ChildRow) -> None:
        """Add a new row after another one; none after a row that is still empty."""
        if self._saving.save_now() and row.id:
            self._add(row.id, self.rows.index(row) + 1)

    def _add(self, before: str | None, at: int) -> None:
        if self._view.read_only or not self._view.can_leave():
            return
        waiting = next((row for row in self.rows if row.id is None), None)
        if waiting is None:
            place = records.place_after(self._desk, self._owner, self.kind.name, before)
            waiting = self._row(Target(self.kind, None, {**self._given, "pos": place}))
            self.rows.insert(at, waiting)
            self._box.insertWidget(at, waiting)
            waiting.show()
            self._say_state(len(self._ids) - len(self.rows) + 1)
        focus_first(self._begins_at(waiting))

    def _begins_at(self, row: ChildRow) -> QWidget:
        return row.editors[0]

    def _focus_moved(self, before: QWidget | None, now: QWidget | None) -> None:
        """Follow the keyboard focus. A new row that is still empty disappears when it is left."""
        follow_focus(self, self, before, now)
        if now is None or now.window() is not self.window():
            return
        for child in [child for child in self.rows if child.id is None]:
            left = now is not child and not child.isAncestorOf(now)
            if left and not any(editor.refused or editor is self._saving.typed_in for editor in child.editors):
                self.rows.remove(child)
                self._drop(child)
                self._say_state(0)

    # -- commands of a row ------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
            row = next((row for row in self.rows if isinstance(watched, QWidget) and row.isAncestorOf(watched)), None)
            what = self._meant(row, watched, event) if row is not None else ""
            if row is not None and what:
                event.accept()
                if event.type() == QEvent.Type.KeyPress:
                    self._do(row, what)
                return True
        return False

    def _meant(self, row: ChildRow, watched: QObject, event: QKeyEvent) -> str:
        """Return the command that a key stands for in a row; nothing while an input method composes."""
        if is_composing(row):
            return ""
        key, ctrl = Qt.Key(event.key()), event.modifiers() == CTRL
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        enter = plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if ctrl:
            return {Qt.Key.Key_N: "add", Qt.Key.Key_Up: "up", Qt.Key.Key_Down: "down"}.get(key, "")
        if watched is row.handle:
            return "open" if enter else "trash" if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) else ""
        return "add" if enter and isinstance(watched, QWidget) and row.is_last(watched) else ""

    def _do(self, row: ChildRow, what: str) -> None:
        if not self._view.read_only or what == "open":
            self._view.perform(lambda: self._commands[what](row))

    def _open(self, row: ChildRow) -> None:
        if self._saving.save_now() and row.id:
            self._view.opened.emit(row.id)

    def _shift(self, by: int, row: ChildRow) -> None:
        others = [id_ for id_ in self._ids if id_ != row.id]
        to = self._ids.index(row.id) + by if row.id in self._ids else -1
        if 0 <= to < len(self._ids):
            self._move(row, others[to - 1] if to else None)

    def _move(self, row: ChildRow, after: str | None) -> None:
        if self.movable and row.id:
            self._view.attempt(lambda: records.move_part(self._desk, row.id or "", after))

    def _trash(self, row: ChildRow) -> None:
        if row.id is None or not self._saving.save_now():
            return
        at = self.rows.index(row)
        if self._view.trash_part(row.id):
            (self.rows[min(at, len(self.rows) - 1)].handle if self.rows else self.add).setFocus()

    # -- dragging ---------------------------------------------------------------------------------

    def _drag(self, row: ChildRow, at: QPoint) -> None:
        if not self.movable:
            return
        target = self._landing(at)
        first = self.rows[0].geometry().top() - 3 if self.rows else 0
        y = target.geometry().bottom() + 1 if target else first
        self._line.setGeometry(0, y, self.width(), 3)
        self._line.show()
        self._line.raise_()

    def _land(self, row: ChildRow, at: QPoint) -> None:
        self._line.hide()
        target = self._landing(at)
        if row.id and target is not row and (target is None or target.id):
            self._move(row, target.id if target else None)

    def _landing(self, at: QPoint) -> ChildRow | None:
        y = self.mapFromGlobal(at).y()
        above: Iterable[ChildRow] = (row for row in self.rows if row.geometry().center().y() < y)
        return max(above, key=lambda row: row.geometry().bottom(), default=None)
