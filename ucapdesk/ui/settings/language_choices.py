"""The choices of languages and their order: the two of texts, and those of papers."""

from __future__ import annotations

from ucapdesk.base import settings
from ucapdesk.base.i18n import LANGUAGE_NAMES, LANGUAGES, language, latin_language, tr

RECORDS = ("en", "zh")
PAIRS: tuple[tuple[str, ...], ...] = (
    (), RECORDS, ("zh", "en"), *((lang, "zh") for lang in LANGUAGES if lang not in RECORDS),
)  # fmt: skip


def pair_choices() -> list[tuple[str, tuple[str, ...]]]:
    """Return the usual choices, and the one in the settings, each after its name.

    Where the interface speaks neither English nor Chinese, no choice and English first are the same, and offered once.
    """
    chosen = settings.load().record_languages
    twice = () if chosen == RECORDS else RECORDS
    usual = PAIRS if language() in RECORDS else tuple(each for each in PAIRS if each != twice)
    return [(_in_order(languages), languages) for languages in dict.fromkeys((*usual, chosen))]


def _in_order(languages: tuple[str, ...]) -> str:
    if not languages and language() in RECORDS:
        return tr("settings", "Interface language first")
    return " · ".join(LANGUAGE_NAMES[lang] for lang in languages or RECORDS)


def language_choices() -> list[tuple[str, tuple[str, ...]]]:
    """Return the usual choices for English, the records and the reader, and that in the settings, after the languages' own names."""
    near = [lang for lang in LANGUAGES if lang != "zh" and lang in ("en", latin_language(), language())]
    usual = [each for lang in near for each in ((lang, "zh"), ("zh", lang), (lang,))]
    choices: dict[tuple[str, ...], None] = dict.fromkeys((*usual, ("zh",), settings.load().paper_languages))
    return [(" · ".join(LANGUAGE_NAMES[lang] for lang in languages), languages) for languages in choices]
