"""Fits texts into a place of a given size, as on cards and plans, in smaller steps until all of them fit."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby

from ucapdesk.briefing import fonts
from ucapdesk.briefing.characters import HAN_ONLY, clean
from ucapdesk.briefing.linebreak import Line, Piece
from ucapdesk.briefing.styles import SMALLEST, Style
from ucapdesk.briefing.typeset import Box, Placed, Typesetter, bottom

_STEP = 0.94  # from one size to the next smaller one
_LAST = 6.0  # points: where even this is too large, texts are shortened
_DOT = "·"  # between the parts of a name from abroad
_MUCH = 0.7  # of its size
_SPREAD = 4  # em a Chinese name is spread to


@dataclass(frozen=True, slots=True)
class Wanted:
    """A text to be fitted; ``before`` is white above, ``spread``, ``rows`` and ``parts`` as of a line of a card."""

    text: str
    language: str
    style: Style
    before: float = 0.0
    spread: bool = False
    rows: int = 1
    parts: tuple[tuple[str, str], ...] = ()


def fit(
    setter: Typesetter, texts: Sequence[Wanted], width: float, height: float, shortened: list[str] | None = None
) -> list[Placed]:
    """Return the texts below each other within a width and a height, from the upper left corner.

    Where they find no room in a size that can be read they are shortened, long ones in small type before short ones in
    large type; ``shortened`` takes what they said.
    """
    left = list(texts)
    placed: list[Placed] | None = None
    while left and (placed := _readable(setter, left, width, height)) is None:
        long = [n for n, each in enumerate(left) if len(each.text) > 2]
        if not long:
            left.pop()  # not even two letters of each find room
            continue
        longest = max(long, key=lambda n: len(left[n].text) / left[n].style.size ** 2)
        whole = left[longest].text
        cut = whole[: min(len(whole) * 5 // 6, len(whole) - 2)].rstrip("… ")
        left[longest] = replace(left[longest], text=cut + "…")
    if shortened is not None:
        shortened += [each.text for each in texts if each not in left]
    return placed or []


def _readable(setter: Typesetter, texts: Sequence[Wanted], width: float, height: float) -> list[Placed] | None:
    """Return the same; None where the texts do not fit in a size that can be read."""
    largest = max(text.style.size for text in texts)
    least = min(_LAST, largest)
    part = _crowding(setter, texts, width * height)
    if part < least / largest:
        return None
    factor = min(1.0, part)
    torn: list[list[Placed]] | None = None
    while True:
        placed = _set(setter, texts, width, height, factor)
        if placed is not None and all(line.line.width <= width + 0.1 for each in placed for line in each):
            if not any(line.line.torn for each in placed for line in each):
                return _told(texts, placed)
            torn = torn or placed  # fits, but a word is broken; perhaps not in a smaller size
        if factor * largest <= (least if torn is None else max(least, largest / 2)):
            return _told(texts, torn) if torn is not None else None
        factor = max(factor * _STEP, least / largest)


def _crowding(setter: Typesetter, texts: Sequence[Wanted], area: float) -> float:
    """Return an upper limit of the size: at larger sizes the texts would cover more than the area."""
    covered = sum(setter.width(each.text, each.language, each.style) * each.style.size for each in texts)
    return math.sqrt(area / covered) if covered else 1.0


def _set(
    setter: Typesetter, texts: Sequence[Wanted], width: float, height: float, factor: float
) -> list[list[Placed]] | None:
    """Return the lines of each text, below each other, at a part of their size; None as soon as they are higher than they may."""
    placed: list[list[Placed]] = []
    low = 0.0
    for wanted in texts:
        style = _smaller(wanted.style, factor)
        box = Box(0.0, low + wanted.before * factor, width)
        apart = wanted.spread and HAN_ONLY.fullmatch(wanted.text) and 1 < len(wanted.text) <= _SPREAD
        placed.append([_spread(setter, wanted.text, style, box)] if apart else _fitted(setter, wanted, style, box))
        low = bottom(placed[-1], low)
        if low > height:
            return None
    return placed


def _told(texts: Sequence[Wanted], placed: Sequence[Sequence[Placed]]) -> list[Placed]:
    """Return the lines, numbered by the text they belong to, and in their languages."""
    return [
        line.in_cell(n)
        for n, (wanted, lines) in enumerate(zip(texts, placed, strict=True), 1)
        for line in (_in_languages(lines, wanted.parts) if wanted.parts else lines)
    ]


def _in_languages(placed: Sequence[Placed], parts: Sequence[tuple[str, str]]) -> Iterator[Placed]:
    """Yield lines, cut where another language begins, so that each is told and copied as what it is."""
    spoken = iter([language for text, language in parts for char in clean(text) if _is_seen(char)])
    for line in placed:
        language = line.language
        cut: list[tuple[str, Piece]] = []
        for piece in line.line.pieces:
            said: list[tuple[str, str]] = []
            for char in piece.text:
                language = next(spoken, language) if _is_seen(char) else language
                said.append((language, char))
            x = piece.x
            for each, chars in groupby(said, lambda pair: pair[0]):
                text = "".join(char for _, char in chars)
                cut.append((each, Piece(x, text, piece.face, piece.spread)))
                x += fonts.width(piece.face, text) * line.size + piece.spread * len(text)
        for each, some in groupby(cut, lambda pair: pair[0]):
            pieces = tuple(piece for _, piece in some)
            whole = replace(line.line, placed=partial(tuple, pieces), text="".join(piece.text for piece in pieces))
            yield replace(line, line=whole, language=each)


def _is_seen(char: str) -> bool:
    """Return whether a character always stands in its line, unlike a space at its end."""
    return not char.isspace() and char != "\u2060"


def _fitted(setter: Typesetter, wanted: Wanted, style: Style, box: Box) -> list[Placed]:
    """Return a text in its rows; a foreign name in two rows has the family name in the second, if that costs little size."""
    placed = setter.fitted(wanted.text, wanted.language, style, box, rows=wanted.rows)
    given, dot, family = wanted.text.rpartition(_DOT)
    if len(placed) > 1 and dot and HAN_ONLY.match(family):
        same = _smaller(style, placed[0].size / style.for_language(wanted.language))
        parted = setter.fitted(f"{given}{dot}\n{family}", wanted.language, same, box, rows=len(placed))
        if len(parted) <= len(placed) and parted[0].size >= _MUCH * placed[0].size:
            return parted
    return placed


def _smaller(style: Style, factor: float) -> Style:
    """Return a style at a part of its size; while others still shrink, small ones stop at the smallest that reads well, and then at
    the smallest that can be read.
    """
    least = min(style.size, SMALLEST if factor * style.size > _LAST * 1.5 else _LAST)
    part = max(factor, least / style.size)
    return replace(
        style, size=style.size * part, han=style.han * part, leading=style.leading * part, drop=style.drop * part
    )


def _spread(setter: Typesetter, name: str, style: Style, box: Box) -> Placed:
    """Return a short name as wide as four characters, so that all of a table look alike."""
    size = min(style.han, box.width / _SPREAD)
    (line,) = setter.lines(((name, style.bold),), "zh", size, 10 * size, justify=False)
    step = size * (_SPREAD - 1) / (len(name) - 1)
    faces = [piece.face for piece in line.pieces for _ in piece.text]
    pieces = tuple(
        Piece(n * step, char, face, 0.0) for n, (char, face) in enumerate(zip(line.text, faces, strict=True))
    )
    part = size / style.han
    wide = Line(partial(tuple, pieces), size * _SPREAD, line.text)
    return Placed(wide, box.x, box.top, style.leading * part, style.drop * part, size, style.colour, "zh")
