"""Ctrl+K does things to the record shown; and how few keys and clicks the usual work takes beyond its text."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from tests.ui.conftest import User
from tests.ui.list_hands import answer
from ucapdesk.base.i18n import use_language
from ucapdesk.model.values import Bilingual, PartialDate, PersonName
from ucapdesk.services.records import records
from ucapdesk.services.visits import visits
from ucapdesk.ui.imports.import_page import ImportPage
from ucapdesk.ui.screens.people_screens import UcapScreen
from ucapdesk.ui.window.commands import file_commands


class Counted:
    """Somebody whose keys and clicks are counted; the text is not."""

    def __init__(self, user: User) -> None:
        self.user, self.count = user, 0

    def press(self, keys: str) -> None:
        """A key, each modifier one more."""
        sequence = QKeySequence(keys)[0]  # type: ignore[index]
        self.count += 1 + sequence.keyboardModifiers().value.bit_count()
        QTest.keyClick(self.user.focus(), sequence.key(), sequence.keyboardModifiers())
        QApplication.processEvents()

    def type(self, text: str) -> None:
        focus: Any = self.user.focus()
        for part in text:
            if part.isascii():
                QTest.keyClicks(focus, part)
            else:
                self.user.compose(focus, "", part)
        QApplication.processEvents()

    def click(self, name: str) -> None:
        self.count += 1
        self.user.click(name)
        QApplication.processEvents()


@pytest.fixture
def hands(user: User) -> Counted:
    user.window.resize(1366, 728)
    return Counted(user)


@pytest.fixture
def mou(user: User) -> str:
    """An MoU of two parties, ready to be signed, with those who represent them."""
    mou = records.add(user.desk, "agreement", {"title": Bilingual(en="Hydrogen buses"), "status": "ready_to_sign"})
    for name, side in (("Anna Nowak", "A"), ("Chen Yan", "B")):
        person = records.add(user.desk, "person", {"name": PersonName(*name.split())})
        house = records.add(user.desk, "organisation", {"name": Bilingual(en=f"City of {name}")})
        values = {"owner": mou, "organisation": house, "side": side, "represented_by": person}
        records.add(user.desk, "agreement_party", values)
    return mou


def offers(user: User) -> list[str]:
    hits = user.window.search.hits
    return [hits.item(row).text() for row in range(hits.count()) if hits.item(row).flags()]


def test_an_mou_is_signed_with_four_keys_and_clicks(user: User, hands: Counted, mou: str) -> None:
    user.open(mou)
    hands.press("Ctrl+K")
    hands.type("sign")
    assert offers(user)[0] == "Mark as signed…"
    hands.press("Return")
    hands.click("mou.sign.confirm")
    assert user.value(mou, "status") == "signed"
    assert user.value(mou, "signed") == PartialDate("2026-11-02"), "today stood there already"
    assert len(records.children(user.desk, mou)["signatory"]) == 2
    assert hands.count <= 4


@pytest.mark.parametrize(
    ("typed", "title"), [("print itin", "Print: Itinerary"), ("set status under", "Set status: Under way")]
)
def test_papers_and_statuses_of_the_record_shown_come_first(user: User, hands: Counted, typed: str, title: str) -> None:
    user.open(user.id("visit"))
    hands.press("Ctrl+K")
    hands.type(typed)
    assert offers(user)[0] == title


def test_a_paper_is_previewed_and_a_status_is_set(user: User, hands: Counted, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[object] = []
    monkeypatch.setattr(file_commands, "print_paper", lambda _, *what: shown.append(what))
    visit = user.id("visit")
    user.open(visit)
    hands.press("Ctrl+K")
    hands.type("delegation list")
    hands.press("Return")
    assert shown == [([visit], "delegation_list")]
    hands.press("Ctrl+K")
    hands.type("set status postponed")
    hands.press("Return")
    assert user.value(visit, "status") == "postponed"
    user.window.do("edit.undo")
    assert user.value(visit, "status") != "postponed"


def test_a_person_with_both_names_post_and_city_takes_one_line(user: User, hands: Counted) -> None:
    place = records.add(user.desk, "place", {"name": Bilingual(en="Gdańsk", zh="格但斯克"), "type": "city"})
    hands.press("Ctrl+K")
    hands.type("new person Zhang Wei 张伟, deputy director, Gdańsk")
    hands.press("Return")
    person = user.record
    assert (person.name.family, person.name.given, str(person.name_han)) == ("Zhang", "Wei", "张伟")
    assert person.place == place
    (post,) = records.children(user.desk, person.id)["affiliation"]
    assert post.post["en"] == "deputy director"  # type: ignore[attr-defined]
    assert hands.count <= 8
    user.window.do("edit.undo")
    assert not records.listing(user.desk, "person", find="张伟"), "it is one step"


@pytest.mark.parametrize(
    ("lang", "typed"),
    [("es", "crear persona Anna Rossi"), ("it", "crea persona Anna Rossi"), ("de", "Person anlegen Anna Rossi")],
)
def test_a_record_is_begun_in_the_words_of_the_window(user: User, hands: Counted, lang: str, typed: str) -> None:
    use_language(lang)
    hands.press("Ctrl+K")
    hands.type(typed)
    hands.press("Return")
    assert user.record.name.family == "Rossi"


def test_six_points_of_a_day_take_eight(user: User, hands: Counted) -> None:
    values = {"title": Bilingual(en="Visit"), "dates": PartialDate("2026-11-10/2026-11-12")}
    visit = records.add(user.desk, "visit", values)
    user.open(visit)
    user.window.record.take_focus()
    before = hands.count
    hands.press("Ctrl+N")
    for line in ("0900 meet", "1000 visit port", "1130 talks", "1230 lunch", "1400 visit lab", "1800 dinner"):
        hands.type(line)
        hands.press("Return")
    assert len(records.children(user.desk, visit)["itinerary_item"]) == 6
    assert hands.count - before <= 8


def test_seven_people_from_a_spreadsheet_take_five(user: User, hands: Counted, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, ImportPage, lambda dialog: dialog.accept())
    visit = user.id("visit")
    user.open(visit)
    user.window.record.take_focus()
    before = len(visits.people(user.desk, visit, visits.DELEGATION))
    rows = [f"Guest Number{chr(65 + n)}\tDirector\tCity of Gdańsk\tg{n}@example.pl" for n in range(7)]
    QGuiApplication.clipboard().setText("Name\tPost\tOrganisation\tE-mail\n" + "\n".join(rows))
    hands.press("Ctrl+V")
    hands.count += 1  # Enter in the preview
    assert len(visits.people(user.desk, visit, visits.DELEGATION)) == before + 7
    assert hands.count <= 5


def test_the_cities_of_a_ucap_stand_first_and_are_added_by_name(user: User, hands: Counted) -> None:
    place = records.add(user.desk, "place", {"name": Bilingual(en="Gdańsk", zh="格但斯克"), "type": "city"})
    ucap = user.id("ucap")
    user.open(ucap)
    screen = user.window.record.special
    assert isinstance(screen, UcapScreen)
    assert [len(screen.cities.chips[side].tokens) for side in "AB"] == [1, 7]
    assert "Liuzhou" in screen.cities.captions["A"].text()
    assert screen.cities.y() < user.form.y()
    screen.cities.chips["A"].line.setFocus()
    hands.type("gda")
    hands.press("Return")
    places = records.children(user.desk, ucap)["ucap_place"]
    assert any((each.place, each.side) == (place, "A") for each in places)  # type: ignore[attr-defined]
    for side in records.children(user.desk, ucap)["ucap_side"]:
        records.edit(user.desk, side.id, {"label_text": Bilingual(en="Guangxi", zh="广西")})
    assert screen.cities.captions["A"].text() == "Cities: Guangxi side"
    assert screen.cities.chips["A"].line.accessibleName().startswith("Cities: Guangxi side: "), "seen and heard differ"
    assert user.find(QPushButton, "list.new").isVisible()
