"""At the window: a record that one put in the Trash and another went on writing in is counted, told, and can be kept."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QLabel

from tests.journeys.driver import Driver
from tests.journeys.two_windows import Both, read_preview
from ucapdesk.base.i18n import ntr, tr
from ucapdesk.services.exchange import conflicts
from ucapdesk.services.records import records
from ucapdesk.ui.exchange.exchange_dialogs import ConflictDialog


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
