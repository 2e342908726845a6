"""Programme items and minutes typed in one line each.

In a programme item named records are looked up, and new ones are created with it. Minutes are entries, decisions,
open questions and actions, each written as it is entered.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache, partial
from types import MappingProxyType
from typing import Any

from ucapdesk.base.clock import today
from ucapdesk.base.fold import HAN_RUN, fold_accents
from ucapdesk.base.i18n import dotted, language, latin_language
from ucapdesk.base.pinyin import latin_words
from ucapdesk.model.dates.formatting import say_day
from ucapdesk.model.dates.parsing import day_of_line
from ucapdesk.model.field_change import stub
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.partnership_kinds import Place
from ucapdesk.model.kinds.people_kinds import Organisation, Person
from ucapdesk.model.kinds.visit_kinds import ActionItem, ItineraryItem, MinuteEntry, Participation, TransportLeg
from ucapdesk.model.record import Record
from ucapdesk.model.rules.itinerary import CHECK_IN, CHECK_OUT
from ucapdesk.model.text.fields_in_words import called, title_of
from ucapdesk.model.text.itinerary_line import MODES, understand
from ucapdesk.model.text.typed_lines import ACTION, Find, Known, LinePiece, MinutesLine, Understood, read_minutes
from ucapdesk.model.values import Bilingual, PartialDate, When
from ucapdesk.services.errors import NOTHING_SAID
from ucapdesk.services.records import completion, search
from ucapdesk.services.records.records import adding, holding
from ucapdesk.services.records.search import named
from ucapdesk.services.visits.visits import get_visit
from ucapdesk.store.desk import Desk
from ucapdesk.store.read.derived_values import place_time
from ucapdesk.store.save import Save

MAX_NAME_HITS = 30
RAIL = re.compile(r"[GDC]\d")
ENOUGH_HAN = 3  # Number of characters of a longer Chinese name that identify it


def record_finder(desk: Desk) -> Find:
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


def read_itinerary_line(
    desk: Desk,
    typed: str,
    find: Find | None = None,
    rejected: Collection[tuple[str, str]] = (),
    days: Sequence[str] = (),
) -> Understood:
    day, words, rest = day_of_line(typed, days, language())
    if ("day", words.casefold()) in rejected:
        day, rest = "", typed
    said = understand(rest, find or record_finder(desk), rejected, language())
    if day:
        said.day = day
        said.pieces.insert(0, LinePiece("day", words, say_day(PartialDate(day), language())))
    return said


def refuse_nothing(said: Understood) -> None:
    """Raise ``NothingSaid`` for a line with neither a title nor an hour."""
    if not said.title and not said.start:
        raise NOTHING_SAID()


def add_itinerary_line(desk: Desk, visit_id: str, day: str, said: Understood) -> str:
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
    mode = MODES.get(said.kind or "")
    if mode is None or not (said.number or said.way):
        return None
    if RAIL.match(said.number or ""):
        mode = "hsr"
    way = dict(zip(("departs_from", "arrives_at"), map(_named_record, said.way or ()), strict=False))
    return str(work.new(TransportLeg, owner=visit_id, mode=mode, number=said.number, when=when, **way).id)


def _named_record(end: str) -> Bilingual:
    return Bilingual({"zh" if HAN_RUN.search(end) else latin_language(): end})


NOBODY: Mapping[str, str] = MappingProxyType({})


def read_minutes_line(
    desk: Desk,
    meeting_id: str,
    typed: str,
    rejected: Collection[tuple[str, str]] = (),
    decided: Mapping[str, str] = NOBODY,
) -> MinutesLine:
    """Read a line; a name means somebody at the meeting before anybody else on record.

    ``decided``: the record that a name which several may have stands for, empty for somebody new.
    """
    find = _minutes_finder(desk, meeting_id, decided)
    return read_minutes(typed, today(desk.workspace.clock), find, rejected, language())


def add_minutes_line(desk: Desk, meeting_id: str, said: MinutesLine) -> str:
    if said.text is None:
        raise NOTHING_SAID()
    cls = ActionItem if said.type == ACTION else MinuteEntry
    with adding(desk, cls) as (work, id_):
        values: dict[str, Any] = {"text": said.text}
        if cls is ActionItem:
            person = said.person
            made = person and not person.key and work.new(Person, **stub(KINDS["person"], person.words)).id
            values |= {"status": "open", "due": said.due, "person": (person.key or made) if person else None}
        else:
            values["type"] = said.type
        work.new(cls, id_, owner=meeting_id, **values)
    return id_


def _minutes_finder(desk: Desk, meeting_id: str, decided: Mapping[str, str]) -> Find:
    elsewhere = record_finder(desk)
    there = desk.read.children(meeting_id, Participation) if meeting_id else []
    people = [each.person for each in there if each.person]
    names = {lang: desk.read.titles(people, lang) for lang in ("en", "zh")} if people else {}

    def find(kind: str, words: str) -> Known | None:
        if kind != "person":
            return elsewhere(kind, words)
        if (chosen := decided.get(words.casefold())) is not None:
            return _named_in_minutes(desk, chosen, words)
        labels = {id_: " ".join(said.get(id_, "") for said in names.values()) for id_ in people}
        fitting = search.named(words, labels)
        if len(fitting) == 1:
            return _named_in_minutes(desk, fitting[0], words)
        return (None if fitting else elsewhere(kind, words)) or _choices(desk, words, fitting)

    return find


def _named_in_minutes(desk: Desk, id_: str, words: str) -> Known:
    return Known(id_, Bilingual({lang: desk.read.titles([id_], lang).get(id_, words) for lang in ("en", "zh")}))


def _choices(desk: Desk, words: str, first: Sequence[str]) -> Known | None:
    """Return the people who may be meant, those at the meeting first; None where nobody is."""
    field = KINDS["participation"].fields["person"]
    found = {each.key: each for each in completion.named(desk, field, first, details=True)}
    found |= {each.key: each for each in completion.offers(desk, field, words) if each.key not in found}
    meant = search.named(words, {key: f"{each.name} {each.other}" for key, each in found.items()})
    told = tuple((key, dotted(each.name, each.other, each.detail)) for key, each in found.items() if key in meant)
    return Known("", Bilingual(), choices=told) if told else None
