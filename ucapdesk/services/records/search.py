"""Search by words in either script; a part of a record is found with its owner."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from ucapdesk.base.fold import fold_accents
from ucapdesk.base.i18n import counterpart, language, tr
from ucapdesk.base.pinyin import latin_words
from ucapdesk.model.serialize import kind_of
from ucapdesk.services.records import computed_words
from ucapdesk.store.desk import Desk
from ucapdesk.store.search.full_text import COUNTRY
from ucapdesk.store.search.index_signs import whole
from ucapdesk.store.search.near_words import distance
from ucapdesk.store.search.typed_query import tried, whole_names

MAX_HITS_RANKED = 200
"""How many hits are ranked; for a more common word one types more letters."""
NOWHERE = 3
"""The rank of a text without the word."""


class Found(NamedTuple):
    """A record that holds the words. ``where``: the title of the record it is part of; empty where it stands alone."""

    kind: str
    id: str
    title: str
    where: str


def find(desk: Desk, text: str, lang: str | None = None, limit: int = 50) -> list[Found]:
    """Return the living records that hold every word, best first; where there are none, those that do but for a letter."""
    return _found(desk, hits_of(desk, text, limit, limit), lang)


def hits_of(desk: Desk, text: str, limit: int, enough: int, kinds: Collection[str] | None = None) -> dict[str, str]:
    """Return the kinds of hits by id, the best first; below ``enough``, also those whose computed values match.

    Where there are none, those of which each longer word differs by a letter.
    """
    return _as_typed(desk, text, limit, enough, kinds) or _near(desk, text, limit, kinds)


def _as_typed(desk: Desk, text: str, limit: int, enough: int, kinds: Collection[str] | None) -> dict[str, str]:
    hits = {hit.id: hit.kind for hit in desk.read.search(text, kinds=kinds, limit=limit)}
    more = computed_words.found(desk, text, kinds) if len(hits) < enough else ()
    return hits | dict(islice((hit for hit in more if hit[0] not in hits), limit - len(hits)))


def _near(desk: Desk, text: str, limit: int, kinds: Collection[str] | None) -> dict[str, str]:
    return {hit.id: hit.kind for hit in desk.read.search(text, kinds=kinds, limit=limit, near=True)}


def is_near(desk: Desk, text: str, kinds: Collection[str] | None = None) -> bool:
    """Return whether nothing holds the words as typed, so that all that is found differs by a letter."""
    return bool(text.strip()) and not _as_typed(desk, text, 1, 1, kinds)


def say_near(text: str) -> str:
    """Say that what is shown differs from what was typed."""
    return tr("search", "Nothing matches {words} exactly. With one letter different:", words=text.strip())


def say_nothing(text: str) -> tuple[str, ...]:
    """Say that nothing is found and, where it was, how else it was looked for: a sentence each."""
    ways = tr("search", ", ").join(way.say() for way in tried(text))
    said = tr("search", "Nothing found for {words}.", words=text.strip())
    return (said, tr("search", "Also tried: {ways}.", ways=ways)) if ways else (said,)


class Best(NamedTuple):
    """The best hits by kind.

    ``total``: how many were found, at most ``MAX_HITS_RANKED``; ``others``: their titles in the other language, by id; ``near``: they
    hold the words but for a letter.
    """

    found: tuple[Found, ...]
    total: int
    others: Mapping[str, str]
    near: bool = False


def best(desk: Desk, text: str, lang: str | None = None, *, recent: Sequence[str] = (), shown: int = 20) -> Best:
    """Return the records to offer while somebody types.

    First those that are called exactly so, then those whose title begins with the words, then those where a word of it does,
    then those whose reading does, then what holds the words elsewhere; among equals what was opened last. Records of one kind stand together, the
    kind of the best one first.
    """
    lang = lang or language()
    typed = _as_typed(desk, text, MAX_HITS_RANKED, shown, None)
    hits = typed or _near(desk, text, MAX_HITS_RANKED, None)
    own = desk.read.titles(list(hits), lang)
    other = desk.read.titles(list(hits), counterpart(lang))
    lifted = {id_: place for place, id_ in enumerate(recent)}
    called = whole_names(text)

    def rank(title: str) -> int:
        return _fit(text, title) if typed else distance(fold_accents(text), fold_accents(title))

    def fit(id_: str) -> tuple[int, int]:
        titles = {own.get(id_, ""), other.get(id_, "")}
        exact = called if hits[id_] != COUNTRY else frozenset({whole(text)})  # DRC is an office before it is a country
        return min(-1 if whole(title) in exact else rank(title) for title in titles), lifted.get(id_, len(lifted))

    chosen = sorted(hits, key=fit)[:shown]
    kinds = dict.fromkeys(hits[id_] for id_ in chosen)
    grouped = {id_: kind for kind in kinds for id_ in chosen if hits[id_] == kind}
    others = {id_: other[id_] for id_ in chosen if other.get(id_, own.get(id_)) != own.get(id_)}
    return Best(tuple(_found(desk, grouped, lang)), len(hits), others, bool(hits) and not typed)


def _fit(text: str, title: str) -> int:
    """Return the rank of a title: 0 it begins with the words, 1 a word of it does, 2 its reading does, 3 they are elsewhere."""
    title, text = fold_accents(title), " ".join(fold_accents(text).split())
    return 0 if title.startswith(text) else max(1, *(_rank(word, title) for word in text.split()))


def these(desk: Desk, ids: Sequence[str], lang: str | None = None) -> list[Found]:
    """Return the living ones of some records, in this order, as search hits."""
    living = [record for record in desk.read.many(ids) if not record.is_deleted and not record.reserved]
    return _found(desk, {record.id: kind_of(record).name for record in living}, lang)


def _found(desk: Desk, kinds: Mapping[str, str], lang: str | None) -> list[Found]:
    roots = desk.read.roots(list(kinds))
    titles = desk.read.titles({*kinds, *roots.values()}, lang or language())
    owners = {id_: titles.get(root, "") for id_, root in roots.items() if root != id_}
    return [Found(kind, id_, titles.get(id_, ""), owners.get(id_, "")) for id_, kind in kinds.items()]


def named(text: str, labels: Mapping[str, str]) -> list[str]:
    """Return the keys of labels that hold every word: as written, without accents, by pinyin or initials; best first."""
    words = fold_accents(text).split()
    ranks = {key: [_rank(word, fold_accents(label)) for word in words] for key, label in labels.items()}
    fitting = {key: max(ranked) for key, ranked in ranks.items() if ranked}
    return sorted((key for key, rank in fitting.items() if rank < NOWHERE), key=lambda key: fitting[key])


def _rank(word: str, label: str) -> int:
    """Return 0 where the label begins with the word, 1 where a word of it does, 2 where only its reading does."""
    if label.startswith(word):
        return 0
    if f" {word}" in label or (not word.isascii() and word in label):
        return 1
    syllables, initials = latin_words(label)
    spelt = syllables.split()
    readings = ("".join(spelt[at:]) for at in range(len(spelt)))
    return 2 if any(reading.startswith(word) for reading in (*readings, *initials.split())) else NOWHERE
