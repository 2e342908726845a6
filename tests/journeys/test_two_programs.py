"""Two programs, each a process of its own, and a folder as the stick; a third on a computer that never saw the program."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.clock import PATIENCE, lay_still
from tests.journeys.hands import AtProgram
from tests.unit.exchange.laptops import Laptop, first_laptop, joined
from ucapdesk.services import Desk
from ucapdesk.services.exchange import exchange_service
from ucapdesk.services.records import records
from ucapdesk.services.workspaces import workspace_service

Begin = Callable[..., AtProgram]


@pytest.fixture
def begin() -> Iterator[Begin]:
    """Starts programs; none is left behind."""
    begun: list[AtProgram] = []

    def start(*arguments: Any, **how: Any) -> AtProgram:
        begun.append(AtProgram(*arguments, **how))
        return begun[-1]

    yield start
    for each in begun:
        each.kill()


@pytest.fixture
def laptops(tmp_path: Path) -> tuple[Laptop, Laptop]:
    """Anna and Chen Yan know each other, have changed the same title, and have closed their programs."""
    anna = first_laptop(tmp_path / "anna", "Anna")
    meeting = anna.add("meeting", "title.en=Opening", "title.zh=开幕式")
    chen = joined(tmp_path / "chen", anna.give("joining.ucapx"), "Chen Yan")
    anna.receive(chen.give("hello.ucapx"))
    for each in (anna, chen):
        each.add("person", f"name.family={each.name.split()[-1]}", "name.given=New")
        each.edit(meeting, f"title.en=As {each.name} says")
        each.desk.close()
    return anna, chen


def put_down(stick: Path, n: int) -> None:
    """Wait for the package that makes ``n`` on the stick, which then lies there for a while."""
    began = time.monotonic()
    while len(list(stick.glob("*.ucapx"))) < n:
        assert time.monotonic() - began < PATIENCE, "it was never written"
        time.sleep(0.05)
    lay_still(stick)


def opened(laptop: Laptop) -> Laptop:
    """Open a workspace whose program is closed, as the program does: it lists all countries then."""
    with laptop.here():
        laptop.desk = workspace_service.open(laptop.folder / "workspace")
    return laptop


@pytest.mark.rule("X1", "X3", "X4", "X5", "X7")
def test_two_programs_swap_by_a_stick_and_one_of_them_decides(
    begin: Begin, laptops: tuple[Laptop, Laptop], tmp_path: Path
) -> None:
    anna, chen = laptops
    stick = tmp_path / "KINGSTON"
    stick.mkdir()
    a = begin(anna.folder, anna.folder / "workspace", stick=stick)
    b = begin(chen.folder, chen.folder / "workspace", stick=stick)

    a.until("status.exchange", "Not sent for")  # the programs are opened two weeks later
    a.click("status.exchange").click("exchange.give.drive")
    put_down(stick, 1)
    a.until("status.exchange", "Nothing to send")

    b.click("banner.package.review").click("receive.apply")
    b.until("status.exchange", "1 to decide")
    b.click("status.exchange").click("exchange.give.drive")
    put_down(stick, 2)

    a.click("banner.package.review").click("receive.apply")
    a.until("status.exchange", "1 to decide")
    assert (a.clicks, b.clicks) == (4, 4)

    a.press("Ctrl+R")
    a.see("decide.2")
    a.press("2", "Ctrl+Return")
    a.until("status.exchange", "1 to send")
    assert a.keys <= 8
    a.click("exchange.give.drive")
    put_down(stick, 3)
    b.click("banner.package.review").click("receive.apply")
    b.until("status.exchange", "to send")
    assert (a.quit(), b.quit()) == (0, 0)

    anna, chen = opened(anna), opened(chen)
    assert anna.digest() == chen.digest()
    assert anna.log() == chen.log()
    (meeting,) = records.listing(anna.desk, "meeting")
    assert anna.text(meeting) == chen.text(meeting)
    said = {change.new for change in anna.desk.history(meeting) if change.field == "title.en"}
    assert said == {"Opening", "As Anna says", "As Chen Yan says"}
    assert len(records.listing(anna.desk, "person")) == 2
    assert exchange_service.standing(anna.desk).to_decide == exchange_service.standing(chen.desk).to_decide == 0
    for each in (anna, chen):
        each.check()
        each.desk.close()


def test_a_program_killed_while_it_gives_leaves_no_package_and_starts_as_if_nothing_were(
    begin: Begin, laptops: tuple[Laptop, Laptop], tmp_path: Path
) -> None:
    anna, _ = laptops
    stick = tmp_path / "KINGSTON"
    stick.mkdir()
    a = begin(anna.folder, anna.folder / "workspace", stick=stick)
    a.click("status.exchange").click("exchange.give.drive")
    a.kill()
    again = begin(anna.folder, anna.folder / "workspace", stick=stick)
    again.click("status.exchange").click("exchange.give.drive")
    put_down(stick, 1)
    again.until("status.exchange", "Nothing to send")
    assert again.quit() == 0
    for file in stick.glob("*.ucapx"):  # what has its name is whole
        assert exchange_service.look(file).sender.person == "Anna"


def test_a_computer_that_never_saw_the_program_joins_with_six_clicks(
    begin: Begin, laptops: tuple[Laptop, Laptop], tmp_path: Path
) -> None:
    anna = opened(laptops[0])
    package = anna.give("for-luo-hui.ucapx")
    anna.desk.close()
    newcomer = begin(tmp_path / "luo", chooses=package)
    newcomer.click("first.lang.zh").click("first.open")
    newcomer.clicks += 2  # in the dialog of the system: the file, and Open
    newcomer.click("first.me.anna").click("receive.apply")
    newcomer.until("status.exchange", "无需发送")
    assert newcomer.clicks == 6
    assert newcomer.quit() == 0
    (workspace,) = (tmp_path / "luo" / "data").rglob("store.db")
    luo = Laptop("Luo Hui", tmp_path / "luo", None, None)  # type: ignore[arg-type]
    with luo.here():
        luo.desk = Desk.open(workspace.parent)
    anna = opened(laptops[0])
    assert luo.digest() == anna.digest()
    for each in (luo, anna):
        each.desk.close()
