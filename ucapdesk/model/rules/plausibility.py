"""Plausibility checks of e-mail addresses, telephone numbers and links. They warn and never refuse: people know better."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

from ucapdesk.base.i18n import Message
from ucapdesk.model.codes import codes

_EMAIL = re.compile(r"[^\s@,;<>]+@[^\s@,;<>.]+(\.[^\s@,;<>.]+)+")
_PHONE = re.compile(r"\+?[\d\s()./-]+(?:\s*(?:ext\.?|x|转|-)\s*\d+)?")
_SERVICES = ("800", "808", "870", "878", "881", "882", "883", "888", "979")
"""Calling codes without a country: free calls, ships and satellites."""
_URL = re.compile(r"(?:https?://)?[^\s/@]+\.[^\s/@.]+(?:[/?#]\S*)?", re.IGNORECASE)

COLOUR = re.compile(r"#?([0-9A-Fa-f]{6})")
"""A colour as red, green and blue in two digits each."""


def doubt(shape: str, value: str | None) -> Message | None:
    """Return a warning about a text of this shape; None where it looks plausible."""
    said = unicodedata.normalize("NFKC", value or "").strip()
    return next((warning for of, fits, warning in _CHECKS if said and of == shape and not fits(said)), None)


def _is_assigned(number: str) -> bool:
    """Return whether a number begins with the calling code of a country or region, or of a satellite or free service."""
    digits = re.sub(r"\D", "", number).removeprefix("00")
    return digits.startswith(_calling_codes())


@cache
def _calling_codes() -> tuple[str, ...]:
    of_countries = (str(each.facts["calling_code"]).lstrip("+").split()[0] for each in codes("countries").values())
    return tuple(dict.fromkeys([*of_countries, *_SERVICES]))


_CHECKS: tuple[tuple[str, Callable[[str], object], Message], ...] = (
    ("email", _EMAIL.fullmatch, Message("doubt", "This does not look like an e-mail address. It is kept as it is.")),
    ("phone", _PHONE.fullmatch, Message("doubt", "This does not look like one telephone number. It is kept as it is.")),
    (
        "phone",
        re.compile(r"\+|00").match,
        Message("doubt", "Without the country code (such as +86 or +34) it cannot be called from abroad."),
    ),
    ("phone", _is_assigned, Message("doubt", "This number begins with no known calling code. It is kept as it is.")),
    ("url", _URL.fullmatch, Message("doubt", "This does not look like a web address. It is kept as it is.")),
    ("colour", COLOUR.fullmatch, Message("doubt", "This is no colour such as #0B5C96; papers keep the usual one.")),
)
"""The checks of each shape, in their order, and the warning where one fails."""
