"""Formats numbers, quantities and money in each language. ``N/A`` is written, not left out, and is never zero."""

from __future__ import annotations

from decimal import Decimal

from ucapdesk.base.i18n import bracketed, known_language
from ucapdesk.base.phrases import phrases
from ucapdesk.model.values import Money, Quantity

_YUAN = {"CNY": "元"}
"""Words for a currency after an amount, where they differ from its name."""


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
    return bracketed(f"{year}年" if lang == "zh" else str(year), lang)


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
