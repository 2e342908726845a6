"""Long names give way, and are still there to be read."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import User
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.values import Bilingual, PersonName
from ucapdesk.services.records import records
from ucapdesk.ui.fields.token_field import Chip
from ucapdesk.ui.lists.list_pane import EmptyList
from ucapdesk.ui.record.record_page import WIDEST
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.labels import ElidedButton
from ucapdesk.ui.toolkit.row_delegate import INSIDE, chip_width

LONG = "Liuzhou – Barcelona, Granada, Rome, Stuttgart Regio, Mannheim"


@pytest.mark.parametrize(("width", "whole"), [(200, False), (1200, True)])
def test_a_long_name_gives_way_and_is_told_by_its_tooltip(
    qtbot: QtBot, dressed: QApplication, width: int, *, whole: bool
) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    button = ElidedButton(LONG, page)
    QHBoxLayout(page).addWidget(button)
    page.resize(width, 60)
    with qtbot.waitExposed(page):
        page.show()
    assert page.width() == width
    assert button.toolTip() == ("" if whole else LONG)
    assert button.text() == LONG
    shown = button.grab().toImage()
    button.setText(f"{LONG} and more")  # its end is seen only where there is room
    assert (button.grab().toImage() == shown) is not whole
    assert button.toolTip() == ("" if whole else f"{LONG} and more")


@pytest.mark.parametrize("word", ["expiring", "overdue", "outdated", "中 missing", "已逾期"])
def test_a_chip_shows_its_whole_word_in_any_size(dressed: QApplication, word: str) -> None:
    font = QFont(dressed.font())
    for size in range(9, 31):
        font.setPixelSize(size)
        room = chip_width(font, word) - 2 * INSIDE
        assert QFontMetrics(font).elidedText(word, Qt.TextElideMode.ElideRight, room) == word, size


def test_in_a_row_a_name_is_as_wide_as_its_words_and_rows_are_no_wider_than_a_form(user: User) -> None:
    visit = records.add(user.desk, "visit", {"title": Bilingual(en="Visit"), "travelling_side": "A"})
    person = records.add(user.desk, "person", {"name": PersonName("Li", "Di")})
    records.add(user.desk, "participation", {"owner": visit, "person": person, "role": "delegate"})
    user.window.resize(2560, 900)
    user.open(visit)
    screen: Any = user.window.record.special
    screen.show_tab("delegation")
    QApplication.processEvents()
    chip = screen.people.findChild(Chip)
    assert chip.width() <= chip.sizeHint().width()
    assert screen.people.groups["delegation"].width() <= theme.px(WIDEST)


@pytest.mark.parametrize(("kind", "said"), [("road_map_step", "Pilot project"), ("pack", "printed or saved")])
def test_an_empty_list_of_what_is_made_elsewhere_says_where(
    qtbot: QtBot, dressed: QApplication, kind: str, said: str
) -> None:
    empty = EmptyList()
    qtbot.addWidget(empty)
    empty.say_nothing_yet(KINDS[kind], may_make=False)
    assert said in empty.tried.text()
    assert not empty.tried.isHidden()
