"""Limits of field values, and plausibility checks of e-mail addresses, telephone numbers and links.

The limits are far above what anybody writes, and far below what the exchange of files can carry. The checks warn and never
refuse: people know better.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from ucapdesk.base.i18n import Message
from ucapdesk.base.json_text import Json
from ucapdesk.model.codes import codes

if TYPE_CHECKING:
    from ucapdesk.model.kind import KindField

LONGEST_TEXT = 200_000  # Maximum characters of a text of several lines: some sixty pages
# Maximum characters of any other text, and of all the texts of a name, a time or a number together.
LONGEST_LINE = 5_000
LONGEST_OF_MACHINES = 2_000_000  # Maximum characters in a field that no form shows
# Maximum characters of one member of a set, and maximum number of members.
LONGEST_MEMBER, MOST_MEMBERS = 1_000, 5_000
LONGEST_NAME = 120  # Maximum characters of the name of a person or a workspace, in its settings and in every package


def longest(field: KindField) -> int:
    """Return the maximum number of characters of a cell of a field."""
    if field.meta.machine:
        return LONGEST_OF_MACHINES
    return LONGEST_TEXT if field.meta.long else LONGEST_LINE


def signs(value: Json) -> int:
    match value:
        case str():
            return len(value)
        case list():
            return sum(map(signs, value))
        case dict():
            return sum(len(key) + signs(each) for key, each in value.items())
    return 0


_EMAIL = re.compile(r"[^\s@,;<>]+@[^\s@,;<>.]+(\.[^\s@,;<>.]+)+")
_PHONE = re.compile(r"\+?[\d\s()./-]+(?:\s*(?:ext\.?|x|转|-)\s*\d+)?")
# Calling codes without a country: free calls, ships and satellites.
_SERVICES = ("800", "808", "870", "878", "881", "882", "883", "888", "979")
_URL = re.compile(r"(?:https?://)?[^\s/@]+\.[^\s/@.]+(?:[/?#]\S*)?", re.IGNORECASE)

# A colour as red, green and blue in two digits each.
COLOUR = re.compile(r"#?([0-9A-Fa-f]{6})")


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


# The checks of each shape, in their order, and the warning where one fails.
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
