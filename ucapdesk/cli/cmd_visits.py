"""Commands for the programme of a visit (show it by day, add items, delay), and for templates of visits and meetings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

import click

from ucapdesk.base.clock import today
from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import dotted, language, ntr, tr
from ucapdesk.cli.command import ID, JSON, Answer, workspace_command
from ucapdesk.cli.output import Table
from ucapdesk.model.codes import code_label
from ucapdesk.model.dates.formatting import say_arrival, say_day, say_hours
from ucapdesk.model.dates.hours import type_minutes
from ucapdesk.model.dates.parsing import type_date
from ucapdesk.model.dates.zones import zone_city
from ucapdesk.model.kinds.visit_kinds import ItineraryItem
from ucapdesk.model.serialize import kind_of
from ucapdesk.model.text.fields_in_words import title_of
from ucapdesk.model.values import PartialDate, When
from ucapdesk.services import Desk, line_entry
from ucapdesk.services.errors import NO_SUCH_DAY
from ucapdesk.services.records import records
from ucapdesk.services.visits import templates as patterns
from ucapdesk.services.visits import visit_itinerary as programme
from ucapdesk.services.visits.visit_itinerary import DayProgramme, ProgrammeDay
from ucapdesk.services.visits.visits import get_visit


@workspace_command(writes=lambda said: said["lines"])
@click.argument("visit")
@click.argument("lines", nargs=-1)
@click.option("--day", metavar="DAY", help="The day of the LINES; by default the first day of the visit.")
@JSON
def itinerary(desk: Desk, *, visit: str, lines: tuple[str, ...], day: str | None) -> Answer:
    """Show the programme of a VISIT by days, or add LINES to it.

    A line gives hours, kind and title, and optionally place, people and group: "0930 1030 meet DRC Liuzhou",
    "15:45-17:00 visit port @ Harbour + Li Mingyu fixed". The command prints what it understood.
    """
    if not lines:
        whole = programme.programme(desk, visit)
        return Answer([_plain_day(whole, each) for each in whole.days], _lines(whole))
    listed = programme.dates(desk, visit)
    days = programme.typed_days(listed, get_visit(desk, visit))
    when = _day(day, today(desk.workspace.clock)) if day else next(iter(listed), "")
    read = [line_entry.read_itinerary_line(desk, line, days=days) for line in lines]
    for said in read:  # all or nothing
        line_entry.refuse_nothing(said)
    added: list[dict[str, Any]] = []
    for n, line in enumerate(lines):  # those before it may have recorded whom it names
        said = line_entry.read_itinerary_line(desk, line, days=days) if n else read[0]
        id_ = line_entry.add_itinerary_line(desk, visit, said.day or when, said)
        added.append({"id": id_, "understood": [{"what": p.what, "said": p.shown, "id": p.key} for p in said.pieces]})
    text = ["\t".join((each["id"], *(f"({piece['said']})" for piece in each["understood"]))) for each in added]
    return Answer(added, text)


def _day(said: str, now: date) -> str:
    try:
        found = type_date(said, now, language())
    except (UserError, ValueError):
        raise NO_SUCH_DAY(said=said) from None
    if found.precision != "day":
        raise NO_SUCH_DAY(said=said)
    return found.bounds[0]


def _lines(whole: DayProgramme) -> Iterator[str]:
    for day in whole.days:
        name = say_day(PartialDate(day.date)) if day.date else tr("visit", "No date yet")
        yield dotted(name, zone_city(day.zone) if day.zone else "")
        for item in day.points:
            when, arrives = whole.times.get(item.id), day.arrives(item)
            hours = say_arrival(when, beside=day.zone) if when and arrives else say_hours(when, beside=day.zone)
            kind = code_label("itinerary_kind", item.type) if item.type else ""
            title = title_of(item, language())
            title = tr("visit", "Arrival: {title}", title=title) if arrives else title
            marks = [tr("itinerary", "fixed")] if item.fixed else []
            if clashes := day.marks.clashes.get(item.id):
                marks.append(ntr("visit", "{n} clash", "{n} clashes", len(clashes)))
            if skipped := day.marks.skipped.get(item.id):
                listed = tr("log", ", ").join(skipped)
                marks.append(tr("visit", "no such hour: {hours}", hours=listed))
            if item.id in day.marks.backward:
                marks.append(tr("visit", "ends before it begins"))
            if item.id in whole.off:
                marks.append(tr("visit", "meeting: {status}", status=whole.off[item.id].label()))
            if item.id in whole.differing:
                marks.append(whole.differing[item.id])
            yield "\t".join(("", item.id, hours, kind, title, ", ".join(marks))).rstrip("\t")


def _plain_day(whole: DayProgramme, day: ProgrammeDay) -> dict[str, Any]:
    return {"date": day.date or None, "zone": day.zone, "items": [_plain(whole, day, item) for item in day.points]}


def _plain(whole: DayProgramme, day: ProgrammeDay, item: ItineraryItem) -> dict[str, Any]:
    when = whole.times.get(item.id) or When()
    return {
        "id": item.id,
        "start": when.start,
        "end": when.end,
        "zone": when.tz,
        "end_date": when.end_date,
        "end_zone": (when.end_tz or when.tz) if when.end else None,
        "arrives": day.arrives(item),
        "type": item.type,
        "title": {lang: item.title[lang] for lang in item.title} if item.title else {},
        "fixed": bool(item.fixed),
        "clashes": sorted(day.marks.clashes.get(item.id, ())),
        "free_before": day.marks.gaps.get(item.id),
        "differs": whole.differing.get(item.id),
    }


def _minutes(by: str, **_: object) -> int:
    try:
        return type_minutes(by)
    except ValueError:
        raise UserError(
            "“{said}” is not a length of time. Nothing was changed; write minutes as in 45, or hours as in 1:30.",
            code="no-such-span",
            said=by,
        ) from None


@workspace_command(writes=lambda said: not said["dry_run"], check=lambda said: _minutes(**said))
@click.argument("item")
@click.argument("by")
@click.option("--dry-run", is_flag=True, help="Only print what would change.")
@JSON
def delay(desk: Desk, *, item: str, by: str, dry_run: bool) -> Answer:
    """Delay an ITEM of a programme and the rest of its day, except items with a fixed time.

    BY is in minutes or hours: 45, 90, 1:30, 130, -15.
    """
    put_off = programme.preview_delay if dry_run else programme.delay_day
    done = put_off(desk, item, _minutes(by))
    moved = {id_: {"start": when.start, "end": when.end, "date": when.date} for id_, when in done.moved.items()}
    plain = {"moved": moved, "stays": list(done.stays), "clashes": done.after.count}
    return Answer(plain, programme.say_delay(done))


def _one_of_two(said: Mapping[str, Any]) -> None:
    if said["template"] and said["type_"]:
        raise click.UsageError(tr("cli", "Either --use or --keep."))


@workspace_command(writes=lambda said: said["template"] or said["type_"], check=_one_of_two)
@ID
@click.option("--use", "template", metavar="TEMPLATE", help="Add the items of this template to the record.")
@click.option(
    "--keep", "type_", type=click.Choice(list(patterns.FOR)), help="Save this part of the record as a template."
)
@click.option("--name", default="", help="With --keep: the name of the template.")
@JSON
def templates(desk: Desk, *, id_: str, template: str | None, type_: str | None, name: str) -> Answer:
    """List the templates for the meeting, visit or MoU ID, use one, or save one."""
    kind = kind_of(records.get(desk, id_)).name
    if template:
        n = patterns.use(desk, template, id_)
        return Answer({"points": n}, ntr("template", "{n} point was added.", "{n} points were added.", n))
    if type_:
        made = patterns.keep(desk, id_, type_, name)
        return Answer({"id": made}, made)
    found = patterns.fitting(desk, kind)
    heads = (tr("template", "Kind"), tr("template", "Name"), tr("template", "Points"), "id")
    rows = [(each.label, each.name, str(each.n), each.id) for each in found]
    return Answer([asdict(each) for each in found], Table(heads, rows))
