"""In which languages a paper can be had, and in which order; the preview and the settings offer the same."""

from __future__ import annotations

from collections.abc import Sequence

from ucapdesk.base import settings
from ucapdesk.base.i18n import LANGUAGE_NAMES

LANGUAGE_CHOICES = (("en", "zh"), ("zh", "en"), ("en",), ("zh",))


def language_choices() -> list[tuple[str, ...]]:
    """The usual ones, and what else the settings hold."""
    return [*dict.fromkeys((*LANGUAGE_CHOICES, settings.load().paper_languages))]


def in_words(languages: Sequence[str]) -> str:
    """Languages by their own names."""
    return " · ".join(LANGUAGE_NAMES[lang] for lang in languages)
