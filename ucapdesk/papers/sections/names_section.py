"""The section of names and terms: glossary terms in the pack, names with pronunciation, and room for notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ucapdesk.base.i18n import Message
from ucapdesk.briefing.content import Block, Cell, Para, Ruled, Section, Words
from ucapdesk.model.kinds.paper_kinds import GlossaryTerm
from ucapdesk.papers.paper_parts import cell, column, label, table
from ucapdesk.papers.paper_words import of_text
from ucapdesk.papers.participants import has_chinese, person_name
from ucapdesk.papers.sections.common import place_name
from ucapdesk.papers.sections.people_section import CHINESE_NAME_LACKING
from ucapdesk.papers.visit_facts import VisitFacts


def glossary(of: VisitFacts, said: Iterable[Words] = ()) -> list[Section]:
    """Return the terms that occur in the rest of the pack, then names of people and places.

    Args:
        of: What is known of the visit.
        said: Every text of the rest of the pack.
    """
    blocks = [*_terms(of, list(said)), *_people(of), *_places(of)]
    return [Section(tuple(blocks))] if blocks else []


def _terms(of: VisitFacts, said: Sequence[Words]) -> list[Block]:
    """Return the terms found in the texts of each language; a short Latin term only as a word of its own."""
    texts = {lang: "\n".join(words.text.get(lang) or "" for words in said).casefold() for lang in of.request.languages}
    found = [
        term
        for term in of.reader.every(GlossaryTerm)
        if any(_occurs(word, texts.get(lang, ""), lang) for lang, word in (term.term or {}).items())
    ]
    columns = (column(Message("paper", "Term"), 80, split=True), column(Message("paper", "Note"), 60))
    rows: list[tuple[Cell, ...]] = [
        ((Para(of_text(term.term)),), cell(of_text(term.note), role="note")) for term in found
    ]
    return table(columns, rows, label(Message("paper", "Terms")))


def _occurs(word: str, text: str, lang: str) -> bool:
    word = word.casefold()
    if not word or word not in text:
        return False
    return lang == "zh" or re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


def _people(of: VisitFacts) -> list[Block]:
    columns = (column(Message("paper", "Name"), 60, split=True), column(Message("paper", "Pronunciation"), 50))
    rows: list[tuple[Cell, ...]] = [
        (_name(of, person_name(person, salutation=False)), cell(Words.plain(person.pronunciation or "")))
        for person in of.people
    ]
    return table(columns, rows, label(Message("paper", "Names of people")))


def _name(of: VisitFacts, name: Words) -> Cell:
    """Return a name in both scripts; where the Chinese one is not known, a remark says so."""
    if has_chinese(name) or len(of.request.languages) == 1 or "zh" not in of.request.languages:
        return (Para(name),)
    return (Para(replace(name, text={**name.text, "zh": CHINESE_NAME_LACKING.say("zh")})),)


def _places(of: VisitFacts) -> list[Block]:
    columns = (column(Message("paper", "Place"), 60, split=True), column(Message("paper", "Pinyin"), 50))
    rows: list[tuple[Cell, ...]] = [
        ((Para(place_name(place)),), cell(Words.plain(place.pinyin or "")))
        for place in dict.fromkeys((*of.cities, *of.places))
    ]
    return table(columns, rows, label(Message("paper", "Names of places")))


def notes(of: VisitFacts) -> list[Section]:
    """Return a ruled page."""
    del of
    return [Section((Ruled(),), new_page=True)]
