"""The checklist of a visit: rows to tick, a line to add more (``-14 gifts``), and a form for the selected one."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ucapdesk.base.clock import today
from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import dotted, language, ntr, tr
from ucapdesk.model.kinds.visit_kinds import Visit
from ucapdesk.model.rules.itinerary_dates import due_on
from ucapdesk.model.text.format import title_of
from ucapdesk.model.text.format.dates_in_words import say_full
from ucapdesk.model.text.parse.typed_text import WIDE
from ucapdesk.model.values import PartialDate
from ucapdesk.services.records import records
from ucapdesk.services.visits import visits
from ucapdesk.services.visits.visits import ToDo
from ucapdesk.ui.lists.two_lines import SECOND_LINE, TwoLines
from ucapdesk.ui.record.trash_question import may_go
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.eliding import ElidedButton
from ucapdesk.ui.toolkit.flow_layout import FlowLayout
from ucapdesk.ui.toolkit.plain_text import Label, set_tool_tip
from ucapdesk.ui.visits.part_form import PartForm, nothing_chosen
from ucapdesk.ui.visits.quick_entry import Piece, QuickEntry

if TYPE_CHECKING:
    from ucapdesk.ui.record.record_page import RecordPage

KEY = Qt.ItemDataRole.UserRole
BESIDE, FORM, BOX = 760, 360, 26
_LINE = re.compile(r"\s*([+-−–]?\s?\d{1,4})(?:\s?(?:d|days?|天))?(?:\s|[,，:：]|$)\s*(.*)", re.DOTALL)


@dataclass(frozen=True)
class Said:
    """A recognised part of a typed line: the day, or the text."""

    what: str
    words: str
    shown: str
    key: str = ""


def read_line(typed: str, dropped: frozenset[tuple[str, str]] = frozenset()) -> tuple[int | None, str]:
    """Read a typed line: days before or after, then the text: ``-14 gifts``, ``+7 感谢信``; without a sign the days count after."""
    found = _LINE.fullmatch(typed.translate(WIDE))
    if found is None or ("offset", found[1].replace(" ", "").casefold()) in dropped:
        return None, typed.strip()
    number = found[1].replace(" ", "").replace("−", "-").replace("–", "-")
    if number[:1] not in "+-":
        return None, typed.strip()
    return int(number), found[2].strip()


class _Ticked(TwoLines):
    """Draws the two lines of a row behind a check box."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        behind = QStyleOptionViewItem(option)
        behind.rect = option.rect.adjusted(theme.px(BOX), 0, 0, 0)
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        ground.text = ""
        style = ground.widget.style()
        style.drawControl(style.ControlElement.CE_ItemViewItem, ground, painter, ground.widget)
        self.write(painter, behind, index)

    def write(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the two lines; a quieter colour marks a finished item."""
        metrics, tokens, room = option.fontMetrics, theme.tokens(), option.rect.adjusted(8, 0, -8, 0)
        done = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        line = metrics.lineSpacing()
        second = str(index.data(SECOND_LINE) or "")
        texts = [
            (str(index.data()), tokens.text2 if done else tokens.text),
            *([(second, tokens.text2)] if second else []),
        ]
        top = room.top() + (room.height() - len(texts) * line) // 2
        painter.save()
        painter.setFont(option.font)
        for number, (text, colour) in enumerate(texts):
            painter.setPen(QColor(colour))
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            box = QRect(room.left(), top + number * line, room.width(), line)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.restore()


class CheckRows(QListWidget):
    """The rows; Space ticks, Del moves to the Trash, Enter opens."""

    def __init__(self, do: Callable[[str], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._do = do
        self.setObjectName("visit.checklist.items")
        self.setItemDelegate(_Ticked(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(theme.px(150))

    def event(self, event: QEvent) -> bool:
        ours = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._meant(event)
        if ours:
            event.accept()
            return True
        return super().event(event)

    @staticmethod
    def _meant(event: QKeyEvent) -> str:
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held == Qt.KeyboardModifier.ControlModifier and key == Qt.Key.Key_N:
            return "add"
        plain = {
            Qt.Key.Key_Space: "tick", Qt.Key.Key_Delete: "trash", Qt.Key.Key_Backspace: "trash",
            Qt.Key.Key_Return: "open", Qt.Key.Key_Enter: "open",
        }  # fmt: skip
        return plain.get(Qt.Key(key), "") if not held else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if what := self._meant(event):
            self._do(what)
        else:
            super().keyPressEvent(event)

    @property
    def current_id(self) -> str:
        """The id of the selected item."""
        item = self.currentItem()
        return str(item.data(KEY)) if self.currentRow() >= 0 else ""


class ChecklistPanel(QWidget):
    """The panel of the checklist tab."""

    def __init__(self, view: RecordPage, *, read_only: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._view, self._desk, self._read_only = view, view.desk, read_only
        self.todos: list[ToDo] = []
        self._dates: PartialDate | None = None
        self.setObjectName("visit.checklist")
        self.hint = Label(parent=self)
        self.hint.setProperty("role", "second")
        self.hint.setWordWrap(True)
        self.rows = CheckRows(self.do, self)
        self.rows.setAccessibleName(tr("visit", "Checklist"))
        self.rows.currentItemChanged.connect(lambda *_: self._chosen())
        self.rows.itemClicked.connect(self._clicked)
        self.entry = QuickEntry(
            "visit.checklist.entry", tr("visit", "Add to the checklist"), tr("visit", "-14 gifts"), self._read, self
        )
        set_tool_tip(
            self.entry.line, tr("visit", "Days before the visit with −, after it with +; then what. Enter adds.")
        )
        self.entry.added.connect(self._add)
        self.entry.left.connect(lambda: self.rows.setFocus() if self.todos else view.left.emit())
        self.entry.setVisible(not read_only)
        self.form = PartForm(view, "visit.checklist.item", nothing_chosen(), read_only=read_only, parent=self)
        self.entry.line.edited.connect(self.form.wait)
        left = QVBoxLayout()
        left.setSpacing(theme.GAP)
        for widget in (self.hint, self.rows, self.entry, self._make_buttons()):
            left.addWidget(widget, int(widget is self.rows))
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.FIELDS)
        self._row.addLayout(left, 1)
        self._row.addWidget(self.form)
        self._arrange()

    def _make_buttons(self) -> QWidget:
        buttons = QWidget(self)
        row = FlowLayout(buttons, theme.GAP)
        self.usual = ElidedButton(tr("visit", "Add the usual checklist"), buttons)
        self.usual.setObjectName("visit.checklist.usual")
        self.usual.clicked.connect(
            lambda: self._do(lambda: visits.add_usual(self._desk, self._id, initiator=self._view))
        )
        self.tick = ElidedButton(tr("visit", "Done, or not yet"), buttons)
        self.tick.setObjectName("visit.checklist.tick")
        set_tool_tip(self.tick, tr("visit", "Space does it in the list"))
        self.tick.clicked.connect(lambda: self.do("tick"))
        for button in (self.tick, self.usual):
            row.addWidget(button)
        buttons.setVisible(not self._read_only)
        return buttons

    @property
    def _id(self) -> str:
        return self._view.id or ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        beside = self.width() >= theme.px(BESIDE)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._row.setDirection(way)
        self.form.setMinimumWidth(theme.px(FORM) if beside else 0)
        self.form.setMaximumWidth(theme.px(FORM) if beside else 16_777_215)
        self.form.setMinimumHeight(theme.px(120) if beside else theme.px(240))

    # -- reading ----------------------------------------------------------------------------------

    def refresh(self, visit: Visit) -> None:
        """Read the list again."""
        self._dates = visit.dates
        self.todos = visits.checklist(self._desk, visit.id, today(self._desk.workspace.clock))
        chosen, at = self.rows.current_id, self.rows.currentRow()
        self.rows.blockSignals(True)
        self.rows.clear()
        for todo in self.todos:
            self.rows.addItem(self._row_of(todo))
        self.rows.blockSignals(False)
        if not self.choose(chosen) and self.todos and at >= 0:
            self.rows.setCurrentRow(min(at, len(self.todos) - 1))
        left = sum(not todo.item.done for todo in self.todos)
        empty = tr("visit", "Nothing to prepare yet. Type for example “-14 gifts”, or add the usual checklist.")
        self.hint.setText(ntr("visit", "{n} still to do", "{n} still to do", left) if self.todos else empty)
        self._chosen()

    def _row_of(self, todo: ToDo) -> QListWidgetItem:
        item = QListWidgetItem(" ".join(title_of(todo.item, language()).split()))
        item.setData(KEY, todo.item.id)
        who = (
            records.titles(self._desk, [todo.item.responsible]).get(todo.item.responsible, "")
            if todo.item.responsible
            else ""
        )
        state = tr("visit", "done") if todo.item.done else tr("list", "overdue") if todo.overdue else ""
        second = dotted(self._due(todo), who, state)
        item.setData(SECOND_LINE, second)
        item.setFlags(Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled)
        item.setCheckState(Qt.CheckState.Checked if todo.item.done else Qt.CheckState.Unchecked)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, tr("log", ", ").join(filter(None, (item.text(), second))))
        set_tool_tip(item, "\n".join(filter(None, (item.text(), second))))
        return item

    @staticmethod
    def _due(todo: ToDo) -> str:
        offset = todo.item.offset_days or 0
        days = ntr("visit", "{n} day before", "{n} days before", -offset) if offset < 0 else ""
        days = ntr("visit", "{n} day after", "{n} days after", offset) if offset > 0 else days
        return dotted(say_full(todo.due) if todo.due else "", days)

    def choose(self, id_: str) -> bool:
        """Select the row of an item; return False where it is not here."""
        at = next((n for n, todo in enumerate(self.todos) if id_ and todo.item.id == id_), None)
        if at is not None:
            self.rows.setCurrentRow(at)
        return at is not None

    def _chosen(self) -> None:
        id_ = self.rows.current_id
        self.tick.setEnabled(bool(id_))
        self.form.expect(id_, later=self.entry.line.hasFocus())
        if id_ and id_ == self.form.id:
            self.form.refresh(next((todo.item for todo in self.todos if todo.item.id == id_), None))

    # -- what a person does -----------------------------------------------------------------------

    def do(self, what: str) -> None:
        """Run a command for the selected item."""
        id_ = self.rows.current_id
        if what == "open":
            self.form.take_focus()
        elif self._read_only:
            return
        elif what == "add":
            self.entry.line.setFocus()
        elif id_ and what == "tick":
            self._do(lambda: visits.tick(self._desk, id_, initiator=self._view))
        elif id_ and what == "trash" and may_go(self._desk, [id_], self):
            title = self.rows.currentItem().text()
            self._do(lambda: records.trash(self._desk, id_, initiator=self._view))
            self._view.trashed.emit(tr("window", "“{title}” is in the Trash. Undo brings it back.", title=title))

    def _clicked(self, item: QListWidgetItem) -> None:
        """Tick on a click on the check box; a click on the text only selects."""
        at = self.rows.viewport().mapFromGlobal(self.rows.cursor().pos())
        box = self.rows.visualItemRect(item)
        if not self._read_only and at.x() < box.left() + theme.px(BOX):
            self.do("tick")

    def _do(self, deed: Callable[[], object]) -> bool:
        if not self._view.save_now() and self._view.saving.stuck:
            return False
        try:
            deed()
        except UserError as error:
            self._view.bar.say("told", error.say())
            return False
        self._view.refresh()
        self._view.saved.emit()
        return True

    def _read(self, typed: str, dropped: frozenset[tuple[str, str]]) -> list[Piece]:
        offset, text = read_line(typed, dropped)
        pieces: list[Piece] = []
        if offset is not None:
            day = due_on(offset, self._dates)
            shown = say_full(PartialDate(day)) if day else tr("visit", "no day: the visit has no dates yet")
            sign = "+" if offset > 0 else ""
            pieces.append(Said("offset", f"{sign}{offset}", f"{sign}{offset}  {shown}".replace("-", "−", 1)))
        if text:
            pieces.append(Said("title", text, text))
        return pieces

    def _add(self, typed: str) -> None:
        offset, text = read_line(typed, frozenset(self.entry.dropped))
        made: list[str] = []
        if self._do(lambda: made.append(visits.add_to_do(self._desk, self._id, offset, text, initiator=self._view))):
            self.choose(made[0])
            self.entry.clear()

    def take_focus(self) -> None:
        """Focus the rows, or the input line where there are none."""
        if self.todos and self.rows.currentRow() < 0:
            self.rows.setCurrentRow(0)
        (self.rows if self.todos or self._read_only else self.entry.line).setFocus()
