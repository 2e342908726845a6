"""All documents that can be printed: whatever a module in ``papers.documents`` declares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

from ucapdesk.papers.document import Document

PACKAGE = "ucapdesk.papers.documents"


def declared() -> Iterator[Document]:
    """Yield the documents of all modules in ``papers.documents``."""
    for module in iter_modules(import_module(PACKAGE).__path__, f"{PACKAGE}."):
        yield from import_module(module.name).DOCUMENTS


def registered() -> Mapping[str, Document]:
    """Return all documents by name, in their order: the first of a kind is printed by default."""
    return MappingProxyType({each.name: each for each in sorted(declared(), key=lambda each: each.order)})


DOCUMENTS = registered()
