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
from ucapdesk.model.text.parse.itinerary_line import in_languages
from ucapdesk.model.text.parse.itinerary_pieces import Find, Piece, nobody
from ucapdesk.model.text.parse.read_dates import type_date
from ucapdesk.model.values import Bilingual, PartialDate

LIST, ACTION = "minute_kind", "action"
MARKS = {"!": "decision", "！": "decision", "?": "open_question", "？": "open_question",
         ">": ACTION, "＞": ACTION, "》": ACTION, "→": ACTION}  # fmt: skip
_WHO = re.compile(r"[@＠]\s*([^@＠,，;；]+)")
_BY = re.compile(r"\s+(?:by|until|before|bis|para|entro|于|至)$", re.IGNORECASE)
LONGEST_DAY, LONGEST_NAME = 4, 4
"""Words of a day at the end of a line, and of a name after @."""


@dataclass
class MinutesLine:
    """The reading of a line."""

    type: str | None = None
    """The type of the entry; ``action`` for what becomes an action."""
    text: Bilingual | None = None
    person: Piece | None = None
    due: PartialDate | None = None
    pieces: list[Piece] = field(default_factory=list)
    """All recognised parts, in the order of the chips."""


def read_minutes(
    typed: str, today: date, find: Find = nobody, dropped: Collection[tuple[str, str]] = (), lang: str = "en"
) -> MinutesLine:
    """Read a line; ``find`` looks up people, ``dropped`` holds type and words of rejected parts."""
    said, left = MinutesLine(), typed.strip()
    mark = MARKS.get(left[:1])
    if mark and _note(said, dropped, Piece("kind", left[:1], code_label(LIST, mark, lang), mark)):
        said.type, left = mark, left[1:].strip()
    if said.type == ACTION:
        left = _day(said, left, today, lang, dropped)
        left = _who(said, left, find, lang, dropped)
        left = left if said.due else _day(said, left, today, lang, dropped)
    left = " ".join(left.split()).strip(" ,，;；")
    if left:
        said.text = in_languages(left)
        said.pieces.append(Piece("title", left, left))
    return said


def _note(said: MinutesLine, dropped: Collection[tuple[str, str]], piece: Piece) -> bool:
    if (piece.what, piece.words.casefold()) in dropped:
        return False
    said.pieces.append(piece)
    return True


def _who(said: MinutesLine, left: str, find: Find, lang: str, dropped: Collection[tuple[str, str]]) -> str:
    """Read who does it: the longest name on record after @, else all words there."""
    found = _WHO.search(left)
    if found is None:
        return left
    words = found[1].split()
    for n in range(min(len(words), LONGEST_NAME), 0, -1):
        name = " ".join(words[:n])
        known = find("person", name)
        if known is not None:
            shown = known.names.get(lang) or next(iter(known.names.values()), name)
            piece = Piece("person", name, shown, known.id)
            break
    else:
        piece = Piece("person", " ".join(words[:LONGEST_NAME]), " ".join(words[:LONGEST_NAME]))
    if not _note(said, dropped, piece):
        return left
    said.person = piece
    rest = " ".join(words[len(piece.words.split()) :])
    return f"{left[: found.start()]} {rest} {left[found.end() :]}".strip()


def _day(said: MinutesLine, left: str, today: date, lang: str, dropped: Collection[tuple[str, str]]) -> str:
    """Read the day at the end; a number alone is none."""
    words = left.split()
    for n in range(min(LONGEST_DAY, len(words) - 1), 0, -1):
        typed = " ".join(words[-n:])
        if typed.isdigit() or "@" in typed:
            continue
        try:
            due = type_date(typed, today, lang)
        except ValueError:
            continue
        if _note(said, dropped, Piece("due", typed, say_full(due, lang))):
            said.due = due
            return _BY.sub("", " ".join(words[:-n]))
    return left
