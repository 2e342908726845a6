"""Draws the furniture and equipment of a room from above: tables, doors, flags, screens, flowers."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial

from ucapdesk.briefing.boards import Thing
from ucapdesk.briefing.fit import Wanted, fit
from ucapdesk.briefing.languages import Bilingual
from ucapdesk.briefing.seat_names import Area
from ucapdesk.briefing.shapes import Oval, Path, Shape, Stroke, box
from ucapdesk.briefing.styles import ACCENT, BAR, GREY, INK, MM, SMALLEST, THIN, TINT
from ucapdesk.briefing.symbols import PAPER
from ucapdesk.briefing.typeset import Placed, bottom

_Drawn = list[Shape]


def thing_shapes(thing: Thing, area: Area, both: Bilingual) -> tuple[_Drawn, list[Placed]]:
    """Return the shapes of a thing on its area, and its label."""
    wide, high = area.right - area.left, area.bottom - area.top
    return _FORMS.get(thing.kind, _table)(area.left, area.top, wide, high), _label(thing, area, both)


def _table(x: float, top: float, wide: float, high: float) -> _Drawn:
    return [Stroke(x, top, wide, high, TINT), box(x, top, wide, high)]


def _round(x: float, top: float, wide: float, high: float, fill: str = TINT) -> _Drawn:
    """Return a circle, whatever the scale of the plan is in either direction."""
    side = min(wide, high)
    return [Oval(x + (wide - side) / 2, top + (high - side) / 2, side, side, INK, THIN, fill)]


def _door(x: float, top: float, wide: float, high: float) -> _Drawn:
    """Return two jambs and an open leaf."""
    if wide >= high:
        leaf = ((0.0, high / 2), (wide * 0.7, high / 2 - min(wide * 0.35, high)))
        jambs = [Stroke(x - BAR / 2, top, BAR, high, INK), Stroke(x + wide - BAR / 2, top, BAR, high, INK)]
    else:
        leaf = ((wide / 2, 0.0), (wide / 2 + min(high * 0.35, wide), high * 0.7))
        jambs = [Stroke(x, top - BAR / 2, wide, BAR, INK), Stroke(x, top + high - BAR / 2, wide, BAR, INK)]
    return [*jambs, Path(x, top, leaf, INK, THIN)]


def _flag(x: float, top: float, wide: float, high: float) -> _Drawn:
    """Return a pole with its flag."""
    cloth = ((0.0, 0.0), (wide, high * 0.2), (0.0, high * 0.45))
    return [Stroke(x - THIN / 2, top, THIN, high, INK), Path(x, top, cloth, INK, THIN, PAPER, closed=True)]


def _flowers(x: float, top: float, wide: float, high: float) -> _Drawn:
    """Return a ring of leaves."""
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
    """Return a car from above, driving up the page: outline, wind screen and rear window."""
    glass = [Path(x + wide * 0.1, top + high * at, ((0.0, 0.0), (wide * 0.8, 0.0)), GREY, THIN) for at in (0.05, 0.96)]
    return [box(x, top, wide, high), *glass]


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


def _label(thing: Thing, area: Area, both: Bilingual) -> list[Placed]:
    """Return the label in the middle of a table, below everything else."""
    if thing.label is None:
        return []
    x, top, wide, high = area.left, area.top, area.right - area.left, area.bottom - area.top
    style = both.styles.at(max(SMALLEST, both.styles.style("note").size), colour=GREY)
    said = [Wanted(each.text, each.language, style) for each in both.said(thing.label)]
    inside = thing.kind in _INSIDE
    room = (min(wide, high) * 0.72 if thing.kind == "round" else wide - 6) if inside else max(wide, 26 * MM)
    placed = fit(both.setter, said, room, high - 2 if inside else 2 * style.leading)
    middle = x + wide / 2
    down = top + (high - bottom(placed)) / 2 if inside else top + high + 1.5
    reach = both.width
    return [line.moved(min(max(0.0, middle - line.line.width / 2), reach - line.line.width), down) for line in placed]
