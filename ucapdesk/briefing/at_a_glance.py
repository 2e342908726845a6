"""The paper "UCAP at a glance": the rows of the European form, in its order, in one or two languages.

Services fill ``GlanceData`` from records; ``at_a_glance`` makes the paper of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from ucapdesk.base.i18n import LANGUAGES, Message, tr
from ucapdesk.briefing.all_words import count_states
from ucapdesk.briefing.content import Block, Column, Meta, Paper, Section, Table, Text
from ucapdesk.briefing.page_setup import SIDE_BY_SIDE
from ucapdesk.briefing.text_elements import NO_WORDS, Para, Words, language_tag

_ORDINALS = {"es": ".ª", "it": "ª", "de": "."}  # of a feminine noun, as meetings are in both


@dataclass(frozen=True, slots=True)
class GlanceSide:
    """One side of the cooperation: what the form prints in its column. Absent facts are ``NO_WORDS``."""

    name: Words
    cities: Words = NO_WORDS
    countries: Words = NO_WORDS
    population: Words = NO_WORDS
    area: Words = NO_WORDS
    pairing: Words = NO_WORDS
    visits: Words = NO_WORDS


@dataclass(frozen=True, slots=True)
class GlanceTheme:
    """A cooperation theme with its pilot projects, SDG numbers and Urban Agenda partnerships."""

    name: Words
    projects: tuple[Words, ...] = ()
    sdgs: tuple[int, ...] = ()
    partnerships: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class GlanceMeeting:
    """A meeting of the main activities; its number, month and places make its first words."""

    ordinal: int | None = None
    month: Words = NO_WORDS
    places: Words = NO_WORDS
    summary: Words = NO_WORDS
    topics: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class GlanceContact:
    """A contact person with the salutation in the name, and the city or organisation in brackets."""

    name: Words
    of: Words = NO_WORDS


@dataclass(frozen=True, slots=True)
class GlanceContacts:
    """The contact persons of one row of the form."""

    label: Words
    people: tuple[GlanceContact, ...]


@dataclass(frozen=True, slots=True)
class GlanceData:
    """The contents of the paper.

    Attributes:
        title: The name of the UCAP.
        sides: The two sides in their order.
        challenges: Key challenges of the cooperation themes.
        outputs: Statements about results, without the count of MoUs.
        mou_reported: How many MoUs the source counts; None where it is silent.
        mou_recorded: How many are recorded here.
        printed: The time of the newest change among the records.
    """

    title: Words
    sides: tuple[GlanceSide, GlanceSide]
    themes: tuple[GlanceTheme, ...]
    challenges: Words
    objective: Words
    meetings: tuple[GlanceMeeting, ...]
    outputs: tuple[Words, ...]
    results: Words
    contacts: tuple[GlanceContacts, ...]
    mou_reported: int | None
    mou_recorded: int
    marking: Words
    version: str
    printed: datetime
    person: str


def at_a_glance(data: GlanceData, languages: Sequence[str], layout: str = SIDE_BY_SIDE) -> Paper:
    """Return the paper, meant for as many pages as it has languages."""
    two = len(languages) > 1
    blocks: list[Block] = [_sides(data.sides)]
    blocks += [_themes(data.themes, two)] if data.themes else []
    rows = (
        (Message("paper", "Key challenges of cooperation theme"), (Para(data.challenges),)),
        (Message("paper", "Main objective of UCAP"), (Para(data.objective),)),
        (Message("paper", "Short description of main activities and key outputs"), _activities(data)),
        (Message("paper", "Expected results – benefits"), (Para(data.results),)),
    )
    blocks += [Text(paras or (Para(NO_WORDS),), Words.label(label)) for label, paras in rows]
    blocks += [Text(_contacts(group, two) or (Para(NO_WORDS),), group.label) for group in data.contacts]
    document = Words.label(Message("paper", "The Urban Cooperation Action Plan (UCAP) at a glance"))
    meta = Meta(document, data.marking, data.version, data.printed, data.person)
    paper = Paper(data.title, tuple(languages), meta, (Section(tuple(blocks)),), layout, fit=len(languages))
    return _with_draft_note(paper)


def _sides(sides: tuple[GlanceSide, GlanceSide]) -> Table:
    rows: tuple[tuple[Message, Callable[[GlanceSide], Words]], ...] = (
        (Message("paper", "Cities"), lambda side: side.cities),
        (Message("paper", "State/Country or region"), lambda side: side.countries),
        (Message("paper", "Population"), lambda side: side.population),
        (Message("paper", "Size in km²"), lambda side: side.area),
        (Message("paper", "Pairing agreement signing date (joint declaration)"), lambda side: side.pairing),
        (Message("paper", "Date of city visit to counterpart city"), lambda side: side.visits),
    )
    columns = (
        Column(NO_WORDS, 46, label=True),
        Column(sides[0].name, 52),
        Column(sides[1].name, 62),
    )
    return Table(
        columns,
        tuple(((Para(Words.label(label)),), *((Para(value(side)),) for side in sides)) for label, value in rows),
    )


def _themes(themes: Sequence[GlanceTheme], two: bool) -> Table:
    columns = (
        Column(Words.label(Message("paper", "Theme and pilot projects")), 110 if two else 97, split=True),
        Column(Words.label(Message("paper", "SDG")), 11),
        Column(Words.label(Message("paper", "Urban Agenda")), 39 if two else 52),
    )
    rows = tuple(
        (
            _theme(theme),
            (Para(Words.plain(", ".join(map(str, theme.sdgs)))),),
            tuple(map(Para, theme.partnerships)) or (Para(NO_WORDS),),
        )
        for theme in themes
    )
    return Table(columns, rows, Words.label(Message("paper", "Cooperation themes")))


def _theme(theme: GlanceTheme) -> tuple[Para, ...]:
    """Return a theme; its name begins its first project."""
    if not theme.projects:
        return (Para(theme.name, "lead"),)
    first, *others = theme.projects
    return (Para(first, lead=theme.name), *map(Para, others))


def _activities(data: GlanceData) -> tuple[Para, ...]:
    paras: list[Para] = []
    for meeting in data.meetings:
        head = _meeting_head(meeting)
        if meeting.summary.empty and meeting.topics:
            paras.append(Para(Words.label(Message("paper", "topics")), lead=head))
        else:
            paras.append(Para(meeting.summary, lead=head) if not meeting.summary.empty else Para(head, "lead"))
        paras += [Para(topic, mark="–") for topic in meeting.topics]
    paras += map(Para, data.outputs)
    if data.mou_reported is not None or data.mou_recorded:
        counts = {"reported": data.mou_reported, "recorded": data.mou_recorded}
        said = Message("paper", "{reported} reported, {recorded} recorded", counts)
        if data.mou_reported is None:
            said = Message("paper", "{recorded} recorded", counts)
        paras.append(Para(Words.label(said), lead=Words.label(Message("paper", "Memoranda of understanding"))))
    return tuple(paras)


def _ordinal(n: int, language: str) -> str:
    if language != "en":
        return f"{n}{_ORDINALS.get(language, '')}"
    ending = "th" if 10 <= n % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{ending}"


def _meeting_head(meeting: GlanceMeeting) -> Words:
    """Return such as "1st meeting, April 2019 (Brussels and Rome)"."""
    n = meeting.ordinal
    if n is None:
        name = Words.label(Message("paper", "Meeting"))
    else:
        name = Words(
            {lang: tr("paper", "{ordinal} meeting", lang, ordinal=_ordinal(n, lang), n=n) for lang in LANGUAGES}
        )
    return _joined((name, meeting.month), meeting.places)


def _contacts(group: GlanceContacts, two: bool) -> tuple[Para, ...]:
    """Return a line for each person where the languages must face each other, else running text as in the form."""
    people = [_joined((person.name,), person.of) for person in group.people]
    if two or not people:
        return tuple(Para(person, close=True) for person in people)
    return (Para(_run_on(people)),)


def _run_on(people: Sequence[Words]) -> Words:
    text = {lang: (" · " if lang != "zh" else "；").join(_said(w, lang) for w in people) for lang in LANGUAGES}
    states: dict[str, str] = {}
    for language in LANGUAGES:
        known = {words.states.get(language, "") for words in people}
        lacking = any(words.is_missing(language) for words in people)
        states[language] = "missing" if lacking or "missing" in known else "draft" if "draft" in known else ""
    return Words(text, states)


def _joined(parts: Sequence[Words], bracket: Words) -> Words:
    """Return several texts as one in every language: the parts after commas, the last in brackets.

    A part without a translation stands in its own language with its tag; the whole then counts as missing.
    """
    text: dict[str, str | None] = {}
    states: dict[str, str] = {}
    known = [words for words in (*parts, bracket) if not words.empty]
    for language in LANGUAGES:
        if not any(words.has(language) for words in known):
            continue
        comma, opening, closing = ("，", "（", "）") if language == "zh" else (", ", " (", ")")
        said = comma.join(_said(words, language) for words in parts if not words.empty)
        text[language] = said + (opening + _said(bracket, language) + closing if not bracket.empty else "")
        lacking = any(words.is_missing(language) for words in known)
        draft = any(words.states.get(language) == "draft" for words in known)
        states[language] = "missing" if lacking else "draft" if draft else ""
    return Words(text, states)


def _said(words: Words, language: str) -> str:
    shown = words.shown(language, LANGUAGES)
    assert shown is not None
    return language_tag(shown.language, language) + shown.text if shown.stands_in else shown.text


def _with_draft_note(paper: Paper) -> Paper:
    """Return the paper with a note at its end on how many translations nobody has reviewed yet."""
    drafts, _ = count_states(paper)
    if not drafts:
        return paper
    note = {lang: tr("paper", "Translations not yet reviewed: {n}.", lang, n=drafts) for lang in LANGUAGES}
    section = Section((Text((Para(Words(note), "note"),)),))
    return Paper(paper.title, paper.languages, paper.meta, (*paper.sections, section), paper.layout, paper.fit)
