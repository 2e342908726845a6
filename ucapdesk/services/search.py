"""Finding records by words in either script, parts of a record shown with what they belong to."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from ucapdesk.base.i18n import language
from ucapdesk.model.plain import kind_of
from ucapdesk.store.desk import Desk
from ucapdesk.store.fold import fold_accents
from ucapdesk.store.pinyin import latin_words

NOWHERE = 3
"""The rank of what does not hold a word."""


@dataclass(frozen=True, slots=True)
class Found:
    """A record that holds the words. ``root`` is the record it is part of, itself where it stands alone, and ``where``
    that one's title; empty for a record that stands alone.
    """

    kind: str
    id: str
    title: str
    where: str
    root: str


def find(
    desk: Desk, text: str, lang: str | None = None, limit: int = 50, *, kinds: Collection[str] | None = None
) -> list[Found]:
    """The living records that hold every word, best first."""
    return _found(desk, {hit.id: hit.kind for hit in desk.read.search(text, kinds=kinds, limit=limit)}, lang)


def these(desk: Desk, ids: Sequence[str], lang: str | None = None) -> list[Found]:
    """The living ones of some records, in this order, as if they had been searched for."""
    living = [record for record in desk.read.many(ids) if not record.is_deleted and not record.reserved]
    return _found(desk, {record.id: kind_of(record).name for record in living}, lang)


def exists(desk: Desk, id_: str) -> bool:
    """Whether a record can be shown, be it from the Trash."""
    return any(not record.reserved for record in desk.read.many([id_]))


def _found(desk: Desk, kinds: Mapping[str, str], lang: str | None) -> list[Found]:
    roots = desk.read.roots(list(kinds))
    titles = desk.read.titles({*kinds, *roots.values()}, lang or language())
    return [_one(kind, id_, roots.get(id_, id_), titles) for id_, kind in kinds.items()]


def _one(kind: str, id_: str, root: str, titles: dict[str, str]) -> Found:
    return Found(kind, id_, titles.get(id_, ""), titles.get(root, "") if root != id_ else "", root)


def named(text: str, labels: Mapping[str, str]) -> list[str]:
    """The keys of the labels that hold every word: as written, without accents, by pinyin or its initials; best first."""
    words = fold_accents(text).split()
    ranks = {key: [_rank(word, fold_accents(label)) for word in words] for key, label in labels.items()}
    fitting = {key: max(ranked) for key, ranked in ranks.items() if ranked}
    return sorted((key for key, rank in fitting.items() if rank < NOWHERE), key=lambda key: fitting[key])


def _rank(word: str, label: str) -> int:
    """0 where the label begins with the word, 1 where a word of it does, 2 where only its reading does."""
    if label.startswith(word):
        return 0
    if f" {word}" in label or (not word.isascii() and word in label):
        return 1
    syllables, initials = latin_words(label)
    spelt = syllables.split()
    readings = ("".join(spelt[at:]) for at in range(len(spelt)))
    return 2 if any(reading.startswith(word) for reading in (*readings, *initials.split())) else NOWHERE
