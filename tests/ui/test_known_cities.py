"""A city typed by name brings its country and clock along, said before it is added; a page that lacks them proposes them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QPushButton, QToolButton

from tests.helpers.shown import said_by
from tests.ui.conftest import User
from ucapdesk.model.kinds.partnership_kinds import country_id
from ucapdesk.model.rules.country_facts import CityFacts, city_facts
from ucapdesk.model.values import Bilingual
from ucapdesk.services.records import records
from ucapdesk.services.records.completion import place_values
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


def test_a_name_that_nobody_has_read_yet_is_a_draft() -> None:
    read, draft = city_facts(["Chongqing"]), city_facts(["Stuttgart Regio"])
    assert read is not None
    assert draft is not None
    assert dict(read.names).keys() == {"en", "zh"}
    assert not read.draft
    values = place_values(draft, Bilingual(en="Stuttgart Regio"))["name"]
    assert values == Bilingual(en="Stuttgart Regio", zh="斯图加特地区").mark("zh", "draft")
    assert place_values(draft, Bilingual(zh="斯图加特地区"))["name"].state("zh") == "", (
        "what somebody typed is no draft"
    )


def test_a_city_added_to_a_side_has_the_country_that_was_said(user: User) -> None:
    user.open(user.id("ucap"))
    assert user.find(QToolButton, "ucap.cities.A.choose").isHidden(), (
        "cities are typed there: no arrow that opens nothing"
    )
    line = user.find(TokenLine, "ucap.cities.A.line")
    line.setFocus()
    user.compose(line, "", "Gdańsk")
    offers = user.window.findChild(QListWidget, "ucap.cities.A.offers")
    assert offers is not None
    last = offers.item(offers.count() - 1).text()
    assert last == "Add “Gdańsk” to Cities and places: 格但斯克 · Poland · Time zone: Warsaw"
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
    offers = user.window.findChild(QListWidget, "ucap.cities.A.offers")
    assert offers is not None
    said = offers.item(offers.count() - 1).text()
    assert said == "Add “重庆” to Cities and places: Chongqing · China · Time zone: Beijing"
    assert offers.width() > offers.fontMetrics().horizontalAdvance(said)
    offers.setCurrentRow(offers.count() - 1)
    user.press(Qt.Key.Key_Return)
    names = [user.value(id_, "name") for id_ in records.listing(user.desk, "place")]
    assert Bilingual(en="Chongqing", zh="重庆") in names


def test_a_place_without_a_country_is_asked_about_once(user: User) -> None:
    place = records.add(user.desk, "place", {"name": Bilingual(en="Turku")})
    user.open(place)
    bar = user.window.record.bar
    assert said_by(bar) == "Found for “Turku”: 图尔库 · Finland · Time zone: Helsinki"
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


@pytest.mark.parametrize(
    ("typed", "name", "country", "zone"),
    [
        ("Dali", {"en": "Dali", "zh": "大理"}, "CN", "Asia/Shanghai"),
        ("大理州", {"en": "Dali Bai Autonomous Prefecture", "zh": "大理州"}, "CN", "Asia/Shanghai"),
        ("Kunming", {"en": "Kunming", "zh": "昆明市"}, "CN", "Asia/Shanghai"),
        ("莱比锡", {"en": "Leipzig", "zh": "莱比锡"}, "DE", "Europe/Berlin"),
        ("Porto", {"en": "Porto", "zh": "波尔图"}, "PT", "Europe/Lisbon"),
        ("Valencia, Spain", {"en": "Valencia", "zh": "巴伦西亚"}, "ES", "Europe/Madrid"),
        ("Zielona Gora", {"en": "Zielona Gora", "zh": "绿山城"}, "PL", "Europe/Warsaw"),
    ],
)
def test_a_city_of_the_gazetteer_is_whole_when_it_is_added(
    user: User, typed: str, name: dict[str, str], country: str, zone: str
) -> None:
    user.open(user.id("ucap"))
    line = user.find(TokenLine, "ucap.cities.A.line")
    line.setFocus()
    user.compose(line, "", typed)
    offers = user.window.findChild(QListWidget, "ucap.cities.A.offers")
    assert offers is not None
    offers.setCurrentRow(offers.count() - 1)
    user.press(Qt.Key.Key_Return)
    place = next(id_ for id_ in records.listing(user.desk, "place") if dict(user.value(id_, "name")) == name)
    assert user.value(place, "country") == country_id(country)
    assert user.value(place, "time_zone") == zone
    assert (user.value(place, "state") or {}).get("zh") == ("云南省" if country == "CN" else None)
