"""Participants of a visit of whom something is said, and the removal of who they are."""

from __future__ import annotations

from tests.unit.exchange.laptops import Laptop
from ucapdesk.services.people import privacy
from ucapdesk.services.records import records

DIET, ROOM, REMARKS, EARLIER = "Quittengelee", "Zwetschgen", "Holunder", "Mirabellen"
WORDS = (DIET, ROOM, REMARKS, EARLIER)


def takes_part(laptop: Laptop, visit: str, *said: str) -> str:
    """Somebody on the list of a visit, with an earlier diet and a later one."""
    part = laptop.add("participation", f"owner={visit}", "role=expert", *said, f"diet={EARLIER}")
    laptop.edit(part, f"diet={DIET}", f"room={ROOM}", f"remarks.en={REMARKS}")
    return part


def remove(laptop: Laptop, person: str, name: str = "Wei Zhang") -> None:
    with laptop.here() as desk:
        laptop.clock.tick(1)
        privacy.erase(desk, person, name)


def shown(laptop: Laptop, visit: str) -> list[str]:
    return [each.id for each in records.children(laptop.desk, visit).get("participation", ())]
