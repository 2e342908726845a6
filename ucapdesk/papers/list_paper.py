"""A paper that is a list, as a declaration: which records, which columns, in which order, and who may see it.

``list_paper`` makes a ``Document`` of its parts. ``Rows`` are records of any kind in columns, ``People`` those who take part in an occasion,
``Blocks`` what else stands between them, such as the cars of a visit. One engine draws them all, with the title, the marking and the dates of
the record that the paper is about. ``ucapdesk/papers/documents/list_papers.py`` has the lists there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from ucapdesk.base.i18n import Message
from ucapdesk.briefing.blocks.content import Block, Column, Paper, Section
from ucapdesk.briefing.blocks.elements import Words
from ucapdesk.model.record import Record
from ucapdesk.papers.document import Document, Option
from ucapdesk.papers.facts.participants import Occasion, Participant, dates_of, occasion, people_of
from ucapdesk.papers.facts.parts import NOTHING, ColumnOf, banded, field_label, name_of, paper, section, table_of
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.request import Request
from ucapdesk.papers.sections.people import columns_of, people_sections, people_table

Columns = Sequence[ColumnOf | Column]


# A part of a list: ``Rows``, ``People``, ``Blocks``, or a function that makes sections; nothing where it is empty.
Part = Callable[[RedactedReader, Request], list[Section]]


@dataclass(frozen=True, slots=True)
class Rows:
    """A table with a row for each record.

    Attributes:
        of: A kind, for its records that belong to those the paper is about; or a function that returns the records.
        columns: From left to right; or a function of the reader, where a column reads further records.
        heading: What stands above.
        order: Sorts the records; without it they stand as they come.
        band: What those that follow each other have in common, said once above them.
    """

    of: type[Record] | Callable[[RedactedReader, Request], Iterable[Any]]
    columns: Columns | Callable[[RedactedReader], Columns]
    heading: Message | None = None
    order: Callable[[Any], Any] | None = None
    band: Callable[[Any], Words] | None = None

    def __call__(self, reader: RedactedReader, request: Request) -> list[Section]:
        records = partial(_belonging, self.of) if isinstance(self.of, type) else self.of
        rows: list[Any] = list(records(reader, request))
        if self.order is not None:
            rows.sort(key=self.order)
        columns = self.columns(reader) if callable(self.columns) else self.columns
        return section(table_of(reader, banded(rows, self.band), columns), self.heading)


def _belonging(kind: type[Record], reader: RedactedReader, request: Request) -> list[Record]:
    return [each for id_ in request.ids for each in reader.children(kind, id_)]


@dataclass(frozen=True, slots=True)
class People:
    """Those who take part, in order of protocol.

    Attributes:
        columns: Names of ``columns_of``; whoever prints the list may choose others, where it goes side by side.
        heading: What stands above; without it the list goes side by side, each under its name.
        who: Which of them; all of them where that is nobody of a list that goes side by side.
    """

    columns: tuple[str, ...]
    heading: Message | None = None
    who: Callable[[Participant], bool] | None = None

    def __call__(self, reader: RedactedReader, request: Request) -> list[Section]:
        record = occasion(reader, request.ids[0])
        everybody = people_of(reader, record)
        people = [each for each in everybody if self.who is None or self.who(each)]
        if self.heading is not None:
            return section(people_table(reader, people, self.columns), self.heading)
        return people_sections(reader, record, people or everybody, self._chosen(reader, request) or self.columns)

    def _chosen(self, reader: RedactedReader, request: Request) -> tuple[str, ...]:
        """Return the columns the user chose; diets are among them in the list of the kitchen alone."""
        names = tuple(name.strip() for name in request.options["columns"].split(",") if name.strip())
        known = [name for name in columns_of(reader) if name != "diet" or name in self.columns]
        for name in names:
            if name not in known:
                raise request.unknown(Message("choice", "column"), name, ", ".join(known))
        return names


@dataclass(frozen=True, slots=True)
class Blocks:
    """Whatever a function makes of the record that the list is about; ``heading``: a text, or a field by whose label it is headed."""

    make: Callable[[RedactedReader, Any], list[Block]]
    heading: Message | str | None = None

    def __call__(self, reader: RedactedReader, request: Request) -> list[Section]:
        heading = field_label(self.heading) if isinstance(self.heading, str) else self.heading
        return section(self.make(reader, reader.subject(request.ids[0])), heading)


class Subject(NamedTuple):
    """Title of a list, the record whose marking it bears, and dates for the header."""

    title: Words
    record: Record | None = None
    dates: Words | None = None


def first_record(reader: RedactedReader, request: Request) -> Subject:
    """Return the first record that was asked for; an occasion with its dates."""
    record = reader.subject(request.ids[0])
    return Subject(name_of(record), record, dates_of(record) if isinstance(record, Occasion) else None)


def list_paper(
    name: str,
    label: Message,
    *parts: Part,
    subject: Callable[[RedactedReader, Request], Subject] = first_record,
    lacking: Message = NOTHING,
    pages: tuple[str, ...] = ("A4", "A4-landscape"),
    options: tuple[Option, ...] = (),
    **declared: Any,
) -> Document:
    """Return the document of a list.

    Args:
        name: As typed.
        label: What it is called.
        parts: From top to bottom.
        subject: What it is about.
        lacking: What it says where there are no contents.
        pages: Names in ``PAGES``, the usual one first.
        options: Its own choices.
        declared: What else a ``Document`` declares: ``kinds``, ``order``, ``circle``, ``editions`` …
    """

    def make(reader: RedactedReader, request: Request) -> Paper:
        made = [each for part in parts for each in part(reader, request)]
        title, record, dates = subject(reader, request)
        return paper(reader, request, label, title, made, marked=record, dates=dates, lacking=lacking)

    if any(isinstance(part, People) and part.heading is None for part in parts):
        options = (*options, Option("columns", Message("paper setup", "Columns (name,post,room …)")))
    return Document(name, label, make, pages=pages, options=options, **declared)
