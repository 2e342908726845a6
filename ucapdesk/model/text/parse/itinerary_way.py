"""Reads journeys in a typed line: the number of a flight or a train, its route, and a time on the next day."""

from __future__ import annotations

import re

NUMBER = re.compile(
    r"(?<![\w])((?:[A-Z]{2}|[A-Z]\d|\d[A-Z]) ?\d{2,4}|[GDCZTK]\d{1,4}|ICE ?\d{1,4}|AVE ?\d{1,5})(?![\w])"
)
_WAY = re.compile(
    r"^(?:from\s+)?(.+?)\s*(?:→|->|=>|>|\s-\s)\s*(.+)$|^from\s+(.+?)\s+to\s+(.+)$|^从\s*(.+?)\s*(?:到|至|飞往|前往)\s*(.+)$",
    re.IGNORECASE,
)
_LOOSE_WAY = re.compile(
    r"^([A-Z]{3})\s?[-–—/]\s?([A-Z]{3})$|^(?:from\s+)?(\S.*?)\s+(?:to|nach)\s+(\S.*)$|^从?\s*(.+?)\s*(?:飞往|前往|到|至|飞|—+|–|-)\s*(.+)$"
)
"""A route as it is written after the number of a flight or a train."""
NEXT_DAY = re.compile(
    r"(?<=[\d点分])(?:\s*\(\+\s?1\)|\+\s?1(?![\w:.])|\s+\+1(?=\s*$)|\s*\(?(?:次日|翌日|第二天)\)?)|(?:次日|翌日|第二天)\s*(?=\d)"
)
"""A mark that a time is on the next day: ``0640+1``, ``06:40 (+1)``, ``次日06:40``."""
_BY_RAIL = re.compile(r"[GDCZTK]\d|ICE|AVE")
MODES = {"flight": "flight", "arrival": "flight", "departure": "flight", "train": "train"}
"""Means of transport of the types of items that may have a number."""
SPACES = " \t,;:，：；、\u3000"


def way_of(text: str) -> tuple[str, str] | None:
    """Return origin and destination of a text that is nothing but a route, with words or an arrow."""
    return _ends(_WAY.match(text))


def loose_way_of(text: str) -> tuple[str, str] | None:
    """Return the same for words that may also be a title: ``Warsaw to Beijing``, ``WAW-PEK``, ``华沙到北京``."""
    return _ends(_LOOSE_WAY.match(text))


def kind_by_number(text: str) -> tuple[str, str] | None:
    """Return the number at the start of a text whose rest is only a route, and whether it is a flight or a train."""
    found = NUMBER.match(text)
    rest = text[found.end() :].strip(SPACES) if found else ""
    if not found or not (way_of(rest) or loose_way_of(rest)):
        return None
    return found[1], "train" if _BY_RAIL.match(found[1]) else "flight"


def _ends(found: re.Match[str] | None) -> tuple[str, str] | None:
    if found is None:
        return None
    one, other = (part.strip() for part in found.groups() if part)
    return one, other
