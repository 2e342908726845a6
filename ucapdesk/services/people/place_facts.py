"""Country and time zone of a place as its name tells them; whoever adds or keeps the place sees them before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ucapdesk.base.i18n import dotted, language, tr
from ucapdesk.model.codes import code_label
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.place_kinds import LISTED_COUNTRIES, Place, country_id
from ucapdesk.model.record import Record
from ucapdesk.model.rules.known_cities import CityFacts, city_facts
from ucapdesk.model.text.format.zones import zone_city
from ucapdesk.model.values import Bilingual


def proposed(place: Record) -> CityFacts | None:
    """Return what the name of a place tells; None for one whose country is on record, or whose name is not known."""
    if not isinstance(place, Place) or place.country or place.parent or not place.name:
        return None
    return city_facts(place.name.values())


def of_new(kind: str, values: Mapping[str, Any]) -> CityFacts | None:
    """Return what the name of a new place tells; None for other kinds too."""
    name = values.get("name") if kind == Place.__tablename__ else None
    return city_facts(name.values()) if name else None


def values_of(facts: CityFacts, name: Bilingual) -> dict[str, Any]:
    """Return the values of the fields, with the name in the language that it lacks."""
    whole = Bilingual({**dict(facts.names), **name})
    return {"name": whole, "country": country_id(facts.country), "time_zone": facts.zone}


def say(facts: CityFacts, name: Bilingual) -> str:
    """Return the facts in words: ``Chongqing · China · Time zone: Beijing``."""
    lang = language()
    added = (said for key, said in facts.names if key not in name)
    field, zone = KINDS[Place.__tablename__].fields["time_zone"].label(lang), zone_city(facts.zone, lang)
    said = tr("filter", "{field}: {value}", field=field, value=zone)
    return dotted(*added, code_label(LISTED_COUNTRIES, facts.country, lang), said)
