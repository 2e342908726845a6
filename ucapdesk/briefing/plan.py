"""A seating plan as large as the page allows: tables and doors, numbered seats told apart by their shape, names beside them."""

from __future__ import annotations

from collections.abc import Iterator

from ucapdesk.briefing.bands import Band
from ucapdesk.briefing.content import Para, Plan, Seat, Words
from ucapdesk.briefing.fit import Wanted, fit, smallest
from ucapdesk.briefing.languages import Bilingual
from ucapdesk.briefing.shapes import Shape
from ucapdesk.briefing.signs import PAPER, sign
from ucapdesk.briefing.styles import ACCENT, GREY, INK, MM, SMALLEST, Style
from ucapdesk.briefing.things import thing_shapes
from ucapdesk.briefing.typeset import Box, Placed, bottom

_LARGEST = 1.6 * MM  # points a millimetre of the plan may become
_SIDES = {"A": ("●", ACCENT, PAPER), "B": ("□", INK, INK)}  # shape, its colour, and that of the number in it
_OTHER = ("◇", INK, INK)
_RADIUS = 7.0
_NEAR = 2.0  # points between a shape and its name


def plan_bands(plan: Plan, both: Bilingual) -> Iterator[Band]:
    """The legend, then the room."""
    yield from both.under(plan.label, _bands(plan, both))


def _bands(plan: Plan, both: Bilingual) -> Iterator[Band]:
    legend = _legend(plan, both) if plan.sides else None
    if legend is not None:
        yield legend
    taken = 8 * both.styles.line + (legend.height if legend else 0.0)  # headings may stand above
    yield _Room(plan, both, both.height - taken).band()


def _legend(plan: Plan, both: Bilingual) -> Band:
    """Which shape is whose, in both languages."""
    style, second = both.styles.style("lead"), both.styles.style("second")
    share = both.width / len(plan.sides)
    lines: list[Placed] = []
    shapes: list[Shape] = []
    for n, (words, side) in enumerate(zip(plan.sides, (*_SIDES, *"C" * len(plan.sides)), strict=False)):
        shape, colour, _ = _SIDES.get(side, _OTHER)
        size = style.size
        shapes.append(sign(shape, n * share, (style.leading - size) / 2, size, colour=colour))
        place, para = Box(n * share + 1.8 * size, 0.0, share - 2.4 * size), Para(words)
        lines += both.inline(para, place, style, second) or both.both(para, place, style, second)
    return Band(lines, both.up(bottom(lines) + both.styles.gap), strokes=shapes, keep=True)


class _Room:
    """The room at the scale of the page."""

    def __init__(self, plan: Plan, both: Bilingual, height: float) -> None:
        self.plan = plan
        self.both = both
        self.scale = min(both.width / plan.width, height / plan.height, _LARGEST)
        self.left = (both.width - plan.width * self.scale) / 2
        self.radius = max(_RADIUS, 2.3 * self.scale) if self.scale > 1.6 else 2.3 * self.scale + 2.0
        self.spots = [(self.left + seat.x * self.scale, seat.y * self.scale) for seat in plan.seats]

    def band(self) -> Band:
        """Everything at its place."""
        lines: list[Placed] = []
        shapes: list[Shape] = []
        for thing in self.plan.things:
            drawn, said = thing_shapes(thing, self.left, self.scale, self.both)
            shapes += drawn
            lines += said
        for n, seat in enumerate(self.plan.seats):
            shapes.append(self._sign(seat, n))
            lines += self._number(seat, n) + self._name(seat, n)
        high = self.plan.height * self.scale
        return Band(lines, self.both.up(max(high, bottom(lines))), self.both.styles.half, strokes=shapes)

    def _sign(self, seat: Seat, n: int) -> Shape:
        x, y = self.spots[n]
        shape, colour, _ = _SIDES.get(seat.side, _OTHER)
        return sign(shape, x - self.radius, y - self.radius, 2 * self.radius, colour=colour)

    def _number(self, seat: Seat, n: int) -> list[Placed]:
        """The number in the middle of the shape."""
        x, y = self.spots[n]
        inner = self.radius * (1.5 if seat.side in _SIDES else 1.2)
        colour = _SIDES.get(seat.side, _OTHER)[2]
        style = self.both.styles.at(min(self.radius * 1.1, 11.0), bold=True, colour=colour)
        said = [Wanted(seat.number, self.both.languages[0], style)] if seat.number else []
        return [
            line.moved(x - line.line.width / 2, y - line.top - line.drop + 0.36 * line.size)
            for line in fit(self.both.setter, said, inner, 2 * self.radius)
        ]

    def _name(self, seat: Seat, n: int) -> list[Placed]:
        """The name in the languages of the paper, towards where there is room for it."""
        x, y = self.spots[n]
        wide = min(seat.room * self.scale, self.both.width)
        left = min(max(x - wide / 2, 0.0), self.both.width - wide)
        tall = self._tall(seat, n, left, wide)
        texts = self._texts(seat)
        placed = fit(self.both.setter, texts, wide, tall)
        if smallest(placed) < SMALLEST - 0.1 and seat.note is not None:
            placed = fit(self.both.setter, self._texts(seat, noted=False), wide, tall)
        far = self.radius + _NEAR
        top = y + far if seat.under else y - far - bottom(placed)
        return [line.moved(self._across(line, x, left, wide), top) for line in placed]

    def _across(self, line: Placed, x: float, left: float, wide: float) -> float:
        """Centred under its seat, as far as the field of the name reaches."""
        return min(max(x - line.line.width / 2, left), left + wide - line.line.width)

    def _texts(self, seat: Seat, *, noted: bool = True) -> list[Wanted]:
        size = min(max(3.0 * self.scale, SMALLEST), 10.0)
        styles = self.both.styles
        texts = self._said(seat.name, styles.at(size, bold=True), styles.at(size))
        if noted and seat.note is not None:
            note = styles.at(max(SMALLEST, size - 1.5), colour=GREY)
            texts += self._said(seat.note, note, note)
        return texts

    def _said(self, words: Words, first: Style, second: Style) -> list[Wanted]:
        shown = [words.shown(language, self.both.languages) for language in self.both.languages]
        texts = list(dict.fromkeys((each.text, each.language) for each in shown if each))
        return [Wanted(text, language, second if n else first) for n, (text, language) in enumerate(texts)]

    def _tall(self, seat: Seat, n: int, left: float, wide: float) -> float:
        """How high the name may be: to the edge of the plan, or to the next seat, whose name may come to meet it."""
        _, y = self.spots[n]
        far = self.radius + _NEAR
        least = self.plan.height * self.scale - y - far if seat.under else y - far
        for other, (x, at) in zip(self.plan.seats, self.spots, strict=True):
            away = at - y if seat.under else y - at
            reach = other.room * self.scale / 2
            if away <= self.radius or x + reach < left or x - reach > left + wide:
                continue
            meeting = other.under != seat.under
            if not meeting and not left - self.radius < x < left + wide + self.radius:
                continue
            gap = away - 2 * far
            least = min(least, gap / 2 - 1 if meeting else gap + _NEAR)
        return max(least, SMALLEST * 1.28)
