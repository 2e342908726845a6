"""The meaning of statuses, as the lists in ``resources/reference`` define it: open, closed, held, called off.

``closed``: nothing more is waited for. ``called_off``: the dates on record no longer hold, for good (cancelled) or for now
(postponed, deferred). ``held``: a meeting or a visit took place. ``online``: nobody travels. ``signed`` and ``drafted``: how
far an agreement came. A record is open until it is closed, and so is one whose status is missing or of a newer program.
"""

from __future__ import annotations

from typing import Any, Literal

from ucapdesk.model.codes import Code, codes

Fact = Literal["closed", "called_off", "held", "online", "signed", "drafted"]


def codes_with(name: str, *facts: Fact) -> tuple[str, ...]:
    """Return the codes of a list of statuses for which one of these facts is true."""
    return tuple(code.code for code in codes(name).values() if any(code.facts.get(fact) for fact in facts))


def status_of(record: Any) -> Code | None:
    """Return the status of a record; None where it has none, or one of a newer program."""
    column = type(record).__table__.columns.get("status")
    return None if column is None else codes(column.info["field"].codes).get(record.status or "")


def has(record: Any, fact: Fact) -> bool:
    """Return whether a fact is true of the status of a record; never for a kind without one."""
    known = status_of(record)
    return known is not None and bool(known.facts.get(fact))


def is_closed(record: Any) -> bool:
    """Return whether a record is closed; a checklist item is closed by its tick."""
    return has(record, "closed") or getattr(record, "done", None) is True


def is_open(record: Any) -> bool:
    """Return whether something is still to be done."""
    return not is_closed(record)


def is_called_off(record: Any) -> bool:
    """Return whether its dates no longer hold: cancelled, postponed, deferred."""
    return has(record, "called_off")


def called_off_in(*around: Any) -> Any | None:
    """Return the first of some records that is called off: if the meeting or the visit of an item is, so is the item."""
    return next((each for each in around if each is not None and is_called_off(each)), None)


def is_held(record: Any) -> bool:
    """Return whether a meeting or a visit took place."""
    return has(record, "held")


def is_awaited(record: Any) -> bool:
    """Return whether it is open and its date holds: only then can it be late."""
    return is_open(record) and not is_called_off(record)


def is_travelled(record: Any) -> bool:
    """Return whether people travel on the dates of a visit: it is neither called off nor moved online."""
    return not is_called_off(record) and not has(record, "online")
