"""Pages into a PDF: the only place that draws. Everything has its place already; ReportLab writes it down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO

from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from ucapdesk.briefing import fonts
from ucapdesk.briefing.bands import Band, Page
from ucapdesk.briefing.content import Paper
from ucapdesk.briefing.running import Running
from ucapdesk.briefing.styles import MM, Sheet

_HEADER_RULE = 15 * MM  # from the top of the page
_FOOTER = 12 * MM  # from the bottom of the page to the footer's last baseline
_PDF_LANGUAGE = {"zh": "zh-Hans"}


def draw(paper: Paper, pages: Sequence[Page], sheet: Sheet, step: Callable[[int], None]) -> bytes:
    """The bytes of the PDF; the same for the same pages, whenever and wherever it is made."""
    rl_config.useA85 = 0  # bytes as they are: a fifth smaller and quicker
    for face in fonts.FACES:
        fonts.font(face)
    target = BytesIO()
    canvas = Canvas(
        target,
        pagesize=(sheet.width, sheet.height),
        pageCompression=1,
        invariant=1,
        initialFontName=fonts.REGULAR,  # type: ignore[arg-type]  # the stubs say float
        lang=_PDF_LANGUAGE.get(paper.languages[0], paper.languages[0]),
    )
    _describe(canvas, paper)
    running = Running(paper, sheet)
    for number, page in enumerate(pages, 1):
        _Pen(canvas, sheet, number).page(page, running.header(number), running.footer(number, len(pages)))
        canvas.showPage()
        step(number)
    if any(band.outline for page in pages for _, band in page.bands):
        canvas.showOutline()
    canvas.save()
    return target.getvalue()


def _describe(canvas: Canvas, paper: Paper) -> None:
    """What a reader's program shows of the file: title, author, subject."""
    shown = (paper.title.shown(language, paper.languages) for language in paper.languages)
    canvas.setTitle(" / ".join(dict.fromkeys(s.text for s in shown if s)))
    canvas.setAuthor(paper.meta.person)
    subject = paper.meta.document.shown(paper.languages[0], paper.languages)
    canvas.setSubject(subject.text if subject else "")
    canvas.setCreator("UCAPDesk")
    canvas.setViewerPreference("DisplayDocTitle", "true")


class _Pen:
    """Draws one page; writes fonts, colours and spacing down only where they change."""

    def __init__(self, canvas: Canvas, sheet: Sheet, number: int) -> None:
        self.canvas = canvas
        self.sheet = sheet
        self.number = number
        self.left = sheet.left(number)

    def page(self, page: Page, header: Band, footer: Band) -> None:
        """Tints and rules first, then all text."""
        top = self.sheet.height - self.sheet.top
        placed = [(self.sheet.height - _HEADER_RULE + header.height, header), (_FOOTER + footer.height, footer)]
        placed += [(top - y, band) for y, band in page.bands]
        for y, band in placed:
            for stroke in band.strokes:
                self.canvas.setFillColor(HexColor(stroke.colour))
                self.canvas.rect(
                    self.left + stroke.x, y - stroke.top - stroke.height, stroke.width, stroke.height, stroke=0, fill=1
                )
            if band.outline:
                self._bookmark(band, y)
            if band.points_to is not None:
                area = (self.left, y - band.height, self.left + self.sheet.frame_width, y)
                self.canvas.linkRect("", f"section {band.points_to}", area, relative=0)
        text = self.canvas.beginText()
        self.font: tuple[str, float] = ("", 0.0)
        self.colour = ""
        self.spread = 0.0
        for y, band in placed:
            self._band(text, band, y)
        if self.spread:
            text.setCharSpace(0)
        self.canvas.drawText(text)

    def _bookmark(self, band: Band, y: float) -> None:
        """An entry in the outline, which is also where the contents lead to."""
        assert band.outline is not None
        key = f"section {band.anchor}" if band.anchor is not None else f"page {self.number} at {y:.0f}"
        self.canvas.bookmarkHorizontal(key, 0, y + 6)
        self.canvas.addOutlineEntry(band.outline[0], key, band.outline[1])

    def _band(self, text: PDFTextObject, band: Band, y: float) -> None:
        for placed in band.lines:
            base = y - placed.top - placed.drop
            if placed.colour != self.colour:
                text.setFillColor(HexColor(placed.colour))
                self.colour = placed.colour
            for piece in placed.line.pieces:
                text.setTextOrigin(self.left + placed.x + piece.x, base)
                if (piece.face, placed.size) != self.font:
                    self.font = (piece.face, placed.size)
                    text.setFont(*self.font)
                if abs(piece.spread - self.spread) > 1e-6:
                    text.setCharSpace(piece.spread)
                    self.spread = piece.spread
                text.textOut(piece.text)
