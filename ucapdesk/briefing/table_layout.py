"""Sets tables: columns on the grid, heads in both languages, rows with a rule under each, and group rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ucapdesk.base.i18n import tr
from ucapdesk.briefing.bands import AGAIN, HEAD, Band
from ucapdesk.briefing.column_widths import INSET, ColumnBox, places
from ucapdesk.briefing.content import Cell, Column, Group, Table
from ucapdesk.briefing.languages import Bilingual
from ucapdesk.briefing.pictures import prepared
from ucapdesk.briefing.shapes import Raster, Stroke
from ucapdesk.briefing.styles import ACCENT, HAIR, MM, RULE, THIN, TINT, Style
from ucapdesk.briefing.text_elements import Para, Picture, Words
from ucapdesk.briefing.typeset import Box, Placed, bottom, in_steps

_HEAD = 0.12  # of a page: a head that is higher is set smaller


class _Rows:
    """Sets the rows of one table."""

    def __init__(self, table: Table, both: Bilingual) -> None:
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
                return both.setter.para(head, language, style, box)
            return both.either(head, box, style, second)

        return in_steps(make, *both.styles_of("table head"), _HEAD * both.height, box.top)

    def group(self, group: Group) -> Band:
        """Return a group row over all columns, which stays with the next row."""
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
                lines += both.setter.para(para, spot.language, style, box)
                continue
            placed = both.inline(para, box, style, second) if inline else both.both(para, box, style, second)
            if placed is None:
                return None
            lines += placed
        return lines

    def _pictures(self, cell: Cell, box: Box) -> tuple[list[Raster], float]:
        """Return the pictures of a cell above its text, and where the text begins."""
        shapes: list[Raster] = []
        top = box.top
        for item in cell:
            found = prepared(item.within(box.width / MM, item.height)) if isinstance(item, Picture) else None
            if found is not None:
                shapes.append(found.at(box.x, top))
                top += found.height + self.pad
        return shapes, top


def table_bands(table: Table, both: Bilingual) -> Iterator[Band]:
    """Return the label, head and rows of a table; each row carries the head it repeats if it begins a page."""
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
