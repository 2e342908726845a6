"""Draws pages into a PDF. Everything has its place already; only this module calls ReportLab to draw."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from ucapdesk.briefing import fonts
from ucapdesk.briefing.bands import Page
from ucapdesk.briefing.content import Paper
from ucapdesk.briefing.header_footer import Running
from ucapdesk.briefing.layout import ONE_PAIR, is_facing
from ucapdesk.briefing.letter import letter_pages
from ucapdesk.briefing.painter import Pen
from ucapdesk.briefing.pdf_metadata import describe
from ucapdesk.briefing.styles import Sheet
from ucapdesk.briefing.tags import PDF_LANGUAGES, StructureTree


def draw(paper: Paper, pages: Sequence[Page], sheet: Sheet, step: Callable[[int], None]) -> bytes:
    """Return the bytes of the PDF: the same for the same pages, whenever and wherever it is made."""
    rl_config.useA85 = 0  # bytes as they are: a fifth smaller and quicker
    rl_config.pdfComments = rl_config.pdfMultiLine = 0  # the structure has many small objects
    fonts.font(fonts.REGULAR)
    target = BytesIO()
    booklet = paper.page.booklet
    canvas = Canvas(
        target,
        pagesize=(2 * sheet.width, sheet.height) if booklet else (sheet.width, sheet.height),
        pageCompression=1,
        invariant=1,
        initialFontName=fonts.REGULAR,  # type: ignore[arg-type]  # the stubs say float
        pdfVersion=(1, 7),
        lang=PDF_LANGUAGES.get(paper.languages[0], paper.languages[0]),
    )
    describe(canvas, paper, len(pages))
    facing = is_facing(paper)
    tree = StructureTree(paper.languages, facing=facing)
    titled = ONE_PAIR if facing and len(pages) == ONE_PAIR else 1
    letters = letter_pages(pages) if paper.of_letters else []
    pen = Pen(canvas, sheet, Running(paper, sheet, titled, letters), len(pages), tree)
    if booklet:
        _sides(canvas, pen, pages, step)
    else:
        for number, page in enumerate(pages, 1):
            tree.page()
            pen.page(page, number)
            canvas.showPage()
            step(number)
    if pen.outlined:
        canvas.showOutline()
    tree.write(canvas)
    canvas.save()
    return target.getvalue()


def _sides(canvas: Canvas, pen: Pen, pages: Sequence[Page], step: Callable[[int], None]) -> None:
    """Draw two pages on each side of a sheet, labelled with their printed numbers."""
    drawn = 0
    for side, numbers in enumerate(impose(len(pages))):
        pen.tree.page()
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


def impose(pages: int) -> list[tuple[int | None, int | None]]:
    """Return left and right page of every side, in the order of printing; None for a blank one.

    The front of the outermost sheet holds the last and the first page, its back the second and the last but one.
    """
    total = -(-pages // 4) * 4
    left = [n if n <= pages else None for n in range(1, total + 1)]
    sides: list[tuple[int | None, int | None]] = []
    while left:
        sides += [(left.pop(), left.pop(0)), (left.pop(0), left.pop())]
    return sides
