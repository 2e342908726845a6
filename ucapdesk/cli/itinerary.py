"""The programme of a visit without a window: told by days, added to in lines, put off."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from ucapdesk.base.clock import today
from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import dotted, language, ntr, tr
from ucapdesk.cli.options import JSON, in_workspace
from ucapdesk.cli.output import data
from ucapdesk.cli.writing import writing
from ucapdesk.model.codes import code_label
from ucapdesk.model.itinerary_span import type_minutes
from ucapdesk.model.values import PartialDate
from ucapdesk.model.wording import title_of
from ucapdesk.model.wording.dates import say_day
from ucapdesk.model.wording.read_dates import type_date
from ucapdesk.services import itinerary as programme
from ucapdesk.services import itinerary_entry, workspaces
from ucapdesk.services.errors import NoSuchDay, NoSuchSpan
from ucapdesk.services.itinerary import Day


@click.command()
@in_workspace
@click.argument("visit")
@click.argument("lines", nargs=-1)
@click.option("--day", metavar="DAY", help="The day the LINES are for; by default the first of the visit.")
@JSON
def itinerary(
    workspace: Path, passphrase: str | None, visit: str, lines: tuple[str, ...], *, day: str | None, as_json: bool
) -> None:
    """Tell the programme of a VISIT by days, or add LINES to one.

    A line says hours, kind and title, and if wanted place, people, group: "0930 1030 meet DRC Liuzhou",
    "15:45-17:00 visit port @ Harbour + Li Mingyu fixed". What was understood is printed.
    """
    if not lines:
        with workspaces.opened(workspace, passphrase=passphrase, read_only=True) as desk:
            _tell(programme.programme(desk, visit).days, as_json=as_json)
        return
    added: list[dict[str, Any]] = []
    with writing(workspace, passphrase, quiet=True) as desk:
        days = [each.date for each in programme.programme(desk, visit).days if each.date]
        when = _day(day, today(desk.workspace.clock)) if day else next(iter(days), "")
        for line in lines:  # all or nothing
            itinerary_entry.refuse_nothing(itinerary_entry.read_line(desk, line))
        for line in lines:
            said = itinerary_entry.read_line(desk, line)
            id_ = itinerary_entry.add(desk, visit, when, said)
            added.append(
                {"id": id_, "understood": [{"what": p.what, "said": p.shown, "id": p.key} for p in said.pieces]}
            )
    if as_json:
        data(added)
        return
    for each in added:
        click.echo("\t".join((each["id"], *(f"({piece['said']})" for piece in each["understood"]))))


def _day(said: str, now: date) -> str:
    try:
        found = type_date(said, now, language())
    except (UserError, ValueError):
        raise NoSuchDay(said=said) from None
    if found.precision != "day":
        raise NoSuchDay(said=said)
    return found.bounds[0]


def _tell(days: tuple[Day, ...], *, as_json: bool) -> None:
    if as_json:
        data([{"date": day.date or None, "items": [_plain(day, at) for at in range(len(day.items))]} for day in days])
        return
    for day in days:
        click.echo(say_day(PartialDate(day.date)) if day.date else tr("visit", "No day yet"))
        for item in day.items:
            hours = "–".join(filter(None, (item.when.start, item.when.end))) if item.when else ""
            kind = code_label("itinerary_kind", item.type) if item.type else ""
            marks = [tr("itinerary", "fixed")] if item.fixed else []
            if clashes := day.marks.clashes.get(item.id):
                marks.append(ntr("visit", "{n} clash", "{n} clashes", len(clashes)))
            click.echo("\t".join(("", item.id, hours, kind, title_of(item, language()), ", ".join(marks))).rstrip("\t"))


def _plain(day: Day, at: int) -> dict[str, Any]:
    item = day.items[at]
    return {
        "id": item.id,
        "start": item.when.start if item.when else None,
        "end": item.when.end if item.when else None,
        "type": item.type,
        "title": {lang: item.title[lang] for lang in item.title} if item.title else {},
        "fixed": bool(item.fixed),
        "clashes": sorted(day.marks.clashes.get(item.id, ())),
        "free_before": day.marks.gaps.get(item.id),
    }


@click.command()
@in_workspace
@click.argument("item")
@click.argument("by")
@click.option("--dry-run", is_flag=True, help="Only tell what would come of it.")
@JSON
def delay(workspace: Path, passphrase: str | None, item: str, by: str, *, dry_run: bool, as_json: bool) -> None:
    """Put off an ITEM of a programme and the rest of its day, but for what has a fixed hour.

    BY is in minutes or in hours: 45, 90, 1:30, 130, -15.
    """
    try:
        minutes = type_minutes(by)
    except ValueError:
        raise NoSuchSpan(said=by) from None
    if dry_run:
        with workspaces.opened(workspace, passphrase=passphrase, read_only=True) as desk:
            done = programme.preview_delay(desk, item, minutes)
    else:
        with writing(workspace, passphrase, quiet=True) as desk:
            done = programme.delay_day(desk, item, minutes)
    if as_json:
        moved = {id_: {"start": when.start, "end": when.end, "date": when.date} for id_, when in done.moved.items()}
        data({"moved": moved, "stays": list(done.stays), "clashes": done.after.count})
        return
    said = [ntr("visit", "{n} item moves", "{n} items move", len(done.moved))]
    if done.ends and (end := done.ends.end or done.ends.start):
        said.append(tr("visit", "the last one ends at {hour}", hour=end))
    if done.after.count:
        said.append(ntr("visit", "{n} clash", "{n} clashes", done.after.count))
    click.echo(dotted(*said))


COMMANDS = {"itinerary": itinerary, "delay": delay}
