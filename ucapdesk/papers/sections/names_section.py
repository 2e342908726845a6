"""The section of names and terms: glossary terms in the pack, names with pronunciation, and room for notes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from ucapdesk.base.i18n import Message
from ucapdesk.briefing.content import Block, Ruled, Section
from ucapdesk.briefing.text_elements import Para, Words
from ucapdesk.model.kinds.paper_kinds import GlossaryTerm
from ucapdesk.papers.paper_parts import label, section
from ucapdesk.papers.paper_words import occurs
from ucapdesk.papers.record_parts import ColumnOf, place_name, table_of
from ucapdesk.papers.sections.protocol import bare_name, is_addressed
from ucapdesk.papers.visit_facts import VisitFacts


def glossary(of: VisitFacts, said: Iterable[Words] = ()) -> list[Section]:
    """Return the terms that occur in the rest of the pack, then names of people and places.

    Args:
        of: What is known of the visit.
        said: Every text of the rest of the pack.
    """
    return section([*_terms(of, list(said)), *_people(of), *_places(of)])


def _terms(of: VisitFacts, said: Sequence[Words]) -> list[Block]:
    """Return the terms found in the texts of each language; a short Latin term only as a word of its own."""
    texts = {lang: "\n".join(words.text.get(lang) or "" for words in said).casefold() for lang in of.request.languages}
    found = [
        term
        for term in of.reader.linked(GlossaryTerm)
        if any(occurs(word.casefold(), texts.get(lang, "")) for lang, word in (term.term or {}).items() if word)
    ]
    columns = (
        ColumnOf("term", 80, Message("paper", "Term"), split=True),
        ColumnOf("note", 60, Message("paper", "Note"), role="note"),
    )
    return table_of(of.reader, found, columns, label(Message("paper", "Terms")))


def _people(of: VisitFacts) -> list[Block]:
    """Return names and how they sound, of those whom the protocol notes of the same pack do not name so."""
    columns = (
        ColumnOf(partial(bare_name, of), 60, Message("paper", "Name"), split=True),
        ColumnOf("pronunciation", 50, Message("paper", "Pronunciation")),
    )
    told = of.has("protocol")
    people = [person for person in of.people if not (told and is_addressed(of, person))]
    people = [person for person in people if person.pronunciation or _compares(of)]
    return table_of(of.reader, people, columns, label(Message("paper", "Names of people")))


def _places(of: VisitFacts) -> list[Block]:
    columns = (
        ColumnOf(lambda place: (Para(place_name(place)),), 60, Message("paper", "Place"), split=True),
        ColumnOf("pinyin", 50, Message("paper", "Pinyin")),
    )
    places = [place for place in dict.fromkeys((*of.cities, *of.places)) if place.pinyin or _compares(of)]
    return table_of(of.reader, places, columns, label(Message("paper", "Names of places")))


def _compares(of: VisitFacts) -> bool:
    """Return whether a name stands in two languages; in one its list would tell nothing but how it sounds."""
    return len(of.request.languages) > 1


def notes(_: VisitFacts) -> list[Section]:
    """Return lines to write on, down to the end of the page."""
    return [Section((Ruled(),))]
