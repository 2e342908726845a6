"""Records that are one thing: read as one, told apart, taken back, found."""

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
from ucapdesk.model.kinds import LISTED
from ucapdesk.model.kinds.people_kinds import Affiliation
from ucapdesk.model.text.assignments import parse_assignments
from ucapdesk.model.values import Bilingual
from ucapdesk.services import meetings
from ucapdesk.services.exchange import conflicts, exchange_service
from ucapdesk.services.files.paper_questions import to_decide
from ucapdesk.services.people import privacy
from ucapdesk.services.records import duplicates, history, records, search
from ucapdesk.services.visits import calendars, visits
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
