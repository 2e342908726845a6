"""The gazetteer: every prefecture of China and large city of the European Union, by its names in both scripts, and never a guess."""

from __future__ import annotations

import re
from collections import Counter
from zoneinfo import ZoneInfo

import pytest

from ucapdesk.base.fold import HAN_RUN, simplify
from ucapdesk.base.paths import resource
from ucapdesk.model.codes import codes, folded
from ucapdesk.model.dates.zones import zone_named
from ucapdesk.model.gazetteer import CHINA, gazetteer
from ucapdesk.model.rules.country_facts import city_facts, known_city, place_code

MEMBERS = {code for code, known in codes("countries").items() if known.facts.get("eu27")}
UNITS = [each for each in gazetteer().values() if each.facts["country"] == CHINA and each.labels["zh"] != "朝阳区"]
ABROAD = [each for each in gazetteer().values() if each.facts["country"] != CHINA]


def test_it_is_whole() -> None:
    ends = Counter(re.sub("^.*?(市|自治州|地区|盟)$", r"\1", each.labels["zh"]) for each in UNITS)
    assert ends == {"市": 293 + 4, "自治州": 30, "地区": 7, "盟": 3}, "prefecture-level units, municipalities"
    assert len(ABROAD) == 419
    assert {each.facts["country"] for each in ABROAD} == MEMBERS
    sizes = Counter(each.facts["country"] for each in ABROAD)
    assert sizes.most_common(4) == [("DE", 80), ("ES", 64), ("IT", 47), ("FR", 42)], "districts are no cities"
    assert not {"Neukölln", "Favoriten", "Mokotów", "Eixample", "Sector 3"} & {each.labels["en"] for each in ABROAD}


def test_every_city_has_names_a_province_and_a_zone() -> None:
    for city in gazetteer().values():
        ZoneInfo(city.facts["zone"])
        assert city.facts["zone"] in codes("countries")[city.facts["country"]].facts["zones"]
        assert HAN_RUN.search(city.labels["zh"]), city
        assert city.labels["zh"] == simplify(city.labels["zh"]), city
        assert not HAN_RUN.search(city.labels["en"]), city
        assert city.draft == (() if city.facts["country"] == CHINA else ("zh",)), city
    without = {each.labels["en"] for each in UNITS if not each.facts["state"]}
    assert without == {"Beijing", "Tianjin", "Shanghai", "Chongqing"}


def test_no_name_is_that_of_two_cities_of_a_country() -> None:
    for lang in ("en", "zh"):
        said = Counter((each.facts["country"], folded(each.labels[lang])) for each in gazetteer().values())
        twice = {name for (_, name), times in said.items() if times > 1}
        assert twice == ({"suzhou", "taizhou", "yichun", "fuzhou", "yulin"} if lang == "en" else set())


@pytest.mark.parametrize(
    ("names", "code"),
    [
        ("大理, Dali, 大理州, 大理市, 大理白族自治州, Dali Bai Autonomous Prefecture", "dali"),
        ("科隆, Cologne, Köln, Koeln, Koln, Colonia", "cologne"),
        ("乌鲁木齐, 乌鲁木齐市, Ürümqi, Urumqi", "urumqi"),
        ("绿山城, Zielona Góra, zielona gora", "zielona_gora"),
        ("昆明, Kunming, 昆明市, Kunming City", "kunming"),
        ("吉林市, Jilin City", "jilin"),
        ("海南州, 海南藏族自治州", "hainan"),
        ("吉林, Jilin, 海南, Hainan, Fuzhou, Yulin, 帕尔马, Valencia, Córdoba, León, Cartagena, Brest, 朝阳", ""),
    ],
)
def test_a_name_is_one_city_or_none(names: str, code: str) -> None:
    for name in names.split(", "):
        known = known_city(name)
        assert (known.code if known else "") == code, name
        assert not code or place_code(name) == code, name


def test_the_country_tells_namesakes_apart() -> None:
    for said in ("Valencia, Spain", "Valencia（西班牙）", "Valencia (ES)", "巴伦西亚，西班牙"):
        facts = city_facts([said])
        assert facts is not None, said
        assert (facts.country, dict(facts.names)["zh"]) == ("ES", "巴伦西亚")
    for said in ("Valencia", "Valencia, Venezuela", "León", "Brest", "帕尔马", "Leipzig, Spain"):
        assert city_facts([said]) is None, said
    brest = known_city("Brest", "FR")
    assert brest is not None
    assert brest.labels["zh"] == "布雷斯特"


def test_what_two_cities_of_a_country_share_is_known_without_a_name() -> None:
    for said in ("Fuzhou", "Yichun", "吉林", "Chaoyang"):
        facts = city_facts([said])
        assert facts is not None, said
        assert (facts.country, facts.zone, facts.names) == ("CN", "Asia/Shanghai", ())
    facts = city_facts(["Fuzhou", "抚州"])
    assert facts is not None
    assert facts.country == CHINA


def test_journeys_have_the_clock_of_their_cities() -> None:
    said = ("Dali", "大理", "大理站", "昆明南站", "Leipzig Hbf", "Porto Campanhã station", "Zielona Góra", "Las Palmas")
    zones = ("Asia/Shanghai",) * 4 + ("Europe/Berlin", "Europe/Lisbon", "Europe/Warsaw", "Atlantic/Canary")
    assert tuple(map(zone_named, said)) == zones
    assert zone_named("Valencia") is None


def test_it_is_small() -> None:
    assert resource("reference/gazetteer.tsv").stat().st_size < 40_000
