"""The contents of a list as a value: filter, order and columns. It can be saved under a name and exported.

What a list can be narrowed by follows from the declarations: codes, links, tags, dates, and how far its texts are.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from ucapdesk.base.i18n import LANGUAGES
from ucapdesk.base.json_text import Json
from ucapdesk.model.kind import Kind, KindField
from ucapdesk.model.kinds import LISTED
from ucapdesk.model.rules.status import Fact, codes_with
from ucapdesk.model.values.bilingual import BilingualType
from ucapdesk.model.values.cells import YesNoType
from ucapdesk.model.values.groups import GroupType, When
from ucapdesk.model.values.partial_date import PartialDateType

TEXTS = ":texts"  # Stands for a field in a condition on the translations of a record
# Stands for a field in a condition on records that lack needed fields; its one value is ``incomplete``.
INCOMPLETE = ":incomplete"
ROLE = ":role"  # Stands for a field in a condition on people: a contact of a UCAP in one of these roles
# Stands for a field in a condition on people: they take part in a visit, any (``@any``) or one of these.
TRAVELS = ":visit"
ANY_VISIT = "@any"
PSEUDO = (TEXTS, INCOMPLETE, ROLE, TRAVELS)  # The names that stand for a field in conditions on no field
TEXT_STATES = (*(f"{lang}.missing" for lang in LANGUAGES), "draft", "outdated")
EMPTY_FIELD = ""  # The value that stands for an empty field
THIS_VISIT = "@now"  # The visit of the day: the running one, else the next, else the last
# Periods relative to today; any other value of a date is a period in EDTF.
RELATIVE_PERIODS = ("@overdue", "@past", "@today", "@week", "@month", "@year", "@next90")
# Fields that lists are usually filtered by, in the order they are offered; others follow as declared.
FILTERED_FIRST = ("status", "type", "ucap", "ucaps", "programme", "visit", "place", "places", "host_places", "tags")


class Condition(NamedTuple):
    """A condition of a filter: a field holds one of these values (or none of them)."""

    field: str
    values: tuple[str, ...]
    without: bool = False


def open_ones(kind: str) -> tuple[Condition, ...]:
    """Narrow a list of a kind to what is open, as ``status.is_open`` tells it of a record."""
    return (*_without(kind, "closed"), *_unticked(kind))


def awaited_ones(kind: str) -> tuple[Condition, ...]:
    """Narrow a list to what is open and whose date holds, as ``status.is_awaited`` tells it of a record."""
    return (*_without(kind, "closed", "called_off"), *_unticked(kind))


def overdue_ones(kind: str, day: date) -> tuple[Condition, ...]:
    """Narrow a list to what is overdue on a day, as ``lateness.is_overdue`` tells it of a record."""
    return (Condition("due", (f"<{day}",)), *awaited_ones(kind))


def not_called_off(kind: str) -> tuple[Condition, ...]:
    """Narrow a list to what takes place as planned, or did."""
    return _without(kind, "called_off")


def _without(kind: str, *facts: Fact) -> tuple[Condition, ...]:
    status = LISTED[kind].fields.get("status")
    return () if status is None else (Condition("status", codes_with(status.meta.codes, *facts), without=True),)


def _unticked(kind: str) -> tuple[Condition, ...]:
    return (Condition("done", ("1",), without=True),) if "done" in LISTED[kind].fields else ()


class ListView(NamedTuple):
    """A list as somebody arranged it. ``columns`` are fields besides the title; empty means the declared ones."""

    kind: str
    find: str = ""
    conditions: tuple[Condition, ...] = ()
    order: str = ""
    descending: bool = False
    columns: tuple[str, ...] = ()

    def plain(self) -> dict[str, Json]:
        """Return the view as it is saved in a file."""
        conditions = [[each.field, *each.values] for each in self.conditions]
        return {**self._asdict(), "conditions": conditions, "columns": list(self.columns)}

    def with_condition(self, condition: Condition) -> ListView:
        """Narrowed further. A field of one value takes several as "one of these", a set has to hold each."""
        kind = LISTED[self.kind]
        one_value = condition.field not in PSEUDO and not kind.shown[condition.field].is_set
        held = next((each for each in self.conditions if one_value and each.field == condition.field), None)
        if held is None:
            return self._replace(conditions=tuple(dict.fromkeys((*self.conditions, condition))))
        both = Condition(held.field, tuple(dict.fromkeys((*held.values, *condition.values))))
        return self._replace(conditions=tuple(both if each == held else each for each in self.conditions))

    def without_condition(self, condition: Condition) -> ListView:
        return self._replace(conditions=tuple(each for each in self.conditions if each != condition))


def read_view(plain: object) -> ListView | None:
    """Return a saved view; parts this version does not know are left out, and None is no view at all."""
    if not isinstance(plain, Mapping) or plain.get("kind") not in LISTED:
        return None
    kind = LISTED[plain["kind"]]
    conditions = tuple(filter(None, (_condition(kind, each) for each in _list(plain.get("conditions")))))
    columns = tuple(name for name in _list(plain.get("columns")) if name in _names(kind))
    order = plain.get("order")
    find = plain.get("find")
    return ListView(
        kind.name,
        find if isinstance(find, str) else "",
        conditions,
        order if isinstance(order, str) and order in _names(kind) else "",
        plain.get("descending") is True,
        columns,
    )


def _condition(kind: Kind, plain: Any) -> Condition | None:
    if not isinstance(plain, list) or len(plain) < 2 or not all(isinstance(each, str) for each in plain):
        return None
    name, *values = plain
    if name == INCOMPLETE:
        return Condition(INCOMPLETE, ("incomplete",))
    if name in (ROLE, TRAVELS):
        return Condition(name, tuple(values)) if kind.name == "person" else None
    if name == TEXTS:
        known = tuple(value for value in values if value in TEXT_STATES)
        return Condition(TEXTS, known) if known else None
    return Condition(name, tuple(values)) if name in {each.name for each in facets(kind)} else None


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _names(kind: Kind) -> set[str]:
    return {each.name for each in columns_of(kind)}


# -- what the declarations offer ------------------------------------------------------------------


def columns_of(kind: Kind) -> tuple[KindField, ...]:
    """Return all fields that a column can show, the title first."""
    title = kind.cls.title_fields[0]
    shown = [each for each in kind.shown.values() if each.name != title and each.name not in ("pos", "owner")]
    owner = [kind.fields["owner"]] if "owner" in kind.fields else []
    return (kind.fields[title], *shown, *owner)


def usual_columns(kind: Kind) -> tuple[str, ...]:
    """Return the columns besides the title that are shown unless the user chose others."""
    title = kind.cls.title_fields[0]
    return tuple(each.name for each in kind.shown.values() if each.meta.column and each.name != title)


def facets(kind: Kind) -> tuple[KindField, ...]:
    """Return the fields that a list can be filtered by, the most useful first."""
    return tuple(sorted(filter(facet_sort, kind.shown.values()), key=_rank))


def facet_sort(each: KindField) -> str:
    """Return how a field filters a list: by ``codes``, ``links``, ``words`` (free members), ``dates``, ``yes_no``; or not."""
    if each.meta.local or each.name == "source" or (not each.stored and isinstance(each.type, YesNoType)):
        return ""
    if each.meta.kinds:
        return "links" if "*" not in each.meta.kinds else ""
    if each.meta.codes:
        return "codes"
    if each.is_set:
        return "words"
    if isinstance(each.type, YesNoType):
        return "yes_no"
    return "dates" if is_date(each) else ""


def is_date(each: KindField) -> bool:
    """Return whether a field holds a day, with hours or without."""
    return isinstance(each.type, PartialDateType) or (isinstance(each.type, GroupType) and each.type.cls is When)


def has_texts(kind: Kind) -> bool:
    """Return whether records of a kind hold texts that can lack a translation."""
    return any(isinstance(each.type, BilingualType) for each in kind.fields.values())


def _rank(each: KindField) -> tuple[int, int]:
    first = FILTERED_FIRST.index(each.name) if each.name in FILTERED_FIRST else len(FILTERED_FIRST)
    return (first, 0 if each.meta.column else 1)
