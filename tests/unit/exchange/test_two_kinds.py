"""One id with two kinds shows the same on every desk, in whatever order the packages came."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from tests.helpers.package_maker import Hand, Log, Opened, Parcel
from tests.unit.exchange.laptops import Laptop, joined
from ucapdesk.base.ids import new_id
from ucapdesk.exchange.reports import APPLIED, KNOWN
from ucapdesk.services.records import records

THING = "11111111-2222-4333-8444-555555555555"


@pytest.fixture
def packages(ana: Laptop, tmp_path: Path) -> list[Path]:
    """Of three strangers: the first made a visit, the second a meeting, the third saw the visit and wrote a person."""
    workspace = ana.desk.workspace.id
    first, second, third = (Log(workspace, Hand(name)) for name in ("First", "Second", "Third"))
    first.save(["visit", THING, {"title.en": "A visit"}])
    first.save(["itinerary_day", new_id(), {"owner": THING, "date": "2026-11-24"}])
    second.save(
        ["meeting", THING, {"title.en": "A meeting", "room": "12"}],
        ["member", new_id(), {"owner": THING, "role": "tags", "member": "water", "pos": "a0"}],
    )
    second.save(["meeting", THING, {"room": "14"}])
    third.save(["person", THING, {"name": {"family": "Nobody"}}], v={first.hand.id: 2})
    third.save(["visit", THING, {"title.en": "A later visit"}])
    made = []
    for number, logs in enumerate(((first,), (second,), (first, third))):
        made.append(Parcel(workspace, logs[-1].hand, logs).write(tmp_path / f"{number}.ucapx"))
    return made


def test_every_order_shows_the_same(ana: Laptop, packages: list[Path], tmp_path: Path) -> None:
    start = ana.give("start.ucapx")
    shown = set()
    for number, order in enumerate(permutations(packages)):
        laptop = joined(tmp_path / f"desk{number}", start, "Somebody")
        for package in order:
            (report,) = laptop.receive(package)
            assert report.state in (APPLIED, KNOWN), report.why
        laptop.check()
        kind = laptop.desk.read.kind_of(THING)
        hits = [hit.id for hit in laptop.desk.read.search("meeting", limit=9)]
        shown.add((laptop.digest(), kind, laptop.text(THING, "title.en"), laptop.text(THING, "room"), tuple(hits)))
        assert THING in records.listing(laptop.desk, "meeting")
        assert THING not in records.listing(laptop.desk, "visit")
        laptop.desk.close()
    assert len(shown) == 1
    assert next(iter(shown))[1:4] == ("meeting", "A meeting", "14")


def test_what_was_first_stays_what_it_is(ana: Laptop, chen: Laptop, tmp_path: Path) -> None:
    """Somebody who knows a meeting cannot make it vanish by writing it as something else."""
    (meeting,) = records.listing(ana.desk, "meeting")
    opened = Opened(ana.give("1.ucapx"))
    log = Log(opened.workspace, Hand("Insider"))
    log.save(["a_kind", meeting, {"title.en": "Gone"}], t=1, v={Hand.of(ana.config, "Ana").id: 1})
    for laptop in (ana, chen):
        (report,) = laptop.receive(opened.with_log(log.hand, log).write(tmp_path / f"{laptop.name}.ucapx"))
        assert report.state == APPLIED, report.why
        assert laptop.text(meeting) == "Opening"
        laptop.edit(meeting, "title.zh=开幕")
        laptop.check()


def test_a_step_in_what_is_shown_as_another_kind_since_is_no_reason_to_fail(ana: Laptop, tmp_path: Path) -> None:
    visit = ana.add("visit", "title.en=A visit")
    ana.edit(visit, "delegation_size=7")
    other = Log(ana.desk.workspace.id, Hand("Second")).save(["meeting", visit, {"title.en": "A meeting"}])
    (report,) = ana.receive(Parcel(other.workspace, other.hand, [other]).write(tmp_path / "other.ucapx"))
    assert (report.state, ana.text(visit)) == (APPLIED, "A meeting"), report.why
    with ana.here() as desk:
        desk.undo()
    assert ana.text(visit) == "A meeting"
    ana.check()
