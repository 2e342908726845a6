"""Lays out a seating plan as large as its page allows: furniture, numbered seats told apart by shape, and names.

Either everybody's name stands at the seat, all in one size, or nobody's does: then a list under the plan tells them. A name stands
beside its seat, or further out at the end of a thin line; none lies over another, over a seat or over a table, and none is
broken within a word. Rows that are too long for the width of the page are drawn turned, down the page.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import NamedTuple

from ucapdesk.base.marks import OPEN, outline
from ucapdesk.briefing.blocks.content import FACING
from ucapdesk.briefing.blocks.elements import Para, Plan, Seat, Thing
from ucapdesk.briefing.blocks.language_layout import LanguageLayout
from ucapdesk.briefing.pages.bands import PAPER, Band, Oval, Path, Shape, Stroke, moved, rectangle, sign
from ucapdesk.briefing.text.paragraphs import Box, Placed, Wanted, bottom, fit, in_steps
from ucapdesk.briefing.text.styles import ACCENT, BAR, GREY, HAIR, INK, MM, RULE, SMALLEST, THIN, TINT, Style

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
        return [Area(path.x - 1, path.top, path.x + 1, path.top + path.points[1][1]) for path in self.shapes]


class Spot(NamedTuple):
    """A seat at its place on the page."""

    seat: Seat
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class NameLayout:
    """Sets names in one size.

    Attributes:
        both: The languages of the paper.
        size: Of the names.
        radius: Of the shapes of seats.
        staggered: Whether names stand in two rows, those further out with lines to their seats.
        known: Names that were set before, which stay the same at any scale of the room.
    """

    both: LanguageLayout
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
        wide = max(both.paragraphs.width(*text) for text in texts) * part + 0.2
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


def _set(text: str, language: str, both: LanguageLayout, box: Box, style: Style) -> list[Placed]:
    """Set a text; a foreign name in Chinese is rather broken at its dot."""
    placed = both.paragraphs.block(text, language, style, box, justify=False)
    given, dot, family = text.rpartition(_DOT)
    if dot and language == "zh" and len(placed) > 1:
        parted = both.paragraphs.block(f"{given}{dot}\n{family}", language, style, box, justify=False)
        return parted if len(parted) <= len(placed) else placed
    return placed


_Drawn = list[Shape]


def thing_shapes(thing: Thing, area: Area, both: LanguageLayout) -> tuple[_Drawn, list[Placed]]:
    wide, high = area.right - area.left, area.bottom - area.top
    return _FORMS.get(thing.kind, _table)(area.left, area.top, wide, high), _label(thing, area, both)


def _table(x: float, top: float, wide: float, high: float) -> _Drawn:
    return [Stroke(x, top, wide, high, TINT), rectangle(x, top, wide, high)]


def _round(x: float, top: float, wide: float, high: float, fill: str = TINT) -> _Drawn:
    """Return a circle, whatever the scale of the plan is in either direction."""
    side = min(wide, high)
    return [Oval(x + (wide - side) / 2, top + (high - side) / 2, side, side, INK, THIN, fill)]


def _door(x: float, top: float, wide: float, high: float) -> _Drawn:
    if wide >= high:
        leaf = ((0.0, high / 2), (wide * 0.7, high / 2 - min(wide * 0.35, high)))
        jambs = [Stroke(x - BAR / 2, top, BAR, high, INK), Stroke(x + wide - BAR / 2, top, BAR, high, INK)]
    else:
        leaf = ((wide / 2, 0.0), (wide / 2 + min(high * 0.35, wide), high * 0.7))
        jambs = [Stroke(x, top - BAR / 2, wide, BAR, INK), Stroke(x, top + high - BAR / 2, wide, BAR, INK)]
    return [*jambs, Path(x, top, leaf, INK, THIN)]


def _flag(x: float, top: float, wide: float, high: float) -> _Drawn:
    cloth = ((0.0, 0.0), (wide, high * 0.2), (0.0, high * 0.45))
    return [Stroke(x - THIN / 2, top, THIN, high, INK), Path(x, top, cloth, INK, THIN, PAPER, closed=True)]


def _flowers(x: float, top: float, wide: float, high: float) -> _Drawn:
    side = min(wide, high)
    middle_x, middle_y = x + wide / 2, top + high / 2
    petals: _Drawn = []
    for n in range(6):
        turn = n * math.pi / 3
        at_x, at_y = middle_x + side * 0.3 * math.cos(turn), middle_y + side * 0.3 * math.sin(turn)
        petals.append(Oval(at_x - side * 0.18, at_y - side * 0.18, side * 0.36, side * 0.36, GREY, THIN, PAPER))
    core = side * 0.24
    return [*petals, Oval(middle_x - core / 2, middle_y - core / 2, core, core, ACCENT, THIN, PAPER)]


def _car(x: float, top: float, wide: float, high: float) -> _Drawn:
    glass = [Path(x + wide * 0.1, top + high * at, ((0.0, 0.0), (wide * 0.8, 0.0)), GREY, THIN) for at in (0.05, 0.96)]
    return [rectangle(x, top, wide, high), *glass]


_FORMS: dict[str, Callable[[float, float, float, float], _Drawn]] = {
    "table": _table,
    "round": _round,
    "door": _door,
    "flag": _flag,
    "screen": lambda x, top, wide, high: [Stroke(x, top, wide, high, INK)],
    "flowers": _flowers,
    "car": _car,
    "wheel": partial(_round, fill=PAPER),
}
_INSIDE = frozenset({"table", "round"})


def _label(thing: Thing, area: Area, both: LanguageLayout) -> list[Placed]:
    if thing.label is None:
        return []
    x, top, wide, high = area.left, area.top, area.right - area.left, area.bottom - area.top
    style = both.styles.at(max(SMALLEST, both.styles.style("note").size), colour=GREY)
    said = [Wanted(each.text, each.language, style) for each in both.said(thing.label)]
    inside = thing.kind in _INSIDE
    room = (min(wide, high) * 0.72 if thing.kind == "round" else wide - 6) if inside else max(wide, 26 * MM)
    placed = fit(both.paragraphs, said, room, high - 2 if inside else 2 * style.leading)
    middle = x + wide / 2
    down = top + (high - bottom(placed)) / 2 if inside else top + high + 1.5
    reach = both.width
    return [line.moved(min(max(0.0, middle - line.line.width / 2), reach - line.line.width), down) for line in placed]


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


def plan_bands(plan: Plan, both: LanguageLayout) -> Iterator[Band]:
    """Yield the legend and the room, which takes what its page has left, with the names it has no room for."""
    if plan.legend:
        yield _legend(plan, both)
    if both.paper.layout == FACING:  # both pages are set as one, whatever stands above
        yield from _on_facing_pages(plan, both)
    else:
        yield Band([], _LEAST * both.height, both.styles.half, fill=partial(_filled, plan, both))


def _on_facing_pages(plan: Plan, both: LanguageLayout) -> list[Band]:
    """Return the same bands as on the other page: all names stand at the seats of both, drawn alike, or in a list under both."""
    sides = [side for side in (both, both.beyond) if side is not None]
    legend = max(_legend(plan, side).height for side in sides) if plan.legend else 0.0
    height = both.height - 8 * both.styles.line - legend
    return _named(plan, sides, height)[:1] or _with_list(plan, both, height)


def _filled(plan: Plan, both: LanguageLayout, height: float, after: float) -> list[Band]:
    """Return the room in a height, smaller where what comes after it stands on the same page then, and the list of names where they
    do not stand at the seats.
    """
    room = _named(plan, [both], height - after) if after else []
    return room or _named(plan, [both], height) or _with_list(plan, both, height - after)


def _with_list(plan: Plan, both: LanguageLayout, height: float) -> list[Band]:
    """Return the room without names, and the list of them unless the paper has one already."""
    rows = [] if plan.listed else list(_list(plan, both))
    listed = sum(row.before + row.height for row in rows)
    high = height - listed if listed <= (1 - _LEAST) * height else height
    bare = _Drawing(plan, both, _scale(plan, both, high))
    return [bare.band(()), *rows]


def _scale(plan: Plan, both: LanguageLayout, height: float) -> tuple[float, float]:
    """Return the points of a millimetre across and down with which the room alone fills the page; rows may be stretched."""
    area = _around(plan)
    wide = (both.width - 4 * _RADIUS) / max(area.right - area.left, 1.0)
    high = (height - 4 * _RADIUS) / max(area.bottom - area.top, 1.0)
    return (min(wide, _LARGEST), min(high, _LARGEST)) if plan.rows else (min(wide, high, _LARGEST),) * 2


def _around(plan: Plan) -> Area:
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


def _named(plan: Plan, pages: Sequence[LanguageLayout], height: float) -> list[Band]:
    """Return the room with all names for each of some pages, in the largest size of them that fits all; nothing where none does."""
    if len(plan.seats) > _MANY or all(seat.name.empty for seat in plan.seats):
        return []
    known: dict[LanguageLayout, dict[object, list[Placed]]] = {both: {} for both in pages}
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

    def __init__(self, plan: Plan, both: LanguageLayout, scale: tuple[float, float]) -> None:
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
        names = NameLayout(self.both, size, self.radius, staggered, known).place(self.spots, self.fixed)
        return None if names is None else self.band(names)

    def band(self, names: Sequence[SeatName]) -> Band:
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
        seat, x, y = spot
        radius = self.radius
        shape, colour = seat.mark.shape, seat.mark.colour
        self.shapes.append(sign(shape, x - radius, y - radius, 2 * radius, colour=colour))
        self.fixed.append(Area(x - radius, y - radius, x + radius, y + radius))
        if seat.number:
            style = self.both.styles.at(digits, bold=True, colour=colour if shape in OPEN else PAPER)
            middle = y + (outline(shape).middle - 0.5) * 2 * radius
            place = Box(x, middle - style.drop + 0.36 * style.size, 4 * radius)
            for line in self.both.paragraphs.block(seat.number, "en", style, place, justify=False):
                self.lines.append(line.moved(dx=-line.line.width / 2))

    def _digits(self) -> float:
        """Return the size of the numbers, one for all, so that the widest fits its shape."""
        size = min(self.radius * 1.1, 11.0)
        style = self.both.styles.at(size, bold=True)
        inner = 2 * self.radius * min((outline(seat.mark.shape).inner for seat in self.plan.seats), default=0.0)
        wide = max((self.both.paragraphs.width(seat.number, "en", style) for seat in self.plan.seats), default=0.0)
        return size * min(1.0, inner / wide) if wide else size


# The side of a seat after a quarter turn.
_OUT = {"above": "right", "right": "below", "below": "left", "left": "above"}


def _closest(spots: Sequence[tuple[float, float]]) -> float:
    return min((math.dist(one, other) for n, one in enumerate(spots) for other in spots[:n]), default=math.inf)


# -- beside the room ------------------------------------------------------------------------------


def _list(plan: Plan, both: LanguageLayout) -> Iterator[Band]:
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


def _entry(seat: Seat, both: LanguageLayout, box: Box) -> list[Placed]:
    style, second = both.styles_of("text")
    number = both.paragraphs.block(seat.number, "en", replace(style, bold=True), box, justify=False)
    indent = 3 * style.size
    place = Box(box.x + indent, box.top, box.width - indent)
    return number + both.both(Para(seat.name), place, style, second)


def _legend(plan: Plan, both: LanguageLayout) -> Band:
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
