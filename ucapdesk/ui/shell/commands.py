"""The commands of the menus: one method for each line of ``actions.ACTIONS``."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QDialog, QFileDialog

from ucapdesk import __version__
from ucapdesk.base import logs, settings
from ucapdesk.base.i18n import language, tr
from ucapdesk.model.kinds import KINDS
from ucapdesk.services import history, records
from ucapdesk.ui.shell.sections import TRASH

if TYPE_CHECKING:
    from ucapdesk.ui.shell.window import DeskWindow


class Commands:
    """What one window can be asked to do."""

    def __init__(self, window: DeskWindow) -> None:
        self._window, self._desk = window, window.desk

    def _shown(self) -> str:
        return self._window.record.id or ""

    def _run(self, dialog: QDialog) -> None:
        dialog.exec()
        dialog.deleteLater()

    # -- file -------------------------------------------------------------------------------------

    def new_workspace(self) -> None:
        """Make another workspace and open it here."""
        self._window.open_other(None)

    def open_workspace(self) -> None:
        """Open another workspace here."""
        name = QFileDialog.getExistingDirectory(self._window, tr("action", "Open workspace…"))
        if name:
            self._window.open_other(Path(name))

    def import_paper(self) -> None:
        """Take in UCAPs at a glance, and tell what is odd in them. Text without the labels is assigned by hand."""
        names, _ = QFileDialog.getOpenFileNames(
            self._window, tr("action", "Import a UCAP document…"), "", "UCAP (*.txt *.docx *.pdf)"
        )
        if names:
            self.import_files([Path(name) for name in names])

    def import_files(self, paths: list[Path]) -> None:
        """As ``import_paper``, with the files known."""
        from ucapdesk.services import imports
        from ucapdesk.ui.pages.assign import assign_by_hand
        from ucapdesk.ui.pages.import_report import ImportReportDialog

        by_hand = [path for path in paths if not imports.has_labels(path)]
        reports = imports.import_files(self._desk, [path for path in paths if path not in by_hand])
        reports += assign_by_hand(self._desk, by_hand, self._window)
        if not reports:
            return
        ucaps = [id_ for report in reports for kind, id_ in report.records if kind == "ucap"]
        if ucaps:
            self._window.show_record(ucaps[0])
        self._run(ImportReportDialog(self._desk, reports, self._window))

    def save_backup(self) -> None:
        """One file with everything."""
        from ucapdesk.services import upkeep

        suggested = f"{self._desk.workspace.name}.ucapbackup"
        name, _ = QFileDialog.getSaveFileName(
            self._window, tr("action", "Save a backup…"), suggested, "UCAPDesk (*.ucapbackup)"
        )
        if name:
            upkeep.backup(self._desk, Path(name))
            self._window.say(tr("window", "The backup {file} was written.", file=Path(name).name))

    def preview(self) -> None:
        """The page of the shown record as it will be printed."""
        from ucapdesk.ui.pages.preview import PreviewDialog

        self._run(PreviewDialog(self._desk, self._shown(), self._window))

    def show_settings(self) -> None:
        """What this person can choose; each choice is applied at once."""
        from ucapdesk.ui.pages.settings import SettingsDialog

        self._run(SettingsDialog(self._desk, self._window.dress_anew, self._window))

    def close(self) -> None:
        """Close the window."""
        self._window.close()

    # -- edit -------------------------------------------------------------------------------------

    def undo(self) -> None:
        """Take back the last step and show it."""
        said = history.next_undo(self._desk, language())
        done = history.undo(self._desk)
        self._window.show_step(done.records, tr("window", "Undone: {step}", step=said or ""))

    def redo(self) -> None:
        """Do the last undone step again and show it."""
        said = history.next_redo(self._desk, language())
        done = history.redo(self._desk)
        self._window.show_step(done.records, tr("window", "Done again: {step}", step=said or ""))

    def focus_search(self) -> None:
        """Into the search; before anything is typed it shows the records opened last."""
        self._window.search.begin()

    def focus_filter(self) -> None:
        """Into the filter of the list."""
        self._window.list.filter.setFocus()
        self._window.list.filter.selectAll()

    def save_now(self) -> None:
        """Write what is being typed; every command does so first."""

    # -- go ---------------------------------------------------------------------------------------

    def back(self) -> None:
        """To where one was before."""
        self._window.step(-1)

    def forward(self) -> None:
        """To where one went back from."""
        self._window.step(1)

    def go_to(self, section: str) -> None:
        """A list, with the keys in it."""
        self._window.enter_section(section)

    def next_pane(self) -> None:
        """Sections, list, record, and round again."""
        self._window.focus_pane(1)

    def previous_pane(self) -> None:
        """The other way round."""
        self._window.focus_pane(-1)

    # -- record -----------------------------------------------------------------------------------

    def new_record(self) -> None:
        """An empty record of the kind listed."""
        kind = self._window.list.table.kind
        if not kind.owners:
            self._window.record.show_new(kind)

    def attach(self) -> None:
        """Keep copies of files with the shown record."""
        from ucapdesk.services import attachments

        names, _ = QFileDialog.getOpenFileNames(self._window, tr("action", "Attach files…"))
        if names:
            attachments.attach(self._desk, self._shown(), [Path(name) for name in names])

    def save_copy(self) -> None:
        """Write the file of an attachment to a place of the reader's choice."""
        from ucapdesk.services import attachments

        file = getattr(self._window.record.record, "file", None)
        name, _ = QFileDialog.getSaveFileName(
            self._window, tr("action", "Save a copy of the file…"), file.name if file else ""
        )
        if name:
            attachments.save_as(self._desk, self._shown(), Path(name))

    def show_history(self) -> None:
        """Who wrote what into the shown record."""
        from ucapdesk.ui.record.history import HistoryDialog

        self._run(HistoryDialog(self._desk, self._shown(), self._window))

    def trash_record(self) -> None:
        """Move the shown record to the Trash; Undo brings it back."""
        id_ = self._shown()
        owner = getattr(self._window.record.record, "owner", None)
        title = records.titles(self._desk, [id_], language()).get(id_, "")
        records.trash(self._desk, id_)
        self._window.show_record(owner)
        self._window.say(tr("window", "“{title}” is in the Trash. Undo brings it back.", title=title))

    def restore_record(self) -> None:
        """Take the shown record out of the Trash."""
        records.untrash(self._desk, self._shown())

    # -- view -------------------------------------------------------------------------------------

    def show_trash(self) -> None:
        """List what is in the Trash."""
        self._window.show_section(TRASH)

    def reset_layout(self) -> None:
        """Size of the window, panes, widths and order of columns as they were at first."""
        self._window.arrangement.forget()
        self._window.showNormal()
        self._window.arrangement.place(self._window)
        self._window.dress_anew()

    def use_english(self) -> None:
        """English, at once."""
        self._use(interface_language="en")

    def use_chinese(self) -> None:
        """Chinese, at once."""
        self._use(interface_language="zh")

    def use_light(self) -> None:
        """The light theme."""
        self._use(theme="light")

    def use_dark(self) -> None:
        """The dark theme."""
        self._use(theme="dark")

    def use_system(self) -> None:
        """The theme of the system."""
        self._use(theme="system")

    def larger(self) -> None:
        """Larger text."""
        self._resize_text(1)

    def smaller(self) -> None:
        """Smaller text."""
        self._resize_text(-1)

    def normal(self) -> None:
        """Text of the usual size."""
        self._use(text_size=100)

    def _resize_text(self, step: int) -> None:
        sizes = settings.TEXT_SIZES
        at = sizes.index(settings.load().text_size) + step
        self._use(text_size=sizes[min(max(at, 0), len(sizes) - 1)])

    def _use(self, **choice: object) -> None:
        settings.save(settings.load().with_(**choice))
        self._window.dress_anew()

    # -- help -------------------------------------------------------------------------------------

    def show_keys(self) -> None:
        """Which key does what."""
        from ucapdesk.ui.shell.keys_view import KeysDialog

        self._run(KeysDialog(self._window))

    def about(self) -> None:
        """What this is."""
        said = tr("window", "UCAPDesk {version}: UCAPs, visits, meetings and MoUs in two languages, without a network.")
        self._window.tell(said.format(version=__version__))

    def copy_details(self) -> None:
        """What to send with a question: versions and the end of the log, without a word of any record."""
        QApplication.clipboard().setText(logs.details())
        self._window.say(tr("window", "Details for a question about the program are in the clipboard."))

    # -- what is needed for a command --------------------------------------------------------------

    def can(self, needs: str) -> bool:
        """Whether a command that needs this makes sense now; see ``actions.ActionSpec``."""
        record, read_only = self._window.record.record, self._desk.workspace.read_only
        there = record is not None and bool(self._shown())
        kind = type(record).__tablename__ if record is not None else ""
        living = there and record is not None and not record.is_deleted
        return {
            "": True,
            "write": not read_only,
            "back": self._window.trail.can(-1),
            "forward": self._window.trail.can(1),
            "record": there,
            "living": living and not read_only,
            "trashed": there and not living and not read_only,
            "paper": living and kind in printable(),
            "files": living and not read_only and kind in KINDS["attachment"].owners,
            "file": there and kind == "attachment",
        }[needs]


@cache
def printable() -> frozenset[str]:
    """The kinds that a paper can be printed of; asked when the first record is shown, since printing takes long to load."""
    from ucapdesk.services import papers

    return frozenset(kind for document in papers.documents() for kind in document.kinds)
