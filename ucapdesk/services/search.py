"""Finding records by words in either script, parts of a record shown with what they belong to."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from ucapdesk.base.i18n import language
from ucapdesk.store.desk import Desk


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
    hits = desk.read.search(text, kinds=kinds, limit=limit)
    roots = desk.read.roots([hit.id for hit in hits])
    titles = desk.read.titles({*(hit.id for hit in hits), *roots.values()}, lang or language())
    return [_found(hit.kind, hit.id, roots.get(hit.id, hit.id), titles) for hit in hits]


def _found(kind: str, id_: str, root: str, titles: dict[str, str]) -> Found:
    return Found(kind, id_, titles.get(id_, ""), titles.get(root, "") if root != id_ else "", root)
