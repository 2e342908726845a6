"""Fields as they are called in one record: a chair, a choice of sides and who leads name the cities or organisations."""

from __future__ import annotations

from collections.abc import Iterable

from ucapdesk.model.kind import KindField
from ucapdesk.model.sides import Sides
from ucapdesk.services.papers.reading import Reading
from ucapdesk.services.papers.sides import sides_of_id
from ucapdesk.store.desk import Desk


def sides(desk: Desk, id_: str | None) -> Sides:
    """The sides of whatever a record is or belongs to."""
    return sides_of_id(Reading(desk), id_)


def named(desk: Desk, fields: Iterable[KindField], id_: str | None) -> list[KindField]:
    """The fields of a record or of its parts; ``id_`` is the record, or whose part a new one will be."""
    found = list(fields)
    if not any(field.tells_sides for field in found):
        return found
    known = sides(desk, id_)
    return [field.among(known) if field.tells_sides else field for field in found]
