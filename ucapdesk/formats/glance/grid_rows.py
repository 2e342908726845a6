"""Puts the rows of a table's cells together: which column holds the labels, which cells belong to which side."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ucapdesk.formats.glance.blocks import Cell, Grid
from ucapdesk.formats.glance.glance_parts import Row
from ucapdesk.formats.glance.labels import field_of, key_of
from ucapdesk.formats.glance.text import squash

_Line = Sequence[Cell]


@dataclass(frozen=True, slots=True)
class GridRows:
    """A table as rows; ``above`` is what stands over its first labelled row."""

    above: tuple[str, ...]
    rows: tuple[Row, ...]


def rows_of_grid(grid: Grid) -> GridRows:
    """Return the rows of a table."""
    lines: list[_Line] = [row for row in grid.rows if any(squash(cell.text) for cell in row)]
    if not lines:
        return GridRows((), ())
    if _is_turned(lines):
        lines = _turned(lines)
    at = _label_column(lines)
    if at is None:
        said = [[cell.text for cell in row if squash(cell.text)] for row in lines]
        return GridRows((), tuple(Row("", tuple([*cells, "", ""][: max(2, len(cells))])) for cells in said))
    width = max(cell.at + cell.span for row in lines for cell in row)
    starts = _value_columns(lines, at)
    above: list[str] = []
    rows: list[Row] = []
    label = section = ""
    for row in lines:
        if (whole := _over_all(row, width)) is not None and not rows and field_of(whole) is None:
            above.append(whole)
            continue
        if heading := squash(" ".join(cell.text for cell in row if cell.at < at)):
            section = heading
            own = next((cell.text for cell in row if cell.at == at), "")
            rows += [Row(section, ("", ""))] if field_of(own) is not None else []
        made, label = _row(_sectioned(row, at, section), at, starts, label)
        rows.append(made)
    return GridRows(tuple(above), tuple(rows))


def _over_all(row: _Line, width: int) -> str | None:
    """Return the text of a row whose one cell covers the whole table."""
    cells = [cell for cell in row if squash(cell.text)]
    alone = len(cells) == 1 and (cells[0].span >= width > 1 or (cells[0].at == 0 and len(row) == 1))
    return cells[0].text if alone else None


def _sectioned(row: _Line, at: int, section: str) -> _Line:
    """Return a line without the heading of its section before the label; one whose label says little by itself has it in front."""
    own = next((cell for cell in row if cell.at == at), None)
    if not section or own is None or not squash(own.text):
        return row
    rest = [cell for cell in row if cell.at > at]
    if field_of(own.text) is None and field_of(section) is not None:
        return [Cell(f"{section}: {squash(own.text)}", at, own.span), *rest]
    return [own, *rest] if field_of(own.text) is not None else row


def _row(row: _Line, at: int, starts: Sequence[int], above: str) -> tuple[Row, str]:
    """Return a line as a row, and the label that a tall cell hands on to the lines below."""
    told = [cell.text for cell in row if cell.at <= at]
    label = squash(" ".join(told)) if len(told) > 1 else "".join(told).strip()
    continues = any(cell.continues for cell in row if cell.at == at) and not label
    cells = [""] * max(len(starts), 2)
    for cell in row:
        if cell.at > at and cell.text.strip():
            to = max((n for n, start in enumerate(starts) if start <= cell.at), default=0)
            cells[to] = f"{cells[to]}\n{cell.text}" if cells[to] else cell.text
    if continues and above:
        return Row(above, tuple(cells), continues=True), above
    return Row(label, tuple(cells)), label


def _label_column(lines: Sequence[_Line]) -> int | None:
    counts: Counter[int] = Counter()
    for row in lines:
        for cell in row:
            if squash(cell.text) and cell.at < 4 and _heads(cell.text):
                counts[cell.at] += 1
    if not counts:
        return None
    best = max(counts.values())
    return min(at for at, count in counts.items() if count == best)


def _heads(text: str) -> bool:
    before, colon, _ = text.partition(":")
    return field_of(text) is not None or (bool(colon) and len(before) < 80 and field_of(before) is not None)


def _value_columns(lines: Sequence[_Line], at: int) -> list[int]:
    """Return where the columns of values begin: as in the row that has most of them, one of cities before others."""
    best: list[int] = []
    for row in lines:
        starts = [cell.at for cell in row if cell.at > at]
        filled = [cell.at for cell in row if cell.at > at and squash(cell.text)]
        label = next((cell.text for cell in row if cell.at == at), "")
        field = field_of(label)
        if key_of(label) == "cities" and len(filled) > 1:
            return filled
        if field is not None and field.by_side and len(starts) > len(best):
            best = starts
    return best or sorted({cell.at for row in lines for cell in row if cell.at > at})[:2]


def _is_turned(lines: Sequence[_Line]) -> bool:
    """Whether the labels stand in the first line and a city in each line below."""
    first = sum(field_of(cell.text) is not None for cell in lines[0])
    down = sum(field_of(row[0].text) is not None for row in lines if row)
    return first > 3 and down <= 1 and len(lines) > 1


def _turned(lines: Sequence[_Line]) -> list[_Line]:
    width = max(cell.at + cell.span for row in lines for cell in row)
    columns: list[list[Cell]] = [[] for _ in range(width)]
    for number, row in enumerate(lines):
        for cell in row:
            columns[cell.at].append(Cell(cell.text, number))
    return [column for column in columns if any(re.search(r"\w", cell.text) for cell in column)]
