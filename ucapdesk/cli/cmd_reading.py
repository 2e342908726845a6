"""Commands that read records; they work beside an open window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from ucapdesk.base.clock import local_time, today
from ucapdesk.base.i18n import language, tr
from ucapdesk.cli.options import JSON, LANG, in_workspace
from ucapdesk.cli.output import data, line, lines, table
from ucapdesk.model.kinds import KINDS, KindField
from ucapdesk.model.record import Record
from ucapdesk.model.serialize import kind_of
from ucapdesk.model.text.format import say_field
from ucapdesk.services import Desk
from ucapdesk.services.records import records
from ucapdesk.services.workspaces import workspace_service

AT_ONCE = 500


@click.command()
@LANG
@JSON
def kinds(as_json: bool) -> None:
    """The kinds of record and their fields."""
    if as_json:
        data(records.kinds())
        return
    rows = []
    for kind in records.kinds():
        rows.append((kind["kind"], "", kind["labels"][language()]))
        rows += [("", field["name"], field["labels"][language()]) for field in kind["fields"]]
    table((tr("cli", "Kind"), tr("cli", "Field"), tr("cli", "Name")), rows)


@click.command(name="list")
@in_workspace
@click.argument("kind")
@click.option("--find", metavar="TEXT", help="Only those that hold these words.")
@click.option("--trash", is_flag=True, help="Those in the Trash instead.")
@JSON
def list_(*, workspace: Path, passphrase: str | None, kind: str, find: str | None, trash: bool, as_json: bool) -> None:
    """The records of a KIND."""
    with workspace_service.opened(workspace, passphrase=passphrase, read_only=True) as desk:
        ids = records.listing(desk, kind, find, trash=trash)
        pages = (records.page(desk, kind, ids[at : at + AT_ONCE]) for at in range(0, len(ids), AT_ONCE))
        if as_json:
            plain = [line(records.as_json(desk, record)) for page in pages for record in page]
        else:
            rows = [row for page in pages for row in _rows(desk, kind, page)]
    if as_json:
        lines(plain)
    else:
        table(("id", *(field.label() for field in _columns(kind))), rows)


def _columns(kind: str) -> list[KindField]:
    return [field for field in KINDS[kind].shown.values() if field.meta.column]


def _rows(desk: Desk, kind: str, page: list[Record]) -> list[tuple[str, ...]]:
    page = records.told(desk, page)
    names, now = _names(desk, page), today(desk.workspace.clock)
    shown = _columns(kind)
    said = [[say_field(field, record, now, None, names.__getitem__) for field in shown] for record in page]
    return [(record.id, *cells) for record, cells in zip(page, said, strict=True)]


def _names(desk: Desk, shown: list[Record]) -> dict[str, str]:
    """Return the titles of everything that these records link to."""
    links: set[str] = set()
    for record in shown:
        for field in kind_of(record).fields.values():
            value = getattr(record, field.name)
            if field.meta.kinds and value:
                links.update(value if field.is_set else [value])
    return dict.fromkeys(links, "") | records.titles(desk, links)


@click.command()
@in_workspace
@click.argument("id", metavar="ID")
@JSON
def show(workspace: Path, passphrase: str | None, id: str, as_json: bool) -> None:
    """The record ID with what belongs to it."""
    with workspace_service.opened(workspace, passphrase=passphrase, read_only=True) as desk:
        record = records.get(desk, id)
        plain = records.as_json(desk, record, with_children=True) if as_json else None
        rows = [] if as_json else [*_fields(desk, records.told(desk, [record])[0]), *_children(desk, record)]
    if as_json:
        data(plain)
    else:
        table((tr("cli", "Field"), tr("cli", "Value")), rows)


def _fields(desk: Desk, record: Record) -> Iterator[tuple[str, str]]:
    """Yield the filled fields in words."""
    from ucapdesk.services.visits import record_sides

    names, kind, now = _names(desk, [record]), kind_of(record), today(desk.workspace.clock)
    yield kind.label(), record.id
    for field in record_sides.named(desk, kind.shown.values(), record.id):
        holds = field.stored or field.value(record, now)
        if holds and (said := say_field(field, record, now, None, names.__getitem__)):
            yield field.label(), said


def _children(desk: Desk, record: Record) -> Iterator[tuple[str, str]]:
    for name, owned in records.children(desk, record.id, hidden=record.is_deleted).items():
        titles = records.titles(desk, [child.id for child in owned])
        yield from ((KINDS[name].label(), f"{titles.get(child.id, '')} ({child.id})") for child in owned)


@click.command()
@in_workspace
@click.argument("text")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True)
@JSON
def search(workspace: Path, passphrase: str | None, text: str, limit: int, as_json: bool) -> None:
    """Find records by the words of TEXT: in either script, by pinyin and by its initials."""
    from ucapdesk.services.records.search import find

    with workspace_service.opened(workspace, passphrase=passphrase, read_only=True) as desk:
        found = find(desk, text, limit=limit)
    if as_json:
        data([{"kind": hit.kind, "id": hit.id, "title": hit.title, "where": hit.where or None} for hit in found])
    else:
        heads = (tr("cli", "Kind"), "id", tr("cli", "Title"), tr("cli", "Part of"))
        table(heads, [(KINDS[hit.kind].label(), hit.id, hit.title, hit.where) for hit in found])


@click.command()
@in_workspace
@click.argument("id", metavar="ID")
@JSON
def history(workspace: Path, passphrase: str | None, id: str, as_json: bool) -> None:
    """Every value that each field of the record ID ever had, oldest first."""
    from ucapdesk.services.records.history import of

    with workspace_service.opened(workspace, passphrase=passphrase, read_only=True) as desk:
        entries = of(desk, id)
    if as_json:
        data(
            [
                {
                    "time": entry.time.isoformat().replace("+00:00", "Z"),
                    "person": entry.person,
                    "field": entry.field,
                    "old": entry.old,
                    "new": entry.new,
                    "sentence": entry.sentence,
                }
                for entry in entries
            ]
        )
        return
    heads = (tr("cli", "Time"), tr("cli", "Person"), tr("cli", "Field"), tr("cli", "Before"), tr("cli", "After"))
    table(
        heads,
        [
            (
                f"{local_time(entry.time):%Y-%m-%d %H:%M}",
                entry.person,
                entry.field_label,
                entry.before,
                entry.after,
            )
            for entry in entries
        ],
    )
