"""Reads a line of a checklist: days before or after the visit, then the text: ``-14 gifts``, ``+7 感谢信``."""

from __future__ import annotations

import re

from ucapdesk.model.text.parse.typed_text import WIDE

_LINE = re.compile(r"\s*([+-−–]?\s?\d{1,4})(?:\s?(?:d|days?|天))?(?:\s|[,，:：]|$)\s*(.*)", re.DOTALL)


def read_line(typed: str, dropped: frozenset[tuple[str, str]] = frozenset()) -> tuple[int | None, str]:
    """Return the days and the text of a line; a number without a sign belongs to the text."""
    found = _LINE.fullmatch(typed.translate(WIDE))
    if found is None or ("offset", found[1].replace(" ", "").casefold()) in dropped:
        return None, typed.strip()
    number = found[1].replace(" ", "").replace("−", "-").replace("–", "-")
    if number[:1] not in "+-":
        return None, typed.strip()
    return int(number), found[2].strip()
