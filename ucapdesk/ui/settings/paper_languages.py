"""The choices of paper languages and their order, for the preview and the settings."""

from __future__ import annotations

from ucapdesk.base import settings
from ucapdesk.base.i18n import LANGUAGE_NAMES

LANGUAGE_CHOICES = (("en", "zh"), ("zh", "en"), ("en",), ("zh",))


def language_choices() -> list[tuple[str, tuple[str, ...]]]:
    """Return the usual choices, and the one in the settings, each after the languages' own names."""
    choices = dict.fromkeys((*LANGUAGE_CHOICES, settings.load().paper_languages))
    return [(" · ".join(LANGUAGE_NAMES[lang] for lang in languages), languages) for languages in choices]
