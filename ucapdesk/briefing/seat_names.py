"""Finds a place for the name of every seat of a plan: beside it, or further out at the end of a thin line.

No name lies over another, over a seat or over a table, and none is broken within a word.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from ucapdesk.briefing.boards import Seat
from ucapdesk.briefing.languages import Bilingual
from ucapdesk.briefing.shapes import Path
from ucapdesk.briefing.styles import GREY, HAIR, SMALLEST, Style
from ucapdesk.briefing.typeset import Box, Placed, bottom

_NEAR, _BESIDE = 2.5, 4.0  # points between a shape and the name above or beside it
_APART = 2.0  # points between two names one above the other
_ASIDE = 4.0  # between two side by side: more than a space, or they are read as one
_PARTS = (1.0, 0.82, 0.66, 0.52, 0.4)  # of its width on one line a name may be set in
_MOST_LINES = 5
_DOT = "·"
_UPRIGHT = ("above", "below")
_SIDES = {
    "above": ("above", "left", "right", "below"),
    "below": ("below", "left", "right", "above"),
    "left": ("left", "above", "below", "right"),
    "right": ("right", "above", "below", "left"),
}


class Area(NamedTuple):
    """An occupied area; ``round`` things leave their corners free."""

    left: float
    top: float
    right: float
    bottom: float
    round: bool = False

    def meets(self, other: Area) -> bool:
        """Return whether two areas overlap."""
        apart = self.right <= other.left or self.left >= other.right
        if apart or self.bottom <= other.top or self.top >= other.bottom:
            return False
        if not self.round:
            return True
        x, y, radius = (self.left + self.right) / 2, (self.top + self.bottom) / 2, (self.right - self.left) / 2
        away = max(other.left - x, x - other.right, 0.0), max(other.top - y, y - other.bottom, 0.0)
        return math.hypot(*away) < radius


@dataclass(frozen=True, slots=True)
class SeatName:
    """A name at its place, with the line that leads to its seat."""

    lines: list[Placed]
    area: Area
    shapes: tuple[Path, ...] = ()

    @property
    def leads(self) -> list[Area]:
        """The areas of the lines."""
        return [Area(path.x - 1, path.top, path.x + 1, path.top + path.points[1][1]) for path in self.shapes]


class Spot(NamedTuple):
    """A seat at its place on the page."""

    seat: Seat
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class NameSetter:
    """Sets names in one size.

    Attributes:
        both: The languages of the paper.
        size: Of the names.
        radius: Of the shapes of seats.
        staggered: Whether names stand in two rows, those further out with lines to their seats.
        known: Names that were set before, which stay the same at any scale of the room.
    """

    both: Bilingual
    size: float
    radius: float
    staggered: bool
    known: dict[object, list[Placed]]

    def place(self, spots: Sequence[Spot], fixed: Sequence[Area]) -> list[SeatName] | None:
        """Return all names; None where one of them finds no place."""
        taken = list(fixed)
        found: list[SeatName] = []
        places = [(spot.x, spot.y) for spot in spots]
        for n, spot in enumerate(spots):
            if spot.seat.name.empty:
                continue
            pitch = min((math.dist(places[n], other) for other in places[:n] + places[n + 1 :]), default=math.inf)
            named = self._place(spot, taken, pitch * (1 + self.staggered))
            if named is None:
                return None
            found.append(named)
            taken += [named.area, *named.leads]
        return found

    def _place(self, spot: Spot, taken: Sequence[Area], pitch: float) -> SeatName | None:
        """Return the name at the first free place: near before far, in one line before in several, with its role before without."""
        for noted in (True, False) if spot.seat.note is not None else (False,):
            for level in range(1 + self.staggered):
                for side in _SIDES[spot.seat.out][: 1 if level else None]:
                    for part in _PARTS:
                        lines = self._known(spot.seat, part, noted=noted)
                        named = self._at(lines, spot, side, level) if lines else None
                        if named and self._fits(named, side, pitch) and _is_free(named, taken, self.both.width):
                            return replace(named, lines=_ranged(lines, named.area, side))
        return None

    def _fits(self, named: SeatName, side: str, pitch: float) -> bool:
        """Return whether a name above or below a seat leaves room for those beside it."""
        return side not in _UPRIGHT or named.area.right - named.area.left <= pitch - _ASIDE

    def _at(self, lines: Sequence[Placed], spot: Spot, side: str, level: int) -> SeatName:
        """Return where the lines would stand at a side of a seat; they are put there once it is free."""
        wide, tall = max(line.line.width for line in lines), bottom(lines)
        far = self.radius + (_NEAR if side in _UPRIGHT else _BESIDE) + level * (tall + 2 * _APART)
        if side in _UPRIGHT:
            left = min(max(spot.x - wide / 2, 0.0), max(self.both.width - wide, 0.0))
            top = spot.y + far if side == "below" else spot.y - far - tall
        else:
            left = spot.x + far if side == "right" else spot.x - far - wide
            top = spot.y - tall / 2
        area = Area(left, top, left + wide, top + tall)
        if not level:
            return SeatName([], area)
        begin, end = (spot.y + self.radius, top) if side == "below" else (area.bottom, spot.y - self.radius)
        return SeatName([], area, (Path(spot.x, begin, ((0.0, 0.0), (0.0, end - begin)), GREY, HAIR),))

    def _known(self, seat: Seat, part: float, *, noted: bool) -> list[Placed]:
        key = self.size, id(seat.name), part, noted
        if key not in self.known:
            self.known[key] = self._block(seat, part, noted=noted)
        return self.known[key]

    def _block(self, seat: Seat, part: float, *, noted: bool) -> list[Placed]:
        """Return a name in all languages, its role below, in a part of its width; nothing where a word would be broken."""
        both, styles = self.both, self.both.styles
        note = styles.at(max(SMALLEST, self.size - 1.5), colour=GREY)
        texts = [
            (said.text, said.language, styles.at(self.size, bold=n == 0)) for n, said in enumerate(both.said(seat.name))
        ]
        if noted and seat.note is not None:
            texts += [(said.text, said.language, note) for said in both.said(seat.note)]
        wide = max(both.setter.width(*text) for text in texts) * part + 0.2
        lines: list[Placed] = []
        for text, language, style in texts:
            lines += _set(text, language, both, Box(0.0, bottom(lines), wide), style)
        torn = any(line.line.torn or line.line.width > wide + 0.1 for line in lines)
        return [] if torn or len(lines) > _MOST_LINES else lines


def _ranged(lines: Sequence[Placed], area: Area, side: str) -> list[Placed]:
    """Return the lines in their area: centred above and below a seat, else ranged towards it."""
    share = {"right": 0.0, "left": 1.0}.get(side, 0.5)
    wide = max(line.line.width for line in lines)
    return [line.moved(area.left + (wide - line.line.width) * share, area.top) for line in lines]


def _is_free(named: SeatName, taken: Sequence[Area], width: float) -> bool:
    wide = named.area._replace(left=named.area.left - _ASIDE, right=named.area.right + _ASIDE)
    if named.area.left < 0 or named.area.right > width or any(area.meets(wide) for area in taken):
        return False
    return not any(area.meets(lead) for area in taken for lead in named.leads)


def _set(text: str, language: str, both: Bilingual, box: Box, style: Style) -> list[Placed]:
    """Set a text; a foreign name in Chinese is rather broken at its dot."""
    placed = both.setter.block(text, language, style, box, justify=False)
    given, dot, family = text.rpartition(_DOT)
    if dot and language == "zh" and len(placed) > 1:
        parted = both.setter.block(f"{given}{dot}\n{family}", language, style, box, justify=False)
        return parted if len(parted) <= len(placed) else placed
    return placed
