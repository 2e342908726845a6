"""The themes of a UCAP side by side: goals, partnerships, and the number of records about each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from ucapdesk.base.i18n import language
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.ucap_kinds import Theme
from ucapdesk.model.text.format.fields_in_words import say
from ucapdesk.services.records.records import titles
from ucapdesk.store.desk import Desk

COUNTED = ("pilot_project", "agreement", "meeting")
"""Kinds that name their themes."""


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """One theme; ``counted`` is in the order of ``COUNTED``."""

    id: str
    name: str
    sdgs: str
    partnerships: str
    counted: tuple[int, ...]


def of_ucap(desk: Desk, ucap: str) -> list[ThemeLine]:
    """Return the themes of a UCAP in order."""
    themes, partnerships = desk.read.children(ucap, Theme), KINDS["theme"].fields["partnerships"]
    names = titles(desk, [each.id for each in themes])
    found = []
    for each in themes:
        sdgs = sorted(each.sdgs or (), key=lambda code: (int(code) if code.isdigit() else 99, code))
        said: Any = say(partnerships, each.partnerships, language())
        named = Counter(use.kind for use in desk.read.referring(each.id) if use.field == "themes")
        counts = tuple(named[kind] for kind in COUNTED)
        found.append(ThemeLine(each.id, " ".join(names.get(each.id, "").split()), ", ".join(sdgs), said, counts))
    return found
