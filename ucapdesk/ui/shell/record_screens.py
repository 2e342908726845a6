"""The kinds whose records have a page of their own; all others have the plain one. A page is read in when it is needed."""

from __future__ import annotations

from ucapdesk.ui.record.screen import Screen

AROUND = ("person", "organisation", "place", "theme", "pilot_project")
"""Kinds that show what is on record around them."""


def screen_of(kind: str) -> type[Screen]:
    """How records of a kind are shown."""
    if kind == "agreement":
        from ucapdesk.ui.agreements.screen import AgreementScreen

        return AgreementScreen
    if kind == "meeting":
        from ucapdesk.ui.meetings.screen import MeetingScreen

        return MeetingScreen
    if kind == "visit":
        from ucapdesk.ui.visits.screen import VisitScreen

        return VisitScreen
    if kind == "ucap":
        from ucapdesk.ui.people.screen import UcapScreen

        return UcapScreen
    if kind in AROUND:
        from ucapdesk.ui.people.screen import AroundScreen

        return AroundScreen
    return Screen
