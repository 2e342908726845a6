"""Records related to a person, organisation, city or UCAP, by time; and links to records about to be deleted.

A part that names it stands for what it is part of: who takes part in a meeting has met there, who signs for a party
has to do with the MoU.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from ucapdesk.base.clock import today
from ucapdesk.base.errors import UserError
from ucapdesk.base.grouping import grouped
from ucapdesk.base.i18n import language, ntr, tr
from ucapdesk.model.codes import folded
from ucapdesk.model.dates.formatting import say_date, say_when
from ucapdesk.model.kind import Kind, KindField
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.agreement_kinds import Agreement
from ucapdesk.model.kinds.paper_kinds import Attachment
from ucapdesk.model.kinds.people_kinds import Affiliation
from ucapdesk.model.kinds.visit_kinds import Meeting, Participation
from ucapdesk.model.record import Record
from ucapdesk.model.rules.status import is_open, is_signed, missing_scan
from ucapdesk.model.serialize import kind_of
from ucapdesk.model.values import When
from ucapdesk.services.records.records import get, titles
from ucapdesk.store.desk import Desk

KINDS_AROUND = tuple("visit meeting agreement action_item pilot_project ucap organisation person place".split())
MAX_ROWS_PER_KIND = 200  # Maximum number of rows read of one kind; a longer list is searched instead
# Fields that hold the time of a record; the first filled one is used.
WHEN = ("when", "dates", "signed", "signing_planned", "expires", "due", "period", "document_date")


@dataclass(frozen=True, slots=True)
class RelatedRecord:
    """One record around: what it is, what it is called, when it was or will be.

    Attributes:
        kind: Its kind.
        id: Its id.
        title: What it is called.
        when: In words; empty for what has no time.
        day: The first day it may mean, for sorting.
        ahead: Whether it is still to come.
        open: Of an action: whether it is still to be done.
        signed: Of an MoU: whether it was signed.
        role: What it has to do with it: a field or a role, in words.
    """

    kind: str
    id: str
    title: str
    when: str
    day: str
    ahead: bool
    open: bool
    signed: bool
    role: str


@dataclass(frozen=True, slots=True)
class RelatedRecords:
    """The rows by time, and the number of each kind; where a kind has more than ``MAX_ROWS_PER_KIND``, the rows are its latest."""

    rows: tuple[RelatedRecord, ...] = ()
    totals: Mapping[str, int] = field(default_factory=dict)


def around(desk: Desk, id_: str) -> RelatedRecords:
    """Return everything related to a record, by time; records without a time come last."""
    roles = grouped(use for use in dict.fromkeys(_uses(desk, get(desk, id_))) if use[0] != id_)
    ids = _by_kind(desk, list(roles))
    shown = [each for kind, of_kind in ids.items() for each in _latest(desk, kind, of_kind)]
    found = [each for each in desk.read.many(shown) if not each.is_deleted]
    names = titles(desk, [each.id for each in found])
    now = today(desk.workspace.clock)
    near = [_near(each, names.get(each.id, ""), ", ".join(filter(None, roles.get(each.id, ()))), now) for each in found]
    near.sort(key=lambda each: (not each.day, each.day, KINDS_AROUND.index(each.kind), folded(each.title)))
    loaded = Counter(each.kind for each in near)
    longer = {kind: len(of_kind) for kind, of_kind in ids.items() if len(of_kind) > MAX_ROWS_PER_KIND}
    totals = {kind: longer.get(kind, loaded[kind]) for kind in KINDS_AROUND if loaded[kind]}
    return RelatedRecords(tuple(near), totals)


def _by_kind(desk: Desk, ids: Sequence[str]) -> dict[str, list[str]]:
    return grouped((kind, id_) for id_, kind in desk.read.kinds_of(ids).items() if kind in KINDS_AROUND)


def _latest(desk: Desk, kind: str, ids: list[str]) -> list[str]:
    if len(ids) <= MAX_ROWS_PER_KIND:
        return ids
    order = next((name for name in WHEN if name in KINDS[kind].fields), "sort_en")
    wanted = set(ids)
    return [each for each in desk.read.ids(kind, order=order, descending=True) if each in wanted][:MAX_ROWS_PER_KIND]


def _uses(desk: Desk, record: Record) -> Iterator[tuple[str, str]]:
    """Yield the ids of the records that link to this one, each with the linking field; parts stand for their owner."""
    for known in kind_of(record).fields.values():  # records it links to itself
        value = getattr(record, known.name)
        if value and set(known.meta.kinds) & set(KINDS_AROUND) and not known.meta.owner:
            for link in list(value) if known.is_set else [value]:
                yield str(link), known.label()
    for part in (each for of_kind in desk.read.all_children(record.id).values() for each in of_kind):
        for name in ("place", "person", "organisation"):
            if link := getattr(part, name, None):
                yield link, _role(part)
    uses = desk.read.referring(record.id)
    parts = [use.id for use in uses if use.kind not in KINDS_AROUND]
    roots = desk.read.roots(parts) if parts else {}
    ids = [use.id for use in uses if use.kind == Affiliation.__tablename__]
    posts = {each.id: each for each in desk.read.page(Affiliation, ids)}
    for use in uses:
        used = KINDS[use.kind].fields[use.field]
        if use.kind in KINDS_AROUND:
            yield use.id, _part_in(use.kind, used, kind_of(record))
        elif use.id in roots:
            in_itself = used.meta.needed or use.field in ("person", "organisation")
            role = _role(posts[use.id]) if use.id in posts else KINDS[use.kind].label() if in_itself else used.label()
            yield roots[use.id], role


def _part_in(kind: str, used: KindField, around: Kind) -> str:
    """Return the role of a record in another that links to it; empty where the field only repeats its kind."""
    if (kind, used.name) == ("action_item", "person"):
        return tr("around", "Responsible")
    said = used.label()
    return "" if said in (around.label(), around.plural()) else said


def _role(part: Any) -> str:
    post = getattr(part, "post", None)
    return (post.said(language()) if post else "") or kind_of(part).label()


def _near(record: Record, title: str, role: str, now: date) -> RelatedRecord:
    kind = kind_of(record)
    values = (kind.fields[name].value(record, now) for name in WHEN if name in kind.fields)
    told = ((value, value.day if isinstance(value, When) else value) for value in values)
    held, days = next((each for each in told if each[1]), (None, None))
    when = say_when(held, language()) if isinstance(held, When) else say_date(held, language())
    day, last = days.bounds if days else ("", "")
    to_do = kind.name == "action_item" and is_open(record)
    signed = kind.name == "agreement" and is_signed(record)
    return RelatedRecord(
        kind.name, record.id, title, when, day, bool(last) and last >= now.isoformat(), to_do, signed, role
    )


def counts(found: RelatedRecords) -> Iterator[tuple[str, str]]:
    """Yield the number of each kind in words: ``Meetings 7``, ``Actions 2, 1 open``, ``MoUs 3, 1 signed``."""
    for kind, n in found.totals.items():
        words = f"{KINDS[kind].plural()} {n}"
        shown = [each for each in found.rows if each.kind == kind] if n <= MAX_ROWS_PER_KIND else []
        if still := sum(each.open for each in shown):
            words = tr("around", "{counted}, {n} open", counted=words, n=still)
        if signed := sum(each.signed for each in shown):
            words = tr("around", "{counted}, {n} signed", counted=words, n=signed)
        yield kind, words


MAX_PLACES_NAMED = 5


# Kinds that others depend on without a link.
LEANED_ON = frozenset({Participation.__tablename__, Attachment.__tablename__})


class Usage(NamedTuple):
    """The number of records that link to something, and the first of them in words: ``Visit: Study visit``."""

    total: int
    named: tuple[str, ...]

    def lines(self) -> list[str]:
        left = self.total - len(self.named)
        return [*self.named, *([ntr("trash", "{n} more", "{n} more", left)] if left else [])]


def usage(desk: Desk, ids: Sequence[str]) -> Usage:
    """Return the remaining records that link to one of these, or to a part of one; a part stands for its owner.

    Somebody's part in a meeting or a visit is used by what counts on them there, the signed copy by what was signed.
    """
    going = set(desk.read.sames().all_of(ids))
    uses = _places_of_use(desk, going)
    roots = desk.read.roots(uses)
    named = [*(roots.get(use, use) for use in uses), *_leaned_on(desk, ids)]
    found = [id_ for id_ in dict.fromkeys(map(desk.read.sames().shown, named)) if id_ not in going]
    shown = found[:MAX_PLACES_NAMED]
    names, kinds = titles(desk, shown, language()), desk.read.kinds_of(shown)
    told = ((KINDS[kinds[id_]].label(), names.get(id_) or "—") for id_ in shown)
    said = (tr("filter", "{field}: {value}", field=kind, value=name) for kind, name in told)
    return Usage(len(found), tuple(" ".join(each.split()) for each in said))


def _places_of_use(desk: Desk, ids: set[str]) -> list[str]:
    return [use.id for use in desk.read.used_outside(ids) if use.kind in KINDS and not KINDS[use.kind].cls.reserved]


def _leaned_on(desk: Desk, ids: Sequence[str]) -> Iterator[str]:
    kinds = desk.read.kinds_of(ids)
    for record in desk.read.many([id_ for id_ in ids if kinds.get(id_) in LEANED_ON]):
        if isinstance(record, Participation) and record.person and record.owner:
            yield from _named_there(desk, record.person, record)
        elif isinstance(record, Attachment) and (signed := desk.read.get(Agreement, record.owner or "")):
            files = desk.read.children(signed.id, Attachment)
            if not missing_scan(signed, files) and missing_scan(signed, [each for each in files if each.id not in ids]):
                yield signed.id


def _named_there(desk: Desk, person: str, part: Participation) -> Iterator[str]:
    uses = _places_of_use(desk, set(desk.read.sames().of(person)))
    roots = desk.read.roots(uses)
    within = {part.owner, *desk.read.ids(Meeting, where={"visit": part.owner})}
    for use in desk.read.many(uses):
        owner = getattr(use, "owner", None)
        if not isinstance(use, Participation):
            if within & {use.id, owner, roots.get(use.id)}:
                yield use.id
        elif owner and owner != part.owner and within & {owner, roots.get(use.id)}:
            yield owner


def must_be_unused(desk: Desk, ids: Sequence[str]) -> None:
    found = usage(desk, ids)
    if found.total:
        raise UserError(
            "What would go to the Trash is used elsewhere: {where}. Nothing was changed; add --yes to move it anyway.",
            code="still-used",
            where=tr("log", ", ").join(found.lines()),
        )
