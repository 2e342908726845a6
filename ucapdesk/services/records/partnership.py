"""A partnership as the window draws it: the facts of its paper, with names in the language of the window."""

from __future__ import annotations

from dataclasses import dataclass

from ucapdesk.base.i18n import language
from ucapdesk.papers.partnership_facts import PartnershipLink, partnership_facts
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.store.desk import Desk


@dataclass(frozen=True, slots=True)
class Node:
    """A city, theme or MoU: its record, its kind, its name, and the column in which it stands."""

    id: str
    kind: str
    title: str
    column: int


@dataclass(frozen=True, slots=True)
class Partnership:
    """The picture of one UCAP."""

    nodes: tuple[Node, ...]
    links: tuple[PartnershipLink, ...]


def of_ucap(desk: Desk, ucap: str) -> Partnership:
    """Return the picture of a UCAP."""
    told = partnership_facts(RedactedReader(desk), ucap)
    points = list(told.points)
    names = desk.read.titles([record.id for record, _ in points], language())
    named = ((record, " ".join(names.get(record.id, "").split()), column) for record, column in points)
    nodes = (Node(record.id, type(record).__tablename__, name, column) for record, name, column in named)
    return Partnership(tuple(nodes), told.links)
