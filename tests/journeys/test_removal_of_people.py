"""The data of a person is removed for good: nobody's goes unasked, and no word of it stands in any byte of a workspace, nor of what is given from it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.helpers.marker_words import places
from tests.helpers.source_tree import ROOT
from tests.journeys.conftest import run
from tests.unit.exchange.laptops import Laptop, first_laptop, joined
from ucapdesk.base import logs
from ucapdesk.exchange.errors import RemovesPeople
from ucapdesk.exchange.reports import APPLIED, WAITING
from ucapdesk.model.listing import ListView
from ucapdesk.services.exchange import exchange_service
from ucapdesk.services.people import privacy
from ucapdesk.services.records import attached_files, draft_texts, duplicates, lists, records
from ucapdesk.services.workspaces import maintenance, workspace_service
from ucapdesk.store import drafts
from ucapdesk.store.desk import Desk
from ucapdesk.store.drafts import Draft
from ucapdesk.store.safety import leftovers
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


FAMILY, FILE, TEXT, HAN, INSIDE = "Zwetschgen", "Quittengelee", "Holunder", "鱻龘", "Mirabellen"
WORDS = (FAMILY, FILE, TEXT, HAN, INSIDE)


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[list[Laptop]]:
    """Ana, who knows somebody and all there is to know of them, and Chen, who has it from her. Bo waits at Chen's door."""
    ana = first_laptop(tmp_path / "ana")
    chen = joined(tmp_path / "chen", ana.give("0.ucapx"), "Chen Yan")
    bo = joined(tmp_path / "bo", ana.give("1.ucapx"), f"Bo {FAMILY}")
    yield [ana, chen, bo]
    for each in (ana, chen, bo):
        each.desk.close()


def told_everything(ana: Laptop, folder: Path) -> str:
    """A person with every sort of thing that can be said of one."""
    person = ana.add(
        "person", f"name.family={FAMILY}", "name.given=Bo", f"name_han.family={HAN}", f"email={TEXT}@example.org"
    )
    ana.edit(person, f"notes={TEXT} likes tea", f"tags={TEXT}")
    scan = folder / f"{FILE}.txt"
    scan.write_text(f"passport of {INSIDE} " * 30)
    with ana.here() as desk:
        (attached,) = attached_files.attach(desk, person, [scan])
        attached_files.open_copy(desk, attached)
        records.edit(desk, attached, {})
        desk.undo()
        desk.redo()
        desk.workspace.daily_copy()
        lists.keep_view(desk, FAMILY, ListView("person", find=FAMILY))
        desk.workspace.keep_copy("receive")
    scan.unlink()
    return person


def everywhere(laptop: Laptop, *more: Path) -> list[str]:
    """Where the words still stand with a laptop that was closed."""
    laptop.desk.close()
    return places([laptop.folder, *more], WORDS)


def test_no_byte_is_left(laptops: list[Laptop], tmp_path: Path) -> None:
    ana, chen, bo = laptops
    person = told_everything(ana, tmp_path)
    for each in (chen, bo):
        each.receive(ana.give(f"for {each.name}.ucapx"))
    bo.edit(person, f"notes={TEXT} likes coffee")
    package = bo.give(f"UCAP_Liuzhou_Bo-{FAMILY}_20261102.ucapx")
    for each in (chen, ana):
        (report,) = each.receive(package, accept=False)
        assert report.state == WAITING, report.why
    assert places([ana.folder], WORDS)
    with ana.here() as desk:
        drafts.keep(desk, Draft("person", person, "email", f"{TEXT}@b", {}))
        draft_texts.keep_line(desk, person, "affiliation", f"Director of {TEXT}")
        draft_texts.keep(desk, "affiliation", f"new:affiliation:{person}", "post.en", INSIDE, {})
        privacy.erase(desk, person, f"Bo {FAMILY}")
    given = ana.give("after.ucapx")
    (report,) = chen.receive(given, accept=False)
    assert report.state == APPLIED
    (report,) = chen.receive(package)
    assert report.state == APPLIED, report.why
    with chen.here() as desk:
        assert privacy.agree(desk)  # Bo wrote under that name, and two of three have asked now
    passed_on = chen.give("passed on.ucapx")
    for each in (ana, chen):
        each.check()
        left = everywhere(each, given, passed_on, logs.log_file().parent)
        assert not left, "\n".join(left)


def test_saved_views_go_where_the_removal_arrives(laptops: list[Laptop], tmp_path: Path) -> None:
    """With the package at once; where it was taken in otherwise, with the next opening."""
    ana, chen, bo = laptops
    person = ana.add("person", f"name.family={FAMILY}", "name.given=Bo")
    for each in (chen, bo):
        each.receive(ana.give(f"for {each.name}.ucapx"))
        with each.here() as desk:
            for name in (FAMILY, f"Bo {FAMILY}", "Lunch"):
                lists.keep_view(desk, name, ListView("person", find=name))
    with ana.here() as desk:
        privacy.erase(desk, person, f"Bo {FAMILY}")
    package = ana.give("after.ucapx")
    with chen.here() as desk:
        exchange_service.receive(desk, [package], dry_run=True)
        assert len(lists.saved_views(desk)) == 3
        exchange_service.receive(desk, [package])
        assert [each.name for each in lists.saved_views(desk)] == ["Lunch"]
    bo.receive(package)
    with bo.here() as desk:
        path = desk.workspace.path
        desk.close()
        bo.desk = workspace_service.open(path)
        assert [each.name for each in lists.saved_views(bo.desk)] == ["Lunch", FAMILY]


def test_a_removal_that_was_cut_off_is_finished_on_opening(laptops: list[Laptop], tmp_path: Path) -> None:
    """Ended after it was written and before anything else: also here nothing names the files any more."""
    ana, chen, _ = laptops
    person = told_everything(ana, tmp_path)
    chen.receive(ana.give("2.ucapx"))
    chen.edit(person, f"notes={TEXT}")
    ana.receive(chen.give("3.ucapx"), accept=False)  # waits
    with ana.here() as desk, pytest.MonkeyPatch.context() as patch:
        patch.setattr(Desk, "tidy", lambda *_: None)
        privacy.erase(desk, person, f"Bo {FAMILY}")
    with ana.here() as desk:
        assert maintenance.finish_removals(desk) == [maintenance.CLEARED]
        assert maintenance.finish_removals(desk) == []
    ana.check()
    assert everywhere(ana) == []


def test_where_nobody_was_removed_only_the_first_opening_looks(
    laptops: list[Laptop], monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, *_ = laptops
    with ana.here() as desk:
        maintenance.finish_removals(desk)
        monkeypatch.setattr(leftovers, "erased_ids", None)  # whoever looks fails
        assert maintenance.finish_removals(desk) == []
