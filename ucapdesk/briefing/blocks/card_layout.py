"""Lays out cards on pages: place cards, badges, address and pocket cards, with marks to cut and to fold.

A tent card has its upper face upside down, so that both are read when it stands. Where a page cannot hold the folded card, its faces
come one by one, for a holder. On a face logo, portrait, texts, code and role have each a place, and none lies over another.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ucapdesk.briefing.blocks.content import PageSetup
from ucapdesk.briefing.blocks.elements import BoardCard, CardForm, Cards, Face, Picture
from ucapdesk.briefing.blocks.language_layout import LanguageLayout
from ucapdesk.briefing.blocks.pictures import Prepared, can_be_code, prepared, qr_shapes
from ucapdesk.briefing.pages.bands import Band, Path, Shape, Stroke, Turned, moved, rectangle, sign
from ucapdesk.briefing.text.characters import clean
from ucapdesk.briefing.text.fonts import BLANK, can_print
from ucapdesk.briefing.text.paragraphs import Box, Placed, Wanted, bottom, fit
from ucapdesk.briefing.text.styles import GREY, HAIR, INK, MM, RULE, THIN, Sheet

_WIDE = 1.1  # wider than high by this: the portrait stands beside the text, not over it
_LOGO, _PORTRAIT, _CODE = 0.26, 0.42, 0.42  # of a face
_NAME = 0.5  # of what is left of a wide face may the name take
_LOW = 50  # mm: a field for the role has one line on lower faces
_BAR = 2.5  # mm of colour at the head, or more on large faces
_Code = tuple[str, float, float, float]  # its text, left edge, upper edge and side


@dataclass(slots=True)
class _Room:
    """The free part of a face."""

    x: float
    top: float
    width: float
    height: float

    def drop(self, height: float) -> None:
        self.top += height
        self.height -= height


class FaceLayout:
    """Sets faces for the languages of one paper; ``scale`` is theirs where a page is too small for the card."""

    def __init__(self, both: LanguageLayout, scale: float) -> None:
        self.both = both
        self.scale = scale
        self.shortened: list[str] = []
        self.told = 0

    def face(self, face: Face, width: float, height: float) -> tuple[list[Placed], list[Shape]]:
        lines, shapes, code = self._placed(face, width, height)
        return lines, [*shapes, *qr_shapes(*code)] if code is not None else shapes

    def _placed(self, face: Face, width: float, height: float) -> tuple[list[Placed], list[Shape], _Code | None]:
        inset = min(max(3 * MM, 0.07 * min(width, height)), 10 * MM)
        room = _Room(inset, inset, width - 2 * inset, height - 2 * inset)
        gap = inset / 2
        shapes = self._bar(face, room, gap)
        lines, field = self._role(face, room, gap)
        shapes += field + self._above(self._ready(face.logo, room.width, _LOGO * room.height), face, room, gap)
        beside = width > _WIDE * height
        ways = (True, False) if beside and face.qr is not None else (False,)
        # where the name over the rest leaves too little room for long texts, all of them stand together
        for over in ways:
            own = replace(room)
            cut: list[str] = []
            texts = self._texts(face)
            head = self._head(face, texts, own, gap, cut) if over else []
            portrait = self._portrait(face, own, gap, beside=beside)
            code = self._code(face, own, gap, beside=beside, alone=over and not portrait)
            placed = fit(self.both.paragraphs, texts, own.width, own.height, cut)
            if not cut:
                break
        self.shortened += cut
        free = own.height - bottom(placed)
        down = own.top + (free / 2 if face.align == "centre" else 0.0)
        own_lines = [self._aligned(line, face, own, down) for line in placed]
        told = [line for some in (lines, head, own_lines) for line in self._numbered(some)]
        return told, [*shapes, *portrait], code

    def _numbered(self, lines: list[Placed]) -> list[Placed]:
        """Return lines with a number for each text that no other text of the cards has, so that none is told with another."""
        numbered = [replace(line, cell=self.told + 1 + line.cell) for line in lines]
        self.told = max((line.cell for line in numbered), default=self.told)
        return numbered

    def is_crowded(self, face: Face, width: float, height: float) -> bool:
        """Return whether a name on a face finds no room in its wanted size."""
        wanted = [each for each in self._texts(face) if each.style.bold]
        lines, _, _ = self._placed(face, width, height)
        said = [(line.line.text.strip(), line.size) for line in lines]
        return any(
            text and text in each.text and size < 0.999 * each.style.size for text, size in said for each in wanted
        )

    def _bar(self, face: Face, room: _Room, gap: float) -> list[Shape]:
        if not face.colour:
            return []
        high = min(max(_BAR * MM, room.height * 0.03), 5 * MM)
        bar = Stroke(room.x, room.top, room.width, high, face.colour)
        room.drop(high + gap)
        return [bar]

    def _head(self, face: Face, texts: list[Wanted], room: _Room, gap: float, cut: list[str]) -> list[Placed]:
        count = len(self._texts(replace(face, lines=face.lines[:1])))
        name, texts[:] = texts[:count], texts[count:]
        placed = fit(self.both.paragraphs, name, room.width, room.height * _NAME, cut)
        lines = [self._aligned(line, face, room, room.top) for line in placed]
        room.drop(bottom(placed) + gap / 2)
        return lines

    def _aligned(self, line: Placed, face: Face, room: _Room, down: float) -> Placed:
        over = room.width - line.line.width
        return line.moved(room.x + (over / 2 if face.align == "centre" else 0.0), down)

    def _texts(self, face: Face) -> list[Wanted]:
        """Set the lines as they are read in the wanted languages, without tags; what would say the same twice, one below the
        other, is set once.
        """
        texts: list[Wanted] = []
        for line in face.lines:
            languages = (line.only,) if line.only else self.both.languages
            said = (line.words.shown(language, self.both.languages) for language in languages)
            first = True
            for text, language, _ in filter(None, said):
                complete = can_print(clean(text))
                text = text if complete else 3 * BLANK  # no card is printed with a name that lacks a character
                if texts and text == texts[-1].text:
                    continue
                size = line.size * self.scale
                colour = GREY if line.quiet or not complete else INK
                style = self.both.styles.at(size, bold=line.bold and complete, colour=colour)
                before = line.before * MM * self.scale if first and texts else 0.0
                texts.append(
                    Wanted(text, language, style, before, line.spread and language == "zh", line.rows, line.parts)
                )
                first = False
        return texts

    def _role(self, face: Face, room: _Room, gap: float) -> tuple[list[Placed], list[Shape]]:
        if face.role is None or face.role.empty:
            return [], []
        size = min(max(8.0, room.height * 0.055), 14.0)
        style = self.both.styles.at(size, bold=True)
        indent = 1.6 * size if face.mark else 0.0
        pad = size * 0.4
        said = [Wanted(each.text, each.language, style) for each in self.both.said(face.role)]
        inner = room.width - indent - 2 * pad
        placed = self._in_a_line(said, inner) if room.height < _LOW * MM else []
        placed = placed or fit(self.both.paragraphs, said, inner, room.height * 0.25, self.shortened)
        wide = max((line.x + line.line.width for line in placed), default=0.0)
        high = bottom(placed) + 2 * pad
        top = room.top + room.height - high
        x = room.x + (room.width - wide - indent) / 2
        lines = [line.moved(x + indent, top + pad) for line in placed]
        shapes: list[Shape] = [rectangle(room.x, top, room.width, high)]
        if face.mark:
            shapes.append(sign(face.mark.shape, x, top + high / 2 - size / 2, size, colour=face.mark.colour))
        room.height -= high + gap
        return lines, shapes

    def _in_a_line(self, said: list[Wanted], width: float) -> list[Placed]:
        placed: list[Placed] = []
        x = 0.0
        for each in said:
            lines = self.both.paragraphs.fitted(each.text, each.language, each.style, Box(x, 0.0, width), rows=1)
            placed += lines
            x += lines[0].line.width + each.style.size
        return placed if x - said[-1].style.size <= width else []

    def _above(self, found: Prepared | None, face: Face, room: _Room, gap: float) -> list[Shape]:
        if found is None:
            return []
        x = room.x + ((room.width - found.width) / 2 if face.align == "centre" else 0.0)
        shape = found.at(x, room.top)
        room.drop(found.height + gap)
        return [shape]

    def _portrait(self, face: Face, room: _Room, gap: float, *, beside: bool) -> list[Shape]:
        wide, high = (_PORTRAIT * room.width, room.height) if beside else (room.width, _PORTRAIT * room.height)
        found = self._ready(face.picture, wide, high)
        if found is None or not beside:
            return self._above(found, face, room, gap)
        shape = found.at(room.x, room.top + (room.height - found.height) / 2)
        room.x += found.width + 1.5 * gap
        room.width -= found.width + 1.5 * gap
        return [shape]

    def _code(self, face: Face, room: _Room, gap: float, *, beside: bool, alone: bool) -> _Code | None:
        """Return the place of the code: on the right of wide faces, opposite the portrait if there is one; else at the foot."""
        if face.qr is None or not can_be_code(face.qr.text):
            return None
        side = min(face.qr.size * MM * self.scale, _CODE * room.width, room.height if beside else _CODE * room.height)
        x, top = room.x + room.width - side, room.top + room.height - side
        if beside:
            room.width -= (side + gap) * (2 if alone else 1)
            room.x += side + gap if alone else 0.0
        else:
            x = room.x + (room.width - side) / 2 if face.align == "centre" else x
            room.height -= side + gap / 2
        return face.qr.text, x, top, side

    def _ready(self, picture: Picture | None, width: float, height: float) -> Prepared | None:
        if picture is None:
            return None
        wide, high = (each * MM * self.scale for each in (picture.width, picture.height))
        return prepared(replace(picture, width=min(wide, width) / MM, height=min(high, height) / MM))


_FIELDS = {"tent": 2, "three": 3}
_EMPTY = Face()
_SLACK = 0.1  # points a page may lack
_MARK = 6 * MM
_LEAST_EQUAL, _STEP = 0.5, 0.94  # of the size of names that are equal on all cards
_LEAST_MARGIN = 3 * MM  # for a mark beside the cards


def turned_page(page: PageSetup, form: CardForm) -> PageSetup:
    standing, lying = (_Grid(form, Sheet.of(replace(page, landscape=turned))).fitness for turned in (False, True))
    return replace(page, landscape=form.landscape or lying > standing)


def card_bands(cards: Cards, both: LanguageLayout) -> Iterator[Band]:
    """Yield a page for as many cards as it holds; with backs, a second one behind it."""
    grid = _Grid(cards.form, both.sheet)
    cards = _equal(cards, grid, both) if cards.equal else cards
    layout = FaceLayout(both, grid.scale)
    if cards.form.fold == "all":
        yield from _folded(cards.cards, grid, layout)
        return
    units = list(cards.cards)
    if grid.apart:
        units = [BoardCard(face) for card in units for face in (card.front, card.back or card.front)]
    backs = grid.fields == 1 and not grid.apart and any(card.back for card in units)
    for some in _batches(units, grid):
        yield _cut(some, grid, layout)
        if backs:
            yield _backs(some, grid, layout)


def _equal(cards: Cards, grid: _Grid, both: LanguageLayout) -> Cards:
    """Return the cards with the names of each language in the largest size in which all of them find room, down to a part of the
    wanted one: first as wide as each language alone has to be, then as high as all languages together.
    """
    layout = FaceLayout(both, grid.scale)
    faces = [face for card in cards.cards for face in (card.front, card.back) if face is not None]
    parts = dict.fromkeys(both.languages, 1.0)
    for languages in (*((lang,) for lang in both.languages), both.languages):
        crowded = [_in_languages(face, languages) for face in faces]
        while crowded and max(parts[lang] for lang in languages) > _LEAST_EQUAL:
            crowded = [face for face in crowded if layout.is_crowded(_sized(face, parts), grid.width, grid.height)]
            parts |= {lang: parts[lang] * _STEP for lang in languages if crowded}
    sized = (BoardCard(_sized(card.front, parts), card.back and _sized(card.back, parts)) for card in cards.cards)
    return replace(cards, cards=tuple(sized))


def _in_languages(face: Face, languages: Sequence[str]) -> Face:
    return replace(face, lines=tuple(line for line in face.lines if not line.bold or line.only in languages))


def _sized(face: Face, parts: Mapping[str, float]) -> Face:
    lines = tuple(
        replace(line, size=line.size * parts.get(line.only, 1.0)) if line.bold else line for line in face.lines
    )
    return replace(face, lines=lines)


def too_long(cards: Cards, both: LanguageLayout) -> list[str]:
    """Return the texts that do not fit on their card in a readable size, so that it shows only their beginning."""
    grid = _Grid(cards.form, both.sheet)
    layout = FaceLayout(both, grid.scale)
    faces = {id(face): face for card in cards.cards for face in (card.front, card.back) if face is not None}
    for face in faces.values():
        layout.face(face, grid.width, grid.height)
    return list(dict.fromkeys(layout.shortened))


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

    def __init__(self, grid: _Grid, layout: FaceLayout) -> None:
        self.grid = grid
        self.layout = layout
        self.lines: list[Placed] = []
        self.shapes: list[Shape] = []

    def stand(self, face: Face, x: float, top: float) -> None:
        lines, shapes = self.layout.face(face, self.grid.width, self.grid.height)
        self.lines += [line.moved(x, top) for line in lines]
        self.shapes += moved(shapes, x, top)

    def turn(self, face: Face, x: float, top: float) -> None:
        wide, high = self.grid.width, self.grid.height
        self.shapes.append(Turned(x, top, wide, high, *self.layout.face(face, wide, high)))

    def band(self) -> Band:
        return Band(self.lines, self.grid.sheet.height, strokes=self.shapes, whole=True)


def _cut(cards: Sequence[BoardCard], grid: _Grid, layout: FaceLayout) -> Band:
    page = _Page(grid, layout)
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


def _backs(cards: Sequence[BoardCard], grid: _Grid, layout: FaceLayout) -> Band:
    page = _Page(grid, layout)
    for n, card in enumerate(cards):
        page.stand(card.back or _EMPTY, *grid.place(n, mirrored=True))
    return page.band()


def _folded(cards: Sequence[BoardCard], grid: _Grid, layout: FaceLayout) -> Iterator[Band]:
    """Yield the fields of a page folded once along its middle and then like a fan.

    The lower row is read from left to right; the upper one, folded to the back, is upside down and read from the right.
    """
    for some in _batches(cards, grid):
        page = _Page(grid, layout)
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
    mark = min(across, _MARK), min(down, _MARK)
    for far in (0, 1):
        place = x + far * (across - mark[0]), top + far * (down - mark[1])
        yield Path(*place, ((0, 0), mark), GREY, THIN, dash=(2, 2))
