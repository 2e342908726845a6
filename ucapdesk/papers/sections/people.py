"""The sections about people: lists of both sides, profiles, organisations, protocol, names and terms.

Packs and lists of their own print the same tables of people: the columns that lists may have, by organisation and party. Protocol notes are
forms of address, customs, dress, gifts, and topics to avoid. Names come with their pronunciation, beside the glossary terms in the
pack and room for notes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from ucapdesk.base.grouping import grouped
from ucapdesk.base.i18n import LANGUAGES, Message
from ucapdesk.briefing.blocks.content import Block, Cell, Group, Ruled, Section, Table
from ucapdesk.briefing.blocks.elements import NO_WORDS, Para, Words
from ucapdesk.model.kinds.paper_kinds import GlossaryTerm
from ucapdesk.model.kinds.people_kinds import Affiliation, Organisation, Person
from ucapdesk.model.kinds.visit_kinds import Gift, Meeting, Participation, TransportLeg
from ucapdesk.model.rules.sides import is_away, post_code
from ucapdesk.model.rules.status import is_called_off
from ucapdesk.papers.facts.participants import (
    Occasion,
    Participant,
    address,
    by_rank,
    has_chinese,
    main_post,
    organisation_name,
    participant,
    person_name,
    visit_of,
)
from ucapdesk.papers.facts.partner_sides import around, by_party, side_name
from ucapdesk.papers.facts.parts import (
    LOGO,
    ColumnOf,
    FactOf,
    bullets,
    cell,
    facts_of,
    field_label,
    headed,
    label,
    name_of,
    number_column,
    picture_cell,
    place_name,
    section,
    table_of,
    text,
    value_of,
)
from ucapdesk.papers.facts.visit_facts import VisitFacts, gift_line
from ucapdesk.papers.facts.wording import (
    bracketed,
    day_name,
    joined,
    joined_by,
    listed,
    moment,
    occurs,
    of_code,
    of_date,
    of_room,
    of_text,
    of_written,
    when,
)
from ucapdesk.papers.redacted_reader import RedactedReader

CHINESE_NAME_LACKING = Message("paper", "Chinese name to be confirmed")
PORTRAIT = (13.5, 18.0)  # Width and height of a portrait in a list, in mm
FUNCTION = "function"


def _name(who: Participant) -> Cell:
    paras = cell(who.name, role="lead")
    if has_chinese(who.name):
        return paras
    lacking = {lang: CHINESE_NAME_LACKING.say(lang) for lang in LANGUAGES}
    note = Words(lacking, {"en": "not_needed", "zh": "missing"}, who.name.where)
    known = replace(who.name, text={**who.name.text, "zh": None}, states={"zh": "same"})
    return Para(known, "lead"), Para(note, "note", close=True)


def _leg(field: str, reader: RedactedReader, who: Participant) -> Cell:
    leg = reader.one(TransportLeg, getattr(who.part, field) if who.part else None)
    if leg is None:
        return ()
    time = leg.when
    arrives = (time.end_date or time.date, time.end) if time else (None, None)
    leaves = (time.date, time.start) if time else (None, None)
    said = moment(*(arrives if field == "arrival" else leaves))
    return cell(Words.plain(leg.number) if leg.number else of_code("transport", leg.mode), said)


def diets_of(reader: RedactedReader, who: Participant) -> list[Words]:
    """Return somebody's diets: on this occasion, where none is said of it during the visit, else in general."""
    part, owner = who.part, reader.known((who.part and who.part.owner) or "")
    visit = visit_of(reader, owner) if isinstance(owner, Occasion) else None
    around = reader.children(Participation, visit.id) if visit else []
    same = (each for each in around if part and part.person and each.person == part.person)
    if said := next((each.diet for each in (part, *same) if each and each.diet), None):
        return [of_written(said)]
    return [of_code("dietary", code) for code in (who.person.diet if who.person else None) or ()]


def _diet(reader: RedactedReader, who: Participant) -> Cell:
    person = who.person
    note = of_text(person.diet_note) if person and person.diet_note else NO_WORDS
    paras = cell(*diets_of(reader, who), note, under="text")
    if person is not None and person.allergies:
        lead = field_label("person.allergies")
        paras = (*paras, Para(of_written(person.allergies), "warning", lead=lead, close=True))
    return paras


def columns_of(reader: RedactedReader) -> Mapping[str, ColumnOf]:
    def of_person(name: str) -> Callable[[Participant], Words]:
        return lambda who: value_of(reader, who.person, name) if who.person else NO_WORDS

    return {
        "portrait": ColumnOf(lambda who: picture_cell(reader.file(who.person.portrait) if who.person else None, *PORTRAIT, who.bare), 1.8, NO_WORDS),
        "name": ColumnOf(_name, 4.4, Message("paper", "Name")),
        "signer": ColumnOf(lambda who: cell(who.name, role="lead"), 6, Message("paper", "Name")),
        "post": ColumnOf(lambda who: who.post, 5.6, Message("paper", "Post")),
        "house": ColumnOf(lambda who: who.organisation, 5, Message("paper", "Organisation")),
        "function": ColumnOf(lambda who: cell(who.post, who.organisation, under="text"), 5.6, Message("paper", "Post and organisation")),
        "role": ColumnOf(lambda who: who.said_role, 4, Message("paper", "Role")),
        "country": ColumnOf(of_person("nationality"), 2.2, "person.nationality"),
        "languages": ColumnOf(of_person("spoken"), 2.6, "person.spoken"),
        "contact": ColumnOf(_ways, 5, Message("paper", "Contact")),
        "room": ColumnOf(lambda who: of_room(who.part.room) if who.part else None, 1.6, "participation.room"),
        "arrival": ColumnOf(partial(_leg, "arrival", reader), 3.6, Message("paper", "Arrival")),
        "departure": ColumnOf(partial(_leg, "departure", reader), 3.6, Message("paper", "Departure")),
        "diet": ColumnOf(partial(_diet, reader), 4, "person.diet"),
        "signature": ColumnOf(lambda _: (), 3.6, Message("paper", "Signature")),
        "present": ColumnOf(lambda _: (), 1.5, Message("paper", "Present")),
        "tick": ColumnOf(lambda _: (), 2.4, Message("paper", "Checked")),
    }  # fmt: skip


CONTACT = ("phone", "mobile", "email", "wechat", "whatsapp")


def _ways(who: Participant) -> Cell:
    known = [(name, value) for name in CONTACT if who.person and (value := getattr(who.person, name))]
    leads = {name: field_label(f"person.{name}") for name in CONTACT if name not in ("phone", "email")}
    return tuple(Para(Words.plain(value), lead=leads.get(name), close=n > 0) for n, (name, value) in enumerate(known))


_WRITTEN_ON = ("signature", "present", "tick")


def people_table(
    reader: RedactedReader,
    people: Sequence[Participant],
    names: Sequence[str],
    *,
    row_height: float = 0.0,
    blank: int = 0,
    by_house: bool = True,
    parties: Sequence[tuple[Words, Sequence[Participant]]] = (),
) -> list[Block]:
    """Return a table of people with the named columns.

    Args:
        reader: The workspace.
        people: In their order.
        names: Of the columns.
        row_height: The least height of a row, in mm.
        blank: Number of empty rows at the end.
        by_house: Whether those of an organisation may stand under its name, out of their order.
        parties: The same people under names, where there are several.
    """
    known = columns_of(reader)
    grouped = by_house and FUNCTION in names and _is_shorter(people)
    if grouped:
        known = {**known, FUNCTION: known["post"]}
    shown = [
        known[name]
        for name in names
        if name in _WRITTEN_ON or blank or any(known[name].cell(reader, each) for each in people)
    ]
    rows: list[tuple[Cell, ...] | Group] = []
    for party, members in parties if len(parties) > 1 else [(NO_WORDS, people)]:
        rows += [] if party.empty else [Group(party)]
        for house, some in _by_house(members) if grouped else [(NO_WORDS, members)]:
            rows += [] if house.empty else [Group(house, level=2)]
            rows += [((), *(each.cell(reader, who) for each in shown)) for who in some]
    rows += [((), *(() for _ in shown))] * blank
    heads = (each.column("") for each in shown)
    return [Table((number_column(1), *heads), tuple(rows), row_height=row_height)] if rows else []


def _is_shorter(people: Sequence[Participant]) -> bool:
    """Return whether people share organisations, so that naming each once saves lines."""
    houses = [str(who.organisation.text) for who in people if not who.organisation.empty]
    return len(set(houses)) < len(houses)


def _by_house(people: Sequence[Participant]) -> Iterator[tuple[Words, list[Participant]]]:
    """Yield people under their organisations, in the order in which the first of each comes; those without one apart from the others."""
    houses = grouped(((who.side, str(who.organisation.text)), who) for who in people)
    for n, some in enumerate(houses.values()):
        none = Words.plain("–") if n else NO_WORDS
        yield none if some[0].organisation.empty else some[0].organisation, some


def people_sections(
    reader: RedactedReader, record: Occasion, people: Sequence[Participant], names: Sequence[str]
) -> list[Section]:
    """Return a section for each side, named where there are several; its parties under each other, numbered through."""
    sides = around(reader, record)
    by_side = grouped((members[0].side, (name, members)) for name, members in by_party(reader, sides, people))
    made: list[Section] = []
    for code, parties in by_side.items():
        heading = side_name(sides, code) if len(by_side) > 1 else None
        everybody = [each for _, members in parties for each in members]
        made += section(people_table(reader, everybody, names, parties=parties), heading)
    return made


def contacts(reader: RedactedReader, people: Sequence[Participant]) -> list[Block]:
    return people_table(reader, people, ("name", "function", "contact"), by_house=False)


def members_of(reader: RedactedReader, house: str) -> list[Person]:
    return reader.all(Person, (post.owner for post in reader.linked(Affiliation, organisation=house)))


def in_order_of_posts(reader: RedactedReader, people: Iterable[Person]) -> list[Participant]:
    """Return people whom no list puts in order: by the rank of their posts, those of one rank by their names."""
    return by_rank([participant(reader, person) for person in sorted(people, key=lambda each: each.sort_en or "")])


LAST_MEETINGS = 3
LOGO_IN_LIST = (14.0, 12.0)  # Width and height of a logo in a list, in mm


# -- lists ----------------------------------------------------------------------------------------


def people_list(of: VisitFacts, people: Sequence[Participant]) -> list[Section]:
    """Return a side in order of protocol, in the same table as a list of its own, by party; for the own side also with languages.

    What somebody may not eat stands in the catering list alone.
    """
    names = ("portrait", "name", "function", "role", *(("languages",) if of.is_own else ()))
    return section(people_table(of.reader, people, names, parties=by_party(of.reader, of.sides, people)))


# -- profiles -------------------------------------------------------------------------------------


def profiles(of: VisitFacts) -> list[Section]:
    found: list[Section] = []
    written = [person.id for person in of.people if person.bio or person.bio_long]
    of.reader.read_linked(Participation, "pos", "person", written)
    for name in ("to_person", "from_person") if of.is_own else ():
        of.reader.read_linked(Gift, "sort_en", name, written)
    for person in of.people:
        bio = biography(person)
        if bio.empty:
            continue
        blocks: list[Block] = [*person_facts(of.reader, person), *text(bio)]
        blocks += bullets(_met(of, person), label(Message("paper", "Last meetings with us")))
        blocks += _remarks(of, person)
        found.append(Section(tuple(blocks), participant(of.reader, person).name, level=2, together=True))
    return headed(found)


def biography(person: Person) -> Words:
    return of_text(person.bio or person.bio_long)


def person_facts(reader: RedactedReader, person: Person, *more: FactOf) -> list[Block]:
    each, post = participant(reader, person), main_post(reader, person)
    return facts_of(
        reader, person,
        (Message("paper", "Post"), bracketed(each.post, of_date(post.dates)) if post else NO_WORDS),
        (Message("paper", "Organisation"), each.organisation), "pronunciation spoken", *more,
        picture=reader.file(person.portrait),
    )  # fmt: skip


def _met(of: VisitFacts, person: Person) -> list[Words]:
    parts = of.reader.linked(Participation, "pos", person=person.id)
    owners = dict.fromkeys(part.owner for part in parts if not is_away(part))
    held = [each for each in of.reader.all(Meeting, owners) if not is_called_off(each)]
    meetings = [each for each in held if each.when and each.when.day and each.when.day.bounds[1] < of.begins]
    meetings.sort(key=lambda meeting: meeting.when.sort_key if meeting.when else "", reverse=True)
    return [joined(name_of(each), when(each.when, zone=False, weekday=False)) for each in meetings[:LAST_MEETINGS]]


def _remarks(of: VisitFacts, person: Person) -> list[Block]:
    if not of.is_own:
        return []
    said = [gift_line(of.reader, gift) for gift in gifts_of(of.reader, person)]
    return [*bullets(said, label(Message("paper", "Gifts"))), *text(of_text(person.notes), field_label("person.notes"))]


def gifts_of(reader: RedactedReader, person: Person) -> list[Gift]:
    found = (reader.linked(Gift, "sort_en", **{name: person.id}) for name in ("to_person", "from_person"))
    return list({gift.id: gift for gifts in found for gift in gifts}.values())


# -- organisations --------------------------------------------------------------------------------


def organisations(of: VisitFacts) -> list[Section]:
    """Return the organisations that are described, each for itself; under them a table of the others. Those known by name only are
    left out.
    """
    told, takes_part = [each for each in of.organisations if each.description], Message("paper", "Takes part in")
    about = ((each, organisation_facts(of.reader, each, (takes_part, _takes_part(of, each)))) for each in told)
    found = [
        Section(tuple(facts), organisation_name(of.reader, each.id), level=2, together=True) for each, facts in about
    ]
    rest = organisations_table(
        of.reader, [each for each in of.organisations if each not in told], partial(_takes_part, of)
    )
    return [*headed(found), *section(rest)]


def _takes_part(of: VisitFacts, each: Organisation) -> Words:
    return listed(of_text(project.title) for project in of.projects if each.id in (project.organisations or ()))


def organisation_facts(reader: RedactedReader, house: Organisation, *more: FactOf) -> list[Block]:
    facts = facts_of(
        reader, house, "type place address", (Message("paper", "Contact"), reached_by(house)), *more,
        picture=reader.file(house.logo), size=LOGO,
    )  # fmt: skip
    return [*facts, *text(of_text(house.description))]


def organisations_table(
    reader: RedactedReader, houses: Sequence[Organisation], part: Callable[[Organisation], Words] = lambda _: NO_WORDS
) -> list[Block]:
    """Return the organisations of which more than the name is known, with address and numbers; ``part``: what each takes part in."""

    def reach(each: Organisation) -> Cell:
        projects = part(each)
        below = Para(projects, "note", lead=label(Message("paper", "Takes part in")), close=True)
        return (*cell(of_text(each.address)), *reached_by(each), *(() if projects.empty else (below,)))

    columns = (
        ColumnOf(lambda each: picture_cell(reader.file(each.logo), *LOGO_IN_LIST, organisation_name(reader, each.id)), 16, NO_WORDS),
        ColumnOf(lambda each: cell(organisation_name(reader, each.id), value_of(reader, each, "type"), role="lead"), 70, Message("paper", "Organisation")),
        ColumnOf(reach, 76, Message("paper", "Address and contact")),
    )  # fmt: skip
    return table_of(reader, [each for each in houses if reach(each)], columns)


def reached_by(house: Organisation) -> tuple[Para, ...]:
    known = [value for value in (house.phone, house.email, house.website) if value]
    return tuple(Para(Words.plain(value), close=n > 0) for n, value in enumerate(known))


ADVICE = (
    Message("paper", "Address people by title and family name, never by the first name."),
    Message("paper", "Chinese names have the family name first."),
    Message(
        "paper",
        "Give and take business cards with both hands, the text towards the receiver; read it before you put it away.",
    ),
    Message("paper", "Greet in order of rank; wait to be shown to your seat."),
    Message("paper", "At a banquet the host faces the door and the guest of honour sits at the host's right."),
    Message("paper", "The host proposes the first toast; answer it before the meal is half over."),
    Message("paper", "Gifts are given and received with both hands, and registered."),
)


def protocol(of: VisitFacts) -> list[Section]:
    columns = (
        ColumnOf(partial(bare_name, of), 50, Message("paper", "Name")),
        ColumnOf(lambda person: address(person, main_post(of.reader, person)), 50, "person.address_as"),
        ColumnOf("pronunciation", 40, Message("paper", "Pronunciation")),
    )
    blocks: list[Block] = [
        *table_of(of.reader, filter(partial(is_addressed, of), of.people), columns),
        *bullets(map(label, ADVICE), label(Message("paper", "Please note"))),
    ]
    blocks += bullets(_dress(of), label(Message("paper", "Dress")))
    blocks += bullets((gift_line(of.reader, gift) for gift in of.gifts), label(Message("paper", "Gifts")))
    return [Section((*blocks, *_taboos(of)))]


def is_addressed(of: VisitFacts, person: Person) -> bool:
    known = person.salutation or person.salutation_free or person.pronunciation
    return bool(known or post_code(main_post(of.reader, person)))


def bare_name(of: VisitFacts, person: Person) -> Cell:
    """Return a name in both scripts; where the Chinese one is not known, a remark says so."""
    name = person_name(person, salutation=False)
    if has_chinese(name) or len(of.request.languages) == 1 or "zh" not in of.request.languages:
        return (Para(name),)
    lacking = CHINESE_NAME_LACKING.say("zh")
    return (Para(replace(name, text={**name.text, "zh": lacking}, states={**name.states, "zh": ""})),)


def _dress(of: VisitFacts) -> Iterator[Words]:
    for day in of.days:
        own = day.record.dress if day.record else None
        others = [item for item in day.items if item.dress and item.dress != own]
        worn = [of_code("dress_code", own)] if own else []
        worn += [bracketed(of_code("dress_code", item.dress), name_of(item)) for item in others]
        if worn:
            yield joined(day_name(day.date), listed(worn))


def _taboos(of: VisitFacts) -> list[Block]:
    found = [bracketed(of_text(each.do_not_raise), name_of(each)) for each in of.meetings if each.do_not_raise]
    return text(joined_by("\n", *found), field_label("meeting.do_not_raise"), "warning")


def glossary(of: VisitFacts, said: Iterable[Words] = ()) -> list[Section]:
    """Return the terms that occur in the rest of the pack, then names of people and places.

    Args:
        of: What is known of the visit.
        said: Every text of the rest of the pack.
    """
    return section([*_terms(of, list(said)), *_people(of), *_places(of)])


def _terms(of: VisitFacts, said: Sequence[Words]) -> list[Block]:
    """Return the terms found in the texts of each language; a short Latin term only as a word of its own."""
    texts = {lang: "\n".join(words.text.get(lang) or "" for words in said).casefold() for lang in of.request.languages}
    found = [
        term
        for term in of.reader.linked(GlossaryTerm)
        if any(occurs(word.casefold(), texts.get(lang, "")) for lang, word in (term.term or {}).items() if word)
    ]
    columns = (
        ColumnOf("term", 80, Message("paper", "Term"), split=True),
        ColumnOf("note", 60, Message("paper", "Note"), role="note"),
    )
    return table_of(of.reader, found, columns, label(Message("paper", "Terms")))


def _people(of: VisitFacts) -> list[Block]:
    columns = (
        ColumnOf(partial(bare_name, of), 60, Message("paper", "Name"), split=True),
        ColumnOf("pronunciation", 50, Message("paper", "Pronunciation")),
    )
    told = of.has("protocol")
    people = [person for person in of.people if not (told and is_addressed(of, person))]
    people = [person for person in people if person.pronunciation or _compares(of)]
    return table_of(of.reader, people, columns, label(Message("paper", "Names of people")))


def _places(of: VisitFacts) -> list[Block]:
    columns = (
        ColumnOf(lambda place: (Para(place_name(place)),), 60, Message("paper", "Place"), split=True),
        ColumnOf("pinyin", 50, Message("paper", "Pinyin")),
    )
    places = [place for place in dict.fromkeys((*of.cities, *of.places)) if place.pinyin or _compares(of)]
    return table_of(of.reader, places, columns, label(Message("paper", "Names of places")))


def _compares(of: VisitFacts) -> bool:
    """Return whether a name stands in two languages; in one its list would tell nothing but how it sounds."""
    return len(of.request.languages) > 1


def notes(_: VisitFacts) -> list[Section]:
    return [Section((Ruled(),))]
