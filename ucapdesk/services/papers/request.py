"""How a document is declared, and how one copy of it is asked for.

A module of this package declares its documents as ``DOCUMENTS = (Document(…), …)`` and has a line in ``registry`` and
one in ``services.printable``. Everything else follows from the declaration: the command line, the lists of the window,
what is refused. ``make`` gets a ``Reading``, through which alone it reads (internal fields come empty where the readers
of the copy may not see them), and the ``Request``, whose every choice has been checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from ucapdesk.base.i18n import Message
from ucapdesk.briefing.content import LAYOUTS, SIDE_BY_SIDE, PageSetup, Paper, Words
from ucapdesk.services.papers.circles import OUTSIDE, Circle
from ucapdesk.services.printable import KINDS_OF

if TYPE_CHECKING:
    from ucapdesk.services.papers.reading import Reading

PAGES: Mapping[str, tuple[Message, PageSetup]] = MappingProxyType({
    "A4": (Message("paper setup", "A4"), PageSetup()),
    "A4-landscape": (Message("paper setup", "A4, landscape"), PageSetup(landscape=True)),
    "A3": (Message("paper setup", "A3"), PageSetup(size="A3")),
    "A3-landscape": (Message("paper setup", "A3, landscape"), PageSetup(size="A3", landscape=True)),
    "A5": (Message("paper setup", "A5"), PageSetup(size="A5")),
    "A6": (Message("paper setup", "A6"), PageSetup(size="A6")),
    "booklet": (Message("paper setup", "A5 booklet, to be folded"), PageSetup(size="A5", booklet=True)),
    "large": (Message("paper setup", "A4, large print"), PageSetup(large=True)),
    "official": (Message("paper setup", "A4, as Chinese offices set it"), PageSetup(official=True)),
})  # fmt: skip
"""The pages a document may be printed on, by the name a user gives."""


@dataclass(frozen=True, slots=True)
class Option:
    """A choice that a document has beside those of all documents, such as the size of its cards.

    Attributes:
        name: As typed: ``--option card=place-210x140``.
        label: What it is called.
        choices: Its values with their names, the first by default; none where any text may be given.
        default: Where there are no choices.
        offers: What there is to choose among where any text may be given: values with their names, the usual one first.
    """

    name: str
    label: Message
    choices: tuple[tuple[str, Message], ...] = ()
    default: str = ""
    offers: Callable[[Reading, Request], Iterable[tuple[str, Words]]] | None = None

    @property
    def usual(self) -> str:
        """What is taken where nobody chose."""
        return self.choices[0][0] if self.choices else self.default


@dataclass(frozen=True, slots=True)
class SectionInfo:
    """A section that can be switched on and off and moved.

    Attributes:
        code: As typed: ``--sections cover,programme``.
        label: Its name, which is its heading.
        editions: Those that have it unless somebody chose otherwise; empty: all.
        allowed: Those that may have it at all; empty: all.
    """

    code: str
    label: Message
    editions: frozenset[str] = frozenset()
    allowed: frozenset[str] = frozenset()

    def is_in(self, edition: str) -> bool:
        """Whether an edition has it by default."""
        return not self.editions or edition in self.editions

    def may_be_in(self, edition: str) -> bool:
        """Whether an edition may have it."""
        return not self.allowed or edition in self.allowed


@dataclass(frozen=True, slots=True)
class Request:
    """One copy asked for. Made and checked by ``papers.request``; ``with_`` gives another one like it.

    Attributes:
        document: The name of the document.
        ids: The records it is about, in the order asked.
        languages: One, or two in the order of reading.
        layout: How two languages stand to each other.
        edition: For whom; empty where the document has no editions.
        page: The name of the page in ``PAGES``.
        both_sides: Whether it is printed on both sides.
        sections: Codes of the sections to print, in their order; empty: those of the edition.
        private_numbers: Whether private telephone numbers are printed, in editions of the own side.
        marking: A code of the list ``marking`` instead of the record's own.
        version: Such as 3; 0 where the copy is of no pack.
        recipients: For the distribution list.
        replaces: The copies this one replaces, in words of each language.
        options: The document's own choices, each with a value.
    """

    document: str
    ids: tuple[str, ...]
    languages: tuple[str, ...] = ("en", "zh")
    layout: str = SIDE_BY_SIDE
    edition: str = ""
    page: str = "A4"
    both_sides: bool = False
    sections: tuple[str, ...] = ()
    private_numbers: bool = False
    marking: str | None = None
    version: int = 0
    recipients: tuple[str, ...] = ()
    replaces: str = ""
    options: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def setup(self) -> PageSetup:
        """The page as the contents name it."""
        return replace(PAGES[self.page][1], duplex=self.both_sides)

    def option(self, name: str) -> str:
        """The value of one of the document's own choices."""
        return self.options[name]


@dataclass(frozen=True, slots=True)
class Document:
    """A document that can be printed.

    Attributes:
        name: As typed.
        label: What it is called.
        make: Makes it of what it reads and of what was asked for.
        several: Whether it tells of several records at once, or of one only.
        layouts: How two languages may stand to each other, the usual way first.
        editions: Codes of the list ``edition``, the usual one first; none where all copies are the same.
        circle: Who may hold a copy, where it has no editions.
        pages: Names in ``PAGES``, the usual one first.
        sections: Those that can be switched and moved, in their usual order.
        options: Its own choices.
    """

    name: str
    label: Message
    make: Callable[[Reading, Request], Paper]
    several: bool = False
    layouts: tuple[str, ...] = LAYOUTS
    editions: tuple[str, ...] = ()
    circle: Circle = OUTSIDE
    pages: tuple[str, ...] = ("A4",)
    sections: tuple[SectionInfo, ...] = ()
    options: tuple[Option, ...] = ()

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of record it tells of."""
        return KINDS_OF[self.name]
