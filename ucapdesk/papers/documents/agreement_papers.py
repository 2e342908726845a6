"""Papers of MoUs: a sheet with everything about one, the register of many, and papers for signing.

Papers for signing are the run of the ceremony with its table, and the pages to sign.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial

from ucapdesk.base.i18n import LANGUAGES, Message, tr
from ucapdesk.briefing.blocks.content import Block, Cell, Paper, Section, Signatures, Table, Text
from ucapdesk.briefing.blocks.content import Signatory as SignedBy
from ucapdesk.briefing.blocks.elements import NO_WORDS, Para, Words
from ucapdesk.model.codes import code_label
from ucapdesk.model.kinds.agreement_kinds import Agreement, AgreementParty, Obligation, Signatory
from ucapdesk.model.kinds.paper_kinds import Attachment
from ucapdesk.model.kinds.partnership_kinds import Place, Ucap
from ucapdesk.model.kinds.people_kinds import Organisation, Person
from ucapdesk.model.kinds.visit_kinds import ActionItem, Meeting
from ucapdesk.model.rules import seating
from ucapdesk.model.rules.sides import and_list
from ucapdesk.model.rules.status import (
    HAN_NUMERALS,
    agreement_flags,
    expiry,
    is_called_off,
    is_party,
    notice_by,
    originals_text,
    signs,
)
from ucapdesk.model.values import When
from ucapdesk.papers.document import Document, Option
from ucapdesk.papers.documents.card_papers import drawn
from ucapdesk.papers.documents.ucap_papers import mou_count
from ucapdesk.papers.facts.participants import (
    Participant,
    free_name,
    organisation_name,
    participant,
    points_of,
    venue_at,
)
from ucapdesk.papers.facts.partner_sides import city_around, city_of_organisation, names_of, side_name, sides_of
from ucapdesk.papers.facts.parts import (
    ColumnOf,
    bullets,
    cell,
    column,
    facts_of,
    field_label,
    file_name,
    label,
    name_of,
    number_column,
    paper,
    place_name,
    section,
    table,
    table_of,
    text,
    texts_of,
    value_of,
)
from ucapdesk.papers.facts.seats import SIGNING, SIGNS, Wanted, planned_day, room_of, seats_at
from ucapdesk.papers.facts.wording import (
    READ_IN,
    bracketed,
    combined,
    in_all,
    joined,
    joined_by,
    listed,
    of_code,
    of_date,
    of_text,
    short_date,
    when,
)
from ucapdesk.papers.list_paper import Rows, Subject, list_paper
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.request import Request
from ucapdesk.papers.sections.meeting_parts import action_rows, action_table, due_of

MOU_SHEET = Message("document", "MoU sheet")
REGISTER = Message("document", "MoU register")
# What later agreements did to one, by their field that says so.
LATER = {"supersedes": Message("paper", "Superseded by"), "amends": Message("paper", "Amended by")}


def party_name(reader: RedactedReader, party: AgreementParty) -> Words:
    if reader.one(Organisation, party.organisation) is not None:
        return organisation_name(reader, party.organisation)
    return free_name(party.free_name)


def parties_of(reader: RedactedReader, agreement: Agreement) -> Words:
    return listed(party_name(reader, party) for party in reader.children(AgreementParty, agreement.id))


def title_among(reader: RedactedReader, agreement: Agreement, others: Collection[Agreement]) -> Words:
    """Return the title of an agreement; with its parties, where two of those told with it are called the same."""
    same = sum(each.title == agreement.title for each in others) > 1
    return bracketed(name_of(agreement), parties_of(reader, agreement) if same else NO_WORDS)


def signers(reader: RedactedReader, agreement: str, party: str | None = None) -> list[tuple[Signatory, Participant]]:
    signing = ((each, reader.one(Person, each.person)) for each in reader.children(Signatory, agreement))
    return [(each, participant(reader, person)) for each, person in signing if person and party in (None, each.party)]


def post_at_signing(signing: Signatory, who: Participant) -> Words:
    return of_text(signing.post) if signing.post else who.post


# -- one MoU --------------------------------------------------------------------------------------


def _mou_sheet(reader: RedactedReader, request: Request) -> Paper:
    agreement = reader.get(Agreement, request.ids[0])
    parties = reader.children(AgreementParty, agreement.id)
    actions = action_rows(reader, reader.children(ActionItem, agreement.id))
    made = [
        *section(_mou_facts(reader, agreement)),
        *section(texts_of(agreement, "subject areas")),
        *section(_parties(reader, agreement, parties), Message("paper", "Parties and signatories")),
        *section(_obligations(reader, agreement), Message("paper", "Obligations")),
        *section(action_table(reader, actions), Message("paper", "Actions")),
        *section(_files(reader, agreement), Message("paper", "Documents")),
    ]
    if request.options["text"] == "yes":
        made += section(text(agreement.text), field_label("agreement.text"), new_page=True)
    return paper(reader, request, MOU_SHEET, name_of(agreement), made, marked=agreement)


def _mou_facts(reader: RedactedReader, agreement: Agreement) -> list[Block]:
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
    files = reader.children(Attachment, agreement.id)
    return [of_code("agreement_flag", flag) for flag in agreement_flags(agreement, reader.today, files)]


def _role(reader: RedactedReader, agreement: Agreement, party: AgreementParty) -> Words:
    """Return ``Signatory party, Zhengzhou``: by its city, else by the name of its side."""
    city = city_of_organisation(reader, party.organisation)
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


def _subject(reader: RedactedReader, request: Request) -> Subject:
    agreements, ucaps = _asked(reader, request)
    title = listed(of_text(ucap.title) for ucap in ucaps)
    if title.empty:
        title = _what_is_shared(reader, agreements) if len(agreements) != 1 else name_of(agreements[0])
    return Subject(title, ucaps[0] if len(ucaps) == 1 else None)


def _what_is_shared(reader: RedactedReader, agreements: Sequence[Agreement]) -> Words:
    known = ({getattr(each, name) for each in agreements} for name in ("ucap", "status"))
    of, status = (next(iter(each)) if len(each) == 1 else None for each in known)
    ucap, number = reader.one(Ucap, of), label(Message("paper", "{n} MoUs", {"n": len(agreements)}))
    return joined_by(" · ", of_text(ucap.title) if ucap else NO_WORDS, of_code("agreement_status", status), number)


def _asked(reader: RedactedReader, request: Request) -> tuple[list[Agreement], list[Ucap]]:
    """Return the named agreements, and all of the named UCAPs; in the order of their numbers where nobody chose one."""
    found: dict[str, Agreement] = {}
    ucaps = []
    for id_ in request.ids:
        if reader.desk.read.kind_of(id_) == "ucap":
            ucaps.append(reader.get(Ucap, id_))
            found.update((each.id, each) for each in reader.linked(Agreement, "reference", ucap=id_))
        else:
            found[id_] = reader.get(Agreement, id_)
    return list(found.values()), ucaps


def _agreements(reader: RedactedReader, request: Request) -> list[Agreement]:
    return _asked(reader, request)[0]


def _register_columns(reader: RedactedReader) -> tuple[ColumnOf, ...]:
    def parties(each: Agreement) -> Cell:
        names = (party_name(reader, party) for party in reader.children(AgreementParty, each.id))
        return tuple(Para(name, close=n > 0) for n, name in enumerate(names))

    def status(each: Agreement) -> Cell:
        flags = (Para(flag, "warning", close=True) for flag in _flags(reader, each) if not each.placeholder)
        return (*cell(of_code("agreement_status", each.status)), *flags)

    def expires(each: Agreement) -> Cell:
        soon = "expiring" in agreement_flags(each, reader.today)
        return cell(short_date(expiry(each)), of_code("renewal", each.renewal), role="lead" if soon else "text")

    return (
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


def _reported(reader: RedactedReader, request: Request) -> list[Section]:
    _, ucaps = _asked(reader, request)
    reported = [ucap for ucap in ucaps if ucap.reported_mou_count is not None]
    return section([
        Text((counts(each, reader.linked(Agreement, ucap=each.id), of_text(each.title)),)) for each in reported
    ])  # fmt: skip


def _planned(reader: RedactedReader, each: Agreement) -> Words:
    day = planned_day(reader, each)
    return bracketed(short_date(day), label(Message("paper", "planned"))) if day else NO_WORDS


def counts(ucap: Ucap, agreements: Sequence[Agreement], lead: Words) -> Para:
    """Return ``10 reported, 0 recorded`` as a note that begins with ``lead``; ``agreements``: all there are."""
    recorded = sum(each.ucap == ucap.id and not each.placeholder for each in agreements)
    (said,) = mou_count(ucap.reported_mou_count, recorded)
    return replace(said, role="note", lead=lead)


SIGNING_SHEET = Message("document", "Signing sheet")
PAGES = Message("document", "Signature pages")
RUN = (
    Message("paper", "All parties take their places; those who do not sign stand behind in order of rank."),
    Message("paper", "Host at the left and guest at the right, as they sit; each has their own copy before them."),
    Message(
        "paper", "Each signs their own copy first, then the assistants exchange the copies for the next signature."
    ),
    Message("paper", "The signatories exchange the copies, shake hands and are photographed."),
)
TABLE = Message("paper", "Table")
PREPARE = Message("paper", "To prepare")
TO_PREPARE = (
    Message("paper", "Texts compared word by word in all languages, and approved by each party"),
    Message("paper", "One copy for each party, each with its own party first"),
    Message("paper", "Pens, blotters, folders"),
    Message("paper", "Flags, name cards, backdrop"),
    Message("paper", "Assistants briefed, photographer at hand"),
)
# The closing formula by type of agreement: Chinese names the document.
DONE = {
    "mou": Message("agreement.mou_done", "Done at {place} on {date}"),
    "": Message("paper", "Done at {place} on {date}"),
}
AUTHENTIC = {
    "equal": Message("paper", "all texts being equally authentic"),
    "zh": Message("paper", "the Chinese text prevailing in case of divergence"),
    "en": Message("paper", "the English text prevailing in case of divergence"),
}
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
# A number of originals at the head of a text that does not say what it counts.
_COUNTED = re.compile(rf"^(?:{'|'.join(NUMBERS)}|\d+)\b(?! (?:originals?|copies|copy)\b)", re.IGNORECASE)


def _signing_sheet(reader: RedactedReader, request: Request) -> Paper:
    agreement = reader.get(Agreement, request.ids[0])
    made: list[Section] = []
    for head, blocks in sheet_parts(reader, agreement):
        made += section(blocks, head, together=head in (TABLE, PREPARE))
    dates = of_date(planned_day(reader, agreement) or agreement.signed)
    return paper(reader, request, SIGNING_SHEET, name_of(agreement), made, marked=agreement, dates=dates)


def sheet_parts(reader: RedactedReader, agreement: Agreement) -> list[tuple[Message | None, list[Block]]]:
    """Return the parts of a signing sheet, each with its heading; packs print the same."""
    meeting = reader.one(Meeting, agreement.signing_meeting)
    return [
        (None, _signing_facts(reader, agreement, meeting)),
        (Message("paper", "Who signs"), _who(reader, agreement)),
        (Message("paper", "Run of the ceremony"), _ceremony(reader, agreement, meeting)),
        (TABLE, _table(reader, agreement)),
        (PREPARE, _prepared()),
    ]


def _place_of(reader: RedactedReader, agreement: Agreement, meeting: Meeting | None) -> Place | None:
    own = reader.one(Place, agreement.signing_place)
    return own or next(iter(reader.all(Place, venue_at(reader, meeting).places if meeting else ())), None)


def _hours(meeting: Meeting | None) -> When | None:
    """Return when it is signed by what the meeting says, unless that was called off."""
    return meeting.when if meeting and not is_called_off(meeting) else None


def _signing_facts(reader: RedactedReader, agreement: Agreement, meeting: Meeting | None) -> list[Block]:
    place = _place_of(reader, agreement, meeting)
    time = when(hours) if (hours := _hours(meeting)) else of_date(planned_day(reader, agreement))
    witnesses = [who.name for signing, who in signers(reader, agreement.id) if signing.role == "witness"]
    return facts_of(
        reader, agreement, (Message("paper", "Time"), time), ("signing_place", place_name(place)), "status",
        (Message("paper", "Originals"), of_text(originals_text(agreement))), "authentic_text",
        (Message("paper", "Witnesses"), listed(witnesses)),
    )  # fmt: skip


def _who(reader: RedactedReader, agreement: Agreement) -> list[Block]:
    def signs(party: AgreementParty) -> Cell:
        return tuple(para for who, post in _signing_for(reader, agreement, party) for para in cell(who.name, post))

    def helps(party: AgreementParty) -> Cell:
        people = signers(reader, agreement.id, party.id)
        return cell(*(who.name for signing, who in people if signing.role == "assistant"), under="text")

    columns = (
        ColumnOf(lambda party: party_name(reader, party), 6, Message("paper", "Party"), role="lead"),
        ColumnOf(signs, 6, Message("paper", "Signatory")),
        ColumnOf(helps, 4, Message("paper", "Assistants")),
    )
    return table_of(reader, reader.children(AgreementParty, agreement.id), columns)


def _ceremony(reader: RedactedReader, agreement: Agreement, meeting: Meeting | None) -> list[Block]:
    """Return the ceremony as written in the record; else its usual run."""
    blocks = text(agreement.ceremony)
    if meeting is not None and meeting.visit:
        items = [item for item in points_of(reader, meeting.visit) if item.meeting == meeting.id]
        blocks += [block for item in items for block in text(item.ceremony, name_of(item))]
    return blocks or bullets(map(label, RUN))


def _prepared() -> list[Block]:
    columns = (column(Message("paper", "What"), 10), column(Message("paper", "Checked by"), 5))
    return [Table(columns, tuple((cell(label(each)), ()) for each in TO_PREPARE))]


def _table(reader: RedactedReader, agreement: Agreement) -> list[Block]:
    seats = seats_at(reader, agreement)
    signed = any(who.role == SIGNS for who in seats.people.values())
    return drawn(room_of(seats, Wanted(SIGNING)), seats) if signed else []


# -- pages to sign --------------------------------------------------------------------------------


def _pages(reader: RedactedReader, request: Request) -> Paper:
    """Return a page for the copy of each party: that party comes first, on the left. Nothing of ours stands on it."""
    agreement = reader.get(Agreement, request.ids[0])
    parties = [party for party in reader.children(AgreementParty, agreement.id) if is_party(party)]
    by_id = {party.id: party for party in parties}
    made: list[Section] = []
    for _, order in seating.alternat([party.id for party in parties]):
        blocks: list[Block] = [
            Text((Para(_bare(name_of(agreement)), "lead"),)),
            *text(_done(reader, agreement)),
            Signatures(tuple(_signed_by(reader, agreement, by_id[id_]) for id_ in order), formal=True),
        ]
        made.append(Section(tuple(blocks), new_page=bool(made), together=True))
    found = paper(reader, request, PAGES, name_of(agreement), made, marked=agreement, titled=not made)
    return replace(found, bare=bool(made))


def _signed_by(reader: RedactedReader, agreement: Agreement, party: AgreementParty) -> SignedBy:
    people = [(who.bare, _bare(post)) for who, post in _signing_for(reader, agreement, party)]
    first, *others = people or [(NO_WORDS, NO_WORDS)]
    also = tuple(SignedBy(NO_WORDS, name, post) for name, post in others)
    name = combined(
        [_bare(party_name(reader, party))], lambda said, lang: tr("paper", "For {party}", lang, party=said[0])
    )
    return SignedBy(name, *first, also=also)


def _bare(words: Words) -> Words:
    """Return words that stand without a tag where nobody translated them: what is signed bears none."""
    lacking = {lang: words.said(lang, READ_IN.get()) for lang in LANGUAGES if words.is_missing(lang)}
    return replace(words, untranslated={**lacking, **words.untranslated})


def _signing_for(
    reader: RedactedReader, agreement: Agreement, party: AgreementParty
) -> list[tuple[Participant, Words]]:
    """Return who signs for a party, each with the post at signing; where nobody is named, who represents it."""
    named = signers(reader, agreement.id, party.id)
    people = [(who, post_at_signing(signing, who)) for signing, who in named if signs(signing)]
    if not people and (person := reader.one(Person, party.represented_by)):
        people = [(found := participant(reader, person), found.post)]
    return people


def _done(reader: RedactedReader, agreement: Agreement) -> Words:
    """Return one sentence: where and when, in how many originals, which texts are authentic.

    Lines to write on stand where place or day are not known.
    """
    meeting = reader.one(Meeting, agreement.signing_meeting)
    place = _place_of(reader, agreement, meeting)
    city = city_around(reader, place.id if place else None)
    hours = _hours(meeting)
    day = agreement.signed or (hours and hours.day) or planned_day(reader, agreement)
    date = of_date(day) if day is not None and day.precision == "day" else NO_WORDS
    blank = Words.plain("____________________")
    where, when_ = (each if not each.empty else blank for each in (place_name(city), date))

    def sentence(said: Sequence[str], lang: str) -> str:
        done = replace(DONE.get(agreement.type or "", DONE[""]), args={"place": said[0], "date": said[1]})
        parts = [done.say(lang), *said[2:]]
        return ("，".join(parts) + "。") if lang == "zh" else ", ".join(parts) + "."

    authentic = label(AUTHENTIC[code]) if (code := agreement.authentic_text or "") in AUTHENTIC else NO_WORDS
    return combined([_bare(each) for each in (where, when_, _originals(agreement), authentic)], sentence)


def _originals(agreement: Agreement) -> Words:
    """Return ``in three originals, each in English and Chinese``; recorded words as they are, with what they count."""
    counts = {lang: n for lang, n in (agreement.originals_by_language or {}).items() if n}
    if agreement.originals or len(set(counts.values())) != 1:
        recorded = of_text(originals_text(agreement))
        english = recorded.text.get("en") or ""
        said_of = f"in {_COUNTED.sub(_of_originals, english)}"
        return replace(recorded, text={**recorded.text, "en": said_of}) if english else recorded
    (n,) = set(counts.values())

    def said(lang: str) -> str:
        own_first = sorted(counts, key=lambda each: each != lang)
        *others, last = (code_label("languages", each, lang) for each in (own_first if lang == "zh" else counts))
        names = f"{'、'.join(others)}和{last}" if lang == "zh" and others else and_list([*others, last], lang)
        words: Sequence[str] = HAN_NUMERALS if lang == "zh" else NUMBERS if lang == "en" else ()
        number = words[n - 1] if n <= len(words) else str(n)
        if n == 1:
            return tr("paper", "in one original, in {languages}", lang, languages=names)
        return tr("paper", "in {number} originals, each in {languages}", lang, number=number, languages=names)

    return in_all(said)


def _of_originals(number: re.Match[str]) -> str:
    return f"{number[0].lower()} original" + ("" if number[0].lower() in ("one", "1") else "s")


DOCUMENTS = (
    Document(
        "mou_sheet", MOU_SHEET, _mou_sheet, kinds=("agreement",), order=50, editions=("delegation", "principal", "hosts"), pages=("A4", "large"),
        options=(
            Option("text", Message("paper setup", "Text of the agreement"), (
                ("no", Message("paper setup", "Without")),
                ("yes", Message("paper setup", "With the full text")),
            )),
        ),
    ),
    list_paper(
        "mou_register", REGISTER, Rows(_agreements, _register_columns), _reported, subject=_subject, kinds=("agreement", "ucap"), order=290, several=True,
        editions=("principal", "hosts"), layouts=("side-by-side", "stacked"), pages=("A4-landscape", "A3-landscape"),
    ),
    Document("signing_sheet", SIGNING_SHEET, _signing_sheet, kinds=("agreement",), order=270, pages=("A4", "large")),
    Document("signature_pages", PAGES, _pages, kinds=("agreement",), order=280, layouts=("side-by-side", "stacked")),
)  # fmt: skip
