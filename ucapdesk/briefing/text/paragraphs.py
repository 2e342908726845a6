"""Lays out paragraphs: takes words and a style, returns lines at exact heights.

Between the contents and the line breaker: chooses the language to print, replaces what no face holds, hangs marks, sets stand-ins for
missing translations grey with their tag. ``fit`` lays out texts in a place of a given size, as on cards and plans, in smaller steps
until all of them fit.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import groupby
from typing import NamedTuple

from ucapdesk.briefing.blocks.elements import Para, Words, language_tag
from ucapdesk.briefing.text import fonts
from ucapdesk.briefing.text.characters import HAN_ONLY, clean
from ucapdesk.briefing.text.linebreak import REMEMBERED, Line, Piece, break_lines, natural_width
from ucapdesk.briefing.text.styles import GREY, SMALLEST, Style, StyleSheet

NARROW = 18  # em: in a column like this, words rather get smaller than broken
MANY = 16  # lines: a text with more of them in such a column gets smaller as well
JUSTIFY_FROM = 20  # em: narrower Chinese columns stay ragged
Run = tuple[str, bool]  # text, bold


class Box(NamedTuple):
    """The place of a paragraph; it takes as much height as it needs."""

    x: float
    top: float
    width: float

    def below(self, placed: Sequence[Placed]) -> Box:
        return self._replace(top=bottom(placed, self.top))


@dataclass(frozen=True, slots=True)
class Placed:
    """A line at its place: ``x`` from the left of the frame, ``top`` from the top of its band.

    ``leading`` is its height and ``drop`` reaches from its top to its baseline; ``cell`` is the number of its column in a table, or of its text
    on cards.
    """

    line: Line
    x: float
    top: float
    leading: float
    drop: float
    size: float
    colour: str
    language: str = ""
    cell: int = 0

    @property
    def bottom(self) -> float:
        return self.top + self.leading

    def in_cell(self, cell: int) -> Placed:
        """Return the line as one of a column; not by ``replace`` either."""
        return Placed(self.line, self.x, self.top, self.leading, self.drop, self.size, self.colour, self.language, cell)

    def moved(self, dx: float = 0.0, dy: float = 0.0) -> Placed:
        """Return the line at another place; not by ``replace``, which takes five times as long."""
        x, top = self.x + dx, self.top + dy
        return Placed(self.line, x, top, self.leading, self.drop, self.size, self.colour, self.language, self.cell)


class ParagraphLayout:
    """Sets paragraphs at one scale for the languages of one paper; ``official``: the faces of official papers.

    ``blanks``: a line to write on stands for a character that cannot be printed, instead of its code.
    """

    blanks = False

    def __init__(
        self, styles: StyleSheet, languages: tuple[str, ...], official: tuple[str, ...] = (fonts.FANGSONG, fonts.SONG)
    ) -> None:
        self.styles = styles
        self.languages = languages
        self.official = official if styles.official or styles.serif else ()
        self._known: dict[tuple[object, ...], list[Line]] = {}
        self._wide: dict[tuple[str, str, bool], float] = {}

    def lines(
        self, runs: tuple[Run, ...], language: str, size: float, width: float, *, justify: bool, indent: float = 0.0
    ) -> list[Line]:
        """Break clean runs into lines; remembered, because a paper may be laid out at several scales and layouts."""
        key = (runs, language, size, width, justify, indent)
        known = self._known.get(key)
        if known is None:
            measured = self._measured(runs, language)
            justify = justify and language == "zh" and width >= JUSTIFY_FROM * size
            known = self._known[key] = break_lines(measured, language, size, width, justify=justify, indent=indent)
        return known

    def block(self, text: str, language: str, style: Style, box: Box, *, justify: bool = True) -> list[Placed]:
        """Set plain text in one style; its line ends are kept."""
        return self._set(((text, style.bold),), language, style, box, justify=justify)

    def words(self, words: Words, language: str, style: Style, box: Box) -> list[Placed]:
        return self.para(Para(words), language, style, box)

    def para(self, para: Para, language: str, style: Style, box: Box, *, indent: float = 0.0) -> list[Placed]:
        """Return a paragraph in one language, its mark hanging, its stand-in tagged; ``indent`` is white before its first line.

        In a narrow place it is set in steps smaller rather than with a word or an amount broken, or in very many lines.
        """
        placed = best = self._para(para, language, style, box, indent)
        least = max(SMALLEST, 0.6 * style.size)
        narrow, drop = box.width < NARROW * style.size, style.drop
        while narrow and (torn(placed) or len(placed) > MANY) and style.for_language(language) > least:
            less = smaller(style)
            style = less if len(placed) > MANY else replace(less, leading=style.leading, drop=style.drop)
            lower = box._replace(top=box.top + drop - style.drop)  # the first line stays beside those of other columns
            placed = self._para(para, language, style, lower, indent)
            best = placed if (torn(placed), len(placed)) < (torn(best), len(best)) else best
        return best

    def _para(self, para: Para, language: str, style: Style, box: Box, indent: float) -> list[Placed]:
        shown = para.words.shown(language, self.languages)
        runs: tuple[Run, ...]
        spoken = language
        if shown is None:
            runs, style = (("–", False),), replace(style, colour=GREY, bold=False)
        else:
            spoken = shown.language
            runs = ((shown.text, style.bold),)
            if shown.stands_in:
                runs = ((language_tag(spoken, language), False), (shown.text, False))
                style = replace(style, colour=GREY, bold=False)
        if para.lead is not None:
            runs = (*self._lead(para.lead, language, shown is None), *(runs if shown is not None else ()))
        placed: list[Placed] = []
        if para.mark:
            hang = self.indent(para.mark, style)
            placed = self.block(para.mark, language, style, box._replace(width=hang))[:1]
            box = Box(box.x + hang, box.top, box.width - hang)
        return placed + self._set(runs, spoken, style, box, indent=indent)

    def indent(self, mark: str, style: Style) -> float:
        step = self.styles.half * 1.5
        wide = natural_width(self._measured(((mark, style.bold),), "en"), "en", style.size) + style.size / 3
        return step if wide <= step else max(step * 2, wide)

    def width(self, text: str, language: str, style: Style) -> float:
        """Return the width of a text whose lines are not broken; remembered, because it is asked for in one size after another."""
        key = (text, language, style.bold)
        if key not in self._wide:
            paragraphs = _paragraphs(((text, style.bold),), self.blanks)
            self._wide[key] = max(natural_width(self._measured(each, language), language, 1.0) for each in paragraphs)
        return self._wide[key] * style.for_language(language)

    def fitted(self, text: str, language: str, style: Style, box: Box, *, rows: int = 1) -> list[Placed]:
        """Return a name or title in ``rows`` lines if need be in smaller steps, else in two lines, else in as many as it takes.

        Nothing is ever cut off; the size never goes below the smallest of the style sheet.
        """
        for allowed, least in ((rows, 0.7), (max(2, rows), 0.7), (4, 0.5)):
            scaled = style
            while True:
                if not self._takes_more(text, language, scaled, allowed * box.width, allowed):
                    placed = self.block(text, language, scaled, box, justify=False)
                    if len(placed) <= allowed:
                        return placed
                if scaled.for_language(language) <= max(SMALLEST, style.for_language(language) * least):
                    break
                scaled = smaller(scaled)
        return self.block(text, language, scaled, box, justify=False)

    def _takes_more(self, text: str, language: str, style: Style, room: float, rows: int) -> bool:
        """Return whether a text surely takes more rows; that spares breaking it. Lines may be tightened and lose a space and half a mark."""
        most = 1.1 * room + 2 * rows * style.for_language(language)
        return "  " not in text and self.width(text, language, style) > most

    def _measured(self, runs: tuple[Run, ...], language: str) -> list[tuple[str, fonts.FaceMetrics]]:
        zh, faces = language == "zh", self.official
        heavy = () if zh or not faces else (fonts.SONG_BOLD,)  # Chinese is emphasised in 黑体
        return [(text, fonts.metrics(zh, bold, official=heavy if bold else faces)) for text, bold in runs]

    def _lead(self, lead: Words, language: str, alone: bool) -> tuple[Run, ...]:
        shown = lead.shown(language, self.languages)
        if shown is None:
            return ()
        tag = language_tag(shown.language, language) if shown.stands_in else ""
        colon = "" if alone else "：" if language == "zh" else ": "
        return ((tag + shown.text + colon, True),)

    def _set(
        self, runs: Sequence[Run], language: str, style: Style, box: Box, *, justify: bool = True, indent: float = 0.0
    ) -> list[Placed]:
        size = style.for_language(language)
        placed: list[Placed] = []
        top = box.top
        for paragraph in _paragraphs(tuple(runs), self.blanks):
            for line in self.lines(paragraph, language, size, box.width, justify=justify, indent=indent):
                placed.append(Placed(line, box.x, top, style.leading, style.drop, size, style.colour, language))
                top += style.leading
        return placed


def in_steps(
    make: Callable[[Style, Style], list[Placed]], style: Style, second: Style, most: float, top: float = 0.0
) -> list[Placed]:
    """Set text in two styles, both stepping down while the result is higher than ``most``, as long as it stays readable."""
    while bottom(placed := make(style, second), top) - top > most and max(style.size, second.size) > SMALLEST:
        style, second = smaller(style), smaller(second)
    return placed


def torn(placed: Sequence[Placed]) -> int:
    """Return how badly lines are broken: in a word worse than behind a slash."""
    return sum(line.line.torn for line in placed)


def smaller(style: Style) -> Style:
    """Return the next smaller size; lower type needs less leading."""
    step = max(0.5, 0.04 * style.size)
    size, han = max(SMALLEST, style.size - step), max(SMALLEST, style.han - step)
    part = max(size / style.size, han / style.han)
    leading = min(style.leading, max(style.leading * part, 1.25 * max(size, han)))
    return replace(style, size=size, han=han, leading=leading, drop=style.drop * leading / style.leading)


@lru_cache(REMEMBERED)
def _paragraphs(runs: tuple[Run, ...], blanks: bool) -> Sequence[tuple[Run, ...]]:
    """Return the runs clean and drawable, cut at the line ends the user typed."""
    paragraphs: list[list[Run]] = [[]]
    for text, bold in runs:
        first, *others = fonts.with_stand_ins(clean(text), blanks=blanks).split("\n")
        paragraphs[-1].append((first, bold))
        paragraphs += [[(other, bold)] for other in others]
    return [tuple(run for run in paragraph if run[0]) for paragraph in paragraphs]


def bottom(placed: Sequence[Placed], least: float = 0.0) -> float:
    return max((line.bottom for line in placed), default=least)


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
    paragraphs: ParagraphLayout,
    texts: Sequence[Wanted],
    width: float,
    height: float,
    shortened: list[str] | None = None,
) -> list[Placed]:
    """Return the texts below each other within a width and a height, from the upper left corner.

    Where they find no room in a size that can be read they are shortened, long ones in small type before short ones in
    large type; ``shortened`` takes what they said.
    """
    left = list(texts)
    placed: list[Placed] | None = None
    while left and (placed := _readable(paragraphs, left, width, height)) is None:
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


def _readable(paragraphs: ParagraphLayout, texts: Sequence[Wanted], width: float, height: float) -> list[Placed] | None:
    """Return the same; None where the texts do not fit in a size that can be read."""
    largest = max(text.style.size for text in texts)
    least = min(_LAST, largest)
    part = _crowding(paragraphs, texts, width * height)
    if part < least / largest:
        return None
    factor = min(1.0, part)
    torn: list[list[Placed]] | None = None
    while True:
        placed = _set(paragraphs, texts, width, height, factor)
        if placed is not None and all(line.line.width <= width + 0.1 for each in placed for line in each):
            if not any(line.line.torn for each in placed for line in each):
                return _told(texts, placed)
            torn = torn or placed  # fits, but a word is broken; perhaps not in a smaller size
        if factor * largest <= (least if torn is None else max(least, largest / 2)):
            return _told(texts, torn) if torn is not None else None
        factor = max(factor * _STEP, least / largest)


def _crowding(paragraphs: ParagraphLayout, texts: Sequence[Wanted], area: float) -> float:
    """Return an upper limit of the size: at larger sizes the texts would cover more than the area."""
    covered = sum(paragraphs.width(each.text, each.language, each.style) * each.style.size for each in texts)
    return math.sqrt(area / covered) if covered else 1.0


def _set(
    paragraphs: ParagraphLayout, texts: Sequence[Wanted], width: float, height: float, factor: float
) -> list[list[Placed]] | None:
    """Return the lines of each text, below each other, at a part of their size; None as soon as they are higher than they may."""
    placed: list[list[Placed]] = []
    low = 0.0
    for wanted in texts:
        style = _smaller(wanted.style, factor)
        box = Box(0.0, low + wanted.before * factor, width)
        apart = wanted.spread and HAN_ONLY.fullmatch(wanted.text) and 1 < len(wanted.text) <= _SPREAD
        placed.append(
            [_spread(paragraphs, wanted.text, style, box)] if apart else _fitted(paragraphs, wanted, style, box)
        )
        low = bottom(placed[-1], low)
        if low > height:
            return None
    return placed


def _told(texts: Sequence[Wanted], placed: Sequence[Sequence[Placed]]) -> list[Placed]:
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


def _fitted(paragraphs: ParagraphLayout, wanted: Wanted, style: Style, box: Box) -> list[Placed]:
    """Return a text in its rows; a foreign name in two rows has the family name in the second, if that costs little size."""
    placed = paragraphs.fitted(wanted.text, wanted.language, style, box, rows=wanted.rows)
    given, dot, family = wanted.text.rpartition(_DOT)
    if len(placed) > 1 and dot and HAN_ONLY.match(family):
        same = _smaller(style, placed[0].size / style.for_language(wanted.language))
        parted = paragraphs.fitted(f"{given}{dot}\n{family}", wanted.language, same, box, rows=len(placed))
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


def _spread(paragraphs: ParagraphLayout, name: str, style: Style, box: Box) -> Placed:
    """Return a short name as wide as four characters, so that all of a table look alike."""
    size = min(style.han, box.width / _SPREAD)
    (line,) = paragraphs.lines(((name, style.bold),), "zh", size, 10 * size, justify=False)
    step = size * (_SPREAD - 1) / (len(name) - 1)
    faces = [piece.face for piece in line.pieces for _ in piece.text]
    pieces = tuple(
        Piece(n * step, char, face, 0.0) for n, (char, face) in enumerate(zip(line.text, faces, strict=True))
    )
    part = size / style.han
    wide = Line(partial(tuple, pieces), size * _SPREAD, line.text)
    return Placed(wide, box.x, box.top, style.leading * part, style.drop * part, size, style.colour, "zh")
