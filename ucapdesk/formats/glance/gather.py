"""Assigns the rows of a table to their fields and its columns to the two sides, before anything is interpreted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ucapdesk.formats.glance.dates_in_text import DateStyle, dates_in
from ucapdesk.formats.glance.glance_parts import GlanceTable, PartialDate, Row, RowLabel
from ucapdesk.formats.glance.glance_places import european, names_in
from ucapdesk.formats.glance.labels import field_of, is_exact, key_of
from ucapdesk.formats.glance.oddities import Notes
from ucapdesk.formats.glance.text import squash
from ucapdesk.formats.glance.theme_lines import theme_of_cells

_LISTS = ("cities", "state_country", "country", "state")
"""Fields whose columns are put together with commas."""


@dataclass(slots=True)
class Entry:
    """The cells of one field with the label they were printed under."""

    label: str
    cells: list[str]

    def add(self, cells: list[str]) -> None:
        """Append the cells of another row."""
        width = max(len(self.cells), len(cells))
        mine, other = (some + [""] * (width - len(some)) for some in (self.cells, cells))
        self.cells = [f"{a}\n{b}" if a.strip() and b.strip() else a or b for a, b in zip(mine, other, strict=True)]

    def at(self, column: int) -> str:
        """Return the cell of a column."""
        return self.cells[column] if column < len(self.cells) else ""

    @property
    def text(self) -> str:
        """All cells as one text."""
        return "\n".join(dict.fromkeys(cell.strip() for cell in self.cells if cell.strip()))


@dataclass(slots=True)
class Gathered:
    """The result of gathering: entries by field, contact rows, rows without a field, and the columns of each side."""

    notes: Notes = field(default_factory=Notes)
    labels: list[RowLabel] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)
    visits: list[Entry] = field(default_factory=list)
    contacts: list[Entry] = field(default_factory=list)
    unplaced: list[Row] = field(default_factory=list)
    columns: tuple[list[int], list[int]] = field(default_factory=lambda: ([0], [1]))
    style: DateStyle = field(default_factory=DateStyle)

    def cell(self, key: str, side: int) -> tuple[str, str]:
        """Return label and cell of a field with one cell for each side."""
        entry = self.entries.get(key)
        if entry is None:
            return "", ""
        said = [text for column in self.columns[side] if squash(text := entry.at(column))]
        return entry.label, ", ".join(said) if key in _LISTS else "\n".join(dict.fromkeys(said))

    def column(self, key: str, column: int) -> tuple[str, str]:
        """Return label and cell of a field in one column."""
        entry = self.entries.get(key)
        return (entry.label, entry.at(column)) if entry else ("", "")

    def whole(self, key: str) -> tuple[str, str]:
        """Return label and text of a field with one cell."""
        entry = self.entries.get(key)
        return (entry.label, entry.text) if entry else ("", "")

    def dates_in(self, text: str) -> list[PartialDate]:
        """Return the dates in a text, read as this paper writes them."""
        return dates_in(text, self.style)


_SECTION = re.compile(
    r"^(?:第?[一二三四五六七八九十]{1,3}(?:[、．.]|部分)|（[一二三四五六七八九十]{1,3}）|[IVX]{1,4}[.)]\s|[A-H][.)]\s)"
)
"""The heading of a part of the table, across all of its columns."""


def filled_fields(table: GlanceTable) -> set[str]:
    """Return the keys of the fields that a table has text for."""
    return {key for row in table.rows if any(map(squash, row.cells)) and (key := key_of(row.label))}


def gather(table: GlanceTable, columns: tuple[list[int], list[int]] | None = None) -> Gathered:
    """Assign every row to its field; rows without a label continue the one before. ``columns``: those of the sides, if known."""
    gathered = Gathered(style=DateStyle.of("\n".join(" ".join(row.cells) for row in table.rows)))
    last: Entry | None = None
    for row in table.rows:
        known, label = field_of(row.label), squash(row.label)
        cells = [*row.cells, ""][: max(2, len(row.cells))]
        if (
            label
            and not any(map(squash, cells))
            and (_SECTION.match(label) or (known is not None and not is_exact(label)))
        ):
            gathered.notes.add("head_row", "", print=label)
            last = None
        elif not label and last is not None:
            gathered.notes.add("missing_label", last.label, label=last.label)
            last.add(cells)
        elif known is None:
            gathered.unplaced.append(Row(label, tuple(map(squash, row.cells))))
            gathered.notes.add("unknown_row" if label else "stray_text", label, print=squash(" ".join(row.cells)))
            last = None
        else:
            gathered.labels.append(RowLabel(known.key, label))
            _odd_label(known.key, label, gathered.notes)
            if not known.by_side and len(set(map(squash, filter(squash, cells)))) == 1:
                cells = [next(filter(squash, cells)), ""]  # said in both columns
            if known.key == "themes" and (theme := theme_of_cells(label, cells)):
                cells = [theme, ""]
            last = _enter(gathered, known.key, Entry(label, cells))
    gathered.columns = columns or _columns(gathered)
    return gathered


def _enter(gathered: Gathered, key: str, entry: Entry) -> Entry:
    """Return the entry for the cells of a row: contact rows and visits have their own, any other repeated row continues."""
    earlier = gathered.entries.get(key)
    if key == "contacts":
        gathered.contacts.append(entry)
    elif key == "visits":
        gathered.visits.append(entry)
        gathered.entries.setdefault(key, Entry(entry.label, [])).add(entry.cells)
    elif earlier and key == "cities" and _filled(earlier) < 2 <= _filled(entry):
        gathered.notes.add("stray_text", earlier.label, print=squash(earlier.text))
        gathered.entries[key] = entry
    elif earlier:
        gathered.notes.add("second_row", entry.label, label=entry.label)
        earlier.add(entry.cells)
        return earlier
    else:
        gathered.entries[key] = entry
    return entry


def _filled(entry: Entry) -> int:
    return sum(bool(squash(cell)) for cell in entry.cells)


# -- columns and sides ----------------------------------------------------------------------------


def _columns(gathered: Gathered) -> tuple[list[int], list[int]]:
    """Return the columns of the Chinese (or other non-European) side and those of the European one."""
    cities = gathered.entries.get("cities")
    wide = [column for column in range(len(cities.cells)) if squash(cities.at(column))] if cities else []
    most = max((len(entry.cells) for entry in gathered.entries.values()), default=2)
    columns = wide if len(wide) > 1 else [0, 1]
    europe = {column: _is_european(gathered, column) for column in columns}
    home = [column for column in columns if europe[column] is False]
    away = [column for column in columns if europe[column] is True]
    unsure = [column for column in columns if europe[column] is None]
    if not home and not away:
        first, *others = columns
        sides = ([first], others)
    elif len(columns) == 2 and unsure:
        sides = (home or unsure, away or unsure)
    elif not home or not away:
        sides = (columns[:1], columns[1:])
    else:
        sides = (home + [c for c in unsure if c < min(away)], away + [c for c in unsure if c > min(away)])
    if stray := [c for c in range(most) if c not in columns and c > max(columns)]:
        sides[1].extend(stray)
        for entry in gathered.entries.values():
            if any(squash(entry.at(column)) for column in stray):
                gathered.notes.add("extra_cell", entry.label)
    return sides


def _is_european(gathered: Gathered, column: int) -> bool | None:
    """Return whether a column is of a European city, by its country or a city known; None where nothing tells."""
    parts = (part for key in _LISTS[1:] for part in names_in(gathered.column(key, column)[1]))
    told = [each for part in parts if (each := european(part)) is not None]
    if not told:
        said = names_in(gathered.column("cities", column)[1])
        told = [each for part in said if (each := european(part, city=True)) is not None]
    return None if not told else all(told)


def _odd_label(key: str, label: str, notes: Notes) -> None:
    if key == "themes" and re.search(r"^\W*including\b", label, re.IGNORECASE):
        notes.add("lost_heading", label, print=label[:60])
    if match := re.search(r"\bU[EA] ?U?A\b(?<!EUA)", label):
        notes.add("agenda_misnamed", label, print=match.group())
    if re.search(r"km\s+(²|2\b)", label):
        notes.add("label_spacing", label, print=label)
