"""Sets of tags, goals, places or people. Each member is a row of its own in the log, so two desks can add at once.

The row is of the reserved kind ``member`` (owner, role, member, pos). What a record shows is a column derived from
its living rows in their order; nobody writes that column but the merge.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self

from ucapdesk.base.json_text import Json, dumps, loads
from ucapdesk.model.values.cells import CellType, tidy


class Members(tuple[str, ...]):
    """An ordered set of texts."""

    __slots__ = ()

    def __new__(cls, members: Iterable[str] = ()) -> Self:
        """Create a set; of repeated members the first counts."""
        return super().__new__(cls, dict.fromkeys(members))

    def plus(self, *members: str) -> Self:
        """Return the set with these members added at the end, where they are not in it."""
        return type(self)((*self, *members))

    def minus(self, *members: str) -> Self:
        """Return the set without these members."""
        return type(self)(m for m in self if m not in members)


class Codes(Members):
    """Members of a list of codes, or free words such as tags."""

    __slots__ = ()


class Refs(Members):
    """Members that are ids of records."""

    __slots__ = ()


class MembersType(CellType[Members]):
    """The derived column: a JSON array in the order of the members' positions. It has no cells of its own."""

    word = "set"

    def __init__(self, cls: type[Members]) -> None:
        super().__init__()
        self.cls = cls

    def split(self, value: Members | None) -> dict[str, Json]:
        return {}

    def load(self, stored: Any) -> Members:
        return self.cls(loads(stored)) if stored else self.cls()

    def store(self, value: Members | None) -> Any:
        return dumps(list(value)) if value else None

    def text(self, value: Members | None) -> str:
        return " ".join(value or ()) if self.cls is Codes else ""

    def plain(self, value: Members | None) -> Json:
        """Return a sorted array; numbers as numbers (``[7, 11]``)."""
        return sorted(
            (int(m) if m.isascii() and m.isdigit() else m for m in value or ()), key=lambda m: (str(type(m)), m)
        )

    def read(self, given: Json) -> Members:
        if given is None or given == "":
            return self.cls()
        if isinstance(given, str):
            given = given.replace("，", ",").replace("、", ",").split(",")
        if not isinstance(given, list | tuple) or not all(isinstance(m, str | int) for m in given):
            raise ValueError(str(given))
        return self.cls(m for m in (tidy(str(m)).strip() for m in given) if m)
