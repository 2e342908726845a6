"""The briefing pack of a visit: one list of sections, of which each edition takes its own.

A pack is numbered, has its contents at the head, and is what ``packs`` keeps a record of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ucapdesk.base.i18n import Message
from ucapdesk.briefing.all_words import words_of
from ucapdesk.briefing.content import Block, Contents, Paper, Section
from ucapdesk.briefing.text_elements import Words
from ucapdesk.model.kinds.paper_kinds import Pack
from ucapdesk.model.kinds.visit_kinds import Visit
from ucapdesk.papers.document import Document, Part
from ucapdesk.papers.documents.seating_plan import seating_plans
from ucapdesk.papers.editions import EDITIONS, OWN
from ucapdesk.papers.paper_changes import Changed, NumberedSection, changes_since, is_told
from ucapdesk.papers.paper_parts import bullets, draft_note, paper
from ucapdesk.papers.paper_words import joined_by, of_date, of_text
from ucapdesk.papers.pdf_pages import outline_of
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.request import Request
from ucapdesk.papers.sections import (
    actions_section,
    agreements_section,
    annexes_section,
    cities,
    cooperation,
    maps,
    meetings_section,
    names_section,
    opening_section,
    people_section,
    practical,
    programme_section,
    protocol,
)
from ucapdesk.papers.sections.people_section import people_list
from ucapdesk.papers.visit_facts import VisitFacts

NAME = "visit_pack"
TITLE = Message("paper", "Briefing pack")
LEFT_OUT = Message("paper", "Sections no longer in it")
_ALL = frozenset(EDITIONS)
_GUESTS = _ALL - {"drivers", "media"}
_READERS = OWN | {"hosts"}


PARTS = (
    Part("cover", Message("paper", "Cover"), opening_section.cover, _ALL, numbered=False),
    Part("contents", Message("paper", "Contents"), opening_section.contents, _ALL, numbered=False),
    Part("glance", Message("paper", "Visit at a glance"), opening_section.glance, _ALL - {"drivers"}, breaks=True),
    Part("ucap", Message("paper", "UCAP at a glance"), cooperation.ucap, _READERS | {"media"}),
    Part("objectives", Message("paper", "Objectives and key messages"), opening_section.objectives, OWN, OWN),
    Part("programme", Message("paper", "Programme"), programme_section.programme, _ALL),
    Part("days", Message("paper", "Day sheets"), programme_section.days, _ALL - {"media"}),
    Part("delegation", Message("paper", "Delegation"), lambda of: people_list(of, of.delegation), _ALL),
    Part("hosts", Message("paper", "Host side"), lambda of: people_list(of, of.hosts), _ALL - {"drivers"}),
    Part("profiles", Message("paper", "Profiles"), people_section.profiles, _ALL - {"drivers"}),
    Part("organisations", Message("paper", "Organisations"), people_section.organisations, _ALL - {"drivers"}),
    Part("cities", Message("paper", "City fact sheets"), cities.cities, _READERS | {"media"}),
    Part("meetings", Message("paper", "Meeting briefs"), meetings_section.meetings, _ALL - {"drivers"}),
    Part("projects", Message("paper", "Themes and projects"), cooperation.projects, _GUESTS),
    Part("mous", Message("paper", "MoU status"), agreements_section.mous, _GUESTS),
    Part("signing", Message("paper", "Signing ceremony"), agreements_section.signing, _GUESTS),
    Part("actions", Message("paper", "Open actions"), actions_section.actions, _READERS),
    Part("history", Message("paper", "History of the cooperation"), cooperation.history, _READERS | {"media"}),
    Part("seating", Message("paper", "Seating plans"), seating_plans, _GUESTS),
    Part("logistics", Message("paper", "Logistics"), practical.logistics, _READERS | {"drivers"}),
    Part("contacts", Message("paper", "Contacts and emergency"), practical.contacts, _ALL - {"media"}),
    Part("protocol", Message("paper", "Protocol notes"), protocol.protocol, OWN | {"interpreters"}),
    Part("glossary", Message("paper", "Glossary and names"), names_section.glossary, OWN | {"hosts", "interpreters"}),
    Part("maps", Message("paper", "Maps and taxi cards"), maps.maps, _READERS | {"drivers"}),
    Part("notes", Message("paper", "Notes"), names_section.notes, _ALL - {"media"}),
    Part("annexes", Message("paper", "Annexes"), annexes_section.annexes, _ALL),
)
"""All sections in their order."""
_BY_CODE = {part.code: part for part in PARTS}
CONTENTS_LINES = 30
"""Maximum number of headings in the contents of one page."""
_LAST = ("glossary",)
"""Sections made after the others, since they depend on their texts."""


def visit_pack(reader: RedactedReader, request: Request) -> Paper:
    """Return the pack that was asked for."""
    parts = _parts(request)
    of = VisitFacts(reader, _with_sections(request, parts), request.ids[0])
    sections = _made(of, parts)
    found = paper(
        reader, replace(request, marking=of.marking), TITLE, of_text(of.visit.title, "title"), sections,
        marked=of.visit, dates=of_date(of.visit.dates), titled=not parts or parts[0].code != "cover",
    )  # fmt: skip
    return _with_contents(found, of)


def _with_sections(request: Request, parts: Sequence[Part]) -> Request:
    """Return the request with all its sections named, so that each can leave to others what they tell."""
    return replace(request, sections=tuple(part.code for part in parts))


def _parts(request: Request) -> list[Part]:
    """Return the requested sections, else those of the edition; a cover always comes first."""
    parts = [_BY_CODE[code] for code in request.sections] or [p for p in PARTS if request.edition in p.editions]
    return sorted(parts, key=lambda part: part.code != "cover")


def _made(of: VisitFacts, parts: Sequence[Part]) -> list[Section]:
    """Return the sections in the requested order; the glossary is made after the others."""
    made = {part.code: part.make(of) for part in parts if part.code not in _LAST}
    if any(part.code == "glossary" for part in parts):
        said = [words for sections in made.values() for words, _ in words_of(sections)]
        made["glossary"] = names_section.glossary(of, said)
    found: list[Section] = []
    number = 0
    for part in parts:
        if made[part.code] and part.numbered:
            number += 1
            found += _numbered(part, made[part.code], number, first=not found)
        else:
            found += made[part.code]
    return found


def told_by_section(reader: RedactedReader, request: Request) -> Iterator[NumberedSection]:
    """Yield each numbered section of a pack for the readers of this paper, made by itself."""
    number = 0
    parts = _parts(request)
    asked = _with_sections(request, parts)
    for part in parts:
        own = RedactedReader(reader.desk, reader.circle, private=reader.private)
        sections = part.make(VisitFacts(own, asked, request.ids[0])) if part.numbered else []
        if sections:
            number += 1
            of_itself = part.code in ("glance", "objectives")
            seen = {id_: each for id_, each in own.seen.items() if of_itself or not isinstance(each, Visit)}
            text = "\n".join(said for words, _ in words_of(sections) for said in words.text.values() if said)
            yield NumberedSection(str(number), part.label, seen, text)


def touched(reader: RedactedReader, asked: Request, changed: Sequence[Changed]) -> list[Words]:
    """Return the sections of a pack that changed, by their numbers."""
    return [
        joined_by("  ", Words.plain(told.number), Words.label(told.label))
        for told in told_by_section(reader, asked)
        if any(is_told(each, told) for each in changed)
    ]


def left_out(reader: RedactedReader, pack: Pack, made: Paper) -> list[Words]:
    """Return the sections that a pack was printed with and that it would not have today, as its outline numbers them.

    They are known by their headings in any language; one that is called otherwise by now is passed over.
    """
    there = [section.heading for section in made.sections if section.number]
    labels = [words for part in PARTS if part.numbered and (words := Words.label(part.label)) not in there]
    gone = {said: words for words in labels for said in _headings(words)}
    file = reader.file(pack.file) if gone else None
    entries = [entry.partition(" ") for entry in outline_of(file)] if file else []
    return [joined_by("  ", Words.plain(n), gone[said]) for n, _, said in entries if n.isdecimal() and said in gone]


def _headings(words: Words) -> set[str]:
    """Return how a heading stands in an outline: in one language, or in two."""
    texts = [text for text in words.text.values() if text]
    return {*texts, *(f"{first} {second}" for first in texts for second in texts)}


def _numbered(part: Part, sections: Sequence[Section], number: int, *, first: bool) -> Iterator[Section]:
    """Yield sections with the heading of the part above the first, and numbers on its own parts."""
    head, *others = sections
    new_page = (part.breaks or head.new_page or bool(not head.blocks and others and others[0].new_page)) and not first
    yield replace(head, heading=Words.label(part.label), number=str(number), new_page=new_page)
    below = 0
    for n, section in enumerate(others):
        below += section.heading is not None
        own = f"{number}.{below}" if section.heading is not None else ""
        under = n == 0 and not head.blocks  # a heading without words of its own keeps the first part under it
        yield replace(section, number=own, new_page=section.new_page and not under)


def _with_contents(made: Paper, of: VisitFacts) -> Paper:
    """Return the contents as deep as a page holds; under them what has changed since the copy that this one replaces, and how many
    translations nobody has reviewed yet.
    """
    at = next((n for n, s in enumerate(made.sections) if any(isinstance(b, Contents) for b in s.blocks)), None)
    notes = draft_note(made)
    sections = list(made.sections)
    if at is not None:
        depth = 2 if sum(section.heading is not None for section in sections) <= CONTENTS_LINES else 1
        blocks = tuple(Contents(depth) if isinstance(block, Contents) else block for block in sections[at].blocks)
        sections[at] = replace(sections[at], blocks=(*blocks, *_what_changed(of, made), *notes))
    elif notes:  # under the title, where there is no cover
        sections.insert(0 if made.titled else len(sections), Section(tuple(notes)))
    return replace(made, sections=tuple(sections))


def _what_changed(of: VisitFacts, made: Paper) -> list[Block]:
    """Return the sections that differ from the copy that this one replaces, and those that only that one has."""
    pack = of.reader.desk.read.get(Pack, of.request.replaces) if of.request.replaces else None
    if pack is None:
        return []
    found = touched(of.reader, of.request, changes_since(of.reader, pack))
    return [
        *bullets(found, Words.label(Message("paper", "Changed in this version"))),
        *bullets(left_out(of.reader, pack, made), Words.label(LEFT_OUT)),
    ]


DOCUMENTS = (
    Document(
        NAME, TITLE, visit_pack, kinds=("visit",), order=20, editions=EDITIONS, pages=("A4", "A5", "booklet", "large"),
        sections=PARTS, options=(annexes_section.APPEND,),
    ),
)  # fmt: skip
