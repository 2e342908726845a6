"""The opening of a pack: cover, contents with recipients and changes, the visit at a glance, objectives."""

from __future__ import annotations

from collections.abc import Sequence

from ucapdesk.base.i18n import Message, tr
from ucapdesk.briefing.content import Block, Contents, Cover, Fact, Section, Text
from ucapdesk.briefing.text_elements import NO_WORDS, Para, Picture, Words
from ucapdesk.model.kinds.paper_kinds import Pack
from ucapdesk.model.kinds.people_kinds import Organisation, Person
from ucapdesk.model.kinds.place_kinds import Place
from ucapdesk.model.kinds.visit_kinds import ItineraryItem
from ucapdesk.model.text.format.dates_in_words import say_date
from ucapdesk.papers.documents.mous import title_among
from ucapdesk.papers.paper_parts import bullets, column, field_label, label, section, table, text
from ucapdesk.papers.paper_words import in_all, joined, joined_by, listed, of_code, of_text
from ucapdesk.papers.participants import houses_of, titled
from ucapdesk.papers.record_parts import facts_of, name_of, place_name, texts_of, value_of
from ucapdesk.papers.sections.common import day_and_hours, numbers_to_call, of_group, picture, reached
from ucapdesk.papers.sections.country import time_difference
from ucapdesk.papers.visit_facts import VisitFacts

KEY_KINDS = ("signing", "meeting", "banquet", "site_visit", "arrival", "departure")
"""Types of programme items that are key moments, the most important first."""
MOMENTS = 5
OF_A_KIND = 2
NUMBERS = 3


# -- cover ----------------------------------------------------------------------------------------


def cover(of: VisitFacts) -> list[Section]:
    """Return title, delegation, places and dates, as precise as they are known; recipients, and what the copy replaces."""
    visit = of.visit
    known = (
        (field_label("visit.purpose"), of_text(visit.purpose)),
        (field_label("visit.head"), _head(of)),
        (_host_cities(of), listed(map(place_name, of.host_places))),
        (field_label("visit.invited_by"), value_of(of.reader, visit, "invited_by")),
        (field_label("visit.coordinator"), _coordinator(of, visit.coordinator)),
        (field_label("visit.host_coordinator"), _coordinator(of, visit.host_coordinator)),
        (field_label("visit.duty_phone"), of.duty_phone),
    )
    found = tuple(Fact(name, (Para(value),)) for name, value in known if not value.empty)
    delegation = of_text(visit.delegation_name)
    invited_by = of.reader.one(Organisation, visit.invited_by)
    logos = (
        *(_logos(of, of.host_places) or _logos(of, [invited_by])[:1]),
        *(_logos(of, of.home_cities) or _logos(of, houses_of(of.reader, of.delegation))[:1]),
    )
    page = Cover(
        facts=found,
        notes=tuple(_cover_notes(of)),
        subtitle=None if delegation.empty else delegation,
        logos=logos,
        picture=next(
            (p for city in of.host_places if (p := picture(of, city.photo, (174, 90), place_name(city)))), None
        ),
    )
    return [Section((page,), new_page=True)]


def _cover_notes(of: VisitFacts) -> list[Para]:
    """Return the notes: whose copy it is, who may read it, its version, what it replaces, what it holds."""
    request = of.request
    version = Words.plain(f"v{request.version}" if request.version else "")
    known = [of_code("edition", request.edition or None), of_code("marking", of.marking), version]
    first = joined_by(" · ", *known)
    notes = [Para(first, "lead")] if not first.empty else []
    if request.replaces:
        notes.append(Para(_replaced(of)))
    if of.is_own and request.private_numbers:
        notes.append(Para(label(Message("paper", "Contains personal data"))))
    return notes


def _replaced(of: VisitFacts) -> Words:
    """Return which copy is obsolete: ``Replaces v2 of 24 November 2026``. It is not read as a part of the pack."""
    pack = of.reader.desk.read.get(Pack, of.request.replaces)
    version = pack.version or 1 if pack else 1

    def said(lang: str) -> str:
        day = say_date(pack.printed, lang) if pack else ""
        return tr("paper", "Replaces {version} of {day}", lang, version=f"v{version}", day=day)

    return in_all(said)


def _logos(of: VisitFacts, bodies: Sequence[Place | Organisation | None]) -> list[Picture]:
    """Return the arms of all cities of a side, or the logos of its offices."""
    return [logo for each in bodies if each and (logo := picture(of, each.logo, (50, 20), name_of(each)))]


def _head(of: VisitFacts) -> Words:
    return titled(of.head) if of.head else NO_WORDS


def _coordinator(of: VisitFacts, id_: str | None) -> Words:
    """Return a coordinator with the number that may be printed."""
    person = of.reader.one(Person, id_)
    return reached(person) if person else NO_WORDS


def _host_cities(of: VisitFacts) -> Words:
    return label(Message("paper", "Host city")) if len(of.host_places) == 1 else field_label("visit.host_places")


# -- contents -------------------------------------------------------------------------------------


def contents(of: VisitFacts) -> list[Section]:
    """Return the headings with their pages, the recipients, and what the copy replaces."""
    blocks: list[Block] = [Contents()]
    blocks += bullets(map(Words.plain, of.request.recipients), label(Message("paper", "Distribution")))
    if of.request.replaces:
        blocks.append(Text((Para(_replaced(of), "note"),)))
    return [Section(tuple(blocks), label(Message("paper", "Contents")), new_page=True, together=True)]


# -- the visit at a glance ------------------------------------------------------------------------


def glance(of: VisitFacts) -> list[Section]:
    """Return who, where, when and why on one page, with five key moments; unknown facts are left out."""
    head = of.head.person if of.head else None
    blocks = facts_of(
        of.reader, of.visit, "delegation_name", ("head", _head(of)), "delegation_size dates",
        (_host_cities(of), listed(map(place_name, of.host_places))),
        "other_places purpose invited_by",
        (Message("paper", "Host"), titled(of.hosts[0]) if of.hosts else None),
        "status",
        (Message("paper", "Dress"), listed(_each(of, "dress"))),
        (Message("paper", "Weather"), listed(_each(of, "weather"))),
        (Message("paper", "Time difference"), time_difference(of)),
        picture=of.reader.file(head.portrait) if head else None,
    )  # fmt: skip
    blocks += _moments(of)
    titles = (title_among(of.reader, each, of.to_sign) for each in of.to_sign)
    blocks += bullets(titles, label(Message("paper", "To be signed")))
    blocks += bullets(numbers_to_call(of)[:NUMBERS], label(Message("paper", "Telephone numbers")))
    return section(blocks, together=True)


def _each(of: VisitFacts, name: str) -> list[Words]:
    """Return a field of each day, repeated texts once."""
    said = [value_of(of.reader, day.record, name) for day in of.days if day.record]
    return list({str(words.text): words for words in said if not words.empty}.values())


def _moments(of: VisitFacts) -> list[Block]:
    """Return the five most important programme items, by time; at most two of a type."""
    chosen: list[ItineraryItem] = []
    for kind in KEY_KINDS:
        of_kind = [item for item in of.items if item.type == kind]
        chosen += sorted(of_kind, key=lambda item: item.meeting is None)[:OF_A_KIND]
    kept = [item for item in of.items if item in chosen[:MOMENTS]]
    rows = [((Para(day_and_hours(item.when)),), (Para(_what(of, item), lead=of_group(item)),)) for item in kept]
    columns = (column(None, 34), column(Message("paper", "Key moments"), 110, split=True))
    return table(columns, rows)


def _what(of: VisitFacts, item: ItineraryItem) -> Words:
    return joined(name_of(item), place_name(of.place_of(item)))


# -- objectives -----------------------------------------------------------------------------------


def objectives(of: VisitFacts) -> list[Section]:
    """Return the objectives and key messages, for the own side; no page where there are none."""
    blocks = texts_of(of.visit, "objectives key_messages")
    for meeting in of.meetings:
        if red := text(meeting.do_not_raise, None, "warning"):
            blocks += [*text(name_of(meeting), label(Message("paper", "Red lines"))), *red]
    return section(blocks)
