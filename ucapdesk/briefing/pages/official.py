"""Lays out papers as Chinese offices set them (GB/T 9704): 22 lines of 28 characters, headings 一、（一）, two characters of indent.

The text is in 仿宋, headings in 黑体, the title in heavy 宋体. For minutes, reports and letters; a letter (函) has a red head and rules,
number and title, signature and date on the right. Tables, lists to sign and the like keep their own shape, in 12 points and the
same faces.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ucapdesk.briefing.blocks.block_layout import BlockLayout
from ucapdesk.briefing.blocks.content import Block, Facts, Letter, Paper, Text
from ucapdesk.briefing.blocks.elements import Para, Shown, Words
from ucapdesk.briefing.blocks.language_layout import LanguageLayout
from ucapdesk.briefing.blocks.letters import SALUTATION_ENDS, OneLetter
from ucapdesk.briefing.pages.bands import Band, Shape, Stroke
from ucapdesk.briefing.text import fonts
from ucapdesk.briefing.text.paragraphs import Box, ParagraphLayout, Placed, bottom
from ucapdesk.briefing.text.styles import MM, RED, Sheet, Style, StyleSheet

_CHINESE = "zh"
HEAD = 36  # points of the name of the office
_HEAD_TOP, _HEAD_GAP = -7 * MM, 4 * MM  # 30 mm from the edge of the paper; from the name to the rule
_RULE, _THICK, _FINE, _BETWEEN = 170 * MM, 2.0, 0.6, 1.6
_FOOT = 15 * MM  # below the type area, 20 mm from the edge of the paper
OFFICIAL_CLOSING = Words.plain("特此函达。")


class OfficialLetter(OneLetter):
    """The Chinese text of a letter, on the grid of official papers; ``both`` sets them in Chinese."""

    def __init__(self, letter: Letter, both: LanguageLayout) -> None:
        super().__init__(letter, _CHINESE, both)
        self.song = ParagraphLayout(both.styles, both.languages, (fonts.SONG_BOLD,))
        self.width = both.width

    def bands(self) -> Iterator[Band]:
        letter = self.letter
        yield self._head()
        yield from self._title()
        said = f"{self._said(letter.salutation).rstrip(SALUTATION_ENDS)}："
        lines = self.both.paragraphs.block(said, _CHINESE, self.style, self.box)
        yield Band(lines, bottom(lines), keep=True)
        yield from map(self._para, letter.body)
        yield self._para(Para(OFFICIAL_CLOSING), keep=True)
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
            placed = self.both.paragraphs.block(number, _CHINESE, self.style, place)
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
        lines = self.both.paragraphs.para(para, _CHINESE, self.style, self.box, indent=indent)
        return Band(lines, bottom(lines), keep=keep, split=not keep)

    def _annexes(self) -> Iterator[Band]:
        """Yield 附件：1. … under an empty line, two characters from the margin; a long name goes on below its first character."""
        paragraphs, several = self.both.paragraphs, len(self.letter.enclosures) > 1
        for n, words in enumerate(self.letter.enclosures, 1):
            lead, number = "附件：" if n == 1 else "", f"{n}. " if several else ""
            numbered = 5 * self.em
            hang = numbered + paragraphs.width(number, _CHINESE, self.style)
            lines = paragraphs.block(lead, _CHINESE, self.style, Box(2 * self.em, 0.0, numbered))
            lines += paragraphs.block(number, _CHINESE, self.style, Box(numbered, 0.0, hang))
            lines += paragraphs.block(self._said(words), _CHINESE, self.style, Box(hang, 0.0, self.width - hang))
            yield Band(lines, bottom(lines), self.line if n == 1 else 0.0, keep=True)

    def _end(self) -> Band:
        """Return office over date, room for a seal above them; the date ends four characters before the edge."""
        office = next((self._said(words) for words in (*self.letter.seal, *self.letter.sender)), "")
        date = self.both.paragraphs.words(self.letter.date, _CHINESE, self.style, self.box._replace(top=self.line))
        wide = max((line.line.width for line in date), default=0.0)
        middle = self.width - 4 * self.em - wide / 2
        signed = self.both.paragraphs.block(office, _CHINESE, self.style, self.box, justify=False) if office else []
        lines = [line.moved(dx=min(middle - line.line.width / 2, self.width - line.line.width)) for line in signed]
        under = bottom(signed) - self.line if signed else 0.0
        lines += [line.moved(dx=middle - wide / 2, dy=max(0.0, under)) for line in date]
        return Band(lines, bottom(lines), 2 * self.line)

    def _middle(self, lines: list[Placed]) -> list[Placed]:
        return [line.moved(dx=(self.width - line.line.width) / 2) for line in lines]


_SMALL = 12 / 9.5  # the scale of everything but running text
_DIGITS = "〇一二三四五六七八九"


class Official(BlockLayout):
    """Lays out one language of an official paper."""

    def __init__(
        self, paper: Paper, sheet: Sheet, styles: StyleSheet, headings: Mapping[str, Style] | None = None
    ) -> None:
        super().__init__(paper, sheet, styles, headings)
        self.others = LanguageLayout(paper, sheet, StyleSheet(_SMALL, serif=True))
        self.language = paper.languages[0]
        self.space = 0.0  # above the next line: something with a shape of its own stands there
        self.em = styles.style("text").for_language(self.language)

    def title(self) -> Band:
        text, language, _ = self.paper.title.shown(self.language, self.paragraphs.languages) or Shown("", self.language)
        top = self.styles.line
        paragraphs = ParagraphLayout(self.styles, self.paragraphs.languages, (fonts.SONG_BOLD,))
        lines = paragraphs.fitted(text, language, self.styles.style("title"), Box(0.0, top, self.width), rows=3)
        dates = self.paper.meta.dates
        if dates is not None and not dates.empty:
            box = Box(0.0, bottom(lines, top), self.width)
            lines += self.paragraphs.words(dates, self.language, self.styles.style("text"), box)
        middle = [line.moved(dx=(self.width - line.line.width) / 2) for line in lines]
        height = self.both.up(bottom(middle, top) + self.styles.line)
        return Band(middle, height, keep=True, outline=(text, 0))

    def heading(self, heading: Words, number: str, level: int) -> Band:
        shown = heading.shown(self.language, self.paragraphs.languages) or Shown("", self.language)
        text = number_before(number, level, self.language) + shown.text
        style, box = self.styles.style("section"), Box(0.0, 0.0, self.width)
        lines = self.paragraphs.para(
            Para(Words({shown.language: text})), shown.language, style, box, indent=2 * self.em
        )
        return Band(lines, bottom(lines), self._above(), keep=True, outline=(text, level))

    def block(self, block: Block) -> Iterator[Band]:
        """Tables and the like keep their distance from the text under them."""
        if isinstance(block, Letter) and self.language == "zh":
            yield from OfficialLetter(block, self.both).bands()
            return
        yield from super().block(block)
        self.space = 0.0 if isinstance(block, Text | Facts) else self.styles.half

    def _above(self) -> float:
        space, self.space = self.space, 0.0
        return space

    def text(self, block: Text) -> Iterator[Band]:
        """Paragraphs without space between them; a label is words in bold."""
        if block.label is not None:
            yield self._para(Para(block.label, "lead"), keep=True)
        yield from (self._para(para) for para in block.paras)

    def facts(self, block: Facts) -> Iterator[Band]:
        """Yield facts such as "时间：2026年6月11日", the label in bold; further paragraphs of a label go on below."""
        for fact in block.facts:
            for n, para in enumerate(fact.value):
                yield self._para(Para(para.words, para.role, para.mark, fact.label) if n == 0 else para)

    def _para(self, para: Para, *, keep: bool = False) -> Band:
        style = self.styles.style(para.role)
        if para.mark:  # 1. stands in the line, as every number there
            para = Para(_marked(para), para.role, lead=para.lead)
        lines = self.paragraphs.para(para, self.language, style, Box(0.0, 0.0, self.width), indent=2 * self.em)
        return Band(lines, bottom(lines), self._above(), split=True, keep=keep)


def _marked(para: Para) -> Words:
    mark = para.mark if para.mark.endswith((".", "、", "）")) else f"{para.mark}\u00a0"
    return replace(para.words, text={lang: said and f"{mark}{said}" for lang, said in para.words.text.items()})


def number_before(number: str, level: int, language: str) -> str:
    """Return a number before a heading: ``3`` is 三、 and ``3.2`` is （二）."""
    if not number:
        return ""
    last = number.rstrip(".").rpartition(".")[2]
    if language != "zh" or not (last.isascii() and last.isdigit() and 0 < int(last) < 100):
        return f"{number}\u00a0 "
    return f"{_chinese(int(last))}、" if level == 1 else f"（{_chinese(int(last))}）"


def _chinese(n: int) -> str:
    tens, ones = divmod(n, 10)
    if not tens:
        return _DIGITS[n]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
