"""Business cards and calendars at the window: shown before anything is taken in, unticked by keys, saved with what is private or not."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QFileDialog, QPushButton, QRadioButton

from tests.helpers.shown import said_by
from tests.ui.conftest import User
from tests.ui.list_hands import add_record, answer
from ucapdesk.formats.vcard import VCard, read_cards, write_cards
from ucapdesk.model.values import HanName, PersonName, When
from ucapdesk.services.records import records
from ucapdesk.services.workspaces import maintenance
from ucapdesk.ui.imports.import_page import ImportPage
from ucapdesk.ui.lists.list_dialogs import OutgoingDialog
from ucapdesk.ui.window.commands.file_commands import receive_files


def _press(user: User, dialog: QDialog, name: str) -> None:
    button = dialog.findChild(QPushButton, name)
    assert isinstance(button, QPushButton)
    assert button.isEnabled()
    user.bot.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.mark.row("X2")
@pytest.mark.rule("R32")
def test_cards_are_shown_first_and_only_what_stays_ticked_comes_in(
    user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cards = [VCard(name_han=HanName("张", "伟"), mobile="+86 138"), VCard(name=PersonName("Żółkowski", "Łukasz"))]
    write_cards(tmp_path / "people.vcf", cards)
    before, n = maintenance.digest(user.desk), records.count(user.desk, "person")

    def untick_the_second(dialog: ImportPage) -> None:
        assert [dialog.table.item(row, 1).text() for row in range(2)] == ["张伟", "Łukasz Żółkowski"]  # type: ignore[union-attr]
        assert maintenance.digest(user.desk) == before
        assert dialog.take.text() == "Import 2"
        dialog.table.setFocus()
        user.bot.keyClick(dialog.table, Qt.Key.Key_Down)
        user.bot.keyClick(dialog.table, Qt.Key.Key_Space)
        assert (dialog.chosen, dialog.take.text(), dialog.table.all.isChecked()) == ([1], "Import 1", False)
        user.bot.mouseClick(dialog.table.all, Qt.MouseButton.LeftButton)
        assert dialog.chosen == [1, 2]
        user.bot.keyClick(dialog.table, Qt.Key.Key_Space)
        _press(user, dialog, "incoming.take")

    answer(monkeypatch, ImportPage, untick_the_second)
    receive_files(user.window.commands, [tmp_path / "people.vcf"])
    user.bot.waitUntil(lambda: records.count(user.desk, "person") == n + 1)
    user.bot.waitUntil(user.window.toast.isVisible)
    assert user.window.section == "person"
    user.click("toast.do")
    assert maintenance.digest(user.desk) == before


def test_a_calendar_goes_into_the_visit_that_is_shown(
    user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = add_record(user, "visit", "title.en=Tour", "dates=2026-11-23/2026-11-26", "time_zone=Europe/Madrid")
    (tmp_path / "tour.ics").write_text(
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:1\nSUMMARY:Park\nDTSTART:20261124T090000Z\n"
        "END:VEVENT\nEND:VCALENDAR\n"
    )
    user.open(visit)
    answer(monkeypatch, ImportPage, lambda dialog: _press(user, dialog, "incoming.take"))
    receive_files(user.window.commands, [tmp_path / "tour.ics"])
    user.bot.waitUntil(lambda: len(records.children(user.desk, visit)["itinerary_item"]) == 1)
    user.bot.waitUntil(user.window.toast.isVisible)
    (item,) = records.children(user.desk, visit)["itinerary_item"]
    assert item.when == When("2026-11-24", "10:00", tz="Europe/Madrid")  # type: ignore[attr-defined]
    assert user.record.id == visit


def test_a_workbook_with_people_and_itinerary_makes_its_visit_and_links_the_people_it_brought(
    user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = openpyxl.Workbook()
    people, tour = book.worksheets[0], book.create_sheet("日程")
    for row in (["姓名", "单位", "职务"], ["于建国", "淄博市人民政府", "副市长"], ["单雪", "淄博市外办", "科长"]):
        people.append(row)
    for row in (
        ["日期", "时间", "内容", "陪同人员"],
        ["2031年5月10日", "9:00", "会见市长", "于建国"],
        ["5月11日", "9:00", "参观", ""],
    ):
        tour.append(row)
    book.save(tmp_path / "zibo.xlsx")
    visits = records.listing(user.desk, "visit")
    monkeypatch.setattr(ImportPage, "exec", lambda _: 1)
    receive_files(user.window.commands, [tmp_path / "zibo.xlsx"])
    user.bot.waitUntil(lambda: records.count(user.desk, "visit") == len(visits) + 1)
    user.bot.waitUntil(lambda: not user.window.work.busy)
    (visit,) = set(records.listing(user.desk, "visit")) - set(visits)
    first, _ = records.children(user.desk, visit)["itinerary_item"]
    (escort,) = records.children(user.desk, first.id)["participation"]
    assert records.titles(user.desk, [escort.person], "zh")[escort.person] == "于建国"  # type: ignore[attr-defined]
    assert user.window.record.record.id == visit  # type: ignore[union-attr]


def test_what_is_no_card_is_told_in_one_sentence(user: User, tmp_path: Path) -> None:
    (tmp_path / "x.vcf").write_text("la la la")
    receive_files(user.window.commands, [tmp_path / "x.vcf"])
    user.bot.waitUntil(lambda: "no business card was found" in said_by(user.window.notice))


@pytest.mark.parametrize("private", [False, True])
def test_a_person_is_saved_as_a_card_with_private_numbers_only_if_wanted(
    user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, private: bool
) -> None:
    id_ = add_record(user, "person", "name_han.family=张", "name_han.given=伟", "mobile=+86 138", "email=z@example.cn")
    user.open(id_)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "zhang"), ""))

    def choose(dialog: OutgoingDialog) -> None:
        if private:
            user.bot.mouseClick(dialog.numbers, Qt.MouseButton.LeftButton)
        (save,) = [each for each in dialog.findChildren(QPushButton) if each.text() == "Save…"]
        user.bot.mouseClick(save, Qt.MouseButton.LeftButton)

    answer(monkeypatch, OutgoingDialog, choose)
    assert user.window.menus.actions["file.outgoing"].isEnabled()
    user.window.do("file.outgoing")
    (card,), _ = read_cards(tmp_path / "zhang.vcf")
    assert (card.name_han, card.email, card.mobile) == (
        HanName("张", "伟"), "z@example.cn", "+86 138" if private else "",
    )  # fmt: skip
    assert "zhang.vcf was written" in said_by(user.window.status)


def test_a_card_of_the_newer_version_is_made_where_it_is_chosen(
    user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    user.open(add_record(user, "person", "name.family=Żółkowski", "name.given=Łukasz"))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "l"), ""))

    def choose(dialog: OutgoingDialog) -> None:
        button = dialog.findChild(QRadioButton, "outgoing.1")
        assert isinstance(button, QRadioButton)
        assert button.text() == "Business card, vCard 4.0 (.vcf)"
        user.bot.mouseClick(button, Qt.MouseButton.LeftButton)
        dialog.accept()

    answer(monkeypatch, OutgoingDialog, choose)
    user.window.do("file.outgoing")
    said = (tmp_path / "l.vcf").read_text(encoding="utf-8")
    assert ("VERSION:4.0" in said, "FN:Łukasz Żółkowski" in said) == (True, True)


def test_a_programme_without_a_day_is_refused_and_the_private_box_goes_with_the_card(
    user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    user.open(add_record(user, "person", "name.family=Ferrer"))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "a.ics"), ""))

    def choose(dialog: OutgoingDialog) -> None:
        button = dialog.findChild(QRadioButton, "outgoing.2")  # behind the two versions of cards
        box = dialog.findChild(QCheckBox, "outgoing.private")
        assert isinstance(button, QRadioButton)
        assert isinstance(box, QCheckBox)
        user.bot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert not box.isEnabled()
        (save,) = [each for each in dialog.findChildren(QPushButton) if each.text() == "Save…"]
        user.bot.mouseClick(save, Qt.MouseButton.LeftButton)

    answer(monkeypatch, OutgoingDialog, choose)
    user.window.do("file.outgoing")
    assert "There is nothing for a calendar here" in said_by(user.window.notice)
    assert not (tmp_path / "a.ics").exists()
    user.open(user.id("place"))
    assert not user.window.menus.actions["file.outgoing"].isEnabled()


def test_a_signature_that_was_copied_becomes_somebody_to_complete(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    n = records.count(user.desk, "person")
    QApplication.clipboard().setText("nothing of the sort")
    user.window.do("file.copied")
    assert "holds no people" in said_by(user.window.notice)
    QApplication.clipboard().setText("张伟\n柳州市发改委\nzw@example.cn\n手机 138 0000 0000")
    answer(monkeypatch, ImportPage, lambda dialog: _press(user, dialog, "incoming.take"))
    user.window.do("file.copied")
    user.bot.waitUntil(lambda: records.count(user.desk, "person") == n + 1)
    user.bot.waitUntil(user.window.toast.isVisible)
    (made,) = records.page(user.desk, "person", records.listing(user.desk, "person", "zw@example.cn"))
    assert (made.name_han, made.mobile) == (HanName("张", "伟"), "138 0000 0000")  # type: ignore[attr-defined]
    assert "柳州市发改委" in made.notes["zh"]  # type: ignore[attr-defined]
