"""A request for one copy of a document: its page format, its edition, and the circle of its readers.

A circle says which internal fields its readers may see: own principal, own delegation, everybody else. To which audience a field may be
told is said where the field is declared; ``RedactedReader`` empties the others before any paper sees them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import NamedTuple

from ucapdesk.base.errors import Failure, UserError
from ucapdesk.base.i18n import Message
from ucapdesk.briefing.blocks.content import A4, FACING, SIDE_BY_SIDE, STACKED, PageSetup
from ucapdesk.model.kind import KindField
from ucapdesk.model.record import Audience


class Circle(NamedTuple):
    """A circle of readers.

    Attributes:
        audiences: The audiences of internal fields that it is part of.
        is_own: Whether it is of the own side: it may read records that are internal as a whole, such as an internal point of an agenda.
    """

    audiences: frozenset[Audience] = frozenset()
    is_own: bool = False

    def sees(self, field: KindField, *, private: bool = False) -> bool:
        """Return whether its readers may see a field; ``private``: private numbers were asked for."""
        audience = field.meta.audience
        if audience == "everybody":
            return True
        if field.meta.local or (audience == "numbers" and not private):  # passports are in no paper
            return False
        return audience in self.audiences


OUTSIDE = Circle()  # Anybody: nothing internal
CATERING = Circle(frozenset({"kitchen"}))  # Whoever cooks: who eats what, and nothing else
# The own delegation: what it needs to speak and to travel; no red lines, no remarks about people, no health, no
# money.
DELEGATION = Circle(frozenset({"numbers", "delegation"}), is_own=True)
# The head of the own side: everything but passports.
PRINCIPAL = Circle(frozenset({"kitchen", "numbers", "delegation", "principal"}), is_own=True)


# The circle of each edition's readers; the usual edition first.
CIRCLES: Mapping[str, Circle] = MappingProxyType({
    "delegation": DELEGATION,
    "principal": PRINCIPAL,
    "hosts": OUTSIDE,
    "interpreters": OUTSIDE,
    "drivers": OUTSIDE,
    "media": OUTSIDE,
})  # fmt: skip
EDITIONS = tuple(CIRCLES)
OWN = frozenset(name for name, circle in CIRCLES.items() if circle.is_own)  # Editions that stay on the own side


# The document does not offer this choice; ``what`` is a message, or a name of its own.
UNKNOWN_CHOICE = Failure("unknown-choice", "“{document}” has no {what} “{said}”. Nothing was written; it has: {known}.")
NO_STYLE = "none"
PAGES: Mapping[str, tuple[Message, PageSetup]] = MappingProxyType({
    "A4": (Message("paper setup", "A4"), A4),
    "A4-landscape": (Message("paper setup", "A4, landscape"), PageSetup(landscape=True)),
    "A3": (Message("paper setup", "A3"), PageSetup(size="A3")),
    "A3-landscape": (Message("paper setup", "A3, landscape"), PageSetup(size="A3", landscape=True)),
    "A5": (Message("paper setup", "A5"), PageSetup(size="A5")),
    "A6": (Message("paper setup", "A6"), PageSetup(size="A6")),
    "booklet": (Message("paper setup", "A5 booklet, to be folded"), PageSetup(size="A5", booklet=True)),
    "large": (Message("paper setup", "A4, large print"), PageSetup(large=True)),
    "official": (Message("paper setup", "A4, as Chinese offices set it"), PageSetup(official=True)),
})  # fmt: skip
LAYOUT_NAMES: Mapping[str, Message] = MappingProxyType({
    SIDE_BY_SIDE: Message("preview", "Side by side"),
    STACKED: Message("preview", "One under the other"),
    FACING: Message("preview", "On facing pages"),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Request:
    """One copy asked for. Made and checked by ``registry.request``.

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
        style: The id of a house style, or ``none``; empty: the usual one.
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
    style: str = ""
    options: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def setup(self) -> PageSetup:
        return replace(PAGES[self.page][1], duplex=self.both_sides)

    def unknown(self, what: Message, said: str, known: str) -> UserError:
        return UNKNOWN_CHOICE(document=self.document, what=what, said=said, known=known)
