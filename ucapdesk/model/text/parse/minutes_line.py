"""Reads a line of minutes typed while people talk: an entry, ``!`` a decision, ``?`` an open question, ``>`` an action.

``> send the list of ports @Nowak 5 dec``: who does it follows @, and the day by which stands at the end. A text in both
languages is told apart. What was understood is told piece by piece; a piece that somebody drops goes back to the text.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from ucapdesk.model.codes import code_label
from ucapdesk.model.text.format.dates_in_words import say_full
from ucapdesk.model.text.parse.itinerary_pieces import Find, Known, LinePiece, LineReader, nobody
from ucapdesk.model.text.parse.read_dates import type_date
from ucapdesk.model.text.parse.typed_text import in_languages
from ucapdesk.model.values import Bilingual, PartialDate

MINUTE_KINDS, ACTION = "minute_kind", "action"
MINUTE_MARKS = {"!": "decision", "！": "decision", "?": "open_question", "？": "open_question",
         ">": ACTION, "＞": ACTION, "》": ACTION, "→": ACTION}  # fmt: skip
_WHO = re.compile(r"[@＠]\s*([^@＠,，;；]+)")
_BY = re.compile(
    r"\s+(?:(?:by|until|before|bis|para|entro|于|至)|(?:(?:by|until|before)\s+)?(?:the\s+)?end\s+of)$", re.IGNORECASE
)
_BEFORE = re.compile(r"(?<=[日号月])(?:底|末)?(?:之|以)?前$|(?<=月)[底末]$")
"""In Chinese, a day or a month until whose end something is due."""
MAX_DAY_WORDS, MAX_NAME_WORDS = 4, 4
"""Words of a day at the end of a line, and of a name after @."""


@dataclass
class MinutesLine:
    """The reading of a line."""

    type: str | None = None
    """The type of the entry; ``action`` for what becomes an action."""
    text: Bilingual | None = None
    person: LinePiece | None = None
    due: PartialDate | None = None
    pieces: list[LinePiece] = field(default_factory=list)
    """All recognised parts, in the order of the chips."""


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
