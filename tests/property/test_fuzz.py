"""Whatever comes in place of a package: a reason with a code, never an exception, never long, never much memory.

``make soak`` spoils packages for ten minutes. One that brings the program down is kept in ``tests/data/packages`` and
looked at again in every run since.
"""

from __future__ import annotations

import hashlib
import itertools
import os
import secrets
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from tests.property import fuzz
from tests.property.forgeries import FORGERIES, NEW, Forger
from tests.property.fuzz import Ground

KEPT = Path(__file__).parents[1] / "data" / "packages"
MINUTES = float(os.environ.get("UCAPDESK_FUZZ_MINUTES", "10"))


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    folder = tmp_path_factory.mktemp("fuzz")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("UCAPDESK_CONFIG", str(folder / "config"))
        made = Ground(folder)
        yield made
        made.close()


def tried(ground: Ground, seed: int) -> str:
    """Look at the package of a number; what it is said of it. One that should not have done what it did is kept."""
    data, file = fuzz.spoiled(ground, seed), ground.folder / "spoiled.ucapx"
    file.write_bytes(data)
    memory = fuzz.Memory()  # of looking at it: making a bomb takes more than refusing it
    try:
        report = fuzz.look_at(ground, file)
    except Exception as error:
        KEPT.mkdir(parents=True, exist_ok=True)
        kept = KEPT / f"{hashlib.sha256(data).hexdigest()[:12]}.ucapx"
        kept.write_bytes(data)
        error.add_note(f"package {seed}, kept as {kept.name}")
        raise
    assert memory.more() <= fuzz.MEGABYTES, f"package {seed}"
    return report.code or report.state


@pytest.mark.law("P19")
def test_a_spoiled_package_is_refused_with_its_code(ground: Ground) -> None:
    assert fuzz.look_at(ground, ground.folder / "whole.ucapx").state == "applied"
    said = Counter(tried(ground, seed) for seed in range(400))
    assert {"E02", "E03", "E04", "E14", "E15", "E16", "applied"} <= set(said), said


@pytest.mark.law("P19")
@pytest.mark.parametrize("forgery", FORGERIES, ids=lambda each: each.__name__)
def test_what_an_insider_forges_harms_nobody(ground: Ground, forgery: Callable[[Forger], bytes]) -> None:
    """It is looked at in time, and who takes it in can go on writing, giving, and handing on what others wrote."""
    file, taken = ground.folder / "forged.ucapx", 0
    for seed in range(12):
        file.write_bytes(forgery(Forger(ground, Random(seed))))
        report = fuzz.look_at(ground, file)
        if report.state == "applied" and not taken:
            fuzz.take_in(ground, file)
            taken += 1


@pytest.mark.law("P19")
@pytest.mark.parametrize("linked", [False, True])
def test_what_is_removed_with_a_person_and_was_written_as_two_kinds_is_one_thing_however_it_arrives(
    ground: Ground, *, linked: bool
) -> None:
    forger, file = Forger(ground, Random(1)), ground.folder / "forged.ucapx"
    person = next(id_ for kind, id_, _ in forger.rows if kind == "person")
    part = next(id_ for kind, id_, cells in forger.rows if kind == "member" and cells.get("owner") == person)
    forger.log.save(["meeting", part, {"title.en": "x"}])
    if linked:
        forger.log.save(["itinerary_item", NEW[0], {"meeting": part}])
    forger.log.save(["~erase", person, {"kind": "person"}])
    file.write_bytes(forger.packed())
    assert fuzz.look_at(ground, file).state == "applied"
    fuzz.take_in(ground, file)


@pytest.mark.law("P19")
@pytest.mark.soak
def test_ten_minutes_of_spoiled_packages(ground: Ground) -> None:
    said: Counter[str] = Counter()
    ends = time.monotonic() + MINUTES * 60
    for seed in itertools.count(secrets.randbits(48)):
        said[now := tried(ground, seed)] += 1
        if now == "applied" and seed % 50 == 0:
            fuzz.take_in(ground, ground.folder / "spoiled.ucapx")
        if time.monotonic() > ends:
            break
    print(f"{said.total()} packages:", dict(said.most_common()))


def test_what_once_brought_it_down_does_so_no_more(ground: Ground) -> None:
    for file in sorted(KEPT.glob("*.ucapx")):
        if fuzz.look_at(ground, file).state == "applied":
            fuzz.take_in(ground, file)
