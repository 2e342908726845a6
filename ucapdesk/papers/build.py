"""Makes a paper together with the records it read."""

from __future__ import annotations

from datetime import date

from ucapdesk.briefing.blocks.content import Paper
from ucapdesk.papers.facts.wording import READ_IN
from ucapdesk.papers.house_styles import dressed, usual_style
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.registry import DOCUMENTS
from ucapdesk.papers.request import Request
from ucapdesk.papers.request_parser import request_of
from ucapdesk.store.desk import Desk

Undressed = tuple[Paper, RedactedReader]
"""A paper without a house style, and the reader with the records it used."""


def made(desk: Desk, asked: Request, reader: RedactedReader | None = None) -> tuple[Paper, RedactedReader]:
    """Return the requested paper in its house style, not yet typeset, and the reader with the records it used.

    ``reader``: one that has read for this paper, asked for with another version, recipients or style.
    """
    paper, reader = plain(desk, asked, reader)
    return dressed(paper, reader, asked.style or usual_style(desk)), reader


def plain(desk: Desk, asked: Request, reader: RedactedReader | None = None) -> Undressed:
    reader = reader or reader_of(desk, asked)
    around = READ_IN.set(asked.languages)
    try:
        return DOCUMENTS[asked.document].make(reader, asked), reader
    finally:
        READ_IN.reset(around)


def reader_of(desk: Desk, asked: Request, day: date | None = None) -> RedactedReader:
    """Return the reader of a requested paper; ``day``: that of the paper, by default today."""
    circle = DOCUMENTS[asked.document].readers(asked.edition)
    return RedactedReader(desk, circle, private=asked.private_numbers, again=lambda pack: again(desk, pack), day=day)


def again(desk: Desk, pack: str) -> tuple[Paper, RedactedReader, Request]:
    asked = request_of(desk, pack)
    return *made(desk, asked), asked
