"""The contents of the paper "UCAP at a glance": the rows of the European form, in its order, in one or two languages.

``glance_data`` fills ``GlanceData`` from records; ``glance_section`` makes the contents of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ucapdesk.base.i18n import LANGUAGES, Message, tr
from ucapdesk.briefing.all_words import count_states
from ucapdesk.briefing.content import Block, Column, Paper, Section, Table, Text
from ucapdesk.briefing.text_elements import NO_WORDS, Para, Words
from ucapdesk.model.text.format.numbers_in_words import english_ordinal
from ucapdesk.papers.paper_parts import note
from ucapdesk.papers.paper_words import bracketed, in_all, joined, shown, state_of

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
    """A meeting of the main activities: its first words, such as "1st meeting, April 2019 (Brussels and Rome)", and what it said."""

    head: Words
    summary: Words = NO_WORDS
    topics: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class GlanceContacts:
    """The contact persons of one row of the form, each with the salutation, and the city or organisation in brackets."""

    label: Words
    people: tuple[Words, ...]


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


def glance_section(data: GlanceData, languages: Sequence[str]) -> Section:
    """Return all rows of the form."""
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
    blocks += [Text(_contacts(group, two), group.label) for group in data.contacts]
    return Section(tuple(blocks))


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
        if not meeting.summary.empty:
            paras.append(Para(meeting.summary, lead=meeting.head))
        elif meeting.topics:
            paras.append(Para(Words.label(Message("paper", "topics")), lead=meeting.head))
        else:
            paras.append(Para(meeting.head, "lead"))
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
    return english_ordinal(n) if language == "en" else f"{n}{_ORDINALS.get(language, '')}"


def meeting_head(n: int | None, month: Words, places: Words) -> Words:
    """Return such as "1st meeting, April 2019 (Brussels and Rome)"."""
    name = Words.label(Message("paper", "Meeting"))
    if n is not None:
        name = in_all(lambda lang: tr("paper", "{ordinal} meeting", lang, ordinal=_ordinal(n, lang), n=n))
    return bracketed(joined(name, month), places)


def _contacts(group: GlanceContacts, two: bool) -> tuple[Para, ...]:
    """Return a line for each person where the languages must face each other, else running text as in the form."""
    if two:
        return tuple(Para(person, close=True) for person in group.people)
    return (Para(_run_on(group.people)),)


def _run_on(people: Sequence[Words]) -> Words:
    """Return names on one line, each with its own tag where nobody wrote it in a language."""
    text = {lang: ("；" if lang == "zh" else " · ").join(shown(who, lang) for who in people) for lang in LANGUAGES}
    return Words(text, {lang: state_of(people, lang) for lang in LANGUAGES})


def with_draft_note(paper: Paper) -> Paper:
    """Return the paper with a note at its end on how many translations nobody has reviewed yet."""
    drafts, _ = count_states(paper)
    if not drafts:
        return paper
    said = note(Message("paper", "Translations not yet reviewed: {n}.", {"n": drafts}))
    return replace(paper, sections=(*paper.sections, Section((said,))))
