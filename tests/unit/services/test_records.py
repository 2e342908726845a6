"""Records through the services: added, changed, moved to the Trash and back; and what is refused."""

from __future__ import annotations

import pytest
from _pytest.raises import RaisesExc

from tests.helpers.errors import user_error
from ucapdesk.base import i18n
from ucapdesk.base.errors import UserError
from ucapdesk.model.errors import LocalFieldError
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.visit_kinds import Participation
from ucapdesk.model.listing import ListView
from ucapdesk.model.serialize import describe_kinds
from ucapdesk.model.text.assignments import parse_assignments
from ucapdesk.model.values import Bilingual, Codes
from ucapdesk.services import ChangeEvent, Desk
from ucapdesk.services.records import lists, records
from ucapdesk.store.refusals import ChangedMeanwhile, InTrash, NoSuchRecord


def _meeting(desk: Desk, *said: str) -> str:
    return records.add(desk, "meeting", parse_assignments(KINDS["meeting"], said, new=True))


def _topic(desk: Desk, meeting: str, title: str) -> str:
    said = [f"owner={meeting}", f"title.en={title}"]
    return records.add(desk, "agenda_item", parse_assignments(KINDS["agenda_item"], said, new=True))


def test_a_record_is_added_with_every_declared_field(desk: Desk) -> None:
    id_ = _meeting(desk, "title.en=Kick-off", "title.zh=启动会", "when=2019-06")
    plain = records.as_json(desk, records.get(desk, id_))
    assert plain["id"] == id_
    assert plain["title"] == {"en": "Kick-off", "zh": "启动会"}
    assert set(plain) == {"id", "kind", "states", *KINDS["meeting"].fields, "computed"}


def test_a_change_tells_who_listens_once_and_a_change_of_nothing_tells_nobody(desk: Desk) -> None:
    id_ = _meeting(desk, "title.en=Kick-off")
    told: list[ChangeEvent] = []
    desk.subscribe(told.append)
    records.edit(desk, id_, {"title": Bilingual(en="Kick-off", zh="启动会"), "tags": Codes(["a"])})
    records.edit(desk, id_, {"title": Bilingual(en="Kick-off", zh="启动会")})
    assert [step.source for step in told] == [
        ["record.edit", {"id": id_, "kind": "meeting", "fields": ["title.zh", "tags"]}]
    ]
    assert told[0].records == {("meeting", id_)}


def test_two_editors_of_one_field_do_not_overwrite_each_other(desk: Desk) -> None:
    id_ = _meeting(desk, "title.en=Kick-off")
    seen = desk.heads(id_)
    records.edit(desk, id_, {"title": Bilingual(en="Opening")}, seen=seen)
    with pytest.raises(ChangedMeanwhile):
        records.edit(desk, id_, {"title": Bilingual(en="Start")}, seen=seen)
    records.edit(desk, id_, {"room": "101"}, seen=seen)
    assert records.get(desk, id_).title == Bilingual(en="Opening")  # type: ignore[attr-defined]


def test_a_list_is_in_the_order_of_its_kind(desk: Desk) -> None:
    later, sooner = _meeting(desk, "title.en=A", "when=2020-01"), _meeting(desk, "title.en=B", "when=2019-12")
    assert records.listing(desk, "meeting") == [sooner, later]
    assert lists.ids(desk, ListView("meeting", order="sort_en")) == [later, sooner]
    assert lists.ids(desk, ListView("meeting", descending=True)) == [later, sooner]
    assert records.listing(desk, "meeting", "b") == [sooner]
    assert records.count(desk, "meeting") == 2
    assert [record.id for record in records.page(desk, "meeting", [later])] == [later]
    people = [
        records.add(desk, "person", parse_assignments(KINDS["person"], [f"name.family={name}"]))
        for name in ("Zhou", "An")
    ]
    assert records.listing(desk, "person") == people[::-1]
    i18n.use_language("zh")
    assert records.order_of(KINDS["person"]) == "sort_zh"


def test_parts_come_in_the_order_they_were_added_and_go_to_the_trash_together(desk: Desk) -> None:
    meeting = _meeting(desk, "title.en=Kick-off")
    topics = [_topic(desk, meeting, title) for title in ("Z", "M", "A")]
    assert [child.id for child in records.children(desk, meeting)["agenda_item"]] == topics
    records.trash(desk, meeting)
    assert records.listing(desk, "agenda_item") == []
    assert [gone.id for gone in desk.read.trash()] == [meeting]
    assert [child.id for child in records.children(desk, meeting, hidden=True)["agenda_item"]] == topics
    assert records.count(desk, "meeting", trash=True) == 1
    records.untrash(desk, meeting)
    assert records.listing(desk, "agenda_item") == topics


def test_several_records_go_to_the_trash_in_one_step(desk: Desk) -> None:
    ids = [_meeting(desk, "title.en=A"), _meeting(desk, "title.en=B")]
    records.trash(desk, *ids)
    assert desk.next_undo() == ["records.trash", {"n": 2, "ids": ids}]
    desk.undo()
    assert records.count(desk, "meeting") == 2


def test_where_a_record_is_used(desk: Desk) -> None:
    place = records.add(desk, "place", parse_assignments(KINDS["place"], ["name.en=Rome"]))
    meeting = _meeting(desk, "title.en=A", f"places={place}")
    assert [(use.kind, use.id, use.field) for use in desk.read.referring(place)] == [("meeting", meeting, "places")]
    assert records.titles(desk, [place, meeting]) == {place: "Rome", meeting: "A"}


def test_a_removed_record_of_the_same_identity_comes_back_empty(desk: Desk) -> None:
    spain = parse_assignments(KINDS["country"], ["alpha2=ES", "name.en=Spain", "plugs=F"])
    id_ = records.add(desk, "country", spain)
    with user_error("already-recorded"):
        records.add(desk, "country", spain)
    records.trash(desk, id_)
    assert records.add(desk, "country", parse_assignments(KINDS["country"], ["alpha2=ES"])) == id_
    assert records.get(desk, id_).plugs is None  # type: ignore[attr-defined]


def test_who_was_replaced_can_be_added_again_in_the_same_role(desk: Desk) -> None:
    visit = records.add(desk, "visit", parse_assignments(KINDS["visit"], ["title.en=Spring"]))
    wei, anna = (
        records.add(desk, "person", parse_assignments(KINDS["person"], [f"name.family={name}"]))
        for name in ("Wei", "Anna")
    )
    said = {"owner": visit, "role": "expert", "diet": "fish"}
    part = records.add(desk, "participation", {**said, "person": wei})
    records.edit(desk, part, {"person": anna})
    again = records.add(desk, "participation", {**said, "person": wei, "diet": "meat"})
    with desk.save(["add", {}]) as work:
        third = work.new(Participation, owner=visit, role="expert", person=wei).id
    rows = [records.get(desk, each) for each in (part, again, third)]
    assert [(row.person, row.diet) for row in rows] == [(anna, "fish"), (wei, "meat"), (wei, None)]  # type: ignore[attr-defined]


@pytest.mark.row("B15")
def test_passport_data_only_in_a_protected_workspace(desk: Desk) -> None:
    person = records.add(desk, "person", parse_assignments(KINDS["person"], ["name.family=Wu"]))
    with pytest.raises(LocalFieldError):
        records.edit(desk, person, {"passport_number": "E12345678"})


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (["ucap=11111111-1111-1111-1111-111111111111"], pytest.raises(NoSuchRecord)),
        (["ucap={self}"], user_error("wrong-kind-linked")),
        (["places={self}"], user_error("wrong-kind-linked")),
        (["visit={gone}"], pytest.raises(InTrash)),
    ],
)
def test_links_that_lead_nowhere_are_refused(desk: Desk, said: list[str], error: RaisesExc[UserError]) -> None:
    id_ = _meeting(desk, "title.en=A")
    gone = records.add(desk, "visit", parse_assignments(KINDS["visit"], ["title.en=V"]))
    records.trash(desk, gone)
    before = desk.heads(id_)
    changes = parse_assignments(KINDS["meeting"], [each.format(self=id_, gone=gone) for each in said])
    with error:
        records.edit(desk, id_, changes)
    assert desk.heads(id_) == before


def test_a_link_to_what_went_to_the_trash_later_does_not_stop_other_changes(desk: Desk) -> None:
    places = [records.add(desk, "place", parse_assignments(KINDS["place"], [f"name.en={name}"])) for name in ("A", "B")]
    id_ = _meeting(desk, "title.en=A", f"places={places[0]}")
    records.trash(desk, places[0])
    records.edit(desk, id_, parse_assignments(KINDS["meeting"], ["room=101", f"places+={places[1]}"]))
    assert records.get(desk, id_).places == tuple(places)  # type: ignore[attr-defined]


def test_what_cannot_be_done_is_said(desk: Desk) -> None:
    meeting = _meeting(desk, "title.en=A")
    with user_error("unknown-kind", match="meeting"):
        records.add(desk, "meetings", {})
    with user_error("unknown-kind"):
        records.listing(desk, "member")
    with user_error("owner-needed"):
        records.add(desk, "agenda_item", {"title": Bilingual(en="Topic")})
    with user_error("not-in-trash"):
        records.untrash(desk, meeting)
    with pytest.raises(NoSuchRecord):
        records.get(desk, "nobody")
    with pytest.raises(NoSuchRecord):
        records.trash(desk, "nobody")
    records.trash(desk, meeting)
    with pytest.raises(InTrash):
        records.trash(desk, meeting)
    with pytest.raises(InTrash):
        records.edit(desk, meeting, {"room": "1"})
    with pytest.raises(InTrash):
        _topic(desk, meeting, "Topic")
    records.add(desk, "action_item", {"text": Bilingual(en="May stand without a meeting")})


def test_every_kind_can_be_named(desk: Desk) -> None:
    names = {kind["kind"] for kind in describe_kinds()}
    assert "meeting" in names
    assert "member" not in names
    assert all(records.listing(desk, name) == [] for name in names)
