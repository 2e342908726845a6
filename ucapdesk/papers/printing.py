"""Papers: which there are, and one of them made from records into a PDF file.

``document`` says how a paper is declared, ``registry`` which there are; a ``Request`` asks for one copy. Papers only read: what
is kept of a printed copy is written by ``services.files.packs``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, Unpack

from ucapdesk.briefing.blocks.content import Paper, missing_glyphs
from ucapdesk.briefing.pages.render import NotTranslated, RenderReport, render
from ucapdesk.papers.gaps import gaps
from ucapdesk.papers.registry import Choices, documents, made, offered, request
from ucapdesk.papers.request import Request
from ucapdesk.store.desk import Desk

__all__ = [
    "NotTranslated",
    "Paper",
    "RenderReport",
    "documents",
    "gaps",
    "missing_glyphs",
    "offered",
    "render",
    "request",
]


def make(desk: Desk, asked: Request) -> Paper:
    return made(desk, asked)[0]


def paper(desk: Desk, ids: Sequence[str], *, document: str | None = None, **choices: Unpack[Choices]) -> Paper:
    return make(desk, request(desk, ids, document=document, **choices))


def brief(
    desk: Desk, ids: Sequence[str], target: Path | BinaryIO, *, document: str | None = None, **choices: Unpack[Choices]
) -> RenderReport:
    """Print records.

    Args:
        desk: The workspace.
        ids: The records the document is about.
        target: The file, which appears complete or not at all, or an open stream.
        document: Its name; by default the one for the kind of the first record.
        choices: What else is asked for: languages, layout, edition, page … (``Choices``).
    """
    return render(paper(desk, ids, document=document, **choices), target)
