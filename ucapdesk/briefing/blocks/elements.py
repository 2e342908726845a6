"""The elements of a paper: texts, pictures and codes, the house style, charts and networks, cards and seating plans.

``Words`` is one text in several languages with the state of each translation, ``Para`` a paragraph of it. Cards to cut and fold and
seating plans are not read from top to bottom, and have pages of their own. Measures that a service gives (of pictures, cards and plans)
are millimetres.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import NamedTuple

from ucapdesk.base.i18n import LANGUAGE_FACTS, LANGUAGES, Message
from ucapdesk.base.marks import NO_MARK, GroupMark

NOTHING: Mapping[str, str] = MappingProxyType({})


class Shown(NamedTuple):
    """A text chosen for printing: its words, their language, and whether it stands in for a missing translation."""

    text: str
    language: str
    stands_in: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """One text in several languages.

    Attributes:
        text: Language to text; a language without text is missing.
        states: Language to ``draft``, ``reviewed``, ``approved``, ``outdated``, ``missing``, ``same`` or ``not_needed``.
        where: What the text is, for a person who has to mend it ("Theme 3").
        untranslated: Language to what stands within its sentences where the text is missing: a name in Latin letters. No tag
            is put before it, nor before the text of another language that stands alone.
    """

    text: Mapping[str, str | None]
    states: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    where: str = ""
    untranslated: Mapping[str, str] = field(default_factory=lambda: NOTHING)

    @classmethod
    def label(cls, message: Message) -> Words:
        return cls({lang: message.say(lang) for lang in LANGUAGES})

    @classmethod
    def plain(cls, text: str, where: str = "") -> Words:
        return cls(dict.fromkeys(LANGUAGES, text), dict.fromkeys(LANGUAGES, "same"), where)

    def has(self, language: str) -> bool:
        return bool((self.text.get(language) or "").strip())

    @property
    def empty(self) -> bool:
        return not any(text and text.strip() for text in self.text.values())

    def source(self, languages: Sequence[str]) -> str | None:
        """Return the language whose text stands in for a missing one: one of the paper's, else any."""
        return next((lang for lang in (*languages, *LANGUAGES, *sorted(self.text)) if self.has(lang)), None)

    def shown(self, language: str, languages: Sequence[str]) -> Shown | None:
        """Return the text to print for ``language``; None where there is no text in any language.

        Who reads Latin letters is given Chinese only where there is nothing else: it stands beside it in the other column.
        """
        if text := (self.text.get(language) or "").strip():
            return Shown(text, language)
        latin = () if language == "zh" else [each for each in (*languages, *LANGUAGES) if each != "zh"]
        source = self.source((*latin, *languages))
        if source is None:
            return None
        text = (self.text[source] or "").strip()
        without_tag = language in self.untranslated or self.states.get(language) in ("same", "not_needed")
        return Shown(text, source, stands_in=not without_tag)

    def shown_in(self, readers: Sequence[str], languages: Sequence[str]) -> list[Shown]:
        """Return the texts to print for readers of several languages, a common text once."""
        found: dict[str, Shown] = {}
        for shown in filter(None, (self.shown(language, languages) for language in readers)):
            found.setdefault(shown.text, shown)
        return list(found.values())

    def said(self, language: str, languages: Sequence[str] = LANGUAGES) -> str:
        """Return the words of ``shown``; empty where there are none."""
        shown = self.shown(language, languages)
        return shown.text if shown else ""

    def is_missing(self, language: str) -> bool:
        return not self.has(language) and self.states.get(language) not in ("same", "not_needed") and not self.empty


NO_WORDS = Words({})


def language_tag(text_language: str, reader: str) -> str:
    """Return the tag before a text that stands in for a translation: ``[ZH] ``, or ［英文］ for Chinese readers."""
    if reader != "zh":
        return f"[{text_language.upper()}] "
    named = LANGUAGE_FACTS.get(text_language, {}).get("labels", {}).get(reader)
    return f"［{named or text_language.upper()}］"


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph.

    Attributes:
        words: Its text.
        role: ``text``, ``lead`` (bold), ``note`` (small and grey), ``large`` (for reading aloud or by a driver) or
            ``warning``.
        mark: A bullet or number hanging before it.
        lead: Bold words it begins with.
        close: Whether it follows the paragraph above without a space: one of several short lines.
    """

    words: Words
    role: str = "text"
    mark: str = ""
    lead: Words | None = None
    close: bool = False


def alternative(words: Words) -> tuple[tuple[str, str], ...]:
    return tuple((language, text) for language, text in words.text.items() if text)


@dataclass(frozen=True, slots=True)
class Picture:
    """A portrait, logo, map or photo from the bytes of an attachment; left out where they cannot be shown.

    Attributes:
        data: The file, or None.
        width: The most it may take, in mm; its proportions are kept.
        height: The same.
        align: ``left``, ``centre`` or ``right``.
        alt: Words for those who do not see it, by language; such as the name of who or what is shown.
    """

    data: bytes | None
    width: float
    height: float
    align: str = "left"
    alt: tuple[tuple[str, str], ...] = ()

    def within(self, width: float, height: float) -> Picture:
        """Return the picture, no larger than so many millimetres."""
        return replace(self, width=min(self.width, width), height=min(self.height, height))


@dataclass(frozen=True, slots=True)
class AppendedPages:
    """The pages of a file of somebody else, as pictures: each on a page of its own."""

    pages: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class QR:
    """A code for telephones, such as a vCard; ``size`` is its side in mm."""

    text: str
    size: float = 24


@dataclass(frozen=True, slots=True)
class House:
    """The style of one office; what it does not say is as without one.

    Attributes:
        office: Its name; more lines may stand below the first.
        address: Of the letterhead.
        reach: Telephone, e-mail and website, a line each.
        logo: At the left of the letterhead and of the first page.
        second_logo: At the right.
        red_head: The name in the red head of Chinese letters, where it is another one.
        accent: A colour such as ``#0F5FA6``.
        cover: The picture on covers.
        event: What badges say below the name.
        event_logo: The logo on badges, where it is another one.
        footer: A line at the foot of every page.
    """

    office: Words = NO_WORDS
    address: Words = NO_WORDS
    reach: tuple[Words, ...] = ()
    logo: Picture | None = None
    second_logo: Picture | None = None
    red_head: Words = NO_WORDS
    accent: str = ""
    cover: Picture | None = None
    event: Words = NO_WORDS
    event_logo: Picture | None = None
    footer: Words = NO_WORDS


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart, one value for each series."""

    label: Words
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars with their labels and numbers; series differ by their hatching, so that no colour is needed."""

    bars: tuple[Bar, ...]
    series: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class NetworkPoint:
    """A point of a network: its name, in which of three columns it stands, and whether it is framed."""

    words: Words
    column: int
    framed: bool = False


@dataclass(frozen=True, slots=True)
class NetworkLine:
    """A line between two points by their numbers; dotted where it has no strength."""

    first: int
    last: int
    strength: int = 0


@dataclass(frozen=True, slots=True)
class Network:
    """Points in three columns with lines between them; the lines are told in words elsewhere."""

    points: tuple[NetworkPoint, ...]
    lines: tuple[NetworkLine, ...]


# -- cards ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CardForm:
    """The form of cards, and how they are cut out of a page.

    Attributes:
        width: Of a face in mm.
        height: The same.
        fold: ``none``; ``tent``: two faces over each other, the upper upside down, so that both are read when it stands;
            ``three``: the same with a third field for the foot; ``all``: the cards are the fields of one folded page.
        landscape: Whether the page lies.
    """

    width: float
    height: float
    fold: str = "none"
    landscape: bool = False


CARD_FORMS = {
    "place-210x140": CardForm(210, 140, "tent"),
    "place-200x150": CardForm(200, 150, "tent"),
    "place-a4-three": CardForm(210, 99, "three"),
    "place-banquet": CardForm(90, 55, "tent"),
    "badge-a6": CardForm(105, 148.5),
    "badge-a4": CardForm(105, 148.5, "all"),
    "badge-96x82": CardForm(96, 82),
    "badge-90x55": CardForm(90, 55),
    "address-a6": CardForm(105, 148.5),
    "pocket-a4": CardForm(74.25, 105, "all", landscape=True),
    "pocket-a6": CardForm(105, 148.5),
}


@dataclass(frozen=True, slots=True)
class CardLine:
    """A text of a card, set smaller in steps until it fits.

    Attributes:
        words: In the languages of the paper, one under the other; what is the same in both stands once.
        size: In points, to begin with.
        bold: Weight.
        spread: Whether Chinese names of two to four characters are spread to one width.
        quiet: Whether it is grey.
        only: The one language to show.
        before: Space above in mm.
        rows: In how many lines it may stand before it is set smaller.
        parts: Of a text in several languages on one line: each with its language, in order.
    """

    words: Words
    size: float
    bold: bool = False
    spread: bool = False
    quiet: bool = False
    only: str = ""
    before: float = 0.0
    rows: int = 1
    parts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Face:
    """One face of a card; ``role`` stands in a framed field at its foot, where ``mark`` tells whom somebody is with.

    ``colour`` tells roles apart from afar, as a bar at the head; the words say the same.
    """

    lines: tuple[CardLine, ...] = ()
    picture: Picture | None = None
    logo: Picture | None = None
    qr: QR | None = None
    role: Words | None = None
    mark: GroupMark | None = None
    align: str = "centre"
    colour: str = ""


@dataclass(frozen=True, slots=True)
class BoardCard:
    """A card; without a back, a folded one shows its front on both sides and another one has an empty back."""

    front: Face
    back: Face | None = None


@dataclass(frozen=True, slots=True)
class Cards:
    """Cards on whole pages with marks to cut and to fold; ``equal``: names have one size on all of them, as at one table."""

    cards: tuple[BoardCard, ...]
    form: CardForm
    equal: bool = False


# -- plans ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Seat:
    """A place with its centre in mm from the upper left corner of the plan.

    Attributes:
        x: To the right.
        y: Downwards.
        name: Who sits there; empty for a free place.
        mark: Tells whom somebody is with; the legend says it.
        number: Shown in the shape; the list of seats has the same.
        note: Post, or what the place is for; small under the name.
        out: The side the name stands at: ``above``, ``below``, ``left`` or ``right``.
    """

    x: float
    y: float
    name: Words
    mark: GroupMark = NO_MARK
    number: str = ""
    note: Words | None = None
    out: str = "below"


@dataclass(frozen=True, slots=True)
class Thing:
    """Furniture of a room: ``table``, ``round``, ``door``, ``flag``, ``screen``, ``flowers``, ``car`` or its ``wheel``.

    ``x``, ``y`` is its upper left corner in mm.
    """

    kind: str
    x: float
    y: float
    width: float
    height: float
    label: Words | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A seating plan, drawn as large as the page allows; ``rooms`` makes the usual ones.

    Attributes:
        things: Tables, doors, flags.
        seats: Who sits where.
        legend: What each mark means.
        label: What stands above.
        rows: Whether people sit in straight rows, which may be stretched, and turned to stand down the page.
        listed: Whether a list of the seats follows, so that names without room need not be told under the plan.
    """

    things: tuple[Thing, ...]
    seats: tuple[Seat, ...]
    legend: tuple[tuple[GroupMark, Words], ...] = ()
    label: Words | None = None
    rows: bool = False
    listed: bool = False
