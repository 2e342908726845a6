"""Five laptops with wrong clocks and a folder full of files: late, twice, in any order, cut off, or never."""

from __future__ import annotations

import os
from pathlib import Path
from random import Random

import pytest

from tests.unit.exchange.laptops import Laptop, first_laptop, joined
from ucapdesk.exchange.reports import APPLIED, KNOWN, REFUSED
from ucapdesk.services.records import records

SEEDS = range(40 if os.environ.get("UCAPDESK_SOAK") else 2)
WORDS = ["water", "energy", "柳州", "氢能", "mobility", "EUR 50,000", "Opening. Closing.", "开幕式。"]


def _work(laptop: Laptop, r: Random) -> None:
    laptop.clock.tick(r.choice((1, 60, 86_400, -86_400 * 300, 86_400 * 500)))
    meetings = records.listing(laptop.desk, "meeting")
    word = r.choice(WORDS)
    match r.randrange(6):
        case 0:
            laptop.add("meeting", f"title.en={word}", f"tags={r.choice('abc')}")
        case 1 if len(meetings) > 2:
            laptop.trash(r.choice(meetings))
        case 2 if meetings:
            laptop.add("agenda_item", f"owner={r.choice(meetings)}", f"title.zh={word}")
        case 3 if meetings:
            laptop.edit(r.choice(meetings), f"tags+={r.choice('abcdef')}")
        case _ if meetings:
            laptop.edit(r.choice(meetings), f"title.{r.choice(('en', 'zh'))}={word} {r.randrange(9)}")


def _take(laptop: Laptop, r: Random, stick: Path) -> None:
    """Some of the files that lie about, in any order, one of them not whole perhaps."""
    files = r.sample(sorted(stick.glob("*.ucapx")), k=min(3, len(list(stick.glob("*.ucapx")))))
    half = stick / "half" / files[0].name
    if files and r.random() < 0.5:
        half.parent.mkdir(exist_ok=True)
        half.write_bytes(files[0].read_bytes()[: r.randrange(10, files[0].stat().st_size)])
        files.insert(r.randrange(len(files)), half)
    for file, report in zip(files, laptop.receive(*files), strict=False):
        assert report.state in ((REFUSED,) if file == half else (APPLIED, KNOWN)), report.why


@pytest.mark.parametrize("seed", SEEDS)
def test_five_desks_and_a_shuffled_folder_come_to_one_state(tmp_path: Path, seed: int) -> None:
    r = Random(seed)
    desks = [first_laptop(tmp_path / "0", "Ana")]
    stick = tmp_path / "stick"
    stick.mkdir()
    desks[0].add("meeting", "title.en=Opening", "title.zh=开幕式")
    desks += [joined(tmp_path / str(n), desks[0].give(f"join{n}.ucapx"), f"Person {n}") for n in range(1, 5)]
    for step in range(40):
        laptop = r.choice(desks)
        _work(laptop, r)
        if r.random() < 0.6:
            laptop.give(f"stick/{step:02}.ucapx")
        if any(stick.glob("*.ucapx")) and r.random() < 0.5:
            _take(r.choice(desks), r, stick)
    for _ in range(2):
        last = [laptop.give(f"stick/last {_} {laptop.name}.ucapx") for laptop in desks]
        for laptop in desks:
            laptop.receive(*r.sample(last, k=len(last)))
    assert len({laptop.digest() for laptop in desks}) == 1
    assert len({laptop.log() for laptop in desks}) == 1
    assert sum(len(laptop.desk.questions()) for laptop in desks) > 0
    for laptop in desks[:2]:
        laptop.check()
    for laptop in desks:
        laptop.desk.close()
