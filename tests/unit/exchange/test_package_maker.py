"""The tests' own package maker writes what the program reads, and reads what the program writes, without its code."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.helpers import package_maker
from tests.helpers.package_maker import Hand, Log, Opened, Parcel, blanked, spelled
from tests.unit.exchange.laptops import Laptop, joined
from ucapdesk.base.ids import new_id
from ucapdesk.exchange.reports import APPLIED


def test_it_imports_nothing_of_the_program() -> None:
    tree = ast.parse(Path(package_maker.__file__).read_text())
    names = [n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]
    names += [alias.name for n in ast.walk(tree) if isinstance(n, ast.Import) for alias in n.names]
    assert not [name for name in names if name.startswith(("ucapdesk", "tests"))]


def test_a_package_made_by_hand_is_received(ana: Laptop, tmp_path: Path) -> None:
    li, meeting = Hand("李明 “Li”\\"), new_id()
    log = Log(ana.desk.workspace.id, li).save(["meeting", meeting, {"title.en": "By hand"}])
    log.save(["meeting", meeting, {"title.zh": "手工"}], p="")
    (report,) = ana.receive(Parcel(log.workspace, li, [log]).write(tmp_path / "1.ucapx"))
    assert (report.state, report.new) == (APPLIED, 1), report.why
    assert ana.text(meeting, "title.zh") == "手工"
    ana.check()


def tree(package: Opened) -> set[tuple[str, str, int, str]]:
    return {(each["id"], each["of"], each["after"], each["head"]["sig"]) for each in package.said["branches"]}


@pytest.mark.parametrize("after", [0, 1, 2])
def test_branches_made_by_hand_are_received_and_handed_on(
    ana: Laptop, chen: Laptop, tmp_path: Path, after: int
) -> None:
    li, made = Hand("Li"), [new_id() for _ in range(6)]
    log = Log(ana.desk.workspace.id, li)
    for n in (0, 1):
        log.save(["meeting", made[n], {"title.en": f"Meeting {n}"}])
    twin = log.branch(after).save(["meeting", made[2], {"title.en": "Of the twin"}])
    third = twin.branch(twin.seq).save(["meeting", made[3], {"title.en": "Of the third"}])
    twin.save(["meeting", made[4], {"title.en": "Of the twin again"}])
    log.save(["meeting", made[5], {"title.en": "Of Li"}])
    package = Parcel(log.workspace, Hand("Mo"), [log, twin, third]).write(tmp_path / "1.ucapx")
    (report,) = ana.receive(package)
    assert (report.state, report.new, report.parted) == (APPLIED, 6, (li.id,)), report.why
    ana.check()
    given = Opened(ana.give("2.ucapx"))
    assert tree(given) == tree(Opened(package))
    hand = Hand.of(chen.config, "Chen Yan")
    (report,) = chen.receive(given.with_log(Hand("Mo")).write(tmp_path / "3.ucapx"))
    assert report.state == APPLIED, report.why
    assert given.log_of(li, given.said["branches"][-1]["id"]).seq > after
    assert (chen.digest(), hand.id) == (ana.digest(), chen.desk.me().device_id)


def test_a_real_package_taken_apart_and_gone_on_with_is_received(ana: Laptop, chen: Laptop, tmp_path: Path) -> None:
    chen.add("meeting", "title.en=Mine")
    opened, hand = Opened(chen.give("1.ucapx")), Hand.of(chen.config, "Chen Yan")
    log, person = opened.log_of(hand), new_id()
    assert log.seq == 1
    assert opened.said["devices"][0]["head"] == log.head()
    row = spelled(["person", person, {"family": "X"}])
    log.save(blanked(row, "person", person)).save(["~erase", person, {"kind": "person", "names": []}])
    (report,) = ana.receive(opened.with_log(hand, log).write(tmp_path / "2.ucapx"))
    assert report.state == APPLIED, report.why
    assert joined(tmp_path / "eva", ana.give("3.ucapx"), "Eva").log() == ana.log()
