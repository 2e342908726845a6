"""A city typed by name brings its country and clock along, said before it is added; a page that lacks them proposes them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QPushButton, QToolButton

from tests.helpers.shown import said_by
from tests.ui.conftest import User
from ucapdesk.model.kinds.partnership_kinds import country_id
from ucapdesk.model.rules.country_facts import CityFacts, city_facts
from ucapdesk.model.values import Bilingual
from ucapdesk.services.records import records
from ucapdesk.ui.fields.token_field import TokenLine


def test_which_cities_are_known() -> None:
    poland, china = CityFacts("PL", "Europe/Warsaw"), CityFacts("CN", "Asia/Shanghai")
    assert city_facts(["Gdańsk"]) == city_facts(["Gdansk"]) == poland
    assert city_facts(["Changsha", "长沙"]) == city_facts(["重庆市"]) == china
    assert {city_facts([name]) for name in ("兰州市", "深圳", "Nankín", "贵阳")} == {china}, "known in another language"
    assert city_facts(["Girona"]) == CityFacts("ES", "Europe/Madrid")
    for unknown in ("Córdoba", "Birmingham", "Pristina", "港口", "WAW", "Port of Gdańsk", ""):
        assert city_facts([unknown]) is None, unknown
    assert city_facts(["Gdańsk", "重庆"]) is None


def test_a_name_that_nobody_has_read_yet_is_not_filled_in() -> None:
    read, draft = city_facts(["Chongqing"]), city_facts(["Stuttgart Regio"])
    assert read is not None
    assert draft is not None
    assert dict(read.names).keys() == {"en", "zh"}
    assert dict(draft.names) == {"en": "Stuttgart Regio"}


def test_a_city_added_to_a_side_has_the_country_that_was_said(user: User) -> None:
    user.open(user.id("ucap"))
    assert user.find(QToolButton, "ucap.cities.A.choose").isHidden(), (
        "cities are typed there: no arrow that opens nothing"
    )
    line = user.find(TokenLine, "ucap.cities.A.line")
    line.setFocus()
    user.compose(line, "", "Gdańsk")
    offers = user.find(QListWidget, "ucap.cities.A.offers")
    last = offers.item(offers.count() - 1).text()
    assert last == "Add “Gdańsk” to Cities and places: Poland · Time zone: Warsaw"
    offers.setCurrentRow(offers.count() - 1)
    user.press(Qt.Key.Key_Return)
    titles = records.titles(user.desk, records.listing(user.desk, "place"), "en")
    place = next(id_ for id_, title in titles.items() if title == "Gdańsk")
    assert user.value(place, "country") == country_id("PL")
    assert user.value(place, "time_zone") == "Europe/Warsaw"


def test_a_listed_city_has_its_other_name_too(user: User) -> None:
    user.open(user.id("ucap"))
    line = user.find(TokenLine, "ucap.cities.A.line")
    line.setFocus()
    user.compose(line, "", "重庆")
    offers = user.find(QListWidget, "ucap.cities.A.offers")
    said = offers.item(offers.count() - 1).text()
    assert said == "Add “重庆” to Cities and places: Chongqing · China · Time zone: Beijing"
    assert offers.width() > offers.fontMetrics().horizontalAdvance(said)
    offers.setCurrentRow(offers.count() - 1)
    user.press(Qt.Key.Key_Return)
    names = [user.value(id_, "name") for id_ in records.listing(user.desk, "place")]
    assert Bilingual(en="Chongqing", zh="重庆") in names


def test_a_place_without_a_country_is_asked_about_once(user: User) -> None:
    place = user.open(records.add(user.desk, "place", {"name": Bilingual(en="Turku")}))
    bar = user.window.record.bar
    assert said_by(bar) == "Found for “Turku”: Finland · Time zone: Helsinki"
    user.click("record.bar.use")
    assert user.value(place, "country") == country_id("FI")
    assert user.value(place, "time_zone") == "Europe/Helsinki"
    assert said_by(bar) == ""
    user.window.do("edit.undo")
    assert user.value(place, "country") is None
    user.click("record.bar.close")
    user.window.record.refresh()
    assert said_by(bar) == ""
    assert user.find(QPushButton, "record.bar.close").isHidden() or not bar.isVisible()
