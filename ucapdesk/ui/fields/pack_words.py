"""Says with which choices a pack was printed, by the names that the dialog of papers has for them."""

from __future__ import annotations

from collections.abc import Callable

from ucapdesk.base.i18n import LANGUAGE_NAMES
from ucapdesk.services import Desk
from ucapdesk.services.records import records


def _document(_: Desk, name: str) -> str:
    from ucapdesk.papers.registry import DOCUMENTS  # loads all papers, which no other field needs

    return DOCUMENTS[name].label.say() if name in DOCUMENTS else name


def _layout(_: Desk, name: str) -> str:
    from ucapdesk.papers.request import LAYOUT_NAMES

    return LAYOUT_NAMES[name].say() if name in LAYOUT_NAMES else name


def _languages(_: Desk, said: str) -> str:
    return " · ".join(LANGUAGE_NAMES.get(lang, lang) for lang in said.split(","))


PACK_WORDS: dict[str, Callable[[Desk, str], str]] = {
    "document": _document,
    "paper_languages": _languages,
    "layout": _layout,
    "replaces": records.title_or_id,
}
"""By field; none of them is typed."""
