"""The commands for a whole list: columns, views, changing many records, spreadsheets."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from ucapdesk.base.i18n import ntr, tr
from ucapdesk.services.records import views
from ucapdesk.ui.window.commands.command_area import Area
from ucapdesk.ui.window.jobs.job_runner import Progress

if TYPE_CHECKING:
    from ucapdesk.services.records.bulk import Bulk

MANY = 200
"""Number of records from which on a change runs in the background."""


class ListCommands(Area):
    """Commands of lists, which stand in several menus."""

    def choose_columns(self) -> None:
        """Choose the columns of the list."""
        from ucapdesk.ui.lists.columns_dialog import ColumnsDialog

        pane = self._window.list
        dialog = ColumnsDialog(pane.table.kind, [column.name for column in pane.table.columns[1:]], self._window)
        dialog.changed.connect(pane.set_columns)
        self._run(dialog)

    def save_view(self) -> None:
        """Save the list with its filter, order and columns under a name."""
        from ucapdesk.ui.lists.list_prompt import Prompt

        pane = self._window.list
        view = pane.shown
        dialog = Prompt(
            tr("view", "Name of the view"),
            tr("view", "Save"),
            lambda name: views.keep(self._desk, name, view),
            text=views.suggested_name(self._desk, view),
            parent=self._window,
        )
        dialog.setWindowTitle(tr("view", "Save this view"))
        done = dialog.exec()
        dialog.deleteLater()
        if done:
            pane.views_changed.emit()
            self._window.say(tr("view", "The view was saved. It stands under the sections."))

    def change_many(self) -> None:
        """Change one field of the selected records."""
        pane = self._window.list
        ids = pane.selected() or list(filter(None, (self._shown(),)))
        if not ids:
            self._window.say(tr("bulk", "Choose the records first: Ctrl or Shift and a click, or Ctrl+A."))
            return
        from ucapdesk.ui.lists.bulk_dialog import BulkDialog

        dialog = BulkDialog(self._desk, pane.table.kind, ids, self._window)
        wanted = dialog.bulk if dialog.exec() else None
        dialog.deleteLater()
        if wanted is not None:
            self._change(ids, wanted)

    def _change(self, ids: list[str], wanted: Bulk) -> None:
        from ucapdesk.services.records import bulk

        def done(n: int) -> None:
            self._tell_done(ntr("bulk", "{n} record was changed.", "{n} records were changed.", n))

        if len(ids) < MANY:
            done(bulk.change(self._desk, ids, wanted))
            return

        def job(progress: Progress) -> int:
            with progress.writing():
                return bulk.change(self._desk, ids, wanted, progress=progress.step)

        self._window.work.run(tr("work", "Changing records"), job, done)

    # -- spreadsheets -----------------------------------------------------------------------------

    def export_list(self) -> None:
        """Export the list as a spreadsheet."""
        from ucapdesk.ui.lists.list_export import ExportDialog

        pane = self._window.list
        chosen = pane.selected()
        dialog = ExportDialog(pane.table.rowCount(), len(chosen), self._window)
        wanted = (dialog.all_fields, dialog.only_chosen) if dialog.exec() else None
        dialog.deleteLater()
        if wanted is None:
            return
        all_fields, only_chosen = wanted
        name, _ = QFileDialog.getSaveFileName(
            self._window,
            tr("action", "Export list…"),
            f"{pane.table.kind.plural()}.xlsx",
            f"{tr('export', 'Spreadsheets')} (*.xlsx *.csv)",
        )
        if name:
            target = Path(name) if Path(name).suffix else Path(name).with_suffix(".xlsx")
            self.export_to(target, all_fields=all_fields, ids=chosen if only_chosen else None)

    def export_to(self, target: Path, *, all_fields: bool = False, ids: list[str] | None = None) -> None:
        """Export as ``export_list`` does, with all choices given."""
        from ucapdesk.services.files import sheets

        view, desk = self._window.list.shown, self._desk
        self._window.work.run(
            tr("work", "Exporting {file}", file=target.name),
            lambda progress: sheets.export(desk, view, target, all_fields=all_fields, ids=ids, progress=progress.step),
            lambda n: self._window.say(
                ntr(
                    "export",
                    "{n} record was written to {file}.",
                    "{n} records were written to {file}.",
                    n,
                    file=target.name,
                )
            ),
        )
