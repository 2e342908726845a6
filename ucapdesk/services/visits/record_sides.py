"""Sides in one record: fields as they are called there (a chair, a choice of sides, who leads), and people party by party.

Papers tell it; they are loaded when it is asked, for they take long.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ucapdesk.base.clock import today
from ucapdesk.base.i18n import language
from ucapdesk.model.kind import KindField
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.visit_kinds import Participation
from ucapdesk.model.values.bilingual import BilingualType
from ucapdesk.store.change_events import ChangeEvent
from ucapdesk.store.desk import Desk

if TYPE_CHECKING:
    from ucapdesk.model.rules.sides import Sides

NAMING = frozenset({"organisation", "place", "ucap_side"})
"""The kinds whose texts name a side."""


def may_differ(change: ChangeEvent) -> bool:
    """Return whether a side may be called otherwise after a change: not where texts were edited that name none."""
    what, told = change.source[0], change.source[-1]
    if what != "record.edit" or change.kinds & NAMING or not told.get("fields"):
        return True
    fields = (KINDS[told["kind"]].fields.get(cell.partition(".")[0]) for cell in told["fields"])
    return not all(field and isinstance(field.type, BilingualType) for field in fields)


def sides(desk: Desk, id_: str | None) -> Sides:
    """Return the sides of whatever a record is or belongs to."""
    from ucapdesk.papers.paper_sides import sides_of_id
    from ucapdesk.papers.redacted_reader import RedactedReader

    asked = sides, id_, today(desk.workspace.clock)  # posts end
    return desk.read.remembered(asked, lambda: sides_of_id(RedactedReader(desk), id_))


def named(desk: Desk, fields: Iterable[KindField], id_: str | None) -> list[KindField]:
    """Return the fields of a record or of its parts; ``id_`` is the record, or the owner of a new one."""
    found = list(fields)
    if not any(field.tells_sides for field in found):
        return found
    known = sides(desk, id_)
    return [field.among(known) if field.tells_sides else field for field in found]


def parted(
    desk: Desk, visit_id: str, parts: Sequence[Participation], side: str
) -> list[tuple[str, list[Participation]]]:
    """Return the people of a side under the names of their parties; under no name where they are of one.

    ``side``: of those of whom nobody said it.
    """
    from ucapdesk.briefing.text_elements import NO_WORDS
    from ucapdesk.papers.paper_sides import by_party, sides_of_id
    from ucapdesk.papers.participants import Participant, participants
    from ucapdesk.papers.redacted_reader import RedactedReader

    reader = RedactedReader(desk)
    known = {each.id: each for each in participants(reader, visit_id, absent=True)}
    people = [known.get(part.id) or Participant(part.id, NO_WORDS, NO_WORDS) for part in parts]
    people = [replace(each, side=each.side or side) for each in people]
    found = by_party(reader, sides_of_id(reader, visit_id), people)
    if len(found) < 2:
        return [("", list(parts))]
    by_id = {part.id: part for part in parts}
    return [(words.said(language()), [by_id[each.id] for each in members]) for words, members in found]
