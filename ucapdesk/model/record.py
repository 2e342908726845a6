"""The declaration of a kind of record: one class of typed fields. Everything else is derived from it.

``Mapped[T] = field("Label", …)`` declares a field, ``ref`` a link, ``owner`` the record it belongs to,
``members`` a set and ``computed`` what follows from the others. Forms, list columns, search text, history, spreadsheets and the log all read these declarations
through ``ucapdesk.model.kind.Kind``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from threading import Lock
from typing import Any, ClassVar, Literal, NamedTuple, Self, TypeVar

from sqlalchemy import Column, ForeignKey, Index, Table
from sqlalchemy.orm import DeclarativeBase, Mapped

from ucapdesk.model.values.bilingual import Bilingual, BilingualType
from ucapdesk.model.values.cells import (
    CellType,
    Codes,
    Counts,
    CountsType,
    MembersType,
    Refs,
    TextType,
    WholeType,
    YesNoType,
)
from ucapdesk.model.values.groups import FileRef, Geo, GroupType, HanName, Money, PersonName, Quantity, When
from ucapdesk.model.values.partial_date import PartialDate, PartialDateType

Follows = Callable[[Any, date], Any]


# Readers of papers: everybody; whoever cooks, and the head of the own side; the own delegation, where private numbers
# are asked for; the own delegation; the head of the own side alone.
Audience = Literal["everybody", "kitchen", "numbers", "delegation", "principal"]


class Field(NamedTuple):
    """The declared facts of a field besides its type."""

    label: str
    search: int = 0  # 0: not searched; 3 and more: a name, found first; less: body text
    # A main field: shown in lists, sheets and the command line unless the reader chose otherwise, in the rows of
    # parts, among the first filters, and in the form while it is empty.
    column: bool = False
    audience: Audience = "everybody"  # The widest audience that papers may tell it
    long: bool = False  # Several lines; concurrent edits of it are merged by sentence
    # The format of a plain text: email, phone, url, zone (of time), day, clock, languages; of a When: journey. It
    # helps entry and checks.
    shape: str = ""
    codes: str = ""  # The list its codes come from; see ``model.codes``
    kinds: tuple[str, ...] = ()  # The kinds a link may point to
    owner: bool = False  # Names the record this one belongs to; never edited
    quiet: bool = False  # Kept in history, but two different values never raise a question
    local: bool = False  # Stays on this laptop: never in the log, never given, only in a protected workspace
    printed: bool = False  # Written by the program when it prints; forms show it without an editor
    # Written by the program for itself: stored and exchanged like any other, but no form shows it.
    machine: bool = False
    # For texts: each language has its own official version, none is a translation that could be outdated.
    official: bool = False
    untranslated: bool = False  # For texts: written only in the languages that need it, and missing in no other
    needed: bool = False  # Until it is filled the record counts as a draft
    # The side it belongs to (a code of the list ``side``, hosts or guests), which replaces ``{side}`` in its label.
    of_side: str = ""
    example: str = ""  # An example of what is typed into it; without one, that of its type is shown while it is empty
    follows: Follows | None = None  # Computes the value where nobody entered one, from the other fields and the day

    @property
    def internal(self) -> bool:
        """Whether it is for the own side only: never in a paper for others."""
        return self.audience != "everybody"


OWN_NOTES = ("notes",)  # Fields that people write for themselves, in one language
SHARED_FIELDS_ORDER = 100  # Sorts the fields that all kinds share after a kind's own


class Declared(NamedTuple):
    """A field as a kind declares it: its facts, its place among the others, and the table to which its ids point."""

    meta: Field
    order: int
    table: str = ""

    def column(self, name: str, held: CellType[Any]) -> Column[Any]:
        link = [ForeignKey(f"{self.table}.id", deferrable=True, initially="DEFERRED")] if self.table else []
        return Column(name, held, *link, index=bool(link) or None, info={"field": self.meta})


def field(label: str, *, sort_order: int = 0, **said: Any) -> Any:
    """Declare a field; further keyword arguments are those of ``Field``."""
    return Declared(Field(label, **said), sort_order)


class Computed(NamedTuple):
    """A value that is read like a field but never entered or stored: it is computed from the others."""

    meta: Field
    holds: type


def computed(label: str, holds: type, follows: Follows, **said: Any) -> Any:
    """Declare a computed value of a field type; further keyword arguments are those of ``Field``."""
    return Computed(Field(label, follows=follows, **said), holds)


TOLD = "_told"  # The attribute in which an instance keeps values told by other records; a save ignores it


def note_told(record: Record, name: str, value: object) -> None:
    """Keep values told by other records with a record that is only shown."""
    record.__dict__.setdefault(TOLD, {})[name] = value


def told_by_others(name: str) -> Follows:
    """Declare a computed value that comes from other records: whoever reads records to show them asks ``store.read.told_values``."""
    return lambda record, _: record.__dict__[TOLD][name]


def ref(kind: str, label: str, *, sort_order: int = 0, **said: Any) -> Any:
    """Declare a link to one record of a kind, held by its id."""
    return Declared(Field(label, kinds=(kind,), **said), sort_order, kind)


def owner(*kinds: str, label: str = "Belongs to") -> Any:
    """Declare the record this one is part of, of one of these kinds (``*``: any).

    Where several kinds can be it, the key is to the table of all rows.
    """
    table = kinds[0] if len(kinds) == 1 and kinds != ("*",) else "sync_row"
    return Declared(Field(label, kinds=kinds, owner=True), 0, table)


def members(label: str, *, codes: str = "", kind: str = "", sort_order: int = 0, **said: Any) -> Any:
    """Declare a set of codes (or free words) or of records; the column is derived from its member rows."""
    return field(label, sort_order=sort_order, codes=codes, kinds=(kind,) if kind else (), **said)


class ReadOnlyRecordError(AttributeError):
    """Code assigned to a record outside a save: a programming error."""


class Record(DeclarativeBase):
    """Base of all kinds. Instances are detached and read-only; a save hands out ones that can be changed."""

    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: TextType(),
        int: WholeType(),
        bool: YesNoType(),
        Bilingual: BilingualType(),
        PartialDate: PartialDateType(),
        Codes: MembersType(Codes),
        Counts: CountsType(),
        Refs: MembersType(Refs),
        **{group: GroupType(group) for group in (When, Quantity, PersonName, HanName, Money, Geo, FileRef)},
    }

    label: ClassVar[str] = ""  # The name of one record: "Meeting"
    plural: ClassVar[str] = ""  # The name of many records: "Meetings"
    # Fields that name a record in lists, chips and history; the first filled one is used.
    title_fields: ClassVar[tuple[str, ...]] = ("title",)
    # Fields whose values make the id, so that two desks make the same row of the same thing.
    identity: ClassVar[tuple[str, ...]] = ()
    # The field that names the person whose data a record is, where its owner does not: it is erased with the person.
    about: ClassVar[str] = ""
    # True for links between records: these fields hold the records the link is named after, and no place lists it.
    called_after: ClassVar[bool] = False
    # ``one`` where papers can be printed of a record, ``many`` where some tell of many; the window asks this before
    # papers are loaded.
    papers: ClassVar[str] = ""
    reserved: ClassVar[bool] = False  # True for rows that only serve others and are never listed

    def __init_subclass__(cls) -> None:
        """Put off the mapping, which costs more than everything else at the start: see ``mapped``."""
        cls.__tablename__ = re.sub(r"(?<=.)([A-Z])", r"_\1", cls.__name__).lower()

    def __new__(cls, *_: object, **__: object) -> Self:
        return super().__new__(mapped(cls))

    def __setattr__(self, name: str, value: object) -> None:
        if name != "_sa_instance_state" and not self.__dict__.get("_open"):
            raise ReadOnlyRecordError(f"{type(self).__name__}.{name} is read-only here; change it inside a save")
        super().__setattr__(name, value)

    id: Mapped[str]
    is_deleted: Mapped[bool]  # Derived: in the Trash, or part of a record that is
    sort_en: Mapped[str | None]  # Derived: the sort key of its title for readers of Latin script
    sort_zh: Mapped[str | None]  # Derived: the sort key of its title by pinyin

    @classmethod
    def derived_name(cls, **identity: str) -> tuple[str, ...]:
        """Return the parts of the name from which the id is derived."""
        return tuple(identity.values())


R = TypeVar("R", bound=Record)
_mapping = Lock()
_BY_NAME = {cls.__name__: cell_type for cls, cell_type in Record.type_annotation_map.items()}


def mapped(cls: type[R]) -> type[R]:
    """Map a kind on its table when the first of its records is read or made: most calls need few kinds."""
    if "__mapper__" not in cls.__dict__:
        with _mapping:
            if "__mapper__" not in cls.__dict__:
                table = _table(cls)
                Record.registry.map_imperatively(cls, table, properties=dict(table.columns))
    return cls


def _table(cls: type[Record]) -> Table:
    """Return the table of a kind, with an index for each order in which a long list is opened: by title, and by time where it has one."""
    name, fields = cls.__tablename__, declared_fields(cls)
    orders = ("sort_en", "sort_zh", *(field for field, _, _ in fields if field in ("when", "dates")))
    return Table(
        name,
        Record.metadata,
        Column("id", TextType(), primary_key=True),
        Column("is_deleted", YesNoType(), server_default="0", nullable=False),
        Column("sort_en", TextType()),
        Column("sort_zh", TextType()),
        *(declared.column(field, held) for field, declared, held in fields),
        *(Index(f"ix_{name}_{order}", "is_deleted", order, "id") for order in orders),
    )


def declared_fields(cls: type[Record]) -> list[tuple[str, Declared, CellType[Any]]]:
    """Return the fields of a kind in the order of its table: name, declaration, type."""
    found: dict[str, tuple[Declared, CellType[Any]]] = {}
    for base in cls.__mro__:
        for name, each in vars(base).items():
            if isinstance(each, Declared):
                found.setdefault(name, (each, _BY_NAME[_held(base.__annotations__[name])]))
    return [(name, *each) for name, each in sorted(found.items(), key=lambda pair: pair[1][0].order)]


def _held(annotation: str) -> str:
    return annotation.removeprefix("Mapped[").removesuffix("]").removesuffix(" | None")


class Filed:
    """The fields with which every record that stands on its own is filed."""

    tags: Mapped[Codes | None] = members("Tags", search=2, sort_order=SHARED_FIELDS_ORDER)
    marking: Mapped[str | None] = field("Marking", codes="marking", sort_order=SHARED_FIELDS_ORDER)
    notes: Mapped[Bilingual | None] = field(
        "Notes", search=1, long=True, audience="principal", sort_order=SHARED_FIELDS_ORDER
    )
    source: Mapped[str | None] = ref("source_document", "Source document", sort_order=SHARED_FIELDS_ORDER)
    source_place: Mapped[str | None] = field("Place in the source", sort_order=SHARED_FIELDS_ORDER)


class Ordered:
    """The fields of a record in an ordered list of its owner."""

    pos: Mapped[str | None] = field("Order", quiet=True, sort_order=SHARED_FIELDS_ORDER)
