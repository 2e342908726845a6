"""At the command line nobody's data goes unasked: in a terminal it is asked, elsewhere it takes an option."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.helpers.source_tree import ROOT
from tests.journeys.conftest import run
from tests.unit.exchange.laptops import Laptop, first_laptop, joined
from ucapdesk.exchange.errors import RemovesPeople
from ucapdesk.exchange.reports import APPLIED
from ucapdesk.services.people import privacy
from ucapdesk.services.records import duplicates, records
from ucapdesk.ui.exchange import exchange_words


@pytest.fixture
def erased(tmp_path: Path) -> tuple[Laptop, Path, str]:
    """Chen, whose window is closed, and a package of Ana's that removes a person."""
    ana = first_laptop(tmp_path / "ana", "Ana")
    person = ana.add("person", "name.family=Zhang", "name.given=Wei")
    chen = joined(tmp_path / "chen", ana.give("1.ucapx"), "Chen Yan")
    ana.receive(chen.give("2.ucapx"))
    with ana.here() as desk:
        privacy.erase(desk, person, "Wei Zhang")
    package = ana.give("3.ucapx")
    for laptop in (ana, chen):
        laptop.desk.close()
    return chen, package, person


def is_there(laptop: Laptop, person: str) -> bool:
    laptop.reopen()
    there = person in records.listing(laptop.desk, "person")
    laptop.desk.close()
    return there


def test_without_a_terminal_it_takes_an_option(erased: tuple[Laptop, Path, str]) -> None:
    chen, package, person = erased
    path = chen.desk.workspace.path
    with chen.here():
        looked = run("receive", path, package, "--dry-run")
        refused = run("receive", path, package)
    assert (looked.exit_code, "Wei Zhang" in looked.output) == (0, True)
    assert (refused.exit_code, "Wei Zhang" in refused.output, "--remove-people" in refused.output) == (1, True, True)
    assert is_there(chen, person)
    with chen.here():
        done = run("receive", path, package, "--remove-people", "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["files"][0]["removed"] == ["Wei Zhang"]
    assert not is_there(chen, person)


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of this kind is not to be had")
@pytest.mark.parametrize(("typed", "goes"), [("\n", False), ("n\n", False), ("y\n", True)])
def test_in_a_terminal_it_is_asked_and_enter_means_no(erased: tuple[Laptop, Path, str], typed: str, goes: bool) -> None:
    import pty
    import subprocess

    chen, package, person = erased
    ours, theirs = pty.openpty()
    command = [
        sys.executable,
        str(ROOT / "main.py"),
        "receive",
        str(chen.desk.workspace.path),
        str(package),
        "--lang",
        "en",
    ]
    environment = {**os.environ, "UCAPDESK_CONFIG": str(chen.config)}
    with subprocess.Popen(
        command, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment
    ) as process:
        os.write(ours, typed.encode())
        said, _ = process.communicate()
    for end in (ours, theirs):
        os.close(end)
    assert b"Wei Zhang. It cannot be undone. Remove and receive?" in said, said.decode()
    assert (process.returncode == 0) is goes, said.decode()
    assert is_there(chen, person) is not goes


def test_who_was_recorded_twice_is_one_person_and_each_has_their_own_name(tmp_path: Path) -> None:
    ana = first_laptop(tmp_path / "ana", "Ana")
    wei, again, short, other = (
        ana.add("person", f"name={name}") for name in ("Zhang Wei", "Zhang Wei", "Zhang W.", "Zhang Wei")
    )
    surna = [
        ana.add("person", *said) for said in (["name=Surna"], ["name_han=苏日娜"], ["name=Surna", "name_han=苏日娜"])
    ]
    with ana.here() as desk:
        duplicates.say_same(desk, wei, again)
        for each in surna[1:]:
            duplicates.say_same(desk, surna[0], each)
    for n, (whole, told) in enumerate(
        (((wei,), [["Zhang Wei"]]), ((short, other), [["Zhang W."], ["Zhang Wei"]]), (surna, [["Surna", "苏日娜"]]))
    ):
        chen = joined(tmp_path / f"Chen {n}", ana.give(f"for Chen {n}.ucapx"), "Chen")
        with ana.here() as desk:
            for each in () if whole is surna else whole[1:]:
                duplicates.say_same(desk, whole[0], each)
        ana.clock.tick(1)
        merged = ana.give(f"merged {n}.ucapx")
        chen.receive(merged)
        with ana.here() as desk:
            privacy.erase(desk, whole[0], privacy.all_names(desk, whole[0])[0])
        (report,) = chen.receive(ana.give(f"erased {n}.ucapx"))
        assert sorted(sorted(each.split(" / ")) for each in report.erasing) == told
        (said,) = [hint for hint in exchange_words.hints(report) if "removed for good" in hint]
        assert said.startswith(f"All data of {len(told)} p")
        chen.desk.close()
    ana.desk.close()


def test_several_people_at_once_are_asked_about_on_every_laptop_by_itself(tmp_path: Path) -> None:
    """The laptop that receives is the second that confirms; what another has agreed to counts for none but that one."""
    ana = first_laptop(tmp_path / "ana", "Ana")
    people = [ana.add("person", f"name.family={family}") for family in ("Zhang", "Rossi")]
    others = [joined(tmp_path / name, ana.give(f"{name}.ucapx"), name) for name in ("Chen", "Dora", "Eva")]
    with ana.here() as desk:
        for person, family in zip(people, ("Zhang", "Rossi"), strict=True):
            privacy.erase(desk, person, family)
    package = ana.give("all.ucapx")
    for laptop in others:
        asked: list[str] = []

        def no(names: Sequence[str], authors: Sequence[str], asked: list[str] = asked) -> bool:
            asked.append(privacy.say_removal(names, authors))
            return False

        before = laptop.digest(), laptop.log()
        with pytest.raises(RemovesPeople):
            laptop.receive(package, may_remove=no)
        (said,) = asked
        assert ("Zhang" in said, "Rossi" in said, "more than one person: call" in said) == (True, True, True)
        assert (laptop.digest(), laptop.log()) == before
        (report,) = laptop.receive(package, may_remove=lambda *_: True)
        assert (report.state, set(people) & set(records.listing(laptop.desk, "person"))) == (APPLIED, set())
        package = laptop.give(f"passed on by {laptop.name}.ucapx")
    for laptop in (ana, *others):
        laptop.desk.close()
