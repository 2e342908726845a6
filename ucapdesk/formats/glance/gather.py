"""Assigns the rows of a table to their fields, before any of them is interpreted."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ucapdesk.formats.glance.glance_parts import GlanceTable, Label, Row
from ucapdesk.formats.glance.labels import BY_KEY, ESSENTIAL, field_of
from ucapdesk.formats.glance.oddities import Notes
from ucapdesk.formats.glance.text import squash


@dataclass(slots=True)
class Entry:
    """The cells of one field with the label they were printed under."""

    label: str
    cells: list[str]

    def add(self, cells: list[str]) -> None:
        """Append the cells of another row."""
        self.cells = [f"{a}\n{b}" if b.strip() else a for a, b in zip(self.cells, cells, strict=True)]

    @property
    def text(self) -> str:
        """Both cells as one text."""
        return "\n".join(cell.strip() for cell in self.cells if cell.strip())


@dataclass(slots=True)
class Draft:
    """The result of gathering: entries by field, contact rows, and rows without a field."""

    notes: Notes = field(default_factory=Notes)
    labels: list[Label] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)
    contacts: list[Entry] = field(default_factory=list)
    unplaced: list[Row] = field(default_factory=list)

    def cell(self, key: str, side: int) -> tuple[str, str]:
        """Return label and cell of a field with one cell for each side."""
        entry = self.entries.get(key)
        return (entry.label, entry.cells[side]) if entry else ("", "")

    def whole(self, key: str) -> tuple[str, str]:
        """Return label and text of a field with one cell."""
        entry = self.entries.get(key)
        return (entry.label, entry.text) if entry else ("", "")


def missing_labels(table: GlanceTable) -> list[str]:
    """Return the labels of the essential fields that the table lacks."""
    found = {known.key for row in table.rows if (known := field_of(row.label)) and any(map(squash, row.cells))}
    return [BY_KEY[key].label for key in ESSENTIAL if key not in found]


def gather(table: GlanceTable) -> Draft:
    """Assign every row to its field; rows without a label continue the one before."""
    draft = Draft()
    last: Entry | None = None
    for row in table.rows:
        known, label = field_of(row.label), squash(row.label)
        if not label and last is not None:
            draft.notes.add("missing_label", last.label, label=last.label)
            last.add(_two(row, draft))
        elif known is None:
            draft.unplaced.append(Row(label, tuple(map(squash, row.cells))))
            draft.notes.add("unknown_row" if label else "stray_text", label, print=squash(" ".join(row.cells)))
            last = None
        else:
            draft.labels.append(Label(known.key, label))
            _odd_label(known.key, label, draft.notes)
            last = _enter(draft, known.key, Entry(label, _two(row, draft)))
    return draft


def _enter(draft: Draft, key: str, entry: Entry) -> Entry:
    """Return the entry for the cells of a row: each contact row has its own, any other repeated row continues the first."""
    earlier = draft.entries.get(key)
    if key == "contacts":
        draft.contacts.append(entry)
    elif earlier:
        draft.notes.add("second_row", entry.label, label=entry.label)
        earlier.add(entry.cells)
        return earlier
    else:
        draft.entries[key] = entry
    return entry


def _two(row: Row, draft: Draft) -> list[str]:
    """Return exactly two cells."""
    cells = list(row.cells) + [""] * (2 - len(row.cells))
    if any(map(squash, cells[2:])):
        draft.notes.add("extra_cell", squash(row.label))
        cells[1:] = [", ".join(cell for cell in cells[1:] if squash(cell))]
    return cells[:2]


def _odd_label(key: str, label: str, notes: Notes) -> None:
    if key == "themes" and not re.search(r"\bthemes?\b", label, re.IGNORECASE):
        notes.add("lost_heading", label, print=label[:60])
    if match := re.search(r"\bU[EA] ?U?A\b(?<!EUA)", label):
        notes.add("agenda_misnamed", label, print=match.group())
    if re.search(r"km\s+(²|2\b)", label):
        notes.add("label_spacing", label, print=label)
