"""The editions of a pack: one list of sections, six filters."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ucapdesk.services.papers.circles import DELEGATION, OUTSIDE, PRINCIPAL, Circle

CIRCLES: Mapping[str, Circle] = MappingProxyType({
    "delegation": DELEGATION,
    "principal": PRINCIPAL,
    "hosts": OUTSIDE,
    "interpreters": OUTSIDE,
    "drivers": OUTSIDE,
    "media": OUTSIDE,
})  # fmt: skip
"""Who holds a copy of each edition; the usual edition first."""
EDITIONS = tuple(CIRCLES)
OWN = frozenset(name for name, circle in CIRCLES.items() if not circle.is_outside)
"""Editions that stay in the house."""
