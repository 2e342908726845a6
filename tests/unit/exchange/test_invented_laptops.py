"""An accepted laptop may introduce others, up to a bound. Those it invents cost its own exchange, and nobody else's."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.helpers.package_maker import Hand, Log, Opened
from tests.unit.exchange.laptops import Laptop, joined, sentence, told
from ucapdesk.base.ids import new_id
from ucapdesk.exchange import arrival, waiting_packages
from ucapdesk.exchange.container import MOST_DEVICES
from ucapdesk.exchange.errors import MANY_NEW_LAPTOPS
from ucapdesk.exchange.reports import APPLIED, KNOWN, WAITING
from ucapdesk.services.workspaces import maintenance


class Inventor:
    """Chen, whose laptop was accepted, with a package maker of his own."""

    def __init__(self, ana: Laptop, chen: Laptop, folder: Path) -> None:
        chen.add("meeting", "title.en=Harmless")
        harmless = chen.give("harmless.ucapx")
        ana.receive(harmless, accept=True)
        self.chen, self.folder, self.hand = chen, folder, Hand.of(chen.config, "Chen Yan")
        self.opened = Opened(harmless)

    def package(self, laptops: Iterable[int], *, write: bool = False) -> Path:
        logs = [Log(self.opened.workspace, Hand(f"Nobody {n}", "Invented")) for n in laptops]
        for n, log in enumerate(logs if write else ()):
            log.save(["meeting", new_id(), {"title.en": f"Invented {n}"}])
        parcel = self.opened.with_log(self.hand, self.opened.log_of(self.hand), *logs)
        return parcel.write(self.folder / f"{new_id()}.ucapx")


@pytest.fixture
def inventor(ana: Laptop, chen: Laptop, tmp_path: Path) -> Inventor:
    return Inventor(ana, chen, tmp_path)


@pytest.mark.parametrize("write", [False, True])
def test_they_cost_whoever_invents_them(ana: Laptop, inventor: Inventor, tmp_path: Path, write: bool) -> None:
    before = ana.digest(), ana.log()
    for start in (0, 500):
        (report,) = ana.receive(inventor.package(range(start, start + 490), write=write), accept=False)
        assert (report.state, sentence(report)) == (WAITING, MANY_NEW_LAPTOPS.sentence)
        with ana.here() as desk:
            waits = waiting_packages.listed(desk)[0]
        assert (waits.is_strange, waits.is_new, waits.is_trusted) == (True, False, False)
        assert report.why is not None
        assert "490 laptops that nobody here knows" in report.why.say()
    assert (ana.digest(), ana.log()) == before
    eva = joined(tmp_path / "eva", ana.give("1.ucapx"), "Eva")
    eva.add("meeting", "title.en=From Eva")
    (report,) = ana.receive(eva.give("2.ucapx"), accept=[eva.desk.me().device_id])
    assert (report.state, report.new) == (APPLIED, 1)
    ana.check()
    eva.desk.close()


def test_nor_do_they_come_a_few_at_a_time(ana: Laptop, inventor: Inventor) -> None:
    states = [
        ana.receive(inventor.package(range(start, start + 20)), accept=False)[0].state for start in range(0, 100, 20)
    ]
    assert states == [KNOWN, KNOWN, WAITING, WAITING, WAITING]
    assert ana.desk.db.execute("SELECT count(*) FROM sync_device").fetchone()[0] < arrival.MAX_LAPTOPS_INTRODUCED + 5


def test_who_accepts_them_goes_on_as_before(ana: Laptop, inventor: Inventor, tmp_path: Path) -> None:
    """As many as were taken in by an earlier version: what they wrote stays, and everybody can go on."""
    for start in (0, 400):
        (report,) = ana.receive(inventor.package(range(start, start + 400), write=True), accept=True)
        assert report.state == APPLIED, report.why
    ana.add("meeting", "title.en=And so on")
    ana.add("meeting", "title.en=And on")
    eva = joined(tmp_path / "eva", ana.give("1.ucapx"), "Eva")
    assert eva.digest() == ana.digest()
    (report,) = ana.receive(inventor.package(range(900, 940)), accept=False)
    assert report.state == KNOWN, report.why
    eva.check()
    eva.desk.close()


def test_laptops_that_never_wrote_are_left_out_and_can_be_forgotten(
    ana: Laptop, inventor: Inventor, tmp_path: Path
) -> None:
    for start in (0, 490):
        ana.receive(inventor.package(range(start, start + 490)), accept=True)
    given = ana.give("1.ucapx")
    assert len(Opened(given).said["devices"]) == MOST_DEVICES
    (said,) = [line for line in told(ana, "check", "--repair").splitlines() if "never wrote" in line]
    assert "(980)" in said
    ana.reopen()
    assert ana.desk.db.execute("SELECT count(*) FROM sync_device").fetchone() == (2,)
    with ana.here() as desk:
        assert maintenance.repair(desk) == []
    ana.receive(inventor.chen.give("2.ucapx"), accept=False)
    inventor.chen.receive(ana.give("3.ucapx"))
    assert inventor.chen.desk.log.vector() == ana.desk.log.vector()
    ana.check()
