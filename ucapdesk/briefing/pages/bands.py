"""Bands and pages: things side by side form a band, and bands fill pages from top to bottom.

A band is a pair of paragraphs, a row of a table, a heading, with the shapes drawn beside its text: rules, outlines, circles, pictures,
faces turned upside down, and signs that are told apart without colour. Every shape stands at ``x`` from the left of its band and ``top``
from the band's top; points are counted from there. ``paginate`` alone knows where pages end: headings keep three lines with them, rows stay
whole, long pairs part in both columns at once, table heads come again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ucapdesk.base.marks import OPEN, outline
from ucapdesk.briefing.text.paragraphs import Placed, bottom
from ucapdesk.briefing.text.styles import INK, THIN

if TYPE_CHECKING:
    from reportlab.lib.utils import ImageReader


@dataclass(frozen=True, slots=True)
class Stroke:
    """A filled rectangle from ``top`` downwards: a rule, an accent bar, the tint of a table head."""

    x: float
    top: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True, slots=True)
class Path:
    """Lines from point to point; closed, they may be filled."""

    x: float
    top: float
    points: tuple[tuple[float, float], ...]
    colour: str = INK
    thick: float = THIN
    fill: str = ""
    closed: bool = False
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Oval:
    """A circle or ellipse in a rectangle."""

    x: float
    top: float
    width: float
    height: float
    colour: str = INK
    thick: float = THIN
    fill: str = ""


@dataclass(frozen=True, slots=True)
class Raster:
    """A picture made of points; ``alt`` says in each language what is seen."""

    x: float
    top: float
    width: float
    height: float
    image: ImageReader
    alt: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Turned:
    """Lines and shapes of a rectangle, turned upside down about its middle."""

    x: float
    top: float
    width: float
    height: float
    lines: Sequence[Placed]
    shapes: Sequence[Shape]


Shape = Stroke | Path | Oval | Raster | Turned


def rectangle(x: float, top: float, width: float, height: float) -> Path:
    return Path(x, top, ((0, 0), (width, 0), (width, height), (0, height)), INK, THIN, closed=True)


def moved(shapes: Sequence[Shape], dx: float, dy: float) -> list[Shape]:
    """Return the same shapes at another place; rectangles, of which a code has hundreds, without the slower ``replace``."""
    return [
        Stroke(shape.x + dx, shape.top + dy, shape.width, shape.height, shape.colour)
        if isinstance(shape, Stroke)
        else replace(shape, x=shape.x + dx, top=shape.top + dy)
        for shape in shapes
    ]


PAPER = "#FFFFFF"


def sign(shape: str, x: float, top: float, size: float, *, colour: str = INK) -> Shape:
    """Return a shape of ``base.marks`` in a square of ``size``."""
    fill = PAPER if shape in OPEN else colour
    corners = outline(shape).corners
    if not corners:
        return Oval(x, top, size, size, colour, THIN, fill)
    return Path(x, top, tuple((size * a, size * b) for a, b in corners), colour, THIN, fill, closed=True)


KEEP_LINES = 3  # with a heading
LEAST_LINES = 2  # of a parted paragraph, on either page
HEAD = 0.3  # of a page: a head that is higher does not come again
AGAIN = "again"  # the role of what stood on an earlier page already
_EPSILON = 0.01


@dataclass(slots=True)
class Band:
    """A horizontal strip of a page: things that stand side by side.

    Attributes:
        lines: Text, measured from the band's top.
        height: How much of the page it takes.
        before: Distance to the band above; none at the top of a page.
        strokes: Rules, tints and pictures.
        keep: Whether it stays with the next band.
        together: Whether it stays with the next band where one page can hold all that belongs to it.
        split: Whether it may part between lines.
        head: The table head to repeat when a page begins with it.
        outline: Text and level of its entry in the outline.
        new_page: Whether it begins a page.
        anchor: Number of the section it is the heading of.
        points_to: Number of the section it is the entry of, in a list of contents.
        whole: Whether it is a whole page, measured from the corner of the paper, without header and footer.
        fold: Where the second of two facing pages begins, if the band lies on both.
        role: Of its text for those who hear it: ``LI``, in a table ``TR``, ``TH`` for the head, ``TG`` for a group; else a paragraph.
        within: Tells one table from another; ``cells``: the columns of its rows.
        letter: The language of the letter it begins, if it begins one.
        fill: Makes it, and what follows, for the height its page has left, knowing how much of it what comes next would take to stand
            on the same page; ``height`` is then the least it needs.
    """

    lines: list[Placed]
    height: float
    before: float = 0.0
    strokes: list[Shape] = field(default_factory=list)
    keep: bool = False
    together: bool = False
    split: bool = False
    head: Band | None = None
    outline: tuple[str, int] | None = None
    new_page: bool = False
    anchor: int | None = None
    points_to: int | None = None
    whole: bool = False
    fold: float = 0.0
    role: str = ""
    within: object = None
    cells: int = 0
    letter: str = ""
    fill: Fill | None = None

    def moved(self, dx: float = 0.0, dy: float = 0.0) -> Band:
        lines = [line.moved(dx, dy) for line in self.lines]
        return replace(self, lines=lines, strokes=moved(self.strokes, dx, dy))


Fill = Callable[[float, float], Sequence[Band]]


def joined(left: Band, right: Band, fold: float) -> Band:
    """Return two facing bands as one, as high as the higher one; ``right`` is already placed beyond the fold."""
    height = max(left.height, right.height)
    return replace(
        left,
        lines=left.lines + right.lines,
        height=height,
        strokes=[*_grown(left, height), *_grown(right, height)],
        keep=left.keep or right.keep,
        split=left.split or right.split,
        fold=fold,
    )


def _grown(band: Band, height: float) -> Iterator[Shape]:
    """Yield the shapes of a band at another height; a rule at its lower edge moves to the new edge."""
    more = height - band.height
    for shape in band.strokes:
        if shape.top >= band.height - _EPSILON:
            yield replace(shape, top=shape.top + more)
        elif isinstance(shape, Stroke) and shape.top < band.height / 2 < shape.top + shape.height:
            yield replace(shape, height=shape.height + more)
        else:
            yield shape


def half_of(band: Band, side: int) -> Band:
    lines = [line for line in band.lines if (line.x >= band.fold) == bool(side)]
    strokes = [shape for shape in band.strokes if (shape.x >= band.fold) == bool(side)]
    return replace(band, lines=lines, strokes=strokes, fold=0.0)


def _alone(band: Band, side: int) -> Band:
    own = half_of(band, side)
    height = min(band.height, bottom(own.lines) + band.height - bottom(band.lines))
    return replace(own, strokes=list(_grown(own, height)), height=height)


@dataclass(slots=True)
class Page:
    """The bands of a page, each with its distance from the top of the frame, or of the paper where the page has no margins."""

    bands: list[tuple[float, Band]] = field(default_factory=list)
    used: float = 0.0
    bare: bool = False

    def add(self, band: Band, before: float) -> None:
        self.bands.append((self.used + before, band))
        self.used += before + band.height


def paginate(bands: Iterable[Band], height: float) -> list[Page]:
    queue = deque(bands)
    _let_part(queue, height)
    book = _Book(height)
    while queue:
        rest = book.take(queue.popleft(), queue)
        if rest is not None:
            queue.appendleft(rest)
    return book.done()


def _let_part(bands: Iterable[Band], height: float) -> None:
    """Mark bands as splittable that no page can hold, alone or with the headings that must stay with them."""
    chain = 0.0  # the height of the bands that must stay with the next one
    for band in bands:
        head = band.head.height if band.head is not None and not chain else 0.0
        head = head if head <= HEAD * height else 0.0
        if band.height > height - head or (chain + band.before + band.height > height and _is_text(band)):
            band.split = True
        chain = chain + band.before + band.height if band.keep else 0.0


def _next(following: Iterable[Band], room: float) -> float:
    """Return the height of what comes before the next heading or page; 0 where it finds no room."""
    height = 0.0
    for band in following:
        if band.new_page or band.whole or band.fill is not None or band.outline is not None:
            break
        height += band.before + band.height
    return height if height <= room else 0.0


class _Book:
    """The pages being filled; ``fresh`` while the last one is empty but for a repeated table head."""

    def __init__(self, height: float) -> None:
        self.height = height
        self.pages = [Page()]
        self.fresh = True

    def turn(self) -> None:
        self.pages.append(Page())
        self.fresh = True

    def put(self, band: Band, before: float) -> None:
        self.pages[-1].add(band, before)
        self.fresh = False

    def done(self) -> list[Page]:
        return self.pages[:-1] if self.fresh and len(self.pages) > 1 else self.pages

    def take(self, band: Band, following: deque[Band]) -> Band | None:
        if (band.new_page or band.whole) and not self.fresh:
            self.turn()
        page = self.pages[-1]
        if band.whole:
            page.bands, page.bare = [(0.0, band)], True
            self.turn()
            return None
        if self.fresh and not page.bands and band.head is not None and band.head.height <= HEAD * self.height:
            page.add(band.head, 0.0)
        before = 0.0 if self.fresh else band.before
        room = self.height - page.used - before + _EPSILON
        if band.fill is not None and band.height <= room:
            made = list(band.fill(room, _next(following, room - band.height)))
            _let_part(made, self.height)
            following.extendleft(reversed(made[1:]))
            band = made[0]
        # under nothing but headings it stays, in parts if need be, so that they are not left alone
        headed = all(above.keep for _, above in page.bands)
        begun = headed or page.bands[-1][1].together  # a group that no page can hold goes on where it began
        if _needs(band, following, room if begun else self.height) <= room or (headed and band.height <= room):
            self.put(band, before)
            return None
        return self._cut(band, before, room)

    def _cut(self, band: Band, before: float, room: float) -> Band | None:
        """Place as much of a too high band as fits and return the rest; place all of it where it cannot be cut."""
        parts = _part(band, room, LEAST_LINES) if band.split else None
        parts = parts or (_part(band, room, 1) if self.fresh else None)
        if parts is None and self.fresh:
            self.put(band, before)
            return None
        if parts is not None:
            self.put(parts[0], before)
        self.turn()
        return parts[1] if parts is not None else replace(band, new_page=False)


def _is_text(band: Band) -> bool:
    """Return whether a band can be cut: its lower part has no shapes but rules."""
    return all(isinstance(shape, Stroke) or shape.top < 0.2 * band.height for shape in band.strokes)


def _needs(band: Band, following: deque[Band], height: float) -> float:
    """Return the height of a band and of what must stay with it, as far as a page can hold it."""
    needed = strict = band.height
    bound = band.keep
    for after in following:
        if not (band.keep or band.together) or after.new_page or after.whole:
            break
        least = after.height
        if after.split and not after.keep:
            least = min(least, KEEP_LINES * max((line.leading for line in after.lines), default=0.0))
        needed += after.before + (after.height if after.together or band.together else least)
        if bound:
            strict += after.before + least
        bound = bound and after.keep
        band = after
    return needed if needed <= height else strict


def _part(band: Band, room: float, least: int) -> tuple[Band, Band] | None:
    """Cut a band at the lowest place within ``room`` that lies between lines in all its columns; None where there is none."""
    if band.fold and (facing := _part_facing(band, room, least)) is not None:
        return facing
    cuts = sorted({line.bottom for line in band.lines if line.bottom <= room}, reverse=True)
    for clean in (True, False):
        for cut in cuts:
            if clean and any(line.top < cut - _EPSILON and line.bottom > cut + _EPSILON for line in band.lines):
                continue
            above = [line for line in band.lines if line.bottom <= cut + _EPSILON]
            below = [line for line in band.lines if line.bottom > cut + _EPSILON]
            if below and _rows(above) >= least and _rows(below) >= least:
                return _cut(band, cut, above, below)
    return None


def _part_facing(band: Band, room: float, least: int) -> tuple[Band, Band] | None:
    """Cut two facing pages after the same part of their content, so that neither continues beside an empty page."""
    halves = [_alone(band, side) for side in (0, 1)]
    first, second = sorted((0, 1), key=lambda side: bottom(halves[side].lines), reverse=True)
    parts = _part(halves[first], room, least)
    rows = sorted({line.bottom for line in halves[second].lines})
    if parts is None or len(rows) < 2:
        return None
    share = bottom(parts[0].lines) / bottom(halves[first].lines)
    allowed = [row for n, row in enumerate(rows[:-1], 1) if row <= room and n <= share * len(rows)]
    others = _part(halves[second], max(allowed, default=rows[0]) + _EPSILON, 1)
    if others is None:
        return None
    pairs = ((parts[n], others[n]) if first == 0 else (others[n], parts[n]) for n in (0, 1))
    upper, lower = (joined(left, right, band.fold) for left, right in pairs)
    return upper, lower


def _cut(band: Band, cut: float, above: list[Placed], below: list[Placed]) -> tuple[Band, Band]:
    """Return the parts above and below a cut; a shape stays with the part in which it ends, rules are cut."""
    up = min(cut, *(line.top for line in below))
    over: list[Shape] = []
    under: list[Shape] = []
    for shape in band.strokes:
        long = shape.height if isinstance(shape, Stroke) else 0.0
        if shape.top < cut:
            over.append(replace(shape, height=min(long, cut - shape.top)) if isinstance(shape, Stroke) else shape)
        if isinstance(shape, Stroke) and shape.top < cut < shape.top + long - _EPSILON:
            under.append(replace(shape, top=0.0, height=shape.top + long - up))
        elif shape.top >= cut:
            under.append(replace(shape, top=shape.top - up))
    upper = replace(band, lines=above, height=cut, keep=False, together=False, strokes=over)
    lines = [line.moved(dy=-up) for line in below]
    height = max(band.height - up, *(line.bottom for line in lines))
    lower = replace(band, lines=lines, height=height, before=0.0, outline=None, new_page=False, strokes=under)
    return upper, lower


def _rows(lines: list[Placed]) -> int:
    return len({round(line.top, 1) for line in lines})
