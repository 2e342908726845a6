"""Reads the structure of a PDF back as somebody hears it: parts with their roles, languages and texts, in order."""

from __future__ import annotations

import ctypes
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium


class Heard(NamedTuple):
    """A part that holds text or a figure: ``within`` are the roles around it, from the outside in."""

    role: str
    language: str
    text: str
    within: tuple[str, ...] = ()


def heard(pdf: bytes) -> list[list[Heard]]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [list(_page(page)) for page in document]
    finally:
        document.close()


def _page(page: pypdfium2.PdfPage) -> Iterator[Heard]:
    texts = _texts(page)
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    try:
        for n in range(pdfium.FPDF_StructTree_CountChildren(tree)):
            yield from _element(pdfium.FPDF_StructTree_GetChildAtIndex(tree, n), texts, (), "")
    finally:
        pdfium.FPDF_StructTree_Close(tree)


def _element(element: object, texts: dict[int, str], within: tuple[str, ...], language: str) -> Iterator[Heard]:
    role = _said(pdfium.FPDF_StructElement_GetType, element)
    language = _said(pdfium.FPDF_StructElement_GetLang, element) or language
    count = pdfium.FPDF_StructElement_CountChildren(element)
    own = [pdfium.FPDF_StructElement_GetChildMarkedContentID(element, n) for n in range(count)]
    text = "".join(texts[n] for n in own if n >= 0 and n in texts).strip()
    if role == "Figure":
        yield Heard(role, language, _said(pdfium.FPDF_StructElement_GetAltText, element), within)
    elif text:
        yield Heard(role, language, text, within)
    for n in range(count):
        child = pdfium.FPDF_StructElement_GetChildAtIndex(element, n)
        if child:
            yield from _element(child, texts, (*within, role), language)


def _said(ask: object, element: object) -> str:
    size = ask(element, None, 0)  # type: ignore[operator]
    buffer = ctypes.create_string_buffer(max(size, 2))
    ask(element, buffer, size)  # type: ignore[operator]
    return buffer.raw[: max(size - 2, 0)].decode("utf-16-le")


def _texts(page: pypdfium2.PdfPage) -> dict[int, str]:
    found: dict[int, str] = {}
    textpage = page.get_textpage()
    for thing in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_TEXT,), max_depth=1):
        number = pdfium.FPDFPageObj_GetMarkedContentID(thing.raw)
        size = pdfium.FPDFTextObj_GetText(thing.raw, textpage.raw, None, 0)
        buffer = ctypes.create_string_buffer(max(size, 2))
        pdfium.FPDFTextObj_GetText(thing.raw, textpage.raw, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
        found[number] = found.get(number, "") + buffer.raw[: max(size - 2, 0)].decode("utf-16-le")
    return found


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
