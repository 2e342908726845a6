"""Papers as Chinese offices set them (GB/T 9704): 22 lines of 28 characters, headings 一、（一）, two characters of indent,
the text in 仿宋, headings in 黑体, the title in heavy 宋体.

For minutes, reports and letters. Tables, lists to sign and the like keep their own shape, in 12 points and the same faces.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ucapdesk.briefing import fonts
from ucapdesk.briefing.bands import Band
from ucapdesk.briefing.composer import Composer
from ucapdesk.briefing.content import Block, Facts, Letter, Paper, Text
from ucapdesk.briefing.languages import Bilingual
from ucapdesk.briefing.official_letter import OfficialLetter
from ucapdesk.briefing.styles import Sheet, Style, StyleSheet
from ucapdesk.briefing.text_elements import Para, Shown, Words
from ucapdesk.briefing.typeset import Box, Typesetter, bottom

_SMALL = 12 / 9.5  # the scale of everything but running text
_DIGITS = "〇一二三四五六七八九"


class Official(Composer):
    """Composes one language of an official paper."""

    def __init__(
        self, paper: Paper, sheet: Sheet, styles: StyleSheet, headings: Mapping[str, Style] | None = None
    ) -> None:
        super().__init__(paper, sheet, styles, headings)
        self.others = Bilingual(paper, sheet, StyleSheet(_SMALL, serif=True))
        self.language = paper.languages[0]
        self.space = 0.0  # above the next line: something with a shape of its own stands there
        self.em = styles.style("text").for_language(self.language)

    def title(self) -> Band:
        """Return the title, centred, with an empty line above and below it."""
        text, language, _ = self.paper.title.shown(self.language, self.setter.languages) or Shown("", self.language)
        top = self.styles.line
        setter = Typesetter(self.styles, self.setter.languages, (fonts.SONG_BOLD,))
        lines = setter.fitted(text, language, self.styles.style("title"), Box(0.0, top, self.width), rows=3)
        dates = self.paper.meta.dates
        if dates is not None and not dates.empty:
            box = Box(0.0, bottom(lines, top), self.width)
            lines += self.setter.words(dates, self.language, self.styles.style("text"), box)
        middle = [line.moved(dx=(self.width - line.line.width) / 2) for line in lines]
        height = self.both.up(bottom(middle, top) + self.styles.line)
        return Band(middle, height, keep=True, outline=(text, 0))

    def heading(self, heading: Words, number: str, level: int) -> Band:
        """Return a heading such as 一、会谈情况 and （二）下一步."""
        shown = heading.shown(self.language, self.setter.languages) or Shown("", self.language)
        text = number_before(number, level, self.language) + shown.text
        style, box = self.styles.style("section"), Box(0.0, 0.0, self.width)
        lines = self.setter.para(Para(Words({shown.language: text})), shown.language, style, box, indent=2 * self.em)
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
        lines = self.setter.para(para, self.language, style, Box(0.0, 0.0, self.width), indent=2 * self.em)
        return Band(lines, bottom(lines), self._above(), split=True, keep=keep)


def _marked(para: Para) -> Words:
    """Return a paragraph that begins with its mark."""
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
