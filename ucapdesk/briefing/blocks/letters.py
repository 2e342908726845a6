"""Lays out letters in the form of each language: letterhead, the salutation at the margin, 此致 and 敬礼 in their places, or "Yours sincerely".

All forms are made of the same parts; a table says where each stands. The letterhead of an office is small in the header of a
first page and large above a letter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from ucapdesk.base.i18n import Message, phrases
from ucapdesk.briefing.blocks.content import Letter
from ucapdesk.briefing.blocks.elements import House, Para, Words
from ucapdesk.briefing.blocks.language_layout import LanguageLayout
from ucapdesk.briefing.blocks.pictures import Prepared, prepared
from ucapdesk.briefing.pages.bands import Band, Page, Shape, Stroke
from ucapdesk.briefing.text.paragraphs import Box, ParagraphLayout, Placed, bottom, smaller
from ucapdesk.briefing.text.styles import ACCENT, GREY, MM, SMALLEST, THIN, Style

_WIDEST = 0.17  # of the header that a logo may take
_LETTER_LOGO = (32.0, 18.0)  # mm
_GAP = 3 * MM
_CLOSEST = 8.0  # points from line to line of the smallest type
_NAME = Style(9.0, 9.0, 11.5, ACCENT, bold=True, drop=9.0)
_KIND = Style(8.5, 8.5, 11.5, GREY, bold=True, drop=9.0)


def has_head(house: House | None) -> bool:
    return house is not None and (not house.office.empty or house.logo is not None or house.second_logo is not None)


def page_head(
    house: House, kind: Words, paragraphs: ParagraphLayout, width: float, height: float
) -> tuple[list[Placed], list[Shape]]:
    """Set logos and names of the office at the left of the header of a first page, the kind of paper at its right.

    Args:
        house: The style.
        kind: What kind of paper it is.
        paragraphs: Of the paper.
        width: Of the header.
        height: What there is above its rule.
    """
    logos, left, right = _logos(house, width, (_WIDEST * width / MM, height / MM), _GAP)
    shapes: list[Shape] = [logo.at(x, height - logo.height) for logo, x in logos]
    said, names = _texts(kind, paragraphs), _texts(house.office, paragraphs)
    room = right - left - _GAP
    wide, other = _wide(said, paragraphs, _KIND), _wide(names, paragraphs, _NAME)
    wide = wide if wide + other <= room else room * wide / (wide + other)
    lines = _column(said, paragraphs, _KIND, Box(right - wide, 0.0, wide), height)
    lines = [line.moved(dx=right - line.x - line.line.width) for line in lines]
    return [*_column(names, paragraphs, _NAME, Box(left, 0.0, right - left - wide - _GAP), height), *lines], shapes


def _wide(texts: list[tuple[str, str]], paragraphs: ParagraphLayout, style: Style) -> float:
    return max((paragraphs.width(text, language, style) for text, language in texts), default=0.0) + 1


def _texts(words: Words, paragraphs: ParagraphLayout) -> list[tuple[str, str]]:
    """Return the first line of a text in each language, a common text once."""
    said = [shown for lang in paragraphs.languages if (shown := words.shown(lang, paragraphs.languages)) is not None]
    return list({shown.text.splitlines()[0].strip(): shown.language for shown in said}.items())


def _column(
    texts: list[tuple[str, str]], paragraphs: ParagraphLayout, style: Style, box: Box, height: float
) -> list[Placed]:
    """Set texts one below the other, in steps smaller where they have no room, in the middle of the height."""
    close = False
    while True:
        lines: list[Placed] = []
        for text, language in texts:
            lines += paragraphs.fitted(text, language, style, box.below(lines), rows=1)
        if bottom(lines) <= height + 0.1 or close:
            break
        close = style.size <= SMALLEST  # last of all, lines as close as they can be read
        style = replace(style, leading=max(height / len(lines), _CLOSEST)) if close else smaller(style)
    kept = [line for line in lines if line.bottom <= height + 0.1] or lines[:1]
    down = max(0.0, (height - bottom(kept)) / 2)
    return [line.moved(dy=down) for line in kept]


def letter_head(house: House, language: str, both: LanguageLayout) -> Band:
    logos, left, right = _logos(house, both.width, _LETTER_LOGO, 2 * _GAP)
    shapes = [logo.at(x, 0.0) for logo, x in logos]
    box = Box(left, 0.0, right - left)
    lines: list[Placed] = []
    style, head = both.styles.style("second text"), replace(both.styles.style("lead"), colour=ACCENT)
    for n, text in enumerate(_lines(house, language, both.languages)):
        lines += both.paragraphs.block(text, language, head if n == 0 else style, box.below(lines), justify=False)
    height = both.up(max([bottom(lines), *(logo.height for logo, _ in logos)]) + _GAP)
    return Band(lines, height, strokes=[*shapes, Stroke(0.0, height - THIN, both.width, THIN, ACCENT)], keep=True)


def _lines(house: House, language: str, languages: tuple[str, ...]) -> list[str]:
    texts = (words.said(language, languages) for words in (house.office, house.address))
    reach = filter(None, (words.said(language, languages) for words in house.reach))
    return [line.strip() for text in (*texts, " · ".join(reach)) for line in text.splitlines() if line.strip()]


def _logos(
    house: House, width: float, most: tuple[float, float], gap: float
) -> tuple[list[tuple[Prepared, float]], float, float]:
    first, second = (prepared(each and each.within(*most)) for each in (house.logo, house.second_logo))
    beyond = width - second.width if second else width
    placed = [(logo, x) for logo, x in ((first, 0.0), (second, beyond)) if logo]
    return placed, first.width + gap if first else 0.0, beyond - gap if second else width


_LARGER = 12 / 9.5  # than the text of a pack: a letter is read at arm's length
_SIGN = 18 * MM  # to sign in
CLOSING = Message("paper", "Yours sincerely,")
ENCLOSURES = Message("paper", "Enclosures")
SALUTATION_ENDS = "，,：: "


def letter_bands(letter: Letter, both: LanguageLayout) -> Iterator[Band]:
    scale = _LARGER if both.styles.serif else both.styles.scale * _LARGER
    both = LanguageLayout(both.paper, both.sheet, replace(both.styles, scale=scale))
    both.paragraphs.blanks = True
    for n, language in enumerate(both.languages):
        sheet = OneLetter(letter, language, both)
        bands = list(sheet.chinese() if language == "zh" else sheet.western())
        bands[0].new_page, bands[0].letter = n > 0, language
        yield from bands


class LetterPage(NamedTuple):
    """A page of a letter: the language of the letter, and how many pages it has."""

    language: str
    number: int
    pages: int


def letter_pages(pages: Sequence[Page]) -> list[LetterPage]:
    begun: list[tuple[str, int]] = []  # language and pages of each letter
    for page in pages:
        language = next((band.letter for _, band in page.bands if band.letter), "")
        if language:
            begun.append((language, 0))
        begun[-1] = begun[-1][0], begun[-1][1] + 1
    return [LetterPage(language, n, of) for language, of in begun for n in range(1, of + 1)]


class OneLetter:
    """One letter in one language."""

    def __init__(self, letter: Letter, language: str, both: LanguageLayout) -> None:
        self.letter = letter
        self.language = language
        self.both = both
        self.style = both.styles.style("text")
        self.line = self.style.leading
        self.em = self.style.for_language(language)
        self.box = Box(0, 0, both.width)

    def western(self) -> Iterator[Band]:
        letter = self.letter
        yield self._head()
        yield self._right([*self._number(), letter.date], self._under_head)
        yield self._lines(letter.recipient, self.line)
        yield from self._title()
        yield self._salutation(letter.salutation)
        yield from (self._body(para, indent=0.0) for para in letter.body)
        yield self._lines((Words.label(CLOSING),), self.line, keep=True)
        yield self._lines(letter.signature, _SIGN, "lead")
        yield self._enclosures()

    def chinese(self) -> Iterator[Band]:
        letter = self.letter
        yield self._head()
        yield self._right(self._number(), self._under_head)
        yield from self._title()
        yield self._salutation(letter.salutation)
        yield from (self._body(para, indent=2 * self.em) for para in letter.body)
        yield self._body(Para(Words.plain("此致")), indent=2 * self.em, keep=True)
        yield self._lines((Words.plain("敬礼！"),), 0.0, keep=True)
        yield self._right([*(letter.seal or letter.signature), letter.date], _SIGN)
        yield self._enclosures()

    @property
    def _under_head(self) -> float:
        """White under the letterhead of a house, which ends in a rule."""
        return self.line if self.letter.ours and self.both.paper.house is not None else 0.0

    def _number(self) -> list[Words]:
        return [self.letter.number] if self.letter.number is not None else []

    def _said(self, words: Words) -> str:
        return words.said(self.language, self.both.languages)

    def _stack(self, texts: Sequence[Words], first: str, box: Box, then: str = "text") -> list[Placed]:
        lines: list[Placed] = []
        for n, words in enumerate(texts):
            if not words.empty:
                style = self.both.styles.style(then if n else first)
                lines += self.both.paragraphs.words(words, self.language, style, box.below(lines))
        return lines

    def _head(self) -> Band:
        if self.letter.ours and self.both.paper.house is not None:
            return letter_head(self.both.paper.house, self.language, self.both)
        logo = prepared(self.letter.logo)
        width = self.both.width - (logo.width + self.both.styles.gutter if logo else 0.0)
        lines = self._stack(self.letter.sender, "lead", Box(0, 0, width), "second text")
        shapes: list[Shape] = [logo.at(self.both.width - logo.width, 0.0)] if logo else []
        return Band(lines, self.both.up(max(bottom(lines), logo.height if logo else 0.0)), strokes=shapes, keep=True)

    def _title(self) -> Iterator[Band]:
        said = self._said(self.letter.title) if self.letter.title is not None else ""
        if not said:
            return
        lines = self.both.paragraphs.fitted(said, self.language, self.both.styles.style("title"), self.box, rows=2)
        middle = [line.moved(dx=(self.both.width - line.line.width) / 2) for line in lines]
        yield Band(middle, self.both.up(bottom(middle) + self.line), 2 * self.line, keep=True)

    def _salutation(self, words: Words) -> Band:
        said = self._said(words).rstrip(SALUTATION_ENDS) + phrases(self.language)["letter"]["mark"]
        lines = self.both.paragraphs.block(said, self.language, self.style, self.box)
        return Band(lines, self.both.up(bottom(lines)), self.line, keep=True)

    def _body(self, para: Para, indent: float, *, keep: bool = False) -> Band:
        style = self.both.styles.style(para.role)
        lines = self.both.paragraphs.para(para, self.language, style, self.box, indent=0.0 if para.mark else indent)
        return Band(lines, self.both.up(bottom(lines)), 0.0 if indent else self.both.styles.gap, split=True, keep=keep)

    def _lines(self, texts: Sequence[Words], before: float, first: str = "text", *, keep: bool = False) -> Band:
        lines = self._stack(texts, first, self.box)
        return Band(lines, self.both.up(bottom(lines)), before if lines else 0.0, keep=keep)

    def _right(self, texts: Sequence[Words], before: float) -> Band:
        """Return lines that end two characters before the right edge, in Chinese in the middle of the widest."""
        inset = 2 * self.em if self.language == "zh" else 0.0
        half = self.both.width / 2
        lines = self._stack(texts, "text", Box(half, 0, half - inset))
        reach = max((line.line.width for line in lines), default=0.0)
        moved = [
            line.moved(dx=half - inset - (line.line.width + (reach - line.line.width) / 2))
            if self.language == "zh"
            else line.moved(dx=half - line.line.width)
            for line in lines
        ]
        return Band(moved, self.both.up(bottom(moved)), before)

    def _enclosures(self) -> Band:
        texts, style = self.letter.enclosures, self.both.styles.style("note")
        lines = self._stack((Words.label(ENCLOSURES),) if texts else (), "fact label", self.box)
        for n, words in enumerate(texts, 1):
            para = Para(words, "note", mark=f"{n}.")
            lines += self.both.paragraphs.para(para, self.language, style, self.box.below(lines))
        return Band(lines, self.both.up(bottom(lines)), 2 * self.line if lines else 0.0)
