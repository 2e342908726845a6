"""Papers of MoUs: a sheet with everything about one, and the register of many."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial

from ucapdesk.base.i18n import Message
from ucapdesk.briefing.content import Block, Cell, Paper, Text
from ucapdesk.briefing.text_elements import NO_WORDS, Para, Words
from ucapdesk.model.kinds.agreement_kinds import Agreement, AgreementParty, Obligation, Signatory
from ucapdesk.model.kinds.meeting_kinds import ActionItem
from ucapdesk.model.kinds.paper_kinds import Attachment
from ucapdesk.model.kinds.people_kinds import Organisation, Person
from ucapdesk.model.kinds.ucap_kinds import Ucap
from ucapdesk.model.rules.agreement_rules import agreement_flags, expiry, notice_by, originals_text
from ucapdesk.model.rules.status import is_called_off
from ucapdesk.papers.document import Document, Option
from ucapdesk.papers.glance_paper import mou_count
from ucapdesk.papers.paper_parts import (
    bullets,
    cell,
    column,
    field_label,
    file_name,
    label,
    number_column,
    paper,
    section,
    table,
    text,
)
from ucapdesk.papers.paper_sides import city_of_house, names_of, side_name, sides_of
from ucapdesk.papers.paper_words import bracketed, joined, joined_by, listed, of_code, of_date, of_text, short_date
from ucapdesk.papers.participants import Participant, free_name, organisation_name, participant
from ucapdesk.papers.record_parts import ColumnOf, facts_of, name_of, table_of, texts_of, value_of
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.request import Request
from ucapdesk.papers.sections.actions_section import action_rows, action_table, due_of
from ucapdesk.papers.signing_table import planned_day

SHEET = Message("document", "MoU sheet")
REGISTER = Message("document", "MoU register")
LATER = {"supersedes": Message("paper", "Superseded by"), "amends": Message("paper", "Amended by")}
"""What later agreements did to one, by their field that says so."""


def party_name(reader: RedactedReader, party: AgreementParty) -> Words:
    """Return the organisation of a party, or the name written for it."""
    if reader.one(Organisation, party.organisation) is not None:
        return organisation_name(reader, party.organisation)
    return free_name(party.free_name)


def parties_of(reader: RedactedReader, agreement: Agreement) -> Words:
    """Return the parties of an agreement in a list."""
    return listed(party_name(reader, party) for party in reader.children(AgreementParty, agreement.id))


def title_among(reader: RedactedReader, agreement: Agreement, others: Collection[Agreement]) -> Words:
    """Return the title of an agreement; with its parties, where two of those told with it are called the same."""
    same = sum(each.title == agreement.title for each in others) > 1
    return bracketed(name_of(agreement), parties_of(reader, agreement) if same else NO_WORDS)


def signers(reader: RedactedReader, agreement: str, party: str | None = None) -> list[tuple[Signatory, Participant]]:
    """Return the signatories of one party or of all, with the post at signing."""
    signing = ((each, reader.one(Person, each.person)) for each in reader.children(Signatory, agreement))
    return [(each, participant(reader, person)) for each, person in signing if person and party in (None, each.party)]


def post_at_signing(signing: Signatory, who: Participant) -> Words:
    """Return the post recorded in the document, else the present one."""
    return of_text(signing.post) if signing.post else who.post


# -- one MoU --------------------------------------------------------------------------------------


def _sheet(reader: RedactedReader, request: Request) -> Paper:
    agreement = reader.get(Agreement, request.ids[0])
    parties = reader.children(AgreementParty, agreement.id)
    actions = action_rows(reader, reader.children(ActionItem, agreement.id))
    made = [
        *section(_facts(reader, agreement)),
        *section(texts_of(agreement, "subject areas")),
        *section(_parties(reader, agreement, parties), Message("paper", "Parties and signatories")),
        *section(_obligations(reader, agreement), Message("paper", "Obligations")),
        *section(action_table(reader, actions), Message("paper", "Actions")),
        *section(_files(reader, agreement), Message("paper", "Documents")),
    ]
    if request.options["text"] == "yes":
        made += section(text(agreement.text), field_label("agreement.text"), new_page=True)
    return paper(reader, request, SHEET, name_of(agreement), made, marked=agreement)


def _facts(reader: RedactedReader, agreement: Agreement) -> list[Block]:
    ends = expiry(agreement)
    computed = label(Message("paper", "computed")) if ends and agreement.expires is None else NO_WORDS
    return facts_of(
        reader, agreement, "reference status status_note type ucap themes projects",
        ("signing_planned", of_date(planned_day(reader, agreement)) if not agreement.signed else None),
        "signing_place signed in_force",
        ("term_months", _counted(agreement.term_months, Message("paper", "{n} months"))),
        ("expires", bracketed(of_date(ends), computed)),
        "renewal",
        (Message("paper", "Notice period"), _counted(agreement.notice_days, Message("paper", "{n} days"))),
        ("notice_by", of_date(notice_by(agreement))),
        "notice_given review legal_force authentic_text",
        (Message("paper", "Originals"), of_text(originals_text(agreement))),
        "responsible",
        *((name, _other(reader, getattr(agreement, name))) for name in ("supersedes", "amends")),
        *((said, _later(reader, agreement, name)) for name, said in LATER.items()),
        "archive",
        (Message("paper", "Needs attention"), listed(_flags(reader, agreement))),
    )  # fmt: skip


def _counted(n: int | None, said: Message) -> Words:
    return NO_WORDS if n is None else label(replace(said, args={"n": n}))


def _later(reader: RedactedReader, agreement: Agreement, name: str) -> Words:
    """Return the agreements that say of themselves that they amend or supersede this one."""
    found = (each for each in reader.linked(Agreement, **{name: agreement.id}) if not is_called_off(each))
    return listed([words for each in found if (words := _other(reader, each.id))])


def _other(reader: RedactedReader, id_: str | None) -> Words | None:
    other = reader.one(Agreement, id_)
    return bracketed(of_text(other.title), Words.plain(other.reference or "")) if other else None


def _flags(reader: RedactedReader, agreement: Agreement) -> list[Words]:
    """Return what needs attention."""
    files = reader.children(Attachment, agreement.id)
    return [of_code("agreement_flag", flag) for flag in agreement_flags(agreement, reader.today, files)]


def _role(reader: RedactedReader, agreement: Agreement, party: AgreementParty) -> Words:
    """Return ``Signatory party, Zhengzhou``: by its city, else by the name of its side."""
    city = city_of_house(reader, party.organisation)
    of = of_text(city.name) if city else names_of(sides_of(reader, agreement), party.side) if party.side else NO_WORDS
    return joined(of_code("party_role", party.role), of)


def _parties(reader: RedactedReader, agreement: Agreement, parties: Sequence[AgreementParty]) -> list[Block]:
    """Return each party with who signs for it; in a last row who signs for none of them."""
    signing = [(each.party, _signer(each, who)) for each, who in signers(reader, agreement.id)]
    rows: list[tuple[Cell, ...]] = []
    for party in parties:
        who = cell(party_name(reader, party), _role(reader, agreement, party))
        signed = tuple(para for of, paras in signing if of == party.id for para in paras)
        rows.append((who, cell(value_of(reader, party, "represented_by")), signed))
    known = {party.id for party in parties}
    others = tuple(para for of, paras in signing if of not in known for para in paras)
    columns = (
        column(Message("paper", "Party"), 6),
        column(field_label("agreement_party.represented_by"), 4),
        column(Message("paper", "Signatories"), 6),
    )
    return table(columns, [*rows, *([((), (), others)] if others else [])])


def _signer(signing: Signatory, who: Participant) -> Cell:
    role = of_code("signatory_role", signing.role) if signing.role not in (None, "signatory") else NO_WORDS
    signed = of_date(signing.signed)
    return cell(who.name, *(each for each in (post_at_signing(signing, who), role, signed) if not each.empty))


def _obligations(reader: RedactedReader, agreement: Agreement) -> list[Block]:
    columns = (
        number_column(1),
        ColumnOf("text", 9, split=True),
        ColumnOf(
            lambda each: side_name(sides_of(reader, agreement), each.side) if each.side else None, 3, "obligation.side"
        ),
        ColumnOf(partial(due_of, reader), 2.4, "obligation.due"),
        ColumnOf("status", 2.6),
    )
    return table_of(reader, reader.children(Obligation, agreement.id), columns)


def _files(reader: RedactedReader, agreement: Agreement) -> list[Block]:
    return bullets(
        bracketed(file_name(each), listed([of_code("attachment_kind", each.type), of_code("languages", each.language)]))
        for each in reader.children(Attachment, agreement.id)
    )


# -- many -----------------------------------------------------------------------------------------


def _register(reader: RedactedReader, request: Request) -> Paper:
    agreements, ucaps = _asked(reader, request.ids)
    blocks = _register_table(reader, agreements)
    reported = [ucap for ucap in ucaps if ucap.reported_mou_count is not None]
    blocks += [Text((counts(ucap, reader.linked(Agreement, ucap=ucap.id), of_text(ucap.title)),)) for ucap in reported]
    title = listed(of_text(ucap.title) for ucap in ucaps)
    if title.empty:
        title = _what_is_shared(reader, agreements) if len(agreements) != 1 else name_of(agreements[0])
    return paper(reader, request, REGISTER, title, section(blocks), marked=ucaps[0] if len(ucaps) == 1 else None)


def _what_is_shared(reader: RedactedReader, agreements: Sequence[Agreement]) -> Words:
    """Return what the chosen agreements share: their UCAP, their status where it is one, and their number."""
    known = ({getattr(each, name) for each in agreements} for name in ("ucap", "status"))
    of, status = (next(iter(each)) if len(each) == 1 else None for each in known)
    ucap, number = reader.one(Ucap, of), label(Message("paper", "{n} MoUs", {"n": len(agreements)}))
    return joined_by(" · ", of_text(ucap.title) if ucap else NO_WORDS, of_code("agreement_status", status), number)


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


def _register_table(reader: RedactedReader, agreements: Sequence[Agreement]) -> list[Block]:
    def parties(each: Agreement) -> Cell:
        names = (party_name(reader, party) for party in reader.children(AgreementParty, each.id))
        return tuple(Para(name, close=n > 0) for n, name in enumerate(names))

    def status(each: Agreement) -> Cell:
        flags = (Para(flag, "warning", close=True) for flag in _flags(reader, each) if not each.placeholder)
        return (*cell(of_code("agreement_status", each.status)), *flags)

    def expires(each: Agreement) -> Cell:
        soon = "expiring" in agreement_flags(each, reader.today)
        return cell(short_date(expiry(each)), of_code("renewal", each.renewal), role="lead" if soon else "text")

    columns = (
        ColumnOf("reference", 2.2),
        ColumnOf(lambda each: cell(of_text(each.title), of_code("agreement_type", each.type)), 7, "agreement.title"),
        ColumnOf(parties, 6, Message("paper", "Parties")),
        ColumnOf(status, 4, "agreement.status"),
        ColumnOf(
            lambda each: short_date(each.signed) if each.signed else _planned(reader, each), 3.2, "agreement.signed"
        ),
        ColumnOf("in_force", 3),
        ColumnOf(expires, 3.4, "agreement.expires"),
        ColumnOf("responsible", 4.4),
        ColumnOf("archive", 3.8),
    )
    return table_of(reader, agreements, columns)


def _planned(reader: RedactedReader, each: Agreement) -> Words:
    day = planned_day(reader, each)
    return bracketed(short_date(day), label(Message("paper", "planned"))) if day else NO_WORDS


def counts(ucap: Ucap, agreements: Sequence[Agreement], lead: Words) -> Para:
    """Return ``10 reported, 0 recorded`` as a note that begins with ``lead``; ``agreements``: all there are."""
    recorded = sum(each.ucap == ucap.id and not each.placeholder for each in agreements)
    (said,) = mou_count(ucap.reported_mou_count, recorded)
    return replace(said, role="note", lead=lead)


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
