"""Next steps, missing fields, contradictions and requirements of a record. They are offered or reported, never enforced.

After a merge any state may stand beside any other, so a rule over several fields warns and never refuses. Dates may be
known to the month or the year: a rule speaks only where it holds on every day that the date may mean, or says "may".

The requirements of a status are named before it is chosen, with the place of each gap. Of a meeting, what earlier ones left open counts too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from ucapdesk.base.grouping import grouped
from ucapdesk.base.i18n import Message, pair
from ucapdesk.model.codes import codes
from ucapdesk.model.kind import Kind, KindField
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.visit_kinds import ActionItem, Meeting
from ucapdesk.model.record import Record
from ucapdesk.model.rules.itinerary import Slot, is_backward, skipped_hours
from ucapdesk.model.rules.journeys import RIDES, meeting_differs
from ucapdesk.model.rules.sides import is_away
from ucapdesk.model.rules.status import (
    AWAITING,
    expiry,
    group_of,
    has,
    is_called_off,
    is_held,
    is_open,
    is_party,
    is_signed,
    runs,
    signs,
)
from ucapdesk.model.values import PartialDate, When
from ucapdesk.model.values.bilingual import BilingualType


def steps_between(field: KindField, status: str | None, goal: str) -> tuple[str, ...]:
    """Return the statuses to write one after the other to reach a status, which comes last; empty if no way leads there.

    "Mark as signed…" is offered long before everything in between was recorded; these are the steps it writes.
    """
    known = codes(field.meta.codes)
    begin = status if status and status in known else next(iter(known))
    ways: dict[str, tuple[str, ...]] = {begin: () if begin == status else (begin,)}
    queue = [begin]
    for code in queue:
        if code == goal:
            return ways[code]
        for following in known[code].facts.get("next", ()):
            if following not in ways:
                ways[following] = (*ways[code], following)
                queue.append(following)
    return ()


def is_filled(value: object) -> bool:
    """Return whether a field holds anything; "no" counts, an empty text or set does not."""
    return value is not None and value != "" and not (isinstance(value, tuple | Mapping) and len(value) == 0)


def missing_fields(record: Record) -> tuple[str, ...]:
    return tuple(
        needed[0] for needed in needed_fields(KINDS[type(record).__tablename__])
        if not any(is_filled(getattr(record, name)) for name in needed)
    )  # fmt: skip


def needed_fields(kind: Kind) -> list[tuple[str, ...]]:
    """Return the needed fields with their substitutes: a person needs a name in one script, whichever."""
    instead = {"name": ("name_han",)} if kind.name == "person" else {}
    return [(name, *instead.get(name, ())) for name, field in kind.fields.items() if field.meta.needed]


def missing_languages(record: Record) -> dict[str, tuple[str, ...]]:
    """Return, for every text that exists in some language, those of the record languages that lack it and need it."""
    kind = KINDS[type(record).__tablename__]
    found: dict[str, tuple[str, ...]] = {}
    for name, field in kind.fields.items():
        value = getattr(record, name)
        if isinstance(field.type, BilingualType) and value and not field.meta.untranslated:
            lacking = tuple(lang for lang in pair() if value.state(lang) == "missing")
            found |= {name: lacking} if lacking else {}
    return found


# Contradictions


def warnings(record: Any, today: date, around: Iterable[Any] = ()) -> list[Message]:
    """Return the warnings about a record.

    Args:
        record: The record.
        today: The day it is read.
        around: Related records: its visit, participants, its meeting or point of the programme, others with its number.
    """
    kind = type(record).__tablename__
    by_kind = grouped((type(other).__tablename__, other) for other in around)
    found = [*_hours(record), *_outside_visit(record, by_kind.get("visit", ())), *_doubled_number(record, by_kind)]
    found += _other_hours(record, by_kind)
    if kind == "agreement":
        found += _agreement(record, today)
    if kind == "visit":
        found += _visit(record, today, by_kind.get("participation", ()))
    if kind == "meeting" and is_held(record) and _begins(record.when) > today.isoformat():
        found.append(Message("warning", "The meeting is marked as held, but its date has not come."))
    if kind == "action_item" and record.status == "blocked" and not is_filled(record.blocked_reason):
        found.append(Message("warning", "The action is blocked, but no reason is given."))
    if kind == "ucap_place" and by_kind.get("ucap_place"):
        found += _doubled_place(record, by_kind["ucap_place"])
    return found


def _begins(when: When | None) -> str:
    return when.day.bounds[0] if when and when.day else ""


def _hours(record: Any) -> Iterable[Message]:
    when: When | None = getattr(record, "when", None)
    if not isinstance(when, When) or not when.date:
        return
    if when.end_date and PartialDate(when.end_date).bounds[1] < PartialDate(when.date).bounds[0]:
        yield Message("warning", "It ends before it begins.")
    slot = Slot(record.id, when, kind=getattr(record, "type", None) or getattr(record, "mode", None) or "")
    skipped = skipped_hours(slot) if slot.timed else ()
    if slot.timed and not when.end_date and not skipped and is_backward(slot):
        yield Message("warning", "It ends before it begins.")
    for hour in skipped:
        yield Message("warning", "There is no {hour} on that day: the clocks are put forward.", {"hour": hour})


def _other_hours(record: Any, around: Mapping[str, Sequence[Any]]) -> Iterable[Message]:
    """Yield a warning where a meeting and its point of the programme are at different times."""
    kind = type(record).__tablename__
    points = [each for each in around.get("itinerary_item", ()) if kind == "meeting" and each.meeting == record.id]
    if any(meeting_differs(each.when, record.when) for each in points):
        yield Message("warning", "The programme has this meeting at another time.")
    meetings = [each for each in around.get("meeting", ()) if kind == "itinerary_item" and each.id == record.meeting]
    if any(meeting_differs(record.when, each.when) for each in meetings):
        yield Message("warning", "Its meeting is recorded at another time.")


def _outside_visit(record: Any, visits: Iterable[Any]) -> Iterable[Message]:
    """Yield a warning about a date that cannot lie within its visit; the way there may."""
    if type(record).__tablename__ == "transport_leg" or getattr(record, "type", None) in RIDES:
        return
    visit_id = getattr(record, "visit", None) or getattr(record, "owner", None)
    when = getattr(record, "when", None)
    day = when.day if isinstance(when, When) else None
    for visit in visits:
        if visit.id != visit_id or visit.dates is None or day is None:
            continue
        (first, last), (begins, ends) = day.bounds, visit.dates.bounds
        if last < begins or first > ends:
            yield Message("warning", "The date lies outside the dates of the visit.")


def _doubled_number(record: Any, around: Mapping[str, Sequence[Any]]) -> Iterable[Message]:
    number = getattr(record, "reference", None)
    others = around.get(type(record).__tablename__, ()) if number else ()
    if any(other.id != record.id and other.reference == number for other in others):
        yield Message("warning", "The number {number} is used more than once.", {"number": number})


def _doubled_place(record: Any, others: Iterable[Any]) -> Iterable[Message]:
    same = [each for each in others if (each.owner, each.place, each.role) == (record.owner, record.place, record.role)]
    if any(each.id != record.id for each in same):
        yield Message("warning", "The place stands in the UCAP more than once.")


def _agreement(record: Any, today: date) -> Iterable[Message]:
    now = today.isoformat()
    ends = expiry(record)
    if has(record, "signed") and record.signed is None and not record.placeholder:
        yield Message("warning", "The MoU is marked as signed, but the date of signing is not recorded.")
    if group_of(record.status) in AWAITING and is_signed(record):
        yield Message("warning", "A date of signing is recorded, but the MoU is not marked as signed.")
    if record.signed and record.signed.bounds[0] > now:
        yield Message("warning", "The date of signing has not come.")
    if _before(record.in_force, record.signed):
        yield Message("warning", "The MoU comes into force before it is signed.")
    if ends and (_before(ends, record.signed) or _before(ends, record.in_force)):
        yield Message("warning", "The MoU expires before it is signed or comes into force.")
    if ends and ends.bounds[1] < now and runs(record):
        yield Message("warning", "The MoU has expired, but is not marked as expired.")


def _before(one: PartialDate | None, other: PartialDate | None) -> bool:
    """Return whether one date is before the other on every day that both may mean."""
    return one is not None and other is not None and one.bounds[1] < other.bounds[0]


def _visit(record: Any, today: date, participations: Iterable[Any]) -> Iterable[Message]:
    if is_held(record) and record.dates and record.dates.bounds[0] > today.isoformat():
        yield Message("warning", "The visit is marked as completed, but its dates have not come.")
    heads = [each for each in participations if each.role == "head" and each.owner == record.id and not is_away(each)]
    if any(count > 1 for count in Counter(each.side for each in heads).values()):
        yield Message("warning", "The delegation has more than one head.")
    listed = {each.person for each in heads if each.person}
    if record.head and listed and record.head not in listed:
        yield Message("warning", "The head of delegation is not the one in the list of participants.")


Parts = Mapping[str, Sequence[Any]]  # The parts of a record, by kind


class Gap(NamedTuple):
    """A gap, and where it is filled: a field, or the list of a kind of part."""

    where: str
    said: Message


Look = Callable[[Any, Parts], Iterable[Gap]]  # Checks a record with its parts


def _field(name: str, said: Message | None = None) -> Look:

    def look(record: Any, _: Parts) -> Iterable[Gap]:
        if not is_filled(getattr(record, name)):
            field = KINDS[type(record).__tablename__].fields[name]
            yield Gap(name, said or Message(f"{field.kind}.{name}", field.meta.label))

    return look


def _some(kind: str, said: Message) -> Look:
    return lambda _, parts: () if parts.get(kind) else (Gap(kind, said),)


def _two_parties(_: Any, parts: Parts) -> Iterable[Gap]:
    if sum(map(is_party, parts.get("agreement_party", ()))) < 2:
        yield Gap("agreement_party", Message("milestone", "two parties"))


def unsigned(parts: Parts) -> list[Any]:
    named = {each.party for each in parts.get("signatory", ()) if each.person and signs(each)}
    return [each for each in parts.get("agreement_party", ()) if is_party(each) and each.id not in named]


def _signatories(_: Any, parts: Parts) -> Iterable[Gap]:
    if unsigned(parts) or not parts.get("signatory"):
        yield Gap("signatory", Message("milestone", "a signatory for each party"))


def _actions(_: Any, parts: Parts) -> Iterable[Gap]:
    if any(not (each.person or each.organisation) or not each.due for each in parts.get("action_item", ())):
        yield Gap("action_item", Message("milestone", "who does each action, and by when"))


_MINUTES = _some("minute_entry", Message("milestone", "minutes"))
_PEOPLE = _some("participation", Message("milestone", "participants"))

# By kind: the statuses with requirements, in their order, and their checks.
MILESTONES: Mapping[str, Mapping[str, tuple[Look, ...]]] = {
    "agreement": {
        "ready_to_sign": (_two_parties,),
        "signed": (_field("signed", Message("milestone", "the day of signing")), _two_parties, _signatories),
        "in_force": (_field("in_force"),),
    },
    "meeting": {
        "held": (_field("when"), _PEOPLE),
        "minutes_agreed": (_MINUTES,),
        "closed": (_MINUTES, _actions),
    },
    "visit": {
        "confirmed": (_field("dates"), _field("host_places"), _PEOPLE),
        "completed": (_some("itinerary_item", Message("milestone", "the programme")),),
        "reported": (_field("report"),),
    },
}


def gaps_before(kind: str, goal: str, record: Record, parts: Parts) -> list[Gap]:
    return [gap for look in MILESTONES[kind][goal] for gap in look(record, parts)]


def next_milestone(record: Record, parts: Parts) -> tuple[str, list[Gap]]:
    """Return the next status ahead with gaps, and these gaps; empty where there is none."""
    kind = type(record).__tablename__
    if kind not in MILESTONES:
        return "", []
    known = codes(KINDS[kind].fields["status"].meta.codes)
    status: str | None = getattr(record, "status", None)
    order = {code: at for at, code in enumerate(known)}
    here = order.get(status or "", -1)
    for goal in MILESTONES[kind]:
        gaps = gaps_before(kind, goal, record, parts) if order[goal] > here else []
        if gaps:
            return goal, gaps
    return "", []


LOOKED_BACK = 20  # How many earlier meetings are searched for open actions


def left_open(
    meeting: Meeting, linked: Callable[..., Iterable[Meeting]], actions: Callable[[str], Iterable[ActionItem]]
) -> list[ActionItem]:
    """Return the actions of earlier meetings that are still open, the first due on top.

    Args:
        meeting: The meeting.
        linked: Gives the living meetings whose field has a value: ``linked(ucap=id)``.
        actions: Gives the actions of a meeting.
    """
    found = [item for each in earlier(meeting, linked) for item in actions(each.id) if is_open(item)]
    return sorted(found, key=lambda item: item.due.bounds[::-1] if item.due else ("~",))


def earlier(meeting: Meeting, linked: Callable[..., Iterable[Meeting]]) -> list[Meeting]:
    """Return the meetings before one, the newest first: those it follows, those of its UCAP, or else those of its visit.

    What was called off left nothing open; further back than ``LOOKED_BACK`` nobody looks.
    """
    found = {each.id: each for each in linked(next_meeting=meeting.id)}
    common = next(((name, value) for name in ("ucap", "visit") if (value := getattr(meeting, name))), None)
    if common is not None and meeting.when is not None:
        mine = meeting.when.sort_key
        before = [each for each in linked(**dict([common])) if each.when and each.when.sort_key <= mine]
        before.sort(key=lambda each: each.when.sort_key if each.when else "", reverse=True)
        found |= {each.id: each for each in before if each.id != meeting.id}
    return [each for each in found.values() if not is_called_off(each)][:LOOKED_BACK]
