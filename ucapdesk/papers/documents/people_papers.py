"""A brief to prepare for a meeting: everything known about a person, an organisation or a city, on one page where it fits.

For the own side only: it tells of gifts, diets and promises.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import filterfalse

from ucapdesk.base.i18n import Message
from ucapdesk.briefing.blocks.content import Block, Paper, Section, Timeline
from ucapdesk.briefing.blocks.elements import NO_WORDS, Words
from ucapdesk.model.kinds.agreement_kinds import Agreement, AgreementParty, Signatory
from ucapdesk.model.kinds.partnership_kinds import Place, Ucap, UcapPlace
from ucapdesk.model.kinds.people_kinds import Affiliation, ContactRole, Organisation, Person
from ucapdesk.model.kinds.visit_kinds import ActionItem, ItineraryItem, Meeting, MinuteEntry, Participation, Visit
from ucapdesk.model.record import Record
from ucapdesk.model.rules.sides import is_away
from ucapdesk.model.rules.status import is_called_off, is_open
from ucapdesk.papers.document import Document
from ucapdesk.papers.facts.participants import (
    declined,
    main_post,
    organisation_name,
    person_name,
    post_name,
)
from ucapdesk.papers.facts.parts import PORTRAIT, bullets, field_label, name_of, note, paper, section, text, texts_of
from ucapdesk.papers.facts.seats import planned_day
from ucapdesk.papers.facts.visit_facts import gift_line
from ucapdesk.papers.facts.wording import bracketed, combined, listed, of_code, of_date, of_text, small_first
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.request import PRINCIPAL, Request
from ucapdesk.papers.sections.cooperation import AGREED, MET, TEXTS, VISITED, Past, past, place_facts
from ucapdesk.papers.sections.meeting_parts import action_rows, action_table
from ucapdesk.papers.sections.people import (
    biography,
    contacts,
    gifts_of,
    in_order_of_posts,
    members_of,
    organisation_facts,
    person_facts,
)

BRIEF = Message("document", "Brief on a person, an organisation or a city")
PROFILES = {
    "person": Message("person.profile", "Profile"),
    "organisation": Message("organisation.profile", "Profile"),
    "place": Message("place.profile", "Profile"),
}
LATEST = 12  # Maximum number of events on a page; older ones are counted


def _brief(reader: RedactedReader, request: Request) -> Paper:
    record = reader.subject(request.ids[0])
    if isinstance(record, Person):
        made, title = _person(reader, record), person_name(record)
    elif isinstance(record, Organisation):
        made, title = _organisation(reader, record), organisation_name(reader, record.id)
    else:
        assert isinstance(record, Place), "asked for by its kind"
        made, title = _place(reader, record), of_text(record.name)
    return replace(paper(reader, request, PROFILES[type(record).__tablename__], title, made, marked=record), fit=1)


# -- what happened --------------------------------------------------------------------------------


def _events(reader: RedactedReader, records: Iterable[Record]) -> list[Section]:
    """Return visits, meetings and agreements: those planned, the next first, and those of the past, the latest first; older ones
    are counted.
    """
    now = reader.today.isoformat()
    known = {each.id: each for each in records if isinstance(each, Agreement) or not is_called_off(each)}
    once = sorted(known.values(), key=_hour)
    found = [event for record in once if (event := _event(reader, record))]
    found.sort(key=lambda each: each.days[0])
    planned = [each.event for each in found if each.planned or each.days[0] > now]
    done = [each.event for each in reversed(found) if not each.planned and each.days[0] <= now]
    coming: list[Block] = [Timeline(tuple(planned[:LATEST]))] if planned else []
    blocks: list[Block] = [Timeline(tuple(done[:LATEST]))] if done else []
    n = len(done) - LATEST
    if n > 0:
        blocks.append(note(Message("paper", "Earlier ones not shown: {n}", {"n": n})))
    return [*section(coming, Message("paper", "Planned")), *section(blocks, Message("paper", "Met and signed"))]


def _hour(record: Record) -> str:
    if isinstance(record, Meeting):
        return (record.when and record.when.start) or ":"
    return "" if isinstance(record, Visit) else "~"


def _event(reader: RedactedReader, record: Record) -> Past | None:
    if isinstance(record, Visit):
        return past(record.dates, Message("paper", "Visit"), of_text(record.title), VISITED, of_text(record.outcomes))
    if isinstance(record, Meeting):
        date = record.when.day if record.when else None
        return past(date, Message("paper", "Meeting"), name_of(record), MET, of_text(record.summary))
    if isinstance(record, Agreement):
        date, status = record.signed or planned_day(reader, record), of_code("agreement_status", record.status)
        event = past(date, Message("paper", "Agreement"), name_of(record), AGREED, status)
        return replace(event, planned=record.signed is None)
    return None


def _occasions(reader: RedactedReader, parts: Iterable[Participation]) -> list[Record]:
    """Return the occasions that people took part in; programme items stand for their visit."""
    found: list[Record] = []
    for part in filterfalse(is_away, parts):
        item = reader.one(ItineraryItem, part.owner)
        owner = item.owner if item else part.owner
        record = reader.one(Visit, owner) or reader.one(Meeting, owner)
        if record is not None:
            found.append(record)
    return found


# -- a person -------------------------------------------------------------------------------------


def _person(reader: RedactedReader, person: Person) -> list[Section]:
    parts = reader.linked(Participation, person=person.id)
    agreements = reader.all(Agreement, (each.owner for each in reader.linked(Signatory, person=person.id)))
    visits = reader.linked(Visit, "dates", head=person.id)
    chairs = [*reader.linked(Meeting, "when", chair_a=person.id), *reader.linked(Meeting, "when", chair_b=person.id)]
    chaired = (each for each in chairs if person.id not in declined(reader, each.id))
    said = [entry for entry in reader.linked(MinuteEntry, said_by=person.id) if entry.type == "commitment"]
    actions = [item for item in reader.linked(ActionItem, "due", person=person.id) if is_open(item)]
    return [
        *section(_about(reader, person)),
        *section(text(biography(person)), field_label("person.bio")),
        *_events(reader, [*_occasions(reader, parts), *visits, *chaired, *agreements]),
        *section(bullets(of_text(entry.text) for entry in said), Message("paper", "Promised")),
        *section(action_table(reader, action_rows(reader, actions)), Message("paper", "Open actions")),
        *section(_gifts(reader, person), Message("paper", "Gifts")),
        *section(_remarks(parts), Message("paper", "Remarks")),
    ]


def _about(reader: RedactedReader, person: Person) -> list[Block]:
    posts, main = reader.children(Affiliation, person.id), main_post(reader, person)
    earlier = [_post_line(reader, post) for post in posts if main and post.id != main.id]
    roles = [_contact(reader, role) for role in reader.linked(ContactRole, person=person.id)]
    return person_facts(
        reader, person,
        (Message("paper", "Other posts"), listed(earlier)), (Message("paper", "Contact for"), listed(roles)),
        "place nationality phone mobile email wechat contact_by diet diet_note",
        "allergies habits mobility clothing_size birthday",
    )  # fmt: skip


def _post_line(reader: RedactedReader, post: Affiliation) -> Words:
    known = [post_name(post), organisation_name(reader, post.organisation)]
    return bracketed(combined(known, small_first), of_date(post.dates))


def _contact(reader: RedactedReader, role: ContactRole) -> Words:
    ucap = reader.one(Ucap, role.owner)
    return bracketed(of_text(ucap.title) if ucap else NO_WORDS, of_code("contact_role", role.role))


def _gifts(reader: RedactedReader, person: Person) -> list[Block]:
    """Return the gifts given to and received from somebody with the days of the visit, so that nothing is given twice."""
    visits = [(gift, reader.one(Visit, gift.owner)) for gift in gifts_of(reader, person)]
    return bullets(
        bracketed(gift_line(reader, gift), of_date(visit.dates) if visit else NO_WORDS) for gift, visit in visits
    )


def _remarks(parts: Sequence[Participation]) -> list[Block]:
    return bullets({str(part.remarks): of_text(part.remarks) for part in parts if part.remarks}.values())


# -- an organisation, a city ----------------------------------------------------------------------


def _organisation(reader: RedactedReader, house: Organisation) -> list[Section]:
    people = members_of(reader, house.id)
    agreements = reader.all(Agreement, (each.owner for each in reader.linked(AgreementParty, organisation=house.id)))
    parts = [part for person in people for part in reader.linked(Participation, person=person.id)]
    actions = [item for item in reader.linked(ActionItem, "due", organisation=house.id) if is_open(item)]
    return [
        *section(organisation_facts(reader, house)),
        *_rest(reader, people, [*_occasions(reader, parts), *agreements], actions),
    ]


def _rest(
    reader: RedactedReader, people: Sequence[Person], events: Sequence[Record], actions: Sequence[ActionItem]
) -> list[Section]:
    return [
        *section(contacts(reader, in_order_of_posts(reader, people)), Message("paper", "People")),
        *_events(reader, events),
        *section(action_table(reader, action_rows(reader, actions)), Message("paper", "Open actions")),
    ]


def _place(reader: RedactedReader, place: Place) -> list[Section]:
    owners = (each.owner for each in reader.linked(UcapPlace, place=place.id))
    people = reader.linked(Person, place=place.id)
    visits = reader.linked(Visit, "dates", host_places=place.id)
    meetings = reader.linked(Meeting, "when", places=place.id)
    agreements = reader.linked(Agreement, signing_place=place.id)
    about = place_facts(
        reader, place, (Message("kind", "UCAPs"), listed(map(name_of, reader.all(Ucap, owners)))), "address phone",
        picture=reader.file(place.photo or place.logo), size=PORTRAIT,
    )  # fmt: skip
    return [*section([*about, *texts_of(place, TEXTS)]), *_rest(reader, people, [*visits, *meetings, *agreements], [])]


DOCUMENTS = (
    Document("person_brief", BRIEF, _brief, kinds=("person", "organisation", "place"), order=60, circle=PRINCIPAL, pages=("A4", "A5", "large")),
)  # fmt: skip
