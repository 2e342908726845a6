"""The section of names and terms: glossary terms in the pack, names with pronunciation, and room for notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ucapdesk.base.i18n import Message
from ucapdesk.briefing.content import Block, Cell, Para, Ruled, Section, Words
from ucapdesk.model.kinds.paper_kinds import GlossaryTerm
from ucapdesk.papers.paper_parts import label
from ucapdesk.papers.participants import has_chinese, person_name
from ucapdesk.papers.people_lists import CHINESE_NAME_LACKING
from ucapdesk.papers.record_parts import ColumnOf, place_name, table_of
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
    columns = (
        ColumnOf("term", 80, Message("paper", "Term"), split=True),
        ColumnOf("note", 60, Message("paper", "Note"), role="note"),
    )
    return table_of(of.reader, found, columns, label(Message("paper", "Terms")))


def _occurs(word: str, text: str, lang: str) -> bool:
    word = word.casefold()
    if not word or word not in text:
        return False
    return lang == "zh" or re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


def _people(of: VisitFacts) -> list[Block]:
    columns = (
        ColumnOf(
            lambda person: _name(of, person_name(person, salutation=False)), 60, Message("paper", "Name"), split=True
        ),
        ColumnOf("pronunciation", 50, Message("paper", "Pronunciation")),
    )
    return table_of(of.reader, of.people, columns, label(Message("paper", "Names of people")))


def _name(of: VisitFacts, name: Words) -> Cell:
    """Return a name in both scripts; where the Chinese one is not known, a remark says so."""
    if has_chinese(name) or len(of.request.languages) == 1 or "zh" not in of.request.languages:
        return (Para(name),)
    return (Para(replace(name, text={**name.text, "zh": CHINESE_NAME_LACKING.say("zh")})),)


def _places(of: VisitFacts) -> list[Block]:
    columns = (
        ColumnOf(lambda place: (Para(place_name(place)),), 60, Message("paper", "Place"), split=True),
        ColumnOf("pinyin", 50, Message("paper", "Pinyin")),
    )
    places = dict.fromkeys((*of.cities, *of.places))
    return table_of(of.reader, places, columns, label(Message("paper", "Names of places")))


def notes(of: VisitFacts) -> list[Section]:
    """Return lines to write on, down to the end of the page."""
    del of
    return [Section((Ruled(),))]
