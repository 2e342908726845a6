"""Sets letters in the form of each language: the salutation at the margin, 此致 and 敬礼 in their places, or "Yours sincerely".

Both forms are made of the same parts; a table says where each stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from ucapdesk.base.i18n import Message
from ucapdesk.base.phrases import phrases
from ucapdesk.briefing.bands import Band, Page
from ucapdesk.briefing.content import Letter
from ucapdesk.briefing.languages import Bilingual
from ucapdesk.briefing.letterhead import letter_head
from ucapdesk.briefing.pictures import prepared
from ucapdesk.briefing.shapes import Shape
from ucapdesk.briefing.styles import MM
from ucapdesk.briefing.text_elements import Para, Words
from ucapdesk.briefing.typeset import Box, Placed, bottom

_LARGER = 12 / 9.5  # than the text of a pack: a letter is read at arm's length
_SIGN = 18 * MM  # to sign in
CLOSING = Message("paper", "Yours sincerely,")
ENCLOSURES = Message("paper", "Enclosures")
SALUTATION_ENDS = "，,：: "


def letter_bands(letter: Letter, both: Bilingual) -> Iterator[Band]:
    """Yield the letter in every language of the paper, each on a page of its own."""
    scale = _LARGER if both.styles.serif else both.styles.scale * _LARGER
    both = Bilingual(both.paper, both.sheet, replace(both.styles, scale=scale))
    both.setter.blanks = True
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
    """Return the place of each page of a paper of letters in its own letter."""
    begun: list[tuple[str, int]] = []  # language and pages of each letter
    for page in pages:
        language = next((band.letter for _, band in page.bands if band.letter), "")
        if language:
            begun.append((language, 0))
        begun[-1] = begun[-1][0], begun[-1][1] + 1
    return [LetterPage(language, n, of) for language, of in begun for n in range(1, of + 1)]


class OneLetter:
    """One letter in one language."""

    def __init__(self, letter: Letter, language: str, both: Bilingual) -> None:
        self.letter = letter
        self.language = language
        self.both = both
        self.style = both.styles.style("text")
        self.line = self.style.leading
        self.em = self.style.for_language(language)
        self.box = Box(0, 0, both.width)

    def western(self) -> Iterator[Band]:
        """Yield sender, date on the right, recipient, salutation, text, closing, signature."""
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
        """Yield title, 称谓 at the margin, text with two characters of indent, 此致 / 敬礼, signature and date on the right."""
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
        """Return texts under each other, the first in a style of its own."""
        lines: list[Placed] = []
        for n, words in enumerate(texts):
            if not words.empty:
                style = self.both.styles.style(then if n else first)
                lines += self.both.setter.words(words, self.language, style, box.below(lines))
        return lines

    def _head(self) -> Band:
        """Return the letterhead: that of the house, or the name and address of the sender with the logo on their right."""
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
        lines = self.both.setter.fitted(said, self.language, self.both.styles.style("title"), self.box, rows=2)
        middle = [line.moved(dx=(self.both.width - line.line.width) / 2) for line in lines]
        yield Band(middle, self.both.up(bottom(middle) + self.line), 2 * self.line, keep=True)

    def _salutation(self, words: Words) -> Band:
        said = self._said(words).rstrip(SALUTATION_ENDS) + phrases(self.language)["letter"]["mark"]
        lines = self.both.setter.block(said, self.language, self.style, self.box)
        return Band(lines, self.both.up(bottom(lines)), self.line, keep=True)

    def _body(self, para: Para, indent: float, *, keep: bool = False) -> Band:
        style = self.both.styles.style(para.role)
        lines = self.both.setter.para(para, self.language, style, self.box, indent=0.0 if para.mark else indent)
        return Band(lines, self.both.up(bottom(lines)), 0.0 if indent else self.both.styles.gap, split=True, keep=keep)

    def _lines(self, texts: Sequence[Words], before: float, first: str = "text", *, keep: bool = False) -> Band:
        """Return lines at the margin."""
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
            lines += self.both.setter.para(para, self.language, style, self.box.below(lines))
        return Band(lines, self.both.up(bottom(lines)), 2 * self.line if lines else 0.0)
