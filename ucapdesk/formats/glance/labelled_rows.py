"""Puts the blocks of a file into labelled rows: tables, paragraphs with a label, headings, rows below a tall label.

Which column of a grid holds the labels, and which cells belong to which side, is told by the grid itself. Tables with a head and
one entry a line, of people, themes, visits or activities, become the rows that a paper has for them; what their heads mean is
data (``column_heads.json``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ucapdesk.formats.address_words import CLOSING
from ucapdesk.formats.blocks import block_types
from ucapdesk.formats.blocks.block_types import Blocks, Cell, Grid
from ucapdesk.formats.glance.city_columns import (
    filled,
    in_columns,
    of_each_city,
    side_by_side,
    with_countries,
    with_named_pair,
    without_remarks,
)
from ucapdesk.formats.glance.theme_cells import theme_line
from ucapdesk.formats.paper_contents import Aside, Row
from ucapdesk.formats.phrases.field_labels import BY_KEY, field_of, head_of, key_of, words_of
from ucapdesk.formats.phrases.small_texts import NOT_AVAILABLE, country, squash
from ucapdesk.model.codes import word_table
from ucapdesk.model.dates.in_text import dates_in

_Line = Sequence[Cell]


@dataclass(frozen=True, slots=True)
class GridRows:
    """A table as rows; ``above`` is what stands over its first labelled row."""

    above: tuple[str, ...]
    rows: tuple[Row, ...]


def rows_of_grid(grid: Grid) -> GridRows:
    lines: list[_Line] = [row for row in grid.rows if any(squash(cell.text) for cell in row)]
    if not lines:
        return GridRows((), ())
    if _is_turned(lines):
        lines = _turned(lines)
    at = _label_column(lines)
    if at is None:
        said = [[cell.text for cell in row if squash(cell.text)] for row in lines]
        return GridRows((), tuple(Row("", tuple([*cells, "", ""][: max(2, len(cells))])) for cells in said))
    width = max(cell.at + cell.span for row in lines for cell in row)
    starts = _value_columns(lines, at)
    above: list[str] = []
    rows: list[Row] = []
    label = section = ""
    for row in lines:
        if (whole := _over_all(row, width)) is not None and not rows and field_of(whole) is None:
            above.append(whole)
            continue
        if heading := squash(" ".join(cell.text for cell in row if cell.at < at)):
            section = heading
            own = next((cell.text for cell in row if cell.at == at), "")
            rows += [Row(section, ("", ""))] if field_of(own) is not None else []
        made, label = _row(_sectioned(row, at, section), at, starts, label)
        rows.append(made)
    return GridRows(tuple(above), tuple(rows))


def _over_all(row: _Line, width: int) -> str | None:
    """Return the text of a row whose one cell covers the whole table."""
    cells = [cell for cell in row if squash(cell.text)]
    alone = len(cells) == 1 and (cells[0].span >= width > 1 or (cells[0].at == 0 and len(row) == 1))
    return cells[0].text if alone else None


def _sectioned(row: _Line, at: int, section: str) -> _Line:
    """Return a line without the heading of its section before the label; one whose label says little by itself has it in front."""
    own = next((cell for cell in row if cell.at == at), None)
    if not section or own is None or not squash(own.text):
        return row
    rest = [cell for cell in row if cell.at > at]
    if field_of(own.text) is None and field_of(section) is not None:
        return [Cell(f"{section}: {squash(own.text)}", at, own.span), *rest]
    return [own, *rest] if field_of(own.text) is not None else row


def _row(row: _Line, at: int, starts: Sequence[int], above: str) -> tuple[Row, str]:
    """Return a line as a row, and the label that a tall cell hands on to the lines below."""
    told = [cell.text for cell in row if cell.at <= at]
    label = squash(" ".join(told)) if len(told) > 1 else "".join(told).strip()
    continues = any(cell.continues for cell in row if cell.at == at) and not label
    cells = [""] * max(len(starts), 2)
    for cell in row:
        if cell.at > at and cell.text.strip():
            to = max((n for n, start in enumerate(starts) if start <= cell.at), default=0)
            cells[to] = f"{cells[to]}\n{cell.text}" if cells[to] else cell.text
    if continues and above:
        return Row(above, tuple(cells), continues=True), above
    return Row(label, tuple(cells)), label


def _label_column(lines: Sequence[_Line]) -> int | None:
    counts: Counter[int] = Counter()
    for row in lines:
        for cell in row:
            if squash(cell.text) and cell.at < 4 and _heads(cell.text):
                counts[cell.at] += 1
    if not counts:
        return None
    best = max(counts.values())
    return min(at for at, count in counts.items() if count == best)


def _heads(text: str) -> bool:
    before, colon, _ = text.partition(":")
    return field_of(text) is not None or (bool(colon) and len(before) < 80 and field_of(before) is not None)


def _value_columns(lines: Sequence[_Line], at: int) -> list[int]:
    """Return where the columns of values begin: as in the row that has most of them, one of cities before others."""
    best: list[int] = []
    for row in lines:
        starts = [cell.at for cell in row if cell.at > at]
        filled = [cell.at for cell in row if cell.at > at and squash(cell.text)]
        label = next((cell.text for cell in row if cell.at == at), "")
        field = field_of(label)
        if key_of(label) == "cities" and len(filled) > 1:
            return filled
        if field is not None and field.by_side and len(starts) > len(best):
            best = starts
    return best or sorted({cell.at for row in lines for cell in row if cell.at > at})[:2]


def _is_turned(lines: Sequence[_Line]) -> bool:
    """Whether the labels stand in the first line and a city in each line below."""
    first = sum(field_of(cell.text) is not None for cell in lines[0])
    down = sum(field_of(row[0].text) is not None for row in lines if row)
    return first > 3 and down <= 1 and len(lines) > 1


def _turned(lines: Sequence[_Line]) -> list[_Line]:
    width = max(cell.at + cell.span for row in lines for cell in row)
    columns: list[list[Cell]] = [[] for _ in range(width)]
    for number, row in enumerate(lines):
        for cell in row:
            columns[cell.at].append(Cell(cell.text, number))
    return [column for column in columns if any(re.search(r"\w", cell.text) for cell in column)]


_Entry = Mapping[str, str]


def rows_of_list(grid: Grid) -> tuple[str, list[Row]] | None:
    """Return the heads of a table and its rows as labelled ones; None for any other table."""
    lines = [row for row in grid.rows if any(squash(cell.text) for cell in row)]
    if len(lines) < 2:
        return None
    heads = {cell.at: head_of(cell.text) for cell in lines[0] if squash(cell.text)}
    known = [head for head in heads.values() if head]
    if len(known) < 2 or len(known) * 3 < len(heads) * 2 or len(set(known)) < len(known):
        return None
    make = next((make for needed, make in _KINDS if all(set(some) & set(known) for some in needed)), None)
    if make is None:
        return None
    entries = list(_entries(lines[1:], heads))
    return squash(" | ".join(cell.text for cell in lines[0])), make(entries)


def _entries(lines: Sequence[Sequence[Cell]], heads: Mapping[int, str | None]) -> Sequence[_Entry]:
    entries: list[dict[str, str]] = []
    for row in lines:
        entry: dict[str, str] = {}
        for cell in row:
            head = heads.get(cell.at) or "other"
            said = "" if NOT_AVAILABLE.match(squash(cell.text)) and head != "date" else cell.text.strip()
            if cell.continues and not said and entries:
                said = entries[-1].get(head, "")
            if said:
                entry[head] = f"{entry[head]}\n{said}" if head in entry else said
        if entry:
            entries.append(entry)
    return entries


def _people(entries: Sequence[_Entry]) -> list[Row]:
    rows = []
    for entry in entries:
        name = " ".join(_cells(entry, "salutation", "person"))
        told = _cells(entry, "post", "organisation")
        told += [_called(key, entry[key]) for key in ("phone", "mobile", "fax", "email", "address") if key in entry]
        told += _cells(entry, "other")
        label = f"{BY_KEY['contacts'].label}: {squash(entry['city'])}" if "city" in entry else BY_KEY["contacts"].label
        rows.append(Row(label, (", ".join(squash(part) for part in (name, *told)), "")))
    return rows


def _cells(entry: _Entry, *keys: str) -> list[str]:
    return [entry[key] for key in keys if key in entry]


def _called(key: str, said: str) -> str:
    sign = {"phone": "Tel.", "mobile": "Mobile", "fax": "Fax"}.get(key, "")
    return f"{sign} {said}" if sign and re.match(r"[\d+(]", said) else said


def _themes(entries: Sequence[_Entry]) -> list[Row]:
    lines: list[str] = []
    for entry in entries:
        references = [_marked("SDG", entry["sdg"])] if "sdg" in entry else []
        references += [_marked("" if references else "UP", entry["partnership"])] if "partnership" in entry else []
        line = theme_line(entry.get("theme", ""), _cells(entry, "project", "outcome", "other"))
        if references:
            joined = ", ".join(references)
            line = f"{line[:-1]}, {joined})" if line.endswith(")") and "SDG" in line else f"{line} ({joined})"
        lines.append(f"→ {line}")
    return [Row(BY_KEY["themes"].label, ("\n".join(lines), ""))]


def _marked(sign: str, said: str) -> str:
    said = ", ".join(part for part in map(squash, said.split("\n")) if part)
    return f"{sign} {said}" if sign and re.match(r"\d" if sign == "SDG" else r"(?!EU|UP|UA)", said) else said


def _visits(entries: Sequence[_Entry]) -> list[Row]:
    lines = []
    for entry in entries:
        who = entry.get("from") or entry.get("city", "")
        where = entry.get("to") or entry.get("place", "")
        rest = _attendance(entry, "activity", "outcome", "other")
        lines.append(squash(f"{who} in {where}: {entry['date']}{rest}"))
    return [Row(BY_KEY["visits"].label, ("\n".join(lines), ""))]


def _attendance(entry: _Entry, *keys: str) -> str:
    """Return how many took part, in brackets, and a sentence for each of some columns."""
    said = entry.get("participants", "")
    counted = f"{said} persons" if re.fullmatch(r"\d+", said.strip()) else said
    return "".join([f" ({counted})" if counted else "", *(f". {cell}" for cell in _cells(entry, *keys))])


def _activities(entries: Sequence[_Entry]) -> list[Row]:
    lines = []
    for entry in entries:
        number = f"{entry['number'].rstrip('.')}. " if re.match(r"\d+\.?$", entry.get("number", "")) else ""
        where = "".join(f" ({place})" for place in _cells(entry, "place", "to", "city")[:1])
        said = f"{number}{entry.get('date', '')}{where}: {entry.get('activity', '')}"
        lines.append("→ " + squash(f"{said}{_attendance(entry, 'outcome', 'other')}"))
    return [Row(BY_KEY["activities"].label, ("\n".join(lines), ""))]


# Which heads make a list of which kind: one of each group.
_KINDS: tuple[tuple[tuple[tuple[str, ...], ...], Callable[[Sequence[_Entry]], list[Row]]], ...] = (
    ((("person",), ("post", "organisation", "phone", "email", "mobile")), _people),
    ((("theme",), ("project", "sdg", "partnership")), _themes),
    ((("date",), ("from",), ("to", "place")), _visits),
    ((("date",), ("activity",)), _activities),
)


_COLON = re.compile(r"\s*[:：]\s*")
_PROGRAMME = re.compile(r"(?<![A-Za-z])I\.?U\.?(?:R\.?)?C(?![A-Za-z])|program|项目", re.IGNORECASE)
_SIDES = frozenset(word_table("label_words")["sides"])
# A counted meeting: its words are no label.
_COUNTED = re.compile(
    r"\s*\d{1,2}(?:\.|st|nd|rd|th|\.?[ªº°])\s*(?:treffen|sitzung|meeting|reuni[oó]n|riunione|incontro|besuch|visit)\b(?=.)",
    re.IGNORECASE,
)
_SIDES_HAN = re.compile(r"^(中方|欧方|欧盟|欧洲|中国|印度|亚洲|城市|试点|伙伴|合作|方)+$")


@dataclass(slots=True)
class Arranged:
    """The rows of a paper with its title and what stands beside them."""

    title: str = ""
    rows: list[Row] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    pages: int | None = None

    @property
    def found(self) -> int:
        return len({key for row in self.rows if (key := key_of(row.label))})


def arranged(read: Blocks) -> Arranged:
    made = Arranged()
    around: list[str] = []
    is_open = is_closed = False
    for part in read.parts:
        if isinstance(part, Grid):
            is_open = False
            _take_grid(made, around, part)
            continue
        said = squash(part.text)
        is_closed = is_closed or (part.place == block_types.BODY and bool(CLOSING.match(part.text)))
        if not said:
            continue
        if part.place != block_types.BODY:
            made.asides.append(Aside(f"aside_{part.place}", said))
        elif is_closed:
            made.asides.append(Aside("aside_closing", said))
        elif row := _row_of(part.text):
            made.rows.append(row)
            is_open = True
        elif is_open:
            first, *others = made.rows[-1].cells
            made.rows[-1] = replace(made.rows[-1], cells=(f"{first}\n{part.text}" if first else part.text, *others))
        else:
            around.append(said)
    if around:
        made.title = made.title or around.pop(0)
    if around:
        made.rows.insert(0, Row("", (" ".join(around), "")))
    made.rows = settled(made.rows, made.asides, made.title)
    return made


def _take_grid(made: Arranged, around: list[str], grid: Grid) -> None:
    if listed := rows_of_list(grid):
        made.asides.append(Aside("aside_head", listed[0]))
        heading = made.rows[-1] if made.rows else None
        if heading and not filled(heading) and field_of(heading.label) == field_of(listed[1][0].label):
            made.rows.pop()
        made.rows += listed[1]
        return
    table = rows_of_grid(grid)
    if table.above and not made.rows and not made.title:
        around += [squash(text) for text in table.above]
    else:
        made.rows += [Row("", (text, "")) for text in table.above]
    made.rows += table.rows


def _row_of(text: str) -> Row | None:
    """Return a row for a paragraph that is a label, or begins with one and a colon or a line of its own."""
    first, line, rest = text.strip().partition("\n")
    if line and _is_label(first) and not _COLON.search(first.strip(" :：")):
        return Row(first.strip(), (rest, ""))
    colon = _COLON.search(text)
    behind = text[colon.end() :] if colon else ""
    label = text[: colon.start()].strip() if colon else ""
    if label and len(label) < 90 and squash(behind) and _is_label(label):
        return Row(label, (behind, ""))
    return Row(text.strip(), ("", "")) if _is_label(text.strip()) else None


def _is_label(text: str) -> bool:
    """Whether words mean a field, and tell of no meeting: "1. Treffen (Dresden)", "Visit in May 2018"."""
    dated = re.sub(r"[(（](?:19|20)\d\d[)）]", "", text)
    return field_of(text) is not None and not _COUNTED.match(text) and not dates_in(dated)


# -- rows below one another -----------------------------------------------------------------------


def settled(rows: Sequence[Row], asides: list[Aside], title: str = "") -> list[Row]:
    """Return rows with their full labels: a label over several rows, a row for each city, heads above the columns."""
    rows = side_by_side(without_remarks(of_each_city(rows, asides)))
    names = _names(rows)
    made: list[Row] = []
    section = ""
    for row in _with_cities(_split(_named_below(rows, asides)), asides):
        known = field_of(row.label)
        parted = known is None or not known.by_side or known.key == "visits"
        if (row.continues and parted) or key_of(row.label) == "contacts":
            row, section = _below(row, names), row.label
        elif known is not None:
            section = row.label if not filled(row) else ""
        elif section and (sub := _whose(row.label, names)):
            row = replace(row, label=f"{section}: {sub}")
        elif not row.label and key_of(section) == "contacts":
            below = _below(replace(row, label=section), names)
            row = below if below.label != section else row
        made.append(row)
    return with_countries(in_columns(with_named_pair(_without_heads(made, asides), title)))


def _named_below(rows: Sequence[Row], asides: list[Aside]) -> Iterator[Row]:
    """Yield rows, of cities named below the names of their sides or countries only the second line."""
    for row, below in zip(rows, [*rows[1:], None], strict=False):
        cells = [squash(cell) for cell in filled(row)]
        only_sides = all(is_side(cell) or country(cell) for cell in cells)
        if key_of(row.label) == "cities" and below and below.continues and cells and only_sides:
            asides.append(Aside("aside_head", " | ".join(cells)))
        else:
            yield row


def _split(rows: Iterator[Row]) -> Iterator[Row]:
    for row in rows:
        if not filled(row) and (made := _row_of(row.label)):
            yield replace(made, cells=(*made.cells, *row.cells[2:]))
        else:
            yield row


def _below(row: Row, names: frozenset[str]) -> Row:
    """Return a row whose first cell says whose the rest is, with that in its label."""
    first, *rest = row.cells
    if any(map(squash, rest)) and (sub := _whose(first, names)):
        return replace(row, label=f"{row.label}: {sub}", cells=(*rest, ""))
    return row


def _whose(text: str, names: frozenset[str]) -> str | None:
    """Return a short text that names a city, a side or the programme and nothing else."""
    said = squash(text).rstrip(":：")
    words = words_of(said)
    if not said or len(words) > 8 or re.search(r"\d|@", said):
        return None
    if _PROGRAMME.search(said) and len(words) < 6:
        return said
    han = "".join(re.findall(r"[\u3400-\u9fff]+", said))
    if han:
        return said if _SIDES_HAN.match(han) or han in names or han.rstrip("市方") in names else None
    return said if all(word in names or word in _SIDES for word in words) else None


def _names(rows: Sequence[Row]) -> frozenset[str]:
    found: set[str] = set()
    for row in rows:
        if key_of(row.label) == "cities":
            for cell in row.cells:
                found |= {word for word in words_of(cell) if len(word) > 2}
                found |= {part.rstrip("市") for part in re.findall(r"[\u3400-\u9fff]+", cell)}
    return frozenset(found)


def _with_cities(rows: Iterator[Row], asides: list[Aside]) -> list[Row]:
    """Return rows with one of cities: where none is labelled so, the head above the columns is it."""
    made = list(rows)
    if any(key_of(row.label) == "cities" for row in made):
        return made
    for at, row in enumerate(made):
        if field_of(row.label) is not None:
            break
        if _is_head(row):
            asides.append(_head_of(row))
            made[at] = Row(BY_KEY["cities"].label, row.cells)
            return made
    return made


def _is_head(row: Row) -> bool:
    cells = filled(row)
    return len(cells) > 1 and len(squash(row.label)) < 40 and all(len(squash(cell)) < 80 for cell in cells)


def _head_of(row: Row) -> Aside:
    return Aside("aside_head", " | ".join(filter(None, map(squash, [row.label, *row.cells]))))


def is_side(text: str) -> bool:
    """Return whether a text only says which side it is: "European city", 中方."""
    words, han = words_of(text), "".join(re.findall(r"[\u3400-\u9fff]+", text))
    return bool(words or han) and all(word in _SIDES for word in words) and (not han or bool(_SIDES_HAN.match(han)))


def _without_heads(rows: list[Row], asides: list[Aside]) -> list[Row]:
    """Return rows without those above the first labelled one that only name the columns."""
    first = next((at for at, row in enumerate(rows) if field_of(row.label)), len(rows))
    kept = []
    for at, row in enumerate(rows):
        sides = not squash(row.label) and len(filled(row)) > 1 and all(map(is_side, filled(row)))
        if sides or (at < first and _is_head(row)):
            asides.append(_head_of(row))
        else:
            kept.append(row)
    return kept
