"""Values that follow from one that was just entered, for fields that are still empty; they are written in the same step.

A signatory brings post and party along, a visit the only city of the other side. Forms ask this, scripts do not.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ucapdesk.model.kind import Kind
from ucapdesk.model.kinds.agreement_kinds import AgreementParty
from ucapdesk.model.kinds.people_kinds import Affiliation
from ucapdesk.model.kinds.ucap_kinds import UcapPlace
from ucapdesk.model.kinds.visit_kinds import Visit
from ucapdesk.model.record import Record
from ucapdesk.model.rules.delegation import main_post
from ucapdesk.model.rules.sides import OTHER_SIDE
from ucapdesk.model.values import Refs
from ucapdesk.services.agreements.agreements import post_on
from ucapdesk.store.desk import Desk


def following(desk: Desk, record: Record | Kind, given: Mapping[str, Any], name: str, value: Any) -> dict[str, Any]:
    """Return the further values of a record in which ``name`` becomes ``value``.

    Args:
        desk: The workspace.
        record: It; its kind where it is only made now.
        given: The values that a new record starts with.
        name: The field.
        value: Its new value.
    """
    kind = record.name if isinstance(record, Kind) else type(record).__tablename__

    def held(field: str) -> Any:
        return value if field == name else given.get(field) if isinstance(record, Kind) else getattr(record, field)

    found: dict[str, Any] = {}
    if kind == "signatory" and name == "person" and value:
        found = {"party": _party(desk, held("owner"), str(value)), "post": post_on(desk, str(value), held("signed"))}
    elif kind == "visit" and name in ("ucaps", "travelling_side"):
        host, there = _host(desk, held("ucaps"), held("travelling_side")), held("host_places")
        if isinstance(record, Visit) and there and there == _host(desk, record.ucaps, record.travelling_side):
            return {} if host == there else {"host_places": host or Refs()}  # it followed from the other choice
        found = {"host_places": host}
    return {field: each for field, each in found.items() if each is not None and not held(field)}


def _party(desk: Desk, agreement: str | None, person: str) -> str | None:
    """Return the only party whose organisation somebody works for."""
    post = main_post(desk.read.children(person, Affiliation), None)
    parties = desk.read.children(agreement, AgreementParty) if agreement else []
    mine = [each.id for each in parties if post and post.organisation and each.organisation == post.organisation]
    return mine[0] if len(mine) == 1 else None


def _host(desk: Desk, ucaps: Refs | None, travelling: str | None) -> Refs | None:
    """Return the only partner city of the side that receives."""
    side = OTHER_SIDE.get(travelling or "")
    places = {
        each.place
        for ucap in ucaps or () for each in desk.read.children(ucap, UcapPlace)
        if each.side == side and each.role in (None, "partner") and each.place
    }  # fmt: skip
    return Refs([str(*places)]) if side and len(places) == 1 else None
