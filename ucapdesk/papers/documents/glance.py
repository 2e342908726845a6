"""The document "UCAP at a glance": the one page of the European form."""

from __future__ import annotations

from dataclasses import replace

from ucapdesk.base.i18n import Message
from ucapdesk.briefing.at_a_glance import at_a_glance
from ucapdesk.briefing.content import Paper
from ucapdesk.papers.document import Document
from ucapdesk.papers.glance_data import glance_data
from ucapdesk.papers.paper_words import of_code
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.replaced import replaced
from ucapdesk.papers.request import Request


def _make(reader: RedactedReader, request: Request) -> Paper:
    paper = at_a_glance(glance_data(reader, request.ids[0]), request.languages, request.layout)
    meta = replace(
        paper.meta,
        version=f"v{request.version}" if request.version else "",
        replaces=replaced(reader, request),
        marking=of_code("marking", request.marking) if request.marking else paper.meta.marking,
    )
    return replace(paper, page=request.setup, meta=meta)


DOCUMENTS = (
    Document("at_a_glance", Message("document", "UCAP at a glance"), _make, kinds=("ucap",), order=10, pages=("A4", "large")),
)  # fmt: skip
