"""The kinds whose records have a page of their own; all others have the plain one."""

from __future__ import annotations

from ucapdesk.ui.agreements.screen import AgreementScreen
from ucapdesk.ui.meetings.screen import MeetingScreen
from ucapdesk.ui.people.screen import AroundScreen, UcapScreen
from ucapdesk.ui.record.screen import Screen
from ucapdesk.ui.visits.screen import VisitScreen

SCREENS: dict[str, type[Screen]] = {
    "agreement": AgreementScreen,
    "meeting": MeetingScreen,
    "visit": VisitScreen,
    "ucap": UcapScreen,
    **dict.fromkeys(("person", "organisation", "place", "theme", "pilot_project"), AroundScreen),
}


def screen_of(kind: str) -> type[Screen]:
    """How records of a kind are shown."""
    return SCREENS.get(kind, Screen)
