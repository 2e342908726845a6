"""The pieces that a typed line is understood from, how they are taken out of it, and the meaning of a line of a programme."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import NamedTuple

from ucapdesk.model.values import Bilingual, When
from ucapdesk.model.values.partial_date import days_later


class Known(NamedTuple):
    """A record that words in a line name: its names by language, and the zone of a place.

    An empty id is somebody new, or where there are ``choices``, ids with labels, one of those.
    """

    id: str
    names: Bilingual
    zone: str | None = None
    choices: tuple[tuple[str, str], ...] = ()


Find = Callable[[str, str], Known | None]
"""A function that returns the record of a kind that these words name beyond doubt."""


class LinePiece(NamedTuple):
    """A recognised part of a line: its type, the words it was read from, and its label.

    ``key``: the record or the code; empty where a record of this name is to be made.
    ``choices``: the records, ids with labels, of which one may be meant; the user decides.
    """

    what: str
    words: str
    shown: str
    key: str = ""
    choices: tuple[tuple[str, str], ...] = ()


@dataclass
class Understood:
    """The reading of a line.

    Attributes:
        day: The day of the programme that it names; empty for the one shown.
    """

    day: str = ""
    start: str | None = None
    end: str | None = None
    next_day: bool = False
    """Whether it ends on the next day."""
    kind: str | None = None
    title: Bilingual | None = None
    fixed: bool = False
    group: str | None = None
    room: str | None = None
    place: LinePiece | None = None
    people: list[LinePiece] = field(default_factory=list)
    number: str | None = None
    """The number of a flight or a train."""
    way: tuple[str, str] | None = None
    zone: str | None = None
    """The zone where a journey begins, if known."""
    end_zone: str | None = None
    """The zone where a journey ends, if known."""
    pieces: list[LinePiece] = field(default_factory=list)
    """All recognised parts, in the order of the chips."""

    def when(self, day: str) -> When:
        """Return the times on a day; an empty day is not known yet. Zones are only those of the ends of a journey.

        One whose end has no known clock has none: it would seem to end on the clock on which it began.
        """
        begins = self.zone if self.end_zone or not self.end else None
        ends = self.end_zone if self.end and self.end_zone != begins else None
        if not day:
            return When(start=self.start, end=self.end, tz=begins, end_tz=ends)
        later = days_later(day, 1) if self.next_day else None
        if later and not self.end:
            return When(date=later, start=self.start, tz=begins)
        return When(date=day, start=self.start, end=self.end, end_date=later, tz=begins, end_tz=ends)


def nobody(_kind: str, _words: str) -> Known | None:
    """Find nothing: for lines that are read without records."""
    return None


class LineReader:
    """A typed line while it is read: each step takes its words out of what is left, and what nobody takes is the text."""

    def __init__(self, typed: str, find: Find, rejected: Collection[tuple[str, str]], lang: str) -> None:
        """``rejected``: type and words of the pieces that the user rejected; they stay in the text."""
        self._left = typed.strip()
        self._find, self._rejected, self._lang = find, frozenset(rejected), lang
        self._pieces: list[LinePiece] = []

    def _note(  # what, and how it is read
        self, what: str, words: str, shown: str, key: str = "", choices: tuple[tuple[str, str], ...] = ()
    ) -> LinePiece | None:
        """Note a recognised part and return it, unless the user rejected it."""
        words = " ".join(words.split())
        if (what, words.casefold()) in self._rejected:
            return None
        piece = LinePiece(what, words, shown, key, choices)
        self._pieces.append(piece)
        return piece

    def _name_of(self, known: Known) -> str:
        """Return the name of a record in the reader's language."""
        return known.names.get(self._lang) or next(iter(known.names.values()), "")
