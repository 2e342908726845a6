"""Papers of the programme alone: the whole itinerary, a sheet for each day, and a card for the pocket.

The pocket card has times, places, people, numbers and a few phrases, each once, with what is said of them in both languages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import zip_longest

from ucapdesk.base.i18n import Message
from ucapdesk.base.pinyin import toned
from ucapdesk.briefing.blocks.content import Paper, Section
from ucapdesk.briefing.blocks.elements import CARD_FORMS, BoardCard, CardLine, Cards, Face, Words
from ucapdesk.briefing.text.characters import is_wide
from ucapdesk.model.codes import folded
from ucapdesk.model.kinds.visit_kinds import ItineraryItem
from ucapdesk.model.rules.itinerary import Slot, in_order
from ucapdesk.model.values import When
from ucapdesk.model.values.partial_date import EARLIEST_DAY, LATEST_DAY
from ucapdesk.papers.document import Document, Option
from ucapdesk.papers.facts.participants import Participant, posted, rides, takes_part
from ucapdesk.papers.facts.parts import NO_PROGRAMME, NOBODY, label, name_of, paper, place_name, section, text
from ucapdesk.papers.facts.visit_facts import Day, VisitFacts, numbers_to_call, of_group
from ucapdesk.papers.facts.wording import (
    colon,
    combined,
    day_name,
    hours,
    joined_by,
    of_code,
    of_date,
    of_room,
    of_text,
)
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.request import Request
from ucapdesk.papers.sections.programme import Thing, days, leg_words, programme, things_of

ITINERARY = Message("document", "Itinerary")
DAY_SHEET = Message("document", "Day sheet")
EACH = "each"
MAX_DAYS_OFFERED = 100  # Maximum number of days of a visit that can be chosen one by one


def _itinerary(reader: RedactedReader, request: Request) -> Paper:
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
    first, last = map(date.fromisoformat, of.visit.dates.bounds if of.visit.dates else (LATEST_DAY, EARLIEST_DAY))
    between = [f"{first + timedelta(n)}" for n in range(min((last - first).days + 1, MAX_DAYS_OFFERED))]
    return sorted({*between, *(each.date for each in of.days if each.date)})


def _asked_for(of: VisitFacts, *, several: bool = True) -> list[Participant]:
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


POCKET = Message("document", "Pocket card")
MOST_POINTS = 7  # Points of the programme on a face, in two languages
MOST_PEOPLE = 6
ROOM_A_FACE = 760  # Amount of text that fits on a face in a type that can be read; Han characters count twice
PHRASES = (
    Message("paper", "Good day"),
    Message("paper", "Thank you"),
    Message("paper", "I am very glad to meet you."),
    Message("paper", "To our cooperation!"),
    Message("paper", "Goodbye"),
)
_CHINESE = "zh"
Parts = tuple[tuple[str, str], ...]
_SHORTEST = 24


def _pocket(reader: RedactedReader, request: Request) -> Paper:
    of = of_days(reader, request)
    form = request.options["card"]
    faces = list(_faces(of))
    if form == "pocket-a6":
        cards = tuple(BoardCard(front, back) for front, back in zip_longest(faces[::2], faces[1::2]))
    else:
        cards = tuple(BoardCard(face) for face in faces)
    return paper(
        reader, request, POCKET, of_text(of.visit.title), section([Cards(cards, CARD_FORMS[form])]), marked=of.visit,
        titled=False,
    )  # fmt: skip


def _faces(of: VisitFacts) -> Iterator[Face]:
    most = MOST_POINTS * 2 // len(of.request.languages)
    yield _face(_first(of))
    for each in of.days:
        for some in _filling(_points(of, each), most, of.request.languages):
            yield _face([CardLine(day_name(each.date), 9, bold=True), *some])
    known = (who for who in of.hosts if who.person or who in of.participants)  # not the audience of a forum
    yield from map(_face, _filling(map(_person, known), MOST_PEOPLE, of.request.languages))
    yield _face(_phrases(of.request.languages))


def _face(lines: Iterable[CardLine]) -> Face:
    return Face(tuple(line for line in lines if not line.words.empty), align="left")


def _filling(groups: Iterable[list[CardLine]], most: int, languages: Sequence[str]) -> Iterator[list[CardLine]]:
    """Yield the lines of so many groups at a time, of fewer where their texts are long."""
    some: list[list[CardLine]] = []
    room = 0
    for group in groups:
        size = sum(_size(line, languages) for line in group)
        if some and (len(some) == most or room + size > ROOM_A_FACE):
            yield [line for each in some for line in each]
            some, room = [], 0
        some.append(group)
        room += size
    if some:
        yield [line for each in some for line in each]


def _size(line: CardLine, languages: Sequence[str]) -> int:
    """Return how many letters a line shows; Han characters count twice, and a line is never less than a third of one."""
    shown = {line.words.text.get(lang) or "" for lang in ([line.only] if line.only else languages)}
    return sum(max(_SHORTEST, len(text) + sum(is_wide(c) for c in text)) for text in shown if text)


def _first(of: VisitFacts) -> Iterator[CardLine]:
    yield CardLine(of_text(of.visit.title), 13, bold=True)
    yield CardLine(of_date(of.visit.dates), 9, before=2)
    numbers = [*numbers_to_call(of), *_emergency(of)]
    if numbers:
        yield CardLine(label(Message("paper", "In case of need")), 8, bold=True, before=4)
        yield from (CardLine(each, 8, before=0.6) for each in numbers)


def _emergency(of: VisitFacts) -> Iterator[Words]:
    for country in of.countries:
        if country.emergency:
            yield joined_by("  ", of_text(country.name), Words.plain(country.emergency))


def _points(of: VisitFacts, each: Day) -> Iterator[list[CardLine]]:
    """Yield the lines of each point and each ride of a day, with those that left on an earlier day and arrive on it, in the order in
    which they happen; without an hour first, as in the programme.
    """
    things: dict[str, Thing] = {thing.id: thing for thing in (*each.arriving, *things_of(each))}
    for slot in in_order(Slot(id_, _moment(thing, each)) for id_, thing in things.items()):
        thing = things[slot.id]
        what, place = (_named(thing), _place(of, thing)) if isinstance(thing, ItineraryItem) else (leg_words(thing), ())
        what = joined_by("  ", of_code("itinerary_kind", "arrival"), what) if thing in each.arriving else what
        yield _point(of, hours(slot.when, each.zone), what, place)


def _moment(thing: Thing, day: Day) -> When | None:
    """Return when something begins; of what left on an earlier day, when it arrives."""
    time = thing.when
    if time and thing in day.arriving:
        return When(time.end_date, time.end, tz=time.end_tz or time.tz)
    return replace(time, end=None, end_date=None, end_tz=None) if time else None


def _point(of: VisitFacts, time: Words, what: Words, place: Parts) -> list[CardLine]:
    """Return the time with the first language, what is said in the second one, and the place for guests and drivers."""
    first, *others = of.request.languages
    lines = [CardLine(joined_by("  ", time, what), 8, bold=True, only=first, before=1.2)]
    lines += [CardLine(what, 8, only=lang) for lang in others if what.has(lang)]
    return [*lines, CardLine(Words.plain("".join(text for text, _ in place)), 7, quiet=True, parts=place)]


def _named(item: ItineraryItem) -> Words:
    group = of_group(item)
    return combined([group, name_of(item)], colon) if group else name_of(item)


def _place(of: VisitFacts, item: ItineraryItem) -> Parts:
    """Return where it is, in all languages of the card on one line, each part with its language."""
    place = of.place_of(item)
    parts: list[tuple[str, str]] = []
    for name in (place_name(place) if place else of_text(item.address), of_room(item.room)):
        between = " · " if parts else ""
        for shown in name.shown_in(of.request.languages, of.request.languages):
            parts.append((between + shown.text, shown.language))
            between = " "
    return tuple(parts)


def _person(who: Participant) -> list[CardLine]:
    said = [CardLine(words, 7, quiet=True) for words in (who.post, who.organisation)]
    return [CardLine(who.name, 9, bold=True, before=2.0), *said]


def _phrases(languages: Sequence[str]) -> Iterator[CardLine]:
    for n, each in enumerate(PHRASES):
        words, before = label(each), 2.5 if n else 0.0
        if _CHINESE in languages:
            yield CardLine(words, 10, bold=True, only=_CHINESE, before=before)
            yield CardLine(Words.plain(toned(each.say(_CHINESE))), 9)
            before = 0.0
        yield from (CardLine(words, 8, quiet=True, only=lang, before=before) for lang in languages if lang != _CHINESE)


DOCUMENTS = (
    Document("itinerary", ITINERARY, _itinerary, kinds=("visit",), order=70, editions=_EDITIONS, pages=("A4", "A5", "booklet", "large"), options=WHICH),
    Document(
        "day_sheet", DAY_SHEET, _day_sheets, kinds=("visit",), order=80, editions=("delegation", "principal", "hosts", "interpreters", "drivers"),
        pages=("A4", "A5", "large"), options=WHICH,
    ),
    Document(
        "pocket_card", POCKET, _pocket, kinds=("visit",), order=90, editions=("delegation", "hosts"), layouts=("stacked",), word=False,
        options=(
            Option("card", Message("paper setup", "Size"), (
                ("pocket-a4", Message("paper setup", "A4, folded three times")),
                ("pocket-a6", Message("paper setup", "A6, both sides")),
            )),
            *WHICH,
        ),
    ),
)  # fmt: skip
