"""Filters and sorts lists by computed values, which the database does not hold: the records are read and computed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ucapdesk.base.clock import today
from ucapdesk.base.fold import fold_accents
from ucapdesk.base.i18n import language
from ucapdesk.model.kind import Kind
from ucapdesk.model.listing import EMPTY_FIELD, Condition
from ucapdesk.model.rules.record_rules import is_filled
from ucapdesk.model.values import Bilingual, PartialDate
from ucapdesk.store.desk import Desk
from ucapdesk.store.read.told_values import tell_computed


def values_of(desk: Desk, kind: Kind, ids: Sequence[str], name: str) -> dict[str, Any]:
    """Return the value of one field for each of some records today."""
    field, now = kind.shown[name], today(desk.workspace.clock)
    pages = desk.read.pages(kind.cls, ids)
    return {each.id: field.value(each, now) for page in pages for each in tell_computed(desk, page)}


def members(value: Any) -> tuple[str, ...]:
    """Return the values by which a list is filtered: a text, each member of a set, ``1`` and ``0`` for yes and no."""
    value = str(int(value)) if isinstance(value, bool) else value
    return (value,) if isinstance(value, str) else tuple(value or ())


def narrowed(desk: Desk, kind: Kind, ids: Sequence[str], condition: Condition) -> list[str]:
    """Return those records that meet a condition on a computed value."""
    held = values_of(desk, kind, ids, condition.field)
    return [id_ for id_ in ids if any(_meets(held.get(id_), each) for each in condition.values) != condition.without]


def ordered(desk: Desk, kind: Kind, ids: Sequence[str], name: str, *, descending: bool) -> list[str]:
    """Return records sorted by a computed value; those without one come last, in their present order."""
    held = values_of(desk, kind, ids, name)
    told = [id_ for id_ in ids if is_filled(held.get(id_))]
    told.sort(key=lambda id_: _key(held[id_]), reverse=descending)
    return [*told, *(id_ for id_ in ids if not is_filled(held.get(id_)))]


def _meets(value: Any, wanted: str) -> bool:
    """Return whether a value matches: a day lies in a period (``<``: surely before a day), a set holds a code."""
    if wanted == EMPTY_FIELD or not is_filled(value):
        return wanted == EMPTY_FIELD and not is_filled(value)
    if not isinstance(value, PartialDate):
        return wanted in members(value)
    if wanted.startswith("<"):
        return value.bounds[1] < wanted[1:]
    low, high = PartialDate(wanted).bounds
    return value.bounds[0] <= high and value.bounds[1] >= low


def _key(value: Any) -> tuple[str, ...]:
    if isinstance(value, PartialDate):
        return value.bounds
    if isinstance(value, Bilingual):
        return (fold_accents(value.said(language())),)
    return tuple(value) if isinstance(value, tuple) else (str(value),)
