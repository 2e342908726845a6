"""Turns contents into bands: the one place that decides how running text looks in one language and in two.

Side by side, two languages stand in two columns and every paragraph is a pair. Stacked, and in tables, the second
language stands under the first. In one language labels move to the left, as in a form. Blocks with a shape of their own
have a module each, found in ``_OTHERS``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from ucapdesk.briefing.appended_pages import appended_bands, is_listed
from ucapdesk.briefing.bands import Band, Page
from ucapdesk.briefing.boards import Cards, Plan
from ucapdesk.briefing.card_layout import card_bands
from ucapdesk.briefing.chart import chart_bands
from ucapdesk.briefing.column_widths import INSET
from ucapdesk.briefing.content import (
    Block,
    Contents,
    Cover,
    Fact,
    Facts,
    Letter,
    Paper,
    Ruled,
    Section,
    Signatures,
    Table,
    Text,
    Timeline,
)
from ucapdesk.briefing.cover import cover_bands
from ucapdesk.briefing.figures import Chart, Network
from ucapdesk.briefing.languages import Bilingual
from ucapdesk.briefing.letter import letter_bands
from ucapdesk.briefing.network import network_bands
from ucapdesk.briefing.pictures import picture_bands, prepared, within
from ucapdesk.briefing.seating_layout import plan_bands
from ucapdesk.briefing.shapes import Stroke
from ucapdesk.briefing.signature_blocks import ruled_bands, signature_bands
from ucapdesk.briefing.styles import ACCENT, BAR, DENSITIES, HAIR, MM, RULE, SMALLEST, Sheet, Style, StyleSheet
from ucapdesk.briefing.table_layout import table_bands
from ucapdesk.briefing.text_elements import NO_WORDS, AppendedPages, Para, Picture, Shown, Words
from ucapdesk.briefing.timeline import timeline_bands
from ucapdesk.briefing.typeset import Box, Placed, bottom, smaller, torn

_OTHERS: dict[type, Callable[[Any, Bilingual], Iterable[Band]]] = {
    Table: table_bands,
    Picture: picture_bands,
    Cover: cover_bands,
    Timeline: timeline_bands,
    Chart: chart_bands,
    Network: network_bands,
    Ruled: ruled_bands,
    Signatures: signature_bands,
    Letter: letter_bands,
    Cards: card_bands,
    Plan: plan_bands,
    AppendedPages: appended_bands,
}
_SHORT = 8  # letters of a word that finds room beside its value
_WIDEST_LABEL = 1.6
_TALL = 0.2  # of a page: a label that is higher stands above its text, as one with a broken word does; a fact that is may part
_ROWS, _INDENT = 4, 12 * MM  # lines of the longest heading, and room for its number
_FEW = 0.3  # of a page: facts no higher do not end one before their table
_MUCH = 1.4  # times a page: a section that is longer cannot be set on one
OPENING = Cover | Letter | Cards  # blocks that need neither the paper's title nor a heading above them
APART = Table | Timeline | Chart | Ruled | Signatures | Plan  # blocks with a line of white above, or under their label


class Composer:
    """Turns the blocks of one paper into bands."""

    def __init__(
        self, paper: Paper, sheet: Sheet, styles: StyleSheet, headings: Mapping[str, Style] | None = None
    ) -> None:
        """``headings``: the styles of headings, where the rest is set smaller."""
        self.paper = paper
        self.styles = styles
        self.both = Bilingual(paper, sheet, styles)
        self.others = self.both  # for blocks of a shape of their own
        self.width = self.both.width
        self.setter = self.both.setter
        self.heading_styles = headings or self._heading_styles()

    def bands(self) -> Iterator[Band]:
        """Yield all bands of the paper in order."""
        first = self.paper.sections[0].blocks if self.paper.sections else ()
        above: list[Band] = []  # title and headings that stand over the next section
        if self.paper.titled and not (first and isinstance(first[0], OPENING)):
            above = [self.title()]
            yield above[0]
        under_heading = False
        for n, section in enumerate(self.paper.sections):
            for band in self._together(section, n, above) if section.together else self.section(section, n):
                if under_heading and band.outline is not None:
                    band.before = min(band.before, self.styles.half)
                under_heading = band.keep and band.outline is not None
                above = [*above, band] if under_heading else []
                yield band

    def _together(self, section: Section, n: int, above: Sequence[Band]) -> list[Band]:
        """Return the bands of a section that stays on one page, set a little smaller if only then a page can hold it."""
        above = () if section.new_page else above
        taken = sum(band.height for band in above) + sum(band.before for band in above[1:])
        room = self.both.height - taken
        first: list[Band] = []
        for density in DENSITIES:
            styles = StyleSheet.of(self.paper.page, density)
            composer = self if not first else type(self)(self.paper, self.both.sheet, styles, self.heading_styles)
            bands = list(composer.section(section, n))
            tall = sum(band.before + band.height for band in bands)
            if bands and not above:  # a page may begin with it
                tall -= bands[0].before
            if tall <= room:
                for band in bands[:-1]:
                    band.together = True
                return bands
            first = first or bands
            if tall > _MUCH * room:
                break
        return first

    # headings

    def title(self) -> Band:
        """Return the title of the paper in all languages, and its dates."""
        lines: list[Placed] = []
        box = Box(0.0, 0.0, self.width)
        for n, shown in enumerate(self.both.titles(self.paper.title)):
            style = self.styles.style("title second" if n else "title")
            lines += self.setter.fitted(shown.text, shown.language, style, box.below(lines))
        if (dates := self.paper.meta.dates) is not None:
            under, (style, second) = box._replace(top=bottom(lines) + self.styles.half), self.both.styles_of("label")
            beside = self.both.side_by_side(dates, under, style) if self.both.beside else []
            lines += beside or self.both.either(Para(dates), under, style, second)
        text = " ".join(self.both.texts(self.paper.title))
        return Band(lines, self.both.up(bottom(lines)), keep=True, outline=(text, 0))

    def section(self, section: Section, n: int) -> Iterator[Band]:
        """Yield a heading and what stands under it; what opens a paper bears its heading itself."""
        heading = self.heading(section.heading, section.number, section.level) if section.heading is not None else None
        above = [heading] if heading and not isinstance(next(iter(section.blocks), None), OPENING) else []
        for at, band in enumerate(chain(above, self._blocks(section, n))):
            if at == 0:
                band.new_page = band.new_page or section.new_page
                if heading is not None:
                    band.outline, band.anchor = heading.outline, n
            elif at == 1 and above:
                band.before = min(band.before, self.styles.gap)
            yield band

    def _blocks(self, section: Section, n: int) -> Iterator[Band]:
        """Yield what stands under a heading; few facts stay with the table after them."""
        first, second, *_ = *section.blocks, None, None
        before_table = isinstance(first, Facts) and isinstance(second, Table)
        for block in section.blocks:
            bands = self._contents(n, block.depth) if isinstance(block, Contents) else self.block(block)
            facts = list(bands) if before_table and block is first else []
            few = 0 < sum(band.height for band in facts) <= _FEW * self.both.height
            for band in facts or bands:
                band.together = band.together or few
                yield band

    def _heading_styles(self) -> Mapping[str, Style]:
        """Return the style of each level of headings, one size in the whole paper: headings wrap, and the longest has four lines."""
        found: dict[str, Style] = {}
        for role, is_main in (("section", True), ("subsection", False)):
            of_level = [each.heading for each in self.paper.sections if each.heading and (each.level == 1) == is_main]
            for second in (False, True):
                said = [(n, shown) for heading in of_level for n, shown in enumerate(self.both.titles(heading))]
                style = self.styles.style(name := f"{role} second" if second else role)
                texts = [shown for n, shown in said if bool(n) == second]
                least = 0.6 * style.size
                while style.size > max(least, SMALLEST) and any(self._is_crowded(each, style) for each in texts):
                    style = smaller(style)
                found[name] = style
        return found

    def _is_crowded(self, shown: Shown, style: Style) -> bool:
        """Return whether a heading takes too many lines, or has to be broken within a word."""
        box = Box(0.0, 0.0, self.width - _INDENT)
        placed = self.setter.block(shown.text, shown.language, style, box, justify=False)
        return len(placed) > _ROWS or any(line.line.torn for line in placed)

    def heading(self, heading: Words, number: str, level: int) -> Band:
        """Both languages on one line, or the second under the first."""
        bar = Stroke(0.0, 0.0, 10 * MM, BAR, ACCENT) if level == 1 else Stroke(0.0, 0.0, self.width, HAIR, RULE)
        role = "section" if level == 1 else "subsection"
        style = self.heading_styles[role]
        lines: list[Placed] = []
        indent, top = 0.0, self.styles.half
        if number:
            lines += self.setter.block(number, "en", style, Box(0.0, top, self.width))
            indent = self.setter.width(number, "en", style) + self.styles.half
        x = indent
        for n, shown in enumerate(self.both.titles(heading)):
            style = self.heading_styles[f"{role} second" if n else role]
            wide = self.setter.width(shown.text, shown.language, style)
            if n and x + wide > self.width:
                x, top = indent, bottom(lines)
            lines += self.setter.block(shown.text, shown.language, style, Box(x, top, self.width - x), justify=False)
            x += wide + self.styles.half * 1.5
        text = " ".join(([number] if number else []) + self.both.texts(heading))
        height = self.both.up(bottom(lines, top) + self.styles.half / 2)
        above = (2 if level == 1 else 1.25) * self.styles.line
        return Band(lines, height, above, [bar], keep=True, outline=(text, level))

    # contents

    def _contents(self, after: int, depth: int) -> Iterator[Band]:
        """Yield an entry for every later heading; its page is written in when all pages are known."""
        style, pad = self.styles.style("text"), self.styles.gap / 2
        wide = max((self.setter.width(each.number, "en", style) for each in self.paper.sections), default=0.0)
        numbers = max(10 * MM, wide + self.styles.half)
        later = enumerate(self.paper.sections[after + 1 :], after + 1)
        listed = [(n, each.number, each.heading) for n, each in later if each.heading and is_listed(each, depth)]
        for at, (n, number, heading) in enumerate(listed):
            lines = self.setter.block(number, "en", style, Box(0.0, pad, numbers)) if number else []
            for language, box in self.both.columns if self.both.beside else self.both.columns[:1]:
                indent = numbers if box.x == 0 else 0.0
                reach = min(box.x + box.width, self.width - 12 * MM)
                place = Box(box.x + indent, pad, reach - box.x - indent)
                if self.both.beside:
                    lines += self.setter.words(heading, language, style, place)
                else:
                    lines += self.both.either(Para(heading), place, style, self.styles.second("text"))
            height = self.both.up(bottom(lines) + pad)
            rule = Stroke(0.0, height, self.width, HAIR, RULE)
            yield Band(lines, height, self.styles.line if at == 0 else 0.0, [rule], points_to=n)

    def number_contents(self, pages: Sequence[Page]) -> None:
        """Write the pages of the headings into the contents."""
        printed = [(band, n) for n, page in enumerate(pages, 1) for _, band in page.bands]
        begins = {band.anchor: n for band, n in reversed(printed)}
        style, pad = self.styles.style("text"), self.styles.gap / 2
        for band in (band for band, _ in printed if band.points_to is not None):
            text = str(begins[band.points_to])
            wide = self.setter.width(text, "en", style)
            band.lines += self.setter.block(text, "en", style, Box(self.width - wide, pad, wide + 1))

    # blocks

    def block(self, block: Block) -> Iterator[Band]:
        """Yield the bands of any block."""
        if isinstance(block, Text):
            yield from self.text(block)
        elif isinstance(block, Facts):
            yield from self.facts(block)
        elif isinstance(block, APART):
            label = block.label if isinstance(block, Table | Plan) else None
            yield from self.others.under(label, _OTHERS[type(block)](block, self.others))
        elif not isinstance(block, Contents):
            yield from _OTHERS[type(block)](block, self.others)

    def text(self, block: Text) -> Iterator[Band]:
        """Paragraphs under or beside their label."""
        for band in self._pairs(block) if self.both.beside else self._form(block):
            band.keep, band.split = band.keep or block.keep, band.split and not block.keep
            yield band

    def _pairs(self, block: Text) -> Iterator[Band]:
        """Yield two columns; every paragraph is a band, so that both columns part at the same place."""
        before = self.styles.line
        if block.label is not None:
            yield self.both.label(block.label, beside=True)
            before = 0.0
        for above, para in zip((None, *block.paras), block.paras, strict=False):
            style = self.styles.style(para.role)
            lines = [line for lang, box in self.both.columns for line in self.setter.para(para, lang, style, box)]
            gap = before if above is None else self._space(above, para)
            yield Band(lines, self.both.up(bottom(lines)), gap, split=True, role="LI" if para.mark else "")

    def _space(self, above: Para, para: Para) -> float:
        """Return the space between two paragraphs: none below bold words, which what begins with its own does not belong to, and
        before lines of a list.
        """
        headed = above.role == "lead" and para.lead is None
        return 0.0 if headed or para.mark or para.close else self.styles.gap

    def _form(self, block: Text) -> Iterator[Band]:
        """Yield a form: one language, or two stacked; the label on the left, the text beside it, a rule above."""
        pad = self.styles.gap
        label: list[Placed] = []
        box = Box(0.0, 0.0, self.width)
        if block.label is not None:
            label = self._side_label(self.both, block.label)
            beyond = self._side_label(self.both.beyond, block.label) if self.both.beyond else []
            high = max(bottom(label), bottom(beyond)) > _TALL * self.both.height
            if high or torn([*label, *beyond]):  # as many bands on facing pages
                yield self.both.label(block.label)
                yield from self._form(Text(block.paras))
                return
            x = self.styles.label + self.styles.table_gutter
            box = Box(x, pad, self.width - x)
        reach = bottom(label)  # the label may be higher than the first paragraphs beside it
        bands: list[Band] = []
        paras = block.paras or (Para(NO_WORDS),)
        for above, para in zip((None, *paras), paras, strict=False):
            lines = self.both.both(para, box, self.styles.style(para.role), self.styles.style("second text"))
            height = self.both.up(bottom(lines))
            gap = self._space(above, para) if above is not None else 0.0
            reach -= height + gap
            bands.append(Band(lines, height, gap, keep=reach > 0, split=True, role="LI" if para.mark else ""))
            box = box._replace(top=0.0)
        if label:
            bands[0].lines = label + bands[0].lines
            bands[0].strokes = [Stroke(0.0, 0.0, self.width, HAIR, RULE)]
            bands[-1].height += self.both.up(max(reach, 0.0)) + pad
            bands[-1].keep = False
        else:
            bands[0].before = self.styles.line
        yield from bands

    def _side_label(self, both: Bilingual, label: Words) -> list[Placed]:
        style, second = self.styles.style("label"), self.styles.style("fact label second")
        return both.both(Para(label), Box(INSET, self.styles.gap, self.styles.label - INSET), style, second)

    def facts(self, block: Facts) -> Iterator[Band]:
        """Labels and values; beside a picture they are one band, so that nothing parts them from it."""
        picture = prepared(block.picture and within(block.picture, self.both, share=0.5))
        label = self._label_width(block, self.styles.fact_label if self.both.beside else self.styles.label)
        if picture is None:
            for n, fact in enumerate(block.facts):
                band = self._beside(fact, label) if self.both.beside else self._stacked(fact, self.width, label)
                band.before = self.styles.line if n == 0 else 0.0
                band.split = band.height > _TALL * self.both.height
                yield band
            return
        room = self.width - picture.width - self.styles.gutter
        lines: list[Placed] = []
        top = 0.0
        for fact in block.facts:
            band = self._stacked(fact, room, label)
            lines += [line.moved(dy=top) for line in band.lines]
            top += band.height
        image = picture.at(self.width - picture.width, 0.0)
        yield Band(lines, self.both.up(max(top, picture.height)), self.styles.line, strokes=[image])

    def _label_width(self, block: Facts, least: float) -> float:
        """Wide enough for the longest word of all labels, as far as the values leave room."""
        style = self.styles.style("fact label")
        words = {
            (word, said.language)
            for fact in block.facts
            for said in self.both.said(fact.label)
            for word in said.text.split()
            if len(word) > _SHORT and said.language != "zh"
        }
        widest = max((self.setter.width(word, language, style) for word, language in words), default=0.0)
        return min(max(least, widest + 0.5), _WIDEST_LABEL * least)

    def _beside(self, fact: Fact, label: float) -> Band:
        """Label and value in each of two columns."""
        lines: list[Placed] = []
        for language, box in self.both.columns:
            lines += self.setter.words(fact.label, language, self.styles.style("fact label"), box._replace(width=label))
            x = label + self.styles.table_gutter
            lines += self.both.stacked(fact.value, Box(box.x + x, 0.0, box.width - x), language)
        return Band(lines, self.both.up(bottom(lines)))

    def _stacked(self, fact: Fact, width: float, label: float) -> Band:
        """Return the label at the left, the value beside it, each in all languages."""
        lines = self.both.both(Para(fact.label), Box(0.0, 0.0, label), *self.both.styles_of("fact label"))
        x = label + self.styles.table_gutter
        lines += self.both.stacked(fact.value, Box(x, 0.0, width - x))
        return Band(lines, self.both.up(bottom(lines)))
