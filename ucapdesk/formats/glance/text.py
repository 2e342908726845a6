"""Readers of small texts: white space, brackets, bullets, dates, numbers, countries."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from types import MappingProxyType

from babel import Locale

from ucapdesk.formats.glance.glance_parts import Country, PartialDate, Quantity
from ucapdesk.model.codes import find_code
from ucapdesk.model.values import partial_date

BULLET = r"[→➔➜➢►▶•●■▪]"
SUB_BULLET = r"[○◦▫❍❏]"
NOT_AVAILABLE = re.compile(r"^(n\s*/\s*a|n\.\s*a\.?|not (available|applicable|known)|[-–—]+|不详|无)$", re.IGNORECASE)

_UNSTORABLE = re.compile(r"[\x00-\x08\x0e-\x1b\ud800-\udfff]")

_MONTHS = {
    name.casefold(): number
    for width in ("wide", "abbreviated")
    for number, name in Locale("en").months["format"][width].items()
} | {"sept": 9}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"\b(?:(?P<iso>(?:19|20)\d\d-[01]\d(?:-[0-3]\d)?)(?!\d)"
    rf"|(?:(?P<from>\d{{1,2}})(?:\s*[-–]\s*(?P<to>\d{{1,2}}))?\s+)?(?P<month>{_MONTH})\b\.?"
    rf"(?:\s+(?P<day>\d{{1,2}}),(?=\s*\d{{4}}))?(?:,?\s+(?P<year>(?:19|20)\d\d))?"
    rf"|(?P<only>(?:19|20)\d\d))\b",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"^\s*(until|till|to|through|[-–—])\s*$", re.IGNORECASE)
_MULTIPLE = {
    "thousand": 10**3, "million": 10**6, "millions": 10**6, "mio": 10**6, "m": 10**6, "billion": 10**9,
    "万": 10**4, "亿": 10**8,
}  # fmt: skip
_NUMBER = re.compile(
    r"(?P<digits>\d{1,3}(?:[,.'’ \u202f]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d+)?)"
    r"(?:\s*(?P<times>thousand|millions?|mio|billion|万|亿|m(?![\w²2])))?",
    re.IGNORECASE,
)
_AT_LEAST = re.compile(r"\b(over|more than|at least|above|min(imum)?\.?)\b|>|\d\s*\+|超过|至少|以上", re.IGNORECASE)
_ABOUT = re.compile(r"\b(about|around|approx(imately)?\.?|some|ca\.?|circa|nearly|almost)\b|~|约", re.IGNORECASE)


def squash(text: str) -> str:
    """Return ``text`` in NFC with single spaces, without what cannot be stored."""
    return " ".join(unicodedata.normalize("NFC", _UNSTORABLE.sub(" ", text)).split())


def folded(text: str) -> str:
    """Return ``text`` as ids and comparisons see it: NFKC, case-folded, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def brackets(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of every outermost pair of round brackets; one never closed runs to the end."""
    depth, start = 0, 0
    for at, char in enumerate(text):
        if char in "(（":
            start = at if depth == 0 else start
            depth += 1
        elif char in ")）" and depth:
            depth -= 1
            if depth == 0:
                yield start, at + 1
    if depth:
        yield start, len(text)


def inside(bracketed: str) -> str:
    """Return the text between a pair of brackets."""
    body = bracketed[1:]
    return squash(body[:-1] if body.endswith((")", "）")) else body)


def split_outside(text: str, separator: str) -> list[str]:
    """Split at a pattern, but not within brackets; empty pieces are dropped."""
    spans = list(brackets(text))
    pieces, last = [], 0
    for match in re.finditer(separator, text):
        if not any(start <= match.start() < end for start, end in spans):
            pieces.append(text[last : match.start()])
            last = match.end()
    pieces.append(text[last:])
    return [piece for piece in map(squash, pieces) if piece]


def bullet_items(text: str) -> list[str]:
    """Return the items of a cell: at its bullets, else its paragraphs, else the whole."""
    pieces = re.split(f"{BULLET}|{SUB_BULLET}", text) if re.search(f"{BULLET}|{SUB_BULLET}", text) else text.split("\n")
    return [piece for piece in map(squash, pieces) if piece]


def dates_in(text: str) -> list[PartialDate]:
    """Return every date in a phrase, in order; a month without a year takes the year that follows it, else the one before.

    ``A until B`` is one interval.
    """
    found = list(_DATE.finditer(text))
    years = [match["year"] or match["only"] or (match["iso"] or "")[:4] for match in found]
    dates: list[PartialDate] = []
    ends: list[tuple[int, int]] = []
    for at, match in enumerate(found):
        year = next((y for y in years[at:] if y), None) or next((y for y in reversed(years[:at]) if y), None)
        edtf = _edtf(match, year)
        if edtf is None:
            continue
        interval = f"{dates[-1].edtf}/{edtf}" if dates and "/" not in dates[-1].edtf + edtf else ""
        if _is_date(interval) and _BETWEEN.match(text[ends[-1][1] : match.start()]):
            start = ends[-1][0]
            dates[-1] = PartialDate(interval, squash(text[start : match.end()]))
            ends[-1] = (start, match.end())
        else:
            dates.append(PartialDate(edtf, squash(match.group())))
            ends.append(match.span())
    return dates


def _edtf(match: re.Match[str], year: str | None) -> str | None:
    if given := match["iso"] or match["only"]:
        return given if _is_date(given) else None
    if year is None:
        return None
    month = f"{year}-{_MONTHS[match['month'].casefold()]:02}"
    day, last = match["from"] or match["day"], match["to"]
    first = f"{month}-{int(day):02}" if day else month
    for edtf in (f"{first}/{month}-{int(last):02}" if last else first, first, month):
        if _is_date(edtf):
            return edtf
    return None


def _is_date(edtf: str) -> bool:
    try:
        partial_date.PartialDate(edtf)
    except ValueError:
        return False
    return True


def quantity(text: str) -> Quantity | None:
    """Return a number such as ``4 million``, ``18,600 km2``, ``over 50 participants``, ``N/A``."""
    text = squash(text)
    if not text:
        return None
    if NOT_AVAILABLE.match(text):
        return Quantity(text, None, "not_available")
    match = _NUMBER.search(unicodedata.normalize("NFC", text))
    if match is None:
        return Quantity(text, None, None)
    times = _MULTIPLE[match["times"].casefold()] if match["times"] else 1
    number = _decimal(match["digits"]) * times
    value = int(number) if number == number.to_integral_value() else format(number.normalize(), "f")
    rounded = times > 1 or _ABOUT.search(text) is not None
    return Quantity(text, value, "at_least" if _AT_LEAST.search(text) else "about" if rounded else "exact")


def _decimal(digits: str) -> Decimal:
    """Return a decimal number: the last point or comma divides the decimals unless exactly three digits follow each one."""
    digits = re.sub(r"['’ \u202f]", "", digits)
    if re.fullmatch(r"\d{1,3}([,.]\d{3})+", digits):
        return Decimal(re.sub(r"[,.]", "", digits))
    whole, _, decimals = digits.replace(",", ".").rpartition(".")
    return Decimal(f"{whole.replace('.', '')}.{decimals}" if whole else decimals)


_OTHER_NAMES = MappingProxyType({"uk": "GB", "pr china": "CN", "p.r. china": "CN", "czech republic": "CZ"})


def country(print_: str) -> Country | None:
    """Return the country a print names, ``None`` when it is no country's name."""
    name = folded(print_).removeprefix("the ")
    # A code of two letters is no name: IT is not Italy but information technology.
    alpha2 = _OTHER_NAMES.get(name) or (find_code("countries", name) if len(name) > 2 or not name.isascii() else None)
    return Country(print_, alpha2) if alpha2 else None
