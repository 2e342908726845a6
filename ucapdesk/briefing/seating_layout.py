"""Sets a seating plan as large as the page allows: furniture, numbered seats told apart by shape, names beside them.

No name lies over another or over a table. One that finds no room in type that can be read stands with its number under the
plan instead.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from ucapdesk.base.marks import OPEN, outline
from ucapdesk.briefing.bands import Band
from ucapdesk.briefing.characters import WORD
from ucapdesk.briefing.content import Para, Plan, Seat, Thing, Words
from ucapdesk.briefing.fit import Wanted, fit_readable
from ucapdesk.briefing.flowables import thing_shapes
from ucapdesk.briefing.languages import Bilingual
from ucapdesk.briefing.shapes import Shape
from ucapdesk.briefing.styles import GREY, MM, SMALLEST, Style
from ucapdesk.briefing.symbols import PAPER, sign
from ucapdesk.briefing.typeset import Box, Placed, bottom, in_steps

_LEGEND = 0.1  # of a page that a side's name may take
_LEAST = 0.5  # of a page for the room, whatever stands above it
_LARGEST = 1.6 * MM  # points a millimetre of the plan may become
_A_ROW = 3  # names in a row of the legend
_RADIUS = 7.0
_DIGIT = 2.9  # a number needs of the radius
_NEAR = 2.0  # points between a shape and its name
_NARROWER = (1.0, 0.8, 0.65, 0.5)  # of its room a name may be set in


def plan_bands(plan: Plan, both: Bilingual) -> Iterator[Band]:
    """Yield the legend, the room, and the names that found no place in it."""
    yield from both.under(plan.label, _bands(plan, both))


def _bands(plan: Plan, both: Bilingual) -> Iterator[Band]:
    legend = _legend(plan, both) if plan.legend else None
    if legend is not None:
        yield legend
    taken = 8 * both.styles.line + (legend.height if legend else 0.0)  # headings may stand above
    room = _Room(plan, both, max(both.height - taken, both.height * _LEAST))
    yield room.band()
    yield _apart(room.apart, both)


def _apart(seats: Sequence[Seat], both: Bilingual) -> Band:
    """Return numbers with their names in running text; in two columns where there are two languages."""
    lines: list[Placed] = []
    for language, column in both.columns:
        box = column if both.beside else Box(0.0, 0.0, both.width).below(lines)
        said = [(seat.number, seat.name.shown(language, both.languages)) for seat in seats]
        text = ("；" if language == "zh" else "; ").join(
            f"{number}\u00a0{name.text}" if number else name.text for number, name in said if name
        )
        lines += both.setter.block(text, language, both.styles.style("note"), box)
    return Band(lines, both.up(bottom(lines)), split=True)


def _legend(plan: Plan, both: Bilingual) -> Band:
    """Return which mark is whose, in both languages; some in a row, and further rows below."""
    style, second = both.styles.style("lead"), both.styles.style("second")
    rows = math.ceil(len(plan.legend) / _A_ROW)
    across = math.ceil(len(plan.legend) / rows)
    share, size = both.width / across, style.size
    lines: list[Placed] = []
    shapes: list[Shape] = []
    for n in range(0, len(plan.legend), across):
        top = bottom(lines)
        for at, (mark, words) in enumerate(plan.legend[n : n + across]):
            left = at * share
            shapes.append(sign(mark.shape, left, top + (style.leading - size) / 2, size, colour=mark.colour))
            place, para = Box(left + 1.8 * size, top, share - 2.4 * size), Para(words)
            lines += in_steps(partial(both.either, para, place), style, second, _LEGEND * both.height / rows)
    return Band(lines, both.up(bottom(lines) + both.styles.gap), strokes=shapes, keep=True)


class _Area(NamedTuple):
    """An occupied area; ``round`` things leave their corners free."""

    left: float
    top: float
    right: float
    bottom: float
    round: bool = False

    def meets(self, left: float, right: float) -> tuple[float, float] | None:
        """Return from where to where it reaches in a column of the plan."""
        if self.right <= left or self.left >= right:
            return None
        if not self.round:
            return self.top, self.bottom
        middle, radius = (self.left + self.right) / 2, (self.right - self.left) / 2
        away = max(left - middle, middle - right, 0.0)
        reach = (radius**2 - away**2) ** 0.5 if away < radius else 0.0
        across = (self.top + self.bottom) / 2
        return across - reach, across + reach


class _Room:
    """The room at the scale of the page.

    Attributes:
        apart: The seats whose names are told under the plan.
    """

    def __init__(self, plan: Plan, both: Bilingual, height: float) -> None:
        self.plan = plan
        self.both = both
        self.scale = min(both.width / plan.width, height / plan.height, _LARGEST)
        self.high = plan.height * self.scale
        self.left = (both.width - plan.width * self.scale) / 2
        self.spots = [(self.left + seat.x * self.scale, seat.y * self.scale) for seat in plan.seats]
        digits = max((len(seat.number) for seat in plan.seats), default=0)
        self.radius = min(max(_RADIUS, 2.3 * self.scale, _DIGIT * digits), 0.42 * _closest(self.spots))
        self.lines: list[Placed] = []
        self.shapes: list[Shape] = []
        self.taken: list[_Area] = []
        self.apart: list[Seat] = []

    def band(self) -> Band:
        """Return everything in its place: fixed things first, then the names around them."""
        for thing in self.plan.things:
            self._thing(thing)
        for seat, spot in zip(self.plan.seats, self.spots, strict=True):
            self._seat(seat, *spot)
        for seat, spot in zip(self.plan.seats, self.spots, strict=True):
            if seat.name.empty:
                continue
            placed = self._name(seat, *spot)
            if placed is None:
                self.apart.append(seat)
                continue
            self.lines += placed
            self._take(placed)
        return Band(self.lines, self.both.up(max(self.high, bottom(self.lines))), self.both.styles.half, self.shapes)

    def _thing(self, thing: Thing) -> None:
        drawn, said = thing_shapes(thing, self.left, self.scale, self.both)
        self.shapes += drawn
        self.lines += said
        x, top = self.left + thing.x * self.scale, thing.y * self.scale
        right, low = x + thing.width * self.scale, top + thing.height * self.scale
        if thing.kind == "car":  # people sit in it: only its outline is taken
            self.taken += [_Area(x, top, right, top + 1), _Area(x, low - 1, right, low)]
            self.taken += [_Area(x, top, x + 1, low), _Area(right - 1, top, right, low)]
        else:
            self.taken.append(_Area(x, top, right, low, thing.kind == "round"))
        self._take(said)

    def _take(self, placed: list[Placed]) -> None:
        self.taken += [_Area(line.x, line.top, line.x + line.line.width, line.bottom) for line in placed]

    def _seat(self, seat: Seat, x: float, y: float) -> None:
        """Draw the shape with its number."""
        radius = self.radius
        shape, colour = seat.mark.shape, seat.mark.colour
        self.shapes.append(sign(shape, x - radius, y - radius, 2 * radius, colour=colour))
        self.taken.append(_Area(x - radius, y - radius, x + radius, y + radius))
        if seat.number:
            style = self.both.styles.at(self._digits(), bold=True, colour=colour if shape in OPEN else PAPER)
            middle = y + (outline(shape).middle - 0.5) * 2 * radius
            place = Box(x, middle - style.drop + 0.36 * style.size, 4 * radius)
            for line in self.both.setter.block(seat.number, "en", style, place, justify=False):
                self.lines.append(line.moved(dx=-line.line.width / 2))

    def _digits(self) -> float:
        """Return the size of the numbers, one for all, so that the widest fits its shape."""
        size = min(self.radius * 1.1, 11.0)
        style = self.both.styles.at(size, bold=True)
        inner = 2 * self.radius * min(outline(seat.mark.shape).inner for seat in self.plan.seats)
        wide = max(self.both.setter.width(seat.number, "en", style) for seat in self.plan.seats)
        return size * min(1.0, inner / wide) if wide else size

    # names

    def _name(self, seat: Seat, x: float, y: float) -> list[Placed] | None:
        """Return the name on its side of the seat, or else on the other, with the post where there is room for it.

        A place where nothing has to be broken is better than one where an amount has; no word ever is.
        """
        torn: list[Placed] | None = None
        for noted in (True, False) if seat.note is not None else (False,):
            texts = self._texts(seat, noted=noted)
            for under in (seat.under, not seat.under):
                before = 0.0
                for part in _NARROWER:
                    wide = min(seat.room * self.scale, self.both.width) * part
                    left = min(max(x - wide / 2, 0.0), self.both.width - wide)
                    tall = self._free(left, left + wide, y, under=under)
                    if tall <= max(before, SMALLEST):
                        continue  # nothing is gained by being narrower
                    before = tall
                    placed = fit_readable(self.both.setter, texts, wide, tall)
                    if placed is None:
                        continue
                    far = self.radius + _NEAR
                    top = y + far if under else y - far - bottom(placed)
                    moved = [line.moved(_across(line, x, left, wide), top) for line in placed]
                    if not any(line.line.torn for line in placed):
                        return moved
                    if all(line.line.torn < WORD for line in placed):
                        torn = torn or moved
        return torn

    def _free(self, left: float, right: float, y: float, *, under: bool) -> float:
        """Return how much is free above or below a seat, between two edges."""
        far = self.radius + _NEAR
        begin = y + far if under else y - far
        free = self.high - begin if under else begin
        for area in self.taken:
            met = area.meets(left - 1, right + 1)
            if met is None:
                continue
            top, low = met
            if top < begin < low:
                return 0.0
            if under and top >= begin:
                free = min(free, top - begin - 1)
            elif not under and low <= begin:
                free = min(free, begin - low - 1)
        return free

    def _texts(self, seat: Seat, *, noted: bool) -> list[Wanted]:
        size = min(max(3.0 * self.scale, SMALLEST), 10.0)
        styles = self.both.styles
        texts = self._said(seat.name, styles.at(size, bold=True), styles.at(size))
        if noted and seat.note is not None:
            note = styles.at(max(SMALLEST, size - 1.5), colour=GREY)
            texts += self._said(seat.note, note, note)
        return texts

    def _said(self, words: Words, first: Style, second: Style) -> list[Wanted]:
        said = self.both.said(words)
        return [Wanted(each.text, each.language, second if n else first) for n, each in enumerate(said)]


def _closest(spots: Sequence[tuple[float, float]]) -> float:
    """Return the distance of the two closest seats."""
    return min((math.dist(one, other) for n, one in enumerate(spots) for other in spots[:n]), default=math.inf)


def _across(line: Placed, x: float, left: float, wide: float) -> float:
    """Return the position centred at its seat, as far as the field of the name reaches."""
    return min(max(x - line.line.width / 2, left), left + wide - line.line.width)
