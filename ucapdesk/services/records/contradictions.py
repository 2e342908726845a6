"""The warnings about a record: what cannot be right in it, by itself and beside the records that it belongs with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ucapdesk.base.clock import today
from ucapdesk.base.i18n import Message
from ucapdesk.model.kinds.meeting_kinds import Meeting
from ucapdesk.model.kinds.ucap_kinds import UcapPlace
from ucapdesk.model.kinds.visit_kinds import ItineraryItem, Participation, Visit
from ucapdesk.model.record import Record
from ucapdesk.model.rules.record_rules import warnings
from ucapdesk.services.records.records import with_told_values
from ucapdesk.store.desk import Desk


def warnings_of(desk: Desk, id_: str) -> list[Message]:
    """Return the warnings about a record; none about one in the Trash."""
    record = desk.read.record(id_)
    if record is None or record.is_deleted:
        return []
    around = [each for each in _around(desk, record) if not each.is_deleted]
    told, *others = with_told_values(desk, [record, *around])
    return warnings(told, today(desk.workspace.clock), others)


def _around(desk: Desk, record: Any) -> Iterator[Record]:
    """Yield its visit, its parts and its links whose values it may contradict, and others with its number."""
    visit = getattr(record, "visit", None) or getattr(record, "owner", None)
    yield from desk.read.page(Visit, [visit] if visit else [])
    if isinstance(record, Visit):
        yield from desk.read.children(record.id, Participation)
    if isinstance(record, UcapPlace) and record.owner:
        yield from desk.read.children(record.owner, UcapPlace)
    if isinstance(record, Meeting):
        yield from desk.read.listed(ItineraryItem, where={"meeting": record.id})
    if isinstance(record, ItineraryItem):
        yield from desk.read.page(Meeting, [record.meeting] if record.meeting else [])
    if number := getattr(record, "reference", None):
        yield from desk.read.listed(type(record), where={"reference": number})
