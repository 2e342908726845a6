"""Templates (an agenda, a programme or a checklist saved and used again), and copies of visits and meetings.

A programme keeps its hours and how many days after the first each point comes; a checklist its days before or after.
Letters are templates too: their text is used by the papers.

A copy takes over hours, people, places, agenda, checklist and programme, moved by the same number of days. Minutes,
actions, attendance, gifts, papers, and what was reported stay with the first one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from ucapdesk.base.errors import Failure, UserError
from ucapdesk.base.json_text import Json, dumps, loads
from ucapdesk.model.codes import code_label, folded
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.paper_kinds import Template
from ucapdesk.model.kinds.visit_kinds import AgendaItem, ChecklistItem, ItineraryItem, Meeting, Visit
from ucapdesk.model.record import Record
from ucapdesk.model.rules.itinerary import ends
from ucapdesk.model.serialize import kind_of
from ucapdesk.model.values import Bilingual, PartialDate, When
from ucapdesk.services.records.records import adding, copy_with_parts, get, title_or_id, titles
from ucapdesk.store.desk import Desk
from ucapdesk.store.save import Save

AGENDA, ITINERARY, CHECKLIST = "agenda", "itinerary", "checklist"
# The kinds of record that a type of template is made from and used for.
FOR = {AGENDA: ("meeting",), ITINERARY: ("visit",), CHECKLIST: ("visit", "meeting", "agreement")}


TEMPLATE_DOES_NOT_FIT = Failure(
    "template-does-not-fit",
    "The template “{template}” cannot be used for “{title}”. Nothing was changed; choose another one.",
)


@dataclass(frozen=True, slots=True)
class TemplateSummary:
    """A template as it is offered: type, name and number of items."""

    id: str
    type: str
    label: str
    name: str
    n: int


def types_for(kind: str) -> tuple[str, ...]:
    return tuple(name for name, kinds in FOR.items() if kind in kinds)


def fitting(desk: Desk, kind: str) -> list[TemplateSummary]:
    found = [each for each in desk.read.listed(Template) if each.type in types_for(kind)]
    names = titles(desk, [each.id for each in found])
    told = ((each, each.type or "", len(_points(desk, each))) for each in found)
    label = partial(code_label, "template_kind")
    patterns = [
        TemplateSummary(each.id, type_, label(type_), names.get(each.id, ""), n) for each, type_, n in told if n
    ]
    return sorted(patterns, key=lambda each: (each.type, folded(each.name)))


def _points(desk: Desk, template: Template) -> Sequence[Any]:
    if template.type == CHECKLIST:
        return desk.read.children(template.id, ChecklistItem)
    try:
        held = loads(template.content or "[]")
    except ValueError:
        return []
    return [each for each in held if isinstance(each, dict)] if isinstance(held, list) else []


# -- keeping --------------------------------------------------------------------------------------


def keep(desk: Desk, id_: str, type_: str, name: str) -> str:
    record = get(desk, id_)
    title = title_or_id(desk, id_)
    if kind_of(record).name not in FOR.get(type_, ()):
        raise TEMPLATE_DOES_NOT_FIT(template=type_, title=title)
    items: list[ChecklistItem] = desk.read.children(id_, ChecklistItem) if type_ == CHECKLIST else []
    points = _agenda(desk, id_) if type_ == AGENDA else _programme(desk, record) if type_ == ITINERARY else []
    if not points and not items:
        raise UserError(
            "“{title}” has nothing to keep as a template of the type {type}. Nothing was changed; fill it in first.",
            code="nothing-to-keep",
            title=title,
            type=code_label("template_kind", type_),
        )
    said = KINDS["template"].fields["name"].type.read(name.strip() or title)
    with adding(desk, Template) as (work, made):
        work.new(Template, made, name=said, type=type_, content=dumps(points) if points else None)
        for item in items:
            work.new(ChecklistItem, None, owner=made, text=item.text, offset_days=item.offset_days, pos=item.pos)
    return made


def _agenda(desk: Desk, id_: str) -> list[Json]:
    return [
        {"title": _texts(item.title), "note": _texts(item.note), "minutes": item.minutes, "type": item.type,
         "side": item.side}
        for item in desk.read.children(id_, AgendaItem)
    ]  # fmt: skip


def _programme(desk: Desk, visit: Any) -> list[Json]:
    first = _first_day(visit)
    found: list[Json] = []
    for item in desk.read.children(visit.id, ItineraryItem):
        when = item.when
        if first is None or when is None or when.day is None or when.day.precision != "day":
            continue
        begins = date.fromisoformat(when.day.bounds[0])
        nights = (date.fromisoformat(PartialDate(when.end_date).bounds[1]) - begins).days if when.end_date else None
        found.append(
            {"day": (begins - first).days, "start": when.start, "end": when.end, "nights": nights, "tz": when.tz, "end_tz": when.end_tz,
             "type": item.type, "fixed": item.fixed, "title": _texts(item.title), "bring": _texts(item.bring)}
        )  # fmt: skip
    return found


def _texts(value: Bilingual | None) -> dict[str, Json]:
    return dict((value or Bilingual()).cells)


def _first_day(visit: Any) -> date | None:
    first = ends(visit.dates)[0]
    return date.fromisoformat(first) if first else None


# -- using ----------------------------------------------------------------------------------------


def use(desk: Desk, template_id: str, id_: str) -> int:
    template, record = get(desk, template_id), get(desk, id_)
    names = titles(desk, [template_id, id_])
    does_not_fit = TEMPLATE_DOES_NOT_FIT(template=names.get(template_id) or template_id, title=names.get(id_) or id_)
    if not isinstance(template, Template) or kind_of(record).name not in FOR.get(template.type or "", ()):
        raise does_not_fit
    points = _points(desk, template)
    if not points:
        raise does_not_fit
    if template.type == ITINERARY and _first_day(record) is None:
        raise UserError(
            "The visit “{title}” has no first day yet. Nothing was changed; fill in its dates, then use the programme.",
            code="no-first-day",
            title=names.get(id_) or id_,
        )
    with desk.save(["template.use", {"id": id_, "template": template_id}]) as work:
        for point in points:
            _add(work, template.type or "", record, point)
    return len(points)


def _add(work: Save, type_: str, record: Record, point: Any) -> None:
    """Add one item, without values that only a newer program knows."""
    if type_ == CHECKLIST:
        work.new(ChecklistItem, None, owner=record.id, text=point.text, offset_days=point.offset_days)
    elif type_ == AGENDA:
        work.new(AgendaItem, None, owner=record.id, title=Bilingual(point.get("title")), note=Bilingual(point.get("note")),
                 minutes=_whole(point.get("minutes")), type=_word(point.get("type")), side=_word(point.get("side")))  # fmt: skip
    else:
        first = _first_day(record)
        assert first is not None
        day = first + timedelta(_whole(point.get("day")) or 0)
        nights = _whole(point.get("nights"))
        last = (day + timedelta(nights)).isoformat() if nights else None
        start, end, tz, end_tz = (_word(point.get(key)) for key in ("start", "end", "tz", "end_tz"))
        when = When(day.isoformat(), start, end, last, tz, end_tz)
        work.new(ItineraryItem, None, owner=record.id, when=when, type=_word(point.get("type")), fixed=point.get("fixed") is True or None,
                 title=Bilingual(point.get("title")), bring=Bilingual(point.get("bring")))  # fmt: skip


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _word(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


PARTS_NOT_COPIED = ("minute_entry", "action_item", "gift", "attachment")
# Fields that are not copied, as they hold results.
EMPTIED = {
    "visit": "status approval_number invitation_date invitation_reference report outcomes source source_place",
    "meeting": "status summary press_line ordinal next_meeting reported_participants visit places_print source source_place",
    "participation": "attendance badge seat room arrival departure",
    "checklist_item": "done",
    "itinerary_item": "confirmed meeting",
    "agenda_item": "outcome reported_participants done",
    "transport_leg": "booking",
}


NO_FIRST_DAY_GIVEN = Failure(
    "no-day-to-move-to", "“{said}” is not a date. Nothing was changed; give the first day, such as 2026-11-23."
)


def copy_to(desk: Desk, id_: str, start: PartialDate) -> str:
    record = get(desk, id_)
    if not isinstance(record, Visit | Meeting):
        raise UserError(
            "“{title}” is neither a visit nor a meeting. Nothing was changed; use Duplicate for other records.",
            code="not-to-be-copied",
            title=title_or_id(desk, id_),
        )
    if start.precision != "day":
        raise NO_FIRST_DAY_GIVEN(said=start.edtf)
    first = date.fromisoformat(start.bounds[0])
    begins = record.dates if isinstance(record, Visit) else record.when.day if record.when else None
    was = ends(begins)[0]
    by = first - date.fromisoformat(was) if was else None

    def change(part: Record, values: dict[str, Any]) -> dict[str, Any] | None:
        if kind_of(part).name in PARTS_NOT_COPIED:
            return None
        for name in EMPTIED.get(kind_of(part).name, "").split():
            if name in values:
                values[name] = Bilingual() if isinstance(values[name], Bilingual) else None
        if by is not None:
            return {name: _moved(name, value, by) for name, value in values.items()}
        if part.id == id_:
            values |= {"dates": start} if isinstance(record, Visit) else {"when": When(first.isoformat())}
        return values

    return copy_with_parts(desk, id_, change=change)


def _moved(name: str, value: Any, by: timedelta) -> Any:
    """Return a day, or a time, so many days later; a value known to the month only is left out."""
    if isinstance(value, When) and value.date:
        day, last = _later(value.date, by), _later(value.end_date, by) if value.end_date else None
        return When(day, value.start, value.end, last, value.tz, value.end_tz) if day else None
    if isinstance(value, PartialDate) and name in ("dates", "due"):
        ends = [_later(end, by) for end in value.ends]
        if not all(ends):
            return None
        return PartialDate("/".join(filter(None, ends if value.is_interval else ends[:1])))
    if name == "date" and isinstance(value, str):
        return _later(value, by) or value
    return value


def _later(day: str, by: timedelta) -> str | None:
    bare = day.rstrip("~?%")
    return (date.fromisoformat(bare) + by).isoformat() if bare.count("-") == 2 else None
