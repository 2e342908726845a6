"""The result of receiving a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import Message, ntr, tr
from ucapdesk.base.json_text import Json
from ucapdesk.exchange.errors import Refusal
from ucapdesk.exchange.manifest import Manifest

APPLIED, KNOWN, WAITING, REFUSED = "applied", "known", "parked", "refused"
DISCARDED = "discarded"
"""One that waited and was let go."""


COPIED = Message(
    "exchange",
    "This workspace had been copied, or put back to an older state. From now on it writes as a new laptop; nothing is lost.",
)
TWICE = Message(
    "exchange",
    "{who} wrote twice under one name: the laptop was copied, or put back to an older state. Both are kept; nothing is lost.",
)
MOST_LINES = 400
MOST_VALUES = 1000
"""Maximum number of records of which a preview keeps the written values."""
NEW, UPDATED, TRASHED, SEPARATED = "new", "updated", "trashed", "separated"


class WrittenRecord(NamedTuple):
    """One record that a package writes.

    Attributes:
        what: new, updated, trashed or separated.
        cells: Those that were written.
        values: What was written into them last, as the log has it; not of all records of a large package.
    """

    kind: str
    id: str
    title: str
    what: str
    cells: tuple[str, ...]
    values: Mapping[str, Json]


@dataclass(slots=True)
class Report:
    """The result for one file; ``manifest`` where it could be read.

    Attributes:
        file: Its name.
        state: applied, known, parked or refused.
        new, updated, trashed: Records, as far as they have a list of their own.
        separated: Merges of two records that were taken back.
        already: Changesets that were here before.
        merged: Texts that were merged by themselves.
        conflicts: Cells that a person must decide.
        kept: Of these whether a record goes to the Trash, which one put there and another went on writing in.
        erased: People whose data is removed for good.
        erasing: What those of them are called that are here.
        gone: Everything that they are called.
        forgetting: Authors whose names are to be forgotten.
        emptied: Titles of records in which what was said of a person whose data is removed was emptied after it.
        dropped: Packages that waited and may hold what it removes: they are dropped.
        left: Where copies still hold what it removes.
        renewed: Whether this laptop had been put back to an older state, and becomes a new one.
        parted: Ids of laptops found to have written twice under one name.
        newer: Whether it holds fields of a newer version, kept until the update.
        ahead: Seconds by which the giver's clock seems to be ahead.
        healed: Lines of the log that were left out on the way here before, and came complete now.
        missing: Files that were damaged on the way; they are asked for again.
        lines: The records it writes, with their new titles; of a preview only, and no more than ``MOST_LINES``.
        alike: Titles of new records that may be duplicates of one here; of a preview only.
        why: Where it is refused.
    """

    file: str
    state: str = APPLIED
    new: int = 0
    updated: int = 0
    trashed: int = 0
    separated: int = 0
    already: int = 0
    merged: int = 0
    conflicts: int = 0
    kept: int = 0
    erased: int = 0
    erasing: tuple[str, ...] = ()
    gone: set[str] = field(default_factory=set)
    forgetting: tuple[str, ...] = ()
    emptied: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    left: UserError | None = None
    renewed: bool = False
    parted: tuple[str, ...] = ()
    newer: bool = False
    ahead: int = 0
    missing: int = 0
    healed: int = 0
    manifest: Manifest | None = None
    lines: tuple[WrittenRecord, ...] = ()
    alike: tuple[str, ...] = ()
    why: UserError | None = None

    def of_laptops(self) -> Iterator[Message]:
        """Yield the messages about laptops that wrote twice under one name, this one or others."""
        if self.renewed:
            yield COPIED
        named = {line.id: line for line in self.manifest.devices} if self.manifest else {}
        for id_ in () if self.renewed else self.parted:
            line = named.get(id_)
            who = " · ".join(filter(None, (line.person, line.label))) if line else ""
            yield replace(TWICE, args={"who": who or id_})

    def say_of_giver(self) -> Iterator[str]:
        """Yield what is worth knowing of the giver's program, clock and files, in sentences."""
        if self.newer:
            yield tr(
                "exchange",
                "It was made with a newer UCAPDesk. What this one does not know yet is kept and shows after an update.",
            )
        if self.ahead:
            yield tr(
                "exchange",
                "The clock of that laptop is ahead of this one: one of the two is wrong. Nothing is lost; times shown may be wrong.",
            )
        if n := len(self.manifest.left_out) if self.manifest else 0:
            yield ntr(
                "exchange",
                "{n} file was left out and can be asked for.",
                "{n} files were left out and can be asked for.",
                n,
            )

    @property
    def written(self) -> int:
        """The number of records that it writes."""
        return self.new + self.updated + self.trashed + self.separated

    def say_separated(self) -> str:
        """Return the number of merges that were taken back, in words."""
        return ntr("exchange", "{n} merged pair separated again", "{n} merged pairs separated again", self.separated)

    @property
    def code(self) -> str | None:
        """The code of a refusal."""
        return self.why.code if isinstance(self.why, Refusal) else None

    def say_healed(self) -> str:
        """Return the number of restored lines, in a sentence."""
        return ntr(
            "exchange",
            "{n} line that somebody had left out on the way to you is put back.",
            "{n} lines that somebody had left out on the way to you are put back.",
            self.healed,
        )

    def say_consequences(self) -> Iterator[str]:
        """Yield what was emptied and dropped after data of people was removed, and what still holds it, in sentences."""
        if self.emptied:
            yield tr(
                "exchange",
                "What was linked here to a person whose data is removed is emptied too, but stays in the history: {titles}.",
                titles=tr("log", ", ").join(self.emptied),
            )
        if self.dropped:
            yield say_dropped(self.dropped)
        if self.left:
            yield self.left.say()

    def to_json(self) -> dict[str, Json]:
        """Return the report as JSON for scripts."""
        counted = ("new", "updated", "trashed", "separated", "already", "merged", "conflicts")
        said = {"file": self.file, "state": self.state, "code": self.code}
        return {**said, **{name: getattr(self, name) for name in counted}}


def say_dropped(packages: Sequence[str]) -> str:
    """Return which waiting packages were dropped as somebody's data was removed, in a sentence."""
    return ntr(
        "exchange",
        "{n} package that waited was dropped, since it may hold what is removed: {names}. Ask its sender for a new one.",
        "{n} packages that waited were dropped, since they may hold what is removed: {names}. Ask their senders for new ones.",
        len(packages),
        names=tr("log", ", ").join(packages),
    )
