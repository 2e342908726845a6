"""Sets a seating plan as large as its page allows: furniture, numbered seats told apart by shape, and names.

Either everybody's name stands at the seat, all in one size, or nobody's does: then a list under the plan tells them.
Rows that are too long for the width of the page are drawn turned, down the page.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, partial

from ucapdesk.base.marks import OPEN, outline
from ucapdesk.briefing.bands import Band
from ucapdesk.briefing.boards import Plan, Seat, Thing
from ucapdesk.briefing.languages import Bilingual
from ucapdesk.briefing.page_setup import FACING
from ucapdesk.briefing.room_furniture import thing_shapes
from ucapdesk.briefing.seat_names import Area, NameSetter, SeatName, Spot
from ucapdesk.briefing.shapes import Shape, Stroke, moved
from ucapdesk.briefing.styles import HAIR, MM, RULE
from ucapdesk.briefing.symbols import PAPER, sign
from ucapdesk.briefing.text_elements import Para
from ucapdesk.briefing.typeset import Box, Placed, bottom, in_steps

_LEGEND = 0.1  # of a page that a side's name may take
_LEAST = 0.45  # of a page for the room, whatever stands above it
_LARGEST = 1.7 * MM  # points a millimetre of the plan may become
_A_ROW = 3  # names in a row of the legend
_RADIUS, _BIGGEST = 7.0, 11.0
_DIGIT = 2.9  # a number needs of the radius
_LISTED = 2  # columns of the list of names
_GLASS = 0.06  # of a car to its wind screen
_MANY = 80  # seats: with more of them, names are not tried
_STEPS = (1.0, 0.84, 0.7, 0.58, 0.48)  # of the scale that would fill the page
_SIZES = (10.0, 8.8, 7.6)  # of names


def plan_bands(plan: Plan, both: Bilingual) -> Iterator[Band]:
    """Yield the legend and the room, which takes what its page has left, with the names it has no room for."""
    if plan.legend:
        yield _legend(plan, both)
    if both.paper.layout == FACING:  # both pages are set as one, whatever stands above
        yield from _on_facing_pages(plan, both)
    else:
        yield Band([], _LEAST * both.height, both.styles.half, fill=partial(_filled, plan, both))


def _on_facing_pages(plan: Plan, both: Bilingual) -> list[Band]:
    """Return the same bands as on the other page: all names stand at the seats of both, drawn alike, or in a list under both."""
    sides = [side for side in (both, both.beyond) if side is not None]
    legend = max(_legend(plan, side).height for side in sides) if plan.legend else 0.0
    height = both.height - 8 * both.styles.line - legend
    return _named(plan, sides, height)[:1] or _with_list(plan, both, height)


def _filled(plan: Plan, both: Bilingual, height: float, after: float) -> list[Band]:
    """Return the room in a height, smaller where what comes after it stands on the same page then, and the list of names where they
    do not stand at the seats.
    """
    room = _named(plan, [both], height - after) if after else []
    return room or _named(plan, [both], height) or _with_list(plan, both, height - after)


def _with_list(plan: Plan, both: Bilingual, height: float) -> list[Band]:
    """Return the room without names, and the list of them unless the paper has one already."""
    rows = [] if plan.listed else list(_list(plan, both))
    listed = sum(row.before + row.height for row in rows)
    high = height - listed if listed <= (1 - _LEAST) * height else height
    bare = _Drawing(plan, both, _scale(plan, both, high))
    return [bare.band(()), *rows]


def _scale(plan: Plan, both: Bilingual, height: float) -> tuple[float, float]:
    """Return the points of a millimetre across and down with which the room alone fills the page; rows may be stretched."""
    area = _around(plan)
    wide = (both.width - 4 * _RADIUS) / max(area.right - area.left, 1.0)
    high = (height - 4 * _RADIUS) / max(area.bottom - area.top, 1.0)
    return (min(wide, _LARGEST), min(high, _LARGEST)) if plan.rows else (min(wide, high, _LARGEST),) * 2


def _around(plan: Plan) -> Area:
    """Return the area of all seats and things, in millimetres."""
    xs = [seat.x for seat in plan.seats] + [x for each in plan.things for x in (each.x, each.x + each.width)]
    ys = [seat.y for seat in plan.seats] + [y for each in plan.things for y in (each.y, each.y + each.height)]
    return Area(min(xs, default=0.0), min(ys, default=0.0), max(xs, default=0.0), max(ys, default=0.0))


def _turned(plan: Plan) -> Plan:
    """Return a plan after a quarter turn: what was above stands at the right."""
    seats = (replace(seat, x=-seat.y, y=seat.x, out=_OUT[seat.out]) for seat in plan.seats)
    things = (
        replace(each, x=-each.y - each.height, y=each.x, width=each.height, height=each.width) for each in plan.things
    )
    return replace(plan, seats=tuple(seats), things=tuple(things))


def _named(plan: Plan, pages: Sequence[Bilingual], height: float) -> list[Band]:
    """Return the room with all names for each of some pages, in the largest size of them that fits all; nothing where none does."""
    if len(plan.seats) > _MANY or all(seat.name.empty for seat in plan.seats):
        return []
    known: dict[Bilingual, dict[object, list[Placed]]] = {both: {} for both in pages}
    driving = any(thing.kind == "car" for thing in plan.things)  # up the page
    ways = [plan] if driving else [plan, _turned(plan)]
    drawn = [cache(partial(_Drawing, way)) for way in ways]  # the same for names of any size
    for size in _SIZES:
        for way, draw in zip(ways, drawn, strict=True):
            across, down = _scale(way, pages[0], height)
            for wide, high in _steps(way, turn=way is not plan):
                rooms = [draw(both, (across * wide, down * high)) for both in pages]
                for staggered in (False, True):
                    found = [room.named(size, known[room.both], staggered=staggered) for room in rooms]
                    fitting = [band for band in found if band is not None and band.height <= height]
                    if len(fitting) == len(pages):
                        return fitting
    return []


def _steps(plan: Plan, *, turn: bool) -> list[tuple[float, float]]:
    """Return parts of the scale across and down to try: rows are rather brought together than shortened."""
    if not plan.rows:
        return list(zip(_STEPS, _STEPS, strict=True))
    steps = [*((1.0, step) for step in _STEPS), *((step, 1.0) for step in _STEPS[1:])]
    return [(down, across) for across, down in steps] if turn else steps


class _Drawing:
    """The room at a scale, all but the names.

    Attributes:
        spots: The seats with their places.
        fixed: The occupied areas.
        radius: Of the shapes of seats.
    """

    def __init__(self, plan: Plan, both: Bilingual, scale: tuple[float, float]) -> None:
        self.plan, self.both = plan, both
        area = _around(plan)
        across, down = scale
        left = (both.width - (area.right - area.left) * across) / 2 - area.left * across
        top = -area.top * down
        self.spots = [Spot(seat, left + seat.x * across, top + seat.y * down) for seat in plan.seats]
        digits = max((len(seat.number) for seat in plan.seats), default=0)
        closest = _closest([(spot.x, spot.y) for spot in self.spots])
        self.radius = min(max(min(2.3 * min(scale), _BIGGEST), _RADIUS, _DIGIT * digits), 0.42 * closest)
        self.lines: list[Placed] = []
        self.shapes: list[Shape] = []
        self.fixed: list[Area] = []
        for thing in plan.things:
            self._thing(thing, left, top, scale)
        digits_size = self._digits()
        for spot in self.spots:
            self._seat(spot, digits_size)

    def named(self, size: float, known: dict[object, list[Placed]], *, staggered: bool) -> Band | None:
        """Return everything with names of a size; None where one of them finds no place."""
        names = NameSetter(self.both, size, self.radius, staggered, known).place(self.spots, self.fixed)
        return None if names is None else self.band(names)

    def band(self, names: Sequence[SeatName]) -> Band:
        """Return everything with its names, as high as it is."""
        lines = [*self.lines, *(line for name in names for line in name.lines)]
        shapes = [*self.shapes, *(shape for name in names for shape in name.shapes)]
        areas = [*self.fixed, *(name.area for name in names)]
        top = min((area.top for area in areas), default=0.0)
        low = max([*(area.bottom for area in areas), *(line.bottom for line in lines)], default=0.0)
        lines = [line.moved(dy=-top) for line in lines]
        return Band(lines, self.both.up(low - top), self.both.styles.half, moved(shapes, 0.0, -top))

    def _thing(self, thing: Thing, left: float, top: float, scale: tuple[float, float]) -> None:
        across, down = scale
        x, y = left + thing.x * across, top + thing.y * down
        right, low = left + (thing.x + thing.width) * across, top + (thing.y + thing.height) * down
        there = Area(x, y, right, low, thing.kind == "round")
        drawn, said = thing_shapes(thing, there, self.both)
        self.shapes += drawn
        self.lines += said
        if thing.kind == "car":  # people sit in it: only its outline is taken
            glass = _GLASS * (there.bottom - there.top)
            self.fixed += [Area(there.left, y, there.right, y + glass) for y in (there.top, there.bottom - glass)]
            self.fixed += [Area(x, there.top, x + 1, there.bottom) for x in (there.left, there.right - 1)]
        else:
            self.fixed.append(there)
        self.fixed += [Area(line.x, line.top, line.x + line.line.width, line.bottom) for line in said]

    def _seat(self, spot: Spot, digits: float) -> None:
        """Draw the shape with its number."""
        seat, x, y = spot
        radius = self.radius
        shape, colour = seat.mark.shape, seat.mark.colour
        self.shapes.append(sign(shape, x - radius, y - radius, 2 * radius, colour=colour))
        self.fixed.append(Area(x - radius, y - radius, x + radius, y + radius))
        if seat.number:
            style = self.both.styles.at(digits, bold=True, colour=colour if shape in OPEN else PAPER)
            middle = y + (outline(shape).middle - 0.5) * 2 * radius
            place = Box(x, middle - style.drop + 0.36 * style.size, 4 * radius)
            for line in self.both.setter.block(seat.number, "en", style, place, justify=False):
                self.lines.append(line.moved(dx=-line.line.width / 2))

    def _digits(self) -> float:
        """Return the size of the numbers, one for all, so that the widest fits its shape."""
        size = min(self.radius * 1.1, 11.0)
        style = self.both.styles.at(size, bold=True)
        inner = 2 * self.radius * min((outline(seat.mark.shape).inner for seat in self.plan.seats), default=0.0)
        wide = max((self.both.setter.width(seat.number, "en", style) for seat in self.plan.seats), default=0.0)
        return size * min(1.0, inner / wide) if wide else size


_OUT = {"above": "right", "right": "below", "below": "left", "left": "above"}
"""The side of a seat after a quarter turn."""


def _closest(spots: Sequence[tuple[float, float]]) -> float:
    """Return the distance of the two closest seats."""
    return min((math.dist(one, other) for n, one in enumerate(spots) for other in spots[:n]), default=math.inf)


# -- beside the room ------------------------------------------------------------------------------


def _list(plan: Plan, both: Bilingual) -> Iterator[Band]:
    """Yield the names after the numbers of their seats, in columns read from the top."""
    seats = [seat for seat in plan.seats if not seat.name.empty]
    rows = -(-len(seats) // _LISTED)
    wide = (both.width - both.styles.gutter) / _LISTED
    for n in range(rows):
        lines: list[Placed] = []
        for column, seat in enumerate(seats[n::rows]):
            left = column * (wide + both.styles.gutter)
            lines += _entry(seat, both, Box(left, both.styles.gap / 2, wide))
        height = both.up(bottom(lines) + both.styles.gap / 2)
        rule = Stroke(0.0, height - HAIR, both.width, HAIR, RULE)
        yield Band(lines, height, both.styles.half if n == 0 else 0.0, [rule])


def _entry(seat: Seat, both: Bilingual, box: Box) -> list[Placed]:
    style, second = both.styles_of("text")
    number = both.setter.block(seat.number, "en", replace(style, bold=True), box, justify=False)
    indent = 3 * style.size
    place = Box(box.x + indent, box.top, box.width - indent)
    return number + both.both(Para(seat.name), place, style, second)


def _legend(plan: Plan, both: Bilingual) -> Band:
    """Return which mark is whose, in both languages; some in a row, and further rows below."""
    style, second = both.styles_of("lead")
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
            lines += in_steps(partial(both.either, para, place), style, second, _LEGEND * both.height / rows, top)
    return Band(lines, both.up(bottom(lines) + both.styles.gap), strokes=shapes, keep=True)
