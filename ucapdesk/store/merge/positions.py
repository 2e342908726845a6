"""Positions in an ordered list, as texts that always leave room between two neighbours.

A place is a whole number and a fraction in base 62. The number's first letter tells how many digits follow, so
appending a thousand times stays short. A new place ends in three characters of chance, so that two desks filling the
same gap rarely meet; where they do, the id decides the order.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_LOWEST, _HIGHEST = DIGITS[0], DIGITS[-1]
_KNOWN = frozenset(DIGITS)


def chance() -> str:
    """Return three random characters; the last is never the lowest digit, so a place can always be put before another."""
    return "".join(secrets.choice(DIGITS) for _ in range(2)) + secrets.choice(DIGITS[1:])


def between(before: str | None, after: str | None, suffix: Callable[[], str] = chance) -> str:
    """Return a place after ``before`` and before ``after``; None stands for the ends of the list, and so does an invalid place."""
    before, after = (each if each and set(each) <= _KNOWN and each[0].isalpha() else None for each in (before, after))
    if before is None:
        return ("a0" if after is None else _step(_whole(after), -1)) + suffix()
    whole = _whole(before)
    following = _step(whole, 1)
    if after is None or following < _whole(after):
        return following + suffix()
    ceiling = after[len(whole) :] if _whole(after) == whole else None
    return whole + _middle(before[len(whole) :], ceiling) + suffix()


def in_order(count: int, suffix: Callable[[], str] = chance) -> list[str]:
    places: list[str] = []
    for _ in range(count):
        places.append(between(places[-1] if places else None, None, suffix))
    return places


def _width(head: str) -> int:
    """Return how many digits follow a head: a one, b two …; Z one, Y two … for places before the first."""
    return ord(head) - ord("a") + 1 if head.islower() else ord("Z") - ord(head) + 1


def _whole(place: str) -> str:
    return place[: _width(place[0]) + 1] if place[:1].isalpha() else "a0"


def _step(whole: str, by: int) -> str:
    head, digits = whole[0], list(whole[1:].ljust(_width(whole[0]), _LOWEST))
    for i in reversed(range(len(digits))):
        at = DIGITS.index(digits[i]) + by
        if 0 <= at < len(DIGITS):
            digits[i] = DIGITS[at]
            return head + "".join(digits)
        digits[i] = _LOWEST if by > 0 else _HIGHEST
    head = {("Z", 1): "a", ("a", -1): "Z"}.get((head, by)) or chr(ord(head) + by)
    return head + (_LOWEST if by > 0 else _HIGHEST) * _width(head)


def _middle(low: str, high: str | None) -> str:
    """Return a fraction strictly between two; None: no ceiling."""
    middle = ""
    while True:
        at = len(middle)
        first = DIGITS.index(low[at]) if at < len(low) else 0
        last = DIGITS.index(high[at]) if high is not None and at < len(high) else len(DIGITS)
        if last - first > 1:
            return middle + DIGITS[(first + last) // 2]
        middle += DIGITS[first]
        if last > first:
            high = None
