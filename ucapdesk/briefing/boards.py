"""Contents that are not read from top to bottom: cards to cut and fold, and seating plans."""

from __future__ import annotations

from dataclasses import dataclass

from ucapdesk.base.marks import NO_MARK, GroupMark
from ucapdesk.briefing.text_elements import QR, Picture, Words

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
