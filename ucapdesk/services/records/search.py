"""Search by words in either script; a part of a record is found with its owner.

No index holds computed values, for they change with the day. A word that was typed may be one that a computed value
says (*overdue*, *notice period open*, *3 March 2028*, 龚副市长); what else was typed has to stand in the index. Only
records that may hold one of the words are read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from ucapdesk.base.clock import today
from ucapdesk.base.fold import HAN_RUN, fold_accents
from ucapdesk.base.i18n import counterpart, language, spoken_languages, tr
from ucapdesk.base.pinyin import latin_words
from ucapdesk.model.codes import codes
from ucapdesk.model.dates.formatting import say_date
from ucapdesk.model.dates.words import months
from ucapdesk.model.kind import Kind, KindField
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.listing import Condition, overdue_ones
from ucapdesk.model.rules.status import due_field
from ucapdesk.model.serialize import kind_of
from ucapdesk.model.values import Bilingual, PartialDate
from ucapdesk.model.values.bilingual import BilingualType
from ucapdesk.model.values.cells import YesNoType
from ucapdesk.model.values.partial_date import PartialDateType
from ucapdesk.store.desk import Desk
from ucapdesk.store.read.derived_values import with_computed
from ucapdesk.store.search.full_text import COUNTRY
from ucapdesk.store.search.index_words import whole
from ucapdesk.store.search.typed_query import distance, pieces, tried, whole_names

MAX_NAME_HITS = 200  # So many records whose names hold a word are asked what they are called besides
MAX_REST_HITS = 10_000
SHORTEST = 3  # A beginning of a word has so many letters at least; Chinese has words of one


def found_by_computed_words(desk: Desk, text: str, kinds: Collection[str] | None = None) -> Iterator[tuple[str, str]]:
    """Yield the living records that hold every word of a text, at least one of them in a computed value: ids and kinds."""
    words = [_plain_words(each.words) for each in pieces(text)]
    for kind in KINDS.values() if words else ():
        if kind.told and (kinds is None or kind.name in kinds):
            yield from ((id_, kind.name) for id_ in _of_kind(desk, kind, words))


def ids_by_words(
    desk: Desk, kind: str, find: str | None, conditions: Sequence[Condition] = (), **asked: Any
) -> list[str]:
    """As ``desk.read.ids``; ``find`` is looked for in what is computed too, and with a letter otherwise where all else finds nothing."""
    listed = desk.read.ids(kind, find=find, conditions=conditions, **asked)
    more = {id_ for id_, _ in found_by_computed_words(desk, find, {kind})} if find and not asked.get("trash") else set()
    if find and not listed and not more:
        return desk.read.ids(kind, find=find, conditions=conditions, near=True, **asked)
    if not more or more <= set(listed):
        return listed
    either = more | set(listed)
    return [id_ for id_ in desk.read.ids(kind, conditions=conditions, **asked) if id_ in either]


def _of_kind(desk: Desk, kind: Kind, pieces: Sequence[str]) -> Iterator[str]:
    day = today(desk.workspace.clock)
    hits: dict[tuple[str, ...], set[str]] = {}
    fields = [field for field in kind.told if _is_text(field) or _may_say(field, pieces)]
    asked = list(_candidates(desk, kind, fields, pieces))
    for page in desk.read.pages(kind.cls, asked):
        for record in with_computed(desk, page):
            words = _joined_words(_words_of_value(field, field.value(record, day)) for field in fields)
            rest = tuple(piece for piece in pieces if not _holds(words, piece, last=piece is pieces[-1]))
            if len(rest) < len(pieces):
                if rest and rest not in hits:
                    typed = " ".join(f'"{piece}"' if " " in piece else piece for piece in rest)
                    hits[rest] = {hit.id for hit in desk.read.search(typed, kinds={kind.name}, limit=MAX_REST_HITS)}
                if not rest or record.id in hits[rest]:
                    yield record.id


def _candidates(desk: Desk, kind: Kind, fields: Sequence[KindField], pieces: Sequence[str]) -> Iterable[str]:
    if not fields:
        return ()
    if all(map(_is_text, fields)):
        names = (name for piece in pieces for name in _names_in(piece))
        hits = (hit.id for name in names for hit in desk.read.search(name, kinds={kind.name}, limit=MAX_NAME_HITS))
        return dict.fromkeys(hits)
    late = due_field(kind) and all(isinstance(each.type, YesNoType) for each in fields)
    return desk.read.ids(kind.name, conditions=overdue_ones(kind.name, today(desk.workspace.clock)) if late else ())


def _names_in(piece: str) -> tuple[str, ...]:
    """Return a word, or the one or two characters of a family name before a title."""
    return (piece[:1], piece[:2]) if HAN_RUN.match(piece) and piece[1:] else (piece,)


def _may_say(field: KindField, pieces: Sequence[str]) -> bool:
    if isinstance(field.type, PartialDateType):
        return any(any(map(str.isdigit, piece)) or piece in months() for piece in pieces)
    vocabulary = _joined_words([_vocabulary(field)])
    return any(_holds(vocabulary, piece, last=piece is pieces[-1]) for piece in pieces)


def _is_text(field: KindField) -> bool:
    return isinstance(field.type, BilingualType)


def _vocabulary(field: KindField) -> str:
    if isinstance(field.type, YesNoType):
        return _words_of_value(field, True)
    return _words_of_value(field, tuple(codes(field.meta.codes)) if field.meta.codes else None)


def _words_of_value(field: KindField, value: Any) -> str:
    if isinstance(value, Bilingual):
        return "\n".join(value.values())
    if isinstance(value, PartialDate):
        return "\n".join((value.edtf, *(say_date(value, lang) for lang in spoken_languages())))
    if value is True:
        return "\n".join(field.label(lang) for lang in spoken_languages())
    members = value or () if field.meta.codes else ()
    return "\n".join(field.code_label(code, lang) for code in members for lang in spoken_languages())


def _joined_words(said: Iterable[str]) -> str:
    return f" {_plain_words(' '.join(said))} "


def _plain_words(text: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", fold_accents(text)).split())


def _holds(words: str, piece: str, *, last: bool) -> bool:
    """Return whether words hold one, of the last one its beginning; Chinese ones anywhere."""
    if HAN_RUN.search(piece):
        return piece in words
    return f" {piece} " in words or (last and len(piece) >= SHORTEST and f" {piece}" in words)


MAX_HITS_RANKED = 200  # How many hits are ranked; for a more common word one types more letters
NOWHERE = 3  # The rank of a text without the word


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
    more = found_by_computed_words(desk, text, kinds) if len(hits) < enough else ()
    return hits | dict(islice((hit for hit in more if hit[0] not in hits), limit - len(hits)))


def _near(desk: Desk, text: str, limit: int, kinds: Collection[str] | None) -> dict[str, str]:
    return {hit.id: hit.kind for hit in desk.read.search(text, kinds=kinds, limit=limit, near=True)}


def is_near(desk: Desk, text: str, kinds: Collection[str] | None = None) -> bool:
    """Return whether nothing holds the words as typed, so that all that is found differs by a letter."""
    return bool(text.strip()) and not _as_typed(desk, text, 1, 1, kinds)


def say_near(text: str) -> str:
    return tr("search", "Nothing matches {words} exactly. With one letter different:", words=text.strip())


def say_nothing(text: str) -> tuple[str, ...]:
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
