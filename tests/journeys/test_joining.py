"""Somebody who reads only Chinese joins by a package of a colleague; and two programs, each a process of its own, swap by a stick."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers import seed
from tests.helpers.clock import COMPUTER, PATIENCE, FrozenClock, lay_still
from tests.helpers.shown import home_of
from tests.journeys.dialogs import dialogs
from tests.journeys.driver import Counted
from tests.journeys.hands import AtProgram
from tests.unit.exchange.laptops import Laptop, first_laptop, joined
from ucapdesk.base import settings
from ucapdesk.base.errors import UserError
from ucapdesk.services import Desk
from ucapdesk.services.exchange import exchange_service
from ucapdesk.services.records import records
from ucapdesk.services.workspaces import sample, workspace_service
from ucapdesk.ui.exchange.exchange_dialogs import JoinDialog, ReceiveDialog
from ucapdesk.ui.toolkit.theme import apply_theme
from ucapdesk.ui.window.commands.file_commands import receive_files
from ucapdesk.ui.window.program import Program
from ucapdesk.ui.workspaces.workspace_opening import FirstRun

# Words of the window that are the same in every language.
OURS = re.compile(r"UCAPDesk|\.ucapx|\.ucapbackup|UCAP|English|Español|Italiano|Deutsch|Ctrl\S*|MoU|EN\b|IUC|IURC")


@pytest.fixture
def package(_seeded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What Ana gave of the work of a year."""
    folder = shutil.copytree(_seeded, tmp_path / "ana" / "workspace")
    monkeypatch.setenv("UCAPDESK_CONFIG", str(tmp_path / "ana" / "config"))
    with Desk.open(folder, clock=FrozenClock(seed.NOW)) as desk:
        contact = desk.read.ids("ucap")[0]
        for person in (each for each in records.page(desk, "person", desk.read.ids("person", find="chen yan"))):
            records.add(desk, "contact_role", {"owner": contact, "person": person.id})
        given = exchange_service.give(desk, tmp_path / "from-ana.ucapx").file
    monkeypatch.setenv("UCAPDESK_CONFIG", str(tmp_path / "chen" / "config"))
    return given


class Newcomer:
    """Sits down before a computer on which the program was never started."""

    def __init__(self, bot: QtBot, program: Program, took: Counted) -> None:
        self.bot, self.program, self.took = bot, program, took
        self.read: list[str] = []

    def click(self, name: str) -> None:
        page = QApplication.activeModalWidget()
        button = page.findChild(QPushButton, name) if page is not None else None
        assert button is not None, f"there is no {name}"
        assert button.isVisible()
        self.took.clicks += 1
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def look(self) -> None:
        page = QApplication.activeModalWidget()
        assert page is not None
        self.read += words_on(page)

    def begin(self, *steps: tuple[type[QDialog], Callable[[], None]]) -> bool:
        with dialogs(*((kind, lambda _, step=step: step()) for kind, step in steps), ready=QWidget.isActiveWindow):
            return self.program.start(None)


def words_on(page: QWidget) -> list[str]:
    parts: list[QLabel | QAbstractButton] = [*page.findChildren(QLabel), *page.findChildren(QAbstractButton)]
    said = (part.text() for part in parts if part.isVisible())
    return [text.replace("\u200b", "") for text in said if text]


@pytest.fixture
def newcomer(qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Newcomer]:
    monkeypatch.setattr(workspace_service, "workspaces_dir", lambda: tmp_path / "chen" / "Workspaces")
    COMPUTER.set(seed.NOW)
    made = Program(qapp)
    yield Newcomer(qtbot, made, Counted())
    made.close()
    made.deleteLater()


def pick(newcomer: Newcomer, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the dialog of the system: a click on the file, one on Open."""

    def chosen(*_: object) -> tuple[str, str]:
        newcomer.took.clicks += 2
        return str(file), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", chosen)


def latin(read: list[str], known: set[str]) -> list[str]:
    """What stands there in Latin letters and is neither ours in every language nor part of a record."""
    rest = [(text, OURS.sub("", text)) for text in read if text not in known]
    return [text for text, left in rest if re.search(r"[A-Za-z]{2,}", left)]


@pytest.mark.rule("G5", "J11", "R28")
def test_six_clicks_from_the_first_start_to_what_is_on_today(
    newcomer: Newcomer, package: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    settings.save(settings.Settings(interface_language="en", person="user"))
    apply_theme(qapp, settings.load())
    pick(newcomer, package, monkeypatch)

    def first_page() -> None:
        newcomer.click("first.lang.zh")
        newcomer.look()
        newcomer.click("first.open")

    def who() -> None:
        newcomer.look()
        newcomer.click("first.me.chenyan")
        newcomer.click("receive.apply")

    assert newcomer.begin((FirstRun, first_page), (JoinDialog, who))
    window = newcomer.program.window
    assert window is not None
    assert newcomer.took.clicks == 6
    assert newcomer.took.keys == 0
    people = set(exchange_service.newcomers(window.desk).values())
    assert not latin(newcomer.read, {*people, window.desk.workspace.name, "来自 Ana 的交换包"})
    assert window.desk.workspace.person == "陈燕"
    assert settings.load().person == "陈燕"
    assert window.section == ":home"
    assert not sample.is_sample(window.desk)
    assert records.count(window.desk, "person") == 180
    newcomer.bot.waitUntil(lambda: any("明天" in text for text in words_on(home_of(window))))
    home = words_on(home_of(window))
    assert home[0].startswith("2026年11月24日（星期二）")
    assert "Smart mobility: site visit (EN)" in home, "what is there in English only has its tag"
    assert not latin(home, {text for text in home if text.endswith("(EN)")})
    assert exchange_service.standing(window.desk).to_decide == 0


def test_going_away_leaves_nothing_and_another_way_can_be_chosen(
    newcomer: Newcomer, package: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    pick(newcomer, package, monkeypatch)
    folder = tmp_path / "chen" / "Workspaces"
    met: list[list[Path]] = []

    def away() -> None:
        met.append(sorted(folder.iterdir()))
        newcomer.click("receive.later")

    def back() -> None:
        page = QApplication.activeModalWidget()
        assert isinstance(page, FirstRun)
        page.reject()

    assert not newcomer.begin((FirstRun, lambda: newcomer.click("first.open")), (JoinDialog, away), (FirstRun, back))
    assert len(met[0]) == 1
    assert list(folder.iterdir()) == []


def test_a_name_that_is_not_offered_is_typed(
    newcomer: Newcomer, package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pick(newcomer, package, monkeypatch)

    def who() -> None:
        page = QApplication.activeModalWidget()
        assert isinstance(page, JoinDialog)
        newcomer.click("first.me.chenyan")
        page.other.setFocus()
        QTest.keyClicks(page.other, "Luo Hui")
        assert page.person == "Luo Hui"
        newcomer.click("receive.apply")

    assert newcomer.begin((FirstRun, lambda: newcomer.click("first.open")), (JoinDialog, who))
    window = newcomer.program.window
    assert window is not None
    made = records.add(window.desk, "meeting", {})
    assert {change.person for change in window.desk.history(made)} <= {"Luo Hui"}
    with pytest.raises(UserError):
        records.get(window.desk, "0" * 8)


def show_other(newcomer: Newcomer, *steps: tuple[type[QDialog], str], file: Path) -> None:
    """Receive a file in the window that is open, and press a button in each dialog that comes."""
    window = newcomer.program.window
    assert window is not None
    with dialogs(*((kind, lambda _, name=name: newcomer.click(name)) for kind, name in steps)):
        receive_files(window.commands, [file])
    newcomer.bot.waitUntil(lambda: newcomer.program.window is not window)


@pytest.mark.rule("X8")
def test_in_the_sample_a_package_is_opened_as_the_workspace_that_it_is(newcomer: Newcomer, package: Path) -> None:
    assert newcomer.begin((FirstRun, lambda: newcomer.click("first.sample")))
    window = newcomer.program.window
    assert window is not None
    assert sample.is_sample(window.desk)
    before = records.count(window.desk, "person")
    path = window.desk.workspace.path
    show_other(newcomer, (JoinDialog, "receive.apply"), file=package)
    window = newcomer.program.window
    assert window is not None
    assert not sample.is_sample(window.desk)
    assert records.count(window.desk, "person") == 180
    with Desk.open(path) as left:
        assert records.count(left, "person") == before


def test_a_package_of_another_workspace_is_offered_as_one_of_its_own(newcomer: Newcomer, package: Path) -> None:
    assert newcomer.begin((FirstRun, lambda: newcomer.click("first.start")))
    window = newcomer.program.window
    assert window is not None
    own = window.desk.workspace.id
    show_other(
        newcomer,
        (ReceiveDialog, "receive.join"),
        (JoinDialog, "receive.apply"),
        file=package,
    )
    window = newcomer.program.window
    assert window is not None
    assert window.desk.workspace.id != own
    assert records.count(window.desk, "person") == 180


Begin = Callable[..., AtProgram]


@pytest.fixture
def begin() -> Iterator[Begin]:
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
