"""Count what is internal in a package, and tell who reads it. It only counts: packages hold nothing of it back.

Fields that never leave this laptop (``local=``) are another thing: the log does not hold them, see ``Save.close``.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from ucapdesk.base.i18n import language, ntr, sentences, tr
from ucapdesk.exchange.trust import devices
from ucapdesk.model.kind import Kind
from ucapdesk.model.kinds import KINDS
from ucapdesk.store.desk import Desk

MAX_NAMES_LISTED = 4
"""Fields and people in one sentence."""


@dataclass(frozen=True, slots=True)
class Internal:
    """Internal fields and notes in a package.

    Attributes:
        n: How many fields that are declared internal say something, and records that are marked so.
        labels: What those fields are called, the most frequent first.
        readers: Who works on the laptops that are known here, without this one.
    """

    n: int
    labels: tuple[str, ...]
    readers: tuple[str, ...]

    def say(self) -> str:
        """Return it as sentences; nothing where nothing is internal."""
        if not self.n:
            return ""
        comma = tr("log", ", ")
        what = comma.join(self.labels[:MAX_NAMES_LISTED]) + ("…" if len(self.labels) > MAX_NAMES_LISTED else "")
        said = ntr(
            "exchange",
            "{n} internal field or note is included ({what}): whoever opens the package can read it.",
            "{n} internal fields and notes are included ({what}): whoever opens the package can read them.",
            self.n,
            what=what,
        )
        if not self.readers:
            return said
        more = len(self.readers) - MAX_NAMES_LISTED
        who = comma.join(self.readers[:MAX_NAMES_LISTED])
        if more > 0:
            who = ntr("exchange", "{who} and {n} more", "{who} and {n} more", more, who=who)
        return sentences(said, tr("exchange", "Packages of this workspace can be read by {who}.", who=who))


def going_along(desk: Desk) -> Internal:
    """Count what a package given now would hold of it; what lies in the Trash goes along too. Counted anew once something changed."""
    asked = going_along, desk.db.total_changes, language()
    return desk.read.remembered(asked, lambda: _count(desk))


def _count(desk: Desk) -> Internal:
    found = Counter[str]()
    for kind in KINDS.values():
        found.update(_in(desk, kind))
    known = (each.person for each in devices.listed(desk) if each.trust == devices.KNOWN)
    labels = [label for label, _ in found.most_common()]
    return Internal(found.total(), tuple(labels), tuple(dict.fromkeys(filter(None, known))))


def _in(desk: Desk, kind: Kind) -> dict[str, int]:
    """How often each internal field of a kind says something, and how many of its records are internal as a whole."""
    counted = {
        field.label(): f"""nullif("{field.name}", '[]')"""
        for field in kind.fields.values()
        if field.meta.internal and not field.meta.local
    }
    if "internal" in kind.fields:
        counted[kind.label()] = 'nullif("internal", 0)'
    if not counted:
        return {}
    sums = ", ".join(f"count({value})" for value in counted.values())
    (row,) = desk.ask(f'SELECT {sums} FROM "{kind.name}"')
    return {label: n for label, n in zip(counted, row, strict=True) if n}
