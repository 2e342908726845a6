"""The Record menu: create, duplicate, attach, trash, history."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from ucapdesk.base.clock import local_now, today
from ucapdesk.base.i18n import language, ntr, tr
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.meeting_kinds import MinuteEntry
from ucapdesk.model.kinds.visit_kinds import ItineraryItem
from ucapdesk.model.serialize import kind_of
from ucapdesk.services.meetings import actions, meetings
from ucapdesk.services.records import attached_files, history, record_copies, records
from ucapdesk.ui.record.trash_question import may_go
from ucapdesk.ui.window.commands.command_area import Area

ACTION = "action_item"
SEATED = ("visit", "meeting", "itinerary_item")
"""Kinds with a seating plan."""


class RecordCommands(Area):
    """One method for each line of the menu."""

    def new_record(self) -> None:
        """Begin an empty record of the listed kind."""
        kind = self._window.list.table.kind
        if not kind.owners or kind.name == ACTION:
            self._window.record.show_new(kind)

    def log_meeting(self) -> None:
        """Open the meeting that runs or has just ended, planned or not; else begin one now, in the visit under way."""
        now = local_now(self._desk.workspace.clock)
        found = meetings.at_hand(self._desk, now)
        if found is not None:
            is_item = isinstance(found, ItineraryItem)
            self._window.show_record(meetings.from_item(self._desk, found.id, now) if is_item else found.id)
        else:
            self._window.show_section("meeting")
            self._window.record.show_new(KINDS["meeting"], given=meetings.begun_now(self._desk, now))
        self._window.show_focused(True)
        self._window.record.take_focus()

    def new_action(self) -> None:
        """Begin an action, of the record shown where it can have actions; a line of the minutes gives it its text."""
        screen = self._window.record.special
        if screen is not None and screen.begin_action():
            return
        record, kind = self._window.record.record, KINDS[ACTION]
        owner, given = None, {}
        if isinstance(record, MinuteEntry) and self._living():
            owner, given = record.owner, {"text": record.text}
        elif record is not None and self._living() and kind_of(record).name in kind.owners:
            owner = record.id
        self._window.record.show_new(kind, owner, given=given)

    def duplicate(self) -> None:
        """Copy the shown record with its parts, to be changed."""
        id_ = self._shown()
        made = record_copies.duplicate(self._desk, id_)
        self._window.show_record(made)
        self._tell_done(tr("window", "“{title}” was duplicated. This is the copy.", title=self._title(id_)))

    def attach(self) -> None:
        """Choose files and attach copies of them to the shown record."""
        names, _ = QFileDialog.getOpenFileNames(self._window, tr("action", "Attach files…"))
        if names:
            self.attach_files([Path(name) for name in names])

    def attach_files(self, paths: list[Path]) -> None:
        """Attach copies of these files."""
        if kept := self._window.record.attach_files(paths):
            self._tell_done(ntr("window", "{n} file was attached.", "{n} files were attached.", kept))

    def save_copy(self) -> None:
        """Save the file of an attachment to a place the user chooses."""
        file = getattr(self._window.record.record, "file", None)
        name, _ = QFileDialog.getSaveFileName(
            self._window, tr("action", "Save a copy of the file…"), attached_files.safe_name(file.name) if file else ""
        )
        if name:
            attached_files.save_as(self._desk, self._shown(), Path(name))

    def show_history(self) -> None:
        """Show who wrote what into the shown record."""
        from ucapdesk.ui.record.history_dialog import HistoryDialog

        dialog = HistoryDialog(self._desk, self._shown(), self._window)
        self._run(dialog)
        if dialog.restored:
            field = history.label_of(kind_of(records.get(self._desk, self._shown())).name, dialog.restored)
            self._tell_done(tr("window", "“{field}” is what it was before.", field=field))
            self._light_up([dialog.restored])

    def show_seating(self) -> None:
        """Show the seating of the visit, meeting or programme item shown; its plan can be printed."""
        from ucapdesk.ui.papers.paper_dialog import PaperDialog
        from ucapdesk.ui.seating.seating_dialog import SeatingDialog

        id_ = self._shown()
        self._window.record.save_now()
        dialog = SeatingDialog(self._desk, id_, self._window)
        self._run(dialog)
        if dialog.wants_print:
            paper = PaperDialog(self._desk, [id_], self._window, "seating_plan")
            paper.choice.choose(dialog.chosen)
            paper.build()
            self._run(paper)

    def same_as(self) -> None:
        """Mark the shown record as the same as another one, or as different."""
        from ucapdesk.ui.exchange.duplicates_words import name_other

        name_other(self._window, self._shown())

    def look_alikes(self) -> None:
        """Show the possible duplicates of the shown record beside it, and the records merged with it."""
        from ucapdesk.ui.exchange.duplicates_words import look_alikes

        look_alikes(self._window, self._shown())

    def done_here(self) -> None:
        """Save the text being typed and return to the list."""
        self._window.record.left.emit()

    def tick(self) -> None:
        """Mark the selected actions as done, or as open again, and move to the next row."""
        chosen = records.several(self._desk, self._chosen())
        ids = [each.id for each in chosen if kind_of(each).name == ACTION and not each.is_deleted]
        if not ids:
            return
        table = self._window.list.table
        row = table.row_of(ids[-1])
        following = table.id_at(row + 1) if 0 <= row < table.rowCount() - 1 else ids[-1]
        self._tick(ids)
        self._window.open_found(following)

    def tick_one(self, id_: str) -> None:
        """Mark one action as done, or as open again, wherever it is listed."""
        self._tick([id_])

    def _tick(self, ids: list[str]) -> None:
        title = self._title(ids[-1])
        done = actions.tick(self._desk, ids, today(self._desk.workspace.clock))
        self._tell_done(
            tr("window", "“{title}” is done.", title=title)
            if done
            else tr("window", "“{title}” is open again.", title=title)
        )

    def trash_record(self) -> None:
        """Move the shown record, or the selected rows, to the Trash; Undo restores them."""
        ids = self._chosen()
        owner = getattr(self._window.record.record, "owner", None)
        title = self._title(ids[0])
        if not may_go(self._desk, ids, self._window):
            return
        records.trash(self._desk, *ids)
        self._window.show_record(owner if len(ids) == 1 else None)
        self._tell_done(
            tr("window", "“{title}” is in the Trash.", title=title)
            if len(ids) == 1
            else ntr("window", "{n} record is in the Trash.", "{n} records are in the Trash.", len(ids))
        )

    def restore_record(self) -> None:
        """Restore the shown record, or the selected rows, from the Trash."""
        pane = self._window.trash
        ids = (pane.selected() if pane.isVisible() else []) or [self._shown()]
        title = self._title(ids[0])
        records.untrash(self._desk, *ids)
        self._tell_done(
            tr("window", "“{title}” is restored.", title=title)
            if len(ids) == 1
            else ntr("window", "{n} record is restored.", "{n} records are restored.", len(ids))
        )

    def _living(self) -> bool:
        """Return whether the record shown exists and is not in the Trash."""
        record = self._window.record.record
        return bool(self._shown()) and record is not None and not record.is_deleted

    def _title(self, id_: str) -> str:
        return records.titles(self._desk, [id_], language()).get(id_, "")
