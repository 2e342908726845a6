"""The section of seating plans for the meetings and meals of a visit with known participants."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ucapdesk.briefing.content import Section, Words
from ucapdesk.model.kinds.visit_kinds import Participation
from ucapdesk.papers.documents.seating_plan import plans_of
from ucapdesk.papers.occasion_seats import SIGNING, usual_room
from ucapdesk.papers.paper_parts import headed
from ucapdesk.papers.paper_words import of_text
from ucapdesk.papers.sections.common import day_and_hours, joined
from ucapdesk.papers.visit_facts import VisitFacts

AT_TABLE = ("banquet", "signing")
"""Types of items with a seating plan; others have one only with named participants."""


def seating(of: VisitFacts) -> list[Section]:
    """Return a plan on each page, in the order of the programme."""
    found: list[Section] = []
    for id_, name in _occasions(of):
        plans = tuple(replace(plan, label=None) for plan in plans_of(of.reader, id_))  # the heading says what it is of
        if any(seat for plan in plans for seat in plan.seats if not seat.name.empty):
            found.append(Section(plans, name, level=2, new_page=bool(found)))
    return headed(found)


def _occasions(of: VisitFacts) -> Iterator[tuple[str, Words]]:
    """Yield ids and names of the meetings, then of meals and signings outside them.

    The plan of a signing stands with the run of its ceremony, where the pack has that.
    """
    shown = {each.signing_meeting for each in of.to_sign} if of.has("signing") else set()
    for meeting in of.meetings:
        if meeting.id in shown and usual_room(of.reader, meeting) == SIGNING:
            continue
        yield meeting.id, joined(of_text(meeting.title), day_and_hours(meeting.when))
    for item in of.items:
        by_plan = item.type in AT_TABLE or (item.type == "meal" and of.reader.children(Participation, item.id))
        if by_plan and item.meeting is None:
            yield item.id, joined(of_text(item.title), day_and_hours(item.when))
