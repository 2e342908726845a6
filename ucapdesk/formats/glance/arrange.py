"""Puts the blocks of a file into labelled rows: tables, paragraphs with a label, headings, rows below a tall label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ucapdesk.formats.closings import CLOSING
from ucapdesk.formats.glance import blocks
from ucapdesk.formats.glance.blocks import Blocks, Grid
from ucapdesk.formats.glance.city_columns import (
    filled,
    of_each_city,
    side_by_side,
    with_countries,
    with_named_pair,
    without_remarks,
)
from ucapdesk.formats.glance.dates_in_text import dates_in
from ucapdesk.formats.glance.glance_parts import Aside, Row
from ucapdesk.formats.glance.grid_rows import rows_of_grid
from ucapdesk.formats.glance.labels import BY_KEY, field_of, key_of, words_of
from ucapdesk.formats.glance.list_tables import rows_of_list
from ucapdesk.formats.glance.one_cell import in_columns
from ucapdesk.formats.glance.text import country, squash
from ucapdesk.model.codes import word_table

_COLON = re.compile(r"\s*[:：]\s*")
_PROGRAMME = re.compile(r"(?<![A-Za-z])I\.?U\.?(?:R\.?)?C(?![A-Za-z])|program|项目", re.IGNORECASE)
_SIDES = frozenset(word_table("label_words")["sides"])
_COUNTED = re.compile(
    r"\s*\d{1,2}(?:\.|st|nd|rd|th|\.?[ªº°])\s*(?:treffen|sitzung|meeting|reuni[oó]n|riunione|incontro|besuch|visit)\b(?=.)",
    re.IGNORECASE,
)
"""A counted meeting: its words are no label."""
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
        """How many of its rows have a known label."""
        return len({key for row in self.rows if (key := key_of(row.label))})


def arranged(read: Blocks) -> Arranged:
    """Return the blocks of a file as labelled rows."""
    made = Arranged()
    around: list[str] = []
    is_open = is_closed = False
    for part in read.parts:
        if isinstance(part, Grid):
            is_open = False
            _take_grid(made, around, part)
            continue
        said = squash(part.text)
        is_closed = is_closed or (part.place == blocks.BODY and bool(CLOSING.match(part.text)))
        if not said:
            continue
        if part.place != blocks.BODY:
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
    """Yield rows, a label with its value in one cell parted at the colon."""
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
    """Return the words of all city names."""
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
    """Whether a row may only name the columns."""
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
