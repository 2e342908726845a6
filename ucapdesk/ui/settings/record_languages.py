"""The choices of the two languages of texts and their order, for the first page and the settings."""

from __future__ import annotations

from ucapdesk.base import settings
from ucapdesk.base.i18n import LANGUAGE_NAMES, LANGUAGES, tr

PAIRS: tuple[tuple[str, ...], ...] = (
    (), ("en", "zh"), ("zh", "en"), *((lang, "zh") for lang in LANGUAGES if lang not in {"en", "zh"}),
)  # fmt: skip


def pair_choices() -> list[tuple[str, ...]]:
    """Return the usual choices, and the one in the settings."""
    return [*dict.fromkeys((*PAIRS, settings.load().record_languages))]


def in_order(languages: tuple[str, ...]) -> str:
    """Return a pair by the languages' own names."""
    if not languages:
        return tr("settings", "Interface language first")
    return " · ".join(LANGUAGE_NAMES[lang] for lang in languages)
