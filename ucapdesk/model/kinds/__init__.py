"""All kinds of record. ``KINDS`` is the list that everything else is derived from."""

from __future__ import annotations

from ucapdesk.model.kind import Kind, KindField, load_kinds
from ucapdesk.model.kinds import agreements, meetings, papers, people, places, shared, ucaps, visits
from ucapdesk.model.record import Record

MODULES = (places, ucaps, people, visits, meetings, agreements, papers, shared)
KINDS = load_kinds(mapper.class_ for mapper in Record.registry.mappers)
LISTED = {name: kind for name, kind in sorted(KINDS.items()) if not kind.cls.reserved}
"""The kinds a person meets; the others only serve these."""

__all__ = ["KINDS", "LISTED", "MODULES", "Kind", "KindField"]
