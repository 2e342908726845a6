"""Full-text search of records by words, in either script, while somebody types.

A question is cut at its spaces. Each piece must be found: as a phrase, its last Latin word as a beginning. A piece in
Latin letters is also tried as pinyin (liuzhou) and as initials (lzfgw) of Chinese names. Names are looked through
first; the text of records only where names leave room. Nothing is ranked by the index itself: that would read every
hit of a common word before the first can be shown.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import chain, islice
from typing import Any, NamedTuple

from sqlalchemy import Connection

from ucapdesk.base.fold import HAN_RUN, fold, fold_letters
from ucapdesk.base.json_text import dumps
from ucapdesk.base.pinyin import spellings
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.place_kinds import Country
from ucapdesk.store.read.sorting import sort_key

_PIECE = re.compile(r'"([^"]*)"|([^\s"]+)')
_LATIN = re.compile("[a-zü]{2,}")
COUNTRY = Country.__tablename__
"""The kind of countries: every workspace has so many that they would come before everything else."""
_SOUNDS = 32  # letters; a longer word is no name typed by its sound
_AT_ONCE = 200


class Hit(NamedTuple):
    """A record that was found; the lower its rank, the better the match."""

    kind: str
    id: str
    rank: int


def search(connection: Connection, text: str, *, kinds: Collection[str] | None = None, limit: int = 200) -> list[Hit]:
    """Return the living records that hold every word of a text, best first.

    Args:
        connection: one that reads.
        text: whatever somebody typed; no character has a meaning but the quotes around a phrase.
        kinds: only these kinds; all of them by default, also those that belong to another record.
        limit: stop at so many.
    """
    names, everywhere = expression(text, "names"), expression(text, "names body")
    if not names:
        return []
    begun, kinds_in_turn = sort_key(text), (KINDS.keys() - {COUNTRY}, {COUNTRY}) if kinds is None else (kinds,)

    def living(question: str) -> Iterator[_Found]:
        return chain.from_iterable(_living(connection, question, each) for each in kinds_in_turn)

    found = sorted(islice(living(names), limit), key=lambda row: _fit(row, begun))
    if len(found) < limit:
        seen = {row.id for row in found}
        more = (row for row in living(everywhere) if row.id not in seen)
        found += islice(more, limit - len(found))
    return [Hit(row.kind, row.id, rank) for rank, row in enumerate(found)]


def expression(text: str, columns: str) -> str:
    """Return a text as a query of the index; empty where it holds no word. ``columns`` are those searched for words."""
    pieces = pieces_of(text)
    asked = [_question(piece, columns, last=piece is pieces[-1]) for piece in pieces]
    return " AND ".join(f"({question})" for question in asked)


def pieces_of(text: str) -> list[str]:
    """Return the words and quoted phrases to be found, folded."""
    return [piece for piece in map(_cleaned, _pieces(text)) if piece]


class _Found(NamedTuple):
    kind: str
    id: str
    keys: tuple[str, ...]


def _living(connection: Connection, question: str, kinds: Collection[str]) -> Iterator[_Found]:
    """Yield the living records that match a query, in the order of the index and no further than asked for."""
    sql = """SELECT r.ent, r.id FROM search s JOIN sync_row r ON r.n = s.rowid
        WHERE search MATCH ? AND r.ent IN (SELECT value FROM json_each(?))"""
    with connection.exec_driver_sql(sql, (question, dumps(sorted(kinds)))) as hits:
        for part in hits.partitions(_AT_ONCE):
            keys = _keys_of_living(connection, part)
            yield from (_Found(kind, id_, keys[id_]) for kind, id_ in part if id_ in keys)


def _keys_of_living(connection: Connection, part: Iterable[Any]) -> dict[str, tuple[str, ...]]:
    by_kind: dict[str, list[str]] = {}
    for kind, id_ in part:
        by_kind.setdefault(kind, []).append(id_)
    found: dict[str, tuple[str, ...]] = {}
    for kind, ids in by_kind.items():
        if kind in KINDS:
            sql = f'SELECT id, sort_en, sort_zh FROM "{kind}" WHERE id IN (SELECT value FROM json_each(?)) AND +is_deleted=0'
            rows = connection.exec_driver_sql(sql, (dumps(ids),))
            found.update((id_, (en or "", zh or "")) for id_, en, zh in rows)
    return found


def _fit(row: _Found, begun: str) -> tuple[bool, bool, bool, int]:
    """Return the sort key of a hit: exact titles, then those that begin with the text, then shorter ones; countries last."""
    return (
        begun not in row.keys,
        row.kind == COUNTRY,
        not any(key.startswith(begun) for key in row.keys),
        len(row.keys[0]),
    )


def _pieces(text: str) -> Iterator[str]:
    for quoted, bare in _PIECE.findall(text):
        yield quoted or bare


def _cleaned(piece: str) -> str:
    """Return folded letters and digits, everything else as a space; so nothing in it is syntax of the index."""
    return " ".join(re.sub(r"[^\w\u0300-\u036f]|_", " ", fold_letters(piece)).split())


def _question(piece: str, columns: str, *, last: bool) -> str:
    begins = "*" if last and not HAN_RUN.match(piece[-1]) else ""
    ways = [f'{{{columns}}}: "{" ".join(fold(piece).split())}"{begins}']
    letters = piece.replace(" ", "")
    if _LATIN.fullmatch(letters) and len(letters) <= _SOUNDS:
        for syllables, begun in spellings(letters):
            ways.append(f'{{pinyin}}: "{" ".join(syllables)}"{"*" if begun else ""}')
        ways.append(f'{{initials}}: "{letters[:8]}"*')
    return " OR ".join(ways)
