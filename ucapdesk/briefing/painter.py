"""Draws one page: tints, rules and pictures first, then all text above them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from itertools import groupby
from operator import itemgetter

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.rl_accel import escapePDF, fp_str
from reportlab.pdfgen.canvas import Canvas

from ucapdesk.briefing import fonts
from ucapdesk.briefing.bands import AGAIN, Band, Page
from ucapdesk.briefing.header_footer import Running
from ucapdesk.briefing.inks import inks_of
from ucapdesk.briefing.linebreak import Piece
from ucapdesk.briefing.shapes import Oval, Path, Raster, Shape, Stroke, Turned
from ucapdesk.briefing.styles import MM, Sheet
from ucapdesk.briefing.tags import Element, StructureTree, addresses
from ucapdesk.briefing.typeset import Placed

_ARTIFACT = "/Artifact <</Type /Pagination>> BDC"
"""Begins what no reader reads out: rules and tints, headers and footers, heads of tables that come again."""
_GLYPH_LEADING = 1.2  # of the size, as ReportLab writes it
_Block = tuple[float, float, Band]  # left, upper edge from the bottom, contents


class Pen:
    """Draws the pages of one paper; writes fonts, colours and spacing down only where they change."""

    def __init__(self, canvas: Canvas, sheet: Sheet, running: Running, pages: int, tree: StructureTree) -> None:
        self.canvas = canvas
        self.tree = tree
        self.sheet = sheet
        self.running = running
        self.pages = pages
        self.inks = inks_of(running.paper.house)
        self.glyphs = Glyphs(canvas)
        self.filled = ""
        """The colour that strokes are filled with until something else is drawn."""
        self.outlined = -1
        """The level of the last entry in the outline."""

    def _ink(self, colour: str) -> Color:
        return HexColor(self.inks.get(colour, colour))

    def page(self, page: Page, number: int) -> None:
        """Draw a page with its header and footer."""
        sheet = self.sheet
        left, top = (0.0, sheet.height) if page.bare else (sheet.left(number), sheet.height - sheet.top)
        placed = [(top - y, band) for y, band in page.bands]
        edges: list[tuple[float, Band]] = []
        if not page.bare:
            header, footer = self.running.header(number), self.running.footer(number, self.pages)
            foot = min(sheet.footer + footer.height, sheet.bottom - 2 * MM)
            edges = [(sheet.height - sheet.header + header.height, header), (foot, footer)]
        self._draw([(left, y, band) for y, band in edges])
        self._draw([(left, y, band) for y, band in placed], self.tree)
        for y, band in placed:
            if band.outline:
                self._bookmark(band, *band.outline, y, number)

    def _bookmark(self, band: Band, text: str, level: int, y: float, number: int) -> None:
        """Add an entry to the outline, which is also the target of the contents; no level is left out."""
        key = f"section {band.anchor}" if band.anchor is not None else f"page {number} at {y:.0f}"
        self.canvas.bookmarkHorizontal(key, 0, y + 6)
        self.outlined = min(level, self.outlined + 1)
        self.canvas.addOutlineEntry(text, key, self.outlined)

    def _draw(self, blocks: Sequence[_Block], tree: StructureTree | None = None) -> None:
        """Draw what stands in some places: told in the structure, where there is one for it, else as decoration."""
        self.canvas.addLiteral(_ARTIFACT)
        self.filled = ""
        for left, top, band in blocks:
            for shape in band.strokes:
                if not isinstance(shape, Raster | Turned):
                    self._shape(shape, left + shape.x, top - shape.top)
        if tree is not None:
            self.canvas.addLiteral("EMC")
        figures = [self._figures(left, top, band, tree) for left, top, band in blocks]
        writer = _Writer(self.canvas, tree, self._ink, self.glyphs)
        for (left, top, band), seen in zip(blocks, figures, strict=True):
            if tree is not None:
                tree.root.kids += seen
            told = tree.texts(band) if tree is not None and band.role != AGAIN else [(None, band.lines)]
            for element, lines in told:
                writer.begin(element)
                for placed in lines:
                    base = top - placed.top - placed.drop
                    for piece in placed.line.pieces:
                        writer.put(piece, placed, left + placed.x + piece.x, base)
                    if element is not None and tree is not None:
                        self._links(tree, element, placed, left + placed.x, base)
            if tree is not None and band.points_to is not None:
                area = (left, top - band.height, left + self.sheet.frame_width, top)
                tree.link(tree.entry, self._area(area), f"section {band.points_to}", _said(band.lines), inside=True)
        writer.close()
        if tree is None:
            self.canvas.addLiteral("EMC")

    def _figures(self, left: float, top: float, band: Band, tree: StructureTree | None) -> list[Element]:
        """Draw the pictures of a band; return their parts of the structure."""
        found = []
        for shape in band.strokes:
            x, y = left + shape.x, top - shape.top
            if isinstance(shape, Turned):
                self._turned(shape, x, y, tree)
            elif isinstance(shape, Raster):
                if tree is not None:
                    found.append(tree.figure(shape, self._area((x, y - shape.height, x + shape.width, y))))
                    self.canvas.addLiteral(f"/Figure <</MCID {tree.mark(found[-1])}>> BDC")
                self._shape(shape, x, y)
                if tree is not None:
                    self.canvas.addLiteral("EMC")
        return found

    def _area(self, area: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        """Return an area on the page, wherever the page stands on its sheet."""
        return *self.canvas.absolutePosition(*area[:2]), *self.canvas.absolutePosition(*area[2:])

    def _links(self, tree: StructureTree, element: Element, placed: Placed, x: float, base: float) -> None:
        """Add links where addresses and numbers stand in a line."""
        text = placed.line.text
        if "@" not in text and "+" not in text and "www" not in text and "http" not in text:
            return
        for begin, end, target in addresses(text):
            first, last = (x + placed.line.width * at / len(text) for at in (begin, end))
            area = (first, base - 0.25 * placed.size, last, base + 0.8 * placed.size)
            tree.link(
                element if element.role == "Link" else element.add("Link"), self._area(area), target, text[begin:end]
            )

    def _shape(self, shape: Shape, x: float, y: float) -> None:
        """Draw a shape whose upper left corner is at ``x``, ``y``."""
        canvas = self.canvas
        if isinstance(shape, Stroke):
            if shape.colour != self.filled:
                canvas.setFillColor(self._ink(shape.colour))
                self.filled = shape.colour
            canvas.addLiteral(f"{x:.3f} {y - shape.height:.3f} {shape.width:.3f} {shape.height:.3f} re f")
        elif isinstance(shape, Path):
            self._path(shape, x, y)
        elif isinstance(shape, Oval):
            self._inks(shape.colour, shape.thick, shape.fill)
            canvas.ellipse(x, y - shape.height, x + shape.width, y, stroke=shape.thick > 0, fill=bool(shape.fill))
        elif isinstance(shape, Raster):
            canvas.drawImage(shape.image, x, y - shape.height, shape.width, shape.height)

    def _inks(self, colour: str, thick: float, fill: str) -> None:
        self.canvas.setStrokeColor(self._ink(colour))
        self.canvas.setLineWidth(thick)
        if fill:
            self.canvas.setFillColor(self._ink(fill))
            self.filled = fill

    def _path(self, shape: Path, x: float, y: float) -> None:
        self._inks(shape.colour, shape.thick, shape.fill)
        self.canvas.setDash(list(shape.dash))
        path = self.canvas.beginPath()
        (first_x, first_y), *others = shape.points
        path.moveTo(x + first_x, y - first_y)
        for to_x, to_y in others:
            path.lineTo(x + to_x, y - to_y)
        if shape.closed:
            path.close()
        self.canvas.drawPath(path, stroke=shape.thick > 0, fill=bool(shape.fill))
        if shape.dash:
            self.canvas.setDash([])

    def _turned(self, shape: Turned, x: float, y: float, tree: StructureTree | None) -> None:
        self.canvas.saveState()
        self.canvas.translate(x + shape.width, y - shape.height)
        self.canvas.rotate(180)
        self._draw([(0.0, 0.0, Band([*shape.lines], 0.0, strokes=[*shape.shapes]))], tree)
        self.canvas.restoreState()


def _said(lines: Sequence[Placed]) -> str:
    return " ".join(line.line.text for line in lines)


class _Writer:
    """Puts pieces of text down one after the other; fonts, colours and spacing only where they change."""

    def __init__(self, canvas: Canvas, tree: StructureTree | None, ink: Callable[[str], Color], glyphs: Glyphs) -> None:
        self.canvas = canvas
        self.glyphs = glyphs
        self.ink = ink
        self.tree = tree
        self.element: Element | None = None
        self.is_marked = False
        self.text = canvas.beginText()
        self.font: tuple[str, float] = ("", 0.0)
        self.subset = -1
        self.colour = ""
        self.spread = 0.0
        self.outline: tuple[float, str] = (0.0, "")

    def begin(self, element: Element | None) -> None:
        """Begin the text of another part of the structure; None: of none, such as a repeated head."""
        self._end()
        self.element = element

    @property
    def code(self) -> list[str]:
        """The operators of the text so far."""
        return vars(self.text)["_code"]  # type: ignore[no-any-return]

    def _mark(self) -> None:
        if self.tree is not None and not self.is_marked:
            element = self.element
            said = f"/{element.role} <</MCID {self.tree.mark(element)}>> BDC" if element is not None else _ARTIFACT
            self.code.append(said)
            self.is_marked = True

    def _end(self) -> None:
        if self.is_marked:
            self.code.append("EMC")
            self.is_marked = False

    def put(self, piece: Piece, placed: Placed, x: float, base: float) -> None:
        thick = fonts.stroke(piece.face) * placed.size
        self._outlined(thick, placed.colour if thick else "")
        self._mark()
        if placed.colour != self.colour:
            self.colour = placed.colour
            self.text.setFillColor(self.ink(self.colour))
        self.code.append(f"1 0 0 1 {x:.3f} {base:.3f} Tm")
        if (piece.face, placed.size) != self.font:
            self.font, self.subset = (piece.face, placed.size), -1
        if abs(piece.spread - self.spread) > 1e-6:
            self.text.setCharSpace(piece.spread)
            self.spread = piece.spread
        self.subset = self.glyphs.show(self.code, piece.text, *self.font, self.subset)

    def _outlined(self, thick: float, colour: str) -> None:
        """Set the outline width of the text that follows; a line width is written between two texts."""
        if (thick, colour) == self.outline:
            return
        self._end()
        self.text.setTextRenderMode(0)  # the next text takes it to be so
        self.canvas.drawText(self.text)
        if thick:
            self.canvas.setStrokeColor(self.ink(colour))
            self.canvas.setLineWidth(thick)
            self.canvas.setLineJoin(1)
        self.text = self.canvas.beginText()
        if thick:
            self.text.setTextRenderMode(2)
        self.font, self.outline = ("", 0.0), (thick, colour)

    def close(self) -> None:
        self._end()
        self._outlined(0.0, "")
        if self.spread:
            self.text.setCharSpace(0)
        self.canvas.drawText(self.text)


class Glyphs:
    """The characters of one paper, each looked up once: shown by their numbers in the embedded parts of their fonts."""

    def __init__(self, canvas: Canvas) -> None:
        self.document = vars(canvas)["_doc"]
        self._known: dict[str, dict[str, tuple[int, str]]] = {}
        self._set = cache(self._setting)

    def show(self, code: list[str], text: str, face: str, size: float, subset: int) -> int:
        """Add the operators that show a text; return the part of the font that is set then. ``subset``: the one set before."""
        known = self._known.setdefault(face, {})
        said: list[str] = []
        placed = [known.get(char) or self._placed(face, char) for char in text]
        for part, some in groupby(placed, itemgetter(0)):
            if part != subset:
                said.append(self._set(face, part, size))
                subset = part
            said.append(f"({''.join([glyph for _, glyph in some])}) Tj")
        code.append(" ".join(said))
        return subset

    def _placed(self, face: str, char: str) -> tuple[int, str]:
        """Return the part of a font that holds a character, and its number there as a string of the PDF."""
        ((part, number),) = fonts.font(face).splitString(char, self.document)
        found = self._known[face][char] = part, escapePDF(number)
        return found

    def _setting(self, face: str, part: int, size: float) -> str:
        name = fonts.font(face).getSubsetInternalName(part, self.document)
        return f"{name} {fp_str(size)} Tf {fp_str(_GLYPH_LEADING * size)} TL"
