"""The page of the house style: what is typed is saved and seen on the page beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from tests.helpers.logos import BAD, logo
from tests.ui.conftest import User
from ucapdesk.base import settings
from ucapdesk.model.kinds.paper_kinds import HouseStyle
from ucapdesk.model.values import Bilingual
from ucapdesk.papers.house_styles import styles, usual_style
from ucapdesk.services import Desk
from ucapdesk.services.records import records
from ucapdesk.ui.fields.value_editors import PictureEditor
from ucapdesk.ui.papers.house_style_dialog import HouseStyleDialog


@pytest.fixture
def page(user: User, qtbot: QtBot) -> Iterator[HouseStyleDialog]:
    made = HouseStyleDialog(user.desk, user.window)
    qtbot.addWidget(made)
    made.show()
    shown(made, qtbot)
    yield made
    made.done(0)
    user.window.work.stop_all()


def shown(page: HouseStyleDialog, qtbot: QtBot) -> None:
    """Wait for the page that was asked for last."""
    qtbot.waitUntil(lambda: bool(page.view.pages) and page._making is None and not page._later.isActive())


def typed(page: HouseStyleDialog, field: str, text: str, qtbot: QtBot) -> None:
    editor = page.editors[field]
    line = editor.findChild(QLineEdit)
    assert line is not None
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
    kept = the_style(user.desk).logo
    assert kept is not None
    assert kept.name == "logo.png", "a file that is no picture changes nothing"
    assert "bad.svg is no picture" in editor.message
    editor.remove.click()
    shown(page, qtbot)
    assert the_style(user.desk).logo is None


def test_the_page_is_seen_in_the_window_and_until_then_that_it_is_being_made(user: User, qtbot: QtBot) -> None:
    records.add(user.desk, "house_style", {"office": Bilingual(en="City of Granada"), "accent": "#C8102E"})
    made = HouseStyleDialog(user.desk, user.window)
    qtbot.addWidget(made)
    made.show()
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
    new = page.findChild(QPushButton, "house_style.new")
    assert new is not None
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
