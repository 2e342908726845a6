"""Programme items typed in one line: named records are looked up, and new ones are created with the item."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache, partial
from typing import Any

from ucapdesk.base.fold import HAN_RUN, fold_accents
from ucapdesk.base.i18n import language, latin_language
from ucapdesk.base.pinyin import latin_words
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.people_kinds import Organisation, Person
from ucapdesk.model.kinds.place_kinds import Place
from ucapdesk.model.kinds.visit_kinds import ItineraryItem, Participation, TransportLeg
from ucapdesk.model.quick_create import stub
from ucapdesk.model.record import Record
from ucapdesk.model.rules.nights import CHECK_IN, CHECK_OUT
from ucapdesk.model.text.format.dates_in_words import say_day
from ucapdesk.model.text.format.fields_in_words import called, title_of
from ucapdesk.model.text.parse.day_of_line import day_of_line
from ucapdesk.model.text.parse.itinerary_line import understand
from ucapdesk.model.text.parse.itinerary_pieces import Find, Known, LinePiece, Understood
from ucapdesk.model.text.parse.itinerary_way import MODES
from ucapdesk.model.values import Bilingual, PartialDate, When
from ucapdesk.services.errors import NOTHING_SAID
from ucapdesk.services.records.records import adding, holding
from ucapdesk.services.records.search import named
from ucapdesk.services.visits.visits import get_visit
from ucapdesk.store.desk import Desk
from ucapdesk.store.read.place_times import place_time
from ucapdesk.store.save import Save

MAX_NAME_HITS = 30
RAIL = re.compile(r"[GDC]\d")
ENOUGH_HAN = 3
"""Number of characters of a longer Chinese name that identify it."""


def finder(desk: Desk) -> Find:
    """Return a lookup of records by words beyond doubt. It remembers answers, so make a new one after changes."""
    look_up = cache(partial(_look_up, desk))
    return lambda kind, words: look_up(kind, " ".join(words.split()).casefold())


def _look_up(desk: Desk, kind: str, words: str) -> Known | None:
    """Return the only record of that name: by whole name, else by whole words, initials or enough of a Chinese name."""
    if len(words) < 2:
        return None
    hits = holding(desk, KINDS[kind].cls, words, MAX_NAME_HITS)
    found = {record.id: (record, list(called(record))) for record in hits}
    exact = [id_ for id_, (_, names) in found.items() if words in (name.casefold() for name in names)]
    if len(exact) != 1:
        exact = [id_ for id_, (_, names) in found.items() if _fits(words, names)]
    if len(exact) != 1:
        return None
    record: Any = found[exact[0]][0]
    return Known(record.id, _both(record), place_time(desk).of_place(record.id) if kind == "place" else None)


def _fits(words: str, names: list[str]) -> bool:
    text, words = fold_accents(" ".join(names)), fold_accents(words)
    if HAN_RUN.search(words):
        return len(words) >= ENOUGH_HAN and words in text
    whole = set(re.split(r"[\W_]+", text))
    parts = words.split()
    if all(part in whole for part in parts):
        return True
    # one word may be initials or pinyin of a Chinese name, whole
    return len(parts) == 1 and bool(named(words, {"": text})) and words in _readings(names)


def _readings(names: list[str]) -> Iterator[str]:
    for name in filter(HAN_RUN.search, names):
        syllables, initials = latin_words(name)
        yield from (syllables.replace(" ", ""), *initials.split()[:1])


def _both(record: Record) -> Bilingual:
    if isinstance(record, Person):
        return Bilingual(en=title_of(record, "en"), zh=title_of(record, "zh"))
    name = getattr(record, "name", None)
    if isinstance(name, Bilingual) and len(name):
        return Bilingual({lang: name[lang] for lang in name})
    return Bilingual(en=title_of(record, "en"))


def read_line(
    desk: Desk,
    typed: str,
    find: Find | None = None,
    rejected: Collection[tuple[str, str]] = (),
    days: Sequence[str] = (),
) -> Understood:
    """Read a line, with the records it names; it may begin with one of these days."""
    day, words, rest = day_of_line(typed, days, language())
    if ("day", words.casefold()) in rejected:
        day, rest = "", typed
    said = understand(rest, find or finder(desk), rejected, language())
    if day:
        said.day = day
        said.pieces.insert(0, LinePiece("day", words, say_day(PartialDate(day), language())))
    return said


def refuse_nothing(said: Understood) -> None:
    """Raise ``NothingSaid`` for a line with neither a title nor an hour."""
    if not said.title and not said.start:
        raise NOTHING_SAID()


def add(desk: Desk, visit_id: str, day: str, said: Understood) -> str:
    """Add an item to a day of a visit, with the people, place and journey it names; return its id. One step."""
    get_visit(desk, visit_id)
    refuse_nothing(said)
    when = said.when(day)
    hotel = {"type": "hotel"} if said.kind in (CHECK_IN, CHECK_OUT) else {}
    with adding(desk, ItineraryItem) as (work, id_):
        place = _made(work, Place, said.place.key, said.place.words, **hotel) if said.place else None
        leg = _leg(work, visit_id, said, _journey(said, when))
        work.new(ItineraryItem, id_, owner=visit_id, when=when, type=said.kind, title=said.title, place=place, room=said.room,
                 group=said.group, fixed=said.fixed or None, transport=leg)  # fmt: skip
        for piece in said.people:
            work.new(Participation, owner=id_, person=_made(work, Person, piece.key, piece.words))
    return id_


def _made(work: Save, cls: type[Person | Place | Organisation], key: str, words: str, **more: str) -> str:
    """Return the named record; a new one with that name, and with ``more``, where it is not on record."""
    return key or str(work.new(cls, **stub(KINDS[cls.__tablename__], words), **more).id)


def _journey(said: Understood, when: When) -> When:
    """Return the times of the journey of a line: the only hour of an arrival is its end."""
    lone = said.kind == "arrival" and when.start and not when.end
    return When(date=when.date, end=when.start, tz=said.end_zone) if lone else when


def _leg(work: Save, visit_id: str, said: Understood, when: When) -> str | None:
    """Return the journey of a line with a number, or with a route by air or rail."""
    mode = MODES.get(said.kind or "")
    if mode is None or not (said.number or said.way):
        return None
    if RAIL.match(said.number or ""):
        mode = "hsr"
    way = dict(zip(("departs_from", "arrives_at"), map(_named, said.way or ()), strict=False))
    return str(work.new(TransportLeg, owner=visit_id, mode=mode, number=said.number, when=when, **way).id)


def _named(end: str) -> Bilingual:
    return Bilingual({"zh" if HAN_RUN.search(end) else latin_language(): end})
