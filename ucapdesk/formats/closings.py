"""The words with which a letter ends."""

from __future__ import annotations

import re

_WORDS = (
    r"\s*(?:(?:with )?(?:best|kind|warm)(?:est)? (?:regards|wishes)|regards|best(?=,\s*\w*$)|yours (?:sincerely|faithfully)|sincerely|mit freundlichen gr(?:ü|ue)(?:ß|ss)en|"
    r"(?:un )?(?:cordial|atento)?\s?saludos?(?: (?:cordiales|atentos|afectuosos))?|atentamente|cordiali saluti|distinti saluti|cordialement|"
    r"(?-i:lg|vg|glg|mfg|MfG)\b|此致(?:\s*敬礼)?|敬礼|顺颂\s?.祺|祝好)"
)
CLOSING = re.compile(rf"{_WORDS}\W*$", re.IGNORECASE)
"""The line that ends a letter."""
_WITH_NAME = re.compile(
    rf"{_WORDS}(?:\W*$|[,，!！]\s*(?-i:[A-ZÀ-Þ]).{{0,40}}$|(?<!aludo)(?<!aludos)(?<!wishes)\b.{{0,40}}$)", re.IGNORECASE
)
"""Greetings and wishes may be a point of a programme too: "Saludos del alcalde", "Saludo Oficial"."""


def takes_leave(text: str) -> bool:
    """Return whether a line ends a letter, also with the name of who wrote it."""
    return _WITH_NAME.match(text) is not None
