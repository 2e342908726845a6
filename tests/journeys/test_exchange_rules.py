"""What the window keeps to when work is handed over: what it says, what it offers, what it never does by itself."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QPushButton

from tests.helpers.shown import said_by
from tests.journeys.two_windows import Both, found, read_preview
from tests.unit.exchange.forge import Forged
from ucapdesk.base.i18n import ntr, tr
from ucapdesk.base.paths import resource
from ucapdesk.model.kinds import LISTED
from ucapdesk.services.exchange import conflicts, exchange_service
from ucapdesk.services.records import duplicates, history, records
from ucapdesk.ui.exchange import watched_places
from ucapdesk.ui.exchange.duplicates_dialog import DuplicatesDialog
from ucapdesk.ui.exchange.exchange_dialogs import ConflictDialog

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
