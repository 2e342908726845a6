"""Printing tomorrow's pack from the first page, and writing what lacks in it without leaving it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from tests.helpers.printer import printed_to
from tests.journeys.conftest import AtDesk, button, inside
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
    """The pack that the first page offers for tomorrow."""
    at_desk.window.do("go.home")
    at_desk.driver.wait(lambda: at_desk.window.findChild(QPushButton, "home.tomorrow.print"))
    inside(at_desk, PaperDialog, lambda: at_desk.driver.click("home.tomorrow.print"), then)


def press(page: PaperDialog, name: str) -> None:
    """The left button, on what can be seen."""
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
    document = pypdfium2.PdfDocument(pdf)
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return "".join(text.split())


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
