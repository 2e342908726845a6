"""Commands for people's data, and for copies and templates."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from ucapdesk.base.clock import local_now, today
from ucapdesk.base.i18n import ntr, tr
from ucapdesk.model.serialize import kind_of
from ucapdesk.services.records import records
from ucapdesk.ui.toolkit.file_dialogs import ask_where
from ucapdesk.ui.window.command_table import window_command
from ucapdesk.ui.window.commands.availability import guest_shown, occasion_shown, person_shown, template_owner_shown
from ucapdesk.ui.window.commands.command_context import CommandContext

if TYPE_CHECKING:
    from ucapdesk.services.privacy.personal_data import Kept


@window_command("record.copy_to_date", "Copy to another date…", enabled=occasion_shown)
def copy_to_date(at: CommandContext) -> None:
    """Copy the shown visit or meeting to other days; its results are not copied."""
    from ucapdesk.services.visits import copy_to_date as copies
    from ucapdesk.ui.window.date_box import DateDialog

    dialog = DateDialog(today(at.desk.workspace.clock), at.window, title=tr("again", "First day of the copy"))
    if dialog.ask() and dialog.date is not None:
        id_ = at.shown
        title = " ".join(records.title(at.desk, id_).split())
        at.window.show_record(copies.copy_to(at.desk, id_, dialog.date))
        at.window.say_done(tr("again", "“{title}” was copied without its results. This is the copy.", title=title))


@window_command("record.meet", "New meeting with this person", enabled=guest_shown)
def meet_person(at: CommandContext) -> None:
    """Begin a meeting now, with the person shown."""
    from ucapdesk.services.meetings import meetings

    at.window.show_record(meetings.meet(at.desk, at.shown, local_now(at.desk.workspace.clock)))
    at.window.show_focused(True)
    at.window.record.take_focus()


@window_command("record.templates", "Templates…", enabled=template_owner_shown)
def use_template(at: CommandContext) -> None:
    """Use a template, or save the shown record's contents as one."""
    from ucapdesk.ui.people.templates_dialog import TemplatesDialog

    id_ = at.shown
    kind = kind_of(records.get(at.desk, id_)).name
    dialog = TemplatesDialog(at.desk, id_, kind, records.title(at.desk, id_), at.window)
    if dialog.ask() and dialog.said:
        at.window.say_done(dialog.said)


@window_command("go.retention", "Data retention…")
def show_retention(at: CommandContext) -> None:
    """Show the retention periods; they are looked up in the background."""
    from ucapdesk.services.privacy import personal_data

    at.window.work.run(
        tr("work", "Reading who took part"), lambda _: personal_data.retention(at.desk), partial(_show_kept, at)
    )


def _show_kept(at: CommandContext, kept: Sequence[Kept]) -> None:
    from ucapdesk.ui.people.retention import RetentionDialog

    dialog = RetentionDialog(kept, at.window)
    dialog.ask()
    if dialog.look_at:
        at.window.show_record(dialog.look_at)


@window_command("record.person_data", "All data of this person…", enabled=person_shown)
def save_person_data(at: CommandContext) -> None:
    """Write all data of the person shown into a file to be handed over."""
    from ucapdesk.services.files import file_formats
    from ucapdesk.services.privacy import personal_data

    id_ = at.shown
    title = " ".join(records.title(at.desk, id_).split())
    asked, forms = tr("action", "All data of this person…"), f"{file_formats.sheet_files()};;JSON (*.json)"
    if target := ask_where(at.window, asked, f"{title or 'ucapdesk'}.xlsx", forms):
        n = personal_data.write(at.desk, id_, target)
        at.window.say(ntr("personal", "{n} line was written to {file}.", "{n} lines were written to {file}.", n,
                             file=target.name))  # fmt: skip
