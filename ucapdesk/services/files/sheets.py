"""Lists as spreadsheets: exported with the columns shown or all fields, and imported by the id of each row.

A cell that says what the record already says is no change, and an empty cell says nothing; so a sheet that was exported
and comes back untouched changes nothing, however it rounds, translates or shortens. What each row would change is told by the
clocks its maker saw.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

from ucapdesk.base.clock import today
from ucapdesk.base.errors import Failure, UserError
from ucapdesk.base.fold import one_line
from ucapdesk.base.grouping import grouped
from ucapdesk.base.i18n import INTERFACE_LANGUAGES, LANGUAGES, Message, language, ntr, tr
from ucapdesk.base.ids import ID
from ucapdesk.base.json_text import dumps, loads
from ucapdesk.base.reporting import Progress, untold
from ucapdesk.formats.sheets.sheet import OURS, Figure, Sheet, SheetRow, read_sheets, write_sheet
from ucapdesk.formats.sheets.sheet_columns import (
    EXACT,
    WHOLE,
    SheetColumn,
    columns_of_sheet,
    columns_to_read,
    language_of,
    match_heads,
    unmatched,
    usual_languages,
)
from ucapdesk.model.codes import folded
from ucapdesk.model.field_change import stub
from ucapdesk.model.kind import Kind, KindField
from ucapdesk.model.kinds import KINDS, LISTED
from ucapdesk.model.listing import ListView, columns_of, usual_columns
from ucapdesk.model.record import Filed, Record
from ucapdesk.model.rules.place_time import PlaceTime
from ucapdesk.model.values import Bilingual, When
from ucapdesk.services.records import history, lists
from ucapdesk.services.records.records import free_id, kind_named, linked_titles
from ucapdesk.store.desk import Desk
from ucapdesk.store.read import derived_values
from ucapdesk.store.save import Save

NamesIn = Callable[[str], Callable[[str], str]]  # Language → the title of each linked record in it
_LEFT = Message(
    "sheet",
    "This is what the record said before it was changed here. It stays as it is; change it here if the sheet is right.",
)


class LinkUnknown(UserError):
    sentence = "“{said}” names {n} records for “{field}”; the cell was left out. Write the title in full, or the id."


@dataclass(frozen=True, slots=True)
class Trouble:
    """A cell or row that could not be imported; everything else was."""

    row: int
    title: str
    column: str
    what: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """The effect of a row: ``fields`` are the labels of the changed fields; a new record has no id before.

    ``twin`` names a record, or an earlier row, with the same title as the one to create; ``both`` are the labels of the fields that
    the sheet changes and that were changed here as well since it was made.
    """

    row: int
    id: str
    title: str
    new: bool
    fields: tuple[str, ...]
    twin: str = ""
    both: tuple[str, ...] = ()

    @property
    def doubtful(self) -> bool:
        """Whether somebody has to say that the row is right: it makes a second record, or changes what was changed here."""
        return bool(self.twin or self.both)


@dataclass(slots=True)
class RowPlan:
    """The rows of a sheet, which is in the language ``lang`` and was made of the changes of laptops up to ``seen``, with their effects."""

    kind: Kind
    columns: dict[int, SheetColumn]
    lang: str
    seen: Mapping[str, int]
    updates: list[tuple[RowChange, dict[str, Any]]] = field(default_factory=list)
    same: int = 0
    troubles: list[Trouble] = field(default_factory=list)

    def leave_out_doubtful(self) -> None:
        for change, _ in self.updates:
            if change.twin:
                said = tr("sheet", "“{name}” has the same name. The row was left out.", name=change.twin)
                self.troubles.append(Trouble(change.row, change.title, "id", said))
            if change.both:
                said = tr("sheet", "It was changed here too, to something else. The row was left out.")
                self.troubles.append(Trouble(change.row, change.title, ", ".join(change.both), said))
        self.updates = [each for each in self.updates if not each[0].doubtful]


class SheetReading:
    def __init__(self, desk: Desk, plan: RowPlan) -> None:
        self._desk, self._plan, self._kind = desk, plan, plan.kind
        self._day = today(desk.workspace.clock)
        self._fields = [column for column in plan.columns.values() if column.field]
        self._at = {column.key: place for place, column in plan.columns.items()}
        titles = plan.kind.cls.title_fields
        self._titled_by = [each for name in titles for each in self._fields if each.field and each.field.name == name]
        self._titled = cache(self._by_title)
        # The records of the rows as lists show them: a computed value in a cell is no change.
        self._told: dict[str, Record] = {}
        self._pasts: dict[str, history.Past[Record]] = {}
        self._clocks = PlaceTime(history.RecordsAsSeen(desk, plan.seen))
        self._seen: set[str] = set()
        # The row that changes a record first, and its values: of records that were merged since, two rows may.
        self._changed: dict[str, tuple[int, dict[str, Any]]] = {}
        self._named: dict[str, int] = {}  # The rows of this sheet that create records, by their titles

    def take(self, rows: Sequence[SheetRow]) -> None:
        asked = [id_ for row in rows if ID.fullmatch(id_ := self._cell(row, "id").lower())]
        there = {record.id: record for record in self._desk.read.many(asked)}
        self._told = {
            record.id: record for record in derived_values.with_derived(self._desk, self._desk.read.many(asked))
        }
        page = [*there.values(), *self._told.values()]
        names = cache(lambda lang: names_of(self._desk, page, self._fields, lang))
        titles = self._desk.read.titles(there, language())
        for row in rows:
            self._take_row(row, there, names, titles)

    def _take_row(self, row: SheetRow, there: Mapping[str, Record], names: NamesIn, titles: Mapping[str, str]) -> None:
        id_ = self._cell(row, "id").lower()
        record = there.get(id_)
        title = titles.get(id_) or next((said for each in self._titled_by if (said := self._cell(row, each.key))), "")
        if refused := self._refused(id_, record):
            self._trouble(row, title, "id", refused)
            return
        values = self._values(row, title, record, names)
        if not values:
            self._plan.same += 1
        elif record is not None:
            shown = self._desk.read.sames().shown(record.id)
            number, before = self._changed.setdefault(shown, (row.number, dict(values)))
            if any(before.get(name, value) != value for name, value in values.items()):
                said = tr(
                    "sheet",
                    "It was merged with the record of row {row}, which changes the same. It was left out.",
                    row=number,
                )
                self._trouble(row, title, "id", said)
                return
            before |= values
            self._note(row, title, shown, values, new=False, both=self._both(record, values))
        elif made := self._new_id(row, title, id_, values):
            called = self._called(values)
            twin = "" if id_ else self._twin(row, called)
            self._note(row, next(iter(called), title), made, values, new=True, twin=twin)

    def _called(self, values: Mapping[str, Any]) -> list[str]:
        said = [values.get(name) for name in self._kind.cls.title_fields if not self._kind.fields[name].meta.kinds]
        texts = (each.values() if isinstance(each, Bilingual) else (str(each),) for each in said if each is not None)
        return [text for each in texts for text in each if text.strip()]

    def _twin(self, row: SheetRow, called: Sequence[str]) -> str:
        """Return the record or row with the same title as the one to create; parts may share titles."""
        if not issubclass(self._kind.cls, Filed):
            return ""
        for name in called:
            if self._titled(self._kind.name).get(folded(name)):
                return name
            if (earlier := self._named.setdefault(folded(name), row.number)) != row.number:
                return tr("sheet", "row {row}", row=earlier)
        return ""

    def _refused(self, id_: str, record: Record | None) -> str:
        """Return why a row cannot be imported; empty where it can."""
        if id_ and not ID.fullmatch(id_):
            return tr(
                "sheet",
                "“{id}” is not an id. The row was left out; leave the cell empty to create a new record.",
                id=id_,
            )
        if id_ and id_ in self._seen:
            return tr("sheet", "The same id stands in an earlier row. This one was left out.")
        self._seen |= {id_} - {""}
        if record is not None and type(record).__tablename__ != self._kind.name:
            return tr("sheet", "This id is that of another kind of record. The row was left out.")
        if record is not None and record.is_deleted and self._desk.read.is_erased(id_):
            return tr("sheet", "All data of this record was removed for good. The row was left out.")
        if record is not None and record.is_deleted:
            return tr("sheet", "This record is in the Trash. The row was left out; restore it first.")
        return ""

    def _new_id(self, row: SheetRow, title: str, id_: str, values: Mapping[str, Any]) -> str:
        """Return the id of a record to create; empty where none can be."""
        if self._kind.owners and "owner" not in values and not issubclass(self._kind.cls, Filed):
            said = tr("sheet", "It is always part of another record, and the row does not say of which.")
            self._trouble(row, title, self._kind.fields["owner"].label(), said)
            return ""
        made = id_ or free_id(self._desk, self._kind, values)
        if not id_ and (made in self._seen or self._desk.read.kind_of(made)):
            said = tr("sheet", "This record is there already; give its id to change it.")
            self._trouble(row, title, "id", said)
            return ""
        self._seen.add(made)
        return made

    def _values(self, row: SheetRow, title: str, record: Record | None, names: NamesIn) -> dict[str, Any]:
        """Return the values that differ from the record. Lossless columns go before readable ones."""
        values: dict[str, Any] = {} if record is not None else self._whole_names(row)
        exactly, left = set[str](), dict[str, Record]()
        parts = [each for each in self._fields if each.part != WHOLE]
        for column in sorted(parts, key=lambda each: each.part != EXACT):
            found, said = column.field, self._cell(row, column.key)
            assert found is not None
            if not said or column.read_only or found.name in exactly:
                continue
            told = self._told.get(record.id) if record else None
            if self._is_value_of(column, said, (record, told, left.get(found.name)), names):
                continue
            if record is not None and found.meta.owner:
                self._keep_owner(row, title, column, record)
                continue
            then = self._before(record, column) if record is not None else []
            was_said = self._is_value_of(column, said, then, cache(partial(names_of, self._desk, then, [column])))
            current = values.get(found.name, getattr(record, found.name) if record else found.type.load(None))
            try:
                lang = "en" if isinstance(said, Figure) else self._plan.lang
                value = None if was_said else column.take(said, current, self._ids, lang)
            except (UserError, ValueError, TypeError) as error:
                self._trouble(row, title, column.head(), _why(said, error))
                continue
            if record is not None and value == current and not was_said:
                continue
            if was_said or any(_is_same(value, getattr(each, found.name)) for each in then):
                self._trouble(row, title, column.head(), _LEFT.say())
                left[found.name] = self._holding({found.name: value})
                continue
            values[found.name] = self._when_entered(value, current, told) if told else value
            if column.part == EXACT:
                exactly.add(found.name)
        return values if record is not None else self._entered(values)

    def _when_entered(self, value: Any, current: Any, told: Record) -> Any:
        """Return hours without the clock that their place tells, or told whoever made the sheet."""
        if not (isinstance(value, When) and isinstance(made := self._past(told).seen, derived_values.TIMED)):
            return value
        then = self._clocks.told(made) if self._plan.seen else None
        return value.entered([getattr(told, "when", None), then], current)

    def _is_value_of(self, column: SheetColumn, said: str, held: Sequence[Record | None], names: NamesIn) -> bool:
        """Return whether a cell says what a record does, in any language in which it may have been exported."""
        langs = sorted(INTERFACE_LANGUAGES, key=lambda lang: lang != language())
        cells = (str(column.cell(each, names(lang), self._day, lang)) for lang in langs for each in held if each)
        return any(said == cell.replace("\r\n", "\n").strip() for cell in cells)

    def _past(self, record: Record) -> history.Past[Record]:
        if record.id not in self._pasts:
            self._pasts[record.id] = history.past(self._desk, record, self._plan.seen)
        return self._pasts[record.id]

    def _before(self, record: Record, column: SheetColumn) -> list[Record]:
        """Return a record as it was, which a cell does not bring back: ever, if it was changed since the sheet was made, or in the sheet."""
        past, found = self._past(record), column.field
        changed = column.key in past.since or (found and (found.name in past.since or found.is_followed(record)))
        told = derived_values.derived_before(self._desk, record, lambda each: self._past(each).states)
        return [past.seen, *(past.states if changed else ()), *told]

    def _both(self, record: Record, values: Mapping[str, Any]) -> tuple[str, ...]:
        """Return the labels of what these values change and was changed here too since the sheet was made, where that is known."""
        if not self._plan.seen:
            return ()
        made = self._holding(values)
        names = self._desk.read.sames().shown  # one of two merged records is as good as the other
        found: dict[str, None] = {}
        for column in self._fields:
            if column.field and column.field.name in values and column.part != WHOLE:
                now, *others = (column.cell(each, names, self._day) for each in (record, self._past(record).seen, made))
                found |= {} if now in others else {column.field.label(): None}
        return tuple(found)

    def _holding(self, values: Mapping[str, Any]) -> Record:
        made = self._kind.cls()
        derived_values.set_shown(made, values)
        return made

    def _keep_owner(self, row: SheetRow, title: str, column: SheetColumn, record: Record) -> None:
        assert column.field is not None
        now = getattr(record, column.field.name)
        with suppress(UserError):  # a title of before, perhaps
            if column.take(self._cell(row, column.key), now, self._ids, self._plan.lang) != now:
                said = tr(
                    "sheet",
                    "What a record belongs to is never edited. The cell was left out; add a new one where it belongs instead.",
                )
                self._trouble(row, title, column.head(), said)

    def _entered(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return the values of a new record without the computed ones, which a sheet shows too but nobody entered."""
        bare = self._holding({name: said for name, said in values.items() if not self._kind.fields[name].meta.follows})
        return {
            name: value for name, value in values.items()
            if not self._kind.fields[name].is_followed(bare) or self._kind.fields[name].value(bare, self._day) != value
        }  # fmt: skip

    def _whole_names(self, row: SheetRow) -> dict[str, Any]:
        """Return the values of whole names for a new person; people on record are changed part by part."""
        whole = [stub(self._kind, self._cell(row, column.key)) for column in self._fields if column.part == WHOLE]
        return {name: value for each in whole for name, value in each.items()}

    def _trouble(self, row: SheetRow, title: str, column: str, what: str) -> None:
        self._plan.troubles.append(Trouble(row.number, title, column, what))

    def _note(
        self, row: SheetRow, title: str, id_: str, values: dict[str, Any], *, new: bool, twin: str = "",
        both: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        labels = tuple(self._kind.fields[name].label() for name in values)
        self._plan.updates.append((RowChange(row.number, id_, title, new, labels, twin, both), values))

    def _cell(self, row: SheetRow, key: str) -> str:
        place = self._at.get(key, -1)
        said = row.cells[place] if 0 <= place < len(row.cells) else ""
        return said if isinstance(said, Figure) else said.strip()

    def _ids(self, found: KindField, said: str) -> str:
        """Return the record of a title, in any language, or of an id; as links are read, the one that is shown."""
        if ID.fullmatch(said.lower()):
            record = self._desk.read.record(said.lower())
            known = record and not record.is_deleted and type(record).__tablename__ in found.meta.kinds
            ids = {self._desk.read.sames().shown(record.id)} if record and known else set()
        else:
            kinds = [name for name in found.meta.kinds if name in KINDS]
            ids = {id_ for name in kinds for id_ in self._titled(name).get(folded(said), ())}
        if len(ids) != 1:
            raise LinkUnknown(said=said, n=len(ids), field=found.label())
        return ids.pop()

    def _by_title(self, name: str) -> dict[str, list[str]]:
        ids = self._desk.read.ids(name)
        told = (pair for lang in LANGUAGES for pair in self._desk.read.titles(ids, lang).items())
        return grouped((folded(title), id_) for id_, title in told)


def _is_same(value: Any, before: Any) -> bool:
    return value == before or (isinstance(value, When) and value.is_same_time(before))


def _why(said: str, error: Exception) -> str:
    """Return why a cell was left out, without the end of the sentence that speaks of the whole."""
    if isinstance(error, LinkUnknown):
        return error.say()
    shown = one_line(said)
    accepts = error.details.get("accepts") if isinstance(error, UserError) else None
    if isinstance(accepts, Message):
        return tr("sheet", "“{said}” does not fit here: it takes {accepts}. The cell was left out.", said=shown,
                  accepts=accepts.say())  # fmt: skip
    return tr("sheet", "“{said}” does not fit here. The cell was left out.", said=shown)


def names_of(
    desk: Desk, page: Sequence[Record], columns: Iterable[SheetColumn], lang: str | None = None
) -> Callable[[str], str]:
    linked = (column.field for column in columns if column.field)
    titles = linked_titles(desk, page, linked, lang)
    return lambda id_: titles.get(id_) or id_


RECORDS_AT_ONCE = 500
HEADS_WITHIN = 10  # How many rows are searched for the heads; above them people write titles
SAMPLES = 3
_AHEAD = Message(
    "sheet",
    "The sheet was made with changes that are not here yet. Receive the package they come in first: what the sheet says "
    "of them would count as written here.",
)
# How well the heads of a row match the fields, the sheet, the place of the row, and the kind of the fields.
_Fit = tuple[int, Sheet, int, Kind]


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
        page = derived_values.with_derived(desk, desk.read.page(kind.cls, ids[at : at + RECORDS_AT_ONCE]))
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
        return self.sheet.rows[self.at].cells

    @property
    def samples(self) -> tuple[tuple[str, ...], ...]:
        return tuple(row.cells for row in self.sheet.rows[self.at + 1 : self.at + 1 + SAMPLES])

    @property
    def unmapped(self) -> tuple[str, ...]:
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
    said = sheet.subject.removeprefix(OURS).partition(" ")[0]
    if sheet.subject.startswith(OURS) and said in LISTED:
        return [said]
    name = folded(sheet.name)
    called = ((each.name, {each.name, *map(folded, map(each.plural, INTERFACE_LANGUAGES))}) for each in LISTED.values())
    return [kind for kind, names in called if name in names]
