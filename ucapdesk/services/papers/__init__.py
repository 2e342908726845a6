"""Printing: which papers there are, and one of them made from records into a PDF file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ucapdesk.base.i18n import LANGUAGES, Message
from ucapdesk.briefing.at_a_glance import at_a_glance
from ucapdesk.briefing.content import LAYOUTS, SIDE_BY_SIDE, Paper
from ucapdesk.briefing.render import RenderReport, missing_glyphs, render
from ucapdesk.model.kinds import KINDS
from ucapdesk.services.errors import (
    NoDocumentFor,
    NoPackEdition,
    OneAtATime,
    UnknownDocument,
    UnknownLanguages,
    UnknownLayout,
)
from ucapdesk.services.papers.glance_data import glance_data
from ucapdesk.services.printable import KINDS_OF
from ucapdesk.services.records import get, titles
from ucapdesk.store.desk import Desk
from ucapdesk.store.refusals import InTrash

__all__ = ["DocumentInfo", "RenderReport", "brief", "documents", "missing_glyphs", "paper", "render"]


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """A document that can be printed, its name in the languages of the window, and of which kinds of record."""

    name: str
    labels: dict[str, str]
    kinds: tuple[str, ...]
    layouts: tuple[str, ...]


def _at_a_glance(desk: Desk, id_: str, languages: Sequence[str], layout: str) -> Paper:
    return at_a_glance(glance_data(desk, id_), languages, layout)


@dataclass(frozen=True, slots=True)
class _Document:
    label: Message
    kinds: tuple[str, ...]
    make: Callable[[Desk, str, Sequence[str], str], Paper]


DOCUMENTS = {
    "at_a_glance": _Document(Message("document", "UCAP at a glance"), KINDS_OF["at_a_glance"], _at_a_glance),
}
"""By name; the first that takes a kind is the one printed where nobody asked for another."""


def documents() -> list[DocumentInfo]:
    """The papers that can be printed, and for which kinds."""
    return [
        DocumentInfo(name, {lang: each.label.say(lang) for lang in ("en", "zh")}, each.kinds, LAYOUTS)
        for name, each in DOCUMENTS.items()
    ]


def brief(
    desk: Desk,
    ids: Sequence[str],
    target: Path | BinaryIO,
    *,
    document: str | None = None,
    languages: Sequence[str] = ("en", "zh"),
    layout: str | None = None,
    edition: str | None = None,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> RenderReport:
    """Print records.

    Args:
        desk: The workspace.
        ids: The records the document is about.
        target: The file, which appears complete or not at all, or an open stream.
        document: Its name; by default the one for the kind of the first record.
        languages: One, or two in the order of reading.
        layout: How two languages stand to each other.
        edition: For whom, where the document has editions.
        progress: Told pages drawn and pages in all.
        cancelled: Asked often; printing stops soon after it says yes.
    """
    made = paper(desk, ids, document=document, languages=languages, layout=layout, edition=edition)
    return render(made, target, progress=progress, cancelled=cancelled)


def paper(
    desk: Desk,
    ids: Sequence[str],
    *,
    document: str | None = None,
    languages: Sequence[str] = ("en", "zh"),
    layout: str | None = None,
    edition: str | None = None,
) -> Paper:
    """What ``brief`` prints, not yet set; arguments as there."""
    known = ", ".join(DOCUMENTS)
    if document is not None and document not in DOCUMENTS:
        raise UnknownDocument(document=document, documents=known)
    _check_languages(languages)
    kinds = [_kind(desk, id_) for id_ in ids]
    name = document or next((name for name, each in DOCUMENTS.items() if kinds and kinds[0] in each.kinds), None)
    for kind in kinds:
        if name is None or kind not in DOCUMENTS[name].kinds:
            told = "; ".join(f"{each} ({', '.join(DOCUMENTS[each].kinds)})" for each in DOCUMENTS)
            raise NoDocumentFor(kind=kind, documents=told)
    assert name is not None
    if len(ids) != 1:
        raise OneAtATime(document=name, n=len(ids))
    if layout is not None and layout not in LAYOUTS:
        raise UnknownLayout(document=name, layout=layout, layouts=", ".join(LAYOUTS))
    if edition is not None:
        raise NoPackEdition(document=name)
    return DOCUMENTS[name].make(desk, ids[0], tuple(languages), layout or SIDE_BY_SIDE)


def _check_languages(languages: Sequence[str]) -> None:
    if not 1 <= len(languages) <= 2 or len(set(languages)) < len(languages) or not set(languages) <= set(LANGUAGES):
        raise UnknownLanguages(said=",".join(languages), languages=", ".join(LANGUAGES))


def _kind(desk: Desk, id_: str) -> str:
    record = get(desk, id_)
    if record.is_deleted:
        raise InTrash(title=titles(desk, [id_]).get(id_) or id_)
    return KINDS[type(record).__tablename__].name
