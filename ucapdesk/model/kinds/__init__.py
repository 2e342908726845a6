"""All kinds of record. ``KINDS`` is the list that everything else is derived from."""

from __future__ import annotations

from ucapdesk.model.kind import Kind, KindField, load_kinds
from ucapdesk.model.kinds import agreements, meetings, paper_kinds, people, place_kinds, shared, ucaps, visits
from ucapdesk.model.record import Record

MODULES = (place_kinds, ucaps, people, visits, meetings, agreements, paper_kinds, shared)
_MAPPED = [mapper.class_ for mapper in Record.registry.mappers]
KINDS = load_kinds(each for module in MODULES for each in vars(module).values() if each in _MAPPED)
"""All kinds in the order of their declaration, so that parts and lists have one order everywhere."""
LISTED = {name: kind for name, kind in sorted(KINDS.items()) if not kind.cls.reserved}
"""The kinds a user sees; the others only serve these."""

__all__ = ["KINDS", "LISTED", "MODULES", "Kind", "KindField"]
