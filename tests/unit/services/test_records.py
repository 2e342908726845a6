"""Records of any kind: added, changed, ordered, copied, restored; drafts, attachments, history, and what links to them."""

from __future__ import annotations

from pathlib import Path

import pytest
from _pytest.raises import RaisesExc

from tests.helpers.clock import START, FrozenClock
from tests.helpers.errors import user_error
from tests.helpers.second_story import SecondStory
from ucapdesk.base import i18n
from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import use_language
from ucapdesk.base.ids import new_id
from ucapdesk.model.field_change import FieldChange
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.visit_kinds import Participation
from ucapdesk.model.listing import ListView
from ucapdesk.model.serialize import describe_kinds
from ucapdesk.model.text.assignments import parse_assignments
from ucapdesk.model.values import Bilingual, Codes, HanName, PersonName
from ucapdesk.model.values.bilingual import BilingualType
from ucapdesk.services import ChangeEvent, Desk
from ucapdesk.services.records import attached_files, completion, draft_texts, history, lists, records
from ucapdesk.services.records.related import must_be_unused, usage
from ucapdesk.services.visits import visits
from ucapdesk.store import drafts
from ucapdesk.store.refusals import ChangedMeanwhile, InTrash, NoSuchRecord, NothingToUndo


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
    with user_error("local-field"):
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


def _kick_off(desk: Desk) -> str:
    return records.add(desk, "meeting", {"title": Bilingual(en="Kick-off")})


def test_what_was_typed_is_saved_at_the_next_start(desk: Desk, clock: FrozenClock) -> None:
    id_ = _kick_off(desk)
    seen = desk.heads(id_)
    draft_texts.keep(desk, "meeting", id_, "title.zh", "启动", seen)
    draft_texts.keep(desk, "meeting", id_, "title.zh", "启动会", seen)
    draft_texts.keep(desk, "meeting", id_, "when", {"date": "2019-06"}, seen)
    assert records.get(desk, id_).title.get("zh") is None  # type: ignore[attr-defined]
    assert [(left.id, dict(left.cells), left.error) for left in draft_texts.commit_left_over(desk)] == [
        (id_, {"title.zh": "启动会", "when": {"date": "2019-06"}}, None)
    ]
    assert history.next_undo(desk) == "Kept what was typed into “Kick-off” (Meeting): Title · 中文, Date and time"
    assert draft_texts.commit_left_over(desk) == []


def test_a_record_nobody_saved_yet_is_made(desk: Desk) -> None:
    meeting, id_ = _kick_off(desk), new_id()
    draft_texts.keep(desk, "agenda_item", id_, "owner", meeting, {})
    draft_texts.keep(desk, "agenda_item", id_, "title.en", "Topic", {})
    draft_texts.commit_left_over(desk)
    assert [child.id for child in records.children(desk, meeting)["agenda_item"]] == [id_]


def test_what_cannot_be_saved_is_still_kept_and_told(desk: Desk) -> None:
    moved, gone, half = _kick_off(desk), _kick_off(desk), _kick_off(desk)
    draft_texts.keep(desk, "meeting", moved, "title.en", "Start", desk.heads(moved))
    draft_texts.keep(desk, "meeting", gone, "title.en", "Start", desk.heads(gone))
    draft_texts.keep(desk, "meeting", half, "when", "2019-", desk.heads(half))
    records.edit(desk, moved, parse_assignments(KINDS["meeting"], ["title.en=Opening"]))
    records.trash(desk, gone)
    told = {left.id: left.error for left in draft_texts.commit_left_over(desk)}
    assert isinstance(told[moved], ChangedMeanwhile)
    assert told[gone] is not None
    assert told[half] is None
    assert {draft.id for draft in drafts.kept(desk)} == {moved, gone, half}
    draft_texts.drop(desk, half, "when")
    draft_texts.drop(desk, gone)
    assert {draft.id for draft in drafts.kept(desk)} == {moved}


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "扫描件.pdf"
    path.write_bytes(b"%PDF-1.7 scan")
    return path


def test_a_file_is_kept_with_a_record_and_written_out_again(desk: Desk, scan: Path, tmp_path: Path) -> None:
    meeting = records.add(desk, "meeting", {"title": Bilingual(en="Kick-off")})
    note = tmp_path / "note.txt"
    note.write_text("Hello", "utf-8")
    ids = attached_files.attach(desk, meeting, [scan, note])
    assert [child.id for child in records.children(desk, meeting)["attachment"]] == ids
    assert records.titles(desk, ids) == {ids[0]: "扫描件.pdf", ids[1]: "note.txt"}
    assert history.next_undo(desk) == "Attached 2 files to “Kick-off”"
    attached_files.save_as(desk, ids[0], tmp_path / "copy.pdf")
    assert (tmp_path / "copy.pdf").read_bytes() == scan.read_bytes()


def test_what_cannot_be_attached_is_said_and_nothing_kept(desk: Desk, scan: Path, tmp_path: Path) -> None:
    meeting = records.add(desk, "meeting", {"title": Bilingual(en="Kick-off")})
    country = records.add(desk, "country", {"alpha2": "ES"})
    with user_error("file-not-there"):
        attached_files.attach(desk, meeting, [scan, tmp_path / "gone.pdf"])
    with user_error("file-not-there"):
        attached_files.attach(desk, meeting, [tmp_path])
    with user_error("no-files-with"):
        attached_files.attach(desk, country, [scan])
    with pytest.raises(NoSuchRecord):
        attached_files.attach(desk, "nobody", [scan])
    with pytest.raises(NoSuchRecord):
        attached_files.save_as(desk, meeting, tmp_path / "copy.pdf")
    records.trash(desk, meeting)
    with pytest.raises(InTrash):
        attached_files.attach(desk, meeting, [scan])
    assert desk.workspace.files.all() == []


def test_a_file_that_has_not_arrived_is_said(desk: Desk, scan: Path, tmp_path: Path) -> None:
    meeting = records.add(desk, "meeting", {"title": Bilingual(en="Kick-off")})
    (id_,) = attached_files.attach(desk, meeting, [scan])
    desk.workspace.files.db.execute("DELETE FROM part")
    desk.workspace.files.db.execute("DELETE FROM file")
    with user_error("file-missing"):
        attached_files.save_as(desk, id_, tmp_path / "copy.pdf")
    assert not (tmp_path / "copy.pdf").exists()


def test_every_value_a_field_ever_had_with_who_and_when(desk: Desk, clock: FrozenClock) -> None:
    meeting = KINDS["meeting"]
    id_ = records.add(desk, "meeting", parse_assignments(meeting, ["title.en=Kick off"], new=True))
    clock.tick(60)
    records.edit(desk, id_, parse_assignments(meeting, ["title.en=Kick-off", "title.zh=启动会", "tags=a,b"]))
    records.edit(desk, id_, {"title": Bilingual(en="Kick-off", zh="启动会").mark("zh", "draft")})
    records.edit(desk, id_, parse_assignments(meeting, ["tags-=a"]))
    records.trash(desk, id_)
    entries = history.of(desk, id_)
    assert [(entry.field, entry.old, entry.new) for entry in entries] == [
        ("title.en", None, "Kick off"),
        ("title.en", "Kick off", "Kick-off"),
        ("title.zh", None, "启动会"),
        ("tags", None, "a"),
        ("tags", None, "b"),
        ("title.zh.state", None, "draft"),
        ("tags", "a", None),
        ("trash", None, True),
    ]
    assert {entry.person for entry in entries} == {"Ana"}
    assert entries[0].time == START
    assert [entry.field_label for entry in entries[:2]] == ["Title · English", "Title · English"]
    assert entries[1].sentence == "Changed “Kick-off” (Meeting): Title · English, Title · 中文, Tags"
    assert "“启动会”（会议）" in history.of(desk, id_, "zh")[-1].sentence
    with pytest.raises(NoSuchRecord):
        history.of(desk, "nobody")


def test_steps_back_and_forth_are_said_before_they_are_taken(desk: Desk) -> None:
    assert history.next_undo(desk) is history.next_redo(desk) is None
    with pytest.raises(NothingToUndo):
        history.undo(desk)
    id_ = records.add(desk, "meeting", {"title": Bilingual(en="Kick-off")})
    assert history.next_undo(desk) == "Added “Kick-off” (Meeting)"
    undone = history.undo(desk)
    assert undone.records == {("meeting", id_)}
    assert records.get(desk, id_).is_deleted
    assert history.next_redo(desk) == "Added “Kick-off” (Meeting)"
    history.redo(desk)
    assert not records.get(desk, id_).is_deleted
    with user_error("nothing-to-redo"):
        history.redo(desk)


def _add(desk: Desk, kind: str, *said: str) -> str:
    return records.add(desk, kind, parse_assignments(KINDS[kind], said, new=True))


def test_a_person_is_told_with_what_the_parts_that_name_them_belong_to(desk: Desk) -> None:
    chen = _add(desk, "person", "name.family=Chen", "name.given=Yan")
    visit = _add(desk, "visit", "title.en=Study visit", f"head={chen}")
    _add(desk, "participation", f"owner={visit}", f"person={chen}")
    _add(desk, "meeting", "title.en=Talks", f"chair_a={chen}")
    _add(desk, "affiliation", f"owner={chen}", "post.en=Director")
    found = usage(desk, [chen])
    assert (found.total, sorted(found.named)) == (2, ["Meeting: Talks", "Visit: Study visit"])
    with user_error("still-used", match="Study visit"):
        must_be_unused(desk, [chen])


def test_sets_and_parts_count_and_what_goes_too_or_is_gone_does_not(desk: Desk) -> None:
    city = _add(desk, "place", "name.en=Granada")
    visit = _add(desk, "visit", "title.en=Study visit", f"host_places={city}")
    ucap = _add(desk, "ucap", "title.en=Green cities")
    theme = _add(desk, "theme", f"owner={ucap}", "name.en=Water")
    meeting = _add(desk, "meeting", "title.en=Talks", f"themes={theme}", f"visit={visit}")
    assert usage(desk, [city]).named == ("Visit: Study visit",)
    assert usage(desk, [ucap]).named == ("Meeting: Talks",), "it names a theme of the plan"
    assert usage(desk, [visit, meeting]).total == 0
    assert usage(desk, [ucap, visit, meeting, city]).total == 0
    records.trash(desk, meeting)
    assert usage(desk, [ucap]).total == usage(desk, [visit]).total == 0


def test_of_many_places_the_first_are_named_and_the_rest_counted(desk: Desk) -> None:
    city = _add(desk, "place", "name.en=Granada")
    for n in range(8):
        _add(desk, "meeting", f"title.en=Talks {n}", f"places={city}")
    found = usage(desk, [city])
    assert (found.total, len(found.named)) == (8, 5)
    assert found.lines()[-1] == "3 more"


def test_a_part_in_a_visit_is_used_where_the_visit_counts_on_the_person(desk: Desk) -> None:
    chen = _add(desk, "person", "name.family=Chen", "name.given=Yan")
    visit = _add(desk, "visit", "title.en=Study visit")
    part = _add(desk, "participation", f"owner={visit}", f"person={chen}")
    elsewhere = _add(desk, "meeting", "title.en=Of another visit", f"chair_a={chen}")
    assert usage(desk, [part]).total == 0, "what is elsewhere does not count on them here"
    dinner = _add(desk, "itinerary_item", f"owner={visit}", "title.en=Dinner", f"our_lead={chen}")
    talks = _add(desk, "meeting", "title.en=Talks", f"visit={visit}")
    _add(desk, "participation", f"owner={talks}", f"person={chen}")
    records.edit(desk, visit, {"head": chen})
    assert sorted(usage(desk, [part]).named) == ["Meeting: Talks", "Programme item: Dinner", "Visit: Study visit"]
    assert usage(desk, [part, dinner, talks, visit]).total == 0
    assert usage(desk, [elsewhere]).total == 0


CHAIR = KINDS["meeting"].fields["chair_a"]


@pytest.fixture
def people(desk: Desk) -> dict[str, str]:
    """Three people, one of them of a city."""
    city = records.add(desk, "place", {"name": Bilingual(en="Liuzhou", zh="柳州")})
    return {
        "li": records.add(desk, "person", {"name": PersonName("Li", "Mingyu", "family_first"), "name_han": HanName("李", "明宇"), "place": city}),
        "chen": records.add(desk, "person", {"name": PersonName("Chen", "Yan", "family_first"), "name_han": HanName("陈", "燕")}),
        "lucia": records.add(desk, "person", {"name": PersonName("Ortega", "Lucía", "given_first")}),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("said", "found"),
    [("lmy", "li"), ("cy", "chen"), ("陈", "chen"), ("ort", "lucia"), ("luc", "lucia"), ("chenyan", "chen")],
)
def test_a_person_is_found_by_name_pinyin_and_initials(
    desk: Desk, people: dict[str, str], said: str, found: str
) -> None:
    assert completion.offers(desk, CHAIR, said)[0].key == people[found]


def test_what_is_offered_says_both_names_and_where_from(desk: Desk, people: dict[str, str]) -> None:
    offered = completion.offers(desk, CHAIR, "lmy")[0]
    assert (offered.name, offered.other, offered.detail) == ("Li Mingyu", "李明宇", "Liuzhou")
    use_language("zh")
    offered = completion.offers(desk, CHAIR, "lmy")[0]
    assert (offered.name, offered.other, offered.detail) == ("李明宇", "Li Mingyu", "柳州")
    assert completion.offers(desk, CHAIR, "lmy", [people["li"]]) == []
    assert completion.offers(desk, CHAIR, " ") == []


def test_codes_are_found_by_their_labels_and_numbers_and_words_by_their_use(desk: Desk) -> None:
    goals = KINDS["theme"].fields["sdgs"]
    assert completion.offers(desk, goals, "11")[0].key == "11"
    assert completion.offers(desk, goals, "energy")[0].key == "7"
    assert completion.offers(desk, goals, "", limit=99)[0].key == "1"
    use_language("zh")
    assert "7" in [offer.key for offer in completion.offers(desk, goals, "nengyuan")] + [
        o.key for o in completion.offers(desk, goals, "能源")
    ]
    tags = KINDS["meeting"].fields["tags"]
    assert completion.offers(desk, tags, "mob") == []
    records.add(desk, "meeting", {"title": Bilingual(en="Talks"), "tags": Codes(("mobility",))})
    assert [offer.key for offer in completion.offers(desk, tags, "mob")] == ["mobility"]


@pytest.mark.rule("T3")
def test_a_person_named_for_the_first_time_is_made_in_one_step_with_the_link_and_taken_back_with_it(desk: Desk) -> None:
    meeting = records.add(desk, "meeting", {"title": Bilingual(en="Talks")})
    (made,) = completion.make(desk, CHAIR, "张伟")
    records.edit(desk, meeting, {"chair_a": FieldChange(CHAIR, [lambda _: made.id], [made])})
    person = records.get(desk, made.id)
    assert person.name_han == HanName("张", "伟")  # type: ignore[attr-defined]
    assert records.get(desk, meeting).chair_a == made.id  # type: ignore[attr-defined]
    history.undo(desk)
    assert records.get(desk, meeting).chair_a is None  # type: ignore[attr-defined]
    assert records.get(desk, made.id).is_deleted


@pytest.mark.rule("T3")
def test_a_new_meeting_may_begin_with_somebody_new(desk: Desk) -> None:
    made, post = completion.make(desk, CHAIR, "WU Wenneng, Deputy Mayor")
    meeting = records.add(desk, "meeting", {"chair_a": FieldChange(CHAIR, [lambda _: made.id], [made, post])})
    assert records.get(desk, meeting).chair_a == made.id  # type: ignore[attr-defined]
    assert records.titles(desk, [made.id]) == {made.id: "Wu Wenneng"}
    assert records.get(desk, post.id).post.said("en") == "Deputy Mayor"  # type: ignore[attr-defined]


def test_only_what_stands_on_its_own_can_be_begun_by_naming_it(desk: Desk) -> None:
    assert completion.can_make(CHAIR) == "person"
    assert completion.can_make(KINDS["person"].fields["nationality"]) == ""
    assert completion.make(desk, KINDS["theme"].fields["sdgs"], "11") == []
    for nobody in ("  ", ",", "、", "()", "（）"):
        assert (completion.make(desk, CHAIR, nobody), completion.say_new(CHAIR, nobody)) == ([], "")


OF_EACH_KIND = 3


def test_no_text_renames_a_side_after_which_nobody_asks_again(second_desk: Desk, second_story: SecondStory) -> None:
    desk, changes = second_desk, list[ChangeEvent]()
    asked = [second_story.ids[kind][0] for kind in ("ucap", "visit", "meeting", "agreement")]
    desk.subscribe(changes.append)
    spared, asked_again = set[str](), set[str]()
    for kind in KINDS.values():
        texts = [name for name, field in kind.fields.items() if isinstance(field.type, BilingualType)]
        for id_ in desk.read.ids(kind.name)[:OF_EACH_KIND] if texts and not kind.cls.reserved else ():
            before = [visits.side_names(desk, each) for each in asked]
            records.edit(desk, id_, {name: Bilingual(en=f"Other {name}", zh="别的") for name in texts})
            after = [visits.side_names(desk, each) for each in asked]
            may = visits.sides_may_differ(changes[-1])
            (asked_again if may else spared).add(kind.name)
            assert may or after == before, kind.name
    assert {"visit", "meeting", "agenda_item", "person"} <= spared
    assert {"place", "organisation", "ucap_side"} <= asked_again


def test_whatever_is_no_text_may_rename_a_side(second_desk: Desk, second_story: SecondStory) -> None:
    changes = list[ChangeEvent]()
    second_desk.subscribe(changes.append)
    meeting = second_story["meeting"]
    records.edit(second_desk, meeting, {"ucap": None})
    records.edit(second_desk, meeting, {"title": Bilingual(en="Other", zh="别的"), "ucap": second_story["ucap"]})
    records.trash(second_desk, records.children(second_desk, meeting)["participation"][0].id)
    assert [visits.sides_may_differ(each) for each in changes] == [True] * 3
