"""The contents of a paper that was read, as plain frozen values, and the oddities met while reading it.

Every part keeps the words of the paper (``print``) beside what was understood. ``None`` means the paper does not
say; nothing is filled in from elsewhere. The texts of the oddities are for a coordinator who has the paper in the other hand;
``Notes`` collects them while reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from ucapdesk.base.i18n import Message
from ucapdesk.model.codes import word_table
from ucapdesk.model.dates.in_text import PaperDate


@dataclass(frozen=True, slots=True)
class Source:
    file: str
    sha256: str
    kind: str
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table exactly as read: its label and the cells beside it; ``continues``: a tall label stands above."""

    label: str
    cells: tuple[str, ...]
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Aside:
    """Text beside the table: of a header, a note, or deleted; ``code`` is that of its oddity."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class GlanceTable:
    """The table as read from a file, before anything is understood."""

    title: str
    rows: tuple[Row, ...]
    source: Source
    asides: tuple[Aside, ...] = ()


@dataclass(frozen=True, slots=True)
class Oddity:
    """An oddity that a careful reader would notice, and what was done about it.

    ``row`` is the label of the row as printed, empty for the document as a whole.
    """

    code: str
    row: str
    what: Message
    done: Message


@dataclass(frozen=True, slots=True)
class Accounted:
    """The fate of the words of a paper; ``nothing`` are those that reached neither field, oddity nor label."""

    fields: int = 0
    oddities: int = 0
    labels: int = 0
    nothing: tuple[str, ...] = ()

    @property
    def words(self) -> int:
        return self.fields + self.oddities + self.labels + len(self.nothing)


@dataclass(frozen=True, slots=True)
class RowLabel:
    field: str
    print: str


@dataclass(frozen=True, slots=True)
class PaperQuantity:
    """A number with its print; ``is_`` is exact, about, at_least or not_available, ``None`` when not understood."""

    print: str
    value: int | str | None
    is_: str | None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class City:
    """A member of a side as listed in the row of cities; its own facts where it has a column of its own."""

    name: str
    included: tuple[str, ...]
    print: str
    countries: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    population: PaperQuantity | None = None
    area: PaperQuantity | None = None
    pairing: PaperDate | None = None


@dataclass(frozen=True, slots=True)
class PaperSide:
    """One of the two columns, A (the first) or B."""

    side: str
    cities: tuple[City, ...] = ()
    cities_print: str = ""
    states: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    countries_print: str = ""
    population: PaperQuantity | None = None
    area: PaperQuantity | None = None
    pairing: PaperDate | None = None
    pairing_print: str = ""
    visits_phrase: str = ""
    mayor: str = ""


@dataclass(frozen=True, slots=True)
class PaperPlace:
    """Any place the paper names. ``role`` is partner, included, contact_only or ``None`` (only named).

    ``row`` is the label of the row that names it first.
    """

    name: str
    kind: str
    parent: str | None
    side: str | None
    role: str | None
    print: str
    row: str


@dataclass(frozen=True, slots=True)
class SdgRef:
    print: str
    goals: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PartnershipRef:
    """One reference to a partnership of the Urban Agenda; no code when the name is not known."""

    print: str
    code: str | None


@dataclass(frozen=True, slots=True)
class PaperTheme:
    """A cooperation theme with its pilot projects; references stand at the theme, where the paper has them.

    ``references`` are the brackets they were read from.
    """

    order: int
    name: str
    projects: tuple[str, ...]
    sdgs: tuple[SdgRef, ...]
    partnerships: tuple[PartnershipRef, ...]
    references: tuple[str, ...]
    print: str


@dataclass(frozen=True, slots=True)
class SubEvent:
    """An event within a meeting that has its own number of participants."""

    title: str
    participants: PaperQuantity


@dataclass(frozen=True, slots=True)
class PaperMeeting:
    """A meeting, numbered or only dated. Its kind is never printed and so not here."""

    ordinal: int | None
    heading: str
    date: PaperDate | None
    places: tuple[str, ...]
    places_print: str
    mode: str | None
    summary: str
    sub_events: tuple[SubEvent, ...]
    topics_heading: str
    topics: tuple[str, ...]
    visit: int | None = None
    participants: PaperQuantity | None = None


@dataclass(frozen=True, slots=True)
class PaperVisit:
    """A journey of one side to the other; ``position`` counts by date over both sides."""

    position: int
    travelling_side: str
    date: PaperDate
    subject: str
    phrase: str
    hosts: tuple[str, ...] = ()
    other_places: tuple[str, ...] = ()
    travellers: tuple[str, ...] = ()  # The cities that travel, where the paper has a column for each
    size: PaperQuantity | None = None


@dataclass(frozen=True, slots=True)
class Output:
    """A statement on activities or outputs; a number of MoUs is a count, never documents."""

    text: str
    reported_count: int | None = None


@dataclass(frozen=True, slots=True)
class PaperOrganisation:
    """An organisation as printed in a contact's bracket, or naming a row of contacts.

    ``key`` tells two divisions of one name apart; ``parent`` is the key of the organisation above.
    """

    key: str
    name: str
    parent: str | None
    place: str | None
    row: str


@dataclass(frozen=True, slots=True)
class Contact:
    """A person in one of the contact rows. ``group`` is A, B or programme; ``organisation`` is the key of the innermost."""

    order: int
    group: str | None
    salutation: str | None
    family: str
    given: str
    name_order: str
    surname_capitals: bool
    organisation: str | None
    place: str | None
    print: str
    row: str
    post: str = ""
    email: str = ""
    phone: str = ""
    mobile: str = ""
    han: str = ""


@dataclass(frozen=True, slots=True)
class Glance:
    """The contents of a UCAP at a glance. Two files with the same words are equal, whatever their format.

    Attributes:
        second: The same paper in Chinese, where it says everything in two languages.
        accounted: What became of each word of the file, where the file is at hand.
        lines: The text of the file line by line, where it is at hand.
    """

    title: str
    label_set: str
    labels: tuple[RowLabel, ...]
    sides: tuple[PaperSide, PaperSide]
    places: tuple[PaperPlace, ...]
    programme: str | None
    document_date: PaperDate | None
    period: PaperDate | None
    themes: tuple[PaperTheme, ...]
    sdgs: tuple[SdgRef, ...]
    partnerships: tuple[PartnershipRef, ...]
    focus: str
    challenges: str
    challenge_items: tuple[str, ...]
    objective: str
    meetings: tuple[PaperMeeting, ...]
    visits: tuple[PaperVisit, ...]
    outputs: tuple[Output, ...]
    results: str
    result_items: tuple[str, ...]
    organisations: tuple[PaperOrganisation, ...]
    contacts: tuple[Contact, ...]
    unplaced: tuple[Row, ...]
    oddities: tuple[Oddity, ...]
    rows: tuple[Row, ...] = field(compare=False)
    source: Source = field(compare=False)
    second: Glance | None = None
    accounted: Accounted | None = field(default=None, compare=False)
    lines: tuple[str, ...] = field(default=(), compare=False)

    @property
    def form(self) -> str:
        """``pair`` or ``cluster``, by the number of cities listed."""
        return "cluster" if any(len(side.cities) > 1 for side in self.sides) else "pair"

    @property
    def reported_mou_count(self) -> int | None:
        return max((n for output in self.outputs if (n := output.reported_count) is not None), default=None)


ODDITIES = word_table("oddities")  # Code → what is odd, and what was done about it


def oddity(code: str, row: str, args: Mapping[str, object]) -> Oddity:
    """Return the oddity ``code`` in the row with the label ``row``; ``args`` fill both of its texts."""
    what, done = (Message("glance", text, MappingProxyType(dict(args))) for text in ODDITIES[code])
    return Oddity(code, row, what, done)


def as_plain(oddities: Iterable[Oddity]) -> list[dict[str, object]]:
    """Return oddities without their texts, as they are kept with the source."""
    return [{"code": odd.code, "row": odd.row, "args": dict(odd.what.args)} for odd in oddities]


class Notes:
    """Collects oddities in the order they are met, each once."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str, str], Oddity] = {}

    def add(self, code: str, row: str, /, **args: object) -> None:
        """Note the oddity ``code`` in the row with the label ``row``; ``args`` fill both of its texts."""
        self._found.setdefault((code, row, str(sorted(args.items()))), oddity(code, row, args))

    def in_order(self, labels: Sequence[str]) -> tuple[Oddity, ...]:
        """Return all oddities in the order of the paper's rows; those of the whole document come last."""
        place = {label: at for at, label in reversed(list(enumerate(labels)))}
        return tuple(sorted(self._found.values(), key=lambda odd: place.get(odd.row, len(place))))
