"""Reading records: lists in their order, children, titles, the Trash, and where something is used."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import configure_mappers

import ucapdesk.services  # noqa: F401 (it declares the lists of codes that stand in no file)
from db.migrations.declared_tables import tables
from tests.unit.store.rows import Rows, rows
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.partnership_kinds import Place
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.model.kinds.visit_kinds import AgendaItem, ItineraryDay, ItineraryItem, Meeting
from ucapdesk.model.record import ReadOnlyRecordError
from ucapdesk.store.read.list_queries import Trashed, Use
from ucapdesk.store.read.reader import Reader

__all__ = ["rows"]


@pytest.fixture
def reader(rows: Rows) -> Reader:
    return Reader(rows.engine)


def test_a_record_is_read_as_its_kind_and_cannot_be_changed(rows: Rows, reader: Reader) -> None:
    id_ = rows.put("meeting", title={"en": "Kick-off", "zh": "启动会"}, mode="online")
    meeting = reader.get(Meeting, id_)
    assert meeting is not None
    assert meeting.title is not None
    assert meeting.title["zh"] == "启动会"
    assert meeting.mode == "online"
    with pytest.raises(ReadOnlyRecordError):
        meeting.mode = "hybrid"
    assert reader.get(Person, id_) is None
    assert reader.get(Meeting, "unknown") is None


def test_records_of_any_kind_are_found_by_their_id(rows: Rows, reader: Reader) -> None:
    meeting, place = rows.put("meeting", title="A"), rows.put("place", name="B")
    assert reader.kind_of(place) == "place"
    assert reader.kind_of("unknown") is None
    assert [type(record) for record in reader.many([place, "unknown", meeting])] == [Place, Meeting]
    assert isinstance(reader.record(meeting), Meeting)
    assert reader.record("unknown") is None


def test_a_page_keeps_the_order_asked(rows: Rows, reader: Reader) -> None:
    ids = [rows.put("place", name=f"City {n}") for n in range(5)]
    assert [record.id for record in reader.page(Place, [ids[3], "unknown", ids[0], ids[4]])] == [ids[3], ids[0], ids[4]]


@pytest.fixture
def people(rows: Rows) -> dict[str, str]:
    return {
        "zeng": rows.put("person", name={"family": "Zeng", "given": "Hua"}, name_han={"family": "曾", "given": "华"}),
        "angel": rows.put("person", name={"family": "Ángel", "given": "Zoe"}),
        "bai": rows.put("person", name_han={"family": "白", "given": "云"}),
        "lin": rows.put("person", name_han={"family": "林", "given": "一"}),
        "li": rows.put("person", name_han={"family": "李", "given": "一"}),
        "nobody": rows.put("person", email="a@b.example"),
    }


def test_people_sort_by_family_name_in_either_script(people: dict[str, str], reader: Reader) -> None:
    names = {id_: name for name, id_ in people.items()}
    assert [names[id_] for id_ in reader.ids(Person)] == ["angel", "bai", "li", "lin", "zeng", "nobody"]
    in_chinese = [names[id_] for id_ in reader.ids("person", order="sort_zh", descending=True)]
    assert in_chinese == ["zeng", "lin", "li", "bai", "angel", "nobody"]


def test_titles_sort_without_accents_and_numbers_by_size(rows: Rows, reader: Reader) -> None:
    texts = ["Item 10", "item 9", "Éclair", "“Apple”", "柳州", "Łódź", "Zebra"]
    ids = {rows.put("theme", name={"en": text}): text for text in texts}
    assert [ids[i] for i in reader.ids("theme")] == ["“Apple”", "Éclair", "item 9", "Item 10", "柳州", "Łódź", "Zebra"]


def test_lists_sort_by_any_field_with_the_empty_ones_last(rows: Rows, reader: Reader) -> None:
    ucap = {name: rows.put("ucap", title=name) for name in ("A", "B")}
    rows.put("meeting", "m1", title="x", when={"date": "2019-06-08", "start": "09:00"}, ucap=ucap["B"], status="held")
    rows.put("meeting", "m2", title="y", when={"date": "2019"}, ucap=ucap["A"], status="scheduled", summary="a")
    rows.put("meeting", "m3", title="z", summary={"zh": "中"})
    assert reader.ids(Meeting, order="when") == ["m2", "m1", "m3"]
    assert reader.ids(Meeting, order="when", descending=True) == ["m1", "m2", "m3"]
    assert reader.ids(Meeting, order="ucap") == ["m2", "m1", "m3"]
    assert reader.ids(Meeting, order="status") == ["m2", "m1", "m3"], "in the order of the list, not of the alphabet"
    assert reader.ids(Meeting, order="summary") == ["m2", "m3", "m1"]


def test_every_field_of_every_kind_can_be_sorted_by(reader: Reader) -> None:
    for name, kind in KINDS.items():
        for field in kind.fields:
            assert reader.ids(name, order=field, descending=True) == [], (name, field)


def test_a_list_is_filtered_by_words_fields_and_sets(rows: Rows, reader: Reader) -> None:
    place = rows.put("place", name="Liuzhou")
    rows.put("meeting", "m1", title={"zh": "氢能研讨会"}, mode="online", places=[place])
    rows.put("meeting", "m2", title={"zh": "启动会"}, mode="in_person", summary={"zh": "谈到氢能"})
    rows.put("meeting", "m3", title={"zh": "闭幕"}, mode="in_person", hidden=True)
    assert set(reader.ids("meeting", find="氢能")) == {"m1", "m2"}
    assert reader.ids("meeting", find="qidonghui") == ["m2"]
    assert reader.ids("meeting", find="—") == []
    assert reader.ids("meeting", where={"mode": "online"}) == ["m1"]
    assert reader.ids("meeting", where={"mode": ["online", "in_person"]}, find="氢能", order="sort_zh") == ["m2", "m1"]
    assert reader.ids("meeting", where={"places": [place]}) == ["m1"]
    assert reader.ids("meeting", trash=True) == ["m3"]
    assert (reader.count("meeting"), reader.count("meeting", trash=True)) == (2, 1)


def test_children_stand_in_their_order(rows: Rows, reader: Reader) -> None:
    meeting = rows.put("meeting", title="M")
    rows.put("agenda_item", "b", owner=meeting, pos="a1", title="second")
    rows.put("agenda_item", "a", owner=meeting, pos="a1", title="first of the same place")
    rows.put("agenda_item", "c", owner=meeting, pos="a0", title="before")
    rows.put("agenda_item", "d", owner=meeting, pos="a2", title="gone", hidden=True)
    assert [child.id for child in reader.children(meeting, AgendaItem)] == ["c", "a", "b"]
    assert [child.id for child in reader.children(meeting, AgendaItem, hidden=True)] == ["d"]
    children = reader.all_children(meeting)
    assert [child.id for child in children["agenda_item"]] == ["c", "a", "b"]
    assert children["minute_entry"] == []
    assert set(children) == {
        "agenda_item",
        "minute_entry",
        "participation",
        "action_item",
        "checklist_item",
        "attachment",
        "pack",
    }
    assert reader.all_children("unknown") == {}


def test_the_programme_of_a_visit_stands_by_the_clock(rows: Rows, reader: Reader) -> None:
    visit = rows.put("visit", title="V")
    rows.put("itinerary_item", "late", owner=visit, pos="a0", when={"date": "2026-11-25", "start": "15:05"}, title="x")
    rows.put("itinerary_item", "early", owner=visit, pos="a1", when={"date": "2026-11-25", "start": "09:00"}, title="y")
    rows.put("itinerary_day", "d2", owner=visit, date="2026-11-25")
    rows.put("itinerary_day", "d1", owner=visit, date="2026-11-24")
    assert [item.id for item in reader.children(visit, ItineraryItem)] == ["early", "late"]
    assert [day.id for day in reader.children(visit, ItineraryDay)] == ["d1", "d2"]


def test_titles_are_told_in_a_language_and_follow_links(rows: Rows, reader: Reader) -> None:
    organisation = rows.put("organisation", name={"en": "Development and Reform Commission", "zh": "发改委"})
    person = rows.put("person", name={"family": "Zeng", "given": "Hua"}, name_han={"family": "曾", "given": "华"})
    ucap = rows.put("ucap", reference="U-1")
    meeting = rows.put("meeting")
    ids = {
        "post": rows.put("affiliation", owner=person, organisation=organisation),
        "contact": rows.put("contact_role", owner=ucap, person=person),
        "guest": rows.put("participation", owner=meeting, free_name={"en": "A guest"}),
        "side": rows.put("ucap_side", owner=ucap, side="A"),
    }
    en = reader.titles([person, organisation, ucap, meeting, *ids.values(), "unknown"], "en")
    assert en == {
        person: "Zeng Hua", organisation: "Development and Reform Commission", ucap: "U-1", meeting: "",
        ids["post"]: "Development and Reform Commission", ids["contact"]: "Zeng Hua", ids["guest"]: "A guest",
        ids["side"]: "Chinese side",
    }  # fmt: skip
    zh = reader.titles([ids["post"], ids["contact"], ids["guest"]], "zh")
    assert list(zh.values()) == ["发改委", "曾华", "A guest"]


def test_links_in_a_circle_have_no_title(rows: Rows, reader: Reader) -> None:
    rows.put("contact_role", "a", person="a")
    assert reader.titles(["a"], "en") == {"a": ""}


def test_the_trash_shows_what_was_moved_there_newest_first(rows: Rows, reader: Reader) -> None:
    meeting = rows.put("meeting", title="old", hidden=True)
    rows.put("agenda_item", owner=meeting, title="went with it", hidden=True)
    living = rows.put("visit", title="living")
    item = rows.put("gift", owner=living, item="Vase", hidden=True)
    changeset = "INSERT INTO sync_changeset VALUES(?,1,?,?,0,1,?,NULL,x'',x'')"
    rows.db.execute(changeset, (1, 1, 1_000, "Lucía"))
    rows.db.execute(changeset, (2, 2, 2_000, "Chen Yan"))
    rows.db.execute("""UPDATE sync_row SET heads='{"~":[1,2]}' WHERE id=?""", (item,))
    assert reader.trash() == [
        Trashed("gift", item, 2_000, "Chen Yan", living),
        Trashed("meeting", meeting, 1_000, "Lucía"),
    ]


def test_where_a_record_is_used(rows: Rows, reader: Reader) -> None:
    person = rows.put("person", name={"family": "Zeng"})
    meeting = rows.put("meeting", title="M", chair_a=person)
    rows.put("meeting", title="gone", chair_a=person, hidden=True)
    item = rows.put("agenda_item", owner=meeting, title="I")
    rows.put("member", owner=item, role="speakers", member=person)
    rows.put("affiliation", owner=person, post={"en": "Mayor"})
    assert reader.referring(person) == [Use("meeting", meeting, "chair_a"), Use("agenda_item", item, "speakers")]
    assert reader.referring("unknown") == []


def test_a_part_leads_to_the_record_it_is_part_of(rows: Rows, reader: Reader) -> None:
    visit = rows.put("visit", title="V")
    item = rows.put("itinerary_item", owner=visit, title="I")
    guest = rows.put("participation", owner=item)
    assert reader.roots([guest, visit, "unknown"]) == {guest: visit, visit: visit}


def test_nothing_stays_open_after_reading(rows: Rows, reader: Reader) -> None:
    reader.get(Meeting, rows.put("meeting", title="M"))
    reader.search("m")
    reader.trash()
    assert rows.db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone() == (0, 0, 0)


def test_all_declarations_can_be_mapped() -> None:
    tables()
    configure_mappers()


def test_names_with_characters_beyond_the_first_plane_are_known(rows: Rows, reader: Reader) -> None:
    rows.put("person", name_han={"family": "周", "given": "仁"})
    assert not reader.rare_characters()
    rows.put("person", name_han={"family": "周", "given": "𬱖"})
    rows.put("place", name={"en": "Yoshino", "zh": "𠮷野"})
    assert {each for each in reader.rare_characters() if ord(each) > 0xFFFF} == {"𬱖", "𠮷"}
    assert "仁" not in reader.rare_characters()
