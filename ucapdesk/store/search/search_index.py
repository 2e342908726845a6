"""Keeps the search index and the sort keys in step with the columns.

``apply()`` calls ``index_rows`` with the rows it has just written, for a save as for a received package. The rows are
read back once a kind; which fields are searched, and how strongly, stands in their declarations.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from ucapdesk.base.fold import HAN_RUN, fold_accents
from ucapdesk.base.json_text import dumps
from ucapdesk.base.pinyin import latin_words
from ucapdesk.model.kind import NAME_WEIGHT, Kind
from ucapdesk.model.kinds import KINDS
from ucapdesk.store.read.sorting import sort_keys, title_fields
from ucapdesk.store.search.han_pairs import indexed_words
from ucapdesk.store.search.index_signs import indexed_as, short_names
from ucapdesk.store.search.typed_query import LATIN, MAYBE_PLAINER, plainer

_AT_ONCE = 2000  # rows held in memory together
_VERY_MANY = 20_000
_INSERT = "INSERT OR REPLACE INTO search(rowid, names, body, pinyin, initials) VALUES(?,?,?,?,?)"
_MERGE_PARTS = "INSERT INTO search(search) VALUES('optimize')"  # a question for a word looks into each of them


def index_rows(db: Any, changed: Mapping[str, Mapping[int, str]], kinds: Mapping[str, Kind] = KINDS) -> None:
    """Write the index entries and sort keys of rows whose columns were just written.

    Args:
        db: the driver's own connection, in the transaction of the write.
        changed: ids by number (``sync_row.n``) by name of kind; kinds this version does not know are left out.
        kinds: the declarations.
    """
    for name, rows in changed.items():
        if name in kinds and not kinds[name].cls.reserved:
            numbers = list(rows)
            for start in range(0, len(numbers), _AT_ONCE):
                _index(db, kinds[name], {rows[n]: n for n in numbers[start : start + _AT_ONCE]})
    if sum(map(len, changed.values())) >= _VERY_MANY:
        db.execute(_MERGE_PARTS)


def _index(db: Any, kind: Kind, numbers: Mapping[str, int]) -> None:
    entries: list[tuple[Any, ...]] = []
    silent: list[tuple[int]] = []
    sorts: list[tuple[str | None, str | None, str]] = []
    for id_, kept, (names, body, signs, keys) in _read(db, kind, list(numbers)):
        if names or body or signs:
            pinyin, initials = _sounds(names)
            entries.append((numbers[id_], _named(names), indexed_words(body), pinyin, " ".join((initials, *signs))))
        else:
            silent.append((numbers[id_],))
        if kept != keys:
            sorts.append((*keys, id_))
    db.executemany(_INSERT, entries)
    db.executemany("DELETE FROM search WHERE rowid=?", silent)
    if sorts:
        db.executemany(f'UPDATE "{kind.name}" SET sort_en=?, sort_zh=? WHERE id=?', sorts)


@lru_cache(maxsize=4096)
def _named(names: str) -> str:
    """Return the words of names, behind them those that are also written with a plainer spelling."""
    folded = indexed_words(names)
    if not MAYBE_PLAINER.search(folded):
        return folded
    more = (plain for word in fold_accents(names).split() if LATIN.fullmatch(word) for plain in plainer(word))
    return " ".join((folded, *more))


@lru_cache(maxsize=4096)
def _sounds(names: str) -> tuple[str, str]:
    return latin_words(" ".join((names, *short_names(names)))) if HAN_RUN.search(names) else ("", "")


_Words = tuple[str, str, tuple[str, ...], tuple[str | None, str | None]]


def _read(db: Any, kind: Kind, ids: list[str]) -> Iterator[tuple[str, tuple[str | None, str | None], _Words]]:
    """Yield id, present sort keys, and what they should be with the words of names and of body text, and signs."""
    titles = title_fields(kind)
    fields = list({f.name: f for f in (*titles, *(f for f in kind.searched if not f.meta.local))}.values())
    strengths = ((f, f.meta.search >= NAME_WEIGHT) for f in kind.searched if not f.meta.local)
    searched = [(f.name, indexed_as(f, is_name=strong), strong) for f, strong in strengths]
    columns = "".join(f', "{f.name}"' for f in fields)
    wanted = "id = ?" if len(ids) == 1 else "id IN (SELECT value FROM json_each(?))"
    given = ids[0] if len(ids) == 1 else dumps(ids)
    loads = [(f.name, f.type.load) for f in fields]
    sql = f'SELECT id, sort_en, sort_zh{columns} FROM "{kind.name}" WHERE {wanted}'
    for id_, en, zh, *stored in db.execute(sql, (given,)):
        values = {name: load(raw) for (name, load), raw in zip(loads, stored, strict=True) if raw is not None}
        said: tuple[list[str], list[str]] = ([], [])
        signs: dict[str, None] = {}
        for name, indexed, strong in searched:
            if (value := values.get(name)) is not None:
                words, more = indexed(value)
                said[not strong].append(words)
                signs.update(dict.fromkeys(more))
        keys = sort_keys(values.get(f.name) for f in titles)
        yield id_, (en, zh), (" ".join(said[0]), " ".join(said[1]), tuple(signs), keys)


def rebuild_index(db: Any) -> None:
    """Make the whole index and all sort keys again from the columns, in the caller's transaction."""
    db.execute("INSERT INTO search(search) VALUES('delete-all')")
    for name in KINDS:
        index_rows(db, {name: dict(db.execute("SELECT n, id FROM sync_row WHERE ent=?", (name,)))})
    db.execute(_MERGE_PARTS)
