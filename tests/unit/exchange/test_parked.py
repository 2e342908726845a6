"""What waits is told apart by what it holds, has bounds, is listed, and can be let go."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers.package_maker import Hand, Log, Opened, Parcel
from tests.unit.exchange.laptops import Laptop, joined, later_one, told
from tests.unit.exchange.strangers import asked, strange
from ucapdesk.base.clock import local_time, moment
from ucapdesk.exchange import container, waiting_packages
from ucapdesk.exchange.reports import APPLIED, DISCARDED, KNOWN, REFUSED, WAITING
from ucapdesk.services.exchange import exchange_service
from ucapdesk.services.people import privacy

MB = 10**6
DAY = 86_400


def test_no_file_that_takes_its_name_drops_one_that_waits(ana: Laptop, chen: Laptop, tmp_path: Path) -> None:
    """Neither one of a stranger, nor one of Chen's that comes in."""
    ana.receive(chen.give("0.ucapx"))
    made, first, second, builds_on = later_one(chen, tmp_path)
    (report,) = ana.receive(second)
    assert report.state == WAITING
    bundle, hand = builds_on.said["bundle_id"], Hand.of(chen.config, "Chen Yan")
    li = Hand("Li")
    false = Parcel(ana.desk.workspace.id, li, [Log(ana.desk.workspace.id, li)])
    false.said["bundle_id"] = bundle
    ana.receive(false.write(tmp_path / "false.ucapx"), accept=False)
    own = Opened(chen.give("3.ucapx"))
    known = own.with_log(hand, own.log_of(hand).branch(0))
    known.said["bundle_id"] = bundle
    ana.receive(known.write(tmp_path / "known.ucapx"))
    with ana.here() as desk:
        assert "2 alone.ucapx" in [each.file for each in waiting_packages.listed(desk)]
    reports = ana.receive(first)
    assert APPLIED in [each.state for each in reports]
    assert ana.text(made) == "Second"


def test_one_comes_in_with_the_package_that_vouches_for_its_laptop(ana: Laptop, tmp_path: Path) -> None:
    start = ana.give("start.ucapx")
    bo, chen = (joined(tmp_path / name, start, name) for name in ("bo", "chen"))
    ana.receive(chen.give("known.ucapx"))
    made = chen.add("meeting", "title.en=Chen's")
    strange = chen.give("strange.ucapx")
    assert bo.receive(strange, accept=False)[0].state == WAITING
    shown: list[tuple[int, int]] = []
    told = bo.receive(ana.give("vouches.ucapx"), accept=False, progress=lambda *step: shown.append(step))
    assert shown == [], "it can be cancelled until the files are in, and these tell nothing new"
    assert [(each.file, each.state) for each in told] == [("vouches.ucapx", KNOWN), ("strange.ucapx", APPLIED)]
    assert bo.text(made) == "Chen's"
    with bo.here() as desk:
        assert not waiting_packages.listed(desk)


def test_what_came_in_with_another_one_is_undone_with_it(ana: Laptop, tmp_path: Path) -> None:
    start = ana.give("start.ucapx")
    bo, chen = (joined(tmp_path / name, start, name) for name in ("bo", "chen"))
    chen.add("meeting", "title.en=Chen's")
    ana.receive(chen.give("known.ucapx"))
    chen.add("meeting", "title.en=Chen's second")
    bo.receive(chen.give("strange.ucapx"), accept=False)
    before = bo.digest(), bo.log()
    vouches = ana.give("vouches.ucapx")
    for _ in range(2):
        told = bo.receive(vouches, accept=False)
        assert [each.state for each in told] == [APPLIED, APPLIED]
        with bo.here() as desk:
            exchange_service.undo_receive(desk, str(exchange_service.undoable(desk)))
            assert [each.file for each in waiting_packages.listed(desk)] == ["strange.ucapx"]
        assert (bo.digest(), bo.log()) == before
        bo.check()


def test_one_that_is_dropped_with_the_data_of_a_person_is_told(ana: Laptop, tmp_path: Path) -> None:
    people = [ana.add("person", f"name.family={name}") for name in ("Zhang", "Rossi")]
    start = ana.give("start.ucapx")
    bo, chen, eva = (joined(tmp_path / name, start, name) for name in ("bo", "Chen", "Eva"))
    for each in (chen, eva):
        each.add("meeting", "title.en=Theirs")
    first, second = chen.give("first.ucapx"), eva.give("second.ucapx")
    bo.receive(first, accept=False)
    with ana.here() as desk:
        privacy.erase(desk, people[0], "Zhang")
    with bo.here() as desk:
        reports = exchange_service.receive(desk, [second, ana.give("erasing.ucapx")])
        (said,) = [each for report in reports for each in report.say_consequences()]
        assert "first.ucapx (Chen), second.ucapx (Eva). Ask their senders" in said
        assert not waiting_packages.listed(desk)
        reports = exchange_service.receive(desk, [first])
        assert not [each for report in reports for each in report.say_consequences()]
    assert "1 package that waited was dropped" in told(bo, "erase", people[1], "--confirm", "Rossi")


def test_files_come_in_together_in_any_order(ana: Laptop, tmp_path: Path) -> None:
    start = ana.give("start.ucapx")
    bo, chen = (joined(tmp_path / name, start, name) for name in ("bo", "chen"))
    chen.add("meeting", "title.en=Chen's")
    strange = chen.give("strange.ucapx")
    ana.receive(strange)
    told = bo.receive(strange, ana.give("vouches.ucapx"), accept=False)
    assert {each.file: each.state for each in told} == {"vouches.ucapx": APPLIED, "strange.ucapx": KNOWN}


def test_large_packages_of_strangers_do_not_fill_the_disk(ana: Laptop, tmp_path: Path) -> None:
    packages = [strange(ana.desk.workspace.id, tmp_path, Hand(f"Stranger {n}"), 60 * MB) for n in range(3)]
    reports = ana.receive(*packages, accept=False)
    assert [(each.state, each.code) for each in reports] == [(WAITING, "E05"), (REFUSED, "E05"), (REFUSED, "E05")]
    assert reports[1].code == "E05"
    assert ana.desk.workspace.files.path.stat().st_size < container.LARGEST_STRANGE
    again = ana.receive(packages[0], accept=False)
    assert again[0].state == WAITING
    with ana.here() as desk:
        (kept,) = waiting_packages.listed(desk)
        assert (kept.person, kept.label, kept.size > 60 * MB, kept.is_strange) == ("Stranger 0", "ThinkPad", True, True)


def test_many_small_ones_of_strangers_have_a_bound_and_take_nobody_s_place(
    ana: Laptop, chen: Laptop, tmp_path: Path
) -> None:
    ana.receive(chen.give("0.ucapx"))
    _, _, second, _ = later_one(chen, tmp_path)
    ana.receive(second)
    for n in range(container.MOST_STRANGE + 3):
        ana.receive(strange(ana.desk.workspace.id, tmp_path, Hand(f"Stranger {n}")), accept=False)
    with ana.here() as desk:
        waiting = waiting_packages.listed(desk)
    assert sum(each.is_strange for each in waiting) == container.MOST_STRANGE
    assert [each.file for each in waiting if not each.is_strange] == ["2 alone.ucapx"]


def test_those_of_accepted_laptops_go_by_age_and_number(
    ana: Laptop, chen: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana.receive(chen.give("0.ucapx"))
    _, _, second, builds_on = later_one(chen, tmp_path)
    monkeypatch.setattr(container, "MOST_WAITING", 2)
    for n in range(3):
        ana.clock.tick(1)
        ana.receive(builds_on.with_blob(bytes([n])).write(tmp_path / f"{n}.ucapx"))
    with ana.here() as desk:
        assert [each.file for each in waiting_packages.listed(desk)] == ["2.ucapx", "1.ucapx"]
        gone = [each.file for each in exchange_service.received(desk) if each.state == DISCARDED]
    assert gone == ["0.ucapx"]
    ana.clock.tick(container.WAITS_DAYS * DAY + 1)
    ana.receive(second)
    with ana.here() as desk:
        assert [each.file for each in waiting_packages.listed(desk)] == ["2 alone.ucapx"]


def test_what_waits_is_listed_and_let_go_at_the_command_line(
    ana: Laptop, tmp_path: Path, computer_zone: Callable[[str], None]
) -> None:
    computer_zone("Asia/Shanghai")
    packages = [strange(ana.desk.workspace.id, tmp_path, Hand(f"Stranger {n}"), MB) for n in range(2)]
    ana.receive(*packages, accept=False)
    size = ana.desk.workspace.files.sizes(ana.desk.workspace.files.all())
    _, said, _ = asked(ana, "waiting", "--json")
    rows = json.loads(said)
    assert {(each["person"], each["code"], each["bytes"] > MB) for each in rows} == {
        ("Stranger 0", "E05", True), ("Stranger 1", "E05", True)
    }  # fmt: skip
    assert {each["since"] for each in rows} == {f"{local_time(moment(ana.clock())):%Y-%m-%d %H:%M}"}
    code, said, _ = asked(ana, "waiting", "--discard", rows[0]["id"][:8])
    assert (code, "Discarded" in said, rows[0]["id"][:12] in said.splitlines()[-1]) == (0, True, False)
    assert set(ana.desk.workspace.files.all()) == set(size) - {rows[0]["id"]}
    for none in (rows[0]["id"], ""):  # a script whose variable is empty
        code, _, said = asked(ana, "waiting", "--discard", none)
        assert (code, "No waiting package" in said) == (1, True)
    for option in ("--block", "--accept", "--retire"):
        code, _, said = asked(ana, "devices", option, "")
        assert (code, "No laptop" in said) == (1, True)
    report, *_ = ana.receive(next(each for each in packages if each.name == rows[0]["file"]), accept=True)
    assert report.state == APPLIED


def test_a_package_that_came_is_not_offered_again_and_one_of_its_name_is(
    ana: Laptop, chen: Laptop, tmp_path: Path
) -> None:
    """A stranger's file under the name of a package that is still to come does not hide that one."""
    chen.add("meeting", "title.en=Theirs")
    good = chen.give("good.ucapx")
    li = Hand("Li")
    false = Parcel(ana.desk.workspace.id, li, [Log(ana.desk.workspace.id, li)])
    false.said["bundle_id"] = Opened(good).said["bundle_id"]
    forged = false.write(tmp_path / "false.ucapx")
    ana.receive(forged, accept=False)
    with ana.here() as desk:
        assert not exchange_service.concerns(desk, forged)
        assert exchange_service.concerns(desk, good)
    ana.receive(good)
    with ana.here() as desk:
        assert not exchange_service.concerns(desk, good)
