"""A workspace into which the first version let what it would itself refuse to receive is put right when it is opened."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.journeys.conftest import run
from tests.unit.exchange.laptops import Laptop, joined
from ucapdesk.base.ids import new_id
from ucapdesk.exchange.reports import APPLIED, KNOWN
from ucapdesk.model.kinds.partnership_kinds import Place
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.model.kinds.visit_kinds import AgendaItem, Meeting
from ucapdesk.model.rules.limits import LONGEST_TEXT
from ucapdesk.model.values import Bilingual, PersonName, Quantity
from ucapdesk.services.exchange import repair_report
from ucapdesk.services.records import attached_files, history, records
from ucapdesk.services.workspaces import workspace_service
from ucapdesk.store import save as readable
from ucapdesk.store.merge.branch_merge import NotOurs
from ucapdesk.store.safety.repair import unreadable

LINE = 500_000
"""What a line may have in these tests: the real eight megabytes take half a minute to be searched through."""
HUGE = "word " * (LINE // 5 + 2000)


@pytest.fixture(autouse=True)
def _short_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    for place in (
        "store.log.readable.LARGEST_LINE",
        "store.safety.repair.LARGEST_LINE",
        "exchange.package_limits.LONGEST_LINE_READ",
    ):
        monkeypatch.setattr(f"ucapdesk.{place}", LINE)


def deep(levels: int) -> Any:
    return [deep(levels - 1)] if levels else "x"


@pytest.fixture
def poisoned(ana: Laptop, monkeypatch: pytest.MonkeyPatch) -> Laptop:
    """Ana after a month with the first version: everything that it let through, and work before, between and after."""
    with monkeypatch.context() as first:
        first.setattr(readable, "damaged_line", lambda _: None)
        first.setattr("ucapdesk.store.save._fits", lambda *_: None)
        first.setattr("ucapdesk.store.save.proper", lambda value: value)
        first.setattr("ucapdesk.store.log.log.LATEST_TIME", 2**60)
        with ana.here() as desk:
            _write(ana)
            desk.db.execute("DELETE FROM sync_meta WHERE k = 'readable'")
    return ana


def _write(ana: Laptop) -> None:
    with ana.here() as desk:
        with desk.save(["record.add", {}]) as save:
            meeting = save.new(Meeting, title=Bilingual(en="With a picture"), summary=Bilingual(en=HUGE, zh="短")).id
            save.new(AgendaItem, owner=meeting, title=Bilingual(en="Item"), note=Bilingual(en=f"{HUGE}!"))
        with desk.save(["record.add", {}]) as save:
            save.new(Place, name=Bilingual(en="Deep"), population=Quantity(4, print=deep(20)))
        clock, desk.log.clock = desk.log.clock, lambda: 2**53 + 5
        with desk.save(["record.add", {}]) as save:
            save.new(Person, name=PersonName(family="Late"))
        desk.log.clock = clock
        with desk.save(["record.edit", {}]) as save:
            save.get(Meeting, meeting).title = Bilingual(en="Changed after")
    ana.add("meeting", "title.en=Afterwards")


def test_nobody_could_receive_it(poisoned: Laptop, chen: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ucapdesk.exchange.giving.prove", lambda *_: "")
    (report,) = chen.receive(poisoned.give("1.ucapx"))
    assert report.code in ("E14", "E15")


def test_opening_puts_it_right_and_says_so_and_everybody_receives_it(
    poisoned: Laptop, chen: Laptop, tmp_path: Path
) -> None:
    before = {kind: records.listing(poisoned.desk, kind) for kind in ("meeting", "place", "person", "agenda_item")}
    path = poisoned.desk.workspace.path
    poisoned.desk.close()
    with poisoned.here():
        poisoned.desk = desk = workspace_service.open(path)
    (said,) = desk.said
    assert "too large for colleagues to receive" in said.say("en")
    assert said.say("zh") != said.say("en")
    assert {kind: records.listing(desk, kind) for kind in before} == before
    meeting = next(id_ for id_ in before["meeting"] if poisoned.text(id_) == "Changed after")
    summary = poisoned.text(meeting, "summary.en")
    assert summary == HUGE[:LONGEST_TEXT]
    assert poisoned.text(meeting, "summary.zh") == "短"
    named = {each.file.name: str(each.file.sha256) for each in attached_files.of(desk, meeting) if each.file}
    files = {name: desk.workspace.files.read(sha256) for name, sha256 in named.items()}
    assert files == {"summary.en.txt": HUGE.encode(), "note.en.txt": f"{HUGE}!".encode()}
    assert {entry.person for entry in history.of(desk, meeting)} == {"Ana"}
    poisoned.check()
    package = poisoned.give("2.ucapx")
    (report,) = chen.receive(package)
    assert report.state == APPLIED, report.why
    eva = joined(tmp_path / "eva", package, "Eva")
    assert poisoned.digest() == chen.digest() == eva.digest()
    chen.edit(meeting, "title.zh=开幕")
    (report,) = poisoned.receive(chen.give("3.ucapx"))
    assert (report.state, report.conflicts) == (APPLIED, 0)
    poisoned.reopen()
    with poisoned.here():
        assert repair_report.on_opening(poisoned.desk) == repair_report.repair(poisoned.desk) == []
    eva.desk.close()


def test_the_command_does_it_too(poisoned: Laptop) -> None:
    path = poisoned.desk.workspace.path
    with poisoned.here() as desk:
        desk.mark("readable")  # as if it had been looked through before
        desk.close()
        assert "well" in run("check", path).output
        fixed = run("check", path, "--repair")
        assert fixed.exit_code == 0, fixed.output
        assert "too large for colleagues to receive" in fixed.stderr
        assert run("give", path, "-o", path.parent / f"{new_id()}.ucapx").exit_code == 0
        assert list((path / "backups").glob("*-repair.db"))


def test_what_another_laptop_wrote_is_said_and_left(poisoned: Laptop) -> None:
    for key in (poisoned.config / "devices").glob("*.json"):
        key.unlink()
    path = poisoned.desk.workspace.path
    poisoned.desk.close()
    with poisoned.here():
        poisoned.desk = workspace_service.open(path)
    assert "open the workspace on that laptop" in poisoned.desk.said[0].say()
    assert unreadable(poisoned.desk)
    with poisoned.here(), pytest.raises(NotOurs):
        repair_report.repair(poisoned.desk)


def opened(laptop: Laptop) -> None:
    """As the window opens a workspace: what cannot be received is put right."""
    path = laptop.desk.workspace.path
    laptop.desk.close()
    with laptop.here():
        laptop.desk = workspace_service.open(path)


@pytest.mark.parametrize("apart", [False, True])
def test_a_copied_laptop_puts_it_right_twice_and_nobody_is_asked(
    poisoned: Laptop, chen: Laptop, tmp_path: Path, apart: bool
) -> None:
    """Both copies write the same once more; with work of their own before (``apart``) they parted as well."""
    poisoned.desk.close()
    twin = poisoned.cloned(tmp_path / "twin")
    poisoned.reopen()
    if apart:
        poisoned.add("meeting", "title.en=Here")
        twin.add("meeting", "title.en=There")
    opened(poisoned)
    opened(twin)
    for taker, giver in ((chen, poisoned), (chen, twin), (poisoned, chen), (twin, chen), (chen, twin)):
        (report,) = taker.receive(giver.give(f"{new_id()}.ucapx"))
        assert report.state in (APPLIED, KNOWN), report.why
    poisoned.receive(chen.give("all.ucapx"))
    twin.receive(chen.give("all again.ucapx"))
    assert poisoned.digest() == twin.digest() == chen.digest()
    assert poisoned.log() == twin.log() == chen.log()
    for laptop in (poisoned, twin, chen):
        assert laptop.desk.questions() == []
        laptop.check()
    for word in ("Here", "There") if apart else ("Afterwards",):
        assert len(records.listing(chen.desk, "meeting", find=word)) == 1
    twin.desk.close()
