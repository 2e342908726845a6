"""Lists as users arrange them: their ids, their filter choices, and conditions in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from ucapdesk.base.clock import today
from ucapdesk.base.i18n import Message, language, tr
from ucapdesk.model.codes import code_label, codes
from ucapdesk.model.kind import Kind, KindField
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.visit_kinds import Visit
from ucapdesk.model.listing import (
    ANY_VISIT,
    EMPTY_FIELD,
    INCOMPLETE,
    PSEUDO,
    RELATIVE_PERIODS,
    ROLE,
    TEXT_STATES,
    TEXTS,
    THIS_VISIT,
    TRAVELS,
    Condition,
    ListView,
    awaited_ones,
    facet_sort,
    not_called_off,
)
from ucapdesk.model.rules.lateness import due_field
from ucapdesk.model.text.format.dates_in_words import say_date
from ucapdesk.model.values import PartialDate
from ucapdesk.services.meetings.meetings import running_visits
from ucapdesk.services.records import computed_columns, computed_words
from ucapdesk.services.records.records import kind_named, order_of
from ucapdesk.store.desk import Desk

MOST_ASKED = 20
"""How many of the next visits are checked for their dates."""
CONDITION_NAMES: Mapping[str, Message] = {
    "draft": Message("filter", "Draft translation"),
    "outdated": Message("filter", "Outdated translation"),
    "incomplete": Message("filter", "Incomplete"),
    "@overdue": Message("filter", "Overdue"),
    "@past": Message("filter", "Past"),
    "@today": Message("filter", "Today"),
    "@week": Message("filter", "This week"),
    "@month": Message("filter", "This month"),
    "@year": Message("filter", "This year"),
    "@next90": Message("filter", "In the next 90 days"),
    THIS_VISIT: Message("filter", "This visit"),
    ANY_VISIT: Message("filter", "In a visit"),
    EMPTY_FIELD: Message("filter", "empty"),
}
"""The conditions that have a name of their own."""


def ids(desk: Desk, view: ListView) -> list[str]:
    """Return the ids of a list view; ``records.page`` gives the records of a part of it."""
    kind = kind_named(view.kind)
    conditions = [each for condition in view.conditions for each in _resolved(desk, kind, condition)]
    follows = {each.name for each in kind.follows}
    asked = view.order in follows
    found = computed_words.ids(
        desk,
        view.kind,
        view.find.strip() or None,
        order=order_of(kind) if asked else view.order or order_of(kind),
        descending=view.descending and not asked,
        conditions=[each for each in conditions if each.field not in follows],
        lang=language(),
    )
    for each in conditions:
        found = computed_columns.narrowed(desk, kind, found, each) if each.field in follows else found
    return computed_columns.ordered(desk, kind, found, view.order, descending=view.descending) if asked else found


def _resolved(desk: Desk, kind: Kind, condition: Condition) -> list[Condition]:
    """Return a condition with the values that depend on the day filled in."""
    if condition.field not in (*kind.shown, *PSEUDO):
        return []
    day = today(desk.workspace.clock)
    values = tuple(_value(desk, each, day) for each in condition.values)
    found = [Condition(condition.field, values, condition.without)]
    if "@overdue" in condition.values:
        found += awaited_ones(kind.name)
    return found


def _value(desk: Desk, value: str, day: date) -> str:
    if value == THIS_VISIT:
        return visit_of_the_day(desk) or "-"
    return _period(value, day) if value in RELATIVE_PERIODS else value


def _period(name: str, day: date) -> str:
    """Return a relative period as EDTF."""
    now = day.isoformat()
    monday = day - timedelta(day.weekday())
    return {
        "@overdue": f"<{now}",
        "@past": f"<{now}",
        "@today": now,
        "@week": f"{monday}/{monday + timedelta(6)}",
        "@month": now[:7],
        "@year": now[:4],
        "@next90": f"{now}/{day + timedelta(90)}",
    }[name]


def visit_of_the_day(desk: Desk) -> str | None:
    """Return the visit that runs today, else the next one, else the last; None where none has valid dates.

    One that is known to its month or year alone is to come until that is over.
    """
    now = today(desk.workspace.clock).isoformat()
    if running := next(iter(running_visits(desk, now)), None):
        return running.id
    real = not_called_off("visit")
    coming = desk.read.ids("visit", order="dates", conditions=[Condition("dates", (f"{now}/..",)), *real])
    over = [Condition("dates", (f"<{now}",)), *real]
    past = desk.read.ids("visit", order="dates", descending=True, conditions=over)
    found = desk.read.page(Visit, [*coming[:MOST_ASKED], *past[:1]])
    dates = {visit.id: visit.dates.bounds for visit in found if visit.dates}
    return min(dates, key=lambda id_: next((day for day in dates[id_] if day >= now), "~"), default=None)


# -- what a list can be narrowed by ---------------------------------------------------------------


def choices(desk: Desk, kind: Kind, field: KindField) -> list[tuple[str, str, int]]:
    """Return the values a field can be filtered by: value, label, and number of records (-1: not counted)."""
    sort = facet_sort(field)
    if sort == "dates":
        other = "@past" if field.name == due_field(kind) else "@overdue"
        return [(name, CONDITION_NAMES[name].say(), -1) for name in RELATIVE_PERIODS if name != other]
    counted = _counted(desk, kind, field) if field.meta.follows else dict(desk.read.in_use(kind.name, field.name))
    if sort == "yes_no":
        return [(value, _yes_no(value), counted.get(value, 0)) for value in ("1", "0")]
    if sort == "codes":
        known = [*codes(field.meta.codes), *(code for code in counted if code not in codes(field.meta.codes))]
        return [(code, _code(field, code), counted[code]) for code in known if code in counted]
    names = desk.read.titles(list(counted), language()) if sort == "links" else {}
    found = [(value, names.get(value) or value, n) for value, n in counted.items()]
    if "visit" in field.meta.kinds and found and visit_of_the_day(desk) in counted:
        found.insert(0, (THIS_VISIT, CONDITION_NAMES[THIS_VISIT].say(), -1))
    return found


def _counted(desk: Desk, kind: Kind, field: KindField) -> dict[str, int]:
    """Return the number of records for each value of a field as it is read: computed where nobody entered it."""
    held = computed_columns.values_of(desk, kind, desk.read.ids(kind.name), field.name)
    return dict(Counter(value for each in held.values() for value in computed_columns.members(each)).most_common())


def condition_name(value: str) -> str:
    """Return the name of a condition that has one of its own; empty for any other value."""
    lang, _, missing = value.partition(".")
    if missing and value in TEXT_STATES:
        return tr("filter", "{language} missing", language=language_mark(lang))
    return CONDITION_NAMES[value].say() if value in CONDITION_NAMES else ""


def language_mark(lang: str) -> str:
    """Return a short name of a language, to fit into a chip; in Chinese its whole name is short."""
    return code_label("languages", lang) if language() == "zh" else "中" if lang == "zh" else lang.upper()


def say(desk: Desk, kind: Kind, condition: Condition) -> str:
    """Return a condition in words: ``Status: Signed, In force``, ``中 missing``, ``This visit``."""
    values = condition.values
    if (condition.field, values) == ("expires", ("@next90",)):
        return tr("filter", "Expires < 90 d")
    if condition.field in (TEXTS, INCOMPLETE, TRAVELS) or values in ((THIS_VISIT,), ("@overdue",)):
        names = desk.read.titles(values, language())
        return tr("log", ", ").join(condition_name(value) or names.get(value, value) for value in values)
    field = KINDS["contact_role"].fields["role"] if condition.field == ROLE else kind.shown[condition.field]
    names = desk.read.titles(values, language()) if field.meta.kinds else {}
    said = tr("log", ", ").join(_one(field, value, names.get) for value in values)
    return tr("filter", "{field}: {value}", field=field.label(), value=said)


def _one(field: KindField, value: str, names: Callable[[str], str | None]) -> str:
    if value in CONDITION_NAMES:
        return CONDITION_NAMES[value].say()
    sort = facet_sort(field)
    if sort == "dates":
        return say_date(PartialDate(value))
    if sort == "yes_no":
        return _yes_no(value)
    return _code(field, value) if sort == "codes" else names(value) or value


def _code(field: KindField, code: str) -> str:
    label = code_label(field.meta.codes, code)
    return f"{code} {label}" if code.isdigit() and label != code else label


def _yes_no(value: str) -> str:
    return tr("paper", "Yes") if value == "1" else tr("paper", "No")
