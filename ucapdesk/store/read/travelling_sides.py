"""The side that travels in a visit: what the records say beside the visit itself is found for the rule that decides."""

from __future__ import annotations

from ucapdesk.model.kinds.ucap_kinds import UcapPlace
from ucapdesk.model.kinds.visit_kinds import Participation, Visit
from ucapdesk.model.rules import delegation
from ucapdesk.model.rules.sides import OTHER_SIDE
from ucapdesk.store.desk import Desk


def travelling_side(desk: Desk, visit: Visit) -> str:
    """Return the side that travels; empty where nobody knows it. Window and papers ask nothing else."""
    return visit.travelling_side or desk.read.remembered(("travelling side", visit.id), lambda: _found(desk, visit))


def side_at_home(desk: Desk, visit: Visit) -> str:
    """Return the side that receives; empty where nobody knows it."""
    return OTHER_SIDE.get(travelling_side(desk, visit), "")


def _found(desk: Desk, visit: Visit) -> str:
    hosts = set(visit.host_places or ())
    cities = [each for ucap in visit.ucaps or () for each in desk.read.children(ucap, UcapPlace)]
    partners = (each for each in cities if each.role in ("partner", None) and each.place in hosts)
    hosting = [each.side for each in partners if each.side and each.side in OTHER_SIDE]
    return delegation.travelling_side(visit, desk.read.children(visit.id, Participation), hosting)
