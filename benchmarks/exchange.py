"""Packages: a colleague's 100,000 changed fields given and received, one field a save, a day's work on top of years, memory.

The peers take in the same fields in the same run: SQLite alone writes the rows; pycrdt and Loro merge their documents,
save them, and write the values into the same table. They check no signatures, keep no losing value and nobody's name.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.rows import Row, row
from benchmarks.store import COLUMNS, COUNT, _loro, _pycrdt, cells, columns, update
from ucapdesk.base.ids import derived_id
from ucapdesk.exchange.giving import give
from ucapdesk.exchange.receiving import join, receive
from ucapdesk.store.desk import Desk
from ucapdesk.store.log.changeset import make

ROUNDS = 3
MANY = 100_000
"""Changesets of some years."""
DAILY = 500
START = 1_790_000_000_000_000
NOTE = (
    "beside what the merge alone costs (see the log and its merge) this is a backup of the workspace before, a copy of the"
    " package, its checksums and signatures, the search index, and what is counted and told"
)
GIVEN = "three quarters of it are reading the file back, and trying it out as on an empty desk, before it leaves"
DAY = "all of the package is unpacked and hashed, and the header of each changeset is read, before the new ones are looked at"
Rows = list[tuple[str, str, dict[str, Any]]]


def write(desk: Desk, saves: Iterable[Rows]) -> None:
    """Saves of this laptop, many in one transaction: making them is not what is measured."""
    me = desk.me()
    with desk.transaction() as db:
        device = desk.log.device(me.device_id)
        header = {"d": me.device_id, "y": 1, "p": "Person", "l": ["record.edit", {}]}
        seen = {d.id: d.seq for d in desk.log.devices.values() if d is not device and d.seq}
        first = device.seq + 1
        desk.merge.apply(
            make({**header, "s": seq, "t": START + seq, **({"v": seen} if seen and seq == first else {})}, rows)
            for seq, rows in enumerate(saves, first)
        )
        head = (device.seq, device.chain, me.sign_head(desk.workspace.id, me.device_id, device.seq, device.chain))
        db.execute(
            "UPDATE sync_device SET pubkey = ?, head_seq = ?, head_chain = ?, head_sig = ?, trust = 'me' WHERE ord = ?",
            (me.public_key, *head, device.ord),
        )
        db.execute("INSERT OR REPLACE INTO sync_meta VALUES('me', ?)", (me.device_id,))
    me.note_seq(desk.log.devices[me.device_id].seq)


def meetings(count: int, turn: str, at_once: int, names: Iterable[str] | None = None) -> Iterator[Rows]:
    """All meetings, so many a save; ``names``: only these cells, each in a save of its own where it is one at once."""
    wanted = [*(names or cells(0, ""))]
    rows = (
        ("meeting", derived_id("bench", str(n)), {name: cells(n, turn)[name] for name in wanted}) for n in range(count)
    )
    while some := list(itertools.islice(rows, at_once)):
        yield some


def single(count: int, turn: str) -> Iterator[Rows]:
    """Every field of all meetings in a save of its own."""
    for n in range(count):
        for name, value in cells(n, turn).items():
            yield [("meeting", derived_id("bench", str(n)), {name: value})]


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Desk]:
    """A desk for the moment."""
    with Desk.open(path) as desk:
        yield desk


def timed(run: Callable[[], object]) -> float:
    """Milliseconds."""
    began = time.perf_counter()
    run()
    return (time.perf_counter() - began) * 1000


def received(folder: Path, package: Path, rounds: int = ROUNDS, **choices: Any) -> float:
    """The median time of receiving, each time on a fresh copy of the workspace."""
    took = []
    for number in range(rounds):
        copy = shutil.copytree(folder, folder.with_name(f"copy{number}"))
        with opened(copy) as desk:
            took.append(timed(lambda desk=desk: receive(desk, [package], accept=True, **choices)))  # type: ignore[misc]
        shutil.rmtree(copy)
    return statistics.median(took)


def two_desks(folder: Path, count: int) -> tuple[Path, Path]:
    """Ana with her meetings, and Chen who joined her and then changed the room of each."""
    with Desk.create(folder / "ana", name="W", person="Ana") as ana:
        write(ana, meetings(count, "base", 500))
        package = give(ana, folder / "base.ucapx").file
    with join(folder / "chen", package, person="Chen") as chen:
        write(chen, meetings(count, "ours", 500, ["room"]))
    return folder / "ana", folder / "chen"


def _bytes(what: str, ours: float, peers: dict[str, float], most: float) -> list[Row]:
    said = {"what": what, "ours": ours, "unit": "B", "keep": f"≤ {most:.0f} B {'✓' if ours <= most else '✗'}"}
    return [{**said, "peer_name": name, "peer": peer, "ratio": ours / peer} for name, peer in peers.items()] or [
        {**said, "peer_name": "", "peer": None, "ratio": None}
    ]


def swap_rows(folder: Path, count: int = COUNT) -> list[Row]:
    """100,000 fields in ten-field saves and in one-field saves, with 10,000 conflicts."""
    fields = count * (len(COLUMNS) + 2)
    ana, chen = two_desks(folder, count)
    one_field = shutil.copytree(ana, folder / "ana1")
    found = []
    peers = _peers(chen / "store.db", folder, count)
    for what, path, saves in (
        (f"{fields:,} fields, {count:,} conflicts", ana, meetings(count, "theirs", 1)),
        (f"{fields:,} one-field saves, {count:,} conflicts", one_field, single(count, "theirs")),
    ):
        with opened(path) as desk:
            before = give(desk, folder / f"before {path.name}.ucapx").size
            write(desk, saves)
            gave = timed(lambda desk=desk, path=path: give(desk, folder / f"{path.name}.ucapx"))  # type: ignore[misc]
        package = folder / f"{path.name}.ucapx"
        with opened(shutil.copytree(chen, folder / f"check {path.name}")) as desk:
            (report,) = receive(desk, [package], accept=True)
            assert (report.state, report.conflicts) == ("applied", count), report.why
        took = received(chen, package)
        said = [row(f"receive a package: {what}", took, name, peer) for name, peer in peers.items()]
        found += [said[0] | {"note": NOTE}, *said[1:]]
        found.append(row(f"preview of it: {what}", received(chen, package, dry_run=True), "receiving it", took))
        found.append(row(f"give it: {what}", gave, "receiving it", took) | {"note": GIVEN})
        bytes_each = (package.stat().st_size - before) / fields
        found += _bytes(f"bytes a field: {what}", bytes_each, {}, 15 if path is ana else 26)
    return found


def _peers(store: Path, folder: Path, count: int) -> dict[str, float]:
    """What the others take for the same fields, in the same tables."""
    store = Path(shutil.copy(store, folder / "rows.db"))
    values = columns(cells(n, "theirs") for n in range(COUNT))
    found = {"SQLite, rows alone": statistics.median(timed(lambda: update(store, values)) for _ in range(ROUNDS))}
    for name, run in (("pycrdt", _pycrdt()), ("loro", _loro())) if count == COUNT else ():
        if run is not None:
            found[name] = statistics.median(timed(lambda run=run: run(store)) for _ in range(ROUNDS))  # type: ignore[misc]
    return found


MEASURED = """
import json, re, sys, time
from pathlib import Path
from ucapdesk.exchange.receiving import receive
from ucapdesk.services.exchange import exchange_service
from ucapdesk.store.desk import Desk
def most():  # of this program alone; what the system counts for a process includes the one it was started from
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024
with Desk.open(Path(sys.argv[1])) as desk:
    desk.me()
    receive(desk, [Path(sys.argv[3])], accept=True)  # so that all is loaded that is loaded once
    before, began = most(), time.perf_counter()
    (report,) = receive(desk, [Path(sys.argv[2])], accept=True)
    took = (time.perf_counter() - began) * 1000
    assert report.state == "applied", report.why
    print(json.dumps([took, most() - before]))
"""


def large_rows(folder: Path, count: int = MANY) -> list[Row]:
    """A million fields received on an empty desk, memory, and a day's work on top of them."""
    found, growth = [], []
    with Desk.create(folder / "ana", name="W", person="Ana") as ana:
        write(ana, itertools.islice(meetings(count, "base", 1), 20))
        few = give(ana, folder / "few.ucapx").file
        for part in (count // 10, count - count // 10):
            done = ana.log.vector().get(ana.me().device_id, 0)
            write(ana, itertools.islice(meetings(count, "base", 1), done, done + part))
            package = give(ana, folder / f"{done + part}.ucapx").file
            empty = folder / f"empty{done}"
            Desk.create(empty, name="W", person="Chen", id_=ana.workspace.id).close()
            command = [sys.executable, "-c", MEASURED, str(empty), str(package), str(few)]
            took, more = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            growth.append(more)
            fields = (done + part) * (len(COLUMNS) + 2)
            found.append(row(f"receive {fields:,} fields on an empty desk", took, "", 0.0))
            keep = f"≤ 64 MB {'✓' if more <= 64 else '✗'}"
            said = {"what": f"memory more, {fields:,} fields", "ours": more, "unit": "MB", "keep": keep}
            found.append({**said, "peer_name": "a tenth of them", "peer": growth[0], "ratio": more / max(growth[0], 1)})
        write(ana, itertools.islice(meetings(count, "later", 1, ["room"]), DAILY))
        daily = give(ana, folder / "daily.ucapx").file
    with opened(empty) as chen:
        took = statistics.median(timed(lambda: receive(chen, [daily], accept=True, dry_run=True)) for _ in range(5))
        found.append(
            row(f"preview of a day ({DAILY} changesets) on top of {count:,}", took, "reading the file",
                timed(daily.read_bytes), 300) | {"note": DAY}
        )  # fmt: skip
        applied = timed(lambda: receive(chen, [daily], accept=True))
        again = statistics.median(timed(lambda: receive(chen, [daily], accept=True)) for _ in range(5))
        found.append(row("the same package again", again, "the first time", applied))
    return found


def run() -> list[Row]:
    """All of it."""
    found = []
    for rows in (swap_rows, large_rows):
        with TemporaryDirectory() as folder:
            os.environ["UCAPDESK_CONFIG"] = f"{folder}/config"
            found += rows(Path(folder))
    return found
