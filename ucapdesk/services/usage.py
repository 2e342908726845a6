"""Where records are used that somebody is about to throw away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import language, ntr, tr
from ucapdesk.model.kinds import KINDS
from ucapdesk.services.records import titles
from ucapdesk.store.desk import Desk

SHOWN = 5
"""So many places are named; of more there is the number."""


class StillUsed(UserError):
    """Records that others name, and nobody said that they may go all the same."""

    sentence = "What is to go to the Trash is named elsewhere: {where}. Nothing was changed; say --yes to move it there all the same."


@dataclass(frozen=True, slots=True)
class Usage:
    """How many records name something, and the first of them in words: ``Visit: Study visit``."""

    total: int
    named: tuple[str, ...]

    def lines(self) -> list[str]:
        """What is named, and how much is not."""
        left = self.total - len(self.named)
        return [*self.named, *([ntr("trash", "{n} more", "{n} more", left)] if left else [])]


def usage(desk: Desk, ids: Sequence[str], lang: str | None = None) -> Usage:
    """The records that name one of these, or a part of one, and do not go with them; a part stands for what it is part of."""
    going = set(desk.read.sames().all_of(ids))
    uses = [use.id for use in desk.read.used_outside(going) if use.kind in KINDS and not KINDS[use.kind].cls.reserved]
    roots = desk.read.roots(uses)
    found = [id_ for id_ in dict.fromkeys(roots.get(use, use) for use in uses) if id_ not in going]
    shown = found[:SHOWN]
    names, kinds = titles(desk, shown, lang or language()), desk.read.kinds_of(shown)
    said = (
        tr("filter", "{field}: {value}", lang, field=KINDS[kinds[id_]].label(lang), value=names.get(id_) or "—")
        for id_ in shown
    )
    return Usage(len(found), tuple(" ".join(each.split()) for each in said))


def must_be_unused(desk: Desk, ids: Sequence[str]) -> None:
    """Raise StillUsed where others name them."""
    found = usage(desk, ids)
    if found.total:
        raise StillUsed(where=tr("log", ", ").join(found.lines()))
