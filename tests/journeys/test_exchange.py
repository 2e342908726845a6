"""Two colleagues swap their work by a stick, each at a window of their own: what the window says and never does by itself, and how what both changed is decided."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QPushButton

from tests.helpers.shown import home_of, said_by
from tests.journeys.dialogs import dialogs, texts_in
from tests.journeys.driver import Driver
from tests.journeys.two_windows import AtWindow, Both, found, read_preview
from tests.unit.exchange.forge import Forged
from ucapdesk.base.i18n import ntr, tr
from ucapdesk.base.paths import resource
from ucapdesk.exchange.errors import INCOMPLETE_PACKAGE
from ucapdesk.model.kinds import KINDS, LISTED
from ucapdesk.services.exchange import conflicts, exchange_service
from ucapdesk.services.records import attached_files, duplicates, history, records
from ucapdesk.ui.exchange import watched_places
from ucapdesk.ui.exchange.duplicates_dialog import DuplicatesDialog
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
    why = INCOMPLETE_PACKAGE(file="cut.ucapx").say(look)
    assert any(why in each for each in told), "what happened, that nothing is lost, and what to do"


STATES = {
    "en": ("Nothing to send", "1 to send", "1 to decide", "Not sent for 9 days", "Last write failed"),
    "zh": ("无需发送", "待发送 1 处", "待处理 1 项", "已有 9 天未发送", "上次写入失败"),
}  # fmt: skip


@pytest.mark.rule("X1", "R30", "R31")
def test_the_chip_says_each_of_its_states_and_leads_to_the_page(both: Both, look: str, stick: Path) -> None:
    anna, chen = both
    nothing, give, decide, long_ago, failed = STATES[look]
    assert anna.chip == nothing
    meeting = records.listing(anna.laptop.desk, "meeting")[0]
    anna.laptop.edit(meeting, "title.en=Mine")
    assert anna.chip == give
    anna.laptop.clock.tick(int(timedelta(days=9).total_seconds()))
    assert anna.chip == long_ago
    with anna.laptop.here():
        (stick / "no folder").write_text("")
        anna.window.commands.exchange_work.give_to(stick / "no folder" / "below it")
        anna.bot.waitUntil(lambda: not anna.window.work.busy)
    assert anna.chip == failed
    anna.window.notice.say("")
    chen.laptop.edit(meeting, "title.en=Theirs")
    chen.laptop.give("KINGSTON/1.ucapx")
    found(anna, stick)
    assert anna.chip == ntr("exchange", "{n} package to review", "{n} packages to review", 1)
    anna.come().click_in_dialog("banner.package.review", "receive.apply")
    assert anna.chip == decide
    anna.click("status.exchange")
    assert anna.window.section == ":exchange"
    assert anna.window.findChild(QPushButton, "exchange.decide") is not None


@pytest.mark.rule("X2", "R50")
def test_no_word_is_lost_on_the_network() -> None:
    catalogue = (resource("locale") / "zh" / "LC_MESSAGES" / "ucapdesk.po").read_text(encoding="utf-8")
    said = re.findall(r'^(?:msgid|msgstr(?:\[0\])?) "(.*)"', catalogue, re.MULTILINE)
    assert len(said) > 2000
    assert not [
        text for text in said if re.search("offline|network state|no connection|离线|联网|无网络", text, re.IGNORECASE)
    ]


@pytest.mark.rule("X3")
def test_what_was_found_is_offered_once_and_the_page_goes_on_offering_it(both: Both, stick: Path) -> None:
    anna, chen = both
    chen.laptop.add("meeting", "title.en=Theirs")
    chen.laptop.give("KINGSTON/1.ucapx")
    found(anna.come(), stick)
    banner = anna.window.exchange.banner
    assert banner is not None
    assert banner.isVisible()
    anna.click("banner.package.close")
    found(anna, stick)
    assert not banner.isVisible()
    anna.click("status.exchange")
    anna.click_in_dialog("exchange.found.0", "receive.apply")
    assert anna.laptop.digest() == chen.laptop.digest()
    assert anna.window.exchange.waiting == []


@pytest.mark.rule("X3")
def test_a_shared_folder_is_watched_like_a_stick(both: Both, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watched_places, "drives", list)
    anna, chen = both
    cloud = tmp_path / "cloud"
    cloud.mkdir()
    for each in both:
        each.window.exchange.places.look()
        with each.laptop.here():
            watched_places.share(each.laptop.desk, cloud)
    made = anna.laptop.add("meeting", "title.en=From the folder")
    anna.come().click("status.exchange")
    anna.click("exchange.give.folder")
    (file,) = cloud.rglob("*.ucapx")
    found(chen.come(), file.parent)
    chen.click_in_dialog("banner.package.review", "receive.apply")
    assert chen.laptop.text(made) == "From the folder"


@pytest.mark.rule("X4")
def test_the_safety_copy_is_named_and_twice_the_same_changes_nothing(both: Both, stick: Path, look: str) -> None:
    anna, chen = both
    chen.laptop.add("meeting", "title.en=Theirs")
    file = chen.laptop.give("KINGSTON/1.ucapx")
    found(anna.come(), stick)
    anna.click_in_dialog("banner.package.review", "receive.apply")
    newest = exchange_service.received(anna.laptop.desk)[0]
    assert (anna.laptop.desk.workspace.backups / newest.copy).exists()
    anna.click("status.exchange")
    anna.click(f"exchange.package.{newest.bundle}")
    assert newest.copy in said_by(anna.window.status)
    before = anna.laptop.log()
    said = read_preview(anna, file)
    assert any(tr("exchange", "You already have all of this.", look) in text for text in said)
    assert anna.laptop.log() == before


@pytest.mark.rule("X5", "R33", "R35")
def test_nothing_that_is_to_be_decided_opens_by_itself_or_stops_the_work(both: Both, stick: Path) -> None:
    anna, chen = both
    meeting = records.listing(anna.laptop.desk, "meeting")[0]
    for each in both:
        each.laptop.edit(meeting, f"title.en=As {each.laptop.name} says")
    chen.laptop.give("KINGSTON/1.ucapx")
    found(anna.come(), stick)
    anna.click_in_dialog("banner.package.review", "receive.apply")
    anna.bot.wait(100)
    assert QApplication.activeModalWidget() is None
    anna.laptop.edit(meeting, "room=12")
    anna.laptop.receive(chen.laptop.give("2.ucapx"))
    assert len(anna.laptop.desk.questions()) == 1


@pytest.mark.rule("X6", "R33", "R34")
def test_other_fields_merge_same_values_are_no_conflict_and_the_same_field_is_asked(both: Both, look: str) -> None:
    anna, chen = both
    first, second, third = records.listing(anna.laptop.desk, "meeting")
    anna.laptop.edit(second, "summary.en=One.\nTwo.\nThree.")
    chen.laptop.receive(anna.laptop.give("0.ucapx"))
    anna.laptop.edit(first, "title.en=Mine")
    chen.laptop.edit(first, "title.zh=他们的")
    for each in both:
        each.laptop.edit(second, "room=12")
        each.laptop.edit(third, f"room={each.laptop.name}")
    anna.laptop.edit(second, "summary.en=First.\nTwo.\nThree.")
    chen.laptop.edit(second, "summary.en=One.\nTwo.\nThird.")
    said = " ".join(read_preview(anna, chen.laptop.give("1.ucapx")))
    for told in {
        "en": ("1 field was changed by both", "1 long text was merged automatically"),
        "zh": ("有 1 个字段双方都修改过", "1 "),
    }[look]:
        assert told in said
    anna.laptop.receive(chen.laptop.give("2.ucapx"))
    (asked,) = [question for question in anna.laptop.desk.questions() if question.state == "decide"]
    assert (asked.id, asked.cell) == (third, "room")
    assert (anna.laptop.text(first), anna.laptop.text(first, "title.zh")) == ("Mine", "他们的")
    assert anna.laptop.text(second, "summary.en") == "First.\nTwo.\nThird."


@pytest.mark.row("B8")
def test_the_preview_tells_what_was_and_what_will_be(both: Both, look: str) -> None:
    anna, chen = both
    meeting = records.listing(anna.laptop.desk, "meeting")[0]
    chair = chen.laptop.add("person", "name.family=Luo")
    chen.laptop.edit(
        meeting, "room=12", "title.en=A long title that goes on and on and on without an end", f"chair_a={chair}"
    )
    with anna.laptop.here() as desk:
        (report,) = exchange_service.receive(desk, [chen.laptop.give("1.ucapx")], dry_run=True)
        (line,) = [line for line in report.lines if line.id == meeting]
        told = exchange_service.changes(desk, line)

    room, title = LISTED["meeting"].fields["room"].label(look), history.label_of("meeting", "title.en", look)
    assert any(text.startswith(room) and text.endswith("— → 12") for text in told)
    assert any(text.startswith(title) and "Meeting" in text and text.endswith("…") for text in told)
    assert not [text for text in told if chair in text]
    chen.laptop.edit(meeting, "summary.en=Both sides agree. " + "We meet again. " * 9 + "In March.")
    anna.laptop.receive(chen.laptop.give("2.ucapx"))
    chen.laptop.edit(meeting, "summary.en=Both sides agree. " + "We meet again. " * 9 + "In May.")
    with anna.laptop.here() as desk:
        (report,) = exchange_service.receive(desk, [chen.laptop.give("3.ucapx")], dry_run=True)
        assert any(
            "In March. → …" in text and text.endswith("In May.")
            for text in exchange_service.changes(desk, report.lines[0])
        )


@pytest.mark.rule("X9")
def test_a_package_of_a_newer_program_asks_for_an_update_and_changes_nothing(both: Both, look: str) -> None:
    anna, chen = both
    package = Forged(chen.laptop.give("1.ucapx"), chen.laptop)
    newer = package.say(lambda said: said.update(version=3, min_reader=3)).write()
    before = anna.laptop.log()
    said = " ".join(read_preview(anna, newer))
    assert {"en": "update UCAPDesk", "zh": "更新"}[look] in said
    assert anna.laptop.log() == before


def test_who_came_twice_is_said_before_and_asked_after(both: Both, stick: Path, look: str) -> None:
    anna, chen = both
    ours = anna.laptop.add("person", "name.family=Zhang", "name.given=Wei", "email=zw@x.cn")
    theirs = chen.laptop.add("person", "name_han.family=张", "name_han.given=伟", "email=zw@x.cn")
    file = chen.laptop.give("KINGSTON/1.ucapx")
    hint = {"en": "may be the same as one of yours: Zhang Wei", "zh": "可能与您已有的相同：Zhang Wei"}[look]
    assert any(hint in text or hint.replace("Zhang Wei", "Wei Zhang") in text for text in read_preview(anna, file))
    found(anna.come(), stick)
    anna.click_in_dialog("banner.package.review", "receive.apply")
    bar = anna.window.exchange.alike
    assert bar is not None
    assert bar.isVisible()
    anna.click("status.exchange")
    anna.driver.wait(lambda: anna.window.findChild(QPushButton, "exchange.twice.0") is not None)
    anna.click_in_dialog("banner.alike.compare", "same.yes")
    assert anna.laptop.desk.read.ids("person") == [min(ours, theirs)]
    assert not bar.isVisible()
    chen.laptop.receive(anna.laptop.give("2.ucapx"))
    assert chen.laptop.desk.read.ids("person") == [min(ours, theirs)]
    assert duplicates.find(chen.laptop.desk) == []
    anna.driver.wait(lambda: anna.window.findChild(QPushButton, "exchange.twice.0") is None)
    assert issubclass(DuplicatesDialog, QDialog)


def test_a_folder_that_holds_the_workspace_is_refused_and_one_can_be_left(
    both: Both, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, _ = both
    cloud = tmp_path / "cloud"
    cloud.mkdir()
    anna.come().click("status.exchange")
    for chosen, kept in ((anna.laptop.desk.workspace.path.parent, None), (cloud, cloud)):
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_, chosen=chosen: str(chosen))
        anna.click("exchange.folder")
        with anna.laptop.here():
            assert watched_places.shared_folder(anna.laptop.desk) == kept
        assert bool(said_by(anna.window.notice)) == (kept is None)
        anna.window.notice.say("")
    anna.click("exchange.folder.leave")
    with anna.laptop.here():
        assert watched_places.shared_folder(anna.laptop.desk) is None


def test_yours_is_what_was_written_on_this_laptop_whatever_its_writer_is_called(both: Both, look: str) -> None:
    anna, chen = both
    with chen.laptop.here() as desk:
        desk.rename_person("Anna")
    meeting = records.listing(anna.laptop.desk, "meeting")[0]
    anna.laptop.edit(meeting, "room=here")
    chen.laptop.edit(meeting, "room=there")
    anna.laptop.receive(chen.laptop.give("1.ucapx"))
    with anna.laptop.here() as desk:
        dialog = ConflictDialog(desk, conflicts.conflicts(desk), anna.window)
        anna.bot.addWidget(dialog)
        said = {card.text().split()[-1] for card in dialog.cards}
        own = [each.said for each in conflicts.conflicts(desk)[0].candidates if each.own]
    assert said == {tr("decide", "Yours"), "Anna"}
    assert own == ["here"]


def test_enter_on_later_decides_nothing(both: Both, look: str) -> None:
    anna, chen = both
    meeting = records.listing(anna.laptop.desk, "meeting")[0]
    anna.laptop.edit(meeting, "room=here")
    chen.laptop.edit(meeting, "room=there")
    anna.laptop.receive(chen.laptop.give("1.ucapx"))
    with anna.laptop.here() as desk:
        dialog = ConflictDialog(desk, conflicts.conflicts(desk), anna.window)
        anna.bot.addWidget(dialog)
        dialog.open()
        later = dialog.findChild(QPushButton, "decide.later")
        assert later is not None
        later.setFocus()
        anna.bot.waitUntil(later.hasFocus)
        anna.bot.keyClick(later, Qt.Key.Key_Return)
        assert (dialog.decided, dialog.isVisible()) == (0, False)
        assert len(conflicts.conflicts(desk)) == 1


def test_a_torn_copy_on_a_stick_is_told_of_once(both: Both, stick: Path, look: str) -> None:
    anna, chen = both
    whole = chen.laptop.give("1.ucapx").read_bytes()
    (stick / "torn.ucapx").write_bytes(whole[:-30])
    found(anna, stick)
    assert "torn.ucapx" in said_by(anna.window.notice)
    anna.window.notice.say("")
    found(anna, stick)
    assert not said_by(anna.window.notice)
    (stick / "torn.ucapx").write_bytes(whole)
    found(anna, stick)
    assert anna.window.exchange.waiting == [stick / "torn.ucapx"]


def test_it_is_kept_and_asked_again_once_that_is_undone(both: Both) -> None:
    anna, chen = both
    meeting = min(records.listing(anna.laptop.desk, "meeting"))
    anna.laptop.trash(meeting)
    chen.laptop.clock.tick(3600)
    chen.laptop.edit(meeting, "title.en=Theirs")
    package = chen.laptop.give("1.ucapx")
    said = read_preview(anna, package)
    counted = ntr(
        "exchange",
        "{n} record was put in the Trash by one of you and changed by the other. It stays until you decide.",
        "{n} records were put in the Trash by one of you and changed by the other. They stay until you decide.",
        1,
    )
    assert counted in said
    anna.laptop.receive(package)
    seen: list[str] = []

    def keep(driver: Driver) -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ConflictDialog)
        seen.extend(label.text().replace("\u200b", "") for label in dialog.findChildren(QLabel))
        assert dialog.conflict.told in seen
        assert {tr("questions", "Keep"), tr("questions", "To the Trash")} <= set(seen)
        wanted = [each.value for each in dialog.conflict.candidates].index(False) + 1
        driver.click(f"decide.{wanted}").click("decide.next")

    with anna.laptop.here():
        anna.come().driver.press_into("Ctrl+R", keep)
    assert anna.laptop.desk.questions() == []
    assert (records.get(anna.laptop.desk, meeting).is_deleted, anna.laptop.text(meeting)) == (False, "Theirs")
    with anna.laptop.here():
        anna.window.do("edit.undo")
    (asked,) = conflicts.conflicts(anna.laptop.desk)
    assert [(each.value, each.person) for each in asked.candidates] == [(True, "Anna"), (False, "Chen Yan")]
