"""Who signs at an occasion: what its agreements say of signatories and assistants stands before the roles of participants."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ucapdesk.model.kinds.agreement_kinds import Agreement, AgreementParty, Signatory
from ucapdesk.model.kinds.meeting_kinds import Meeting
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.model.kinds.visit_kinds import ItineraryItem
from ucapdesk.model.rules.agreement_rules import is_party, is_signing_off
from ucapdesk.model.rules.sides import SIDES, Group, Sides
from ucapdesk.model.values import PartialDate
from ucapdesk.papers.occasions import Occasion
from ucapdesk.papers.paper_sides import city_of_house, group_in, sides_of
from ucapdesk.papers.participants import Participant, participant
from ucapdesk.papers.redacted_reader import RedactedReader

SIGNS, ASSISTS = "signatory", "assistant_signatory"
_ROLES = {"signatory": SIGNS, "assistant": ASSISTS, None: SIGNS}


@dataclass(frozen=True, slots=True)
class Signing:
    """The signatories and assistants that agreements name.

    Attributes:
        people: Signatories and their assistants, with these roles, by the side they sign for.
        signs_for: The side and the party each signs for: the id of a city, else of an organisation.
        parties: How many parties sign.
        sides: The sides of the agreement, where it is one.
    """

    people: tuple[Participant, ...] = ()
    signs_for: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    parties: int = 0
    sides: Sides | None = None

    def told_by(self, sides: Sides) -> tuple[Sides, dict[str, Group]]:
        """Return sides, and the group of each who signs among those of them: those of an occasion, so that everybody has one mark in
        all its papers; of the agreement where these do not know all who sign.
        """
        known, wanted = {"", *(each.id for each in sides.parties)}, {party for _, party in self.signs_for.values()}
        if self.sides and self.sides.several and not wanted <= known:
            sides = self.sides
        return sides, {id_: group_in(sides.groups, side, party) for id_, (side, party) in self.signs_for.items()}

    def among(self, others: Sequence[Participant]) -> list[Participant]:
        """Return participants with those who sign: somebody else of a party for which one is named does not sign."""
        known = {each.person.id: each for each in self.people if each.person}
        sides = {each.side for each in self.people if each.role == SIGNS}
        found = []
        for who in others:
            said = known.pop(who.person.id, None) if who.person else None
            if said is not None:
                found.append(replace(who, role=said.role, side=said.side))
            else:
                found.append(replace(who, role="delegate") if who.role == SIGNS and who.side in sides else who)
        return [*known.values(), *found]


def planned_day(reader: RedactedReader, agreement: Agreement) -> PartialDate | None:
    """Return the day on which an agreement is to be signed; none where that is the day of a signing that was called off."""
    off = is_signing_off(agreement, reader.one(Meeting, agreement.signing_meeting))
    return None if off else agreement.signing_planned


def signed_at(reader: RedactedReader, record: Occasion) -> list[Agreement]:
    """Return the agreements that are signed at a meeting, or at the one that an item of the programme is."""
    meeting = (
        record.id if isinstance(record, Meeting) else record.meeting if isinstance(record, ItineraryItem) else None
    )
    return reader.linked(Agreement, signing_meeting=meeting) if meeting else []


def signing_of(reader: RedactedReader, agreements: Iterable[Agreement]) -> Signing:
    """Return who signs some agreements."""
    people: dict[str, Participant] = {}
    signs_for: dict[str, tuple[str, str]] = {}
    most = 0
    signed = list(agreements)
    for agreement in signed:
        sides = sides_of(reader, agreement)
        parties = {each.id: each for each in reader.children(AgreementParty, agreement.id)}
        most = max(most, sum(is_party(each) for each in parties.values()))
        for signing in reader.children(Signatory, agreement.id):
            party, person = parties.get(signing.party or ""), reader.one(Person, signing.person)
            role = _ROLES.get(signing.role)
            if person is None or party is None or role is None or person.id in people:
                continue
            people[person.id] = replace(participant(reader, person), role=role, side=party.side or "")
            if party.side in SIDES:
                signs_for[person.id] = party.side, _signs_for(reader, sides, party)
    alone = sides_of(reader, signed[0]) if len(signed) == 1 else None
    return Signing(tuple(people.values()), signs_for, most, alone)


def _signs_for(reader: RedactedReader, sides: Sides, party: AgreementParty) -> str:
    """Return the id of the city a party of an agreement stands for, else of its organisation."""
    ids = {each.id for each in sides.parties}
    city = city_of_house(reader, party.organisation, ids)
    return city.id if city and city.id in ids else party.organisation or ""
