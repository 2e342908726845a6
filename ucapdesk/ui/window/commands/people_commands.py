"""Commands for people's data, and for copies and templates."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from ucapdesk.base.clock import local_now, today
from ucapdesk.base.i18n import ntr, tr
from ucapdesk.model.serialize import kind_of
from ucapdesk.services.records import records
from ucapdesk.ui.window.commands.command_area import Area

if TYPE_CHECKING:
    from ucapdesk.services.privacy.personal_data import Kept


class PeopleCommands(Area):
    """Commands of the Go and Record menus."""

    def copy_to_date(self) -> None:
        """Copy the shown visit or meeting to other days; its results are not copied."""
        from ucapdesk.services.visits import copy_to_date
        from ucapdesk.ui.window.date_box import DateDialog

        said = tr("again", "First day of the copy")
        dialog = DateDialog(today(self._desk.workspace.clock), self._window, title=said)
        start = dialog.date if dialog.exec() else None
        dialog.deleteLater()
        if start is not None:
            id_ = self._shown()
            title = " ".join(records.titles(self._desk, [id_]).get(id_, "").split())
            self._window.show_record(copy_to_date.copy_to(self._desk, id_, start))
            self._tell_done(tr("again", "“{title}” was copied without what came of it. This is the copy.", title=title))

    def meet_person(self) -> None:
        """Begin a meeting now, with the person shown."""
        from ucapdesk.services.people import people_actions

        made = people_actions.meet(self._desk, self._shown(), local_now(self._desk.workspace.clock))
        self._window.show_record(made)
        self._window.show_focused(True)
        self._window.record.take_focus()

    def use_template(self) -> None:
        """Use a template, or save the shown record's contents as one."""
        from ucapdesk.ui.people.templates_dialog import TemplatesDialog

        id_ = self._shown()
        kind = kind_of(records.get(self._desk, id_)).name
        title = records.titles(self._desk, [id_]).get(id_, "")
        dialog = TemplatesDialog(self._desk, id_, kind, title, self._window)
        said = dialog.said if dialog.exec() else ""
        dialog.deleteLater()
        if said:
            self._tell_done(said)

    def show_retention(self) -> None:
        """Show the retention periods; they are looked up in the background."""
        from ucapdesk.services.privacy import personal_data

        self._window.work.run(
            tr("work", "Reading who took part"), lambda _: personal_data.retention(self._desk), self._show_kept
        )

    def _show_kept(self, kept: Sequence[Kept]) -> None:
        from ucapdesk.ui.people.retention import RetentionDialog

        dialog = RetentionDialog(kept, self._window)
        self._run(dialog)
        if dialog.look_at:
            self._window.show_record(dialog.look_at)

    def save_person_data(self) -> None:
        """Write all data of the person shown into a file to be handed over."""
        from ucapdesk.services.privacy import personal_data

        id_ = self._shown()
        title = " ".join(records.titles(self._desk, [id_]).get(id_, "").split())
        name, _ = QFileDialog.getSaveFileName(
            self._window,
            tr("action", "All data of this person…"),
            f"{title or 'ucapdesk'}.xlsx",
            "UCAPDesk (*.xlsx *.csv *.json)",
        )
        if name:
            target = Path(name) if Path(name).suffix else Path(name).with_suffix(".xlsx")
            n = personal_data.write(self._desk, id_, target)
            self._window.say(ntr("personal", "{n} line was written to {file}.", "{n} lines were written to {file}.", n,
                                 file=target.name))  # fmt: skip
