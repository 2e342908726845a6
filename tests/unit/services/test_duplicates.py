"""Duplicates: found, merged, separated, and links to either of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.helpers.errors import user_error
from tests.unit.exchange.laptops import Laptop, first_laptop, joined
from ucapdesk.base.errors import UserError
from ucapdesk.base.json_text import as_lines
from ucapdesk.cli import cli
from ucapdesk.model.kinds import KINDS, LISTED
from ucapdesk.model.kinds.agreement_kinds import Signatory
from ucapdesk.model.kinds.people_kinds import Affiliation
from ucapdesk.model.kinds.visit_kinds import Visit
from ucapdesk.model.listing import EMPTY_FIELD, INCOMPLETE, TEXTS, Condition, ListView
from ucapdesk.model.text.assignments import parse_assignments
from ucapdesk.model.values import Bilingual, PartialDate, Refs, When
from ucapdesk.papers import printing as papers
from ucapdesk.papers.facts.visit_facts import VisitFacts
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.services import Desk, agreements, meetings
from ucapdesk.services.agreements import Signing
from ucapdesk.services.exchange import conflicts, exchange_service
from ucapdesk.services.files import file_formats, incoming_files, sheets
from ucapdesk.services.files.paper_questions import to_decide
from ucapdesk.services.people import privacy
from ucapdesk.services.records import duplicates, history, lists, records, search
from ucapdesk.services.records.lists import Bulk
from ucapdesk.services.records.related import around, usage
from ucapdesk.services.translations import translations
from ucapdesk.services.visits import calendar_import, calendars, templates, visit_itinerary, visits
from ucapdesk.store.read.derived_values import travelling_side
from ucapdesk.ui.exchange import exchange_words


@pytest.fixture
def ana(tmp_path: Path) -> Iterator[Laptop]:
    laptop = first_laptop(tmp_path / "ana")
    yield laptop
    laptop.desk.close()


def twice(ana: Laptop) -> tuple[str, str]:
    """One person recorded twice, the one that will be shown first."""
    latin = ana.add("person", "name.family=Zhang", "name.given=Wei", "email=zw@example.cn", "tags+=energy")
    han = ana.add(
        "person", "name_han.family=张", "name_han.given=伟", "email=ZW@example.cn", "mobile=+86 138 0000 0000"
    )
    return (latin, han) if latin < han else (han, latin)


def person(ana: Laptop, id_: str) -> Any:
    return records.get(ana.desk, id_)


def test_two_records_are_listed_and_found_and_read_as_one(ana: Laptop) -> None:
    shown, hidden = twice(ana)
    meeting = ana.add("meeting", "title.en=Talks")
    for each in (shown, hidden):
        ana.add("affiliation", f"owner={each}", "post.en=Director")
        ana.add("participation", f"owner={meeting}", f"person={each}")
    with ana.here() as desk:
        assert duplicates.say_same(desk, hidden, shown) == shown
        assert records.listing(desk, "person") == [shown]
        assert records.count(desk, "person") == 1
        for words in ("zhang wei", "张伟", "zw@example"):
            assert [*search.hits_of(desk, words, 50, 50, ["person"])] == [shown]
            assert records.listing(desk, "person", words) == [shown]
        for id_ in (shown, hidden):
            one = person(ana, id_)
            assert (str(one.name), str(one.name_han), one.mobile) == ("Wei Zhang", "张伟", "+86 138 0000 0000")
            assert list(one.tags) == ["energy"]
            assert records.titles(desk, [id_], "zh") == {id_: "张伟"}
            assert len(records.children(desk, id_)["affiliation"]) == 2
            assert [use.field for use in desk.read.referring(id_)] == ["person"], "as participants they are one"
        assert len(records.listing(desk, "participation", where={"person": shown})) == 1
    ana.check()


def test_what_names_either_counts_compares_and_invites_one_person(ana: Laptop) -> None:
    shown, hidden = twice(ana)
    visit = ana.add("visit", "title.en=Study visit", "dates=2027-05-10/2027-05-12", f"head={hidden}")
    meeting = ana.add("meeting", "title.en=Talks", f"visit={visit}")
    point = ana.add("itinerary_item", f"owner={visit}", "title.en=Tour", "when=2027-05-11 09:00")
    for owner in (visit, point):
        ana.add("participation", f"owner={owner}", f"person={shown}", "side=B")
    ana.add("participation", f"owner={visit}", f"person={hidden}", "role=interpreter")
    ana.add("itinerary_item", f"owner={visit}", "title.en=Transfer", "when=2027-05-11 12:00", f"our_lead={hidden}")
    with ana.here() as desk:
        duplicates.say_same(desk, hidden, shown)
        named = visits.get_visit(desk, visit)
        assert named.head == shown
        assert len(visits.travellers(desk, named)) == 1
        assert travelling_side(desk, named) == "B"
        assert [each.person for each in meetings.expected(desk, meeting)] == [shown]
        told = calendars.of(desk, "person", [hidden])
        assert [each.title for each in told.events] == ["Tour", "Transfer"]
        duplicates.undo_same(desk, hidden, shown)
        assert visits.get_visit(desk, visit).head == hidden
        assert len(visits.travellers(desk, visits.get_visit(desk, visit))) == 2
    ana.check()


def test_what_a_paper_says_otherwise_of_a_link_is_asked_still_when_its_end_is_merged(ana: Laptop) -> None:
    shown, hidden = twice(ana)
    action = ana.add("action_item", "text.en=Send the draft", f"person={hidden}")
    told = {"kind": "action_item", "id": action, "field": "person", "was": hidden, "there": None}
    with ana.here() as desk:
        odd = as_lines([{"code": "differs", "row": "", "args": told}])
        records.add(desk, "source_document", {"title": Bilingual(en="List"), "oddities": odd})
        duplicates.say_same(desk, hidden, shown)
        assert to_decide(desk) == len(conflicts.conflicts(desk)) == 1


def test_of_both_records_of_one_person_asked_at_once_each_has_all_the_posts(ana: Laptop) -> None:
    shown, hidden = twice(ana)
    other = ana.add("person", "name.family=Li")
    posts = [ana.add("affiliation", f"owner={each}", "post.en=Director") for each in (shown, hidden, other)]
    with ana.here() as desk:
        duplicates.say_same(desk, shown, hidden)
        asked = desk.read.children_of([shown, hidden, other], Affiliation)
        found = {id_: {post.id for post in of} for id_, of in asked.items()}
        assert found == {shown: {*posts[:2]}, hidden: {*posts[:2]}, other: {posts[2]}}


def test_what_was_written_stays_as_it_was_and_undo_parts_them(ana: Laptop) -> None:
    shown, hidden = twice(ana)
    with ana.here() as desk:
        before = ana.digest(), [records.as_json(desk, person(ana, each)) for each in (shown, hidden)]
        duplicates.say_same(desk, shown, hidden)
        assert [records.as_json(desk, each) for each in desk.read.apart([shown, hidden])] == before[1]
        told = history.next_undo(desk, "en") or ""
        assert told.endswith("as the same")
        assert {"Wei Zhang", "张伟"} <= set(re.split("[“”]", told)), "each as it is called, not both as the one shown"
        history.undo(desk)
        assert sorted(records.listing(desk, "person")) == [shown, hidden]
        assert [records.as_json(desk, person(ana, each)) for each in (shown, hidden)] == before[1]
        history.redo(desk)
        assert records.listing(desk, "person") == [shown]
        duplicates.undo_same(desk, shown, hidden)
        assert sorted(records.listing(desk, "person")) == [shown, hidden]
        assert ana.digest() == before[0]
        assert [(each.a, each.b) for each in duplicates.find(desk)] == [(shown, hidden)]
        assert desk.read.trash() == []


def test_a_colleague_is_told_of_a_merge_that_was_taken_apart_as_what_it_is(ana: Laptop, tmp_path: Path) -> None:
    shown, hidden = twice(ana)
    with ana.here() as desk:
        duplicates.say_same(desk, shown, hidden)
    chen = joined(tmp_path / "chen", ana.give("1.ucapx"), "Chen")
    with ana.here() as desk:
        duplicates.undo_same(desk, shown, hidden)
    place = ana.add("place", "name.en=Liuzhou")
    ana.give("2.ucapx")
    ana.trash(place)
    package = ana.give("3.ucapx")
    [preview] = chen.receive(package, dry_run=True)
    assert [line.what for line in preview.lines if line.kind == "same_as"] == ["separated"]
    assert exchange_words.counts(preview).startswith("1 to the Trash  ·  1 merged pair separated again")
    assert preview.written == 2
    chen.desk.close()
    with chen.here():
        said = CliRunner().invoke(cli, ["receive", str(chen.desk.workspace.path), str(package)]).output
    assert "1 to the Trash" in said
    assert "1 merged pair separated again" in said


def test_a_value_of_the_record_that_is_not_shown_can_be_taken_over(ana: Laptop) -> None:
    first = ana.add("organisation", "name.en=DRC", "name.zh=发改委", "phone=1")
    second = ana.add("organisation", "name.en=Development and Reform Commission", "phone=2")
    shown, hidden = sorted((first, second))
    told = {row.field: row for row in duplicates.beside(ana.desk, shown, hidden)}
    assert told["name"].differ
    assert told["phone"].differ
    wanted = person(ana, hidden).name["en"]
    with ana.here() as desk:
        duplicates.say_same(desk, shown, hidden, keep=["name"])
        one: Any = records.get(desk, shown)
        assert (one.name["en"], one.name["zh"]) == (wanted, "发改委")
        history.undo(desk)
        assert {row.field: row for row in duplicates.beside(desk, shown, hidden)} == told


def test_a_record_of_which_nothing_is_written_is_compared_all_the_same(ana: Laptop) -> None:
    first, empty = ana.add("organisation", "name.en=DRC"), ana.add("organisation")
    assert {row.field for row in duplicates.beside(ana.desk, first, empty)} >= {"name"}


def test_an_edit_of_either_goes_to_the_one_that_is_shown(ana: Laptop) -> None:
    shown, hidden = twice(ana)
    with ana.here() as desk:
        duplicates.say_same(desk, shown, hidden)
    ana.edit(hidden, "wechat=zw")
    apart: list[Any] = ana.desk.read.apart([shown, hidden])
    assert [each.wechat for each in apart] == ["zw", None]
    ana.edit(shown, "email=", "mobile=")
    assert person(ana, shown).email is None
    assert person(ana, hidden).mobile is None


def test_a_text_emptied_in_one_language_is_read_from_neither(ana: Laptop) -> None:
    first = ana.add("organisation", "name.en=DRC", "description.en=Ours")
    second = ana.add("organisation", "name.en=DRC", "description.en=Theirs", "description.zh=他们的")
    with ana.here() as desk:
        shown = duplicates.say_same(desk, first, second)
        one: Any = records.get(desk, shown)
        assert one.description["zh"] == "他们的"
        ana.edit(shown, "description.zh=")
        one = records.get(desk, shown)
        assert dict(one.description) == {"en": "Ours" if shown == first else "Theirs"}


def test_the_trash_takes_all_of_it_and_gives_all_of_it_back(ana: Laptop) -> None:
    shown, hidden = twice(ana)
    with ana.here() as desk:
        duplicates.say_same(desk, shown, hidden)
        records.trash(desk, shown)
        assert records.listing(desk, "person") == []
        assert {each.id for each in desk.read.trash()} == {shown, hidden}
        records.untrash(desk, hidden)
        assert records.listing(desk, "person") == [shown]
        assert str(person(ana, shown).name_han) == "张伟"


def test_removing_somebodys_data_removes_what_was_recorded_twice(ana: Laptop) -> None:
    shown, hidden = twice(ana)
    with ana.here() as desk:
        duplicates.say_same(desk, shown, hidden)
        privacy.erase(desk, hidden, "张伟")
        for each in desk.read.apart([shown, hidden]):
            assert each.is_deleted
            one: Any = each
            assert one.name is None
            assert one.name_han is None
        assert records.listing(desk, "person", "zhang") == []
    ana.check()


def test_what_is_not_the_same_is_parted_and_never_offered_again(ana: Laptop) -> None:
    shown, hidden = twice(ana)
    with ana.here() as desk:
        duplicates.say_same(desk, shown, hidden)
        duplicates.say_different(desk, hidden, shown)
        assert sorted(records.listing(desk, "person")) == [shown, hidden]
        assert duplicates.find(desk) == []
        third = ana.add("person", "name.family=Zhang", "name.given=Wei", "mobile=0086-138 0000 0000")
        pairs = {frozenset((each.a, each.b)) for each in duplicates.find(desk)}
        assert pairs == {frozenset((third, shown)), frozenset((third, hidden))}
        duplicates.say_same(desk, third, shown)
        assert duplicates.find(desk) == []  # the third is the first now, and of the first it was said


def test_of_three_one_can_be_taken_out(ana: Laptop) -> None:
    ids = sorted(ana.add("organisation", f"name.en=House {n}") for n in range(3))
    with ana.here() as desk:
        duplicates.say_same(desk, ids[2], ids[1])
        assert duplicates.say_same(desk, ids[2], ids[0]) == ids[0]
        assert records.listing(desk, "organisation") == [ids[0]]
        assert duplicates.others(desk, ids[1]) == [ids[0], ids[2]]
        duplicates.say_different(desk, ids[0], ids[2])
        assert [records.shown(desk, each) for each in ids] == [ids[0], ids[0], ids[2]] or [
            records.shown(desk, each) for each in ids
        ] == [ids[0], ids[1], ids[1]]
        assert records.shown(desk, ids[0]) != records.shown(desk, ids[2])


def test_who_says_the_same_and_who_says_the_contrary_are_asked_like_any_other(ana: Laptop, tmp_path: Path) -> None:
    shown, hidden = twice(ana)
    chen = joined(tmp_path / "chen", ana.give("join.ucapx"), "Chen")
    for each in (ana, chen):
        each.clock.tick(60)
        with each.here() as desk:
            (duplicates.say_same if each is ana else duplicates.say_different)(desk, shown, hidden)
    for giver, taker in ((ana, chen), (chen, ana)):
        taker.receive(giver.give(f"{giver.name}.ucapx"))
    assert ana.digest() == chen.digest()
    (open_,) = conflicts.conflicts(ana.desk)
    assert open_.record == records.shown(ana.desk, shown)
    assert {each.said for each in open_.candidates} == {"They are the same", "Not the same"}
    assert "张伟" in open_.title
    number = next(n for n, each in enumerate(open_.candidates, 1) if each.said == "They are the same")
    with ana.here() as desk:
        conflicts.choose(desk, open_, number)
    chen.receive(ana.give("2.ucapx"))
    for each in (ana, chen):
        assert records.listing(each.desk, "person") == [shown]
        assert conflicts.conflicts(each.desk) == []
    chen.desk.close()


def test_a_receive_taken_back_takes_what_was_one_apart(ana: Laptop, tmp_path: Path) -> None:
    shown, hidden = twice(ana)
    chen = joined(tmp_path / "chen", ana.give("join.ucapx"), "Chen")
    with chen.here() as desk:
        duplicates.say_same(desk, shown, hidden)
    ana.receive(chen.give("1.ucapx"))
    assert records.listing(ana.desk, "person") == [shown]
    with ana.here() as desk:
        exchange_service.undo_receive(desk, str(exchange_service.undoable(desk)))
    assert sorted(records.listing(ana.desk, "person")) == [shown, hidden]
    ana.edit(hidden, "wechat=zw")
    assert sorted(records.listing(ana.desk, "person")) == [shown, hidden]
    assert person(ana, shown).wechat is None
    chen.desk.close()


@pytest.mark.parametrize(
    ("kind", "one", "other", "why"),
    [
        ("person", "email=a@x.eu", "email=A@X.eu", "email"),
        ("person", "mobile=+34_600_11_22_33", "mobile=600112233", "phone"),
        ("person", "name_han.family=陈 name_han.given=燕", "name_han.family=陈 name_han.given=燕", "han"),
        ("person", "name.family=Żółkowski name.given=Łukasz", "name.given=LUKASZ name.family=Zolkowski", "name"),
        ("person", "name.family=Li name.given=Ming-yu", "name_han.family=李 name_han.given=明宇", "sound"),
        ("person", "name.family=Ferrer name.given=Anna", "name.family=Ferrerr name.given=Anna", "similar"),
        ("organisation", "name.en=SEAT", "name.es=Seat,_S.A.", "name"),
        ("organisation", "name.zh=柳州钢铁股份有限公司", "name.zh=柳州钢铁", "name"),
        ("organisation", "name.en=City_of_Lodz website=https://www.uml.lodz.pl/a", "website=uml.lodz.pl", "website"),
        ("place", "name.zh=柳州市", "name.zh=柳州", "name"),
        ("place", "name.en=Łódź", "local_name=LODZ", "name"),
    ],
)
def test_look_alikes_are_found_and_said_why(ana: Laptop, kind: str, one: str, other: str, why: str) -> None:
    pair = sorted(
        ana.add(
            kind,
            *(
                each.replace("_", " ").replace("name han", "name_han").replace("local n", "local_n")
                for each in said.split()
            ),
        )
        for said in (one, other)
    )
    (found,) = duplicates.find(ana.desk)
    assert [found.a, found.b] == pair
    assert found.why[0] == why
    assert duplicates.reasons(found)
    assert duplicates.find(ana.desk, among=["nobody"]) == []
    assert duplicates.find(ana.desk, among=[pair[1]]) == [found]


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("person", "name.family=Li name.given=Ming", "name.family=Li name.given=Hong"),
        ("person", "name_han.family=张 name_han.given=伟", "name_han.family=章 name_han.given=薇"),
        ("person", "name.family=Luo name.given=Hui phone=07721234567", "name.family=Chen name.given=Yan phone=07721234567"),
        ("person", "name.family=Li", "name.family=Li"),
        ("person", "email=unknown", "email=unknown"),
        ("organisation", "name.en=Energy website=x.eu", "name.en=Museums website=x.eu"),
        ("place", "name.en=Barcelona type=city", "name.en=Barcelona type=province"),
    ],
)  # fmt: skip
def test_what_only_looks_alike_is_left_alone(ana: Laptop, kind: str, one: str, other: str) -> None:
    for said in (one, other):
        ana.add(kind, *said.split())
    assert duplicates.find(ana.desk) == []


def test_a_house_and_its_division_are_two_and_a_switchboard_is_nobodys_alone(ana: Laptop) -> None:
    house = ana.add("organisation", "name.en=Technical University", "website=tu.eu")
    ana.add("organisation", "name.en=Technical University, Energy", "website=tu.eu", f"parent={house}")
    for n in range(12):
        ana.add("person", f"name.given=Person{n}", "phone=+49 30 1234567")
    assert duplicates.find(ana.desk) == []


def test_what_cannot_be_the_same_is_refused_with_a_sentence(ana: Laptop) -> None:
    shown, hidden = twice(ana)
    house = ana.add("organisation", "name.en=House")
    post = ana.add("affiliation", f"owner={shown}", "post.en=One")
    other_post = ana.add("affiliation", f"owner={shown}", "post.en=Two")
    before = ana.log()
    with ana.here() as desk:
        for a, b, said in (
            (shown, house, "different kinds"),
            (shown, shown, "named twice"),
            (post, other_post, "independent records"),
            (shown, "0" * 8, "no record"),
        ):
            with pytest.raises(UserError) as refused:
                duplicates.say_same(desk, a, b)
            assert said in refused.value.say("en")
        records.trash(desk, house)
        with pytest.raises(UserError):
            duplicates.say_different(desk, house, shown)
        history.undo(desk)
        duplicates.say_same(desk, shown, hidden)
        with user_error("one-record"):
            duplicates.say_same(desk, hidden, shown)
    assert ana.log() != before


def test_every_kind_that_stands_on_its_own_can_be_said_to_be_the_same() -> None:
    assert {"person", "organisation", "place", "meeting", "visit"} <= {
        k for k in LISTED if duplicates.can_be_same(LISTED[k])
    }
    assert not {"affiliation", "country", "itinerary_day", "participation"} & {
        k for k in LISTED if duplicates.can_be_same(LISTED[k])
    }
    assert parse_assignments(LISTED["person"], ["email=a@b"])


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
            lists.change(desk, [visit], Bulk(field, lists.TAKE, (shown,)))
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
