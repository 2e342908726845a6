"""Two laptops swap their work by files."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.errors import user_error
from tests.unit.exchange.laptops import Laptop, agree, joined, only
from ucapdesk.base.i18n import use_language
from ucapdesk.exchange import devices, receiving
from ucapdesk.exchange.giving import give
from ucapdesk.exchange.reports import APPLIED, KNOWN, REFUSED, WAITING
from ucapdesk.services import home
from ucapdesk.services.exchange import conflicts
from ucapdesk.services.files.paper_questions import to_decide
from ucapdesk.services.records import attached_files, history, records
from ucapdesk.store.desk import Desk


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


@pytest.mark.law("P14")
def test_an_older_copy_put_back_goes_on_as_a_new_laptop(ana: Laptop, chen: Laptop, tmp_path: Path) -> None:
    import shutil

    ana.reopen()
    copy = shutil.copytree(ana.desk.workspace.path, tmp_path / "copy")
    ana.edit(only(ana), "title.en=Written, given, then lost")
    chen.receive(ana.give("1.ucapx"))
    ana.moved_back_to(copy)
    ana.add("meeting", "title.en=Written on the old copy")
    ana.receive(chen.give("2.ucapx"))
    chen.receive(ana.give("3.ucapx"))
    agree(ana, chen)
    assert chen.text(only_named(chen, "Written")) is not None


def only_named(laptop: Laptop, word: str) -> str:
    return records.listing(laptop.desk, "meeting", find=word)[0]


def test_a_package_is_never_written_over_a_file(ana: Laptop, tmp_path: Path) -> None:
    (tmp_path / "mine.ucapx").write_text("mine")
    with user_error("already-there"):
        ana.give("mine.ucapx")
    assert (tmp_path / "mine.ucapx").read_text() == "mine"


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
