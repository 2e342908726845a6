"""Counts the words of a paper: each is in a field, in an oddity or in a label; those that are not are told as one more oddity."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from ucapdesk.formats.glance.glance_parts import Glance, GlanceTable, Row
from ucapdesk.formats.glance.labels import field_of
from ucapdesk.formats.glance.list_marks import ringed
from ucapdesk.formats.glance.oddities import told

_NOT_WORDS = frozenset("oddities row key parent organisation rows source labels accounted pairing_print".split())
WORD = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+")
_RUNS = re.compile(r"\w+")
PARTING = frozenset(["and", "y", "e", "und", "&", "和", "及", "与"])
"""Words that only part two names, as a comma does."""


def words(text: str) -> list[str]:
    """Return the words of a text; each Chinese character is one."""
    return WORD.findall(unicodedata.normalize("NFC", text))


def left_over(table: GlanceTable, glance: Glance) -> Glance:
    """Return what was read, with an oddity for the words of each row that reached nothing."""
    held = {word for text in _said(glance) for word in words(text)} | PARTING
    held |= {word for odd in glance.oddities for said in odd.what.args.values() for word in words(str(said))}
    oddities, unplaced = list(glance.oddities), list(glance.unplaced)
    for row in table.rows:
        label = "" if field_of(row.label) else row.label
        texts = (unicodedata.normalize("NFC", text) for text in (label, *map(ringed, row.cells)))
        runs = [run for text in texts for run in _RUNS.findall(text)]
        missing = [run for run in runs if not all(word in held for word in words(run))]
        if missing:
            print_ = " ".join(dict.fromkeys(missing))
            oddities.append(told("left_over", row.label, {"print": print_}))
            unplaced.append(Row(row.label, (print_,)))
    return replace(glance, oddities=tuple(oddities), unplaced=tuple(unplaced))


def _said(value: object) -> Iterator[str]:
    """Yield every text in a structured value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _said(part)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for name in _names(type(value)):
            yield from _said(getattr(value, name))


@cache
def _names(cls: type) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(cls) if field.name not in _NOT_WORDS)
