"""Every list that fields name is there, with labels in English and Chinese."""

from __future__ import annotations

import json
import re
from collections import Counter
from importlib.resources import files
from pathlib import Path
from zoneinfo import available_timezones

import pytest

import ucapdesk
from tests.helpers.pseudo_language import PSEUDO
from ucapdesk.base.i18n import LANGUAGES
from ucapdesk.base.paths import resource
from ucapdesk.model.codes import code_label, codes, find_code, word_table
from ucapdesk.model.kinds import KINDS

LISTS = sorted(path.stem for path in resource("reference").glob("*.json"))
USED = sorted({field.meta.codes for kind in KINDS.values() for field in kind.fields.values() if field.meta.codes})


@pytest.mark.row("M11")
def test_a_list_that_a_field_takes_its_codes_from_is_there() -> None:
    for name in USED:
        assert codes(name)
        assert all(len(code) <= 40 and re.fullmatch(r"[A-Za-z0-9_-]+", code) for code in codes(name)), name


def test_every_code_is_said_in_english_and_chinese() -> None:
    for name in LISTS:
        raw = json.loads(resource(f"reference/{name}.json").read_text(encoding="utf-8"))
        assert len(raw) == len(codes(name)), f"a code stands twice in {name}"
    for code in (code for name in LISTS for code in codes(name).values()):
        assert code.labels["en"].strip(), code
        assert re.search("[\u3400-\u9fff]", code.labels["zh"]), code
        assert set(code.labels) <= set(LANGUAGES), code
        assert set(code.draft) <= set(code.labels), code


def test_what_may_follow_a_status_is_in_its_list() -> None:
    for name in LISTS:
        for code in codes(name).values():
            assert set(code.facts.get("next", ())) <= set(codes(name)) - {code.code}, (name, code)


def test_the_goals_are_the_united_nations_own() -> None:
    goals = codes("sdgs")
    assert list(goals) == [str(number) for number in range(1, 18)]
    assert goals["9"].labels["zh"] == "产业、创新和基础设施"
    assert goals["17"].facts["color"] == "#19486A"
    assert all(set(goal.labels) == set(LANGUAGES) and not goal.draft for goal in goals.values())


def test_sizes_of_the_great_lists() -> None:
    assert {name: len(codes(name)) for name in ("countries", "partnerships", "glossary", "agreement_status")} == {
        "countries": 249,
        "partnerships": 21,
        "glossary": 57,
        "agreement_status": 17,
    }
    assert all(set(country.labels) == set(LANGUAGES) for country in codes("countries").values())


@pytest.mark.parametrize(
    ("name", "said", "code"),
    [
        ("sdgs", "SGD 4", "4"),
        ("sdgs", "可持续发展目标11", "11"),
        ("sdgs", "Hambre cero", "2"),
        ("partnerships", "Jobs & Skills in Local Economy", "jobs_skills"),
        ("meeting_mode", " ONLINE ", "online"),
        ("meeting_mode", "线上", "online"),
        ("countries", "españa", "ES"),
        ("meeting_mode", "by pigeon", None),
    ],
)
def test_a_code_is_found_by_whatever_people_write_for_it(name: str, said: str, code: str | None) -> None:
    assert find_code(name, said) == code


def test_a_code_of_a_newer_program_is_shown_as_it_is() -> None:
    assert code_label("meeting_mode", "hologram", "zh") == "hologram"


def test_a_label_that_is_not_translated_is_said_in_english() -> None:
    assert code_label("agreement_status", "in_force", "de") == "In Kraft"
    assert code_label("cities", "granada", "de") == "Granada"
    assert code_label("meeting_mode", "online", "de") == "Online"
    assert code_label("meeting_mode", "online", PSEUDO).startswith("[")


def test_every_list_that_a_record_has_is_said_in_every_language_of_a_paper() -> None:
    said = [(name, each) for name in USED for each in codes(name).values()]
    assert [(name, each.code, lang) for name, each in said for lang in LANGUAGES if lang not in each.labels] == []


# -- countries and regions --------------------------------------------------------------------------


def test_every_country_and_region_of_iso_3166_is_listed_once() -> None:
    zoned = {line[:2] for line in _zone_tab() if not line.startswith("#")}
    assert zoned | {"BV", "HM"} == set(codes("countries")), "the two without a zone of their own are uninhabited"
    assert len({each.facts["alpha3"] for each in codes("countries").values()}) == 249
    assert len({each.facts["numeric"] for each in codes("countries").values()}) == 249
    assert sum(each.facts.get("eu27", False) for each in codes("countries").values()) == 27


def _zone_tab() -> list[str]:
    return (files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8").splitlines()


def test_every_country_has_clocks_and_a_number_to_call() -> None:
    known = available_timezones()  # reads a tree of files
    for each in codes("countries").values():
        zones, number = each.facts["zones"], each.facts["calling_code"]
        assert zones, each.code
        assert set(zones) <= known, each.code
        assert len(set(zones)) == len(zones), each.code
        assert re.fullmatch(r"\+[1-9]\d{0,2}( \d{1,4}){0,2}", number), (each.code, number)
    assert codes("countries")["CN"].facts["zones"] == ["Asia/Shanghai"]
    assert codes("countries")["AU"].facts["zones"][0] == "Australia/Sydney", "the clock of the capital comes first"


def test_countries_that_differ_are_called_differently() -> None:
    for lang in LANGUAGES:
        called = Counter(each.label(lang) for each in codes("countries").values())
        assert {name for name, times in called.items() if times > 1} <= {"Congo"}, lang


def test_each_language_has_the_official_name_of_those_who_read_it() -> None:
    for code, lang, label in [
        ("TW", "zh", "中国台湾"),
        ("HK", "zh", "中国香港"),
        ("MO", "zh", "中国澳门"),
        ("FK", "zh", "马尔维纳斯群岛（福克兰群岛）"),
        ("FK", "es", "Islas Malvinas"),
        ("PS", "zh", "巴勒斯坦"),
        ("MM", "en", "Myanmar/Burma"),
        ("CZ", "en", "Czechia"),
        ("TR", "en", "Türkiye"),
        ("MK", "en", "North Macedonia"),
        ("CD", "en", "Democratic Republic of the Congo"),
        ("CV", "it", "Cabo Verde"),
        ("CI", "de", "Côte d’Ivoire"),
    ]:
        assert code_label("countries", code, lang) == label, code


@pytest.mark.parametrize(
    ("said", "code"),
    [("台湾", "TW"), ("Hong Kong SAR China", "HK"), ("Turkey", "TR"), ("República Checa", "CZ"), ("UK", "GB")],
)
def test_a_country_is_found_by_the_names_that_people_go_on_writing(said: str, code: str) -> None:
    assert find_code("countries", said) == code


def test_cities_have_a_name_in_every_language_and_a_clock() -> None:
    for city in codes("cities").values():
        assert set(city.labels) == {"en", "zh", "es", "it", "de"}, city.code
        assert city.facts["zone"] in codes("countries")[city.facts["country"]].facts["zones"], city.code
    assert code_label("cities", "stuttgart_region", "it") == "Regione di Stoccarda"
    assert {"zhengzhou", "chongqing", "longyan", "changchun", "shantou", "malaga", "prague", "barnsley"} <= set(
        codes("cities")
    )


def test_every_table_of_words_has_words_and_a_reader() -> None:
    package = Path(ucapdesk.__file__).parent
    texts = {module: module.read_text(encoding="utf-8") for module in package.rglob("*.py")}
    for path in sorted(resource("words").glob("*.json")):
        table = word_table(path.stem)
        assert table, path
        assert all(words and all(word.strip() for word in words) for words in table.values()), path
        assert any(
            f'word_table("{path.stem}")' in text or (package / "formats" in module.parents and f'"{path.stem}"' in text)
            for module, text in texts.items()
        ), path
