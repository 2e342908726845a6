"""Record ids: random for what a user enters, derived where two desks must create the same row."""

from __future__ import annotations

import re
import uuid

ID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "ucapdesk:1")


def new_id() -> str:
    """Return a fresh random id, a lower-case UUID text."""
    return str(uuid.uuid4())


def derived_id(*parts: str) -> str:
    """Return the id every desk gives to the same thing, e.g. ``derived_id("country", "ES")``."""
    return str(uuid.uuid5(NAMESPACE, "|".join(parts)))
