"""Finds the dates in a phrase, in five languages: one interval is one date, and no day is made up.

In ``04/09/2019`` nobody can say by itself whether the day comes first; the paper's other dates tell (``DateStyle``), and what
they cannot settle is marked as uncertain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from ucapdesk.base.i18n import LANGUAGES, READ_LANGUAGES
from ucapdesk.model.codes import folded
from ucapdesk.model.dates.words import any_of, day_words, month_names, months, weekday_names
from ucapdesk.model.text.typed_text import plain
from ucapdesk.model.values import PartialDate


@dataclass(frozen=True, slots=True)
class PaperDate:
    """A date as exact as the paper has it: EDTF text and the print."""

    edtf: str
    print: str


@cache
def _month_names() -> tuple[str, str]:
    latin = [lang for lang in (*LANGUAGES, *READ_LANGUAGES) if lang != "zh"]
    long = [name for lang in latin for name in month_names(lang, "wide")]
    short = [name for lang in latin if lang in LANGUAGES for name in month_names(lang, "abbreviated")]
    return any_of(long), any_of((*long, *short, *day_words("months")))


_Y = r"(?:19|20)\d\d"
_THE = any_of(day_words("the"))
_TO = rf"\s*(?:[-–—−~〜～]|至|到|{any_of(day_words('until'))}|{any_of(day_words('and'))}|&|/)\s*(?:{_THE}\s+)?"
_D = r"\d{1,2}(?:\s?(?:st|nd|rd|th|er)\b|\.(?=[\s,–-])|º|°|\.º|ª)?"
_PART = rf"(?:(?:the|alla|agli)\s+)?{any_of(word for word in day_words('parts_of_month') if word[0] < '一')}"
_PARTS = rf"{_PART}(?:[-\s]*(?:/|\bto\b|\bbis\b|\bor\b|\bund\b|\band\b)[-\s]*{_PART})?[-\s]+"
# Parts of a month in Chinese; the last ones also begin the names of other things, such as Detroit.
_HAN_PART = (
    rf"(?:\s*(?:{'|'.join(word for word in day_words('parts_of_month') if word[0] >= '一')}"
    r"|底(?!特律)|末(?!班)|初(?![步次期稿审始级中等创夏秋冬春选任心])|中(?=[至到]|[^\u4e00-\u9fff]|$)))?"
)
_OF = rf"(?:\s+{any_of(day_words('of'))})?\s*"


@cache
def _pattern() -> re.Pattern[str]:
    long, every = _month_names()
    month, bare = rf"(?:{every})\b\.?", rf"(?:{long})\b"
    year = rf"(?:(?:{_OF},?\s*|[-/])(?P<y1>{_Y})(?!\d)"
    year += rf"|(?(d1)(?:{_OF}|[-/])['’]?(?P<yy>[2-9]\d)(?=\s*(?:[,;:|]|$|\d\d?[:.]\d\d))))?"
    return re.compile(
        rf"(?<![A-Za-z\d_.])(?:(?P<iso>{_Y}[-/.][01]?\d(?:[-/.][0-3]?\d)?(?!\d)(?!/(?!(?:19|20)\d\d-))(?!\.\d))(?:[-–—~至](?P<iso2>(?:[01]?\d[-/.])?[0-3]?\d)(?![\d/.-]))?"
        rf"|(?<!\d/)(?:(?P<n0>\d{{1,2}})(?:[./](?P<nm>\d{{1,2}}))?[./]?\s*(?:[-–—]|\b(?:to|bis|al|au|a)\b)\s*)?"
        rf"(?P<n1>\d{{1,2}})(?P<sep>[/.-]|\.\s(?=\d{{1,2}}\.\s{_Y}))(?P<n2>\d{{1,2}})(?P=sep)(?P<n3>{_Y}|\d\d)(?![\d/])"
        rf"|(?<!\d/)(?P<my>(?:0?[1-9]|1[0-2])[/.]{_Y})(?![\d/])"
        rf"|(?:(?P<d1>{_D})(?:(?P<more>(?:\s?,\s?{_D}){{0,4}}){_TO}(?P<d2>{_D}))?(?:{_OF}|-)|{_PARTS})?"
        rf"(?P<m1>(?<=\d){month}|(?<=\d-){month}|(?<=[\d.] ){month}|(?<=er ){month}|(?<=th ){month}|(?<=st ){month}|(?<=nd ){month}|(?<=rd ){month}"
        rf"|(?<= of ){month}|(?<= de ){month}|{month}(?=\s*\.?,?[-/]?\s*(?:de\s+|del\s+|of\s+)?\d)|{month}(?=\s?[/–-]\s?{month}\s\d)|{bare})"
        rf"(?(d1)|(?:\s+(?P<d3>{_D})(?!\d)(?:{_TO}(?P<d4>{_D})(?!\d)(?!\s*(?:{every})\b))?)?){year}"
        rf"|(?:{_PARTS})?(?P<only>{_Y})(?![\d/]|\.\d|,\d{{3}})"
        rf")",
        re.IGNORECASE,
    )  # fmt: skip


_HAN = re.compile(
    rf"(?P<y>{_Y}|[一二三四五六七八九〇零]{{4}})\s*年\s*(?:(?P<m>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})\s*月\s*(?:(?P<d>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})\s*(?:[日号]|(?![\d日号]|\s*月))|{_HAN_PART})|{_HAN_PART})"
    rf"|(?P<m_>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})\s*月(?!份?会)\s*(?:(?P<d_>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})\s*(?:[日号]|(?![\d日号]))|{_HAN_PART})"
    r"|(?P<d__>\d{1,2}|[一二三四五六七八九十]{1,3})\s*[日号]"
)
# Words before the first day of a week.
_WEEK = re.compile(rf"{any_of(day_words('week'))}\.?(?:\s+{_THE})?\s*$", re.IGNORECASE)
_MAX_WEEK = 40  # Characters that such words take at most


@cache
def _around_dates() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return patterns of what is counted before a date, whose number is no day of it, and of a weekday before or behind its date.

    "Day 1 – 14 September", "Visit 1 – Monday, 14 September"; "mar 4.5." and "mar 4 maggio" are a Tuesday, "4 mar" is none.
    """
    short = [name for name in day_words("weekdays") if name[0] < "\u3000" and name != "mar"]
    two = any_of(name for name in short if len(name) == 2)
    names = any_of((*weekday_names(), *(name for name in short if len(name) > 2)))
    no_march = r"(?<!\d)(?<!\d\s)(?<!\d\.\s)(?<!\bde\s)"  # "4 mar", "4. mar", "4 de mar"
    to_weekday = rf"(?:\s?(?:al?|[-–—])\s?{any_of(short)}[.,]?\s\d{{1,2}})?"
    month = rf"(?:[./](?:0?[1-9]|1[0-2])(?!\d|,?\s{_Y})|\.?\s(?:de\s)?{_month_names()[1]})"
    tuesday = rf"{no_march}\bmar(?=[.,]?\s+\d{{1,2}}{to_weekday}{month})"
    weekday = (
        rf"(?:{names}|{two}(?=[.,])|{tuesday})"
        rf"[.,]{{0,2}}(?=\s*(?:{_THE}\s+)?(?:\d{{1,2}}|[^\W\d_]{{3,10}}\.?\s\d{{1,2}})(?!\d))"
        r"|[（(](?:[周週]|星期|[礼禮]拜)[一二三四五六日天][)）]|(?:[周週]|星期)[一二三四五六日天](?=\s*(?:至|到|[-–—]|$))"
    )
    counted = (
        rf"(?:{any_of(day_words('numbered_day'))}\s+\d{{1,2}}(?=\s*[:：,–—-])|"
        rf"{any_of(day_words('numbered'))}\s+\d{{1,2}}(?=\s*[:：,–—-]\s*(?:{weekday})))"
    )
    return re.compile(counted, re.IGNORECASE), re.compile(weekday, re.IGNORECASE)


_POSSIBLE = re.compile(r"(?:19|20)\d\d|\d[/.-]\d{1,2}[/.-]\d\d|[^\W\d_]\W{1,2}[2-9]\d(?!\d)")
_BETWEEN = re.compile(rf"\.?\s*(?:[-–—−~〜～/]|至|到|{any_of(day_words('until'))})\s*(?:{_THE}\s+)?", re.IGNORECASE)
_LONGEST_OVER_NEW_YEAR = 6  # Months from the first to the last; "12 October / 5 May 2019" are two dates
_AND = re.compile(rf"\d\S{{0,4}}\s*(?:{any_of(day_words('and'))}|&)\s*\d")
_AMERICAN = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)?(?:\s*[-–]\s*\d{1,2}(?:st|nd|rd|th)?)?,\s*(?:19|20)\d\d")
_NUMERIC = re.compile(r"(?<![\d/.])(\d{1,2})[/.-](\d{1,2})[/.-](?:19|20)?\d\d(?![\d/])")


@dataclass(frozen=True, slots=True)
class DateStyle:
    """How a paper writes figures: day or month first, and whether that is sure."""

    first: str = "day"
    sure: bool = False

    @classmethod
    def of(cls, text: str) -> DateStyle:
        pairs = [(int(a), int(b)) for a, b in _NUMERIC.findall(text)]
        days = sum(a > 12 >= b for a, b in pairs)
        swapped = sum(b > 12 >= a for a, b in pairs)
        if days or swapped:
            return cls("day" if days >= swapped else "month", not (days and swapped))
        every = _month_names()[1]
        american = [
            m for m in _AMERICAN.finditer(text) if re.search(rf"\b(?:{every})\.?\s+$", text[: m.start()], re.IGNORECASE)
        ]
        return cls("month" if american else "day")


@dataclass(frozen=True, slots=True)
class _Found:
    """A date as it stands: its parts, as far as given. ``days`` are the first and the last."""

    start: int
    end: int
    year: int | None
    month: int | None
    days: tuple[int, ...] = ()
    doubtful: bool = False
    only_day: bool = False
    lent: bool = False  # Whether the year is that of a date beside it


def dates_in(text: str, style: DateStyle = DateStyle()) -> list[PaperDate]:
    """Return every date in a phrase, in order; a month without a year takes the year that follows it, else the one before."""
    return [found for _, _, found in placed_dates(text, style)]


def placed_dates(text: str, style: DateStyle = DateStyle()) -> list[tuple[int, int, PaperDate]]:
    """Return every date in a phrase with where it begins and ends."""
    said = text
    for pattern in _around_dates():
        text = pattern.sub(lambda found: " " * len(found[0]), text)
    found = sorted([*_latin(text, style), *_chinese(text)], key=lambda each: each.start)
    dates: list[tuple[_Found, str]] = []
    for each in _with_years(found):
        joined = _joined(dates[-1], each, text) if dates else None
        if joined:
            dates[-1] = joined
        elif not each.only_day and (edtf := _edtf(each)):
            dates.append((each, _month_of_week(edtf) if _week_before(text, each) else edtf))
    return [(each.start, each.end, PaperDate(edtf, _print(said, each))) for each, edtf in dates]


def _print(said: str, found: _Found) -> str:
    """Return a date as it stands, with the words that make a week of its day."""
    week = _week_before(said, found)
    return " ".join(said[week.start() if week else found.start : found.end].split())


def _week_before(text: str, found: _Found) -> re.Match[str] | None:
    """Return the words right before a date that name its week."""
    return _WEEK.search(text, max(found.start - _MAX_WEEK, 0), found.start)


def _month_of_week(edtf: str) -> str:
    """Return a day as the month, or the two months, of its week: a visit in a week is not one of seven days."""
    if len(edtf) != len("2018-06-04"):
        return edtf
    last = f"{date.fromisoformat(edtf) + timedelta(days=6)}"
    return "/".join(dict.fromkeys((edtf[:7], last[:7])))


def _latin(text: str, style: DateStyle) -> Iterator[_Found]:
    if not _POSSIBLE.search(text):
        return
    for match in _pattern().finditer(text):
        if re.match(r"\s*年", text[match.end() :]):
            continue
        yield from _one(match, style)


def _one(match: re.Match[str], style: DateStyle) -> Iterator[_Found]:
    start, end = match.span()
    if iso := match["iso"]:
        parts = [int(part) for part in re.split(r"[-/.]", iso)]
        yield _Found(start, match.end("iso"), parts[0], parts[1], tuple(parts[2:]))
        if (rest := match["iso2"]) and len(parts) > 2:
            *month_of, day = (int(part) for part in re.split(r"[-/.]", rest))
            yield _Found(match.start("iso2"), end, parts[0], month_of[0] if month_of else parts[1], (day,))
    elif match["n1"]:
        yield from _in_figures(match, style)
    elif match["my"]:
        month_said, year_said = re.split(r"[/.]", match["my"])
        yield _Found(start, end, int(year_said), int(month_said))
    elif match["only"]:
        yield _Found(start, end, int(match["only"]), None)
    elif month := months().get(folded(match["m1"]).rstrip(".")):
        yield from _in_words(match, month)


def _in_figures(match: re.Match[str], style: DateStyle) -> Iterator[_Found]:
    a, b, year = int(match["n1"]), int(match["n2"]), int(match["n3"])
    year += 2000 if year < 100 else 0
    dotted = match["sep"].startswith(".")
    day_first = a > 12 or (b <= 12 and (style.first == "day" or dotted))
    day, month = (a, b) if day_first else (b, a)
    doubtful = a <= 12 and b <= 12 and a != b and not style.sure and not dotted
    if match["nm"]:  # 26.5.-31.5.2019
        other = int(match["n0"]), int(match["nm"])
        first_day, first_month = other if day_first else other[::-1]
        yield _Found(match.start(), match.end("nm"), year, first_month, (first_day,), doubtful, lent=True)
        yield _Found(match.start("n1"), match.end(), year, month, (day,), doubtful=doubtful)
        return
    days = (int(match["n0"]), day) if match["n0"] and day_first and int(match["n0"]) < day else (day,)
    yield _Found(*match.span(), year, month, days, doubtful=doubtful and len(days) == 1)


def _in_words(match: re.Match[str], month: int) -> Iterator[_Found]:
    no_day = not (match["d1"] or match["d3"])
    if no_day and match["m1"] in ("may", "march", "set", "mar", "sept"):
        return
    year = int(match["y1"] or f"20{match['yy']}") if match["y1"] or match["yy"] else None
    days = [int(re.sub(r"\D.*", "", said)) for name in ("d1", "d2", "d3", "d4") if (said := match[name])]
    between = re.search(rf"{any_of(day_words('between'))} $", match.string[max(0, match.start() - 14) : match.start()])
    apart = not between and len(days) == 2 and _AND.search(match[0]) and days[1] - days[0] > 1 and not match["more"]
    for some in [days[:1], days[1:]] if apart else [days[:2]]:
        yield _Found(*match.span(), year, month, tuple(some))


def _chinese(text: str) -> Iterator[_Found]:
    if not re.search("[年月日号]", text):
        return
    for match in _HAN.finditer(text):
        year = match["y"] and _figures(match["y"], "年")
        month = (match["m"] or match["m_"]) and _figures(match["m"] or match["m_"], "月")
        day = (match["d"] or match["d_"] or match["d__"]) and _figures(match["d"] or match["d_"] or match["d__"], "日")
        end = match.end() - (len(match[0]) - len(match[0].rstrip()))
        yield _Found(
            match.start(), end, year or None, month or None, (day,) if day else (), only_day=not year and not month
        )


def _figures(said: str, unit: str) -> int | None:
    digits = plain(said + unit).rstrip(unit)
    return int(digits) if digits.isdigit() else None


def _with_years(found: list[_Found]) -> list[_Found]:
    """Return dates, one without a year in the year that follows it, else in the one before."""
    lent: list[int | None] = [None] * len(found)
    for places in (range(len(found)), reversed(range(len(found)))):
        known = None
        for at in places:
            known = found[at].year or known
            lent[at] = known or lent[at]
    return [each if each.year else replace(each, year=year, lent=True) for each, year in zip(found, lent, strict=True)]


def _joined(before: tuple[_Found, str], each: _Found, text: str) -> tuple[_Found, str] | None:
    """Return the interval of two dates with a dash or a word between them."""
    first, edtf = before
    between = text[first.end : each.start]
    if "/" in edtf or not _BETWEEN.fullmatch(between):
        return None
    month = each.month or (first.month if each.only_day else None)
    last = _edtf(replace(each, month=month, year=first.year if each.only_day else each.year))
    begin = _edtf(first)
    if last is None or begin is None or "/" in last or last.count("-") != begin.count("-"):
        return None
    over_new_year = begin > last and 0 < ((month or 0) - (first.month or 0)) % 12 < _LONGEST_OVER_NEW_YEAR
    if over_new_year and first.lent and first.year:
        begin = _edtf(replace(first, year=first.year - 1))
    elif over_new_year and each.lent and each.year:
        last = _edtf(replace(each, year=each.year + 1))
    interval = f"{begin}/{last}"
    return (replace(first, end=each.end), interval) if is_date(interval) else None


def _edtf(each: _Found) -> str | None:
    if each.year is None:
        return None
    if each.month is None:
        return f"{each.year}"
    month = f"{each.year}-{each.month:02}"
    mark = "?" if each.doubtful else ""
    days = [f"{month}-{day:02}" for day in each.days]
    for edtf in ("/".join(days), *(f"{day}{mark}" for day in days[:1]), month):
        if edtf and is_date(edtf):
            return f"{edtf}{mark}" if mark and "/" not in edtf and not edtf.endswith(mark) else edtf
    return None


def is_date(edtf: str) -> bool:
    try:
        PartialDate(edtf)
    except ValueError:
        return False
    return True
