"""Tables of people: the columns that lists may have, by organisation and party; packs and lists of their own print the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from ucapdesk.base.grouping import grouped
from ucapdesk.base.i18n import LANGUAGES, Message
from ucapdesk.briefing.content import Block, Cell, Group, Section, Table
from ucapdesk.briefing.text_elements import NO_WORDS, Para, Words
from ucapdesk.model.kinds.visit_kinds import Participation, TransportLeg
from ucapdesk.papers.occasions import Occasion, visit_of
from ucapdesk.papers.paper_parts import cell, field_label, number_column, section
from ucapdesk.papers.paper_sides import around, by_party, side_name
from ucapdesk.papers.paper_words import moment, of_code, of_room, of_text, of_written
from ucapdesk.papers.participants import Participant, has_chinese
from ucapdesk.papers.record_parts import ColumnOf, picture_cell, value_of
from ucapdesk.papers.redacted_reader import RedactedReader

CHINESE_NAME_LACKING = Message("paper", "Chinese name to be confirmed")
PORTRAIT = (13.5, 18.0)
"""Width and height of a portrait in a list, in mm."""
FUNCTION = "function"


def _name(who: Participant) -> Cell:
    """Return the name in both scripts; where no Chinese form is known, a remark says so."""
    paras = cell(who.name, role="lead")
    if has_chinese(who.name):
        return paras
    lacking = {lang: CHINESE_NAME_LACKING.say(lang) for lang in LANGUAGES}
    note = Words(lacking, {"en": "not_needed", "zh": "missing"}, who.name.where)
    known = replace(who.name, text={**who.name.text, "zh": None}, states={"zh": "same"})
    return Para(known, "lead"), Para(note, "note", close=True)


def _leg(field: str, reader: RedactedReader, who: Participant) -> Cell:
    """Return the flight or train, with its arrival or departure on the clock of the place."""
    leg = reader.one(TransportLeg, getattr(who.part, field) if who.part else None)
    if leg is None:
        return ()
    time = leg.when
    arrives = (time.end_date or time.date, time.end) if time else (None, None)
    leaves = (time.date, time.start) if time else (None, None)
    said = moment(*(arrives if field == "arrival" else leaves))
    return cell(Words.plain(leg.number) if leg.number else of_code("transport", leg.mode), said)


def diets_of(reader: RedactedReader, who: Participant) -> list[Words]:
    """Return somebody's diets: on this occasion, where none is said of it during the visit, else in general."""
    part, owner = who.part, reader.known((who.part and who.part.owner) or "")
    visit = visit_of(reader, owner) if isinstance(owner, Occasion) else None
    around = reader.children(Participation, visit.id) if visit else []
    same = (each for each in around if part and part.person and each.person == part.person)
    if said := next((each.diet for each in (part, *same) if each and each.diet), None):
        return [of_written(said)]
    return [of_code("dietary", code) for code in (who.person.diet if who.person else None) or ()]


def _diet(reader: RedactedReader, who: Participant) -> Cell:
    """Return somebody's diets, and allergies as a warning."""
    person = who.person
    note = of_text(person.diet_note) if person and person.diet_note else NO_WORDS
    paras = cell(*diets_of(reader, who), note, under="text")
    if person is not None and person.allergies:
        lead = field_label("person.allergies")
        paras = (*paras, Para(of_written(person.allergies), "warning", lead=lead, close=True))
    return paras


def columns_of(reader: RedactedReader) -> Mapping[str, ColumnOf]:
    """Return the columns that lists may have, by the names a user gives."""

    def of_person(name: str) -> Callable[[Participant], Words]:
        return lambda who: value_of(reader, who.person, name) if who.person else NO_WORDS

    return {
        "portrait": ColumnOf(lambda who: picture_cell(reader.file(who.person.portrait) if who.person else None, *PORTRAIT, who.bare), 1.8, NO_WORDS),
        "name": ColumnOf(_name, 4.4, Message("paper", "Name")),
        "signer": ColumnOf(lambda who: cell(who.name, role="lead"), 6, Message("paper", "Name")),
        "post": ColumnOf(lambda who: who.post, 5.6, Message("paper", "Post")),
        "house": ColumnOf(lambda who: who.organisation, 5, Message("paper", "Organisation")),
        "function": ColumnOf(lambda who: cell(who.post, who.organisation, under="text"), 5.6, Message("paper", "Post and organisation")),
        "role": ColumnOf(lambda who: who.said_role, 4, Message("paper", "Role")),
        "country": ColumnOf(of_person("nationality"), 2.2, "person.nationality"),
        "languages": ColumnOf(of_person("spoken"), 2.6, "person.spoken"),
        "contact": ColumnOf(_ways, 5, Message("paper", "Contact")),
        "room": ColumnOf(lambda who: of_room(who.part.room) if who.part else None, 1.6, "participation.room"),
        "arrival": ColumnOf(partial(_leg, "arrival", reader), 3.6, Message("paper", "Arrival")),
        "departure": ColumnOf(partial(_leg, "departure", reader), 3.6, Message("paper", "Departure")),
        "diet": ColumnOf(partial(_diet, reader), 4, "person.diet"),
        "signature": ColumnOf(lambda _: (), 3.6, Message("paper", "Signature")),
        "present": ColumnOf(lambda _: (), 1.5, Message("paper", "Present")),
        "tick": ColumnOf(lambda _: (), 2.4, Message("paper", "Checked")),
    }  # fmt: skip


CONTACT = ("phone", "mobile", "email", "wechat", "whatsapp")
"""Fields of a person by which they are reached."""


def _ways(who: Participant) -> Cell:
    """Return numbers and addresses, a line each; private ones with their label."""
    known = [(name, value) for name in CONTACT if who.person and (value := getattr(who.person, name))]
    leads = {name: field_label(f"person.{name}") for name in CONTACT if name not in ("phone", "email")}
    return tuple(Para(Words.plain(value), lead=leads.get(name), close=n > 0) for n, (name, value) in enumerate(known))


_WRITTEN_ON = ("signature", "present", "tick")


def people_table(
    reader: RedactedReader,
    people: Sequence[Participant],
    names: Sequence[str],
    *,
    row_height: float = 0.0,
    blank: int = 0,
    by_house: bool = True,
    parties: Sequence[tuple[Words, Sequence[Participant]]] = (),
) -> list[Block]:
    """Return a table of people with the named columns.

    Args:
        reader: The workspace.
        people: In their order.
        names: Of the columns.
        row_height: The least height of a row, in mm.
        blank: Number of empty rows at the end.
        by_house: Whether those of an organisation may stand under its name, out of their order.
        parties: The same people under names, where there are several.
    """
    known = columns_of(reader)
    grouped = by_house and FUNCTION in names and _is_shorter(people)
    if grouped:
        known = {**known, FUNCTION: known["post"]}
    shown = [
        known[name]
        for name in names
        if name in _WRITTEN_ON or blank or any(known[name].cell(reader, each) for each in people)
    ]
    rows: list[tuple[Cell, ...] | Group] = []
    for party, members in parties if len(parties) > 1 else [(NO_WORDS, people)]:
        rows += [] if party.empty else [Group(party)]
        for house, some in _by_house(members) if grouped else [(NO_WORDS, members)]:
            rows += [] if house.empty else [Group(house, level=2)]
            rows += [((), *(each.cell(reader, who) for each in shown)) for who in some]
    rows += [((), *(() for _ in shown))] * blank
    heads = (each.column("") for each in shown)
    return [Table((number_column(1), *heads), tuple(rows), row_height=row_height)] if rows else []


def _is_shorter(people: Sequence[Participant]) -> bool:
    """Return whether people share organisations, so that naming each once saves lines."""
    houses = [str(who.organisation.text) for who in people if not who.organisation.empty]
    return len(set(houses)) < len(houses)


def _by_house(people: Sequence[Participant]) -> Iterator[tuple[Words, list[Participant]]]:
    """Yield people under their organisations, in the order in which the first of each comes; those without one apart from the others."""
    houses = grouped(((who.side, str(who.organisation.text)), who) for who in people)
    for n, some in enumerate(houses.values()):
        none = Words.plain("–") if n else NO_WORDS
        yield none if some[0].organisation.empty else some[0].organisation, some


def people_sections(
    reader: RedactedReader, record: Occasion, people: Sequence[Participant], names: Sequence[str]
) -> list[Section]:
    """Return a section for each side, named where there are several; its parties under each other, numbered through."""
    sides = around(reader, record)
    by_side = grouped((members[0].side, (name, members)) for name, members in by_party(reader, sides, people))
    made: list[Section] = []
    for code, parties in by_side.items():
        heading = side_name(sides, code) if len(by_side) > 1 else None
        everybody = [each for _, members in parties for each in members]
        made += section(people_table(reader, everybody, names, parties=parties), heading)
    return made
