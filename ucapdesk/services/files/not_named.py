"""Tells what is on record where another edition of a list could name it, and does not: a point called off, somebody replaced."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ucapdesk.base.grouping import grouped
from ucapdesk.base.i18n import tr
from ucapdesk.formats.glance.glance_records import RecordDraft
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.visit_kinds import ItineraryItem, Participation
from ucapdesk.model.text.format.fields_in_words import say
from ucapdesk.services.records.records import titles
from ucapdesk.store.desk import Desk

_OF_LISTS = {"itinerary_item": ItineraryItem, "participation": Participation}


def not_named(desk: Desk, drafts: Sequence[RecordDraft]) -> tuple[tuple[str, str, str], ...]:
    """Return as oddities the points and participants on record that the drafts of a list, which has others of them, do not name."""
    found = list(_not_named(desk, drafts))
    said = titles(desk, [record.id for record in found])
    what = tr("import", "It is on record, and not in this file.")
    done = tr("import", "It stays until you move it to the Trash.")
    return tuple((_called(record, said[record.id]), what, done) for record in found)


def _called(record: Any, title: str) -> str:
    if not isinstance(record, ItineraryItem):
        return title
    when = KINDS["itinerary_item"].fields["when"]
    return f"{say(when, record.when)}: {title}"


def _not_named(desk: Desk, drafts: Sequence[RecordDraft]) -> Iterator[Any]:
    named = {draft.id for draft in drafts}
    known = {record.id for record in desk.read.many(list(named)) if not record.is_deleted}
    told = grouped(((d.kind, d.values["owner"]), d) for d in drafts if d.kind in _OF_LISTS)
    for (kind, owner), of_owner in told.items():
        again = any(draft.id in known for draft in of_owner) or (owner in named and owner in known)
        others = [record for record in desk.read.children(owner, _OF_LISTS[kind]) if record.id not in named]
        left = [record for record in others if _could_be(record, [draft.values for draft in of_owner])]
        if again and len(left) <= len(of_owner):  # a list that only tells of some is no other edition
            yield from left


def _could_be(record: Any, told: Sequence[dict[str, Any]]) -> bool:
    """Return whether a record is among those that a list tells: on its day, where it is of one only, and for its groups; of its roles and sides."""
    if isinstance(record, ItineraryItem):
        days = {values["when"]["date"] for values in told}
        of_group = not record.group or record.group in {values.get("group") for values in told}
        day = record.when.date if record.when else None
        return bool(day and (len(days) > 1 or day in days) and of_group)
    return any((values.get("role"), values.get("side")) == (record.role, record.side) for values in told)
