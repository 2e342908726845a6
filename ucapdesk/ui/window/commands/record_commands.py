"""The Record menu: create, duplicate, attach, trash, history; copies, templates and people's data.

The search suggests some of these commands: a paper of the record shown, its signing, another status; and a new record
with a name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from ucapdesk.base.clock import local_now, today
from ucapdesk.base.fold import fold_accents
from ucapdesk.base.i18n import dotted, language, ntr, tr
from ucapdesk.model.codes import codes
from ucapdesk.model.field_change import can_begin, stub
from ucapdesk.model.kinds import KINDS, LISTED
from ucapdesk.model.kinds.visit_kinds import ItineraryItem, MinuteEntry
from ucapdesk.model.rules.status import awaits_signature
from ucapdesk.model.serialize import kind_of
from ucapdesk.services import meetings
from ucapdesk.services.records import history, records, search
from ucapdesk.ui.lists.list_pane import in_sentence
from ucapdesk.ui.record.record_page import may_go
from ucapdesk.ui.toolkit.dialogs import ask_where
from ucapdesk.ui.toolkit.widgets import announce
from ucapdesk.ui.window.command_table import SuggestedCommand, window_command
from ucapdesk.ui.window.commands.command_context import (
    ACTION,
    CommandContext,
    action_shown,
    attachment_shown,
    editable_shown,
    file_owner_shown,
    form_shown,
    guest_shown,
    mergeable_shown,
    occasion_shown,
    person_shown,
    record_shown,
    seated_shown,
    template_owner_shown,
    trashed_shown,
    ucap_shown,
    writable,
)
from ucapdesk.ui.window.commands.file_commands import print_paper

if TYPE_CHECKING:
    from ucapdesk.services.people.personal_data import RetentionEntry


@window_command("record.new", "New", "Ctrl+N", enabled=writable)
def new_record(at: CommandContext) -> None:
    if at.window.list.may_make:
        at.window.record.show_new(at.window.list.table.kind)


@window_command("record.meeting", "Log a meeting", "Ctrl+M", enabled=writable)
def log_meeting(at: CommandContext) -> None:
    """Open the meeting that runs or has just ended, planned or not; else begin one now, in the visit under way."""
    now = local_now(at.desk.workspace.clock)
    found = meetings.meeting_to_log(at.desk, now, shown=at.shown)
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
    id_ = at.shown
    at.window.show_record(records.copy_with_parts(at.desk, id_))
    at.window.say_done(tr("window", "“{title}” was duplicated. This is the copy.", title=records.title(at.desk, id_)))


@window_command("record.attach", "Attach files…", "Ctrl+I", enabled=file_owner_shown)
def attach(at: CommandContext) -> None:
    if (parts := at.window.record.parts) is not None:
        parts.begin("attachment")


@window_command("record.save_copy", "Save a copy of the file…", enabled=attachment_shown)
def save_copy(at: CommandContext) -> None:
    from ucapdesk.ui.record.attachments import save_file

    save_file(at.desk, at.shown, at.window)


@window_command("record.history", "History", "Ctrl+H", enabled=record_shown)
def show_history(at: CommandContext) -> None:
    from ucapdesk.ui.record.record_dialogs import HistoryDialog

    dialog = HistoryDialog(at.desk, at.shown, at.window)
    dialog.ask()
    if dialog.restored:
        field = history.label_of(kind_of(records.get(at.desk, at.shown)).name, dialog.restored)
        at.window.say_done(tr("window", "“{field}” has its previous value again.", field=field))
        at.light_up([dialog.restored])


@window_command("record.seating", "Seating…", enabled=seated_shown)
def show_seating(at: CommandContext) -> None:
    from ucapdesk.services.visits import visit_seating
    from ucapdesk.ui.screens.seating_dialog import PRINT, SeatingDialog

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
    from ucapdesk.ui.screens.people_screens import PRINT, PartnershipDialog

    at.window.record.save_now()
    dialog = PartnershipDialog(at.desk, at.shown, records.title(at.desk, at.shown), at.window)
    dialog.ask()
    if dialog.look_at:
        at.window.show_record(dialog.look_at)
    elif dialog.answer == PRINT:
        at.window.do("record.print_paper", "partnership")


@window_command("record.same_as", "Merge duplicates…", enabled=mergeable_shown)
def same_as(at: CommandContext) -> None:
    from ucapdesk.ui.exchange.duplicates_dialog import name_other

    name_other(at.window, at.shown)


@window_command("record.compare", enabled=mergeable_shown)
def look_alikes(at: CommandContext) -> None:
    from ucapdesk.ui.exchange.duplicates_dialog import look_alikes

    look_alikes(at.window, at.shown)


window_command("edit.done", "Finish editing", "Ctrl+Return Ctrl+Enter", enabled=form_shown)(
    lambda at: at.window.record.left.emit()  # what is being typed is saved before every command
)


@window_command("record.tick", "Mark as done or open", enabled=action_shown)
def tick(at: CommandContext) -> None:
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
    done = meetings.tick_actions(at.desk, ids, today(at.desk.workspace.clock))
    said = tr("window", "“{title}” is done.") if done else tr("window", "“{title}” is open again.")
    at.window.say_done(said.format(title=title))


window_command("home.tick", enabled=writable)(lambda at, id_: _tick(at, [id_]))  # wherever it is listed


@window_command("record.set_status", enabled=editable_shown)
def set_status(at: CommandContext, status: str) -> None:
    from ucapdesk.services import agreements
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
    from ucapdesk.ui.screens.agreement_screen import AgreementScreen

    screen = at.window.record.special
    if isinstance(screen, AgreementScreen) and screen.panel is None:
        screen.ask()


@window_command("record.new_named", enabled=writable)
def new_named(at: CommandContext, kind: str, name: str) -> None:
    if kind == "person":
        from ucapdesk.services.people import new_person

        made = new_person.add(at.desk, name)
    else:
        made = records.add(at.desk, kind, stub(KINDS[kind], name))
    at.window.show_record(made)
    at.window.record.take_focus()


@window_command("week.move", enabled=writable)
def move_event(at: CommandContext, id_: str, by: int, end_by: int) -> None:
    from ucapdesk.services.visits import visit_itinerary

    if by:
        visit_itinerary.move_entry(at.desk, id_, by)
    if end_by:
        visit_itinerary.stretch_entry(at.desk, id_, end_by)
    at.window.say_done(tr("visit", "“{title}” was moved.", title=records.title(at.desk, id_)))


@window_command("record.trash", "Move to Trash", enabled=editable_shown)
def trash_record(at: CommandContext) -> None:
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
    pane = at.window.shelf.trash
    ids = (pane.selected() if pane.isVisible() else []) or [at.shown]
    title = records.title(at.desk, ids[0])
    records.untrash(at.desk, *ids)
    many = ntr("window", "{n} record is restored.", "{n} records are restored.", len(ids))
    at.window.say_done(many if len(ids) > 1 else tr("window", "“{title}” is restored.", title=title))


@window_command("record.copy_to_date", "Copy to another date…", enabled=occasion_shown)
def copy_to_date(at: CommandContext) -> None:
    from ucapdesk.services.visits import templates as copies
    from ucapdesk.ui.window.help_dialogs import DateDialog

    dialog = DateDialog(today(at.desk.workspace.clock), at.window, title=tr("again", "First day of the copy"))
    if dialog.ask() and dialog.date is not None:
        id_ = at.shown
        title = " ".join(records.title(at.desk, id_).split())
        at.window.show_record(copies.copy_to(at.desk, id_, dialog.date))
        at.window.say_done(tr("again", "“{title}” was copied without its results. This is the copy.", title=title))


@window_command("record.meet", "New meeting with this person", enabled=guest_shown)
def meet_person(at: CommandContext) -> None:
    at.window.show_record(meetings.meet(at.desk, at.shown, local_now(at.desk.workspace.clock)))
    at.window.show_focused(True)
    at.window.record.take_focus()


@window_command("record.templates", "Templates…", enabled=template_owner_shown)
def use_template(at: CommandContext) -> None:
    from ucapdesk.ui.record.record_dialogs import TemplatesDialog

    id_ = at.shown
    kind = kind_of(records.get(at.desk, id_)).name
    dialog = TemplatesDialog(at.desk, id_, kind, records.title(at.desk, id_), at.window)
    if dialog.ask() and dialog.said:
        at.window.say_done(dialog.said)


@window_command("go.retention", "Data retention…")
def show_retention(at: CommandContext) -> None:
    from ucapdesk.services.people import personal_data

    at.window.work.run(
        tr("work", "Reading who took part"), lambda _: personal_data.retention(at.desk), partial(_show_kept, at)
    )


def _show_kept(at: CommandContext, kept: Sequence[RetentionEntry]) -> None:
    from ucapdesk.ui.screens.people_screens import RetentionDialog

    dialog = RetentionDialog(kept, at.window)
    dialog.ask()
    if dialog.look_at:
        at.window.show_record(dialog.look_at)


@window_command("record.person_data", "All data of this person…", enabled=person_shown)
def save_person_data(at: CommandContext) -> None:
    from ucapdesk.services.files import file_formats
    from ucapdesk.services.people import personal_data

    id_ = at.shown
    title = " ".join(records.title(at.desk, id_).split())
    asked, forms = tr("action", "All data of this person…"), f"{file_formats.sheet_files()};;JSON (*.json)"
    if target := ask_where(at.window, asked, f"{title or 'ucapdesk'}.xlsx", forms):
        n = personal_data.write(at.desk, id_, target)
        at.window.say(
            ntr("personal", "{n} line was written to {file}.", "{n} lines were written to {file}.", n, file=target.name)
        )


LONGEST_NAME = 200
MAX_SURE_SUGGESTIONS = 8


def suggested_commands(at: CommandContext, typed: str) -> tuple[list[SuggestedCommand], list[SuggestedCommand]]:
    """Return the suggestions that typed words name: those of which each word begins one of theirs, and those found by their reading."""
    suggestions = list(_suggested_of_record(at))
    found = [
        suggestions[int(n)]
        for n in search.named(typed, {f"{n}": suggestion.title for n, suggestion in enumerate(suggestions)})
    ]
    sure = [suggestion for suggestion in found if _begins(typed, suggestion.title)]
    return [*_suggested_new(at, typed), *sure[:MAX_SURE_SUGGESTIONS]], [
        suggestion for suggestion in found if suggestion not in sure
    ]


def _begins(typed: str, title: str) -> bool:
    """Return whether each word begins a word of a title, or stands in it where words are not parted."""
    folded = f" {fold_accents(title)}"
    words = fold_accents(typed).split()
    return bool(words) and all(f" {word}" in folded or (not word.isascii() and word in folded) for word in words)


def _suggested_of_record(at: CommandContext) -> Iterator[SuggestedCommand]:
    record = at.living
    if record is None:
        return
    about = dotted(KINDS[at.kind].label(), " ".join(records.title(at.desk, at.shown).split()))
    if at.writable and at.kind == "agreement" and awaits_signature(record):
        yield SuggestedCommand(tr("mou", "Mark as signed…"), about, "record.sign")
    from ucapdesk.papers.registry import documents

    for document in documents():
        if at.kind in document.kinds:
            title = tr("window", "Print: {paper}", paper=document.labels[language()])
            yield SuggestedCommand(title, about, "record.print_paper", (document.name,))
    status = KINDS[at.kind].fields.get("status")
    if status is not None and status.meta.codes and at.writable:
        for code in codes(status.meta.codes):
            if code != getattr(record, "status", None) and not (at.kind == "agreement" and code == "signed"):
                title = tr("window", "Set status: {status}", status=status.code_label(code))
                yield SuggestedCommand(title, about, "record.set_status", (code,))


def _suggested_new(at: CommandContext, typed: str) -> Iterator[SuggestedCommand]:
    said = " ".join(typed.split())
    for kind in LISTED.values() if at.writable else ():
        if not kind.owners and can_begin(kind):
            for lang in dict.fromkeys((language(), "en")):
                begin = tr("list", "New {kind}", lang, kind=kind.label(lang))
                name = said[len(begin) :].strip(" :：，,")
                names = len(name) < LONGEST_NAME and any(map(str.isalnum, name))
                if names and said.casefold().startswith(begin.casefold()):
                    title = tr("window", "New {kind}: {name}", kind=in_sentence(kind.label()), name=name)
                    parts = tr("window", "Name, post, organisation, city: with commas between")
                    yield SuggestedCommand(
                        title, parts if kind.name == "person" else "", "record.new_named", (kind.name, name)
                    )
                    break
