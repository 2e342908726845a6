"""The document "UCAP at a glance": the one page of the European form."""

from __future__ import annotations

from dataclasses import replace

from ucapdesk.base.i18n import Message
from ucapdesk.briefing.content import Paper
from ucapdesk.model.kinds.ucap_kinds import Ucap
from ucapdesk.papers.document import Document
from ucapdesk.papers.glance_section import glance_section
from ucapdesk.papers.paper_parts import draft_note, paper, section
from ucapdesk.papers.paper_words import of_text
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.request import Request

_NAME = Message("paper", "The Urban Cooperation Action Plan (UCAP) at a glance")


def _make(reader: RedactedReader, request: Request) -> Paper:
    """Return the paper, meant for as many pages as it has languages."""
    ucap = reader.get(Ucap, request.ids[0])
    title = of_text(ucap.title, "title")
    rows = [glance_section(reader, ucap, request.languages)]
    made = replace(paper(reader, request, _NAME, title, rows, marked=ucap), title=title, fit=len(request.languages))
    return replace(made, sections=(*made.sections, *section(draft_note(made))))


DOCUMENTS = (
    Document("at_a_glance", Message("document", "UCAP at a glance"), _make, kinds=("ucap",), order=10, pages=("A4", "large")),
)  # fmt: skip
