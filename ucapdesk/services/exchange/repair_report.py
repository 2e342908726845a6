"""Repairs of what earlier versions let into a workspace and colleagues cannot receive, with a report of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ucapdesk.base.i18n import Message
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.paper_kinds import Attachment
from ucapdesk.store.desk import Desk
from ucapdesk.store.log.old_labels import to_be_asked
from ucapdesk.store.merge.row_state import ERASED, erased_ids, load_one
from ucapdesk.store.safety import leftovers
from ucapdesk.store.safety import repair as store
from ucapdesk.store.safety.erase import NO_LEFTOVERS
from ucapdesk.store.safety.repair import Taken

CUT_LABEL = "repair.cut"
"""The log's key for keeping the full text of a field that was cut."""


CUT = Message(
    "repair",
    "Some texts of this workspace were too large for colleagues to receive, which kept all packages from "
    "being received. They were cut ({cut}); the whole texts are kept as files with their records ({kept}) "
    "and in the backup made before. Packages sent from now on can be received.",
)
CLEARED = Message(
    "repair",
    "Data of removed people was still in safety copies, waiting packages or file names. It is removed from "
    "them now; one new safety copy was made. Packages that waited come again with the next ones of their "
    "senders.",
)
SILENT = Message(
    "repair",
    "Laptops that packages named but that never wrote or sent anything here are forgotten ({n}). One that "
    "appears later is asked about as a new one.",
)
PARTED = Message(
    "repair",
    "Packages of {who} were refused because a laptop was copied and wrote twice under one name. They can be "
    "received now: open them once more; those in a shared folder are offered again.",
)
ASIDE = Message(
    "repair",
    "The damaged attachments were set aside as {file}. The records are safe; packages of colleagues bring "
    "the files again.",
)


def on_opening(desk: Desk) -> list[Message]:
    """Check a workspace that is written once after an update; return what was repaired, in sentences."""
    said = [] if store.is_looked_through(desk) else list(_receivable(desk))
    return [*said, *_without_leftovers(desk), *_of_two_pasts(desk)]


def repair(desk: Desk) -> list[Message]:
    """Repair what keeps a workspace from being used or given; return what was done, in sentences."""
    aside = desk.workspace.put_files_aside()
    said = [replace(ASIDE, args={"file": aside.name})] if aside else []
    said += [*_receivable(desk), *_without_leftovers(desk, thoroughly=True)]
    return [*said, *_without_silent_laptops(desk), *_of_two_pasts(desk)]


def _without_silent_laptops(desk: Desk) -> Iterator[Message]:
    """Forget the laptops of which a package told and nothing ever came."""
    from ucapdesk.exchange import arrival

    if n := arrival.forget_silent(desk):
        yield replace(SILENT, args={"n": n})


def _of_two_pasts(desk: Desk) -> Iterator[Message]:
    """Let packages come again that an earlier version refused because a laptop had been copied."""
    if givers := store.forget_refusals(desk):
        yield replace(PARTED, args={"who": ", ".join(givers)})


def _without_leftovers(desk: Desk, *, thoroughly: bool = False) -> Iterator[Message]:
    """Finish the removal of people's data where backups or waiting packages still held it."""
    with desk.alone():
        left = leftovers.of_before(desk.db)
        if (left.gone or thoroughly) and _ask_for_plain_labels(desk):
            left = leftovers.of_before(desk.db, all_of_it=True)
        desk.tidy(left)
    if left.gone:
        yield CLEARED
    elif not desk.marked(NO_LEFTOVERS):  # so that no later opening has to look
        desk.mark(NO_LEFTOVERS)


def _ask_for_plain_labels(desk: Desk) -> bool:
    """Remove the names of files that labels of an earlier version hold of people whose data was removed."""
    held = [row for id_ in erased_ids(desk.db) if (row := load_one(desk.db, id_))]
    asked = [(row, labels) for row in held if (labels := to_be_asked(desk.log, row))]
    if asked:
        with desk.save(["erase", {}]) as work:
            work.rows([(ERASED, row.id, {"kind": row.ent, "labels": [*labels]}) for row, labels in asked])
    return bool(asked)


def _receivable(desk: Desk) -> Iterator[Message]:
    """Repair what no colleague can receive."""
    taken = store.repair(desk)
    if taken is None:
        return
    kept = sum(_keep(desk, each) for each in taken if each.stands)
    yield replace(CUT, args={"cut": len(taken), "kept": kept})


def _keep(desk: Desk, taken: Taken) -> bool:
    """Attach the whole text as a file to its record, or to the owner of that."""
    owner, kinds = _owner(desk, taken.id), KINDS["attachment"].owners
    if owner is None or desk.read.kind_of(owner) not in kinds:
        return False
    file = desk.workspace.files.put(taken.whole.encode(errors="replace"), name=f"{taken.cell}.txt", mime="text/plain")
    with desk.save([CUT_LABEL, {"id": owner, "kind": taken.kind, "field": taken.cell}]) as work:
        work.new(Attachment, owner=owner, file=file)
    return True


def _owner(desk: Desk, id_: str) -> str | None:
    """Return the record or its nearest owner that takes files; None in the Trash."""
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
