"""Record ids: random for what a person enters, derived where two desks must make the same row."""

from __future__ import annotations

import uuid

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "ucapdesk:1")


def new_id() -> str:
    """A fresh random id, lower-case UUID text."""
    return str(uuid.uuid4())


def derived_id(*parts: str) -> str:
    """The id every desk gives to the same thing, e.g. ``derived_id("country", "ES")``."""
    return str(uuid.uuid5(NAMESPACE, "|".join(parts)))
