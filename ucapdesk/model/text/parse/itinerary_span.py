"""Reads typed durations: how long an item takes, and by how much the rest of a day is delayed."""

from __future__ import annotations

import re

from ucapdesk.model.text.parse.typed_text import WIDE_TO_NARROW

DURATION = re.compile(
    r"\s*(?:,|for )?\s*(?:(\d{1,2}(?:\.5)?)\s?(?:h|hours?|小时)(?:\s?(\d{1,2})\s?(?:m|min|分钟?)?)?|(\d{1,3})\s?(?:min|minutes?|分钟))(?![\w])"
)
"""A duration after an hour: ``1h``, ``90 min``, ``1小时30分``."""


def type_minutes(said: str) -> int:
    """Return the minutes of a delay: ``45``, ``90 min``; ``130``, ``1:30``, ``1h30``, ``1小时30分`` are 90; ``-15`` is earlier.

    Raises ValueError for what is none of these.
    """
    text = said.translate(WIDE_TO_NARROW).strip().lower().lstrip("+").strip()
    sign = -1 if text[:1] in "-−–" and text else 1
    text = text.lstrip("-−–").strip()
    if found := re.fullmatch(r"(\d{1,2})[:h](\d\d)|(\d)(\d\d)|(\d\d)(\d\d)", text):
        hours, rest = (int(part) for part in found.groups() if part is not None)
        if rest > 59:
            raise ValueError(said)
        return sign * (60 * hours + rest)
    if re.fullmatch(r"\d{1,2}", text):
        return sign * int(text)
    if (found := DURATION.fullmatch(text)) and text:
        return sign * minutes(found)
    if found := re.fullmatch(r"(\d{1,2}|半)个?(?:小时|钟头)(半)?", text):
        return sign * (30 if found[1] == "半" else 60 * int(found[1]) + (30 if found[2] else 0))
    raise ValueError(said)


def minutes(found: re.Match[str]) -> int:
    """Return the minutes of a match of ``DURATION``."""
    return int(found[3]) if found[3] else round(60 * float(found[1])) + int(found[2] or 0)
