"""Readers of small texts: white space, brackets, bullets, dates, numbers, countries."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from types import MappingProxyType

from babel import Locale

from ucapdesk.base.i18n import READ_LANGUAGES
from ucapdesk.formats.glance.glance_parts import Quantity
from ucapdesk.formats.glance.list_marks import bulleted
from ucapdesk.formats.glance.small_numbers import numbers_by_word
from ucapdesk.model.codes import codes, find_code

BULLET = r"[→➔➜➢►▶•●■▪\uf0a7\uf0b7\uf0d8\uf0fc]"
SUB_BULLET = r"[○◦▫❍❏]"
NOT_AVAILABLE = re.compile(
    r"^(n\s*/\s*a\.?|n\.\s*a\.?|n\.\s*d\.?|k\.\s*a\.?|tb[cda]|to be (confirmed|determined|defined)|none|nil|not (yet )?"
    r"(available|applicable|known|signed)|pending|no disponible|por determinar|non disponibile|nicht verfügbar|"
    r"[-–—/]+|不详|无|暂无|未知|不适用|待定)\.?$",
    re.IGNORECASE,
)

_UNSTORABLE = re.compile(r"[\x00-\x08\x0e-\x1b\ud800-\udfff]")

_MULTIPLE = numbers_by_word("multiples")
_TIMES = "|".join(sorted(_MULTIPLE, key=len, reverse=True))
_NUMBER = re.compile(
    r"(?<![A-Za-zÀ-ÿ\d.,])(?P<digits>\d{1,3}(?:[,.'’ \u00a0\u202f]\d{3})+(?!\d)(?:[.,]\d{1,2})?|\d{1,2}(?:,\d{2})+,\d{3}|\d+(?:[.,]\d+)?)"
    rf"(?:\s*(?P<times>{_TIMES})(?![a-zà-ÿ²]|\s?[2²])\.?)?",
    re.IGNORECASE,
)
_UNITS: tuple[tuple[re.Pattern[str], Decimal], ...] = (
    (re.compile(r"\b(?:ha|hectares?|hect[aá]reas?|ettari|hektar)\b|公顷", re.IGNORECASE), Decimal("0.01")),
    (re.compile(r"(?:\bmu\b|亩)", re.IGNORECASE), Decimal(1) / Decimal(1500)),
    (re.compile(r"\b(?:sq\.?|square)\s*mi(?:les?)?\b|\bmi[²2]", re.IGNORECASE), Decimal("2.589988110336")),
    (
        re.compile(
            r"(?<!k)\bm[²2]|\b(?:sq\.?|square)\s*m(?:et(?:er|re)s?)?\b(?!i)|(?<!公里)(?<!千米)平方米", re.IGNORECASE
        ),
        Decimal("0.000001"),
    ),
)
"""Other units of areas, and how many square kilometres one of them is."""
_RANGE = re.compile(r"\d\S{0,16}\s*(?:[a-z]{1,12}\s*)?(?:[-–—~至到]|\bto\b|\band\b)\s*\d", re.IGNORECASE)
_YEAR_OF = re.compile(
    r"[(（\[][^()（）]{0,40}?\b((?:19|20)\d\d)\b[^()（）]{0,40}[)）\]]|[,;，]\s*((?:19|20)\d\d)\s*年?\s*$|((?:19|20)\d\d)\s*年(?:末|底)?\s*[:：]?|\b(?:in|as of|census|stand)\s+((?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_AT_LEAST = re.compile(
    r"\b(over|more than|at least|above|min(imum)?\.?|m[aá]s de|al menos|oltre|almeno|pi[uù] di|[uü]ber|mehr als|mindestens)\b"
    r"|>|≥|\d\s*\+|超过|至少|以上|多(?:人|名)|余(?:人|名|万)",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\b(about|around|approx(imately)?\.?|some|ca\.?|circa|nearly|almost|roughly|unos|unas|alrededor|aproximadamente|aprox\.?|"
    r"rund|etwa|ungef[aä]hr|cerca)\b|~|≈|约|大约|近|左右",
    re.IGNORECASE,
)


def joined_halves(text: str) -> str:
    """Return a text with surrogate halves joined: PDFium and rich text give characters beyond U+FFFF in two halves."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


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


def pieces_outside(text: str, separator: str | re.Pattern[str], everywhere: str | None = None) -> Iterator[str]:
    """Yield the pieces between the matches of a pattern, as they stand; within brackets only ``everywhere`` parts them."""
    spans, last = list(brackets(text)), 0
    for match in re.finditer(separator, text):
        if match[0] == everywhere or not any(start <= match.start() < end for start, end in spans):
            yield text[last : match.start()]
            last = match.end()
    yield text[last:]


def split_outside(text: str, separator: str) -> list[str]:
    """Split at a pattern, but not within brackets; empty pieces are dropped."""
    return [piece for piece in map(squash, pieces_outside(text, separator)) if piece]


def bullet_items(text: str) -> list[str]:
    """Return the items of a cell: at its bullets, else its paragraphs, else the whole."""
    text = bulleted(text)
    pieces = re.split(f"{BULLET}|{SUB_BULLET}", text) if re.search(f"{BULLET}|{SUB_BULLET}", text) else text.split("\n")
    pieces = [piece for piece in pieces if squash(piece)]
    if len(pieces) == 1:
        pieces = split_outside(pieces[0], r"[;；]")
    return [piece for piece in map(squash, pieces) if piece]


def quantity(text: str, *, area: bool = False) -> Quantity | None:
    """Return a number such as ``4 million``, ``18,600 km2``, ``over 50 participants``, ``7,000,000 (2017)``, ``N/A``.

    Args:
        text: The words.
        area: The number counts square kilometres; other units are turned into them.
    """
    text = squash(text)
    if not text:
        return None
    if NOT_AVAILABLE.match(text):
        return Quantity(text, None, "not_available")
    dated = _YEAR_OF.search(text)
    bare = text
    if dated and _NUMBER.search(text[: dated.start()] + " " + text[dated.end() :]):
        bare = squash(text[: dated.start()] + " " + text[dated.end() :])
    year = int(next(filter(None, dated.groups()))) if dated and bare != text else None
    match = _NUMBER.search(bare)
    if match is None:
        return Quantity(text, None, None)
    last = list(_NUMBER.finditer(bare))[-1]
    times = match["times"] or (last["times"] if _RANGE.search(bare) else None)
    number = _decimal(match["digits"]) * (_MULTIPLE[times.casefold()] if times else 1)
    said_about = _ABOUT.search(bare) is not None
    factor = next((factor for unit, factor in _UNITS if area and unit.search(bare)), None)
    if factor is not None:
        exact = number * factor
        number = exact.quantize(Decimal("0.01")).normalize()
        said_about = said_about or number != exact
    value = int(number) if number == number.to_integral_value() else format(number.normalize(), "f")
    rounded = times is not None or said_about
    least = _AT_LEAST.search(bare) or _RANGE.search(bare)
    return Quantity(text, value, "at_least" if least else "about" if rounded else "exact", year)


def _decimal(digits: str) -> Decimal:
    """Return a decimal number: the last point or comma divides the decimals unless exactly three digits follow each one."""
    digits = re.sub(r"['’ \u00a0\u202f]", "", digits)
    if re.fullmatch(r"\d{1,2}(,\d{2})+,\d{3}", digits):  # as in India: 24,05,665
        return Decimal(digits.replace(",", ""))
    if re.fullmatch(r"\d{1,3}([,.]\d{3})+", digits):
        return Decimal(re.sub(r"[,.]", "", digits))
    whole, _, decimals = digits.replace(",", ".").rpartition(".")
    return Decimal(f"{whole.replace('.', '')}.{decimals}" if whole else decimals)


_OTHER_NAMES = MappingProxyType({
    "uk": "GB", "pr china": "CN", "prc": "CN", "china (prc)": "CN", "mainland china": "CN", "czech republic": "CZ",
})  # fmt: skip
_STATE_FORM = re.compile(
    r"^(?:the |kingdom of |republic of |federal republic of |people's republic of |hellenic )+|^p\. ?r\. ?(?=china)"
)


@cache
def _further_names() -> dict[str, str]:
    """Return the codes of countries by their names in further languages of European cities."""
    listed = codes("countries")
    named = (item for lang in READ_LANGUAGES for item in Locale(lang).territories.items())
    return {folded(name): code for code, name in named if code in listed}


def country(print_: str) -> str | None:
    """Return the code of the country a print names, ``None`` when it is no country's name."""
    name = _STATE_FORM.sub("", folded(print_)).strip()
    # A code of two letters is no name: IT is not Italy but information technology.
    alpha2 = _OTHER_NAMES.get(name) or (find_code("countries", name) if len(name) > 2 or not name.isascii() else None)
    return alpha2 or (_further_names().get(name) if len(name) > 3 else None)
