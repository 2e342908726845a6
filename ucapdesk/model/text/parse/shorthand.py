"""Reads short forms of dates, times, numbers, money and names into the parts they stand for."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict

from ucapdesk.base.json_text import Json
from ucapdesk.model.rules.names import HAN_NAME, read_latin, whole_han
from ucapdesk.model.text.format.dates_in_words import zone_told
from ucapdesk.model.text.parse.read_dates import parse_date
from ucapdesk.model.text.parse.read_numbers import read_money, read_quantity
from ucapdesk.model.text.parse.typed_text import narrow
from ucapdesk.model.values.cells import CellType
from ucapdesk.model.values.groups import GroupType, HanName, Money, PersonName, Quantity, When
from ucapdesk.model.values.partial_date import PartialDateType

_CLOCK = r"(?:[01]?\d|2[0-3]):[0-5]\d"
_WHEN = re.compile(
    rf"(?P<date>.*?)(?:[ T]*(?P<start>{_CLOCK})(?:\s*[-–—~〜至到]\s*(?P<end>{_CLOCK}))?)?"
    r"(?:\s+(?P<tz>[A-Z]\w+(?:/\w+)+)|\s*\((?P<clock>[^()]+)\))?"
)


def read_shorthand(type_: CellType[object], said: Json, lang: str | None = None) -> Json:
    """Return the parts that a short form stands for; any other text is left to the type.

    Args:
        type_: The type of the field.
        said: What was written.
        lang: The language whose signs part thousands and decimals.
    """
    if not isinstance(said, str) or not said.strip():
        return said
    said = said.strip()
    if isinstance(type_, PartialDateType):
        return parse_date(said)
    if isinstance(type_, GroupType):
        reader = _READERS.get(type_.cls)
        return reader(said, lang) if reader else said
    return said


def _when(said: str, _: str | None) -> Json:
    said = narrow(said)
    try:
        return _moment(said)
    except ValueError:
        begin, end = map(_moment, said.split(" – "))
        zone = end["tz"] if end["tz"] != begin["tz"] else None
        return {**begin, "end": end.get("start"), "end_date": end["date"], "end_tz": zone}


def _moment(said: str) -> dict[str, str | None]:
    match = _WHEN.fullmatch(said)
    zone = match and (match["tz"] or (match["clock"] and zone_told(match["clock"])))
    if not match or (match["clock"] and not zone):
        raise ValueError(said)
    padded = {key: match[key].zfill(5) for key in ("start", "end") if match[key]}
    return {"date": parse_date(match["date"].strip(" ,，")).edtf, "tz": zone, **padded}


def _name(said: str, _: str | None) -> Json:
    if HAN_NAME.search(said):
        raise ValueError(said)
    return asdict(read_latin(" ".join(said.split())))


_READERS: dict[type, Callable[[str, str | None], Json]] = {
    Quantity: read_quantity,
    Money: read_money,
    When: _when,
    PersonName: _name,
    HanName: lambda said, _: asdict(whole_han(said)),
}
