"""Files kept with records."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.papers import Attachment
from ucapdesk.services.errors import FileNotThere, NoFilesWith
from ucapdesk.services.records import get, titles
from ucapdesk.store.backup import written_aside
from ucapdesk.store.desk import Desk
from ucapdesk.store.errors import FileMissing, told
from ucapdesk.store.refusals import InTrash, NoSuchRecord


def attach(desk: Desk, id_: str, files: Sequence[Path], *, initiator: object = None) -> list[str]:
    """Keep files with a record; the ids of the attachments made. All of them are attached, or none."""
    record = get(desk, id_)
    kind = KINDS[type(record).__tablename__]
    if kind.name not in KINDS["attachment"].owners:
        raise NoFilesWith(kind=kind.name, kinds=", ".join(KINDS["attachment"].owners))
    if record.is_deleted:
        raise InTrash(title=titles(desk, [id_]).get(id_) or id_)
    for file in files:
        if not file.is_file():
            raise FileNotThere(file=file)
    kept = [desk.workspace.files.put(file) for file in files]
    label = ["attach", {"id": id_, "file": ", ".join(file.name for file in files)}]
    with desk.save(label, initiator=initiator) as work:
        return [work.new(Attachment, owner=id_, file=file).id for file in kept]


def save_as(desk: Desk, attachment: str, target: Path) -> None:
    """Write an attached file to a place of the reader's choice."""
    record = desk.read.get(Attachment, attachment)
    if record is None:
        raise NoSuchRecord(id=attachment)
    if record.file is None or record.file.sha256 is None:
        raise FileMissing
    with told(target), written_aside(target) as part, part.open("wb") as copy:
        for piece in desk.workspace.files.parts(record.file.sha256):
            copy.write(piece)
