"""What a package asks at the window: a laptop that is new, a passphrase, the removal of somebody's data, odd contents, internal notes that go along."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QLineEdit, QPushButton

from tests.helpers.answers import answering
from tests.helpers.chinese_records import fill_in
from tests.helpers.errors import user_error
from tests.helpers.package_maker import Hand, Opened
from tests.journeys.conftest import run
from tests.journeys.dialogs import dialogs, texts_in
from tests.journeys.two_windows import AtWindow, Both, read_preview
from tests.ui.list_hands import answer
from tests.unit.exchange.laptops import Laptop
from tests.unit.exchange.strangers import SPOOFED, strange
from ucapdesk.base import i18n
from ucapdesk.base.i18n import tr
from ucapdesk.exchange import devices
from ucapdesk.exchange.encryption import protect
from ucapdesk.exchange.receiving import look as look_into
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.values import Bilingual
from ucapdesk.services.exchange import exchange_service
from ucapdesk.services.people import privacy
from ucapdesk.services.records import records
from ucapdesk.services.workspaces import workspace_service
from ucapdesk.ui.exchange.exchange_dialogs import LaptopDialog, ReceiveDialog
from ucapdesk.ui.window.commands.file_commands import receive_files
from ucapdesk.ui.workspaces.workspace_dialogs import PassphraseDialog

Step = Callable[[QDialog], object]


def follow(at: AtWindow, begin: Callable[[], object], *steps: Step) -> None:
    with at.laptop.here():
        with dialogs(*((QDialog, step) for step in steps)):
            begin()
        at.bot.waitUntil(lambda: QApplication.activeModalWidget() is None)
        at.bot.wait(50)
        at.bot.waitUntil(lambda: not at.window.work.busy)


def press(name: str) -> Step:
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


NAME = "minutes.ucapx" if sys.platform == "win32" else "<b>Right number.ucapx"


@pytest.fixture(scope="session")
def protected(_both_laptops: tuple[Laptop, Laptop], tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A package of Chen Yan under a passphrase: made once for both looks."""
    chen = _both_laptops[1].cloned(tmp_path_factory.mktemp("protected") / "chen")
    chen.add("meeting", "title.en=Behind a word")
    plain = chen.give("plain.ucapx").read_bytes()
    chen.desk.close()
    return protect(plain, "柳州", 1)


def test_the_passphrase_is_asked_for_until_it_fits(
    both: tuple[AtWindow, AtWindow],
    protected: bytes,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    anna, _ = both
    package = tmp_path / NAME
    package.write_bytes(protected)
    told: list[str] = []

    def type_it(box: PassphraseDialog) -> None:
        (label,) = [each for each in box.findChildren(QLabel) if each.isVisible()]
        assert (label.textFormat(), box.line.echoMode()) == (Qt.TextFormat.PlainText, QLineEdit.EchoMode.Password)
        told.append(label.text().replace("\u200b", ""))
        anna.bot.keyClicks(box.line, "nobody knows") if len(told) == 1 else box.line.setText("柳州")
        anna.bot.keyClick(box.line, Qt.Key.Key_Return)

    answer(monkeypatch, PassphraseDialog, type_it)
    monkeypatch.setattr(ReceiveDialog, "exec", lambda _: 1)
    with anna.laptop.here():
        anna.come().window.commands.exchange_work.receive([package])
        anna.bot.waitUntil(lambda: bool(records.listing(anna.laptop.desk, "meeting", find="Behind")))
        anna.bot.waitUntil(lambda: not anna.window.work.busy)
    assert len(told) == 2
    assert all(NAME in said for said in told)


def test_a_package_is_given_under_a_passphrase_that_was_typed_twice(
    both: tuple[AtWindow, AtWindow], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, chen = both
    package = tmp_path / "given.ucapx"
    told: list[tuple[int, bool]] = []

    def type_it(box: PassphraseDialog) -> None:
        for again in ("kakao", "kakadu"):
            box.line.setText("kakadu")
            box.again.setText(again)
            anna.bot.keyClick(box.again, Qt.Key.Key_Return)
            told.append((box.result(), bool(box.message.text())))

    answer(monkeypatch, PassphraseDialog, type_it)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(package), ""))
    with anna.laptop.here():
        anna.laptop.add("meeting", "title.en=Given under a word")
        anna.come().window.do("go.exchange")
        page = anna.window.exchange.page
        assert page is not None
        assert page.protect is not None
        page.protect.setChecked(True)
    anna.click("exchange.give.save")
    assert [result for result, _ in told] == [0, 1]
    assert told[0][1], "that the two differ is told"
    with chen.laptop.here():
        locked, opened = (
            exchange_service.receive(chen.laptop.desk, [package], passphrase=word)[0] for word in (None, "kakadu")
        )
        assert locked.code == "E16"
        assert opened.why is None


def apply(at: AtWindow, answer: str, *packages: Path) -> list[str]:
    """Look at packages and press Apply; what was asked then."""
    with at.laptop.here(), answering(tr("exchange", answer)) as said:
        with dialogs((ReceiveDialog, QDialog.accept)):
            receive_files(at.window.commands, list(packages))
        at.bot.waitUntil(lambda: not at.window.work.busy)
    return said


def test_whose_data_goes_is_said_and_asked(both: Both) -> None:
    anna, chen = both
    person = anna.laptop.add("person", "name.family=Zhang", "name.given=Wei")
    chen.laptop.receive(anna.laptop.give("1.ucapx"))
    with anna.laptop.here() as desk:
        privacy.erase(desk, person, "Wei Zhang")
    package = anna.laptop.give("2.ucapx")
    chen.come()
    assert any("Wei Zhang" in text for text in read_preview(chen, package))
    (said,) = apply(chen, "Not now", package)
    assert "Wei Zhang" in said
    assert person in records.listing(chen.laptop.desk, "person")
    (said,) = apply(chen, "Remove and apply", package)
    assert person not in records.listing(chen.laptop.desk, "person")
    assert chen.laptop.digest() == anna.laptop.digest()
    assert not chen.window.toast.button.isVisibleTo(chen.window), "there is nothing to undo it with"


def test_what_was_linked_meanwhile_is_told(both: Both) -> None:
    anna, chen = both
    person = anna.laptop.add("person", "name.family=Zhang", "name.given=Wei")
    visit = anna.laptop.add("visit", "title.en=Spring visit")
    chen.laptop.receive(anna.laptop.give("1.ucapx"))
    part = chen.laptop.add("participation", f"owner={visit}", "free_name.en=Mr Zhang", "diet=no fish")
    chen.laptop.edit(part, f"person={person}")
    with anna.laptop.here() as desk:
        privacy.erase(desk, person, "Wei Zhang")
    chen.come()
    package = anna.laptop.give("2.ucapx")
    cut = package.with_name("cut.ucapx")
    cut.write_bytes(package.read_bytes()[:-400])
    apply(chen, "Remove and apply", package, cut)
    (said,) = [each.text() for each in chen.window.notice.findChildren(QLabel)]
    assert "Spring visit" in said
    assert "cut.ucapx" in said, "what went wrong with another package is told beside it"
    assert records.get(chen.laptop.desk, part).diet is None  # type: ignore[attr-defined]


HUGE = 2**53 - 1
TIMES = ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-01-01", "yesterday", "", "x" * 1000)


def odd(said: dict[str, Any], time: str) -> None:
    """Everything in it that is for people only, as far from what is usual as a reader lets it be."""
    said["from"] |= {"time": time, "schema": HUGE, "app": "<b>9</b>" * 100, "label": "\u202e<img src=x>" * 30}
    said["counts"] = {"changesets": HUGE, "rows": HUGE, "<b>": HUGE}
    said["left_out"] = [{"sha256": f"{n:064x}", "size": HUGE, "name": "../" * 300} for n in range(50)]
    said["want"] = [f"{n:064x}" for n in range(500)]
    said["known"] = {line["id"]: {line["id"]: 2**40 - 1} for line in said["devices"]}


def test_none_of_it_troubles_the_window(
    both: tuple[AtWindow, AtWindow], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    anna, chen = both
    hand = Hand.of(chen.laptop.config, "Chen Yan")
    monkeypatch.setattr(ReceiveDialog, "exec", lambda _: 1)
    for n, time in enumerate(TIMES):
        made = chen.laptop.add("meeting", f"title.en=Behind {n}")
        opened = Opened(chen.laptop.give(f"{n}.ucapx"))
        parcel = opened.with_log(hand, opened.log_of(hand))
        odd(parcel.said, time)
        package = parcel.write(tmp_path / f"odd {n}.ucapx")
        with anna.laptop.here():
            anna.come().window.commands.exchange_work.receive([package])
            anna.bot.waitUntil(lambda: not anna.window.work.busy)
            anna.bot.waitUntil(lambda: made in records.listing(anna.laptop.desk, "meeting"))  # noqa: B023 - at once
            anna.window.exchange.refresh()


@pytest.mark.skipif(sys.platform == "win32", reason="has no pipes in folders")
def test_a_pipe_that_never_ends_is_no_package(both: tuple[AtWindow, AtWindow], tmp_path: Path) -> None:
    anna, _ = both
    os.mkfifo(tmp_path / "pipe.ucapx")
    with user_error("E01"):
        look_into(tmp_path / "pipe.ucapx")
    (report,) = anna.laptop.receive(tmp_path / "pipe.ucapx")
    assert report.code == "E01"


def test_the_command_line_tells_it(workspace_folder: Path, tmp_path: Path) -> None:
    given = run("give", workspace_folder, "-o", tmp_path / "1.ucapx")
    assert "internal" not in given.output
    run("add", workspace_folder, "meeting", "title.en=Talks", "lines_to_take.en=Be firm", "notes.zh=只供内部")
    run("add", workspace_folder, "person", "name.family=Li", "mobile=+86 138 0000 0000", "diet=vegan")
    given = run("give", workspace_folder, "-o", tmp_path / "2.ucapx")
    assert "4 internal fields and notes are included" in given.output
    assert "Lines to take" in given.output
    data = json.loads(run("give", workspace_folder, "-o", tmp_path / "3.ucapx", "--json").stdout)
    assert (data["internal"], data["readers"]) == (4, [])


def test_everything_that_is_declared_internal_counts(liuzhou: Path) -> None:
    """Counted once more, record by record as a form reads them."""
    found = 0
    with workspace_service.opened(liuzhou) as desk:
        fill_in(desk, "Text", "en")
        for kind in KINDS.values():
            if kind.cls.reserved:
                continue
            rows = desk.db.execute(f'SELECT id FROM "{kind.name}"').fetchall()
            for record in desk.read.many([id_ for (id_,) in rows]):
                inside = [each for each in kind.fields.values() if each.meta.internal and not each.meta.local]
                found += sum(bool(getattr(record, each.name)) for each in inside)
                found += bool(getattr(record, "internal", None))
        assert (exchange_service.internal_going_along(desk).n, found > 5) == (found, True)


def test_it_is_counted_again_only_once_something_changed(liuzhou: Path) -> None:
    with workspace_service.opened(liuzhou, read_only=False) as desk:
        before, statements = exchange_service.internal_going_along(desk), list[str]()
        desk.db.set_trace_callback(statements.append)
        assert exchange_service.internal_going_along(desk) == before
        assert statements == []
        (meeting, *_) = records.listing(desk, "meeting")
        records.edit(desk, meeting, {"do_not_raise": Bilingual(en="The old debt")})
        assert exchange_service.internal_going_along(desk).n == before.n + 1
        in_english = exchange_service.internal_going_along(desk).labels
        i18n.use_language("zh")
        assert exchange_service.internal_going_along(desk).labels != in_english


def test_the_window_tells_it_where_it_is_given(both: Both, look: str) -> None:
    anna, _ = both
    anna.laptop.add("meeting", "title.en=Talks", "do_not_raise.en=The old debt")
    anna.come().click("status.exchange")
    page = anna.window.exchange.page
    assert page is not None
    said = [label.text().replace("\u200b", "") for label in page.findChildren(QLabel)]
    (line,) = [text for text in said if "Chen Yan" in text and tr("meeting.do_not_raise", "Do not raise", look) in text]
    assert "1" in line
