"""Short ways of writing dates, times, numbers and money, as the parts they stand for.

Names have no short way: which word is the family name is never guessed.
"""

from __future__ import annotations

import re

from ucapdesk.base.json_text import Json
from ucapdesk.model.values.cells import CellType
from ucapdesk.model.values.groups import GroupType, Money, Quantity, When
from ucapdesk.model.values.partial_date import PartialDateType
from ucapdesk.model.wording.dates import parse_date

_CLOCK = r"(?:[01]?\d|2[0-3]):[0-5]\d"
_WHEN = re.compile(
    rf"(?P<date>.*?)(?:[ T]*(?P<start>{_CLOCK})(?:\s*[-–—至]\s*(?P<end>{_CLOCK}))?)?(?:\s+(?P<tz>[A-Z]\w+(?:/\w+)+))?"
)
_MONEY = re.compile(
    r"(?P<value>-?\d[\d,]*(?:\.\d+)?)\s*(?P<currency>[A-Za-z]{3})|(?P<first>[A-Za-z]{3})\s*(?P<last>-?\d[\d,]*(?:\.\d+)?)"
)
_NUMBER = re.compile(r"-?\d{1,3}(?:[,   ]\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?")
_ABOUT = re.compile(r"~|about |approx\.? |ca\.? |约|大约")
_AT_LEAST = re.compile(r">=?|over |more than |at least |超过|至少|逾")
_NOT_AVAILABLE = ("n/a", "na", "n.a.", "不详", "无")


def read_shorthand(type_: CellType[object], said: Json) -> Json:
    """What was said as the type reads it; anything that is no short way of ours is left to the type."""
    if not isinstance(said, str) or not said.strip():
        return said
    said = said.strip()
    if isinstance(type_, PartialDateType):
        return parse_date(said)
    if isinstance(type_, GroupType):
        reader = {When: _when, Quantity: _quantity, Money: _money}.get(type_.cls)
        return reader(said) if reader else said
    return said


def _when(said: str) -> Json:
    match = _WHEN.fullmatch(said)
    if not match:
        raise ValueError(said)
    date, start, end, zone = match.group("date", "start", "end", "tz")
    hours = {"start": start, "end": end}
    padded = {key: hour.zfill(5) for key, hour in hours.items() if hour}
    return {"date": parse_date(date.strip(" ,，")).edtf, "tz": zone, **padded}


def _quantity(said: str) -> Json:
    if said.casefold() in _NOT_AVAILABLE:
        return {"is": "not_available", "print": said}
    meaning, rest = "exact", said
    for how, pattern in (("about", _ABOUT), ("at_least", _AT_LEAST)):
        if match := pattern.match(said.casefold()):
            meaning, rest = how, said[match.end() :].strip()
    if not _NUMBER.fullmatch(rest):
        raise ValueError(said)
    digits = re.sub(r"[,\s]", "", rest)
    return {"value": digits if "." in digits else int(digits), "is": meaning}


def _money(said: str) -> Json:
    match = _MONEY.fullmatch(said)
    if not match:
        raise ValueError(said)
    amount = match["value"] or match["last"]
    return {"value": amount.replace(",", ""), "currency": (match["currency"] or match["first"]).upper()}
