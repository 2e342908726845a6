"""Circles of readers of a paper, and the internal fields each may see: own principal, own delegation, everybody else.

Whether a field is internal is said where the field is declared. A circle opens some of these; ``Reading`` empties the
others before any paper sees them, so that a paper cannot tell what its readers may not know.
"""

from __future__ import annotations

from dataclasses import dataclass

from ucapdesk.model.kind import KindField

PRIVATE = frozenset(
    {"person.mobile", "person.wechat", "person.whatsapp", "person.emergency_contact", "transport_leg.driver"}
)
"""Private numbers of people, printed only on request, and never outside the own side."""


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle of readers.

    Attributes:
        fields: The internal fields it may read, as ``kind.field``; None: all of them.
        records: Whether it may read records that are internal as a whole, such as an internal point of an agenda.
    """

    fields: frozenset[str] | None = frozenset()
    records: bool = False

    def sees(self, field: KindField, *, private: bool = False) -> bool:
        """Return whether its readers may see a field; ``private``: private numbers were asked for."""
        if not field.meta.internal:
            return True
        name = f"{field.kind}.{field.name}"
        if field.meta.local:  # passports: only where a document names them
            return self.fields is not None and name in self.fields
        if name in PRIVATE and not private:
            return False
        return self.fields is None or name in self.fields

    @property
    def is_outside(self) -> bool:
        """Whether its readers are outside the own side."""
        return self.fields is not None and not self.records


OUTSIDE = Circle()
"""Anybody: nothing internal."""
DELEGATION = Circle(
    PRIVATE
    | {
        "visit.key_messages", "meeting.lines_to_take", "meeting.their_points", "meeting.questions", "meeting.if_raised",
        "meeting.online_link", "participation.diet", "person.diet", "person.diet_note", "person.allergies",
        "person.mobility", "transport_leg.booking", "contact_role.note", "place.wifi",
    },
    records=True,
)  # fmt: skip
"""The own delegation: what it needs to speak and to travel; no red lines, no remarks about people, no money."""
PRINCIPAL = Circle(None, records=True)
"""The head of the own side: everything but passports."""
