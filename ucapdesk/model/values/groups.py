"""Values of several parts that make sense only together: each is one cell and one JSON column.

The keys of a group are frozen once released: a program that does not know a key would rewrite the group without it.
A new fact becomes a new field.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, ClassVar, TypeVar
from zoneinfo import ZoneInfo

from ucapdesk.base.json_text import MAX_EXACT_INTEGER, Json, dumps, loads
from ucapdesk.model.values.cells import CellType, tidy
from ucapdesk.model.values.partial_date import EARLIEST_DAY, PartialDate

_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_SIZES = range(-20, 31)  # Powers of ten that a number may have


def _number(text: str | None) -> None:
    try:
        number = Decimal(text or 0)
    except InvalidOperation:
        raise ValueError(text) from None
    if not number.is_finite() or (number and number.adjusted() not in _SIZES):
        raise ValueError(text)


@lru_cache(maxsize=1024)  # strangers name zones too
def is_zone(name: str | None) -> bool:
    try:
        return bool(name) and bool(ZoneInfo(name or ""))
    except (OSError, ValueError, KeyError):
        return False


CLOCKS = ("tz", "end_tz")  # The zones of both ends of a time


@dataclass(frozen=True, slots=True)
class When:
    """Wall-clock time at a place: a partial date, and hours only where they are known."""

    date: str | None = None
    start: str | None = None
    end: str | None = None
    end_date: str | None = None
    tz: str | None = None
    end_tz: str | None = None

    def __post_init__(self) -> None:
        for day in filter(None, (self.date, self.end_date)):
            PartialDate(day)
        for hour in filter(None, (self.start, self.end)):
            if not _CLOCK.fullmatch(hour):
                raise ValueError(hour)
        for zone in filter(None, (self.tz, self.end_tz)):
            if not is_zone(zone):
                raise ValueError(zone)

    @property
    def day(self) -> PartialDate | None:
        """The date, as precise as it is known."""
        return PartialDate(self.date) if self.date else None

    @property
    def sort_key(self) -> str:
        """Sorts by first possible day, then hour; no hour before any hour."""
        return f"{PartialDate(self.date).bounds[0] if self.date else EARLIEST_DAY} {self.start or '--:--'}"

    def entered(self, told: Iterable[When | None], here: When | None) -> When:
        """Return it with the clocks ``here`` where it has some that are or were ``told``, which nobody need have entered."""
        same = [name for name in CLOCKS for each in told if each and getattr(each, name) == getattr(self, name)]
        return replace(self, **{name: getattr(here, name, None) for name in same})

    def is_same_time(self, here: object) -> bool:
        """Return whether it is the same on the clock; where one has no zone, the other's applies."""
        if not isinstance(here, When):
            return False
        hours = all(getattr(here, name) == getattr(self, name) for name in ("date", "start", "end"))
        clocks = ({getattr(here, name), getattr(self, name)} - {None} for name in CLOCKS)
        last = (here.end_date or here.date) == (self.end_date or self.date) or here.end is None
        return hours and last and all(len(each) < 2 for each in clocks)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, how it is meant, and the words it was printed in. ``N/A`` is not zero and not empty."""

    value: int | str | None = None
    is_: str = "exact"
    print: str | None = None
    year: int | None = None

    MEANINGS: ClassVar[tuple[str, ...]] = ("exact", "about", "at_least", "not_available")

    def __post_init__(self) -> None:
        if self.is_ not in self.MEANINGS:
            raise ValueError(self.is_)
        if isinstance(self.value, str):
            _number(self.value)
        elif self.value is not None and abs(self.value) > MAX_EXACT_INTEGER:
            raise ValueError(self.value)
        if (self.value is None) != (self.is_ == "not_available"):
            raise ValueError(self.is_)

    @property
    def sort_key(self) -> str:
        """Sorts by size: sign, then the number padded to a fixed width."""
        number = Decimal(self.value) if self.value is not None else Decimal(0)
        return f"{number + 10**16:024.4f}" if self.value is not None else " "


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in Latin letters, and which part comes first."""

    family: str | None = None
    given: str | None = None
    order: str | None = None

    ORDERS: ClassVar[tuple[str, ...]] = ("family_first", "given_first")

    def __post_init__(self) -> None:
        if self.order is not None and self.order not in self.ORDERS:
            raise ValueError(self.order)

    @property
    def parts(self) -> tuple[str, ...]:
        both = (self.family, self.given) if self.order == "family_first" else (self.given, self.family)
        return tuple(p for p in both if p)

    def __str__(self) -> str:
        return " ".join(self.parts)

    @property
    def sort_key(self) -> str:
        """Sort key: family name, then given name."""
        return f"{self.family or ''} {self.given or ''}".strip().casefold()


DOT, DOTS = "·", "·•・‧∙⋅･"  # The dot between the parts of a transcribed name, and what people type for it
LONGEST_PART = 2


@dataclass(frozen=True, slots=True)
class HanName:
    """A name in Chinese characters. Never made up for a Chinese person."""

    family: str | None = None
    given: str | None = None

    def __str__(self) -> str:
        """Return the name as written where nothing else is known of the person; ``model.rules.names`` knows more."""
        return self.dotted() if self.is_long else self.joined

    @property
    def is_long(self) -> bool:
        """Whether it cannot be a Chinese name: it has a dot, or a part of three characters."""
        parts = [part for part in (self.family, self.given) if part]
        long = len(parts) > 1 and any(len(part) > LONGEST_PART for part in parts)
        return long or any(set(part) & set(DOTS) for part in parts)

    @property
    def joined(self) -> str:
        """Return the family name first, without a space; this form is also compared and sorted."""
        return f"{self.family or ''}{self.given or ''}"

    def dotted(self, *, family_first: bool = False) -> str:
        """Return the parts with a dot between them, as transcribed names are written: given name first, unless told otherwise."""
        parts = (self.family, self.given) if family_first else (self.given, self.family)
        return DOT.join(re.sub(f"[{DOTS}]", DOT, part.strip(f"{DOTS} ")) for part in parts if part)

    @property
    def sort_key(self) -> str:
        return self.joined


@dataclass(frozen=True, slots=True)
class Money:
    """An amount and its currency (ISO 4217)."""

    value: str | None = None
    currency: str | None = None

    def __post_init__(self) -> None:
        _number(self.value)
        if self.currency is not None and not re.fullmatch("[A-Z]{3}", self.currency):
            raise ValueError(self.currency)

    @property
    def sort_key(self) -> str:
        return f"{self.currency or ''} {Quantity(self.value).sort_key if self.value else ''}"


@dataclass(frozen=True, slots=True)
class Geo:
    """A position in decimal degrees (WGS 84) written as text."""

    lat: str | None = None
    lon: str | None = None

    def __post_init__(self) -> None:
        for value, most in ((self.lat, 90), (self.lon, 180)):
            _number(value)
            if value is not None and abs(Decimal(value)) > most:
                raise ValueError(value)

    @property
    def sort_key(self) -> str:
        return f"{self.lat or ''} {self.lon or ''}"


@dataclass(frozen=True, slots=True)
class FileRef:
    """A stored file: its bytes are found by their SHA-256."""

    sha256: str | None = None
    name: str | None = None
    mime: str | None = None
    size: int | None = None

    @property
    def sort_key(self) -> str:
        return self.name or ""


Group = When | Quantity | PersonName | HanName | Money | Geo | FileRef
G = TypeVar("G", bound=Group)


class GroupType(CellType[G]):
    """A frozen dataclass in one cell and one column: sort key, tab, JSON."""

    def __init__(self, cls: type[G]) -> None:
        super().__init__()
        self.cls = cls
        self.keys = {f.name.rstrip("_"): f.name for f in fields(cls)}
        self.fits = {
            f.name.rstrip("_"): {type(None), *(t for t in (str, int) if t.__name__ in str(f.type))} for f in fields(cls)
        }
        self.word = re.sub(r"(?<=.)([A-Z])", r"_\1", cls.__name__).lower()

    def split(self, value: G | None) -> dict[str, Json]:
        return {"": {k: v for k, v in (self.plain(value) or {}).items() if v is not None} or None}

    def column(self, cell: Json) -> Json:
        return f"{self._sort_key(cell)}\t{dumps(cell)}" if cell is not None else None

    def load(self, stored: Any) -> G | None:
        # the last tab is ours: JSON writes its own as \\t, a sort key may hold one
        return None if stored is None else self._made(loads(stored.rpartition("\t")[2]))

    def raw(self, stored: Any) -> str:
        said = loads(str(stored).rpartition("\t")[2])
        return " ".join(str(part) for part in said.values()) if isinstance(said, dict) else str(said)

    def _sort_key(self, cell: Json) -> str:
        """Told without time zones: not every computer knows the same ones, and the bytes must agree on all."""
        try:
            made = self._made({key: value for key, value in cell.items() if key not in ("tz", "end_tz")})
            return made.sort_key if made else ""
        except (ValueError, TypeError, AttributeError, ArithmeticError):
            return ""

    def _made(self, cell: Json) -> G | None:
        """Return the value of a cell; None where another program wrote what this one cannot hold."""
        try:
            known = {key: value for key, value in cell.items() if key in self.keys}
            if any(type(value) not in self.fits[key] for key, value in known.items()):
                return None
            return self.cls(**{self.keys[key]: value for key, value in known.items()})
        except (ValueError, TypeError, AttributeError, ArithmeticError):
            return None

    def text(self, value: G | None) -> str:
        if value is None or isinstance(value, FileRef):
            return (value.name or "") if value else ""
        said = (getattr(value, name) for name in self.keys.values())
        return str(value) if isinstance(value, HanName) else " ".join(str(v) for v in said if isinstance(v, str))

    def plain(self, value: G | None) -> Json:
        return None if value is None else {key: getattr(value, name) for key, name in self.keys.items()}

    def read(self, given: Json) -> G | None:
        if given is None or given == "" or isinstance(given, self.cls):
            return given or None
        if not isinstance(given, Mapping) or not set(given) <= set(self.keys):
            raise ValueError(str(given))
        try:
            value = self.cls(**{self.keys[k]: self._part(k, v) for k, v in given.items() if v not in (None, "")})
        except TypeError as error:
            raise ValueError(str(given)) from error
        return value if self.split(value)[""] else None

    def _part(self, key: str, value: Json) -> Json:
        if isinstance(value, float):
            raise ValueError(str(value))
        if isinstance(value, str) and int in self.fits[key] and re.fullmatch("-*[0-9]+", value):
            return int(value)
        return tidy(value).strip() if isinstance(value, str) else value
