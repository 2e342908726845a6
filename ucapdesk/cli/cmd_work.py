"""The day's work without a window: what is on and needs somebody, a meeting logged, an MoU marked as signed."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from ucapdesk.base.clock import local_now
from ucapdesk.base.i18n import language, tr
from ucapdesk.cli.cmd_writing import ASSIGNMENTS, writing
from ucapdesk.cli.options import JSON, in_workspace
from ucapdesk.cli.output import data, echo
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.visit_kinds import ItineraryItem
from ucapdesk.model.text.parse.quick_line import parse_assignments, read_value
from ucapdesk.services.agreements import agreements
from ucapdesk.services.agreements.agreements import Signing
from ucapdesk.services.home import home
from ucapdesk.services.home.home_data import Home
from ucapdesk.services.meetings import meetings
from ucapdesk.services.records import records
from ucapdesk.services.workspaces import workspace_service


@click.command()
@in_workspace
@JSON
def today(workspace: Path, passphrase: str | None, as_json: bool) -> None:
    """Show today and tomorrow, due actions, and what needs attention."""
    with workspace_service.opened(workspace, passphrase=passphrase, read_only=True) as desk:
        page = home.page(desk)
    if as_json:
        data(_plain(page))
        return
    echo(page.heading)
    if page.visit is not None:
        echo(f"\n{page.visit.title} ({page.visit.when})")
    for each in page.now:
        echo("  " + "  ".join(filter(None, (each.heading, each.title, each.note))))
    for day in page.days:
        echo(f"\n{day.title} · {day.counted}")
        for point in day.points:
            echo("  " + "  ".join(filter(None, (point.hours, point.title, point.where))))
    if page.needs:
        echo("\n" + tr("home", "Needs attention"))
        for need in page.needs:
            echo(f"  {'!' if need.urgent else '-'} " + "  ".join(filter(None, (need.sentence, need.whose))))
    if page.actions:
        echo("\n" + (tr("home", "My actions") if page.mine else tr("home", "Open actions")))
        for action in page.actions:
            echo("  " + "  ".join(filter(None, (action.title, action.note))))


def _plain(page: Home) -> dict[str, object]:
    return {
        "day": page.day,
        "place": page.place,
        "visit": {"id": page.visit.id, "title": page.visit.title, "when": page.visit.when} if page.visit else None,
        "now": [asdict(each) for each in page.now],
        "days": [
            {
                "title": day.title,
                "counted": day.counted,
                "lacking": len(day.lacking),
                "points": [{"id": p.id, "hours": p.hours, "title": p.title} for p in day.points],
            }
            for day in page.days
        ],
        "needs": [{"sentence": need.sentence, "urgent": need.urgent, "whose": need.whose} for need in page.needs],
        "actions": [{"id": a.id, "title": a.title, "due": a.due, "overdue": a.overdue} for a in page.actions],
    }


@click.command()
@in_workspace
@ASSIGNMENTS
@JSON
def log(workspace: Path, passphrase: str | None, assignments: tuple[str, ...], as_json: bool) -> None:
    """Log the meeting that runs or has just ended, and print its id.

    A point of the programme becomes a meeting with the people who are expected. Where nothing is planned now, a meeting
    is made that begins now, in the visit that is under way. FIELD=VALUE says more, as for "ucapdesk add".
    """
    with writing(workspace, passphrase, quiet=True) as desk:
        now = local_now(desk.workspace.clock)
        changes = parse_assignments(KINDS["meeting"], assignments, new=True, local=desk.workspace.protected)
        found = meetings.at_hand(desk, now)
        if found is None:
            id_ = records.add(desk, "meeting", {**meetings.begun_now(desk, now), **changes})
        else:
            id_ = meetings.from_item(desk, found.id, now) if isinstance(found, ItineraryItem) else found.id
            if changes:
                records.edit(desk, id_, changes)
        title = records.titles(desk, [id_], language()).get(id_, "")
    if as_json:
        data({"id": id_, "title": title, "new": found is None})
    else:
        echo(id_)


@click.command()
@in_workspace
@click.argument("id", metavar="ID")
@click.option("--on", "day", metavar="DATE", help="The day of signing, where it is not on record.")
@click.option(
    "--by", "signers", multiple=True, metavar="PARTY=PERSON", help="Who signed for a party, by their ids; repeat it."
)
@click.option(
    "--scan", type=click.Path(path_type=Path), metavar="FILE", help="The signed document, to be kept with it."
)
@click.option("--incomplete", is_flag=True, help="Though something is missing.")
def sign(
    workspace: Path,
    passphrase: str | None,
    id: str,
    *,
    day: str | None,
    signers: tuple[str, ...],
    scan: Path | None,
    incomplete: bool,
) -> None:
    """Mark the MoU ID as signed, with the steps between, in one step."""
    who = dict(signer.partition("=")[::2] for signer in signers)
    if not all(party and person for party, person in who.items()):
        raise click.UsageError(tr("cli", "Say who signed as --by PARTY=PERSON, with the ids of both."))
    with writing(workspace, passphrase) as desk:
        signing = Signing(read_value(KINDS["agreement"].fields["signed"], day) if day else None, dict(who), scan)
        agreements.sign(desk, id, signing, incomplete=incomplete)


@click.command()
@in_workspace
@click.argument("id", metavar="ID")
def reopen(workspace: Path, passphrase: str | None, id: str) -> None:
    """Take the MoU ID back to the state it had before, and print that state."""
    with writing(workspace, passphrase, quiet=True) as desk:
        echo(agreements.reopen(desk, id))
