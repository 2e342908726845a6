"""The day's work without a window: what is on and needs somebody, a meeting logged, an MoU marked as signed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from ucapdesk.base.clock import local_now
from ucapdesk.base.i18n import tr
from ucapdesk.cli.command import ASSIGNMENTS, FILE, ID, JSON, Answer, workspace_command
from ucapdesk.cli.output import picked
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.visit_kinds import ItineraryItem
from ucapdesk.model.text.assignments import parse_assignments, read_value
from ucapdesk.services import Desk, agreements, home, meetings
from ucapdesk.services.agreements import Signing
from ucapdesk.services.home import Day, Home
from ucapdesk.services.records import records


@workspace_command()
@JSON
def today(desk: Desk) -> Answer:
    """Show today and tomorrow, due actions, and what needs attention."""
    page = home.page(desk, most_actions=None)
    return Answer(_plain(page), _lines(page))


def _lines(page: Home) -> Iterator[str]:
    yield page.heading
    if page.visit is not None:
        yield f"\n{page.visit.title} ({page.visit.when})"
    yield from (f"{each.title} ({each.when})" for each in page.beside)
    for each in page.now:
        yield "  " + "  ".join(filter(None, (each.heading, each.title, each.note)))
    for day in page.days:
        yield f"\n{day.title} · {day.counted}"
        for point in day.points:
            yield "  " + "  ".join(filter(None, (point.hours, point.title, point.where)))
    if page.needs:
        yield "\n" + tr("home", "Needs attention")
        for need in page.needs:
            yield f"  {'!' if need.urgent else '-'} " + "  ".join(filter(None, (need.sentence, need.whose)))
    if page.actions:
        yield "\n" + (tr("home", "My actions") if page.mine else tr("home", "Open actions"))
        for action in page.actions[: home.MAX_NEEDS_NAMED]:
            yield "  " + "  ".join(filter(None, (action.title, action.note)))
    if more := len(page.actions[home.MAX_NEEDS_NAMED :]):
        yield "  " + tr("cli", "… and {n} more; --json gives all", n=more)


def _plain(page: Home) -> dict[str, object]:
    return {
        **picked(page, "day place"),
        "visit": picked(page.visit, "id title when") if page.visit else None,
        "beside": [picked(each, "id title when") for each in page.beside],
        "now": [asdict(each) for each in page.now],
        "days": [_plain_day(day) for day in page.days],
        "needs": [picked(need, "sentence urgent whose") for need in page.needs],
        "actions": [picked(action, "id title due overdue") for action in page.actions],
    }


def _plain_day(day: Day) -> dict[str, object]:
    points = [picked(point, "id hours title") for point in day.points]
    return {**picked(day, "title counted"), "lacking": len(day.lacking), "points": points}


@workspace_command(writes=True)
@ASSIGNMENTS
@JSON
def log(desk: Desk, *, assignments: tuple[str, ...]) -> Answer:
    """Log the meeting that runs or has just ended, and print its id.

    A programme item becomes a meeting with the people expected. If nothing is planned now, a meeting is created that
    begins now, in the current visit. FIELD=VALUE adds details, as for "ucapdesk add".
    """
    now = local_now(desk.workspace.clock)
    changes = parse_assignments(KINDS["meeting"], assignments, new=True, local=desk.workspace.protected)
    found = meetings.meeting_to_log(desk, now)
    if found is None:
        id_ = records.add(desk, "meeting", {**meetings.begun_now(desk, now), **changes})
    else:
        id_ = meetings.from_item(desk, found.id, now) if isinstance(found, ItineraryItem) else found.id
        if changes:
            records.edit(desk, id_, changes)
    return Answer({"id": id_, "title": records.title(desk, id_), "new": found is None}, id_)


def _signers(said: Mapping[str, Any]) -> dict[str, str]:
    who = dict(signer.partition("=")[::2] for signer in said["signers"])
    if not all(party and person for party, person in who.items()):
        raise click.UsageError(tr("cli", "Name who signed as --by PARTY=PERSON, with the ids of both."))
    return who


@workspace_command(writes=True, tells_steps=True, check=_signers)
@ID
@click.option("--on", "day", metavar="DATE", help="The day of signing, if it is not recorded yet.")
@click.option(
    "--by",
    "signers",
    multiple=True,
    metavar="PARTY=PERSON",
    help="Who signed for a party, by their ids; can be repeated.",
)
@click.option("--scan", type=FILE, metavar="FILE", help="The signed document, to be attached.")
@click.option("--incomplete", is_flag=True, help="Even if something is missing.")
def sign(desk: Desk, *, id_: str, day: str | None, scan: Path | None, incomplete: bool, **said: Any) -> Answer:
    """Mark the MoU ID as signed, including the stages before, in one step."""
    signed = read_value(KINDS["agreement"].fields["signed"], day) if day else None
    agreements.sign(desk, id_, Signing(signed, _signers(said), scan), incomplete=incomplete)
    return Answer()


@workspace_command(writes=True)
@ID
def reopen(desk: Desk, *, id_: str) -> Answer:
    """Return the MoU ID to its previous status, and print that status."""
    return Answer(text=agreements.reopen(desk, id_))
