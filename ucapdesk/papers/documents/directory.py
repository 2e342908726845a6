"""The contact directory: contact data of everybody of a visit, a UCAP or an organisation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

from ucapdesk.base.i18n import Message
from ucapdesk.briefing.content import Block, Paper, Section
from ucapdesk.briefing.text_elements import NO_WORDS
from ucapdesk.model.codes import folded
from ucapdesk.model.kinds.meeting_kinds import Meeting
from ucapdesk.model.kinds.people_kinds import Affiliation, ContactRole, Organisation, Person
from ucapdesk.model.kinds.ucap_kinds import Ucap
from ucapdesk.model.kinds.visit_kinds import Visit
from ucapdesk.model.record import Record
from ucapdesk.papers.document import Document, Option
from ucapdesk.papers.occasions import people_of
from ucapdesk.papers.paper_parts import paper, section
from ucapdesk.papers.paper_sides import by_party, sides_of
from ucapdesk.papers.participants import Participant, by_rank, houses_of, participant
from ucapdesk.papers.people_lists import people_table
from ucapdesk.papers.record_parts import name_of
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.request import Request
from ucapdesk.papers.sections.people_section import houses_table

DIRECTORY = Message("document", "Contact directory")


def _make(reader: RedactedReader, request: Request) -> Paper:
    record = reader.subject(request.ids[0])
    people = _people_of(reader, record, request.ids)
    if request.options["order"] == "alphabet":
        made: list[Section] = section(
            contacts(reader, sorted(people, key=partial(_alphabetical, request.languages[0])))
        )
    else:
        people = by_rank(people) if request.options["order"] == "rank" else people
        parted = by_party(reader, sides_of(reader, record), people)
        made = []
        for name, members in parted:
            made += section(contacts(reader, members), name if len(parted) > 1 else None)
    made += section(houses_table(reader, houses_of(reader, people)), Message("paper", "Organisations"))
    title = name_of(record) if not isinstance(record, Person) else NO_WORDS
    return paper(reader, request, DIRECTORY, title, made, marked=record)


def _alphabetical(lang: str, who: Participant) -> str:
    """Return the sort key by family name, in Chinese by its sound."""
    said = (who.person.sort_zh if lang == "zh" else who.person.sort_en) if who.person else None
    return said or folded(who.bare.text.get(lang) or who.bare.text.get("en") or "")


def contacts(reader: RedactedReader, people: Sequence[Participant]) -> list[Block]:
    """Return name, post, and all contact data that may be printed."""
    return people_table(reader, people, ("name", "function", "contact"), by_house=False)


# -- of whom --------------------------------------------------------------------------------------


def _people_of(reader: RedactedReader, record: Record, ids: Sequence[str]) -> list[Participant]:
    """Return who is listed: for an occasion who takes part, for a UCAP its contacts, each on the side they stand for."""
    if isinstance(record, Visit | Meeting):
        return people_of(reader, record)
    if isinstance(record, Ucap):
        roles = [(reader.one(Person, role.person), role) for role in reader.children(ContactRole, record.id)]
        return [replace(participant(reader, person), side=role.side or "") for person, role in roles if person]
    if isinstance(record, Organisation):
        return in_order_of_posts(reader, members_of(reader, record.id))
    return [participant(reader, reader.get(Person, id_)) for id_ in ids]


def members_of(reader: RedactedReader, house: str) -> list[Person]:
    """Return the people who have a post at an organisation."""
    return reader.all(Person, (post.owner for post in reader.linked(Affiliation, organisation=house)))


def in_order_of_posts(reader: RedactedReader, people: Iterable[Person]) -> list[Participant]:
    """Return people whom no list puts in order: by the rank of their posts, those of one rank by their names."""
    return by_rank([participant(reader, person) for person in sorted(people, key=lambda each: each.sort_en or "")])


DOCUMENTS = (
    Document(
        "contact_directory", DIRECTORY, _make, kinds=("visit", "ucap", "meeting", "organisation", "person"), order=310, several=True, editions=("hosts", "delegation", "principal"),
        pages=("A4", "A5", "booklet", "A4-landscape"), layouts=("side-by-side", "stacked"),
        options=(
            Option("order", Message("paper setup", "Order"), (
                ("side", Message("paper setup", "By side, as in the list")),
                ("rank", Message("paper setup", "By side and rank")),
                ("alphabet", Message("paper setup", "By the alphabet")),
            )),
        ),
    ),
)  # fmt: skip
