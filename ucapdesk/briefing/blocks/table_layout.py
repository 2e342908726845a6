"""Lays out tables: columns on the grid, heads in both languages, rows with a rule under each, and group rows.

Columns have shares of the width, but none is narrower than its widest unbreakable word. Then they are balanced: those with much to say
get room from those with little, so that rows are low.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import permutations

from ucapdesk.base.i18n import tr
from ucapdesk.briefing.blocks.content import Cell, Column, Group, Table
from ucapdesk.briefing.blocks.elements import Para, Picture, Words
from ucapdesk.briefing.blocks.language_layout import LanguageLayout
from ucapdesk.briefing.blocks.pictures import prepared
from ucapdesk.briefing.pages.bands import AGAIN, HEAD, Band, Raster, Stroke
from ucapdesk.briefing.text.characters import KEEP, has_han, spans
from ucapdesk.briefing.text.linebreak import REMEMBERED
from ucapdesk.briefing.text.paragraphs import Box, Placed, bottom, in_steps
from ucapdesk.briefing.text.styles import ACCENT, HAIR, MM, RULE, SMALLEST, THIN, TINT, Style

# Parts of the width that one column gives to another at a time; where no small step helps, a larger one may.
_STEPS = (0.03, 0.06, 0.03)
_ROWS = 60  # at most are looked at, spread over the table
_LOSS = 1.07  # what lines lose at their ends
# Parts of a column with one for each language, whichever comes first: a second one in Latin letters so keeps more room than it takes.
_PARTS = (0.54, 0.46)
_DEAR = 0.15  # lines that a column as wide as the table is worth: without a gain widths stay as they were asked for
# Of its height a cell counts so much in a row that is higher: two columns with as many lines give up theirs in turn.
_REST = 0.05

_SAME = 1e-6  # points of height: nothing is gained

_Texts = list[list[tuple[float, float]]]  # of each language of a cell: widths on one line, and heights of a line
_Heights = tuple[tuple[float, ...], float]  # of the cells of a column, and their sum


def balanced(table: Table, both: LanguageLayout, widths: Sequence[float], least: Sequence[float]) -> list[float]:
    """Return widths with the same sum with which the rows take the least height; none below its least, blank columns unchanged."""
    balance = _Balance(table, both, widths)
    if len(balance.free) > 1:
        for step in _STEPS:
            while balance.gives(step * balance.total, least):
                pass
    return balance.widths


class _Balance:
    """Widths of the columns of a table, and how high its rows are with them."""

    def __init__(self, table: Table, both: LanguageLayout, widths: Sequence[float]) -> None:
        rows = [row for row in table.rows if not isinstance(row, Group)]
        rows = rows[:: max(1, len(rows) // _ROWS)]
        texts = [[_texts(row[n], both) for row in rows] for n in range(len(widths))]
        self.free = [n for n, column in enumerate(texts) if any(column) and not table.columns[n].numbered]
        self.widths = list(widths)
        self.total = sum(widths)
        self._asked = tuple(widths)
        self._texts = [
            [*column, _texts((Para(of.head),), both)] for column, of in zip(texts, table.columns, strict=True)
        ]
        parted = len(both.languages) > 1 and not both.styles.large
        self._split = [column.split and parted for column in table.columns]
        self._dear = _DEAR * both.styles.line / self.total
        self._heights: dict[tuple[int, float], _Heights] = {}
        self._best = self._cost(self._now(), self.widths)

    def _now(self) -> list[_Heights]:
        return [self._high(n, width) for n, width in enumerate(self.widths)]

    def gives(self, step: float, least: Sequence[float]) -> bool:
        """Let the column whose loss does the most good give a step to another; False where that helps nothing."""
        tried = []
        now = self._now()
        for giver, taker in permutations(self.free, 2):
            if self.widths[giver] - step < least[giver]:
                continue
            widths, heights = [*self.widths], [*now]
            for n, change in ((giver, -step), (taker, step)):
                widths[n] += change
                heights[n] = self._high(n, widths[n])
            tried.append((self._cost(heights, widths), widths))
        cost, widths = min(tried, default=(self._best, self.widths))
        if cost >= self._best - _SAME:
            return False
        self._best, self.widths = cost, widths
        return True

    def _cost(self, columns: Sequence[_Heights], widths: Sequence[float]) -> float:
        moved = sum(abs(now - before) for now, before in zip(widths, self._asked, strict=True))
        high: float = sum(map(max, zip(*(heights for heights, _ in columns), strict=True)))
        return high + _REST * sum(each for _, each in columns) + self._dear * moved

    def _high(self, n: int, width: float) -> _Heights:
        """Return how high the cells of a column are; remembered, because widths are asked for again and again."""
        key = (n, round(width, 3))
        if key not in self._heights:
            heights = tuple(_height(cell, width, split=self._split[n]) for cell in self._texts[n])
            self._heights[key] = heights, sum(heights)
        return self._heights[key]


def _texts(cell: Cell, both: LanguageLayout) -> _Texts:
    found: _Texts = [[] for _ in both.languages]
    for para in cell:
        if not isinstance(para, Para):
            continue
        style, second = both.styles_of(para.role)
        said: list[str] = []
        for n, language in enumerate(both.languages):
            shown = para.words.shown(language, both.paragraphs.languages)
            if shown is not None and shown.text not in said:
                said.append(shown.text)
                used = second if n else style
                found[n].append((both.paragraphs.width(shown.text, shown.language, used), used.leading))
    return found if any(found) else []


def _height(cell: _Texts, width: float, *, split: bool) -> float:
    """Return how high a cell is in a width: its languages stand under each other, or beside each other."""
    if split:
        return max((_lines(texts, width * part) for texts, part in zip(cell, _PARTS, strict=False)), default=0.0)
    return sum(_lines(texts, width) for texts in cell)


def _lines(texts: Sequence[tuple[float, float]], width: float) -> float:
    return sum(leading * math.ceil((wide * _LOSS if wide > width else wide) / width) for wide, leading in texts if wide)


INSET = 4.0  # text stands this far inside the tint of the heads
_NARROWEST = 9  # em of a column of one language; in narrower ones the languages stand under each other
_NUMBERS = 2.3  # em of a head such as 序号
_SHORT, _LONG = 4, 24  # letters of words that are looked at: shorter ones fit, longer ones may be broken
_SHORT_HEAD = 2  # of a head: its column may hold nothing but figures, as that of SDG does
_WORDS = re.compile(r"[^\s/–-]+(?:[/–-]|(?: [/／])?)")  # parted after a hyphen or a slash; no line begins with a slash
_DATE = re.compile(r"\d{2,4}年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月(?:\d{1,2}日)?|\d{1,2}日")
_DAY = re.compile(r"\d{1,2}月\d{1,2}日（(?:周|星期).）")
_SMALLER = 0.75  # of its size a text may be set in before its column gets wider
_KEPT = 0.5  # of its part every column keeps, whatever the others need
_HALVINGS = 20  # until a width is known well enough


@dataclass(frozen=True, slots=True)
class ColumnBox:
    """A column on the page: its box, and its language where it holds only one."""

    box: Box
    language: str | None


def places(table: Table, both: LanguageLayout) -> list[list[ColumnBox]]:
    gutter = both.styles.table_gutter
    doubled = len(both.languages) > 1 and not both.styles.large
    count = sum(2 if column.split and doubled else 1 for column in table.columns)
    widths = _widths(table, both, both.width - 2 * INSET - gutter * (count - 1))
    x, top = INSET, both.styles.gap / 2
    found: list[list[ColumnBox]] = []
    for column, width in zip(table.columns, widths, strict=True):
        first, other = both.styles.pair_of_cell(width, both.languages)
        if column.split and doubled and min(first, other) > _NARROWEST * both.styles.style("text").size:
            second = Box(x + first + gutter, top, width - first)
            found.append([ColumnBox(Box(x, top, first), both.languages[0]), ColumnBox(second, both.languages[1])])
            x += width + 2 * gutter
        else:
            found.append([ColumnBox(Box(x, top, width), None)])
            x += width + gutter
    return found


def _widths(table: Table, both: LanguageLayout, room: float) -> list[float]:
    """Return the widths: as asked for, then as their texts need them; where a column would be too narrow the others give up half
    of their share at most.

    Where more is asked for than there is, those that ask for most get less.
    """
    shares = [column.share for column in table.columns]
    widths = [share * room / sum(shares) for share in shares]
    least = [_least(table, n, both) for n in range(len(widths))]
    whole = [max(each, _least(table, n, both, of_figures=True)) for n, each in enumerate(least)]
    kept = [max(_KEPT * width, _numbers(column, both)) for width, column in zip(widths, table.columns, strict=True)]
    if sum(kept) > room:
        return widths
    is_room = not both.styles.large and sum(map(max, kept, whole)) <= room
    wanted = whole if is_room else least
    lowest = list(map(max, kept, _capped(wanted, kept, room)))
    return balanced(table, both, _shared(shares, lowest, room), lowest)


def _capped(least: Sequence[float], kept: Sequence[float], room: float) -> list[float]:
    """Return the least width of each column, with the largest ones capped so that all of them fit."""

    def asked(cap: float) -> float:
        return sum(max(keep, min(each, cap)) for each, keep in zip(least, kept, strict=True))

    low, high = 0.0, max(least)
    if asked(high) <= room:
        return list(least)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if asked(middle) <= room else (low, middle)
    return [min(each, low) for each in least]


def _shared(shares: Sequence[float], least: Sequence[float], room: float) -> list[float]:
    """Return widths by shares, none below its minimum; the minimums fit together."""
    widths = [share * room / sum(shares) for share in shares]
    fixed = [False] * len(shares)
    while True:
        fixed = [done or width <= wanted for done, width, wanted in zip(fixed, widths, least, strict=True)]
        rest = sum(share for share, is_fixed in zip(shares, fixed, strict=True) if not is_fixed)
        left = room - sum(wanted for wanted, is_fixed in zip(least, fixed, strict=True) if is_fixed)
        if not rest:
            return [wanted * room / sum(least) for wanted in least]
        shared = [
            wanted if is_fixed else share * left / rest
            for share, wanted, is_fixed in zip(shares, least, fixed, strict=True)
        ]
        if shared == widths:
            return widths
        widths = shared


def _numbers(column: Column, both: LanguageLayout) -> float:
    """Return the width a column of numbers needs to keep its head unbroken; 0 for other columns."""
    if not column.numbered:
        return 0.0
    style = both.styles.at(both.styles.style("table head").size, bold=True)
    heads = [both.paragraphs.width(said.text, said.language, style) for said in both.said(column.head)]
    return max([*heads, _NUMBERS * style.size]) + 0.5


def _least(table: Table, n: int, both: LanguageLayout, *, of_figures: bool = False) -> float:
    """Return the width of the widest unbreakable thing in a column, at a smaller size; ``of_figures``: of the widest date, amount or
    foreign name in Chinese, at its own size.
    """
    paras = [para for row in table.rows if not isinstance(row, Group) for para in row[n] if isinstance(para, Para)]
    if of_figures:
        texts = ((text, para.role) for para in paras for text in _kept_whole(para.words, both))
        found = ((text, both.paragraphs.styles.style(role)) for text, role in texts)
    else:
        small = both.styles.at(max(SMALLEST, _SMALLER * both.styles.style("text").size), bold=True)
        words = {word for para in paras for word in _unbroken(para.words, both)}
        words |= set(_unbroken(table.columns[n].head, both, shortest=_SHORT_HEAD))
        found = ((word, small) for word in words)
    widest = max(
        (both.paragraphs.width(text, "zh" if has_han(text) else "en", style) for text, style in found), default=0.0
    )
    return widest + 0.5 if widest else 0.0


def _unbroken(words: Words, both: LanguageLayout, shortest: int = _SHORT) -> Iterator[str]:
    for said in both.said(words):
        for word in _WORDS.findall(said.text):
            if shortest <= len(word) <= _LONG and not has_han(word):
                yield word
    yield from (text for text in _kept_whole(words, both) if _is_figure(text))


def _kept_whole(words: Words, both: LanguageLayout) -> Iterator[str]:
    for said in both.said(words):
        yield from _whole_in(said.text)


@lru_cache(REMEMBERED)
def _whole_in(said: str) -> Sequence[str]:
    """Return amounts, numbers and dates, and the family names of foreigners in Chinese; each width is asked for twice."""
    found = [
        (start, said[start:end]) for start, end, strength in spans(said) if strength == KEEP and end - start <= _LONG
    ]
    return [text for start, text in found if _is_figure(text) or said[:start].endswith("·")] + _DAY.findall(said)


def _is_figure(said: str) -> bool:
    return not has_han(said) or _DATE.fullmatch(said) is not None


_HEAD = 0.12  # of a page: a head that is higher is set smaller


class _Rows:
    """Sets the rows of one table."""

    def __init__(self, table: Table, both: LanguageLayout) -> None:
        self.table = table
        self.both = both
        self.places = places(table, both)
        self.pad = both.styles.gap / 2
        self.key = object()

    def head(self) -> Band | None:
        """Return the head on its tint; None where no column has one."""
        both = self.both
        lines: list[Placed] = []
        for n, (column, spots) in enumerate(zip(self.table.columns, self.places, strict=True)):
            for spot in spots if not column.head.empty else ():
                placed = _aligned(self._head(Para(column.head), spot), column, spot.box)
                lines += [line.in_cell(n) for line in placed]
        if not lines:
            return None
        height = both.up(bottom(lines) + self.pad)
        slack = (height - bottom(lines) - self.pad) / 2
        tint = Stroke(0.0, 0.0, both.width, height, TINT)
        lines = [line.moved(dy=slack) for line in lines]
        return self._told(Band(lines, height, strokes=[tint], keep=True), "TH")

    def _told(self, band: Band, role: str) -> Band:
        band.role, band.within, band.cells = role, self.key, len(self.table.columns)
        return band

    def _head(self, head: Para, spot: ColumnBox) -> list[Placed]:
        both, (box, language) = self.both, (spot.box, spot.language)

        def make(style: Style, second: Style) -> list[Placed]:
            if language is not None:
                return both.paragraphs.para(head, language, style, box)
            return both.either(head, box, style, second)

        return in_steps(make, *both.styles_of("table head"), _HEAD * both.height, box.top)

    def group(self, group: Group) -> Band:
        both, main = self.both, group.level == 1
        box = Box(INSET, self.pad * (2 if main else 1), both.width - 2 * INSET)
        lines = both.sized(Para(group.words), box, "label" if main else "group", "second")
        height = both.up(bottom(lines) + self.pad) if main else bottom(lines) + self.pad / 2
        rule = Stroke(0.0, height, both.width, THIN if main else HAIR, ACCENT if main else RULE)
        return self._told(Band(lines, height, strokes=[rule], keep=True), "TG")

    def again(self, head: Band | None, group: Group) -> Band | None:
        """Return the head of a page that begins within a group: the table head and "(continued)".

        The table head alone where both would be too high to repeat.
        """
        shown = self.both.said(group.words)
        said = {each.language: tr("paper", "{said} (continued)", each.language, said=each.text) for each in shown}
        below = self.group(Group(Words(said, dict.fromkeys(self.both.languages, "same")), group.level))
        top = head.height if head is not None else 0.0
        if top + below.height > HEAD * self.both.height:
            return head
        above, below = head or Band([], 0.0), below.moved(dy=top)
        strokes = [*above.strokes, *below.strokes]
        return Band([*above.lines, *below.lines], top + below.height, strokes=strokes, role=AGAIN)

    def row(self, cells: Sequence[Cell], number: int) -> Band:
        """Return one row; all its cells put their languages on one line, or none does."""
        both = self.both
        columns = self.table.columns
        cells = [
            (Para(Words.plain(str(number))),) if column.numbered else cell
            for column, cell in zip(columns, cells, strict=True)
        ]
        shared = [
            (cell, spots[0])
            for column, cell, spots in zip(columns, cells, self.places, strict=True)
            if not column.label and spots[0].language is None
        ]
        short = all(self._texts(cell, spot, inline=True) is not None for cell, spot in shared)
        lines: list[Placed] = []
        shapes: list[Raster] = []
        for at, (column, cell, spots) in enumerate(zip(columns, cells, self.places, strict=True)):
            for n, spot in enumerate(spots):
                if n == 0:
                    drawn, top = self._pictures(cell, spot.box)
                    shapes += drawn
                    spot = replace(spot, box=spot.box._replace(top=top))
                placed = self._label(cell, spot.box) if column.label else self._texts(cell, spot, inline=short)
                lines += [line.in_cell(at) for line in _aligned(placed or [], column, spot.box)]
        low = max(self.pad + both.styles.line, bottom(lines), *(shape.top + shape.height for shape in shapes))
        height = both.up(max(low + self.pad, self.table.row_height * MM))
        return self._told(Band(lines, height, strokes=[*shapes, Stroke(0.0, height, both.width, HAIR, RULE)]), "TR")

    def _label(self, cell: Cell, box: Box) -> list[Placed]:
        lines: list[Placed] = []
        for para in _paras(cell):
            lines += self.both.either(para, box.below(lines), *self.both.styles_of("fact label"))
        return lines

    def _texts(self, cell: Cell, spot: ColumnBox, *, inline: bool) -> list[Placed] | None:
        """Return the lines of a cell; None where it should put both languages on one line and cannot."""
        both = self.both
        lines: list[Placed] = []
        for para in _paras(cell):
            style, second = both.styles_of(para.role)
            box = spot.box.below(lines)
            if spot.language is not None:
                lines += both.paragraphs.para(para, spot.language, style, box)
                continue
            placed = both.inline(para, box, style, second) if inline else both.both(para, box, style, second)
            if placed is None:
                return None
            lines += placed
        return lines

    def _pictures(self, cell: Cell, box: Box) -> tuple[list[Raster], float]:
        shapes: list[Raster] = []
        top = box.top
        for item in cell:
            found = prepared(item.within(box.width / MM, item.height)) if isinstance(item, Picture) else None
            if found is not None:
                shapes.append(found.at(box.x, top))
                top += found.height + self.pad
        return shapes, top


def table_bands(table: Table, both: LanguageLayout) -> Iterator[Band]:
    rows = _Rows(table, both)
    head = rows.head()
    if head is not None:
        yield head
        head = replace(head, keep=False, before=0.0, role=AGAIN)
    number = 0
    again = party = head
    for row in table.rows:
        if isinstance(row, Group):
            band = rows.group(row)
            again = rows.again(head, row)
            party = again if row.level == 1 else party
            band.head = head if row.level == 1 else party
        else:
            number += 1
            band = rows.row(row, number)
            band.head = again
        yield band


def _paras(cell: Cell) -> Iterator[Para]:
    return (item for item in cell if isinstance(item, Para))


def _aligned(lines: list[Placed], column: Column, box: Box) -> list[Placed]:
    """Align lines to the right of the column, as numbers are; text on one line moves together."""
    if column.align != "right":
        return lines
    ends: dict[float, float] = {}
    for line in lines:
        low = round(line.top + line.drop, 1)
        ends[low] = max(ends.get(low, 0.0), line.x + line.line.width)
    return [line.moved(dx=box.x + box.width - ends[round(line.top + line.drop, 1)]) for line in lines]
