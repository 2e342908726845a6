"""Values as they are typed: dates, times, numbers, addresses, names; what is filled in for them, what is too long or impossible, and what cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodQueryEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.changesets import take_in
from tests.helpers.clock import FrozenClock
from tests.helpers.package_maker import Hand, Log, Parcel
from tests.helpers.pages import PAGES
from tests.helpers.shown import child
from tests.helpers.stage import Stage
from tests.property.forgeries import IMPOSSIBLE
from tests.ui.conftest import User
from tests.ui.list_hands import focused, screen_of
from tests.ui.one_field import OneField
from ucapdesk.base import settings
from ucapdesk.base.i18n import use_language
from ucapdesk.exchange.receiving import receive
from ucapdesk.exchange.reports import APPLIED
from ucapdesk.model.kinds import KINDS, LISTED
from ucapdesk.model.rules import limits
from ucapdesk.model.rules.limits import LONGEST_LINE, LONGEST_TEXT
from ucapdesk.model.values import Bilingual, Counts, Geo, HanName, Money, PartialDate, PersonName, Quantity, When
from ucapdesk.services import Desk, home
from ucapdesk.services.records import history, records
from ucapdesk.store.log.changeset import make, parse
from ucapdesk.store.safety.check import check
from ucapdesk.ui.fields.value_editors import zone_options
from ucapdesk.ui.screens.agreement_screen import AgreementScreen
from ucapdesk.ui.screens.visit_screen import VisitScreen
from ucapdesk.ui.toolkit.text_inputs import text_boxes

Mount = Callable[[str, str], OneField]


@pytest.fixture
def clock() -> FrozenClock:
    """It is Tuesday, 24 November 2026."""
    return FrozenClock(datetime(2026, 11, 24, 9, tzinfo=UTC))


@pytest.fixture
def desk(sample_folder: Path, clock: FrozenClock) -> Iterator[Desk]:
    """The sample on that day."""
    with Desk.open(sample_folder, clock=clock) as opened:
        yield opened


@pytest.fixture
def mount(qtbot: QtBot, dressed: QApplication, desk: Desk) -> Mount:
    """Shows the editor of a field of the first record of a kind; where there is none, of an empty one."""

    def show(kind: str, name: str) -> OneField:
        id_ = next(iter(records.listing(desk, kind)), None) or records.add(desk, kind, {})
        return OneField(qtbot, desk, id_, name)

    return show


# -- dates ----------------------------------------------------------------------------------------


@pytest.mark.rule("V3", "R40")
def test_a_date_is_said_back_in_both_languages_while_it_is_typed_and_then_saved(mount: Mount) -> None:
    due = mount("agreement", "signed")
    due.type("15.1")
    assert due.echo == "Fri 15 Jan 2027 · 2027年1月15日 星期五"
    due.type("15.12")
    assert due.echo == "Tue 15 Dec 2026 · 2026年12月15日 星期二"
    assert not due.value, "nothing is saved while one types"
    due.leave()
    assert (due.value, due.text()) == (PartialDate("2026-12-15"), "15 December 2026")


@pytest.mark.rule("V3")
def test_what_was_typed_is_read_once_however_often_the_field_is_left(mount: Mount, clock: FrozenClock) -> None:
    due = mount("agreement", "signed")
    due.type("fri")
    due.press(Qt.Key.Key_Return)
    assert due.value == PartialDate("2026-11-27")
    assert due.text() == "fri", "under the cursor it stays as it was typed"
    steps = due.steps
    clock.tick(5 * 86400)  # the next Friday is another one
    due.leave()
    assert due.text() == "27 November 2026"
    due.box().setFocus()
    due.press(Qt.Key.Key_Return)
    due.leave()
    assert (due.value, due.steps) == (PartialDate("2026-11-27"), steps)


@pytest.mark.rule("V3")
def test_a_chinese_reader_has_the_month_first_and_types_with_the_input_method(mount: Mount) -> None:
    use_language("zh")
    due = mount("agreement", "signed")
    assert (due.enter("9/10"), due.text()) == (PartialDate("2026-09-10"), "2026年9月10日")
    due.box().setFocus()
    due.press(Qt.Key.Key_A, ctrl=True)
    due.compose("shieryue")
    due.press(Qt.Key.Key_Return)
    assert due.value == PartialDate("2026-09-10"), "Enter was for the input method"
    due.compose("", "明年")
    due.type("12月15日")
    due.leave()
    assert (due.value, due.text()) == (PartialDate("2026-12-15"), "2026年12月15日")


@pytest.mark.rule("V1", "V2", "V6")
def test_what_is_no_date_is_said_when_the_field_is_left_with_two_good_ways_to_write_one(mount: Mount) -> None:
    due = mount("agreement", "signed")
    due.type("32.12")
    assert due.message == "", "nobody is corrected while typing"
    due.leave()
    assert due.message == (
        "“32.12” cannot be read as a date; nothing was changed. Write it for example as 14 Apr 2027 or June 2019."
    )
    assert due.text() == "32.12"
    assert due.value is None
    described = due.box().accessibleDescription()
    assert described == f"Not saved: {due.message}"
    due.type("31.12")
    assert due.message == "", "it is right now"
    assert due.box().accessibleDescription() == ""
    due.leave()
    assert due.value == PartialDate("2026-12-31")


@pytest.mark.rule("V3", "R40", "R41")
def test_a_date_stays_as_vague_as_it_was_typed(mount: Mount) -> None:
    due = mount("agreement", "signed")
    for typed, edtf, shown in (
        ("june 2019", "2019-06", "June 2019"),
        ("2019", "2019", "2019"),
        ("9-15 june 2019", "2019-06-09/2019-06-15", "9–15 June 2019"),
        ("2019-06~", "2019-06~", "about June 2019"),
    ):
        assert (due.enter(typed), due.text()) == (PartialDate(edtf), shown)
    assert due.enter("") is None


# -- times ----------------------------------------------------------------------------------------


@pytest.mark.rule("V3")
def test_a_time_is_typed_in_parts_and_saved_as_one_step_when_all_are_left(mount: Mount) -> None:
    when = mount("meeting", "when")
    steps, before = when.steps, when.value
    when.type("24.11.2026")
    when.press(Qt.Key.Key_Tab)
    assert when.focus() is when.box("start")
    when.type("1505-1605", "start")
    assert when.value == before
    assert "Tue 24 Nov 2026, 15:05–16:05" in when.echo
    assert "2026年11月24日 星期二 15:05–16:05" in when.echo
    when.leave()
    assert (when.value, when.steps) == (When("2026-11-24", "15:05", "16:05", tz=before.tz), steps + 1)
    assert (when.text("start"), when.text("end")) == ("15:05", "16:05")


@pytest.mark.rule("V3", "I5")
def test_hours_may_stand_behind_the_day_and_in_chinese(mount: Mount) -> None:
    when = mount("meeting", "when")
    when.enter("fri 0930 1030")
    assert (when.value.date, when.value.start, when.value.end) == ("2026-11-27", "09:30", "10:30")
    when.type("下午3点半", "start")
    when.enter("１７：００", "end")
    assert (when.value.start, when.value.end) == ("15:30", "17:00")


@pytest.mark.rule("V1", "V2")
def test_a_part_that_cannot_be_is_said_when_one_goes_on_to_the_next_part(mount: Mount) -> None:
    when = mount("meeting", "when")
    before = when.value
    when.type("9:99", "start")
    assert when.message == ""
    when.press(Qt.Key.Key_Tab)
    assert "“9:99” cannot be read as a time" in when.message
    assert when.value == before
    when.type("9:30", "start")
    assert when.message == ""
    when.leave()
    assert when.value.start == "09:30"


def test_the_clock_of_another_place_is_found_by_its_city_in_either_script(mount: Mount) -> None:
    assert next(iter(zone_options("madr", []))) == "Europe/Madrid"
    assert "Asia/Shanghai" in zone_options("shanghai", [])
    use_language("zh")
    assert next(iter(zone_options("马德里", []))) == "Europe/Madrid"
    assert "Europe/Madrid" in zone_options("mdl", [])
    when = mount("meeting", "when")
    when.editor.zone.zone = "Asia/Shanghai"
    when.editor.commit()
    assert when.value.tz == "Asia/Shanghai"
    assert when.editor.zone.text().startswith("北京")
    when.type("2027-04-14")
    when.editor.zone.setFocus()
    when.leave()
    assert when.value.date == "2027-04-14", (
        "what was typed before somebody passed the button of the clock was never saved"
    )


@pytest.mark.rule("V3")
def test_a_day_and_a_time_that_are_plain_texts_are_typed_as_freely(mount: Mount, desk: Desk) -> None:
    meeting = records.listing(desk, "meeting")[0]
    records.add(desk, "agenda_item", {"owner": meeting, "title": Bilingual(en="Opening")})
    starts = mount("agenda_item", "starts")
    for typed, kept in (("930", "09:30"), ("9点半", "09:30"), ("after lunch", "after lunch")):
        starts.enter(typed)
        assert (starts.value, starts.text()) == (kept, kept)
    visit = records.listing(desk, "visit")[0]
    records.add(desk, "itinerary_day", {"owner": visit, "date": "2019-06-09"})
    day = mount("itinerary_day", "date")
    assert day.enter("15.12.") == "2026-12-15"
    day.enter("June 2019")
    assert "cannot be read as a date" in day.message


# -- numbers --------------------------------------------------------------------------------------


def test_a_quantity_is_kept_as_printed_and_said_back(mount: Mount) -> None:
    people = mount("place", "population")
    people.type("about 4 million")
    assert people.echo == "约400万"
    people.leave()
    assert people.value == Quantity(4_000_000, "about", "about 4 million")
    assert (people.enter("N/A"), people.text()) == (Quantity(None, "not_available", "N/A"), "N/A")
    assert people.enter("0") == Quantity(0), "nothing known is not nothing"
    assert people.enter("415.79万（2020年）") == Quantity(4_157_900, "exact", "415.79万", 2020)
    people.enter("lots")
    assert "cannot be read as a number" in people.message


def test_money_and_positions_are_typed_as_people_write_them(mount: Mount) -> None:
    budget = mount("visit", "budget")
    budget.type("5万元")
    assert budget.echo == "CNY 50,000 · 50,000元"
    budget.leave()
    assert budget.value == Money("50000", "CNY")
    position = mount("place", "position")
    position.type("24.31, -109.4")
    assert position.echo == "24.31° N, 109.4° W · 北纬24.31° 西经109.4°"
    position.leave()
    assert position.value == Geo("24.31", "-109.4")
    position.enter("91, 0")
    assert "cannot be read as a position" in position.message


def test_a_whole_number_may_have_separators(mount: Mount) -> None:
    pages = mount("source_document", "pages")
    assert pages.enter("1,200") == 1200
    pages.enter("1.5")
    assert "a whole number" in pages.message


# -- texts with a shape ---------------------------------------------------------------------------


@pytest.mark.rule("V1", "V2", "I6")
@pytest.mark.parametrize(
    ("name", "odd", "fine"),
    [
        ("email", "zhangwei(at)example.cn", "zhangwei@example.cn"),
        ("phone", "138 0000 0000", "+86 138 0000 0000"),
        ("mobile", "ask Ana", "+34 600 000 000"),
    ],
)
def test_an_odd_address_is_doubted_and_kept(mount: Mount, name: str, odd: str, fine: str) -> None:
    field = mount("person", name)
    field.type(odd)
    assert field.message == ""
    field.leave()
    assert field.value == odd
    assert field.message
    assert field.editor._message.level == "warning"
    assert field.box().accessibleDescription().startswith("Check this: ")
    field.type(fine)
    assert field.message == ""
    field.leave()
    assert (field.value, field.message) == (fine, "")
    asked = QInputMethodQueryEvent(Qt.InputMethodQuery.ImHints)
    QApplication.sendEvent(field.box(), asked)
    assert field.box().inputMethodHints() & Qt.InputMethodHint.ImhPreferLatin


@pytest.mark.rule("W5")
def test_who_sees_a_field_is_said_over_it(mount: Mount) -> None:
    assert mount("person", "mobile").page.findChild(QWidget, "field.mobile.private") is not None
    assert mount("person", "email").page.findChild(QWidget, "field.email.private") is None
    passport = child(mount("person", "passport_number").page, QLabel, "field.passport_number.private")
    assert passport.text() == "this laptop only"
    assert "never sent to others" in passport.toolTip()


# -- names ----------------------------------------------------------------------------------------


@pytest.mark.rule("B9", "R24", "W5")
def test_a_name_is_typed_in_parts_and_shown_as_it_will_be_written(mount: Mount) -> None:
    name = mount("person", "name")
    steps = name.steps
    name.type("Chen", "family")
    name.press(Qt.Key.Key_Tab)
    name.type("Yan", "given")
    assert name.box("echo").text() == "Shown: Yan Chen", "which part comes first is not guessed"
    name.editor.order.setCurrentIndex(name.editor.order.findData("family_first"))
    name.leave()
    assert name.value == PersonName("Chen", "Yan", "family_first")
    assert name.box("echo").text() == "Shown: Chen Yan"
    assert name.steps == steps + 1, "a name is one thing"


@pytest.mark.rule("B9", "R24")
def test_a_chinese_name_is_shown_in_its_own_words_and_never_made_up(mount: Mount) -> None:
    name = mount("person", "name_han")
    name.type("陈", "family")
    assert name.enter("燕", "given") == HanName("陈", "燕")
    assert name.box("echo").text().endswith("陈燕")
    latin = mount("person", "name")
    before = records.get(latin.desk, latin.id)
    latin.enter("Zhang", "family")
    after = records.get(latin.desk, latin.id)
    assert after.name_han == before.name_han  # type: ignore[attr-defined]


@pytest.mark.rule("B9")
def test_a_whole_name_in_one_line_is_parted_only_where_its_writing_tells_how(mount: Mount) -> None:
    han = mount("person", "name_han")
    han.enter("", "given")
    assert han.enter("张伟", "family") == HanName("张", "伟")
    assert (han.text("family"), han.text("given")) == ("张", "伟")
    assert han.message == "Family name 张, given name 伟: correct it if this is wrong."
    han.enter("", "given")
    assert han.enter("欧阳", "family") == HanName("欧阳")
    name = mount("person", "name")
    name.enter("", "given")
    assert name.enter("WU Wenneng", "family") == PersonName("Wu", "Wenneng", "family_first")
    name.enter("", "given")
    name.enter("Ortega Ruiz", "family")
    assert name.value.family == "Ortega Ruiz"
    assert name.message == "Is all of this the family name? The given name has a field of its own."


# -- all of them ----------------------------------------------------------------------------------

ENTERED: dict[str, tuple[str, str, Any]] = {
    "date": ("agreement", "signed", PartialDate("2019-06~")),
    "when": ("meeting", "when", When("2019-06-12", "09:00", "10:30", tz="Europe/Madrid")),
    "quantity": ("place", "population", Quantity(4_000_000, "about", "4 million", 2018)),
    "money": ("visit", "budget", Money("12.50", "EUR")),
    "counts": ("agreement", "originals_by_language", Counts({"en": 2, "zh": 1})),
    "geo": ("place", "position", Geo("24.31", "109.41")),
    "whole": ("source_document", "pages", 1200),
    "name": ("person", "name", PersonName("Wu", "Wenneng", "family_first")),
    "han": ("person", "name_han", HanName("欧阳", "修")),
}


@pytest.mark.rule("V3")
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("word", ENTERED)
def test_passing_through_a_field_changes_nothing(mount: Mount, word: str, lang: str) -> None:
    use_language(lang)
    kind, name, value = ENTERED[word]
    field = mount(kind, name)
    records.edit(field.desk, field.id, {name: value})
    field.show()
    steps = field.steps
    for line in text_boxes(field.editor):
        line.setFocus()
        field.press(Qt.Key.Key_Return)
    field.leave()
    assert (field.value, field.message, field.steps) == (value, "", steps)


# -- lists of codes -------------------------------------------------------------------------------


@pytest.mark.qt_log_ignore("does not support", extend=True)  # a list that opens, on the offscreen platform
@pytest.mark.parametrize(
    ("lang", "letters", "code"), [("en", "onl", "online"), ("en", "hyb", "hybrid"), ("zh", "xs", "online")]
)
def test_letters_find_in_a_list_and_nothing_is_chosen_before_enter(
    mount: Mount, lang: str, letters: str, code: str
) -> None:
    use_language(lang)
    mode = mount("meeting", "mode")
    box, steps = mode.editor.box, mode.steps
    records.edit(mode.desk, mode.id, {"mode": "in_person"})
    mode.show()
    box.setFocus()
    mode.bot.keyClick(box, letters[0])
    mode.bot.waitUntil(lambda: box.view().isVisible())
    mode.bot.keyClicks(box.view(), letters[1:])
    assert mode.value == "in_person"
    mode.bot.keyClick(box.view(), Qt.Key.Key_Return)
    assert mode.value == code
    assert mode.steps <= steps + 2


def test_a_code_this_version_does_not_know_is_shown_and_kept(mount: Mount) -> None:
    mode = mount("meeting", "mode")
    records.edit(mode.desk, mode.id, {"mode": "hologram"})
    mode.show()
    assert mode.editor.box.currentText() == "hologram"
    assert mode.editor.commit()
    assert mode.value == "hologram"


def test_yes_no_and_not_said_are_three_answers(mount: Mount) -> None:
    draft = mount("agreement", "placeholder")
    box = focused(draft.editor.box)
    for text, value in (("Yes", True), ("No", False), ("—", None)):
        box.setCurrentIndex(box.findText(text))
        box.activated.emit(box.currentIndex())
        assert draft.value is value


# -- in a row under others ------------------------------------------------------------------------


def test_in_a_row_a_date_is_short_and_its_words_are_a_tip(mount: Mount) -> None:
    due = mount("agreement", "signed")
    due.editor.make_compact()
    due.type("15.12")
    assert due.echo == "Tue 15 Dec 2026 · 2026年12月15日 星期二", "while one types it is said"
    due.leave()
    assert (due.text(), due.echo) == ("2026-12-15", "")
    assert due.box().toolTip() == "Tue 15 Dec 2026 · 2026年12月15日 星期二"
    when = mount("meeting", "when")
    zone = when.value.tz
    when.editor.make_compact()
    when.show()
    when.enter("15.12. 0930 1030")
    assert (when.text(), when.text("start"), when.text("end")) == ("2019-12-15", "09:30", "10:30")
    assert when.value == When("2019-12-15", "09:30", "10:30", tz=zone), "the year is that of the date that stood there"


def test_a_signatory_brings_party_and_post_along(user: User) -> None:
    house = records.add(user.desk, "organisation", {"name": Bilingual(en="City of Gdańsk")})
    person = records.add(user.desk, "person", {"name": PersonName("Wrzesińska", "Halina")})
    post = {"owner": person, "organisation": house, "post": Bilingual(en="Mayor", zh="市长")}
    records.add(user.desk, "affiliation", post)
    mou = records.add(user.desk, "agreement", {"title": Bilingual(en="Port data")})
    party = records.add(user.desk, "agreement_party", {"owner": mou, "organisation": house, "side": "B"})
    records.add(user.desk, "agreement_party", {"owner": mou, "free_name": Bilingual(en="Another"), "side": "A"})
    user.open(mou)
    screen = screen_of(user, AgreementScreen)
    screen.lists["signatory"].add_last()
    box: Any = user.focus()
    user.compose(box, "", "Wrzesińska")
    user.press(Qt.Key.Key_Return)
    user.press(Qt.Key.Key_Tab)
    (made,) = records.children(user.desk, mou)["signatory"]
    signatory: Any = made
    assert (signatory.person, signatory.party) == (person, party)
    assert dict(signatory.post) == {"en": "Mayor", "zh": "市长"}
    user.window.do("edit.undo")
    assert not records.children(user.desk, mou)["signatory"]


def test_a_visit_goes_to_the_only_city_of_the_other_side(user: User) -> None:
    ucap = user.id("ucap")
    user.window.record.show_new(KINDS["visit"], given={"travelling_side": "B", "title": Bilingual(en="Spring visit")})
    line = focused(user.editor("ucaps").field_of_chips.line)
    user.compose(line, "", "Liuzhou")
    user.press(Qt.Key.Key_Return)
    visit = user.window.record.id
    assert visit
    assert list(user.value(visit, "ucaps")) == [ucap]
    (city,) = user.value(visit, "host_places")
    assert records.titles(user.desk, [city], "en") == {city: "Liuzhou"}
    box = user.editor("travelling_side").box
    box.setCurrentIndex(box.findData("A"))
    box.activated.emit(box.currentIndex())
    assert list(user.value(visit, "host_places")) != [city], "what followed from the other side goes with it"


def test_the_details_of_a_day_begin_at_its_city(user: User) -> None:
    visit = user.id("visit")
    records.edit(user.desk, visit, {"dates": PartialDate("2027-05-10/2027-05-12")})
    user.open(visit)
    screen = screen_of(user, VisitScreen)
    screen.show_tab("itinerary")
    user.click("itinerary.day")
    assert type(user.record).__tablename__ == "itinerary_day"
    line = user.editor("place").field_of_chips.line
    assert user.focus() is line


PICTURE = "iVBORw0KGgo" * 800_000


@pytest.fixture
def meeting(user: User) -> str:
    """A meeting that is shown."""
    return user.open(user.id("meeting"))


@pytest.mark.parametrize(("field", "most"), [("summary", LONGEST_TEXT), ("title", LONGEST_LINE)])
def test_a_picture_pasted_as_text_is_refused_at_its_field_at_once(
    user: User, meeting: str, field: str, most: int
) -> None:
    before, steps = user.value(meeting, field), len(history.of(user.desk, meeting))
    QApplication.clipboard().setText(PICTURE)
    box = focused(user.box(f"{field}.en"))
    box.paste()
    assert f"{len(PICTURE):,}" in user.message(field)
    assert f"{most:,}" in user.message(field)
    user.press(Qt.Key.Key_Tab)
    assert (user.value(meeting, field), len(history.of(user.desk, meeting))) == (before, steps)
    user.type(f"{field}.en", "Short")
    assert user.value(meeting, field)["en"] == "Short"
    assert not user.message(field)


def test_a_text_that_grew_too_long_is_refused_where_it_stands_and_can_be_put_right(user: User, meeting: str) -> None:
    box = focused(user.box("title.en"))
    box.insert_text("x" * (LONGEST_LINE + 1))
    user.press(Qt.Key.Key_Tab)
    assert "at most" in user.message("title")
    assert len(box.said()) > LONGEST_LINE
    user.type("title.en", "Short")
    assert user.value(meeting, "title")["en"] == "Short"
    assert not user.message("title")


def test_what_is_too_long_for_a_part_of_a_name_is_refused_with_a_sentence(user: User) -> None:
    for field in ["name.family", "name_han.given"]:
        user.open(user.id("person"))
        box = user.box(field)
        was = box.said()
        box.take("x" * (LONGEST_LINE + 1))
        assert box.said() == was, field
        assert "takes 5,000 at most" in user.message(field.partition(".")[0]), field


def test_a_box_takes_what_its_field_takes(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LONGEST_TEXT", 70)
    user.open(user.id("meeting"))
    box = user.box("summary.en")
    box.clear()
    box.take("x" * 71)
    assert "takes 70 at most" in user.message("summary")
    box.take("x" * 70)
    assert len(box.said()) == 70


def impossible(desk: Desk, folder: Path, seed: int) -> Path:
    """A package that writes something impossible into every field of every record."""
    r, log = Random(seed), Log(desk.workspace.id, Hand("Li"))
    for name, kind in KINDS.items():
        if kind.cls.reserved:
            continue
        for (id_,) in desk.db.execute(f'SELECT id FROM "{name}"').fetchall():
            free = [cell for cell, field in kind.fields.items() if cell != "owner" and not field.meta.kinds]
            cells = {cell: r.choice(IMPOSSIBLE) for cell in free if r.random() < 0.7}
            log.save([name, id_, cells])
    return Parcel(log.workspace, log.hand, [log]).write(folder / f"{seed}.ucapx")


@pytest.mark.soak
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_page_shows(qapp: QApplication, second_desk: Desk, tmp_path: Path, lang: str) -> None:
    settings.save(settings.Settings(person="Ana"))
    for seed in range(2):
        (report,) = receive(second_desk, [impossible(second_desk, tmp_path, seed)], accept=True)
        assert report.state == APPLIED, report.why
    for kind in LISTED:
        for id_ in records.listing(second_desk, kind):
            records.get(second_desk, id_)
    stage = Stage(qapp, second_desk)
    stage.dress(lang)
    with closing(stage):
        for page in PAGES:
            with stage.shown(page, 1366, 768):
                pass
    assert check(second_desk).findings == []


def test_an_impossible_day_is_shown_where_it_stands_and_home_goes_on(user: User) -> None:
    visit = user.id("visit")
    header = {"d": "stranger", "s": 1, "t": 5, "y": 1, "p": "X", "l": ["x", {}], "v": user.desk.log.vector()}
    take_in(user.desk, parse(make(header, [("visit", visit, {"dates": "2026-02-31"})]).lines))
    use_language("en")
    home.page(user.desk, "en")
    user.open(visit)
    assert "“2026-02-31”" in user.message("dates")
    user.type("dates.line", "28 Feb 2026")
    assert user.value(visit, "dates").edtf == "2026-02-28"
    assert "31" not in user.message("dates")
