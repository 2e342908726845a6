"""SQL functions in Python: the translation state of a text column, and its sort key.

Only rows that SQLite could not settle by itself come here: a text about whose translation something was said, and a
sort by a text that is no title.
"""

from __future__ import annotations

from typing import Any

from ucapdesk.base.i18n import LANGUAGES
from ucapdesk.base.json_text import loads
from ucapdesk.model.values.bilingual import Bilingual
from ucapdesk.store.read.sorting import sort_key

_ENOUGH = 16  # characters that decide the place of a text that is no title


def has_state(stored: str | None, state: str) -> bool:
    """Return whether a text of a bilingual column is in a state such as ``outdated``, in any language."""
    value = Bilingual(loads(stored)) if stored else Bilingual()
    return any(value.state(lang) == state for lang in LANGUAGES if f"{lang}.state" in value.cells)


def text_key(stored: str | None, lang: str) -> str | None:
    """Return the sort key of a bilingual column for a reader of a language."""
    said = Bilingual(loads(stored)).said(lang, "en") if stored else ""
    return sort_key(said[:_ENOUGH]) if said else None


def add_functions(db: Any) -> None:
    """Register the functions on a connection."""
    db.create_function("has_state", 2, has_state, deterministic=True)
    db.create_function("text_key", 2, text_key, deterministic=True)
