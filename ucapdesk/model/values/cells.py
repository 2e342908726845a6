"""Converts a value between Python, its column and its cells in the log; sets, of which each member is a cell of its own.

A *cell* is the smallest thing that two people can change without meeting: mostly a whole field, for a bilingual
text one language of it. Every column type of ours is a ``CellType``; the simple ones and sets stand here.

Each member of a set (tags, goals, places, people) is a row of its own in the log, so two desks can add at once. The row is of
the reserved kind ``member`` (owner, role, member, pos). What a record shows is a column derived from
its living rows in their order; nobody writes that column but the merge.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, ClassVar, Generic, Self, TypeVar

from sqlalchemy import Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator

from ucapdesk.base.json_text import MAX_EXACT_INTEGER, Json, dumps, loads

V = TypeVar("V")


def tidy(text: str) -> str:
    """Return a text as every desk stores it: NFC, with line ends of one kind. NUL cannot be stored and is refused."""
    if "\0" in text:
        raise ValueError("NUL")
    text.encode("utf-8")  # a lone surrogate raises UnicodeEncodeError, which is a ValueError
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")


MAX_VALUE_NESTING = 4  # Maximum nesting of lists and objects in a value of ours; a reader takes a little more


def proper(value: Json, levels: int = MAX_VALUE_NESTING) -> Json:
    """Return a cell's value as every desk stores it: texts tidied, nothing that a line of the log could not hold.

    Raises ValueError for NUL, half characters, fractions, numbers beyond 2^53 and lists within lists without end. An
    empty text is null.
    """
    match value:
        case str():
            return tidy(value) or None
        case bool() | None:
            return value
        case int():
            if abs(value) > MAX_EXACT_INTEGER:
                raise ValueError(str(value))
            return value
        case list() if levels:
            return [proper(each, levels - 1) for each in value]
        case dict() if levels:
            return {key: proper(each, levels - 1) for key, each in value.items()}
    raise ValueError(type(value).__name__)


class CellType(TypeDecorator[V], Generic[V]):
    """A column type that knows its cells. Subclasses override what differs from plain text."""

    impl = Text
    word: str = ""  # The type in one word; empty for a text, which may as well be a code or a link
    keyed: ClassVar[bool] = False  # True: the column is a JSON object and each of its keys is a cell of its own
    # What the cells of a keyed type hold; a newer or hostile program may have written anything.
    cells_hold: ClassVar[type] = str

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.cache_ok = True  # SQLAlchemy asks each class for itself

    def split(self, value: V | None) -> dict[str, Json]:
        """Return the cells of a value, by what follows the field's name; ``""`` is the field itself."""
        return {"": value}

    def column(self, cell: Json) -> Json:
        return cell

    def joined(self, cells: Mapping[str, Json]) -> V | None:
        """Return the value of several cells, by what follows the field's name and a point; asked of keyed types alone."""
        raise NotImplementedError

    def load(self, stored: Any) -> Any:
        """Return the value for a column's content."""
        return stored

    def raw(self, stored: Any) -> str:
        """Return the column content as text, for values that cannot be loaded."""
        return str(stored)

    def store(self, value: V | None) -> Any:
        return self.column(self.split(value)[""])

    def text(self, value: V | None) -> str:
        """Return the words a search should find."""
        return "" if value is None else str(value)

    def plain(self, value: V | None) -> Json:
        """Return the value as JSON of the command line and of exports."""
        return self.split(value)[""]

    def read(self, given: Json) -> V | None:
        """Return the value for the input of a person, a script or an import. Raises ValueError for an invalid one."""
        raise NotImplementedError

    def process_bind_param(self, value: V | None, dialect: Dialect) -> Any:
        return self.store(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return self.load(value)


class TextType(CellType[str]):
    """One text without a language: a code, an id, a number as printed, an e-mail address."""

    def column(self, cell: Json) -> Json:
        return cell if cell is None or isinstance(cell, str) else str(cell)

    def read(self, given: Json) -> str | None:
        if given is not None and not isinstance(given, str):
            raise ValueError(str(given))
        return tidy(given).strip() or None if given is not None else None


class WholeType(CellType[int]):
    """A whole number."""

    word = "whole"
    impl = Integer  # type: ignore[assignment]  # the base says Text; a number's column is narrower

    def column(self, cell: Json) -> Json:
        return cell if isinstance(cell, int) else None

    def read(self, given: Json) -> int | None:
        if given is None or given == "":
            return None
        if isinstance(given, bool | float):
            raise ValueError(str(given))
        number = int(given)
        if abs(number) > MAX_EXACT_INTEGER:
            raise ValueError(str(given))
        return number


class YesNoType(CellType[bool]):
    """Yes, no, or not said."""

    word = "yes_no"
    impl = Integer  # type: ignore[assignment]  # the base says Text; a number's column is narrower
    _words: ClassVar[dict[str, bool | None]] = {
        "true": True, "yes": True, "1": True, "是": True, "sí": True, "si": True, "sì": True, "ja": True,
        "false": False, "no": False, "0": False, "否": False, "nein": False, "": None,
    }  # fmt: skip

    def column(self, cell: Json) -> Json:
        return None if cell is None else int(bool(cell))

    def load(self, stored: Any) -> bool | None:
        return None if stored is None else bool(stored)

    def text(self, value: bool | None) -> str:
        return ""

    def read(self, given: Json) -> bool | None:
        if given is None or isinstance(given, bool):
            return given
        try:
            return self._words[str(given).strip().casefold()]
        except KeyError:
            raise ValueError(str(given)) from None


class Counts(Mapping[str, int]):
    """How many there are of each code, such as the originals in each language; immutable."""

    __slots__ = ("_numbers",)

    def __init__(self, numbers: Mapping[str, Json] = MappingProxyType({})) -> None:
        self._numbers = {code: number for code, number in numbers.items() if type(number) is int}

    def __getitem__(self, code: str) -> int:
        return self._numbers[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)

    def __hash__(self) -> int:
        return hash(frozenset(self._numbers.items()))


class CountsType(CellType[Counts]):
    """One flat JSON column of numbers, one cell a code, so that two people can count at once; keys sorted as in ``BilingualType``."""

    word = "counts"
    keyed = True
    cells_hold = int

    def split(self, value: Counts | None) -> dict[str, Json]:
        return {f".{code}": number for code, number in (value or {}).items()}

    def joined(self, cells: Mapping[str, Json]) -> Counts | None:
        return Counts(cells) or None

    def load(self, stored: Any) -> Counts | None:
        return self.joined(loads(stored)) if stored else None

    def store(self, value: Counts | None) -> Any:
        return dumps(dict(value)) if value else None

    def text(self, value: Counts | None) -> str:
        return ""

    def plain(self, value: Counts | None) -> Json:
        return dict(value) if value else None

    def read(self, given: Json) -> Counts | None:
        if not given or isinstance(given, Counts):
            return given or None
        if not isinstance(given, Mapping):
            raise ValueError(str(given))
        return Counts({code: WholeType().read(number) for code, number in given.items()}) or None


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
