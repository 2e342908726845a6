"""Papers of the programme alone: the whole itinerary, a sheet for each day, and a pocket card."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from ucapdesk.base.i18n import Message
from ucapdesk.briefing.content import Paper, Section
from ucapdesk.briefing.text_elements import Words
from ucapdesk.model.codes import folded
from ucapdesk.model.values.partial_date import EARLIEST_DAY, LATEST_DAY
from ucapdesk.papers.document import Document, Option
from ucapdesk.papers.occasions import rides, takes_part
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
        of.items = [item for item in of.items if takes_part(reader, item, who)]
        of.legs = [leg for leg in of.legs if rides(reader, leg, who)]
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
    first, last = map(date.fromisoformat, of.visit.dates.bounds if of.visit.dates else (LATEST_DAY, EARLIEST_DAY))
    between = [f"{first + timedelta(n)}" for n in range(min((last - first).days + 1, MAX_DAYS_OFFERED))]
    return sorted({*between, *(each.date for each in of.days if each.date)})


def _asked_for(of: VisitFacts, *, several: bool = True) -> list[Participant]:
    """Return the requested person, or each delegate; refuse somebody who does not take part, and an ambiguous name."""
    said = of.request.options["person"].strip()
    if said.casefold() == EACH and several and of.delegation:
        return of.delegation
    people = _people_in(of)
    if said in people:
        return [people[said]]
    found = [each for each in people.values() if _is_called(each, said)]
    if len(found) != 1:
        known = ", ".join(each.bare.text["en"] or "" for each in found or people.values())
        raise of.request.unknown(Message("choice", "person"), said, known or NOBODY.say().rstrip(".。"))
    return found


def _people_in(of: VisitFacts) -> dict[str, Participant]:
    """Return everybody who takes part, by id."""
    everybody = (*of.delegation, *of.hosts, *of.participants)
    return {each.person.id if each.person else each.id: each for each in everybody}


def _is_called(who: Participant, said: str) -> bool:
    wanted = folded(said)
    return any(wanted in folded(name) for name in who.bare.text.values() if name)


# -- declared -------------------------------------------------------------------------------------


def _days_offered(reader: RedactedReader, request: Request) -> Iterator[tuple[str, Words]]:
    yield "", label(Message("paper setup", "All days"))
    yield from ((each, day_name(each)) for each in _all_days(VisitFacts(reader, request, request.ids[0])))


def _people_offered(reader: RedactedReader, request: Request) -> Iterator[tuple[str, Words]]:
    of = VisitFacts(reader, request, request.ids[0])
    yield "", label(Message("paper setup", "Everybody"))
    if request.document == "itinerary" and of.delegation:
        yield EACH, label(Message("paper setup", "Each of the delegation, from a new page"))
    yield from ((id_, each.bare) for id_, each in _people_in(of).items())


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
