"""The entry point of layout and printing: ``render`` takes a paper, writes a PDF and reports what the reader should know.

    report = render(paper, Path("glance.pdf"))

``lay_out`` chooses the sheet, the block layout and the size at which a paper fits. Two languages on facing pages are laid out alone, then
their bands are joined into spreads two pages wide: so one pagination serves both, what belongs together stands at the same height on
both pages, and at the end every spread is cut down its middle. ``paint`` then paints the pages and gives the PDF its metadata.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from errno import EINVAL
from functools import partial
from io import BytesIO
from itertools import chain
from pathlib import Path
from types import SimpleNamespace
from typing import Any, BinaryIO
from xml.sax.saxutils import escape

from reportlab import rl_config
from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFStream
from reportlab.pdfgen.canvas import Canvas

from ucapdesk.base.errors import Failure, UserError
from ucapdesk.base.files import write_atomically
from ucapdesk.base.reporting import Progress, untold
from ucapdesk.briefing.blocks.block_layout import BlockLayout
from ucapdesk.briefing.blocks.card_layout import too_long, turned_page
from ucapdesk.briefing.blocks.content import (
    FACING,
    SIDE_BY_SIDE,
    Cover,
    Letter,
    Paper,
    Section,
    count_states,
    missing_glyphs,
)
from ucapdesk.briefing.blocks.elements import Cards
from ucapdesk.briefing.blocks.language_layout import LanguageLayout
from ucapdesk.briefing.blocks.letters import letter_pages
from ucapdesk.briefing.pages.bands import Band, Fill, Page, half_of, joined, paginate
from ucapdesk.briefing.pages.cover_header_footer import Running
from ucapdesk.briefing.pages.official import Official
from ucapdesk.briefing.pages.painter import PDF_LANGUAGES, PagePainter, StructureTree
from ucapdesk.briefing.text import fonts
from ucapdesk.briefing.text.styles import DENSITIES, MM, Sheet, StyleSheet


class NotTranslated(UserError):
    """A letter would go out with a text in another language than its own."""

    sentence = (
        "The letter cannot be printed before it is translated: {what}. Nothing was written; complete the texts, or leave out "
        "that language."
    )


def spread(left: Iterable[Band], right: Iterable[Band], page_width: float) -> Iterator[Band]:
    """Join the bands of two languages, which are alike but for their lines and heights."""
    return (_join(first, second, page_width) for first, second in zip(left, right, strict=True))


def _join(left: Band, right: Band, page_width: float) -> Band:
    head = _join(left.head, right.head, page_width) if left.head and right.head else None
    fill = partial(_filled, left.fill, right.fill, page_width) if left.fill and right.fill else None
    return replace(joined(left, right.moved(page_width), page_width), head=head, fill=fill)


def _filled(left: Fill, right: Fill, page_width: float, room: float, after: float) -> list[Band]:
    return list(spread(left(room, after), right(room, after), page_width))


def cut(spreads: Sequence[Page]) -> list[Page]:
    return [Page([(y, _half(band, side)) for y, band in page.bands], page.used) for page in spreads for side in (0, 1)]


def _half(band: Band, side: int) -> Band:
    own = half_of(band, side).moved(-side * band.fold)
    return replace(own, outline=band.outline if side == 0 else None)


ONE_PAIR = 2
_LETTER_MARGIN = 27 * MM
_ALONE = 0.25  # of a page above a title that has it for itself; less where the title is long
_LITTLE = 0.25  # of a page: with less on it, the last one is better saved


def sheet_of(paper: Paper) -> Sheet:
    """Return the sheet a paper asks for; one that holds nothing but cards lies or stands so that most of them fit on it, and
    letters have wide margins.
    """
    blocks = [block for section in paper.sections for block in section.blocks]
    cards = [block for block in blocks if isinstance(block, Cards)]
    if cards and len(cards) == len(blocks):
        return Sheet.of(turned_page(paper.page, cards[0].form))
    if paper.of_letters and not paper.page.official:
        sheet = Sheet.of(paper.page)
        return replace(sheet, inner=_LETTER_MARGIN * sheet.edge, outer=_LETTER_MARGIN * sheet.edge)
    return Sheet.of(paper.page)


def is_facing(paper: Paper) -> bool:
    own = any(isinstance(block, Cards | Letter) for section in paper.sections for block in section.blocks)
    return (
        paper.layout == FACING and len(paper.languages) > 1 and not own and not paper.page.official and not paper.bare
    )


def lay_out(paper: Paper, sheet: Sheet, step: Callable[[], None] = lambda: None) -> list[Page]:
    """Return the pages of a paper, set smaller in steps where that brings it down to the pages it should fit, or saves a last page
    with little on it.

    Args:
        paper: The contents.
        sheet: The page.
        step: Called after every band, to stop if need be.
    """
    first = _pages(paper, sheet, StyleSheet.of(paper.page, DENSITIES[0]), step)
    if paper.fit is None:
        return first
    fit = paper.fit + is_facing(paper)
    little = len(first) > 1 and first[-1].used < _LITTLE * sheet.frame_height
    most = min(fit, len(first) - little)
    smaller = (_pages(paper, sheet, StyleSheet.of(paper.page, density), step) for density in DENSITIES[1:])
    return next((pages for pages in chain([first], smaller) if len(pages) <= most), first)


def _pages(paper: Paper, sheet: Sheet, styles: StyleSheet, step: Callable[[], None]) -> list[Page]:
    layout = BlockLayout(paper, sheet, styles)
    facing = is_facing(paper)
    bands = _in_turn(paper, sheet, styles) if paper.page.official else layout.bands()
    pages = _in_pairs(paper, sheet, styles, step) if facing else paginate(_counted(bands, step), layout.both.height)
    layout.number_contents(pages)
    return pages


def _counted(bands: Iterable[Band], step: Callable[[], None]) -> Iterator[Band]:
    for band in bands:
        yield band
        step()


def _in_pairs(paper: Paper, sheet: Sheet, styles: StyleSheet, step: Callable[[], None]) -> list[Page]:
    """Return cover or title alone on the first page, then a left and a right page in turn: those that face each other in print.

    What finds room on one page in each language has its title there.
    """
    covered = any(isinstance(block, Cover) for each in paper.sections[:1] for block in each.blocks)
    opening = paper.sections[:1] if covered else ()
    if not opening:
        alone = _spread(replace(paper, titled=True), sheet, styles, step)
        if len(alone) == ONE_PAIR:
            return alone
    titled = paper.titled or not opening
    front = BlockLayout(replace(paper, titled=titled, layout=SIDE_BY_SIDE, sections=opening), sheet, styles)
    first = list(front.bands())
    if not opening:
        (title,) = first
        white = min(_ALONE * front.both.height, max(front.both.height - title.height, 0.0))
        title.lines = [line.moved(dy=white) for line in title.lines]
        title.height += white
    blank = [Section(()) for _ in opening]  # sections keep their numbers
    rest = replace(paper, titled=False, sections=(*blank, *paper.sections[len(blank) :]))
    return [*paginate(first, front.both.height), *_spread(rest, sheet, styles, step)]


def _spread(paper: Paper, sheet: Sheet, styles: StyleSheet, step: Callable[[], None]) -> list[Page]:
    left, right = (BlockLayout(each, sheet, styles) for each in paper.apart())
    left.both.beyond, right.both.beyond, right.both.side = right.both, left.both, 1
    pairs = list(_counted(spread(left.bands(), right.bands(), sheet.width), step))
    return cut(paginate(pairs, left.both.height)) if pairs else []


def _in_turn(paper: Paper, sheet: Sheet, styles: StyleSheet) -> Iterator[Band]:
    for turn, own in enumerate(paper.apart()):
        shift = turn * len(paper.sections)
        for n, band in enumerate(Official(own, sheet, styles).bands()):
            band.new_page = band.new_page or (turn > 0 and n == 0)
            band.anchor = None if band.anchor is None else band.anchor + shift
            band.points_to = None if band.points_to is None else band.points_to + shift
            yield band


def describe(canvas: Canvas, paper: Paper, pages: int) -> None:
    said = (paper.title.said(language, paper.languages) for language in paper.languages)
    title = " / ".join(dict.fromkeys(filter(None, said)))
    canvas.setTitle(title)
    canvas.setAuthor(paper.meta.person)
    canvas.setSubject(paper.meta.document.said(paper.languages[0], paper.languages))
    canvas.setCreator("UCAPDesk")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    if paper.page.booklet:
        canvas.setViewerPreference("Duplex", "DuplexFlipShortEdge")
    elif paper.page.duplex:
        canvas.setViewerPreference("Duplex", "DuplexFlipLongEdge")
    if is_facing(paper) and not paper.page.booklet:
        canvas.setCatalogEntry("PageLayout", PDFName("TwoPageLeft" if pages == ONE_PAIR else "TwoPageRight"))
    document: Any = vars(canvas)["_doc"]
    document._timeStamp = _stamp(paper.meta.printed)  # noqa: SLF001  # no other way to say when
    canvas.setCatalogEntry("Metadata", _xmp(title, paper))


def _stamp(time: datetime) -> SimpleNamespace:
    """Return the time of the newest change a paper holds, as the document information writes it."""
    minutes = int((time.utcoffset() or timedelta()).total_seconds() // 60)
    ahead = {"dhh": int(minutes / 60), "dmm": abs(minutes) % 60}
    return SimpleNamespace(t=time.timestamp(), YMDhms=time.timetuple()[:6], **ahead)


def _xmp(title: str, paper: Paper) -> PDFStream:
    """Return the same as XMP, which also says that the document keeps to PDF/UA."""
    time = paper.meta.printed.isoformat(timespec="seconds")
    languages = "".join(f"<rdf:li>{PDF_LANGUAGES.get(each, each)}</rdf:li>" for each in paper.languages)
    said = _XMP.format(title=escape(title), person=escape(paper.meta.person), languages=languages, time=time)
    about = PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")})
    return PDFStream(about, said.encode(), filters=[])


_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{person}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag>{languages}</rdf:Bag></dc:language>
<xmp:CreatorTool>UCAPDesk</xmp:CreatorTool>
<xmp:CreateDate>{time}</xmp:CreateDate><xmp:ModifyDate>{time}</xmp:ModifyDate>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


def paint(paper: Paper, pages: Sequence[Page], sheet: Sheet, step: Callable[[int], None]) -> bytes:
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
    painter = PagePainter(canvas, sheet, Running(paper, sheet, titled, letters), len(pages), tree)
    if booklet:
        _sides(canvas, painter, pages, step)
    else:
        for number, page in enumerate(pages, 1):
            tree.page()
            painter.page(page, number)
            canvas.showPage()
            step(number)
    if painter.outlined:
        canvas.showOutline()
    tree.write(canvas)
    canvas.save()
    return target.getvalue()


def _sides(canvas: Canvas, painter: PagePainter, pages: Sequence[Page], step: Callable[[int], None]) -> None:
    drawn = 0
    for side, numbers in enumerate(impose(len(pages))):
        painter.tree.page()
        for half, number in enumerate(numbers):
            if number is None:
                continue
            canvas.saveState()
            canvas.translate(half * painter.sheet.width, 0)
            painter.page(pages[number - 1], number)
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


@dataclass(frozen=True, slots=True)
class RenderReport:
    """The result of printing.

    Attributes:
        pages: Number of pages; 0 where another program counts them.
        missing_glyphs: Characters no face holds, each with where it stands; printed as their codes.
        drafts: Number of printed texts that are draft translations.
        missing_translations: Number of texts printed in the other language.
    """

    pages: int
    missing_glyphs: tuple[tuple[str, str], ...]
    drafts: int
    missing_translations: int


def shortened(paper: Paper) -> list[str]:
    """Return the texts that do not fit on their cards, so that they can be named before printing."""
    both = LanguageLayout(paper, sheet_of(paper), StyleSheet.of(paper.page))
    cards = (block for section in paper.sections for block in section.blocks if isinstance(block, Cards))
    return [text for each in cards for text in too_long(each, both)]


PRINTING_STOPPED = Failure(
    "printing-stopped", "Printing was stopped. No file was written; the records are as they were."
)


def render(
    paper: Paper,
    target: Path | BinaryIO,
    *,
    progress: Progress = untold,
    cancelled: Callable[[], bool] = lambda: False,
) -> RenderReport:
    """Print a paper.

    Args:
        paper: The contents.
        target: A file, which appears complete or not at all, or an open binary stream.
        progress: Told pages drawn and pages in all, after each page.
        cancelled: Asked often; printing stops soon after it says yes.

    Raises:
        NotTranslated: It is a letter, and a text of it is not in its language.
        PaperNotWritten: The file cannot be written there.
        PrintingStopped: ``cancelled`` said yes.
    """

    def check() -> None:
        if cancelled():
            raise PRINTING_STOPPED()

    check_translated(paper)
    sheet = sheet_of(paper)
    pages = lay_out(paper, sheet, check)

    def drawn(page: int) -> None:
        check()
        progress(page, len(pages))

    data = paint(paper, pages, sheet, drawn)
    if isinstance(target, Path):
        _write(target, data)
    else:
        target.write(data)
    return report_of(paper, len(pages))


def check_translated(paper: Paper) -> None:
    """Raise an error where a text is missing without which a paper is not handed out."""
    if paper.lacks:
        raise NotTranslated(what=paper.lacks)


def report_of(paper: Paper, pages: int = 0) -> RenderReport:
    drafts, missing = count_states(paper)
    return RenderReport(pages, tuple(missing_glyphs(paper)), drafts, missing)


def _write(target: Path, data: bytes) -> None:
    try:
        if target.exists() and not target.is_file():  # a folder or a device is never taken away for a file
            raise OSError(EINVAL, "not a file")
        write_atomically(target, data)
    except OSError as error:
        raise UserError(
            "The paper could not be written to {file} ({details}). Nothing was changed; choose another place and print "
            "again.",
            code="paper-not-written",
            file=str(target),
            details=error.strerror or str(error),
        ) from error
