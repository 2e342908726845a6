"""Flaws of a printed paper as somebody finds them who hears it: by its structure, not by what is drawn."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

import pypdfium2

from tests.helpers.paper_structure import Heard, heard

_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_LETTER = re.compile("[A-Za-z\u00c0-\u024f]")
_TAG = re.compile("［.文］|［待译］|\\[[A-Z]{2}\\]|\\[待译\\]")
_RAW = re.compile(r"\bNone\b|\{\w*\}|%\(\w+\)s|\b[a-z]{3,}_[a-z]{3,}\b(?!@)")


def tag_flaws(pdf: bytes, languages: Sequence[str], *, booklet: bool = False, bare: bool = False) -> list[str]:
    """Everything that is wrong with what is heard; a sentence each. The back of a booklet may be blank, but no text on it silent.

    ``bare``: it is signed, and names in its sentences bear no tags.
    """
    pages = heard(pdf)
    blank = _blank_pages(pdf) if booklet else set()
    silent = [f"page {n} is silent" for n, page in enumerate(pages, 1) if not page and n not in blank]
    parts = [(n, each) for n, page in enumerate(pages, 1) for each in page]
    flaws = [f"page {n}: {flaw}: {each.text[:60]}" for n, each in parts for flaw in _of_a_part(each, languages, bare)]
    return [*silent, *flaws, *_of_levels([each for _, each in parts])]


def _blank_pages(pdf: bytes) -> set[int]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return {n for n, page in enumerate(document, 1) if not list(page.get_objects())}
    finally:
        document.close()


def _of_a_part(part: Heard, languages: Sequence[str], bare: bool) -> Iterator[str]:
    if part.role == "Figure" and not part.text.strip():
        yield "a picture is not told"
    if not part.language and part.text.strip() and len(languages) > 1:
        yield "nobody knows in which language this is"
    han, letters = len(_HAN.findall(part.text)), len(_LETTER.findall(part.text))
    if (
        part.language
        and not part.language.startswith("zh")
        and han > 3
        and han > letters
        and not (_TAG.search(part.text) or (bare and letters))
    ):
        yield f"Chinese is heard as {part.language}"
    if part.language.startswith("zh") and not han and re.search(r"\b[a-z]{4,} [a-z]{3,} [a-z]{3,}\b", part.text):
        yield "English is heard as Chinese"
    if _RAW.search(part.text):
        yield "this is a code, not a word"


def _of_levels(parts: Sequence[Heard]) -> Iterator[str]:
    levels = [int(role[1]) for part in parts for role in (part.role, *part.within) if re.fullmatch(r"H\d", role)]
    if levels and levels[0] != 1:
        yield f"the first heading is of level {levels[0]}"
    for before, after in itertools.pairwise(levels):
        if after > before + 1:
            yield f"a heading of level {after} follows one of level {before}"
