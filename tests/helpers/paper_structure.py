"""Reads the structure of a PDF back as somebody hears it: parts with their roles, languages and texts, in order."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
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
