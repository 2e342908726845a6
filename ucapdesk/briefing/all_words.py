"""Lists every text of a paper, to count drafts and to name missing translations and glyphs before printing.

Found by the fields of the content classes, so that a new kind of block cannot be forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache

from ucapdesk.base.i18n import LANGUAGES, tr
from ucapdesk.briefing.content import Paper, Table, Words


def all_words(paper: Paper) -> Iterator[tuple[Words, str]]:
    """Yield every text of a paper in order, each with its place in the reader's language."""
    title = tr("paper", "Title")
    yield paper.title, title
    for words in (paper.meta.document, paper.meta.dates, paper.meta.marking):
        if words is not None:
            yield words, tr("paper", "Header and footer")
    yield Words.plain(paper.meta.person), tr("paper", "Header and footer")
    if paper.house is not None:
        yield from ((words, tr("paper", "House style")) for words in (paper.house.office, paper.house.footer))
    place = title
    for section in paper.sections:
        if section.heading is not None:
            place = _name(section.heading) or place
            yield section.heading, place
        for block in section.blocks:
            yield from ((words, words.where or under) for words, under in _inside(block, place))


def count_states(paper: Paper) -> tuple[int, int]:
    """Return how many printed texts are draft translations, and how many are missing; each text counts once."""
    drafts: set[object] = set()
    missing: set[object] = set()
    for words, _ in all_words(paper):
        for language in paper.languages:
            said = language, *words.text.items()
            if words.has(language) and words.states.get(language) == "draft":
                drafts.add(said)
            if words.is_missing(language) or words.states.get(language) == "missing":
                missing.add(said)
    return len(drafts), len(missing)


@cache
def _fields(kind: type) -> tuple[str, ...]:
    """Return the fields of a content class, its label first."""
    names = [each.name for each in fields(kind)] if is_dataclass(kind) else []
    return tuple(sorted(names, key=lambda name: name != "label"))


def _inside(thing: object, under: str) -> Iterator[tuple[Words, str]]:
    """Yield the texts of a part of the contents, each with the nearest label above it."""
    if isinstance(thing, Words):
        yield thing, under
    elif isinstance(thing, tuple):
        for each in thing:
            yield from _inside(each, under)
    elif isinstance(thing, Table):
        yield from _table(thing, under)
    else:
        label = getattr(thing, "label", None)
        if isinstance(label, Words):
            yield label, _name(label) or under
            under = _name(label) or under
        for name in _fields(type(thing)):  # type: ignore[arg-type]  # a class can be hashed
            if name != "label":
                yield from _inside(getattr(thing, name), under)


def _table(table: Table, under: str) -> Iterator[tuple[Words, str]]:
    if table.label is not None:
        under = _name(table.label) or under
        yield table.label, under
    yield from ((column.head, under) for column in table.columns)
    for row in table.rows:
        if isinstance(row, tuple) and table.columns[0].label:
            first = next((words for words, _ in _inside(row[0], "")), None)
            under = _name(first) if first is not None else under
        yield from _inside(row, under)


def _name(words: Words) -> str:
    shown = words.shown("en", LANGUAGES)
    return shown.text if shown else ""
