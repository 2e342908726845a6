"""The kinds with a page of their own; all others have the plain one. A page is imported when it is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ucapdesk.ui.record.record_screen import Screen

AROUND = ("person", "organisation", "place", "theme", "pilot_project")
"""Kinds that show related records."""


def screen_of(kind: str) -> type[Screen]:
    """Return the page of a kind."""
    if kind == "agreement":
        from ucapdesk.ui.agreements.agreement_screen import AgreementScreen

        return AgreementScreen
    if kind == "meeting":
        from ucapdesk.ui.meetings.meeting_screen import MeetingScreen

        return MeetingScreen
    if kind == "visit":
        from ucapdesk.ui.visits.visit_screen import VisitScreen

        return VisitScreen
    if kind == "ucap":
        from ucapdesk.ui.people.people_screens import UcapScreen

        return UcapScreen
    if kind in AROUND:
        from ucapdesk.ui.people.people_screens import AroundScreen

        return AroundScreen
    from ucapdesk.ui.record.record_screen import Screen

    return Screen
