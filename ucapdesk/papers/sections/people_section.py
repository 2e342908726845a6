"""The sections about people: the lists of both sides, profiles, organisations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from ucapdesk.base.i18n import Message
from ucapdesk.briefing.content import Block, Cell, Section
from ucapdesk.briefing.text_elements import NO_WORDS, Para, Words
from ucapdesk.model.kinds.meeting_kinds import Meeting
from ucapdesk.model.kinds.people_kinds import Organisation, Person
from ucapdesk.model.kinds.visit_kinds import Gift, Participation
from ucapdesk.model.rules.delegation import is_away
from ucapdesk.model.rules.status import is_called_off
from ucapdesk.papers.paper_parts import LOGO, bullets, cell, field_label, headed, label, section, text
from ucapdesk.papers.paper_sides import by_party
from ucapdesk.papers.paper_words import bracketed, joined, listed, of_date, of_text, when
from ucapdesk.papers.participants import Participant, main_post, organisation_name, participant
from ucapdesk.papers.people_lists import people_table
from ucapdesk.papers.record_parts import ColumnOf, Fact, facts_of, name_of, picture_cell, table_of, value_of
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.sections.common import gift_line
from ucapdesk.papers.visit_facts import VisitFacts

LAST_MEETINGS = 3
LOGO_IN_LIST = (14.0, 12.0)
"""Width and height of a logo in a list, in mm."""


# -- lists ----------------------------------------------------------------------------------------


def people_list(of: VisitFacts, people: Sequence[Participant]) -> list[Section]:
    """Return a side in order of protocol, in the same table as a list of its own, by party; for the own side also with languages.

    What somebody may not eat stands in the catering list alone.
    """
    names = ("portrait", "name", "function", "role", *(("languages",) if of.is_own else ()))
    return section(people_table(of.reader, people, names, parties=by_party(of.reader, of.sides, people)))


# -- profiles -------------------------------------------------------------------------------------


def profiles(of: VisitFacts) -> list[Section]:
    """Return half a page each for people with a written profile; the others stand in the lists."""
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
    """Return what is written of somebody, the short text before the long one."""
    return of_text(person.bio or person.bio_long)


def person_facts(reader: RedactedReader, person: Person, *more: Fact) -> list[Block]:
    """Return post, organisation, languages and pronunciation and what else is asked for, with the portrait beside them."""
    each, post = participant(reader, person), main_post(reader, person)
    return facts_of(
        reader, person,
        (Message("paper", "Post"), bracketed(each.post, of_date(post.dates)) if post else NO_WORDS),
        (Message("paper", "Organisation"), each.organisation), "pronunciation spoken", *more,
        picture=reader.file(person.portrait),
    )  # fmt: skip


def _met(of: VisitFacts, person: Person) -> list[Words]:
    """Return the last meetings before this visit that somebody attended."""
    parts = of.reader.linked(Participation, "pos", person=person.id)
    owners = dict.fromkeys(part.owner for part in parts if not is_away(part))
    held = [each for each in of.reader.all(Meeting, owners) if not is_called_off(each)]
    meetings = [each for each in held if each.when and each.when.day and each.when.day.bounds[1] < of.begins]
    meetings.sort(key=lambda meeting: meeting.when.sort_key if meeting.when else "", reverse=True)
    return [joined(name_of(each), when(each.when, zone=False, weekday=False)) for each in meetings[:LAST_MEETINGS]]


def _remarks(of: VisitFacts, person: Person) -> list[Block]:
    """Return gifts and notes, for readers who may see them."""
    if not of.is_own:
        return []
    said = [gift_line(of.reader, gift) for gift in gifts_of(of.reader, person)]
    return [*bullets(said, label(Message("paper", "Gifts"))), *text(of_text(person.notes), field_label("person.notes"))]


def gifts_of(reader: RedactedReader, person: Person) -> list[Gift]:
    """Return the gifts given to and received from somebody, each once."""
    found = (reader.linked(Gift, "sort_en", **{name: person.id}) for name in ("to_person", "from_person"))
    return list({gift.id: gift for gifts in found for gift in gifts}.values())


# -- organisations --------------------------------------------------------------------------------


def organisations(of: VisitFacts) -> list[Section]:
    """Return the organisations that are described, each for itself; under them a table of the others. Those known by name only are
    left out.
    """
    told, takes_part = [each for each in of.organisations if each.description], Message("paper", "Takes part in")
    about = ((each, house_facts(of.reader, each, (takes_part, _takes_part(of, each)))) for each in told)
    found = [
        Section(tuple(facts), organisation_name(of.reader, each.id), level=2, together=True) for each, facts in about
    ]
    rest = houses_table(of.reader, [each for each in of.organisations if each not in told], partial(_takes_part, of))
    return [*headed(found), *section(rest)]


def _takes_part(of: VisitFacts, each: Organisation) -> Words:
    """Return the projects an organisation takes part in."""
    return listed(of_text(project.title) for project in of.projects if each.id in (project.organisations or ()))


def house_facts(reader: RedactedReader, house: Organisation, *more: Fact) -> list[Block]:
    """Return what an organisation is, where and how it is reached, with its logo, then its description."""
    facts = facts_of(
        reader, house, "type place address", (Message("paper", "Contact"), reached_by(house)), *more,
        picture=reader.file(house.logo), size=LOGO,
    )  # fmt: skip
    return [*facts, *text(of_text(house.description))]


def houses_table(
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
    """Return the numbers and addresses of an organisation, a line each."""
    known = [value for value in (house.phone, house.email, house.website) if value]
    return tuple(Para(Words.plain(value), close=n > 0) for n, value in enumerate(known))
