"""Finds words that belong on one line: amounts, dates, telephone numbers, a title and its name, 《titles》.

Patterns of all five languages together: a Chinese text holds English dates as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ucapdesk.base.i18n import LANGUAGES
from ucapdesk.base.surnames import COMPOUND
from ucapdesk.briefing.characters import KEEP, SOFT

_SPACE = r"[ \u00a0\u202f]"
_NUMBER = r"\d[\d.,'\u00a0\u202f]*(?:(?<=\d)|(?<=[\u00a0\u202f]))"
_CURRENCY = r"(?:US\$|EUR|USD|CNY|RMB|GBP|CHF|[€$£¥￥])"
_SCALE = r"(?:thousand|million|billion|bn|Mio\.?|Mrd\.?|Millionen|millones|milioni|miliardi)"
_UNIT = (
    rf"(?:{_SCALE}|km²|km2|km|m²|m2|m³|cm|mm|m|ha|kg|t|kWh?|MWh?|GWh?|MW|h|min|%|°C|€|EUR|USD|CNY|RMB|euros?|Euro|"
    r"a\.m\.|p\.m\.|am|pm|Uhr|hours?|days?|years?|people|persons)"
)
_NUMBERED = r"(?:SDGs?|SGD|No\.?|Nr\.?|N\.º|p\.|pp\.|[Pp]age|[Rr]oom|Art\.|Article|§|[Vv]ersion|ODS|OSS|Ziel)"
_SALUTATION = (
    r"(?:Mr|Ms|Mrs|Mx|Dr|Prof|Sr|Sra|Sres|D\.ª|Dña|Herrn?|Frau|Sig|Sig\.ra|Sig\.na|Dott|Dott\.ssa|Ing|Mag|St)\.?"
)
_MEASURE = (
    "(?:欧元|美元|人民币|元|公里|平方公里|平方千米|平方米|公顷|米|吨|千瓦|人次|人|名|份|个|项|次|家|辆|位|页|天|日|年|月|周|"
    "小时|分钟|分|点|座|场|届|种|条|部|倍|岁|度|期|号|楼|层|室|晚|桌|套|件|％|%)"
)
_ADDRESS = "(?:先生|女士|博士|教授|主任|市长|副市长|局长|处长|科长)"
_H = "[\u4e00-\u9fff]"


def _months() -> str:
    from babel.dates import get_month_names

    names = {
        name.rstrip(".")
        for lang in LANGUAGES
        if lang != "zh"
        for width in ("wide", "abbreviated")
        for name in get_month_names(width, locale=lang).values()
    }
    return "(?:" + "|".join(sorted(map(re.escape, names), key=len, reverse=True)) + r")\.?"


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], int], ...]:
    month, space = _months(), _SPACE
    day = rf"\d{{1,2}}(?:\.|º)?(?:[–-]\d{{1,2}}\.?)?{space}(?:de{space})?"
    firm = (
        rf"{_CURRENCY}{space}?{_NUMBER}(?:{space}{_SCALE}\b)?",
        rf"\b{_NUMBER}{space}?{_UNIT}(?!\w)",
        rf"\b{day}{month}(?:{space}(?:de{space})?\d{{4}}\b)?",
        rf"\b{month}{space}(?:de{space})?\d{{4}}\b",
        rf"\b{_NUMBERED}{space}?\d+(?:[&,–-]\d+)*",
        rf"\b{_SALUTATION}{space}\w+",
        r"\+\d[\d\u00a0\u202f ().-]{4,}\d",
        rf"\d{{1,2}}[:.]\d{{2}}{space}?[–—-]{space}?\d{{1,2}}[:.]\d{{2}}",
        r"\d{2,4}年(?:\d{1,2}月(?:\d{1,2}[日号])?)?|\d{1,2}月(?:\d{1,2}[日号])?",
        rf"第\d[\d.,]*{_H}?",
        rf"(?:{_CURRENCY}{space}?)?\d[\d,.]*[多余]?[万亿千百]?[多余]?{_MEASURE}?",
        "《[^《》]*》",
        rf"（{_H}{{2,8}}时间）|［{_H}{{2,4}}］",  # whose clock an hour is told by; the language of a text, or 待译
        rf"\b[A-Z][A-Z0-9]{space}\d{{1,4}}\b",  # a flight or a train
        "(?:星期|周)[一二三四五六日天]",
        rf"(?<=·){_H}{{2,8}}(?:-{_H}{{1,8}})*",  # the family name of a foreigner: such a name rather parts at its dots
        rf"(?:{'|'.join(sorted(COMPOUND))}){_H}{{1,2}}{_ADDRESS}",
        rf"{_H}[A-Z][·•]?[A-Z0-9]{{5,6}}(?![A-Za-z0-9])",  # a number plate
    )
    soft = (
        r"\d{1,2}[日号]（(?:周|星期).）",
        rf"\d+(?:st|nd|rd|th){space}\w+",
        rf"{_H}{{1,8}}(?:·{_H}{{1,8}})+{_ADDRESS}?",
        rf"{_H}{{2,3}}{_ADDRESS}",
    )
    return tuple((re.compile(p), KEEP) for p in firm) + tuple((re.compile(p), SOFT) for p in soft)


_NEEDS_LOOK = re.compile(r"[\d·《［]|星期|周|先生|女士|博士|教授|主任|市长|[局处科]长|[A-Z][a-z]{1,4}\.?[ \u00a0]")


def spans(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield start, end and strength of every stretch of ``text`` that should not be broken."""
    if not _NEEDS_LOOK.search(text):
        return
    for pattern, strength in _patterns():
        for match in pattern.finditer(text):
            if match.end() - match.start() > 1:
                yield match.start(), match.end(), strength
