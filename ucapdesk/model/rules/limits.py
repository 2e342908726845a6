"""Limits of field values: far above what anybody writes, and far below what the exchange of files can carry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ucapdesk.base.json_text import Json

if TYPE_CHECKING:
    from ucapdesk.model.kind import KindField

LONGEST_TEXT = 200_000
"""Maximum characters of a text of several lines: some sixty pages."""
LONGEST_LINE = 5_000
"""Maximum characters of any other text, and of all the texts of a name, a time or a number together."""
LONGEST_OF_MACHINES = 2_000_000
"""Maximum characters in a field that no form shows."""
LONGEST_MEMBER, MOST_MEMBERS = 1_000, 5_000
"""Maximum characters of one member of a set, and maximum number of members."""
LONGEST_NAME = 120
"""Maximum characters of the name of a person or a workspace, in its settings and in every package."""


def longest(field: KindField) -> int:
    """Return the maximum number of characters of a cell of a field."""
    if field.meta.machine:
        return LONGEST_OF_MACHINES
    return LONGEST_TEXT if field.meta.long else LONGEST_LINE


def signs(value: Json) -> int:
    """Return the number of characters of all texts in a value."""
    match value:
        case str():
            return len(value)
        case list():
            return sum(map(signs, value))
        case dict():
            return sum(len(key) + signs(each) for key, each in value.items())
    return 0
