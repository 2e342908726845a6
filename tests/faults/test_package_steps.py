"""Receiving and giving that end at any step: the desk holds the old or the new, the stick a whole package or none."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from tests.faults.steps import state
from tests.helpers.disks import pull_out
from tests.helpers.kills import KILLED, ends_of
from tests.unit.exchange.laptops import Laptop, first_laptop, joined
from ucapdesk.base.errors import UserError
from ucapdesk.exchange import giving
from ucapdesk.exchange.receiving import look
from ucapdesk.exchange.reports import APPLIED, KNOWN
from ucapdesk.services.exchange import exchange_service
from ucapdesk.services.records import attached_files
from ucapdesk.store.desk import Desk

SOAK = bool(os.environ.get("UCAPDESK_SOAK"))


@pytest.fixture
def ana(tmp_path: Path) -> Iterator[Laptop]:
    """A laptop with meetings."""
    laptop = first_laptop(tmp_path / "ana")
    for n in range(3):
        laptop.add("meeting", f"title.en=Meeting {n}", "title.zh=会议", "tags=water")
    yield laptop
    laptop.desk.close()


@pytest.fixture
def chen(ana: Laptop, tmp_path: Path) -> Iterator[Laptop]:
    """One who joined, and whom a package is waiting for: new meetings, an edit of the same, a scan."""
    laptop = joined(tmp_path / "chen", ana.give("join.ucapx"), "Chen Yan")
    yield laptop
    laptop.desk.close()


@pytest.fixture
def package(ana: Laptop, chen: Laptop, tmp_path: Path) -> Path:
    """Brings new meetings, a question and a scan."""
    (meeting, *_) = ana.desk.read.ids("meeting")
    chen.edit(meeting, "title.en=Ours")
    ana.edit(meeting, "title.en=Theirs")
    made = [ana.add("meeting", f"title.en=Later {n}", f"summary.zh={'会议纪要。' * 60}") for n in range(12)]
    (tmp_path / "scan.pdf").write_bytes(os.urandom(300_000))
    with ana.here() as desk:
        attached_files.attach(desk, made[0], [tmp_path / "scan.pdf"])
    return ana.give("news.ucapx")


def copied(folder: Path, to: Path) -> Path:
    """The databases and their logs as they are at this moment."""
    to.mkdir()
    for file in folder.iterdir():
        if file.is_file() and not file.name.endswith("-shm") and file.name != "workspace.lock":
            shutil.copy(file, to)
    return to


@pytest.mark.law("P8")
def test_ended_at_any_statement_of_a_receive_it_holds_the_old_or_the_new(
    chen: Laptop, package: Path, tmp_path: Path
) -> None:
    folder, files = chen.desk.workspace.path, chen.desk.workspace.files
    passed: list[str] = []
    copies: list[Path] = []

    def before(statement: str) -> None:
        passed.append(statement)
        if len(passed) % every == 0 or statement.startswith(("BEGIN", "COMMIT")):
            copies.append(copied(folder, tmp_path / f"ended {len(copies)}"))

    every = 6 if not SOAK else 1
    chen.desk.db.execute("PRAGMA cache_size=10")  # pages reach the log early, as in a large package
    old = state(copied(folder, tmp_path / "old") / "store.db")
    for db in (chen.desk.db, files.db):
        db.set_trace_callback(before)
    (report,) = chen.receive(package)
    for db in (chen.desk.db, files.db):
        db.set_trace_callback(None)
    assert (report.state, report.conflicts) == (APPLIED, 1)
    new = state(copied(folder, tmp_path / "new") / "store.db")
    found = [state(each / "store.db") for each in copies]
    assert len(found) >= 20
    assert set(found) == {old, new}
    assert found == sorted(found, key=[old, new].index), "new, and then old again"
    for each in copies[:: max(1, len(copies) // (len(copies) if SOAK else 6))]:
        _goes_on(chen, each, package, tmp_path / f"config {each.name}")


def _goes_on(laptop: Laptop, folder: Path, package: Path, config: Path) -> None:
    """Opened again and given the same package, it ends as the one that was not stopped."""
    twin = Laptop("twin", config, laptop.desk, laptop.clock)
    with twin.here():
        twin.desk = Desk.open(folder, clock=laptop.clock)
    (report,) = twin.receive(package)
    assert report.state in (APPLIED, KNOWN)
    assert twin.digest() == laptop.digest()
    twin.check()
    copy = hashlib.sha256(package.read_bytes()).hexdigest()  # may stay until the next package comes in
    assert set(twin.desk.workspace.files.all()) - {copy} == set(laptop.desk.workspace.files.all())
    twin.desk.close()


@pytest.mark.law("P8")
def test_a_log_torn_anywhere_after_a_receive_is_the_old_or_the_new(chen: Laptop, package: Path, tmp_path: Path) -> None:
    folder, r = chen.desk.workspace.path, Random(6)
    chen.desk.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    chen.desk.db.execute("PRAGMA wal_autocheckpoint=0")
    old = state(copied(folder, tmp_path / "old") / "store.db")
    chen.receive(package)
    new = state(copied(folder, tmp_path / "new") / "store.db")
    whole = (folder / "store.db-wal").read_bytes()
    assert len(whole) > 50_000
    found = set()
    for n in range(300 if SOAK else 24):
        torn = bytearray(whole[: r.randrange(len(whole) + 1)] if n % 2 else whole)
        if n % 2 == 0:
            at = r.randrange(len(torn))
            torn[at : at + 700] = r.randbytes(min(700, len(torn) - at))
        place = copied(folder, tmp_path / f"torn {n}")
        (place / "store.db-wal").write_bytes(torn)
        found.add(state(place / "store.db"))
    assert found <= {old, new}
    assert old in found


MOMENTS = ("_note", "fill", "_to_disk", "_read_back", "sync_folder", "_close_note")
"""Functions of the giving: it ends before each of them."""
GIVING = """
from pathlib import Path
from tests.helpers.kills import kill_self
from ucapdesk.exchange import giving
from ucapdesk.store.desk import Desk
def step(folder, stick, moment):
    desk = Desk.open(Path(folder))
    giving.sweep(desk)
    setattr(giving, moment, kill_self)
    giving.give(desk, Path(stick) / f"{moment}.ucapx")
"""


@pytest.mark.law("P8")
def test_ended_at_any_moment_of_giving_there_is_a_whole_package_or_none(ana: Laptop, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    ana.desk.close()
    environment = {**os.environ, "UCAPDESK_CONFIG": str(ana.config)}
    each = [(str(ana.desk.workspace.path), str(stick), moment) for moment in MOMENTS]
    assert ends_of(GIVING, *each, env=environment) == [KILLED] * len(MOMENTS)
    whole = {file.stem for file in stick.glob("*.ucapx")}
    assert whole == {"sync_folder", "_close_note"}  # these come after it got its name
    assert [look(file).counts["changesets"] for file in stick.glob("*.ucapx")] == [3, 3]
    ana.reopen()
    ana.give("stick/again.ucapx")
    assert sorted(file.stem for file in stick.iterdir()) == sorted([*whole, "again"])  # and no half one
    with ana.here() as desk:
        states = [each.state for each in exchange_service.received(desk) if each.direction == "given"]
    assert "writing" not in states
    ana.check()


VANISHING: dict[str, Callable[[pytest.MonkeyPatch, Path], None]] = {}
"""When the medium goes away."""


def _when(function: str) -> None:
    def gone(monkeypatch: pytest.MonkeyPatch, stick: Path) -> None:
        real = getattr(giving, function)

        def pulled(*args: object, **kwargs: object) -> object:
            pull_out(stick)
            return real(*args, **kwargs)

        monkeypatch.setattr(giving, function, pulled)

    VANISHING[function] = gone


for _function in ("fill", "_to_disk", "_read_back", *(["sync_folder"] if os.name == "posix" else [])):
    _when(_function)


@pytest.mark.parametrize("moment", VANISHING)
def test_a_medium_that_vanishes_at_any_moment_is_told_and_nothing_is_lost(
    ana: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    stick, before = tmp_path / "stick", (ana.digest(), ana.log())
    stick.mkdir()
    with monkeypatch.context() as patch:
        VANISHING[moment](patch, stick)
        with ana.here() as desk, pytest.raises(UserError) as said:
            exchange_service.give(desk, stick / "x.ucapx")
    assert "Nothing" in str(said.value)
    assert (ana.digest(), ana.log()) == before
    with ana.here() as desk:
        assert exchange_service.standing(desk).failed
    stick.mkdir(exist_ok=True)
    ana.give("stick/x.ucapx")
    assert [file.name for file in stick.iterdir()] == ["x.ucapx"]


def test_a_folder_carried_half_way_means_nothing_until_it_is_whole(chen: Laptop, package: Path, tmp_path: Path) -> None:
    """A carrier that brings pieces, empty files and names of its own: each is refused or left, and then all is well."""
    data, before, cloud = package.read_bytes(), (chen.digest(), chen.log()), tmp_path / "cloud"
    cloud.mkdir()
    for name, part in {"a": 0, "b": 1, "c": 30, "d": len(data) // 2, "e": len(data) - 1}.items():
        (cloud / f"{name}.ucapx").write_bytes(data[:part])
    (cloud / "f.ucapx").write_bytes(bytes(len(data)))  # room made, nothing in it yet
    for report in chen.receive(*sorted(cloud.iterdir())):
        assert report.code in ("E01", "E02", "E03"), report.why
    assert (chen.digest(), chen.log()) == before
    (cloud / "f.ucapx").write_bytes(data)
    (report,) = chen.receive(cloud / "f.ucapx")
    assert report.state == APPLIED
