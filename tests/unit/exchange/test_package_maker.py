"""The tests' own package maker writes what the program reads, and reads what the program writes, without its code."""

from __future__ import annotations

import ast
from pathlib import Path

from tests.helpers import package_maker
from tests.helpers.package_maker import Hand, Log, Opened, Parcel, blanked, spelled
from tests.unit.exchange.laptops import Laptop, joined
from ucapdesk.base.ids import new_id
from ucapdesk.exchange.receive.receive_report import APPLIED


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
