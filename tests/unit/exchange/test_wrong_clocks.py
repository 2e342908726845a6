"""A clock that was once wrong does not date everything after it, and one that is wrong now is said to be."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.helpers.clock import FrozenClock
from tests.helpers.package_maker import Opened
from tests.journeys.conftest import run
from tests.unit.exchange.laptops import Laptop, told
from ucapdesk.base.clock import moment
from ucapdesk.services.exchange import exchange_service
from ucapdesk.services.records import records
from ucapdesk.services.workspaces import maintenance, workspace_service
from ucapdesk.store.errors import last_backup
from ucapdesk.store.workspace import trusted_clock

YEAR_2096 = datetime(2096, 3, 1, 9, tzinfo=UTC)
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today(computer_clock: FrozenClock) -> None:
    computer_clock.set(NOW)


@pytest.fixture
def before(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The first version, which followed the clock wherever it went."""
    monkeypatch.setattr(trusted_clock.BelievedClock, "__call__", lambda self: self.computer())
    return monkeypatch


def years(laptop: Laptop) -> list[int]:
    rows = laptop.desk.db.execute("SELECT t FROM sync_changeset ORDER BY n").fetchall()
    return [moment(t).year for (t,) in rows]


@pytest.fixture
def once_wrong(ana: Laptop, before: pytest.MonkeyPatch) -> Laptop:
    """Ana, whose clock said 2096 for a day, and is right again."""
    ana.clock.set(YEAR_2096)
    with ana.here() as desk:
        ana.add("meeting", "title.en=From the future")
        desk.workspace.daily_copy()
    before.undo()
    ana.clock.set(NOW)
    ana.reopen()
    return ana


def test_a_clock_once_wrong_dates_nothing_after_it(once_wrong: Laptop, chen: Laptop) -> None:
    ana = once_wrong
    with ana.here() as desk:
        assert workspace_service.clock_trouble(desk) is None
        meeting = records.listing(desk, "meeting")[0]
        ana.edit(meeting, "room=12")
        assert years(ana)[-2:] == [2096, 2026]
        package = exchange_service.give(desk, ana.folder.parent / "1.ucapx").file
        desk.workspace.daily_copy()
        newest = last_backup(desk.workspace.path)
        assert newest is not None
        assert newest.name.startswith("2026")
        assert [copy.time.year for copy in maintenance.copies(desk.workspace.path)] == [2026, 2096]
        when, _ = desk.read.newest_change(records.listing(desk, "meeting"))
        assert moment(when).year == 2026
        for _ in range(20):
            desk.workspace.keep_copy("daily")
        assert not list(desk.workspace.backups.glob("2096*")), "what seems to be new is never let go"
    assert Opened(package).said["from"]["time"].startswith("2026")
    chen.receive(package)
    assert chen.desk.read.newest_change(records.listing(chen.desk, "meeting")) == (when, "Ana")
    chen.edit(meeting, "room=13")
    assert years(chen)[-1] == 2026


def test_what_was_given_and_received_last_goes_by_its_order(once_wrong: Laptop, chen: Laptop, tmp_path: Path) -> None:
    ana = once_wrong
    ana.clock.set(YEAR_2096)
    with ana.here() as desk:
        desk.db.execute(
            "INSERT INTO sync_export(bundle_id, at, file, head, state) VALUES('x', ?, 'f', '{}', 'done')",
            (ana.clock(),),
        )
        desk.db.execute(
            "INSERT INTO sync_import(bundle_id, at, state, backup, head) VALUES('y', ?, 'applied', 'b', '{}')",
            (ana.clock(),),
        )
    ana.clock.set(NOW)
    chen.add("meeting", "title.en=x")
    ana.receive(chen.give("1.ucapx"))
    with ana.here() as desk:
        assert exchange_service.undoable(desk) is not None
        exchange_service.give(desk, tmp_path / "2.ucapx")
        standing = exchange_service.standing(desk)
        assert standing.to_give == 0
        assert standing.given is not None
        assert standing.given.year == 2026


def test_the_command_line_tells_of_a_clock_that_is_ahead(ana: Laptop, chen: Laptop) -> None:
    """As the window does, before a package is received and after it."""
    chen.clock.set(YEAR_2096)
    chen.reopen()
    with chen.here() as desk:
        desk.confirm_clock()
    chen.add("meeting", "title.en=x")
    package = chen.give("1.ucapx")
    for how in ("--dry-run", "--accept-device"):
        assert "The clock of that laptop is ahead of this one: one of the two is wrong." in told(
            ana, "receive", str(package), "--accept-device", how
        )


def test_a_clock_that_is_far_ahead_is_not_followed_and_one_step_puts_it_right(ana: Laptop, chen: Laptop) -> None:
    ana.clock.set(YEAR_2096)
    ana.reopen()
    meeting = records.listing(ana.desk, "meeting")[0]
    with ana.here() as desk:
        said = workspace_service.clock_trouble(desk)
        assert said is not None
        assert "2096" in said.say("en")
        ana.edit(meeting, "room=1")
        ana.edit(meeting, "room=2")
        assert set(years(ana)) == {2026}
        workspace_service.confirm_clock(desk)
        assert workspace_service.clock_trouble(desk) is None
        ana.edit(meeting, "room=3")
        assert years(ana)[-1] == 2096
    ana.reopen()
    with ana.here() as desk:
        assert workspace_service.clock_trouble(desk) is None


def test_a_dead_battery_is_noticed(ana: Laptop, chen: Laptop) -> None:
    ana.clock.set(datetime(2010, 1, 1, tzinfo=UTC))
    ana.reopen()
    with ana.here() as desk:
        said = workspace_service.clock_trouble(desk)
        assert said is not None
        assert "2010" in said.say("en")
        ana.edit(records.listing(desk, "meeting")[0], "room=1")
    assert years(ana)[-1] == 2026


def test_a_few_weeks_behind_is_noticed_where_another_laptop_knows_better(ana: Laptop, chen: Laptop) -> None:
    chen.clock.set(NOW)
    ana.clock.set(NOW)
    ana.add("meeting", "title.en=a")
    chen.add("meeting", "title.en=b")
    ana.receive(chen.give("1.ucapx"))
    ana.clock.set(datetime(2026, 11, 3, tzinfo=UTC))
    ana.reopen()
    with ana.here() as desk:
        assert workspace_service.clock_trouble(desk) is not None
        ana.edit(records.listing(desk, "meeting")[0], "room=1")
    (t,) = ana.desk.db.execute("SELECT t FROM sync_changeset ORDER BY n DESC LIMIT 1").fetchone()
    assert moment(t) >= NOW


def test_a_colleagues_wrong_clock_does_not_spread(ana: Laptop, chen: Laptop, before: pytest.MonkeyPatch) -> None:
    chen.clock.set(YEAR_2096)
    chen.add("meeting", "title.en=From the future")
    package = chen.give("1.ucapx")
    before.undo()
    ana.clock.set(NOW)
    ana.receive(package)
    ana.reopen()
    with ana.here() as desk:
        assert workspace_service.clock_trouble(desk) is None
    ana.add("meeting", "title.en=Now")
    assert years(ana)[-1] == 2026


def test_who_comes_back_after_a_year_and_a_half_is_not_doubted(ana: Laptop) -> None:
    ana.clock.tick(550 * 86_400)
    ana.reopen()
    with ana.here() as desk:
        assert workspace_service.clock_trouble(desk) is None


def test_the_command_says_it_and_mends_it(ana: Laptop, computer_clock: FrozenClock) -> None:
    path = ana.desk.workspace.path
    ana.desk.close()
    computer_clock.set(YEAR_2096)
    with ana.here():
        done = run("clock", path)
        assert done.exit_code == 0, done.output
        assert "dated 2026-11" in done.stdout
        assert "2096" in done.stderr
        assert "dated 2096-03-01" in run("clock", path, "--right").stdout
        assert not run("clock", path).stderr
    ana.reopen()
