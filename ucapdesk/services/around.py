"""What is on record around somebody or something: the visits, meetings, actions, MoUs and projects that name it, by time.

A part that names it stands for what it is part of: who takes part in a meeting has met there, who signs for a party has to do
with the MoU.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ucapdesk.base.clock import today
from ucapdesk.base.i18n import language, tr
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.plain import kind_of
from ucapdesk.model.record import Record
from ucapdesk.model.values import PartialDate, When
from ucapdesk.model.wording import say_date, say_when
from ucapdesk.services.records import get, titles
from ucapdesk.store.desk import Desk

KINDS_AROUND = (
    "visit",
    "meeting",
    "agreement",
    "action_item",
    "pilot_project",
    "ucap",
    "organisation",
    "person",
    "place",
)
"""What is listed, in this order."""
OPEN_ACTION = ("done", "cancelled")
WHEN = ("when", "dates", "signed", "signing_planned", "expires", "due", "period", "document_date")
"""Fields that say when something was or will be; the first that is filled."""


@dataclass(frozen=True, slots=True)
class Near:
    """One record around: what it is, what it is called, when it was or will be.

    Attributes:
        kind: Its kind.
        id: Its id.
        title: What it is called.
        when: In words; empty for what has no time.
        day: The first day it may mean, for sorting.
        ahead: Whether it is still to come.
        open: Of an action: whether it is still to be done.
        role: What it has to do with it: a field or a role, in words.
    """

    kind: str
    id: str
    title: str
    when: str
    day: str
    ahead: bool
    open: bool
    role: str


def around(desk: Desk, id_: str) -> list[Near]:
    """Everything around a record, by time; what has no time comes last."""
    roles: dict[str, list[str]] = {}
    for record, role in _uses(desk, get(desk, id_)):
        known = roles.setdefault(record, [])
        if role and role not in known:
            known.append(role)
    found = [each for each in desk.read.many(list(roles)) if not each.is_deleted and each.id != id_]
    found = [each for each in found if kind_of(each).name in KINDS_AROUND]
    names = titles(desk, [each.id for each in found])
    now = today(desk.workspace.clock).isoformat()
    near = [_near(each, names.get(each.id, ""), ", ".join(roles[each.id]), now) for each in found]
    return sorted(near, key=lambda each: (not each.day, each.day, KINDS_AROUND.index(each.kind), each.title.casefold()))


def _uses(desk: Desk, record: Record) -> Iterator[tuple[str, str]]:
    """The ids of what names a record, each with the field that does; parts stand for what they are part of."""
    for field in kind_of(record).fields.values():  # what it names itself
        value = getattr(record, field.name)
        if value and set(field.meta.kinds) & set(KINDS_AROUND) and not field.meta.owner:
            for link in list(value) if field.is_set else [value]:
                yield str(link), field.label()
    for own_part in (each for of_kind in desk.read.all_children(record.id).values() for each in of_kind):
        for name in ("place", "person", "organisation"):
            if link := getattr(own_part, name, None):
                yield link, _role(own_part)
    uses = desk.read.referring(record.id)
    parts = {part.id: part for part in desk.read.many([use.id for use in uses])}
    for use in uses:
        part = parts.get(use.id)
        if part is None or part.is_deleted:
            continue
        own = _owner(desk, part)
        field = KINDS[use.kind].fields[use.field]
        in_itself = field.meta.needed or use.field in ("person", "organisation")
        yield own or use.id, _role(part) if own and in_itself else field.label()


def _role(part: Any) -> str:
    """What a part says of somebody's role: their post, else what kind of part it is."""
    post = getattr(part, "post", None)
    return (post.said(language()) if post else "") or kind_of(part).label()


def _owner(desk: Desk, part: Any) -> str | None:
    """What a part is part of, up to something that is listed; None for what stands by itself."""
    seen = 0
    own: str | None = None
    while kind_of(part).name not in KINDS_AROUND and getattr(part, "owner", None) and seen < 4:
        own, seen = part.owner, seen + 1
        above = desk.read.record(own)
        if above is None:
            return own
        part = above
    return own


def _near(record: Record, title: str, role: str, now: str) -> Near:
    kind = kind_of(record)
    when, day, last = "", "", ""
    for name in WHEN:
        value = getattr(record, name, None)
        if isinstance(value, When) and value.day:
            when, (day, last) = say_when(value, language()), value.day.bounds
            break
        if isinstance(value, PartialDate):
            when, (day, last) = say_date(value, language()), value.bounds
            break
    is_open = kind.name == "action_item" and getattr(record, "status", None) not in OPEN_ACTION
    return Near(kind.name, record.id, title, when, day, bool(last) and last >= now, is_open, role)


def counts(near: Sequence[Near]) -> list[tuple[str, str]]:
    """How many of each kind there are, in words: ``Meetings 7``, ``Actions 2, 1 open``."""
    said = []
    for kind in KINDS_AROUND:
        of_kind = [each for each in near if each.kind == kind]
        if not of_kind:
            continue
        words = f"{KINDS[kind].plural()} {len(of_kind)}"
        still = sum(each.open for each in of_kind)
        if kind == "action_item" and still:
            words = tr("around", "{counted}, {n} open", counted=words, n=still)
        said.append((kind, words))
    return said
