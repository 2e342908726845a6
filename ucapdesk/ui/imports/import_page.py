"""The proposals of files before they are imported: the file at the left, its facts at the right, to be taken, changed or left.

Papers, lists, business cards and calendars come through the same page; several files are one step.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QMouseEvent, QShortcut, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QSplitter, QTableWidgetItem, QTextEdit, QWidget

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import ntr, tr
from ucapdesk.services.files.incoming_files import Plan, PlanLine, say_accounted
from ucapdesk.ui.toolkit import fonts, theme
from ucapdesk.ui.toolkit.dialogs import CONFIRM, Dialog
from ucapdesk.ui.toolkit.item_views import TextTable, TickTable
from ucapdesk.ui.toolkit.layouts import Part, Stack, column, grow, left, panel, row, split
from ucapdesk.ui.toolkit.text_inputs import LineEdit, TextEdit
from ucapdesk.ui.toolkit.widgets import button, label, named

if TYPE_CHECKING:
    from ucapdesk.services.files.incoming_files import TextSpan


class PaperView(QPlainTextEdit):
    """The lines of a file.

    Signals:
        pointed(int, int): somebody clicked on a character of a line.
    """

    pointed = Signal(int, int)

    def __init__(self, name: str, title: str, lines: Sequence[str], parent: QWidget | None = None) -> None:
        text = "\n".join(" ".join(line.splitlines()) for line in lines)
        fonts.load_fonts_for(text)
        super().__init__(text, parent, readOnly=True, tabChangesFocus=True)
        named(self, name, title)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )

    def sizeHint(self) -> QSize:
        return QSize(430, 300)

    def mark(self, facts: Iterable[TextSpan], current: Iterable[TextSpan]) -> None:
        shades = theme.tokens()
        now = list(current)
        self.setExtraSelections(
            [
                *(self._shaded(mark, shades.tint, shades.text) for mark in facts),
                *(self._shaded(mark, shades.accent, shades.on_accent) for mark in now),
            ]
        )
        if now:
            cursor = self._at(now[0])
            cursor.setPosition(cursor.selectionStart())
            self.setTextCursor(cursor)
            self.ensureCursorVisible()

    def _shaded(self, mark: TextSpan, back: str, front: str) -> QTextEdit.ExtraSelection:
        made = QTextEdit.ExtraSelection()
        made.cursor = self._at(mark)
        made.format.setBackground(QColor(back))
        made.format.setForeground(QColor(front))
        return made

    def _at(self, mark: TextSpan) -> QTextCursor:
        block = self.document().findBlockByNumber(mark.line)
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + _units(block.text(), mark.start))
        cursor.setPosition(block.position() + _units(block.text(), mark.end), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        cursor = self.cursorForPosition(event.position().toPoint())
        self.pointed.emit(cursor.blockNumber(), cursor.positionInBlock())


def _units(text: str, at: int) -> int:
    """Return a place in a text in units of UTF-16, as Qt counts."""
    return len(text[:at].encode("utf-16-le", "surrogatepass")) // 2


INDENT, RESULT, LEAST = 20, 120, 60


class _Lines(TickTable):
    """The lines of a plan; a record takes its fields along.

    Signals:
        changing(): the value of the current line is to be changed.
    """

    changing = Signal()

    def __init__(self, lines: Sequence[PlanLine], parent: QWidget | None = None) -> None:
        result = tr("incoming", "Result")
        heads = (tr("sheet", "Record"), (result, RESULT) if any(line.under for line in lines) else result)
        super().__init__("incoming.lines", tr("incoming", "What is in the file"), heads, parent)
        self.lines = list(lines)
        self.rows = {line.number: at for at, line in enumerate(self.lines)}
        self.fill_ticked(
            [(line.title, line.what) for line in lines],
            [line.number for line in lines],
            [line.ticked if line.possible else None for line in lines],
            [theme.px(INDENT) if line.under else 0 for line in lines],
        )
        self.itemChanged.connect(self._go_along)

    def current(self) -> PlanLine | None:
        return self.lines[self.currentRow()] if 0 <= self.currentRow() < len(self.lines) else None

    def _go_along(self, item: QTableWidgetItem) -> None:
        """Tick the fields of a record with it; a field that is ticked takes its record along."""
        if item.column():
            return
        line, on = self.lines[item.row()], item.checkState() == Qt.CheckState.Checked
        with QSignalBlocker(self):
            if not line.under:
                for at, other in enumerate(self.lines):
                    if other.under == line.number:
                        self._tick(at, ticked=on)
            elif on:
                self._tick(self.rows[line.under], ticked=True)
        self.viewport().update()
        self.ticked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F2:
            self.changing.emit()
        elif event.key() == Qt.Key.Key_Delete and self.currentRow() >= 0:
            self._tick(self.currentRow(), ticked=False)
        else:
            super().keyPressEvent(event)


class _Value(LineEdit):
    """The value of a line; Enter changes it and goes no further."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()


class _Proposal(QWidget):
    """The proposal of one file.

    Signals:
        ticked(): another line is ticked now, or one less.
        failed(str): a value could not be read.
    """

    ticked = Signal()
    failed = Signal(str)

    def __init__(self, plan: Plan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plan = plan
        self.table = _Lines(plan.lines, self)
        self.paper: PaperView | None = None
        self.line = named(_Value(self), "incoming.value", tr("incoming", "Value"))
        self.text = named(TextEdit(self), "incoming.text", tr("incoming", "Value"))
        self.text.setFixedHeight(4 * self.text.fontMetrics().lineSpacing() + 18)
        self.change = button("incoming.change", tr("incoming", "Change"), self._change, parent=self)
        self._lay_out()
        self.table.ticked.connect(self._mark)
        self.table.ticked.connect(self.ticked)
        self.table.currentCellChanged.connect(lambda *_: self._show_current())
        self.table.changing.connect(self._begin)
        self.line.returnPressed.connect(self._change)
        for keys in CONFIRM:
            only_here = Qt.ShortcutContext.WidgetShortcut
            QShortcut(QKeySequence(keys), self.text, context=only_here).activated.connect(self._change)
        self._show_current()

    def _lay_out(self) -> None:
        plan = self.plan
        right: list[Part] = [left(self.table.all), grow(self.table)]
        told: list[Part] = []
        if plan.change is not None:
            right.append(row(grow(self.line), grow(self.text), self.change))
            keys = tr(
                "incoming",
                "Space takes a line or leaves it, Delete leaves it, F2 changes its value; in a value of several lines Ctrl+Enter.",
            )
            told.append(label(keys, "caption"))
        else:
            for each in (self.line, self.text, self.change):
                each.hide()
        if plan.left_out:
            heads = ", ".join(plan.left_out)
            told.append(label(tr("sheet", "Not imported, because no field matches: {heads}", heads=heads), "second"))
        said = tr("incoming", "Records that exist are completed, never overwritten. Undo reverses the whole import.")
        if plan.kind != "person":
            said = tr("incoming", "Undo reverses the whole import.")
        told.append(label(said, "second"))
        if not plan.text:
            column(*right, *told, on=self, margins=0)
            return
        if plan.accounted is not None:
            role = "error" if plan.accounted.nothing else "second"
            told.insert(0, named(label(say_accounted(plan.accounted), role), "incoming.accounted"))
        column(grow(self._beside(right)), *told, on=self, margins=0)

    def _beside(self, right: Sequence[Part]) -> QSplitter:
        self.table.setMinimumHeight(LEAST)
        paper = panel(column(*self._paper_side()), self, margins=(0, 0, theme.GAP, 0))
        return split(paper, panel(column(*right), self, margins=(theme.GAP, 0, 0, 0)), sizes=[610, 530], parent=self)

    def _paper_side(self) -> list[Part]:
        plan = self.plan
        self.paper = PaperView("incoming.paper", tr("assign", "Text of the paper"), plan.text, self)
        self.paper.pointed.connect(self._point)
        self.paper.setMinimumHeight(LEAST)
        parts: list[Part] = [grow(self.paper, 3)]
        if plan.oddities:
            heads = ((tr("import", "Where"), 120), tr("import", "What"), tr("import", "What was done"))
            table = TextTable("incoming.oddities", tr("import", "Oddities"), heads, self)
            table.setMinimumHeight(LEAST)
            table.fill(plan.oddities)
            n = len(plan.oddities)
            parts += [label(ntr("import", "{n} oddity", "{n} oddities", n), "group"), grow(table, 2)]
        return parts

    @property
    def chosen(self) -> list[int]:
        return self.table.numbers()

    def _mark(self) -> None:
        if self.paper is not None:
            taken, current = set(self.chosen), self.table.current()
            marks = [mark for line in self.table.lines if line.number in taken for mark in line.marks]
            self.paper.mark(dict.fromkeys(marks), current.marks if current else ())

    def _show_current(self) -> None:
        current = self.table.current()
        typed = current.typed if current else None
        self.several = "\n" in (typed or "")  # Whether the current value has several lines
        self.text.setPlainText(typed or "")
        self.line.setText("" if self.several else typed or "")
        if self.plan.change is not None:
            self.text.setVisible(self.several)
            self.line.setVisible(not self.several)
        self.line.setEnabled(typed is not None)
        self.change.setEnabled(typed is not None)
        self._mark()

    def _point(self, line: int, at: int) -> None:
        """Choose the fact on which somebody clicked in the paper, the shortest of several."""
        found = [
            (mark.end - mark.start, not each.under, number)
            for number, each in enumerate(self.table.lines)
            for mark in each.marks
            if mark.line == line and mark.start <= at <= mark.end
        ]
        if found:
            self.table.setCurrentCell(min(found)[2], 0)

    def _begin(self) -> None:
        if self.line.isEnabled():
            box = self.text if self.several else self.line
            box.setFocus()
            box.selectAll()

    def _change(self) -> None:
        current = self.table.current()
        typed = self.text.toPlainText() if self.several else self.line.text()
        if current is None or self.plan.change is None or current.typed is None:
            return
        try:
            said = self.plan.change(current.number, typed)
        except UserError as error:
            self.failed.emit(error.say())
            return
        self.failed.emit("")
        at = self.table.currentRow()
        self.table.lines[at] = replace(current, title=said, typed=typed)
        if (item := self.table.item(at, 1)) is not None:
            item.setText(said)
        self.table.setFocus()


class ImportPage(Dialog):
    """Shows the proposals of files; once accepted, ``chosen`` holds the lines to import of each."""

    def __init__(self, plans: Plan | Sequence[Plan], parent: QWidget | None = None) -> None:
        self.plans = [plans] if isinstance(plans, Plan) else list(plans)
        files = ", ".join(plan.file for plan in self.plans)
        super().__init__("incoming", tr("sheet", "Import {file}", file=files), parent)
        self.stack = Stack(self)
        self.proposals = [_Proposal(plan, self) for plan in self.plans]
        for each in self.proposals:
            self.stack.pages.addWidget(each)
            each.ticked.connect(self._count)
            each.failed.connect(self.fail)
        self.take = self.foot.main("incoming.take", "", self.accept)
        self.foot.out(tr("sheet", "Not now"))
        parts: list[Part] = [grow(self.stack)]
        if len(self.proposals) > 1:
            self.which = label("", "second")
            back = button("incoming.back", tr("incoming", "Previous file"), lambda: self._go(-1))
            on = button("incoming.next", tr("incoming", "Next file"), lambda: self._go(1))
            for keys, by in (("Alt+Left", -1), ("Alt+Right", 1)):
                QShortcut(QKeySequence(keys), self).activated.connect(lambda by=by: self._go(by))
            parts.insert(0, row(grow(self.which), back, on))
            self._go(0)
        self._count()
        self.lay_out(*parts, size=(1180, 660) if any(plan.text for plan in self.plans) else (760, 520))
        self.table.setFocus()

    @property
    def table(self) -> TickTable:
        return self.proposals[self.stack.pages.currentIndex()].table

    @property
    def chosen(self) -> list[int]:
        return self.proposals[0].chosen

    def _go(self, by: int) -> None:
        at = min(max(self.stack.pages.currentIndex() + by, 0), len(self.proposals) - 1)
        self.stack.pages.setCurrentIndex(at)
        said = tr("incoming", "File {n} of {all}: {file}", n=at + 1, all=len(self.plans), file=self.plans[at].file)
        self.which.setText(said)

    def _count(self) -> None:
        n = sum(not each.table.lines[each.table.rows[at]].under for each in self.proposals for at in each.chosen)
        self.take.setText(ntr("incoming", "Import {n}", "Import {n}", n))
        self.take.setEnabled(n > 0)
