"""Numbers, quantities, money and coordinates: read as people write them in five languages (``4,000,000``, ``4.000.000``, ``400万``,
``about 4 million``, ``5000元``), and formatted in each.

A point or a comma before exactly three digits may part thousands or decimals; the language tells which, and where none is
given it is as in English. Everything else says itself: behind a zero come decimals, a second separator of the same kind
parts thousands. ``N/A`` is written, not left out, and is never zero.
"""

from __future__ import annotations

import re
from decimal import Decimal

from ucapdesk.base.i18n import in_brackets, joined, known_language, phrases, tr, typed
from ucapdesk.base.json_text import Json
from ucapdesk.model.codes import code_label, codes, folded
from ucapdesk.model.text.typed_text import plain
from ucapdesk.model.values import Counts, Money, Quantity

_DIGITS = re.compile(r"[+-]?\d+(?:[.,' ]\d+)*")
_ABOUT = re.compile(
    r"(?:~|≈|about|around|approx\.?|approximately|ca\.?|circa|some|大约|约|alrededor de|unos|unas|etwa|rund)\s*"
)
_ABOUT_BEHIND = re.compile(r"\s*(?:左右|上下)")
_AT_LEAST = re.compile(
    r"(?:≥|>=?|over|more than|at least|mehr als|mindestens|uber|mas de|al menos|oltre|piu di|almeno|超过|至少|逾)\s*"
)
_AT_LEAST_BEHIND = re.compile(r"\s*(?:\+|以上|or more|多)")
_YEAR = re.compile(r"(.+?)\s*(?:\(\s*(\d{4})\s*年?\s*\)|,\s*(\d{4})\s*年)")
_GEO = re.compile(
    r"(?P<h>[nsewo]|北纬|南纬|东经|西经)?\s*(?P<d>[+-]?\d+(?:\.\d+)?)\s*[°度]?"
    r"(?:\s*(?P<m>\d+(?:\.\d+)?)\s*['′分]\s*(?:(?P<s>\d+(?:\.\d+)?)\s*(?:\"|″|''|秒)\s*)?)?\s*(?P<b>[nsewo])?"
)
_NEGATIVE = ("s", "w", "o", "南纬", "西经")
_EAST_WEST = ("e", "w", "o", "东经", "西经")


def read_number(said: str, lang: str | None = None) -> int | str:
    """Return a number: whole, or with the decimals that were written, as text. Raises ValueError for what is none."""
    text = plain(said).replace("’", "'")
    found = _DIGITS.match(text)
    if not found:
        raise ValueError(said)
    word = text[found.end() :].strip()
    number = Decimal(_bare(found[0], lang))
    if word:
        if word not in (zeros := typed("zeros")):
            raise ValueError(said)
        number *= 10 ** zeros[word]
        whole = number == number.to_integral_value()
        return int(number) if whole else format(number.normalize(), "f")
    return format(number, "f") if number.as_tuple().exponent else int(number)


def _bare(digits: str, lang: str | None) -> str:
    """Return digits with no separator but a decimal point."""
    signs = [sign for sign in digits if sign in ".,' "]
    if not signs:
        return digits
    last, thousands = signs[-1], set(signs[:-1])
    tail = digits.rpartition(last)[2]
    groups = [len(group) for group in re.split(r"[.,' ]", digits)[1:]]
    decimal = "," if phrases(lang or "en")["decimal_comma"] else "."
    grouped = len(tail) == 3 and re.match(r"[+-]?[1-9]\d{0,2}(?!\d)", digits) is not None
    parts_decimals = last in ".," and last not in thousands and (not grouped or last == decimal or bool(thousands))
    if any(length != 3 for length in (groups[:-1] if parts_decimals else groups)) or len(thousands - {last}) > 1:
        raise ValueError(digits)
    if not parts_decimals and len(set(signs)) > 1:
        raise ValueError(digits)
    whole = digits[: -len(tail) - 1] if parts_decimals else digits
    return re.sub(r"[.,' ]", "", whole) + (f".{tail}" if parts_decimals else "")


def read_quantity(said: str, lang: str | None = None) -> dict[str, Json]:
    """Return the parts of a quantity: a number with its qualifiers; words for a number are kept as printed.

    Raises:
        ValueError: For what is none.
    """
    text, year = said.strip(), None
    if dated := _YEAR.fullmatch(plain(said)):
        year = int(dated[2] or dated[3])
        text = re.split(r"\s*[(（,，]\s*\d{4}", text)[0]
    folded = plain(text)
    if folded in typed("not_available"):
        return {"is": "not_available", "print": text, "year": year}
    meaning = "exact"
    for how, before, behind in (("about", _ABOUT, _ABOUT_BEHIND), ("at_least", _AT_LEAST, _AT_LEAST_BEHIND)):
        if found := before.match(folded):
            meaning, folded = how, folded[found.end() :]
        elif (found := behind.search(folded)) and found.end() == len(folded):
            meaning, folded = how, folded[: found.start()]
    in_words = any(sign.isalpha() for sign in folded)
    return {"value": read_number(folded, lang), "is": meaning, "print": text if in_words else None, "year": year}


def read_money(said: str, lang: str | None = None) -> dict[str, Json]:
    """Return an amount and its currency, written before or after it. Raises ValueError for what is none."""
    text = plain(said)
    found = re.fullmatch(r"(?P<before>[^\d+-]*?)\s*(?P<number>[+-]?\d.*?)", text)
    if not found:
        raise ValueError(said)
    behind = re.search(r"(?<=[\d\s万亿])([a-z]{3}|[^\d\s.,'万亿]+)$", found["number"])
    before = found["before"].strip()
    word = before or (behind[1] if behind else "")
    number = found["number"] if before or not behind else found["number"][: behind.start()].strip()
    currency = typed("currencies").get(word) or (word.upper() if re.fullmatch("[a-z]{3}", word) else None)
    if word and not currency:
        raise ValueError(said)
    return {"value": str(read_number(number, lang)), "currency": currency}


def read_geo(said: str) -> dict[str, Json]:
    """Return latitude and longitude in degrees, with minutes and seconds where they are given. Raises ValueError."""
    text = plain(said)
    for comma in re.finditer(r"\s*[,;/]\s*|\s+|(?<=[nsewo])(?=\d)|(?=东经|西经|北纬|南纬)", text):
        one, other = (_GEO.fullmatch(part.strip()) for part in (text[: comma.start()], text[comma.end() :]))
        if one and other:
            if (one["h"] or one["b"]) in _EAST_WEST and (other["h"] or other["b"]) not in _EAST_WEST:
                one, other = other, one
            return {"lat": _degrees(one), "lon": _degrees(other)}
    raise ValueError(said)


def _degrees(found: re.Match[str]) -> str:
    number = Decimal(found["d"])
    if found["m"]:
        number += (Decimal(found["m"]) / 60 + Decimal(found["s"] or 0) / 3600).quantize(Decimal("0.000001"))
    if (found["h"] or found["b"]) in _NEGATIVE:
        number = -number
    return format(number, "f")


_YUAN = {"CNY": "元"}  # Words for a currency after an amount, where they differ from its name


def say_number(value: int | str | Decimal, lang: str | None = None) -> str:
    """Return a number with the separators of a language and all its digits: ``18,600``, ``140.9``, ``18.600``."""
    from babel.numbers import format_decimal

    number = Decimal(value)
    exponent = number.as_tuple().exponent
    digits = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return str(format_decimal(number, "#,##0" + "." * bool(digits) + "0" * digits, locale=known_language(lang)))


def english_ordinal(number: int | str) -> str:
    """Return ``3rd``."""
    n = int(number)
    return f"{number}{'th' if n % 100 in (11, 12, 13) else {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th')}"


def say_quantity(value: Quantity | None, lang: str | None = None, *, as_printed: bool = False) -> str:
    """Return a quantity: ``about 4 million``, ``约400万``, ``over 50``, ``N/A``.

    Args:
        value: The quantity; None is said as nothing.
        lang: The language, by default the reader's.
        as_printed: In the source's own words, where it has any in this language's script; with the year, where they leave it out.
    """
    if value is None:
        return ""
    lang = known_language(lang)
    printed = value.print or ""
    if as_printed and printed and (lang == "zh" if not printed.isascii() else lang == "en"):
        return printed if value.year is None or str(value.year) in printed else printed + _year(value.year, lang)
    if value.value is None:
        return str(phrases(lang)["not_available"])
    number = Decimal(value.value)
    said = say_number(number, lang) if value.is_ == "exact" else _round(number, lang)
    if value.is_ != "exact":
        said = phrases(lang)["about_number" if value.is_ == "about" else "at_least"].format(said)
    return said if value.year is None else said + _year(value.year, lang)


def _year(year: int, lang: str) -> str:
    return in_brackets(f"{year}年" if lang == "zh" else str(year), lang)


def read_counts(said: str) -> dict[str, int]:
    """Return how many there are in each language: ``2 EN, 2 ZH``, ``中文2份``. Raises ValueError."""
    found: dict[str, int] = {}
    for part in re.split(r"[,;、，；]", said):
        number = re.search(r"\d+", part)
        words = folded(part.replace(number[0], " ")) if number else ""
        named = [
            code
            for code, each in codes("languages").items()
            if any(folded(label) in words for label in each.labels.values())
        ]
        named = named or [word for word in words.split() if word in codes("languages")][-1:]
        if not number or len(named) != 1:
            raise ValueError(said)
        found[named[0]] = int(number[0])
    return found


def say_counts(value: Counts, lang: str) -> str:
    """Return how many there are in each language: ``2 in English, 2 in Chinese``."""
    each = (
        tr("paper", "{n} in {language}", lang, n=n, language=code_label("languages", code, lang))
        for code, n in value.items()
    )
    return joined(each, lang)


def say_money(value: Money | None, lang: str | None = None) -> str:
    """Return an amount with its currency: ``EUR 1,000``, ``1,000欧元``."""
    if value is None or value.value is None:
        return value.currency or "" if value else ""
    lang = known_language(lang)
    number, currency = say_number(value.value, lang), value.currency or ""
    if lang == "zh":
        from babel.numbers import get_currency_name

        name = _YUAN.get(currency) or str(get_currency_name(currency, locale="zh"))
        return number + (name if currency else "")
    return f"{currency} {number}".strip() if lang == "en" else f"{number} {currency}".strip()


def _round(number: Decimal, lang: str) -> str:
    """Return a round number in words: ``4 million``, ``400万``."""
    for unit, word in ((10**8, "亿"), (10**4, "万")) if lang == "zh" else ():
        if number >= unit and number % (unit // 10) == 0:
            return f"{(number / unit).normalize():f}{word}"
    if lang != "zh" and number >= 10**6 and number % 10**5 == 0:
        millions = (number / 10**6).normalize()
        return f"{say_number(millions, lang)} {phrases(lang)['million'][millions != 1]}"
    return say_number(number, lang)
