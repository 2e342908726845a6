"""Lists as users arrange them: ids, filters and their choices, conditions in words, order, and saved views.

The database does not hold computed values: to filter or sort by them, the records are read and computed.

A saved view is this person's own, so it is kept in the settings. It is no record: it is not given to colleagues, and
leaves nothing in the log. The views of a protected workspace tell of its records, so they are kept in it.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from ucapdesk.base import settings
from ucapdesk.base.clock import today
from ucapdesk.base.errors import Failure, UserError
from ucapdesk.base.fold import fold_accents
from ucapdesk.base.i18n import Message, joined, language, ntr, tr
from ucapdesk.base.reporting import Progress, untold
from ucapdesk.model.codes import code_label, codes, folded
from ucapdesk.model.dates.formatting import say_date
from ucapdesk.model.field_change import FieldChange
from ucapdesk.model.kind import Kind, KindField
from ucapdesk.model.kinds import KINDS, LISTED
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
    read_view,
)
from ucapdesk.model.rules.record_rules import is_filled
from ucapdesk.model.rules.status import due_field
from ucapdesk.model.serialize import kind_of
from ucapdesk.model.text.fields_in_words import say as say_value
from ucapdesk.model.values import Bilingual, FileRef, PartialDate
from ucapdesk.model.values.groups import GroupType
from ucapdesk.services.meetings import running_visits
from ucapdesk.services.records import search
from ucapdesk.services.records.records import Changes, change_within, kind_named, order_of
from ucapdesk.store.desk import Desk
from ucapdesk.store.read.derived_values import with_computed
from ucapdesk.store.safety.erase import erased_names, holds_a_name


def computed_values(desk: Desk, kind: Kind, ids: Sequence[str], name: str) -> dict[str, Any]:
    field, now = kind.shown[name], today(desk.workspace.clock)
    pages = desk.read.pages(kind.cls, ids)
    return {each.id: field.value(each, now) for page in pages for each in with_computed(desk, page)}


def _members(value: Any) -> tuple[str, ...]:
    """Return the values by which a list is filtered: a text, each member of a set, ``1`` and ``0`` for yes and no."""
    value = str(int(value)) if isinstance(value, bool) else value
    return (value,) if isinstance(value, str) else tuple(value or ())


def filtered_by_computed(desk: Desk, kind: Kind, ids: Sequence[str], condition: Condition) -> list[str]:
    held = computed_values(desk, kind, ids, condition.field)
    return [id_ for id_ in ids if any(_meets(held.get(id_), each) for each in condition.values) != condition.without]


def sorted_by_computed(desk: Desk, kind: Kind, ids: Sequence[str], name: str, *, descending: bool) -> list[str]:
    """Return records sorted by a computed value; those without one come last, in their present order."""
    held = computed_values(desk, kind, ids, name)
    told = [id_ for id_ in ids if is_filled(held.get(id_))]
    told.sort(key=lambda id_: _sort_key(held[id_]), reverse=descending)
    return [*told, *(id_ for id_ in ids if not is_filled(held.get(id_)))]


def _meets(value: Any, wanted: str) -> bool:
    """Return whether a value matches: a day lies in a period (``<``: surely before a day), a set holds a code."""
    if wanted == EMPTY_FIELD or not is_filled(value):
        return wanted == EMPTY_FIELD and not is_filled(value)
    if not isinstance(value, PartialDate):
        return wanted in _members(value)
    if wanted.startswith("<"):
        return value.bounds[1] < wanted[1:]
    low, high = PartialDate(wanted).bounds
    return value.bounds[0] <= high and value.bounds[1] >= low


def _sort_key(value: Any) -> tuple[str, ...]:
    if isinstance(value, PartialDate):
        return value.bounds
    if isinstance(value, Bilingual):
        return (fold_accents(value.said(language())),)
    return tuple(value) if isinstance(value, tuple) else (str(value),)


MOST_ASKED = 20  # How many of the next visits are checked for their dates
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


def ids(desk: Desk, view: ListView) -> list[str]:
    kind = kind_named(view.kind)
    conditions = [each for condition in view.conditions for each in _resolved(desk, kind, condition)]
    follows = {each.name for each in kind.follows}
    asked = view.order in follows
    found = search.ids_by_words(
        desk,
        view.kind,
        view.find.strip() or None,
        order=order_of(kind) if asked else view.order or order_of(kind),
        descending=view.descending and not asked,
        conditions=[each for each in conditions if each.field not in follows],
        lang=language(),
    )
    for each in conditions:
        found = filtered_by_computed(desk, kind, found, each) if each.field in follows else found
    return sorted_by_computed(desk, kind, found, view.order, descending=view.descending) if asked else found


def _resolved(desk: Desk, kind: Kind, condition: Condition) -> list[Condition]:
    if condition.field not in (*kind.shown, *PSEUDO):
        return []
    day = today(desk.workspace.clock)
    values = tuple(_resolved_value(desk, each, day) for each in condition.values)
    found = [Condition(condition.field, values, condition.without)]
    if "@overdue" in condition.values:
        found += awaited_ones(kind.name)
    return found


def _resolved_value(desk: Desk, value: str, day: date) -> str:
    if value == THIS_VISIT:
        return visit_of_the_day(desk) or "-"
    return _period(value, day) if value in RELATIVE_PERIODS else value


def _period(name: str, day: date) -> str:
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
    held = computed_values(desk, kind, desk.read.ids(kind.name), field.name)
    return dict(Counter(value for each in held.values() for value in _members(each)).most_common())


def condition_name(value: str) -> str:
    """Return the name of a condition that has one of its own; empty for any other value."""
    lang, _, missing = value.partition(".")
    if missing and value in TEXT_STATES:
        return tr("filter", "{language} missing", language=language_mark(lang))
    return CONDITION_NAMES[value].say() if value in CONDITION_NAMES else ""


def language_mark(lang: str) -> str:
    return code_label("languages", lang) if language() == "zh" else "中" if lang == "zh" else lang.upper()


def say_condition(desk: Desk, kind: Kind, condition: Condition) -> str:
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


_VIEWS = "views"


VIEW_NAME_TAKEN = Failure(
    "view-name-taken", "There is a view called “{name}” already. Nothing was saved; choose another name."
)


class SavedView(NamedTuple):
    name: str
    view: ListView


def saved_views(desk: Desk) -> list[SavedView]:
    found = [SavedView(name, view) for name, plain in _kept_views(desk).items() if (view := read_view(plain))]
    return sorted(found, key=lambda each: folded(each.name))


def keep_view(desk: Desk, name: str, view: ListView, *, replace: bool = False) -> None:
    """Save a list under a name. Raises ViewNameTaken unless the one of that name is to be replaced."""
    name = _proper_name(name)
    kept = _kept_views(desk)
    if name in kept and not replace:
        raise VIEW_NAME_TAKEN(name=name)
    _write_views(desk, {**kept, name: view.plain()})


def rename_view(desk: Desk, name: str, to: str) -> None:
    to, kept = _proper_name(to), _kept_views(desk)
    if to != name and to in kept:
        raise VIEW_NAME_TAKEN(name=to)
    _write_views(desk, {to if each == name else each: plain for each, plain in kept.items()})


def delete_view(desk: Desk, name: str) -> SavedView | None:
    """Delete a view; return it, so that ``keep`` can bring it back."""
    gone = next((each for each in saved_views(desk) if each.name == name), None)
    _write_views(desk, {each: plain for each, plain in _kept_views(desk).items() if each != name})
    return gone


def forget_names_in_views(desk: Desk, names: Collection[str]) -> None:
    if not names:
        return
    sought = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, names))})(?!\w)", re.IGNORECASE)
    _forget_views(desk, lambda said: sought.search(said) is not None)


def forget_erased_in_views(desk: Desk) -> None:
    """Delete those that hold a full name of somebody whose data was removed, as far as its hash tells."""
    if _kept_views(desk):
        with desk.alone():
            gone = erased_names(desk.log)
        _forget_views(desk, lambda said: holds_a_name(said, gone))


def _forget_views(desk: Desk, holds: Callable[[str], bool]) -> None:
    kept = _kept_views(desk)
    left = {each: plain for each, plain in kept.items() if not holds(f"{each} {json.dumps(plain, ensure_ascii=False)}")}
    if len(left) < len(kept):
        _write_views(desk, left)


def suggested_view_name(desk: Desk, view: ListView) -> str:
    kind = LISTED[view.kind]
    said = [say_condition(desk, kind, each) for each in view.conditions]
    said += [f"“{find}”"] if (find := view.find.strip()) else []
    name = joined(said, language())
    name = f"{kind.plural()}: {name}" if name else kind.plural()
    taken = _kept_views(desk)
    return next(each for each in (name, *(f"{name} {n}" for n in range(2, len(taken) + 3))) if each not in taken)


def _proper_name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise UserError("A view needs a name. Nothing was saved; the list stays as it is.", code="view-needs-name")
    return name


def _kept_views(desk: Desk) -> dict[str, Any]:
    if desk.workspace.protected:
        return dict(json.loads(desk.marked(_VIEWS) or "{}"))
    own = settings.kept(_VIEWS).get(desk.workspace.id)
    return dict(own) if isinstance(own, dict) else {}


def _write_views(desk: Desk, views: dict[str, Any]) -> None:
    if desk.workspace.protected:
        desk.mark(_VIEWS, json.dumps(views, ensure_ascii=False))
        return
    others = settings.kept(_VIEWS)
    others.pop(desk.workspace.id, None)
    settings.keep(_VIEWS, {**others, desk.workspace.id: views} if views else others)


# Add to a set, remove from a set, set always, set only where empty, clear.
ADD, TAKE, SET, FILL, EMPTY = "add", "take", "set", "fill", "empty"
NAMED_IN_LABEL = 50  # Maximum number of records that the log's label names; the changeset itself names all


@dataclass(frozen=True, slots=True)
class Bulk:
    field: KindField
    how: str
    value: Any

    def __call__(self, current: Any) -> Any:
        if self.how == EMPTY:
            return self.field.type.load(None)
        if self.how == ADD:
            return current.plus(*self.value)
        if self.how == TAKE:
            return current.minus(*self.value)
        if isinstance(self.value, Bilingual):
            return self._texts(current or Bilingual())
        return current if self.how == FILL and is_filled(current) else self.value

    def _texts(self, current: Bilingual) -> Bilingual:
        for lang, text in self.value.items():
            if self.how == SET or lang not in current:
                current = current.put(lang, text)
        return current


class Effect(NamedTuple):
    id: str
    title: str
    before: str
    after: str


def ways(field: KindField) -> tuple[str, ...]:
    """Return the ways in which a field of many records can be changed; adding comes first."""
    return (ADD, TAKE) if field.is_set else (SET, FILL, EMPTY)


def fields_of(kind: Kind) -> list[KindField]:
    """Return the fields that can be changed in many records: tags and links first, then as declared."""
    found = [each for each in kind.fields.values() if not (each.meta.owner or each.meta.local or each.name == "pos")]
    found = [each for each in found if not each.by_program]
    found = [each for each in found if not (isinstance(each.type, GroupType) and each.type.cls is FileRef)]
    first = ("tags", "status", "visit", "ucap", "ucaps")
    return sorted(found, key=lambda each: first.index(each.name) if each.name in first else len(first))


def effects(desk: Desk, ids: Sequence[str], bulk: Bulk) -> list[Effect]:
    records = [record for record in desk.read.many(ids) if kind_of(record).name == bulk.field.kind]
    pairs = [(record.id, getattr(record, bulk.field.name)) for record in records]
    changed = [(id_, old, new) for id_, old in pairs if (new := bulk(old)) != old]
    links = {link for _, *both in changed for value in both for link in bulk.field.links(value)}
    titles = desk.read.titles({*links, *(id_ for id_, _, _ in changed)}, language())

    def said(value: Any) -> str:
        return say_value(bulk.field, value, None, lambda id_: titles.get(id_) or id_)

    label = KINDS[bulk.field.kind].label()
    return [Effect(id_, titles.get(id_) or label, said(old), said(new)) for id_, old, new in changed]


def say(desk: Desk, bulk: Bulk, n: int) -> str:
    """Return the change in a sentence: ``12 records: add Tags “energy”``."""
    titles = desk.read.titles(bulk.field.links(bulk.value), language())
    value = say_value(bulk.field, bulk.value, None, lambda id_: titles.get(id_) or id_)
    label = bulk.field.label()
    if bulk.how == ADD:
        return ntr("bulk", "{n} record: add “{value}” to {field}", "{n} records: add “{value}” to {field}", n,
                   field=label, value=value)  # fmt: skip
    if bulk.how == TAKE:
        return ntr("bulk", "{n} record: remove “{value}” from {field}", "{n} records: remove “{value}” from {field}", n,
                   field=label, value=value)  # fmt: skip
    if bulk.how == EMPTY:
        return ntr("bulk", "{n} record: empty {field}", "{n} records: empty {field}", n, field=label)
    return ntr("bulk", "{n} record: set {field} to “{value}”", "{n} records: set {field} to “{value}”", n,
               field=label, value=value)  # fmt: skip


def way_label(how: str) -> str:
    return {
        ADD: tr("bulk", "Add"),
        TAKE: tr("bulk", "Remove"),
        SET: tr("bulk", "Set and replace"),
        FILL: tr("bulk", "Set where empty"),
        EMPTY: tr("bulk", "Empty"),
    }[how]


def change(desk: Desk, ids: Sequence[str], bulk: Bulk, *, progress: Progress = untold) -> int:
    wanted = {effect.id: {bulk.field.name: FieldChange(bulk.field, [bulk])} for effect in effects(desk, ids, bulk)}
    edit_many(desk, wanted, progress=progress)
    return len(wanted)


def edit_many(desk: Desk, changes: Mapping[str, Changes], *, progress: Progress = untold) -> None:
    """Change several records, by id, as one step; none of them where one change fails."""
    if not changes:
        return
    label: list[Any] = ["records.edit", {"n": len(changes)}]
    if len(changes) <= NAMED_IN_LABEL:
        label[1]["ids"] = list(changes)
    with desk.save(label) as work:
        for done, (id_, each) in enumerate(changes.items(), 1):
            change_within(desk, work, id_, each)
            progress(done, len(changes))
