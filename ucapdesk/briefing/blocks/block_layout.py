"""Lays out the blocks of a paper: the one place that decides how running text looks in one language and in two.

Side by side, two languages stand in two columns and every paragraph is a pair. Stacked, and in tables, the second
language stands under the first. In one language labels move to the left, as in a form. Timelines, lines to write on, places to sign,
charts and networks are laid out here; tables, pictures, cards, seating plans and letters have a module each, found in ``_OTHERS``.
The bars of a chart differ by their fill (solid, hatched, open, dotted outline) and events of a timeline by the shape of their mark, so
that every printer tells them apart.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, zip_longest
from typing import Any

from ucapdesk.base.i18n import Message
from ucapdesk.briefing.blocks.card_layout import card_bands
from ucapdesk.briefing.blocks.content import (
    Block,
    Contents,
    Cover,
    Event,
    Fact,
    Facts,
    Letter,
    Paper,
    Ruled,
    Section,
    Signatory,
    Signatures,
    Table,
    Text,
    Timeline,
)
from ucapdesk.briefing.blocks.elements import (
    NO_WORDS,
    AppendedPages,
    Bar,
    Cards,
    Chart,
    Network,
    NetworkPoint,
    Para,
    Picture,
    Plan,
    Shown,
    Words,
)
from ucapdesk.briefing.blocks.language_layout import LanguageLayout
from ucapdesk.briefing.blocks.letters import letter_bands
from ucapdesk.briefing.blocks.pictures import appended_bands, is_listed, picture_bands, prepared, within
from ucapdesk.briefing.blocks.seating_layout import plan_bands
from ucapdesk.briefing.blocks.table_layout import INSET, table_bands
from ucapdesk.briefing.pages.bands import PAPER, Band, Page, Path, Shape, Stroke, rectangle, sign
from ucapdesk.briefing.pages.cover_header_footer import cover_bands
from ucapdesk.briefing.text.paragraphs import Box, Placed, bottom, in_steps, smaller, torn
from ucapdesk.briefing.text.styles import (
    ACCENT,
    BAR,
    DENSITIES,
    HAIR,
    INK,
    MM,
    RULE,
    SMALLEST,
    THIN,
    Sheet,
    Style,
    StyleSheet,
)


def timeline_bands(timeline: Timeline, both: LanguageLayout) -> Iterator[Band]:
    last = len(timeline.events) - 1
    return (_event(event, both, n == 0, n == last) for n, event in enumerate(timeline.events))


def _event(event: Event, both: LanguageLayout, first: bool, last: bool) -> Band:
    styles = both.styles
    date = Box(0.0, 0.0, styles.label - styles.table_gutter)
    lines = both.both(Para(event.date), date, *both.styles_of("fact label"))
    axis = styles.label + styles.half / 2
    x = axis + styles.table_gutter
    lines += _texts(event, both, x)
    height = both.up(bottom(lines) + styles.gap)
    size = styles.half
    middle = styles.line / 2
    top, end = (middle if first else 0.0), (middle if last else height)
    shapes: list[Shape] = [Stroke(axis - THIN / 2, top, THIN, end - top, RULE)]
    shapes.append(sign(event.shape, axis - size / 2, middle - size / 2, size, colour=ACCENT))
    return Band(lines, height, strokes=shapes)


def _texts(event: Event, both: LanguageLayout, x: float) -> list[Placed]:
    styles = both.styles
    paras = (Para(event.title, "lead", lead=event.kind), *event.text)
    width = both.width - x
    if not both.beside:
        return both.stacked(paras, Box(x, 0.0, width))
    first = styles.pair_of_cell(width, both.languages)[0] - styles.gutter / 2
    places = Box(x, 0.0, first), Box(x + first + styles.gutter, 0.0, width - first - styles.gutter)
    columns = list(zip(both.languages, places, strict=True))
    lines: list[Placed] = []
    for para in paras:
        style = styles.style(para.role)
        lines += [line for lang, box in columns for line in both.paragraphs.para(para, lang, style, box.below(lines))]
    return lines


LINE_HEIGHT = 9.0  # mm of a line to write on
_EVERY = LINE_HEIGHT * MM
_LEAST_ROWS = 6  # worth having under something else
_PARTY = 0.12  # of a page that its name may take
_VALUE = 0.2  # the same of a name and of a post
_ROOM, _LARGE_ROOM = 16 * MM, 26 * MM  # to sign in
NAME_LABEL = Message("paper", "Name")
POST = Message("paper", "Post")
GIVEN = Message("paper", "Place and date")


def ruled_bands(_: Ruled, both: LanguageLayout) -> list[Band]:
    return [Band([], _LEAST_ROWS * _EVERY, fill=partial(_ruled, both.width))]


def _ruled(width: float, room: float, _: float) -> list[Band]:
    rows = int(room / _EVERY)
    lines: list[Shape] = [Stroke(0.0, n * _EVERY - HAIR, width, HAIR, RULE) for n in range(1, rows + 1)]
    return [Band([], rows * _EVERY, strokes=lines)]


def signature_bands(signatures: Signatures, both: LanguageLayout) -> Iterator[Band]:
    rows = (signatures.parties[n : n + 2] for n in range(0, len(signatures.parties), 2))
    pair = _formal if signatures.formal else _pair
    return (pair(row, both) for row in rows)


def _begun(parties: Sequence[Signatory], both: LanguageLayout) -> tuple[list[Box], list[Placed]]:
    gutter = 2 * both.styles.gutter
    width = (both.width - gutter) / 2
    boxes = [Box(n * (width + gutter), 0.0, width) for n in range(len(parties))]
    names = (
        in_steps(partial(both.both, Para(party.party), box), *both.styles_of("lead"), _PARTY * both.height)
        for party, box in zip(parties, boxes, strict=True)
    )
    return boxes, [line for name in names for line in name]


def _formal(parties: Sequence[Signatory], both: LanguageLayout) -> Band:
    boxes, lines = _begun(parties, both)
    shapes: list[Shape] = []
    top = both.up(bottom(lines))
    for row in zip_longest(*((party, *party.also) for party in parties)):
        line = both.up(top) + _LARGE_ROOM
        for who, box in zip(row, boxes, strict=True):
            if who is not None:
                shapes.append(Stroke(box.x, line, box.width, HAIR, INK))
                lines += _signed(who, box._replace(top=line + both.styles.gap), both)
        top = max(bottom(lines), line + both.styles.gap)
    return Band(lines, both.up(top), both.styles.line * 2, strokes=shapes)


def _signed(who: Signatory, box: Box, both: LanguageLayout) -> list[Placed]:
    lines: list[Placed] = []
    for words in (who.name, who.post):
        if words is not None and not words.empty:
            lines += both.both(Para(words), box, *both.styles_of("text"))
            box = box._replace(top=both.up(bottom(lines)) + both.styles.gap / 2)
    return lines


def _pair(parties: Sequence[Signatory], both: LanguageLayout) -> Band:
    boxes, lines = _begun(parties, both)
    line = both.up(bottom(lines)) + _ROOM
    shapes: list[Shape] = [Stroke(box.x, line, box.width, HAIR, INK) for box in boxes]
    top = line + both.styles.gap
    for label, values in (
        (NAME_LABEL, [party.name for party in parties]),
        (POST, [party.post for party in parties]),
        (GIVEN, [None] * len(parties)),
    ):
        for value, box in zip(values, boxes, strict=True):
            said, rule = _row(Words.label(label), value, box._replace(top=top), both)
            lines += said
            shapes += rule
        top = both.up(bottom(lines)) + both.styles.gap / 2
    return Band(lines, both.up(top), both.styles.line * 2, strokes=shapes)


def _row(label: Words, value: Words | None, box: Box, both: LanguageLayout) -> tuple[list[Placed], list[Shape]]:
    style, second = both.styles_of("fact label")
    wide = min(both.styles.fact_label, box.width / 3)
    lines = both.both(Para(label), box._replace(width=wide), style, second)
    x = wide + both.styles.table_gutter
    place = box._replace(x=box.x + x, width=box.width - x)
    if value is not None and not value.empty:
        make, styles = partial(both.both, Para(value), place), both.styles_of("text")
        return lines + in_steps(make, *styles, _VALUE * both.height, box.top), []
    return lines, [Stroke(place.x, box.top + style.drop + 2, place.width, HAIR, RULE)]


_THICK = 8.0  # of a bar
_HATCH = 3.5  # between the lines of a hatched bar
_NUMBERS = 24 * MM  # right of the longest bar


def chart_bands(chart: Chart, both: LanguageLayout) -> Iterator[Band]:
    if len(chart.series) > 1:
        yield _legend(chart, both)
    most = max((_size(value) for bar in chart.bars for value in bar.values), default=0.0) or 1.0
    yield from (_bar(bar, most, both) for bar in chart.bars)


def _size(value: float) -> float:
    return value if math.isfinite(value) and value > 0 else 0.0


def _legend(chart: Chart, both: LanguageLayout) -> Band:
    share = both.width / len(chart.series)
    lines: list[Placed] = []
    shapes: list[Shape] = []
    for n, words in enumerate(chart.series):
        x = n * share
        lines += both.either(Para(words), Box(x + 22, 0.0, share - 26), *both.styles_of("note"))
        shapes += _fill(n, x, 2.0, 16.0)
    return Band(lines, both.up(bottom(lines) + both.styles.gap), strokes=shapes, keep=True)


def _bar(bar: Bar, most: float, both: LanguageLayout) -> Band:
    styles = both.styles
    label = 1.3 * styles.label
    pad = styles.gap / 2
    lines = both.either(Para(bar.label), Box(0.0, pad, label), *both.styles_of("text"))
    x = label + styles.table_gutter
    reach = both.width - x - _NUMBERS * styles.grid
    note = styles.style("note")
    shapes: list[Shape] = []
    step = max(note.leading, _THICK + 3)
    for n, value in enumerate(bar.values):
        top = pad + 1 + n * step
        long = _size(value) / most * reach
        shapes += _fill(n, x, top + (step - _THICK) / 2, long)
        number = Box(x + long + 4, top + (step - note.leading) / 2, both.width - x - long - 4)
        lines += both.paragraphs.words(Words.plain(f"{value:,.10g}"), both.languages[0], note, number)
    height = both.up(max(bottom(lines), pad + len(bar.values) * step + 1) + pad)
    return Band(lines, height, strokes=[*shapes, Stroke(x - HAIR, 0.0, HAIR, height, RULE)])


def _fill(series: int, x: float, top: float, width: float) -> list[Shape]:
    if width < 0.5:
        return []
    solid, pale = (Stroke(x, top, width, _THICK, colour) for colour in (ACCENT, RULE))
    outline = rectangle(x, top, width, _THICK)
    fills: tuple[list[Shape], ...] = ([solid], [outline, *_hatched(x, top, width)], [outline], [pale, outline])
    return fills[series % len(fills)]


def _hatched(x: float, top: float, width: float) -> Iterator[Shape]:
    """Yield slanting lines that end at the edges of the bar."""
    at = _HATCH
    while at < width + _THICK:
        low, high = max(0.0, at - _THICK), min(at, width)
        yield Path(x, top, ((low, at - low), (high, at - high)), INK, HAIR)
        at += _HATCH


_COLUMNS, _WIDE = 3, 0.27  # and the share of the width that one takes
_THICKEST = 4.0
_PAD = 3.0
_APART = 8.0  # least distance of two points


def network_bands(network: Network, both: LanguageLayout) -> Iterator[Band]:
    """Yield the picture; nothing where it is higher than a page: what stands below tells the same in words."""
    texts = [_set(point, both) for point in network.points]
    heights = [bottom(lines) + 2 * _PAD for lines in texts]
    columns = [[n for n, point in enumerate(network.points) if point.column == at] for at in range(_COLUMNS)]
    high = max((sum(heights[n] + _APART for n in column) for column in columns), default=0.0)
    if not 0 < high <= both.height - 6 * both.styles.line:
        return
    tops = [0.0] * len(texts)
    for column in columns:
        free = (high - sum(heights[n] for n in column)) / max(len(column), 1)
        below = free / 2
        for n in column:
            tops[n] = below
            below += heights[n] + free
    lines = [line.moved(dy=tops[n] + _PAD) for n, placed in enumerate(texts) for line in placed]
    shapes = [*_lines(network, both, tops, heights)]
    shapes += [_frame(point, both, top, high) for point, top, high in zip(network.points, tops, heights, strict=True)]
    yield from both.under(None, [Band(lines, both.up(high), both.styles.half, strokes=shapes)])


def _place(point: NetworkPoint, both: LanguageLayout) -> tuple[float, float]:
    wide = _WIDE * both.width
    return point.column * (both.width - wide) / (_COLUMNS - 1), wide


def _set(point: NetworkPoint, both: LanguageLayout) -> list[Placed]:
    x, wide = _place(point, both)
    style = both.styles.style("text" if point.framed else "note")
    return both.both(Para(point.words), Box(x + _PAD, 0.0, wide - 2 * _PAD), style, both.styles.style("note"))


def _frame(point: NetworkPoint, both: LanguageLayout, top: float, height: float) -> Path:
    """Return the paper that a point stands on, which covers the lines that pass behind it, and its outline."""
    x, wide = _place(point, both)
    colour, thick = (INK, 2 * THIN) if point.framed else (RULE, THIN)
    return Path(x, top, ((0, 0), (wide, 0), (wide, height), (0, height)), colour, thick, PAPER, closed=True)


def _lines(network: Network, both: LanguageLayout, tops: Sequence[float], heights: Sequence[float]) -> Iterator[Shape]:
    most = max((line.strength for line in network.lines), default=0)
    for line in sorted(network.lines, key=lambda each: each.strength):
        ends = sorted((line.first, line.last), key=lambda n: network.points[n].column)
        places = [_place(network.points[n], both) for n in ends]
        across = (places[0][0] + places[0][1], places[1][0])
        points = tuple((x, tops[n] + heights[n] / 2) for x, n in zip(across, ends, strict=True))
        thick = THIN + _THICKEST * line.strength / most if line.strength else THIN
        dash = () if line.strength else (1.5, 2.5)
        yield Path(0.0, 0.0, points, ACCENT if line.strength else INK, thick, dash=dash)


_OTHERS: dict[type, Callable[[Any, LanguageLayout], Iterable[Band]]] = {
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


class BlockLayout:
    """Turns the blocks of one paper into bands."""

    def __init__(
        self, paper: Paper, sheet: Sheet, styles: StyleSheet, headings: Mapping[str, Style] | None = None
    ) -> None:
        """``headings``: the styles of headings, where the rest is set smaller."""
        self.paper = paper
        self.styles = styles
        self.both = LanguageLayout(paper, sheet, styles)
        self.others = self.both  # for blocks of a shape of their own
        self.width = self.both.width
        self.paragraphs = self.both.paragraphs
        self.heading_styles = headings or self._heading_styles()

    def bands(self) -> Iterator[Band]:
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
            layout = self if not first else type(self)(self.paper, self.both.sheet, styles, self.heading_styles)
            bands = list(layout.section(section, n))
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
        lines: list[Placed] = []
        box = Box(0.0, 0.0, self.width)
        for n, shown in enumerate(self.both.titles(self.paper.title)):
            style = self.styles.style("title second" if n else "title")
            lines += self.paragraphs.fitted(shown.text, shown.language, style, box.below(lines))
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
        box = Box(0.0, 0.0, self.width - _INDENT)
        placed = self.paragraphs.block(shown.text, shown.language, style, box, justify=False)
        return len(placed) > _ROWS or any(line.line.torn for line in placed)

    def heading(self, heading: Words, number: str, level: int) -> Band:
        bar = Stroke(0.0, 0.0, 10 * MM, BAR, ACCENT) if level == 1 else Stroke(0.0, 0.0, self.width, HAIR, RULE)
        role = "section" if level == 1 else "subsection"
        style = self.heading_styles[role]
        lines: list[Placed] = []
        indent, top = 0.0, self.styles.half
        if number:
            lines += self.paragraphs.block(number, "en", style, Box(0.0, top, self.width))
            indent = self.paragraphs.width(number, "en", style) + self.styles.half
        x = indent
        for n, shown in enumerate(self.both.titles(heading)):
            style = self.heading_styles[f"{role} second" if n else role]
            wide = self.paragraphs.width(shown.text, shown.language, style)
            if n and x + wide > self.width:
                x, top = indent, bottom(lines)
            lines += self.paragraphs.block(
                shown.text, shown.language, style, Box(x, top, self.width - x), justify=False
            )
            x += wide + self.styles.half * 1.5
        text = " ".join(([number] if number else []) + self.both.texts(heading))
        height = self.both.up(bottom(lines, top) + self.styles.half / 2)
        above = (2 if level == 1 else 1.25) * self.styles.line
        return Band(lines, height, above, [bar], keep=True, outline=(text, level))

    # contents

    def _contents(self, after: int, depth: int) -> Iterator[Band]:
        """Yield an entry for every later heading; its page is written in when all pages are known."""
        style, pad = self.styles.style("text"), self.styles.gap / 2
        wide = max((self.paragraphs.width(each.number, "en", style) for each in self.paper.sections), default=0.0)
        numbers = max(10 * MM, wide + self.styles.half)
        later = enumerate(self.paper.sections[after + 1 :], after + 1)
        listed = [(n, each.number, each.heading) for n, each in later if each.heading and is_listed(each, depth)]
        for at, (n, number, heading) in enumerate(listed):
            lines = self.paragraphs.block(number, "en", style, Box(0.0, pad, numbers)) if number else []
            for language, box in self.both.columns if self.both.beside else self.both.columns[:1]:
                indent = numbers if box.x == 0 else 0.0
                reach = min(box.x + box.width, self.width - 12 * MM)
                place = Box(box.x + indent, pad, reach - box.x - indent)
                if self.both.beside:
                    lines += self.paragraphs.words(heading, language, style, place)
                else:
                    lines += self.both.either(Para(heading), place, style, self.styles.second("text"))
            height = self.both.up(bottom(lines) + pad)
            rule = Stroke(0.0, height, self.width, HAIR, RULE)
            yield Band(lines, height, self.styles.line if at == 0 else 0.0, [rule], points_to=n)

    def number_contents(self, pages: Sequence[Page]) -> None:
        printed = [(band, n) for n, page in enumerate(pages, 1) for _, band in page.bands]
        begins = {band.anchor: n for band, n in reversed(printed)}
        style, pad = self.styles.style("text"), self.styles.gap / 2
        for band in (band for band, _ in printed if band.points_to is not None):
            text = str(begins[band.points_to])
            wide = self.paragraphs.width(text, "en", style)
            band.lines += self.paragraphs.block(text, "en", style, Box(self.width - wide, pad, wide + 1))

    # blocks

    def block(self, block: Block) -> Iterator[Band]:
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
            lines = [line for lang, box in self.both.columns for line in self.paragraphs.para(para, lang, style, box)]
            gap = before if above is None else self._space(above, para)
            yield Band(lines, self.both.up(bottom(lines)), gap, split=True, role="LI" if para.mark else "")

    def _space(self, above: Para, para: Para) -> float:
        """Return the space between two paragraphs: none below bold words, which what begins with its own does not belong to, and
        before lines of a list.
        """
        headed = above.role == "lead" and para.lead is None
        return 0.0 if headed or para.mark or para.close else self.styles.gap

    def _form(self, block: Text) -> Iterator[Band]:
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

    def _side_label(self, both: LanguageLayout, label: Words) -> list[Placed]:
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
        widest = max((self.paragraphs.width(word, language, style) for word, language in words), default=0.0)
        return min(max(least, widest + 0.5), _WIDEST_LABEL * least)

    def _beside(self, fact: Fact, label: float) -> Band:
        lines: list[Placed] = []
        for language, box in self.both.columns:
            lines += self.paragraphs.words(
                fact.label, language, self.styles.style("fact label"), box._replace(width=label)
            )
            x = label + self.styles.table_gutter
            lines += self.both.stacked(fact.value, Box(box.x + x, 0.0, box.width - x), language)
        return Band(lines, self.both.up(bottom(lines)))

    def _stacked(self, fact: Fact, width: float, label: float) -> Band:
        lines = self.both.both(Para(fact.label), Box(0.0, 0.0, label), *self.both.styles_of("fact label"))
        x = label + self.styles.table_gutter
        lines += self.both.stacked(fact.value, Box(x, 0.0, width - x))
        return Band(lines, self.both.up(bottom(lines)))
