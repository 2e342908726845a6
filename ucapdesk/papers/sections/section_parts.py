"""Parts that several sections share: places, times, contact numbers, pictures."""

from __future__ import annotations

from collections.abc import Sequence

from ucapdesk.base.i18n import Message
from ucapdesk.briefing.blocks.elements import NO_WORDS, Picture, Words, alternative
from ucapdesk.model.dates.formatting import say_day
from ucapdesk.model.kinds.partnership_kinds import Place
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.model.kinds.visit_kinds import Gift, ItineraryItem
from ucapdesk.model.values import Bilingual, FileRef, When
from ucapdesk.papers.facts.participants import person_name
from ucapdesk.papers.facts.parts import field_label, label, place_name, value_of
from ucapdesk.papers.facts.visit_facts import VisitFacts
from ucapdesk.papers.facts.wording import (
    bracketed,
    colon,
    combined,
    in_all,
    joined,
    joined_by,
    of_code,
    of_room,
    of_text,
)
from ucapdesk.papers.redacted_reader import RedactedReader


def is_narrow(of: VisitFacts) -> bool:
    """Return whether the page has little room for its letters: large print, and small pages."""
    return of.request.page in ("large", "A5", "booklet")


def of_group(item: ItineraryItem) -> Words | None:
    """Return ``Group A``; None for a point of everybody."""
    return label(Message("paper", "Group {name}", {"name": item.group})) if item.group else None


def names_again(place: Place | None, title: Bilingual | None) -> bool:
    """Return whether the title of a day only names its city again."""
    names = [name for name in (place.name, place.short_name) if name] if place and title else []
    return bool(names) and all(text in [each.get(lang) for each in names] for lang, text in (title or {}).items())


def venue(reader: RedactedReader, place: Place | None, room: str | None = None, known: str | None = None) -> Words:
    """Return a place with the room and its city: ``City Hall, Room 2 (Liuzhou)``; without the city that is known."""
    if place is None:
        return of_room(room)
    said = joined(place_name(place), of_room(room))
    town = reader.one(Place, place.parent) if place.parent != known else None
    return bracketed(said, place_name(town)) if town else said


def day_and_hours(value: When | None) -> Words:
    """Return day and hour for narrow columns: ``Wed 25 Nov 09:30``; only what is known."""
    if value is None:
        return NO_WORDS
    return in_all(lambda lang: " ".join(filter(None, (say_day(value.day, lang), value.start))))


def telephone(person: Person) -> str:
    """Return the number that may be printed: the mobile where it was asked for, else the office."""
    return person.mobile or person.phone or ""


def reached(person: Person) -> Words:
    """Return a name with its telephone number, or the mail address where there is none."""
    return joined_by("  ", person_name(person), Words.plain(telephone(person) or person.email or ""))


def numbers_to_call(of: VisitFacts) -> list[Words]:
    """Return whom to call in need: the number answered at any hour, both coordinators, then hotels."""
    people = of.reader.all(Person, (of.visit.coordinator, of.visit.host_coordinator))
    found = [] if of.duty_phone.empty else [joined_by("  ", field_label("visit.duty_phone"), of.duty_phone)]
    found += [reached(person) for person in people if telephone(person)]
    return found + [joined_by("  ", place_name(hotel), Words.plain(hotel.phone)) for hotel in of.hotels if hotel.phone]


def picture(of: VisitFacts, file: FileRef | None, size: tuple[float, float], name: Words) -> Picture | None:
    """Return a picture, where its file is here and no larger than a page should carry."""
    data = of.reader.file(file) if file and (file.mime or "image/").startswith("image/") else None
    return Picture(data, *size, alt=alternative(name)) if data else None


def gift_line(reader: RedactedReader, gift: Gift) -> Words:
    """Return ``Received: Jun porcelain vase, from Mr GONG Yan to Ms Bożena Szczęśniak``, as far as it is known."""
    giver, receiver = (value_of(reader, gift, name) for name in ("from_person", "to_person"))
    known = [each for each in (giver, receiver) if not each.empty]
    how = _FROM_AND_TO.get((not giver.empty, not receiver.empty))

    def said(parts: Sequence[str], lang: str) -> str:
        what, *names = parts
        return how.say(lang).format(what=what, one=names[0], other=names[-1]) if how else what

    return combined([of_code("gift_direction", gift.direction), combined([of_text(gift.item), *known], said)], colon)


_FROM_AND_TO = {
    (True, True): Message("paper", "{what}, from {one} to {other}"),
    (True, False): Message("paper", "{what}, from {one}"),
    (False, True): Message("paper", "{what}, to {one}"),
}
"""Sentences about gifts, by whether giver and receiver are known."""
