"""The contents of a paper, independent of how they are drawn, and a list of every text in them.

A paper is sections of blocks; a block holds paragraphs; a paragraph holds ``Words``. Services fill these classes from records;
``pages`` decides where everything stands, and another engine could (``services.files`` makes Word files of the same contents).
``all_words`` counts drafts and names missing translations and glyphs before printing; it goes by the fields of these classes, so that a
new kind of block cannot be forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime
from functools import cache, lru_cache

from ucapdesk.base.i18n import tr
from ucapdesk.briefing.blocks.elements import AppendedPages, Cards, Chart, House, Network, Para, Picture, Plan, Words
from ucapdesk.briefing.text.characters import clean, is_usual

SIDE_BY_SIDE, STACKED, FACING = "side-by-side", "stacked", "facing"
LAYOUTS = (SIDE_BY_SIDE, STACKED, FACING)


@dataclass(frozen=True, slots=True)
class PageSetup:
    """The page.

    Attributes:
        size: ``A3``, ``A4``, ``A5`` or ``A6``.
        landscape: Whether it lies.
        duplex: Whether even pages have their margins mirrored.
        booklet: Whether pages of A5 are imposed on both sides of A4, to be folded and stapled.
        large: Whether text is set in 16 points.
        official: Whether it is set as Chinese offices do (GB/T 9704): minutes and reports.
    """

    size: str = "A4"
    landscape: bool = False
    duplex: bool = False
    booklet: bool = False
    large: bool = False
    official: bool = False


A4 = PageSetup()


@dataclass(frozen=True, slots=True)
class Text:
    """Paragraphs under a label; in two languages they stand in pairs. ``keep``: they stay with what follows."""

    paras: tuple[Para, ...]
    label: Words | None = None
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value."""

    label: Words
    value: tuple[Para, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with their values, one under another; ``picture`` stands at their right, as a portrait does."""

    facts: tuple[Fact, ...]
    picture: Picture | None = None


# -- tables ---------------------------------------------------------------------------------------

Cell = tuple[Para | Picture, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        head: Its head; may be empty.
        share: Its part of the width, relative to the other columns.
        split: Whether two languages get a column each, instead of standing one under the other.
        label: Whether its cells are labels of their rows.
        align: ``left`` or ``right``, as numbers stand.
        numbered: Whether its cells are the numbers of the rows, 1, 2, 3 …; rows then have ``()`` there.
    """

    head: Words
    share: float
    split: bool = False
    label: bool = False
    align: str = "left"
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A row over all columns that says what the rows under it have in common; of level 2 within a group."""

    words: Words
    level: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under heads; a row is never torn, the heads come again on the next page.

    Attributes:
        columns: From left to right.
        rows: A cell for every column (``()`` stays blank, an absent fact is a paragraph without words), or a ``Group``.
        label: What stands above.
        row_height: The least height of a row in mm, such as for signatures.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...] | Group, ...]
    label: Words | None = None
    row_height: float = 0.0


# -- blocks of their own shape --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page of a pack; the title of the paper is its title.

    Attributes:
        subtitle: Such as the name of the delegation.
        facts: Purpose, head of delegation, host, places, coordinator.
        notes: In the field at the foot: the edition, what it holds, what it replaces.
        logos: The first at the left, the others at the right.
        picture: A photo of a city or of the head of the delegation.
    """

    facts: tuple[Fact, ...] = ()
    notes: tuple[Para, ...] = ()
    subtitle: Words | None = None
    logos: tuple[Picture, ...] = ()
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """An event; ``shape`` is ``●``, ``■``, ``◆`` or ``○`` and tells with ``kind`` its type."""

    date: Words
    title: Words
    text: tuple[Para, ...] = ()
    kind: Words | None = None
    shape: str = "●"


@dataclass(frozen=True, slots=True)
class Timeline:
    """Events in their order along a line."""

    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Ruled:
    """Lines to write on, as many as the page has room for."""


@dataclass(frozen=True, slots=True)
class Signatory:
    """The signatory of a party; ``also``: others who sign for it, below."""

    party: Words
    name: Words | None = None
    post: Words | None = None
    also: tuple[Signatory, ...] = ()


@dataclass(frozen=True, slots=True)
class Signatures:
    """Places to sign in two columns; the party that keeps the copy comes first, at the left.

    ``formal``: as on the last page of an agreement, which says place and date itself: a line, below it name and post.
    """

    parties: tuple[Signatory, ...]
    formal: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter, in the form of each language, each language on a page of its own.

    Attributes:
        salutation: Without a mark after it.
        body: The paragraphs.
        date: Place and date; at the right.
        signature: Name, post, organisation, each on a line.
        seal: The same as Chinese letters have it, where the order is another: organisation, then post and name.
        sender: Lines of the letterhead.
        recipient: Lines of the address; Chinese letters do not show them.
        title: Such as 邀请函; centred.
        enclosures: What comes with it.
        number: Under which the sender keeps it, such as 〔2027〕12号.
        logo: At the head; ``ours``: the letterhead of the house stands there.
    """

    salutation: Words
    body: tuple[Para, ...]
    date: Words
    signature: tuple[Words, ...]
    seal: tuple[Words, ...] = ()
    sender: tuple[Words, ...] = ()
    recipient: tuple[Words, ...] = ()
    title: Words | None = None
    enclosures: tuple[Words, ...] = ()
    logo: Picture | None = None
    number: Words | None = None
    ours: bool = False


# -- the paper ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Contents:
    """The headings of all sections after this one down to level ``depth``, with their pages."""

    depth: int = 2


Block = (
    Text
    | Facts
    | Table
    | Contents
    | Picture
    | Cover
    | Timeline
    | Chart
    | Network
    | Ruled
    | Signatures
    | Letter
    | Cards
    | Plan
    | AppendedPages
)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the blocks under it; without a heading the blocks alone.

    Attributes:
        blocks: The contents.
        heading: Said in the outline and in the contents.
        number: Such as ``5`` or ``5.3``.
        new_page: Whether it begins a page.
        level: 1, or 2 for a part of the section before.
        together: Whether it stays on one page, if a page can hold it.
    """

    blocks: tuple[Block, ...]
    heading: Words | None = None
    number: str = ""
    new_page: bool = False
    level: int = 1
    together: bool = False


@dataclass(frozen=True, slots=True)
class Meta:
    """The texts at the edges of every page.

    Attributes:
        document: What kind of paper it is; stands above the title.
        dates: Dates of what it tells of, beside the title in the header.
        marking: Who may read it.
        version: Such as ``v3``.
        printed: The time of the newest change it holds, so that the same records give the same paper; by the clock of the
            laptop, whose offset is printed.
        person: Who made it.
    """

    document: Words
    marking: Words
    version: str
    printed: datetime
    person: str
    dates: Words | None = None
    replaces: Words | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper.

    Attributes:
        title: Its title.
        languages: One language, or two in the order of reading.
        sources: Languages whose texts stand in for missing ones, where those of other pages are among them; else ``languages``.
        meta: Header and footer.
        sections: The contents.
        layout: How two languages stand to each other (``LAYOUTS``).
        fit: A number of pages worth setting the type a little smaller for.
        page: Its size and kind.
        titled: Whether it opens with its title; a cover, a letter and cards always stand without.
        bare: Whether its pages have neither header nor footer, as pages to sign.
        house: The style of the office that prints it; none on pages to sign.
        lacks: What has to be translated before it is printed, as nobody sends a letter with texts in another language.
    """

    title: Words
    languages: tuple[str, ...]
    meta: Meta
    sections: tuple[Section, ...]
    layout: str = SIDE_BY_SIDE
    fit: int | None = None
    page: PageSetup = A4
    titled: bool = True
    bare: bool = False
    lacks: str = ""
    house: House | None = None
    sources: tuple[str, ...] = ()

    def apart(self) -> list[Paper]:
        """Return it in each of its languages alone, with a text of the other where one is missing."""
        return [replace(self, languages=(lang,), sources=self.languages) for lang in self.languages]

    @property
    def of_letters(self) -> bool:
        blocks = [block for section in self.sections for block in section.blocks]
        return bool(blocks) and all(isinstance(block, Letter) for block in blocks)

    @property
    def signed(self) -> bool:
        """Whether it is a paper to sign, which says neither when nor by whom it was printed."""
        return any(isinstance(block, Signatures) for section in self.sections for block in section.blocks)


def all_words(paper: Paper) -> Iterator[tuple[Words, str]]:
    """Yield every text of a paper in order, each with its place in the reader's language."""
    title = tr("paper", "Title")
    yield paper.title, title
    person = None if paper.signed else Words.plain(paper.meta.person)
    edges = (paper.meta.document, paper.meta.dates, paper.meta.marking, person)
    yield from ((words, tr("paper", "Header and footer")) for words in edges if words is not None)
    if paper.house is not None:
        yield from ((words, tr("paper", "House style")) for words in (paper.house.office, paper.house.footer))
    yield from words_of(paper.sections, title)


def words_of(sections: Iterable[Section], place: str = "") -> Iterator[tuple[Words, str]]:
    """Yield every text of some sections in order, each with its place; ``place``: that before the first heading."""
    for section in sections:
        if section.heading is not None:
            place = section.heading.said("en") or place
            yield section.heading, place
        for block in section.blocks:
            found: _Found = []
            _inside(block, place, found)
            yield from ((words, words.where or under) for words, under in found)


def count_states(paper: Paper) -> tuple[int, int]:
    """Return how many printed texts are draft translations, and how many are missing; each text counts once."""
    drafts: set[object] = set()
    missing: set[object] = set()
    for words, _ in all_words(paper):
        for language in paper.languages:
            state = words.states.get(language)
            if state == "draft" and words.has(language):
                drafts.add((language, *words.text.items()))
            elif state == "missing" or words.is_missing(language):
                missing.add((language, *words.text.items()))
    return len(drafts), len(missing)


def missing_glyphs(paper: Paper) -> list[tuple[str, str]]:
    """Return the characters that no font can draw, each with its place, so that they can be named before printing."""
    found: dict[tuple[str, str], None] = {}
    for words, where in all_words(paper):
        for language in paper.languages:
            shown = words.shown(language, paper.languages)
            if shown is not None and not shown.text.isascii():
                found.update(dict.fromkeys((char, where) for char in _missing(shown.text)))
    return list(found)


@lru_cache(maxsize=8192)
def _missing(text: str) -> tuple[str, ...]:
    return tuple(char for char in clean(text) if not is_usual(char) and _is_missing(char))


def _is_missing(char: str) -> bool:
    from ucapdesk.briefing.text.fonts import (
        is_missing,  # opens the fonts: most papers have no other than usual characters
    )

    return is_missing(char)


_Found = list[tuple[Words, str]]
# Types of fields that hold no text to be translated.
_WITHOUT_WORDS = frozenset({"str", "int", "float", "bool", "str | None", "bytes | None"})


@cache
def _fields(kind: type) -> tuple[str, ...] | None:
    """Return the fields of a content class that may hold texts, without its label; None for other classes."""
    if not is_dataclass(kind):
        return None
    return tuple(each.name for each in fields(kind) if each.type not in _WITHOUT_WORDS and each.name != "label")


def _inside(thing: object, under: str, found: _Found) -> None:
    """Add the texts of a part of the contents, each with the nearest label above it."""
    kind = type(thing)
    if kind is Words:
        found.append((thing, under))  # type: ignore[arg-type]  # its kind was asked
    elif isinstance(thing, tuple):
        for each in thing:
            _inside(each, under, found)
    elif (names := _fields(kind)) is not None:  # type: ignore[arg-type]  # a class can be hashed
        label = getattr(thing, "label", None)
        if isinstance(label, Words):
            found.append((label, label.said("en") or under))
            under = label.said("en") or under
        if isinstance(thing, Table):
            _inside(thing.columns, under, found)
            _rows(thing, under, found)
        else:
            for name in names:
                _inside(getattr(thing, name), under, found)


def _rows(table: Table, under: str, found: _Found) -> None:
    for row in table.rows:
        if isinstance(row, tuple) and table.columns[0].label:
            label: _Found = []
            _inside(row[0], "", label)
            under = label[0][0].said("en") if label else under
        _inside(row, under, found)
