"""Balances the columns of a table: those with much to say get room from those with little, so that rows are low."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import permutations

from ucapdesk.briefing.content import Cell, Group, Table
from ucapdesk.briefing.languages import Bilingual
from ucapdesk.briefing.text_elements import Para

_STEPS = (0.03, 0.06, 0.03)
"""Parts of the width that one column gives to another at a time; where no small step helps, a larger one may."""
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


def balanced(table: Table, both: Bilingual, widths: Sequence[float], least: Sequence[float]) -> list[float]:
    """Return widths with the same sum with which the rows take the least height; none below its least, blank columns unchanged."""
    balance = _Balance(table, both, widths)
    if len(balance.free) > 1:
        for step in _STEPS:
            while balance.gives(step * balance.total, least):
                pass
    return balance.widths


class _Balance:
    """Widths of the columns of a table, and how high its rows are with them."""

    def __init__(self, table: Table, both: Bilingual, widths: Sequence[float]) -> None:
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


def _texts(cell: Cell, both: Bilingual) -> _Texts:
    """Return the texts of a cell, language by language."""
    found: _Texts = [[] for _ in both.languages]
    for para in cell:
        if not isinstance(para, Para):
            continue
        style, second = both.styles_of(para.role)
        said: list[str] = []
        for n, language in enumerate(both.languages):
            shown = para.words.shown(language, both.setter.languages)
            if shown is not None and shown.text not in said:
                said.append(shown.text)
                used = second if n else style
                found[n].append((both.setter.width(shown.text, shown.language, used), used.leading))
    return found if any(found) else []


def _height(cell: _Texts, width: float, *, split: bool) -> float:
    """Return how high a cell is in a width: its languages stand under each other, or beside each other."""
    if split:
        return max((_lines(texts, width * part) for texts, part in zip(cell, _PARTS, strict=False)), default=0.0)
    return sum(_lines(texts, width) for texts in cell)


def _lines(texts: Sequence[tuple[float, float]], width: float) -> float:
    return sum(leading * math.ceil((wide * _LOSS if wide > width else wide) / width) for wide, leading in texts if wide)
