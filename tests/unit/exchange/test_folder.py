"""Packages found in a folder that something else carries about: when they are looked at, and how often."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.unit.exchange.laptops import Laptop
from ucapdesk.exchange.giving import give
from ucapdesk.exchange.shared_folder import MAX_FILES_REPORTED, OWN_PACKAGES_KEPT, Watch, give_into
from ucapdesk.services.exchange import exchange_service
from ucapdesk.services.people import privacy
from ucapdesk.store.desk import Desk


def lay(file: Path, data: bytes, at: float) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    os.utime(file, (at, at))


def watching(laptop: Laptop, folder: Path) -> Watch:
    return Watch(folder, None, laptop.desk.workspace.id, laptop.clock)


def test_a_file_is_told_once_as_soon_as_it_lies_still(ana: Laptop, tmp_path: Path) -> None:
    watch, file, now = watching(ana, tmp_path / "stick"), tmp_path / "stick" / "a.ucapx", ana.clock.now / 10**6
    assert watch.look() == []  # no such folder, and nothing is said
    lay(file, b"half", now)
    assert watch.look() == []
    ana.clock.tick(3)
    lay(file, b"half and half", now + 3)
    assert watch.look() == []
    ana.clock.tick(5)
    assert watch.look() == [file]
    assert watch.look() == []


def test_one_that_was_there_before_is_told_at_once(ana: Laptop, tmp_path: Path) -> None:
    lay(tmp_path / "stick" / "a.ucapx", b"whole", ana.clock.now / 10**6 - 60)
    assert len(watching(ana, tmp_path / "stick").look()) == 1


def test_a_stick_of_another_part_of_the_world_seems_to_come_from_tomorrow(ana: Laptop, tmp_path: Path) -> None:
    watch = watching(ana, tmp_path / "stick")
    lay(tmp_path / "stick" / "a.ucapx", b"whole", ana.clock.now / 10**6 + 7 * 3600)
    assert watch.look() == []
    ana.clock.tick(5)
    assert len(watch.look()) == 1


def test_one_that_had_its_size_before_its_content_is_told_again(ana: Laptop, tmp_path: Path) -> None:
    """Some carriers make room first and fill it afterwards."""
    watch, file, now = watching(ana, tmp_path / "stick"), tmp_path / "stick" / "a.ucapx", ana.clock.now / 10**6
    lay(file, bytes(100), now - 60)
    assert watch.look() == [file]
    lay(file, b"x" * 100, now)
    assert watch.look() == []
    ana.clock.tick(5)
    assert watch.look() == [file]


def test_what_is_being_written_or_hidden_is_left_alone(ana: Laptop, tmp_path: Path) -> None:
    now = ana.clock.now / 10**6
    for name in ("a.ucapx.part", ".a.ucapx", "~a.ucapx", "a.ucapx.tmp", "a.sync-conflict.docx"):
        lay(tmp_path / "stick" / name, b"x", now - 60)
    assert watching(ana, tmp_path / "stick").look() == []


def test_a_folder_that_somebody_filled_is_looked_through_a_few_at_a_time(ana: Laptop, tmp_path: Path) -> None:
    for n in range(MAX_FILES_REPORTED * 2 + 5):
        lay(tmp_path / "stick" / f"{n:03}.ucapx", b"x", ana.clock.now / 10**6 - 60)
    watch = watching(ana, tmp_path / "stick")
    told = [watch.look() for _ in range(4)]
    assert [len(each) for each in told] == [MAX_FILES_REPORTED, MAX_FILES_REPORTED, 5, 0]
    assert len({file for each in told for file in each}) == MAX_FILES_REPORTED * 2 + 5


@pytest.mark.skipif(sys.platform == "win32", reason="has no pipes in folders")
def test_what_is_no_file_is_left_alone(ana: Laptop, tmp_path: Path) -> None:
    (tmp_path / "stick" / "folder.ucapx").mkdir(parents=True)
    os.mkfifo(tmp_path / "stick" / "pipe.ucapx")
    (tmp_path / "stick" / "endless.ucapx").symlink_to("/dev/zero")
    watch = watching(ana, tmp_path / "stick")
    for _ in range(2):
        ana.clock.tick(60)
        assert watch.look() == []


def test_each_laptop_writes_into_a_folder_of_its_own_and_keeps_few(ana: Laptop, chen: Laptop, tmp_path: Path) -> None:
    (tmp_path / "cloud").mkdir()
    for laptop in (ana, chen):
        for n in range(OWN_PACKAGES_KEPT + 2):
            laptop.clock.tick(60)
            with laptop.here() as desk:
                given = give_into(desk, tmp_path / "cloud")
            os.utime(given.file, (laptop.clock.now / 10**6, laptop.clock.now / 10**6 + n))
    assert len(list((tmp_path / "cloud").rglob("*.ucapx"))) == 2 * OWN_PACKAGES_KEPT
    with ana.here() as desk:
        watch = Watch(tmp_path / "cloud", desk.me().device_id, desk.workspace.id, ana.clock)
    ana.clock.tick(60)
    found = watch.look()
    assert {file.parent.name for file in found} == {chen.desk.me().device_id}
    assert [report.code for report in ana.receive(*found)] == [None] * len(found)


def test_what_was_just_given_stays_though_those_of_before_bear_a_later_time(ana: Laptop, tmp_path: Path) -> None:
    """As after a clock that was wrong, or on a stick that went to another zone."""
    for _ in range(OWN_PACKAGES_KEPT + 2):
        ana.clock.tick(60)
        with ana.here() as desk:
            given = give_into(desk, tmp_path)
        assert len(list(given.file.parent.iterdir())) <= OWN_PACKAGES_KEPT
        os.utime(given.file, (4 * 10**9,) * 2)


def test_a_package_under_a_former_name_does_not_stay_for_good(ana: Laptop, tmp_path: Path) -> None:
    for name in ("Zoe", "Ana", "Ana", "Ana"):
        ana.clock.tick(60)
        with ana.here() as desk:
            desk.rename_person(name)
            own = give_into(desk, tmp_path).file.parent
    assert [each.name.split("_")[2] for each in own.iterdir()] == ["Ana"] * OWN_PACKAGES_KEPT


def test_no_package_of_before_somebody_was_removed_stays(ana: Laptop, chen: Laptop, tmp_path: Path) -> None:
    (tmp_path / "cloud").mkdir()
    person = ana.add("person", "name.family=Zhang")
    chen.receive(ana.give("1.ucapx"))
    for laptop in (ana, chen):
        with laptop.here() as desk:
            give_into(desk, tmp_path / "cloud")
    with ana.here() as desk:
        privacy.erase(desk, person, "Zhang")
    chen.receive(ana.give("2.ucapx"))
    kept = []
    for laptop in (ana, chen):
        with laptop.here() as desk:
            kept.append(give_into(desk, tmp_path / "cloud").file)
    assert sorted((tmp_path / "cloud").rglob("*.ucapx")) == sorted(kept)


def test_what_a_workspace_that_can_only_be_read_gives_stays(ana: Laptop, tmp_path: Path) -> None:
    """It cannot note what it gave, also where somebody's data was removed from it."""
    (tmp_path / "cloud").mkdir()
    person = ana.add("person", "name.family=Zhang")
    with ana.here() as desk:
        privacy.erase(desk, person, "Zhang")
    path = ana.desk.workspace.path
    ana.desk.close()
    with ana.here(), Desk.open(path, clock=ana.clock, read_only=True) as desk:
        given = give_into(desk, tmp_path / "cloud")
    assert given.file.is_file()


def test_two_packages_within_one_second_both_get_a_name(ana: Laptop, tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    with ana.here() as desk:
        files = {give(desk, tmp_path).file for _ in range(3)}
        shared = {give_into(desk, tmp_path / "shared").file for _ in range(2)}
    assert len(files) == 3
    assert len(shared) == 2
    assert all(file.exists() for file in (*files, *shared))


def test_an_ending_in_capitals_is_one(ana: Laptop, chen: Laptop, tmp_path: Path) -> None:
    file = tmp_path / "stick" / "FROM_WINDOWS.UCAPX"
    lay(file, chen.give("1.ucapx").read_bytes(), ana.clock.now / 10**6 - 60)
    assert watching(ana, tmp_path / "stick").look() == [file]


def test_a_copy_that_is_torn_and_lies_still_is_told_of_until_it_was_received(
    ana: Laptop, chen: Laptop, tmp_path: Path
) -> None:
    chen.add("meeting", "title.en=x")
    whole = chen.give("1.ucapx")
    torn = tmp_path / "torn.ucapx"
    torn.write_bytes(whole.read_bytes()[:-30])
    with ana.here() as desk:
        assert exchange_service.torn(desk, whole) is None
        assert "not copied whole" in str(exchange_service.torn(desk, torn))
    ana.receive(torn)
    with ana.here() as desk:
        assert exchange_service.torn(desk, torn) is None
