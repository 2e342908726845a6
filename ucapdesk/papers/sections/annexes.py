"""The section of annexes: PDFs kept with the visit, its meetings and MoUs, such as an invitation, a signed scan or a map.

The pages of somebody else's PDF come as pictures with their text: nothing of the file itself comes along, neither its programs and
actions nor the files in it. Of any PDF its outline.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import closing, suppress
from ctypes import c_int, pointer
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Any

from ucapdesk.base.errors import Failure
from ucapdesk.base.i18n import LANGUAGES, Message, tr
from ucapdesk.base.pdfium import PDFIUM, draws_too_much
from ucapdesk.briefing.blocks.content import Section
from ucapdesk.briefing.blocks.elements import AppendedPages, Picture, Words
from ucapdesk.model.kinds.paper_kinds import Attachment
from ucapdesk.papers.document import Option
from ucapdesk.papers.facts.parts import file_name, headed
from ucapdesk.papers.facts.visit_facts import VisitFacts
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.request import Request

NOT_APPENDED = Failure(
    "not-appended", "“{file}” cannot be appended: {why}. Nothing was written; leave it out, or attach it anew."
)
_DOTS = 200 / 72  # per point of the foreign page
_MOST_DOTS = 2600  # along its longer side
MOST_PAGES = 100
MOST_BYTES = 60_000_000
_MOST_TEXT = 2000  # letters of a page that are read out
_PATIENCE = 15.0  # seconds for a page
_PASSWORD = 4  # pdfium's number of this mistake
_DAMAGED = Message("appended", "it is damaged, or no PDF")
_COLOURS = 12  # by which red, green and blue differ where a page has colours
_LARGE = 900_000  # bytes: a page that takes more is a photograph


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page: its picture, and what is written on it."""

    picture: bytes
    text: str


@lru_cache(maxsize=4)
def pdf_pages(name: str, data: bytes) -> tuple[PdfPage, ...]:
    """Return the pages of a file. Raises ``NOT_APPENDED``, which says what is wrong with it."""
    import pypdfium2
    from pypdfium2 import raw

    if len(data) > MOST_BYTES:
        raise NOT_APPENDED(
            file=name, why=Message("appended", "it is larger than {n} MB", {"n": MOST_BYTES // 1_000_000})
        )
    if draws_too_much(data):
        raise NOT_APPENDED(file=name, why=_DAMAGED)
    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            locked = getattr(error, "err_code", None) == _PASSWORD
            why = Message("appended", "it is protected by a password") if locked else _DAMAGED
            raise NOT_APPENDED(file=name, why=why) from error
    try:
        with PDFIUM:
            _refuse(name, len(document), raw.FPDFDoc_GetJavaScriptActionCount(document))
            document.init_forms()  # what was filled in is drawn; nothing of it runs
        return tuple(_page(name, document, n) for n in range(len(document)))
    except (pypdfium2.PdfiumError, ValueError, MemoryError) as error:
        raise NOT_APPENDED(file=name, why=_DAMAGED) from error
    finally:
        with PDFIUM:
            document.close()


def outline_of(data: bytes) -> list[str]:
    """Return the entries of the outline of a file; none of one that cannot be read."""
    import pypdfium2

    with PDFIUM, suppress(pypdfium2.PdfiumError, ValueError), closing(pypdfium2.PdfDocument(data)) as document:
        return [mark.get_title() for mark in document.get_toc()]
    return []


def _refuse(name: str, pages: int, programs: int) -> None:
    """Refuse a file without pages or with too many, and one that runs a program when it is opened."""
    if programs:
        raise NOT_APPENDED(file=name, why=Message("appended", "it holds a program that runs when it is opened"))
    if not pages:
        raise NOT_APPENDED(file=name, why=_DAMAGED)
    if pages > MOST_PAGES:
        said = Message(
            "appended", "it has {n} pages, and at most {most} can be appended", {"n": pages, "most": MOST_PAGES}
        )
        raise NOT_APPENDED(file=name, why=said)


def _page(name: str, document: Any, n: int) -> PdfPage:
    with PDFIUM:
        page = document[n]
        width, height = page.get_size()
        scale = min(_DOTS, _MOST_DOTS / max(width, height, 1.0))
        image = _drawn(name, document, page, scale)
        textpage = page.get_textpage()
        text = textpage.get_text_range(0, min(textpage.count_chars(), _MOST_TEXT))
        textpage.close()
        page.close()
    return PdfPage(_written(image), " ".join("".join(c if c.isprintable() else " " for c in text).split()))


def _drawn(name: str, document: Any, page: Any, scale: float) -> Any:
    """Draw a page on white; refuse one that takes too long, as a trap does."""
    from pypdfium2 import PdfBitmap, raw

    width, height = (max(1, round(each * scale)) for each in page.get_size())
    bitmap = PdfBitmap.new_native(width, height, raw.FPDFBitmap_BGR)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
    until = time.monotonic() + _PATIENCE
    pause = raw.IFSDK_PAUSE(version=1)
    ask = type(pause.NeedToPauseNow)(lambda _: c_int(time.monotonic() > until).value)
    pause.NeedToPauseNow = ask
    state = raw.FPDF_RenderPageBitmap_Start(bitmap, page, 0, 0, width, height, 0, raw.FPDF_ANNOT, pointer(pause))
    raw.FPDF_RenderPage_Close(page)
    if state != raw.FPDF_RENDER_DONE:
        raise NOT_APPENDED(file=name, why=Message("appended", "a page of it takes too long to be drawn"))
    if document.formenv:
        raw.FPDF_SetFormFieldHighlightAlpha(document.formenv, 0)
        raw.FPDF_FFLDraw(document.formenv, bitmap, page, 0, 0, width, height, 0, raw.FPDF_ANNOT)
    return bitmap.to_pil()


def _written(image: Any) -> bytes:
    """Return a picture as a file: without colours where it has none, and as a photograph where it is one."""
    from PIL import ImageChops

    red, green, blue = image.split()
    apart = [_highest(ImageChops.difference(green, each)) for each in (red, blue)]
    picture = green if max(apart) < _COLOURS else image
    file = BytesIO()
    picture.save(file, "PNG")
    if file.tell() > _LARGE:
        file = BytesIO()
        picture.save(file, "JPEG", quality=82)
    return file.getvalue()


def _highest(image: Any) -> int:
    return int(image.getextrema()[1])


ALL = "all"
_PDF = "application/pdf"
_PAGE = (400.0, 600.0)  # mm: as large as the page


def annexes(of: VisitFacts) -> list[Section]:
    return headed([
        Section((AppendedPages(_pictures(of, file)),), file_name(file), level=2, new_page=True) for file in _asked(of)
    ])  # fmt: skip


def _asked(of: VisitFacts) -> list[Attachment]:
    said = [each.strip() for each in of.request.options[APPEND.name].split("+") if each.strip()]
    if not said:
        return []
    known = {file.id: file for file in _appendable(of)}
    if said == [ALL]:
        return list(known.values())
    return [known.get(id_) or _refused(of, id_, known) for id_ in dict.fromkeys(said)]


def _refused(of: VisitFacts, id_: str, known: dict[str, Attachment]) -> Attachment:
    """Say why a file cannot be appended: it is not there, or not for these readers."""
    everything = {
        file.id: file for file in _appendable(VisitFacts(RedactedReader(of.reader.desk), of.request, of.visit.id))
    }
    if id_ not in everything:
        raise of.request.unknown(Message("choice", "file"), id_, ", ".join(known) or "–")
    said = file_name(everything[id_]).said(of.request.languages[0]) or id_
    raise NOT_APPENDED(file=said, why=Message("appended", "it is internal, and this copy is not"))


def _appendable(of: VisitFacts) -> list[Attachment]:
    owners = [of.visit.id, *(each.id for each in of.meetings), *(each.id for each in of.agreements)]
    of.reader.aside.read_children(Attachment, owners)
    files = [file for owner in dict.fromkeys(owners) for file in of.reader.aside.children(Attachment, owner)]
    held = [(file, file.file) for file in files if file.file]
    return [file for file, told in held if told.mime == _PDF or (told.name or "").lower().endswith(".pdf")]


def _pictures(of: VisitFacts, file: Attachment) -> tuple[Picture, ...]:
    name = file_name(file)
    of.reader.all(Attachment, [file.id])  # it counts as read
    data = of.reader.file(file.file)
    said = name.said(of.request.languages[0])
    if data is None:
        raise NOT_APPENDED(file=said, why=Message("appended", "it is not on this laptop"))
    pages = pdf_pages(said, data)
    return tuple(
        Picture(page.picture, *_PAGE, align="centre", alt=tuple(_heard(name, page, n, len(pages))))
        for n, page in enumerate(pages, 1)
    )


def _heard(name: Words, page: PdfPage, n: int, of: int) -> Iterator[tuple[str, str]]:
    """Yield what is heard of a page: which it is, and what is written on it."""
    for lang in LANGUAGES:
        which = tr("paper", "{file}, page {page} of {pages}", lang, file=name.said(lang), page=n, pages=of)
        yield lang, f"{which}: {page.text}" if page.text else which


def _offered(reader: RedactedReader, request: Request) -> Iterator[tuple[str, Words]]:
    yield from ((file.id, file_name(file)) for file in _appendable(VisitFacts(reader, request, request.ids[0])))


APPEND = Option("append", Message("paper setup", "Files at the end"), offers=_offered, several=True)
