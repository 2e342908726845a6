"""Balances the columns of a table: those with much to say get room from those with little, so that rows are low."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ucapdesk.briefing.content import Cell, Group, Para, Table
from ucapdesk.briefing.languages import Bilingual

_STEP = 0.03  # of the width that one column gives to another at a time
_ROUNDS = 24
_ROWS = 60  # at most are looked at, spread over the table
_LOSS = 1.07  # what lines lose at their ends
_FIRST = (0.54, 0.46)  # parts of a column with one for each language
_DEAR = 0.15  # lines that a column as wide as the table is worth: without a gain widths stay as they were asked for

_Texts = list[list[tuple[float, float]]]  # of each language of a cell: widths on one line, and heights of a line


def balanced(table: Table, both: Bilingual, widths: Sequence[float], least: Sequence[float]) -> list[float]:
    """Return widths with the same sum with which the rows take the least height; none below its least, blank columns unchanged."""
    rows = [row for row in table.rows if not isinstance(row, Group)]
    rows = rows[:: max(1, len(rows) // _ROWS)]
    texts = [[_texts(row[n], both) for row in rows] for n in range(len(widths))]
    heads = [_texts((Para(column.head),), both) for column in table.columns]
    free = [n for n, column in enumerate(texts) if any(column) and not table.columns[n].numbered]
    if len(free) < 2:
        return list(widths)
    found = list(widths)
    total = sum(widths)
    split = [column.split and len(both.languages) > 1 and not both.styles.large for column in table.columns]

    def heights(n: int, width: float) -> list[float]:
        return [_height(cell, width, split=split[n]) for cell in (*texts[n], heads[n])]

    def cost(columns: Sequence[Sequence[float]], asked: Sequence[float]) -> float:
        moved: float = sum(abs(now - before) for now, before in zip(asked, widths, strict=True)) / total
        high: float = sum(max(row) for row in zip(*columns, strict=True))
        return high + _DEAR * moved * both.styles.line

    now = [heights(n, width) for n, width in enumerate(found)]
    best = cost(now, found)
    step = _STEP * total
    for _ in range(_ROUNDS):
        tried = []
        narrower = {n: heights(n, found[n] - step) for n in free if found[n] - step >= least[n]}
        wider = {n: heights(n, found[n] + step) for n in free}
        for giver, taker in ((a, b) for a in narrower for b in free if a != b):
            changed = {giver: narrower[giver], taker: wider[taker]}
            columns = [changed.get(n, column) for n, column in enumerate(now)]
            asked = [w - step if n == giver else w + step if n == taker else w for n, w in enumerate(found)]
            tried.append((cost(columns, asked), giver, taker))
        if not tried or min(tried)[0] >= best:
            break
        best, giver, taker = min(tried)
        now[giver], now[taker] = narrower[giver], wider[taker]
        found[giver] -= step
        found[taker] += step
    return found


def _texts(cell: Cell, both: Bilingual) -> _Texts:
    """Return the texts of a cell, language by language."""
    found: _Texts = [[] for _ in both.languages]
    for para in cell:
        if not isinstance(para, Para):
            continue
        style, second = both.styles.style(para.role), both.second(para.role)
        said: list[str] = []
        for n, language in enumerate(both.languages):
            shown = para.words.shown(language, both.languages)
            if shown is not None and shown.text not in said:
                said.append(shown.text)
                used = second if n else style
                found[n].append((both.setter.width(shown.text, shown.language, used), used.leading))
    return found if any(found) else []


def _height(cell: _Texts, width: float, *, split: bool) -> float:
    """Return how high a cell is in a width: its languages stand under each other, or beside each other."""
    if split:
        return max((_lines(texts, width * part) for texts, part in zip(cell, _FIRST, strict=False)), default=0.0)
    return sum(_lines(texts, width) for texts in cell)


def _lines(texts: Sequence[tuple[float, float]], width: float) -> float:
    return sum(leading * math.ceil((wide * _LOSS if wide > width else wide) / width) for wide, leading in texts if wide)
