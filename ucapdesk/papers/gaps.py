"""Gaps and clashes in a paper before it is printed, each with the place to mend it. They never prevent printing.

Of every document: texts without their translation, names without a Chinese form, characters that no typeface has. Of a
visit and of what belongs to it also what ``gaps_time`` and ``gaps_people`` find.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Unpack

from ucapdesk.base.i18n import tr
from ucapdesk.briefing.all_words import all_words, count_states
from ucapdesk.model.kinds.agreement_kinds import Agreement, AgreementParty, Signatory
from ucapdesk.model.kinds.meeting_kinds import Meeting
from ucapdesk.model.kinds.visit_kinds import Visit
from ucapdesk.model.rules.agreement_rules import awaits_signature, group_of
from ucapdesk.model.rules.milestones import unsigned
from ucapdesk.model.text.format.fields_in_words import title_of
from ucapdesk.papers.build import Undressed, plain
from ucapdesk.papers.gap import Gap
from ucapdesk.papers.gaps_people import away, number, of_meeting, seats, uncounted
from ucapdesk.papers.gaps_time import clocks, holidays, hotels, outside, overlaps, skipped, transfers, two_times
from ucapdesk.papers.gaps_words import glyphs, names_lacking, printed_of, too_long, translations, written_once
from ucapdesk.papers.house_styles import dressed, style_gaps, usual_style
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.request import Request
from ucapdesk.papers.request_check import Choices, request
from ucapdesk.papers.visit_facts import VisitFacts
from ucapdesk.store.desk import Desk

_SIGNED = ("signing_sheet", "signature_pages")
"""Papers of a signing, whether it is planned or not."""
_LOOKS = (outside, overlaps, transfers, clocks, two_times, skipped, hotels, holidays, seats, away, uncounted, number)
"""What is looked for in every visit."""
READY = "ready"
"""The status group in which the text is agreed but not signed by all."""


@dataclass(frozen=True, slots=True)
class Gaps:
    """The gaps found, the gravest first, and the number of printed translations that nobody has reviewed."""

    found: tuple[Gap, ...]
    drafts: int
    missing: int


def gaps(desk: Desk, ids: Sequence[str], *, document: str | None = None, **choices: Unpack[Choices]) -> Gaps:
    """Return the gaps of a copy that might be printed; arguments as those of ``brief``."""
    return gaps_of(desk, request(desk, ids, document=document, **choices))


def gaps_of(desk: Desk, asked: Request, undressed: Undressed | None = None) -> Gaps:
    """Return the gaps of a requested copy; ``undressed``: as ``plain`` made it."""
    paper, reader = undressed or plain(desk, asked)
    paper = dressed(paper, reader, asked.style or usual_style(desk))
    drafts, missing = count_states(paper)
    printed = printed_of(words for words, _ in all_words(paper))
    found = [
        *_matters(desk, asked),
        *names_lacking(reader, asked),
        *translations(printed, reader, asked),
        *written_once(printed, reader, asked),
        *glyphs(paper, printed, reader),
        *too_long(paper, reader),
        *(style_gaps(reader, asked.style or usual_style(desk)) if paper.house is not None else ()),
    ]
    return Gaps(tuple(dict.fromkeys(found)), drafts, missing)


def _matters(desk: Desk, asked: Request) -> Iterator[Gap]:
    """Yield the gaps in the subject itself, whoever reads the paper; it is read without redaction."""
    reader = RedactedReader(desk)
    for id_ in asked.ids:
        record = desk.read.record(id_)
        if isinstance(record, Visit):
            yield from _of_visit(VisitFacts(reader, asked, id_))
        elif isinstance(record, Meeting):
            yield from of_meeting(reader, reader.get(Meeting, id_), ())
        elif isinstance(record, Agreement) and _is_to_sign(record, asked.document in _SIGNED):
            yield from _of_agreement(reader, reader.get(Agreement, id_))


def _of_visit(of: VisitFacts) -> Iterator[Gap]:
    for look in _LOOKS:
        yield from look(of)
    for meeting in of.meetings:
        yield from of_meeting(of.reader, meeting, of.items)
    for agreement in of.to_sign:
        yield from _of_agreement(of.reader, agreement)


def _is_to_sign(agreement: Agreement, prepared: bool) -> bool:
    """Return whether its signing is prepared or planned, or its text agreed."""
    near = prepared or agreement.signing_planned is not None or group_of(agreement.status) == READY
    return near and awaits_signature(agreement)


def _of_agreement(reader: RedactedReader, agreement: Agreement) -> Iterator[Gap]:
    """Yield a text not agreed yet, and parties without a signatory."""
    if group_of(agreement.status) != READY:
        said = tr("gap", "“{title}” is to be signed, but its text is not agreed yet", title=title_of(agreement))
        yield Gap("text_not_agreed", "agreement", agreement.id, "status", said)
    parts = {each.__tablename__: reader.children(each, agreement.id) for each in (AgreementParty, Signatory)}
    for party in unsigned(parts):
        said = tr("gap", "“{title}” is to be signed, but a party has no signatory", title=title_of(agreement))
        yield Gap("no_signatory", "agreement_party", party.id, "represented_by", said)
