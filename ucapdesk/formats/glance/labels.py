"""The row labels of the two label sets, declared once: which field a label means, and how it is to be read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ucapdesk.formats.glance.text import squash

AT_A_GLANCE = "at_a_glance"
SUMMARY = "u_cap_summary"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the paper: its key, its label as we write it, the pattern of its labels, and one cell or one a side."""

    key: str
    label: str
    pattern: re.Pattern[str]
    by_side: bool = False


def _field(key: str, label: str, pattern: str, by_side: bool = False) -> Field:
    return Field(key, label, re.compile(rf"\W*(?:{pattern})", re.IGNORECASE), by_side)


FIELDS: tuple[Field, ...] = (
    _field("cities", "Cities", r"(name of )?(the )?cit(y|ies)( names?)?\s*:?$", True),
    _field("state_country", "State/Country", r"(state|province|region)\s*(/|and|,)\s*country", True),
    _field("country", "Country", r"countr(y|ies)\s*:?$", True),
    _field("state", "State", r"(province|state)\b(?!\s*/\s*country)", True),
    _field("population", "Population", r"population", True),
    _field("area", "Size in km²", r"(size|area|surface)\b.*km|(size|area|surface)\s*:?$", True),
    _field("pairing", "Pairing agreement signing date (joint declaration)", r"pairing\b", True),
    _field("period", "Period of cooperation", r"period of\b"),
    _field("visits", "Date of city visit to counterpart city", r"dates? of (the )?(city )?visits?", True),
    _field("focus", "Key focus of cooperation themes", r"key focus"),
    _field("challenges", "Key challenges of cooperation theme", r"key challenges?"),
    _field("objective", "Main Objective of UCAP", r"main objectives?"),
    _field("related", "Related SDGs and Urban Agenda topics", r"related sdgs?"),
    _field(
        "themes",
        "Cooperation themes",
        r"cooperation themes?|including reference to (the )?s[dg]{2}|.*\bs[dg]{2}\b.*\burban agenda",
    ),
    _field("activities", "Short description of main activities and key outputs", r"short description|main activities"),
    _field("results", "Expected results - benefits", r"expected (results?|benefits?)"),
    _field("contacts", "Contact person", r".*\bcontact(s|\s*:?$|\s+(persons?|people|points?))"),
)
BY_KEY = {field.key: field for field in FIELDS}

# Without these a paper says too little to be one of the family.
ESSENTIAL = ("cities", "themes", "objective", "activities")

_OLDER = re.compile(r"u-cap|summary", re.IGNORECASE)


def field_of(label: str) -> Field | None:
    """Return the field a printed label stands for."""
    label = squash(label)
    if not label or len(label) > 200:
        return None
    return next((field for field in FIELDS if field.pattern.match(label)), None)


def label_set(title: str, keys: set[str]) -> str:
    """Return which of the two label sets a table uses, by its title and the rows only the older one has."""
    older = _OLDER.search(title) or keys & {"related", "focus", "period"}
    return SUMMARY if older and "pairing" not in keys else AT_A_GLANCE
