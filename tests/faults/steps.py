"""What a desk does when a fault strikes: a save, a step back, a large file coming in. And what it holds afterwards."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable
from pathlib import Path

from tests.helpers.changesets import take_in
from tests.property.world import TestDesk
from ucapdesk.base.ids import derived_id
from ucapdesk.base.paths import resource
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.visit_kinds import AgendaItem, Meeting
from ucapdesk.model.values import Bilingual, Codes
from ucapdesk.services.files.imports import import_files
from ucapdesk.store.desk import Desk
from ucapdesk.store.log.changeset import parse
from ucapdesk.store.workspace.database import connect, problems

MEETINGS = 20


def meeting_id(n: int) -> str:
    return derived_id("fault", str(n))


def fill(desk: Desk) -> None:
    with desk.save(["record.make", {}]) as save:
        for n in range(MEETINGS):
            save.new(
                Meeting, meeting_id(n), title=Bilingual(en=f"Round table {n}", zh=f"圆桌 {n}"), tags=Codes(["water"])
            )


def edit(desk: Desk) -> None:
    with desk.save(["record.edit", {}]) as save:
        for n in range(MEETINGS):
            meeting = save.get(Meeting, meeting_id(n))
            meeting.title = meeting.title.put("zh", f"柳州 {n}")  # type: ignore[union-attr]
            meeting.tags = Codes(["energy", "water"])


def save(desk: Desk) -> None:
    with desk.save(["record.make", {}]) as work:
        id_ = work.new(Meeting, title=Bilingual(en="Opening"), tags=Codes(["a", "b"])).id
        for n in range(3):
            work.new(AgendaItem, owner=id_, title=Bilingual(en=f"Point {n}"))
        work.get(Meeting, meeting_id(1)).room = "204"
        work.trash(meeting_id(2))


def go_on(desk: Desk) -> None:
    with desk.save(["record.make", {}]) as work:
        work.new(Meeting, title=Bilingual(en="Afterwards"))


def undo(desk: Desk) -> None:
    desk.undo()


def _from_a_colleague() -> list[str]:
    colleague = TestDesk("colleague")
    with colleague.save(["record.make", {}]) as work:
        for n in range(60):
            id_ = work.new(
                Meeting, derived_id("new", str(n)), title=Bilingual(en=f"Visit {n} " * 9), tags=Codes(["x"])
            ).id
            work.new(AgendaItem, derived_id("part", str(n)), owner=id_, title=Bilingual(zh="议程"))
        work.new(Meeting, meeting_id(3), title=Bilingual(zh="另一个名字"))
    lines = [line for c in colleague.lines_since({}) for line in c]
    colleague.close()
    return lines


def receive(desk: Desk) -> None:
    """A file with one large changeset that also disagrees with what is here."""
    take_in(desk, parse(_from_a_colleague()))


def import_paper(desk: Desk) -> None:
    import_files(desk, [resource("sample") / "ucap-liuzhou.txt"])


STEPS: dict[str, Callable[[Desk], None]] = {"save": save, "undo": undo, "receive": receive, "import": import_paper}


def state(path: Path) -> str:
    """All that a database holds, in few characters, after making sure that it is whole."""
    with contextlib.closing(connect(path)) as db:
        assert problems(db) == []
        said = hashlib.sha256()
        for table in (*KINDS, "sync_changeset", "sync_device", "sync_vv", "sync_row", "sync_touch", "sync_conflict"):
            said.update(repr(db.execute(f'SELECT * FROM "{table}" ORDER BY 1, 2').fetchall()).encode())
        found = "SELECT rowid FROM search WHERE search MATCH ? ORDER BY 1"
        said.update(repr([db.execute(found, (word,)).fetchall() for word in ("opening", "visit", "柳", "圆")]).encode())
        return said.hexdigest()[:12]
