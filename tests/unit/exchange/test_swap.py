"""Two laptops swap their work by files: what arrives, and what becomes of the files."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.helpers.errors import user_error
from tests.unit.exchange.forge import Forged
from tests.unit.exchange.laptops import Laptop, agree, joined, only
from ucapdesk.base import files
from ucapdesk.base.i18n import use_language
from ucapdesk.base.json_text import loads
from ucapdesk.cli import cli
from ucapdesk.exchange import container, devices, manifest, receiving
from ucapdesk.exchange.arrival import PACKAGE
from ucapdesk.exchange.giving import give
from ucapdesk.exchange.reports import APPLIED, KNOWN, REFUSED, WAITING
from ucapdesk.services import home
from ucapdesk.services.exchange import conflicts, exchange_service
from ucapdesk.services.files.paper_questions import to_decide
from ucapdesk.services.people import privacy
from ucapdesk.services.records import attached_files, draft_texts, history, records
from ucapdesk.store.desk import Desk
from ucapdesk.store.refusals import NoSuchRecord
from ucapdesk.ui.exchange.exchange_dialogs import JoinDialog


def test_who_joins_has_everything(ana: Laptop, chen: Laptop) -> None:
    agree(ana, chen)
    assert chen.text(only(chen), "title.zh") == "开幕式"
    assert chen.desk.workspace.name == "Liuzhou"


def test_work_of_both_arrives_at_both(ana: Laptop, chen: Laptop) -> None:
    ana.edit(only(ana), "title.en=Opening session")
    made = chen.add("meeting", "title.zh=会谈")
    (report,) = ana.receive(chen.give("1.ucapx"))
    assert (report.state, report.new, report.updated, report.conflicts) == (APPLIED, 1, 0, 0)
    (report,) = chen.receive(ana.give("2.ucapx"))
    assert (report.new, report.updated) == (0, 1)
    agree(ana, chen)
    assert ana.text(made, "title.zh") == "会谈"


def test_the_same_file_again_changes_nothing_at_all(ana: Laptop, chen: Laptop) -> None:
    chen.edit(only(chen), "title.en=Changed")
    package = chen.give("1.ucapx")
    ana.receive(package)
    writes = ana.desk.db.total_changes
    (report,) = ana.receive(package)
    assert report.state == KNOWN
    assert ana.desk.db.total_changes == writes


def test_a_file_with_nothing_new_is_known_and_says_who_has_what(ana: Laptop, chen: Laptop) -> None:
    (report,) = ana.receive(chen.give("1.ucapx"))
    assert report.state == KNOWN
    with ana.here() as desk:
        (_, other) = devices.listed(desk)
    assert (other.person, other.has) == ("Chen Yan", 1)


@pytest.mark.rule("R32")
def test_a_preview_counts_what_then_happens_and_writes_nothing(ana: Laptop, chen: Laptop) -> None:
    chen.edit(only(chen), "title.en=Theirs")
    chen.add("meeting", "title.en=New")
    chen.trash(chen.add("meeting", "title.en=Gone"))
    ana.edit(only(ana), "title.en=Ours")
    package, before = chen.give("1.ucapx"), (ana.digest(), ana.log())
    (preview,) = ana.receive(package, dry_run=True)
    assert (ana.digest(), ana.log()) == before
    (report,) = ana.receive(package)
    assert preview.to_json() == report.to_json()
    assert (report.new, report.updated, report.trashed, report.conflicts) == (1, 1, 1, 1)


def test_both_changed_the_same_field_and_both_values_stay(ana: Laptop, chen: Laptop) -> None:
    ana.edit(only(ana), "title.en=Ours")
    chen.clock.tick(10)
    chen.edit(only(chen), "title.en=Theirs")
    ana.receive(chen.give("1.ucapx"))
    chen.receive(ana.give("2.ucapx"))
    agree(ana, chen)
    (question,) = ana.desk.questions()
    assert [candidate.value for candidate in question.candidates] == ["Theirs", "Ours"]
    with ana.here() as desk:
        with user_error("not-files", match="“Title · English” is not a file"):
            conflicts.keep_all(desk, conflicts.conflicts(desk)[0])
        desk.decide(question.id, question.cell, "Ours")
    chen.receive(ana.give("3.ucapx"))
    assert (chen.desk.questions(), chen.text(only(chen))) == ([], "Ours")
    agree(ana, chen)


@pytest.mark.rule("R36")
@pytest.mark.law("P2")
def test_both_changed_the_same_file_and_both_files_travel_and_can_stay(
    ana: Laptop, chen: Laptop, tmp_path: Path
) -> None:
    plan = tmp_path / "plan.pdf"
    plan.write_bytes(b"of both")
    with ana.here() as desk:
        (file,) = attached_files.attach(desk, only(ana), [plan])
    chen.receive(ana.give("1.ucapx"))
    for number, laptop in enumerate((ana, chen), 1):
        laptop.clock.tick(10 * number)
        plan.write_bytes(f"of {laptop.name}".encode())
        with laptop.here() as desk:
            attached_files.put_back(desk, file, plan)
    ana.receive(chen.give("2.ucapx"))
    chen.receive(ana.give("3.ucapx"))
    agree(ana, chen)
    with chen.here() as desk:
        (conflict,) = conflicts.conflicts(desk)
        said = {each.person: desk.workspace.files.read(each.value["sha256"]) for each in conflict.candidates}
        assert said == {"Ana": b"of Ana", "Chen Yan": b"of Chen Yan"}
        conflicts.keep_all(desk, conflict)
    ana.receive(chen.give("4.ucapx"))
    agree(ana, chen)
    with ana.here() as desk:
        kept = {
            each.file.name: desk.workspace.files.read(str(each.file.sha256))
            for each in attached_files.of(desk, only(ana))
            if each.file
        }
        assert kept == {"plan.pdf": b"of Chen Yan", "plan (Ana).pdf": b"of Ana"}
        assert conflicts.conflicts(desk) == []
    with chen.here() as desk:
        history.undo(desk)
        assert len(conflicts.conflicts(desk)) == 1
        assert [each.file.name for each in attached_files.of(desk, only(chen)) if each.file] == ["plan.pdf"]


def test_several_files_are_taken_in_whatever_order_they_fit(ana: Laptop, chen: Laptop, tmp_path: Path) -> None:
    bo = joined(tmp_path / "bo", chen.give("0.ucapx"), "Bo")
    chen.edit(only(chen), "title.en=Chen's")
    first = chen.give("1.ucapx")
    bo.receive(first)
    bo.add("meeting", "title.en=Bo's")
    reports = ana.receive(bo.give("2.ucapx"), first)
    assert [report.state for report in reports] == [APPLIED, KNOWN]
    agree(ana, bo)
    bo.desk.close()


def test_attachments_travel_and_are_asked_for_where_they_were_left_out(
    ana: Laptop, chen: Laptop, tmp_path: Path
) -> None:
    scan = tmp_path / "扫描.pdf"
    scan.write_bytes(bytes(range(256)) * 20_000)
    with ana.here() as desk:
        attached_files.attach(desk, only(ana), [scan])
    chen.receive(ana.give("1.ucapx", files=False))
    (attached,) = records.listing(chen.desk, "attachment")
    sha256 = records.get(chen.desk, attached).file.sha256  # type: ignore[attr-defined]
    assert not chen.desk.workspace.files.has(sha256)
    (report,) = ana.receive(chen.give("2.ucapx"))
    assert report.manifest is not None
    assert report.manifest.want == (sha256,)
    chen.add("meeting", "title.en=In between")
    ana.receive(chen.give("3.ucapx"))
    ana.add("meeting", "title.en=More")
    chen.receive(ana.give("4.ucapx"))
    assert chen.desk.workspace.files.read(sha256) == scan.read_bytes()
    agree(ana, chen)


def test_a_new_laptop_is_asked_about_and_its_package_waits(ana: Laptop, chen: Laptop) -> None:
    made = chen.add("meeting", "title.en=From a stranger")
    package, before = chen.give("1.ucapx"), ana.digest()
    (report,) = ana.receive(package, accept=False)
    assert (report.state, report.code) == (WAITING, "E05")
    assert ana.digest() == before
    package.unlink()  # the stick is gone; the copy waits
    assert ana.receive(accept=True) == []  # that accepts the givers of files, and there are none
    assert report.manifest is not None
    later = ana.receive(accept=[report.manifest.sender.device])
    assert [each.state for each in later] == [APPLIED]
    assert ana.text(made) == "From a stranger"


def test_a_giver_vouches_for_the_laptops_in_his_packages(ana: Laptop, chen: Laptop, tmp_path: Path) -> None:
    ana.receive(chen.give("1.ucapx"))
    bo = joined(tmp_path / "bo", chen.give("2.ucapx"), "Bo")
    bo.add("meeting", "title.en=Bo's")
    chen.receive(bo.give("3.ucapx"))
    ana.receive(chen.give("4.ucapx"))
    (report,) = ana.receive(bo.give("5.ucapx"), accept=False)
    assert report.state == KNOWN
    bo.desk.close()


def test_a_blocked_laptop_is_refused_until_it_is_accepted_again(ana: Laptop, chen: Laptop) -> None:
    ana.receive(chen.give("1.ucapx"))
    with ana.here() as desk:
        other = devices.listed(desk)[1].id
        devices.block(desk, other)
    chen.add("meeting", "title.en=More")
    package, before = chen.give("2.ucapx"), ana.digest()
    (report,) = ana.receive(package)
    assert (report.state, report.code, ana.digest()) == (REFUSED, "E06", before)
    with ana.here() as desk:
        devices.accept(desk, other)
    (report,) = ana.receive(package)
    assert report.state == APPLIED


def test_a_laptop_is_named_by_the_beginning_of_its_id_where_no_other_begins_so(ana: Laptop, chen: Laptop) -> None:
    ana.receive(chen.give("1.ucapx"))
    with ana.here() as desk:
        own = desk.me().device_id
        [other] = [each.id for each in devices.listed(desk) if each.id != own]
        at = next(n for n, (mine, theirs) in enumerate(zip(own, other, strict=True)) if mine != theirs)
        for none in ("", "1", other + "0", *([other[:at]] if at else [])):
            with user_error("no-such-device"):
                devices.block(desk, none)
        with user_error("not-yourself"):
            devices.block(desk, own[: at + 1])
        for do, trust in ((devices.block, devices.BLOCKED), (devices.accept, devices.KNOWN)):
            do(desk, other[: at + 1].upper())
            assert [each.trust for each in devices.listed(desk) if each.id == other] == [trust]
        devices.retire(desk, other[: at + 1])
        assert devices.retired(desk) == {other}


def test_everybody_hears_that_a_laptop_is_no_longer_used(ana: Laptop, chen: Laptop) -> None:
    with ana.here() as desk:
        gone = devices.listed(desk)[0].id
    with chen.here() as desk:
        devices.retire(desk, gone)
    ana.receive(chen.give("1.ucapx"))
    assert devices.retired(ana.desk) == {gone}
    agree(ana, chen)


def test_a_receive_is_taken_back_as_a_whole(ana: Laptop, chen: Laptop) -> None:
    before, writes = ana.digest(), ana.desk.log.vector()
    chen.edit(only(chen), "title.en=Theirs")
    package = chen.give("1.ucapx")
    ana.receive(package)
    with ana.here() as desk:
        bundle = receiving.last_receive(desk)
        assert bundle is not None
        receiving.take_back(desk, bundle)
        assert desk.log.vector() == writes
    assert ana.digest() == before
    ana.check()
    (report,) = ana.receive(package)
    assert report.state == APPLIED
    agree(ana, chen)


def test_a_receive_is_not_taken_back_over_later_work(ana: Laptop, chen: Laptop) -> None:
    chen.edit(only(chen), "title.en=Theirs")
    (report,) = ana.receive(chen.give("1.ucapx"))
    ana.add("meeting", "title.en=Later")
    assert report.manifest is not None
    with ana.here() as desk, user_error("written-since-received"):
        receiving.take_back(desk, report.manifest.bundle_id)


def test_given_into_a_folder_it_gets_a_name_that_says_whose_it_is(ana: Laptop, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    with ana.here() as desk:
        given = ana.given(desk, "stick")
    assert given.file.parent == tmp_path / "stick"
    assert given.file.name.startswith("UCAP_Liuzhou_Ana_")


def test_texts_that_were_merged_by_themselves_are_nothing_to_decide_anywhere(ana: Laptop, chen: Laptop) -> None:
    id_ = ana.add("meeting", "title.zh=圆桌", "summary.zh=开幕。讨论水务。讨论能源。结束。")
    chen.receive(ana.give("first.ucapx"))
    ana.edit(id_, "summary.zh=欢迎。开幕。讨论水务。讨论能源。结束。")
    chen.edit(id_, "summary.zh=开幕。讨论水务。讨论能源。签字。")
    chen.receive(ana.give("second.ucapx"))
    with chen.here() as desk:
        assert chen.text(id_, "summary.zh") == "欢迎。开幕。讨论水务。讨论能源。签字。"
        assert desk.questions(), "it is told"
        assert conflicts.conflicts(desk) == []
        assert to_decide(desk) == home.exchange_counts(desk).to_decide == 0


def test_long_chinese_names_fit_into_the_name_of_a_package(tmp_path: Path) -> None:
    with Desk.create(tmp_path / "w", name="柳州" * 40, person="王伟" * 40) as desk:
        given = give(desk, tmp_path)
        assert given.file.name.startswith("UCAP_柳州柳州")
        assert "王伟王伟" in given.file.name


def test_another_number_is_read_as_its_reader_writes_numbers(ana: Laptop, chen: Laptop) -> None:
    place = ana.add("place", "name.en=Brescia", "population=196600")
    chen.receive(ana.give("place.ucapx"))
    ana.edit(place, "population=196700")
    chen.edit(place, "population=196800")
    ana.receive(chen.give("other.ucapx"))
    (open_,) = conflicts.conflicts(ana.desk)
    use_language("de")
    with ana.here() as desk:
        conflicts.choose_other(desk, open_, "196.900")
    assert records.get(ana.desk, place).population.value == 196_900  # type: ignore[attr-defined]


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
    for name, along in (("whole", True), ("without", False)):
        package = ana.give(f"{name}.ucapx", files=along)
        place = tmp_path / name
        done = CliRunner().invoke(cli, ["join", str(place), str(package), "--person", "Bo", "--lang", "en"])
        assert (told_once in done.output) is not along, done.output
        done = CliRunner().invoke(cli, ["check", str(place), "--lang", "en"])
        assert done.output.startswith("All is well: "), done.output
        assert (told_once in done.output) is not along
        with Desk.open(place) as desk:
            dialog = JoinDialog(desk, None, "Bo")
            qtbot.addWidget(dialog)
            assert (told_once in [each.text() for each in dialog.findChildren(QLabel)]) is not along


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


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    names: list[str] = []
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(files, "write_stream", lambda file, *_: names.append(file.name))
    return names


def test_what_a_colleague_attached_is_marked_wherever_it_goes(
    ana: Laptop, chen: Laptop, tmp_path: Path, marked: list[str]
) -> None:
    scan = tmp_path / "扫描.pdf"
    scan.write_bytes(b"%PDF-1.7")
    with ana.here() as desk:
        (id_,) = attached_files.attach(desk, records.listing(desk, "meeting")[0], [scan])
        attached_files.open_copy(desk, id_)
        attached_files.save_as(desk, id_, tmp_path / "own.pdf")
    assert marked == []
    chen.receive(ana.give("1.ucapx"))
    with chen.here() as desk:
        copy = attached_files.open_copy(desk, id_)
        attached_files.save_as(desk, id_, tmp_path / "hers.pdf")
        assert marked == ["扫描.pdf.part", "hers.pdf.part"]  # before they have the name under which they are found
        copy.write_bytes(b"%PDF-1.7 signed")
        attached_files.put_back(desk, id_, copy)
        attached_files.save_as(desk, id_, tmp_path / "signed.pdf")
    assert len(marked) == 2, "it is hers now"
    ana.receive(chen.give("2.ucapx"))
    with ana.here() as desk:
        attached_files.save_as(desk, id_, tmp_path / "back.pdf")
    assert marked[2:] == ["back.pdf.part"]
