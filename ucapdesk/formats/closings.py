"""The words with which a letter ends."""

from __future__ import annotations

import re

CLOSING = re.compile(
    r"\s*(?:(?:with )?(?:best|kind|warm)(?:est)? (?:regards|wishes)|regards|yours (?:sincerely|faithfully)|sincerely|mit freundlichen gr(?:ü|ue)(?:ß|ss)en|"
    r"(?:un )?(?:cordial|atento)?\s?saludos?|atentamente|cordiali saluti|distinti saluti|cordialement|此致(?:\s*敬礼)?|敬礼|顺颂商祺|祝好)\W*$",
    re.IGNORECASE,
)
"""The line that ends a letter."""
