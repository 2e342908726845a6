"""Which kinds of record a paper can be printed of; known without what prints, which takes long to load."""

from __future__ import annotations

KINDS_OF = {"at_a_glance": ("ucap",)}
"""The kinds of each document; ``papers`` makes them."""


def printable() -> frozenset[str]:
    """The kinds that some paper can be printed of."""
    return frozenset(kind for kinds in KINDS_OF.values() for kind in kinds)
