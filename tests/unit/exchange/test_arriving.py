"""What becomes of files that are received: copied, kept while they wait, let go afterwards."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.unit.exchange.forge import Forged
from tests.unit.exchange.laptops import Laptop
from ucapdesk.base.json_text import loads
from ucapdesk.cli import cli
from ucapdesk.exchange import container, devices, manifest, receiving
from ucapdesk.exchange.arrival import PACKAGE
from ucapdesk.exchange.reports import APPLIED, KNOWN, WAITING
from ucapdesk.services.exchange import exchange_service
from ucapdesk.services.people import privacy
from ucapdesk.services.records import attached_files, draft_texts, records
from ucapdesk.store.desk import Desk
from ucapdesk.store.refusals import NoSuchRecord
from ucapdesk.ui.exchange.exchange_dialogs import JoinDialog


def scan(laptop: Laptop, folder: Path, text: str) -> str:
    file = folder / f"{text}.pdf"
    file.write_bytes(text.encode() * 5000)
    with laptop.here() as desk:
        attached_files.attach(desk, records.listing(desk, "meeting")[0], [file])
        laptop.clock.tick(1)
        found = [records.get(desk, id_).file for id_ in records.listing(desk, "attachment")]  # type: ignore[attr-defined]
    return next(str(each.sha256) for each in found if each.name == file.name)


def waiting(laptop: Laptop) -> int:
    with laptop.here() as desk:
        return exchange_service.standing(desk).waiting


def test_files_that_were_asked_for_arrive_although_nothing_else_is_new(
    ana: Laptop, chen: Laptop, tmp_path: Path
) -> None:
    sha256 = scan(ana, tmp_path, "scan")
    chen.receive(ana.give("without.ucapx", files=False))
    assert not chen.desk.workspace.files.has(sha256)
    (report,) = chen.receive(ana.give("with.ucapx"))
    assert report.state == KNOWN
    assert chen.desk.workspace.files.read(sha256) == b"scan" * 5000


def test_what_an_ended_program_left_of_a_package_is_let_go(ana: Laptop, chen: Laptop, tmp_path: Path) -> None:
    files = ana.desk.workspace.files
    attached = shutil.copy(chen.give("attached.ucapx"), tmp_path / "a package as a file.pdf")
    left = files.put(chen.give("left.ucapx"), mime=PACKAGE).sha256
    kept = files.put(Path(attached), mime=PACKAGE).sha256
    with ana.here() as desk:
        attached_files.attach(desk, records.listing(desk, "meeting")[0], [Path(attached)])
    assert set(files.all()) == {left, kept}
    chen.add("meeting", "title.en=More")
    ana.receive(chen.give("other.ucapx"))
    assert files.all() == [kept]


def test_a_waiting_package_of_a_laptop_that_is_blocked_waits_no_longer(ana: Laptop, chen: Laptop) -> None:
    ana.receive(chen.give("0.ucapx"))
    chen.add("meeting", "title.en=First")
    chen.add("meeting", "title.en=Second")
    forged = Forged(chen.give("late.ucapx"), chen)
    me = forged.said["from"]["device"]
    base = {device: seq for device, seq in forged.said["head"].items() if device != me} | {me: 1}
    forged.with_lines(forged.lines[-2:]).say(lambda said: said.update(base=base))
    (report,) = ana.receive(forged.write())
    assert (report.state, waiting(ana)) == (WAITING, 1)
    with ana.here() as desk:
        devices.block(desk, me)
    ana.receive()
    assert (waiting(ana), ana.desk.workspace.files.all()) == (0, [])
    with ana.here() as desk:
        held = desk.db.execute("SELECT counts FROM sync_import").fetchall()
    assert {(loads(counts)["code"] if counts else None) or "" for (counts,) in held} == {"", "E06"}


def test_after_an_update_a_newer_package_comes_in_by_itself(
    ana: Laptop, chen: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana.receive(chen.give("0.ucapx"))  # whose laptop is known from then on
    made = chen.add("meeting", "title.en=From the future")
    newer = Forged(chen.give("1.ucapx"), chen).say(lambda said: said.update(version=3, min_reader=3)).write()
    (report,) = ana.receive(newer)
    assert (report.state, report.code, waiting(ana)) == (WAITING, "E08", 1)
    newer.unlink()
    assert ana.receive() == []
    monkeypatch.setattr(manifest, "VERSION", 3)  # the program was updated
    assert [each.state for each in ana.receive()] == [APPLIED]
    assert (ana.text(made), waiting(ana)) == ("From the future", 0)
    with ana.here() as desk:
        states = [each.state for each in exchange_service.received(desk) if each.direction == "received"]
    assert states == [KNOWN, APPLIED]


def test_the_same_file_twice_at_once_is_taken_in_once_and_can_be_taken_back(
    ana: Laptop, chen: Laptop, tmp_path: Path
) -> None:
    before = ana.digest()
    chen.add("meeting", "title.en=Theirs")
    package = chen.give("1.ucapx")
    again = Path(shutil.copy(package, tmp_path / "1 (2).ucapx"))
    assert [each.state for each in ana.receive(package, again)] == [APPLIED, KNOWN]
    with ana.here() as desk:
        receiving.take_back(desk, str(receiving.last_receive(desk)))
    assert ana.digest() == before


def test_what_had_waited_waits_again_after_the_receive_was_taken_back(ana: Laptop, chen: Laptop) -> None:
    ana.receive(chen.give("0.ucapx"))
    chen.add("meeting", "title.en=First")
    first = chen.give("first.ucapx")
    chen.add("meeting", "title.en=Second")
    forged = Forged(chen.give("second.ucapx"), chen)
    base = {**forged.said["head"], forged.said["from"]["device"]: 1}
    second = forged.with_lines(forged.lines[-2:]).say(lambda said: said.update(base=base)).write()
    ana.receive(second)
    second.unlink()
    assert [each.state for each in ana.receive(first)] == [APPLIED, APPLIED]
    with ana.here() as desk:
        receiving.take_back(desk, str(receiving.last_receive(desk)))
    assert waiting(ana) == 1
    assert [each.state for each in ana.receive(first)] == [APPLIED, APPLIED]
    assert (waiting(ana), ana.log()) == (0, chen.log())


def test_an_erasing_alone_is_noticed_told_and_leaves_nothing(ana: Laptop, chen: Laptop) -> None:
    person = ana.add("person", "name.family=Zimmermann", "name.given=Korbinian", "notes=Zimmermann sings")
    chen.receive(ana.give("1.ucapx"))
    with ana.here() as desk:
        privacy.erase(desk, person, "Korbinian Zimmermann")
        assert desk.read.trash() == []
        with pytest.raises(NoSuchRecord):
            records.untrash(desk, person)
    package = ana.give("2.ucapx")
    (preview,) = chen.receive(package, dry_run=True)
    assert (preview.erased, preview.updated, preview.new, preview.trashed) == (1, 0, 0, 0)
    told: list[frozenset[tuple[str, str]]] = []
    chen.desk.subscribe(lambda change: told.append(change.records))
    chen.receive(package)
    assert any(id_ == person for records_ in told for _, id_ in records_)
    with chen.here() as desk:
        backups = list(desk.workspace.backups.iterdir())
        desk.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert b"Zimmermann" not in (desk.workspace.path / "store.db").read_bytes()
    assert backups  # these hold it still, and the program says so
    assert chen.digest() == ana.digest()


def test_a_package_holds_the_newest_files_where_all_would_be_too_much(
    ana: Laptop, chen: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new = scan(ana, tmp_path, "1986"), scan(ana, tmp_path, "2026")
    monkeypatch.setattr(container, "LARGEST_PACKAGE", 30_000)
    with ana.here() as desk:
        given = ana.given(desk, "1.ucapx")
    assert (given.files, given.left_out) == (1, 1)
    (report,) = chen.receive(given.file)
    assert [each.sha256 for each in report.manifest.left_out] == [old]  # type: ignore[union-attr]
    assert [chen.desk.workspace.files.has(each) for each in (old, new)] == [False, True]


def test_what_is_being_typed_is_never_lost_by_taking_a_receive_back(ana: Laptop, chen: Laptop) -> None:
    (meeting,) = records.listing(ana.desk, "meeting")
    chen.add("meeting", "title.en=Theirs")
    ana.receive(chen.give("1.ucapx"))
    with ana.here() as desk:
        bundle = exchange_service.undoable(desk)
        draft_texts.keep(desk, "meeting", meeting, "title.en", "Half a", desk.heads(meeting))
        with pytest.raises(Exception, match="Something was written after this package was received"):
            exchange_service.undo_receive(desk, str(bundle))
    assert ana.text(meeting) == "Half a"


def test_who_joins_is_told_of_files_that_have_yet_to_arrive(ana: Laptop, tmp_path: Path, qtbot: QtBot) -> None:
    """Left out, or damaged on the way; the check of the workspace tells it as well."""
    scan(ana, tmp_path, "1986")
    told_once = "1 file is not here yet; it comes with the next package from a colleague who has it."
    for name, files in (("whole", True), ("without", False)):
        package = ana.give(f"{name}.ucapx", files=files)
        place = tmp_path / name
        done = CliRunner().invoke(cli, ["join", str(place), str(package), "--person", "Bo", "--lang", "en"])
        assert (told_once in done.output) is not files, done.output
        done = CliRunner().invoke(cli, ["check", str(place), "--lang", "en"])
        assert done.output.startswith("All is well: "), done.output
        assert (told_once in done.output) is not files
        with Desk.open(place) as desk:
            dialog = JoinDialog(desk, None, "Bo")
            qtbot.addWidget(dialog)
            assert (told_once in [each.text() for each in dialog.findChildren(QLabel)]) is not files


@pytest.mark.rule("X8", "R29")
def test_the_sample_is_neither_given_nor_received(chen: Laptop, ana: Laptop, tmp_path: Path) -> None:
    package = chen.give("1.ucapx")
    with ana.here() as desk:
        desk.mark("sample")
        for refused in (
            lambda: exchange_service.give(desk, tmp_path / "x.ucapx"),
            lambda: exchange_service.give_into(desk, tmp_path),
            lambda: exchange_service.receive(desk, [package]),
        ):
            with pytest.raises(Exception, match="only for trying things out"):
                refused()
    assert not (tmp_path / "x.ucapx").exists()


@pytest.mark.rule("X1", "R31")
def test_it_is_said_when_nothing_was_given_for_a_week_and_on_a_visit_for_a_day(ana: Laptop) -> None:
    from ucapdesk.ui.exchange import exchange_words

    def days(later: int) -> tuple[int, str]:
        ana.clock.tick(86_400 * later)
        with ana.here() as desk:
            standing = exchange_service.standing(desk)
        return standing.days, exchange_words.chip(standing)[0]

    assert days(30) == (0, "Nothing to send")
    ana.give("2.ucapx")
    ana.add("meeting", "title.en=More")
    assert days(6) == (0, "1 to send")
    assert days(1) == (7, "Not sent for 7 days")
    ana.give("3.ucapx")
    assert days(0) == (0, "Nothing to send")
    ana.add("visit", "title.en=Visit", "dates=2026-11-01/2027-02-28")
    assert days(0)[0] == 0
    assert days(1) == (1, "Not sent for 1 day")
