"""Reads tables with a head and one entry a line, of people, themes, visits or activities, as the rows that a paper has for them.

What the heads mean is data: ``column_heads.json``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from ucapdesk.formats.glance.blocks import Cell, Grid
from ucapdesk.formats.glance.glance_parts import Row
from ucapdesk.formats.glance.labels import BY_KEY, head_of
from ucapdesk.formats.glance.text import NOT_AVAILABLE, squash
from ucapdesk.formats.glance.theme_lines import theme_line

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
        rest = _told(entry, "activity", "outcome", "other")
        lines.append(squash(f"{who} in {where}: {entry['date']}{rest}"))
    return [Row(BY_KEY["visits"].label, ("\n".join(lines), ""))]


def _told(entry: _Entry, *keys: str) -> str:
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
        lines.append("→ " + squash(f"{said}{_told(entry, 'outcome', 'other')}"))
    return [Row(BY_KEY["activities"].label, ("\n".join(lines), ""))]


_KINDS: tuple[tuple[tuple[tuple[str, ...], ...], Callable[[Sequence[_Entry]], list[Row]]], ...] = (
    ((("person",), ("post", "organisation", "phone", "email", "mobile")), _people),
    ((("theme",), ("project", "sdg", "partnership")), _themes),
    ((("date",), ("from",), ("to", "place")), _visits),
    ((("date",), ("activity",)), _activities),
)
"""Which heads make a list of which kind: one of each group."""
