"""Draws one page: tints, rules and pictures first, then all text above them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from ucapdesk.briefing import fonts
from ucapdesk.briefing.bands import Band, Page
from ucapdesk.briefing.header_footer import Running
from ucapdesk.briefing.linebreak import Piece
from ucapdesk.briefing.shapes import Oval, Path, Raster, Shape, Stroke, Turned
from ucapdesk.briefing.styles import MM, Sheet
from ucapdesk.briefing.typeset import Placed

_Block = tuple[float, float, Sequence[Placed], Sequence[Shape]]  # left, upper edge from the bottom, contents


class Pen:
    """Draws the pages of one paper; writes fonts, colours and spacing down only where they change."""

    def __init__(self, canvas: Canvas, sheet: Sheet, running: Running, pages: int) -> None:
        self.canvas = canvas
        self.sheet = sheet
        self.running = running
        self.pages = pages
        self.outlined = -1
        """The level of the last entry in the outline."""

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
        self._draw([(left, y, band.lines, band.strokes) for y, band in (*edges, *placed)])
        for y, band in placed:
            if band.outline:
                self._bookmark(band, y, number)
            if band.points_to is not None:
                area = (left, y - band.height, left + sheet.frame_width, y)
                self.canvas.linkRect("", f"section {band.points_to}", area)

    def _bookmark(self, band: Band, y: float, number: int) -> None:
        """Add an entry to the outline, which is also the target of the contents; no level is left out."""
        assert band.outline is not None
        text, level = band.outline
        key = f"section {band.anchor}" if band.anchor is not None else f"page {number} at {y:.0f}"
        self.canvas.bookmarkHorizontal(key, 0, y + 6)
        self.outlined = min(level, self.outlined + 1)
        self.canvas.addOutlineEntry(text, key, self.outlined)

    def _draw(self, blocks: Iterable[_Block]) -> None:
        blocks = list(blocks)
        for left, top, _, shapes in blocks:
            for shape in shapes:
                self._shape(shape, left + shape.x, top - shape.top)
        writer = _Writer(self.canvas)
        for left, top, lines, _ in blocks:
            for placed in lines:
                base = top - placed.top - placed.drop
                for piece in placed.line.pieces:
                    writer.put(piece, placed, left + placed.x + piece.x, base)
        writer.close()

    def _shape(self, shape: Shape, x: float, y: float) -> None:
        """Draw a shape whose upper left corner is at ``x``, ``y``."""
        canvas = self.canvas
        if isinstance(shape, Stroke):
            canvas.setFillColor(HexColor(shape.colour))
            canvas.rect(x, y - shape.height, shape.width, shape.height, stroke=0, fill=1)
        elif isinstance(shape, Path):
            self._path(shape, x, y)
        elif isinstance(shape, Oval):
            self._inks(shape.colour, shape.thick, shape.fill)
            canvas.ellipse(x, y - shape.height, x + shape.width, y, stroke=shape.thick > 0, fill=bool(shape.fill))
        elif isinstance(shape, Raster):
            canvas.drawImage(shape.image, x, y - shape.height, shape.width, shape.height)
        else:
            self._turned(shape, x, y)

    def _inks(self, colour: str, thick: float, fill: str) -> None:
        self.canvas.setStrokeColor(HexColor(colour))
        self.canvas.setLineWidth(thick)
        if fill:
            self.canvas.setFillColor(HexColor(fill))

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

    def _turned(self, shape: Turned, x: float, y: float) -> None:
        self.canvas.saveState()
        self.canvas.translate(x + shape.width, y - shape.height)
        self.canvas.rotate(180)
        self._draw([(0.0, 0.0, shape.lines, shape.shapes)])
        self.canvas.restoreState()


class _Writer:
    """Puts pieces of text down one after the other; fonts, colours and spacing only where they change."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.text = canvas.beginText()
        self.font: tuple[str, float] = ("", 0.0)
        self.colour = ""
        self.spread = 0.0
        self.outline: tuple[float, str] = (0.0, "")

    def put(self, piece: Piece, placed: Placed, x: float, base: float) -> None:
        thick = fonts.stroke(piece.face) * placed.size
        self._outlined(thick, placed.colour if thick else "")
        if placed.colour != self.colour:
            self.colour = placed.colour
            self.text.setFillColor(HexColor(self.colour))
        self.text.setTextOrigin(x, base)
        if (piece.face, placed.size) != self.font:
            self.font = (piece.face, placed.size)
            self.text.setFont(*self.font)
        if abs(piece.spread - self.spread) > 1e-6:
            self.text.setCharSpace(piece.spread)
            self.spread = piece.spread
        self.text.textOut(piece.text)

    def _outlined(self, thick: float, colour: str) -> None:
        """Set the outline width of the text that follows; a line width is written between two texts."""
        if (thick, colour) == self.outline:
            return
        self.text.setTextRenderMode(0)  # the next text takes it to be so
        self.canvas.drawText(self.text)
        if thick:
            self.canvas.setStrokeColor(HexColor(colour))
            self.canvas.setLineWidth(thick)
            self.canvas.setLineJoin(1)
        self.text = self.canvas.beginText()
        if thick:
            self.text.setTextRenderMode(2)
        self.font, self.outline = ("", 0.0), (thick, colour)

    def close(self) -> None:
        self._outlined(0.0, "")
        if self.spread:
            self.text.setCharSpace(0)
        self.canvas.drawText(self.text)
