"""Workspaces and packages of every release there ever was: opened, read, received."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.clock import FrozenClock
from tests.helpers.golden import EXPECTED, GOLDEN, PACKAGE, WORKSPACE, expected, make
from tests.unit.exchange.laptops import Laptop, first_laptop, joined
from ucapdesk import __version__
from ucapdesk.exchange.reports import APPLIED, KNOWN
from ucapdesk.store.desk import Desk

RELEASES = sorted(folder.name for folder in GOLDEN.iterdir() if folder.is_dir())


def opened(release: str, folder: Path) -> Laptop:
    with zipfile.ZipFile(GOLDEN / release / WORKSPACE) as packed:
        packed.extractall(folder / "workspace")
    laptop = Laptop("Ana Ferrer", folder, None, FrozenClock())  # type: ignore[arg-type]
    with laptop.here():
        laptop.desk = Desk.open(folder / "workspace", clock=laptop.clock)
    return laptop


def as_it_was(laptop: Laptop, release: str) -> None:
    """Everything it held then is there; a later version may say more of a record, never less."""
    wanted: dict[str, Any] = json.loads((GOLDEN / release / EXPECTED).read_text(encoding="utf-8"))
    found = json.loads(json.dumps(expected(laptop)))
    for id_, record in wanted.pop("records").items():
        there = found["records"].get(id_, {})
        assert {name: there.get(name) for name in record} == record
    asked = {(id_, cell, state): values for id_, cell, state, values in found.pop("questions")}
    for id_, cell, state, values in wanted.pop("questions"):
        assert set(asked.pop((id_, cell, state))) >= set(values)
    assert asked == {}
    assert {name: found[name] for name in wanted} == wanted
    laptop.check()


@pytest.mark.law("P10")
@pytest.mark.parametrize("release", RELEASES)
def test_a_workspace_of_an_earlier_release_is_opened_and_written_on(release: str, tmp_path: Path) -> None:
    laptop = opened(release, tmp_path)
    as_it_was(laptop, release)
    made = laptop.add("meeting", "title.en=Years later")
    assert laptop.text(made) == "Years later"
    laptop.check()
    laptop.desk.close()


@pytest.mark.parametrize("release", RELEASES)
def test_a_package_of_an_earlier_release_is_joined_and_received(release: str, tmp_path: Path) -> None:
    package = GOLDEN / release / PACKAGE
    new = joined(tmp_path / "new", package, "Bo")
    as_it_was(new, release)
    old = opened(release, tmp_path / "old")
    (report,) = old.receive(package)
    assert report.state == KNOWN
    new.add("meeting", "title.en=Years later")
    (report,) = old.receive(new.give("later.ucapx"))
    assert (report.state, report.new) == (APPLIED, 1)
    assert old.digest() == new.digest()
    for laptop in (new, old):
        laptop.desk.close()


def test_this_release_has_its_own() -> None:
    assert __version__ in RELEASES, "run `python -m tests.helpers.golden`"


def test_what_is_there_is_not_written_again(tmp_path: Path) -> None:
    kept = tmp_path / "0.1.0"
    kept.mkdir()
    (kept / PACKAGE).write_bytes(b"of a release that is out")
    with pytest.raises(FileExistsError):
        make(kept)
    assert (kept / PACKAGE).read_bytes() == b"of a release that is out"


def test_a_package_says_what_it_is_in_a_way_that_stays(tmp_path: Path) -> None:
    """Names, keys and order of a package are a promise: what one version writes every later one reads."""
    ana = first_laptop(tmp_path / "ana")
    ana.add("meeting", "title.en=Opening")
    with zipfile.ZipFile(ana.give("1.ucapx")) as made, zipfile.ZipFile(GOLDEN / RELEASES[0] / PACKAGE) as first:
        manifests = [json.loads(each.read("manifest.json")) for each in (made, first)]
        assert set(first.namelist()) - {*made.namelist()} == {n for n in first.namelist() if n.startswith("blobs/")}
    assert set(manifests[1]) <= set(manifests[0])
    assert manifests[0]["min_reader"] == manifests[1]["min_reader"] == 1
    ana.desk.close()
