"""Sets two languages in one place: in two columns, one under the other, or both on one line.

``LanguageLayout`` is what the layouts of all blocks draw on; it knows the paper's languages and nothing of its blocks.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ucapdesk.base.i18n import tr
from ucapdesk.briefing.blocks.content import SIDE_BY_SIDE, Paper
from ucapdesk.briefing.blocks.elements import Para, Shown, Words, language_tag
from ucapdesk.briefing.pages.bands import Band
from ucapdesk.briefing.text.paragraphs import Box, ParagraphLayout, Placed, bottom, in_steps
from ucapdesk.briefing.text.styles import Sheet, Style, StyleSheet

_MOST = 0.1  # of a page that a label may take
_NARROWEST = 15  # em of a column of running text; in narrower ones the languages stand under each other


def in_each(para: Para, languages: Sequence[str], sources: Sequence[str]) -> Iterator[tuple[str, Para]]:
    """Yield a paragraph for each language, one below the other: a text that is the same in both once, and in place of one that
    stands there already, that it is not yet translated.
    """
    said: list[tuple[str, str]] = []
    for language in languages:
        shown = para.words.shown(language, sources)
        text = (para.lead.said(language, sources) if para.lead else "", shown.text if shown else "")
        if said and shown is not None and shown.stands_in and text[1] in (each for _, each in said):
            yield language, replace(para, words=Words.plain(tr("paper", "[not yet translated]", language)))
        elif not said or (shown is not None and text not in said):
            yield language, para
        said.append(text)


class LanguageLayout:
    """Sets texts of one paper in all its languages.

    Attributes:
        paper: What is set.
        sheet: On what.
        width: Of the type area.
        height: Of the type area, in whole steps of the grid.
        beside: Whether running text stands in two columns.
        columns: Language and place of each column of running text.
        beyond: What sets the other of two languages on facing pages.
        side: 1 for the right one of them.
    """

    beyond: LanguageLayout | None = None
    side = 0

    def __init__(self, paper: Paper, sheet: Sheet, styles: StyleSheet) -> None:
        self.paper = paper
        self.sheet = sheet
        self.languages = paper.languages
        self.styles = styles
        self.width = sheet.frame_width
        self.height = math.floor(sheet.frame_height / styles.half + 0.01) * styles.half
        self.paragraphs = ParagraphLayout(styles, paper.sources or paper.languages)
        whole = Box(0.0, 0.0, self.width)
        wide_enough = min(styles.pair(self.width, self.languages)) >= _NARROWEST * styles.style("text").size
        self.beside = len(paper.languages) > 1 and paper.layout == SIDE_BY_SIDE and wide_enough
        self.columns = self.parted(whole) if self.beside else [(language, whole) for language in self.languages]

    def parted(self, box: Box) -> list[tuple[str, Box]]:
        first, second = self.styles.pair(box.width, self.languages)
        places = box._replace(width=first), Box(box.x + first + self.styles.gutter, box.top, second)
        return list(zip(self.languages, places, strict=True))

    def side_by_side(self, words: Words, box: Box, style: Style) -> list[Placed]:
        return [
            line
            for language, place in self.parted(box)
            for line in self.paragraphs.words(words, language, style, place)
        ]

    def up(self, height: float) -> float:
        return math.ceil(height / self.styles.gap - 0.01) * self.styles.gap

    def texts(self, words: Words) -> list[str]:
        return [said.text for said in self.said(words)]

    def said(self, words: Words) -> list[Shown]:
        return words.shown_in(self.languages, self.paragraphs.languages)

    def titles(self, words: Words) -> list[Shown]:
        """Return the texts of a title: each language once, without those that stand in for a missing translation."""
        return [shown for n, shown in enumerate(self.said(words)) if n == 0 or not shown.stands_in]

    def styles_of(self, role: str) -> tuple[Style, Style]:
        return self.styles.style(role), self.styles.second(role)

    def label(self, label: Words, *, beside: bool = False) -> Band:
        """Set the label of a group: over both columns, or in both languages on one line."""
        style = self.styles.style("label")
        box = Box(0.0, 0.0, self.width)
        lines = (
            self.side_by_side(label, box, style) if beside else self.sized(Para(label), box, "label", "label second")
        )
        return Band(lines, self.up(bottom(lines)), self.styles.line, keep=True)

    def under(self, label: Words | None, bands: Iterable[Band]) -> Iterator[Band]:
        before = self.styles.line
        if label is not None:
            yield self.label(label)
            before = self.styles.half / 2
        for n, band in enumerate(bands):
            band.before = before if n == 0 else band.before
            yield band

    def both(self, para: Para, box: Box, style: Style, second: Style) -> list[Placed]:
        """Set a paragraph in all languages, stacked; a text that is the same in both is set once."""
        lines: list[Placed] = []
        for n, (language, told) in enumerate(in_each(para, self.languages, self.paragraphs.languages)):
            lines += self.paragraphs.para(told, language, second if n else style, box.below(lines))
        return lines

    def stacked(self, paras: Iterable[Para], box: Box, language: str | None = None) -> list[Placed]:
        lines: list[Placed] = []
        for para in paras:
            style, second = self.styles_of(para.role)
            at = box.below(lines)
            lines += self.paragraphs.para(para, language, style, at) if language else self.both(para, at, style, second)
        return lines

    def either(self, para: Para, box: Box, style: Style, second: Style) -> list[Placed]:
        return self.inline(para, box, style, second) or self.both(para, box, style, second)

    def sized(self, para: Para, box: Box, role: str, second: str) -> list[Placed]:
        """Return a label in both languages on one line, or the second under it in a style of its own; in steps smaller where it
        would take much of a page, as a title of five hundred letters does.
        """

        def make(style: Style, other: Style) -> list[Placed]:
            return self.inline(para, box, style, other if self.styles.large else style) or self.both(
                para, box, style, other
            )

        return in_steps(make, self.styles.style(role), self.styles.style(second), _MOST * self.height, box.top)

    def inline(self, para: Para, box: Box, style: Style, second: Style) -> list[Placed] | None:
        """Set a short text in both languages on one line; None where it does not fit or nothing would be gained."""
        if len(self.languages) != 2 or para.mark or para.lead is not None:
            return None
        first, other = (para.words.shown(language, self.paragraphs.languages) for language in self.languages)
        if first is None or other is None or first.text == other.text:
            single = self.both(para, box, style, second)
            return single if len(single) == 1 else None
        if "\n" in first.text + other.text:
            return None
        wide = self._width(first, self.languages[0], style) + self.styles.half
        if wide + self._width(other, self.languages[1], second) > box.width - 0.1:
            return None
        lines = self.paragraphs.words(para.words, self.languages[0], style, box)
        rest = Box(box.x + wide, box.top + style.drop - second.drop, box.width - wide)
        return lines + self.paragraphs.words(para.words, self.languages[1], second, rest)

    def _width(self, shown: Shown, reader: str, style: Style) -> float:
        tag = language_tag(shown.language, reader) if shown.stands_in else ""
        return self.paragraphs.width(tag + shown.text, shown.language, style)
