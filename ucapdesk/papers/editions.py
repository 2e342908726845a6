"""The editions of a pack: its readers, and the circle of each."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ucapdesk.papers.audience import DELEGATION, OUTSIDE, PRINCIPAL, Circle

CIRCLES: Mapping[str, Circle] = MappingProxyType({
    "delegation": DELEGATION,
    "principal": PRINCIPAL,
    "hosts": OUTSIDE,
    "interpreters": OUTSIDE,
    "drivers": OUTSIDE,
    "media": OUTSIDE,
})  # fmt: skip
"""The circle of each edition's readers; the usual edition first."""
EDITIONS = tuple(CIRCLES)
OWN = frozenset(name for name, circle in CIRCLES.items() if circle.is_own)
"""Editions that stay on the own side."""
