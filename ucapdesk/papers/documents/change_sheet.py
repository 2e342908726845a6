"""The change sheet: what has changed since a pack was printed, and which of its sections are to be replaced."""

from __future__ import annotations

from dataclasses import replace

from ucapdesk.base.i18n import Message
from ucapdesk.briefing.content import Paper, Section
from ucapdesk.briefing.text_elements import Words
from ucapdesk.model.kinds.paper_kinds import Pack
from ucapdesk.papers.document import Document
from ucapdesk.papers.documents import visit_pack
from ucapdesk.papers.paper_changes import change_table, changes_since
from ucapdesk.papers.paper_parts import bullets, facts, label, note, paper
from ucapdesk.papers.paper_words import of_code, of_date
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.request import Request

TITLE = Message("paper", "Change sheet")


def change_sheet(reader: RedactedReader, request: Request) -> Paper:
    """Return the sheet for a pack, in its languages, for its readers."""
    assert reader.again is not None, "given by whoever makes papers"
    pack = reader.get(Pack, request.ids[0])
    made, then, asked = reader.again(pack.id)
    changed = changes_since(then, pack)
    numbered = asked.document == visit_pack.NAME
    touched = visit_pack.touched(then, asked, changed) if numbered else []
    gone = visit_pack.left_out(then, pack, made) if numbered else []
    blocks = [
        *facts(
            (label(Message("paper", "Pack")), Words.plain(f"v{pack.version or 1}")),
            (label(Message("paper", "Edition")), of_code("edition", pack.edition)),
            (label(Message("paper", "Printed")), of_date(pack.printed)),
        ),
        *bullets(touched, label(Message("paper", "Sections to be handed out anew"))),
        *bullets(gone, label(visit_pack.LEFT_OUT)),
        *change_table(then, changed),
    ]
    if not changed:
        blocks.append(note(Message("paper", "Nothing has changed since.")))
    found = paper(then, request, TITLE, made.title, [Section(tuple(blocks))], dates=made.meta.dates)
    marking = found.meta.marking if request.marking else made.meta.marking  # it has the contents of the pack
    return replace(found, meta=replace(found.meta, marking=marking))


DOCUMENTS = (Document("change_sheet", TITLE, change_sheet, kinds=("pack",), order=30, pages=("A4", "A5")),)
