"""Tables: columns on the grid, heads in both languages, rows with a rule under each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ucapdesk.briefing.bands import Band, Stroke
from ucapdesk.briefing.content import Column, Para, Table
from ucapdesk.briefing.languages import Bilingual
from ucapdesk.briefing.styles import HAIR, RULE, TINT
from ucapdesk.briefing.typeset import Box, Placed, bottom

INSET = 4.0  # text stands this far inside the tint of the heads


@dataclass(frozen=True, slots=True)
class _Place:
    """A column on the page: its box, and its language where it holds only one."""

    box: Box
    language: str | None


def table_bands(table: Table, both: Bilingual) -> Iterator[Band]:
    """The heads and rows of a table; each row brings the heads for the case that it begins a page."""
    places = _places(table, both)
    head = _head(table, places, both)
    if head is not None:
        yield head
        head = replace(head, keep=False, before=0.0)
    for row in table.rows:
        band = _row(table.columns, row, places, both)
        band.head = head
        yield band


def _places(table: Table, both: Bilingual) -> list[list[_Place]]:
    gutter = both.styles.table_gutter
    doubled = len(both.languages) > 1
    count = sum(2 if column.split and doubled else 1 for column in table.columns)
    unit = (both.width - 2 * INSET - gutter * (count - 1)) / sum(column.share for column in table.columns)
    x = INSET
    places: list[list[_Place]] = []
    for column in table.columns:
        width = column.share * unit
        if column.split and doubled:
            first = width * (0.46 if both.languages[0] == "zh" else 0.54)
            second = Box(x + first + gutter, 0.0, width - first)
            places.append([_Place(Box(x, 0.0, first), both.languages[0]), _Place(second, both.languages[1])])
            x += width + 2 * gutter
        else:
            places.append([_Place(Box(x, 0.0, width), None)])
            x += width + gutter
    return places


def _head(table: Table, places: Sequence[Sequence[_Place]], both: Bilingual) -> Band | None:
    style, second = both.styles.style("table head"), both.styles.style("table head second")
    pad = both.styles.gap / 2
    lines: list[Placed] = []
    for column, spots in zip(table.columns, places, strict=True):
        if column.head.empty:
            continue
        for spot in spots:
            box = spot.box._replace(top=pad)
            head = Para(column.head)
            if spot.language is not None:
                lines += both.setter.para(head, spot.language, style, box)
            else:
                lines += both.inline(head, box, style, second) or both.both(head, box, style, second)
    if not lines:
        return None
    height = both.up(bottom(lines) + pad)
    slack = (height - bottom(lines) - pad) / 2
    tint = Stroke(0.0, 0.0, both.width, height, TINT)
    return Band([line.moved(dy=slack) for line in lines], height, strokes=[tint], keep=True)


def _row(
    columns: Sequence[Column], row: Sequence[Sequence[Para]], places: Sequence[Sequence[_Place]], both: Bilingual
) -> Band:
    lines: list[Placed] = []
    pad = both.styles.gap / 2
    shared = [
        (cell, spots[0])
        for column, cell, spots in zip(columns, row, places, strict=True)
        if not column.label and spots[0].language is None
    ]
    short = all(_cell(cell, spot, both, True) is not None for cell, spot in shared)
    for column, cell, spots in zip(columns, row, places, strict=True):
        for spot in spots:
            spot = replace(spot, box=spot.box._replace(top=pad))
            if column.label:
                lines += _label(cell, spot.box, both)
            else:
                placed = _cell(cell, spot, both, short)
                lines += placed if placed is not None else []
    height = both.up(bottom(lines, pad + both.styles.line) + pad)
    return Band(lines, height, strokes=[Stroke(0.0, height, both.width, HAIR, RULE)])


def _label(cell: Sequence[Para], box: Box, both: Bilingual) -> list[Placed]:
    style, second = both.styles.style("fact label"), both.styles.style("fact label second")
    lines: list[Placed] = []
    for para in cell:
        at = box.below(lines)
        lines += both.inline(para, at, style, second) or both.both(para, at, style, second)
    return lines


def _cell(cell: Sequence[Para], spot: _Place, both: Bilingual, inline: bool) -> list[Placed] | None:
    """The lines of a cell; None where it should put both languages on one line and cannot."""
    lines: list[Placed] = []
    for para in cell:
        style = both.styles.style(para.role)
        box = spot.box.below(lines)
        if spot.language is not None:
            lines += both.setter.para(para, spot.language, style, box)
            continue
        second = both.second(para.role)
        placed = both.inline(para, box, style, second) if inline else both.both(para, box, style, second)
        if placed is None:
            return None
        lines += placed
    return lines
