"""Commands that read records; they work beside an open window."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

import click

from ucapdesk.base.clock import local_time, today
from ucapdesk.base.i18n import language, tr
from ucapdesk.cli.command import ID, JSON, LANG, Answer, command, workspace_command
from ucapdesk.cli.output import Lines, Remark, Table, line, picked
from ucapdesk.model.kinds import KINDS, KindField
from ucapdesk.model.record import Record
from ucapdesk.model.serialize import describe_kinds, kind_of
from ucapdesk.model.text.fields_in_words import say_field
from ucapdesk.services import Desk
from ucapdesk.services.records import records


@command()
@LANG
@JSON
def kinds() -> Answer:
    """List the kinds of record and their fields."""
    rows = []
    for kind in describe_kinds():
        rows.append((kind["kind"], "", kind["labels"][language()]))
        rows += [("", field["name"], field["labels"][language()]) for field in kind["fields"]]
    return Answer(describe_kinds, Table((tr("cli", "Kind"), tr("cli", "Field"), tr("cli", "Name")), rows))


@workspace_command("list")
@click.argument("kind")
@click.option("--find", metavar="TEXT", help="Only records that contain these words.")
@click.option("--trash", is_flag=True, help="Records in the Trash instead.")
@JSON
def list_(desk: Desk, *, kind: str, find: str | None, trash: bool) -> Answer:
    """List the records of a KIND."""
    ids = records.listing(desk, kind, find, trash=trash)
    pages = desk.read.pages(KINDS[kind].cls, ids)
    remarks = _search_remarks(desk, find, any_found=bool(ids), kinds={kind}) if find and not trash else []

    def shown() -> list[Table | Remark]:
        rows = [row for page in pages for row in _rows(desk, kind, page)]
        return [Table(("id", *(field.label() for field in _columns(kind))), rows), *remarks]

    return Answer(lambda: Lines([line(records.as_json(desk, each)) for page in pages for each in page]), shown, remarks)


def _columns(kind: str) -> list[KindField]:
    return [field for field in KINDS[kind].shown.values() if field.meta.column]


def _rows(desk: Desk, kind: str, page: list[Record]) -> list[tuple[str, ...]]:
    page = records.with_derived_values(desk, page)
    now, shown = today(desk.workspace.clock), _columns(kind)
    names = defaultdict(str, records.linked_titles(desk, page, shown))
    said = [[say_field(field, record, now, None, names.__getitem__) for field in shown] for record in page]
    if shown and shown[0].name in KINDS[kind].cls.title_fields:  # another field may name what has no name there
        titles = records.titles(desk, [record.id for record in page])
        said = [[titles.get(each.id, ""), *cells[1:]] for each, cells in zip(page, said, strict=True)]
    return [(record.id, *cells) for record, cells in zip(page, said, strict=True)]


@workspace_command()
@ID
@JSON
def show(desk: Desk, *, id_: str) -> Answer:
    """Show the record ID with its parts."""
    from ucapdesk.services.records.records import warnings_of

    record = records.get(desk, id_)
    remarks = [Remark(each.say()) for each in warnings_of(desk, id_)]

    def shown() -> list[Table | Remark]:
        fields = _fields(desk, records.with_derived_values(desk, [record])[0])
        return [Table((tr("cli", "Field"), tr("cli", "Value")), [*fields, *_children(desk, record)]), *remarks]

    return Answer(lambda: records.as_json(desk, record, with_children=True), shown, remarks)


def _fields(desk: Desk, record: Record) -> Iterator[tuple[str, str]]:
    from ucapdesk.services.visits import visits

    kind, now = kind_of(record), today(desk.workspace.clock)
    names = defaultdict(str, records.linked_titles(desk, [record], kind.shown.values()))
    yield kind.label(), record.id
    for field in visits.fields_by_side_name(desk, kind.shown.values(), record.id):
        holds = field.stored or field.value(record, now)
        if holds and (said := say_field(field, record, now, None, names.__getitem__)):
            yield field.label(), said


def _children(desk: Desk, record: Record) -> Iterator[tuple[str, str]]:
    for name, owned in records.children(desk, record.id, hidden=record.is_deleted).items():
        titles = records.titles(desk, [child.id for child in owned])
        yield from ((KINDS[name].label(), f"{titles.get(child.id, '')} ({child.id})") for child in owned)


@workspace_command()
@click.argument("text")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, show_default=True)
@JSON
def search(desk: Desk, *, text: str, limit: int) -> Answer:
    """Find records by the words of TEXT: in either script, by pinyin and by its initials, by other spellings and names."""
    from ucapdesk.services.records.search import find

    found = find(desk, text, limit=limit)
    plain = [{"kind": hit.kind, "id": hit.id, "title": hit.title, "where": hit.where or None} for hit in found]
    heads = (tr("cli", "Kind"), "id", tr("cli", "Title"), tr("cli", "Part of"))
    shown = Table(heads, [(KINDS[hit.kind].label(), hit.id, hit.title, hit.where) for hit in found])
    remarks = _search_remarks(desk, text, any_found=bool(found))
    return Answer(plain, [shown, *remarks], remarks)


def _search_remarks(desk: Desk, text: str, *, any_found: bool, kinds: Collection[str] | None = None) -> list[Remark]:
    from ucapdesk.services.records.search import is_near, say_near, say_nothing

    if any_found:
        return [Remark(say_near(text))] if is_near(desk, text, kinds) else []
    return [Remark(each) for each in say_nothing(text)]


@workspace_command()
@ID
@JSON
def history(desk: Desk, *, id_: str) -> Answer:
    """Show every value that each field of the record ID ever had, oldest first."""
    from ucapdesk.services.records.history import of

    entries = of(desk, records.get(desk, id_).id)
    plain = [
        {"time": entry.time.isoformat().replace("+00:00", "Z"), **picked(entry, "person field old new sentence")}
        for entry in entries
    ]
    heads = (tr("cli", "Time"), tr("cli", "Person"), tr("cli", "Field"), tr("cli", "Before"), tr("cli", "After"))
    rows = [
        (f"{local_time(entry.time):%Y-%m-%d %H:%M}", entry.person, entry.field_label, entry.before, entry.after)
        for entry in entries
    ]
    return Answer(plain, Table(heads, rows))
