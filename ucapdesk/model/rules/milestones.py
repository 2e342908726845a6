"""Requirements of each status, named before it is chosen, with the place of each gap. They are never enforced."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from ucapdesk.base.i18n import Message
from ucapdesk.model.codes import codes
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.record import Record
from ucapdesk.model.rules.agreement_rules import is_party, signs
from ucapdesk.model.rules.record_rules import is_filled

Parts = Mapping[str, Sequence[Any]]
"""The parts of a record, by kind."""


class Gap(NamedTuple):
    """A gap, and where it is filled: a field, or the list of a kind of part."""

    where: str
    said: Message


Look = Callable[[Any, Parts], Iterable[Gap]]
"""Checks a record with its parts."""


def _field(name: str, said: Message | None = None) -> Look:
    """Return a check that a field is filled; it is named by its label, or otherwise."""

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
    """Return the parties of an agreement for which nobody is named who signs."""
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
"""By kind: the statuses with requirements, in their order, and their checks."""


def gaps_before(kind: str, goal: str, record: Record, parts: Parts) -> list[Gap]:
    """Return the gaps of a record before one status."""
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
