"""Reads a line of a checklist: the text with its days before or after the visit.

``-14 gifts``, ``+7 感谢信``; ``Gifts, 14 days before``, ``礼品，提前14天``, ``Geschenke, 14 Tage vorher``.
"""

from __future__ import annotations

import re

from ucapdesk.model.text.parse.typed_text import WIDE_TO_NARROW

_LINE = re.compile(
    r"\s*([-+−–]\s?\d{1,4})(?:\s?(?:d|days?|tage?|días?|giorn[oi]|天))?(?:\s|[,，:：]|$)\s*(.*)", re.DOTALL
)

_WORDS = re.compile(
    r"(?P<text>.*\S)[\s,、;]+(?:(?P<days>\d{1,4})\s?(?:(?:d|days?|tage?|días?|giorn[oi])\s+"
    r"(?P<way>before|after|vorher|davor|nachher|danach|antes|después|prima|dopo)|天之?(?P<end>前|后))"
    r"|(?P<begin>提前|推后)\s?(?P<by>\d{1,4})\s?天)\s*",
    re.DOTALL | re.IGNORECASE,
)
_AFTER = ("after", "nachher", "danach", "después", "dopo", "后", "推后")


def read_line(typed: str, rejected: frozenset[tuple[str, str]] = frozenset()) -> tuple[int | None, str]:
    """Return the days and the text of a line; a number without a sign belongs to the text."""
    if words := _WORDS.fullmatch(typed.translate(WIDE_TO_NARROW)):
        way = next(filter(None, words.group("way", "end", "begin")))
        number = f"{'+' if way.casefold() in _AFTER else '-'}{words['days'] or words['by']}"
        return (None, typed.strip()) if ("offset", number) in rejected else (int(number), words["text"].rstrip(" ,、;"))
    found = _LINE.fullmatch(typed.translate(WIDE_TO_NARROW))
    if found is None or ("offset", "".join(found[1].split()).casefold()) in rejected:
        return None, typed.strip()
    return int("".join(re.sub("[−–]", "-", found[1]).split())), found[2].strip()
