"""The manual, the licences of the parts, and the words of the window."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QAction, QTextDocument
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.helpers.shown import child, kept_by, not_none
from tests.ui.conftest import User
from ucapdesk import __version__
from ucapdesk.base.i18n import INTERFACE_LANGUAGES, LANGUAGES, tr, use_language
from ucapdesk.base.paths import manual
from ucapdesk.model.dates.parsing import type_date
from ucapdesk.model.kinds import KINDS, LISTED
from ucapdesk.model.text.assignments import read_value
from ucapdesk.model.text.itinerary_line import understand
from ucapdesk.model.text.typed_fields import example_of, read_typed
from ucapdesk.model.text.typed_lines import read_checklist_line
from ucapdesk.ui.toolkit.widgets import PlainLabel
from ucapdesk.ui.window.command_table import LANGUAGE_COMMANDS
from ucapdesk.ui.window.help_dialogs import AboutDialog, ManualDialog, pages_of

LINK = re.compile(r"\]\(([^)]+)\)")


@pytest.fixture
def page(user: User) -> Iterator[ManualDialog]:
    user.window.do("help.manual")
    page = child(user.window, ManualDialog)
    yield page
    if isValid(page):
        page.close()


def _find(page: ManualDialog, text: str) -> str:
    page.line.setText(text)
    page.find_next()
    return page.pages.textCursor().selectedText()


@pytest.mark.row("X16")
def test_the_manual_stands_beside_the_window_in_its_language_with_pictures(user: User, page: ManualDialog) -> None:
    assert page.isVisible()
    assert not page.isModal()
    assert page.pages.toPlainText().startswith("UCAPDesk: the manual")
    shown = page.pages.document().resource(QTextDocument.ResourceType.ImageResource.value, QUrl("../pictures/home.png"))
    assert 0 < shown.width() / shown.devicePixelRatio() < page.pages.viewport().width()
    user.window.do("help.manual")
    assert user.window.findChildren(ManualDialog) == [page], "asked for again, the same one comes forward"
    user.window.do("view.chinese")
    user.bot.waitUntil(lambda: user.window.findChild(ManualDialog) is None)
    user.window.do("help.manual")
    chinese = child(user.window, ManualDialog)
    assert chinese.pages.toPlainText().startswith("UCAPDesk 使用手册")
    chinese.close()


@pytest.mark.row("X16")
def test_a_word_is_found_on_whichever_page_it_stands_and_back_leads_back(user: User, page: ManualDialog) -> None:
    assert _find(page, "backup") == "backup"
    assert page.pages.source().fileName() == "en.md"
    assert _find(page, "ALTERNATELY").lower() == "alternately"
    assert page.pages.source().fileName() == "papers.md"
    back = child(page, QPushButton, "manual.back")
    back.click()
    assert page.pages.source().fileName() == "en.md"
    assert not _find(page, "hippopotamus")
    assert "“hippopotamus” is not in the manual." in [label.text() for label in page.findChildren(QLabel)]
    page.contents.activated.emit(page.contents.findText("Undo, Trash, history"))
    assert page.pages.textCursor().block().text() == "Undo, Trash, history"
    page.contents.activated.emit(page.contents.findText("› How two people swap their work"))
    assert page.pages.source().fileName() == "exchange.md"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_link_of_the_manual_leads_somewhere_and_no_mark_or_end_of_a_line_is_shown(
    qapp: QApplication, lang: str
) -> None:
    for name in pages_of(lang):
        text = (manual() / name).read_text(encoding="utf-8")
        for link in LINK.findall(text):
            assert (manual() / link).is_file(), f"{name}: {link}"
        shown = QTextDocument()
        shown.setMarkdown(text)
        assert re.findall(r".*[*`].*", shown.toPlainText()) == [], name
        assert re.findall(r".*[\u3000-\u9fff]\n[\u3000-\u9fff].*", text) == [], "shown with a space between characters"


OPTION = re.compile(r"--[a-z-]+|\b[a-z_]{3,}(?==)")
CODE = re.compile(r"`[^`]*`|^    .*$", re.MULTILINE)


def _told(name: str) -> tuple[list[str], list[str], set[str]]:
    text = (manual() / name).read_text(encoding="utf-8")
    pictures = [
        re.sub(rf"(-(?:{'|'.join(LANGUAGES)}))?(-dark)?\.png$", "", link)
        for link in LINK.findall(text)
        if ".png" in link
    ]
    return re.findall("^#+", text, re.MULTILINE), pictures, set(OPTION.findall(" ".join(CODE.findall(text))))


@pytest.mark.parametrize("lang", [lang for lang in LANGUAGES if lang != "en"])
def test_the_manual_tells_in_every_language_what_it_tells_in_english(lang: str) -> None:
    for name, english in zip(pages_of(lang), pages_of("en"), strict=True):
        assert name != english
        headings, pictures, options = _told(english)
        assert (name, _told(name)[:2]) == (name, (headings, pictures))
        assert options - _told(name)[2] == set(), name


def _said(dialog: AboutDialog, name: str) -> str:
    label = child(dialog, PlainLabel, name)
    return label.text()


def test_the_version_and_where_newer_ones_are(qtbot: QtBot) -> None:
    dialog = kept_by(qtbot, AboutDialog(lambda: None))
    assert __version__ in _said(dialog, "about.version")
    assert "newer" in _said(dialog, "about.newer")


def test_the_licence_of_the_chosen_part_is_shown_with_its_source(qtbot: QtBot) -> None:
    dialog = kept_by(qtbot, AboutDialog(lambda: None))
    assert "MIT License" in dialog.text.toPlainText()  # the program's own comes first
    (row,) = (row for row in range(dialog.table.rowCount()) if _cell(dialog, row) == "Qt")
    dialog.table.selectRow(row)
    shown = dialog.text.toPlainText()
    assert shown.startswith("Source: https://code.qt.io")
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in shown


def _cell(dialog: AboutDialog, row: int) -> str:
    item = not_none(dialog.table.item(row, 0))
    return item.text()


MENUS = {
    "en": {"Import…", "Send changes…", "New from clipboard…", "Edit selected…", "Go to date…", "Data retention…", "Conflicts",
           "Recent", "Merge duplicates…", "Copy support details", "Go to record", "Finish editing", "Next pane"},
    "de": {"Importieren…", "Änderungen senden…", "Neu aus Zwischenablage…", "Auswahl bearbeiten…", "Zu Datum gehen…", "Zuletzt geöffnet",
           "Aufbewahrungsfristen…", "Konflikte", "Dubletten zusammenführen…", "Rückgängig", "Einstellungen…", "Ausschneiden"},
    "zh": {"导入…", "发送更改…", "从剪贴板新建…", "编辑所选…", "转到日期…", "待处理冲突", "合并重复记录…", "下一窗格"},
}  # fmt: skip


def test_the_menus_use_the_terms_of_other_programs(user: User) -> None:
    for lang, terms in MENUS.items():
        user.window.do(LANGUAGE_COMMANDS[lang])
        said = {action.text().partition("\t")[0].replace("&", "") for action in user.window.findChildren(QAction)}
        assert terms - said == set(), lang


@pytest.mark.parametrize("lang", INTERFACE_LANGUAGES)
def test_every_example_of_a_field_is_read_as_it_stands(lang: str) -> None:
    use_language(lang)
    fields = [field for kind in LISTED.values() for field in kind.shown.values() if field.meta.example]
    assert len(fields) > 10
    for field in fields:
        assert read_typed(field, example_of(field), date(2026, 11, 2), lang) is not None, field.label()


def test_the_dates_of_a_visit_show_dates_as_their_example(user: User) -> None:
    user.window.record.show_new(LISTED["visit"])
    line = child(user.window.record, QLineEdit, "field.dates.line")
    assert line.placeholderText() == "14–18 Apr 2027"


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("Gifts, 14 days before", -14),
        ("礼品，提前14天", -14),
        ("thank-you letters 7 days after", 7),
        ("感谢信，7天后", 7),
        ("Dankschreiben, 7 Tage danach", 7),
        ("regalos, 14 días antes", -14),
        ("doni, 14 giorni prima", -14),
    ],
)
def test_a_line_of_the_checklist_is_read_as_a_sentence(line: str, days: int) -> None:
    assert read_checklist_line(line)[0] == days


@pytest.mark.parametrize("lang", INTERFACE_LANGUAGES)
def test_what_the_window_gives_as_an_example_is_read_in_its_language(lang: str) -> None:
    use_language(lang)
    assert read_checklist_line(tr("visit", "Gifts, 14 days before"))[0] == -14
    said = understand(tr("visit", "0930 1030 meet the mayor @ city hall"), lang=lang)
    assert (said.start, said.end, said.kind) == ("09:30", "10:30", "meeting")
    assert said.place
    for dates in (
        tr("list", "2026, Nov 2026, 1–15 Nov 2026, from 1 Nov 2026"),
        tr("window", "25.11., 25 Nov, 2026-11-25"),
    ):
        for each in re.split("[,、] ?", dates):
            assert type_date(each, date(2026, 11, 2), lang).edtf.startswith("2026")


@pytest.mark.parametrize(
    "typed", ["1530 Treffen, Gruppe A, fest", "1530 meeting, grupo A, fijo", "1530 meeting, gruppo A, fisso"]
)
def test_a_group_and_a_fixed_time_are_said_in_the_languages_of_the_window(typed: str) -> None:
    said = understand(typed)
    assert (said.group, said.fixed) == ("A", True)


@pytest.mark.parametrize(("typed", "meant"), [("ja", True), ("Nein", False), ("sí", True), ("sì", True), ("no", False)])
def test_yes_and_no_are_said_in_the_languages_of_the_window(typed: str, meant: bool) -> None:
    assert read_value(KINDS["itinerary_item"].fields["confirmed"], typed) is meant


@pytest.mark.parametrize(
    ("line", "kind", "title"),
    [
        ("1200 almuerzo con el alcalde", "meal", "almuerzo con el alcalde"),
        ("1000 Besichtigung des Hafens", "site_visit", "Besichtigung des Hafens"),
        ("1545 visita dell’aeroporto", "site_visit", "visita dell’aeroporto"),
        ("0930 riunione DRC Liuzhou", "meeting", "DRC Liuzhou"),
        ("0900 colloqui gruppo a fisso", "meeting", None),
    ],
)
def test_an_item_is_typed_in_any_language_of_the_window(line: str, kind: str, title: str | None) -> None:
    said = understand(line)
    assert said.kind == kind
    assert title is None or dict(said.title or {}) == {"en": title}
