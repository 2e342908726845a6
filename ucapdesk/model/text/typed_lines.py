"""Reads lines typed at speed: the pieces that a line is understood from, lines of minutes, and lines of a checklist.

Of minutes, a line is an entry, ``!`` a decision, ``?`` an open question, ``>`` an action: ``> send the list of ports @Nowak 5 dec``;
who does it follows @, and the day by which stands at the end. A text in both languages is told apart. What was understood is told
piece by piece; a piece that somebody drops goes back to the text.

Of a checklist, a line is a text with its days before or after the visit: ``-14 gifts``, ``+7 感谢信``; ``Gifts, 14 days before``,
``礼品，提前14天``, ``Geschenke, 14 Tage vorher``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from ucapdesk.model.codes import code_label
from ucapdesk.model.dates.formatting import say_full
from ucapdesk.model.dates.parsing import type_date
from ucapdesk.model.text.typed_text import WIDE_TO_NARROW, in_languages
from ucapdesk.model.values import Bilingual, PartialDate, When
from ucapdesk.model.values.partial_date import days_later


class Known(NamedTuple):
    """A record that words in a line name: its names by language, and the zone of a place.

    An empty id is somebody new, or where there are ``choices``, ids with labels, one of those.
    """

    id: str
    names: Bilingual
    zone: str | None = None
    choices: tuple[tuple[str, str], ...] = ()


# A function that returns the record of a kind that these words name beyond doubt.
Find = Callable[[str, str], Known | None]


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
    next_day: bool = False  # Whether it ends on the next day
    kind: str | None = None
    title: Bilingual | None = None
    fixed: bool = False
    group: str | None = None
    room: str | None = None
    place: LinePiece | None = None
    people: list[LinePiece] = field(default_factory=list)
    number: str | None = None  # The number of a flight or a train
    way: tuple[str, str] | None = None
    zone: str | None = None  # The zone where a journey begins, if known
    end_zone: str | None = None  # The zone where a journey ends, if known
    pieces: list[LinePiece] = field(default_factory=list)  # All recognised parts, in the order of the chips

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
        return known.names.get(self._lang) or next(iter(known.names.values()), "")


MINUTE_KINDS, ACTION = "minute_kind", "action"
MINUTE_MARKS = {"!": "decision", "！": "decision", "?": "open_question", "？": "open_question",
         ">": ACTION, "＞": ACTION, "》": ACTION, "→": ACTION}  # fmt: skip
_WHO = re.compile(r"[@＠]\s*([^@＠,，;；]+)")
_BY = re.compile(
    r"\s+(?:(?:by|until|before|bis|para|entro|于|至)|(?:(?:by|until|before)\s+)?(?:the\s+)?end\s+of)$", re.IGNORECASE
)
# In Chinese, a day or a month until whose end something is due.
_BEFORE = re.compile(r"(?<=[日号月])(?:底|末)?(?:之|以)?前$|(?<=月)[底末]$")
MAX_DAY_WORDS, MAX_NAME_WORDS = 4, 4  # Words of a day at the end of a line, and of a name after @


@dataclass
class MinutesLine:
    """The reading of a line."""

    type: str | None = None  # The type of the entry; ``action`` for what becomes an action
    text: Bilingual | None = None
    person: LinePiece | None = None
    due: PartialDate | None = None
    pieces: list[LinePiece] = field(default_factory=list)  # All recognised parts, in the order of the chips


def read_minutes(
    typed: str, today: date, find: Find = nobody, rejected: Collection[tuple[str, str]] = (), lang: str = "en"
) -> MinutesLine:
    """Read a line; ``find`` looks up people, ``rejected`` holds type and words of rejected parts."""
    return _MinutesReader(typed, find, rejected, lang).read(today)


class _MinutesReader(LineReader):
    """Reads a line; what is left is the text."""

    def read(self, today: date) -> MinutesLine:
        """Read the mark, and of an action the day and the person; the day may stand before or after @."""
        said = MinutesLine(pieces=self._pieces)
        mark = MINUTE_MARKS.get(self._left[:1])
        if mark and self._note("kind", self._left[:1], code_label(MINUTE_KINDS, mark, self._lang), mark):
            said.type, self._left = mark, self._left[1:].strip()
        if said.type == ACTION:
            said.due = self._day(today)
            said.person = self._who()
            said.due = said.due or self._day(today)
        left = " ".join(self._left.split()).strip(" ,，;；")
        if left:
            said.text = in_languages(left)
            self._pieces.append(LinePiece("title", left, left))
        return said

    def _who(self) -> LinePiece | None:
        """Read who does it: the longest name on record after @, else one that several may have, else all words there."""
        found = _WHO.search(self._left)
        if found is None or not found[1].strip():
            return None
        words = found[1].split()
        names = [" ".join(words[:n]) for n in range(min(len(words), MAX_NAME_WORDS), 0, -1)]
        found_of = {name: known for name in names if (known := self._find("person", name))}
        name = next((name for name, known in found_of.items() if known.id), next(iter(found_of), names[0]))
        known = found_of.get(name, Known("", Bilingual()))
        shown = self._name_of(known) if known.id else ""
        piece = self._note("person", name, shown or name, known.id, known.choices)
        if piece is not None:
            rest = " ".join(words[len(name.split()) :])
            self._left = f"{self._left[: found.start()]} {rest} {self._left[found.end() :]}".strip()
        return piece

    def _day(self, today: date) -> PartialDate | None:
        """Read the day at the end; a number alone is none."""
        words = self._left.split()
        for n in range(min(MAX_DAY_WORDS, len(words) - 1), 0, -1):
            typed = " ".join(words[-n:]).lstrip("–—- ")
            if typed.isdigit() or "@" in typed:
                continue
            try:
                due = type_date(_BEFORE.sub("", typed.rstrip(".。")), today, self._lang)
            except ValueError:
                continue
            if self._note("due", typed, say_full(due, self._lang)):
                self._left = _BY.sub("", " ".join(words[:-n]))
                return due
        return None


_LINE = re.compile(
    r"\s*([-+−–]\s?\d{1,4})(?:\s?(?:d|days?|tage?|días?|giorn[oi]|天))?(?:\s|[,，:：]|$)\s*(.*)", re.DOTALL
)

_WORDS = re.compile(
    r"(?P<text>.*\S)[\s,、;]+(?:(?P<days>\d{1,4})\s?(?:(?:d|days?|tage?|días?|giorn[oi])\s+"
    r"(?P<way>before|after|vorher|davor|nachher|danach|antes|después|prima|dopo)|天之?(?P<end>前|后))"
    r"|(?P<begin>提前|推后)\s?(?P<by>\d{1,4})\s?天)\s*",
    re.DOTALL | re.IGNORECASE,
)
_AFTER = ("after", "nachher", "danach", "después", "dopo", "后", "推后")


def read_checklist_line(typed: str, rejected: frozenset[tuple[str, str]] = frozenset()) -> tuple[int | None, str]:
    """Return the days and the text of a line; a number without a sign belongs to the text."""
    if words := _WORDS.fullmatch(typed.translate(WIDE_TO_NARROW)):
        way = next(filter(None, words.group("way", "end", "begin")))
        number = f"{'+' if way.casefold() in _AFTER else '-'}{words['days'] or words['by']}"
        return (None, typed.strip()) if ("offset", number) in rejected else (int(number), words["text"].rstrip(" ,、;"))
    found = _LINE.fullmatch(typed.translate(WIDE_TO_NARROW))
    if found is None or ("offset", "".join(found[1].split()).casefold()) in rejected:
        return None, typed.strip()
    return int("".join(re.sub("[−–]", "-", found[1]).split())), found[2].strip()
