"""Draws pages into a PDF. Everything has its place already; only this module calls ReportLab to draw."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO

from reportlab import rl_config
from reportlab.pdfbase.pdfdoc import PDFName
from reportlab.pdfgen.canvas import Canvas

from ucapdesk.briefing import fonts
from ucapdesk.briefing.bands import Page
from ucapdesk.briefing.booklet import impose
from ucapdesk.briefing.content import Paper
from ucapdesk.briefing.header_footer import Running
from ucapdesk.briefing.layout import is_facing
from ucapdesk.briefing.painter import Pen
from ucapdesk.briefing.styles import Sheet

_PDF_LANGUAGE = {"zh": "zh-Hans"}


def draw(paper: Paper, pages: Sequence[Page], sheet: Sheet, step: Callable[[int], None]) -> bytes:
    """Return the bytes of the PDF: the same for the same pages, whenever and wherever it is made."""
    rl_config.useA85 = 0  # bytes as they are: a fifth smaller and quicker
    for face in fonts.FACES:
        fonts.font(face)
    target = BytesIO()
    booklet = paper.page.booklet
    canvas = Canvas(
        target,
        pagesize=(2 * sheet.width, sheet.height) if booklet else (sheet.width, sheet.height),
        pageCompression=1,
        invariant=1,
        initialFontName=fonts.REGULAR,  # type: ignore[arg-type]  # the stubs say float
        lang=_PDF_LANGUAGE.get(paper.languages[0], paper.languages[0]),
    )
    _describe(canvas, paper)
    pen = Pen(canvas, sheet, Running(paper, sheet), len(pages))
    if booklet:
        _sides(canvas, pen, pages, step)
    else:
        for number, page in enumerate(pages, 1):
            pen.page(page, number)
            canvas.showPage()
            step(number)
    if pen.outlined:
        canvas.showOutline()
    canvas.save()
    return target.getvalue()


def _sides(canvas: Canvas, pen: Pen, pages: Sequence[Page], step: Callable[[int], None]) -> None:
    """Draw two pages on each side of a sheet, labelled with their printed numbers."""
    drawn = 0
    for side, numbers in enumerate(impose(len(pages))):
        for half, number in enumerate(numbers):
            if number is None:
                continue
            canvas.saveState()
            canvas.translate(half * pen.sheet.width, 0)
            pen.page(pages[number - 1], number)
            canvas.restoreState()
            drawn += 1
            step(drawn)
        canvas.addPageLabel(side, prefix=" · ".join(str(number) for number in numbers if number) or "–")
        canvas.showPage()


def _describe(canvas: Canvas, paper: Paper) -> None:
    """Set the metadata of the file: title, author, subject, and how a printer turns the sheets."""
    shown = (paper.title.shown(language, paper.languages) for language in paper.languages)
    canvas.setTitle(" / ".join(dict.fromkeys(s.text for s in shown if s)))
    canvas.setAuthor(paper.meta.person)
    subject = paper.meta.document.shown(paper.languages[0], paper.languages)
    canvas.setSubject(subject.text if subject else "")
    canvas.setCreator("UCAPDesk")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    if paper.page.booklet:
        canvas.setViewerPreference("Duplex", "DuplexFlipShortEdge")
    elif paper.page.duplex:
        canvas.setViewerPreference("Duplex", "DuplexFlipLongEdge")
    if is_facing(paper) and not paper.page.booklet:
        canvas.setCatalogEntry("PageLayout", PDFName("TwoPageRight"))
