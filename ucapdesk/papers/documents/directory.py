"""The contact directory: contact data of everybody of a visit, a UCAP or an organisation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ucapdesk.base.i18n import Message
from ucapdesk.briefing.content import NO_WORDS, Block, Paper, Section
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
from ucapdesk.papers.paper_words import of_text
from ucapdesk.papers.participants import Participant, by_rank, main_post, participant
from ucapdesk.papers.people_lists import people_table
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.request import Request
from ucapdesk.papers.sections.people_section import houses_table

DIRECTORY = Message("document", "Contact directory")


def _make(reader: RedactedReader, request: Request) -> Paper:
    id_ = request.ids[0]
    kind = reader.desk.read.kind_of(id_) or ""
    record, people = _ASKED[kind](reader, request.ids)
    if request.option("order") == "alphabet":
        made: list[Section] = section(contacts(reader, sorted(people, key=_alphabetical(request.languages[0]))))
    else:
        people = by_rank(people) if request.option("order") == "rank" else people
        parted = by_party(reader, sides_of(reader, record), people)
        made = [
            each
            for name, members in parted
            for each in section(contacts(reader, members), name if len(parted) > 1 else None)
        ]
    made += section(_houses(reader, people), Message("paper", "Organisations"))
    title = (
        of_text(getattr(record, "title", None) or getattr(record, "name", None))
        if not isinstance(record, Person)
        else NO_WORDS
    )
    return paper(reader, request, DIRECTORY, title, made, marked=record)


def _alphabetical(lang: str) -> Callable[[Participant], str]:
    """Return the sort key by family name, in Chinese by its sound."""

    def key(who: Participant) -> str:
        said = (who.person.sort_zh if lang == "zh" else who.person.sort_en) if who.person else None
        return said or folded(who.bare.text.get(lang) or who.bare.text.get("en") or "")

    return key


def contacts(reader: RedactedReader, people: Sequence[Participant]) -> list[Block]:
    """Return name, post, and all contact data that may be printed."""
    return people_table(reader, people, ("name", "function", "contact"), by_house=False)


def _houses(reader: RedactedReader, people: Sequence[Participant]) -> list[Block]:
    """Return the organisations of these people with address and telephone, each once."""
    posts = [main_post(reader, who.person) for who in people if who.person]
    houses = reader.all(Organisation, dict.fromkeys(post.organisation for post in posts if post and post.organisation))
    return houses_table(reader, houses)


# -- of whom --------------------------------------------------------------------------------------

_Found = tuple[Record, list[Participant]]


def _of_visit(reader: RedactedReader, ids: Sequence[str]) -> _Found:
    visit = reader.get(Visit, ids[0])
    return visit, people_of(reader, visit)


def _of_meeting(reader: RedactedReader, ids: Sequence[str]) -> _Found:
    meeting = reader.get(Meeting, ids[0])
    return meeting, people_of(reader, meeting)


def _of_ucap(reader: RedactedReader, ids: Sequence[str]) -> _Found:
    """Return the contacts of a UCAP, each on the side they stand for."""
    ucap = reader.get(Ucap, ids[0])
    found = []
    for role in reader.children(ContactRole, ucap.id):
        person = reader.one(Person, role.person)
        if person is not None:
            found.append(_on_side(participant(reader, person), role.side or ""))
    return ucap, found


def _on_side(who: Participant, side: str) -> Participant:
    return Participant(who.id, who.name, who.bare, who.post, who.organisation, side, "", who.person, None, who.rank)


def _of_house(reader: RedactedReader, ids: Sequence[str]) -> _Found:
    house = reader.get(Organisation, ids[0])
    posts = reader.linked(Affiliation, organisation=house.id)
    people = reader.all(Person, dict.fromkeys(post.owner for post in posts if post.owner))
    return house, [participant(reader, person) for person in people]


def _of_people(reader: RedactedReader, ids: Sequence[str]) -> _Found:
    people = [reader.get(Person, id_) for id_ in ids]
    return people[0], [participant(reader, person) for person in people]


_ASKED: Mapping[str, Callable[[RedactedReader, Sequence[str]], _Found]] = {
    "visit": _of_visit, "meeting": _of_meeting, "ucap": _of_ucap, "organisation": _of_house, "person": _of_people,
}  # fmt: skip

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
