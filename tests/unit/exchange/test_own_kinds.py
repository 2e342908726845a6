"""Records that laptops see differently: of kinds that one does not know, of two kinds, in the Trash and edited."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest

from tests.helpers.package_maker import Hand, Log, Opened, Parcel
from tests.unit.exchange.laptops import Laptop, joined, told
from ucapdesk.base.ids import derived_id, new_id
from ucapdesk.exchange.devices import RETIRED, listed, retire
from ucapdesk.exchange.reports import APPLIED, KNOWN
from ucapdesk.services.exchange import conflicts
from ucapdesk.services.files.paper_questions import to_decide
from ucapdesk.services.people import privacy
from ucapdesk.services.records import records
from ucapdesk.store.refusals import NothingToUndo


@pytest.fixture
def eva(ana: Laptop, chen: Laptop, tmp_path: Path) -> str:
    """A third laptop that both others know of; its id."""
    eva = joined(tmp_path / "eva", ana.give("joining eva.ucapx"), "Eva")
    eva.add("meeting", "title.en=Hers")
    package = eva.give("eva.ucapx")
    for laptop in (ana, chen):
        laptop.receive(package)
    with eva.here() as desk:
        id_ = desk.me().device_id
    eva.desk.close()
    return id_


def is_retired(laptop: Laptop, device: str) -> bool:
    with laptop.here() as desk:
        return next(each for each in listed(desk) if each.id == device).trust == RETIRED


def test_two_retire_a_laptop_and_one_takes_it_back(ana: Laptop, chen: Laptop, eva: str) -> None:
    for laptop in (ana, chen):
        told(laptop, "devices", "--retire", eva)
    told(ana, "undo")
    assert not is_retired(ana, eva), "an undone step stands"
    for giver, taker in ((ana, chen), (chen, ana)):
        (report,) = taker.receive(giver.give(f"{giver.name}.ucapx"))
        assert report.conflicts == 0
    for laptop in (ana, chen):
        assert eva[:4] not in told(laptop, "conflicts")
        assert conflicts.conflicts(laptop.desk) == [] == laptop.desk.questions()
        assert to_decide(laptop.desk) == 0
        assert is_retired(laptop, eva), "Chen still says so"
        laptop.check()
    told(ana, "undo")


def test_a_retirement_goes_back_and_forth(ana: Laptop, eva: str) -> None:
    with ana.here() as desk:
        retire(desk, eva)
        desk.undo()
        assert not is_retired(ana, eva)
        desk.redo()
        assert is_retired(ana, eva)
        desk.undo()
        retire(desk, eva)
    assert is_retired(ana, eva)


def test_laptops_of_whom_different_things_are_said_ask_nobody(
    ana: Laptop, chen: Laptop, eva: str, tmp_path: Path
) -> None:
    row = derived_id("device", eva)
    with ana.here() as desk:
        retire(desk, eva)
    li = Hand("Li")
    log = Log(ana.desk.workspace.id, li).save(["~device", row, {"device": eva, "state": "lent", "~": 1}])
    ana.receive(Parcel(log.workspace, li, [log]).write(tmp_path / "lent.ucapx"))
    assert ana.desk.questions() == []
    assert told(ana, "conflicts").count("\n") <= 1
    ana.check()


def test_what_removed_a_person_is_not_undone_and_says_so(ana: Laptop) -> None:
    person = ana.add("person", "name=Wei Zhang")
    ana.add("meeting", "title.en=Stays")
    with ana.here() as desk:
        privacy.erase(desk, person, "Wei Zhang")
        with pytest.raises(NothingToUndo, match="data of a person cannot be undone"):
            desk.undo()
        assert desk.next_undo() is None
    later = ana.add("meeting", "title.en=Later")
    with ana.here() as desk:
        assert desk.undo().records == frozenset({("meeting", later)})
        with pytest.raises(NothingToUndo, match="cannot be undone"):
            desk.undo()


def test_what_two_wrote_into_a_kind_that_only_a_newer_version_knows_is_nothing_to_decide_yet(
    ana: Laptop, tmp_path: Path
) -> None:
    id_ = new_id()
    for name in ("First", "Second"):
        log = Log(ana.desk.workspace.id, Hand(name)).save(["vehicle", id_, {"plate": name}])
        (report,) = ana.receive(Parcel(log.workspace, log.hand, [log]).write(tmp_path / f"{name}.ucapx"))
        assert report.state == APPLIED, report.why
    assert [(each.kind, each.state) for each in ana.desk.questions()] == [("vehicle", "decide")]
    assert len(conflicts.conflicts(ana.desk)) == to_decide(ana.desk) == 0


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


TOLD = "Chen Yan changed “Title · English” after Ana put it in the Trash"
BOTH_CARDS = [(True, "Ana"), (False, "Chen Yan")]  # As Ana reads them: her own is number 1


@pytest.fixture
def meeting(ana: Laptop, chen: Laptop) -> str:
    """A meeting that Ana put in the Trash, and whose title Chen Yan changed an hour later."""
    (meeting,) = records.listing(ana.desk, "meeting")
    ana.trash(meeting)
    chen.clock.tick(3600)
    chen.edit(meeting, "title.en=Theirs")
    return meeting


def values(laptop: Laptop) -> list[tuple[object, str]]:
    (conflict,) = conflicts.conflicts(laptop.desk)
    return [(each.value, each.person) for each in conflict.candidates]


@pytest.mark.parametrize(("number", "hidden"), [(1, True), (2, False)])
def test_either_can_be_chosen_and_taken_back_again_and_again(
    ana: Laptop, chen: Laptop, meeting: str, number: int, hidden: bool
) -> None:
    ana.receive(chen.give("1.ucapx"))
    with ana.here() as desk:
        for _ in range(2):
            assert values(ana) == BOTH_CARDS
            conflicts.choose(desk, conflicts.conflicts(desk)[0], number)
            assert (desk.questions(), records.get(desk, meeting).is_deleted) == ([], hidden)
            desk.undo()
            assert values(ana) == BOTH_CARDS
            desk.redo()
            assert (desk.questions(), records.get(desk, meeting).is_deleted) == ([], hidden)
            desk.undo()
    chen.receive(ana.give("2.ucapx"))
    assert values(chen) == BOTH_CARDS[::-1], "each has their own as number 1"
    assert chen.digest() == ana.digest()


def test_the_command_line_counts_tells_and_decides_it(
    ana: Laptop, chen: Laptop, meeting: str, computer_zone: Callable[[str], None]
) -> None:
    computer_zone("Asia/Shanghai")
    package = str(chen.give("1.ucapx"))
    assert "1 to decide" in told(ana, "receive", package, "--dry-run", "--accept-device")
    assert "1 to decide" in told(ana, "receive", package, "--accept-device")
    said = told(ana, "conflicts")
    assert said.count(meeting) == 2
    assert {line.split()[-1][:2] for line in said.splitlines() if meeting in line} == {"17", "18"}
    assert f"Keep · {TOLD}" in " ".join(said.split())
    (one,) = json.loads(told(ana, "conflicts", "--json"))
    assert (one["told"], [each["value"] for each in one["candidates"]]) == (TOLD, [True, False])
    told(ana, "decide", meeting, "trash", "--candidate", "2")
    assert json.loads(told(ana, "conflicts", "--json")) == []
    told(ana, "undo")
    assert len(json.loads(told(ana, "conflicts", "--json"))[0]["candidates"]) == 2


def test_who_worked_on_a_part_and_who_did_not_know_is_told(ana: Laptop, chen: Laptop) -> None:
    (meeting,) = records.listing(ana.desk, "meeting")
    chen.add("agenda_item", f"owner={meeting}", "title.en=A point")
    ana.clock.tick(3600)
    ana.trash(meeting)
    (report,) = ana.receive(chen.give("1.ucapx"))
    assert (report.conflicts, report.kept) == (1, 1)
    (asked,) = conflicts.conflicts(ana.desk)
    assert asked.told == "Chen Yan changed a part of it, and Ana put it in the Trash without knowing of that"
    assert [(each.value, each.person) for each in asked.candidates] == BOTH_CARDS


def test_a_word_taken_out_of_a_set_that_somebody_else_reordered_is_asked_about(ana: Laptop, chen: Laptop) -> None:
    (meeting,) = records.listing(ana.desk, "meeting")
    ana.edit(meeting, "tags=a, b, c")
    chen.receive(ana.give("0.ucapx"))
    ana.edit(meeting, "tags-=b")
    chen.clock.tick(3600)
    chen.edit(meeting, "tags=a, c, b")
    ana.receive(chen.give("1.ucapx"))
    (conflict,) = conflicts.conflicts(ana.desk)
    assert (conflict.title, conflict.label, conflict.record) == ("Opening", "Tags: b", meeting)
    assert values(ana) == BOTH_CARDS
    with ana.here() as desk:
        conflicts.choose(desk, conflict, 1)
    assert (ana.desk.questions(), [*ana.text(meeting, "tags")]) == ([], ["a", "c"])
