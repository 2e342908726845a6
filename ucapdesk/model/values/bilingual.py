"""Text in several languages at once, each with the state of its translation.

A state is kept as ``"approved <hash of this text> <hash of its source>"``: it names the texts it was said about.
So it lapses by itself when either of them changes, and a merge can never approve a text nobody has read.

Of texts that people write side by side nothing is said, so nothing could lapse when one of them is changed. ``write``
notes then which text the other was written for: ``"written <hash> <hash>"``, no state but what tells that it is outdated.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import ItemsView, Iterator, Mapping, ValuesView
from functools import lru_cache
from typing import Any

from ucapdesk.base.fold import HAN_RUN
from ucapdesk.base.i18n import LANGUAGES, latin_language
from ucapdesk.base.json_text import Json, dumps, loads
from ucapdesk.model.values.cells import CellType, tidy

# The statements that can be made about a text; missing and outdated are computed.
TEXT_MARKS = ("draft", "reviewed", "approved", "same", "not_needed")

WRITTEN = "written"  # Not a statement by a person: this text was written beside that one

_PUNCTUATION = re.compile(r"[\W_]+")
STATE = ".state"


@lru_cache(maxsize=4096)
def text_hash(text: str) -> str:
    """Return 16 hex digits that change with the words of a text, not with its spaces, punctuation or capitals."""
    bare = _PUNCTUATION.sub("", unicodedata.normalize("NFKC", text).casefold())
    return hashlib.sha256(bare.encode()).hexdigest()[:16]


def _noted(word: str, text: str, of: str) -> str:
    """Return the stored form of a statement about a text, with the hash of the text it translates."""
    return f"{word} {text_hash(text)} {text_hash(of)}"


class Bilingual(Mapping[str, str]):
    """Texts by language; immutable. Looks like ``{"en": …, "zh": …}``; states are asked with ``state()``."""

    __slots__ = ("_cells", "_texts")

    def __init__(self, cells: Mapping[str, str | None] | None = None, /, **by_language: str | None) -> None:
        """``cells`` as stored (``zh``, ``zh.state``); None and empty texts are left out."""
        self._cells: dict[str, str] = {k: v for k, v in {**(cells or {}), **by_language}.items() if v}
        self._texts = {k: v for k, v in self._cells.items() if not k.endswith(STATE)}

    def __getitem__(self, lang: str) -> str:
        return self._texts[lang]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def __bool__(self) -> bool:
        return bool(self._texts)

    # These as well are asked so often that those of Mapping would be slow.
    def __contains__(self, lang: object) -> bool:
        return lang in self._texts

    def values(self) -> ValuesView[str]:
        return self._texts.values()

    def items(self) -> ItemsView[str, str]:
        return self._texts.items()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Bilingual) and self._cells == other._cells

    def __hash__(self) -> int:
        return hash(frozenset(self._cells.items()))

    def __repr__(self) -> str:
        return f"Bilingual({self._cells!r})"

    @property
    def cells(self) -> Mapping[str, str]:
        """The texts and states as the log keys them."""
        return self._cells

    def put(self, lang: str, text: str | None) -> Bilingual:
        """Return the value with another text in one language; its state is left to lapse."""
        return Bilingual({**self._cells, lang: text})

    def write(self, lang: str, text: str | None) -> Bilingual:
        """Return the value as written by somebody who sees the other languages: those that now lag behind are outdated.

        A text of which something was said follows another one: when it is changed, it only catches up.
        """
        value, before, word = self.put(lang, text), self.get(lang, ""), self._word(lang)
        if word in (WRITTEN, "same", "not_needed"):
            value = value.unmark(lang)
        if word or not before or not text or text_hash(before) == text_hash(text):
            return value
        behind = (o for o in self if o != lang and not self._word(o) and self._source(o) == lang)
        return Bilingual({**value.cells, **{o + STATE: _noted(WRITTEN, self[o], before) for o in behind}})

    def notes_beyond(self, before: Bilingual) -> list[str]:
        """Return the languages whose source text is noted here and was not noted before."""
        noted = (lang for lang in self if self._word(lang) == WRITTEN)
        return [lang for lang in noted if self._cells[lang + STATE] != before.cells.get(lang + STATE)]

    def mark(self, lang: str, state: str, source: str | None = None) -> Bilingual:
        """Return the value with a statement about the present text of ``lang`` and of its source language."""
        if state not in TEXT_MARKS:
            raise ValueError(state)
        noted = _noted(state, self.get(lang, ""), self.get(source or self._source(lang), ""))
        return Bilingual({**self._cells, lang + STATE: noted})

    def unmark(self, lang: str) -> Bilingual:
        """Return the value without the statement about the text of ``lang``."""
        return Bilingual({**self._cells, lang + STATE: None})

    def still_right(self, lang: str) -> Bilingual:
        """Return the value with the statement about ``lang`` renewed, now that its source has changed."""
        word = self._word(lang)
        return self.mark(lang, word) if word in TEXT_MARKS else self.unmark(lang)

    def _word(self, lang: str) -> str:
        """Return the statement once made about a text, whether it still holds or not."""
        return self._cells.get(lang + STATE, "").partition(" ")[0]

    def state(self, lang: str, source: str | None = None) -> str:
        """Return missing, draft, reviewed, approved, same, not_needed or outdated; empty where nothing was ever said of it."""
        said = self._cells.get(lang + STATE, "").split()
        state, own, of = said if len(said) == 3 else ("", "", "")
        if lang not in self._cells:
            return "not_needed" if state == "not_needed" else "missing"
        if state not in (*TEXT_MARKS, WRITTEN):
            return ""
        if own != text_hash(self._cells[lang]):
            return "" if state == WRITTEN else "draft"
        if state != "draft" and of != text_hash(self.get(source or self._source(lang), "")):
            return "outdated"
        return "" if state == WRITTEN else state

    def said(self, *languages: str) -> str:
        """Return the text in the first of these languages that has one, else in any; empty if there is none."""
        return next((self._cells[lang] for lang in (*languages, *LANGUAGES) if lang in self._cells), "")

    def _source(self, lang: str) -> str:
        return next((other for other in LANGUAGES if other != lang and other in self._cells), "")


class BilingualType(CellType[Bilingual]):
    """One flat JSON column, one cell a key; keys sorted, so that the bytes agree on every desk."""

    word = "bilingual"
    keyed = True

    def split(self, value: Bilingual | None) -> dict[str, Json]:
        return {f".{k}": v for k, v in value.cells.items()} if value is not None else {}

    def joined(self, cells: Mapping[str, Json]) -> Bilingual:
        return Bilingual({key: text for key, text in cells.items() if isinstance(text, str)})

    def load(self, stored: Any) -> Bilingual:
        return Bilingual(loads(stored)) if stored else Bilingual()

    def store(self, value: Bilingual | None) -> Any:
        return dumps(dict(value.cells)) if value is not None and value.cells else None

    def text(self, value: Bilingual | None) -> str:
        return " ".join(value.values()) if value else ""

    def plain(self, value: Bilingual | None) -> Json:
        return {lang: (value or {}).get(lang) for lang in dict.fromkeys(("en", "zh", *(value or ())))}

    def read(self, given: Json) -> Bilingual | None:
        if given is None or isinstance(given, Bilingual):
            return given or Bilingual()
        if isinstance(given, str):
            given = {"zh" if HAN_RUN.search(given) else latin_language(): given}
        if not isinstance(given, Mapping) or not set(given) <= set(LANGUAGES):
            raise ValueError(str(given))
        return Bilingual({lang: tidy(text) if text else None for lang, text in given.items()})
