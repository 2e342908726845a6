"""What looks odd in an address, a telephone number or a link. It is said and never refused: people know better."""

from __future__ import annotations

import re
import unicodedata

from ucapdesk.base.i18n import Message

_EMAIL = re.compile(r"[^\s@,;<>]+@[^\s@,;<>.]+(\.[^\s@,;<>.]+)+")
_PHONE = re.compile(r"\+?[\d\s()./-]+(?:\s*(?:ext\.?|x|转|-)\s*\d+)?")
_URL = re.compile(r"(?:https?://)?[^\s/@]+\.[^\s/@.]+(?:[/?#]\S*)?", re.IGNORECASE)


def doubt(shape: str, value: str | None) -> Message | None:
    """What to look at in a text of this shape; None where nothing is odd."""
    said = unicodedata.normalize("NFKC", value or "").strip()
    if not said:
        return None
    if shape == "email" and not _EMAIL.fullmatch(said):
        return Message("doubt", "This does not look like an e-mail address. It is kept as it is.")
    if shape == "phone" and not _PHONE.fullmatch(said):
        return Message("doubt", "This does not look like one telephone number. It is kept as it is.")
    if shape == "phone" and not said.startswith(("+", "00")):
        return Message("doubt", "Without the country code (such as +86 or +34) it cannot be called from abroad.")
    if shape == "url" and not _URL.fullmatch(said):
        return Message("doubt", "This does not look like a web address. It is kept as it is.")
    return None
