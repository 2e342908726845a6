"""The sections of MoUs: the state of each, and the signing of those of this visit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ucapdesk.base.i18n import Message
from ucapdesk.briefing.boards import Plan
from ucapdesk.briefing.content import Block, Cell, Section, Table, Text
from ucapdesk.briefing.text_elements import Para, Words
from ucapdesk.model.kinds.agreement_kinds import Agreement, Obligation
from ucapdesk.model.kinds.meeting_kinds import ActionItem
from ucapdesk.model.rules.agreement_rules import awaits_signature, expiry
from ucapdesk.model.rules.lateness import due_by
from ucapdesk.model.rules.status import is_awaited
from ucapdesk.model.values.partial_date import days_later
from ucapdesk.papers.documents.mous import counts, parties_of, title_among
from ucapdesk.papers.documents.signing_paper import sheet_parts
from ucapdesk.papers.paper_parts import cell, field_label, headed, label, number_column, section
from ucapdesk.papers.paper_words import of_code, of_text, short_date
from ucapdesk.papers.record_parts import ColumnOf, table_of
from ucapdesk.papers.sections.actions_section import due_of
from ucapdesk.papers.signing_table import planned_day
from ucapdesk.papers.visit_facts import VisitFacts

# -- status ---------------------------------------------------------------------------------------


def mous(of: VisitFacts) -> list[Section]:
    """Return number, title with parties, status with dates, next step; the reported count beside the recorded one."""

    def title(each: Agreement) -> Cell:
        below = cell(Words.plain(each.reference or ""), parties_of(of.reader, each), role="note")
        return (Para(of_text(each.title), "lead"), *below)

    def status(each: Agreement) -> Cell:
        """Return the status; under it the dates, in bold where it expires soon."""
        weight = "lead" if _expires_soon(of, each) else "note"
        dates = (("signed", each.signed, "note"), ("expires", expiry(each), weight))
        below = (
            Para(short_date(day), role, lead=field_label(f"agreement.{name}"), close=True)
            for name, day, role in dates
            if day
        )
        return (*cell(of_code("agreement_status", each.status)), *below)

    columns = (
        number_column(7),
        ColumnOf(title, 110, Message("paper", "Title"), split=True),
        ColumnOf(status, 34, Message("paper", "Status")),
        ColumnOf(lambda each: next(_steps(of, each), ()), 34, Message("paper", "Next step")),
    )
    return section([*table_of(of.reader, of.agreements, columns), *_counts(of)])


def _steps(of: VisitFacts, each: Agreement) -> Iterator[Cell]:
    """Yield the next steps with their dates, the most certain first: signing, action, obligation, review."""
    if awaits_signature(each) and (day := planned_day(of.reader, each)):
        yield cell(label(Message("paper", "Signing")), short_date(day))
    actions, promises = of.reader.children(ActionItem, each.id), of.reader.children(Obligation, each.id)
    for known in (actions, promises):
        todo: list[ActionItem | Obligation] = [one for one in known if is_awaited(one)]
        first = min(todo, key=due_by, default=None)
        if first is not None:
            yield due_of(of.reader, first, of_text(first.text))
    if each.review:
        yield cell(label(Message("paper", "Review")), short_date(each.review))


def _expires_soon(of: VisitFacts, each: Agreement) -> bool:
    """Return whether it expires within half a year after the visit, and not before it began."""
    ends = expiry(each)
    if ends is None or of.visit.dates is None:
        return False
    low, high = of.visit.dates.bounds
    soon = days_later(high, 182)
    return soon is not None and low <= ends.bounds[1] and ends.bounds[0] <= soon


def _counts(of: VisitFacts) -> list[Block]:
    """Return ``10 reported, 0 recorded``; nothing where no source counts any."""
    lead = label(Message("paper", "Memoranda of understanding"))
    return [Text((counts(ucap, of.agreements, lead),)) for ucap in of.ucaps if ucap.reported_mou_count is not None]


# -- signing --------------------------------------------------------------------------------------


def signing(of: VisitFacts) -> list[Section]:
    """Return the signing sheet of each agreement to be signed: when, where, who, the run, the table, preparations."""
    found: list[Section] = []
    for each in of.to_sign:
        blocks = [block for head, part in sheet_parts(of.reader, each) for block in _under(part, head)]
        blocks.sort(key=lambda block: isinstance(block, Plan))  # the plan last, since it takes what its page has left
        head = title_among(of.reader, each, of.to_sign)
        found.append(Section(tuple(blocks), head, level=2, new_page=bool(found)))
    return headed(found)


def _under(blocks: list[Block], head: Message | None) -> list[Block]:
    """Return blocks under a heading of their own, borne by the first of them. Of the table the plan is enough here."""
    blocks = [block for block in blocks if isinstance(block, Plan)] or blocks
    if head is None or not blocks:
        return blocks
    first, *others = blocks
    if isinstance(first, Text | Table | Plan) and first.label is None:
        return [replace(first, label=label(head)), *others]
    return [Text((Para(label(head), "lead"),)), *blocks]
