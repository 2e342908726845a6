"""Fields of records in words, by their declarations: the facts of a record, and tables of records.

A fact is a field by its name, or a label with a value. A column is a field by its name, or a function of what a row is of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ucapdesk.base.i18n import Message
from ucapdesk.briefing.content import Block, Cell, Column, Group
from ucapdesk.briefing.text_elements import NO_WORDS, Para, Picture, Words, alternative
from ucapdesk.model.kind import KindField
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.agreement_kinds import Agreement
from ucapdesk.model.kinds.meeting_kinds import AgendaItem, Meeting
from ucapdesk.model.kinds.people_kinds import Organisation, Person
from ucapdesk.model.kinds.place_kinds import Place
from ucapdesk.model.kinds.visit_kinds import ItineraryItem
from ucapdesk.model.record import Record
from ucapdesk.model.text.format.numbers_in_words import say_money
from ucapdesk.model.values import Bilingual, Money, PartialDate, Quantity, When
from ucapdesk.papers.paper_parts import PORTRAIT, cell, column, facts, field_label, label, table, text
from ucapdesk.papers.paper_words import (
    in_all,
    listed,
    of_code,
    of_date,
    of_quantity,
    of_text,
    of_written,
    short_date,
    when,
)
from ucapdesk.papers.participants import house_name, person_name
from ucapdesk.papers.redacted_reader import RedactedReader

PROSE = frozenset({"contact_by", "allergies", "habits", "mobility", "clothing_size", "birthday", "diet", "driver"})
"""Fields with a text that is written once, in one of the languages; other plain texts are numbers and names."""
Value = Words | Sequence[Para] | None
Fact = str | tuple[str | Message | Words, Value]
"""Fields by their names, with blanks between them; or a field or a label, with a value."""


def value_of(reader: RedactedReader, record: Record, name: str) -> Words:
    """Return the value of a field in words; linked records by their names."""
    field, value = KINDS[type(record).__tablename__].shown[name], getattr(record, name)
    if value is None:
        return NO_WORDS
    if field.meta.codes:
        said = [of_code(field.meta.codes, code) for code in (value if field.is_set else [value])]
    elif field.meta.kinds:
        said = [name_of(each) for each in reader.all(KINDS[field.meta.kinds[0]].cls, field.links(value))]
    else:
        return _in_words(field, value)
    return listed(said) if field.is_set else next(iter(said), NO_WORDS)


_TOLD: Mapping[type, Callable[[Any], Words]] = {
    Bilingual: of_text,
    PartialDate: of_date,
    When: when,
    Quantity: of_quantity,
    Money: lambda value: in_all(lambda lang: say_money(value, lang)),
}


def _in_words(field: KindField, value: Any) -> Words:
    if tell := _TOLD.get(type(value)):
        return tell(value)
    return of_written(value) if field.name in PROSE else Words.plain(str(value))


def name_of(record: Record) -> Words:
    """Return the name of a record where another one names it; a meeting or a point without a title is what it is, an
    MoU its number.
    """
    if isinstance(record, Person):
        return person_name(record)
    if isinstance(record, Place):
        return place_name(record)
    if isinstance(record, Organisation):
        return house_name(record)
    said, kind = of_text(getattr(record, "title", None) or getattr(record, "name", None)), KINDS[record.__tablename__]
    if isinstance(record, AgendaItem | ItineraryItem | Meeting) and said.empty:
        return of_code(kind.fields["type"].meta.codes, record.type) if record.type else in_all(kind.label)
    return Words.plain(record.reference or "") if isinstance(record, Agreement) and said.empty else said


def place_name(place: Place | None) -> Words:
    """Return the name of a place; its local name where there is no other."""
    if place is None:
        return NO_WORDS
    return of_text(place.name) if place.name else Words.plain(place.local_name or "")


def facts_of(
    reader: RedactedReader,
    record: Record,
    *known: Fact,
    picture: bytes | None = None,
    size: tuple[float, float] = PORTRAIT,
) -> list[Block]:
    """Return the facts of a record that are known, in the order they are named in."""
    kind = type(record).__tablename__
    found: list[tuple[Words, Value]] = []
    for each in known:
        if isinstance(each, str):
            found += [(field_label(f"{kind}.{name}"), value_of(reader, record, name)) for name in each.split()]
        else:
            head, value = each
            found.append((field_label(f"{kind}.{head}") if isinstance(head, str) else label(head), value))
    return facts(*found, picture=Picture(picture, *size, alt=alternative(name_of(record))) if picture else None)


def texts_of(record: Record, names: str) -> list[Block]:
    """Return long texts of a record under their labels, by the names of the fields; what is not to be raised is a warning."""
    kind, roles = type(record).__tablename__, {"do_not_raise": "warning"}
    parts = (
        text(getattr(record, each), field_label(f"{kind}.{each}"), roles.get(each, "text")) for each in names.split()
    )
    return [block for part in parts for block in part]


@dataclass(frozen=True, slots=True)
class ColumnOf:
    """A column of a table of records.

    Attributes:
        of: The name of a field, whose label heads the column; or a function that gives words or a cell.
        width: Its share of the width.
        head: The head, where it is not the label of the field; a text names a field of another kind.
        split: Whether two languages get a column each (``briefing.content.Column``).
        align: How its cells are set.
        role: The style of its texts.
    """

    of: str | Callable[[Any], Words | Cell | None]
    width: float
    head: Words | Message | str | None = None
    split: bool = False
    align: str = "left"
    role: str = "text"

    def cell(self, reader: RedactedReader, row: Any) -> Cell:
        """Return the cell of a row. Dates stand in figures."""
        if isinstance(self.of, str):
            value = getattr(row, self.of)
            return cell(
                short_date(value) if isinstance(value, PartialDate) else value_of(reader, row, self.of), role=self.role
            )
        made = self.of(row)
        return cell(made, role=self.role) if isinstance(made, Words) or made is None else made

    def column(self, kind: str) -> Column:
        """Return the column with its head; ``kind``: of the records in its rows."""
        head = self.head
        if isinstance(head, str) or (head is None and isinstance(self.of, str)):
            head = field_label(head if isinstance(head, str) else f"{kind}.{self.of}")
        return column(head, self.width, split=self.split, align=self.align)


def table_of(
    reader: RedactedReader, rows: Iterable[Any], columns: Sequence[ColumnOf | Column], head: Words | None = None
) -> list[Block]:
    """Return a table with a row for each record, and a band for words among them; nothing without records."""
    found = list(rows)
    first = next((each for each in found if not isinstance(each, Words)), None)
    if first is None:
        return []

    def cells(row: Any) -> tuple[Cell, ...]:
        return tuple(each.cell(reader, row) if isinstance(each, ColumnOf) else () for each in columns)

    made = [Group(row) if isinstance(row, Words) else cells(row) for row in found]
    kind = getattr(type(first), "__tablename__", "")
    return table([each.column(kind) if isinstance(each, ColumnOf) else each for each in columns], made, head)


def picture_cell(data: bytes | None, width: float, height: float, name: Words) -> Cell:
    """Return a picture of what is named in a cell; nothing where there is none."""
    return (Picture(data, width, height, alt=alternative(name)),) if data else ()
