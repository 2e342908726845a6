"""Papers in two languages side by side: each is read by itself, and the Chinese joins the other, text by text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from ucapdesk.formats.paper_contents import Glance, GlanceTable, Oddity, Row, oddity
from ucapdesk.formats.phrases.field_labels import field_of, key_of
from ucapdesk.formats.phrases.small_texts import folded_nfkc, squash

_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN_WORD = re.compile(r"[A-Za-zÀ-ÿ]{2,}")
_TWO = re.compile(
    r"^(?P<latin>[^\u3400-\u9fff]*[A-Za-zÀ-ÿ][^\u3400-\u9fff]*?)(?P<gap>[\s/|（(]*)(?P<han>[\u3400-\u9fff][^A-Za-zÀ-ÿ]*?)[)）]?$"
)
_TURNED = re.compile(
    r"^(?P<han>[^A-Za-zÀ-ÿ]*[\u3400-\u9fff][^A-Za-zÀ-ÿ]*?)(?P<gap>[\s/|（(]+)(?P<latin>[A-Za-zÀ-ÿ][^\u3400-\u9fff]*?)[)）]?$"
)
_STROKE = re.compile(r"\s*[/|／｜]\s+")
_WHOLE = ("", "contacts")  # Rows that stay whole, with the first language: names in both scripts stand side by side
_FACTS = ("population", "area", "pairing", "period", "cities", "state_country", "state", "country", "document_date")


def is_han(line: str) -> bool:
    """Return whether a line is Chinese: it has more characters than Latin words."""
    return len(_HAN.findall(line)) > len(_LATIN_WORD.findall(line))


def parted(table: GlanceTable) -> tuple[GlanceTable, GlanceTable] | None:
    """Return a table in two languages as one in each; None for a table in one language.

    It is in two where the cells of most rows hold lines of both.
    """
    rows = [row for row in table.rows if key_of(row.label) not in _WHOLE]
    both = [row for row in rows if _has_both(row)]
    if len(both) < 3 or len(both) * 2 < len(rows):
        return None
    latin = tuple(_of(row, han=False) for row in table.rows)
    han = tuple(row for row in (_of(row, han=True) for row in table.rows) if any(map(squash, row.cells)))
    return replace(table, rows=latin), GlanceTable("", han, table.source)


def _has_both(row: Row) -> bool:
    lines = [line for cell in row.cells for line in _lines(cell)]
    return any(map(is_han, lines)) and not all(map(is_han, lines))


def _lines(cell: str) -> list[str]:
    """Return the lines of a cell, a short one with a name in both scripts parted between them."""
    lines: list[str] = []
    for line in cell.split("\n"):
        parts = _parted_by_stroke(line)
        if parts:
            lines += parts
            continue
        two = (_TWO.match(line) or _TURNED.match(line)) if len(line) < 80 else None
        apart = two and (two["gap"] or not two["latin"].isupper())
        lines += [two["latin"], two["han"]] if two and apart else [line]
    return [line for line in lines if squash(line)]


def _parted_by_stroke(line: str) -> tuple[str, str] | None:
    """Return what stands before and behind the stroke between Latin and Chinese, in either order; None where there is none."""
    if not _HAN.search(line):
        return None
    for stroke in _STROKE.finditer(line):
        before, behind = line[: stroke.start()], line[stroke.end() :]
        if is_han(before) != is_han(behind) and all(re.search(r"\w", part) for part in (before, behind)):
            return before, behind
    return None


def _of(row: Row, *, han: bool) -> Row:
    if key_of(row.label) in _WHOLE:
        return Row(row.label, ("", "")) if han else replace(row, label=_label(row.label, han=False))
    cells = tuple("\n".join(line for line in _lines(cell) if is_han(line) == han) for cell in row.cells)
    return replace(row, label=_label(row.label, han=han), cells=cells)


def _label(label: str, *, han: bool) -> str:
    said = " ".join(line for line in _lines(label) if is_han(line) == han)
    return said if squash(said) and field_of(said) == field_of(label) else label


def joined_oddities(first: Glance, second: Glance) -> list[Oddity]:
    """Return what is to be told of a second language: numbers and dates said twice, and texts without a counterpart."""
    found = []
    for row in second.rows:
        said = squash(" ".join(row.cells))
        if key_of(row.label) in _FACTS and said:
            found.append(oddity("said_twice", row.label, {"print": said}))
    for label, count in _COUNTS.items():
        if count(first) != count(second):
            rows = [row for row in second.rows if key_of(row.label) == label]
            found += [oddity("second_language", row.label, {"print": squash(" ".join(row.cells))}) for row in rows]
    return found


_COUNTS: dict[str, Callable[[Glance], Sequence[int]]] = {
    "themes": lambda glance: [len(theme.projects) for theme in glance.themes],
    "activities": lambda glance: [
        *(len(each.topics) + len(each.sub_events) for each in glance.meetings),
        len(glance.outputs),
    ],
    "results": lambda glance: [len(glance.result_items)],
    "challenges": lambda glance: [len(glance.challenge_items)],
    "visits": lambda glance: [len(glance.visits)],
}
_KINDS = {
    "themes": ("theme", "pilot_project"), "activities": ("meeting", "agenda_item", "ucap_item/output"),
    "results": ("ucap_item/result",), "challenges": ("ucap_item/challenge",), "visits": ("visit",),
}  # fmt: skip


def place_names(first: Glance, second: Glance) -> dict[str, str]:
    """Return the folded names of places in the first language by those in the second."""
    pairs: dict[str, str] = {}
    for one, other in zip(first.sides, second.sides, strict=True):
        pairs |= {folded_nfkc(b.name): folded_nfkc(a.name) for a, b in zip(one.cities, other.cities, strict=False)}
    for meeting, told_again in zip(first.meetings, second.meetings, strict=False):
        if len(meeting.places) == len(told_again.places):
            for a, b in zip(meeting.places, told_again.places, strict=True):
                pairs.setdefault(folded_nfkc(b), folded_nfkc(a))
    return pairs


def open_kinds(first: Glance, second: Glance) -> set[str]:
    """Return the kinds whose records cannot be told apart by their order: the languages have different numbers of them."""
    return {kind for label, count in _COUNTS.items() if count(first) != count(second) for kind in _KINDS[label]}


def join_values(values: dict[str, Any], other: dict[str, Any]) -> None:
    """Add the Chinese texts of a record read in Chinese to the same record read in another language."""
    for name, said in other.items():
        if isinstance(said, dict) and set(said) == {"zh"}:
            mine = values.get(name)
            values[name] = {**(mine or {}), "zh": said["zh"]} if mine is None or "zh" not in mine else mine
        elif name in ("print", "references_print") and isinstance(said, str) and values.get(name):
            values[name] = f"{values[name]} {said}"
