"""What two people notice after they worked on the same records without each other's files."""

from __future__ import annotations

import pytest

from tests.helpers.errors import user_error
from tests.property.world import TestDesk, pass_on
from tests.unit.store.desks import add, ana, bo, chen, hidden, meet, put, shown, title, trash, untrash
from ucapdesk.base.ids import derived_id
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.model.kinds.visit_kinds import AgendaItem, ItineraryDay, Meeting, MinuteEntry, Participation, Visit
from ucapdesk.model.values import Bilingual, Codes, PersonName
from ucapdesk.store.refusals import InTrash

__all__ = ["ana", "bo", "chen"]


def asked(desk: TestDesk) -> set[tuple[str, str]]:
    return {(q.id, q.cell) for q in desk.questions() if q.state == "decide"}


@pytest.fixture
def meeting(ana: TestDesk, bo: TestDesk) -> str:
    id_ = add(ana, Meeting, title=Bilingual(en="Round table", zh="圆桌"))
    pass_on(ana, bo)
    return id_


# -- values ----------------------------------------------------------------------------------------


def test_the_translator_and_the_author_of_one_title_never_meet(ana: TestDesk, bo: TestDesk, meeting: str) -> None:
    title(ana, meeting, en="Round table on water")
    title(bo, meeting, zh="水务圆桌")
    meet(ana, bo)
    assert (
        shown(ana, meeting, "title")
        == shown(bo, meeting, "title")
        == Bilingual(en="Round table on water", zh="水务圆桌")
    )
    assert asked(ana) == set()


def test_two_different_values_are_both_kept_and_asked_until_somebody_decides(
    ana: TestDesk, bo: TestDesk, meeting: str
) -> None:
    put(ana, meeting, room="201")
    bo.own_clock.tick(5)
    put(bo, meeting, room="305")
    meet(ana, bo)
    for desk in (ana, bo):
        (question,) = desk.questions()
        assert (question.id, question.cell) == (meeting, "room")
        assert [(c.value, c.person) for c in question.candidates] == [("305", "Person bo"), ("201", "Person ana")]
        assert shown(desk, meeting, "room") == "305"
    bo.decide(meeting, "room", "201")
    meet(ana, bo)
    assert asked(ana) == asked(bo) == set()
    assert shown(ana, meeting, "room") == "201"


def test_deciding_for_what_is_shown_already_ends_the_question_too(ana: TestDesk, bo: TestDesk, meeting: str) -> None:
    put(ana, meeting, room="201")
    put(bo, meeting, room="305")
    meet(ana, bo)
    ana.decide(meeting, "room", shown(ana, meeting, "room"))
    meet(ana, bo)
    assert asked(ana) == asked(bo) == set()


def test_the_same_value_twice_is_no_question(ana: TestDesk, bo: TestDesk, meeting: str) -> None:
    put(ana, meeting, room="201")
    put(bo, meeting, room="201")
    meet(ana, bo)
    assert ana.questions() == bo.questions() == []


def test_a_clock_ten_years_ahead_does_not_overrule_what_was_read_before_writing(
    ana: TestDesk, bo: TestDesk, meeting: str
) -> None:
    ana.own_clock.tick(10 * 365 * 86_400)
    put(ana, meeting, room="201")
    pass_on(ana, bo)
    put(bo, meeting, room="305")
    meet(ana, bo)
    assert shown(ana, meeting, "room") == shown(bo, meeting, "room") == "305"
    assert ana.questions() == []


def test_a_clock_put_back_does_not_stop_saving(ana: TestDesk, meeting: str) -> None:
    ana.own_clock.tick(-10 * 365 * 86_400)
    put(ana, meeting, room="201")
    put(ana, meeting, room="202")
    assert shown(ana, meeting, "room") == "202"
    times = [row[0] for row in ana.db.execute("SELECT t FROM sync_changeset ORDER BY n")]
    assert times == sorted(set(times))


def test_a_place_in_a_list_chosen_twice_is_never_asked(ana: TestDesk, bo: TestDesk, meeting: str) -> None:
    person = add(ana, Person, name=PersonName(family="Rossi"))
    pass_on(ana, bo)
    for desk in (ana, bo):
        add(desk, Participation, owner=meeting, person=person, role="guest")
    meet(ana, bo)
    assert ana.questions() == bo.questions() == []
    assert len(ana.db.execute("SELECT id FROM participation").fetchall()) == 1


def test_a_state_of_a_translation_is_never_asked_and_speaks_of_its_text_alone(
    ana: TestDesk, bo: TestDesk, meeting: str
) -> None:
    """H12: an approval and a new text met; nobody approved what is shown now."""
    with ana.save(["record.edit", {}]) as save:
        record = save.get(Meeting, meeting)
        record.title = Bilingual(record.title.cells if record.title else {}).mark("zh", "approved")
    title(bo, meeting, zh="圆桌会议")
    meet(ana, bo)
    assert ana.questions() == []
    assert shown(ana, meeting, "title")["zh"] == "圆桌会议"
    assert shown(ana, meeting, "title").state("zh") == "draft"


def test_minutes_changed_in_different_sentences_are_merged_and_named(ana: TestDesk, bo: TestDesk) -> None:
    id_ = add(ana, Meeting, summary=Bilingual(zh="开幕。讨论水务。讨论能源。结束。"))
    pass_on(ana, bo)
    put(ana, id_, summary=Bilingual(zh="欢迎。开幕。讨论水务。讨论能源。结束。"))
    put(bo, id_, summary=Bilingual(zh="开幕。讨论水务。讨论能源。签字。"))
    meet(ana, bo)
    for desk in (ana, bo):
        assert shown(desk, id_, "summary")["zh"] == "欢迎。开幕。讨论水务。讨论能源。签字。"
        assert [q.state for q in desk.questions()] == ["merged"]
    put(bo, id_, summary=Bilingual(zh="欢迎。开幕。签字。"))
    meet(ana, bo)
    assert ana.questions() == []


def test_one_sum_changed_to_two_others_is_asked_and_never_mixed(ana: TestDesk, bo: TestDesk) -> None:
    id_ = add(ana, Meeting, summary=Bilingual(en="Budget. The budget is EUR 50,000. End."))
    pass_on(ana, bo)
    put(ana, id_, summary=Bilingual(en="Budget. The budget is EUR 75,000. End."))
    put(bo, id_, summary=Bilingual(en="Budget. The budget is EUR 60,000. End."))
    meet(ana, bo)
    assert asked(ana) == asked(bo) == {(id_, "summary.en")}
    assert "76,000" not in shown(ana, id_, "summary")["en"]


# -- the Trash -------------------------------------------------------------------------------------


def test_a_delete_that_knew_everything_hides_the_record_and_its_parts(
    ana: TestDesk, bo: TestDesk, meeting: str
) -> None:
    part = add(ana, AgendaItem, owner=meeting, title=Bilingual(en="Opening"))
    pass_on(ana, bo)
    trash(bo, meeting)
    meet(ana, bo)
    assert hidden(ana, meeting)
    assert hidden(ana, part)
    assert ana.questions() == []
    untrash(ana, meeting)
    meet(ana, bo)
    assert not hidden(bo, meeting)
    assert not hidden(bo, part)


@pytest.mark.parametrize("answer", [0, 1])
def test_work_that_a_delete_did_not_know_of_keeps_the_record_and_is_asked(
    ana: TestDesk, bo: TestDesk, meeting: str, answer: int
) -> None:
    trash(ana, meeting)
    part = add(bo, AgendaItem, owner=meeting, title=Bilingual(en="New point"))
    meet(ana, bo)
    for desk in (ana, bo):
        assert not hidden(desk, meeting)
        assert not hidden(desk, part)
        assert asked(desk) == {(meeting, "~")}
    ana.decide(meeting, "~", answer)
    meet(ana, bo)
    for desk in (ana, bo):
        assert hidden(desk, meeting) == hidden(desk, part) == bool(answer)
        assert asked(desk) == set()


def test_a_removed_part_does_not_bring_back_the_meeting_another_trashed(
    ana: TestDesk, bo: TestDesk, meeting: str
) -> None:
    part = add(ana, AgendaItem, owner=meeting, title=Bilingual(en="Opening"))
    pass_on(ana, bo)
    trash(ana, part)
    trash(bo, meeting)
    meet(ana, bo)
    for desk in (ana, bo):
        assert hidden(desk, meeting)
        assert desk.questions() == []


def test_a_meeting_kept_by_an_entry_of_the_minutes_stays_when_the_entry_goes(
    ana: TestDesk, bo: TestDesk, meeting: str
) -> None:
    """H2: the question stands until it is answered."""
    trash(ana, meeting)
    entry = add(bo, MinuteEntry, owner=meeting, text=Bilingual(en="Agreed."))
    meet(ana, bo)
    trash(bo, entry)
    meet(ana, bo)
    for desk in (ana, bo):
        assert not hidden(desk, meeting)
        assert asked(desk) == {(meeting, "~")}


def test_both_trashed_is_no_question_but_trash_against_restore_is(ana: TestDesk, bo: TestDesk, meeting: str) -> None:
    trash(ana, meeting)
    trash(bo, meeting)
    meet(ana, bo)
    assert hidden(ana, meeting)
    assert ana.questions() == []
    untrash(ana, meeting)
    pass_on(ana, bo)
    trash(ana, meeting)
    title(bo, meeting, en="Still needed")
    meet(ana, bo)
    assert not hidden(ana, meeting)
    assert asked(ana) == asked(bo) == {(meeting, "~")}


def test_nothing_is_written_into_the_trash(ana: TestDesk, meeting: str) -> None:
    part = add(ana, AgendaItem, owner=meeting, title=Bilingual(en="Opening"))
    trash(ana, part)
    trash(ana, meeting)
    before = ana.everything()
    for refused, error in {
        lambda: put(ana, meeting, room="1"): InTrash,
        lambda: put(ana, part, minutes=5): InTrash,
        lambda: add(ana, AgendaItem, owner=meeting): InTrash,
        lambda: trash(ana, meeting): InTrash,
        lambda: trash(ana, part): InTrash,
        lambda: ana.decide(meeting, "room", "1"): InTrash,
    }.items():
        with pytest.raises(error, match=r"Round table|Opening"):
            refused()
    with user_error("owner-in-trash", match="Opening"):
        untrash(ana, part)
    assert ana.everything() == before


def test_questions_about_what_lies_in_the_trash_are_not_listed(ana: TestDesk, bo: TestDesk, meeting: str) -> None:
    put(ana, meeting, room="201")
    put(bo, meeting, room="305")
    meet(ana, bo)
    trash(ana, meeting)
    assert ana.questions() == []
    untrash(ana, meeting)
    assert asked(ana) == {(meeting, "room")}


# -- records two desks make, and parts that come again ---------------------------------------------


def test_the_same_day_made_on_two_desks_is_one_day(ana: TestDesk, bo: TestDesk) -> None:
    visit = add(ana, Visit, title=Bilingual(en="Visit"))
    pass_on(ana, bo)
    days = {add(desk, ItineraryDay, owner=visit, date="2026-05-03", dress="formal") for desk in (ana, bo)}
    meet(ana, bo)
    assert days == {derived_id(visit, "2026-05-03")}
    assert ana.questions() == []
    assert not hidden(bo, days.pop())


def test_a_participant_removed_and_added_again_comes_without_the_old_attendance(
    ana: TestDesk, bo: TestDesk, meeting: str
) -> None:
    person = add(ana, Person, name=PersonName(family="Rossi"))
    who = {"owner": meeting, "person": person, "role": "guest"}
    id_ = add(ana, Participation, attendance="excused", seat="3", **who)
    trash(ana, id_)
    assert add(ana, Participation, **who) == id_
    meet(ana, bo)
    for desk in (ana, bo):
        assert not hidden(desk, id_)
        assert shown(desk, id_, "attendance") is None
        assert shown(desk, id_, "seat") is None
        assert (shown(desk, id_, "person"), shown(desk, id_, "role")) == (person, "guest")


def test_a_participant_added_again_while_there_keeps_the_attendance(ana: TestDesk, meeting: str) -> None:
    person = add(ana, Person, name=PersonName(family="Rossi"))
    who = {"owner": meeting, "person": person, "role": "guest"}
    id_ = add(ana, Participation, attendance="present", **who)
    add(ana, Participation, seat="3", **who)
    assert (shown(ana, id_, "attendance"), shown(ana, id_, "seat")) == ("present", "3")


def test_a_record_made_again_has_none_of_its_old_tags(ana: TestDesk) -> None:
    id_ = add(ana, Visit, derived_id("visit", "1"), title=Bilingual(en="Visit"), tags=Codes(["water", "old"]))
    trash(ana, id_)
    add(ana, Visit, id_, title=Bilingual(en="Visit"), tags=Codes(["water"]))
    assert shown(ana, id_, "tags") == Codes(["water"])
    assert not hidden(ana, id_)


def test_tags_added_by_two_people_are_both_there(ana: TestDesk, bo: TestDesk, meeting: str) -> None:
    put(ana, meeting, tags=Codes(["water", "both"]))
    put(bo, meeting, tags=Codes(["energy", "both"]))
    meet(ana, bo)
    assert set(shown(ana, meeting, "tags")) == {"water", "energy", "both"}
    assert shown(ana, meeting, "tags") == shown(bo, meeting, "tags")
    assert ana.questions() == []


def test_a_tag_removed_by_one_and_put_back_by_another_stays_and_is_asked(
    ana: TestDesk, bo: TestDesk, meeting: str
) -> None:
    put(ana, meeting, tags=Codes(["water"]))
    meet(ana, bo)
    put(ana, meeting, tags=Codes())
    put(bo, meeting, tags=Codes())
    put(bo, meeting, tags=Codes(["water"]))
    meet(ana, bo)
    assert shown(ana, meeting, "tags") == shown(bo, meeting, "tags") == Codes(["water"])
    assert asked(ana) == asked(bo) == {(derived_id(meeting, "tags", "water"), "~")}


# -- an older program beside newer ones ------------------------------------------------------------


def test_an_older_program_keeps_alive_what_a_newer_one_wrote_below(bo: TestDesk) -> None:
    """H9: it knows whose part a record is, even of a kind it does not know."""
    old = TestDesk("old", older=True)
    meeting = add(old, Meeting, title=Bilingual(en="Round table"))
    pass_on(old, bo)
    part = add(bo, AgendaItem, owner=meeting, title=Bilingual(en="New point"))
    trash(old, meeting)
    meet(old, bo)
    assert not hidden(old, meeting)
    assert asked(old) == asked(bo) == {(meeting, "~")}
    old.close()
    assert part


def test_after_an_update_everything_a_newer_program_wrote_is_there(bo: TestDesk) -> None:
    """H10: values, parts, sets, what is hidden and what a search finds."""
    old = TestDesk("old", older=True)
    meeting = add(old, Meeting, title=Bilingual(en="Round table"))
    pass_on(old, bo)
    put(bo, meeting, mode="online", spoken=Codes(["zh"]), summary=Bilingual(en="Merkwort."))
    gone = add(bo, AgendaItem, owner=meeting, title=Bilingual(en="Weg"))
    kept = add(bo, AgendaItem, owner=meeting, title=Bilingual(en="Hierwort"))
    trash(bo, gone)
    meet(old, bo)
    put(old, meeting, room="201")
    assert old.found("merkwort") == set()
    old.update()
    meet(old, bo)
    assert old.bytes() == bo.bytes()
    assert (shown(old, meeting, "mode"), shown(old, meeting, "spoken")) == ("online", Codes(["zh"]))
    assert (hidden(old, gone), hidden(old, kept)) == (True, False)
    assert (old.found("merkwort"), old.found("hierwort")) == ({meeting}, {kept})
    old.close()


def test_a_sentence_of_the_log_is_a_key_that_every_reader_is_told_in_his_language(
    ana: TestDesk, bo: TestDesk, meeting: str
) -> None:
    assert {tuple(c.label) == ("record.add", {}) for c in bo.log.changesets()} == {True}


def test_a_number_of_the_clock_is_small_enough_to_be_read_again(ana: TestDesk, meeting: str) -> None:
    assert 10**15 < next(iter(ana.log.changesets())).time < 2**53
