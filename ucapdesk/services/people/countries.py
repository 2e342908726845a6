"""The countries and regions in every workspace: all of ISO 3166, as records that a workspace may rename.

They are written once, in one changeset that is no step of a person: undo passes it over, and nobody is told of it as
news. Their ids are derived from their codes, so two desks that do the same make the same records, and agree.
"""

from __future__ import annotations

from ucapdesk.model.codes import codes
from ucapdesk.model.kinds.place_kinds import LISTED_COUNTRIES as LIST
from ucapdesk.model.kinds.place_kinds import Country, country_id
from ucapdesk.model.values import Bilingual
from ucapdesk.store.desk import Desk
from ucapdesk.store.log.changeset import LISTED


def add_missing(desk: Desk) -> int:
    """Add the countries that a workspace never had, and return how many; existing ones, in the Trash or not, stay as they are."""
    ids = {country_id(alpha2): alpha2 for alpha2 in codes(LIST)}
    missing = desk.read.unknown(ids)
    if missing:
        with desk.save([LISTED, {"n": len(missing)}]) as work:
            for id_, alpha2 in ids.items():
                if id_ in missing:
                    work.new(Country, id_, alpha2=alpha2, name=Bilingual(dict(codes(LIST)[alpha2].labels)))
    return len(missing)
