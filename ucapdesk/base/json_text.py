"""Canonical JSON for the log and the columns: one spelling for each value, read strictly."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any, NoReturn

Json = Any  # str | int | bool | None | list | dict with text keys; no floats, whole numbers within 2^53

MAX_EXACT_INTEGER = 2**53

_encoder = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False)
# Return the only spelling of a value: keys sorted, no spaces, characters as they are.
dumps: Callable[[Json], str] = _encoder.encode


def as_lines(values: Iterable[Json]) -> str:
    """Return JSON values as a list with each on a line of its own: what two laptops change in different ones is merged by itself."""
    return "[" + ",\n".join(json.dumps(each, ensure_ascii=False) for each in values) + "]"


def _refuse(text: str) -> NoReturn:
    raise ValueError(f"not a value of ours: {text[:40]}")


def _whole(text: str) -> int:
    number = int(text) if len(text) < 20 else MAX_EXACT_INTEGER + 1
    if not -MAX_EXACT_INTEGER <= number <= MAX_EXACT_INTEGER:
        _refuse(text)
    return number


def _once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) != len(pairs):
        _refuse("a key twice")
    return found


# Return the value of a JSON text. Raises ValueError for floats, NaN, huge numbers, doubled keys and anything that is
# not JSON.
loads: Callable[[str], Json] = json.JSONDecoder(
    parse_float=_refuse, parse_int=_whole, parse_constant=_refuse, object_pairs_hook=_once
).decode


def must(holds: object) -> None:
    """Raise ValueError where what a stranger wrote is not as it must be."""
    if not holds:
        raise ValueError
