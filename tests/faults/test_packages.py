"""Giving and receiving where the stick is pulled, the disk is full, or the program is killed in the middle."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import BinaryIO

import pytest

from tests.helpers.disks import small_disk
from tests.helpers.errors import user_error
from tests.helpers.kills import ends_of
from tests.unit.exchange.laptops import Laptop, first_laptop, joined
from ucapdesk.exchange.giving import give
from ucapdesk.exchange.receiving import join
from ucapdesk.exchange.reports import APPLIED
from ucapdesk.services.records import attached_files
from ucapdesk.store.desk import Desk
from ucapdesk.store.errors import DiskFull


@pytest.fixture(scope="module")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Laptop:
    folder = tmp_path_factory.mktemp("packages")
    laptop = first_laptop(folder / "ana")
    made = [laptop.add("meeting", f"title.en=Meeting {n}", "title.zh=会议") for n in range(30)]
    scan = folder / "scan.pdf"
    scan.write_bytes(os.urandom(3_000_000))
    with laptop.here() as desk:
        attached_files.attach(desk, made[0], [scan])
    laptop.desk.close()
    return laptop


@pytest.fixture
def ana(_made: Laptop, tmp_path: Path) -> Laptop:
    return _made.cloned(tmp_path / "ana")


@pytest.mark.rule("R37")
def test_a_full_stick_says_how_much_was_written(ana: Laptop, tmp_path: Path) -> None:
    with small_disk(tmp_path / "stick", 1024) as stick:
        with ana.here() as desk, user_error("could-not-give") as said:
            give(desk, stick / "x.ucapx")
        assert float(str(said.value.details["done"])) < 1.1
        assert float(str(said.value.details["whole"])) > 2.9
        assert list(stick.iterdir()) == []
    ana.desk.close()


@pytest.mark.rule("R37", "X7")
@pytest.mark.parametrize("passphrase", [None, "柳州 2026"])
def test_a_stick_that_gives_back_something_else_is_noticed_before_anybody_is_told_to_remove_it(
    ana: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, passphrase: str | None
) -> None:
    def write_badly(file: BinaryIO) -> None:
        file.seek(-4000, os.SEEK_END)
        file.write(b"\0" * 100)
        file.flush()

    monkeypatch.setattr("ucapdesk.exchange.giving._to_disk", write_badly)
    (tmp_path / "stick").mkdir()
    with ana.here() as desk, user_error("not-what-was-written"):
        give(desk, tmp_path / "stick" / "x.ucapx", passphrase=passphrase)
    assert list((tmp_path / "stick").iterdir()) == []
    ana.desk.close()


def test_a_full_disk_while_receiving_changes_nothing(ana: Laptop, tmp_path: Path) -> None:
    chen = joined(tmp_path / "chen", ana.give("0.ucapx", files=False), "Chen Yan")
    for n in range(200):
        ana.add("meeting", f"title.en=Later {n}" + "x" * 500)
    package, before = ana.give("1.ucapx"), (chen.digest(), chen.log())
    pages = chen.desk.db.execute("PRAGMA page_count").fetchone()[0]
    refusals = 0
    for room in (0, 3, 10, 30, 60, 10_000):
        chen.desk.db.execute(f"PRAGMA max_page_count={pages + room}")
        try:
            (report,) = chen.receive(package)
        except DiskFull:
            refusals += 1
            assert (chen.digest(), chen.log()) == before
            continue
        assert report.state == APPLIED
        break
    assert refusals >= 3
    assert chen.log() == ana.log()
    chen.check()
    for laptop in (ana, chen):
        laptop.desk.close()


def test_a_disk_that_is_full_of_its_attachments_takes_nothing_of_a_package(ana: Laptop, tmp_path: Path) -> None:
    chen = joined(tmp_path / "chen", ana.give("0.ucapx", files=False), "Chen Yan")
    meeting = ana.add("meeting", "title.en=Later")
    for n in range(2):
        scan = tmp_path / f"more {n}.pdf"
        scan.write_bytes(os.urandom(1_000_000))
        with ana.here() as desk:
            attached_files.attach(desk, meeting, [scan])
    package, before = ana.give("1.ucapx"), (chen.digest(), chen.log())
    files = chen.desk.workspace.files
    held, pages = set(files.all()), files.db.execute("PRAGMA page_count").fetchone()[0]
    for room in (0, 100, 300, 600, 1000):  # a megabyte is 250 pages: the first, and then the second, is half written
        files.db.execute(f"PRAGMA max_page_count={pages + room}")
        with pytest.raises(DiskFull):
            chen.receive(package)
        assert (chen.digest(), chen.log(), set(files.all())) == (*before, held)
        assert files.db.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        chen.check()
    files.db.execute(f"PRAGMA max_page_count={pages + 10_000}")
    (report,) = chen.receive(package)
    assert (report.state, report.missing) == (APPLIED, 0)
    assert len(set(files.all()) - held) == 3
    assert chen.log() == ana.log()
    chen.check()
    for laptop in (ana, chen):
        laptop.desk.close()


def test_joining_from_half_a_package_leaves_no_workspace(ana: Laptop, tmp_path: Path) -> None:
    whole = ana.give("1.ucapx")
    half = tmp_path / "half.ucapx"
    half.write_bytes(whole.read_bytes()[:-500])
    with ana.here(), pytest.raises(Exception, match="ends too early"):
        join(tmp_path / "new", half, person="Chen Yan")
    assert not (tmp_path / "new").exists()
    ana.desk.close()


RECEIVING = """
import os
from pathlib import Path
from tests.helpers.kills import kill_self
from ucapdesk.exchange.receiving import receive
from ucapdesk.store.desk import Desk
def step(config, folder, package, after):
    os.environ["UCAPDESK_CONFIG"] = config
    left = [int(after)]
    def count(_):
        left[0] -= 1
        if left[0] < 0:
            kill_self()
    desk = Desk.open(Path(folder))
    desk.db.execute("PRAGMA cache_size=10")
    desk.db.set_trace_callback(count)
    receive(desk, [Path(package)], accept=True)
"""


def test_killed_while_receiving_it_holds_the_old_or_the_new(ana: Laptop, tmp_path: Path) -> None:
    chen = joined(tmp_path / "chen", ana.give("0.ucapx", files=False), "Chen Yan")
    for n in range(40):
        ana.add("meeting", f"title.en=Later {n}")
    package, new = ana.give("1.ucapx"), ana.digest()
    old, folder = chen.digest(), chen.desk.workspace.path
    chen.desk.close()
    copies = {after: shutil.copytree(chen.folder, tmp_path / f"copy{after}") for after in (3, 30, 60, 120, 2000)}
    ends_of(
        RECEIVING,
        *((str(copy / "config"), str(copy / folder.name), str(package), str(n)) for n, copy in copies.items()),
    )
    states = []
    for copy in copies.values():
        twin = Laptop("copy", copy, chen.desk, chen.clock)
        with twin.here():
            twin.desk = Desk.open(copy / folder.name, clock=chen.clock)
        states.append(twin.digest())
        twin.check()
        (report,) = twin.receive(package)
        assert report.why is None
        assert twin.digest() == new
        twin.desk.close()
    assert set(states) <= {old, new}
    assert states.count(old) >= 3
    ana.desk.close()
