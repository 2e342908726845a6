"""The register by the end of its MoUs: where none is recorded it follows from the term, which no question to the store knows."""

from __future__ import annotations

from collections.abc import Sequence

from ucapdesk.model.kinds.agreements import Agreement
from ucapdesk.model.listing import NOTHING, Condition
from ucapdesk.model.register import expiry
from ucapdesk.model.values import PartialDate
from ucapdesk.store.desk import Desk

END = "expires"


def arranged(
    desk: Desk, ids: Sequence[str], conditions: Sequence[Condition], *, by_end: bool, descending: bool
) -> list[str]:
    """Of some MoUs those whose end meets all conditions; in the order of their ends if that is wished, without end last."""
    ends = {each.id: expiry(each) for each in desk.read.page(Agreement, ids)}
    found = [
        id_
        for id_ in ids
        if all(any(_meets(ends.get(id_), value) for value in each.values) != each.without for each in conditions)
    ]
    if not by_end:
        return found
    dated = [id_ for id_ in found if ends.get(id_) is not None]
    dated.sort(key=lambda id_: _key(ends[id_]), reverse=descending)
    return [*dated, *(id_ for id_ in found if ends.get(id_) is None)]


def _meets(end: PartialDate | None, value: str) -> bool:
    """Whether an end may lie in a period; with ``<`` before a day, whether it surely lies before that day."""
    if value == NOTHING or end is None:
        return value == NOTHING and end is None
    if value.startswith("<"):
        return end.bounds[1] < value[1:]
    low, high = PartialDate(value).bounds
    return end.bounds[0] <= high and end.bounds[1] >= low


def _key(end: PartialDate | None) -> tuple[str, str]:
    return end.bounds if end is not None else ("", "")
