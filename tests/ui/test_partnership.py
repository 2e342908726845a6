"""A partnership drawn: cities of both sides, themes and MoUs; what is pressed is shown, and the picture is a paper."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton

from tests.ui.conftest import User
from tests.ui.list_hands import answer
from ucapdesk.model.values import Bilingual
from ucapdesk.papers import printing as papers
from ucapdesk.services.records import records
from ucapdesk.ui.papers.paper_dialog import PaperDialog
from ucapdesk.ui.screens.partnership_dialog import PartnershipDialog


@pytest.fixture
def dialog(user: User) -> PartnershipDialog:
    ucap = user.id("ucap")
    mou = records.add(user.desk, "agreement", {"title": Bilingual(en="Hydrogen buses"), "ucap": ucap})
    place = records.listing(user.desk, "place", find="Barcelona")[0]
    house = records.add(user.desk, "organisation", {"name": Bilingual(en="Port of Barcelona"), "place": place})
    records.add(user.desk, "agreement_party", {"owner": mou, "organisation": house, "side": "B"})
    made = PartnershipDialog(user.desk, ucap, "Liuzhou")
    user.bot.addWidget(made)
    made.show()
    QApplication.processEvents()
    return made


def test_cities_themes_and_mous_stand_in_columns_and_say_who_met_whom(dialog: PartnershipDialog) -> None:
    picture = dialog.picture
    by_title = {node.title: node for node in picture.told.nodes}
    assert (by_title["Liuzhou"].column, by_title["Hydrogen buses"].column, by_title["Barcelona"].column) == (0, 1, 2)
    met = {frozenset((link.a, link.b)): link.met for link in picture.told.links if link.met}
    pair = frozenset((by_title["Liuzhou"].id, by_title["Barcelona"].id))
    assert met[pair] >= 1
    said = picture.buttons[by_title["Barcelona"].id].toolTip()
    assert "Liuzhou" in said
    assert "meeting" in said
    assert "Hydrogen buses" in said
    boxes = [picture.buttons[node.id].geometry() for node in picture.told.nodes]
    assert all(not a.intersects(b) for at, a in enumerate(boxes) for b in boxes[at + 1 :])


def test_what_is_pressed_is_shown(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    user.open(user.id("ucap"))
    place = records.listing(user.desk, "place", find="Barcelona")[0]
    answer(monkeypatch, PartnershipDialog, lambda shown: shown.picture.buttons[place].click())
    user.window.do("record.partnership")
    assert user.window.record.id == place


@pytest.mark.row("B12")
def test_the_picture_is_a_paper_that_is_previewed(user: User, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    user.open(user.id("ucap"))
    previewed: list[str] = []
    answer(monkeypatch, PartnershipDialog, lambda shown: shown.findChild(QPushButton, "partnership.print").click())
    answer(
        monkeypatch,
        PaperDialog,
        lambda shown: previewed.append(shown.choice.findChild(QComboBox, "pack.document").currentData()),
    )
    user.window.do("record.partnership")
    assert previewed == ["partnership"]
    target = tmp_path / "picture.pdf"
    papers.brief(user.desk, [user.id("ucap")], target, document="partnership", page="A4-landscape")
    document = pypdfium2.PdfDocument(target)
    drawn = document[0].render(scale=1).to_pil().convert("L")
    said = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    left, _, right, _ = drawn.point(lambda light: 255 * (light < 200)).getbbox()
    assert right - left > drawn.width * 0.6, "both columns are on the page"
    assert "Barcelona" in said
    assert "Solid lines" in said
    assert "Meetings" in said, "what the lines say is told in words too"
