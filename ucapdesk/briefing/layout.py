"""From contents to bands: the one place that decides how a block looks in one language and in two.

Side by side, two languages stand in two columns and every paragraph is a pair. Stacked, and in tables, the second
language stands under the first. In one language labels move to the left, as in a form.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import assert_never

from ucapdesk.base.i18n import tr
from ucapdesk.briefing.bands import Band, Page, Stroke, paginate
from ucapdesk.briefing.content import (
    STACKED,
    Block,
    Facts,
    PageBreak,
    Paper,
    Para,
    Section,
    Table,
    Text,
    Words,
)
from ucapdesk.briefing.styles import ACCENT, BAR, HAIR, MM, RULE, SCALES, TINT, Sheet, Style, StyleSheet
from ucapdesk.briefing.typeset import Placed, Typesetter, bottom

_SECOND = {"text": "second", "lead": "second", "note": "second", "warning": "second"}


def lay_out(paper: Paper, sheet: Sheet, step: Callable[[], None] = lambda: None) -> tuple[list[Page], StyleSheet]:
    """The pages of a paper, set smaller in steps where that brings it down to the pages it should fit.

    Args:
        paper: The contents.
        sheet: The page.
        step: Called after every block, to show progress or to stop.
    """
    first: tuple[list[Page], StyleSheet] | None = None
    for scale in SCALES if paper.fit else SCALES[:1]:
        styles = StyleSheet(scale)
        composer = Composer(paper, sheet, styles)
        bands = []
        for band in composer.bands():
            bands.append(band)
            step()
        pages = paginate(bands, math.floor(sheet.frame_height / styles.half + 0.01) * styles.half)
        first = first or (pages, styles)
        if paper.fit is None or len(pages) <= paper.fit:
            return pages, styles
    assert first is not None
    return first


class Composer:
    """Turns the blocks of one paper into bands."""

    def __init__(self, paper: Paper, sheet: Sheet, styles: StyleSheet) -> None:
        self.paper = paper
        self.styles = styles
        self.width = sheet.frame_width
        self.languages = paper.languages
        self.setter = Typesetter(styles, paper.languages)
        self.beside = len(paper.languages) > 1 and paper.layout != STACKED
        self.columns = self._columns(0.0, self.width)

    def bands(self) -> Iterator[Band]:
        """All bands of the paper in order."""
        yield self._title()
        for section in self.paper.sections:
            yield from self._section(section)

    def _columns(self, x: float, width: float) -> list[tuple[str, float, float]]:
        """Language, x and width of each column of running text."""
        if not self.beside:
            return [(language, x, width) for language in self.languages]
        first, second = self.styles.pair(width, self.languages)
        return [(self.languages[0], x, first), (self.languages[1], x + first + self.styles.gutter, second)]

    def _up(self, height: float) -> float:
        """Rounded up to the next half line."""
        return math.ceil(height / self.styles.half - 0.01) * self.styles.half

    # headings

    def _title(self) -> Band:
        lines: list[Placed] = []
        top = 0.0
        for n, language in enumerate(self.languages):
            shown = self.paper.title.shown(language, self.languages)
            if shown is None or (n and shown.stands_in):
                continue
            style = self.styles.style("title second" if n else "title")
            lines += self.setter.fitted(shown.text, shown.language, style, 0.0, top, self.width)
            top = bottom(lines)
        if self.paper.meta.dates is not None:
            top += self.styles.half
            for language, x, width in self.columns if self.beside else self.columns[:1]:
                style = self.styles.style("label")
                lines += self.setter.words(self.paper.meta.dates, language, style, x, top, width)
        text = " ".join(self._texts(self.paper.title))
        return Band(lines, self._up(bottom(lines)) + self.styles.half, keep=True, outline=(text, 0))

    def _texts(self, words: Words) -> list[str]:
        shown = (words.shown(language, self.languages) for language in self.languages)
        return list(dict.fromkeys(s.text for s in shown if s is not None))

    def _section(self, section: Section) -> Iterator[Band]:
        new_page = section.new_page
        if section.heading is not None:
            heading = self._heading(section.heading, section.number)
            heading.new_page = new_page
            yield heading
            new_page = False
        for block in section.blocks:
            for band in self._block(block):
                if new_page:
                    band.new_page = True
                    new_page = False
                yield band
            new_page = new_page or isinstance(block, PageBreak)

    def _heading(self, heading: Words, number: str) -> Band:
        top = self.styles.half
        bar = Stroke(0.0, 0.0, 10 * MM, BAR * self.styles.scale, ACCENT)
        style = self.styles.style("section")
        lines: list[Placed] = []
        indent = 0.0
        if number:
            lines += self.setter.block(number, "en", style, 0.0, top, self.width)
            indent = self.setter.width(number, "en", style) + self.styles.half
        x = indent
        for n, language in enumerate(self.languages):
            shown = heading.shown(language, self.languages)
            if shown is None or (n and shown.stands_in):
                continue
            style = self.styles.style("section second" if n else "section")
            wide = self.setter.width(shown.text, shown.language, style)
            if n and x + wide > self.width:
                x, top = indent, bottom(lines)
            lines += self.setter.fitted(shown.text, shown.language, style, x, top, self.width - x)
            x += wide + self.styles.half * 1.5
        text = " ".join(([number] if number else []) + self._texts(heading))
        height = self._up(bottom(lines, top) + self.styles.half / 2)
        return Band(lines, height, 2 * self.styles.line, [bar], keep=True, outline=(text, 1))

    def _label(self, label: Words, before: float) -> Band:
        style = self.styles.style("label")
        lines: list[Placed] = []
        if self.beside or len(self.languages) == 1:
            for language, x, width in self.columns:
                lines += self.setter.words(label, language, style, x, 0.0, width)
        else:
            lines = self._both(Para(label), 0.0, 0.0, self.width, "label", "fact label second")
        return Band(lines, self._up(bottom(lines)), before, keep=True)

    # blocks

    def _block(self, block: Block) -> Iterator[Band]:
        if isinstance(block, PageBreak):
            return
        if isinstance(block, Text):
            yield from self._text(block)
        elif isinstance(block, Facts):
            yield from self._facts(block)
        elif isinstance(block, Table):
            yield from self._table(block)
        else:
            assert_never(block)

    def _text(self, block: Text) -> Iterator[Band]:
        before = self.styles.line
        if not self.beside:
            yield self._form(block)
            return
        if block.label is not None:
            yield self._label(block.label, before)
            before = 0.0
        for n, para in enumerate(block.paras):
            lines: list[Placed] = []
            for language, x, width in self.columns:
                lines += self.setter.para(para, language, self.styles.style(para.role), x, 0.0, width)
            gap = before if n == 0 else self._space(block.paras[n - 1], para)
            yield Band(lines, self._up(bottom(lines)), gap, split=True)

    def _space(self, above: Para, para: Para) -> float:
        """Between two paragraphs: none after a bold one, none within a list of short items."""
        return 0.0 if above.role == "lead" or (para.mark and above.mark) else self.styles.half

    def _form(self, block: Text) -> Band:
        """One language, or two stacked: the label at the left, the text beside it, a rule above."""
        lines: list[Placed] = []
        top = self.styles.half
        x = self.styles.label + self.styles.table_gutter if block.label is not None else 0.0
        if block.label is not None:
            lines += self._both(Para(block.label), 0.0, top, self.styles.label, "label", "fact label second")
        above: Para | None = None
        for para in block.paras:
            if above is not None:
                top += self._space(above, para)
            placed = self._both(para, x, top, self.width - x, para.role, "second text")
            lines += placed
            top = bottom(placed, top)
            above = para
        rule = [Stroke(0.0, 0.0, self.width, HAIR, RULE)] if block.label is not None else []
        height = self._up(bottom(lines) + self.styles.half)
        return Band(lines, height, 0.0, rule, split=True)

    def _both(
        self, para: Para, x: float, top: float, width: float, role: str, second: str | None = None
    ) -> list[Placed]:
        """A paragraph in all languages of the paper, one under the other; what is the same stands once."""
        lines: list[Placed] = []
        said: list[str] = []
        for n, language in enumerate(self.languages):
            shown = para.words.shown(language, self.languages)
            text = shown.text if shown else ""
            if n and (shown is None or text in said):
                if shown is not None and shown.stands_in:
                    lines += self._lacking(language, x, bottom(lines, top), width)
                continue
            said.append(text)
            style = self.styles.style((second or _SECOND.get(role, role)) if n else role)
            lines += self.setter.para(para, language, style, x, bottom(lines, top), width)
        return lines

    def _lacking(self, language: str, x: float, top: float, width: float) -> list[Placed]:
        """Under a text that the second language lacks: say so, rather than print the text twice."""
        text = tr("paper", "[not yet translated]", language)
        return self.setter.block(text, language, self.styles.style("second"), x, top, width)

    def _facts(self, block: Facts) -> Iterator[Band]:
        for n, fact in enumerate(block.facts):
            lines: list[Placed] = []
            for language, x, width in self.columns if self.beside else self.columns[:1]:
                label = self.styles.fact_label if self.beside else self.styles.label
                lines += self.setter.words(fact.label, language, self.styles.style("fact label"), x, 0.0, label)
                x, width = x + label + self.styles.table_gutter, width - label - self.styles.table_gutter
                top = 0.0
                for para in fact.value:
                    if self.beside:
                        placed = self.setter.para(para, language, self.styles.style(para.role), x, top, width)
                    else:
                        placed = self._both(para, x, top, width, para.role)
                    lines += placed
                    top = bottom(placed, top)
            yield Band(lines, self._up(bottom(lines)), self.styles.line if n == 0 else 0.0)

    # tables

    def _table(self, table: Table) -> Iterator[Band]:
        before = self.styles.line
        if table.label is not None:
            yield self._label(table.label, before)
            before = self.styles.half
        places = self._places(table)
        head = self._head(table, places)
        if head is not None:
            head.before = before
            yield head
            before = 0.0
        for row in table.rows:
            band = self._row(table, row, places)
            band.head = replace(head, keep=False, before=0.0) if head is not None else None
            band.before = before
            before = 0.0
            yield band

    def _places(self, table: Table) -> list[list[tuple[str | None, float, float]]]:
        """For each column its places: language (None: all of them), x and width."""
        gutter = self.styles.table_gutter
        doubled = len(self.languages) > 1
        count = sum(2 if column.split and doubled else 1 for column in table.columns)
        unit = (self.width - gutter * (count - 1)) / sum(column.share for column in table.columns)
        x = 0.0
        places: list[list[tuple[str | None, float, float]]] = []
        for column in table.columns:
            width = column.share * unit
            if column.split and doubled:
                share = 0.47 if self.languages[0] == "zh" else 0.53
                first = width * share
                places.append([(self.languages[0], x, first), (self.languages[1], x + first + gutter, width - first)])
                x += width + 2 * gutter
            else:
                places.append([(None, x, width)])
                x += width + gutter
        return places

    def _head(self, table: Table, places: Sequence[Sequence[tuple[str | None, float, float]]]) -> Band | None:
        lines: list[Placed] = []
        top = self.styles.half / 2
        for column, spots in zip(table.columns, places, strict=True):
            if column.head.empty:
                continue
            for language, x, width in spots:
                if language is not None:
                    lines += self.setter.words(column.head, language, self.styles.style("table head"), x, top, width)
                else:
                    lines += self._head_cell(column.head, x, top, width)
        if not lines:
            return None
        height = self._up(bottom(lines) + self.styles.half / 2)
        slack = (height - bottom(lines) - self.styles.half / 2) / 2
        tint = Stroke(0.0, 0.0, self.width, height, TINT)
        return Band([line.moved(dy=slack) for line in lines], height, strokes=[tint], keep=True)

    def _head_cell(self, head: Words, x: float, top: float, width: float) -> list[Placed]:
        """A head in both languages, on one line where it fits."""
        texts = self._texts(head)
        style, second = self.styles.style("table head"), self.styles.style("table head second")
        if len(texts) == 2:
            first = self.setter.width(texts[0], self.languages[0], style) + self.styles.half * 0.75
            if first + self.setter.width(texts[1], self.languages[1], second) <= width:
                return self.setter.words(head, self.languages[0], style, x, top, width) + self.setter.words(
                    head, self.languages[1], second, x + first, top, width - first
                )
        return self._both(Para(head), x, top, width, "table head", "table head second")

    def _row(
        self,
        table: Table,
        row: Sequence[Sequence[Para]],
        places: Sequence[Sequence[tuple[str | None, float, float]]],
    ) -> Band:
        lines: list[Placed] = []
        pad = self.styles.half / 2
        for column, cell, spots in zip(table.columns, row, places, strict=True):
            for language, x, width in spots:
                top = pad
                for para in cell:
                    if language is not None:
                        placed = self.setter.para(para, language, self._role(para), x, top, width)
                    elif column.label:
                        placed = self._both(para, x, top, width, "fact label", "fact label second")
                    else:
                        placed = self._both(para, x, top, width, para.role)
                    lines += placed
                    top = bottom(placed, top)
        height = self._up(bottom(lines, self.styles.line) + pad)
        return Band(lines, height, strokes=[Stroke(0.0, height, self.width, HAIR, RULE)])

    def _role(self, para: Para) -> Style:
        return self.styles.style(para.role)
