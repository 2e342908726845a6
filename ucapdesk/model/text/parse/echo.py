"""Confirms a typed value in words, in the languages of a record, for display under the input line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ucapdesk.model.text.format.dates_in_words import say_full, say_when
from ucapdesk.model.text.format.fields_in_words import in_words
from ucapdesk.model.values import Geo, Money, PartialDate, Quantity, When


def echo(value: Any, languages: Sequence[str], typed: str = "") -> str:
    """Return ``Tue 15 Dec 2026 · 2026年12月15日 星期二``; words that say no more than was typed are left out."""
    said = [_said(value, lang) for lang in languages]
    return " · ".join(dict.fromkeys(each for each in said if each and each != typed.strip()))


def _said(value: Any, lang: str) -> str:
    match value:
        case PartialDate():
            return say_full(value, lang)
        case When():
            return say_when(value, lang, full=True)
        case Geo():
            return _position(value, lang)
        case int() if isinstance(value, bool) or abs(value) < 1000:
            return ""
        case int() | Quantity() | Money():
            return in_words(value, lang)
    return ""


def _position(value: Geo, lang: str) -> str:
    """Return a coordinate with its hemisphere, which is the usual mistake in it."""
    if not value.lat or not value.lon:
        return ""
    south, west = value.lat.startswith("-"), value.lon.startswith("-")
    lat, lon = value.lat.lstrip("-"), value.lon.lstrip("-")
    if lang == "zh":
        return f"{'南' if south else '北'}纬{lat}° {'西' if west else '东'}经{lon}°"
    return f"{lat}° {'S' if south else 'N'}, {lon}° {'W' if west else 'E'}"
