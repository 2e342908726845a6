"""Rare characters are shown where the computer has no face for them, and cost nothing where none is met."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QImage
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from tests.helpers.look import forget_rare_faces
from tests.helpers.shown import not_none
from tests.ui.conftest import User
from tests.ui.list_hands import add_record
from ucapdesk.model.values import PersonName
from ucapdesk.services.people.pasted_people import plan_people
from ucapdesk.services.records import records
from ucapdesk.ui.imports.import_page import ImportPage
from ucapdesk.ui.toolkit import fonts, theme
from ucapdesk.ui.window.help_dialogs import ManualDialog


@pytest.fixture(autouse=True)
def _as_at_the_start(qapp: QApplication) -> Iterator[None]:
    before = QApplication.font()
    forget_rare_faces()
    yield
    forget_rare_faces()
    QApplication.setFont(before)
    del qapp


def _ink(text: str) -> QImage:
    label = QLabel(text)
    label.setFont(QApplication.font())
    label.setFixedSize(40, 40)
    return label.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)


def test_a_rare_character_in_a_name_is_drawn_in_list_and_form(user: User) -> None:
    assert fonts.rare_families() == []
    box = _ink("\U000323af")
    user.open(add_record(user, "person", "name_han.family=𠮷", "name_han.given=文华"))
    assert fonts.rare_families() == ["Rare Han 20"]
    assert QFontMetrics(QApplication.font()).inFontUcs4(ord("𠮷"))
    assert _ink("𠮷") != box
    assert "Rare Han 20" in user.box("name_han.family").font().families()
    assert theme.families("zh")[-1] == "Rare Han 20"


def test_one_that_is_typed_is_drawn_at_once(user: User) -> None:
    user.open(add_record(user, "person", "name_han.family=李"))
    user.type("name_han.given", "𪜀", leave=False)
    assert fonts.rare_families() == ["Rare Han 2A"]


def test_one_in_the_manual_is_drawn(user: User) -> None:
    user.window.do("help.manual")
    page = user.find(ManualDialog, "manual")
    assert "𠮷" in page.pages.toPlainText()
    assert "Rare Han 20" in page.pages.document().defaultFont().families()
    page.close()


def test_common_text_loads_nothing(user: User) -> None:
    user.open(
        add_record(user, "person", "name_han.family=龚", "name_han.given=䶮", "name.family=Gong", "name.given=🎉")
    )
    assert fonts.rare_families() == []


def test_pinyin_is_offered_and_taken_with_one_press(user: User) -> None:
    person = user.open(add_record(user, "person", "name_han.family=龚", "name_han.given=䶮"))
    offer = user.find(QPushButton, "field.name.offered")
    assert (offer.isVisibleTo(user.form), offer.text()) == (True, "Use pinyin: Gong Yan")
    assert records.get(user.desk, person).name is None  # type: ignore[attr-defined]
    user.bot.mouseClick(offer, Qt.MouseButton.LeftButton)
    assert user.record.name == PersonName("Gong", "Yan", "family_first")
    assert not offer.isVisibleTo(user.form)
    assert user.box("name.family").said() == "Gong"


def test_it_is_drawn_in_the_preview_of_what_is_pasted(user: User) -> None:
    plan = not_none(plan_people(user.desk, "Name\t姓名\tPost\nWang Jiping\t王𠮷平\tDirector\n"))
    assert fonts.rare_families() == []
    ImportPage(plan, user.window)
    assert fonts.rare_families() == ["Rare Han 20"]
