"""MoUs: where each stands, and how those of this visit are signed."""

from __future__ import annotations

from datetime import date, timedelta

from ucapdesk.base.i18n import Message
from ucapdesk.briefing.content import Block, Cell, Para, Section, Text, Words
from ucapdesk.model.kinds.agreements import Agreement, AgreementParty, Signatory
from ucapdesk.model.kinds.meetings import Meeting
from ucapdesk.model.kinds.people import Organisation, Person
from ucapdesk.model.kinds.places import Place
from ucapdesk.services.papers.guests import free_name, guest, organisation_name, person_name
from ucapdesk.services.papers.parts import (
    NONE,
    bullets,
    cell,
    column,
    facts,
    field_label,
    label,
    number_column,
    table,
    text,
    when,
)
from ucapdesk.services.papers.sections.common import figures, place_name
from ucapdesk.services.papers.visit_facts import VisitFacts
from ucapdesk.services.papers.words import listed, of_code, of_date, of_text

# -- status ---------------------------------------------------------------------------------------


def mous(of: VisitFacts) -> list[Section]:
    """Number, title, parties, status, signed, expires; the reported count beside the recorded one."""
    columns = (
        number_column(7),
        column(Message("paper", "Title"), 74, split=True),
        column(Message("paper", "Parties"), 38),
        column(Message("paper", "Status"), 28),
        column(Message("paper", "Signed"), 28),
        column(Message("paper", "Expires"), 24),
    )
    rows: list[tuple[Cell, ...]] = [_row(of, each) for each in of.agreements]
    blocks: list[Block] = [*table(columns, rows), *_counts(of)]
    return [Section(tuple(blocks))] if blocks else []


def _row(of: VisitFacts, each: Agreement) -> tuple[Cell, ...]:
    title = (Para(of_text(each.title)), *cell(Words.plain(each.reference or ""), role="note"))
    parties = listed(party_name(of, party) for party in of.reading.children(AgreementParty, each.id))
    planned = NONE if each.signed or not each.signing_planned else figures(each.signing_planned)
    status = (*cell(of_code("agreement_status", each.status)), *(_planned(planned)))
    role = "lead" if _expires_soon(of, each) else "text"
    return ((), title, cell(parties), status, cell(figures(each.signed)), cell(figures(each.expires), role=role))


def _planned(date: Words) -> Cell:
    if date.empty:
        return ()
    return Para(label(Message("paper", "signing planned")), "note", close=True), Para(date, "note", close=True)


def _expires_soon(of: VisitFacts, each: Agreement) -> bool:
    """Within half a year after the visit, and not before it began."""
    if each.expires is None or of.visit.dates is None:
        return False
    low, high = of.visit.dates.bounds
    if high > "9990":
        return False
    soon = (date.fromisoformat(high) + timedelta(days=182)).isoformat()
    return low <= each.expires.bounds[1] and each.expires.bounds[0] <= soon


def _counts(of: VisitFacts) -> list[Block]:
    """``10 reported, 0 recorded``; nothing where no source counts any."""
    found: list[Block] = []
    for ucap in of.ucaps:
        if ucap.reported_mou_count is not None:
            recorded = sum(each.ucap == ucap.id for each in of.agreements)
            said = Message("paper", "{reported} reported, {recorded} recorded",
                           {"reported": ucap.reported_mou_count, "recorded": recorded})  # fmt: skip
            lead = label(Message("paper", "Memoranda of understanding"))
            found.append(Text((Para(label(said), "note", lead=lead),)))
    return found


def party_name(of: VisitFacts, party: AgreementParty) -> Words:
    """The organisation, or the name somebody wrote."""
    if of.reading.one(Organisation, party.organisation) is not None:
        return organisation_name(of.reading, party.organisation)
    return free_name(party.free_name)


# -- signing --------------------------------------------------------------------------------------


def signing(of: VisitFacts) -> list[Section]:
    """For each agreement to be signed: when, where, by whom, how many copies, and how the ceremony runs."""
    found = [Section(())]
    for each in of.to_sign:
        blocks = _ceremony(of, each)
        if blocks:
            found.append(Section(tuple(blocks), of_text(each.title), level=2, new_page=len(found) > 1))
    return found if len(found) > 1 else []


def _ceremony(of: VisitFacts, each: Agreement) -> list[Block]:
    reading = of.reading
    meeting = reading.one(Meeting, each.signing_meeting)
    time = when(meeting.when) if meeting and meeting.when else of_date(each.signing_planned)
    place = reading.one(Place, each.signing_place)
    if place is None and meeting is not None:
        place = next(iter(reading.all(Place, meeting.places)), None)
    items = [item for item in of.items if meeting is not None and item.meeting == meeting.id]
    blocks = facts(
        (label(Message("paper", "Time")), time),
        (field_label("agreement.signing_place"), place_name(place)),
        (field_label("agreement.status"), of_code("agreement_status", each.status)),
        (field_label("agreement.originals"), of_text(each.originals)),
        (field_label("agreement.authentic_text"), of_code("authentic_text", each.authentic_text)),
        (label(Message("paper", "Witnesses")), listed(_witnesses(of, each))),
    )
    blocks += text(of_text(each.ceremony), field_label("agreement.ceremony"))
    blocks += [
        block for item in items for block in text(of_text(item.ceremony), field_label("itinerary_item.ceremony"))
    ]
    if not each.ceremony and not any(item.ceremony for item in items):
        blocks += bullets(map(label, RUN), label(Message("paper", "Usual run of the ceremony")))
    return [*blocks, *_who_signs(of, each)]


RUN = (
    Message("paper", "Both sides take their places; those who do not sign stand behind in order of rank."),
    Message("paper", "Host at the left and guest at the right, as they sit; each has the own copy before them."),
    Message(
        "paper", "Each signs the own copy first, then the assistants exchange the copies for the second signature."
    ),
    Message("paper", "The signatories exchange the copies, shake hands and are photographed."),
)


def _witnesses(of: VisitFacts, each: Agreement) -> list[Words]:
    people = [s.person for s in of.reading.children(Signatory, each.id) if s.role == "witness" and s.person]
    return [person_name(person) for person in of.reading.all(Person, people)]


def _who_signs(of: VisitFacts, each: Agreement) -> list[Block]:
    """The table as it is seen from behind: host at the left, guest at the right, each with post and assistant."""
    columns = (
        column(Message("paper", "Party"), 50),
        column(Message("paper", "Signatory"), 50),
        column(Message("paper", "Post"), 46),
        column(Message("paper", "Assistants"), 40),
    )
    reading = of.reading
    signing = reading.children(Signatory, each.id)
    rows: list[tuple[Cell, ...]] = []
    for party in sorted(reading.children(AgreementParty, each.id), key=lambda one: one.side == of.travellers):
        people = [s for s in signing if s.party == party.id and s.role in ("signatory", None)]
        helpers = [s.person for s in signing if s.party == party.id and s.role == "assistant" and s.person]
        who = [(person, _post(of, s, person)) for s in people if (person := reading.one(Person, s.person))]
        rows.append((
            (Para(party_name(of, party), "lead"),),
            tuple(Para(person_name(person), close=True) for person, _ in who),
            tuple(Para(post, close=True) for _, post in who if not post.empty),
            cell(listed(person_name(person) for person in reading.all(Person, helpers))),
        ))  # fmt: skip
    return table(columns, rows, label(Message("paper", "Who signs")))


def _post(of: VisitFacts, signing: Signatory, person: Person) -> Words:
    """The post at signing, else the one of today."""
    return of_text(signing.post) if signing.post else guest(of.reading, person).post
