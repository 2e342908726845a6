"""A UCAP as the window shows it: its themes side by side, and its partnership as a drawing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from ucapdesk.base.i18n import language
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.partnership_kinds import Theme
from ucapdesk.model.text.fields_in_words import say
from ucapdesk.papers.facts.partner_sides import PartnershipLink, partnership_facts
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.services.records.records import titles
from ucapdesk.store.desk import Desk

COUNTED = ("pilot_project", "agreement", "meeting")  # Kinds that name their themes


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """One theme; ``counted`` is in the order of ``COUNTED``."""

    id: str
    name: str
    sdgs: str
    partnerships: str
    counted: tuple[int, ...]


def themes_of(desk: Desk, ucap: str) -> list[ThemeLine]:
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


@dataclass(frozen=True, slots=True)
class Node:
    """A city, theme or MoU: its record, its kind, its name, and the column in which it stands."""

    id: str
    kind: str
    title: str
    column: int


@dataclass(frozen=True, slots=True)
class Partnership:
    nodes: tuple[Node, ...]
    links: tuple[PartnershipLink, ...]


def partnership_of(desk: Desk, ucap: str) -> Partnership:
    told = partnership_facts(RedactedReader(desk), ucap)
    points = list(told.points)
    names = desk.read.titles([record.id for record, _ in points], language())
    named = ((record, " ".join(names.get(record.id, "").split()), column) for record, column in points)
    nodes = (Node(record.id, type(record).__tablename__, name, column) for record, name, column in named)
    return Partnership(tuple(nodes), told.links)
