"""Values keep what was given through cells and columns, and refuse what cannot be."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from tests.unit.model.records import make, sample_value
from ucapdesk.base.ids import derived_id
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.record import ReadOnlyRecordError
from ucapdesk.model.values import Bilingual, Codes, Geo, Money, PartialDate, Quantity, When
from ucapdesk.model.values.bilingual import text_hash

DIALECT = sqlite.dialect()


def test_a_value_comes_back_from_its_column_and_from_its_cells() -> None:
    for kind in KINDS:
        for name, of in KINDS[kind].fields.items():
            field: Any = of.type
            value = field.read(sample_value(of))
            assert field.load(field.process_bind_param(value, DIALECT)) == value, (kind, name)
            if not field.keyed and not of.is_set:
                assert field.load(field.column(field.split(value)[""])) == value, (kind, name)


def test_nothing_is_null_everywhere() -> None:
    for kind in KINDS:
        for name, of in KINDS[kind].fields.items():
            field: Any = of.type
            empty = field.read(None)
            assert not empty, (kind, name)
            assert field.process_bind_param(empty, DIALECT) is None, (kind, name)
            assert field.text(empty) == "", (kind, name)


@pytest.mark.parametrize(
    "edtf", ["2019-13", "2019-02-29", "0000", "2020/2019", "../..", "2019-6", "2019-06-12T09", "", "soon", "../"]
)
def test_what_is_no_date_is_refused(edtf: str) -> None:
    with pytest.raises(ValueError):
        PartialDate(edtf)


@pytest.mark.parametrize(
    ("edtf", "bounds", "precision"),
    [
        ("2019", ("2019-01-01", "2019-12-31"), "year"),
        ("2020-02~", ("2020-02-01", "2020-02-29"), "month"),
        ("2019-06-12?", ("2019-06-12", "2019-06-12"), "day"),
        ("2019-06/2019-07-03", ("2019-06-01", "2019-07-03"), "interval"),
        ("../2019", ("0001-01-01", "2019-12-31"), "interval"),
        ("2019/..", ("2019-01-01", "9999-12-31"), "interval"),
    ],
)
def test_a_date_may_mean_no_more_than_its_bounds(edtf: str, bounds: tuple[str, str], precision: str) -> None:
    assert (PartialDate(edtf).bounds, PartialDate(edtf).precision) == (bounds, precision)


@pytest.mark.parametrize(
    "make_it",
    [
        lambda: Quantity(None, "about"),
        lambda: Quantity(4, "not_available"),
        lambda: Quantity("NaN"),
        lambda: Quantity("four"),
        lambda: When("June"),
        lambda: When("2019", "24:00"),
        lambda: When("2019", tz="Europe/Liuzhou"),
        lambda: Money("1", "euro"),
        lambda: Geo("91", "0"),
        lambda: Bilingual(en="a").mark("en", "perfect"),
    ],
)
def test_what_makes_no_sense_is_refused(make_it: Any) -> None:
    with pytest.raises(ValueError):
        make_it()


def test_states_lapse_when_a_text_or_its_source_changes() -> None:
    title = Bilingual(en="Kick-off", zh="启动会").mark("zh", "approved", "en")
    assert title.state("zh") == "approved"
    assert title.put("en", "kick off!").state("zh") == "approved", "spaces, capitals and punctuation are no change"
    assert title.put("en", "Closing").state("zh") == "outdated"
    assert title.put("zh", "开幕").state("zh") == "draft"
    assert title.put("zh", None).state("zh") == "missing"
    assert (title.state("en"), title.state("de")) == ("", "missing")


@given(st.text(st.characters(), max_size=20))
def test_the_hash_of_a_text_is_that_of_its_words(text: str) -> None:
    assert text_hash(text) == text_hash(f" {text}。")
    assert len(text_hash(text)) == 16


def test_members_are_a_set_in_order() -> None:
    codes: Any = Codes(["b", "a", "b"])
    assert codes == ("b", "a")
    assert (codes.plus("c", "a"), codes.minus("b")) == (("b", "a", "c"), ("a",))


def test_two_desks_give_the_same_thing_the_same_id() -> None:
    assert KINDS["country"].make_id({"alpha2": "ES"}) == derived_id("country", "ES")
    assert KINDS["itinerary_day"].make_id({"owner": "v", "date": "2019-06-12"}) == derived_id("v", "2019-06-12")
    assert KINDS["same_as"].make_id({"a": "2", "b": "1"}) == KINDS["same_as"].make_id({"a": "1", "b": "2"})
    assert KINDS["itinerary_day"].make_id({"owner": "v"}) != KINDS["itinerary_day"].make_id({"owner": "v"})


def test_cells_that_this_version_does_not_know_have_no_place() -> None:
    meeting = KINDS["meeting"]
    assert meeting.place_of("title.zh.state") == (meeting.fields["title"], "zh.state")
    assert meeting.place_of("when") == (meeting.fields["when"], "")
    assert [meeting.place_of(cell) for cell in ("title", "when.start", "mood", "tags", "~")] == [None] * 5
    assert KINDS["person"].place_of("passport_number") is None


def test_what_a_newer_program_wrote_into_a_cell_reads_as_nothing() -> None:
    when: Any = KINDS["meeting"].fields["when"].type
    assert when.load(when.column({"date": "2019-06", "moon": "full"})) == When("2019-06")
    assert when.load(when.column({"date": "the third age"})) is None
    dates: Any = KINDS["visit"].fields["dates"].type
    assert dates.load(dates.column("2019-W24")) is None


def test_a_record_that_was_read_cannot_be_changed_by_accident() -> None:
    with pytest.raises(ReadOnlyRecordError):
        make("meeting").room = "101"
