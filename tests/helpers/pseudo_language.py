"""A language that exists only for layouts: bracketed and stretched texts reveal texts that are cut, and texts that nobody marked."""

from __future__ import annotations

import re
from gettext import NullTranslations
from typing import Any

from ucapdesk.base import i18n
from ucapdesk.model.codes import Code

PSEUDO = "qps"
_PLACE = re.compile(r"(\{[^{}]*\})")
_ACCENTS = str.maketrans("aeiouyAEIOUYcns", "áéíóúýÁÉÍÓÚÝçñš")


def pseudo(text: str) -> str:
    """Return ``text`` in brackets, accented and 1.8 times as long, its ``{places}`` as they are."""
    parts = [part if _PLACE.fullmatch(part) else part.translate(_ACCENTS) for part in _PLACE.split(text)]
    plain = sum(len(part) for part in _PLACE.split(text) if not _PLACE.fullmatch(part))
    padding = ("~~~~~ " * plain)[: max(0, round(plain * 0.8) - 2)]  # in words, as a real text could be wrapped
    return f"[{''.join(parts)}{padding}]" if text else text


class _Pseudo(NullTranslations):
    """A catalogue that has a pseudo text for everything."""

    def pgettext(self, context: str, message: str) -> str:
        return pseudo(message)

    def npgettext(self, context: str, singular: str, plural: str, num: int) -> str:
        return pseudo(singular if num == 1 else plural)


class _Catalogues:
    """The catalogues of the program, and that of one more language."""

    def __init__(self) -> None:
        self._pseudo, self._others = _Pseudo(), i18n.catalogue
        self.cache_clear = i18n.catalogue.cache_clear

    def __call__(self, lang: str) -> NullTranslations:
        return self._pseudo if lang == PSEUDO else self._others(lang)


def _with_pseudo(label: Any) -> Any:
    def said(code: Code, lang: str | None = None) -> str:
        return pseudo(code.labels["en"]) if (lang or i18n.language()) == PSEUDO else str(label(code, lang))

    return said


def use_language(language: str) -> None:
    i18n.use_language(language)
    if language == PSEUDO:
        i18n._reader[0] = PSEUDO


_program: Any = i18n
_program.catalogue = _Catalogues()
_codes: Any = Code
_codes.label = _with_pseudo(Code.label)
