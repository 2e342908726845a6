"""People pasted as rows of a table or lines of a list: previewed, then made with their posts and their part in something."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ucapdesk.base.i18n import tr
from ucapdesk.formats.people_rows import people_in
from ucapdesk.services.files.imports import looks_like_minutes, plan_list, read_pasted
from ucapdesk.services.files.incoming_files import Plan
from ucapdesk.services.people import vcards
from ucapdesk.store.desk import Desk

HOST = "host"


def plan_pasted(desk: Desk, text: str, owner: str = "", **how: Any) -> Plan | None:
    found = read_pasted(desk, text, owner, **how)
    return None if found is None else plan_list(desk, found)


def plan_minutes(desk: Desk, text: str, meeting: Callable[[], str], *, whole: bool) -> Plan | None:
    """Return the import plan of minutes; None where the text is none. ``meeting`` gives theirs, and may make it."""
    return plan_pasted(desk, text, meeting(), minutes=whole) if whole or looks_like_minutes(text) else None


def plan_people(
    desk: Desk, text: str, owner: str = "", values: Mapping[str, str] | None = None, day: str = ""
) -> Plan | None:
    """Return the import plan of pasted rows; None where the text is no table or list of people.

    Rows with heads are read as a list of an office is, with passports and remarks; programmes and minutes come the same way.

    Args:
        desk: The workspace.
        text: The rows.
        owner: The record in which these people take part: a visit, a meeting, a point of a programme; none before it is made.
        values: The initial values of their participations.
        day: The day of hours that stand before any day of a programme.
    """
    joins = not owner and values is not None
    as_list = plan_pasted(desk, text, owner, hosts=(values or {}).get("role") == HOST, day=day, joins=joins)
    if as_list is not None:
        return as_list
    cards = people_in(text)
    if not cards:
        return None
    join = None if values is None else vcards.join_of(desk, owner, values) if owner else vcards.Join(owner, values)
    return vcards.plan_cards(desk, tr("cards", "Clipboard"), cards, join=join)


def plan_copied(desk: Desk, text: str) -> Plan | None:
    """Return the import plan of a copied table, card, signature or list of names; None where the text is neither."""
    rows = plan_people(desk, text) if "\t" in text else plan_pasted(desk, text)
    return rows or vcards.plan_text(desk, text, tr("cards", "Clipboard")) or plan_people(desk, text)
