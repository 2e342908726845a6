"""Two colleagues swap their work by a stick, and decide where both changed the same thing, each at a window of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QLabel

from tests.helpers.shown import home_of, said_by
from tests.journeys.dialogs import dialogs, texts_in
from tests.journeys.driver import Driver
from tests.journeys.two_windows import AtWindow, found
from ucapdesk.base.i18n import tr
from ucapdesk.exchange.errors import IncompletePackage
from ucapdesk.model.kinds import KINDS
from ucapdesk.services.exchange import exchange_service
from ucapdesk.services.records import attached_files, records
from ucapdesk.ui.exchange.exchange import COUNT_DELAY_MS
from ucapdesk.ui.exchange.exchange_dialogs import ConflictDialog
from ucapdesk.ui.window.commands.file_commands import receive_files


@pytest.mark.row("M10")
@pytest.mark.rule("X1", "X3", "X4", "X7", "W8", "J3")
def test_work_is_swapped_by_stick_with_four_clicks_each(
    both: tuple[AtWindow, AtWindow], stick: Path, look: str
) -> None:
    anna, chen = both
    nothing, one = {"en": ("Nothing to send", "1 to send"), "zh": ("无需发送", "待发送 1 处")}[look]
    made = anna.laptop.add("meeting", "title.en=New in Barcelona")
    assert anna.chip == one
    anna.come().click("status.exchange")
    anna.window.exchange.places.look()
    page = anna.window.exchange.page
    assert page is not None
    assert f"{KINDS['meeting'].plural(look)} 1" in [label.text() for label in page.findChildren(QLabel)], "what it is"
    anna.click("exchange.give.drive")
    assert len(list(stick.glob("*.ucapx"))) == 1
    assert said_by(anna.window.status) == tr("exchange", "Written and checked. You can remove the USB stick.", look)

    found(chen.come(), stick)
    chen.click_in_dialog("banner.package.review", "receive.apply")
    assert chen.laptop.text(made) == "New in Barcelona"
    theirs = chen.laptop.add("meeting", "title.zh=柳州的新会议")
    chen.click("status.exchange")
    chen.click("exchange.give.drive")

    found(anna.come(), stick)
    anna.click_in_dialog("banner.package.review", "receive.apply")
    assert anna.laptop.text(theirs, "title.zh") == "柳州的新会议"
    assert anna.laptop.digest() == chen.laptop.digest()
    assert [each.driver.took.clicks for each in both] == [4, 4]
    assert (anna.chip, chen.chip) == (nothing, nothing)
    found(anna, stick)
    assert anna.window.exchange.waiting == []


def test_once_a_package_came_in_its_page_is_shown_anew_a_single_time(
    both: tuple[AtWindow, AtWindow], stick: Path
) -> None:
    anna, chen = both
    chen.laptop.add("meeting", "title.en=New in Barcelona")
    chen.laptop.give(str(stick / "new.ucapx"))
    found(anna.come(), stick)
    anna.click("status.exchange")
    anna.click_in_dialog("exchange.found.0", "receive.apply")
    page = anna.window.exchange.page
    assert page is not None
    shown = page.widget()
    anna.bot.wait(2 * COUNT_DELAY_MS)
    assert page.widget() is shown, "a screen reader would say the button that has the keys again"


@pytest.mark.rule("X5", "X6", "R35", "J4")
def test_three_fields_are_decided_with_eight_keys(both: tuple[AtWindow, AtWindow]) -> None:
    anna, chen = both
    meetings = sorted(records.listing(anna.laptop.desk, "meeting"))
    for meeting in meetings:
        anna.laptop.edit(meeting, "title.en=Mine")
        chen.laptop.edit(meeting, "title.en=Theirs")
    anna.laptop.receive(chen.laptop.give("1.ucapx"))
    told: list[str] = []

    def decide(driver: Driver) -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ConflictDialog)
        told.append(dialog.conflict.label)
        driver.press("1", "2", "1", "Ctrl+Enter")

    with anna.laptop.here():
        anna.come().driver.press_into("Ctrl+R", decide)
    assert anna.driver.took.keys <= 8
    assert anna.laptop.desk.questions() == []
    shown = [anna.laptop.text(meeting) for meeting in meetings]
    assert sorted(shown) == ["Mine", "Mine", "Theirs"]  # 1 is what Anna wrote, 2 what Chen Yan did
    for meeting in meetings:  # what was not chosen stays in the history
        written = [change for change in anna.laptop.desk.history(meeting) if change.field == "title.en"]
        assert {("Mine", "Anna"), ("Theirs", "Chen Yan")} <= {(change.new, change.person) for change in written}
        title = records.get(anna.laptop.desk, meeting).title  # type: ignore[attr-defined]
        assert title.state("zh") == "outdated", "it was written for what stood there before"


@pytest.mark.rule("J4", "R30")
def test_the_same_takes_five_clicks_with_the_mouse(both: tuple[AtWindow, AtWindow]) -> None:
    anna, chen = both
    meetings = records.listing(anna.laptop.desk, "meeting")
    for meeting in meetings:
        anna.laptop.edit(meeting, "title.en=Mine")
    chen.laptop.clock.tick(60)
    for meeting in meetings:
        chen.laptop.edit(meeting, "title.en=Theirs")
    anna.laptop.receive(chen.laptop.give("1.ucapx"))

    def decide(driver: Driver) -> None:
        driver.click("decide.next").click("decide.1").click("decide.next").click("decide.next")

    with anna.laptop.here():
        anna.come().window.enter_section(":home")
        anna.driver.wait(lambda: not home_of(anna.window).counting)
        anna.driver.click_into("home.need.0", decide)
    assert anna.driver.took.clicks == 5
    assert anna.laptop.desk.questions() == []
    assert sorted(anna.laptop.text(meeting) for meeting in meetings) == ["Mine", "Theirs", "Theirs"]


@pytest.mark.rule("X5", "R35", "J4")
def test_a_decision_can_wait_and_another_text_can_be_written(both: tuple[AtWindow, AtWindow]) -> None:
    anna, chen = both
    meeting = records.listing(anna.laptop.desk, "meeting")[0]
    anna.laptop.edit(meeting, "summary.en=Both sides agree. From March.")
    chen.laptop.edit(meeting, "summary.en=Both sides agree? Liuzhou names a data owner.")
    anna.laptop.receive(chen.laptop.give("1.ucapx"))

    def later(driver: Driver) -> None:
        driver.press("Escape")

    def write(driver: Driver) -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ConflictDialog)
        assert "Both sides agree." in dialog.conflict.before
        assert dialog.result_box is not None
        dialog.result_box.setFocus()
        driver.press("Ctrl+A").type("We all agree.").press("Ctrl+Enter")

    with anna.laptop.here():
        anna.come().driver.press_into("Ctrl+R", later)
        assert len(anna.laptop.desk.questions()) == 1
        anna.driver.press_into("Ctrl+R", write)
    assert anna.laptop.text(meeting, "summary.en") == "We all agree."
    chen.laptop.receive(anna.laptop.give("2.ucapx"))
    assert chen.laptop.digest() == anna.laptop.digest()


@pytest.mark.rule("X6", "R35", "R36")
def test_a_date_is_decided_and_two_files_both_stay(both: tuple[AtWindow, AtWindow], tmp_path: Path) -> None:
    anna, chen = both
    meeting, plan = records.listing(anna.laptop.desk, "meeting")[0], tmp_path / "plan.pdf"
    plan.write_bytes(b"of both")
    anna.laptop.edit(meeting, "when=2026-11-24 09:00")
    with anna.laptop.here() as desk:
        (file,) = attached_files.attach(desk, meeting, [plan])
    chen.laptop.receive(anna.laptop.give("1.ucapx"))
    for hour, each in enumerate(both, 10):
        each.laptop.edit(meeting, f"when=2026-11-24 {hour}:00")
        plan.write_text(each.laptop.name, encoding="utf-8")
        with each.laptop.here() as desk:
            attached_files.put_back(desk, file, plan)
    anna.laptop.receive(chen.laptop.give("2.ucapx"))
    said: list[str] = []

    def decide(driver: Driver) -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ConflictDialog)
        for _ in dialog._waiting:
            said.extend(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())
            said.extend(card.text() for card in dialog.cards)
            driver.press("3" if dialog.conflict.files else "2")
        driver.press("Ctrl+Enter")

    with anna.laptop.here() as desk:
        anna.come().driver.press_into("Ctrl+R", decide)
        kept = [
            (each.file.name, desk.workspace.files.read(str(each.file.sha256)).decode())
            for each in attached_files.of(desk, meeting)
            if each.file
        ]
    assert records.get(desk, meeting).when.start == "11:00"  # type: ignore[attr-defined]
    assert sorted(kept) == [("plan (Chen Yan).pdf", "Chen Yan"), ("plan.pdf", "Anna")]
    assert {"2   Chen Yan"} <= set(said), "whose it is stands over each value"
    assert any("11:00" in each for each in said)


@pytest.mark.row("M10")
@pytest.mark.rule("X4")
def test_a_receive_is_taken_back_from_the_word_about_it(both: tuple[AtWindow, AtWindow], stick: Path) -> None:
    anna, chen = both
    before = anna.laptop.digest()
    chen.laptop.add("meeting", "title.en=Theirs")
    chen.laptop.give("KINGSTON/1.ucapx")
    found(anna.come(), stick)
    anna.click_in_dialog("banner.package.review", "receive.apply")
    assert anna.laptop.digest() != before
    anna.click("toast.do")
    assert anna.laptop.digest() == before
    assert exchange_service.undoable(anna.laptop.desk) is None


@pytest.mark.rule("X7", "J3", "W13")
def test_a_package_cut_off_is_said_to_be_so_and_nothing_changes(
    both: tuple[AtWindow, AtWindow], tmp_path: Path, look: str
) -> None:
    anna, chen = both
    chen.laptop.add("meeting", "title.en=Theirs")
    whole = chen.laptop.give("1.ucapx").read_bytes()
    cut = tmp_path / "cut.ucapx"
    cut.write_bytes(whole[: int(len(whole) * 0.6)])
    before = anna.laptop.digest()
    told: list[str] = []

    def read(page: QDialog) -> None:
        told.extend(texts_in(page))
        page.reject()

    with anna.laptop.here():
        with dialogs((QDialog, read)):
            receive_files(anna.come().window.commands, [cut])
        anna.bot.waitUntil(lambda: not anna.window.work.busy)
    assert anna.laptop.digest() == before
    (last, *_) = exchange_service.received(anna.laptop.desk)
    assert last.state in ("done", exchange_service.REFUSED)
    why = IncompletePackage(file="cut.ucapx").say(look)
    assert any(why in each for each in told), "what happened, that nothing is lost, and what to do"
