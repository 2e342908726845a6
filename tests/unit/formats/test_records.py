"""A paper as drafts of records: what is in them, their ids, and what the sample adds."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from tests.unit.formats.papers import LIUZHOU, MADE_UP, rows
from ucapdesk.base.ids import derived_id
from ucapdesk.base.paths import resource
from ucapdesk.formats.glance.extract import understand
from ucapdesk.formats.glance.glance_table import read
from ucapdesk.formats.glance.record_drafts import RecordDraft, drafts, glance_id
from ucapdesk.formats.paper_contents import Glance, GlanceTable, Row, Source
from ucapdesk.formats.phrases.field_labels import key_of
from ucapdesk.model.kinds import KINDS
from ucapdesk.services.workspaces.sample import additions


@pytest.fixture(scope="module")
def glance() -> Glance:
    return understand(read(LIUZHOU))


@pytest.fixture(scope="module")
def made(glance: Glance) -> list[RecordDraft]:
    return drafts(glance)


def _values(made: list[RecordDraft], kind: str) -> list[dict[str, Any]]:
    return [draft.values for draft in made if draft.kind == kind]


def test_the_numbers_of_records(made: list[RecordDraft]) -> None:
    assert Counter(draft.kind for draft in made) == {
        "source_document": 1, "country": 4, "programme": 1, "place": 12, "organisation": 3, "person": 11,
        "affiliation": 4, "ucap": 1, "ucap_side": 2, "ucap_place": 8, "theme": 7, "pilot_project": 8, "visit": 4,
        "meeting": 5, "agenda_item": 4, "ucap_item": 6, "contact_role": 11,
    }  # fmt: skip


def test_what_the_paper_does_not_say_is_left_open(made: list[RecordDraft]) -> None:
    assert not [values for values in _values(made, "pilot_project") if "status" in values]
    assert not [
        values for kind in ("meeting", "visit") for values in _values(made, kind) if {"kind", "status"} & set(values)
    ]
    assert not [values for values in _values(made, "person") if "name_han" in values]
    assert not _values(made, "agreement")
    assert _values(made, "ucap")[0]["reported_mou_count"] == 10


def test_every_value_fits_its_field_and_every_link_an_earlier_record(made: list[RecordDraft]) -> None:
    known: dict[str, str] = {}
    for draft in made:
        for name, value in draft.values.items():
            field = KINDS[draft.kind].fields[name]
            assert field.type.read(value) not in (None, ()), (draft.kind, name)
            if field.meta.kinds:
                for link in value if isinstance(value, list) else [value]:
                    assert known[str(link)] in field.meta.kinds
        known[draft.id] = draft.kind
    assert len(known) == len(made)


def test_titles_of_ours_are_built_from_the_papers_words(made: list[RecordDraft]) -> None:
    assert _values(made, "ucap")[0]["title"] == {"en": "Liuzhou – Barcelona, Granada, Rome, Stuttgart Regio, Mannheim"}
    assert [values["title"]["en"] for values in _values(made, "visit")] == [
        "Liuzhou in EU cities, April 2019",
        "EU cities in Liuzhou, June 2019",
        "EU cities in Liuzhou, September 2019",
        "Liuzhou in EU cities, November 2019",
    ]
    assert _values(made, "meeting")[4]["title"] == {"en": "5th meeting, April 2020"}


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("Workshop on port logistics in May 2027; Staff exchange", "Workshop on port logistics in May 2027"),
        ("Workshop zur Hafenlogistik im Mai 2027", "Workshop zur Hafenlogistik im Mai 2027"),
        ("Seminario a Genova nel maggio 2027", "Seminario a Genova nel maggio 2027"),
        ("Workshop from 3 to 5 May 2027 in Antwerp", "Workshop from 3 to 5 May 2027 in Antwerp"),
        ("Workshop on port logistics May 2027", "Workshop on port logistics, May 2027"),
    ],
)
def test_a_date_that_belongs_to_the_words_of_a_title_stays_among_them(said: str, title: str) -> None:
    name, table = rows()
    table = [Row(row.label, (said, "")) if key_of(row.label) == "activities" else row for row in table]
    made = drafts(understand(GlanceTable(name, tuple(table), Source("x.txt", "", "txt"), ())))
    assert title in _values(made, "meeting")[0]["title"].values()


def test_the_source_keeps_the_rows_word_for_word_and_the_oddities(glance: Glance, made: list[RecordDraft]) -> None:
    source = _values(made, "source_document")[0]
    assert json.loads(source["rows"]) == [[row.label, *row.cells] for row in rows()[1]]
    assert json.loads(source["oddities"]) == [
        {"code": odd.code, "row": odd.row, "args": dict(odd.what.args)} for odd in glance.oddities
    ]
    assert source["file_name"] == "ucap-liuzhou.txt"


def test_ids_follow_the_cities_and_not_the_way_they_are_written(glance: Glance) -> None:
    table = read(LIUZHOU)
    cities = table.rows[0]
    loud = Row(cities.label, (f"  {cities.cells[0].upper()}", cities.cells[1].replace(" ", "  ")))
    again = understand(GlanceTable(table.title, (loud, *table.rows[1:]), table.source))
    assert glance_id(again, "theme", 1) == glance_id(glance, "theme", 1)
    other = understand(read(MADE_UP / "summary-made-up.txt"))
    assert glance_id(other, "theme", 1) != glance_id(glance, "theme", 1)
    expected = derived_id("glance", f"liuzhou | {cities.cells[1].casefold()}", "theme", "1")
    assert glance_id(glance, "theme", 1) == expected


def test_every_desk_gives_a_side_and_a_country_the_id_their_kinds_ask_for(made: list[RecordDraft]) -> None:
    for draft in made:
        if KINDS[draft.kind].cls.identity:
            assert draft.id == KINDS[draft.kind].make_id(draft.values)


@pytest.mark.row("B10")
def test_the_older_form_gives_period_focus_and_goals_of_the_whole_plan() -> None:
    made = drafts(understand(read(MADE_UP / "summary-made-up.txt")))
    ucap = _values(made, "ucap")[0]
    assert ucap["period"] == "2017-03/2018-04"
    assert ucap["sdgs"] == ["11", "12", "7"]
    assert ucap["partnerships"] == ["urban_mobility", "circular_economy"]
    assert ucap["key_focus"] == {"en": "Clean transport for growing cities"}
    assert ucap["form"] == "cluster"
    assert _values(made, "source_document")[0]["label_set"] == "u_cap_summary"
    assert _values(made, "meeting")[0]["when"] == {"date": "2017-03-12/2017-03-15"}
    assert {values["name"]["en"]: values.get("country") for values in _values(made, "place")} == {
        "Eastford": derived_id("country", "CN"),
        "Westford": derived_id("country", "ES"),
        "Southport": derived_id("country", "ES"),
    }


def test_the_sample_adds_draft_chinese_to_every_name_and_title(glance: Glance, made: list[RecordDraft]) -> None:
    state, added = additions(glance, resource("sample") / "liuzhou.json")
    assert state == "draft"
    values: dict[str, dict[str, Any]] = {draft.id: draft.values for draft in added}
    for draft in made:
        if draft.kind not in {"country", "person"}:
            for name, value in draft.values.items():
                if isinstance(value, dict) and "en" in value:
                    assert values[draft.id][name].get("zh"), (draft.kind, draft.position, name)


def test_the_sample_makes_up_no_chinese_name_and_only_fits_fields(glance: Glance) -> None:
    added = additions(glance, resource("sample") / "liuzhou.json")[1]
    people = {draft.position for draft in added if draft.kind == "person"}
    assert people == {str(order) for order in range(2, 10)}, "the three Chinese names are for them to give"
    for draft in added:
        for name, value in draft.values.items():
            assert KINDS[draft.kind].fields[name].type.read(value)
    assert [draft.values["alpha2"] for draft in added if draft.kind == "country"] == ["BE"]
