"""Puts the lines of a PDF back into paragraphs: by the room that a line leaves, by the air below it, and by how it ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ucapdesk.base.fold import HAN, HAN_RUN

_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]*)*|(?:https?://|www\.)\S+")
_COUNTED = re.compile(rf"\d+(?:\.\d+)?[{HAN}]")
"""A figure within Chinese: 22日."""
_BREAKS = "-–—/@"
"""A line may end behind these without a space."""
_BRACKETS = str.maketrans("（）", "()")
_WIDER = 1.25  # times the usual step: the air between paragraphs
_LEAST = 0.95  # of the height: lines of two cells may stand nearer
_SPACE = 0.25  # of the height


@dataclass(slots=True)
class Piece:
    """A run of text on one line; ``y`` counts downwards."""

    left: float
    right: float
    y: float
    height: float
    text: str
    first: float = 0.0
    """Where its first word ends, which could have stood on the line above alone; 0 while it is all of the piece."""
    spaced: bool = False
    """Whether a space was written behind it."""
    struck: bool = False
    """Whether it is struck through."""

    @property
    def word(self) -> float:
        """The width of its first word."""
        return (self.first or self.right) - self.left

    def add(self, char: str, right: float) -> None:
        """Append a character that ends at ``right``."""
        if not self.first and HAN_RUN.match(char):
            self.first = self.right  # Chinese breaks anywhere
        self.text += char
        self.right, self.spaced = right, False
        if not self.first and char in _BREAKS:
            self.first = right

    def space(self, *, written: bool) -> None:
        """Append a space; ``written``: that the file holds, rather than the gap that is seen."""
        self.text += " "
        self.spaced = self.spaced or written
        self.first = self.first or self.right


@dataclass(frozen=True, slots=True)
class Part:
    """The text of one line in one cell, or of one line outside of them."""

    text: str
    left: float
    right: float
    y: float
    height: float
    word: float
    spaced: bool


def part_of(pieces: Sequence[Piece]) -> Part:
    """Return pieces of a line as one text: a change of font parts a word into pieces, only a gap that can be seen is a space."""
    if not pieces:
        return Part("", 0.0, 0.0, 0.0, 0.0, 0.0, False)
    said, end = "", None
    for piece in pieces:
        space = "" if end is None or piece.left - end < 0.12 * piece.height else " "
        said, end = f"{said}{space}{piece.text}", piece.right
    first, last = pieces[0], pieces[-1]
    return Part(" ".join(said.split()), first.left, last.right, first.y, first.height, first.word, last.spaced)


def usual_step(lines: Sequence[tuple[float, float]]) -> float:
    """Return the distance from one line to the next within a paragraph, as a share of the height: the least there is."""
    steps = [(y - above) / height for (above, _), (y, height) in pairwise(lines) if height > 0]
    return min((step for step in steps if step > _LEAST), default=0.0)


def groups(parts: Sequence[Part], step: float) -> Iterator[list[Part]]:
    """Yield lines that follow one another without more air than between lines of a paragraph."""
    group: list[Part] = []
    for part in parts:
        if group and step and part.y - group[-1].y > _WIDER * step * part.height:
            yield group
            group = []
        group.append(part)
    if group:
        yield group


def spaces_tell(found: Sequence[tuple[Sequence[Part], float]]) -> bool:
    """Return whether a space behind a line says that its paragraph goes on, as some programs leave it there only then.

    ``found``: lines that follow one another, and up to where they may go.
    """
    inner = [
        before.spaced
        for parts, right in found
        for before, part in pairwise(parts)
        if _could_tell(before, part, right) and not ends(before, part, right, telling=False)
    ]
    lasts = [parts[-1].spaced for parts, _ in found if parts]
    return sum(inner) > max(1, 0.6 * len(inner)) and sum(lasts) <= 0.2 * len(lasts)


def _could_tell(before: Part, part: Part, right: float) -> bool:
    """Return whether a space would have had room behind a line, and a place: between two words that it parts."""
    last = before.text[-1:]
    room = right - before.right > _SPACE * before.height
    return room and last not in _BREAKS and not HAN_RUN.match(last) and not HAN_RUN.match(part.text)


def paragraphs(parts: Sequence[Part], right: float, *, telling: bool = False) -> str:
    """Return lines as paragraphs: a line ends one where the next word would still have had room up to ``right``."""
    said = ""
    for before, part in zip([None, *parts], parts, strict=False):
        if before is None:
            said = part.text
        elif ends(before, part, right, telling=telling) and not _bracketed(said, part.text):
            said = f"{said}\n{part.text}"
        elif _broken(said, before, part, right):
            said += part.text
        else:
            said = wrapped(said, part.text, spaced=before.spaced if telling else None)
    return said


def ends(before: Part, part: Part, right: float, *, telling: bool) -> bool:
    """Return whether a paragraph ends with a line."""
    room, space = right - before.right, _SPACE * before.height
    han = HAN_RUN.match(part.text)
    if telling and before.spaced:
        return False
    if telling and _could_tell(before, part, right):
        return True
    return room - space - part.word > (2.2 if han else 0.5) * part.height


def _bracketed(said: str, more: str) -> bool:
    """Return whether a bracket that is open in the last paragraph closes in what follows."""
    last = said.rpartition("\n")[2].translate(_BRACKETS)
    opened, closes = last.rfind("(") > last.rfind(")"), more.translate(_BRACKETS)
    return opened and ")" in closes and "(" not in closes.partition(")")[0]


def _broken(said: str, before: Part, part: Part, right: float) -> bool:
    """Return whether an address or a number goes on that is too long for a line: it alone fills the line above."""
    room = right - before.right
    if not said or " " in before.text or before.spaced or room > part.height:
        return False
    word = said.rsplit(maxsplit=1)[-1]
    digits = word[-1].isdigit() and part.text[0].isdigit() and room < 0.7 * part.height
    return digits or bool(_ADDRESS.fullmatch(word + part.text.split(maxsplit=1)[0]))


def wrapped(said: str, more: str, *, spaced: bool | None = None) -> str:
    """Return two lines of one paragraph as one: Chinese has no spaces, a word with a hyphen goes on.

    ``spaced``: whether a space stands behind the first, if that is known.
    """
    behind = HAN_RUN.search(said[-1:])
    han = behind and (HAN_RUN.match(more) or _COUNTED.match(more) or (spaced is False and more[:1].isalnum()))
    word = said.endswith(("-", "@")) and said[-2:-1].isalnum() and more[:1].isalnum()
    return f"{said}{more}" if han or word else f"{said} {more}"
