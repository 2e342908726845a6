"""A workspace and a package of each release, kept for ever: ``python -m tests.helpers.golden`` makes those of this one.

Everything is invented. Once a release is out its folder is never written again; a test opens and receives them all.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.helpers.source_tree import ROOT
from tests.unit.exchange.laptops import Laptop, first_laptop, joined
from ucapdesk import __version__
from ucapdesk.model.kinds import KINDS, LISTED
from ucapdesk.services.people import privacy
from ucapdesk.services.records import attached_files, records
from ucapdesk.store.desk import Desk

GOLDEN = ROOT / "db" / "golden"
WORKSPACE, PACKAGE, EXPECTED = "workspace.zip", "package.ucapx", "expected.json"
FILES = ("workspace.json", "store.db", "files.db")


def make(target: Path) -> None:
    """Make the folder of this release. Raises FileExistsError where there is one: nobody could make it again as it was."""
    if target.exists():
        raise FileExistsError(f"{target} is there; if its release is not out, remove it by hand")
    with TemporaryDirectory() as name:
        folder = Path(name)
        ana = first_laptop(folder / "ana", "Ana Ferrer")
        _first_year(ana, folder)
        chen = joined(folder / "chen", ana.give("join.ucapx"), "Chen Yan")
        _both(ana, chen)
        package = ana.give("package.ucapx")
        for db in (ana.desk.db, ana.desk.workspace.files.db):
            db.execute("VACUUM")
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        found = expected(ana)
        path = ana.desk.workspace.path
        for laptop in (ana, chen):
            laptop.desk.close()
        target.mkdir(parents=True)
        with zipfile.ZipFile(target / WORKSPACE, "w", zipfile.ZIP_DEFLATED) as packed:
            for file in FILES:
                packed.write(path / file, file)
        shutil.copy(package, target / PACKAGE)
        (target / EXPECTED).write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def expected(laptop: Laptop) -> dict[str, Any]:
    """Return what every later version must find in it: titles, questions, texts, and the log to the last byte."""
    desk = laptop.desk
    return {
        "log": _chains(desk),
        "records": {
            id_: {"kind": kind, **said(desk.read.record(id_))} for kind in LISTED for id_ in sorted(records.listing(desk, kind))
        },
        "questions": sorted([q.id, q.cell, q.state, sorted(str(c.value) for c in q.candidates)] for q in desk.questions()),
        "files": sorted(desk.workspace.files.all()),
        "trash": sorted(each.id for each in desk.read.trash()),
    }  # fmt: skip


def _chains(desk: Desk) -> str:
    """A hash of the chain of every device, as the first version told it; later ones tell what is missing as well."""
    held = desk.db.execute("SELECT device_id, seq, hex(chain) FROM sync_device WHERE seq > 0 ORDER BY device_id")
    return hashlib.sha256(json.dumps(held.fetchall(), separators=(",", ":")).encode()).hexdigest()


def said(record: Any) -> dict[str, Any]:
    known = KINDS[type(record).__tablename__].fields.values()
    return {field.name: field.type.plain(value) for field in known if (value := getattr(record, field.name))}


def _first_year(ana: Laptop, folder: Path) -> None:
    """One of everything a value can be, and much of what a log can hold."""
    country = ana.add("country", "alpha2=CN", "name.en=China", "name.zh=中国")
    city = ana.add(
        "place", "name.en=Liuzhou", "name.zh=柳州", f"country={country}", 'population={"value": 4000000, "is": "about"}'
    )
    host = ana.add("organisation", "name.en=Foreign Affairs Office", "name.zh=外事办公室", f"place={city}")
    person = ana.add(
        "person",
        "name.family=Li",
        "name.given=Mingyu",
        "name.order=family_first",
        "name_han.family=李",
        "name_han.given=明宇",
    )
    gone = ana.add("person", "name.family=Zimmermann", "name.given=Korbinian", "notes=Sings")
    visit = ana.add(
        "visit",
        "title.en=Delegation to Barcelona",
        "title.zh=赴巴塞罗那代表团",
        "dates=2026-05-03/2026-05-06",
        "tags=water,energy",
    )
    meeting = ana.add(
        "meeting", "title.en=Opening", "title.zh=开幕式", "when={\"date\": \"2026-05-03\", \"start\": \"09:30\", \"tz\": \"Europe/Madrid\"}",
        f"visit={visit}", "summary.en=Both sides agree. A pilot starts in May.", "ordinal=1",
    )  # fmt: skip
    ana.add("agenda_item", f"owner={meeting}", "title.en=Hydrogen buses", "title.zh=氢能公交")
    ana.add("participation", f"owner={meeting}", f"person={person}", "role=delegate")
    ana.add(
        "action_item",
        f"owner={meeting}",
        "text.en=Send the schema",
        "due=2026-06",
        f"person={person}",
        f"organisation={host}",
    )
    ana.add("agreement", "title.en=Memorandum", "title.zh=谅解备忘录", "status=drafting")
    ana.trash(ana.add("meeting", "title.en=Cancelled"))
    ana.edit(meeting, "title.zh=开幕会议")
    (folder / "scan.txt").write_text("scan " * 400, encoding="utf-8")
    with ana.here() as desk:
        desk.undo()
        attached_files.attach(desk, meeting, [folder / "scan.txt"])
        privacy.erase(desk, gone, "Korbinian Zimmermann")


def _both(ana: Laptop, chen: Laptop) -> None:
    """Work of two who did not know of each other: a question, a text merged by itself, a delete against an edit."""
    meeting = next(i for i in records.listing(ana.desk, "meeting"))
    ana.edit(meeting, "room=204", "summary.en=Both sides agree. A pilot starts in June.")
    chen.clock.tick(60)
    chen.edit(meeting, "room=Main hall", "summary.en=Both sides agreed at once. A pilot starts in May.")
    visit = next(i for i in records.listing(ana.desk, "visit"))
    ana.edit(visit, "tags+=mobility")
    chen.trash(visit)
    ana.receive(chen.give("chen.ucapx"))


def main() -> None:
    with TemporaryDirectory() as config:
        os.environ["UCAPDESK_CONFIG"] = config
        target = GOLDEN / __version__
        make(target)
    sys.stdout.write(
        f"{target}: {sum(file.stat().st_size for file in target.rglob('*') if file.is_file()) // 1000} kB\n"
    )


if __name__ == "__main__":
    main()
