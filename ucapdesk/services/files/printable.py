"""The kinds that can be printed, known without loading the papers, which takes long."""

from __future__ import annotations

KINDS_OF: dict[str, tuple[str, ...]] = {
    "at_a_glance": ("ucap",),
    "visit_pack": ("visit",),
    "change_sheet": ("pack",),
    "minutes": ("meeting",),
    "mou_sheet": ("agreement",),
    "person_brief": ("person", "organisation", "place"),
    "itinerary": ("visit",),
    "day_sheet": ("visit",),
    "pocket_card": ("visit",),
    "delegation_list": ("visit", "meeting"),
    "attendance_sheet": ("meeting", "visit", "itinerary_item"),
    "seating_plan": ("meeting", "itinerary_item", "visit"),
    "place_cards": ("visit", "meeting", "itinerary_item"),
    "table_numbers": ("itinerary_item", "meeting", "visit"),
    "badges": ("visit", "meeting", "itinerary_item"),
    "room_list": ("visit",),
    "hotel_list": ("visit",),
    "bus_list": ("visit",),
    "catering_list": ("visit", "itinerary_item", "meeting"),
    "security_list": ("visit", "meeting"),
    "media_list": ("visit",),
    "address_cards": ("visit", "place", "organisation"),
    "invitation_letter": ("visit",),
    "thank_you_letter": ("visit",),
    "transmission_note": ("visit",),
    "visit_report": ("visit",),
    "signing_sheet": ("agreement",),
    "signature_pages": ("agreement",),
    "mou_register": ("agreement", "ucap"),
    "action_list": ("visit", "meeting", "ucap", "agreement", "person", "action_item"),
    "contact_directory": ("visit", "ucap", "meeting", "organisation", "person"),
    "dashboard_report": ("ucap",),
}
"""The kinds of each document, which ``papers.registry`` makes; the first document of a kind is printed by default."""

OF_SEVERAL = frozenset({"address_cards", "action_list", "mou_register", "contact_directory", "dashboard_report"})
"""Documents about several records at once, such as a whole list."""


def printable() -> frozenset[str]:
    """Return the kinds that some paper can be printed of."""
    return frozenset(kind for kinds in KINDS_OF.values() for kind in kinds)


def documents_of(kind: str) -> tuple[str, ...]:
    """Return the documents that can be printed of a kind, the default one first."""
    return tuple(name for name, kinds in KINDS_OF.items() if kind in kinds)


def documents_of_many(kind: str) -> tuple[str, ...]:
    """Return those that can be printed of many records of a kind at once."""
    return tuple(name for name in documents_of(kind) if name in OF_SEVERAL)
