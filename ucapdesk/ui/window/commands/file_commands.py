"""The File menu: workspaces, importing files, printing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from ucapdesk.base.clock import today
from ucapdesk.base.i18n import tr
from ucapdesk.model.kinds import KINDS
from ucapdesk.ui.toolkit.plain_text import ask
from ucapdesk.ui.window.commands.command_area import Area
from ucapdesk.ui.window.sections import HOME, PAGES, TRASH, WEEK

PACKAGES = ".ucapx"
MANY = 2_000
"""Maximum number of rows of a list that are printed."""


class FileCommands(Area):
    """One method for each line of the menu."""

    def new_workspace(self) -> None:
        """Create another workspace and open it here."""
        self._window.open_other(None)

    def open_workspace(self) -> None:
        """Open another workspace here."""
        name = QFileDialog.getExistingDirectory(self._window, tr("action", "Open workspace…"))
        if name:
            self._window.open_other(Path(name))

    def open_sample(self) -> None:
        """Open the sample here."""
        self._window.sample_wanted.emit()

    def throw_sample_away(self) -> None:
        """Remove the sample with all changes made in it; the one step that cannot be undone."""
        said = tr(
            "window",
            "The sample and everything you tried on it are removed from this computer. Your own workspaces stay as they are. "
            "The sample can be made anew at any time.",
        )
        answers = [tr("window", "Throw away"), tr("window", "Keep it")]
        if ask(self._window, "throw_away", said, answers) == 0:
            self._window.thrown_away.emit()

    def receive(self) -> None:
        """Import files of any type."""
        endings = " ".join(f"*{ending} *{ending.upper()}" for ending in self.readers())
        names, _ = QFileDialog.getOpenFileNames(
            self._window,
            tr("action", "Receive a file…"),
            "",
            f"{tr('window', 'Files that can be received')} ({endings})",
        )
        if names:
            self.receive_files([Path(name) for name in names])

    def readers(self) -> dict[str, str]:
        """Return the command that imports files of each suffix."""
        from ucapdesk.services.files.imports import SUFFIXES

        return {**dict.fromkeys(SUFFIXES, "import_files"), PACKAGES: "receive_packages"}

    def receive_packages(self, paths: list[Path]) -> None:
        """Show packages of colleagues, and apply those the user accepts."""
        self.exchange_work.receive(paths)

    def receive_files(self, paths: list[Path]) -> None:
        """Hand each file to the command for its suffix; an unknown one to the UCAP import, which explains the error."""
        readers = self.readers()
        by_command: dict[str, list[Path]] = {}
        for path in paths:
            by_command.setdefault(readers.get(path.suffix.lower(), "import_files"), []).append(path)
        for command, files in by_command.items():
            getattr(self, command)(files)

    def import_files(self, paths: list[Path]) -> None:
        """Import UCAPs at a glance and report what is odd in them. Text without known labels is assigned by hand."""
        from ucapdesk.ui.window.jobs import background_tasks

        background_tasks.import_papers(self._window, paths)

    def save_backup(self) -> None:
        """Write everything into one backup file."""
        from ucapdesk.ui.window.jobs import background_tasks

        workspace = self._desk.workspace
        suggested = f"{workspace.path.name if workspace.protected else workspace.name}.ucapbackup"
        name, _ = QFileDialog.getSaveFileName(
            self._window, tr("action", "Save a backup…"), suggested, "UCAPDesk (*.ucapbackup)"
        )
        if name:
            background_tasks.save_backup(self._window, Path(name))

    def check(self) -> None:
        """Check the whole workspace and report what was found."""
        from ucapdesk.ui.window.jobs import background_tasks

        background_tasks.check(self._window)

    def preview(self) -> None:
        """Preview the paper of what is shown: the record, the selected rows, or else the whole list; on a page its visit."""
        from ucapdesk.services.meetings.meetings import running_visit
        from ucapdesk.services.visits.visits_week import week

        place = "" if self._shown() else self._window.section
        now = today(self._desk.workspace.clock)
        if place == HOME and (
            visit := running_visit(self._desk, f"{now}") or running_visit(self._desk, f"{now + timedelta(1)}")
        ):
            self.print_record(visit.id)
        elif place == WEEK and self._window.week and (stays := week(self._desk, self._window.week.day).visits):
            self._print([stays[0].id], "itinerary")
        elif self.can("paper"):
            self.print_record(*self._printed())
        else:
            self._window.say(
                tr(
                    "window",
                    "There is no paper of what is shown here. Open a visit, a meeting, a UCAP, an MoU or a person, then print.",
                )
            )

    def print_record(self, *ids: str) -> None:
        """Preview the paper of these records; go to a gap if the user chooses one."""
        self._print(ids)

    def preview_tomorrow(self, visit: str) -> None:
        """Preview the sheet of the next day of a visit."""
        self._print([visit], "day_sheet", {"day": f"{today(self._desk.workspace.clock) + timedelta(1)}"})

    def print_again(self, pack: str) -> None:
        """Preview the paper of a pack with today's data."""
        from ucapdesk.papers.asked_before import request_of

        asked = request_of(self._desk, pack)
        chosen = {
            name: getattr(asked, name) for name in ("languages", "layout", "edition", "page", "both_sides", "sections")
        }
        self._print(asked.ids, asked.document, {**chosen, **asked.options, "marking": asked.marking or ""})

    def print_tomorrow(self) -> None:
        """Preview the pack of tomorrow's visit, from anywhere in the window."""
        from ucapdesk.services.meetings.meetings import running_visit

        visit = running_visit(self._desk, f"{today(self._desk.workspace.clock) + timedelta(1)}")
        if visit is None:
            self._window.say(tr("window", "No visit takes place tomorrow, so there is no pack to print."))
        else:
            self.print_record(visit.id)

    def _print(
        self, ids: Sequence[str], document: str | None = None, chosen: Mapping[str, object] | None = None
    ) -> None:
        from ucapdesk.ui.papers.paper_dialog import PaperDialog

        self._window.record.save_now()
        dialog = PaperDialog(self._desk, ids, self._window, document)
        if chosen:
            dialog.choice.choose(chosen)
            dialog.build()
        self._run(dialog)
        if dialog.leads_to is not None:
            id_, field = dialog.leads_to
            shown = self._window.record
            self._window.show_record(shown.place_of(id_))
            if not shown.focus_cell(id_, field):  # its row has no room for it
                self._window.show_record(id_)
                shown.focus_field(field)

    def can_print(self, shown: str) -> bool:
        """Return whether what is shown can be printed: the record, else everything listed."""
        chosen = self._chosen()
        if len(chosen) < 2 and (shown or chosen):
            return shown in KINDS and bool(KINDS[shown].cls.papers)
        listed = self._window.section not in (*PAGES, TRASH)
        table = self._window.list.table
        return listed and table.rowCount() > 0 and table.kind.cls.papers == "many"

    def _printed(self) -> list[str]:
        """Return the records that Ctrl+P prints."""
        return self._chosen() or list(self._window.list.table.ids()[:MANY])

    def show_settings(self) -> None:
        """Open the settings; each choice is applied at once."""
        from ucapdesk.ui.settings.settings_dialog import SettingsDialog

        window = self._window
        give = lambda name: window.actions_for(name)()  # noqa: E731
        change = window.passphrase_wanted.emit
        self._run(
            SettingsDialog(
                self._desk, window.dress_anew, window, give, window.restore_wanted.emit, change_passphrase=change
            )
        )

    def close(self) -> None:
        """Close the window."""
        self._window.close()
