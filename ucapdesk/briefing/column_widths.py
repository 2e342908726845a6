"""The column widths of a table: shares of the width, but none narrower than its widest unbreakable word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ucapdesk.briefing.characters import KEEP, has_han
from ucapdesk.briefing.column_balance import balanced
from ucapdesk.briefing.content import Column, Group, Table
from ucapdesk.briefing.languages import Bilingual
from ucapdesk.briefing.line_items import REMEMBERED
from ucapdesk.briefing.no_break import spans
from ucapdesk.briefing.styles import SMALLEST
from ucapdesk.briefing.text_elements import Para, Words
from ucapdesk.briefing.typeset import Box

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


def places(table: Table, both: Bilingual) -> list[list[ColumnBox]]:
    """Return every column; one with two languages gets two places."""
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


def _widths(table: Table, both: Bilingual, room: float) -> list[float]:
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


def _numbers(column: Column, both: Bilingual) -> float:
    """Return the width a column of numbers needs to keep its head unbroken; 0 for other columns."""
    if not column.numbered:
        return 0.0
    style = both.styles.at(both.styles.style("table head").size, bold=True)
    heads = [both.setter.width(said.text, said.language, style) for said in both.said(column.head)]
    return max([*heads, _NUMBERS * style.size]) + 0.5


def _least(table: Table, n: int, both: Bilingual, *, of_figures: bool = False) -> float:
    """Return the width of the widest unbreakable thing in a column, at a smaller size; ``of_figures``: of the widest date, amount or
    foreign name in Chinese, at its own size.
    """
    paras = [para for row in table.rows if not isinstance(row, Group) for para in row[n] if isinstance(para, Para)]
    if of_figures:
        texts = ((text, para.role) for para in paras for text in _kept_whole(para.words, both))
        found = ((text, both.setter.styles.style(role)) for text, role in texts)
    else:
        small = both.styles.at(max(SMALLEST, _SMALLER * both.styles.style("text").size), bold=True)
        words = {word for para in paras for word in _unbroken(para.words, both)}
        words |= set(_unbroken(table.columns[n].head, both, shortest=_SHORT_HEAD))
        found = ((word, small) for word in words)
    widest = max(
        (both.setter.width(text, "zh" if has_han(text) else "en", style) for text, style in found), default=0.0
    )
    return widest + 0.5 if widest else 0.0


def _unbroken(words: Words, both: Bilingual, shortest: int = _SHORT) -> Iterator[str]:
    for said in both.said(words):
        for word in _WORDS.findall(said.text):
            if shortest <= len(word) <= _LONG and not has_han(word):
                yield word
    yield from (text for text in _kept_whole(words, both) if _is_figure(text))


def _kept_whole(words: Words, both: Bilingual) -> Iterator[str]:
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
    """Return whether something is never parted in a column: amounts and numbers, in Chinese dates."""
    return not has_han(said) or _DATE.fullmatch(said) is not None
