"""All documents that can be printed, from the modules that declare them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ucapdesk.services.papers import (
    action_list,
    badges,
    cards,
    changes,
    dashboard,
    directory,
    glance,
    itineraries,
    letters,
    lists,
    minutes,
    mous,
    person_brief,
    seating_plan,
    signing,
    visit_pack,
    visit_report,
)
from ucapdesk.services.papers.document import Document
from ucapdesk.services.printable import KINDS_OF

_DECLARED = (
    *glance.DOCUMENTS,
    *visit_pack.DOCUMENTS,
    *changes.DOCUMENTS,
    *cards.DOCUMENTS,
    *badges.DOCUMENTS,
    *letters.DOCUMENTS,
    *minutes.DOCUMENTS,
    *action_list.DOCUMENTS,
    *lists.DOCUMENTS,
    *mous.DOCUMENTS,
    *signing.DOCUMENTS,
    *seating_plan.DOCUMENTS,
    *itineraries.DOCUMENTS,
    *directory.DOCUMENTS,
    *visit_report.DOCUMENTS,
    *person_brief.DOCUMENTS,
    *dashboard.DOCUMENTS,
)  # fmt: skip
"""The modules that declare documents, a line each."""

DOCUMENTS: Mapping[str, Document] = MappingProxyType(
    {each.name: each for each in sorted(_DECLARED, key=lambda each: list(KINDS_OF).index(each.name))}
)
"""All documents by name, in the order of ``KINDS_OF``: the first of a kind is printed by default."""
