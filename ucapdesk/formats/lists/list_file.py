"""Opens a file as tables of texts, whatever it was: sheets, documents with tables, text with separators, lines that were pasted.

Lines of a text that somebody wrote or mailed are read without marks of quotation, bullets and numbers; with their labels and
hours.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, zip_longest
from pathlib import Path
from typing import NamedTuple

from ucapdesk.base import ids
from ucapdesk.base.errors import UserError
from ucapdesk.base.fold import simplify
from ucapdesk.formats.blocks.block_types import Grid, Text
from ucapdesk.formats.blocks.mails import begins_mail, is_of_entries, mail_parts
from ucapdesk.formats.blocks.markup import opened
from ucapdesk.formats.blocks.text_file import decoded
from ucapdesk.formats.errors import DOCUMENT_DAMAGED, TEXT_TOO_LONG
from ucapdesk.formats.glance.glance_table import blocks_of, bytes_of, kind_of_file
from ucapdesk.formats.phrases.field_labels import DEEPEST_HEAD, column_group, key_of_head, ways_to_say
from ucapdesk.formats.phrases.small_texts import BULLET, squash
from ucapdesk.formats.sheets.sheet import OURS, Sheet, sheets_in
from ucapdesk.formats.sheets.sheet_columns import ID
from ucapdesk.model.codes import folded, word_table
from ucapdesk.model.dates.hours import hours_of
from ucapdesk.model.dates.programme_days import day_at_start, numbered_day

# A table with more rows is no list of an office; a list has no further columns.
MAX_SHEET_ROWS, MOST_COLUMNS, MOST_SHEETS = 5_000, 60, 20
LONGEST_DAY = 60  # Characters of the head of a column that is a day
LONGEST = 1_000_000  # Characters of a document; many such ones may be attached to one e-mail
Table = list[list[str]]
_ANSWERS = re.compile(r"^Subject:(?:\s*(?:re|fwd?|aw|wg|rv|i|r|回复|答复|转发)\s*[:：])*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ListFile:
    """The contents of a file: its tables, and the texts that stand outside of them.

    Attributes:
        text: Its lines as they stand, where they need not be those of tables and paragraphs: a comma may part cells, or
            words.
        labels: Words of its text that only say what others are.
        unread: Names of attached files that cannot be read.
        subject: Of the mail whose text it is, without what marks an answer.
    """

    name: str
    sha256: str
    tables: tuple[Table, ...]
    outside: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    subject: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        if self.text:
            return self.text
        rows = ["\t".join(row).rstrip("\t") for table in self.tables for row in table]
        return tuple(line for line in (*self.outside, *rows, *self.unread) if line.strip())


def whole_row(row: Sequence[str]) -> str:
    """Return all that a row says, each text once."""
    return squash(" ".join(dict.fromkeys(cell for cell in row if squash(cell))))


def list_files(path: Path) -> list[ListFile]:
    """Return the tables of a file, of an e-mail those of each file attached to it. Raises one of ``formats.errors``."""
    data = bytes_of(path)
    if kind_of_file(path.name, data) != "eml":
        return [_list_file(path.name, data)]
    said, parts = mail_parts(path.name, data)
    own = {name: content for name, content in parts if name.startswith(f"{path.name}.")}
    subject = _ANSWERS.sub("", next((line for line in said if line.startswith("Subject:")), ""))
    found = [ListFile(path.name, "", (), tuple(line for line in map(squash, said) if line))]
    for name, content in parts:
        twice = name in own and name.endswith(".txt") and len(own) > 1  # the same text once more
        if content.strip() and not twice:
            read = _attached(name, content)
            found.append(replace(read, name=path.name, subject=squash(subject)) if name in own else read)
    return found


def pasted_list(name: str, text: str) -> ListFile:
    return ListFile(name, hashlib.sha256(text.encode()).hexdigest(), (_separated(name, text),))


def _attached(name: str, content: bytes) -> ListFile:
    """Return the tables of a file that came with an e-mail; of one that cannot be read, or only by itself, its name."""
    if is_of_entries(content):
        return ListFile(name, "", (), unread=(name,))
    try:
        return _list_file(name, content)
    except UserError:
        return ListFile(name, "", (), unread=(name,))


def _list_file(name: str, data: bytes) -> ListFile:
    digest = hashlib.sha256(data).hexdigest()
    if _is_workbook(name, data):
        return ListFile(name, digest, tuple(table for table in _sheets(name, data) if not _of_ours(table)))
    kind = kind_of_file(name, data)
    if kind in ("txt", "md") and name.lower().endswith((".csv", ".txt")):
        said = decoded(name, data)
        rows = _separated(name, said)
        lines = tuple(said.splitlines()) if rows and name.lower().endswith(".txt") else ()
        return ListFile(name, digest, () if _of_ours(rows) else (rows,), text=lines)
    if kind in ("eml", "picture"):
        return ListFile(name, digest, (), (name,))
    tables: list[Table] = []
    texts: list[str] = []
    answers, since = False, 0
    for part in _parts_of(kind, name, data):
        if not isinstance(part, Grid):
            texts += filter(None, [re.sub(rf"^{BULLET}\s*", "• ", squash(part.text))])
            continue
        table = _matrix(part)
        answers = answers or (bool(tables) and any(begins_mail(texts, n) for n in range(since, len(texts))))
        if answers:
            texts += filter(None, map(whole_row, table))  # of the mail that is answered
            continue
        if table and table[0] and len(texts) > (not tables):  # the first text is the title of the file
            table.insert(0, [texts.pop(), *[""] * (len(table[0]) - 1)])
        tables.append(table)
        since = len(texts)
    if sum(map(len, texts)) + sum(len(cell) for table in tables for row in table for cell in row) > LONGEST:
        raise TEXT_TOO_LONG(file=name, limit=LONGEST)
    lines = tuple(lines_of_markdown(decoded(name, data))) if kind == "md" else ()
    return ListFile(name, digest, tuple(tables), tuple(texts), text=lines)


def _parts_of(kind: str, name: str, data: bytes) -> Iterable[Grid | Text]:
    if kind != "pdf":
        return blocks_of(name, data).parts
    from ucapdesk.formats.blocks.pdf_tables import pdf_parts

    return pdf_parts(name, data)


def lines_of_markdown(said: str) -> Iterator[str]:
    """Yield the lines of a text, rows of tables with tabs between their cells."""
    for line in said.splitlines():
        if not line.lstrip().startswith("|"):
            yield line
        elif not re.fullmatch(r"[\s|:-]+", line):
            yield "\t".join(cell.strip() for cell in line.strip().strip("|").split("|"))


def _is_workbook(name: str, data: bytes) -> bool:
    if not data.startswith(b"PK"):
        return False
    with opened(name, data) as archive:
        return "xl/workbook.xml" in archive.namelist()


def _sheets(name: str, data: bytes) -> Iterator[Table]:
    for sheet in sheets_in(name, io.BytesIO(data))[:MOST_SHEETS]:
        if len(sheet.rows) > MAX_SHEET_ROWS or sheet.subject.startswith(OURS):
            continue
        width = min(max(len(row.cells) for row in sheet.rows), MOST_COLUMNS)
        table = [[_one_cell(cell) for cell in (*row.cells, *[""] * width)[:width]] for row in sheet.rows]
        if sheet.hidden:
            yield [[whole_row(row)] for row in table]  # is told, and no list
            continue
        gone = list(_taken_out(table, sheet))
        groups = {at for row in table[:DEEPEST_HEAD] for at in _of_some(enumerate(row))}
        for cells, row in zip(table, sheet.rows, strict=True):
            for first, last in sheet.across.get(row.number, ()):
                for at in groups & set(range(first + 1, min(last + 1, width))):
                    cells[at] = cells[first]  # both groups do it
        yield _by_points(table)
        if gone:
            yield [[text] for text in gone]


def _taken_out(table: Table, sheet: Sheet) -> Iterator[str]:
    """Take the cells that are struck through out of a table; yield what they said, row by row."""
    for cells, row in zip(table, sheet.rows, strict=True):
        places = [at for at in sheet.struck.get(row.number, ()) if at < len(cells)]
        if said := whole_row([cells[at] for at in places]):
            yield said
        for at in places:
            cells[at] = ""


def _separated(name: str, text: str) -> Table:
    lines = text.splitlines()
    sign = max("\t;,，；|", key=lambda each: max((line.count(each) for line in lines[:12]), default=0))
    try:
        rows = list(islice(csv.reader(io.StringIO(text), delimiter=sign), MAX_SHEET_ROWS + 1))
    except csv.Error as error:
        raise DOCUMENT_DAMAGED(file=name) from error
    few = rows if len(rows) <= MAX_SHEET_ROWS else []
    return _by_points([[squash(cell) for cell in row[:MOST_COLUMNS]] for row in few])


def _of_ours(table: Table) -> bool:
    """Return whether a table has the ids of records, as one that was exported here; such rows change those records."""
    places = [row.index(ID) for row in table[:1] if ID in row]
    return any(ids.ID.fullmatch(row[place]) for place in places for row in table[1:] if place < len(row))


def _matrix(grid: Grid) -> Table:
    """Return a table with a place for each column; a cell that goes on from above says the same again."""
    width = min(max((cell.at + cell.span for row in grid.rows for cell in row), default=0), MOST_COLUMNS)
    heads = ([(cell.at, cell.text) for cell in row if cell.span == 1] for row in grid.rows[:DEEPEST_HEAD])
    groups = {at for head in heads for at in _of_some(head)}
    rows: Table = []
    for row in grid.rows:
        made = [""] * width
        for cell in row:
            if cell.at < width:
                above = rows[-1][cell.at] if rows else ""
                made[cell.at] = above if cell.continues else _one_cell(cell.text)
                for at in groups & set(range(cell.at + 1, cell.at + cell.span)):
                    made[at] = made[cell.at]  # both groups do it
        rows.append(made)
    return _by_points(rows)


def _of_some(head: Iterable[tuple[int, str]]) -> list[int]:
    cells = list(head)
    return [at for at, cell in cells if column_group(cell)] or _days_in(cells)


def _days_in(head: Iterable[tuple[int, str]]) -> list[int]:
    """Return the columns of a day each, where a head names nothing else than days and hours."""
    cells = [(at, cell) for at, cell in head if squash(cell)]
    days = [at for at, cell in cells if len(cell) <= LONGEST_DAY and day_at_start(cell)[0]]
    rest = {key_of_head(cell) for at, cell in cells if at not in days}
    return days if len(days) > 1 and rest <= {"date", "time", "hour"} else []


def _one_cell(text: str) -> str:
    """Return a cell as one line; as several where more than one begins with hours: each is a point of the programme."""
    lines: list[str] = []
    for line in filter(None, map(squash, text.splitlines() if "\n" in text else ())):
        hours, words = hours_of(line)
        begins = hours and words and words[0] not in "(（"  # no clock of a city
        lines = [*lines, line] if begins or not lines else [*lines[:-1], f"{lines[-1]} {line}"]
    return "\n".join(lines) if len(lines) > 1 and hours_of(lines[0])[0] else squash(text)


def _by_points(table: Table) -> Table:
    """Return a table with a row for each point: of cells that hold several, and of columns that are a day each."""
    for at, row in enumerate(table[:DEEPEST_HEAD]):
        rows, days = list(filter(None, table[at + 1 :])), _days_in(enumerate(row))
        if days and {*map(len, rows)} <= {len(row)}:  # or commas part a sentence
            cells = ((row[n], below[0] if days[0] else "", below[n]) for n in days for below in rows)
            points = ([day, hours, said] for day, hours, cell in cells for said in cell.split("\n") if said)
            beside = ([cell] for below in rows for n, cell in enumerate(below) if cell and n not in {0, *days})
            return [*table[:at], ["Date", "Time", "Content"], *points, *beside]
    return [part for row in table for part in _points_of(row)]


def _points_of(row: list[str]) -> Table:
    """Return a row for each point of cells that hold several; a single one where hours stand in a cell of their own, too."""
    cells = [cell.split("\n") for cell in row]
    whole = all(len(lines) == 1 for lines in cells) or any(len(lines) == 1 and hours_of(lines[0])[0] for lines in cells)
    return [list(map(squash, row))] if whole else [list(each) for each in zip_longest(*cells, fillvalue="")]


MOST_LINES, MOST_SIGNS = 1_000, 300_000  # A longer text is neither a programme nor minutes
_QUOTED = re.compile(r"^(?:[>|]\s?)+(?=\S)|^[>|]+\s*$")
_BULLET = re.compile(r"^(?:[-–—•·●○▪■◦*‣✓☐]\s+|[•●○▪■◦‣☐]\s*)")
_HEADING = re.compile(r"^#{1,4}\s+")
_NUMBER = re.compile(
    r"^(?:[(（]?\d{1,2}(?:\.\d{1,2}){0,2}[.)）、](?!\d)\s*|[(（]?[一二三四五六七八九十]{1,3}[、)）.．]\s*|\d{1,2}(?:\.\d{1,2})+\s+)"
)


class Bare(NamedTuple):
    """A line without its marks: its text, whether it begins an item of a list, whether it is indented, the marks, and all of it."""

    text: str
    item: bool
    indented: bool
    marks: str
    whole: str


def pasted_text(name: str, text: str) -> ListFile:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return ListFile(name, hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(), (), text=tuple(lines))


def bare_lines(lines: Sequence[str]) -> Iterator[Bare]:
    """Yield lines without their marks; a text that was answered to has a mark of quotation in most of its lines."""
    quoted = 2 * sum(line[:1] in (">", "|") for line in lines) > sum(bool(line.strip()) for line in lines)
    for line in lines:
        yield bare(_QUOTED.sub("", line) if quoted else line)


def bare(line: str) -> Bare:
    plain = line.replace("\xa0", " ").replace("**", "").rstrip()
    text = plain.strip()
    heading = _HEADING.match(text)  # which is no item of a list
    text = text[heading.end() :] if heading else text
    marks = ""
    for pattern in (_BULLET, _NUMBER):
        if (found := pattern.match(text)) and not (numbered_day().match(folded(text)) or hours_of(text)[0]):
            marks += found[0]
            text = text[found.end() :].lstrip()
    return Bare(text, bool(marks), plain[:2] in ("  ", "　　") or plain[:1] == "\t", marks.strip(), plain)


def goes_on(line: Bare) -> bool:
    """Return whether a line goes on with the one before, broken by the width of a mail."""
    return not line.item and "\t" not in line.text and (line.indented or line.text[:1].islower())


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels that begin a line or a part of it: ``Venue: city hall``, ``地点：市政府``.

    Attributes:
        means: Word in lower case → meaning.
        within: Finds one of the words before a colon, wherever a part of a line may begin.
    """

    means: Mapping[str, str]
    within: re.Pattern[str]

    @classmethod
    def of(cls, name: str, *keys: str) -> Labels:
        """Return the labels of a table in ``resources/words``: all, or those that mean one of ``keys``."""
        means = {word: key for key, words in word_table(name).items() if not keys or key in keys for word in words}
        words = "|".join(map(re.escape, sorted(means, key=len, reverse=True)))
        return cls(means, re.compile(rf"(?:^|[\s;；,，。.(（|/—–-])({words})\s*[:：]\s*", re.IGNORECASE))

    def head(self, text: str) -> tuple[str, str, str]:
        """Return meaning, label and rest of a line that begins with a label; empty ones where it does not."""
        label, sign, rest = re.match(r"([^:：]{0,60})([:：]?)(.*)", text, re.DOTALL).groups()  # type: ignore[union-attr]
        said = re.sub(r"^[\[【(（*]+|[\]】)）*]+$|\s*\d{1,2}$|^.方(?=[\u3400-\u9fff]{2})", "", label.strip()).strip()
        whole, outside, *scripts = (self.means.get(way, "") for way in ways_to_say(said))
        means = whole or outside or (scripts[0] if len(set(scripts)) == 1 else "")  # 决定 Decision, but not Action 王刚
        return (means, label.strip(), rest.strip()) if means and (sign or not rest) else ("", "", text)

    def parts(self, text: str) -> Iterator[tuple[str, str, str]]:
        """Yield the parts of a line that labels begin; the first has none: meaning, label and text of each."""
        found = list(self.within.finditer(simplify(text)))
        ends = [each.start() for each in found[1:]] + [len(text)]
        yield "", "", text[: found[0].start()] if found else text
        for each, end in zip(found, ends, strict=False):
            said = text[each.end() : end].strip(" ;；,，。.|/—–-")
            said = said if re.search("[(（]", said) else said.rstrip(")） ")  # of the bracket around the label
            yield self.means[each[1].casefold()], text[slice(*each.span(1))], said
