"""All kinds of record. ``KINDS`` is the list that everything else is derived from."""

from __future__ import annotations

from ucapdesk.model.kind import Kind, KindField, load_kinds
from ucapdesk.model.kinds import agreement_kinds, paper_kinds, partnership_kinds, people_kinds, visit_kinds
from ucapdesk.model.record import Record

__all__ = ["KINDS", "LISTED", "MODULES", "Kind", "KindField"]


MODULES = (partnership_kinds, people_kinds, visit_kinds, agreement_kinds, paper_kinds)
_DECLARED = Record.__subclasses__()
# All kinds in the order of their declaration, so that parts and lists have one order everywhere.
KINDS = load_kinds(each for module in MODULES for each in vars(module).values() if each in _DECLARED)
# The kinds a user sees; the others only serve these.
LISTED = {name: kind for name, kind in sorted(KINDS.items()) if not kind.cls.reserved}
