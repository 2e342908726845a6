"""Opens the packed files of word processors within limits: no bombs, no entities, nothing from elsewhere."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from lxml import etree

from ucapdesk.base.errors import UserError
from ucapdesk.formats.errors import (
    DOCUMENT_HAS_MACROS,
    DOCUMENT_NAMES_ENTITIES,
    DocumentDamaged,
    FileKindUnknown,
    FileTooLarge,
)

UNPACKED_LIMIT, XML_LIMIT = 200 * 1024 * 1024, 32 * 1024 * 1024
MOST_TAGS = 1_000_000
"""Elements and their ends in one part of a document; each takes far more memory than its letters."""
_MOST_FILES = 10_000
ENTITY = b"<!ENTITY"


def opened(name: str, data: bytes) -> zipfile.ZipFile:
    """Open a packed file; refuse one that unpacks to more than any paper holds."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise DocumentDamaged(file=name) from error
    entries = archive.infolist()
    is_odd = any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries)
    if is_odd or len(entries) > _MOST_FILES or sum(entry.file_size for entry in entries) > UNPACKED_LIMIT:
        archive.close()
        raise DocumentDamaged(file=name) if is_odd else FileTooLarge(file=name, limit=UNPACKED_LIMIT // 1024 // 1024)
    return archive


@contextmanager
def document(name: str, data: bytes, contents: str, macros: tuple[str, ...]) -> Iterator[zipfile.ZipFile]:
    """Open a document that has its contents in one part and no ``macros``; whatever reading it stumbles over, it is damaged."""
    try:
        with opened(name, data) as archive:
            parts = archive.namelist()
            if contents not in parts:
                raise FileKindUnknown(file=name)
            if any(part.startswith(macros) for part in parts):
                raise DOCUMENT_HAS_MACROS(file=name)
            refuse_endless(name, archive)
            yield archive
    except UserError:
        raise
    except Exception as error:  # python-docx and lxml raise whatever a broken file makes them stumble over
        raise DocumentDamaged(file=name) from error


def refuse_endless(name: str, archive: zipfile.ZipFile) -> None:
    """Refuse a document of which a part would take the memory of the computer once it is read, or defines entities."""
    for entry in archive.infolist():
        if not entry.filename.endswith((".xml", ".rels")):
            continue
        if entry.file_size > XML_LIMIT or (part := archive.read(entry)).count(b"<") > MOST_TAGS:
            raise FileTooLarge(file=name, limit=XML_LIMIT // 1024 // 1024)
        if ENTITY in part.replace(b"\0", b""):  # also of UTF-16
            raise DOCUMENT_NAMES_ENTITIES(file=name)


def parsed(data: bytes) -> Any:
    """Return the root of an XML text; entities stay unread. Raises what lxml raises for a broken one."""
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
