"""Lists every text of a paper, to count drafts and to name missing translations and glyphs before printing.

Found by the fields of the content classes, so that a new kind of block cannot be forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from functools import cache, lru_cache

from ucapdesk.base.i18n import tr
from ucapdesk.briefing.characters import clean, is_usual
from ucapdesk.briefing.content import Paper, Section, Table
from ucapdesk.briefing.text_elements import Words


def all_words(paper: Paper) -> Iterator[tuple[Words, str]]:
    """Yield every text of a paper in order, each with its place in the reader's language."""
    title = tr("paper", "Title")
    yield paper.title, title
    person = None if paper.signed else Words.plain(paper.meta.person)
    edges = (paper.meta.document, paper.meta.dates, paper.meta.marking, person)
    yield from ((words, tr("paper", "Header and footer")) for words in edges if words is not None)
    if paper.house is not None:
        yield from ((words, tr("paper", "House style")) for words in (paper.house.office, paper.house.footer))
    yield from words_of(paper.sections, title)


def words_of(sections: Iterable[Section], place: str = "") -> Iterator[tuple[Words, str]]:
    """Yield every text of some sections in order, each with its place; ``place``: that before the first heading."""
    for section in sections:
        if section.heading is not None:
            place = section.heading.said("en") or place
            yield section.heading, place
        for block in section.blocks:
            found: _Found = []
            _inside(block, place, found)
            yield from ((words, words.where or under) for words, under in found)


def count_states(paper: Paper) -> tuple[int, int]:
    """Return how many printed texts are draft translations, and how many are missing; each text counts once."""
    drafts: set[object] = set()
    missing: set[object] = set()
    for words, _ in all_words(paper):
        for language in paper.languages:
            state = words.states.get(language)
            if state == "draft" and words.has(language):
                drafts.add((language, *words.text.items()))
            elif state == "missing" or words.is_missing(language):
                missing.add((language, *words.text.items()))
    return len(drafts), len(missing)


def missing_glyphs(paper: Paper) -> list[tuple[str, str]]:
    """Return the characters that no font can draw, each with its place, so that they can be named before printing."""
    found: dict[tuple[str, str], None] = {}
    for words, where in all_words(paper):
        for language in paper.languages:
            shown = words.shown(language, paper.languages)
            if shown is not None and not shown.text.isascii():
                found.update(dict.fromkeys((char, where) for char in _missing(shown.text)))
    return list(found)


@lru_cache(maxsize=8192)
def _missing(text: str) -> tuple[str, ...]:
    return tuple(char for char in clean(text) if not is_usual(char) and _is_missing(char))


def _is_missing(char: str) -> bool:
    from ucapdesk.briefing.fonts import is_missing  # opens the fonts: most papers have no other than usual characters

    return is_missing(char)


_Found = list[tuple[Words, str]]
_WITHOUT_WORDS = frozenset({"str", "int", "float", "bool", "str | None", "bytes | None"})
"""Types of fields that hold no text to be translated."""


@cache
def _fields(kind: type) -> tuple[str, ...] | None:
    """Return the fields of a content class that may hold texts, without its label; None for other classes."""
    if not is_dataclass(kind):
        return None
    return tuple(each.name for each in fields(kind) if each.type not in _WITHOUT_WORDS and each.name != "label")


def _inside(thing: object, under: str, found: _Found) -> None:
    """Add the texts of a part of the contents, each with the nearest label above it."""
    kind = type(thing)
    if kind is Words:
        found.append((thing, under))  # type: ignore[arg-type]  # its kind was asked
    elif isinstance(thing, tuple):
        for each in thing:
            _inside(each, under, found)
    elif (names := _fields(kind)) is not None:  # type: ignore[arg-type]  # a class can be hashed
        label = getattr(thing, "label", None)
        if isinstance(label, Words):
            found.append((label, label.said("en") or under))
            under = label.said("en") or under
        if isinstance(thing, Table):
            _inside(thing.columns, under, found)
            _rows(thing, under, found)
        else:
            for name in names:
                _inside(getattr(thing, name), under, found)


def _rows(table: Table, under: str, found: _Found) -> None:
    for row in table.rows:
        if isinstance(row, tuple) and table.columns[0].label:
            label: _Found = []
            _inside(row[0], "", label)
            under = label[0][0].said("en") if label else under
        _inside(row, under, found)
