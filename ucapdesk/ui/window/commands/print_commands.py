"""The commands that preview and print papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from ucapdesk.base.clock import today
from ucapdesk.base.i18n import language, tr
from ucapdesk.model.kinds import KINDS
from ucapdesk.ui.window.command_table import window_command
from ucapdesk.ui.window.commands.availability import printable_shown
from ucapdesk.ui.window.commands.command_context import CommandContext
from ucapdesk.ui.window.sections import HOME, WEEK

MAX_ROWS_PRINTED = 2_000


@window_command("file.print", "Preview and print…", "Ctrl+P")
def preview(at: CommandContext) -> None:
    """Preview the paper of what is shown: the record, the selected rows, or else the whole list; on a page its visit."""
    from ucapdesk.services.visits.visits_week import week

    place = "" if at.shown else at.window.section
    if place == HOME and (visits := _running(at) or _running(at, 1)):
        _print_one_of(at, visits)
    elif place == WEEK and at.window.week and (stays := week(at.desk, at.window.week.day).visits):
        _print_one_of(at, [stay.id for stay in stays], "itinerary")
    elif printable_shown(at):
        print_record(at, *(at.chosen() or at.window.list.table.ids()[:MAX_ROWS_PRINTED]))
    else:
        at.window.say(
            tr(
                "window",
                "Nothing here can be printed. Open a visit, a meeting, a UCAP, an MoU or a person, then print.",
            )
        )


@window_command("record.print")
def print_record(at: CommandContext, *ids: str) -> None:
    """Preview the usual paper of these records."""
    print_paper(at, ids)


@window_command("home.print_tomorrow")
def preview_tomorrow(at: CommandContext) -> None:
    """Preview the sheet of the next day of a visit."""
    _print_one_of(at, _running(at, 1), "day_sheet", {"day": f"{today(at.desk.workspace.clock) + timedelta(1)}"})


@window_command("pack.print_again")
def print_again(at: CommandContext, pack: str) -> None:
    """Preview the paper of a pack with today's data."""
    from ucapdesk.papers.asked_before import request_of

    asked = request_of(at.desk, pack)
    names = "languages layout edition page both_sides sections style".split()
    chosen = {name: getattr(asked, name) for name in names}
    print_paper(at, asked.ids, asked.document, {**chosen, **asked.options, "marking": asked.marking or ""})


@window_command("file.tomorrow", "Print tomorrow's pack…")
def print_tomorrow(at: CommandContext) -> None:
    """Preview the pack of tomorrow's visit, from anywhere in the window."""
    if visits := _running(at, 1):
        _print_one_of(at, visits)
    else:
        at.window.say(tr("window", "No visit takes place tomorrow, so there is no pack to print."))


def _running(at: CommandContext, ahead: int = 0) -> list[str]:
    """Return the visits of today, or of a day ahead."""
    from ucapdesk.services.meetings.meetings import running_visits

    return [visit.id for visit in running_visits(at.desk, f"{today(at.desk.workspace.clock) + timedelta(ahead)}")]


def _print_one_of(
    at: CommandContext, visits: Sequence[str], document: str | None = None, chosen: Mapping[str, object] | None = None
) -> None:
    """Preview a paper of a visit; of several, of the one that the user chooses."""
    from ucapdesk.ui.record.picker import pick_one

    visit = next(iter(visits), "")
    if len(visits) > 1:
        names = at.desk.read.titles(visits, language())
        visit = pick_one(KINDS["visit"].label(), {id_: names[id_] for id_ in visits}, at.window, visit)
    if visit:
        print_paper(at, [visit], document, chosen)


def print_paper(
    at: CommandContext, ids: Sequence[str], document: str | None = None, chosen: Mapping[str, object] | None = None
) -> None:
    """Preview a paper, by default the usual one of these records, with some choices made; go to a gap if the user chooses one."""
    from ucapdesk.ui.papers.paper_dialog import PaperDialog

    at.window.record.save_now()
    dialog = PaperDialog(at.desk, ids, at.window, document)
    if chosen:
        dialog.choice.choose(chosen)
        dialog.build()
    dialog.ask()
    if dialog.leads_to is not None:
        id_, field = dialog.leads_to
        shown = at.window.record
        at.window.show_record(shown.place_of(id_))
        if not shown.focus_cell(id_, field):  # its row has no room for it
            at.window.show_record(id_)
            shown.focus_field(field)


window_command("record.print_paper")(lambda at, document: print_paper(at, [at.shown], document))
