"""Whoever throws away in the window what others name is told where, and may keep it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.helpers.answers import answering
from tests.ui.conftest import User
from tests.ui.list_hands import screen_of, show_list
from ucapdesk.model.values import Bilingual, PartialDate, PersonName, Refs
from ucapdesk.services.records import attached_files, records
from ucapdesk.ui.record.attachments import FileList
from ucapdesk.ui.screens.meeting_screen import MeetingScreen
from ucapdesk.ui.screens.visit_screen import VisitScreen


@pytest.mark.parametrize("several", [False, True])
def test_the_window_names_the_places_and_keeps_what_one_wants_to_keep(user: User, several: bool) -> None:
    used = next(id_ for id_ in records.listing(user.desk, "place") if user.desk.read.referring(id_))
    show_list(user, "place")
    ids = [used]
    if several:
        user.window.list.view.selectAll()
        ids = user.window.list.selected()
    else:
        user.open(used)
    user.window.list.view.setFocus()
    with answering("Keep it") as said:
        user.press(Qt.Key.Key_Delete)
    (question,) = said
    assert ("The selected records are used" if several else "is used in") in question
    assert "•" in question
    assert not any(records.get(user.desk, id_).is_deleted for id_ in ids)
    with answering("Move to the Trash"):
        user.press(Qt.Key.Key_Delete)
    assert all(records.get(user.desk, id_).is_deleted for id_ in ids)


def _chip(user: User) -> None:
    screen = screen_of(user, MeetingScreen)
    screen.people.chips.tokens[0].chip.setFocus()


def test_who_speaks_at_a_meeting_is_taken_off_its_list_only_when_one_says_so(user: User) -> None:
    person = records.add(user.desk, "person", {"name": PersonName("Probe", "Anna")})
    meeting = records.add(user.desk, "meeting", {"title": Bilingual(en="Kick-off")})
    part = records.add(user.desk, "participation", {"owner": meeting, "person": person})
    welcome = records.add(
        user.desk, "agenda_item", {"owner": meeting, "title": Bilingual(en="Welcome"), "speakers": Refs([person])}
    )
    user.open(meeting)
    _chip(user)
    with answering("Keep it") as said:
        user.press(Qt.Key.Key_Delete)
    (question,) = said
    assert "Welcome" in question
    assert not records.get(user.desk, part).is_deleted
    _chip(user)
    with answering("Move to the Trash"):
        user.press(Qt.Key.Key_Delete)
    assert records.get(user.desk, part).is_deleted
    records.untrash(user.desk, part)
    records.trash(user.desk, welcome)
    user.open(meeting)
    _chip(user)
    with answering("none is asked") as said:
        user.press(Qt.Key.Key_Delete)
    assert said == []
    assert records.get(user.desk, part).is_deleted, "nothing counts on them"


def test_the_only_signed_copy_of_an_mou_is_asked_about_and_another_file_is_not(user: User) -> None:
    mou = records.add(user.desk, "agreement", {"title": Bilingual(en="Harbour"), "status": "in_force"})
    for name, kind in (("signed.pdf", "signed_scan"), ("photo.pdf", "photo")):
        added = attached_files.attach_bytes(user.desk, mou, name, f"%PDF-1.7 {kind}".encode())
        records.edit(user.desk, added, {"type": kind})
    user.open(mou)
    files = next(each for each in user.window.findChildren(FileList) if each.isVisible())
    for answer, left in (("Keep it", 2), ("Move to the Trash", 1), ("none is asked", 0)):
        files.items.setFocus()
        files.items.setCurrentRow(0)
        with answering(answer) as said:
            user.press(Qt.Key.Key_Delete)
        assert len(attached_files.of(user.desk, mou)) == left
        assert ["MoU: Harbour" in each for each in said] == ([True] if left else [])


def test_a_line_of_a_checklist_that_nothing_counts_on_goes_without_a_question(user: User) -> None:
    visit = records.add(
        user.desk, "visit", {"title": Bilingual(en="Visit"), "dates": PartialDate("2027-06-08/2027-06-12")}
    )
    line = records.add(user.desk, "checklist_item", {"owner": visit, "text": Bilingual(en="Visas"), "offset_days": -7})
    user.open(visit)
    screen = screen_of(user, VisitScreen)
    screen.show_tab("checklist")
    assert screen.checklist is not None
    screen.checklist.rows.setFocus()
    screen.checklist.rows.setCurrentRow(0)
    with answering("none is asked") as said:
        user.press(Qt.Key.Key_Delete)
    assert said == []
    assert records.get(user.desk, line).is_deleted
