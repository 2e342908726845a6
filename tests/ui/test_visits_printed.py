"""The head of a visit says that what was printed of it no longer holds, and leads to the paper as it is now."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton

from tests.ui.conftest import User
from tests.ui.list_hands import answer, child, screen_of, show_list
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.paper_kinds import Pack
from ucapdesk.model.kinds.visit_kinds import ItineraryItem
from ucapdesk.model.text.fields_in_words import say
from ucapdesk.model.values import Bilingual, PartialDate, When
from ucapdesk.papers import printing as papers
from ucapdesk.papers.registry import DOCUMENTS
from ucapdesk.services.files import packs
from ucapdesk.services.records import history, records
from ucapdesk.ui.papers.paper_dialog import PaperDialog
from ucapdesk.ui.screens import visit_screen
from ucapdesk.ui.screens.visit_screen import PrintedMark, VisitScreen


@pytest.fixture
def visit(user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A visit of which the pack for the hosts and the sheets of its days were printed; its page is open."""
    monkeypatch.setattr(visit_screen, "PACKS_DELAY_MS", 10)
    id_ = records.add(
        user.desk, "visit", {"title": Bilingual(en="Visit", zh="访问"), "dates": PartialDate("2026-11-23/2026-11-24")}
    )
    point = {"owner": id_, "title": Bilingual(en="Lunch"), "when": When(date="2026-11-23", start="12:00")}
    records.add(user.desk, "itinerary_item", point)
    for document, edition, langs in (("visit_pack", "hosts", ("zh", "en")), ("day_sheet", "delegation", ("en", "zh"))):
        asked = papers.request(user.desk, [id_], document=document, edition=edition, languages=langs)
        packs.print_pack(user.desk, asked, tmp_path / f"{document}.pdf")
    user.open(id_)
    return id_


def _mark(user: User) -> PrintedMark:
    screen = screen_of(user, VisitScreen)
    mark = screen.printed
    user.bot.waitUntil(lambda: not mark._soon.isActive() and not mark._behind.busy)
    return mark


def test_the_head_says_that_papers_are_no_longer_what_was_printed_until_that_is_taken_back(
    user: User, visit: str
) -> None:
    assert not _mark(user).isVisible()
    (item,) = user.desk.read.children(visit, ItineraryItem)
    records.edit(user.desk, item.id, {"when": When(date="2026-11-23", start="13:00")})
    mark = _mark(user)
    assert mark.isVisible()
    assert mark.text() == "2 papers changed since printed"
    assert "Visit" in mark.toolTip()
    assert mark.toolTip().splitlines()[-1] == "Press to see it as it is now."
    history.undo(user.desk)
    assert not _mark(user).isVisible()


def test_a_press_shows_the_paper_for_the_same_readers_as_it_is_now(
    user: User, visit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (item,) = user.desk.read.children(visit, ItineraryItem)
    records.edit(user.desk, item.id, {"title": Bilingual(en="Banquet")})
    mark = _mark(user)
    assert mark.isVisible()
    seen: list[tuple[str, str]] = []

    def look(page: PaperDialog) -> None:
        wanted = "hosts", ("zh", "en")
        user.bot.waitUntil(
            lambda: page.made is not None and (page.made.asked.edition, page.made.asked.languages) == wanted,
        )
        assert page.made is not None
        seen.append((page.made.asked.document, page.made.asked.edition))
        page.reject()

    answer(monkeypatch, PaperDialog, look)
    menu = mark.make_menu()
    (pack,) = [action for action in menu.actions() if action.text().startswith("Briefing pack")]
    pack.trigger()
    assert seen == [("visit_pack", "hosts")]
    for each in user.desk.read.children(visit, Pack):
        if each.document != "visit_pack":
            records.trash(user.desk, each.id)
    assert _mark(user).text() == "1 paper changed since printed"
    user.click("visit.printed")
    assert seen[1:] == [("visit_pack", "hosts")]


def test_each_choice_asks_once_for_new_pages_when_the_other_choices_fit_it(user: User, visit: str) -> None:
    dialog = PaperDialog(user.desk, [visit], user.window)
    user.bot.addWidget(dialog)
    asked: list[tuple[str, int, str, bool]] = []

    def note() -> None:
        choice, layout = dialog.choice, dialog.findChild(QComboBox, "pack.layout")
        asked.append((choice.shown.name, len(choice.languages), choice.edition, bool(layout and layout.isEnabled())))

    dialog.choice.changed.connect(note)
    for name, value in (
        ("languages", ("zh",)),
        ("languages", ("en", "zh")),
        ("edition", "hosts"),
        ("document", "day_sheet"),
    ):
        box = child(dialog, QComboBox, f"pack.{name}")
        box.setCurrentIndex(next(row for row in range(box.count()) if box.itemData(row) == value))
        box.activated.emit(box.currentIndex())
    assert asked == [
        ("visit_pack", 1, "delegation", False),
        ("visit_pack", 2, "delegation", True),
        ("visit_pack", 2, "hosts", True),
        ("day_sheet", 2, "delegation", True),
    ]
    dialog.done(0)


def test_where_nothing_was_printed_nothing_is_looked_for(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> list[object]:
        raise AssertionError

    monkeypatch.setattr(packs, "changed_copies", never)
    user.open(records.add(user.desk, "visit", {"title": Bilingual(en="Plain"), "dates": PartialDate("2026-11-23")}))
    assert not _mark(user).isVisible()


def test_the_window_closes_while_it_is_being_looked_at(user: User, visit: str) -> None:
    screen = screen_of(user, VisitScreen)
    screen.printed.look()
    user.window.close()
    assert not screen.printed._behind.busy
    assert user.window.findChild(QPushButton, "visit.printed") is not None


def test_the_page_of_a_pack_says_how_it_was_printed_in_the_words_of_the_paper_dialog(user: User, visit: str) -> None:
    pack = next(each for each in user.desk.read.children(visit, Pack) if each.document == "visit_pack")
    next_one = records.add(user.desk, "pack", {"owner": visit, "document": "visit_pack", "replaces": pack.id})
    user.open(pack.id)
    assert _shown(user, "document") == {"Document", "Briefing pack"}
    assert _shown(user, "paper_languages") == {"Languages", "中文 · English"}
    assert _shown(user, "layout") == {"Layout", "Side by side"}
    user.open(next_one)
    assert _shown(user, "replaces") == {"Replaces", "Briefing pack: Visit, v1"}


def test_a_list_of_packs_says_the_same_words_and_what_was_printed_is_not_typed(user: User, visit: str) -> None:
    pack = next(each for each in user.desk.read.children(visit, Pack) if each.document == "visit_pack")
    shown = {f.name: say(f, getattr(pack, f.name), "zh") for f in KINDS["pack"].fields.values() if f.meta.printed}
    assert (shown["document"], shown["layout"]) == (DOCUMENTS["visit_pack"].label.say("zh"), "左右对照")
    show_list(user, "pack", 900)
    table = user.window.list.table
    cells = [table.cell(table.row_of(pack.id), column) for column in range(table.columnCount())]
    assert "Briefing pack" in {cell.text for cell in cells if cell}
    user.open(pack.id)
    assert all(_shown(user, name) for name in ("edition", "version", "printed"))


def _shown(user: User, name: str) -> set[str]:
    """Return what a field shows, where nothing can be typed into it."""
    editor = user.window.record.form.reveal(name)  # type: ignore[union-attr]
    assert editor is not None
    assert not editor.findChildren(QLineEdit)
    return {label.text() for label in editor.findChildren(QLabel) if label.text()}
