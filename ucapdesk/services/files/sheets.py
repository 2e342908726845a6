"""Lists as spreadsheets: exported with the columns shown or all fields, and imported by the id of each row.

A cell that says what the record already says is no change, and an empty cell says nothing; so a sheet that was exported
and comes back untouched changes nothing, however it rounds, translates or shortens.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ucapdesk.base.clock import today
from ucapdesk.base.errors import Failure, UserError
from ucapdesk.base.i18n import INTERFACE_LANGUAGES, LANGUAGES, Message, ntr
from ucapdesk.base.ids import ID
from ucapdesk.base.json_text import dumps, loads
from ucapdesk.base.progress import Progress, untold
from ucapdesk.formats.sheets.sheet import OURS, Sheet
from ucapdesk.formats.sheets.sheet_columns import (
    SheetColumn,
    columns_of_sheet,
    columns_to_read,
    language_of,
    match_heads,
    unmatched,
    usual_languages,
)
from ucapdesk.formats.sheets.sheet_formats import read_sheets, write_sheet
from ucapdesk.model.codes import folded
from ucapdesk.model.kind import Kind, KindField
from ucapdesk.model.kinds import LISTED
from ucapdesk.model.listing import ListView, columns_of, usual_columns
from ucapdesk.services.files.sheet_rows import RowChange, RowPlan, SheetReading, Trouble, names_of
from ucapdesk.services.records import lists
from ucapdesk.services.records.records import kind_named
from ucapdesk.store.desk import Desk
from ucapdesk.store.read import told_values
from ucapdesk.store.save import Save

RECORDS_AT_ONCE = 500
HEADS_WITHIN = 10
"""How many rows are searched for the heads; above them people write titles."""
SAMPLES = 3
_AHEAD = Message(
    "sheet",
    "The sheet was made with changes that are not here yet. Receive the package they come in first: what the sheet says "
    "of them would count as written here.",
)
_Fit = tuple[int, Sheet, int, Kind]
"""How well the heads of a row match the fields, the sheet, the place of the row, and the kind of the fields."""


NO_COLUMNS_KNOWN = Failure(
    "no-columns-known",
    "In {file} no row of heads was found that names fields of a kind of record. Nothing was changed; "
    "export the list once to see the heads, or name the kind with --kind.",
)


# -- out ------------------------------------------------------------------------------------------


def export(
    desk: Desk, view: ListView, target: Path, *, all_fields: bool = False, ids: Sequence[str] | None = None,
    progress: Progress = untold,
) -> int:  # fmt: skip
    """Write a list as a spreadsheet; return how many records are in it.

    Args:
        desk: The workspace.
        view: The list as it stands: filter, order and columns.
        target: The file; its suffix says in which format.
        all_fields: Every field instead of the columns.
        ids: Only these records, in this order.
        progress: Told after every so many records how many are done, of how many.
    """
    kind = kind_named(view.kind)
    listed = of_kind(desk, kind, ids) if ids is not None else lists.ids(desk, view)
    columns = columns_of_sheet(_fields(kind, view, all_fields=all_fields), desk.read.languages_written(kind.cls))
    heads = _heads(columns)
    rows = _rows(desk, kind, listed, columns, progress)
    with desk.alone():
        seen = dumps(desk.log.vector())
    write_sheet(target, kind.plural(), heads, rows, f"{OURS}{kind.name} {seen}")
    return len(listed)


def of_kind(desk: Desk, kind: Kind, ids: Sequence[str]) -> list[str]:
    """Return the given records. Raises NotOfKind where one is not of this kind."""
    there = {record.id for record in desk.read.page(kind.cls, ids)}
    for other in (id_ for id_ in ids if id_ not in there):
        raise UserError(
            "{id} is not a record of the kind {kind}. Nothing was written; look up the right one with a search.",
            code="not-of-kind",
            id=other,
            kind=kind.name,
        )
    return list(ids)


def _fields(kind: Kind, view: ListView, *, all_fields: bool) -> list[KindField]:
    known = {each.name: each for each in columns_of(kind) if not each.meta.local}
    if all_fields:
        return list(known.values())
    title = next(iter(known))
    return [known[name] for name in dict.fromkeys((title, *(view.columns or usual_columns(kind)))) if name in known]


def _heads(columns: Sequence[SheetColumn]) -> list[str]:
    """Return the heads; where two would be the same, their names for machines are added."""
    said = [column.head() for column in columns]
    twice = {head for head in said if said.count(head) > 1}
    return [column.key if head in twice else head for head, column in zip(said, columns, strict=True)]


def _rows(
    desk: Desk, kind: Kind, ids: Sequence[str], columns: Sequence[SheetColumn], progress: Progress
) -> Iterator[list[str | int]]:
    now = today(desk.workspace.clock)
    for at in range(0, len(ids), RECORDS_AT_ONCE):
        page = told_values.tell(desk, desk.read.page(kind.cls, ids[at : at + RECORDS_AT_ONCE]))
        names = names_of(desk, page, columns)
        for record in page:
            yield [column.cell(record, names, now) for column in columns]
        progress(min(at + RECORDS_AT_ONCE, len(ids)), len(ids))


# -- in -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SheetReport:
    """The result of importing a spreadsheet, or of a dry run.

    Attributes:
        file: Its name.
        kind: The kind of its rows.
        new: How many records were created.
        changed: How many were changed.
        same: How many rows changed nothing.
        changes: The effect of each new or changed row.
        troubles: The cells and rows that could not be imported.
        unmapped: Heads that match no field.
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
        """Return the result in a sentence."""
        n = self.new + self.changed
        return ntr("sheet", "{file}: {new} new, {changed} changed, {same} unchanged.",
                   "{file}: {new} new, {changed} changed, {same} unchanged.", n, file=self.file, new=self.new,
                   changed=self.changed, same=self.same)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SheetTable:
    """The mapping of a spreadsheet: its sheet, the kind of its rows, and the field of each column.

    Attributes:
        file: Its name.
        sheets: The names of its sheets that hold anything.
        sheet: The one that is read.
        at: The place of the row with the heads in it.
        kind: What its rows are; empty where nothing tells.
        columns: By place the key of the column it means (``title.zh``); what is not there is left out.
    """

    file: str
    sheets: tuple[str, ...]
    sheet: Sheet
    at: int
    kind: str
    columns: Mapping[int, str]

    @property
    def heads(self) -> tuple[str, ...]:
        """The texts over the columns."""
        return self.sheet.rows[self.at].cells

    @property
    def samples(self) -> tuple[tuple[str, ...], ...]:
        """The first rows under the heads."""
        return tuple(row.cells for row in self.sheet.rows[self.at + 1 : self.at + 1 + SAMPLES])

    @property
    def unmapped(self) -> tuple[str, ...]:
        """The heads that match no column."""
        return tuple(unmatched(self.heads, self.columns))

    @property
    def sure(self) -> bool:
        """Whether nothing needs to be asked: the kind of the rows is known, and every column has its field."""
        return bool(self.kind) and not self.unmapped and len(self.columns) > 1


def look_at(desk: Desk, path: Path, *, kind: str | None = None, sheet: str | None = None) -> SheetTable:
    """Return how a spreadsheet would be read, to be corrected by hand. Raises only for a file that is no spreadsheet.

    Args:
        desk: The workspace.
        path: The file.
        kind: The kind of its rows, if given.
        sheet: The sheet to read; by default the one that fits best.
    """
    found = read_sheets(path)
    wanted = [each for each in found if each.name == sheet] or found
    best = _best(desk, wanted, kind)
    if best is None:
        chosen = wanted[0]
        filled = [len(list(filter(None, row.cells))) for row in chosen.rows[:HEADS_WITHIN]]
        at = filled.index(max(filled))
        known = kind_named(kind) if kind else None
    else:
        _, chosen, at, known = best
    columns = match_heads(known, chosen.rows[at].cells) if known else {}
    keys = {place: column.key for place, column in columns.items()}
    return SheetTable(path.name, tuple(each.name for each in found), chosen, at, known.name if known else "", keys)


def columns_for(kind: str, also: Collection[str] = ()) -> dict[str, str]:
    """Return what a column of a sheet may mean for a kind, its key and label; of texts in other languages only those asked for."""
    known = kind_named(kind)
    fields = [each for each in known.fields.values() if not each.meta.local and each.name != "pos"]
    rare = {*LANGUAGES} - {*usual_languages()}
    found = (column for column in columns_to_read(fields) if column.part not in rare or column.key in also)
    return {column.key: column.head() for column in found if not column.read_only}


def import_sheet(
    desk: Desk, path: Path, *, kind: str | None = None, table: SheetTable | None = None,
    rows: Collection[int] | None = None, doubtful: bool = True, dry_run: bool = False,
    progress: Progress = untold,
) -> SheetReport:  # fmt: skip
    """Take in a spreadsheet as one step: a row with the id of a record changes it, one without makes a new one.

    Args:
        desk: The workspace.
        path: A file with a row of heads.
        kind: What its rows are; by default that of the records its ids name, else what its heads fit best.
        table: How it is read, where somebody has looked at it.
        rows: The numbers of the rows that are wanted, by default all.
        doubtful: Also take doubtful rows; else they are told among the troubles.
        dry_run: Only tell what would become of it.
        progress: Told how many rows are understood, of how many.
    """
    table = table or _fitting(desk, path, kind)
    known = kind_named(table.kind)
    columns = _columns(known, table)
    heads, found = table.sheet.rows[table.at], table.sheet.rows[table.at + 1 :]
    plan = RowPlan(known, columns, language_of(columns, heads.cells), _seen(table.sheet))
    reading = SheetReading(desk, plan)
    for done in range(0, len(found), RECORDS_AT_ONCE):
        reading.take(found[done : done + RECORDS_AT_ONCE])
        progress(min(done + RECORDS_AT_ONCE, len(found)), len(found))
    plan.troubles[:0] = _ahead(desk, plan, table.sheet.name, heads.number)
    if not doubtful:
        plan.leave_out_doubtful()
    if rows is not None:
        plan.updates = [each for each in plan.updates if each[0].row in rows]
    if plan.updates and not dry_run:
        with desk.save(["records.import", {"n": len(plan.updates)}]) as work:
            _write(work, plan)
    changes = tuple(change for change, _ in plan.updates)
    new = sum(change.new for change in changes)
    return SheetReport(
        path.name, known.name, new, len(changes) - new, plan.same, changes, tuple(plan.troubles), tuple(unmatched(heads.cells, plan.columns)),
    )  # fmt: skip


def _write(work: Save, plan: RowPlan) -> None:
    for change, values in plan.updates:
        if change.new:
            work.new(plan.kind.cls, change.id, **values)
        else:
            work.edit(change.id, values)


def _columns(kind: Kind, table: SheetTable) -> dict[int, SheetColumn]:
    """Return the columns of a table, each once. Raises NoColumnsKnown."""
    known = {column.key: column for column in columns_to_read(kind.shown.values())}
    found: dict[int, SheetColumn] = {}
    for place, key in table.columns.items():
        if key in known and known[key] not in found.values():
            found[place] = known[key]
    if not found:
        raise NO_COLUMNS_KNOWN(file=table.file)
    return found


def _fitting(desk: Desk, path: Path, kind: str | None) -> SheetTable:
    """Return how a spreadsheet is read that nobody has looked at. Raises where nothing tells, or what the rows are called."""
    table = look_at(desk, path, kind=kind)
    if not table.columns:
        raise NO_COLUMNS_KNOWN(file=path.name)
    known = kind_named(table.kind)
    titles = [known.fields[name] for name in known.cls.title_fields if name in known.fields]
    told = {key.partition(".")[0] for key in table.columns.values()}
    if kind is None and told.isdisjoint(("id", *(each.name for each in titles))):
        raise UserError(
            "In {file}, read as {kind}, no column says what its rows are called ({fields}). Nothing was changed; "
            "name the column with --map, or the kind with --kind.",
            code="no-title-known",
            file=path.name,
            kind=known.plural(),
            fields=", ".join(each.label() for each in titles),
        )
    return table


def _best(desk: Desk, sheets: Sequence[Sheet], kind: str | None) -> _Fit | None:
    """Return the sheet, head row and kind that fit best; None where nothing does.

    Among those of which equally many fields are there, the title decides; then that no column is called like the kind, as that of
    the organisation in a list of people.
    """
    asked = [kind_named(kind)] if kind else None
    best: _Fit | None = None
    for sheet in sheets:
        for at, row in enumerate(sheet.rows[:HEADS_WITHIN]):
            heads = {folded(cell) for cell in row.cells}
            for each in asked or _possible(desk, sheet, at):
                columns = match_heads(each, row.cells).values()
                titled = any(column.field and column.field.name in each.cls.title_fields for column in columns)
                belongs = heads.isdisjoint(folded(each.label(lang)) for lang in INTERFACE_LANGUAGES)
                fits = 4 * len(columns) + 2 * titled + belongs
                if columns and (best is None or fits > best[0]):
                    best = (fits, sheet, at, each)
    fits_badly = best and best[0] < 8 and not kind and best[3].name not in _named_by(best[1])
    return None if fits_badly else best


def _possible(desk: Desk, sheet: Sheet, at: int) -> list[Kind]:
    """Return the possible kinds of the rows: as the file says, as their ids say, else all."""
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


def _seen(sheet: Sheet) -> dict[str, int]:
    """Return up to which number of each laptop whoever made a sheet had seen the changes; nothing where it does not say."""
    with suppress(ValueError, AttributeError, RecursionError):
        said = loads(sheet.subject.removeprefix(OURS).partition(" ")[2])
        return {device: seq for device, seq in said.items() if isinstance(seq, int)}
    return {}


def _ahead(desk: Desk, plan: RowPlan, sheet: str, row: int) -> list[Trouble]:
    """Return that whoever made a sheet had seen changes that are not here, where it changes anything."""
    with desk.alone():
        held = desk.log.vector()
    is_ahead = plan.updates and any(seq > held.get(device, 0) for device, seq in plan.seen.items())
    return [Trouble(row, "", sheet, _AHEAD.say())] if is_ahead else []


def _named_by(sheet: Sheet) -> list[str]:
    """Return the kind that a file or a sheet names."""
    said = sheet.subject.removeprefix(OURS).partition(" ")[0]
    if sheet.subject.startswith(OURS) and said in LISTED:
        return [said]
    name = folded(sheet.name)
    called = ((each.name, {each.name, *map(folded, map(each.plural, INTERFACE_LANGUAGES))}) for each in LISTED.values())
    return [kind for kind, names in called if name in names]
