"""The partnerships of the Urban Agenda for the EU as papers write them, and which words speak for each."""

from __future__ import annotations

import re
from types import MappingProxyType

# code: (official name, other names, words in a theme that speak for it)
_KNOWN = MappingProxyType(
    {
        "inclusion_migrants_refugees": ("Inclusion of Migrants and Refugees", (), "migra refugee inclusi integrat"),
        "air_quality": ("Air Quality", (), "air emission pollut clean"),
        "urban_poverty": ("Urban Poverty", (), "pover social inclusi depriv"),
        "housing": ("Housing", ("Affordable Housing",), "hous home building district neighbo resident living elder age"),
        "circular_economy": ("Circular Economy", (), "circular waste recycl resource reuse"),
        "digital_transition": ("Digital Transition", (), "digital smart data ict visual online"),
        "jobs_skills": (
            "Jobs and Skills in the Local Economy",
            ("Education, jobs and skills in the local economy", "Jobs and Skills"),
            "job skill train educat vocation start-up startup incubat innovat business employ talent",
        ),
        "urban_mobility": ("Urban Mobility", ("Mobility",), "mobil transport vehic traffic bus hydrogen logist"),
        "climate_adaptation": ("Climate Adaptation", (), "climat flood sponge adapt resilien"),
        "energy_transition": ("Energy Transition", (), "energ hydrogen heat solar power carbon"),
        "public_procurement": ("Innovative and Responsible Public Procurement", ("Public Procurement",), "procure"),
        "sustainable_land_use": (
            "Sustainable Use of Land and Nature-Based Solutions",
            ("Sustainable Land Use", "Nature-Based Solutions"),
            "land nature green park brownfield planning",
        ),
        "culture_heritage": ("Culture and Cultural Heritage", ("Cultural Heritage", "Culture"), "cultur heritag touris"),
        "security_public_spaces": ("Security in Public Spaces", (), "secur safe"),
        "greening_cities": ("Greening Cities", (), "green park tree"),
        "sustainable_tourism": ("Sustainable Tourism", (), "touris"),
        "cities_of_equality": ("Cities of Equality", (), "equal gender"),
        "food": ("Food", (), "food agricult"),
        "water_sensitive_city": ("Water Sensitive City", (), "water river sponge"),
        "building_decarbonisation": ("Building Decarbonisation", (), "building carbon energ"),
        "compact_cities": ("Compact Cities", (), "compact densi"),
    }
)
_PREFIX = re.compile(
    r"^\s*(EU\s*)?((Urban\s+)?(Partnerships?|Agenda)(\s+(on|for))?\b)?\s*(\(\s*UP\s*\)|\bUPs?\b)?[\s:–-]*", re.IGNORECASE
)


def _key(text: str) -> str:
    """Words alone: articles, ``and``, ``&`` and ``/`` say nothing."""
    return " ".join(word for word in re.findall(r"\w+", text.casefold()) if word not in {"the", "and", "of"})


_CODES = {
    _key(name): code for code, (official, others, _) in _KNOWN.items() for name in (official, *others)
}


def code_of(print_: str) -> str | None:
    """The code of the partnership a print names, with or without ``EU``, ``Urban Partnership``, ``UP`` before it."""
    return _CODES.get(_key(_PREFIX.sub("", print_))) or _CODES.get(_key(print_))


def name_of(code: str) -> str:
    """The official English name."""
    return _KNOWN[code][0]


def is_short(print_: str) -> bool:
    """Whether the print says ``EU`` but neither ``UP`` nor ``Urban Partnership``."""
    return re.match(r"EU\b", print_) is not None and not re.search(r"\bUPs?\b|partnership", print_, re.IGNORECASE)


def likely(code: str, text: str) -> bool:
    """Whether any word of a theme speaks for this partnership."""
    words = re.findall(r"[\w-]+", text.casefold())
    return any(word.startswith(stem) for word in words for stem in _KNOWN[code][2].split())
