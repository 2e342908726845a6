"""The import of spreadsheets, cards and calendars: previewed, then written as one step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QScrollArea, QWidget

from ucapdesk.base.i18n import dotted, ntr, tr
from ucapdesk.model.kinds import KINDS, LISTED
from ucapdesk.model.serialize import kind_of
from ucapdesk.services.files import incoming_files, sheets
from ucapdesk.services.files.file_formats import plan_of
from ucapdesk.services.files.imports import OfficeList, read_office_lists
from ucapdesk.services.files.incoming_files import Plan
from ucapdesk.services.files.sheets import SheetReport, SheetTable, columns_for
from ucapdesk.ui.fields.value_editors import Choice
from ucapdesk.ui.imports.paper_imports import ImportedRecords, import_plans, offer_lists
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.dialogs import Dialog, fit_dialog
from ucapdesk.ui.toolkit.item_views import TickTable
from ucapdesk.ui.toolkit.layouts import grid, grow, left, side_by_side
from ucapdesk.ui.toolkit.widgets import cut, label, named
from ucapdesk.ui.window.background_jobs import Progress
from ucapdesk.ui.window.commands.command_context import CommandContext

MAX_COLUMNS_MAPPED = 80  # Maximum number of columns that can be mapped; a list with more is no list of records
MAX_HEAD_CHARS = 91
Look = Callable[[str, str], SheetTable]  # A function that reads the file as another kind or sheet


class SheetMapping(Dialog):
    """Asks how a sheet is read; ``table`` holds it after it was accepted."""

    def __init__(self, table: SheetTable, look: Look, parent: QWidget | None = None) -> None:
        super().__init__("mapping", tr("sheet", "Import {file}", file=table.file), parent)
        self.table, self._look = table, look
        self.columns: dict[int, Choice] = {}
        choices = self._make_choices()
        self._area = named(QScrollArea(self, widgetResizable=True), "", self.windowTitle())
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._state = label("", "second", name="mapping.state", parent=self)
        self.next = self.foot.main("mapping.next", tr("mapping", "Preview rows"), self.accept)
        self.foot.out(tr("sheet", "Not now"))
        self.lay_out(choices, grow(self._area), self._state)
        self._show_columns()
        fit_dialog(self, 720, 560)
        self.kind.setFocus()

    def _make_choices(self) -> QHBoxLayout:
        self.sheet = named(Choice(self), "mapping.sheet", tr("mapping", "Sheet"))
        self.kind = named(Choice(self), "mapping.kind", tr("mapping", "Rows contain"))
        self.sheet.clear()
        for name in self.table.sheets:
            self.sheet.addItem(name, name)
        for kind in sorted(LISTED.values(), key=lambda each: each.plural()):
            self.kind.addItem(kind.plural(), kind.name)
        self.sheet.setCurrentIndex(self.sheet.findData(self.table.sheet.name))
        self.kind.setCurrentIndex(max(0, self.kind.findData(self.table.kind)))
        for box in (self.sheet, self.kind):
            box.activated.connect(self._read_again)
        return side_by_side(self.sheet, self.kind)

    # -- the columns ------------------------------------------------------------------------------

    def _read_again(self) -> None:
        self.table = self._look(self.kind.currentData() or "", self.sheet.currentData() or "")
        if self.table.kind and not self.kind.currentData():
            self.kind.setCurrentIndex(self.kind.findData(self.table.kind))
        self._show_columns()

    def _show_columns(self) -> None:
        inside = named(QWidget(), "page")
        cells = grid(on=inside, across=theme.MARGIN, down=theme.GAP)
        offered = columns_for(self.table.kind, self.table.columns.values()) if self.table.kind else {}
        self.columns = {}
        for place, head in list(enumerate(self.table.heads))[:MAX_COLUMNS_MAPPED]:
            samples = [row[place] for row in self.table.samples if place < len(row) and row[place]]
            if not head and not samples:
                continue
            name = head or tr("mapping", "Column {n}", n=place + 1)
            title = label(cut(" ".join(name.split()), MAX_HEAD_CHARS), "strong", parent=inside)
            example = label(cut(" ".join(dotted(*samples).split()), MAX_HEAD_CHARS), "second", parent=inside)
            means = tr("mapping", "{head}: means", head=name)
            box = self.columns[place] = named(Choice(inside), f"mapping.column.{place}", means)
            box.setItemText(0, tr("mapping", "— left out —"))
            for key, said in offered.items():
                box.addItem(said, key)
            box.setCurrentIndex(max(0, box.findData(self.table.columns.get(place))))
            box.activated.connect(lambda _, place=place: self._chosen(place))
            at = 2 * len(self.columns)
            cells.addWidget(title, at, 0)
            cells.addWidget(example, at + 1, 0)
            cells.addWidget(box, at, 1, 2, 1)
        cells.setColumnStretch(0, 1)
        cells.setColumnStretch(1, 1)
        cells.setRowStretch(2 * MAX_COLUMNS_MAPPED + 4, 1)
        self._area.setWidget(inside)
        self._count()

    def _chosen(self, place: int) -> None:
        """Assign a field to this column only: it is removed from the one that had it."""
        key = self.columns[place].currentData()
        for other, box in self.columns.items():
            if key is not None and other != place and box.currentData() == key:
                box.setCurrentIndex(0)
        self._count()

    def _count(self) -> None:
        meant = {place: box.currentData() for place, box in self.columns.items() if box.currentData() is not None}
        self.table = replace(self.table, columns=meant)
        left = len(self.columns) - len(meant)
        said = ntr("mapping", "{n} column is left out.", "{n} columns are left out.", left) if left else ""
        if not self.table.kind:
            said = tr("mapping", "First choose what the rows contain.")
        elif not meant:
            said = tr("mapping", "Assign a field to at least one column.")
        self._state.setText(said)
        self.next.setEnabled(bool(self.table.kind and meant))


MAX_ROWS_PREVIEWED = 300
BACK_TO_COLUMNS = 2  # Result of ``exec`` where the user wants to go back to the column mapping


class SheetPreview(Dialog):
    """Shows the report of a dry run; once accepted, ``wanted`` holds the rows to import."""

    def __init__(self, report: SheetReport, parent: QWidget | None = None) -> None:
        super().__init__("sheet", tr("sheet", "Import {file}", file=report.file), parent)
        self._report = report
        head = label(dotted(KINDS[report.kind].plural(), report.say()), "group", parent=self)
        self.table = self._make_table()
        self.take = self.foot.main("sheet.take", "", self.accept)
        self.take.setFocus()
        self.columns = self.foot.beside("sheet.columns", tr("sheet", "Columns…"), lambda: self.done(BACK_TO_COLUMNS))
        self.foot.out(tr("sheet", "Not now"))
        self.table.ticked.connect(self._count)
        self._count()
        self.lay_out(head, left(self.table.all), grow(self.table), *self._notes(), size=(760, 560))

    @property
    def wanted(self) -> set[int]:
        """The numbers of the rows to import: the ticked ones, and those beyond the ones shown."""
        shown = {each.row for each in self._report.changes[: self._shown]}
        return {
            *self.table.numbers(),
            *(each.row for each in self._report.changes if each.row not in shown and not each.doubtful),
        }

    def _make_table(self) -> TickTable:
        """List problems first, then the changes; what is doubtful starts unticked."""
        heads = ((tr("sheet", "Row"), 60), tr("sheet", "Record"), (tr("sheet", "What"), 320))
        table = TickTable("sheet.rows", tr("sheet", "Result for each row"), heads, self)
        troubles = self._report.troubles[:MAX_ROWS_PREVIEWED]
        self._shown = MAX_ROWS_PREVIEWED - len(troubles)
        changes = self._report.changes[: self._shown]
        rows = [(str(each.row), each.title, f"{each.column}: {each.what}") for each in troubles]
        for each in changes:
            fields = ", ".join(each.fields)
            said = tr("sheet", "new: {fields}", fields=fields) if each.new else fields
            if each.twin:
                said = tr(
                    "sheet", "“{name}” has the same name; tick it if it is another. {what}", name=each.twin, what=said
                )
            if each.both:
                both = ", ".join(each.both)
                said = tr(
                    "sheet", "Changed here too: {both}; tick it if the sheet is right. {what}", both=both, what=said
                )
            rows.append((str(each.row), each.title or each.id, said))
        ticks: list[bool | None] = [*(None for _ in troubles), *(not each.doubtful for each in changes)]
        table.fill_ticked(rows, [*(each.row for each in troubles), *(each.row for each in changes)], ticks)
        return table

    def _notes(self) -> list[QLabel]:
        report, said = self._report, []
        if len(report.troubles) + len(report.changes) > MAX_ROWS_PREVIEWED:
            said.append(tr("sheet", "The first {n} rows are shown.", n=MAX_ROWS_PREVIEWED))
        if report.unmapped:
            heads = ", ".join(report.unmapped)
            said.append(tr("sheet", "Not imported, because no field matches: {heads}", heads=heads))
        said.append(tr("sheet", "Empty cells change nothing. Undo reverses the whole import."))
        return [label(each, "second", parent=self) for each in said]

    def _count(self) -> None:
        n = len(self.wanted)
        self.take.setText(ntr("sheet", "Import {n} row", "Import {n} rows", n))
        self.take.setEnabled(n > 0)


# -- spreadsheets


def import_sheets(at: CommandContext, paths: list[Path]) -> None:
    for path in paths:
        at.window.work.run(
            tr("work", "Reading {file}", file=path.name),
            partial(_look, at, path, at.shown_with_people),
            partial(_looked_at, at, path),
        )


def _look(at: CommandContext, path: Path, owner: str | None, _: Progress) -> tuple[SheetTable, list[OfficeList]]:
    table = sheets.look_at(at.desk, path)
    return table, [] if table.sure and not owner else read_office_lists(at.desk, path, owner, new_visit=True)


def _looked_at(at: CommandContext, path: Path, seen: tuple[SheetTable, list[OfficeList]]) -> None:
    table, lists = seen
    if lists:
        offer_lists(at.window, lists)
    else:
        (_try if table.sure else _map)(at, path, table)


def _map(at: CommandContext, path: Path, table: SheetTable) -> None:

    def look(kind: str, sheet: str) -> SheetTable:
        return sheets.look_at(at.desk, path, kind=kind or None, sheet=sheet or None)

    dialog = SheetMapping(table, look, at.window)
    if dialog.ask():
        _try(at, path, dialog.table)


def _try(at: CommandContext, path: Path, table: SheetTable) -> None:
    def dry_run(progress: Progress) -> SheetReport:
        return sheets.import_sheet(at.desk, path, table=table, dry_run=True, progress=progress.step)

    at.window.work.run(tr("work", "Reading {file}", file=path.name), dry_run, partial(_offer, at, path, table))


def _offer(at: CommandContext, path: Path, table: SheetTable, report: SheetReport) -> None:
    dialog = SheetPreview(report, at.window)
    answer, rows = dialog.exec(), dialog.wanted
    dialog.deleteLater()
    if answer == BACK_TO_COLUMNS:
        _map(at, path, table)
    elif answer == QDialog.DialogCode.Accepted:
        at.window.work.write(
            tr("work", "Importing {file}", file=path.name),
            lambda progress: sheets.import_sheet(at.desk, path, table=table, rows=rows, progress=progress.step),
            partial(_taken, at, ImportedRecords(at.window, report.kind)),
        )


def _taken(at: CommandContext, imported: ImportedRecords, report: SheetReport) -> None:
    at.window.show_section(report.kind)
    imported.tell(report.say())


# -- cards and calendars


def import_entries(at: CommandContext, paths: list[Path]) -> None:
    visit = at.shown if at.record is not None and kind_of(at.record).name == "visit" else None
    for path in paths:

        def plan(_: Progress, path: Path = path) -> Plan:
            return plan_of(at.desk, path, visit)

        at.window.work.run(tr("work", "Reading {file}", file=path.name), plan, partial(offer_plan, at))


def offer_plan(at: CommandContext, plan: Plan) -> None:
    from ucapdesk.ui.imports.import_page import ImportPage

    dialog = ImportPage(plan, at.window)
    if dialog.ask() and (chosen := dialog.chosen):
        import_plans(at.window, [(plan, chosen)], partial(incoming_files.say_taken, plan))
