"""The briefing pack of a visit: one list of sections, of which each edition takes its own, and its change sheet.

A pack is numbered, has its contents at the head, and is what ``packs`` keeps a record of. Its opening is made here: cover, contents with
recipients and changes, the visit at a glance, objectives. The change sheet tells what has changed since a pack was printed, and which of
its sections are to be replaced: from the history of the records that the pack would be made of today, and of what was taken out of them;
nothing that its readers may not know.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ucapdesk.base.grouping import grouped
from ucapdesk.base.i18n import LANGUAGES, Message, tr
from ucapdesk.briefing.blocks.content import Block, Cell, Contents, Cover, Fact, Group, Paper, Section, Text, words_of
from ucapdesk.briefing.blocks.elements import NO_WORDS, Para, Picture, Words
from ucapdesk.model.dates.formatting import say_date
from ucapdesk.model.kind import KindField
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.paper_kinds import Pack
from ucapdesk.model.kinds.partnership_kinds import Place
from ucapdesk.model.kinds.people_kinds import Organisation, Person
from ucapdesk.model.kinds.visit_kinds import ItineraryItem, Meeting, Participation, Visit
from ucapdesk.model.record import Record
from ucapdesk.model.rules.status import is_called_off
from ucapdesk.model.text.fields_in_words import title_of
from ucapdesk.model.values.cells import TextType
from ucapdesk.papers.document import Document, Part
from ucapdesk.papers.documents.agreement_papers import title_among
from ucapdesk.papers.documents.card_papers import seating_plans
from ucapdesk.papers.facts.participants import organisations_of, titled
from ucapdesk.papers.facts.parts import (
    bullets,
    cell,
    column,
    draft_note,
    facts,
    facts_of,
    field_label,
    label,
    name_of,
    note,
    paper,
    place_name,
    section,
    table,
    text,
    texts_of,
    value_of,
)
from ucapdesk.papers.facts.visit_facts import VisitFacts, day_and_hours, numbers_to_call, of_group, picture, reached
from ucapdesk.papers.facts.wording import combined, in_all, joined, joined_by, listed, of_code, of_date, of_text, when
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.request import EDITIONS, OWN, Request
from ucapdesk.papers.sections import annexes, cooperation, meeting_parts, people, practical, programme
from ucapdesk.papers.sections.annexes import outline_of
from ucapdesk.papers.sections.people import people_list
from ucapdesk.papers.sections.practical import time_difference
from ucapdesk.store.read import history_in_words as history

STATE = ".state"
TOO_SHORT = 2  # Letters that would be found anywhere
_CLOCK = re.compile(r" ?[(（][^()（）]+[)）]")
NOT_COMPARED = frozenset({"pos", "owner"})


@dataclass
class Change:
    """The change of one field of a record.

    Attributes:
        of: The field.
        before: The old value, by language; empty for nothing.
        after: The new value.
    """

    of: KindField
    before: dict[str, str] = field(default_factory=dict)
    after: dict[str, str] = field(default_factory=dict)


@dataclass
class Changed:
    """A record that is new, gone or different."""

    record: Record
    what: str  # ``new``, ``gone``, ``off`` (cancelled) or ``changed``
    changes: list[Change] = field(default_factory=list)


def changes_since(reader: RedactedReader, pack: Pack) -> list[Changed]:
    """Return the changes in the records of a pack since its record was created.

    Args:
        reader: What the pack read when it was made again today.
        pack: The pack.
    """
    first = next(iter(reader.desk.history(pack.id)), None)
    if first is None:  # nothing is written of it, also not when it was printed
        return []
    since = first.n
    found = [_changed(reader, record, since) for record in list(reader.seen.values())]
    found += [_gone(reader, record, since) for record in _hidden(reader)]
    return [each for each in found if each is not None]


def _changed(reader: RedactedReader, record: Record, since: int) -> Changed | None:
    one = reader.as_one(record)
    written = [change.n for id_ in one for change in reader.desk.history(id_)]
    if not written or max(written) <= since:
        return None
    if min(written) > since:
        return Changed(record, "new")
    changes: dict[_Written, Change] = {}
    for lang in LANGUAGES:
        told = [_by_field(reader, record, history.of(reader.desk, id_, lang), lang) for id_ in one]
        for key in [key for each in told for key, entries in each.items() if any(entry.n > since for entry in entries)]:
            change = changes.setdefault(key, Change(KINDS[type(record).__tablename__].fields[key[0]]))
            said = [each[key] for each in told if key in each]
            change.before[lang] = next(filter(None, (_before(entries, since) for entries in said)), "")
            change.after[lang] = next(filter(None, (entries[-1].after for entries in said)), "")
    left = [change for change in changes.values() if change.before != change.after]
    off = is_called_off(record) and any(change.of.name == "status" for change in left)
    return Changed(record, "off" if off else "changed", left) if left else None


_Written = tuple[str, str]  # The name of a field, and of a set the member


def _by_field(
    reader: RedactedReader, record: Record, entries: Iterable[history.HistoryEntry], lang: str
) -> dict[_Written, list[history.HistoryEntry]]:
    """Return a history by field. A text is told in each language by itself, so that both stand in one row; of a set every member is
    told.
    """
    known = ((_known(reader, record, entry, lang), entry) for entry in entries)
    return grouped(((of.name, f"{entry.old or entry.new}" if of.is_set else ""), entry) for of, entry in known if of)


def _before(entries: Sequence[history.HistoryEntry], since: int) -> str:
    """Return the value before the first entry since; where there is none, the one it has."""
    return next((entry.before for entry in entries if entry.n > since), entries[-1].after)


def _known(reader: RedactedReader, record: Record, entry: history.HistoryEntry, lang: str) -> KindField | None:
    """Return the field of an entry, if its language and these readers are meant."""
    name, _, part = entry.field.partition(".")
    known = KINDS[type(record).__tablename__].fields.get(name)
    if known is None or name in NOT_COMPARED or entry.field.endswith(STATE) or (part in LANGUAGES and part != lang):
        return None
    return known if reader.circle.sees(known, private=reader.private) else None


def _hidden(reader: RedactedReader) -> Iterator[Record]:
    for record in list(reader.seen.values()):
        for kind in KINDS[type(record).__tablename__].children:
            if kind.name not in ("pack", "attachment") and not kind.cls.reserved:
                yield from reader.desk.read.children(record.id, kind.cls, hidden=True)


def _gone(reader: RedactedReader, record: Record, since: int) -> Changed | None:
    """Return a record that disappeared since the pack; None for one created after it."""
    told = reader.desk.history(record.id)
    if not reader.may_read(record) or not told or told[0].n > since or told[-1].n <= since:
        return None
    return Changed(record, "gone")


# -- where it is told -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NumberedSection:
    """A numbered section of a pack with what it was made of.

    Attributes:
        number: Its number.
        label: Its heading.
        seen: The records it read, the visit itself only where that is told of.
        text: Everything it says, in all languages.
    """

    number: str
    label: Message
    seen: Mapping[str, Record]
    text: str


def is_affected(each: Changed, told: NumberedSection) -> bool:
    """Return whether a section says something else now. A gone or cancelled record was in the section of its kind."""
    if each.what == "off" and isinstance(each.record, Meeting):  # as a point of the programme too
        kinds: tuple[type[Record], ...] = (Meeting, ItineraryItem)
        return any(_is_named(one, told) for one in told.seen.values() if isinstance(one, kinds))
    if each.what == "gone":
        owner = getattr(each.record, "owner", None)
        kin = [r for r in told.seen.values() if type(r) is type(each.record) and getattr(r, "owner", None) == owner]
        return any(_is_named(one, told) for one in kin)
    if each.record.id not in told.seen:  # of the visit itself, what stands there word for word
        return isinstance(each.record, Visit) and any(_word_for_word(c) and _is_said(c, told) for c in each.changes)
    return (
        _is_named(each.record, told) if each.what == "new" else any(_shows(c, each.record, told) for c in each.changes)
    )


def _is_named(record: Record, told: NumberedSection) -> bool:
    return any(title_of(record, lang) in told.text for lang in LANGUAGES)


def _shows(change: Change, record: Record, told: NumberedSection) -> bool:
    """Return whether a section shows a change: texts are searched word for word, for dates and codes the record is searched."""
    in_words = any(change.after.values()) and _word_for_word(change)
    return _is_said(change, told) or (not in_words and _is_named(record, told))


def _is_said(change: Change, told: NumberedSection) -> bool:
    texts = (text.strip() for text in change.after.values())
    return any(len(text) > TOO_SHORT and text in told.text for text in texts)


def _word_for_word(change: Change) -> bool:
    return bool(change.of.type.keyed or (isinstance(change.of.type, TextType) and not change.of.meta.codes))


# -- in words -------------------------------------------------------------------------------------

WHAT = {"new": Message("paper", "New"), "gone": Message("paper", "No longer"), "changed": Message("paper", "Changed")}


def change_table(reader: RedactedReader, changed: Sequence[Changed]) -> list[Block]:
    columns = (
        column(Message("paper", "What"), 44),
        column(Message("paper", "Before"), 58),
        column(Message("paper", "Now"), 58),
    )
    rows: list[tuple[Cell, ...] | Group] = []
    for each in _once(changed):
        rows.append(Group(_change_head(reader, each)))
        rows += [(cell(in_all(c.of.label)), cell(_words(c.before)), cell(_words(c.after))) for c in each.changes]
    return table(columns, rows)


def _once(changed: Sequence[Changed]) -> Iterator[Changed]:
    """Yield the changes, those of a programme item without what its meeting or its transport tells just so; who is new as a
    participant is not told again as a new person.
    """
    joined = {each.record.person for each in changed if each.what == "new" and isinstance(each.record, Participation)}
    told = {each.record.id: [_said(c) for c in each.changes] for each in changed}
    for each in changed:
        if each.what == "new" and isinstance(each.record, Person) and each.record.id in joined:
            continue
        if not isinstance(each.record, ItineraryItem) or each.what != "changed":
            yield each
            continue
        known = [*told.get(each.record.meeting or "", ()), *told.get(each.record.transport or "", ())]
        own = [c for c in each.changes if _said(c) not in known]
        if own:
            yield Changed(each.record, each.what, own)


def _said(change: Change) -> tuple[str, list[str]]:
    """Return what a change says; of hours, whether or not their clock is named."""
    texts = [*change.before.values(), *change.after.values()]
    return change.of.name, [_CLOCK.sub("", text) for text in texts] if change.of.name == "when" else texts


def _change_head(reader: RedactedReader, each: Changed) -> Words:
    """Return ``Changed: Programme item, Talks on hydrogen buses, Tue 24 Nov 2026, 10:00–12:00``, by which the record is found.

    What was called off is headed by its status: ``Cancelled``, ``Postponed``.
    """

    def names(lang: str) -> str:
        return reader.desk.read.titles([each.record.id], lang).get(each.record.id) or title_of(each.record, lang)

    kind = KINDS[type(each.record).__tablename__]
    off = each.what == "off"
    what = of_code(kind.fields["status"].meta.codes, each.record.status) if off else label(WHAT[each.what])  # type: ignore[attr-defined]
    moment = getattr(each.record, "when", None)
    found = [what, in_all(kind.label), in_all(names), *([when(moment, zone=False)] if moment else [])]

    def said(words: Sequence[str], lang: str) -> str:
        first, thing, *name = words
        return f"{first}：{thing} {'，'.join(name)}" if lang == "zh" else f"{first}: {', '.join((thing, *name))}"

    return combined(found, said)


def _words(said: dict[str, str]) -> Words:
    return Words({lang: text for lang, text in said.items() if text}, dict.fromkeys(LANGUAGES, "same"))


# Types of programme items that are key moments, the most important first.
KEY_KINDS = ("signing", "meeting", "banquet", "site_visit", "arrival", "departure")
MOMENTS = 5
OF_A_KIND = 2
NUMBERS = 3


# -- cover ----------------------------------------------------------------------------------------


def cover(of: VisitFacts) -> list[Section]:
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
        *(_logos(of, of.home_cities) or _logos(of, organisations_of(of.reader, of.delegation))[:1]),
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
    return [logo for each in bodies if each and (logo := picture(of, each.logo, (50, 20), name_of(each)))]


def _head(of: VisitFacts) -> Words:
    return titled(of.head) if of.head else NO_WORDS


def _coordinator(of: VisitFacts, id_: str | None) -> Words:
    person = of.reader.one(Person, id_)
    return reached(person) if person else NO_WORDS


def _host_cities(of: VisitFacts) -> Words:
    return label(Message("paper", "Host city")) if len(of.host_places) == 1 else field_label("visit.host_places")


# -- contents -------------------------------------------------------------------------------------


def contents(of: VisitFacts) -> list[Section]:
    blocks: list[Block] = [Contents()]
    blocks += bullets(map(Words.plain, of.request.recipients), label(Message("paper", "Distribution")))
    if of.request.replaces:
        blocks.append(Text((Para(_replaced(of), "note"),)))
    return [Section(tuple(blocks), label(Message("paper", "Contents")), new_page=True, together=True)]


# -- the visit at a glance ------------------------------------------------------------------------


def glance(of: VisitFacts) -> list[Section]:
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


NAME = "visit_pack"
PACK_TITLE = Message("paper", "Briefing pack")
LEFT_OUT = Message("paper", "Sections no longer in it")
_ALL = frozenset(EDITIONS)
_GUESTS = _ALL - {"drivers", "media"}
_READERS = OWN | {"hosts"}


PARTS = (
    Part("cover", Message("paper", "Cover"), cover, _ALL, numbered=False),
    Part("contents", Message("paper", "Contents"), contents, _ALL, numbered=False),
    Part("glance", Message("paper", "Visit at a glance"), glance, _ALL - {"drivers"}, breaks=True),
    Part("ucap", Message("paper", "UCAP at a glance"), cooperation.ucap, _READERS | {"media"}),
    Part("objectives", Message("paper", "Objectives and key messages"), objectives, OWN, OWN),
    Part("programme", Message("paper", "Programme"), programme.programme, _ALL),
    Part("days", Message("paper", "Day sheets"), programme.days, _ALL - {"media"}),
    Part("delegation", Message("paper", "Delegation"), lambda of: people_list(of, of.delegation), _ALL),
    Part("hosts", Message("paper", "Host side"), lambda of: people_list(of, of.hosts), _ALL - {"drivers"}),
    Part("profiles", Message("paper", "Profiles"), people.profiles, _ALL - {"drivers"}),
    Part("organisations", Message("paper", "Organisations"), people.organisations, _ALL - {"drivers"}),
    Part("cities", Message("paper", "City fact sheets"), cooperation.cities, _READERS | {"media"}),
    Part("meetings", Message("paper", "Meeting briefs"), meeting_parts.meetings, _ALL - {"drivers"}),
    Part("projects", Message("paper", "Themes and projects"), cooperation.projects, _GUESTS),
    Part("mous", Message("paper", "MoU status"), cooperation.mous, _GUESTS),
    Part("signing", Message("paper", "Signing ceremony"), cooperation.signing, _GUESTS),
    Part("actions", Message("paper", "Open actions"), meeting_parts.actions, _READERS),
    Part("history", Message("paper", "History of the cooperation"), cooperation.history, _READERS | {"media"}),
    Part("seating", Message("paper", "Seating plans"), seating_plans, _GUESTS),
    Part("logistics", Message("paper", "Logistics"), practical.logistics, _READERS | {"drivers"}),
    Part("contacts", Message("paper", "Contacts and emergency"), practical.contacts, _ALL - {"media"}),
    Part("protocol", Message("paper", "Protocol notes"), people.protocol, OWN | {"interpreters"}),
    Part("glossary", Message("paper", "Glossary and names"), people.glossary, OWN | {"hosts", "interpreters"}),
    Part("maps", Message("paper", "Maps and taxi cards"), practical.maps, _READERS | {"drivers"}),
    Part("notes", Message("paper", "Notes"), people.notes, _ALL - {"media"}),
    Part("annexes", Message("paper", "Annexes"), annexes.annexes, _ALL),
)
_BY_CODE = {part.code: part for part in PARTS}
CONTENTS_LINES = 30  # Maximum number of headings in the contents of one page
_LAST = ("glossary",)  # Sections made after the others, since they depend on their texts


def visit_pack(reader: RedactedReader, request: Request) -> Paper:
    parts = _parts(request)
    of = VisitFacts(reader, _with_sections(request, parts), request.ids[0])
    sections = _made(of, parts)
    found = paper(
        reader, replace(request, marking=of.marking), PACK_TITLE, of_text(of.visit.title, "title"), sections,
        marked=of.visit, dates=of_date(of.visit.dates), titled=not parts or parts[0].code != "cover",
    )  # fmt: skip
    return _with_contents(found, of)


def _with_sections(request: Request, parts: Sequence[Part]) -> Request:
    return replace(request, sections=tuple(part.code for part in parts))


def _parts(request: Request) -> list[Part]:
    """Return the requested sections, else those of the edition; a cover always comes first."""
    parts = [_BY_CODE[code] for code in request.sections] or [p for p in PARTS if request.edition in p.editions]
    return sorted(parts, key=lambda part: part.code != "cover")


def _made(of: VisitFacts, parts: Sequence[Part]) -> list[Section]:
    made = {part.code: part.make(of) for part in parts if part.code not in _LAST}
    if any(part.code == "glossary" for part in parts):
        said = [words for sections in made.values() for words, _ in words_of(sections)]
        made["glossary"] = people.glossary(of, said)
    found: list[Section] = []
    number = 0
    for part in parts:
        if made[part.code] and part.numbered:
            number += 1
            found += _numbered(part, made[part.code], number, first=not found)
        else:
            found += made[part.code]
    return found


def numbered_sections(reader: RedactedReader, request: Request) -> Iterator[NumberedSection]:
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


def sections_to_reprint(reader: RedactedReader, asked: Request, changed: Sequence[Changed]) -> list[Words]:
    return [
        joined_by("  ", Words.plain(told.number), Words.label(told.label))
        for told in numbered_sections(reader, asked)
        if any(is_affected(each, told) for each in changed)
    ]


def sections_left_out(reader: RedactedReader, pack: Pack, made: Paper) -> list[Words]:
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
    head, *others = sections
    new_page = (part.breaks or head.new_page or bool(not head.blocks and others and others[0].new_page)) and not first
    yield replace(head, heading=Words.label(part.label), number=str(number), new_page=new_page)
    below = 0
    for n, each in enumerate(others):
        below += each.heading is not None
        own = f"{number}.{below}" if each.heading is not None else ""
        under = n == 0 and not head.blocks  # a heading without words of its own keeps the first part under it
        yield replace(each, number=own, new_page=each.new_page and not under)


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
    found = sections_to_reprint(of.reader, of.request, changes_since(of.reader, pack))
    return [
        *bullets(found, Words.label(Message("paper", "Changed in this version"))),
        *bullets(sections_left_out(of.reader, pack, made), Words.label(LEFT_OUT)),
    ]


CHANGE_SHEET_TITLE = Message("paper", "Change sheet")


def change_sheet(reader: RedactedReader, request: Request) -> Paper:
    assert reader.again is not None, "given by whoever makes papers"
    pack = reader.get(Pack, request.ids[0])
    made, then, asked = reader.again(pack.id)
    changed = changes_since(then, pack)
    numbered = asked.document == NAME
    touched = sections_to_reprint(then, asked, changed) if numbered else []
    gone = sections_left_out(then, pack, made) if numbered else []
    blocks = [
        *facts(
            (label(Message("paper", "Pack")), Words.plain(f"v{pack.version or 1}")),
            (label(Message("paper", "Edition")), of_code("edition", pack.edition)),
            (label(Message("paper", "Printed")), of_date(pack.printed)),
        ),
        *bullets(touched, label(Message("paper", "Sections to be handed out anew"))),
        *bullets(gone, label(LEFT_OUT)),
        *change_table(then, changed),
    ]
    if not changed:
        blocks.append(note(Message("paper", "Nothing has changed since.")))
    found = paper(then, request, CHANGE_SHEET_TITLE, made.title, [Section(tuple(blocks))], dates=made.meta.dates)
    marking = found.meta.marking if request.marking else made.meta.marking  # it has the contents of the pack
    return replace(found, meta=replace(found.meta, marking=marking))


DOCUMENTS = (
    Document(
        NAME, PACK_TITLE, visit_pack, kinds=("visit",), order=20, editions=EDITIONS, pages=("A4", "A5", "booklet", "large"),
        sections=PARTS, options=(annexes.APPEND,),
    ),
    Document("change_sheet", CHANGE_SHEET_TITLE, change_sheet, kinds=("pack",), order=30, pages=("A4", "A5")),
)  # fmt: skip
