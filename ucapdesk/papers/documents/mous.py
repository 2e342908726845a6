"""Papers of MoUs: a sheet with everything about one, and the register of many."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ucapdesk.base.i18n import Message
from ucapdesk.briefing.content import Block, Cell, Column, Paper, Para, Section, Text, Words
from ucapdesk.model.kinds.agreement_kinds import Agreement, AgreementParty, Obligation, Signatory
from ucapdesk.model.kinds.meeting_kinds import ActionItem
from ucapdesk.model.kinds.paper_kinds import Attachment
from ucapdesk.model.kinds.people_kinds import Organisation, Person
from ucapdesk.model.kinds.place_kinds import Place
from ucapdesk.model.kinds.ucap_kinds import PilotProject, Theme, Ucap
from ucapdesk.model.rules.agreement_rules import agreement_flags, expiry, originals_text
from ucapdesk.papers.document import Document, Option
from ucapdesk.papers.documents.action_list import action_rows, action_table
from ucapdesk.papers.paper_parts import (
    NONE,
    bullets,
    cell,
    column,
    facts,
    field_label,
    figures,
    label,
    number_column,
    of_field,
    paper,
    section,
    table,
    text,
)
from ucapdesk.papers.paper_sides import city_of_house, names_of, side_name, sides_of
from ucapdesk.papers.paper_words import bracketed, combined, listed, of_code, of_date, of_text
from ucapdesk.papers.participants import Participant, free_name, organisation_name, participant, person_name
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.request import Request

SHEET = Message("document", "MoU sheet")
REGISTER = Message("document", "MoU register")


def party_name(reader: RedactedReader, party: AgreementParty) -> Words:
    """Return the organisation of a party, or the name written for it."""
    if reader.one(Organisation, party.organisation) is not None:
        return organisation_name(reader, party.organisation)
    return free_name(party.free_name)


def signers(reader: RedactedReader, agreement: str, party: str | None = None) -> list[tuple[Signatory, Participant]]:
    """Return the signatories of one party or of all, with the post at signing."""
    found = []
    for each in reader.children(Signatory, agreement):
        person = reader.one(Person, each.person)
        if person is not None and (party is None or each.party == party):
            found.append((each, participant(reader, person)))
    return found


def post_at_signing(signing: Signatory, who: Participant) -> Words:
    """Return the post recorded in the document, else the present one."""
    return of_text(signing.post) if signing.post else who.post


# -- one MoU --------------------------------------------------------------------------------------


def _sheet(reader: RedactedReader, request: Request) -> Paper:
    agreement = reader.get(Agreement, request.ids[0])
    parties = reader.children(AgreementParty, agreement.id)
    made = [
        *section(_facts(reader, agreement)),
        *section(
            [
                *text(agreement.subject, field_label("agreement.subject")),
                *text(agreement.areas, field_label("agreement.areas")),
            ]
        ),
        *section(_parties(reader, agreement, parties), Message("paper", "Parties and signatories")),
        *section(_obligations(reader, agreement), Message("paper", "Obligations")),
        *section(
            action_table(action_rows(reader, reader.children(ActionItem, agreement.id))), Message("paper", "Actions")
        ),
        *section(_files(reader, agreement), Message("paper", "Documents")),
    ]
    if request.option("text") == "yes":
        made += section(text(agreement.text), field_label("agreement.text"), new_page=True)
    title = of_text(agreement.title) if agreement.title else Words.plain(agreement.reference or "")
    return paper(reader, request, SHEET, title, made, marked=agreement)


def _facts(reader: RedactedReader, agreement: Agreement) -> list[Block]:
    ucap = reader.one(Ucap, agreement.ucap)
    place = reader.one(Place, agreement.signing_place)
    responsible = reader.one(Person, agreement.responsible)
    themes = [of_text(theme.name) for theme in reader.all(Theme, agreement.themes)]
    projects = [of_text(project.title) for project in reader.all(PilotProject, agreement.projects)]
    ends = expiry(agreement)
    computed = Message("paper", "computed") if ends and agreement.expires is None else None
    return facts(
        (field_label("agreement.reference"), Words.plain(agreement.reference or "")),
        of_field(agreement, "status"),
        of_field(agreement, "status_note"),
        of_field(agreement, "type"),
        (field_label("agreement.ucap"), of_text(ucap.title) if ucap else None),
        (field_label("agreement.themes"), listed(themes)),
        (field_label("agreement.projects"), listed(projects)),
        (
            field_label("agreement.signing_planned"),
            of_date(agreement.signing_planned) if not agreement.signed else None,
        ),
        (field_label("agreement.signing_place"), of_text(place.name) if place else None),
        (field_label("agreement.signed"), of_date(agreement.signed)),
        (field_label("agreement.in_force"), of_date(agreement.in_force)),
        (field_label("agreement.term_months"), _months(agreement)),
        (field_label("agreement.expires"), bracketed(of_date(ends), label(computed)) if computed else of_date(ends)),
        of_field(agreement, "renewal"),
        (label(Message("paper", "Notice period")), _days(agreement.notice_days)),
        (field_label("agreement.notice_given"), of_date(agreement.notice_given)),
        (field_label("agreement.review"), of_date(agreement.review)),
        of_field(agreement, "legal_force"),
        of_field(agreement, "authentic_text"),
        (label(Message("paper", "Originals")), of_text(originals_text(agreement))),
        (field_label("agreement.responsible"), person_name(responsible) if responsible else None),
        *(_named(reader, agreement, name) for name in ("supersedes", "amends")),
        (field_label("agreement.archive"), Words.plain(agreement.archive or "")),
        (label(Message("paper", "Needs attention")), listed(_flags(reader, agreement))),
    )


def _days(n: int | None) -> Words:
    return label(Message("paper", "{n} days", {"n": n})) if n is not None else NONE


def _months(agreement: Agreement) -> Words:
    return (
        label(Message("paper", "{n} months", {"n": agreement.term_months}))
        if agreement.term_months is not None
        else NONE
    )


def _named(reader: RedactedReader, agreement: Agreement, name: str) -> tuple[Words, Words | None]:
    other = reader.one(Agreement, getattr(agreement, name))
    said = bracketed(of_text(other.title), Words.plain(other.reference or "")) if other else None
    return field_label(f"agreement.{name}"), said


def _flags(reader: RedactedReader, agreement: Agreement) -> list[Words]:
    """Return the flags as of the newest change that was read, so that a reprint says the same."""
    files = reader.children(Attachment, agreement.id)
    return [of_code("agreement_flag", flag) for flag in agreement_flags(agreement, _day(reader), files)]


def _day(reader: RedactedReader) -> date:
    return reader.newest_change()[0].date()


def _role(reader: RedactedReader, agreement: Agreement, party: AgreementParty) -> Words:
    """Return ``Signatory party, Zhengzhou``: by its city, else by the name of its side."""
    city = city_of_house(reader, party.organisation)
    of = of_text(city.name) if city else names_of(sides_of(reader, agreement), party.side) if party.side else NONE
    known = [each for each in (of_code("party_role", party.role), of) if not each.empty]
    return combined(known, lambda said, lang: ("，" if lang == "zh" else ", ").join(said))


def _parties(reader: RedactedReader, agreement: Agreement, parties: Sequence[AgreementParty]) -> list[Block]:
    rows: list[tuple[Cell, ...]] = []
    named: set[str] = set()
    for party in parties:
        people = signers(reader, agreement.id, party.id)
        named.update(signing.id for signing, _ in people)
        person = reader.one(Person, party.represented_by)
        rows.append((
            cell(party_name(reader, party), _role(reader, agreement, party)),
            cell(person_name(person) if person else None),
            tuple(para for signing, who in people for para in _signer(signing, who)),
        ))  # fmt: skip
    others = [each for each in signers(reader, agreement.id) if each[0].id not in named]
    if others:
        rows.append(((), (), tuple(para for signing, who in others for para in _signer(signing, who))))
    columns = (
        column(Message("paper", "Party"), 6),
        column(field_label("agreement_party.represented_by"), 4),
        column(Message("paper", "Signatories"), 6),
    )
    return table(columns, rows)


def _signer(signing: Signatory, who: Participant) -> Cell:
    role = of_code("signatory_role", signing.role) if signing.role not in (None, "signatory") else NONE
    signed = of_date(signing.signed)
    return cell(who.name, *(each for each in (post_at_signing(signing, who), role, signed) if not each.empty))


def _obligations(reader: RedactedReader, agreement: Agreement) -> list[Block]:
    rows = [
        (
            (),
            cell(of_text(each.text)),
            cell(side_name(sides_of(reader, agreement), each.side) if each.side else None),
            cell(figures(each.due)),
            cell(of_code("step_status", each.status)),
        )
        for each in reader.children(Obligation, agreement.id)
    ]
    columns = (
        number_column(1),
        column(field_label("obligation.text"), 9, split=True),
        column(field_label("obligation.side"), 3),
        column(field_label("obligation.due"), 2.4),
        column(field_label("obligation.status"), 2.6),
    )
    return table(columns, rows)


def _files(reader: RedactedReader, agreement: Agreement) -> list[Block]:
    files = reader.children(Attachment, agreement.id)
    named = [
        of_text(each.title) if each.title else Words.plain((each.file.name if each.file else "") or "")
        for each in files
    ]
    return bullets(
        bracketed(
            name,
            listed(
                of_code(codes, code)
                for codes, code in (("attachment_kind", each.type), ("languages", each.language))
                if code
            ),
        )
        for each, name in zip(files, named, strict=True)
    )


# -- many -----------------------------------------------------------------------------------------


def _register(reader: RedactedReader, request: Request) -> Paper:
    agreements, ucaps = _asked(reader, request.ids)
    blocks = table(_columns(), [_row(reader, each) for each in agreements])
    blocks += [
        Text((Para(_counts(reader, ucap), "note", lead=of_text(ucap.title)),))
        for ucap in ucaps
        if ucap.reported_mou_count is not None
    ]
    title = listed(of_text(ucap.title) for ucap in ucaps)
    if title.empty:
        title = _what_is_shared(reader, agreements) if len(agreements) != 1 else of_text(agreements[0].title)
    made: Sequence[Section] = section(blocks)
    return paper(reader, request, REGISTER, title, made, marked=ucaps[0] if len(ucaps) == 1 else None)


def _what_is_shared(reader: RedactedReader, agreements: Sequence[Agreement]) -> Words:
    """Return what the chosen agreements share: their UCAP, their status where it is one, and their number."""
    of_ucap, of_status = ({getattr(each, name) for each in agreements} for name in ("ucap", "status"))
    ucap = reader.one(Ucap, next(iter(of_ucap))) if len(of_ucap) == 1 else None
    parts = [
        of_text(ucap.title) if ucap else NONE,
        of_code("agreement_status", next(iter(of_status))) if len(of_status) == 1 else NONE,
        label(Message("paper", "{n} MoUs", {"n": len(agreements)})),
    ]
    return combined(parts, lambda said, _: " · ".join(said))


def _asked(reader: RedactedReader, ids: Sequence[str]) -> tuple[list[Agreement], list[Ucap]]:
    """Return the named agreements, and all of the named UCAPs; in the order of their numbers where nobody chose one."""
    found: dict[str, Agreement] = {}
    ucaps = []
    for id_ in ids:
        if reader.desk.read.kind_of(id_) == "ucap":
            ucaps.append(reader.get(Ucap, id_))
            found.update((each.id, each) for each in reader.linked(Agreement, "reference", ucap=id_))
        else:
            found[id_] = reader.get(Agreement, id_)
    return list(found.values()), ucaps


def _columns() -> tuple[Column, ...]:
    return (
        column(field_label("agreement.reference"), 2.2),
        column(field_label("agreement.title"), 7),
        column(Message("paper", "Parties"), 6),
        column(field_label("agreement.status"), 4),
        column(field_label("agreement.signed"), 3.2),
        column(field_label("agreement.in_force"), 3),
        column(field_label("agreement.expires"), 3.4),
        column(field_label("agreement.responsible"), 4.4),
        column(field_label("agreement.archive"), 3.8),
    )


def _row(reader: RedactedReader, each: Agreement) -> tuple[Cell, ...]:
    parties = [party_name(reader, party) for party in reader.children(AgreementParty, each.id)]
    responsible = reader.one(Person, each.responsible)
    flags = tuple(Para(flag, "warning", close=True) for flag in _flags(reader, each) if not each.placeholder)
    ends = expiry(each)
    soon = "expiring" in agreement_flags(each, _day(reader))
    return (
        cell(Words.plain(each.reference or "")),
        cell(of_text(each.title), of_code("agreement_type", each.type)),
        tuple(Para(name, close=n > 0) for n, name in enumerate(parties)),
        (*cell(of_code("agreement_status", each.status)), *flags),
        cell(figures(each.signed) if each.signed else _planned(each)),
        cell(figures(each.in_force)),
        cell(figures(ends), of_code("renewal", each.renewal), role="lead" if soon else "text"),
        cell(person_name(responsible) if responsible else None),
        cell(Words.plain(each.archive or "")),
    )


def _planned(each: Agreement) -> Words:
    if each.signing_planned is None:
        return NONE
    return bracketed(figures(each.signing_planned), label(Message("paper", "planned")))


def _counts(reader: RedactedReader, ucap: Ucap) -> Words:
    recorded = sum(not each.placeholder for each in reader.linked(Agreement, ucap=ucap.id))
    counts = {"reported": ucap.reported_mou_count, "recorded": recorded}
    return label(Message("paper", "{reported} reported, {recorded} recorded", counts))


DOCUMENTS = (
    Document(
        "mou_sheet", SHEET, _sheet, kinds=("agreement",), order=50, editions=("delegation", "principal", "hosts"), pages=("A4", "large"),
        options=(
            Option("text", Message("paper setup", "Text of the agreement"), (
                ("no", Message("paper setup", "Without")),
                ("yes", Message("paper setup", "With the full text")),
            )),
        ),
    ),
    Document("mou_register", REGISTER, _register, kinds=("agreement", "ucap"), order=290, several=True, editions=("principal", "hosts"),
             layouts=("side-by-side", "stacked"), pages=("A4-landscape", "A3-landscape")),
)  # fmt: skip
