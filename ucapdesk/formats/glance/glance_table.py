"""Recognises the format of a document by its contents, has its reader read it, and finds the table of a UCAP in it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from ucapdesk.base.errors import UserError
from ucapdesk.formats.blocks.block_types import DELETED, MOST_ROWS, Blocks, Grid
from ucapdesk.formats.blocks.mails import is_mail, is_of_entries, mail_parts
from ucapdesk.formats.blocks.markup import opened
from ucapdesk.formats.blocks.rtf import rtf_blocks
from ucapdesk.formats.blocks.text_file import decoded, markdown_blocks, plain_blocks
from ucapdesk.formats.errors import (
    TEXT_TOO_LONG,
    FileEmpty,
    FileKindUnknown,
    FileTooLarge,
    NotAGlance,
    NoTextInDocument,
)  # fmt: skip
from ucapdesk.formats.glance.labelled_rows import Arranged, arranged, settled
from ucapdesk.formats.paper_contents import Aside, GlanceTable, Row, Source
from ucapdesk.formats.phrases.field_labels import BY_KEY, ESSENTIAL, field_of, lacking
from ucapdesk.formats.phrases.small_texts import squash
from ucapdesk.formats.whole_files import read_file

LIMIT = 20 * 1024 * 1024
_TEXT_LIMIT = 200_000
LEAST_LABELS, _LARGEST_SHEET = 5, 1024 * 1024
PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


def read(path: Path) -> GlanceTable:
    """Return the table in a file; of an e-mail with several papers the first, as of ``read_all``.

    Raises:
        UserError: one of ``formats.errors`` when the file cannot be opened, is no such document, or lacks the labels.
    """
    return read_all(path)[0]


def read_all(path: Path) -> list[GlanceTable]:
    """Return the tables in a file: one, or those of the papers attached to an e-mail. Raises as ``read`` does."""
    data = bytes_of(path)
    if kind_of_file(path.name, data) == "eml":
        return _read_mail(path.name, data)
    return [_checked(path.name, _read(path.name, data), _source(path.name, data))]


def is_paper(path: Path) -> bool:
    """Return whether a text in columns has labels of a UCAP at a glance, and is no list of anything else."""
    try:
        return path.stat().st_size <= _LARGEST_SHEET and _read(path.name, bytes_of(path)).found >= LEAST_LABELS
    except (UserError, OSError):
        return False  # the reader of sheets says what is wrong


def _read_mail(name: str, data: bytes) -> list[GlanceTable]:
    said, parts = mail_parts(name, data)
    tables: list[GlanceTable] = []
    rest = [Aside("aside_mail", line) for line in said]
    refused: UserError | None = None
    for file, content in parts:
        kind = _kind_of_part(file, content)
        if kind in ("picture", "entries"):
            rest.append(Aside("aside_attachment", file))
        if kind in ("eml", "picture", "entries"):
            continue
        try:
            made = _read(file, content)
            if made.found < 2:
                lines = [squash(text) for text in (made.title, *(" ".join([r.label, *r.cells]) for r in made.rows))]
                rest += [*(Aside("aside_mail", line) for line in lines if line), *made.asides]
                continue
            if tables and file.startswith(f"{name}."):
                continue  # its own text, which says once more what is attached
            tables.append(_checked(file, made, _source(file, content) if tables else _source(name, data)))
        except (FileKindUnknown, NotAGlance):
            rest.append(Aside("aside_attachment", file))
        except UserError as error:
            refused = refused or error
            rest.append(Aside("aside_unread", file))
    if not tables:
        raise refused or lacking(name, *ESSENTIAL)
    first = tables[0]
    tables[0] = GlanceTable(first.title, first.rows, first.source, (*first.asides, *rest))
    return tables


def _checked(name: str, made: Arranged, source: Source) -> GlanceTable:
    if not any(field_of(row.label) for row in made.rows):
        raise lacking(name, *ESSENTIAL)
    return GlanceTable(made.title, tuple(made.rows), replace(source, pages=made.pages), tuple(made.asides))


def _read(name: str, data: bytes) -> Arranged:
    kind = kind_of_file(name, data)
    if kind == "pdf":
        return _read_pdf(name, data)
    if kind == "picture":
        raise NoTextInDocument(file=name)
    found = _blocks(kind, name, data)
    rows = sum(len(part.rows) for part in found.parts if isinstance(part, Grid))
    if rows > MOST_ROWS or sum(map(len, _all_texts(found))) > _TEXT_LIMIT:
        raise TEXT_TOO_LONG(file=name, limit=_TEXT_LIMIT)
    return arranged(found)


def _read_pdf(name: str, data: bytes) -> Arranged:
    """Return the rows of a PDF, by the lines around its cells or by where its columns begin: what tells more of a paper."""
    from ucapdesk.formats.blocks import pdf, pdf_tables

    ruled = arranged(pdf_tables.pdf_blocks(name, data))
    try:
        ruled.pages, title, rows = pdf.rows_of_pdf(name, data)
    except NotAGlance:
        return ruled
    made = Arranged(title, pages=ruled.pages)
    made.asides = [aside for aside in ruled.asides if aside.code == f"aside_{DELETED}"]
    made.rows = settled(rows, made.asides, title)
    return ruled if ruled.found >= made.found else made


# Each reader loads a library that takes a tenth of a second; most starts of the program need none.
def _blocks(kind: str, name: str, data: bytes) -> Blocks:
    if kind == "docx":
        from ucapdesk.formats.blocks.word_file import word_blocks

        return word_blocks(name, data)
    if kind == "odt":
        from ucapdesk.formats.blocks.markup import odt_blocks

        return odt_blocks(name, data)
    if kind == "rtf":
        return rtf_blocks(name, data)
    text = decoded(name, data)
    if kind == "html":
        from ucapdesk.formats.blocks.markup import html_blocks

        return html_blocks(name, _declared(data) or text)
    return markdown_blocks(text) if kind == "md" else plain_blocks(text)


def blocks_of(name: str, data: bytes) -> Blocks:
    """Return the paragraphs and tables of a document that has them; a PDF and an e-mail have none."""
    return _blocks(kind_of_file(name, data), name, data)


def read_lines(path: Path, *, only: str = "", without: Collection[str] = ()) -> tuple[str, ...]:
    """Return the text of a file line by line; of an e-mail only what one attached file says, or without that of some."""
    data = bytes_of(path)
    kind = kind_of_file(path.name, data)
    if kind == "eml":
        said, parts = mail_parts(path.name, data)
        parts = [part for part in parts if (part[0] == only if only else part[0] not in without)]
        texts = [*(() if only else said), *(text for part in parts for text in _texts_of_part(*part))]
    elif kind == "txt":
        texts = [decoded(path.name, data).replace("\t", "\n")]
    else:
        texts = _texts(kind, path.name, data)
    return tuple(line for line in map(squash, "\n".join(texts).splitlines()) if line)


def _texts_of_part(file: str, content: bytes) -> list[str]:
    """Return the texts of what an e-mail brings; nothing of what is no paper of a known kind."""
    kind = _kind_of_part(file, content)
    if kind in ("eml", "entries"):
        return [] if kind == "eml" else [file]
    try:
        return _texts(kind, file, content)
    except UserError:
        return [file]


def _texts(kind: str, name: str, data: bytes) -> list[str]:
    if kind == "pdf":
        from ucapdesk.formats.blocks import pdf

        return pdf.pdf_lines(name, data)
    if kind == "picture":
        raise NoTextInDocument(file=name)
    return _all_texts(_blocks(kind, name, data))


def _all_texts(read: Blocks) -> list[str]:
    texts = []
    for part in read.parts:
        texts += [cell.text for row in part.rows for cell in row] if isinstance(part, Grid) else [part.text]
    return texts


def assign(
    lines: Sequence[str], fields: Mapping[str, str | tuple[str, str]], source: Source, title: str = ""
) -> GlanceTable:
    """Return a table from text that a user assigned to the fields.

    Args:
        lines: the whole text of the file; lines of which no word was assigned are kept as a row of no field.
        fields: text by the key of its field (``labels.FIELDS``; contact rows as ``contacts``, ``contacts.A``,
            ``contacts.B``, ``contacts.programme``); a pair for the fields that have a cell for each side.
        source: the file.
        title: the title of the paper, if it has one.
    """
    names = {"": "", "A": "Chinese city", "B": "European city", "programme": "IUC"}
    rows, used = [], title
    for key, value in fields.items():
        cells = value if isinstance(value, tuple) else (value, "")
        field, _, group = key.partition(".")
        label = f"{names[group]} contact person" if group else BY_KEY[field].label
        rows.append(Row(label, cells))
        used += " " + squash(" ".join(cells))
    words = set(re.findall(r"\w+", used))
    rest = [line for line in lines if not set(re.findall(r"\w+", line)) <= words and field_of(line) is None]
    if rest:
        rows.append(Row("Not assigned", (" ".join(rest), "")))
    return GlanceTable(title, tuple(rows), source)


def bytes_of(path: Path) -> bytes:
    """Return the bytes of a file within limits. Raises ``FileTooLarge`` and ``FileEmpty``."""
    data = read_file(path, LIMIT, FileTooLarge(file=path.name, limit=LIMIT // 1024 // 1024))
    if not data.strip(b"\0 \t\r\n\f\xef\xbb\xbf\xfe\xff"):
        raise FileEmpty(file=path.name)
    return data


def source_of(path: Path) -> Source:
    """Return the name and hash of a file without reading its table."""
    return _source(path.name, bytes_of(path))


def _source(name: str, data: bytes) -> Source:
    return Source(name, hashlib.sha256(data).hexdigest(), kind_of_file(name, data))


def kind_of_file(name: str, data: bytes) -> str:
    """Return the kind of a file by its contents: pdf, docx, odt, rtf, eml, html, md, txt or picture; of text also by its name."""
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    lower = head.lower()
    if head[:1024].startswith(b"%PDF") or data[:1024].lstrip().startswith(b"%PDF"):
        return "pdf"
    if data.startswith(PICTURES):
        return "picture"
    if data.startswith(b"PK\x03\x04"):
        return _packed_kind(name, data)
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if is_mail(data):
        return "eml"
    begins = lower.startswith((b"<!doctype html", b"<html", b"<table", b"<body", b"<head"))
    if begins or (b"<html" in lower and lower.startswith(b"<?xml")) or name.lower().endswith((".htm", ".html")):
        return "html"
    return "md" if name.lower().endswith((".md", ".markdown")) else "txt"


def _kind_of_part(file: str, content: bytes) -> str:
    """Return the kind of what an e-mail brings: also ``entries`` for business cards and calendars, and ``eml`` for nothing."""
    if is_of_entries(content):
        return "entries"
    return kind_of_file(file, content) if content.strip() else "eml"


def _packed_kind(name: str, data: bytes) -> str:
    try:
        with opened(name, data) as archive:
            names = set(archive.namelist())
            kind = archive.read("mimetype")[:100] if "mimetype" in names else b""
    except UserError:
        return "docx"  # its reader says what is wrong
    if b"opendocument.text" in kind or ("content.xml" in names and "word/document.xml" not in names):
        return "odt"
    return "docx"


def _declared(data: bytes) -> str | None:
    found = re.search(rb"<meta[^>]+charset=[\"']?([\w-]+)", data[:4096], re.IGNORECASE)
    with suppress(LookupError, UnicodeDecodeError):
        return data.decode(found[1].decode("ascii")) if found else None
    return None
