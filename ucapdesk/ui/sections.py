"""Which lists the window has, and in which section they stand."""

from __future__ import annotations

from dataclasses import dataclass

from ucapdesk.base.i18n import Message
from ucapdesk.model.kinds import LISTED


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the kinds listed under it."""

    heading: Message
    kinds: tuple[str, ...]


_MAIN = (
    Section(Message("section", "UCAPs"), ("ucap", "theme", "pilot_project", "programme")),
    Section(Message("section", "Visits"), ("visit",)),
    Section(Message("section", "Meetings"), ("meeting", "action_item")),
    Section(Message("section", "MoUs"), ("agreement",)),
    Section(Message("section", "People"), ("person", "organisation", "place", "country")),
    Section(Message("section", "Papers"), ("source_document", "pack", "glossary_term", "template")),
)


def sections() -> tuple[Section, ...]:
    """All sections; kinds that no section names stand in the last one, so that none is ever out of reach."""
    named = {kind for section in _MAIN for kind in section.kinds}
    rest = tuple(name for name in LISTED if name not in named)
    return (*_MAIN, Section(Message("section", "Parts of records"), rest))
