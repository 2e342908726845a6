"""Papers of the programme alone: the whole itinerary, a sheet for each day, and a pocket card."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from ucapdesk.base.i18n import Message
from ucapdesk.briefing.content import Paper, Section
from ucapdesk.briefing.text_elements import Words
from ucapdesk.model.codes import folded
from ucapdesk.model.kinds.visit_kinds import LEADS, ItineraryItem, TransportLeg
from ucapdesk.model.rules.itinerary import Slot, apart
from ucapdesk.model.values import Bilingual
from ucapdesk.papers.document import Document, Option
from ucapdesk.papers.occasions import declined, is_named, people_of, there_at
from ucapdesk.papers.paper_parts import NO_PROGRAMME, NOBODY, label, paper, text
from ucapdesk.papers.paper_words import day_name, of_date, of_text
from ucapdesk.papers.participants import Participant, posted
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.request import Request
from ucapdesk.papers.sections.programme_section import days, programme
from ucapdesk.papers.visit_facts import VisitFacts

ITINERARY = Message("document", "Itinerary")
DAY_SHEET = Message("document", "Day sheet")
EACH = "each"
MAX_DAYS_OFFERED = 100
"""Maximum number of days of a visit that can be chosen one by one."""


def _itinerary(reader: RedactedReader, request: Request) -> Paper:
    """Return the programme of everybody; of one person, or of each delegate on a new page, where that was asked for."""
    if not request.options["person"].strip():
        of = of_days(reader, request)
        return _paper(of, ITINERARY, programme(of))
    made: list[Section] = []
    of = VisitFacts(reader, request, request.ids[0])
    for who in _asked_for(of):
        for each in programme(of_days(reader, request, who)):
            blocks = (*text(posted(who), role="note"), *each.blocks)
            made.append(replace(each, blocks=blocks, heading=who.name, new_page=bool(made)))
    return _paper(of, ITINERARY, made)


def _day_sheets(reader: RedactedReader, request: Request) -> Paper:
    """Return a page for each day, or for the requested one."""
    of = of_days(reader, request)
    made = [each for each in days(of) if each.blocks]
    visit = text(of.visit.title, role="lead")
    sheets = [
        replace(each, level=1, new_page=n > 0, together=True, blocks=(*(visit if n == 0 else ()), *each.blocks))
        for n, each in enumerate(made)
    ]
    return _paper(of, DAY_SHEET, sheets, titled=not sheets)


def _paper(of: VisitFacts, document: Message, made: Sequence[Section], *, titled: bool = True) -> Paper:
    visit = of.visit
    return paper(
        of.reader, of.request, document, of_text(visit.title), made, marked=visit, dates=of_date(visit.dates),
        titled=titled, lacking=NO_PROGRAMME,
    )  # fmt: skip


def of_days(reader: RedactedReader, request: Request, who: Participant | None = None) -> VisitFacts:
    """Return the facts of the visit; limited to one day, or to one person, where that was asked for."""
    of = VisitFacts(reader, request, request.ids[0])
    wanted = request.options["day"].strip()
    if who is None and request.options["person"].strip():
        (who,) = _asked_for(of, several=False)
    if who is not None:
        of.items = [item for item in of.items if takes_part(of, item, who)]
        of.legs = [leg for leg in of.legs if rides(of, leg, who)]
        dated = [each for each in of.days if each.date]
        busy = [n for n, each in enumerate(dated) if each.items or each.legs or each.arriving]
        there = dated[busy[0] : busy[-1] + 1] if busy else []  # before and after, somebody is not there
        of.days = [*there, *(each for each in of.days if not each.date)]
    if wanted:
        known = _all_days(of)
        if wanted not in known:
            raise request.unknown(Message("choice", "day"), wanted, ", ".join(known))
        of.days = [each for each in of.days if each.date == wanted]
    return of


def _all_days(of: VisitFacts) -> list[str]:
    """Return the days with any facts, and the empty days of the visit."""
    low, high = of.visit.dates.bounds if of.visit.dates else ("", "")
    try:
        first, last = date.fromisoformat(str(low)[:10]), date.fromisoformat(str(high)[:10])
    except ValueError:
        first, last = date.max, date.min
    between = [f"{first + timedelta(n)}" for n in range(min((last - first).days + 1, MAX_DAYS_OFFERED))]
    return sorted({*between, *(each.date for each in of.days if each.date)})


def _asked_for(of: VisitFacts, *, several: bool = True) -> list[Participant]:
    """Return the requested person, or each delegate; refuse somebody who does not take part, and an ambiguous name."""
    said = of.request.options["person"].strip()
    if said.casefold() == EACH and several and of.delegation:
        return of.delegation
    people = people_in(of)
    if said in people:
        return [people[said]]
    found = [each for each in people.values() if _is_called(each, said)]
    if len(found) != 1:
        known = ", ".join(each.bare.text["en"] or "" for each in found or people.values())
        known = known or NOBODY.say().rstrip(".。")
        raise of.request.unknown(Message("choice", "person"), said, known)
    return found


def people_in(of: VisitFacts) -> dict[str, Participant]:
    """Return everybody who takes part, by id."""
    everybody = (*of.delegation, *of.hosts, *of.participants)
    return {each.person.id if each.person else each.id: each for each in everybody}


def _is_called(who: Participant, said: str) -> bool:
    wanted = folded(said)
    return any(wanted in folded(name) for name in who.bare.text.values() if name)


def takes_part(of: VisitFacts, item: ItineraryItem, who: Participant) -> bool:
    """Return whether a point is for somebody: one with participants is for them and those who lead it alone, and none for who declined it."""
    id_ = who.person.id if who.person else ""
    people = people_of(of.reader, item) if is_named(of.reader, item) else ()
    if named := {each.person.id for each in people if each.person}:
        return id_ in named.union(getattr(item, field) for field in LEADS)
    if id_ in declined(of.reader, item.id) | declined(of.reader, item.meeting):
        return False
    leg = of.reader.one(TransportLeg, item.transport)
    return rides(of, leg, who) if leg else _is_there(of, item, who)


def rides(of: VisitFacts, leg: TransportLeg, who: Participant) -> bool:
    """Return whether somebody travels with it: transport assigned to others is not theirs."""
    named = {id_ for each in of.participants if each.part for id_ in (each.part.arrival, each.part.departure)}
    if leg.id not in named:
        return _is_there(of, leg, who) or _connects(of, leg, who)
    return who.part is not None and leg.id in (who.part.arrival, who.part.departure)


def _connects(of: VisitFacts, leg: TransportLeg, who: Participant) -> bool:
    """Return whether somebody goes on with it after their own departure, or came with it before their own arrival."""
    ends = (who.part.departure, who.part.arrival) if who.part else (None, None)
    departure, arrival = (of.reader.one(TransportLeg, id_) for id_ in ends)
    return any(one and other and _goes_on(of, one, other) for one, other in ((departure, leg), (leg, arrival)))


def _goes_on(of: VisitFacts, one: TransportLeg, other: TransportLeg) -> bool:
    """Return whether a journey begins, within a day, where another one ends."""
    there, here = one.arrives_at or Bilingual(), other.departs_from or Bilingual()
    first, second = (Slot(leg.id, of.reader.clocks.told(leg)) for leg in (one, other))
    if not (first.timed and second.timed and there.items() & here.items()):
        return False
    return timedelta() <= apart(first.ends, second.begins) <= timedelta(days=1)


def _is_there(of: VisitFacts, at: ItineraryItem | TransportLeg, who: Participant) -> bool:
    """Return whether somebody may be there: who is not listed may be."""

    def missing() -> set[str]:  # asked for each of the delegation
        there = {each.id for each in there_at(of.reader, of.participants, at)}
        return {each.id for each in of.participants} - there

    return who.id not in of.reader.remembered(("missing", at.id), missing)


# -- declared -------------------------------------------------------------------------------------


def _days_offered(reader: RedactedReader, request: Request) -> Iterator[tuple[str, Words]]:
    yield "", label(Message("paper setup", "All days"))
    yield from ((each, day_name(each)) for each in _all_days(VisitFacts(reader, request, request.ids[0])))


def _people_offered(reader: RedactedReader, request: Request) -> Iterator[tuple[str, Words]]:
    of = VisitFacts(reader, request, request.ids[0])
    yield "", label(Message("paper setup", "Everybody"))
    if request.document == "itinerary" and of.delegation:
        yield EACH, label(Message("paper setup", "Each of the delegation, from a new page"))
    yield from ((id_, each.bare) for id_, each in people_in(of).items())


WHICH = (
    Option("day", Message("paper setup", "Day"), offers=_days_offered),
    Option("person", Message("paper setup", "Person"), offers=_people_offered),
)
_EDITIONS = ("hosts", "delegation", "principal", "interpreters", "drivers", "media")

DOCUMENTS = (
    Document("itinerary", ITINERARY, _itinerary, kinds=("visit",), order=70, editions=_EDITIONS, pages=("A4", "A5", "booklet", "large"), options=WHICH),
    Document(
        "day_sheet", DAY_SHEET, _day_sheets, kinds=("visit",), order=80, editions=("delegation", "principal", "hosts", "interpreters", "drivers"),
        pages=("A4", "A5", "large"), options=WHICH,
    ),
)  # fmt: skip
