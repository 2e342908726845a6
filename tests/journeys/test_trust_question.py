"""At the window: the question whether a new laptop is accepted, its number, and what waits until then."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton

from tests.helpers.answers import answering
from tests.helpers.package_maker import Hand
from tests.journeys.dialogs import dialogs, texts_in
from tests.journeys.two_windows import AtWindow, Both
from tests.unit.exchange.strangers import SPOOFED, strange
from ucapdesk.base.i18n import tr
from ucapdesk.exchange import devices
from ucapdesk.services.exchange import exchange_service
from ucapdesk.services.people import privacy
from ucapdesk.services.records import records
from ucapdesk.ui.exchange.exchange_dialogs import LaptopDialog, ReceiveDialog
from ucapdesk.ui.window.commands.file_commands import receive_files

Step = Callable[[QDialog], object]


def follow(at: AtWindow, begin: Callable[[], object], *steps: Step) -> None:
    """Begin something, and do a step in each dialog that opens then, in their order."""
    with at.laptop.here():
        with dialogs(*((QDialog, step) for step in steps)):
            begin()
        at.bot.waitUntil(lambda: QApplication.activeModalWidget() is None)
        at.bot.wait(50)
        at.bot.waitUntil(lambda: not at.window.work.busy)


def press(name: str) -> Step:
    """One click on a button of a dialog."""

    def click(page: QDialog) -> None:
        button = page.findChild(QPushButton, name)
        assert button is not None, (page.objectName(), [each.objectName() for each in page.findChildren(QPushButton)])
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    return click


def test_the_number_stands_alone_and_neither_enter_nor_space_accepts(both: Both, tmp_path: Path, look: str) -> None:
    anna, _ = both
    hand = Hand(SPOOFED)
    package = strange(anna.laptop.desk.workspace.id, tmp_path, hand)
    number = devices.check_number(anna.laptop.desk.workspace.id, hand.public)
    keys: list[bool] = []

    def asked(page: QDialog) -> None:
        assert isinstance(page, LaptopDialog)
        texts = texts_in(page)
        assert texts.count(number) == 1
        assert not [text for text in texts if "\n" in text or "\u202e" in text]
        assert any(tr("exchange", "Accept only if all twelve figures are the same.", look) in text for text in texts)
        accept = page.findChild(QPushButton, "laptop.accept")
        assert accept is not None
        assert (accept.isDefault(), page.focusWidget()) == (False, page.number)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            QTest.keyClick(page.focusWidget(), key)
            keys.append(page.isVisible() and page.answer == "")
        QTest.keyClick(page, Qt.Key.Key_Escape)

    before = anna.laptop.log()
    follow(anna.come(), lambda: receive_files(anna.window.commands, [package]), asked)
    assert (keys, anna.laptop.log()) == ([True] * 3, before)
    follow(anna, lambda: receive_files(anna.window.commands, [package]), press("laptop.accept"), press("receive.apply"))
    assert "Odd" in [anna.laptop.text(each) for each in records.listing(anna.laptop.desk, "meeting")]


def test_with_the_keys_alone_it_is_accepted_by_going_to_the_button(both: Both, tmp_path: Path) -> None:
    anna, _ = both
    package = strange(anna.laptop.desk.workspace.id, tmp_path, Hand("Li"))

    def asked(page: QDialog) -> None:
        assert isinstance(page, LaptopDialog)
        accept = page.findChild(QPushButton, "laptop.accept")
        for _ in range(5):
            if accept is page.focusWidget():
                break
            QTest.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
        QTest.keyClick(page.focusWidget(), Qt.Key.Key_Space)

    follow(anna.come(), lambda: receive_files(anna.window.commands, [package]), asked, press("receive.apply"))
    assert "Odd" in [anna.laptop.text(each) for each in records.listing(anna.laptop.desk, "meeting")]


def test_each_new_laptop_is_asked_about_by_itself(both: Both, tmp_path: Path) -> None:
    """To accept the one says nothing of the other, which came in the same moment."""
    anna, chen = both
    good, bad = Hand("Li"), Hand("Mallory")
    workspace = anna.laptop.desk.workspace.id
    files = [strange(workspace, tmp_path, hand) for hand in (good, bad)]
    follow(
        anna.come(),
        lambda: receive_files(anna.window.commands, files),
        press("laptop.accept"),
        press("laptop.out"),
        press("receive.apply"),
    )
    trusted = [each.id for each in exchange_service.devices.listed(anna.laptop.desk)]
    assert (good.id in trusted, bad.id in trusted) == (True, False)
    chen.window.say("")


def test_both_screens_show_the_same_number(both: Both) -> None:
    anna, chen = both
    shown: list[str] = []

    def read(page: QDialog) -> None:
        assert isinstance(page, LaptopDialog)
        shown.append(page.number.text())
        page.reject()

    for at in both:
        at.come().click("status.exchange")
        (chen_there,) = (
            each.id for each in exchange_service.devices.listed(at.laptop.desk) if each.person == "Chen Yan"
        )
        follow(at, partial(at.click, f"exchange.laptop.{chen_there}"), read)
    assert (len(shown), len(set(shown)), len(shown[0].split())) == (2, 1, 4)
    assert anna.laptop.log() == chen.laptop.log()


def test_what_waits_is_shown_let_in_or_let_go(both: Both, tmp_path: Path) -> None:
    anna, _ = both
    workspace = anna.laptop.desk.workspace.id
    files = [strange(workspace, tmp_path, Hand(name)) for name in ("Li", "Mallory")]
    anna.laptop.receive(*files, accept=False)
    li, mallory = sorted(exchange_service.waiting_packages.listed(anna.laptop.desk), key=lambda each: each.person)
    anna.come().click("status.exchange")
    with answering(tr("exchange", "Keep")) as asked:
        anna.click(f"exchange.waiting.{mallory.sha256[:12]}.discard")
    assert (len(asked), len(exchange_service.waiting_packages.listed(anna.laptop.desk))) == (1, 2)
    with answering(tr("exchange", "Discard")):
        anna.click(f"exchange.waiting.{mallory.sha256[:12]}.discard")
    assert [each.person for each in exchange_service.waiting_packages.listed(anna.laptop.desk)] == ["Li"]
    row = f"exchange.waiting.{li.sha256[:12]}"
    follow(anna, lambda: anna.click(row), press("laptop.accept"), press("receive.apply"))
    assert exchange_service.waiting_packages.listed(anna.laptop.desk) == []
    assert "Odd" in [anna.laptop.text(each) for each in records.listing(anna.laptop.desk, "meeting")]


def test_what_waited_removes_nobody_unasked(both: Both, tmp_path: Path) -> None:
    """A package that was let in from among those that wait shows what it does as any other."""
    anna, chen = both
    person = anna.laptop.add("person", "name.family=Zhang", "name.given=Wei")
    chen.laptop.receive(anna.laptop.give("1.ucapx"))
    with chen.laptop.here() as desk:
        privacy.erase(desk, person, "Wei Zhang")
    with anna.laptop.here() as desk, desk.transaction() as db:
        db.execute("UPDATE sync_device SET pubkey = NULL WHERE device_id <> ?", (desk.me().device_id,))
    anna.laptop.receive(chen.laptop.give("2.ucapx"), accept=False)
    (each,) = exchange_service.waiting_packages.listed(anna.laptop.desk)
    anna.come().click("status.exchange")

    def applied(page: QDialog) -> None:
        assert isinstance(page, ReceiveDialog)
        assert any("Wei Zhang" in text for text in texts_in(page))
        page.accept()

    with answering(tr("exchange", "Not now")) as asked:
        follow(anna, lambda: anna.click(f"exchange.waiting.{each.sha256[:12]}"), press("laptop.accept"), applied)
    assert any("Wei Zhang" in text for text in asked)
    assert person in records.listing(anna.laptop.desk, "person")
