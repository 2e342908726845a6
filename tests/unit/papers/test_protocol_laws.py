"""Laws of protocol over any delegation of two or three parties: nobody without seat or name, no vehicle that nobody recorded, one
block to sign for each party, its own first in its copy.
"""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.unit.papers.printed import blocks
from ucapdesk.briefing.blocks.content import Paper, Signatures
from ucapdesk.briefing.blocks.elements import Plan, Words
from ucapdesk.model.kinds.agreement_kinds import Agreement, AgreementParty, Signatory
from ucapdesk.model.kinds.partnership_kinds import Place
from ucapdesk.model.kinds.people_kinds import Affiliation, Organisation, Person
from ucapdesk.model.kinds.visit_kinds import Meeting, Participation, TransportLeg, Visit
from ucapdesk.model.values import Bilingual, PersonName
from ucapdesk.papers import printing as papers
from ucapdesk.papers.documents.card_papers import PROPOSED
from ucapdesk.papers.facts.seats import ROOMS
from ucapdesk.services import Desk

ROLES = ("delegate", "delegate", "interpreter", "note_taker", "escort", "signatory", "press")
CITIES = (("Zhengzhou", "A"), ("Łódź", "B"), ("Thessaloniki", "B"))


@dataclass(frozen=True)
class Story:
    """People of each party by their roles, vehicles by their seats, and how many sign for each party."""

    people: tuple[tuple[str, ...], ...]
    vehicles: tuple[tuple[str, int], ...]
    signing: tuple[int, ...]


party = st.lists(st.sampled_from(ROLES), max_size=6).map(lambda others: ("delegate", *others))
vehicles = st.lists(
    st.tuples(st.sampled_from(["car", "van", "coach"]), st.sampled_from([3, 4, 6, 29])), max_size=3
).map(tuple)
stories = st.integers(2, 3).flatmap(
    lambda n: st.builds(
        Story,
        st.tuples(*[party] * n),
        vehicles,
        st.tuples(*[st.integers(0, 2)] * n),
    )
)
few = settings(max_examples=8, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))


@dataclass(frozen=True)
class Told:
    """A story told in records: ids, and the names of who takes part."""

    visit: str
    agreement: str
    parties: list[str]
    seated: set[str]
    signing: list[list[str]]
    plates: set[str]


def tell(desk: Desk, story: Story) -> Told:
    """Write a story into the workspace, beside those before it."""
    number = len(desk.read.ids(Visit))
    with desk.save(["sample.make", {}]) as work:
        visit = work.new(Visit, title=Bilingual(en="Visit"), travelling_side="B")
        meeting = work.new(Meeting, title=Bilingual(en="Signing"), visit=visit.id, type="signing")
        agreement = work.new(Agreement, title=Bilingual(en="MoU"), type="mou", signing_meeting=meeting.id)
        seated, signing, parties = set(), [], []
        for (city, side), roles, signs in zip(CITIES, story.people, story.signing, strict=False):
            place = work.new(Place, name=Bilingual(en=f"{city} {number}"))
            house = work.new(Organisation, name=Bilingual(en=f"City of {city} {number}"), place=place.id)
            named = []
            for n, role in enumerate(roles):
                name = f"{city}{number}x{n}"
                person = work.new(Person, name=PersonName(name, "P.", "given_first"))
                work.new(Affiliation, owner=person.id, organisation=house.id, main=True)
                for owner in (visit.id, meeting.id):
                    work.new(Participation, owner=owner, person=person.id, side=side, role=role)
                named.append((person.id, name))
                if role != "press":
                    seated.add(name)
            record = work.new(AgreementParty, owner=agreement.id, organisation=house.id, side=side, role="party")
            parties.append(f"City of {city} {number}")
            own = named[: min(signs, len(named))]
            for person_id, _ in own:
                work.new(Signatory, owner=agreement.id, party=record.id, person=person_id, role="signatory")
            signing.append([name for _, name in own])
        plates = set()
        for n, (mode, seats) in enumerate(story.vehicles):
            plates.add(f"豫A·{number:03}{n}")
            work.new(TransportLeg, owner=visit.id, mode=mode, seats=seats, number=f"豫A·{number:03}{n}")
        ids = visit.id, agreement.id
    return Told(*ids, parties, seated, signing, plates)


def plan(desk: Desk, told: Told, room: str) -> Paper:
    return papers.paper(desk, [told.visit], document="seating_plan", options={"room": room})


def english(words: Words | None) -> str:
    return (words.text.get("en") or "") if words is not None else ""


def family(name: str) -> str:
    return name.rsplit(maxsplit=1)[-1]


@few
@given(story=stories)
def test_in_every_room_everybody_sits_once_under_a_name_or_is_named_below_the_plan(own: Desk, story: Story) -> None:
    told = tell(own, story)
    for room in ROOMS:
        paper = plan(own, told, room)
        seats = [seat for each in blocks(paper, Plan) for seat in each.seats]
        assert all(english(seat.name) for seat in seats), f"{room}: a seat without a name"
        sitting = [family(english(seat.name)) for seat in seats]
        below = [family(english(words)) for words in _listed(paper)]
        assert len(sitting) == len(set(sitting)), f"{room}: somebody sits twice"
        assert not set(sitting) & set(below)
        wanted = told.seated | (_photographers(story, told) if room == "cars" else set())
        assert {each.casefold() for each in (*sitting, *below)} == {each.casefold() for each in wanted}, room
        assert len({seat.number for seat in seats}) == len(seats)


def _photographers(story: Story, told: Told) -> set[str]:
    """Who rides along without a seat elsewhere."""
    number = told.parties[0].split()[-1]
    return {
        f"{city}{number}x{n}"
        for (city, _), roles in zip(CITIES, story.people, strict=False)
        for n, role in enumerate(roles)
        if role == "press"
    }


def _listed(paper: Paper) -> list[Words]:
    from ucapdesk.briefing.blocks.content import Text

    heads = ("No seat in the recorded vehicles", "Without a seat of their own here")
    return [para.words for text in blocks(paper, Text) if english(text.label) in heads for para in text.paras]


@few
@given(story=stories)
def test_nobody_rides_in_a_vehicle_that_nobody_recorded_and_none_takes_more_than_its_seats(
    own: Desk, story: Story
) -> None:
    told = tell(own, story)
    paper = plan(own, told, "cars")
    drawn = blocks(paper, Plan)
    if not told.plates:
        assert {english(each.label) for each in drawn} <= {PROPOSED.say("en")}, "what is proposed is said to be"
        return
    cars = [thing for each in drawn for thing in each.things if thing.kind == "car"]
    said = {english(thing.label).partition(" · ")[2] for thing in cars}
    assert said <= told.plates
    seats = [seat for each in drawn for seat in each.seats]
    sizes = sorted((size for _, size in story.vehicles), key=lambda size: size > 4)
    for n, size in enumerate(sizes, 1):
        aboard = [seat for seat in seats if seat.number.startswith((f"{n}-", *(f"{n}{letter}" for letter in "abcd")))]
        assert len(aboard) <= size
    if any(seat.number.endswith("d") for seat in seats):
        taken = sum(min(size, 3) if size <= 4 else size for size in sizes)
        assert len(seats) > taken, "the middle is empty while there is room"
    if sizes[0] <= 4:
        first = next(seat for seat in seats if seat.number == "1a")
        guests = {f"{city}{told.parties[0].split()[-1]}" for city, side in CITIES if side == "B"}
        assert family(english(first.name)).casefold().rpartition("x")[0] in {each.casefold() for each in guests}


@few
@given(story=stories)
def test_each_party_has_one_block_to_sign_and_is_first_in_its_own_copy(own: Desk, story: Story) -> None:
    told = tell(own, story)
    paper = papers.paper(own, [told.agreement], document="signature_pages")
    copies = blocks(paper, Signatures)
    assert len(copies) == len(told.parties)
    for n, copy in enumerate(copies):
        order = [english(block.party).removeprefix("For ") for block in copy.parties]
        assert order == [told.parties[n], *(each for each in told.parties if each != told.parties[n])], "the alternat"
        for block in copy.parties:
            wanted = told.signing[told.parties.index(english(block.party).removeprefix("For "))]
            names = [english(who.name) for who in (block, *block.also)]
            assert [family(name).casefold() for name in names if name] == [name.casefold() for name in wanted]
    assert paper.bare, "nothing of ours stands on a page to sign"
    minutes = papers.paper(
        own, [_meeting(own, told)], document="minutes", options={"form": "minutes"}, edition="delegation"
    )
    (signed,) = blocks(minutes, Signatures)
    assert len(signed.parties) == len(told.parties), "one block for each party"
    assert len({english(block.party) for block in signed.parties}) == len(told.parties)


def _meeting(desk: Desk, told: Told) -> str:
    (found,) = desk.read.ids(Meeting, where={"visit": told.visit})
    return found
