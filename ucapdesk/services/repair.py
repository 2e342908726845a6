"""What an earlier version let into a workspace and no colleague can receive is put right, and it is said what was done."""

from __future__ import annotations

from dataclasses import dataclass

from ucapdesk.base.i18n import Message
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.papers import Attachment
from ucapdesk.store import repair as store
from ucapdesk.store.desk import Desk
from ucapdesk.store.held import load_one
from ucapdesk.store.repair import Taken

DONE = "repair.cut"
"""What the log calls the keeping of a text that was cut."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """What was done: how many values were cut, and how many of them are kept as files with their records."""

    cut: int
    kept: int

    @property
    def said(self) -> Message:
        """What was done, in a sentence."""
        return Message(
            "repair",
            "Some texts of this workspace were too large for colleagues to receive, which kept all packages from being "
            "taken in. They were cut ({cut}); the whole of them is kept as files with their records ({kept}) and in the "
            "backup made before. Packages given from now on can be received.",
            {"cut": self.cut, "kept": self.kept},
        )


def on_opening(desk: Desk) -> Repaired | None:
    """Look through a workspace once, after an update; None where all was well."""
    return None if store.is_looked_through(desk) else repair(desk)


def repair(desk: Desk) -> Repaired | None:
    """Put right what no colleague can receive; None where there was nothing."""
    taken = store.repair(desk)
    if taken is None:
        return None
    standing = [each for each in taken if each.stands]
    return Repaired(len(taken), sum(_keep(desk, each) for each in standing))


def _keep(desk: Desk, taken: Taken) -> bool:
    """The whole of a text as a file with its record, or with the one that this belongs to."""
    owner, kinds = _owner(desk, taken.id), KINDS["attachment"].owners
    if owner is None or desk.read.kind_of(owner) not in kinds:
        return False
    file = desk.workspace.files.put(taken.whole.encode(errors="replace"), name=f"{taken.cell}.txt", mime="text/plain")
    label = [DONE, {"id": owner, "kind": taken.kind, "field": taken.cell, "file": file.name or ""}]
    with desk.save(label) as work:
        work.new(Attachment, owner=owner, file=file)
    return True


def _owner(desk: Desk, id_: str) -> str | None:
    """The record itself or the nearest above it that takes files; None in the Trash."""
    at: str | None = id_
    above: set[str] = set()
    while at and at not in above:
        record, held = desk.read.record(at), load_one(desk.db, at)
        if record is None or record.is_deleted or held is None:
            return None
        if held.ent in KINDS["attachment"].owners:
            return at
        above.add(at)
        at = held.owner
    return None
