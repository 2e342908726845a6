"""Reads a table from plain text, Word or PDF, recognised by the contents of the file rather than its name."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType

from ucapdesk.formats.errors import (
    FileEmpty,
    FileKindUnknown,
    FileTooLarge,
    FileUnreadable,
    NotAGlance,
    TextTooLong,
)  # fmt: skip
from ucapdesk.formats.glance.glance_parts import GlanceTable, Row, Source
from ucapdesk.formats.glance.labels import BY_KEY, ESSENTIAL, field_of
from ucapdesk.formats.glance.text import squash

LIMIT = 20 * 1024 * 1024
_TEXT_LIMIT = 200_000


def read(path: Path) -> GlanceTable:
    """Return the table in a file.

    Raises:
        UserError: one of ``formats.errors`` when the file cannot be opened, is no such document, or lacks the labels.
    """
    data = _bytes(path)
    name = path.name
    source = _source(name, data)
    if source.kind == "pdf":
        pages, title, rows = _pdf().rows_of_pdf(name, data)
        source = Source(name, source.sha256, "pdf", pages)
    elif source.kind == "docx":
        title, rows = _word().rows_of_docx(name, data)
    else:
        title, rows = rows_of_text(_decoded(name, data))
    if sum(len(cell) for row in rows for cell in (row.label, *row.cells)) > _TEXT_LIMIT:
        raise TextTooLong(file=name, limit=_TEXT_LIMIT)
    if not any(field_of(row.label) for row in rows):
        raise NotAGlance(file=name, missing=", ".join(f"“{BY_KEY[key].label}”" for key in ESSENTIAL))
    return GlanceTable(title, tuple(rows), source)


def read_lines(path: Path) -> tuple[str, ...]:
    """Return the text of a file line by line, for assigning it to the fields by hand."""
    data = _bytes(path)
    kind = _kind(data)
    if kind == "pdf":
        return tuple(_pdf().pdf_lines(path.name, data))
    if kind == "docx":
        title, rows = _word().rows_of_docx(path.name, data)
        text = "\n".join([title, *("\n".join([row.label, *row.cells]) for row in rows)])
    else:
        text = _decoded(path.name, data).replace("\t", "\n")
    return tuple(line for line in map(squash, text.splitlines()) if line)


def assign(
    lines: Sequence[str], fields: Mapping[str, str | tuple[str, str]], source: Source, title: str = ""
) -> GlanceTable:
    """Return a table from text that a user assigned to the fields.

    Args:
        lines: the whole text of the file; lines of which no word was assigned are kept as a row of no field.
        fields: text by the key of its field (``labels.FIELDS``; contact rows as ``contacts``, ``contacts.A``,
            ``contacts.B``, ``contacts.programme``); a pair for the fields that have a cell for each side.
        source: the file the lines came from.
        title: the title of the paper, if there is one.
    """
    rows, used = [], squash(title)
    names = {"A": "Chinese city", "B": "European city", "programme": "IUC Asia"}
    for key, given in fields.items():
        cells = (given, "") if isinstance(given, str) else given
        field, _, group = key.partition(".")
        label = f"{names[group]} contact person" if group else BY_KEY[field].label
        rows.append(Row(label, cells))
        used += " " + squash(" ".join(cells))
    words = set(re.findall(r"\w+", used))
    rest = [line for line in lines if not set(re.findall(r"\w+", line)) <= words and field_of(line) is None]
    if rest:
        rows.append(Row("Not assigned", (" ".join(rest), "")))
    return GlanceTable(title, tuple(rows), source)


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LIMIT:
            raise FileTooLarge(file=path.name, limit=LIMIT // 1024 // 1024)
        data = path.read_bytes()
    except OSError as error:
        raise FileUnreadable(file=path.name, reason=error.strerror or type(error).__name__) from error
    if not data.strip(b"\0 \t\r\n\f\xef\xbb\xbf\xfe\xff"):
        raise FileEmpty(file=path.name)
    return data


# The two readers load libraries that take a tenth of a second; most starts of the program need neither.
def _pdf() -> ModuleType:
    from ucapdesk.formats.glance import pdf

    return pdf


def _word() -> ModuleType:
    from ucapdesk.formats.glance import glance_word

    return glance_word


def source_of(path: Path) -> Source:
    """Return the name and hash of a file without reading its table."""
    return _source(path.name, _bytes(path))


def _source(name: str, data: bytes) -> Source:
    return Source(name, hashlib.sha256(data).hexdigest(), _kind(data))


def _kind(data: bytes) -> str:
    if data[:1024].lstrip().startswith(b"%PDF"):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return "docx"
    return "txt"


def _decoded(name: str, data: bytes) -> str:
    """Decode text in UTF-8, UTF-16, GB18030 or Windows-1252, recognised by byte patterns."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif data[:4000:2].count(0) > len(data[:4000]) // 8:
        encodings = ["utf-16-be"]
    elif data[1:4000:2].count(0) > len(data[:4000]) // 8:
        encodings = ["utf-16-le"]
    else:
        # In Chinese text bytes above 127 come in pairs, in Western text they stand alone.
        runs = [len(run) for run in re.findall(rb"[\x80-\xff]+", data)]
        chinese = sum(length > 1 for length in runs) * 2 >= len(runs)
        encodings = ["utf-8-sig", *(["gb18030", "cp1252"] if chinese else ["cp1252", "gb18030"])]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if re.search(r"[\x00-\x08\x0e-\x1f\ufffe\uffff]", text):
            break
        return text
    raise FileKindUnknown(file=name)


def rows_of_text(text: str) -> tuple[str, list[Row]]:
    """Return title and rows of tab-separated text; a line without a tab continues the cell above, or is a label alone."""
    title: list[str] = []
    rows: list[Row] = []
    for line in text.replace("\r\n", "\n").split("\n"):
        label, *cells = line.rstrip("\r").split("\t")
        if not squash(line):
            continue
        if cells and rows and not squash("".join(cells)) and field_of(label) is None:
            rows[-1] = _continued(rows[-1], label)
        elif cells:
            rows.append(Row(label, tuple(cells) if len(cells) > 1 else (cells[0], "")))
        elif field_of(label):
            rows.append(Row(label, ("", "")))
        elif not rows:
            title.append(label)
        else:
            rows[-1] = _continued(rows[-1], label)
    return squash(" ".join(title)), rows


def _continued(row: Row, line: str) -> Row:
    at = max((at for at, cell in enumerate(row.cells) if squash(cell)), default=0)
    cells = list(row.cells)
    cells[at] = f"{cells[at]}\n{line}" if cells[at] else line
    return Row(row.label, tuple(cells))
