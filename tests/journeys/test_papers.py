"""Printing tomorrow's pack from the first page, and writing what lacks in it without leaving it; and what is shortest with the mouse, gone by keys alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget

from tests.helpers.drawn_lines import extracted
from tests.helpers.printer import printed_to
from tests.journeys.conftest import AtDesk, button, inside
from tests.journeys.dialogs import dialogs
from tests.journeys.two_windows import AtWindow, found
from ucapdesk.base.i18n import tr
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.values import Bilingual
from ucapdesk.papers import printing as papers
from ucapdesk.services.files import packs
from ucapdesk.services.records import records
from ucapdesk.ui.papers import print_preview
from ucapdesk.ui.papers.paper_dialog import PaperDialog
from ucapdesk.ui.translation_dialogs import WorklistDialog


def in_the_paper(at_desk: AtDesk, then: Callable[[PaperDialog], object]) -> None:
    at_desk.window.do("go.home")
    at_desk.driver.wait(lambda: at_desk.window.findChild(QPushButton, "home.tomorrow.print"))
    inside(at_desk, PaperDialog, lambda: at_desk.driver.click("home.tomorrow.print"), then)


def press(page: PaperDialog, name: str) -> None:
    assert button(page, name).isVisible()
    QTest.mouseClick(button(page, name), Qt.MouseButton.LeftButton)


@pytest.mark.rule("P1", "P2", "P3", "P4", "P6", "J2")
def test_tomorrows_pack_is_printed_for_the_whole_delegation(
    at_desk: AtDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = printed_to(tmp_path / "printed.pdf", monkeypatch)
    monkeypatch.setattr(print_preview, "PRINT_DPI", 50)
    seen: list[bytes] = []

    def print_(page: PaperDialog) -> None:
        seen.append(page.pdf)
        assert page.choice.languages == ("en", "zh")
        missing = sum(gap.code == "no_translation" and gap.language == "zh" for gap in page.gaps)
        assert missing > 0
        assert str(missing) in page._lacks.text(), "said, and no hindrance"
        unprinted = tr("preview", "cannot print: {signs}", signs="").strip()
        assert page.note.text()[0].isdigit(), "the number of pages"
        assert unprinted not in page.note.text()
        press(page, "print")

    desk = at_desk.desk
    (visit,) = [id_ for id_ in records.listing(desk, "visit") if records.get(desk, id_).status == "in_progress"]  # type: ignore[attr-defined]
    people = records.listing(desk, "person")[:12]
    with desk.save(["record.add", {"kind": "participation"}]) as work:
        for person in people:
            work.new(KINDS["participation"].cls, None, owner=visit, person=person)
    in_the_paper(at_desk, print_)
    took = at_desk.driver.took
    assert (took.keys, took.clicks + 2) == (0, 3)
    (job,) = jobs
    delegation = packs.usual_copies(desk, papers.request(desk, [visit]))
    assert 12 <= delegation <= 13, "the head stands among them or before them"
    assert (job.copyCount(), job.collateCopies(), job.pageLayout().pageSize().name()) == (delegation, True, "A4")
    text = _text(seen[0])
    for meeting in (each for each in desk.read.many(records.listing(desk, "meeting")) if each.visit == visit):  # type: ignore[attr-defined]
        for said in dict(meeting.title).values():  # type: ignore[attr-defined]
            assert said.replace(" ", "") in text, said
    (pack,) = packs.packs_of(desk, visit)
    assert (pack.version, pack.changed) == (1, False)
    records.edit(desk, visit, {"title": Bilingual(en="Delegation from Modena")})
    (pack,) = packs.packs_of(desk, visit)
    assert pack.changed, "it is no longer what it was"


def _text(pdf: bytes) -> str:
    return "".join(extracted(pdf).split())


@pytest.mark.rule("P1", "P3", "B2", "R21", "R22", "W12", "J9")
def test_texts_that_lack_are_written_from_the_pack_which_stays_where_it_was(at_desk: AtDesk) -> None:
    def lacking(page: PaperDialog) -> int:
        return sum(gap.code == "no_translation" and gap.language == "zh" for gap in page.gaps)

    def complete(page: PaperDialog) -> None:
        n, driver = lacking(page), at_desk.driver
        assert n > 1
        assert str(n) in page._lacks.text()
        page.view.turn(2)
        place = page.view.current, page.view.verticalScrollBar().value()
        keys = driver.took.keys

        def write(worklist: WorklistDialog) -> None:
            for number in range(n - 1):
                driver.compose("zhongwen", f"译文{number}").think().press("Ctrl+Return")
            same = worklist.findChild(QPushButton, "worklist.same")
            assert same is not None
            QTest.mouseClick(same, Qt.MouseButton.LeftButton)
            driver.press("Escape")
            assert not worklist.isVisible()

        inside(at_desk, WorklistDialog, lambda: press(page, "missing"), write)
        driver.wait(button(page, "print").isEnabled)
        assert lacking(page) == 0
        assert (page.view.current, page.view.verticalScrollBar().value()) == place
        text = _text(page.pdf)
        assert all(f"译文{number}" in text for number in range(n - 1))
        assert (driver.took.keys - keys) * 4 / n <= 150

    in_the_paper(at_desk, complete)


MOST_TABS = 60  # Nobody presses Tab more often to get anywhere


def tab_to(name: str) -> QWidget:
    for _ in range(MOST_TABS):
        focus = QApplication.focusWidget()
        assert focus is not None, f"nothing has the keys on the way to {name}"
        if focus.objectName() == name:
            return focus
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    raise AssertionError(f"Tab does not come to {name}")


def press_in_dialog(at: AtWindow, first: str, name: str) -> None:
    """Tab to what opens a dialog, once it was read, and in there to one of its buttons."""
    tab_to(first)

    def can_be_reached(page: QDialog) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and page.isAncestorOf(focus) and page.findChild(QWidget, name) is not None

    def press(_: QDialog) -> None:
        tab_to(name)
        at.driver.press("Space")

    with dialogs((QDialog, press), ready=can_be_reached):
        at.driver.press("Space")
    at.driver.wait(lambda: not at.window.work.busy)


@pytest.mark.rule("J2", "A2")
@pytest.mark.parametrize("at_desk", [("zh", "dark")], ids="-".join, indirect=True)
def test_tomorrows_pack_is_printed_by_keys_alone(
    at_desk: AtDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = printed_to(tmp_path / "printed.pdf", monkeypatch)
    monkeypatch.setattr(print_preview, "PRINT_DPI", 50)

    def print_(page: PaperDialog) -> None:
        tab_to("pack.print")
        at_desk.driver.press("Space")

    at_desk.window.do("go.home")
    at_desk.driver.wait(lambda: at_desk.window.findChild(QWidget, "home.tomorrow.print"))
    tab_to("home.tomorrow.print")
    inside(at_desk, PaperDialog, lambda: at_desk.driver.press("Space"), print_)
    assert len(jobs) == 1
    assert at_desk.driver.took.clicks == 0


@pytest.mark.rule("J3", "A2")
@pytest.mark.parametrize("look", [("en", "light")], ids="-".join, indirect=True)
def test_work_is_swapped_by_stick_by_keys_alone(both: tuple[AtWindow, AtWindow], stick: Path) -> None:
    anna, chen = both
    made = anna.laptop.add("meeting", "title.en=New in Barcelona")
    with anna.come().laptop.here():
        anna.driver.press("Ctrl+9")
        anna.window.exchange.places.look()
        tab_to("exchange.give.drive")
        anna.driver.press("Space")
        anna.bot.waitUntil(lambda: not anna.window.work.busy)
    assert len(list(stick.glob("*.ucapx"))) == 1
    found(chen.come(), stick)
    with chen.laptop.here():
        press_in_dialog(chen, "banner.package.review", "receive.apply")
    assert chen.laptop.text(made) == "New in Barcelona"
    assert [each.driver.took.clicks for each in both] == [0, 0]
