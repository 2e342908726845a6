"""Compares the rows of a spreadsheet with the records: what each row would change, by the clocks its maker saw, and what is invalid."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

from ucapdesk.base.clock import today
from ucapdesk.base.errors import UserError
from ucapdesk.base.grouping import grouped
from ucapdesk.base.i18n import INTERFACE_LANGUAGES, LANGUAGES, Message, language, tr
from ucapdesk.base.ids import ID
from ucapdesk.base.one_line import one_line
from ucapdesk.formats.sheets.sheet import Figure, SheetRow
from ucapdesk.formats.sheets.sheet_columns import EXACT, WHOLE, SheetColumn
from ucapdesk.model.codes import folded
from ucapdesk.model.kind import Kind, KindField
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.quick_create import stub
from ucapdesk.model.record import Filed, Record
from ucapdesk.model.rules.place_time import PlaceTime
from ucapdesk.model.values import Bilingual, When
from ucapdesk.services.records import history
from ucapdesk.services.records.records import free_id, linked_titles
from ucapdesk.store.desk import Desk
from ucapdesk.store.read import told_values

NamesIn = Callable[[str], Callable[[str], str]]
"""Language → the title of each linked record in it."""
_LEFT = Message(
    "sheet",
    "This is what the record said before it was changed here. It stays as it is; change it here if the sheet is right.",
)


class LinkUnknown(UserError):
    """No record has this title, or several do."""

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
        """Leave out the rows of which somebody has to say that they are right, and tell of them."""
        for change, _ in self.updates:
            if change.twin:
                said = tr("sheet", "“{name}” has the same name. The row was left out.", name=change.twin)
                self.troubles.append(Trouble(change.row, change.title, "id", said))
            if change.both:
                said = tr("sheet", "It was changed here too, to something else. The row was left out.")
                self.troubles.append(Trouble(change.row, change.title, ", ".join(change.both), said))
        self.updates = [each for each in self.updates if not each[0].doubtful]


class SheetReading:
    """Reads rows, some hundred at a time."""

    def __init__(self, desk: Desk, plan: RowPlan) -> None:
        self._desk, self._plan, self._kind = desk, plan, plan.kind
        self._day = today(desk.workspace.clock)
        self._fields = [column for column in plan.columns.values() if column.field]
        self._at = {column.key: place for place, column in plan.columns.items()}
        titles = plan.kind.cls.title_fields
        self._titled_by = [each for name in titles for each in self._fields if each.field and each.field.name == name]
        self._titled = cache(self._by_title)
        self._told: dict[str, Record] = {}
        """The records of the rows as lists show them: a computed value in a cell is no change."""
        self._pasts: dict[str, history.Past[Record]] = {}
        self._clocks = PlaceTime(history.RecordsAsSeen(desk, plan.seen))
        self._seen: set[str] = set()
        self._changed: dict[str, tuple[int, dict[str, Any]]] = {}
        """The row that changes a record first, and its values: of records that were merged since, two rows may."""
        self._named: dict[str, int] = {}
        """The rows of this sheet that create records, by their titles."""

    def take(self, rows: Sequence[SheetRow]) -> None:
        """Read rows."""
        asked = [id_ for row in rows if ID.fullmatch(id_ := self._cell(row, "id").lower())]
        there = {record.id: record for record in self._desk.read.many(asked)}
        self._told = {record.id: record for record in told_values.tell(self._desk, self._desk.read.many(asked))}
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
        """Return every title of a record with these values."""
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
            if self._is_said(column, said, (record, told, left.get(found.name)), names):
                continue
            if record is not None and found.meta.owner:
                self._keep_owner(row, title, column, record)
                continue
            then = self._before(record, column) if record is not None else []
            was_said = self._is_said(column, said, then, cache(partial(names_of, self._desk, then, [column])))
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
        if not (isinstance(value, When) and isinstance(made := self._past(told).seen, told_values.TIMED)):
            return value
        then = self._clocks.told(made) if self._plan.seen else None
        return value.entered([getattr(told, "when", None), then], current)

    def _is_said(self, column: SheetColumn, said: str, held: Sequence[Record | None], names: NamesIn) -> bool:
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
        told = told_values.told_before(self._desk, record, lambda each: self._past(each).states)
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
        """Return a record that holds these values."""
        made = self._kind.cls()
        told_values.set_told(made, values)
        return made

    def _keep_owner(self, row: SheetRow, title: str, column: SheetColumn, record: Record) -> None:
        """Tell of a cell that names another owner than that of the record."""
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
        """Return the living records of a kind by title."""
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
    """Return a function that gives the titles of all records that these columns link to."""
    linked = (column.field for column in columns if column.field)
    titles = linked_titles(desk, page, linked, lang)
    return lambda id_: titles.get(id_) or id_
