"""Circles of readers of a paper, and the internal fields each may see: own principal, own delegation, everybody else.

To which audience a field may be told is said where the field is declared. ``RedactedReader`` empties the others before any paper sees
them, so that a paper cannot tell what its readers may not know.
"""

from __future__ import annotations

from typing import NamedTuple

from ucapdesk.model.kind import KindField
from ucapdesk.model.record import Audience


class Circle(NamedTuple):
    """A circle of readers.

    Attributes:
        audiences: The audiences of internal fields that it is part of.
        is_own: Whether it is of the own side: it may read records that are internal as a whole, such as an internal point of an agenda.
    """

    audiences: frozenset[Audience] = frozenset()
    is_own: bool = False

    def sees(self, field: KindField, *, private: bool = False) -> bool:
        """Return whether its readers may see a field; ``private``: private numbers were asked for."""
        audience = field.meta.audience
        if audience == "everybody":
            return True
        if field.meta.local or (audience == "numbers" and not private):  # passports are in no paper
            return False
        return audience in self.audiences


OUTSIDE = Circle()
"""Anybody: nothing internal."""
KITCHEN = Circle(frozenset({"kitchen"}))
"""Whoever cooks: who eats what, and nothing else."""
DELEGATION = Circle(frozenset({"numbers", "delegation"}), is_own=True)
"""The own delegation: what it needs to speak and to travel; no red lines, no remarks about people, no health, no money."""
PRINCIPAL = Circle(frozenset({"kitchen", "numbers", "delegation", "principal"}), is_own=True)
"""The head of the own side: everything but passports."""
