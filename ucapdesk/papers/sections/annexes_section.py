"""The section of annexes: PDFs kept with the visit, its meetings and MoUs, such as an invitation, a signed scan or a map."""

from __future__ import annotations

from collections.abc import Iterator

from ucapdesk.base.i18n import LANGUAGES, Message, tr
from ucapdesk.briefing.content import Section
from ucapdesk.briefing.text_elements import AppendedPages, Picture, Words
from ucapdesk.model.kinds.paper_kinds import Attachment
from ucapdesk.papers.document import Option
from ucapdesk.papers.errors import NOT_APPENDED
from ucapdesk.papers.paper_parts import file_name, headed
from ucapdesk.papers.pdf_pages import PdfPage, pdf_pages
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.request import Request
from ucapdesk.papers.visit_facts import VisitFacts

ALL = "all"
_PDF = "application/pdf"
_PAGE = (400.0, 600.0)  # mm: as large as the page


def annexes(of: VisitFacts) -> list[Section]:
    """Return the files that were asked for, each page of theirs on a page."""
    return headed([
        Section((AppendedPages(_pictures(of, file)),), file_name(file), level=2, new_page=True) for file in _asked(of)
    ])  # fmt: skip


def _asked(of: VisitFacts) -> list[Attachment]:
    """Return the requested files in their order."""
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
    """Return the PDFs of the visit, of its meetings and of its MoUs."""
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
