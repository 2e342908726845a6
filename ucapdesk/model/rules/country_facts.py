"""Facts of countries and regions from the reference list, used where a record has no value of its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ucapdesk.model.codes import codes
from ucapdesk.model.values import Codes


def listed(country: Any) -> Mapping[str, Any]:
    """Return the facts of the reference list for a country; empty where the list lacks it."""
    known = codes("countries").get(country.alpha2 or "")
    return known.facts if known else {}


def time_zones(country: Any, today: date | None = None) -> Codes | None:  # noqa: ARG001 - asked like all that follows
    """Return its time zones as IANA names, the most populous first."""
    zones = listed(country).get("zones")
    return Codes(zones) if zones else None


def calling_code(country: Any, today: date | None = None) -> str | None:  # noqa: ARG001
    """Return its international calling code: ``+86``."""
    return listed(country).get("calling_code")


def currency(country: Any, today: date | None = None) -> str | None:  # noqa: ARG001
    """Return the ISO code of its currency."""
    return listed(country).get("currency")


def in_union(country: Any, today: date | None = None) -> bool | None:  # noqa: ARG001
    """Return whether it is a member of the European Union."""
    return True if listed(country).get("eu27") else None
