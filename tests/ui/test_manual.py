"""The manual inside the program: in the language of the window, with its pictures, beside the work."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from shiboken6 import isValid

from tests.ui.conftest import User
from ucapdesk.base.i18n import LANGUAGES
from ucapdesk.base.paths import manual
from ucapdesk.ui.window.help_dialogs import ManualDialog, pages_of

LINK = re.compile(r"\]\(([^)]+)\)")


@pytest.fixture
def page(user: User) -> Iterator[ManualDialog]:
    """The manual, open."""
    user.window.do("help.manual")
    page = user.window.findChild(ManualDialog)
    assert page is not None
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
    chinese = user.window.findChild(ManualDialog)
    assert chinese is not None
    assert chinese.pages.toPlainText().startswith("UCAPDesk 使用手册")
    chinese.close()


@pytest.mark.row("X16")
def test_a_word_is_found_on_whichever_page_it_stands_and_back_leads_back(user: User, page: ManualDialog) -> None:
    assert _find(page, "backup") == "backup"
    assert page.pages.source().fileName() == "en.md"
    assert _find(page, "ALTERNATELY").lower() == "alternately"
    assert page.pages.source().fileName() == "papers.md"
    back = page.findChild(QPushButton, "manual.back")
    assert back is not None
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
    """The levels of the headings of a page, its pictures, and the options that it names."""
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
