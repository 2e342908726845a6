"""Links to records that are about to be deleted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import language, ntr, tr
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.agreement_kinds import Agreement
from ucapdesk.model.kinds.meeting_kinds import Meeting
from ucapdesk.model.kinds.paper_kinds import Attachment
from ucapdesk.model.kinds.visit_kinds import Participation
from ucapdesk.model.rules.agreement_rules import missing_scan
from ucapdesk.services.records.records import titles
from ucapdesk.store.desk import Desk

MAX_PLACES_NAMED = 5
"""How many places are named; beyond that a number is given."""


LEANED_ON = frozenset({Participation.__tablename__, Attachment.__tablename__})
"""Kinds that others depend on without a link."""


class Usage(NamedTuple):
    """The number of records that link to something, and the first of them in words: ``Visit: Study visit``."""

    total: int
    named: tuple[str, ...]

    def lines(self) -> list[str]:
        """Return the named records, and the number of the rest."""
        left = self.total - len(self.named)
        return [*self.named, *([ntr("trash", "{n} more", "{n} more", left)] if left else [])]


def usage(desk: Desk, ids: Sequence[str]) -> Usage:
    """Return the remaining records that link to one of these, or to a part of one; a part stands for its owner.

    Somebody's part in a meeting or a visit is used by what counts on them there, the signed copy by what was signed.
    """
    going = set(desk.read.sames().all_of(ids))
    uses = _uses(desk, going)
    roots = desk.read.roots(uses)
    named = [*(roots.get(use, use) for use in uses), *_leaned_on(desk, ids)]
    found = [id_ for id_ in dict.fromkeys(map(desk.read.sames().shown, named)) if id_ not in going]
    shown = found[:MAX_PLACES_NAMED]
    names, kinds = titles(desk, shown, language()), desk.read.kinds_of(shown)
    told = ((KINDS[kinds[id_]].label(), names.get(id_) or "—") for id_ in shown)
    said = (tr("filter", "{field}: {value}", field=kind, value=name) for kind, name in told)
    return Usage(len(found), tuple(" ".join(each.split()) for each in said))


def _uses(desk: Desk, ids: set[str]) -> list[str]:
    """Return the records outside of these that link to one of them."""
    return [use.id for use in desk.read.used_outside(ids) if use.kind in KINDS and not KINDS[use.kind].cls.reserved]


def _leaned_on(desk: Desk, ids: Sequence[str]) -> Iterator[str]:
    """Yield the records that depend on these without a link."""
    kinds = desk.read.kinds_of(ids)
    for record in desk.read.many([id_ for id_ in ids if kinds.get(id_) in LEANED_ON]):
        if isinstance(record, Participation) and record.person and record.owner:
            yield from _named_there(desk, record.person, record)
        elif isinstance(record, Attachment) and (signed := desk.read.get(Agreement, record.owner or "")):
            files = desk.read.children(signed.id, Attachment)
            if not missing_scan(signed, files) and missing_scan(signed, [each for each in files if each.id not in ids]):
                yield signed.id


def _named_there(desk: Desk, person: str, part: Participation) -> Iterator[str]:
    """Yield where else in the same meeting, visit or programme item, or in the visit's meetings, a person is linked."""
    uses = _uses(desk, set(desk.read.sames().of(person)))
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
    """Raise StillUsed where others link to them."""
    found = usage(desk, ids)
    if found.total:
        raise UserError(
            "What would go to the Trash is used elsewhere: {where}. Nothing was changed; add --yes to move it anyway.",
            code="still-used",
            where=tr("log", ", ").join(found.lines()),
        )
