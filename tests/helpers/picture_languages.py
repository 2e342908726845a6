"""The languages in which the manual shows pictures: English, and those whose pages name pictures of their own."""

from __future__ import annotations

from tests.helpers.source_tree import ROOT
from ucapdesk.base.i18n import LANGUAGES

PAGES = tuple(sorted((ROOT / "docs" / "manual").glob("*.md")))


def ending(lang: str) -> str:
    """What the names of pictures in a language end in."""
    return "" if lang == "en" else f"-{lang}"


LOOKS = tuple(
    (lang, ending(lang))
    for lang in LANGUAGES
    if lang == "en" or any(f"{ending(lang)}.png)" in page.read_text(encoding="utf-8") for page in PAGES)
)
"""The languages with the endings of their pictures."""
