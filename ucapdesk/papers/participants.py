"""People as papers name them: name, post and organisation in every language, and those who take part in order of protocol."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ucapdesk.base.i18n import LANGUAGES, Message
from ucapdesk.briefing.text_elements import NO_WORDS, Words
from ucapdesk.model.kinds.people_kinds import Affiliation, Organisation, Person
from ucapdesk.model.kinds.visit_kinds import Participation, Visit
from ucapdesk.model.rules import delegation
from ucapdesk.model.text.format.names_in_words import say_person
from ucapdesk.model.text.format.salutations import say_address
from ucapdesk.model.values import Bilingual
from ucapdesk.papers.paper_words import READ_IN, combined, occurs, of_code, of_text, small_first
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.store.read.travelling_sides import travelling_side

_SIDES = {"A": 0, "B": 1}


@dataclass(frozen=True, slots=True)
class Participant:
    """A participant as papers name them.

    Attributes:
        id: Of the participation, or of the person where nobody wrote one down.
        name: With the form of address.
        bare: Without it, as on cards.
        post: In the main post.
        organisation: With those it is part of.
        side: A, B, or what else was said.
        role: A code of the list ``participation_role``.
        person: The record, where there is one.
        part: The participation, where there is one.
        rank: Sorts by rank, the highest first.
        at_home: Whether somebody receives: by their side, or by their role.
        principal: Whether somebody is the principal host of those told of.
    """

    id: str
    name: Words
    bare: Words
    post: Words = NO_WORDS
    organisation: Words = NO_WORDS
    side: str = ""
    role: str = ""
    person: Person | None = None
    part: Participation | None = None
    rank: tuple[int, ...] = ()
    at_home: bool = False
    principal: bool = False

    @property
    def said_role(self) -> Words:
        """The role in words; a host is no member of the delegation, and who signs for the hosts is the signatory."""
        if self.principal and self.role != "signatory":
            return of_code("participation_role", delegation.PRINCIPAL_HOST)
        if self.at_home and self.role == "delegate":
            return Words.label(Message("paper", "Member of the host side"))
        return of_code("participation_role", self.role or None)


def person_name(person: Person, *, salutation: bool = True) -> Words:
    """Return a name as each language writes it. Without a Chinese form that of the other language stands, and counts as missing."""
    phonetic, where = person.name_phonetic, say_person(person, salutation=False)
    text = {lang: say_person(person, lang, salutation=salutation) for lang in LANGUAGES}
    states = {lang: (phonetic.state(lang) if phonetic else "") for lang in LANGUAGES}
    states = {lang: state for lang, state in states.items() if state == "draft"}
    if person.name_han and str(person.name_han):
        states.pop("zh", None)
    elif not (phonetic and phonetic.get("zh")):
        return Words(text, states, where, {"zh": text.pop("zh")})
    return Words(text, states, where)


def free_name(text: Bilingual | None) -> Words:
    """Return the name of somebody who is not on record; a language without one uses another one's."""
    words = of_text(text)
    said = {lang: words.said(lang, READ_IN.get()) for lang in LANGUAGES}
    return Words(said, {"zh": "missing"} if not words.has("zh") else {}, said["en"])


def has_chinese(name: Words) -> bool:
    """Return whether a Chinese form of a name is known."""
    return "zh" not in name.untranslated and name.states.get("zh") != "missing"


def main_post(reader: RedactedReader, person: Person) -> Affiliation | None:
    """Return the post a person is named with today."""
    return reader.remembered(
        ("main post", person.id), lambda: delegation.main_post(reader.children(Affiliation, person.id), reader.today)
    )


def address(person: Person, post: Affiliation | None) -> Words:
    """Return the form of address, by title and family name."""
    name = person_name(person)
    text = {lang: say_address(person, delegation.post_code(post, lang), lang) for lang in LANGUAGES}
    return replace(name, text={lang: said for lang, said in text.items() if lang in name.text})


def houses_of(reader: RedactedReader, people: Iterable[Participant]) -> list[Organisation]:
    """Return the organisations that people have their main post at, in the order of the people."""
    posts = [main_post(reader, who.person) for who in people if who.person]
    return reader.all(Organisation, (post.organisation for post in posts if post))


def post_name(post: Affiliation | None) -> Words:
    """Return the title of a post, its own words before the standard ones."""
    if post is None:
        return NO_WORDS
    return of_text(post.post) if post.post else of_code("posts", post.post_code)


def house_name(organisation: Organisation | None) -> Words:
    """Return the name of an organisation by itself; of one that is known by less its short name, else its acronym."""
    if organisation is None:
        return NO_WORDS
    name = of_text(organisation.name) if organisation.name else of_text(organisation.short_name)
    return name if not name.empty else Words.plain(organisation.acronym or "")


def organisation_name(reader: RedactedReader, id_: str | None) -> Words:
    """Return an organisation with its parents, from the outside in; one that the name of a part of it tells is not told again."""
    parts = [house_name(each) for each in reader.upwards(Organisation, id_)][::-1]

    def say(said: Sequence[str], lang: str) -> str:
        told = [each for n, each in enumerate(said) if not any(occurs(each, inner) for inner in said[n + 1 :])]
        return ("" if lang == "zh" else ", ").join(told)

    return combined(parts, say)


def participant(reader: RedactedReader, person: Person, part: Participation | None = None) -> Participant:
    """Return somebody on record as a participant."""
    own = reader.remembered(("participant", person.id), lambda: _by_post(reader, person))
    if part is None:
        return own
    rank = delegation.standing(part.role, main_post(reader, person))
    return replace(own, id=part.id, side=part.side or "", role=part.role or "", part=part, rank=rank)


def _by_post(reader: RedactedReader, person: Person) -> Participant:
    post = main_post(reader, person)
    return Participant(
        id=person.id,
        name=person_name(person),
        bare=person_name(person, salutation=False),
        post=post_name(post),
        organisation=organisation_name(reader, post.organisation if post else None),
        person=person,
        rank=delegation.standing(None, post),
    )


def participants(reader: RedactedReader, owner: str, *, absent: bool = False) -> list[Participant]:
    """Return the participants of a visit, a meeting or a programme item, in the order of the list.

    Args:
        reader: The workspace.
        owner: The visit, the meeting or the point of the programme.
        absent: Also those who declined or do not come.
    """
    return list(reader.remembered(("participants", owner, absent), lambda: _participants(reader, owner, absent=absent)))


def _participants(reader: RedactedReader, owner: str, *, absent: bool) -> list[Participant]:
    found = []
    there = (each for each in reader.children(Participation, owner) if absent or not delegation.is_away(each))
    parts: list[Participation] = delegation.once(there)
    people = reader.all(Person, (part.person for part in parts))
    reader.read_children(Affiliation, [person.id for person in people])
    posts = [main_post(reader, person) for person in people]
    reader.all(Organisation, (post.organisation for post in posts if post))
    for part in parts:
        person = reader.one(Person, part.person)
        if person is not None:
            found.append(participant(reader, person, part))
        elif part.free_name:
            name, rank = free_name(part.free_name), delegation.standing(part.role, None)
            side, role = part.side or "", part.role or ""
            found.append(Participant(part.id, name, name, side=side, role=role, part=part, rank=rank))
    away = _travelling(reader, owner)
    return in_order(replace(each, at_home=delegation.group_of(each, away) == delegation.HOSTS) for each in found)


def _travelling(reader: RedactedReader, owner: str) -> str:
    """Return the code of the travelling side; empty where it is unknown."""
    record = reader.known(owner) or reader.desk.read.record(owner)
    id_ = owner if isinstance(record, Visit) else getattr(record, "visit", None) or getattr(record, "owner", None)
    visit = reader.aside.one(Visit, id_)
    return travelling_side(reader.desk, visit) if visit else ""


def in_order(people: Iterable[Participant]) -> list[Participant]:
    """Return people side by side, those of each in order of protocol; one of the hosts is the principal one."""
    there = list(people)
    first = delegation.principal_host(there)
    there = [each if each.principal == (each is first) else replace(each, principal=each is first) for each in there]
    return sorted(delegation.in_order(there), key=lambda each: _SIDES.get(each.side, len(_SIDES)))


def by_rank(people: Sequence[Participant]) -> list[Participant]:
    """Return people by role and by the rank of their posts."""
    return sorted(people, key=lambda each: each.rank)


def posted(who: Participant) -> Words:
    """Return post with organisation: ``Mayor, City of Liuzhou``; ``柳州市人民政府市长``."""
    return combined([who.post, who.organisation], small_first)


def titled(person: Participant) -> Words:
    """Return name with post and organisation: ``Mr WANG Wei, Mayor of Liuzhou``; ``柳州市市长王伟先生``."""
    return combined([person.name, person.post, person.organisation], small_first)
