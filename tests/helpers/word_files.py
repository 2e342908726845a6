"""Reads the text of Word documents, as another program does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn


def paragraphs_of(element: Any) -> Iterator[str]:
    for each in element.iter(qn("w:p")):
        yield "".join(part.text or "" for part in each.iter(qn("w:t")))


def word_text(path: Path) -> str:
    """Everything in the body of a document, in the order of its blocks."""
    return "\n".join(paragraphs_of(docx.Document(str(path)).element.body))


def word_edges(path: Path) -> str:
    section = docx.Document(str(path)).sections[0]
    return "\n".join(text for edge in (section.header, section.footer) for text in paragraphs_of(edge._element))
