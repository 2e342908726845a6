"""Small parts that most papers use: labels, cells, columns, facts, header and footer, and tables of records.

Fields of records are said in words by their declarations. A fact is a field by its name, or a label with a value. A column is a field
by its name, or a function of what a row is of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from ucapdesk.base.clock import local_time, moment
from ucapdesk.base.i18n import Message, tr
from ucapdesk.briefing.blocks.content import (
    Block,
    Cell,
    Column,
    Fact,
    Facts,
    Group,
    Meta,
    PageSetup,
    Paper,
    Section,
    Table,
    Text,
    count_states,
)
from ucapdesk.briefing.blocks.elements import NO_WORDS, Para, Picture, Words, alternative
from ucapdesk.model.kind import KindField
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.agreement_kinds import Agreement
from ucapdesk.model.kinds.paper_kinds import Attachment, Pack
from ucapdesk.model.kinds.partnership_kinds import Place
from ucapdesk.model.kinds.people_kinds import Organisation, Person
from ucapdesk.model.kinds.visit_kinds import AgendaItem, ItineraryItem, Meeting
from ucapdesk.model.record import Record
from ucapdesk.model.rules.status import called_off_in
from ucapdesk.model.text.amounts import say_counts, say_money
from ucapdesk.model.values import Bilingual, Counts, Money, PartialDate, Quantity, When
from ucapdesk.papers.facts.participants import own_name_of, person_name
from ucapdesk.papers.facts.wording import (
    bracketed,
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
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.request import Request

NOTHING = Message("paper", "Nothing is recorded for this paper yet.")
NOBODY = Message("paper", "Nobody is recorded as taking part yet.")
NO_PROGRAMME = Message("paper", "No point of the programme is recorded yet.")
Rows = Sequence[tuple[Cell, ...] | Group]


def label(said: Message | Words) -> Words:
    return Words.label(said) if isinstance(said, Message) else said


def field_label(name: str) -> Words:
    """Return the label of a field: ``field_label("visit.purpose")``."""
    kind, _, field = name.partition(".")
    return Words.label(Message(name, KINDS[kind].shown[field].meta.label))


PORTRAIT, LOGO = (30.0, 40.0), (26.0, 22.0)  # The largest a picture beside facts may be, in mm


def cell(*words: Words | None, role: str = "text", under: str = "note") -> Cell:
    """Return a cell: the first text as it is, those below smaller; empty without texts."""
    known = [each for each in words if each is not None and not each.empty]
    return tuple(Para(each, under, close=True) if n else Para(each, role) for n, each in enumerate(known))


def column(head: Words | Message | None, share: float, **more: object) -> Column:
    words = NO_WORDS if head is None else label(head)
    return replace(Column(words, share), **more)  # type: ignore[arg-type]


def number_column(share: float = 1.0) -> Column:
    return Column(Words.label(Message("paper", "No.")), share, numbered=True)


def table(columns: Sequence[Column], rows: Rows, head: Words | None = None, **more: object) -> list[Block]:
    """Return a table without empty columns; nothing where there are no rows, or only empty ones."""
    if not rows:
        return []
    cells = [row for row in rows if isinstance(row, tuple)]
    kept = [n for n, each in enumerate(columns) if each.numbered or not cells or any(row[n] for row in cells)]
    if not kept:
        return []
    left = tuple(tuple(row[n] for n in kept) if isinstance(row, tuple) else row for row in rows)
    return [replace(Table(tuple(columns[n] for n in kept), left, head), **more)]  # type: ignore[arg-type]


def facts(*known: tuple[Words, Words | Sequence[Para] | None], picture: Picture | None = None) -> list[Block]:
    """Return labels with known values, a picture beside them; unknown ones are left out."""
    told = ((name, paragraphs(value) if isinstance(value, Words) else tuple(value or ())) for name, value in known)
    found = tuple(Fact(name, paras) for name, paras in told if paras)
    return [Facts(found, picture)] if found else []


def paragraphs(words: Words, role: str = "text") -> tuple[Para, ...]:
    """Return a long text paragraph by paragraph, in pairs where both languages have as many."""
    if words.empty:
        return ()
    split = {
        lang: [line.strip() for line in (text or "").splitlines() if line.strip()] for lang, text in words.text.items()
    }
    most = max(len(lines) for lines in split.values())
    if most == 1 or len({len(lines) for lines in split.values() if lines}) > 1:
        return (Para(words, role),)
    return tuple(
        Para(replace(words, text={lang: lines[n] for lang, lines in split.items() if lines}), role) for n in range(most)
    )


def file_name(file: Attachment) -> Words:
    return of_text(file.title) if file.title else Words.plain((file.file and file.file.name) or "")


def text(value: Bilingual | Words | None, head: Words | None = None, role: str = "text") -> list[Block]:
    """Return a text under its label; nothing where there is none."""
    paras = paragraphs(value if isinstance(value, Words) else of_text(value), role)
    return [Text(paras, head)] if paras else []


def draft_note(paper: Paper) -> list[Block]:
    drafts, _ = count_states(paper)
    return [note(Message("paper", "Translations not yet reviewed: {n}.", {"n": drafts}))] if drafts else []


def note(message: Message) -> Block:
    return Text((Para(Words.label(message), "note"),))


def bullets(texts: Iterable[Words], head: Words | None = None) -> list[Block]:
    paras = tuple(Para(each, mark="–", close=True) for each in texts if not each.empty)
    return [Text(paras, head)] if paras else []


def section(blocks: Sequence[Block], heading: Words | Message | None = None, **more: object) -> list[Section]:
    """Return a section; nothing where it is empty."""
    if not blocks:
        return []
    words = None if heading is None else label(heading)
    return [replace(Section(tuple(blocks), words), **more)]  # type: ignore[arg-type]


def headed(parts: Sequence[Section]) -> list[Section]:
    """Return sections with an empty one before them, which takes the heading they stand under; nothing where there are none."""
    return [Section(()), *parts] if parts else []


def paper(
    reader: RedactedReader,
    request: Request,
    document: Message | Words,
    title: Words,
    sections: Sequence[Section],
    *,
    marked: Record | None = None,
    dates: Words | None = None,
    page: PageSetup | None = None,
    titled: bool = True,
    lacking: Message = NOTHING,
) -> Paper:
    """Return the paper with its header and footer.

    Args:
        reader: What was read of the workspace.
        request: What was asked for.
        document: What kind of paper it is.
        title: What it tells of; where that is called off, the paper says so with it.
        sections: The contents; where there are none it says so.
        marked: The record whose marking it bears, unless another was asked for.
        dates: For the header.
        page: Instead of the page asked for.
        titled: Whether the title opens it.
        lacking: What it says where there are no contents.
    """
    title = bracketed(title, _called_off(reader, marked))
    name = label(document)
    return Paper(
        title if not title.empty else name,
        request.languages,
        _meta(reader, request, name, marked, dates),
        tuple(sections) or (Section((note(lacking),)),),
        request.layout,
        page=page or request.setup,
        titled=titled,
    )


def _meta(reader: RedactedReader, request: Request, name: Words, marked: Record | None, dates: Words | None) -> Meta:
    time, person = reader.newest_change()
    marking = of_code("marking", request.marking or getattr(marked, "marking", None))
    version = f"v{request.version}" if request.version else ""
    said = dates if dates and not dates.empty else None
    return Meta(name, marking, version, time, person, said, _replaced(reader, request))


def _replaced(reader: RedactedReader, request: Request) -> Words | None:
    """Return ``replaces v2 of 24 Nov 2026, 16:10 (UTC+1)``, when it was printed on this laptop's clock; None where a copy
    replaces nothing. The version replaced does not count as read.
    """
    pack = reader.desk.read.get(Pack, request.replaces) if request.replaces else None
    first = next(iter(reader.desk.history(pack.id)), None) if pack else None
    if pack is None or first is None:
        return None
    from ucapdesk.briefing.pages.cover_header_footer import say_time  # what sets pages takes long to load

    time, version = local_time(moment(first.time)), f"v{pack.version or 1}"
    return in_all(
        lambda lang: tr("paper", "replaces {version} of {time}", lang, version=version, time=say_time(time, lang))
    )


def _called_off(reader: RedactedReader, record: Record | None) -> Words:
    """Return the status of what is cancelled: the subject of a paper, its meeting or its visit; nothing where none is."""
    around = [getattr(record, name, None) for name in ("meeting", "visit", "owner")]
    off = called_off_in(record, *(reader.desk.read.record(id_) for id_ in around if id_))
    if off is None:
        return NO_WORDS
    return of_code(KINDS[type(off).__tablename__].fields["status"].meta.codes, getattr(off, "status", None))


# Fields with a text that is written once, in one of the languages; other plain texts are numbers and names.
PROSE = frozenset({"contact_by", "allergies", "habits", "mobility", "clothing_size", "birthday", "diet", "driver"})
Value = Words | Sequence[Para] | None
# Fields by their names, with blanks between them; or a field or a label, with a value.
FactOf = str | tuple[str | Message | Words, Value]


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


_SAID_BY_TYPE: Mapping[type, Callable[[Any], Words]] = {
    Bilingual: of_text,
    PartialDate: of_date,
    When: when,
    Quantity: of_quantity,
    Money: lambda value: in_all(lambda lang: say_money(value, lang)),
    Counts: lambda value: in_all(lambda lang: say_counts(value, lang)),
}


def _in_words(field: KindField, value: Any) -> Words:
    if tell := _SAID_BY_TYPE.get(type(value)):
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
        return own_name_of(record)
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
    *known: FactOf,
    picture: bytes | None = None,
    size: tuple[float, float] = PORTRAIT,
) -> list[Block]:
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


def banded(rows: Iterable[Any], band: Callable[[Any], Words] | None) -> list[Any]:
    """Return rows, those that follow each other with the same words under these."""
    if band is None:
        return list(rows)
    return [each for words, some in groupby(rows, band) for each in (words, *some)]


def picture_cell(data: bytes | None, width: float, height: float, name: Words) -> Cell:
    return (Picture(data, width, height, alt=alternative(name)),) if data else ()
