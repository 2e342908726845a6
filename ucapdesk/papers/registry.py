"""All documents that can be printed, from the modules that declare them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ucapdesk.papers.document import Document
from ucapdesk.papers.documents import (
    action_list,
    badge_papers,
    card_papers,
    change_sheet,
    dashboard,
    directory,
    glance,
    itineraries,
    letter_papers,
    list_papers,
    minutes,
    mous,
    person_brief,
    seating_plan,
    signing_paper,
    visit_pack,
    visit_report,
)
from ucapdesk.services.files.printable import KINDS_OF

_DECLARED = (
    *glance.DOCUMENTS,
    *visit_pack.DOCUMENTS,
    *change_sheet.DOCUMENTS,
    *card_papers.DOCUMENTS,
    *badge_papers.DOCUMENTS,
    *letter_papers.DOCUMENTS,
    *minutes.DOCUMENTS,
    *action_list.DOCUMENTS,
    *list_papers.DOCUMENTS,
    *mous.DOCUMENTS,
    *signing_paper.DOCUMENTS,
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
