"""Opens the packed files of word processors within limits: no bombs, no entities, nothing from elsewhere."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from lxml import etree

from ucapdesk.formats.errors import DocumentDamaged, FileTooLarge

UNPACKED_LIMIT = 200 * 1024 * 1024
_MOST_FILES = 10_000


def opened(name: str, data: bytes) -> zipfile.ZipFile:
    """Open a packed file; refuse one that unpacks to more than any paper holds."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise DocumentDamaged(file=name) from error
    entries = archive.infolist()
    if len(entries) > _MOST_FILES or sum(entry.file_size for entry in entries) > UNPACKED_LIMIT:
        archive.close()
        raise FileTooLarge(file=name, limit=UNPACKED_LIMIT // 1024 // 1024)
    return archive


def parsed(data: bytes) -> Any:
    """Return the root of an XML text; entities stay unread. Raises what lxml raises for a broken one."""
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
