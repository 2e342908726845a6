"""The Record menu: create, duplicate, attach, trash, history."""

from __future__ import annotations

from ucapdesk.base.clock import local_now, today
from ucapdesk.base.i18n import dotted, ntr, tr
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.meeting_kinds import MinuteEntry
from ucapdesk.model.kinds.visit_kinds import ItineraryItem
from ucapdesk.model.quick_create import stub
from ucapdesk.model.serialize import kind_of
from ucapdesk.services.meetings import actions, meetings
from ucapdesk.services.records import history, record_copies, records
from ucapdesk.ui.record.trash_question import may_go
from ucapdesk.ui.toolkit.announce import announce
from ucapdesk.ui.window.command_table import window_command
from ucapdesk.ui.window.commands.availability import (
    action_shown,
    attachment_shown,
    editable_shown,
    file_owner_shown,
    form_shown,
    mergeable_shown,
    record_shown,
    seated_shown,
    trashed_shown,
    ucap_shown,
    writable,
)
from ucapdesk.ui.window.commands.command_context import ACTION, CommandContext
from ucapdesk.ui.window.commands.print_commands import print_paper


@window_command("record.new", "New", "Ctrl+N", enabled=writable)
def new_record(at: CommandContext) -> None:
    """Begin an empty record of the listed kind."""
    if at.window.list.may_make:
        at.window.record.show_new(at.window.list.table.kind)


@window_command("record.meeting", "Log a meeting", "Ctrl+M", enabled=writable)
def log_meeting(at: CommandContext) -> None:
    """Open the meeting that runs or has just ended, planned or not; else begin one now, in the visit under way."""
    now = local_now(at.desk.workspace.clock)
    found = meetings.at_hand(at.desk, now, shown=at.shown)
    if found is not None:
        is_item = isinstance(found, ItineraryItem)
        at.window.show_record(meetings.from_item(at.desk, found.id, now) if is_item else found.id)
    else:
        given = meetings.begun_now(at.desk, now, at.shown)
        at.window.show_section("meeting")
        at.window.record.show_new(KINDS["meeting"], given=given)
    at.window.show_focused(True)
    at.window.record.take_focus()


@window_command("record.action", "New action", "Ctrl+J", enabled=writable)
def new_action(at: CommandContext) -> None:
    """Begin an action, of the record shown where it can have actions; a line of the minutes gives it its text."""
    screen = at.window.record.special
    kind = KINDS[ACTION]
    if screen is not None and screen.begin_action():
        announce(at.window, tr("record", "New: {kind}", kind=kind.label()))
        return
    record = at.window.record.record
    owner, given = None, {}
    if isinstance(record, MinuteEntry) and at.living is not None:
        owner, given = record.owner, {"text": record.text}
    elif record is not None and at.living is not None and kind_of(record).name in kind.owners:
        owner = record.id
    at.window.record.show_new(kind, owner, given=given)


@window_command("record.duplicate", "Duplicate", "Ctrl+D", enabled=editable_shown)
def duplicate(at: CommandContext) -> None:
    """Copy the shown record with its parts, to be changed."""
    id_ = at.shown
    at.window.show_record(record_copies.duplicate(at.desk, id_))
    at.window.say_done(tr("window", "“{title}” was duplicated. This is the copy.", title=records.title(at.desk, id_)))


@window_command("record.attach", "Attach files…", "Ctrl+I", enabled=file_owner_shown)
def attach(at: CommandContext) -> None:
    """Choose files and attach copies of them to the shown record."""
    if (parts := at.window.record.parts) is not None:
        parts.begin("attachment")


@window_command("record.save_copy", "Save a copy of the file…", enabled=attachment_shown)
def save_copy(at: CommandContext) -> None:
    """Save the file of an attachment to a place the user chooses."""
    from ucapdesk.ui.record.record_files import save_file

    save_file(at.desk, at.shown, at.window)


@window_command("record.history", "History", "Ctrl+H", enabled=record_shown)
def show_history(at: CommandContext) -> None:
    """Show who wrote what into the shown record."""
    from ucapdesk.ui.record.history_dialog import HistoryDialog

    dialog = HistoryDialog(at.desk, at.shown, at.window)
    dialog.ask()
    if dialog.restored:
        field = history.label_of(kind_of(records.get(at.desk, at.shown)).name, dialog.restored)
        at.window.say_done(tr("window", "“{field}” has its previous value again.", field=field))
        at.light_up([dialog.restored])


@window_command("record.seating", "Seating…", enabled=seated_shown)
def show_seating(at: CommandContext) -> None:
    """Show the seating of the visit, meeting or programme item shown, or of the item selected in it; its plan can be printed."""
    from ucapdesk.services.visits import visit_seating
    from ucapdesk.ui.seating.seating_dialog import PRINT, SeatingDialog

    at.window.record.save_now()
    screen = at.window.record.special
    point = screen.chosen_point if screen is not None else ""
    id_ = point if point and visit_seating.is_seated(at.desk, point) else at.shown
    dialog = SeatingDialog(at.desk, id_, at.window)
    dialog.ask()
    if dialog.answer == PRINT:
        print_paper(at, [id_], "seating_plan", dialog.chosen)


@window_command("record.partnership", "Partnership…", enabled=ucap_shown)
def show_partnership(at: CommandContext) -> None:
    """Show the UCAP as a picture: who met whom, themes and MoUs; go to what is pressed."""
    from ucapdesk.ui.people.partnership_dialog import PRINT, PartnershipDialog

    at.window.record.save_now()
    dialog = PartnershipDialog(at.desk, at.shown, records.title(at.desk, at.shown), at.window)
    dialog.ask()
    if dialog.look_at:
        at.window.show_record(dialog.look_at)
    elif dialog.answer == PRINT:
        at.window.do("record.print_paper", "partnership")


@window_command("record.same_as", "Merge duplicates…", enabled=mergeable_shown)
def same_as(at: CommandContext) -> None:
    """Mark the shown record as the same as another one, or as different."""
    from ucapdesk.ui.exchange.duplicates_dialog import name_other

    name_other(at.window, at.shown)


@window_command("record.compare", enabled=mergeable_shown)
def look_alikes(at: CommandContext) -> None:
    """Show the possible duplicates of the shown record beside it, and the records merged with it."""
    from ucapdesk.ui.exchange.duplicates_dialog import look_alikes

    look_alikes(at.window, at.shown)


window_command("edit.done", "Finish editing", "Ctrl+Return Ctrl+Enter", enabled=form_shown)(
    lambda at: at.window.record.left.emit()  # what is being typed is saved before every command
)


@window_command("record.tick", "Mark as done or open", enabled=action_shown)
def tick(at: CommandContext) -> None:
    """Mark the selected actions as done, or as open again, and move to the next row."""
    ids = at.chosen_actions()
    if not ids:
        return
    table = at.window.list.table
    row = table.row_of(ids[-1])
    following = table.id_at(row + 1) if 0 <= row < table.rowCount() - 1 else ids[-1]
    _tick(at, ids)
    at.window.open_found(following)


def _tick(at: CommandContext, ids: list[str]) -> None:
    title = records.title(at.desk, ids[-1])
    done = actions.tick(at.desk, ids, today(at.desk.workspace.clock))
    said = tr("window", "“{title}” is done.") if done else tr("window", "“{title}” is open again.")
    at.window.say_done(said.format(title=title))


window_command("home.tick", enabled=writable)(lambda at, id_: _tick(at, [id_]))  # wherever it is listed


@window_command("record.set_status", enabled=editable_shown)
def set_status(at: CommandContext, status: str) -> None:
    """Set the status of the record shown, with what goes along in its kind."""
    from ucapdesk.services.agreements import agreements
    from ucapdesk.services.visits import visits

    if at.kind == "visit":
        visits.set_status(at.desk, at.shown, status)
    elif at.kind == "agreement":
        agreements.move(at.desk, at.shown, status)
    else:
        records.edit(at.desk, at.shown, {"status": status})
    said = KINDS[at.kind].fields["status"].code_label(status)
    at.window.say_done(dotted(records.title(at.desk, at.shown), tr("visit", "Status: {status}", status=said)))


@window_command("record.sign", enabled=editable_shown)
def sign(at: CommandContext) -> None:
    """Ask what a signed MoU has: the day, who signed, the document."""
    from ucapdesk.ui.agreements.agreement_screen import AgreementScreen

    screen = at.window.record.special
    if isinstance(screen, AgreementScreen) and screen.panel is None:
        screen.ask()


@window_command("record.new_named", enabled=writable)
def new_named(at: CommandContext, kind: str, name: str) -> None:
    """Create a record with a name, and go into it."""
    if kind == "person":
        from ucapdesk.services.people import new_person

        made = new_person.add(at.desk, name)
    else:
        made = records.add(at.desk, kind, stub(KINDS[kind], name))
    at.window.show_record(made)
    at.window.record.take_focus()


@window_command("week.move", enabled=writable)
def move_event(at: CommandContext, id_: str, by: int, end_by: int) -> None:
    """Move an event of the calendar, or its end, by so many minutes."""
    from ucapdesk.services.visits import visits_week

    if by:
        visits_week.move(at.desk, id_, by)
    if end_by:
        visits_week.stretch(at.desk, id_, end_by)
    at.window.say_done(tr("visit", "“{title}” was moved.", title=records.title(at.desk, id_)))


@window_command("record.trash", "Move to Trash", enabled=editable_shown)
def trash_record(at: CommandContext) -> None:
    """Move the shown record, or the selected rows, to the Trash; Undo restores them."""
    ids = at.chosen()
    owner = getattr(at.window.record.record, "owner", None)
    title = records.title(at.desk, ids[0])
    if not may_go(at.desk, ids, at.window):
        return
    records.trash(at.desk, *ids)
    at.window.show_record(owner if len(ids) == 1 else None)
    many = ntr("window", "{n} record is in the Trash.", "{n} records are in the Trash.", len(ids))
    at.window.say_done(many if len(ids) > 1 else tr("window", "“{title}” is in the Trash.", title=title))


@window_command("record.restore", "Restore from Trash", enabled=trashed_shown)
def restore_record(at: CommandContext) -> None:
    """Restore the shown record, or the selected rows, from the Trash."""
    pane = at.window.shelf.trash
    ids = (pane.selected() if pane.isVisible() else []) or [at.shown]
    title = records.title(at.desk, ids[0])
    records.untrash(at.desk, *ids)
    many = ntr("window", "{n} record is restored.", "{n} records are restored.", len(ids))
    at.window.say_done(many if len(ids) > 1 else tr("window", "“{title}” is restored.", title=title))
