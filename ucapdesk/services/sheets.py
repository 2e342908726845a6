"""Lists as spreadsheets: out as they stand on the screen or with all fields, and in again by the id of each row.

A cell that says what the record already says is no change, and an empty cell says nothing; so a sheet that was exported
and comes back untouched changes nothing, however it rounds, translates or shortens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import INTERFACE_LANGUAGES, ntr
from ucapdesk.formats.sheets import SheetColumn, columns_of_sheet, match_heads, read_sheets, write_csv, write_xlsx
from ucapdesk.formats.sheets.columns import unmatched
from ucapdesk.formats.sheets.reading import Row, Sheet
from ucapdesk.model.codes import folded
from ucapdesk.model.kind import Kind, KindField
from ucapdesk.model.kinds import LISTED
from ucapdesk.model.listing import ListView, columns_of, usual_columns
from ucapdesk.services import lists
from ucapdesk.services.records import kind_named
from ucapdesk.services.sheet_rows import ID, Plan, Reading, RowChange, Trouble, names_of
from ucapdesk.store.desk import Desk
from ucapdesk.store.save import Save

SUFFIXES = (".xlsx", ".csv")
AT_ONCE = 500
HEADS_WITHIN = 10
"""The heads are looked for in so many rows; above them people write titles."""
Progress = Callable[[int, int], None]


class NotASheet(UserError):
    """Another sort of file was asked for."""

    sentence = "A list is written as .xlsx or .csv, not as {file}. Nothing was written; choose one of these endings."


class NoColumnsKnown(UserError):
    """No head of the file means a field."""

    sentence = (
        "In {file} no row of heads was found that names fields of a kind of record. Nothing was changed; "
        "export the list once to see the heads, or name the kind with --kind."
    )


class NotOfKind(UserError):
    """A record that is named for a list of another kind."""

    sentence = "{id} is no record of the kind {kind}. Nothing was written; look up the right one with a search."


# -- out ------------------------------------------------------------------------------------------


def export(
    desk: Desk, view: ListView, target: Path, *, all_fields: bool = False, ids: Sequence[str] | None = None,
    progress: Progress | None = None,
) -> int:  # fmt: skip
    """Write a list as a spreadsheet; how many records are in it.

    Args:
        desk: The workspace.
        view: The list as it stands: filter, order and columns.
        target: A .xlsx or .csv file.
        all_fields: Every field instead of the columns.
        ids: Only these records, in this order.
        progress: Told after every so many records how many are done, of how many.
    """
    if target.suffix.lower() not in SUFFIXES:
        raise NotASheet(file=target.name)
    kind = kind_named(view.kind)
    listed = _named(desk, kind, ids) if ids is not None else lists.ids(desk, view)
    columns = columns_of_sheet(_fields(kind, view, all_fields=all_fields))
    heads = _heads(columns)
    rows = _rows(desk, kind, listed, columns, progress)
    if target.suffix.lower() == ".csv":
        write_csv(target, heads, rows)
    else:
        write_xlsx(target, kind.plural(), heads, rows, f"ucapdesk {kind.name}")
    return len(listed)


def _named(desk: Desk, kind: Kind, ids: Sequence[str]) -> list[str]:
    """Records that were named, every one of this kind."""
    there = {record.id for record in desk.read.page(kind.name, ids)}
    for id_ in ids:
        if id_ not in there:
            raise NotOfKind(id=id_, kind=kind.name)
    return list(ids)


def _fields(kind: Kind, view: ListView, *, all_fields: bool) -> list[KindField]:
    known = {each.name: each for each in columns_of(kind) if not each.meta.local}
    if all_fields:
        return list(known.values())
    title = next(iter(known))
    return [known[name] for name in dict.fromkeys((title, *(view.columns or usual_columns(kind)))) if name in known]


def _heads(columns: Sequence[SheetColumn]) -> list[str]:
    """The heads; where two would be the same, their names for machines go with them."""
    said = [column.head() for column in columns]
    twice = {head for head in said if said.count(head) > 1}
    return [column.key if head in twice else head for head, column in zip(said, columns, strict=True)]


def _rows(
    desk: Desk, kind: Kind, ids: Sequence[str], columns: Sequence[SheetColumn], progress: Progress | None
) -> Iterator[list[str | int]]:
    for at in range(0, len(ids), AT_ONCE):
        page = desk.read.page(kind.name, ids[at : at + AT_ONCE])
        names = names_of(desk, page, columns)
        for record in page:
            yield [column.cell(record, names) for column in columns]
        if progress:
            progress(min(at + AT_ONCE, len(ids)), len(ids))


# -- in -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SheetReport:
    """What became of a spreadsheet, or would.

    Attributes:
        file: Its name.
        kind: What its rows are.
        new: How many records were made.
        changed: How many were changed.
        same: How many rows say what is there already.
        changes: Each of these rows.
        troubles: What could not be taken in.
        unmapped: Heads that mean no field.
    """

    file: str
    kind: str
    new: int
    changed: int
    same: int
    changes: tuple[RowChange, ...]
    troubles: tuple[Trouble, ...]
    unmapped: tuple[str, ...]

    def say(self) -> str:
        """In a sentence."""
        n = self.new + self.changed
        return ntr("sheet", "{file}: {new} new, {changed} changed, {same} as they were.",
                   "{file}: {new} new, {changed} changed, {same} as they were.", n, file=self.file, new=self.new,
                   changed=self.changed, same=self.same)  # fmt: skip


def import_sheet(
    desk: Desk, path: Path, *, kind: str | None = None, dry_run: bool = False, initiator: object = None,
    progress: Progress | None = None,
) -> SheetReport:  # fmt: skip
    """Take in a spreadsheet as one step: a row with the id of a record changes it, one without makes a new one.

    Args:
        desk: The workspace.
        path: A .xlsx or .csv file with a row of heads.
        kind: What its rows are; by default that of the records its ids name, else what its heads fit best.
        dry_run: Only tell what would become of it.
        initiator: Who asks, told to the listeners.
        progress: Told how many rows are understood, of how many.
    """
    heads, rows, known = _table(desk, path, kind)
    plan = Plan(known, match_heads(known, heads.cells))
    reading = Reading(desk, plan)
    for done in range(0, len(rows), AT_ONCE):
        reading.take(rows[done : done + AT_ONCE])
        if progress:
            progress(min(done + AT_ONCE, len(rows)), len(rows))
    if plan.updates and not dry_run:
        label = ["records.import", {"n": len(plan.updates), "file": path.name}]
        with desk.save(label, initiator=initiator) as work:
            for change, values in plan.updates:
                _write(work, known, change, values)
    new = sum(1 for change, _ in plan.updates if change.new)
    return SheetReport(
        path.name, known.name, new, len(plan.updates) - new, plan.same, tuple(change for change, _ in plan.updates),
        tuple(plan.troubles), tuple(unmatched(heads.cells, plan.columns)),
    )  # fmt: skip


def _write(work: Save, kind: Kind, change: RowChange, values: dict[str, Any]) -> None:
    if change.new:
        work.new(kind.cls, change.id, **values)
    else:
        work.edit(change.id, values)


def _table(desk: Desk, path: Path, kind: str | None) -> tuple[Row, list[Row], Kind]:
    """The heads of the sheet that fits best, its rows and what they are."""
    asked = [kind_named(kind)] if kind else None
    best: tuple[int, Sheet, int, Kind] | None = None
    for sheet in read_sheets(path):
        for at, row in enumerate(sheet.rows[:HEADS_WITHIN]):
            for each in asked or _possible(desk, sheet, at):
                fits = len(match_heads(each, row.cells))
                if fits and (best is None or fits > best[0]):
                    best = (fits, sheet, at, each)
    if best is None or (best[0] < 2 and not kind and best[3].name not in _named_by(best[1])):
        raise NoColumnsKnown(file=path.name)
    _, sheet, at, known = best
    return sheet.rows[at], list(sheet.rows[at + 1 :]), known


def _possible(desk: Desk, sheet: Sheet, at: int) -> list[Kind]:
    """What the rows of a sheet may be: what the file says, what their ids name, else anything."""
    if said := _named_by(sheet):
        return [LISTED[name] for name in said]
    heads = [folded(head) for head in sheet.rows[at].cells]
    place = heads.index("id") if "id" in heads else -1
    for row in sheet.rows[at + 1 : at + 50] if place >= 0 else ():
        id_ = row.cells[place].lower() if place < len(row.cells) else ""
        name = desk.read.kind_of(id_) if ID.fullmatch(id_) else None
        if name in LISTED:
            return [LISTED[name]]
    return list(LISTED.values())


def _named_by(sheet: Sheet) -> list[str]:
    """The kind that a file or a sheet names."""
    said = sheet.subject.removeprefix("ucapdesk ")
    if said != sheet.subject and said in LISTED:
        return [said]
    name = folded(sheet.name)
    return [
        each.name
        for each in LISTED.values()
        if name in {each.name, *(folded(each.plural(lang)) for lang in INTERFACE_LANGUAGES)}
    ]
