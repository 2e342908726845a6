"""The import of papers and lists, read in the background: proposals, text assigned by hand, and the report.

Text is assigned by hand where the labels of a UCAP paper are not recognised. The report tells how much was new, what is
odd in the papers, and what differs from the records; where the filter of the list hides some of the new records, that
is said, with a way to them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QImageReader,
    QKeySequence,
    QMouseEvent,
    QPixmap,
    QResizeEvent,
    QShortcut,
    QTextCursor,
)
from PySide6.QtWidgets import (
    QScrollArea,
    QTextEdit,
    QWidget,
)

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import ntr, tr
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.rules.sides import SIDES, short_side
from ucapdesk.services import Desk
from ucapdesk.services.files import imports, incoming_files
from ucapdesk.services.files.draft_records import Difference, say_trashed
from ucapdesk.services.files.imports import ASSIGNABLE, AssignField, ImportReport, ReadFiles, batches
from ucapdesk.services.files.incoming_files import Plan
from ucapdesk.services.records import records
from ucapdesk.ui.imports.import_page import ImportPage, PaperView
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.dialogs import Dialog
from ucapdesk.ui.toolkit.item_views import TextTable
from ucapdesk.ui.toolkit.layouts import REST, STRETCH, Part, column, grid, grow, panel, scroll_down, scrolled, split
from ucapdesk.ui.toolkit.text_inputs import TextEdit
from ucapdesk.ui.toolkit.widgets import PlainLabel, button, label, named, set_tool_tip
from ucapdesk.ui.window.background_jobs import Progress, wait_for
from ucapdesk.ui.window.main_window import NavigableWindow
from ucapdesk.ui.window.notifications import Notice


class ImportedRecords:
    """The records of a kind that are new since this was made, before the import was written."""

    def __init__(self, window: NavigableWindow, kind: str) -> None:
        self.window, self.kind = window, kind
        self._before = frozenset(self._listed())

    def tell(self, sentence: str) -> None:
        window, new = self.window, [id_ for id_ in self._listed() if id_ not in self._before]
        hidden = [id_ for id_ in new if window.list.table.row_of(id_) < 0] if window.section == self.kind else []
        if not hidden:
            window.say_done(sentence)
            return
        why = ntr("window", "The filter hides {n} of them.", "The filter hides {n} of them.", len(hidden))
        window.say(f"{sentence} {why}")
        window.toast.say(f"{sentence} {why}", tr("window", "Show them"), lambda: self._show(hidden[0]))

    def _show(self, id_: str) -> None:
        self.window.list.clear_filter()
        self.window.show_record(id_)
        self.window.focus_list()

    def _listed(self) -> list[str]:
        return records.listing(self.window.desk, self.kind) if self.kind in KINDS else []


def import_plans(
    window: NavigableWindow,
    chosen: Sequence[tuple[Plan, list[int]]],
    say: Callable[[int], str],
    then: Callable[[], object] = lambda: None,
) -> None:
    """Import the chosen lines of proposals as one step; show them, ``say`` how many, and go on."""
    plans = [plan for plan, _ in chosen]
    imported = ImportedRecords(window, plans[0].kind)

    def done(n: int) -> None:
        show_imported(window, plans)
        imported.tell(say(n))
        then()

    title = tr("work", "Importing {file}", file=", ".join(plan.file for plan in plans))
    window.work.write(title, lambda _: incoming_files.take_all(window.desk, chosen), done)


def show_imported(window: NavigableWindow, plans: Sequence[Plan]) -> None:
    shown = next((plan.shows for plan in plans if plan.shows), "")
    if shown and window.desk.read.kind_of(shown):
        window.show_record(shown)
    elif window.section != plans[0].kind:
        window.show_section(plans[0].kind)


WHERE = 240  # Maximum width of the column of places, also with large text: the findings need the room


class ImportReportDialog(Dialog):
    """One line of counts for each file, and a table of findings to check."""

    def __init__(self, desk: Desk, reports: Sequence[ImportReport], parent: QWidget | None = None) -> None:
        super().__init__("import_report", tr("import", "Imported"), parent)
        self._desk = desk
        parts: list[Part] = []
        for report in reports:
            parts.append(label(_counts(report), "group"))
            rows = [(odd["row"], odd["what"], odd["done"]) for odd in report.oddities]
            rows += [self._difference(each) for each in report.differs]
            if rows:
                note = tr(
                    "import", "The paper has these oddities. All that could be read of it is kept; please look at them."
                )
                parts += [label(note, "second"), grow(self._table(rows))]
            else:
                parts.append(label(tr("import", "Nothing odd was found."), "second"))
        self.foot.main("import_report.close", tr("notice", "Close"), self.accept)
        self.lay_out(*parts, REST, size=(860, 520), gap=None)

    def _difference(self, each: Difference) -> tuple[str, str, str]:
        title = records.title_or_id(self._desk, each.id)
        if each.field == "trash":
            return title, say_trashed(self._desk, each.id), tr("import", "left there")
        field = KINDS[each.kind].fields[each.field.partition(".")[0]].label()
        what = tr(
            "import", "{field}: “{here}” here, “{file}” in the paper.", field=field, here=each.here, file=each.file
        )
        return title, what, tr("import", "left as it is here")

    def _table(self, rows: Sequence[tuple[str, str, str]]) -> TextTable:
        heads = (tr("import", "Where"), tr("import", "What"), tr("import", "What was done"))
        self.table = TextTable("import_report.table", tr("import", "Oddities"), heads, self)
        self.table.share(min(theme.px(190), WHERE), 0, 0)
        self.table.fill(rows)
        return self.table


def _counts(report: ImportReport) -> str:
    new = ntr("import", "{n} record was added", "{n} records were added", report.new)
    if not report.new:
        new = tr("import", "nothing was added")
    if not report.already:
        return tr("import", "{file}: {new}.", file=report.file, new=new)
    there = ntr("import", "{n} was here already", "{n} were here already", report.already)
    return tr("import", "{file}: {new}, {there}.", file=report.file, new=new, there=there)


ROWS, ROWS_BY_SIDE, MAX_TEXT_ROWS = 2, 1, 8


def assign_by_hand(desk: Desk, paths: Sequence[Path], parent: QWidget | None = None) -> list[ImportReport]:
    reports = []
    for path in paths:
        dialog = AssignDialog(desk, path, parent)
        dialog.ask()
        reports += [dialog.report] if dialog.report else []
    return reports


def paragraphs(text: str) -> str:
    """Join selected lines into paragraphs: a line that begins in lower case continues the one before."""
    return re.sub(r"\s*[\n\u2029]\s*(?=[a-zß-öø-ÿ])", " ", text).replace("\u2029", "\n").strip()


class _AssignedPaper(PaperView):
    """The lines of the paper, to be selected by keyboard or mouse and put into a field.

    Signals:
        wanted(): a line was double-clicked.
    """

    wanted = Signal()

    def chosen(self) -> str:
        cursor = self.textCursor()
        return paragraphs(cursor.selectedText()) or cursor.block().text().strip()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        cursor = self.cursorForPosition(event.position().toPoint())
        cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
        self.setTextCursor(cursor)
        self.wanted.emit()

    def fade(self, placed: str) -> None:
        faded = []
        block = self.document().begin()
        while block.isValid():
            if block.text().strip() and _flat(block.text()) in placed:
                each = QTextEdit.ExtraSelection()
                each.cursor = QTextCursor(block)
                each.cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
                each.format.setForeground(QColor(theme.tokens().placeholder))
                faded.append(each)
            block = block.next()
        self.setExtraSelections(faded)


class _FieldBox(TextEdit):
    """One cell of the table.

    Signals:
        entered(): it got the focus.
    """

    entered = Signal()

    def __init__(self, name: str, title: str, rows: int, parent: QWidget | None = None) -> None:
        self.title, self._rows = title, rows
        super().__init__(parent)
        named(self, f"assign.{name}", title)

    def _fit(self) -> None:
        rows = min(max(self._rows, round(self.document().size().height())), MAX_TEXT_ROWS)
        self.setFixedHeight(rows * self.fontMetrics().lineSpacing() + 18)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()


WIDEST = 2_000  # Pixels across of a picture that is held in memory
# A picture with more is taken for a trap, and not read: A3 at 600 dots per inch has 70 million.
MOST_PIXELS = 120_000_000


def _image(page: tuple[int, int, bytes] | bytes) -> QImage:
    """Return a page, drawn or as a file of a picture, upright; an empty one of a file that cannot be read."""
    if not isinstance(page, bytes):
        width, height, data = page
        return QImage(data, width, height, width * 4, QImage.Format.Format_RGB32)
    content = QByteArray(page)
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.width() * size.height() > MOST_PIXELS:
        return QImage()
    if size.width() > WIDEST:
        reader.setScaledSize(size.scaled(WIDEST, WIDEST * 4, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


class ScanView(QScrollArea):
    """The pages one below another, as wide as the view; arrows and Page Down scroll."""

    def __init__(self, pages: Sequence[tuple[int, int, bytes] | bytes], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "assign.scan", tr("assign", "Pages of the scan"))
        scroll_down(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.pages = [QPixmap.fromImage(_image(page)) for page in pages]
        self._shown = [PlainLabel(parent=self) for _ in pages]
        for number, shown in enumerate(self._shown, 1):
            shown.setAccessibleName(tr("assign", "Page {n}", n=number))
        self.setWidget(panel(column(*self._shown, STRETCH, gap=theme.GAP), name="page"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = max(self.viewport().width(), 50)
        for shown, page in zip(self._shown, self.pages, strict=True):
            if page.isNull():
                shown.setWordWrap(True)
                shown.setText(tr("assign", "This picture cannot be shown; it is damaged, or larger than any page."))
                continue
            shown.setPixmap(page.scaledToWidth(min(room, page.width()), Qt.TransformationMode.SmoothTransformation))


class AssignDialog(Dialog):
    """The text of a paper on the left, the fields of the table on the right.

    ``report`` tells what was read in after the dialog was accepted; it is None if nothing was.
    """

    by_enter = False

    def __init__(self, desk: Desk, path: Path, parent: QWidget | None = None) -> None:
        super().__init__("assign", tr("assign", "Assign the text of {file}", file=path.name), parent)
        self._desk, self._path = desk, path
        self.report: ImportReport | None = None
        self.cells: dict[str, _FieldBox] = {}
        lines = imports.lines_or_scan(path)
        # The text; None of a scan, of which there are only pages.
        self.text = _AssignedPaper("assign.text", tr("assign", "Text of the paper"), lines, self) if lines else None
        self.paper: Any = self.text or ScanView(imports.pages_of(path), self)
        self.notice = Notice("assign.notice", self)
        halves = split(self._make_paper(), self._make_fields(), sizes=[430, 570], parent=self)
        said = tr(
            "assign",
            "The labels of a UCAP table were not found in {file}. Put its text into the fields; the rest is "
            "kept with the source document.",
            file=path.name,
        )
        if self.text is None:
            said = tr(
                "assign",
                "The file {file} is a scan: it holds pictures of pages but no text. Type what it says into the fields.",
                file=path.name,
            )
        self.read = self.foot.main("assign.read", tr("assign", "Read"), self._take_in)
        self.foot.out(tr("picker", "Cancel"), "assign.cancel")
        self._current = self.cells["cities.A"]
        self._make_current(self._current)
        self._changed()
        self.lay_out(label(said, "second"), self.notice, grow(halves), size=(1000, 620), gap=None)
        self.paper.setFocus()

    # -- laying out -------------------------------------------------------------------------------

    def _make_paper(self) -> QWidget:
        self.target = label("", "second")
        self.put = button("assign.put", tr("assign", "Put into the field"), self._put)
        self.on_confirm(self._put)
        ways = {"F6": self._change_over, "Alt+Down": lambda: self._step(1), "Alt+Up": lambda: self._step(-1)}
        for keys, do in ways.items():
            QShortcut(QKeySequence(keys), self).activated.connect(do)
        if self.text is not None:
            self.text.wanted.connect(self._put)
        else:
            self.target.hide()
            self.put.hide()
        head = label(self.paper.accessibleName(), "group")
        return panel(column(head, grow(self.paper), self.target, self.put), self, margins=(0, 0, theme.GAP, 0))

    def _make_fields(self) -> QWidget:
        page = named(QWidget(), "page")
        cells = grid(on=page, across=theme.GAP, down=4, margins=(theme.GAP, 0, theme.GAP, theme.GAP))
        cells.setColumnStretch(0, 1)
        cells.setColumnStretch(1, 1)
        keys = tr(
            "assign",
            "Ctrl+Enter or a double click puts text into the field; without a selection it is the line of the cursor. "
            "F6 changes between text and field, Alt+Down and Alt+Up choose the field.",
        )
        cells.addWidget(label(keys, "caption"), 0, 0, 1, 2)
        for cell, row, layout, span in self._places():
            cells.addWidget(label(cell.title, "caption", buddy=cell), row, layout, 1, span)
            cells.addWidget(cell, row + 1, layout, 1, span)
        self.fields = scrolled(page, self, name="assign.fields")
        return self.fields

    def _places(self) -> Iterator[tuple[_FieldBox, int, int, int]]:
        yield self._cell("title", tr("paper", "Title"), 1), 1, 0, 2
        for number, field in enumerate(ASSIGNABLE, 1):
            if not field.by_side:
                yield self._cell(field.key, field.label.say(), ROWS), 2 * number + 1, 0, 2
                continue
            for layout, side in enumerate(SIDES):
                title = tr("assign", "{field} · {side}", field=field.label.say(), side=short_side(side))
                yield self._cell(f"{field.key}.{side}", title, ROWS_BY_SIDE), 2 * number + 1, layout, 1

    def _cell(self, name: str, title: str, rows: int) -> _FieldBox:
        cell = self.cells[name] = _FieldBox(name, title, rows, self)
        cell.entered.connect(lambda: self._make_current(cell))
        cell.textChanged.connect(self._changed)
        return cell

    # -- assigning --------------------------------------------------------------------------------

    def _make_current(self, cell: _FieldBox) -> None:
        """Make a cell the target of the text, also while the paper has the focus."""
        theme.mark(self._current, "current", value=False)
        self._current = cell
        theme.mark(cell, "current", value=True)
        self.target.setText(tr("assign", "Goes into: {field}", field=cell.title))
        self.put.setAccessibleDescription(self.target.text())

    def _step(self, by: int) -> None:
        cells = list(self.cells.values())
        cell = cells[min(max(cells.index(self._current) + by, 0), len(cells) - 1)]
        if self._current.hasFocus():
            cell.setFocus()
        self._make_current(cell)
        self.fields.ensureWidgetVisible(cell)

    def _change_over(self) -> None:
        (self.paper if self._current.hasFocus() else self._current).setFocus()

    def _put(self) -> None:
        if self.text is not None and (text := self.text.chosen()):
            self._current.appendPlainText(text)
            self.fields.ensureWidgetVisible(self._current)

    def _changed(self) -> None:
        cities = [self.cells[f"cities.{side}"].toPlainText().strip() for side in SIDES]
        self.read.setEnabled(all(cities))
        set_tool_tip(self.read, "" if all(cities) else tr("assign", "The cities of both sides are needed."))
        if self.text is not None:
            self.text.fade("\n".join(_flat(cell.toPlainText()) for cell in self.cells.values()))

    # -- reading in -------------------------------------------------------------------------------

    def _said(self, field: AssignField) -> tuple[str, str]:
        names = [f"{field.key}.{side}" for side in SIDES] if field.by_side else [field.key]
        first, *rest = (self.cells[name].toPlainText() for name in names)
        return first, "".join(rest)

    def _take_in(self) -> None:
        assigned = {field.key: self._said(field) for field in ASSIGNABLE}
        title, said = self.cells["title"].toPlainText(), tr("work", "Importing {file}", file=self._path.name)
        try:
            self.report = wait_for(
                said, lambda _: imports.import_assigned(self._desk, self._path, assigned, title), self
            )
        except UserError as error:
            self.notice.say(error.say())
        else:
            self.accept()


def _flat(text: str) -> str:
    return " ".join(text.split())


def import_papers(window: NavigableWindow, paths: Sequence[Path], visit: str | None = None) -> None:
    """Import papers and lists: their proposals are looked at first; what has no known labels is assigned by hand afterwards."""

    def job(progress: Progress) -> ReadFiles:
        return imports.read_files(window.desk, paths, visit, partial(progress.step, unit="file"))

    title = tr("work", "Reading {file}", file=", ".join(path.name for path in paths))
    window.work.run(title, job, lambda found: _look_at(window, found))


def _look_at(window: NavigableWindow, found: ReadFiles) -> None:
    if found.refused:
        window.tell("\n".join(sentence for _, sentence in found.refused))
    waiting: list[Callable[[], list[Plan]]] = [
        *(partial(imports.plan_papers, window.desk, papers) for papers in batches(found.papers)),
        *(partial(_plan_list, window, each) for each in found.lists),
    ]
    _next(window, waiting, found.by_hand)


def offer_lists(window: NavigableWindow, lists: Sequence[imports.OfficeList]) -> None:
    """Show the proposals of lists one after the other: the second knows the people that the first brought."""
    _next(window, [partial(_plan_list, window, each) for each in lists], ())


def _plan_list(window: NavigableWindow, found: imports.OfficeList) -> list[Plan]:
    return [imports.plan_list(window.desk, found)]


def _next(window: NavigableWindow, waiting: list[Callable[[], list[Plan]]], by_hand: Sequence[Path]) -> None:
    if not waiting:
        _by_hand(window, by_hand)
        return
    plan, *others = waiting
    window.work.run(
        tr("work", "Reading {file}", file="…"),
        lambda _: plan(),
        lambda plans: _offer(window, plans, lambda: _next(window, others, by_hand)),
    )


def _offer(window: NavigableWindow, plans: list[Plan], then: Callable[[], None]) -> None:
    page = ImportPage(plans, window)
    chosen = [(each.plan, each.chosen) for each in page.proposals] if page.ask() else []
    if any(numbers for _, numbers in chosen):
        import_plans(window, chosen, _imported, then)
        return
    if not any(line.possible for each in plans for line in each.lines):
        show_imported(window, plans)  # all of it is on record
    then()


def _by_hand(window: NavigableWindow, paths: Sequence[Path]) -> None:

    reports = assign_by_hand(window.desk, paths, window)
    if not reports:
        return
    ucaps = [id_ for report in reports for kind, id_ in report.records if kind == "ucap"]
    if ucaps:
        window.show_record(ucaps[0])
    ImportReportDialog(window.desk, reports, window).ask()
    if made := sum(report.new for report in reports):
        window.say_done(_imported(made), steps=len(reports))


def _imported(n: int) -> str:
    return ntr("window", "Imported {n} record.", "Imported {n} records.", n)
