"""Parts rows that say of both sides in one cell: ``Cities: Nanning and Murcia``, ``7.3 million (Nanning), 450,000 (Murcia)``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ucapdesk.formats.glance.city_columns import bare_name, filled
from ucapdesk.formats.glance.glance_parts import Row
from ucapdesk.formats.glance.labels import field_of, key_of
from ucapdesk.formats.glance.text import split_outside, squash

_BETWEEN = r"[,;/，；、／]|\s(?:and|&|y|e|und)\s|\s[–—-]\s|[–—]"
_STRONG = r"[;/；／]|\s(?:and|&|y|e|und)\s|\s[–—-]\s|\n"
_APART = r"\s*(?:[;；]|\s/\s|／|\n)\s*"
_AROUND = " ,;:：()（）/–-"


def in_columns(rows: Sequence[Row]) -> list[Row]:
    """Return rows with a cell for each side, where the row of cities names two in one cell and no row has two."""
    by_side = [row for row in rows if (known := field_of(row.label)) and known.by_side]
    cities = next((row for row in by_side if key_of(row.label) == "cities"), None)
    if cities is None or any(len(filled(row)) > 1 for row in by_side):
        return list(rows)
    said = filled(cities)
    tries = (split_outside(said[0], between) for between in (_BETWEEN, _STRONG)) if said else ()
    names = next((found for found in tries if len(found) == 2), [])
    if len(names) != 2:
        return list(rows)
    return [_parted(row, names, is_cities=row is cities) for row in rows]


def _parted(row: Row, names: Sequence[str], *, is_cities: bool) -> Row:
    known, said = field_of(row.label), filled(row)
    if is_cities:
        return replace(row, cells=tuple(names))
    if known is None or not known.by_side or known.key == "visits" or not said:
        return row
    cells = _by_names(said[0], [bare_name(name) for name in names]) or _by_signs(said[0])
    return replace(row, cells=cells) if cells else row


def _by_names(text: str, names: Sequence[str]) -> tuple[str, str] | None:
    """Return the parts of a text that names both: each name stands before its part, or in brackets behind it."""
    at = [text.find(name) for name in names]
    if min(at) < 0 or len(set(at)) < 2:
        return None
    order = sorted((0, 1), key=lambda side: at[side])
    first, second = order
    if text[: at[first]].strip(_AROUND):  # the value comes first
        cut = at[first] + len(names[first])
        parts = {first: text[:cut], second: text[cut:]}
    else:
        parts = {first: text[: at[second]], second: text[at[second] :]}
    a, b = (_bare(parts[side].replace(names[side], " ")) for side in (0, 1))
    return a, b


def _bare(text: str) -> str:
    """Return a part without the signs that held the name of its city."""
    text = re.sub(r"[(（]\s*[)）]", " ", text).strip(" ,;:：/–-\n")
    return text.lstrip(")） ,;:：").rstrip("(（ ,;")


def _by_signs(text: str) -> tuple[str, str] | None:
    parts = (
        split_outside(text, _APART) if "\n" not in text else [part for part in map(squash, text.split("\n")) if part]
    )
    return (parts[0], parts[1]) if len(parts) == 2 else None
