"""The contents of figures: bars of a chart, points and lines of a network."""

from __future__ import annotations

from dataclasses import dataclass

from ucapdesk.briefing.text_elements import Words


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart, one value for each series."""

    label: Words
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars with their labels and numbers; series differ by their hatching, so that no colour is needed."""

    bars: tuple[Bar, ...]
    series: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class NetworkPoint:
    """A point of a network: its name, in which of three columns it stands, and whether it is framed."""

    words: Words
    column: int
    framed: bool = False


@dataclass(frozen=True, slots=True)
class NetworkLine:
    """A line between two points by their numbers; dotted where it has no strength."""

    first: int
    last: int
    strength: int = 0


@dataclass(frozen=True, slots=True)
class Network:
    """Points in three columns with lines between them; the lines are told in words elsewhere."""

    points: tuple[NetworkPoint, ...]
    lines: tuple[NetworkLine, ...]
