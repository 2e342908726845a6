"""Finding records by the words of what is computed: no index holds them, for they change with the day.

A word that was typed may be one that a computed value says (*overdue*, *notice period open*, *3 March 2028*, 龚副市长); what else
was typed has to stand in the index. Only what may hold one of the words is read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from ucapdesk.base.clock import today
from ucapdesk.base.fold import HAN_RUN, fold_accents
from ucapdesk.base.i18n import spoken_languages
from ucapdesk.model.codes import codes
from ucapdesk.model.kind import Kind, KindField
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.listing import Condition, overdue_ones
from ucapdesk.model.rules.lateness import due_field
from ucapdesk.model.text.date_words import months
from ucapdesk.model.text.format.dates_in_words import say_date
from ucapdesk.model.values import Bilingual, PartialDate
from ucapdesk.model.values.bilingual import BilingualType
from ucapdesk.model.values.cells import YesNoType
from ucapdesk.model.values.partial_date import PartialDateType
from ucapdesk.store.desk import Desk
from ucapdesk.store.read.told_values import tell_computed
from ucapdesk.store.search.typed_query import pieces

MAX_NAME_HITS = 200
"""So many records whose names hold a word are asked what they are called besides."""
MAX_REST_HITS = 10_000
SHORTEST = 3
"""A beginning of a word has so many letters at least; Chinese has words of one."""


def found(desk: Desk, text: str, kinds: Collection[str] | None = None) -> Iterator[tuple[str, str]]:
    """Yield the living records that hold every word of a text, at least one of them in a computed value: ids and kinds."""
    words = [_plain(each.words) for each in pieces(text)]
    for kind in KINDS.values() if words else ():
        if kind.told and (kinds is None or kind.name in kinds):
            yield from ((id_, kind.name) for id_ in _of_kind(desk, kind, words))


def ids(desk: Desk, kind: str, find: str | None, conditions: Sequence[Condition] = (), **asked: Any) -> list[str]:
    """As ``desk.read.ids``; ``find`` is looked for in what is computed too, and with a letter otherwise where all else finds nothing."""
    listed = desk.read.ids(kind, find=find, conditions=conditions, **asked)
    more = {id_ for id_, _ in found(desk, find, {kind})} if find and not asked.get("trash") else set()
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
        for record in tell_computed(desk, page):
            words = _words(_said(field, field.value(record, day)) for field in fields)
            rest = tuple(piece for piece in pieces if not _holds(words, piece, last=piece is pieces[-1]))
            if len(rest) < len(pieces):
                if rest and rest not in hits:
                    typed = " ".join(f'"{piece}"' if " " in piece else piece for piece in rest)
                    hits[rest] = {hit.id for hit in desk.read.search(typed, kinds={kind.name}, limit=MAX_REST_HITS)}
                if not rest or record.id in hits[rest]:
                    yield record.id


def _candidates(desk: Desk, kind: Kind, fields: Sequence[KindField], pieces: Sequence[str]) -> Iterable[str]:
    """Return the records of which one of these fields may hold a word."""
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
    """Return whether one of the words may be a word for a day or a state."""
    if isinstance(field.type, PartialDateType):
        return any(any(map(str.isdigit, piece)) or piece in months() for piece in pieces)
    vocabulary = _words([_vocabulary(field)])
    return any(_holds(vocabulary, piece, last=piece is pieces[-1]) for piece in pieces)


def _is_text(field: KindField) -> bool:
    return isinstance(field.type, BilingualType)


def _vocabulary(field: KindField) -> str:
    if isinstance(field.type, YesNoType):
        return _said(field, True)
    return _said(field, tuple(codes(field.meta.codes)) if field.meta.codes else None)


def _said(field: KindField, value: Any) -> str:
    """Return all words for a value, in each language."""
    if isinstance(value, Bilingual):
        return "\n".join(value.values())
    if isinstance(value, PartialDate):
        return "\n".join((value.edtf, *(say_date(value, lang) for lang in spoken_languages())))
    if value is True:
        return "\n".join(field.label(lang) for lang in spoken_languages())
    members = value or () if field.meta.codes else ()
    return "\n".join(field.code_label(code, lang) for code in members for lang in spoken_languages())


def _words(said: Iterable[str]) -> str:
    return f" {_plain(' '.join(said))} "


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", fold_accents(text)).split())


def _holds(words: str, piece: str, *, last: bool) -> bool:
    """Return whether words hold one, of the last one its beginning; Chinese ones anywhere."""
    if HAN_RUN.search(piece):
        return piece in words
    return f" {piece} " in words or (last and len(piece) >= SHORTEST and f" {piece}" in words)
