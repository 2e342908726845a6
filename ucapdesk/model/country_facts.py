"""Facts of a country or region that hold where nobody wrote others: those of the reference list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ucapdesk.model.codes import codes
from ucapdesk.model.values import Codes


def listed(country: Any) -> Mapping[str, Any]:
    """What the reference list tells of a country; empty where it does not have it."""
    known = codes("countries").get(country.alpha2 or "")
    return known.facts if known else {}


def time_zones(country: Any, today: date | None = None) -> Codes | None:  # noqa: ARG001 - asked like all that follows
    """Its time zones as IANA names, the one of most people first."""
    zones = listed(country).get("zones")
    return Codes(zones) if zones else None


def calling_code(country: Any, today: date | None = None) -> str | None:  # noqa: ARG001
    """Its international calling code: ``+86``."""
    return listed(country).get("calling_code")


def currency(country: Any, today: date | None = None) -> str | None:  # noqa: ARG001
    """The ISO code of its currency."""
    return listed(country).get("currency")


def in_union(country: Any, today: date | None = None) -> bool | None:  # noqa: ARG001
    """True of the members of the European Union."""
    return True if listed(country).get("eu27") else None
