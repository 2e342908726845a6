"""Reads plain text in any encoding: rows by tabs, by separators or by columns of spaces, and Markdown."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ucapdesk.formats.address_words import CLOSING
from ucapdesk.formats.blocks.block_types import Blocks, Cell, Grid, Text
from ucapdesk.formats.errors import FileKindUnknown
from ucapdesk.formats.paper_contents import Row
from ucapdesk.formats.phrases.field_labels import field_of
from ucapdesk.formats.phrases.small_texts import squash
from ucapdesk.formats.whole_files import encodings_of

_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\ufffe\uffff]")
_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$")
_MARKED = re.compile(r"[<\[*_`\\]")
_COLUMNS = re.compile(r"(?<=\S)(?: {3,})(?=\S)")


def decoded(name: str, data: bytes) -> str:
    for encoding in encodings_of(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if len(_CONTROLS.findall(text)) > len(text) // 2000:
            break
        return _CONTROLS.sub("", text)  # a stray sign makes no other file of it
    raise FileKindUnknown(file=name)


def plain_blocks(text: str) -> Blocks:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if any(_RULE.match(line) and "|" in line for line in text.split("\n")):
        return markdown_blocks(text)
    if "\t" not in text:
        text = _with_tabs(text)
    if "\t" in text:
        text, closing = _closed(text)
        title, rows = rows_of_text(text)
        grid = Grid(tuple(tuple(Cell(said, at) for at, said in enumerate((row.label, *row.cells))) for row in rows))
        return Blocks((Text(title), *([grid] if rows else []), *map(Text, closing)))
    return markdown_blocks(text)


def _closed(text: str) -> tuple[str, list[str]]:
    """Return a text without what closes it as a letter, and the lines of that."""
    lines = text.split("\n")
    last = max(at for at, line in enumerate(lines) if "\t" in line)
    end = next((at for at in range(last + 1, len(lines)) if CLOSING.match(lines[at])), len(lines))
    return "\n".join(lines[:end]), [line for line in lines[end:] if line.strip()]


def _with_tabs(text: str) -> str:
    """Return text with tabs for the separators that its lines share: semicolons, commas, bars or columns of spaces."""
    lines = [line for line in text.split("\n") if line.strip()]
    for sign in ("|", ";"):
        counts = Counter(line.count(sign) for line in lines if sign in line)
        if counts and sum(counts.values()) > 0.7 * len(lines) and counts.most_common(1)[0][1] > 0.6 * len(lines):
            return _separated(text, sign)
    labelled = [line for line in lines if "," in line and field_of(next(csv.reader([line]), [""])[0])]
    if len(labelled) > 3 and sum(line.count('"') for line in lines) > 1:
        return _separated(text, ",")
    spaced = [line for line in lines if (parts := _COLUMNS.split(line.strip()))[1:] and field_of(parts[0])]
    if len(spaced) > 3:
        first = min(_starts(line)[1] for line in spaced)
        return "\n".join(_spaced(line, first) for line in text.split("\n") if re.search(r"\w", line))
    return text


def _starts(line: str) -> list[int]:
    """Return where the columns of a line begin that are parted by spaces."""
    begin = len(line) - len(line.lstrip())
    return [begin, *(gap.end() for gap in _COLUMNS.finditer(line))]


def _spaced(line: str, first: int) -> str:
    """Return a line with tabs; what begins where the values do has no label."""
    said = "\t".join(_COLUMNS.split(line.strip()))
    return f"\t{said}" if _starts(line)[0] > first - 4 else said


def _separated(text: str, sign: str) -> str:
    rows = csv.reader(text.split("\n"), delimiter=sign)
    return "\n".join("\t".join(cell.replace("\t", " ").strip() for cell in row) for row in rows)


def rows_of_text(text: str) -> tuple[str, list[Row]]:
    """Return title and rows of tab-separated text; a line without a tab continues the cell above, or is a label alone."""
    title: list[str] = []
    rows: list[Row] = []
    for line in text.replace("\r\n", "\n").split("\n"):
        label, *cells = line.rstrip("\r").split("\t")
        if not squash(line):
            continue
        if squash("".join(cells)) or field_of(label):
            rows.append(Row(label, tuple(cells) if len(cells) > 1 else (*cells, "", "")[:2]))
        elif rows:
            rows[-1] = _continued(rows[-1], label)
        else:
            title.append(label)
    return squash(" ".join(title)), rows


def _continued(row: Row, line: str) -> Row:
    at = max((at for at, cell in enumerate(row.cells) if squash(cell)), default=0)
    cells = list(row.cells)
    cells[at] = f"{cells[at]}\n{line}" if cells[at] else line
    return Row(row.label, tuple(cells))


def markdown_blocks(text: str) -> Blocks:
    """Return the contents of a Markdown text: its tables by their bars, headings, lists and paragraphs."""
    return Blocks(tuple(_marked_down(text)))


def _marked_down(text: str) -> Iterator[Grid | Text]:
    table: list[str] = []
    for line in [*text.split("\n"), ""]:
        if line.strip().startswith("|") or (line.count("|") > 1 and not line.strip().startswith("#")):
            table.append(line)
            continue
        if table:
            yield _grid(table)
            table = []
        if said := _bare(re.sub(r"^\s*(#{1,6}|>)\s+", "", line)).strip():
            bullet = re.match(r"^(\s*)[-*+]\s", line)
            sign = "○ " if bullet and len(bullet[1]) > 1 else "→ "
            yield Text(re.sub(r"^[-*+]\s+(?=\S)", sign, said) if bullet else said)


def _grid(lines: Sequence[str]) -> Grid:
    rows = []
    for line in lines:
        if _RULE.match(line):
            continue
        inner = re.sub(r"^\||(?<!\\)\|$", "", line.strip())
        cells = re.split(r"(?<!\\)\|", inner)
        rows.append(tuple(Cell(_bare(cell.replace("\\|", "|")).strip(), at) for at, cell in enumerate(cells)))
    return Grid(tuple(rows))


def _bare(text: str) -> str:
    if not _MARKED.search(text):
        return text
    text = re.sub(r"<br\s*/?>", "\n", text, flags=re.IGNORECASE)
    text = re.sub(r"!?\[([^\]]*)\]\([^)\s]*\)", r"\1", text)
    text = re.sub(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", r"\2", text)
    text = re.sub(r"(?<![\w*])[*_](?=\S)([^*_\n]+?)(?<=\S)[*_](?![\w*])", r"\1", text)
    text = re.sub(r"`([^`]*)`", r"\1", text)
    return re.sub(r"\\([\\`*_{}\[\]()#+.!|-])", r"\1", text)
