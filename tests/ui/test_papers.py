"""A paper before it is printed: what can be chosen, how it will look, what lacks, and that it comes out of the printer; and the house style."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from unittest.mock import Mock

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QFileDialog, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers import foreign_pdfs
from tests.helpers.logos import BAD, logo
from tests.helpers.printer import printed_to
from tests.helpers.shown import child, kept_by, not_none, on_screen, said_by
from tests.helpers.word_files import word_text
from tests.ui.conftest import User
from ucapdesk.base import settings
from ucapdesk.base.clock import today
from ucapdesk.model.kinds.paper_kinds import HouseStyle
from ucapdesk.model.kinds.visit_kinds import Participation
from ucapdesk.model.values import Bilingual, PartialDate
from ucapdesk.papers.house_styles import styles, usual_style
from ucapdesk.services import Desk
from ucapdesk.services.files import packs
from ucapdesk.services.records import attached_files, records
from ucapdesk.ui.exchange.watched_places import Drive
from ucapdesk.ui.fields.value_editors import PictureEditor
from ucapdesk.ui.papers import print_preview
from ucapdesk.ui.papers.house_style_dialog import HouseStyleDialog
from ucapdesk.ui.papers.paper_dialog import GapsDialog, PaperDialog
from ucapdesk.ui.settings.settings_dialog import language_choices
from ucapdesk.ui.toolkit.item_views import TickedList
from ucapdesk.ui.window.commands import file_commands

Open = Callable[..., PaperDialog]


@pytest.fixture
def paper(user: User, qtbot: QtBot) -> Iterator[Open]:
    """Opens a paper and waits until its pages are there."""
    opened: list[PaperDialog] = []

    def open_(*kinds: str) -> PaperDialog:
        dialog = kept_by(qtbot, PaperDialog(user.desk, [user.id(kind) for kind in kinds], user.window))
        opened.append(dialog)
        dialog.show()
        made(dialog, qtbot)
        return dialog

    yield open_
    for dialog in opened:
        dialog.done(0)
    user.window.work.stop_all()


def made(dialog: PaperDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(button(dialog, "save").isEnabled)


def button(dialog: PaperDialog, name: str) -> QPushButton:
    return child(dialog, QPushButton, f"pack.{name}")


def choose(dialog: PaperDialog, name: str, data: object, qtbot: QtBot) -> None:
    box = child(dialog, QComboBox, f"pack.{name}")
    row = next(n for n in range(box.count()) if box.itemData(n) == data)
    box.setCurrentIndex(row)
    box.activated.emit(row)
    assert not button(dialog, "save").isEnabled(), "nothing is printed that is not what is seen"
    made(dialog, qtbot)


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    said = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    document.close()
    return said


@pytest.mark.row("M8")
@pytest.mark.rule("W7")
def test_the_pages_are_seen_in_every_choice_of_languages_and_saved_as_seen(
    paper: Open, user: User, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "KINGSTON"
    stick.mkdir()
    user.window.exchange.places.drives = [Drive("KINGSTON", stick, 12_000_000_000)]
    dialog = paper("ucap")
    pages = {dialog.choice.languages: dialog.pdf}
    for _, languages in language_choices():
        if languages not in pages:
            choose(dialog, "languages", languages, qtbot)
        picture = dialog.view.pages[0].grab().toImage()
        colours = {picture.pixel(x, y) for x in range(0, picture.width(), 7) for y in range(0, picture.height(), 7)}
        assert len(colours) > 20, "an empty page"
        pages[languages] = dialog.pdf
    assert len(set(pages.values())) == 4
    target = tmp_path / "paper.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    qtbot.mouseClick(button(dialog, "save"), Qt.MouseButton.LeftButton)
    assert target.read_bytes() == dialog.pdf
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "no ending"), ""))
    qtbot.mouseClick(button(dialog, "save"), Qt.MouseButton.LeftButton)
    assert (tmp_path / "no ending.pdf").read_bytes() == dialog.pdf
    assert button(dialog, "drive.0").text() == "Save to KINGSTON"
    qtbot.mouseClick(button(dialog, "drive.0"), Qt.MouseButton.LeftButton)
    (saved,) = stick.iterdir()
    assert saved.read_bytes() == dialog.pdf


def asks_where(monkeypatch: pytest.MonkeyPatch, answer: list[str]) -> list[str]:
    """Answers the dialog that asks for a file; returns the forms it offers, each time it is asked."""
    asked: list[str] = []

    def ask(*said: str) -> tuple[str, str]:
        asked.append(said[3])
        return answer[0], answer[1]

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    return asked


def test_what_is_seen_is_saved_as_a_word_document_too(
    paper: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = paper("ucap")
    answer = [str(tmp_path / "glance"), "Word (*.docx)"]
    asked = asks_where(monkeypatch, answer)
    qtbot.mouseClick(button(dialog, "save"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Saved: glance.docx" in dialog.note.text())
    assert asked == ["PDF (*.pdf);;Word (*.docx)"]
    said = word_text(tmp_path / "glance.docx")
    assert said.count("18,600") == text_of(dialog.pdf).count("18,600") > 0
    answer[:] = [str(tmp_path / "typed.DOCX"), "PDF (*.pdf)"]
    qtbot.mouseClick(button(dialog, "save"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil((tmp_path / "typed.DOCX").exists)
    assert list(tmp_path.glob("*.pdf")) == []


def test_cards_are_offered_as_pdf_alone(
    paper: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = paper("place")
    choose(dialog, "document", "address_cards", qtbot)
    asked = asks_where(monkeypatch, [str(tmp_path / "a.docx"), ""])
    qtbot.mouseClick(button(dialog, "save"), Qt.MouseButton.LeftButton)
    assert asked == ["PDF (*.pdf)"]
    assert (tmp_path / "a.docx.pdf").read_bytes() == dialog.pdf


def test_where_it_cannot_be_saved_one_sentence_says_so(
    paper: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = paper("ucap")
    (tmp_path / "file").touch()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "file" / "paper.pdf"), ""))
    qtbot.mouseClick(button(dialog, "save"), Qt.MouseButton.LeftButton)
    assert "Nothing was written" in dialog.note.text()


CHOICES = (
    "document",
    "languages",
    "layout",
    "edition",
    "page",
    "marking",
    "recipients",
    "both_sides",
    "private",
    "copies",
)


@pytest.mark.rule("W7", "P5")
def test_sections_are_left_out_and_moved_and_the_reader_decides_what_is_usual(paper: Open, qtbot: QtBot) -> None:
    dialog = paper("visit")
    for name in CHOICES:
        assert child(dialog, QWidget, f"pack.{name}").isVisibleTo(dialog), name
    private = child(dialog, QCheckBox, "pack.private")
    assert not private.isChecked(), "private numbers are printed only where they are asked for"
    sections = not_none(dialog.choice.sections)
    own = sections.ticked
    assert "objectives" in own
    choose(dialog, "edition", "media", qtbot)
    assert [private.isEnabled(), "objectives" in sections.ticked] == [False, False]
    choose(dialog, "edition", "delegation", qtbot)
    assert private.isEnabled()
    assert sections.ticked == own
    row = sections.order.index("cities")
    item = sections.item(row)
    assert re.search(r"City fact sheets .* \d+ p", item.text())
    assert "City fact sheets" in text_of(dialog.pdf)
    item.setCheckState(Qt.CheckState.Unchecked)
    made(dialog, qtbot)
    assert "City fact sheets" not in text_of(dialog.pdf)
    sections.setCurrentRow(sections.order.index("programme"))
    sections.setFocus()
    before = sections.order.index("programme")
    qtbot.keyClick(sections, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert sections.order.index("programme") == before - 1
    made(dialog, qtbot)
    moved = sections.order
    choose(dialog, "edition", "media", qtbot)
    assert "logistics" not in sections.ticked, "another reader gets what is usual for them, whatever others get"
    assert sections.item(sections.order.index("objectives")).isHidden(), "and may not have everything"
    choose(dialog, "edition", "delegation", qtbot)
    assert "cities" not in sections.ticked, "what was chosen for a reader is there again"
    assert sections.order == moved


def test_pages_are_made_once_for_choices_that_follow_each_other(
    paper: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = paper("visit")
    sections = not_none(dialog.choice.sections)
    noted = Mock(wraps=packs.with_gaps)
    monkeypatch.setattr(packs, "with_gaps", noted)
    for name in ("cities", "programme"):
        sections.item(sections.order.index(name)).setCheckState(Qt.CheckState.Unchecked)
    made(dialog, qtbot)
    (call,) = noted.call_args_list
    assert not {"cities", "programme"} & set(call.args[1].sections)


def test_with_nothing_ticked_there_is_nothing_to_print(
    paper: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = paper("visit")
    sections = not_none(dialog.choice.sections)
    for row in range(sections.count()):
        sections.item(row).setCheckState(Qt.CheckState.Unchecked)
    qtbot.waitUntil(lambda: "Nothing is ticked" in dialog.note.text())
    monkeypatch.setattr(print_preview, "asked", lambda *_: pytest.fail("the pages before were printed"))
    qtbot.keyClick(dialog, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert not button(dialog, "save").isEnabled()


def test_days_and_people_of_an_itinerary_are_chosen_not_typed(paper: Open, user: User, qtbot: QtBot) -> None:
    visit, person = user.id("visit"), user.id("person")
    with user.desk.save(["record.add", {"kind": "participation"}]) as work:
        work.new(Participation, owner=visit, person=person)
    dialog = paper("visit")
    choose(dialog, "document", "itinerary", qtbot)
    people = child(dialog, QComboBox, "pack.option.person")
    assert [people.itemText(n) for n in range(2)] == ["Everybody", "Each of the delegation, from a new page"]
    choose(dialog, "option.person", person, qtbot)
    assert dialog.request().options["person"] == person


def test_a_file_has_a_name_that_every_stick_can_take(paper: Open, user: User, qtbot: QtBot, tmp_path: Path) -> None:
    records.edit(user.desk, user.id("ucap"), {"title": Bilingual(en="柳州：氢能公交 “Liuzhou”: buses?" * 20)})
    user.window.exchange.places.drives = [Drive("KINGSTON", tmp_path, 12_000_000_000)]
    dialog = paper("ucap")
    qtbot.mouseClick(button(dialog, "drive.0"), Qt.MouseButton.LeftButton)
    (saved,) = tmp_path.glob("*.pdf")
    assert not set(saved.name) & set('<>:"|?*/\\')
    assert saved.name.endswith("UCAP at a glance.pdf")


def test_several_records_are_named_by_how_many_they_are(user: User, qtbot: QtBot) -> None:
    dialog = kept_by(qtbot, PaperDialog(user.desk, records.listing(user.desk, "person"), user.window))
    made(dialog, qtbot)
    assert "People (" in dialog.windowTitle()
    dialog.done(0)


@pytest.mark.rule("P1", "R39")
def test_another_version_comes_up_at_the_same_page_and_place(paper: Open, qtbot: QtBot) -> None:
    dialog = paper("visit")
    dialog.view.turn(2)
    assert dialog.view.current == 3
    bar = dialog.view.verticalScrollBar()
    bar.setValue(bar.value() + 40)
    place = bar.value()
    choose(dialog, "marking", "limited", qtbot)
    assert dialog.view.current == 3
    assert abs(bar.value() - place) <= 2


def test_pages_are_made_larger_and_fit_the_width_again(paper: Open, qtbot: QtBot) -> None:
    dialog = paper("ucap")
    wide = dialog.view.pages[0].width()
    for _ in range(3):
        qtbot.mouseClick(button(dialog, "larger"), Qt.MouseButton.LeftButton)
    assert dialog.view.pages[0].width() > wide
    qtbot.mouseClick(button(dialog, "wide"), Qt.MouseButton.LeftButton)
    assert dialog.view.pages[0].width() == wide


def test_another_paper_of_the_same_record(paper: Open, qtbot: QtBot) -> None:
    dialog = paper("visit")
    choose(dialog, "document", "itinerary", qtbot)
    assert dialog.choice.sections is None
    assert dialog.request().document == "itinerary"


@pytest.mark.row("M8")
@pytest.mark.rule("P2")
def test_it_comes_out_of_the_printer_as_often_as_asked(
    paper: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = printed_to(tmp_path / "printed.pdf", monkeypatch)
    dialog = paper("ucap")
    dialog.copies.selectAll()
    qtbot.keyClicks(dialog.copies, "some")
    qtbot.mouseClick(button(dialog, "print"), Qt.MouseButton.LeftButton)
    assert "Nothing was printed" in dialog.note.text()
    dialog.copies.selectAll()
    qtbot.keyClicks(dialog.copies, "12")
    qtbot.mouseClick(button(dialog, "print"), Qt.MouseButton.LeftButton)
    (job,) = jobs
    assert (job.copyCount(), job.collateCopies(), job.pageLayout().pageSize().name()) == (12, True, "A4")
    printed = pypdfium2.PdfDocument(tmp_path / "printed.pdf")
    seen = pypdfium2.PdfDocument(dialog.pdf)
    assert len(printed) % len(seen) == 0
    seen.close()
    printed.close()
    assert "12 copies" in dialog.note.text()


@pytest.mark.rule("P3", "W7")
def test_what_lacks_is_listed_and_leads_to_its_record(
    paper: Open, user: User, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = paper("visit")
    assert dialog.gaps

    def go(lacking: GapsDialog) -> int:
        lacking.show()
        qtbot.keyClick(lacking.table, Qt.Key.Key_Down)
        qtbot.keyClick(lacking.table, Qt.Key.Key_Return)
        return lacking.result()

    monkeypatch.setattr(GapsDialog, "exec", go)
    qtbot.mouseClick(button(dialog, "lacking"), Qt.MouseButton.LeftButton)
    second = dialog.gaps[1]
    assert dialog.leads_to == (second.id, second.field) != (dialog.gaps[0].id, dialog.gaps[0].field)


def test_after_something_was_mended_the_paper_is_there_as_it_was_left(
    paper: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = paper("visit")
    choose(dialog, "edition", "hosts", qtbot)
    assert dialog.choice.sections is not None
    dialog.choice.sections.item(dialog.choice.sections.order.index("cities")).setCheckState(Qt.CheckState.Unchecked)
    made(dialog, qtbot)
    dialog.view.turn(2)

    def go(lacking: GapsDialog) -> int:
        lacking.show()
        qtbot.keyClick(lacking.table, Qt.Key.Key_Return)
        return lacking.result()

    monkeypatch.setattr(GapsDialog, "exec", go)
    asked = dialog.request()
    qtbot.mouseClick(button(dialog, "lacking"), Qt.MouseButton.LeftButton)
    again = paper("visit")
    assert again.request() == asked
    assert again.view.current == 3
    assert paper("visit").choice.edition == "delegation", "once"


@pytest.mark.rule("P7")
def test_ctrl_p_prints_what_is_shown(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    printed: list[tuple[str, ...]] = []
    monkeypatch.setattr(file_commands, "print_record", lambda _, *ids: printed.append(ids))
    meeting = user.open(user.id("meeting"))
    user.bot.keyClick(user.window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert printed == [(meeting,)]
    user.window.do("go.person")
    user.bot.keyClick(QApplication.focusWidget(), Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert printed[-1] == tuple(user.window.list.table.ids())
    user.window.do("view.trash")
    user.bot.keyClick(user.window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert "Nothing here can be printed" in said_by(user.window.status), "no key does nothing and says nothing"
    assert user.window.print.isEnabled(), "the button does what the key does"


@pytest.mark.rule("P7")
def test_ctrl_p_on_the_first_page_and_in_the_week_prints_their_visit(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[tuple[Sequence[str], str | None]] = []
    monkeypatch.setattr(file_commands, "print_paper", lambda _at, ids, document, _: printed.append((ids, document)))
    visit, now = user.id("visit"), today(user.desk.workspace.clock)
    records.edit(user.desk, visit, {"dates": PartialDate(f"{now + timedelta(1)}/{now + timedelta(3)}")})
    for place in ("go.home", "go.week"):
        user.window.do(place)
        user.bot.keyClick(user.window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    (pack, _), (week, document) = printed
    assert [*pack, *week] == [visit, visit]
    assert document == "itinerary"


def test_a_letter_that_is_not_translated_shows_why_and_what_instead_of_pages(
    paper: Open, user: User, qtbot: QtBot
) -> None:
    records.edit(user.desk, user.id("visit"), {"purpose": Bilingual(en="To sign the memorandum")})
    dialog = paper("visit")
    box = child(dialog, QComboBox, "pack.document")
    box.setCurrentIndex(next(n for n in range(box.count()) if box.itemData(n) == "invitation_letter"))
    box.activated.emit(box.currentIndex())
    qtbot.waitUntil(lambda: "before it is translated" in dialog.note.text())
    assert "Purpose" in dialog.note.text()
    assert not dialog.pdf
    assert not dialog.view.pages, "no pages of another paper beside it"
    assert not button(dialog, "save").isEnabled()
    assert "purpose" in [gap.field for gap in dialog.gaps]


@pytest.mark.row("X6")
def test_files_of_the_visit_are_ticked_to_stand_at_the_end_of_its_pack(paper: Open, user: User, qtbot: QtBot) -> None:
    visit = user.id("visit")
    files = [
        attached_files.attach_bytes(user.desk, visit, f"{name}.pdf", foreign_pdfs.invitation(1, value=name))
        for name in ("first", "second")
    ]
    dialog = paper("visit")
    before = len(dialog.view.pages)
    ticks = child(dialog, TickedList, "pack.option.append")
    assert not ticks.ticked, "nothing is appended unless it was asked for"
    for row in range(2):
        ticks.item(row).setCheckState(Qt.CheckState.Checked)
    made(dialog, qtbot)
    assert len(dialog.view.pages) >= before + 2
    assert any("Annexes" in said for said, _, _ in dialog.view.outline())
    left = dialog.choice.left
    ticks.tick([])
    assert not ticks.ticked
    dialog.choice.choose({**left, "append": "+".join(reversed(files))})
    assert ticks.ticked == tuple(reversed(files)), "in the order they were left"


@pytest.fixture
def page(user: User, qtbot: QtBot) -> Iterator[HouseStyleDialog]:
    made = on_screen(qtbot, HouseStyleDialog(user.desk, user.window))
    shown(made, qtbot)
    yield made
    made.done(0)
    user.window.work.stop_all()


def shown(page: HouseStyleDialog, qtbot: QtBot) -> None:
    """Wait for the page that was asked for last."""
    qtbot.waitUntil(lambda: bool(page.view.pages) and page._making is None and not page._later.isActive())


def typed(page: HouseStyleDialog, field: str, text: str, qtbot: QtBot) -> None:
    editor = page.editors[field]
    line = child(editor, QLineEdit)
    line.setFocus()
    line.setText(text)
    editor.commit()
    shown(page, qtbot)


def the_style(desk: Desk) -> HouseStyle:
    (found,) = styles(desk)
    return found


def test_the_first_field_makes_the_style_and_the_page_follows(
    page: HouseStyleDialog, user: User, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert styles(user.desk) == []
    before = page.view.pages[0].grab().toImage()
    typed(page, "accent", "#C8102E", qtbot)
    assert the_style(user.desk).accent == "#C8102E"
    assert settings.load().house_styles == {user.desk.workspace.id: the_style(user.desk).id}
    assert page.view.pages[0].grab().toImage() != before
    typed(page, "phone", "+34 958 246 100", qtbot)
    assert the_style(user.desk).phone == "+34 958 246 100"
    (tmp_path / "logo.png").write_bytes(logo())
    (tmp_path / "bad.svg").write_bytes(BAD["vector.svg"])
    editor = page.editors["logo"]
    assert isinstance(editor, PictureEditor)
    for name in ("logo.png", "bad.svg"):
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, name=name: (str(tmp_path / name), ""))
        editor.choose.click()
    kept = not_none(the_style(user.desk).logo)
    assert kept.name == "logo.png", "a file that is no picture changes nothing"
    assert "bad.svg is no picture" in editor.message
    editor.remove.click()
    shown(page, qtbot)
    assert the_style(user.desk).logo is None


def test_the_page_is_seen_in_the_window_and_until_then_that_it_is_being_made(user: User, qtbot: QtBot) -> None:
    records.add(user.desk, "house_style", {"office": Bilingual(en="City of Granada"), "accent": "#C8102E"})
    made = on_screen(qtbot, HouseStyleDialog(user.desk, user.window))
    waiting = made.view.widget()
    assert isinstance(waiting, QLabel)
    assert (waiting.text(), waiting.isVisible()) == ("Making the pages…", True)
    shown(made, qtbot)
    seen = made.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    assert b"\x2e\x10\xc8" in bytes(seen.constBits()), "a rule in the colour of the style"
    made.done(0)
    user.window.work.stop_all()


def test_another_style_is_made_and_chosen_for_this_laptop(page: HouseStyleDialog, user: User, qtbot: QtBot) -> None:
    typed(page, "accent", "#C8102E", qtbot)
    first = the_style(user.desk).id
    new = child(page, QPushButton, "house_style.new")
    new.click()
    shown(page, qtbot)
    typed(page, "accent", "#003399", qtbot)
    assert {each.accent for each in styles(user.desk)} == {"#C8102E", "#003399"}
    assert usual_style(user.desk) != first
    page.chosen.setCurrentIndex(page.chosen.findData(first))
    page.chosen.activated.emit(page.chosen.currentIndex())
    shown(page, qtbot)
    assert usual_style(user.desk) == first
    assert page.editors["accent"].findChild(QLineEdit).text() == "#C8102E"  # type: ignore[union-attr]


def test_what_is_no_colour_is_said_and_kept(page: HouseStyleDialog, user: User, qtbot: QtBot) -> None:
    typed(page, "accent", "dark red", qtbot)
    assert "no colour such as #0B5C96" in page.editors["accent"].message
    assert the_style(user.desk).accent == "dark red"
