"""The metadata of a PDF: the document information, the same as XMP, and how a screen opens it."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFStream
from reportlab.pdfgen.canvas import Canvas

from ucapdesk.briefing.content import Paper
from ucapdesk.briefing.layout import ONE_PAIR, is_facing
from ucapdesk.briefing.tags import PDF_LANGUAGES


def describe(canvas: Canvas, paper: Paper, pages: int) -> None:
    """Set the metadata of the file: title, author, subject, dates, and how screens and printers show the sheets."""
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
