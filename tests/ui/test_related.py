"""Related records on the page of a person, a city or a UCAP; the picture of a partnership; the questions before a linked record goes, and where two sources differ."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton

from tests.helpers.answers import answering
from tests.helpers.paper_facts import PAPERS
from tests.helpers.shown import kept_by, said_by
from tests.ui.conftest import User
from tests.ui.list_hands import add_record, answer, press_in, screen_of, show_list
from ucapdesk.model.values import Bilingual, PartialDate, PersonName, Refs
from ucapdesk.papers import printing as papers
from ucapdesk.services.exchange import conflicts
from ucapdesk.services.files.imports import import_files
from ucapdesk.services.records import attached_files, records
from ucapdesk.ui.papers.paper_dialog import PaperDialog
from ucapdesk.ui.record.attachments import FileList
from ucapdesk.ui.record.child_list import ChildList
from ucapdesk.ui.screens.meeting_screen import MeetingScreen
from ucapdesk.ui.screens.people_screens import Around, PartnershipDialog
from ucapdesk.ui.screens.visit_screen import VisitScreen
from ucapdesk.ui.toolkit.item_views import TextTable


def _around(user: User) -> Around:
    found = user.find(Around, "around")
    user.bot.waitUntil(lambda: found.isVisibleTo(user.window))
    return found


def _rows(page: Around) -> list[tuple[str, ...]]:
    table = page.table
    return [
        tuple(item.text() if (item := table.item(row, column)) else "" for column in range(3))
        for row in range(table.rowCount())
    ]


@pytest.mark.row("B12")
@pytest.mark.rule("W6")
def test_a_ucap_has_its_timeline_and_a_number_narrows_it(user: User) -> None:
    user.open(user.id("ucap"))
    page = _around(user)
    rows = _rows(page)
    assert rows[0][0].startswith("● April 2019")
    visits = user.find(QPushButton, "around.visit")
    assert visits.text() == "Visits 4"
    user.bot.mouseClick(visits, Qt.MouseButton.LeftButton)
    assert len(_rows(page)) == 4
    assert all(what.startswith("Visit: ") for _, what, _ in _rows(page))
    user.bot.mouseClick(visits, Qt.MouseButton.LeftButton)
    assert len(_rows(page)) == len(rows)


def test_a_row_is_opened_with_enter(user: User) -> None:
    user.open(user.id("ucap"))
    page = _around(user)
    page.table.setFocus()
    page.table.setCurrentCell(0, 0)
    wanted = page.table.data_of(0)
    user.bot.keyClick(page.table, Qt.Key.Key_Return)
    assert user.record.id == wanted


def test_somebody_new_has_nothing_and_what_comes_is_shown_at_once(user: User) -> None:
    person = user.open(add_record(user, "person", "name.family=Zhang"))
    page = user.find(Around, "around")
    user.bot.wait(200)
    assert not page.isVisibleTo(user.window)
    meeting = user.id("meeting")
    add_record(user, "participation", f"owner={meeting}", f"person={person}")
    user.window.record.refresh()
    user.bot.waitUntil(lambda: page.isVisibleTo(user.window))
    assert [row[2] for row in _rows(page)] == ["Participant"]
    records.trash(user.desk, person)


def test_a_meeting_with_the_person_shown_is_begun_from_the_menu(user: User) -> None:
    person = user.open(user.id("person"))
    assert user.window.menus.actions["record.meet"].isEnabled()
    user.window.do("record.meet")
    meeting = user.record
    assert type(meeting).__tablename__ == "meeting"
    assert [each.person for each in records.children(user.desk, meeting.id)["participation"]] == [person]  # type: ignore[attr-defined]
    assert not user.window.menus.actions["record.meet"].isEnabled()


@pytest.mark.rule("W5")
def test_the_numbers_over_the_fields_say_what_was_signed_and_lead_to_the_rows(user: User) -> None:
    person = add_record(user, "person", "name.family=Zhang")
    for status in ("signed", "negotiation"):
        mou = add_record(user, "agreement", f"title.en={status}", f"status={status}")
        add_record(user, "signatory", f"owner={mou}", f"person={person}")
    user.open(person)
    page = _around(user)
    number = user.find(QPushButton, "around.agreement")
    assert number.text() == "MoUs 2, 1 signed"
    press_in(user, number, Qt.Key.Key_Space)
    assert [what for _, what, _ in _rows(page)] == ["MoU: negotiation", "MoU: signed"]
    assert not page.table.visibleRegion().isEmpty(), "they are in sight"


@pytest.mark.rule("W6")
def test_the_themes_of_a_ucap_stand_in_a_table_that_counts_and_leads_to_them(user: User) -> None:
    ucap = user.id("ucap")
    theme = records.children(user.desk, ucap)["theme"][0].id
    for kind in ("agreement", "agreement", "meeting"):
        records.add(user.desk, kind, {"title": Bilingual(en="Probe"), "themes": Refs([theme])})
    user.open(ucap)
    table = user.find(TextTable, "themes.table")
    assert table.rowCount() == 7
    row = [item.text() if (item := table.item(0, column)) else "" for column in range(6)]
    assert row == ["Smart Energy District", "7", "Energy Transition", "1", "2", "1"]
    assert user.find(QLabel, "themes.mous").text() == "MoUs of this UCAP: 10 reported, 0 recorded"
    records.add(user.desk, "agreement", {"title": Bilingual(en="Found"), "ucap": ucap})
    user.window.record.refresh()
    assert user.find(QLabel, "themes.mous").text() == "MoUs of this UCAP: 10 reported, 1 recorded"
    table.setFocus()
    table.setCurrentCell(0, 0)
    user.press(Qt.Key.Key_Return)
    assert user.record.id == theme
    assert _around(user).line.isVisibleTo(user.window)


@pytest.mark.rule("W6")
def test_a_project_has_its_road_map_to_be_filled_in_at_once(user: User) -> None:
    project = user.open(records.add(user.desk, "pilot_project", {"title": Bilingual(en="Solar roofs")}))
    user.click("parts.road_map_step.add")
    steps = user.find(ChildList, "parts.road_map_step")
    assert steps.isAncestorOf(user.focus())
    user.write(user.focus(), "Choose the roofs")  # type: ignore[arg-type]  # it is a line
    user.press(Qt.Key.Key_Tab)
    (made,) = records.children(user.desk, project)["road_map_step"]
    assert records.titles(user.desk, [made.id])[made.id] == "Choose the roofs"


@pytest.fixture
def dialog(user: User) -> PartnershipDialog:
    ucap = user.id("ucap")
    mou = records.add(user.desk, "agreement", {"title": Bilingual(en="Hydrogen buses"), "ucap": ucap})
    place = records.listing(user.desk, "place", find="Barcelona")[0]
    house = records.add(user.desk, "organisation", {"name": Bilingual(en="Port of Barcelona"), "place": place})
    records.add(user.desk, "agreement_party", {"owner": mou, "organisation": house, "side": "B"})
    made = kept_by(user.bot, PartnershipDialog(user.desk, ucap, "Liuzhou"))
    made.show()
    QApplication.processEvents()
    return made


def test_cities_themes_and_mous_stand_in_columns_and_say_who_met_whom(dialog: PartnershipDialog) -> None:
    picture = dialog.picture
    by_title = {node.title: node for node in picture.partnership.nodes}
    assert (by_title["Liuzhou"].column, by_title["Hydrogen buses"].column, by_title["Barcelona"].column) == (0, 1, 2)
    met = {frozenset((link.a, link.b)): link.met for link in picture.partnership.links if link.met}
    pair = frozenset((by_title["Liuzhou"].id, by_title["Barcelona"].id))
    assert met[pair] >= 1
    said = picture.buttons[by_title["Barcelona"].id].toolTip()
    assert "Liuzhou" in said
    assert "meeting" in said
    assert "Hydrogen buses" in said
    boxes = [picture.buttons[node.id].geometry() for node in picture.partnership.nodes]
    assert all(not a.intersects(b) for at, a in enumerate(boxes) for b in boxes[at + 1 :])


def test_what_is_pressed_is_shown(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    user.open(user.id("ucap"))
    place = records.listing(user.desk, "place", find="Barcelona")[0]
    answer(monkeypatch, PartnershipDialog, lambda shown: shown.picture.buttons[place].click())
    user.window.do("record.partnership")
    assert user.window.record.id == place


def test_the_picture_is_a_paper_that_is_previewed(user: User, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    user.open(user.id("ucap"))
    previewed: list[str] = []
    answer(monkeypatch, PartnershipDialog, lambda shown: shown.findChild(QPushButton, "partnership.print").click())
    answer(
        monkeypatch,
        PaperDialog,
        lambda shown: previewed.append(shown.choice.findChild(QComboBox, "pack.document").currentData()),
    )
    user.window.do("record.partnership")
    assert previewed == ["partnership"]
    target = tmp_path / "picture.pdf"
    papers.brief(user.desk, [user.id("ucap")], target, document="partnership", page="A4-landscape")
    document = pypdfium2.PdfDocument(target)
    drawn = document[0].render(scale=1).to_pil().convert("L")
    said = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    left, _, right, _ = drawn.point(lambda light: 255 * (light < 200)).getbbox()
    assert right - left > drawn.width * 0.6, "both columns are on the page"
    assert "Barcelona" in said
    assert "Solid lines" in said
    assert "Meetings" in said, "what the lines say is told in words too"


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
    for reply, left in (("Keep it", 2), ("Move to the Trash", 1), ("none is asked", 0)):
        files.items.setFocus()
        files.items.setCurrentRow(0)
        with answering(reply) as said:
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
    screen.checklist.rows.setFocus()
    screen.checklist.rows.setCurrentRow(0)
    with answering("none is asked") as said:
        user.press(Qt.Key.Key_Delete)
    assert said == []
    assert records.get(user.desk, line).is_deleted


FIRST = PAPERS / "11a-liuzhou-first-source.txt"


def _asked(user: User, folder: Path) -> str:
    other = folder / "minutes.txt"
    text = FIRST.read_text("utf-8").replace("Liuzhou", "Wuzhou")
    first = folder / "first.txt"
    first.write_text(text, "utf-8")
    other.write_text(text.replace("9–15 June", "12–16 June"), "utf-8")
    import_files(user.desk, [first])
    import_files(user.desk, [other])
    (question,) = conflicts.conflicts(user.desk)
    return question.id


def test_both_values_and_both_papers_stand_on_the_record_and_one_is_used(user: User, tmp_path: Path) -> None:
    visit = user.open(_asked(user, tmp_path))
    bar = user.window.record.sources
    user.bot.waitUntil(lambda: bool(said_by(bar)))
    for said in ("first.txt", "minutes.txt", "9", "15", "12", "16", "Dates"):
        assert said in said_by(bar)
    user.click("record.source.take")
    user.bot.waitUntil(lambda: not said_by(bar))
    assert user.value(visit, "dates").edtf == "2019-06-12/2019-06-16"
    assert not conflicts.conflicts(user.desk)
    user.window.do("edit.undo")
    user.bot.waitUntil(lambda: bool(said_by(bar)))


def test_another_record_has_no_question_and_what_is_kept_is_not_asked_again(user: User, tmp_path: Path) -> None:
    visit = user.open(_asked(user, tmp_path))
    bar = user.window.record.sources
    user.bot.waitUntil(lambda: bool(said_by(bar)))
    user.open(user.id("theme"))
    assert not said_by(bar)
    user.open(visit)
    user.bot.waitUntil(lambda: bool(said_by(bar)))
    user.click("record.source.keep")
    user.bot.waitUntil(lambda: not said_by(bar))
    assert user.value(visit, "dates").edtf == "2019-06-09/2019-06-15"
    assert not conflicts.conflicts(user.desk)


def test_a_bar_does_not_touch_the_title_below_it(user: User) -> None:
    user.open(user.id("meeting"))
    bar = user.window.record.bar
    bar.say("test", "One sentence.")
    user.bot.waitUntil(lambda: bar.height() > 20)
    picture = user.window.grab(QRect(bar.mapTo(user.window, QPoint(0, 0)), bar.size())).toImage()
    colours = [picture.pixelColor(picture.width() // 2, y).name() for y in range(picture.height())]
    assert colours[-1] != colours[1], "its own colour ends above"
