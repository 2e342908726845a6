"""What people type becomes values; what cannot be is refused in one sentence that says what can."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.errors import user_error
from tests.unit.model.records import sample_value
from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import INTERFACE_LANGUAGES, use_language
from ucapdesk.base.ids import derived_id
from ucapdesk.model.dates.formatting import say_when
from ucapdesk.model.kinds import KINDS, LISTED
from ucapdesk.model.kinds.partnership_kinds import country_id
from ucapdesk.model.text.assignments import parse_assignments
from ucapdesk.model.values import Bilingual, Codes, Money, PartialDate, PersonName, Quantity, When

SOME = derived_id("test", "place")


def entered(kind: str, *assignments: str, held: dict[str, Any] | None = None) -> dict[str, Any]:
    changes = parse_assignments(KINDS[kind], assignments)
    return {name: change.apply((held or {}).get(name)) for name, change in changes.items()}


def refused(kind: str, *assignments: str, held: dict[str, Any] | None = None) -> UserError:
    with pytest.raises(UserError) as caught:
        entered(kind, *assignments, held=held)
    return caught.value


def test_one_language_of_a_text_leaves_the_others_with_their_states() -> None:
    held = {"title": Bilingual(en="Kick-off", zh="启动会").mark("en", "approved")}
    title = entered("meeting", "title.zh=第一次会议", held=held)["title"]
    assert dict(title) == {"en": "Kick-off", "zh": "第一次会议"}
    assert title.cells["en.state"] == held["title"].cells["en.state"]


def test_a_text_without_a_language_goes_where_its_script_belongs() -> None:
    held = {"title": Bilingual(en="Talks")}
    assert entered("meeting", "title=会议", held=held)["title"] == Bilingual(en="Talks", zh="会议")
    assert entered("meeting", "title=[Draft] {1}")["title"] == Bilingual(en="[Draft] {1}")
    assert entered("meeting", "title={1} first")["title"] == Bilingual(en="{1} first")


def test_texts_by_language_as_json_and_nothing_at_all() -> None:
    held = {"title": Bilingual(en="Talks", zh="会谈")}
    assert entered("meeting", 'title={"en": "Forum", "zh": null}', held=held)["title"] == Bilingual(en="Forum")
    assert not entered("meeting", "title=", held=held)["title"]
    assert entered("meeting", "title.en=", held=held)["title"] == Bilingual(zh="会谈")


@pytest.mark.parametrize("said", ["ES", "es", "Spain", "西班牙", country_id("ES")])
def test_a_country_is_linked_by_its_code_or_name(said: str) -> None:
    assert entered("place", f"country={said}") == {"country": country_id("ES")}


def test_a_text_can_be_marked_as_draft() -> None:
    title = entered("meeting", "title.en=Talks", "title.zh=会谈", "title.zh.state=draft")["title"]
    assert title.state("zh") == "draft"


def test_parts_of_a_group_are_put_in_together_and_others_stay() -> None:
    assert entered("person", "name.order=family_first", "name.family=Wu")["name"] == PersonName(
        "Wu", None, "family_first"
    )
    held = {"when": When("2019-06-12", "09:00")}
    assert entered("meeting", "when.end=10:30", held=held)["when"] == When("2019-06-12", "09:00", "10:30")
    assert entered("place", "population.is=about", "population.value=4000000")["population"] == Quantity(
        4_000_000, "about"
    )


def test_the_print_of_an_earlier_number_does_not_stay_beside_a_new_one() -> None:
    held = {"population": Quantity(4_000_000, "about", "4 million")}
    assert entered("place", "population.value=5", held=held)["population"] == Quantity(5, "about")
    assert entered("place", "population.is=not_available", held=held)["population"] == Quantity(None, "not_available")
    assert entered("place", "population.year=2018", held=held)["population"] == Quantity(
        4_000_000, "about", "4 million", 2018
    )


def test_short_ways_of_writing() -> None:
    assert entered("meeting", "when=12 June 2019 9:00-10:30 Europe/Madrid")["when"] == When(
        "2019-06-12", "09:00", "10:30", tz="Europe/Madrid"
    )
    wide = When("2019-06-10", "09:30", "10:30")
    assert entered("meeting", "when=２０１９-06-10 ９：３０～１０：３０")["when"] == wide
    assert entered("meeting", "when=2019年6月10日 9点半到10点半")["when"] == wide
    assert entered("meeting", "when=2019-06")["when"] == When("2019-06")
    assert entered("agreement", "signed=giugno 2019")["signed"] == PartialDate("2019-06")
    assert entered("place", "population=N/A")["population"] == Quantity(None, "not_available", "N/A")
    assert entered("meeting", "reported_participants=over 50")["reported_participants"] == Quantity(50, "at_least")
    assert entered("place", "area_km2=18,600")["area_km2"] == Quantity(18_600)
    assert entered("visit", "budget=1,000.50 eur")["budget"] == Money("1000.50", "EUR")


@pytest.mark.parametrize("lang", INTERFACE_LANGUAGES)
def test_hours_are_read_as_a_list_or_a_sheet_tells_them(lang: str) -> None:
    for when in (
        When("2027-05-12", "09:00", "10:30", tz="Asia/Shanghai"),
        When("2027-05-12", "23:00", "06:10", end_date="2027-05-13", tz="Europe/Bratislava", end_tz="Asia/Shanghai"),
        When("2027-05-12", "22:00", "06:10", end_date="2027-05-13", tz="Europe/Vienna"),
    ):
        assert entered("meeting", f"when={say_when(when, lang)}") == {"when": when}
    refused("meeting", "when=12 May 2027, 09:00 (EST)")  # which may be several


def test_a_number_that_is_another_in_the_language_of_the_user_is_refused() -> None:
    def population(said: str) -> object:
        return parse_assignments(KINDS["place"], [f"population={said}"])["population"].apply(None)

    assert population("196.700") == Quantity(value="196.700", is_="exact")
    use_language("de")
    for said in ("196.700", "196,700"):
        with user_error("two-numbers"):
            population(said)
    for said, means in (("1.196.700", 1_196_700), ("1.234,5", "1234.5"), ("0.125", "0.125"), ("196700", 196_700)):
        assert population(said) == Quantity(value=means, is_="exact")


def test_sets_are_replaced_added_to_and_taken_from() -> None:
    held = {"tags": Codes(["a", "b"])}
    assert entered("meeting", "tags+=c，d", "tags-=a", held=held)["tags"] == ("b", "c", "d")
    assert entered("meeting", "tags=x,y", held=held)["tags"] == ("x", "y")
    assert entered("meeting", 'tags=["a, b", "c"]', held=held)["tags"] == ("a, b", "c")
    assert entered("meeting", "tags=", held=held)["tags"] == ()
    assert entered("theme", "sdgs=7,SDG 11", 'sdgs+=["4"]')["sdgs"] == ("7", "11", "4")


def test_codes_may_be_said_by_their_labels() -> None:
    assert entered("meeting", "mode=线上", "spoken=英语,German") == {"mode": "online", "spoken": ("en", "de")}
    assert entered("theme", "partnerships=Culture / Cultural Heritage")["partnerships"] == ("culture_heritage",)


def test_a_code_of_a_newer_program_stays_where_it_is() -> None:
    held = {"sdgs": Codes(["7", "18"]), "mode": "hologram"}
    assert entered("theme", "sdgs+=11", held=held)["sdgs"] == ("7", "18", "11")
    assert entered("theme", "sdgs=18,7", held=held)["sdgs"] == ("18", "7")
    assert entered("theme", "sdgs-=18,SDG 7", held=held)["sdgs"] == ()
    assert entered("meeting", "mode=hologram", held=held)["mode"] == "hologram"


def test_a_value_can_come_from_a_file_and_can_begin_with_an_at(tmp_path: Path) -> None:
    file = tmp_path / "summary.txt"
    file.write_text("Agreed.\n会议结束。", encoding="utf-8")
    assert entered("meeting", f"summary.en=@{file}")["summary"] == Bilingual(en="Agreed.\n会议结束。")
    assert entered("person", "wechat=@@liuzhou")["wechat"] == "@liuzhou"
    file.write_bytes(b"\xff\xfe\x00")
    assert refused("meeting", f"summary.en=@{file}").code == "unreadable-file"
    assert refused("meeting", f"summary.en=@{tmp_path / 'none'}").code == "unreadable-file"


def test_an_owner_is_named_for_a_new_record_and_never_changed() -> None:
    changes = parse_assignments(KINDS["agenda_item"], [f"owner={SOME.upper()}"], new=True)
    assert changes["owner"].apply(None) == SOME
    assert refused("agenda_item", f"owner={SOME}").code == "owner-fixed"


def test_passport_data_are_entered_only_where_they_may_be() -> None:
    assert refused("person", "passport_number=1").code == "local-field"
    changes = parse_assignments(KINDS["person"], ["passport_number=1"], local=True)
    assert changes["passport_number"].apply(None) == "1"


def test_what_the_program_wrote_when_it_printed_or_imported_is_not_entered() -> None:
    for kind, assignment in (("pack", "version=9"), ("pack", "content_hash="), ("source_document", "rows=x")):
        assert refused(kind, assignment).code == "written-by-program"


def test_what_cannot_be_is_refused_in_one_sentence() -> None:
    for kind, assignment, error, says in [
        ("meeting", "just words", "no-assignment", "field=value"),
        ("meeting", "titel=x", "unknown-field", "nearest: title"),
        ("meeting", "id=x", "unknown-field", "Meeting has no field"),
        ("meeting", "title.fr=x", "no-such-part", "en, zh, es, it, de"),
        ("meeting", "title.en.mood=x", "no-such-part", "state"),
        ("person", "name.middle=x", "no-such-part", "family, given, order"),
        ("meeting", "room.en=x", "without-parts", "write room=… rather than room.en=…"),
        ("person", "diet.en=vegan", "without-parts", "“diet” has neither languages nor parts"),
        ("meeting", "room+=x", "not-aset", "room=…"),
        ("meeting", "mode=by pigeon", "unknown-code", "in_person (In person), online, hybrid"),
        ("theme", "sdgs=7,18", "unknown-code", "1, 2, 3"),
        ("affiliation", "post_code=mayr", "unknown-code", "mayor"),
        ("meeting", "title.en.state=perfect", "unknown-code", "reviewed"),
        ("meeting", "ordinal=third", "impossible-value", "a whole number"),
        ("person", "name=李明宇", "impossible-value", "(Chinese characters go into name_han)"),
        ("place", "country=Atlantis", "impossible-value", "the code or the name of a country or region, or its id"),
        ("meeting", "visit=the June one", "impossible-value", "the id of a record"),
        ("meeting", "places=Rome", "impossible-value", "the id of a record"),
        ("meeting", "when=June", "impossible-value", "2019-06-12 09:00-10:30"),
        ("meeting", "when={", "impossible-value", "JSON"),
        ("meeting", 'when={"date": "2019-06", "start": 9.5}', "impossible-value", "JSON"),
        ("meeting", 'when={"day": "2019-06"}', "impossible-value", "JSON"),
        ("agreement", "signed=12/6/2019", "impossible-value", "2019-06-12"),
        ("agreement", "signed=2019-02-30", "impossible-value", "June 2019"),
        ("agreement", "placeholder=perhaps", "impossible-value", "yes, no or nothing"),
        ("person", "name=吴文能", "impossible-value", "family, given and order"),
        ("place", "population=many", "impossible-value", "N/A"),
        ("place", "position.lat=91", "impossible-value", "lat and lon"),
        ("attachment", "file=scan.pdf", "impossible-value", "attached"),
        ("meeting", "room=\x00", "impossible-value", "a text"),
    ]:
        caught = refused(kind, assignment)
        assert caught.code == error, assignment
        assert says in str(caught), assignment
        assert "nothing was changed" in str(caught), assignment


ASSIGNMENTS = [
    (name, field.name)
    for name, kind in LISTED.items()
    for field in kind.fields.values()
    if not (field.meta.local or field.by_program)
]


@given(
    st.sampled_from(ASSIGNMENTS),
    st.sampled_from(["=", "+=", "-=", ".en=", ".zh=", ".value=", ".is="]),
    st.text(st.characters(), max_size=12),
)
def test_any_typing_gives_a_value_or_a_refusal(where: tuple[str, str], operator: str, typed: str) -> None:
    kind, field = where
    with contextlib.suppress(UserError):
        for change in parse_assignments(KINDS[kind], [f"{field}{operator}{typed}"], new=True).values():
            assert change.apply(None) == change.apply(None)


def test_every_field_takes_the_json_it_is_shown_as() -> None:
    for kind, name in ASSIGNMENTS:
        field = KINDS[kind].fields[name]
        value: Any = field.type.read(sample_value(field))
        shown = field.type.plain(value)
        said = shown if isinstance(shown, str) else json.dumps(shown)
        change = parse_assignments(KINDS[kind], [f"{name}={said}"], new=True)[name]
        entered_value = change.apply(None)
        assert (set(entered_value) == set(value)) if field.is_set else (entered_value == value), (kind, name)
