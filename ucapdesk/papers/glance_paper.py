"""The contents of the paper "UCAP at a glance": the rows of the European form, in its order, in one or two languages.

``glance_section`` fills them from records.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ucapdesk.base.i18n import LANGUAGES, Message, tr
from ucapdesk.briefing.content import Cell, Column, Table, Text
from ucapdesk.briefing.text_elements import NO_WORDS, Para, Words
from ucapdesk.model.text.format.numbers_in_words import english_ordinal
from ucapdesk.papers.paper_words import bracketed, in_all, joined, shown, state_of

_ORDINALS = {"es": ".ª", "it": "ª", "de": "."}  # of a feminine noun, as meetings are in both


def sides_table(sides: Sequence[Sequence[Words]]) -> Table:
    """Return what the form prints of both sides: of each its name, then its facts in the order of the form."""
    labels = (
        Message("paper", "Cities"),
        Message("paper", "State/Country or region"),
        Message("paper", "Population"),
        Message("paper", "Size in km²"),
        Message("paper", "Pairing agreement signing date (joint declaration)"),
        Message("paper", "Date of city visit to counterpart city"),
    )
    (first, second), *facts = zip(*sides, strict=True)
    columns = (Column(NO_WORDS, 46, label=True), Column(first, 52), Column(second, 62))
    rows = ((Words.label(label), *said) for label, said in zip(labels, facts, strict=True))
    return Table(columns, tuple(tuple((Para(words),) for words in row) for row in rows))


def themes_table(rows: Iterable[tuple[Cell, ...]], *, two: bool) -> Table:
    """Return the themes with their projects; ``two``: in two languages."""
    columns = (
        Column(Words.label(Message("paper", "Theme and pilot projects")), 110 if two else 97, split=True),
        Column(Words.label(Message("paper", "SDG")), 11),
        Column(Words.label(Message("paper", "Urban Agenda")), 39 if two else 52),
    )
    return Table(columns, tuple(rows), Words.label(Message("paper", "Cooperation themes")))


def theme_row(
    name: Words, projects: Sequence[Words], goals: Iterable[int] = (), partnerships: Iterable[Words] = ()
) -> tuple[Cell, ...]:
    """Return a theme with its goals and Urban Agenda partnerships; its name begins its first project."""
    said = (Para(projects[0], lead=name), *map(Para, projects[1:])) if projects else (Para(name, "lead"),)
    sdgs = Words.plain(", ".join(map(str, goals)))
    return said, (Para(sdgs),), tuple(map(Para, partnerships)) or (Para(NO_WORDS),)


def meeting_paras(head: Words, summary: Words, topics: Iterable[Words]) -> list[Para]:
    """Return a meeting of the main activities: its first words, such as "1st meeting, April 2019 (Brussels and Rome)", and what it said."""
    listed = [Para(topic, mark="–") for topic in topics]
    if not summary.empty:
        return [Para(summary, lead=head), *listed]
    return [Para(Words.label(Message("paper", "topics")), lead=head), *listed] if listed else [Para(head, "lead")]


def mou_count(reported: int | None, recorded: int) -> list[Para]:
    """Return how many memoranda the source counts and how many are on record; nothing where there is none."""
    if reported is None and not recorded:
        return []
    counts = {"reported": reported, "recorded": recorded}
    said = Message("paper", "{recorded} recorded", counts)
    if reported is not None:
        said = Message("paper", "{reported} reported, {recorded} recorded", counts)
    return [Para(Words.label(said), lead=Words.label(Message("paper", "Memoranda of understanding")))]


def text_rows(challenges: Words, objective: Words, activities: Sequence[Para], results: Words) -> list[Text]:
    """Return the rows with one cell."""
    rows = (
        (Message("paper", "Key challenges of cooperation theme"), (Para(challenges),)),
        (Message("paper", "Main objective of UCAP"), (Para(objective),)),
        (Message("paper", "Short description of main activities and key outputs"), tuple(activities)),
        (Message("paper", "Expected results – benefits"), (Para(results),)),
    )
    return [Text(paras or (Para(NO_WORDS),), Words.label(label)) for label, paras in rows]


def contacts_text(label: Words, people: Sequence[Words], *, two: bool) -> Text:
    """Return the contact persons of one row: a line for each where two languages must face each other, else running text."""
    return Text(tuple(Para(who, close=True) for who in people) if two else (Para(_run_on(people)),), label)


def _ordinal(n: int, language: str) -> str:
    return english_ordinal(n) if language == "en" else f"{n}{_ORDINALS.get(language, '')}"


def meeting_head(n: int | None, month: Words, places: Words) -> Words:
    """Return such as "1st meeting, April 2019 (Brussels and Rome)"."""
    name = Words.label(Message("paper", "Meeting"))
    if n is not None:
        name = in_all(lambda lang: tr("paper", "{ordinal} meeting", lang, ordinal=_ordinal(n, lang), n=n))
    return bracketed(joined(name, month), places)


def _run_on(people: Sequence[Words]) -> Words:
    """Return names on one line, each with its own tag where nobody wrote it in a language."""
    text = {lang: ("；" if lang == "zh" else " · ").join(shown(who, lang) for who in people) for lang in LANGUAGES}
    return Words(text, {lang: state_of(people, lang) for lang in LANGUAGES})
