"""What somebody finds who types: in either script, by sound, by initials, with any characters at all."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.store.rows import Rows, rows
from ucapdesk.model.kinds import KINDS
from ucapdesk.store.search.full_text import Hit, search
from ucapdesk.store.search.search_index import index_rows, rebuild_index

__all__ = ["rows"]


def found(rows: Rows, text: str, **more: object) -> list[str]:
    with rows.engine.connect() as connection:
        return [hit.id for hit in search(connection, text, **more)]  # type: ignore[arg-type]


@pytest.fixture
def desk(rows: Rows) -> Rows:
    """A few records as the Liuzhou paper gives them, and some with rare names."""
    rows.put("place", "liuzhou", name={"en": "Liuzhou", "zh": "柳州"}, description={"zh": "中国的城市"})
    rows.put("place", "bologna", name={"en": "Bologna", "zh": "博洛尼亚"})
    rows.put("place", "lodz", name={"en": "Łódź"})
    rows.put("organisation", "drc", name={"zh": "柳州发改委"}, description={"en": "Reform of a city"})
    rows.put("theme", "energy", name={"en": "Hydrogen energy"}, description={"en": "Buses of Liuzhou", "zh": "氢能"})
    rows.put("person", "benitez", name={"family": "Benítez", "given": "Lucía"})
    rows.put("person", "lukasz", name={"family": "Łukasz", "given": "Ævar"})
    rows.put("person", "zeng", name={"family": "Zeng", "given": "Hua"}, name_han={"family": "曾", "given": "庆红"})
    rows.put("person", "yan", name_han={"family": "龚", "given": "䶮"})
    rows.put("person", "di", name_han={"family": "李", "given": "𬱖"})
    rows.put("meeting", "kickoff", title={"en": "Kick-off", "zh": "2019年6月启动会"}, tags=["氢能源", "first_round"])
    return rows


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("柳州", {"liuzhou", "drc"}),
        ("柳", {"liuzhou", "drc"}),
        ("州发", {"drc"}),
        ("lzfgw", {"drc"}),
        ("fgw", {"drc"}),
        ("liuzhou", {"liuzhou", "drc", "energy"}),
        ("liuzh", {"liuzhou", "drc", "energy"}),
        ("liu zhou", {"liuzhou", "drc"}),
        ("fagaiwei", {"drc"}),
        ("LIUZHOU", {"liuzhou", "drc", "energy"}),
        ("Ｌｉｕｚｈｏｕ", {"liuzhou", "drc", "energy"}),
        ("hydrogen", {"energy"}),
        ("hydro", {"energy"}),
        ("energy hydro", {"energy"}),
        ("hydro energy", set()),  # only the last word may be unfinished
        ("氢能", {"energy", "kickoff"}),
        ("Benitez", {"benitez"}),
        ("benítez lucia", {"benitez"}),
        ("lukasz", {"lukasz"}),
        ("łukasz aevar", {"lukasz"}),
        ("lodz", {"lodz"}),
        ("zengqinghong", {"zeng"}),
        ("cengqing", {"zeng"}),
        ("zqh", {"zeng"}),
        ("䶮", {"yan"}),
        ("𬱖", {"di"}),
        ("2019年", {"kickoff"}),
        ("年6月", {"kickoff"}),
        ("２０１９年6", {"kickoff"}),
        ("kick-off", {"kickoff"}),
        ("first_round", {"kickoff"}),
        ('"city of"', set()),
        ('"of a city"', {"drc"}),
        ("柳州 reform", {"drc"}),
        ("", set()),
        ("—", set()),
        ("州柳", set()),
    ],
)
def test_typed_words_find(desk: Rows, typed: str, ids: set[str]) -> None:
    assert set(found(desk, typed)) == ids


def test_a_name_stands_before_a_mention_and_the_exact_one_first(desk: Rows) -> None:
    assert found(desk, "liuzhou") == ["liuzhou", "drc", "energy"]
    assert found(desk, "柳州")[0] == "liuzhou"


def test_what_lies_in_the_trash_is_not_found(desk: Rows) -> None:
    desk.put("place", "liuzhou", name={"en": "Liuzhou"}, hidden=True)
    assert "liuzhou" not in found(desk, "liuzhou")
    desk.put("place", "liuzhou", name={"en": "Liuzhou"})
    assert "liuzhou" in found(desk, "liuzhou")


def test_trash_does_not_take_the_place_of_living_records(rows: Rows) -> None:
    for n in range(450):
        rows.put("place", name={"en": f"Springfield {n}"}, hidden=n < 440)
    assert len(found(rows, "springfield", limit=5)) == 5
    assert len(found(rows, "springfield")) == 10


def test_only_the_kinds_asked_for(desk: Rows) -> None:
    assert found(desk, "liuzhou", kinds=["theme"]) == ["energy"]


def test_owned_records_are_found_with_their_kind(desk: Rows) -> None:
    desk.put("agenda_item", "item", owner="kickoff", title={"zh": "工业园区圆桌"})
    with desk.engine.connect() as connection:
        assert search(connection, "园区圆") == [Hit("agenda_item", "item", 0)]


def test_a_changed_text_is_found_by_its_new_words_only(desk: Rows) -> None:
    desk.put("theme", "energy", name={"zh": "无人机"})
    assert found(desk, "hydrogen") == []
    assert found(desk, "wrj") == ["energy"]
    desk.put("theme", "energy")
    assert found(desk, "wrj") == []


def test_fields_that_stay_on_this_laptop_are_never_indexed(rows: Rows) -> None:
    rows.put("person", "p", name={"family": "Rossi"}, passport_number="YA1234567")
    assert found(rows, "YA1234567") == []
    assert all(not f.meta.search for kind in KINDS.values() for f in kind.fields.values() if f.meta.local)


def test_the_index_made_again_finds_the_same(desk: Rows) -> None:
    words = ("liuzhou", "lzfgw", "柳", "hydro", "2019年", "䶮")
    before = [found(desk, word) for word in words]
    rebuild_index(desk.db)
    assert [found(desk, word) for word in words] == before


def test_kinds_of_a_newer_program_are_left_out(rows: Rows) -> None:
    index_rows(rows.db, {"drone": {1: "x"}})
    assert found(rows, "x") == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40) | st.text(alphabet="\"*^:(){}+-'AND OR NOT NEAR柳州Łu_𬱖́", max_size=40))
def test_no_text_breaks_a_search(desk: Rows, text: str) -> None:
    with desk.engine.connect() as connection:
        hits = search(connection, text)
    assert len({hit.id for hit in hits}) == len(hits)
    assert text.strip() or not hits


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(alphabet=st.characters(categories=["Lu", "Ll", "Lo", "Nd"], max_codepoint=0x323AF), min_size=1, max_size=12)
)
def test_any_name_is_found_by_itself(desk: Rows, name: str) -> None:
    desk.put("place", "any", name={"en": name})
    assert "any" in found(desk, name)
