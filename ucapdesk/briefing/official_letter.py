"""Sets a Chinese letter as offices send it (函, GB/T 9704): red head and rules, number, title, 22 lines of 28 characters, signature
and date on the right.
"""

from __future__ import annotations

from collections.abc import Iterator

from ucapdesk.briefing import fonts
from ucapdesk.briefing.bands import Band
from ucapdesk.briefing.content import Letter
from ucapdesk.briefing.languages import Bilingual
from ucapdesk.briefing.letter import SALUTATION_ENDS, OneLetter
from ucapdesk.briefing.shapes import Shape, Stroke
from ucapdesk.briefing.styles import MM, RED, Style
from ucapdesk.briefing.text_elements import Para, Words
from ucapdesk.briefing.typeset import Box, Placed, Typesetter, bottom

_CHINESE = "zh"
HEAD = 36  # points of the name of the office
_HEAD_TOP, _HEAD_GAP = -7 * MM, 4 * MM  # 30 mm from the edge of the paper; from the name to the rule
_RULE, _THICK, _FINE, _BETWEEN = 170 * MM, 2.0, 0.6, 1.6
_FOOT = 15 * MM  # below the type area, 20 mm from the edge of the paper
CLOSING = Words.plain("特此函达。")


class OfficialLetter(OneLetter):
    """The Chinese text of a letter, on the grid of official papers; ``both`` sets them in Chinese."""

    def __init__(self, letter: Letter, both: Bilingual) -> None:
        super().__init__(letter, _CHINESE, both)
        self.song = Typesetter(both.styles, both.languages, (fonts.SONG_BOLD,))
        self.width = both.width

    def bands(self) -> Iterator[Band]:
        """Yield head, title, salutation, text, enclosures, signature and date."""
        letter = self.letter
        yield self._head()
        yield from self._title()
        said = f"{self._said(letter.salutation).rstrip(SALUTATION_ENDS)}："
        lines = self.both.setter.block(said, _CHINESE, self.style, self.box)
        yield Band(lines, bottom(lines), keep=True)
        yield from map(self._para, letter.body)
        yield self._para(Para(CLOSING), keep=True)
        yield from self._annexes()
        yield self._end()

    def _head(self) -> Band:
        """Return the name of the office in red over a double rule, the number under it, and the rule at the foot of the page."""
        lines: list[Placed] = []
        shapes: list[Shape] = []
        left = (self.width - _RULE) / 2
        if self.letter.sender and (office := self._said(self.letter.sender[0])):
            style = Style(HEAD, HEAD, HEAD * 1.15, RED, drop=HEAD)
            lines = self._middle(self.song.fitted(office, _CHINESE, style, self.box._replace(top=_HEAD_TOP), rows=1))
            head, foot = bottom(lines) + _HEAD_GAP, self.both.sheet.frame_height + _FOOT
            upper = ((head, _THICK), (head + _THICK + _BETWEEN, _FINE))
            lower = ((foot, _FINE), (foot + _FINE + _BETWEEN, _THICK))
            shapes = [Stroke(left, y, _RULE, thick, RED) for y, thick in upper + lower]
        top = shapes[1].top + self.em * 0.5 if shapes else 0.0
        if self.letter.number is not None:
            number, place = self._said(self.letter.number), self.box._replace(top=top)
            placed = self.both.setter.block(number, _CHINESE, self.style, place)
            lines += [line.moved(dx=self.width - line.line.width) for line in placed]
        return Band(lines, self.both.up(bottom(lines, top)), strokes=shapes, keep=True, letter=_CHINESE)

    def _title(self) -> Iterator[Band]:
        said = self._said(self.letter.title) if self.letter.title is not None else ""
        if not said:
            return
        style, whole = self.both.styles.style("title"), said.replace("\n", "")
        said = whole if self.song.width(whole, _CHINESE, style) <= self.width else said
        lines = self.song.fitted(said, _CHINESE, style, self.box, rows=3)
        yield Band(
            self._middle(lines), self.both.up(bottom(lines)) + self.line, self.line, keep=True, outline=(whole, 0)
        )

    def _para(self, para: Para, *, keep: bool = False) -> Band:
        indent = 0.0 if para.mark else 2 * self.em
        lines = self.both.setter.para(para, _CHINESE, self.style, self.box, indent=indent)
        return Band(lines, bottom(lines), keep=keep, split=not keep)

    def _annexes(self) -> Iterator[Band]:
        """Yield 附件：1. … under an empty line, two characters from the margin; a long name goes on below its first character."""
        setter, several = self.both.setter, len(self.letter.enclosures) > 1
        for n, words in enumerate(self.letter.enclosures, 1):
            lead, number = "附件：" if n == 1 else "", f"{n}. " if several else ""
            numbered = 5 * self.em
            hang = numbered + setter.width(number, _CHINESE, self.style)
            lines = setter.block(lead, _CHINESE, self.style, Box(2 * self.em, 0.0, numbered))
            lines += setter.block(number, _CHINESE, self.style, Box(numbered, 0.0, hang))
            lines += setter.block(self._said(words), _CHINESE, self.style, Box(hang, 0.0, self.width - hang))
            yield Band(lines, bottom(lines), self.line if n == 1 else 0.0, keep=True)

    def _end(self) -> Band:
        """Return office over date, room for a seal above them; the date ends four characters before the edge."""
        office = next((self._said(words) for words in (*self.letter.seal, *self.letter.sender)), "")
        date = self.both.setter.words(self.letter.date, _CHINESE, self.style, self.box._replace(top=self.line))
        wide = max((line.line.width for line in date), default=0.0)
        middle = self.width - 4 * self.em - wide / 2
        signed = self.both.setter.block(office, _CHINESE, self.style, self.box, justify=False) if office else []
        lines = [line.moved(dx=min(middle - line.line.width / 2, self.width - line.line.width)) for line in signed]
        under = bottom(signed) - self.line if signed else 0.0
        lines += [line.moved(dx=middle - wide / 2, dy=max(0.0, under)) for line in date]
        return Band(lines, bottom(lines), 2 * self.line)

    def _middle(self, lines: list[Placed]) -> list[Placed]:
        return [line.moved(dx=(self.width - line.line.width) / 2) for line in lines]
