"""Sets cards on pages: place cards, badges, address and pocket cards, with marks to cut and to fold.

A tent card has its upper face upside down, so that both are read when it stands. Where a page cannot hold the folded card,
its faces come one by one, for a holder.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ucapdesk.briefing.bands import Band
from ucapdesk.briefing.boards import BoardCard, CardForm, Cards, Face
from ucapdesk.briefing.faces import FaceSetter
from ucapdesk.briefing.languages import Bilingual
from ucapdesk.briefing.page_setup import PageSetup
from ucapdesk.briefing.shapes import Path, Shape, Stroke, Turned, moved
from ucapdesk.briefing.styles import GREY, HAIR, MM, RULE, THIN, Sheet
from ucapdesk.briefing.typeset import Placed

_FIELDS = {"tent": 2, "three": 3}
_EMPTY = Face()
_SLACK = 0.1  # points a page may lack
_MARK = 6 * MM
_LEAST_EQUAL, _STEP = 0.5, 0.94  # of the size of names that are equal on all cards
_LEAST_MARGIN = 3 * MM  # for a mark beside the cards


def turned_page(page: PageSetup, form: CardForm) -> PageSetup:
    """Return the page, turned to landscape where more cards fit on it."""
    standing, lying = (_Grid(form, Sheet.of(replace(page, landscape=turned))).fitness for turned in (False, True))
    return replace(page, landscape=form.landscape or lying > standing)


def card_bands(cards: Cards, both: Bilingual) -> Iterator[Band]:
    """Yield a page for as many cards as it holds; with backs, a second one behind it."""
    grid = _Grid(cards.form, both.sheet)
    cards = _equal(cards, grid, both) if cards.equal else cards
    setter = FaceSetter(both, grid.scale)
    if cards.form.fold == "all":
        yield from _folded(cards.cards, grid, setter)
        return
    units = list(cards.cards)
    if grid.apart:
        units = [BoardCard(face) for card in units for face in (card.front, card.back or card.front)]
    backs = grid.fields == 1 and not grid.apart and any(card.back for card in units)
    for some in _batches(units, grid):
        yield _cut(some, grid, setter)
        if backs:
            yield _backs(some, grid, setter)


def _equal(cards: Cards, grid: _Grid, both: Bilingual) -> Cards:
    """Return the cards with the names of each language in the largest size in which all of them find room, down to a part of the
    wanted one: first as wide as each language alone has to be, then as high as all languages together.
    """
    setter = FaceSetter(both, grid.scale)
    faces = [face for card in cards.cards for face in (card.front, card.back) if face is not None]
    parts = dict.fromkeys(both.languages, 1.0)
    for languages in (*((lang,) for lang in both.languages), both.languages):
        crowded = [_in_languages(face, languages) for face in faces]
        while crowded and max(parts[lang] for lang in languages) > _LEAST_EQUAL:
            crowded = [face for face in crowded if setter.is_crowded(_sized(face, parts), grid.width, grid.height)]
            parts |= {lang: parts[lang] * _STEP for lang in languages if crowded}
    sized = (BoardCard(_sized(card.front, parts), card.back and _sized(card.back, parts)) for card in cards.cards)
    return replace(cards, cards=tuple(sized))


def _in_languages(face: Face, languages: Sequence[str]) -> Face:
    return replace(face, lines=tuple(line for line in face.lines if not line.bold or line.only in languages))


def _sized(face: Face, parts: Mapping[str, float]) -> Face:
    """Return a face with its name at a part of its size in each language."""
    lines = tuple(
        replace(line, size=line.size * parts.get(line.only, 1.0)) if line.bold else line for line in face.lines
    )
    return replace(face, lines=lines)


def too_long(cards: Cards, both: Bilingual) -> list[str]:
    """Return the texts that do not fit on their card in a readable size, so that it shows only their beginning."""
    grid = _Grid(cards.form, both.sheet)
    setter = FaceSetter(both, grid.scale)
    faces = {id(face): face for card in cards.cards for face in (card.front, card.back) if face is not None}
    for face in faces.values():
        setter.face(face, grid.width, grid.height)
    return list(dict.fromkeys(setter.shortened))


def _batches(cards: Sequence[BoardCard], grid: _Grid) -> Iterator[Sequence[BoardCard]]:
    """Yield as many cards at a time as a page holds."""
    most = grid.columns * grid.rows
    return (cards[n : n + most] for n in range(0, len(cards), most))


class _Grid:
    """The arrangement of cards of one form on a page.

    Attributes:
        fields: How many fields of a folded card stand over each other.
        apart: Whether the faces of a folded card come one by one.
        scale: Less than 1 where a page cannot even hold a face.
    """

    def __init__(self, form: CardForm, sheet: Sheet) -> None:
        fields = _FIELDS.get(form.fold, 1)
        wide, high = form.width * MM, form.height * MM
        self.apart = fields > 1 and (fields * high > sheet.height + _SLACK or wide > sheet.width + _SLACK)
        self.fields = 1 if self.apart else fields
        self.scale = min(1.0, sheet.width / wide, sheet.height / (high * self.fields))
        self.width, self.height = wide * self.scale, high * self.scale
        self.tall = self.height * self.fields
        self.columns = max(1, math.floor((sheet.width + _SLACK) / self.width))
        self.rows = max(1, math.floor((sheet.height + _SLACK) / self.tall))
        self.left = (sheet.width - self.columns * self.width) / 2
        self.top = (sheet.height - self.rows * self.tall) / 2
        self.sheet = sheet

    @property
    def fitness(self) -> tuple[float, int]:
        """Sort key of a page: the better one holds the cards larger, or whole, or more of them."""
        return self.scale * (1 if self.apart else 2), self.columns * self.rows

    def place(self, n: int, *, mirrored: bool = False) -> tuple[float, float]:
        """Return the upper left corner of a card; on the back of a page, counted from the right."""
        column, row = n % self.columns, n // self.columns
        if mirrored:
            column = self.columns - 1 - column
        return self.left + column * self.width, self.top + row * self.tall


class _Page:
    """The faces on one page."""

    def __init__(self, grid: _Grid, setter: FaceSetter) -> None:
        self.grid = grid
        self.setter = setter
        self.lines: list[Placed] = []
        self.shapes: list[Shape] = []

    def stand(self, face: Face, x: float, top: float) -> None:
        """Add a face that stands upright."""
        lines, shapes = self.setter.face(face, self.grid.width, self.grid.height)
        self.lines += [line.moved(x, top) for line in lines]
        self.shapes += moved(shapes, x, top)

    def turn(self, face: Face, x: float, top: float) -> None:
        """Add a face turned upside down."""
        wide, high = self.grid.width, self.grid.height
        self.shapes.append(Turned(x, top, wide, high, *self.setter.face(face, wide, high)))

    def band(self) -> Band:
        """Return the page as it is printed."""
        return Band(self.lines, self.grid.sheet.height, strokes=self.shapes, whole=True)


def _cut(cards: Sequence[BoardCard], grid: _Grid, setter: FaceSetter) -> Band:
    """Return a page of cards to cut out."""
    page = _Page(grid, setter)
    page.shapes += _cuts(grid, -(-len(cards) // grid.columns))
    for n, card in enumerate(cards):
        x, top = grid.place(n)
        for fold in range(1, grid.fields):
            page.shapes += _ends(x, top + fold * grid.height, grid.width, 0)
        if grid.fields > 1:
            page.turn(card.back or card.front, x, top)
            top += grid.height
        page.stand(card.front, x, top)
    return page.band()


def _backs(cards: Sequence[BoardCard], grid: _Grid, setter: FaceSetter) -> Band:
    """Return the back of a page of cards."""
    page = _Page(grid, setter)
    for n, card in enumerate(cards):
        page.stand(card.back or _EMPTY, *grid.place(n, mirrored=True))
    return page.band()


def _folded(cards: Sequence[BoardCard], grid: _Grid, setter: FaceSetter) -> Iterator[Band]:
    """Yield the fields of a page folded once along its middle and then like a fan.

    The lower row is read from left to right; the upper one, folded to the back, is upside down and read from the right.
    """
    for some in _batches(cards, grid):
        page = _Page(grid, setter)
        page.shapes += _creases(grid)
        for n, card in enumerate(some):
            column, up = n % grid.columns, n // grid.columns
            spot = (grid.rows - 1 - up) * grid.columns + column
            put = page.turn if up % 2 else page.stand
            put(card.front, *grid.place(spot, mirrored=up % 2 == 1))
        yield page.band()


# -- marks ----------------------------------------------------------------------------------------


def _cuts(grid: _Grid, rows: int) -> Iterator[Shape]:
    """Yield fine lines where to cut, with marks beside the cards where the page has room for them."""
    high, wide, page = rows * grid.tall, grid.columns * grid.width, grid.sheet
    for n in range(grid.columns + 1):
        yield from _cut_down(grid.left + n * grid.width, grid.top, high, page.width, page.height)
    for n in range(rows + 1):
        for shape in _cut_down(grid.top + n * grid.tall, grid.left, wide, page.height, page.width):
            yield replace(shape, x=shape.top, top=shape.x, width=shape.height, height=shape.width)


def _cut_down(at: float, begin: float, length: float, across: float, down: float) -> Iterator[Stroke]:
    """Yield a cut down a page, with marks above and below it; none at the edge of the page."""
    if not _LEAST_MARGIN / 3 < at < across - _LEAST_MARGIN / 3:
        return
    yield Stroke(at - HAIR / 2, begin, HAIR, length, RULE)
    for room, below in ((begin, False), (down - begin - length, True)):
        if room >= _LEAST_MARGIN:
            long = min(_MARK, room - 2 * MM)
            yield Stroke(at - HAIR / 2, begin + length + MM if below else begin - MM - long, HAIR, long, GREY)


def _creases(grid: _Grid) -> Iterable[Shape]:
    """Yield the folds of a page that is folded as a whole, dashed from edge to edge, darker at their ends."""
    wide, high = grid.columns * grid.width, grid.rows * grid.height
    folds = [(grid.left + n * grid.width, grid.top, 0.0, high) for n in range(1, grid.columns)]
    folds += [(grid.left, grid.top + n * grid.height, wide, 0.0) for n in range(1, grid.rows)]
    for x, top, across, down in folds:
        yield Path(x, top, ((0, 0), (across, down)), RULE, HAIR, dash=(2, 3))
        yield from _ends(x, top, across, down)


def _ends(x: float, top: float, across: float, down: float) -> Iterator[Shape]:
    """Yield the dashes at both ends of a fold."""
    mark = min(across, _MARK), min(down, _MARK)
    for far in (0, 1):
        place = x + far * (across - mark[0]), top + far * (down - mark[1])
        yield Path(*place, ((0, 0), mark), GREY, THIN, dash=(2, 2))
