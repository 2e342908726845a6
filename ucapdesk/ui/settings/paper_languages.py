"""The choices of paper languages and their order, for the preview and the settings."""

from __future__ import annotations

from ucapdesk.base import settings
from ucapdesk.base.i18n import LANGUAGE_NAMES, LANGUAGES, language, latin_language


def language_choices() -> list[tuple[str, tuple[str, ...]]]:
    """Return the usual choices for English, the records and the reader, and that in the settings, after the languages' own names."""
    near = [lang for lang in LANGUAGES if lang != "zh" and lang in ("en", latin_language(), language())]
    usual = [each for lang in near for each in ((lang, "zh"), ("zh", lang), (lang,))]
    choices: dict[tuple[str, ...], None] = dict.fromkeys((*usual, ("zh",), settings.load().paper_languages))
    return [(" · ".join(LANGUAGE_NAMES[lang] for lang in languages), languages) for languages in choices]
