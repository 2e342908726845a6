"""The import of spreadsheets: columns are mapped where needed, changes previewed row by row, then written as one step."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from ucapdesk.base.i18n import tr
from ucapdesk.ui.window.commands.command_area import Area
from ucapdesk.ui.window.jobs.job_runner import Progress

if TYPE_CHECKING:
    from ucapdesk.services.files.sheets import SheetReport, SheetTable


class SheetCommands(Area):
    """Commands that import spreadsheets."""

    def readers(self) -> dict[str, str]:
        """Return the importable suffixes with those of spreadsheets added."""
        from ucapdesk.services.files import sheets

        before: Callable[[], dict[str, str]] = super().readers  # type: ignore[misc]
        return {**before(), **dict.fromkeys(sheets.SUFFIXES, "import_sheets")}

    def import_sheets(self, paths: list[Path]) -> None:
        """Import spreadsheets one after the other; the changes of each are previewed first."""
        for path in paths:
            self._window.work.run(
                tr("work", "Reading {file}", file=path.name),
                partial(self._look, path),
                partial(self._looked_at, path),
            )

    def _look(self, path: Path, _: Progress) -> SheetTable:
        from ucapdesk.services.files import sheets

        return sheets.look_at(self._desk, path)

    def _looked_at(self, path: Path, table: SheetTable) -> None:
        if table.sure:
            self._try(path, table)
        else:
            self._map(path, table)

    def _map(self, path: Path, table: SheetTable) -> None:
        """Ask for the meaning of the columns."""
        from ucapdesk.services.files import sheets
        from ucapdesk.ui.lists.sheet_mapping import SheetMapping

        def look(kind: str, sheet: str) -> SheetTable:
            return sheets.look_at(self._desk, path, kind=kind or None, sheet=sheet or None)

        dialog = SheetMapping(table, look, self._window)
        wanted = dialog.table if dialog.exec() else None
        dialog.deleteLater()
        if wanted is not None:
            self._try(path, wanted)

    def _try(self, path: Path, table: SheetTable) -> None:
        from ucapdesk.services.files import sheets

        def dry_run(progress: Progress) -> SheetReport:
            return sheets.import_sheet(self._desk, path, table=table, dry_run=True, progress=progress.step)

        self._window.work.run(tr("work", "Reading {file}", file=path.name), dry_run, partial(self._offer, path, table))

    def _offer(self, path: Path, table: SheetTable, report: SheetReport) -> None:
        from ucapdesk.ui.lists.sheet_preview import COLUMNS, SheetPreview

        dialog = SheetPreview(report, self._window)
        answer, rows = dialog.exec(), dialog.wanted
        dialog.deleteLater()
        if answer == COLUMNS:
            self._map(path, table)
        elif answer == QDialog.DialogCode.Accepted:
            self._window.work.run(
                tr("work", "Importing {file}", file=path.name), partial(self._take_rows, path, table, rows), self._taken
            )

    def _take_rows(self, path: Path, table: SheetTable, rows: Collection[int], progress: Progress) -> SheetReport:
        from ucapdesk.services.files import sheets

        with progress.writing():
            return sheets.import_sheet(self._desk, path, table=table, rows=rows, progress=progress.step)

    def _taken(self, report: SheetReport) -> None:
        self._window.show_section(report.kind)
        self._tell_done(report.say())
