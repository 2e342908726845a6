"""What a coordinator finds who spells otherwise than the record, on both stories: in the box, the command and the lists alike."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ucapdesk.base.i18n import use_language
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.listing import ListView
from ucapdesk.model.text.assignments import parse_assignments
from ucapdesk.services import Desk
from ucapdesk.services.records import lists, records, search


@pytest.fixture(scope="module")
def liuzhou(sample_made: Path) -> Iterator[Desk]:
    """The sample: Liuzhou and its European partners."""
    with Desk.open(sample_made, read_only=True) as desk:
        yield desk


@pytest.fixture
def written(sample_made: Path, tmp_path: Path) -> Iterator[Desk]:
    """The sample, for a test that writes to it."""
    with Desk.open(shutil.copytree(sample_made, tmp_path / "w")) as desk:
        yield desk


def _titles(desk: Desk, typed: str) -> list[str]:
    """Everything found, in the command's order; the box shows the same, and the list of a kind its part."""
    found = search.find(desk, typed, limit=search.MAX_HITS_RANKED)
    best = search.best(desk, typed, shown=search.MAX_HITS_RANKED)
    assert {hit.id for hit in best.found} == {hit.id for hit in found}
    for kind in {hit.kind for hit in found}:
        assert set(lists.ids(desk, ListView(kind, find=typed))) == {hit.id for hit in found if hit.kind == kind}
    return [hit.title for hit in found]


SPELLED = {
    "發改委": "Development and Reform Commission",
    "發展和改革": "Development and Reform Commission",
    "Roma": "Rome",
    "Barcellona": "Barcelona",
    "Bruselas": "Brussels",
    "Alemania": "Germany",
    "2019-06": "2nd meeting, June 2019",
    "2019年6月": "2nd meeting, June 2019",
    "junio de 2019": "2nd meeting, June 2019",
    "SDG 11": "Cultural Heritage",
    "sdg11": "Cultural Heritage",
    "目标11": "Cultural Heritage",
    "startups": "Start-Ups",
    "startup": "Start-Ups",
    "吳文能": "Wu Wenneng",
    "吴文能": "Wu Wenneng",
    "Ziel 11": "Cultural Heritage",
    "obiettivo 11": "Cultural Heritage",
}
"""Titles that are found by what is typed."""


def test_the_first_story_is_found_by_other_spellings(liuzhou: Desk) -> None:
    for typed, title in SPELLED.items():
        assert any(title in each for each in _titles(liuzhou, typed)), (typed, _titles(liuzhou, typed))
        assert not search.is_near(liuzhou, typed), typed


@pytest.mark.parametrize(
    ("typed", "title"),
    [("Luizhou", "Liuzhou"), ("Stutgart", "Stuttgart"), ("Barselona", "Barcelona"), ("Benites", "Francisco Benítez")],
)
def test_a_slip_finds_the_name_first_and_says_so(liuzhou: Desk, typed: str, title: str) -> None:
    assert _titles(liuzhou, typed)[0] == title
    best = search.best(liuzhou, typed)
    assert best.near
    assert best.found[0].title == title
    assert search.is_near(liuzhou, typed)


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("鄭州", "Zhengzhou"),
        ("Lodsch", "Łódź"),
        ("罗兹", "Łódź"),
        ("Salonicco", "Thessaloniki"),
        ("龔副市長", "Gong Yan"),
        ("037167181001", "Gong Yan"),
        ("+86 371 6718 1001", "Gong Yan"),
        ("外辦", "Foreign Affairs Office of Zhengzhou Municipal People's Government"),
        ("ODS 11", "Sponge city and urban water"),
        ("LO91", "LO 91"),
        ("4月12日", "LO 91"),
        ("12 April", "LO 91"),
        ("12. April", "LO 91"),
    ],
)
def test_the_second_story_is_found_by_other_spellings(second_desk: Desk, typed: str, title: str) -> None:
    assert any(title in each for each in _titles(second_desk, typed)), _titles(second_desk, typed)
    assert not search.is_near(second_desk, typed)


@pytest.mark.parametrize(("typed", "title"), [("Zhenzhou", "Zhengzhou"), ("Thesaloniki", "Thessaloniki")])
def test_a_slip_in_the_second_story(second_desk: Desk, typed: str, title: str) -> None:
    assert _titles(second_desk, typed)[0] == title


def test_what_is_typed_right_is_never_mixed_with_what_is_near(written: Desk) -> None:
    exact = _titles(written, "Rome")
    said = ["name.en=Romo", "type=city"]
    records.add(written, "place", parse_assignments(KINDS["place"], said, new=True))
    assert _titles(written, "Rome") == exact
    assert "Rome" not in _titles(written, "Romo")


def test_a_condition_that_leaves_out_all_that_is_exact_shows_nothing_near(liuzhou: Desk) -> None:
    """Liuzhou is there, only not in the other type: a slip is no reason then."""
    near = records.listing(liuzhou, "place", "Luizhou")
    assert near
    assert records.listing(liuzhou, "place", "Liuzhou", where={"type": "venue"}) == []


def test_exact_names_stand_first_in_the_box_whatever_was_opened_last(written: Desk) -> None:
    said = ["name.en=Liuzhou East Station", "type=venue"]
    station = records.add(written, "place", parse_assignments(KINDS["place"], said, new=True))
    assert search.best(written, "liuzhou", recent=[station]).found[0].title == "Liuzhou"
    assert search.best(written, "liuzhou e", recent=[]).found[0].id == station


def test_places_of_the_reference_lists_are_found_by_every_name(written: Desk) -> None:
    said = {"Düsseldorf": "杜塞爾多夫", "Patras": "Patrasso", "Trieste": "Triest", "Toruń": "Thorn", "Graz": "格拉茨"}
    for name in said:
        records.add(written, "place", parse_assignments(KINDS["place"], [f"name.en={name}", "type=city"], new=True))
    for name, typed in said.items():
        assert _titles(written, typed)[0] == name


def test_an_office_with_an_english_name_alone_is_found_by_its_chinese_short_form(written: Desk) -> None:
    said = {
        "Wuhan Development and Reform Commission": ("發改委", "发改委", "发展和改革委员会"),
        "Wuhan Municipal Foreign Affairs Office": ("外办", "外辦"),
    }
    for name in said:
        records.add(written, "organisation", parse_assignments(KINDS["organisation"], [f"name.en={name}"], new=True))
    for name, typed in said.items():
        for each in typed:
            assert name in _titles(written, each), each


def test_an_office_stands_before_the_country_that_its_letters_stand_for_too(liuzhou: Desk) -> None:
    assert search.best(liuzhou, "DRC").found[0].title == "Development and Reform Commission DRC Liuzhou"
    assert search.best(liuzhou, "Spain").found[0].title == "Spain"


def test_nothing_found_says_how_it_was_looked_for() -> None:
    assert search.say_nothing("xyzzy") == (
        "Nothing found for xyzzy.",
        "Also tried: pinyin and initials, one letter different.",
    )
    assert search.say_nothing("Siviglia")[1] == (
        "Also tried: pinyin and initials, other names (Seville, 塞维利亚, Sevilla), words together and apart, one letter different."
    )
    assert search.say_nothing("2031-06")[1] == "Also tried: other ways to write the date."
    assert search.say_nothing("139 3711 2345")[1] == "Also tried: the number with and without country code."
    assert search.say_nothing("12") == ("Nothing found for 12.",)
    use_language("zh")
    assert search.say_nothing("張偉") == ("未找到“張偉”。", "还试过：简体字和繁体字、拼音和首字母。")
