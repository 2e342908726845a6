"""A page in a house style, to be looked at while the style is made: of the records there are, else of invented words."""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO

from ucapdesk.base import settings
from ucapdesk.base.clock import local_now
from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import Message
from ucapdesk.briefing.blocks.content import Column, Meta, Paper, Section, Table, Text
from ucapdesk.briefing.blocks.elements import NO_WORDS, Para, Words
from ucapdesk.model.kinds.paper_kinds import HouseStyle
from ucapdesk.model.kinds.visit_kinds import Visit
from ucapdesk.papers import printing as papers
from ucapdesk.papers.house_styles import dressed
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.request import NO_STYLE
from ucapdesk.store.desk import Desk

PREVIEWED = ("visit_pack", "thank_you_letter", "badges")  # The documents that show all of a style
_SECTIONS = {"visit_pack": ("cover", "programme")}
_SAMPLE = Message("preview", "This is how a page looks")


def previews(desk: Desk) -> tuple[str, ...]:
    """Return the documents that can be previewed: none where there is no visit."""
    return PREVIEWED if desk.read.count(Visit) else ()


def preview(desk: Desk, style: str, document: str) -> bytes:
    languages = settings.load().paper_languages[:2]
    file = BytesIO()
    visits = desk.read.ids(Visit, order="dates")
    if document and visits:
        with suppress(UserError):  # where a letter is not translated yet, the invented page shows the style as well
            asked = papers.request(
                desk, visits[-1:], document=document, languages=languages, style=style or NO_STYLE,
                sections=_SECTIONS.get(document, ()),
            )  # fmt: skip
            papers.render(papers.make(desk, asked), file)
            return file.getvalue()
    papers.render(dressed(_invented(desk, languages), RedactedReader(desk), style or NO_STYLE), file)
    return file.getvalue()


def _invented(desk: Desk, languages: tuple[str, ...]) -> Paper:
    title = Words.label(_SAMPLE)
    rows = tuple(((Para(Words.plain(f"{n}:00")),), (Para(title),)) for n in range(9, 13))
    head = Words.label(Message("paper", "Programme"))
    columns = (Column(Words.label(Message("paper", "Time")), 1), Column(head, 4))
    meta = Meta(title, NO_WORDS, "", local_now(desk.workspace.clock), desk.workspace.person)
    sections = (Section((Text((Para(title),) * 3, head), Table(columns, rows)), head),)
    return Paper(title, languages, meta, sections)


def style_by_id(desk: Desk, id_: str) -> HouseStyle | None:
    """Return a style by its id, unless it is in the Trash."""
    record = desk.read.get(HouseStyle, id_) if id_ else None
    return None if record is None or record.is_deleted else record
