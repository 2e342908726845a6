"""The declaration of a document that can be printed.

A module in ``papers.documents`` declares its documents as ``DOCUMENTS = (Document(…), …)``, and that is all: ``registry`` finds
it there. The command line, the lists of the window and what is refused follow from the declaration. ``make`` gets a
``RedactedReader``, through which alone it reads (internal fields come empty where the readers of the copy may not see them), and
the ``Request``, whose every choice has been checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from ucapdesk.base.i18n import Message
from ucapdesk.briefing.blocks.content import LAYOUTS, Paper, Section
from ucapdesk.briefing.blocks.elements import Words
from ucapdesk.papers.facts.visit_facts import VisitFacts
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.request import CIRCLES, OUTSIDE, Circle, Request

LAST = 1000


class Option(NamedTuple):
    """A choice that a document has beside those of all documents, such as the size of its cards.

    Attributes:
        name: As typed: ``--option card=place-210x140``.
        label: What it is called.
        choices: Its values with their names, the first by default; none where any text may be given.
        offers: What there is to choose among where any text may be given: values with their names, the usual one first.
        several: Whether several of them may be chosen, joined by ``+``, in an order.
    """

    name: str
    label: Message
    choices: tuple[tuple[str, Message], ...] = ()
    offers: Callable[[RedactedReader, Request], Iterable[tuple[str, Words]]] | None = None
    several: bool = False


class Part(NamedTuple):
    """A section that can be switched on and off and moved.

    Attributes:
        code: As typed: ``--sections cover,programme``.
        label: Its heading.
        make: Makes it; the first section it gives stands under the heading.
        editions: Those that have it unless somebody chose otherwise.
        allowed: Those that may have it at all; empty: all.
        numbered: Whether it has a heading and a number.
        breaks: Whether it begins a page.
    """

    code: str
    label: Message
    make: Callable[[VisitFacts], list[Section]]
    editions: frozenset[str]
    allowed: frozenset[str] = frozenset()
    numbered: bool = True
    breaks: bool = False


class Document(NamedTuple):
    """A document that can be printed.

    Attributes:
        name: As typed.
        label: What it is called.
        make: Makes it of what it reads and of what was asked for.
        kinds: The kinds of record it is about.
        order: Its place among all documents; the first of a kind is printed by default.
        several: Whether it tells of several records at once, or of one only.
        layouts: How two languages may stand to each other, the usual way first.
        editions: Codes of the list ``edition``, the usual one first; none where all copies are the same.
        circle: Who may hold a copy, where it has no editions.
        pages: Names in ``PAGES``, the usual one first.
        sections: Those that can be switched and moved, in their usual order.
        options: Its own choices.
        word: Whether it is prose or tables, so that it can be a Word document as well; cards and plans need a fixed page.
    """

    name: str
    label: Message
    make: Callable[[RedactedReader, Request], Paper]
    kinds: tuple[str, ...]
    order: int = LAST
    several: bool = False
    layouts: tuple[str, ...] = LAYOUTS
    editions: tuple[str, ...] = ()
    circle: Circle = OUTSIDE
    pages: tuple[str, ...] = ("A4",)
    sections: tuple[Part, ...] = ()
    options: tuple[Option, ...] = ()
    word: bool = True

    def readers(self, edition: str) -> Circle:
        return CIRCLES[edition] if edition else self.circle
