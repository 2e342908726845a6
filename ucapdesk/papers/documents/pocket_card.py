"""The card for the pocket: times, places, people, numbers and a few phrases, each once, with what is said of them in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from ucapdesk.base.i18n import Message
from ucapdesk.base.pinyin import toned
from ucapdesk.briefing.boards import CARD_FORMS, BoardCard, CardLine, Cards, Face
from ucapdesk.briefing.characters import is_wide
from ucapdesk.briefing.content import Paper
from ucapdesk.briefing.text_elements import Words
from ucapdesk.model.kinds.visit_kinds import ItineraryItem
from ucapdesk.model.rules.itinerary import Slot, in_order
from ucapdesk.model.values import When
from ucapdesk.papers.document import Document, Option
from ucapdesk.papers.documents.itineraries import WHICH, of_days
from ucapdesk.papers.paper_parts import label, paper, section
from ucapdesk.papers.paper_words import (
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
from ucapdesk.papers.participants import Participant
from ucapdesk.papers.record_parts import name_of, place_name
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.request import Request
from ucapdesk.papers.sections.common import numbers_to_call, of_group
from ucapdesk.papers.sections.programme_section import leg_words, things_of
from ucapdesk.papers.sections.splits import Thing
from ucapdesk.papers.visit_facts import Day, VisitFacts

POCKET = Message("document", "Pocket card")
MOST_POINTS = 7
"""Points of the programme on a face, in two languages."""
MOST_PEOPLE = 6
ROOM_A_FACE = 760
"""Amount of text that fits on a face in a type that can be read; Han characters count twice."""
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
    """Yield the faces of the card: visit, days, people to meet, telephone numbers and a few phrases."""
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
    """Yield the emergency numbers of the country."""
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
    """Yield what to say: the Chinese with its pinyin under it, and what it means."""
    for n, each in enumerate(PHRASES):
        words, before = label(each), 2.5 if n else 0.0
        if _CHINESE in languages:
            yield CardLine(words, 10, bold=True, only=_CHINESE, before=before)
            yield CardLine(Words.plain(toned(each.say(_CHINESE))), 9)
            before = 0.0
        yield from (CardLine(words, 8, quiet=True, only=lang, before=before) for lang in languages if lang != _CHINESE)


DOCUMENTS = (
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
