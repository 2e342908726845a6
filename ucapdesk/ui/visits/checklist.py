"""The checklist of a visit: rows to tick, a line to add more (``-14 gifts``), and a form for the selected one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QListWidgetItem, QStyleOptionViewItem, QWidget

from ucapdesk.base.clock import today
from ucapdesk.base.i18n import dotted, language, ntr, tr
from ucapdesk.model.kinds.visit_kinds import Visit
from ucapdesk.model.record import Record
from ucapdesk.model.rules.itinerary_dates import due_on
from ucapdesk.model.text.format.dates_in_words import say_full
from ucapdesk.model.text.format.fields_in_words import title_of
from ucapdesk.model.text.parse.checklist_line import read_line
from ucapdesk.model.text.parse.itinerary_pieces import LinePiece
from ucapdesk.model.values import PartialDate
from ucapdesk.services.records import records
from ucapdesk.services.visits import visits
from ucapdesk.services.visits.visits import ChecklistToDo
from ucapdesk.ui.home.home_parts import button
from ucapdesk.ui.lists.two_lines import SECOND_LINE, TwoLines
from ucapdesk.ui.record.record_page import RecordPage
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.layout_builder import column, flow, grow, panel
from ucapdesk.ui.toolkit.list_item import list_item
from ucapdesk.ui.toolkit.plain_text import set_tool_tip
from ucapdesk.ui.toolkit.row_painter import Index, Row
from ucapdesk.ui.toolkit.text_label import label
from ucapdesk.ui.visits.keyed_list import ID_ROLE, NO_KEY
from ucapdesk.ui.visits.part_panel import KEYS, PartPanel, PartRows
from ucapdesk.ui.visits.quick_entry import QuickEntry

FORM_BESIDE_FROM, BOX = 760, 26


class _Ticked(TwoLines):
    """The two lines of a row behind a check box; those of a finished item are quieter."""

    def row_of(self, option: QStyleOptionViewItem, index: Index) -> Row:
        first, *others = super().row_of(option, index).lines
        done = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
        return Row((first._replace(quiet=done), *others), indent=theme.px(BOX))


class CheckRows(PartRows):
    """The rows; Space ticks."""

    keys = {**KEYS, (Qt.Key.Key_Space, NO_KEY): "tick"}

    def __init__(self, parent: QWidget) -> None:
        super().__init__("visit.checklist.items", tr("visit", "Checklist"), parent)
        self.setItemDelegate(_Ticked(self))


class ChecklistPanel(PartPanel):
    """The panel of the checklist tab."""

    def __init__(self, view: RecordPage, parent: QWidget) -> None:
        said, example = tr("visit", "Add to the checklist"), tr("visit", "Gifts, 14 days before")
        entry = QuickEntry("visit.checklist.entry", said, example, self._read, parent)
        super().__init__(view, "visit.checklist.item", CheckRows(parent), entry, parent)
        self.todos: list[ChecklistToDo] = []
        self._dates: PartialDate | None = None
        self.setObjectName("visit.checklist")
        self.hint = label("", "second", parent=self)
        self.rows.itemClicked.connect(self._clicked)
        set_tool_tip(entry.line, tr("visit", "Days before the visit with −, after it with +; then what. Enter adds."))
        left = column(self.hint, grow(self.rows), self.entry, self._make_buttons(), gap=theme.GAP)
        self._row = column(grow(left), self.form, on=self, gap=theme.FIELDS, margins=0)

    def _make_buttons(self) -> QWidget:
        usual, done = tr("visit", "Add the usual checklist"), tr("visit", "Done or not done")
        add = partial(self.attempt, lambda: visits.add_usual(self.desk, self.view.id or ""))
        self.usual = button("visit.checklist.usual", usual, add)
        tip = tr("visit", "Space does it in the list")
        self.tick = button("visit.checklist.tick", done, partial(self.do, "tick"), tip=tip)
        foot = panel(flow(self.tick, self.usual), self)
        foot.setVisible(not self.view.read_only)
        return foot

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= theme.px(FORM_BESIDE_FROM)
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        self.put_form(beside=beside, below=240)

    # -- reading ----------------------------------------------------------------------------------

    def refresh(self, visit: Visit) -> None:
        """Read the list again."""
        self._dates = visit.dates
        self.todos = visits.checklist(self.desk, visit.id, today(self.desk.workspace.clock))
        self.rows.fill(lambda: [self.rows.addItem(self._row_of(todo)) for todo in self.todos])
        left = sum(not todo.item.done for todo in self.todos)
        empty = tr(
            "visit", "Nothing to prepare yet. Type for example “Gifts, 14 days before”, or add the usual checklist."
        )
        self.hint.setText(ntr("visit", "{n} still to do", "{n} still to do", left) if self.todos else empty)
        self.show_chosen()

    def _row_of(self, todo: ChecklistToDo) -> QListWidgetItem:
        title = " ".join(title_of(todo.item, language()).split())
        responsible = todo.item.responsible or ""
        who = records.title(self.desk, responsible) if responsible else ""
        state = tr("visit", "done") if todo.item.done else tr("list", "overdue") if todo.overdue else ""
        second = dotted(self._due(todo), who, state)
        said, tip = (between.join(filter(None, (title, second))) for between in (tr("log", ", "), "\n"))
        item = list_item(title, {ID_ROLE: todo.item.id, SECOND_LINE: second}, said=said, tip=tip)
        item.setFlags(Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled)
        item.setCheckState(Qt.CheckState.Checked if todo.item.done else Qt.CheckState.Unchecked)
        return item

    @staticmethod
    def _due(todo: ChecklistToDo) -> str:
        offset = todo.item.offset_days or 0
        days = ntr("visit", "{n} day before", "{n} days before", -offset) if offset < 0 else ""
        days = ntr("visit", "{n} day after", "{n} days after", offset) if offset > 0 else days
        return dotted(say_full(todo.due) if todo.due else "", days)

    # -- what a person does -----------------------------------------------------------------------

    @property
    def parts(self) -> Sequence[Record]:
        return [todo.item for todo in self.todos]

    def enable(self) -> None:
        self.tick.setEnabled(bool(self.current))

    def deeds_of(self, id_: str) -> dict[str, Callable[[], object]]:
        return {"tick": lambda: visits.tick(self.desk, id_)}

    def _clicked(self, item: QListWidgetItem) -> None:
        """Tick on a click on the check box; a click on the text only selects."""
        at = self.rows.viewport().mapFromGlobal(self.rows.cursor().pos())
        if not self.view.read_only and at.x() < self.rows.visualItemRect(item).left() + theme.px(BOX):
            self.do("tick")

    def _read(self, typed: str, rejected: frozenset[tuple[str, str]]) -> list[LinePiece]:
        offset, text = read_line(typed, rejected)
        pieces: list[LinePiece] = []
        if offset is not None:
            day = due_on(offset, self._dates)
            shown = say_full(PartialDate(day)) if day else tr("visit", "no date: the visit has no dates yet")
            sign = "+" if offset > 0 else ""
            pieces.append(LinePiece("offset", f"{sign}{offset}", f"{sign}{offset}  {shown}".replace("-", "−", 1)))
        if text:
            pieces.append(LinePiece("title", text, text))
        return pieces

    def add(self, typed: str) -> None:
        offset, text = read_line(typed, frozenset(self.entry.rejected))
        self.add_with(lambda: visits.add_to_do(self.desk, self.view.id or "", offset, text))
