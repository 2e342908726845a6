"""Minutes typed line by line: entries, decisions, open questions and actions, each written as it is entered."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from ucapdesk.base.clock import today
from ucapdesk.base.i18n import dotted, language
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.meeting_kinds import ActionItem, MinuteEntry
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.model.kinds.visit_kinds import Participation
from ucapdesk.model.quick_create import stub
from ucapdesk.model.text.parse.itinerary_pieces import Find, Known
from ucapdesk.model.text.parse.minutes_line import ACTION, MinutesLine, read_minutes
from ucapdesk.model.values import Bilingual
from ucapdesk.services.errors import NOTHING_SAID
from ucapdesk.services.records import link_choices, search
from ucapdesk.services.records.records import adding
from ucapdesk.services.visits.itinerary_entry import finder
from ucapdesk.store.desk import Desk

NOBODY: Mapping[str, str] = MappingProxyType({})


def read_line(
    desk: Desk,
    meeting_id: str,
    typed: str,
    rejected: Collection[tuple[str, str]] = (),
    decided: Mapping[str, str] = NOBODY,
) -> MinutesLine:
    """Read a line; a name means somebody at the meeting before anybody else on record.

    ``decided``: the record that a name which several may have stands for, empty for somebody new.
    """
    find = _finder(desk, meeting_id, decided)
    return read_minutes(typed, today(desk.workspace.clock), find, rejected, language())


def add_line(desk: Desk, meeting_id: str, said: MinutesLine) -> str:
    """Add what a line says to the end of the minutes or of the actions; return its id. One step."""
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


def _finder(desk: Desk, meeting_id: str, decided: Mapping[str, str]) -> Find:
    elsewhere = finder(desk)
    there = desk.read.children(meeting_id, Participation) if meeting_id else []
    people = [each.person for each in there if each.person]
    names = {lang: desk.read.titles(people, lang) for lang in ("en", "zh")} if people else {}

    def find(kind: str, words: str) -> Known | None:
        if kind != "person":
            return elsewhere(kind, words)
        if (chosen := decided.get(words.casefold())) is not None:
            return _named(desk, chosen, words)
        labels = {id_: " ".join(said.get(id_, "") for said in names.values()) for id_ in people}
        fitting = search.named(words, labels)
        if len(fitting) == 1:
            return _named(desk, fitting[0], words)
        return (None if fitting else elsewhere(kind, words)) or _choices(desk, words, fitting)

    return find


def _named(desk: Desk, id_: str, words: str) -> Known:
    return Known(id_, Bilingual({lang: desk.read.titles([id_], lang).get(id_, words) for lang in ("en", "zh")}))


def _choices(desk: Desk, words: str, first: Sequence[str]) -> Known | None:
    """Return the people who may be meant, those at the meeting first; None where nobody is."""
    field = KINDS["participation"].fields["person"]
    found = {each.key: each for each in link_choices.named(desk, field, first, details=True)}
    found |= {each.key: each for each in link_choices.offers(desk, field, words) if each.key not in found}
    meant = search.named(words, {key: f"{each.name} {each.other}" for key, each in found.items()})
    told = tuple((key, dotted(each.name, each.other, each.detail)) for key, each in found.items() if key in meant)
    return Known("", Bilingual(), choices=told) if told else None
