"""A person's name on its way: entered, found, listed, printed, and given away as it was written."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.helpers.drawn_lines import extracted
from tests.journeys.conftest import Ask, run


def _add(ask: Ask, desk: Path, kind: str, *fields: str) -> str:
    return str(ask("add", desk, kind, *fields, "--json")["id"])


def _text(file: Path) -> str:
    return re.sub(r"\s", "", extracted(file))


@pytest.fixture(scope="module")
def _talks_made(ask: Ask, _new_made: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A workspace with a meeting of people with long and rare names, to be copied, and the meeting."""
    desk = shutil.copytree(_new_made, tmp_path_factory.mktemp("names") / "desk")
    people = [
        ("name.family=Ji", "name.given=Wenhua", "name.order=family_first", "name_han.family=𠮷", "name_han.given=文华"),
        ("name.family=Gong", "name.given=Yan", "name.order=family_first", "name_han.family=龚", "name_han.given=䶮"),
        ("name_han.family=欧阳", "name_han.given=秀英"),
        (
            "name.family=Żukowski", "name.given=Łukasz", "name.order=given_first",
            "name_han.family=茹科夫斯基", "name_han.given=卢卡什",
        ),
        ("name.family=Kowalska", "name.given=Maria", "name_phonetic.zh=玛丽亚 科瓦尔斯卡"),
    ]  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("UCAPDESK_CONFIG", str(desk.parent / "config"))
        meeting = _add(ask, desk, "meeting", "title.en=Talks", "title.zh=会谈")
        for fields in people:
            _add(
                ask, desk, "participation", f"owner={meeting}", f"person={_add(ask, desk, 'person', *fields)}", "side=B"
            )
    return desk, meeting


@pytest.fixture
def desk(_talks_made: tuple[Path, str], tmp_path: Path) -> Path:
    return shutil.copytree(_talks_made[0], tmp_path / "w")


@pytest.fixture
def talks(_talks_made: tuple[Path, str]) -> str:
    return _talks_made[1]


@pytest.mark.parametrize("document", ["place_cards", "badges", "seating_plan", "contact_directory", "attendance_sheet"])
def test_every_paper_prints_names_in_their_characters_and_their_order(
    ask: Ask, desk: Path, talks: str, tmp_path: Path, document: str
) -> None:
    said = ask("brief", desk, talks, "--document", document, "-o", tmp_path / "a.pdf", "--languages", "zh,en", "--json")
    text = _text(tmp_path / "a.pdf")
    assert all(name in text for name in ("𠮷文华", "龚䶮", "欧阳秀英", "卢卡什·茹科夫斯基", "玛丽亚·科瓦尔斯卡"))
    assert "茹科夫斯基卢卡什" not in text
    assert "U+" not in text
    assert said["missing_glyphs"] == []


@pytest.mark.parametrize(
    ("word", "han"), [("jiwenhua", "𠮷"), ("gongyan", "龚"), ("gy", "龚"), ("ouyang", "欧阳"), ("𠮷", "𠮷")]
)
def test_people_are_found_by_the_sound_of_rare_characters(ask: Ask, desk: Path, word: str, han: str) -> None:
    hits = ask("search", desk, word, "--json")
    people = [ask("show", desk, hit["id"], "--json") for hit in hits if hit["kind"] == "person"]
    assert [person["name_han"]["family"] for person in people] == [han]


def test_pinyin_is_offered_beside_the_id_and_taken_by_the_command_that_is_named(ask: Ask, desk: Path) -> None:
    result = run("add", desk, "person", "name_han.family=龚", "name_han.given=䶮")
    id_ = result.stdout.strip()
    assert "Gong Yan" in result.stderr
    assert ask("show", desk, id_, "--json")["name"] is None
    ask("edit", desk, id_, "name.family=Gong", "name.given=Yan", "name.order=family_first")
    assert ask("show", desk, id_, "--json")["name"] == {"family": "Gong", "given": "Yan", "order": "family_first"}
    assert not run("edit", desk, id_, "name_han.given=䶮华").stderr


@pytest.mark.parametrize("file", ["people.xlsx", "people.csv"])
def test_a_sheet_gives_names_back_as_they_were(ask: Ask, desk: Path, tmp_path: Path, file: str) -> None:
    before = ask("list", desk, "person", "--json")
    ask("export", desk, "person", "-o", tmp_path / file)
    ask("import", desk, tmp_path / file)
    assert ask("list", desk, "person", "--json") == before


def test_people_are_listed_by_the_name_they_are_called(desk: Path, ask: Ask) -> None:
    id_ = _add(ask, desk, "person", "name.family=Zhao", "name.given=Xuhui", "name_han=赵旭辉")
    listed = run("list", desk, "person").output
    assert f"{id_}\tZhao Xuhui\t赵旭辉" in listed
