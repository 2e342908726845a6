"""Papers for signing an agreement: the run of the ceremony with its table, and the pages to sign."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ucapdesk.base.i18n import LANGUAGES, Message, tr
from ucapdesk.briefing.content import Block, Cell, Paper, Section, Signatures, Table, Text
from ucapdesk.briefing.content import Signatory as SignedBy
from ucapdesk.briefing.text_elements import NO_WORDS, Para, Words
from ucapdesk.model.codes import code_label
from ucapdesk.model.kinds.agreement_kinds import Agreement, AgreementParty
from ucapdesk.model.kinds.meeting_kinds import Meeting
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.model.kinds.place_kinds import Place
from ucapdesk.model.rules import seating
from ucapdesk.model.rules.agreement_rules import HAN_NUMERALS, is_party, originals_text, signs
from ucapdesk.model.rules.sides import and_list
from ucapdesk.model.rules.status import is_called_off
from ucapdesk.model.values import When
from ucapdesk.papers.document import Document
from ucapdesk.papers.documents.mous import party_name, post_at_signing, signers
from ucapdesk.papers.occasion_seats import SIGNING, Wanted, room_of, seats_at
from ucapdesk.papers.occasions import points_of, venue_at
from ucapdesk.papers.paper_parts import bullets, cell, column, label, paper, section, text
from ucapdesk.papers.paper_sides import city_around
from ucapdesk.papers.paper_words import READ_IN, combined, in_all, listed, of_date, of_text, when
from ucapdesk.papers.participants import Participant, participant
from ucapdesk.papers.record_parts import ColumnOf, facts_of, name_of, place_name, table_of
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.request import Request
from ucapdesk.papers.rooms import drawn
from ucapdesk.papers.signing_table import SIGNS, planned_day

SHEET = Message("document", "Signing sheet")
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
DONE = {
    "mou": Message("agreement.mou_done", "Done at {place} on {date}"),
    "": Message("paper", "Done at {place} on {date}"),
}
"""The closing formula by type of agreement: Chinese names the document."""
AUTHENTIC = {
    "equal": Message("paper", "all texts being equally authentic"),
    "zh": Message("paper", "the Chinese text prevailing in case of divergence"),
    "en": Message("paper", "the English text prevailing in case of divergence"),
}
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_COUNTED = re.compile(rf"^(?:{'|'.join(NUMBERS)}|\d+)\b(?! (?:originals?|copies|copy)\b)", re.IGNORECASE)
"""A number of originals at the head of a text that does not say what it counts."""


def _sheet(reader: RedactedReader, request: Request) -> Paper:
    agreement = reader.get(Agreement, request.ids[0])
    made: list[Section] = []
    for head, blocks in sheet_parts(reader, agreement):
        made += section(blocks, head, together=head in (TABLE, PREPARE))
    dates = of_date(planned_day(reader, agreement) or agreement.signed)
    return paper(reader, request, SHEET, name_of(agreement), made, marked=agreement, dates=dates)


def sheet_parts(reader: RedactedReader, agreement: Agreement) -> list[tuple[Message | None, list[Block]]]:
    """Return the parts of a signing sheet, each with its heading; packs print the same."""
    meeting = reader.one(Meeting, agreement.signing_meeting)
    return [
        (None, _facts(reader, agreement, meeting)),
        (Message("paper", "Who signs"), _who(reader, agreement)),
        (Message("paper", "Run of the ceremony"), _ceremony(reader, agreement, meeting)),
        (TABLE, _table(reader, agreement)),
        (PREPARE, _prepared()),
    ]


def _place_of(reader: RedactedReader, agreement: Agreement, meeting: Meeting | None) -> Place | None:
    """Return where it is signed: as it says, else where the meeting is."""
    own = reader.one(Place, agreement.signing_place)
    return own or next(iter(reader.all(Place, venue_at(reader, meeting).places if meeting else ())), None)


def _hours(meeting: Meeting | None) -> When | None:
    """Return when it is signed by what the meeting says, unless that was called off."""
    return meeting.when if meeting and not is_called_off(meeting) else None


def _facts(reader: RedactedReader, agreement: Agreement, meeting: Meeting | None) -> list[Block]:
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
    """Return the checklist of preparations, with room for who checked each."""
    columns = (column(Message("paper", "What"), 10), column(Message("paper", "Checked by"), 5))
    return [Table(columns, tuple((cell(label(each)), ()) for each in TO_PREPARE))]


def _table(reader: RedactedReader, agreement: Agreement) -> list[Block]:
    """Return the table seen from above, as the plan of the meeting has it, with the people standing behind it."""
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
    """Return the block of a party: whoever signs for it; a blank line where nobody is named."""
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
    counts = {lang: n for lang in LANGUAGES if (n := getattr(agreement, f"originals_{lang}"))}
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
    Document("signing_sheet", SHEET, _sheet, kinds=("agreement",), order=270, pages=("A4", "large")),
    Document("signature_pages", PAGES, _pages, kinds=("agreement",), order=280, layouts=("side-by-side", "stacked")),
)
