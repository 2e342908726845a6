"""The same truth on the command line: countries, Beijing time, names, rare characters, and no word of contracts for sides."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.clock import FrozenClock
from tests.helpers.drawn_lines import extracted
from tests.helpers.second_story import NOW, SecondStory
from tests.journeys.conftest import Ask
from ucapdesk.base.paths import resource
from ucapdesk.briefing.blocks.content import all_words
from ucapdesk.model.kinds import LISTED
from ucapdesk.papers import printing as papers
from ucapdesk.papers.registry import DOCUMENTS
from ucapdesk.services import Desk
from ucapdesk.services.records import records

# What the two parties of a contract are called, and no city is; and words that mean whoever reads them.
CONTRACT = re.compile(r"\b[Ss]ides? [AB]\b|\b[Pp]arty [AB]\b|[甲乙]方|\b[Oo]ur side\b|我方|\bby us\b")


@pytest.fixture
def own(new_desk: Path) -> Path:
    return new_desk


@pytest.fixture
def visit(own: Path, ask: Ask) -> str:
    listed = (each["id"] for each in ask("list", own, "country", "--json") if each["alpha2"] == "CN")
    china = next(listed)
    city = ask("add", own, "place", "type=city", "name.en=Changsha", "name.zh=长沙", f"country={china}").strip()
    dates = "dates=2027-05-10/2027-05-12"
    return str(ask("add", own, "visit", "title.en=Gdańsk to Changsha", dates, f"host_places={city}")).strip()


def test_a_new_workspace_lists_all_countries_and_regions_as_offices_name_them(own: Path, ask: Ask) -> None:
    known = json.loads(resource("reference/countries.json").read_text(encoding="utf-8"))
    listed = ask("list", own, "country", "--json")
    assert sorted(each["alpha2"] for each in listed) == sorted(each["code"] for each in known)
    assert "中国台湾" in ask("list", own, "country", "--lang", "zh")


@pytest.mark.parametrize("document", ["itinerary", "day_sheet", "visit_pack"])
def test_a_visit_that_names_no_zone_prints_the_time_of_its_host_country(
    own: Path, visit: str, document: str, ask: Ask, tmp_path: Path
) -> None:
    when = {"date": "2027-05-09", "start": "14:40", "end": "05:55", "end_date": "2027-05-10", "tz": "Europe/Warsaw", "end_tz": "Asia/Shanghai"}  # fmt: skip
    flight = f"when={json.dumps(when)}"
    ask("add", own, "itinerary_item", f"owner={visit}", "title.en=Flight", "type=flight", flight)
    talks = json.dumps({"date": "2027-05-11", "start": "09:30", "end": "12:00"})
    ask("add", own, "itinerary_item", f"owner={visit}", "title.en=Talks", "type=meeting", f"when={talks}")
    ask("brief", own, visit, "-o", tmp_path / "p.pdf", "--document", document, "--languages", "en")
    text = extracted(tmp_path / "p.pdf")
    assert "Beijing" in text
    assert "place (Warsaw" not in text


def test_a_foreign_name_in_chinese_is_given_before_family(own: Path, visit: str, ask: Ask, tmp_path: Path) -> None:
    han = ("name_han.family=茹科夫斯基", "name_han.given=卢卡什")
    guest = ask("add", own, "person", "name.family=Żukowski", "name.given=Łukasz", *han).strip()
    ask("add", own, "participation", f"owner={visit}", f"person={guest}", "side=B", "role=head")
    ask("brief", own, visit, "-o", tmp_path / "cards.pdf", "--document", "place_cards")
    assert "卢卡什·茹科夫斯基" in "".join(extracted(tmp_path / "cards.pdf").split())  # a long name in two lines


def test_a_rare_family_name_can_be_read_back_from_the_pack(
    second_story_made: tuple[Path, SecondStory], ask: Ask, tmp_path: Path
) -> None:
    folder, story = second_story_made
    copy = shutil.copytree(folder, tmp_path / "zhengzhou")
    ask("brief", copy, story["visit"], "-o", tmp_path / "pack.pdf", "--languages", "zh", "--edition", "hosts")
    text = extracted(tmp_path / "pack.pdf")
    assert all(name in text for name in ("𠮷文华", "龚䶮", "陈㛃", "李𬱖"))


@pytest.fixture(params=["Liuzhou", "Zhengzhou"])
def told(
    request: pytest.FixtureRequest, sample_made: Path, second_story_made: tuple[Path, SecondStory], tmp_path: Path
) -> Path:
    """The sample, and the second story."""
    made = sample_made if request.param == "Liuzhou" else second_story_made[0]
    return shutil.copytree(made, tmp_path / "told")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_list_calls_a_city_by_the_word_for_a_party_of_a_contract(told: Path, lang: str, ask: Ask) -> None:
    lists = {kind: ask("list", told, kind, "--lang", lang) for kind in LISTED}
    assert {kind: found for kind, text in lists.items() if (found := CONTRACT.findall(text))} == {}


def _papers(desk: Desk) -> Iterator[tuple[str, str]]:
    """The text of every paper for everybody it may be for, as it would be printed in both languages."""
    for name, document in DOCUMENTS.items():
        for kind in document.kinds:
            ids = records.listing(desk, kind)[: None if document.several else 1]
            for edition in (document.editions or (None,)) if ids and name != "change_sheet" else ():
                paper = papers.make(desk, papers.request(desk, ids, document=name, edition=edition))
                texts = [text for words, _ in all_words(paper) for text in words.text.values() if text]
                yield f"{name} {kind} {edition}", "\n".join(texts)


def test_no_paper_calls_a_city_by_the_word_for_a_party_of_a_contract(told: Path) -> None:
    with Desk.open(told, clock=FrozenClock(NOW), read_only=True) as desk:
        found = {which: said for which, text in _papers(desk) if (said := CONTRACT.findall(text))}
    assert found == {}
