"""Links that were written to a record that is merged with another: read as one to the record that is shown, and changed as read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.unit.exchange.laptops import Laptop, first_laptop
from ucapdesk.base.json_text import as_lines
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.agreement_kinds import Signatory
from ucapdesk.model.kinds.visit_kinds import Visit
from ucapdesk.model.listing import EMPTY_FIELD, INCOMPLETE, TEXTS, Condition, ListView
from ucapdesk.model.text.assignments import parse_assignments
from ucapdesk.model.values import Bilingual, PartialDate, Refs, When
from ucapdesk.papers import printing as papers
from ucapdesk.papers.facts.visit_facts import VisitFacts
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.services import Desk, agreements, meetings
from ucapdesk.services.agreements import Signing
from ucapdesk.services.files import file_formats, incoming_files, sheets
from ucapdesk.services.files.paper_questions import to_decide
from ucapdesk.services.records import bulk, duplicates, history, lists, records
from ucapdesk.services.records.bulk import Bulk
from ucapdesk.services.records.related import around, usage
from ucapdesk.services.translations import translations
from ucapdesk.services.visits import calendar_import, calendars, templates, visit_itinerary, visits


@pytest.fixture
def ana(tmp_path: Path) -> Iterator[Laptop]:
    laptop = first_laptop(tmp_path / "ana")
    yield laptop
    laptop.desk.close()


def merged(ana: Laptop, kind: str, *names: str) -> tuple[str, str]:
    """Return a record and its duplicate: the one that is shown, and the one that what is written here names."""
    shown, hidden = sorted(ana.add(kind, name) for name in names)
    with ana.here() as desk:
        duplicates.say_same(desk, shown, hidden)
    return shown, hidden


def written(desk: Desk, visit: str) -> object:
    """Return the host places of a visit as they were written."""
    return vars(desk.read.apart([visit])[0])["host_places"]


def test_what_names_somebody_is_told_once_where_it_was_recorded_twice(ana: Laptop) -> None:
    chen = ana.add("person", "name.family=Chen")
    hour = When("2026-11-24", "10:00")
    with ana.here() as desk:
        talks = [
            records.add(desk, "meeting", {"title": Bilingual(en="Talks"), "chair_a": chen, "when": hour}) for _ in "ab"
        ]
        for each in talks:
            records.add(
                desk, "agenda_item", {"owner": each, "title": Bilingual(en="Opening"), "speakers": Refs([chen])}
            )
        duplicates.say_same(desk, *talks)
        assert [(near.id, near.title) for near in around(desk, chen).rows] == [(min(talks), "Talks")]
        assert usage(desk, [chen]).lines() == ["Meeting: Talks"]
        assert [event.title for event in calendars.of(desk, "person", [chen]).events] == ["Talks"]


def test_a_filter_names_a_merged_place_once_with_the_records_it_leads_to(ana: Laptop) -> None:
    shown, hidden = merged(ana, "place", "name.en=Porto", "name.en=Oporto")
    for place in (shown, hidden, hidden):
        ana.add("visit", "title.en=Study visit", f"host_places={place}", "status=planned")
    kind = KINDS["visit"]
    with ana.here() as desk:
        ((value, _, n),) = lists.choices(desk, kind, kind.fields["host_places"])
        assert (value, n) == (shown, 3)
        assert [(value, n) for value, _, n in lists.choices(desk, kind, kind.fields["status"])] == [("planned", 3)]


def test_a_filter_lists_and_counts_merged_records_by_what_is_shown_of_them(ana: Laptop) -> None:
    _, named = merged(ana, "person", "name.family=Wei", "name.family=Wei")
    ana.add("affiliation", f"owner={named}", "post.en=Mayor")
    one, other = sorted(ana.add("visit", "title.en=Study visit") for _ in range(2))
    ana.edit(one, "status=cancelled", "dates=2026-11-01/2026-11-04")
    ana.edit(other, "status=planned", "type=official", "title.zh=考察", "dates=2026-11-01/2026-11-04")

    def listed(kind: str, find: str = "", **conditions: str) -> list[str]:
        asked = tuple(Condition(name, (value,)) for name, value in conditions.items())
        return lists.ids(desk, ListView(kind, conditions=asked, find=find))

    kind = KINDS["visit"]
    with ana.here() as desk:
        assert lists.visit_of_the_day(desk) == other
        duplicates.say_same(desk, one, other)
        assert [each[::2] for each in lists.choices(desk, kind, kind.fields["status"])] == [("cancelled", 1)]
        assert (listed("visit", status="cancelled"), listed("visit", status="planned")) == ([one], [])
        assert listed("visit", "考察", status="cancelled", type="official") == [one], "each is said of another"
        assert listed("visit", **{TEXTS: "zh.missing"}) == listed("visit", type=EMPTY_FIELD) == []
        assert listed("person", **{INCOMPLETE: "incomplete"}) == [], "one has the post, both the name"
        assert lists.visit_of_the_day(desk) is None, "it is called off"


@pytest.mark.parametrize("by", ["what is shown", "what was written", "bulk"])
def test_a_link_to_a_duplicate_is_taken_out_of_a_set_as_it_is_read(ana: Laptop, by: str) -> None:
    shown, hidden = merged(ana, "place", "name.en=Porto", "name.en=Oporto")
    braga = ana.add("place", "name.en=Braga")
    visit = ana.add("visit", "title.en=Study visit", f"host_places={hidden},{braga}")
    field = KINDS["visit"].fields["host_places"]
    with ana.here() as desk:
        read = desk.read.get(Visit, visit)
        assert read is not None
        assert read.host_places == (shown, braga)
        if by == "bulk":
            bulk.change(desk, [visit], Bulk(field, bulk.TAKE, (shown,)))
        else:
            said = hidden if by.endswith("written") else shown
            records.edit(desk, visit, parse_assignments(KINDS["visit"], [f"host_places-={said}"]))
        assert written(desk, visit) == (braga,)
        records.edit(desk, visit, parse_assignments(KINDS["visit"], [f"host_places={hidden}"]))
        records.edit(desk, visit, parse_assignments(KINDS["visit"], [f"host_places={hidden}", f"host_places+={braga}"]))
        assert written(desk, visit) == (hidden, braga), "what is not taken out stays as it was written"


def test_the_id_of_a_duplicate_in_a_cell_of_a_sheet_is_no_change(ana: Laptop, tmp_path: Path) -> None:
    shown, hidden = merged(ana, "place", "name.en=Porto", "name.en=Oporto")
    braga = ana.add("place", "name.en=Braga")
    visit = ana.add("visit", "title.en=Study visit", f"host_places={hidden},{braga}")
    person = ana.add("person", "name.family=Zhang", f"place={hidden}")
    with ana.here() as desk:
        for kind, id_, field, said in (
            ("visit", visit, "host_places", f"{hidden};{braga}"),
            ("person", person, "place", hidden),
            ("person", person, "place", shown),
        ):
            (tmp_path / "list.csv").write_text(f"id,{field}\n{id_},{said}\n")
            told = sheets.import_sheet(desk, tmp_path / "list.csv", kind=kind)
            assert (told.changed, told.same, told.troubles) == (0, 1, ())


def test_what_the_row_of_a_duplicate_in_a_sheet_of_before_changes_is_shown(ana: Laptop, tmp_path: Path) -> None:
    shown, hidden = merged(ana, "place", "website=one.eu", "website=other.eu")
    with ana.here() as desk:
        (tmp_path / "list.csv").write_text(f"id,website\n{hidden},new.eu\n")
        assert sheets.import_sheet(desk, tmp_path / "list.csv", kind="place").changed == 1
    assert ana.text(shown, "website") == "new.eu"


def test_what_a_paper_says_otherwise_of_several_links_is_asked_still_when_one_of_their_ends_is_merged(
    ana: Laptop,
) -> None:
    porto, oporto, braga = (ana.add("place", f"name.en={name}") for name in ("Porto", "Oporto", "Braga"))
    there = sorted((porto, oporto))
    visit = ana.add("visit", "title.en=Study visit", f"host_places={there[1]},{braga}")
    told = {"kind": "visit", "id": visit, "field": "host_places", "was": sorted([there[1], braga]), "there": [braga]}
    with ana.here() as desk:
        odd = as_lines([{"code": "differs", "row": "", "args": told}])
        records.add(desk, "source_document", {"title": Bilingual(en="List"), "oddities": odd})
        assert to_decide(desk) == 1
        duplicates.say_same(desk, porto, oporto)
        assert to_decide(desk) == 1


def test_who_signs_under_either_record_keeps_the_post_of_that_day(ana: Laptop) -> None:
    shown, hidden = merged(ana, "person", "name.family=Zhang", "name.family=Chang")
    ana.add("affiliation", f"owner={shown}", "post.en=Director")
    mou = ana.add("agreement", "title.en=MoU", "type=mou")
    party = ana.add("agreement_party", f"owner={mou}", "side=A", "free_name.en=Harbour")
    signs = ana.add(
        "signatory", f"owner={mou}", f"party={party}", f"person={hidden}", "post.en=Mayor", "role=signatory"
    )
    with ana.here() as desk:
        agreements.sign(desk, mou, Signing(PartialDate("2027-05-12"), {party: shown}, None), incomplete=True)
        signed = desk.read.get(Signatory, signs)
        assert signed is not None
        assert (signed.person, signed.post) == (shown, Bilingual(en="Mayor"))


@pytest.mark.parametrize(
    "roles", [("delegate", "host"), ("host", "delegate"), ("head", "interpreter"), ("interpreter", "")]
)
def test_whoever_takes_part_under_both_records_is_counted_by_the_part_that_papers_take(
    ana: Laptop, roles: tuple[str, str]
) -> None:
    both = merged(ana, "person", "name.family=Zhang", "name.family=Chang")
    visit = ana.add("visit", "title.en=Study visit", "dates=2027-05-10/2027-05-12", "travelling_side=B")
    meeting = ana.add("meeting", "title.en=Talks", f"visit={visit}")
    for person, role in zip(both, roles, strict=True):
        ana.add("participation", f"owner={visit}", f"person={person}", "side=B", *([f"role={role}"] if role else []))
    with ana.here() as desk:
        facts = VisitFacts(RedactedReader(desk), papers.request(desk, [visit], document="visit_pack"), visit)
        (told,) = facts.participants
        assert len(facts.delegation) == len(visits.travellers(desk, visits.get_visit(desk, visit)))
        assert [each.role or "" for each in meetings.expected(desk, meeting)] == [told.role]


def test_what_only_the_hidden_one_says_is_changed_as_it_is_read(ana: Laptop) -> None:
    shown, hidden = sorted(ana.add("meeting", "type=talks") for _ in range(2))
    visit = ana.add("visit", "title.en=Study visit", "dates=2027-05-17/2027-05-18")
    ana.add("itinerary_item", f"owner={visit}", "when=2027-05-17 09:00")
    said = ("title.en=Talks", "tags=water,heat", f"visit={visit}", "when.date=2027-05-17", "when.start=14:00")
    ana.edit(hidden, *said)
    with ana.here() as desk:
        duplicates.say_same(desk, shown, hidden)
        records.edit(desk, shown, parse_assignments(KINDS["meeting"], ["tags+=tram"]))
        (title,) = translations.items_of(desk, [(shown, "title", "zh")])
        translations.mark(desk, title, "same")
        records.edit(desk, visit, {"dates": PartialDate("2027-06-01/2027-06-02")})
        assert visit_itinerary.move_along(desk, visits.get_visit(desk, visit)) == 2
        read: Any = records.get(desk, shown)
        assert (read.title["zh"], translations.current(desk, title).state) == ("Talks", "")
        assert ([*read.tags], read.when.date) == (["water", "heat", "tram"], "2027-06-01")


def test_the_programme_of_both_of_two_merged_visits_is_copied_and_known_in_calendars(
    ana: Laptop, tmp_path: Path
) -> None:
    both = sorted(ana.add("visit", "title.en=Study visit", "dates=2027-05-17/2027-05-18") for _ in range(2))
    for visit in both:
        ana.add("itinerary_item", f"owner={visit}", "title.en=Talks", "when=2027-05-17 09:00")
    (tmp_path / "a.ics").write_text(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1@x.fi\nSUMMARY:Tram\nDTSTART:20270518T100000\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    with ana.here() as desk:
        incoming_files.take(desk, calendar_import.plan_file(desk, tmp_path / "a.ics", both[1]))
        duplicates.say_same(desk, *both)
        file_formats.write(desk, "visit", [both[0]], tmp_path / "b.ics")
        for name, n in (("a", 1), ("b", 3)):
            for visit in both:
                lines = calendar_import.plan_file(desk, tmp_path / f"{name}.ics", visit).lines
                assert [line.what for line in lines if line.possible or "unchanged" in line.what] == [
                    "already there, unchanged"
                ] * n
        for visit in both:
            copied = templates.copy_to(desk, visit, PartialDate("2027-09-01"))
            assert len(records.children(desk, copied)["itinerary_item"]) == 3


def test_a_day_of_two_merged_visits_and_who_takes_part_in_either_are_told_once_with_all_that_is_said(
    ana: Laptop,
) -> None:
    both = sorted(ana.add("visit", "title.en=Study visit", "dates=2027-05-17/2027-05-18") for _ in range(2))
    zhang = sorted(ana.add("person", "name.family=Zhang") for _ in range(2))
    for visit, who, of_day, of_part in zip(
        both, zhang, ("dress=casual", "weather.en=Rain"), ("seat=3", "room=204"), strict=True
    ):
        ana.add("itinerary_day", f"owner={visit}", "date=2027-05-17", of_day)
        ana.add("participation", f"owner={visit}", f"person={who}", "role=head", of_part)
    with ana.here() as desk:
        duplicates.say_same(desk, *both)
        assert len(records.children(desk, both[1])["participation"]) == 2, "two people"
        duplicates.say_same(desk, *zhang)
        for visit in both:
            facts = VisitFacts(RedactedReader(desk), papers.request(desk, [visit], document="visit_pack"), visit)
            (day,) = [each.record for each in facts.days if each.record]
            assert (day.dress, day.weather) == ("casual", Bilingual(en="Rain"))
            ((part,),) = (records.children(desk, visit)["participation"],)
            assert (vars(part)["seat"], vars(part)["room"]) == ("3", "204")
        records.edit(desk, day.id, {"weather": None})
        records.trash(desk, part.id)
        assert not vars(records.get(desk, day.id))["weather"]
        assert records.children(desk, both[0])["participation"] == []
        history.undo(desk)
        assert len(records.children(desk, both[0])["participation"]) == 1


@pytest.mark.parametrize("timed", [(0, 1), (1,)], ids=["both have hours", "the hidden one alone has hours"])
def test_an_mou_and_a_point_that_name_either_of_two_merged_meetings_move_with_it(
    ana: Laptop, timed: tuple[int, ...]
) -> None:
    both = sorted(ana.add("meeting", "title.en=Signing") for _ in range(2))
    for at in timed:
        ana.edit(both[at], "when.date=2027-05-17", "when.start=14:00")
    visit = ana.add("visit", "title.en=Study visit", "dates=2027-05-17/2027-05-18")
    points = [ana.add("itinerary_item", f"owner={visit}", f"meeting={at}", "when=2027-05-17 14:00") for at in both]
    mous = [ana.add("agreement", "title.en=MoU", f"signing_meeting={at}", "signing_planned=2027-05-17") for at in both]
    ana.add("same_as", f"a={both[0]}", f"b={both[1]}")
    ana.edit(both[1], "when.date=2027-05-18", "when.start=10:00")
    assert [ana.text(mou, "signing_planned").edtf for mou in mous] == ["2027-05-18"] * 2
    assert [ana.text(each, "when").start for each in (both[0], *points)] == ["10:00"] * 3
    ana.edit(points[1], "when=2027-05-18 11:30")
    assert [ana.text(each, "when").start for each in (both[0], points[1])] == ["11:30"] * 2
    assert ana.text(mous[1], "signing_planned").edtf == "2027-05-18"


@pytest.mark.parametrize(
    ("kind", "order", "expected"),
    [
        ("place", "sort_en", "Espoo Hohhot Oulu"),
        ("place", "sort_zh", "Espoo Oulu Hohhot"),
        ("place", "population", "Espoo Oulu Hohhot"),
        ("person", "place", "Espoo Espoo Hohhot Oulu"),
        ("visit", "host_places", "Espoo Espoo Hohhot Oulu"),
    ],
)
def test_lists_place_merged_records_by_what_is_shown_of_them(ana: Laptop, kind: str, order: str, expected: str) -> None:
    both = sorted(ana.add("place") for _ in range(2))
    ana.edit(both[0], "website=zoo.fi")
    ana.edit(both[1], "name.en=Espoo", "name.zh=埃斯波", "population.value=99000")
    others = [
        ana.add("place", f"name.en={name}", f"name.zh={zh}", *more)
        for name, zh, more in (("Hohhot", "呼和浩特", ()), ("Oulu", "奥卢", ("population.value=215000",)))
    ]
    for at in (*both, *others):
        ana.add("person", "name.family=Zhang", f"place={at}")
        ana.add("visit", "title.en=Study visit", f"host_places={at}")
    with ana.here() as desk:
        duplicates.say_same(desk, *both)
        found = records.page(desk, kind, lists.ids(desk, ListView(kind, order=order)))
        places = [each.id if kind == "place" else getattr(each, order) for each in found]
        titles = records.titles(desk, [at if isinstance(at, str) else at[0] for at in places])
        assert " ".join(titles[at if isinstance(at, str) else at[0]] for at in places) == expected
