"""Links as chips that are typed, and the dialog that finds what to link."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.shown import child, kept_by
from tests.ui.conftest import User
from tests.ui.list_hands import focused
from tests.ui.one_field import OneField
from ucapdesk.base.i18n import use_language
from ucapdesk.model.kinds import LISTED
from ucapdesk.model.values import Bilingual, Codes, HanName, PersonName, Refs
from ucapdesk.services import Desk
from ucapdesk.services.records import history, records
from ucapdesk.services.records.completion import NamedRecord
from ucapdesk.ui.fields.links import PickerDialog, options_of
from ucapdesk.ui.fields.token_field import Token
from ucapdesk.ui.toolkit.layouts import FlowLayout
from ucapdesk.ui.toolkit.row_delegate import LEFT, WHOLE_WORDS, WRAPPED, draw_wrapped


class Chips(OneField):
    @property
    def names(self) -> list[str]:
        return [token.chip.what.name for token in self.editor.field_of_chips.tokens]

    @property
    def offered(self) -> list[str]:
        shown = self.editor.field_of_chips._list
        return [] if shown is None or shown.isHidden() else [shown.item(row).text() for row in range(shown.count())]

    @property
    def line(self) -> object:
        return self.box("line")

    def go(self, said: str) -> None:
        box = focused(self.box("line"))
        if said.isascii():
            self.bot.keyClicks(box, said)
        else:
            self.compose("", said)

    def add(self, said: str) -> None:
        self.go(said)
        self.press(Qt.Key.Key_Return)

    def remove(self, key: str) -> None:
        cross = self.page.findChild(QToolButton, f"field.{self.name}.remove.{key}")
        self.bot.mouseClick(cross, Qt.MouseButton.LeftButton)


Mount = Callable[[str, str], Chips]


@pytest.fixture
def people(sample_desk: Desk) -> dict[str, str]:
    """Two Chinese and one Spanish colleague."""
    return {
        "li": records.add(sample_desk, "person", {"name": PersonName("Li", "Mingyu", "family_first"), "name_han": HanName("李", "明宇")}),
        "chen": records.add(sample_desk, "person", {"name": PersonName("Chen", "Yan", "family_first"), "name_han": HanName("陈", "燕")}),
        "anna": records.add(sample_desk, "person", {"name": PersonName("Ferrer", "Anna", "given_first")}),
    }  # fmt: skip


@pytest.fixture
def mount(qtbot: QtBot, dressed: QApplication, sample_desk: Desk) -> Mount:
    """Shows the editor of a field of a new record of a kind."""

    def show(kind: str, name: str) -> Chips:
        title = records.kind_named(kind).cls.title_fields[0]
        id_ = records.add(sample_desk, kind, {title: Bilingual(en="New")})
        return Chips(qtbot, sample_desk, id_, name)

    return show


@pytest.mark.parametrize(
    ("typed", "who"), [("lmy", "li"), ("mingyu", "li"), ("李", "li"), ("cy", "chen"), ("ann", "anna")]
)
def test_enter_adds_whom_a_few_letters_fit_best(mount: Mount, people: dict[str, str], typed: str, who: str) -> None:
    chair = mount("meeting", "chair_a")
    chair.go(typed)
    assert chair.offered
    chair.press(Qt.Key.Key_Return)
    assert chair.value == people[who]
    assert len(chair.names) == 1
    assert chair.text("line") == ""
    assert chair.focus() is chair.line, "one types on"
    assert chair.offered == []


def test_the_arrows_choose_another_and_escape_closes_the_list(mount: Mount, people: dict[str, str]) -> None:
    chair = mount("meeting", "chair_a")
    chair.go("c")
    first = chair.offered
    assert len(first) > 2
    chair.press(Qt.Key.Key_Down)
    chair.press(Qt.Key.Key_Return)
    assert chair.names == [first[1]]
    chair.go("c")
    chair.press(Qt.Key.Key_Escape)
    assert (chair.offered, chair.text("line")) == ([], "c")


def test_tab_takes_the_best_fit_along_but_makes_nobody(mount: Mount, people: dict[str, str]) -> None:
    chair = mount("meeting", "chair_a")
    chair.go("ann")
    chair.press(Qt.Key.Key_Tab)
    assert chair.value == people["anna"]
    assert chair.focus() is chair.elsewhere
    other = mount("meeting", "chair_b")
    other.go("Zoltán Nagy")
    assert len(other.offered) == 1  # to make this person, which Enter does
    other.press(Qt.Key.Key_Tab)
    assert other.value is None


@pytest.mark.rule("I2", "I3")
def test_nothing_is_offered_or_chosen_while_an_input_method_composes(mount: Mount, people: dict[str, str]) -> None:
    chair = mount("meeting", "chair_a")
    chair.box("line").setFocus()
    chair.compose("ming")
    assert chair.offered == []
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Tab, Qt.Key.Key_Escape):
        chair.press(key)
    assert chair.box("line").preedit == "ming"
    assert chair.value is None
    chair.compose("", "明")
    assert chair.offered[0] == "Li Mingyu"
    assert chair.focus() is chair.line, "the list never takes the keys"
    chair.compose("yu")
    assert chair.box("line").preedit == "yu"
    assert chair.offered[0] == "Li Mingyu", "the list stays as it is until the word is there"
    chair.compose("", "")
    chair.press(Qt.Key.Key_Return)
    assert chair.value == people["li"]


def test_chips_are_reached_and_removed_with_keys_and_come_back_with_undo(mount: Mount) -> None:
    goals = mount("ucap", "sdgs")
    for number in ("7", "9", "11"):
        goals.add(number)
    assert goals.value == ("7", "9", "11")
    goals.press(Qt.Key.Key_Backspace)
    assert goals.value == ("7", "9")
    history.undo(goals.desk)
    goals.show()
    assert goals.value == ("7", "9", "11")
    goals.press(Qt.Key.Key_Left)
    goals.press(Qt.Key.Key_Left)
    assert goals.focus().accessibleName().startswith("9")
    goals.press(Qt.Key.Key_Delete)
    assert goals.value == ("7", "11")
    assert goals.focus().accessibleName().startswith("11"), "the keys stay among the chips"
    goals.press(Qt.Key.Key_Right)
    assert goals.focus() is goals.line


def test_a_chip_is_opened_by_a_click_and_removed_by_its_cross(mount: Mount, people: dict[str, str]) -> None:
    chair = mount("meeting", "chair_a")
    chair.add("cy")
    chair.click(f"token.{people['chen']}")
    assert chair.opened == [people["chen"]]
    cross = child(chair.page, QToolButton, f"field.chair_a.remove.{people['chen']}")
    assert cross.accessibleName() == "Remove Chen Yan"
    assert min(cross.width(), cross.height()) >= 20
    chair.remove(people["chen"])
    assert chair.value is None
    assert chair.names == []


def test_a_link_to_one_is_replaced_by_choosing_another(mount: Mount, people: dict[str, str]) -> None:
    chair = mount("meeting", "chair_a")
    for typed in ("cy", "lmy"):
        chair.add(typed)
    assert (chair.value, chair.names) == (people["li"], ["Li Mingyu"])
    assert chair.box("line").accessibleName() == "Chair, Chinese side: Li Mingyu"


def test_what_somebody_else_added_to_a_set_stays(mount: Mount) -> None:
    goals = mount("ucap", "sdgs")
    goals.go("7")
    records.edit(goals.desk, goals.id, {"sdgs": Codes(("9",))})
    goals.editor.seen = goals.desk.heads(goals.id)
    goals.press(Qt.Key.Key_Return)
    assert set(goals.value) == {"7", "9"}


def test_where_somebody_else_wrote_first_the_chips_show_it_and_say_so(mount: Mount) -> None:
    goals = mount("ucap", "sdgs")
    goals.go("7")
    records.edit(goals.desk, goals.id, {"sdgs": Codes(("9",))})
    goals.press(Qt.Key.Key_Return)
    assert goals.message
    assert goals.value == ("9",)
    goals.show()
    assert goals.names == ["9  Industry, innovation and infrastructure"]
    goals.add("7")
    assert goals.value == ("9", "7")


@pytest.mark.rule("T3", "B9", "U2")
def test_somebody_new_is_made_where_they_are_named_and_taken_back_in_one_step(mount: Mount) -> None:
    chair = mount("meeting", "chair_a")
    before = records.count(chair.desk, "person")
    chair.go("Zhang Wei")
    assert chair.offered == ["Add “Zhang Wei” to People"]
    chair.press(Qt.Key.Key_Return)
    assert records.count(chair.desk, "person") == before + 1
    person = records.get(chair.desk, chair.value)
    assert person.name == PersonName("Zhang", "Wei", "family_first")  # type: ignore[attr-defined]
    assert chair.names == ["Zhang Wei"]
    assert chair.message == (
        "“Zhang Wei” is new: family name Zhang, given name Wei. Open it to correct or complete it."
    )
    assert chair.editor._message.level == "hint"
    history.undo(chair.desk)
    assert chair.value is None
    assert records.count(chair.desk, "person") == before


@pytest.mark.rule("T3")
def test_a_new_chinese_colleague_is_filed_under_the_family_name(mount: Mount) -> None:
    chair = mount("meeting", "chair_a")
    chair.add("欧阳明")
    assert records.get(chair.desk, chair.value).name_han == HanName("欧阳", "明")  # type: ignore[attr-defined]


@pytest.mark.rule("V1", "V2")
def test_a_name_left_standing_is_said_to_name_nothing_and_is_kept_to_be_seen(mount: Mount) -> None:
    chair = mount("meeting", "chair_a")
    chair.go("zzzz")
    assert chair.message == ""
    chair.leave()
    assert "No match for “zzzz”" in chair.message
    assert (chair.editor._message.level, chair.text("line")) == ("warning", "zzzz")
    assert chair.value is None
    chair.type("", "line")
    chair.leave()
    assert chair.message == ""


@pytest.mark.rule("I5")
def test_tags_are_words_with_a_comma_or_enter_behind_each(mount: Mount) -> None:
    tags = mount("meeting", "tags")
    tags.go("mobility,")
    assert tags.value == ("mobility",)
    tags.go("数据，")
    assert tags.value == ("mobility", "数据")
    tags.go("Mob")
    assert tags.offered[0] == "Mob", "what is typed comes first: a longer word is never taken by surprise"
    tags.press(Qt.Key.Key_Return)
    tags.go("open data")
    tags.leave()
    assert tags.value == ("mobility", "数据", "Mob", "open data")
    other = mount("meeting", "tags")
    other.add("MOBILITY")
    assert other.value == ("mobility",), "in the spelling used before"


def test_a_list_of_codes_can_be_looked_through_with_the_keys(mount: Mount) -> None:
    goals = mount("ucap", "sdgs")
    goals.box("line").setFocus()
    goals.press(Qt.Key.Key_Down)
    assert len(goals.offered) == 17
    goals.press(Qt.Key.Key_Down)
    goals.press(Qt.Key.Key_Return)
    assert goals.value == ("2",)


def test_in_a_row_of_parts_the_choices_are_opened_by_the_arrow_of_an_empty_field_and_the_menu_of_any(
    mount: Mount,
) -> None:
    goals = mount("ucap", "sdgs")
    goals.editor.make_compact()
    goals.editor.field_of_chips.browse.click()
    assert len(goals.offered) == 17
    goals.add("7")
    assert goals.editor.field_of_chips.browse.isHidden(), "names need the room"
    goals.box("line").make_menu().actions()[-1].trigger()
    assert len(goals.offered) == 16


def test_the_one_link_of_a_field_may_be_typed_again(mount: Mount, people: dict[str, str]) -> None:
    chair = mount("meeting", "chair_a")
    for _ in range(2):
        chair.add("李")
        assert (chair.value, chair.box("line").text(), chair.message) == (people["li"], "", "")


def test_all_people_can_be_looked_through_and_several_places_at_once(
    mount: Mount, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = mount("meeting", "places")
    chosen = records.listing(places.desk, "place")[:2]

    def choose(dialog: PickerDialog) -> int:
        dialog.chosen = list(chosen)
        return 1

    monkeypatch.setattr(PickerDialog, "exec", choose)
    places.box("line").setFocus()
    places.press(Qt.Key.Key_Down)
    assert places.value == Refs(chosen)
    assert len(places.names) == 2


def test_a_code_of_a_newer_program_is_shown_as_it_is_and_stays(mount: Mount) -> None:
    goals = mount("ucap", "sdgs")
    records.edit(goals.desk, goals.id, {"sdgs": Codes(("18",))})
    goals.show()
    assert goals.names == ["18"]
    goals.add("7")
    assert goals.value == ("18", "7")


def test_a_chinese_reader_sees_and_types_chinese(mount: Mount, people: dict[str, str]) -> None:
    use_language("zh")
    chair = mount("meeting", "chair_a")
    chair.go("chenyan")
    assert chair.offered[0] == "陈燕"
    chair.press(Qt.Key.Key_Return)
    chip = chair.editor.field_of_chips.tokens[0].chip
    assert (chip.what.name, chip.what.other) == ("陈燕", "Chen Yan")


def test_many_chips_wrap_and_never_widen_the_window(mount: Mount) -> None:
    goals = mount("ucap", "sdgs")
    records.edit(goals.desk, goals.id, {"sdgs": Codes(str(n) for n in range(1, 18))})
    goals.show()
    goals.bot.waitUntil(lambda: goals.editor.field_of_chips.height() > 200)
    assert goals.page.width() == 560
    right = goals.editor.field_of_chips.width()
    assert all(token.geometry().right() <= right for token in goals.editor.field_of_chips.tokens)


def test_a_field_that_is_only_shown_keeps_its_chips_and_no_crosses(mount: Mount, people: dict[str, str]) -> None:
    chair = mount("meeting", "chair_a")
    records.edit(chair.desk, chair.id, {"chair_a": people["li"]})
    chair.editor.set_read_only()
    chair.show()
    token = chair.editor.field_of_chips.tokens[0]
    assert token.remove.isHidden()
    assert not chair.box("line").isVisible()
    chair.editor.resize(600, 60)
    QApplication.processEvents()
    assert token.x() < 20, "it begins where the field does"
    token.chip.setFocus()
    chair.press(Qt.Key.Key_Return)
    assert chair.opened == [people["li"]]


@pytest.mark.rule("A1")
def test_where_a_name_has_no_room_its_other_language_stands_below_it(qtbot: QtBot, dressed: QApplication) -> None:
    page = kept_by(qtbot, QWidget())
    flow = FlowLayout(page, 4)
    chips = [
        Token(NamedRecord(other, name, other), "chips", page, lambda _: False)
        for name, other in (("Rome", "罗马"), ("Region of Stuttgart", "斯图加特地区"))
    ]
    for each in chips:
        flow.addWidget(each)
    page.resize(1000, 100)
    with qtbot.waitExposed(page):
        page.show()
    line = chips[1].height()
    assert chips[0].height() == line
    page.resize(chips[1].width() - 20, 200)
    qtbot.waitUntil(lambda: chips[1].height() > line)
    assert chips[0].height() == line, "there is room for this one"
    needed = chips[1].fontMetrics().horizontalAdvance("Region of Stuttgart")
    assert chips[1].chip.width() >= needed, "neither half is shortened"


def test_a_pair_wider_than_a_chip_has_two_lines_however_wide_the_page_is(qtbot: QtBot, dressed: QApplication) -> None:
    page = kept_by(qtbot, QWidget())
    flow = FlowLayout(page, 4)
    title = "Lanzhou and three European cities: Urban Cooperation Action Plan 2026-2029"
    pair = NamedRecord("long", title, "兰州—欧洲三城城市合作行动计划（2026—2029）")
    chips = [Token(each, "chips", page, lambda _: False) for each in (NamedRecord("short", "Rome"), pair)]
    for each in chips:
        flow.addWidget(each)
    page.resize(2400, 200)
    with qtbot.waitExposed(page):
        page.show()
    assert chips[1].chip.height() > 1.5 * chips[0].chip.height()


class _Told(QPainter):
    def __init__(self, on: QImage) -> None:
        super().__init__(on)
        self.texts: list[tuple[object, str]] = []

    def drawText(self, room: QRect, flags: object, text: str) -> None:  # type: ignore[override]  # noqa: N802
        self.texts.append((flags, text))


@pytest.mark.parametrize(
    ("text", "share", "flags"),
    [
        ("Eleftheria PAPADOPOULOU-KARAMANLI", 0.75, WHOLE_WORDS),
        ("Grzegorzbrzęczyszczykiewiczowski", 0.75, WRAPPED),
        ("国际城市及区域合作项目", 0.75, WHOLE_WORDS),
        ("Delegation from Vitoria-Gasteiz and Bielsko-Biała to Lianyungang", 0.34, WHOLE_WORDS),
    ],
)
def test_a_name_on_two_lines_is_broken_between_words_and_whole_where_there_is_room(
    dressed: QApplication, text: str, share: float, flags: object
) -> None:
    painter = _Told(image := QImage(10, 10, QImage.Format.Format_RGB32))
    painter.setFont(dressed.font())
    width = round(painter.fontMetrics().horizontalAdvance(text) * share)
    draw_wrapped(painter, QRect(0, 0, width, 40), text, 2, quiet=False)
    draw_wrapped(painter, QRect(0, 0, round(width / share) + 1, 20), text, 1, quiet=True)
    painter.end()
    assert not image.isNull()
    shown = text if share > 0.5 else f"{text[: len(painter.texts[0][1]) - 1]}…"
    assert painter.texts == [(flags, shown), (LEFT, text)]


def test_a_link_is_chosen_by_name(user: User, qtbot: QtBot) -> None:
    field = LISTED["meeting"].fields["chair_a"]
    dialog = kept_by(qtbot, PickerDialog("Chair", options_of(user.desk, field), [], several=False, parent=user.window))
    dialog.show()
    qtbot.keyClicks(dialog.filter, "benitez")
    assert dialog.items.count() == 1
    qtbot.keyClick(dialog.filter, Qt.Key.Key_Return)
    assert [user.value(id_, "name").family for id_ in dialog.chosen] == ["Benítez"]


def test_the_list_to_look_through_is_walked_with_the_keys_and_says_both_names(
    qtbot: QtBot, dressed: QApplication, sample_desk: Desk
) -> None:
    field = records.kind_named("meeting").fields["chair_a"]
    over = kept_by(qtbot, QWidget())
    dialog = PickerDialog("Chair", options_of(sample_desk, field), [], over, several=False)
    dialog.show()
    dialog.activateWindow()
    dialog.filter.setFocus()
    qtbot.waitUntil(dialog.filter.hasFocus)
    qtbot.keyClicks(dialog.filter, "gandara")
    assert dialog.items.item(0).text().startswith("Pablo Gándara  巴勃罗·甘达拉")
    qtbot.keyClick(dialog.filter, Qt.Key.Key_Down)
    qtbot.waitUntil(dialog.items.hasFocus)
    qtbot.keyClick(dialog.items, Qt.Key.Key_Return)
    assert len(dialog.chosen) == 1


def test_of_the_list_several_are_ticked_by_typing_and_with_the_mouse(
    qtbot: QtBot, dressed: QApplication, sample_desk: Desk
) -> None:
    field = records.kind_named("meeting").fields["places"]
    known, first, second = records.listing(sample_desk, "place")[:3]
    over = kept_by(qtbot, QWidget())
    dialog = PickerDialog("Places", options_of(sample_desk, field), [known], over, several=True)
    dialog.show()
    dialog.activateWindow()
    dialog.filter.setFocus()
    qtbot.waitUntil(dialog.filter.hasFocus)
    qtbot.keyClicks(dialog.filter, records.title(sample_desk, first))
    qtbot.keyClick(dialog.filter, Qt.Key.Key_Return)
    assert (dialog.filter.text(), dialog.chosen) == ("", [known, first]), "and what else there is can be looked for"
    rows = {item.data(Qt.ItemDataRole.UserRole): item for item in map(dialog.items.item, range(dialog.items.count()))}
    dialog.items.setFocus()
    dialog.items.setCurrentItem(rows[known])
    qtbot.keyClick(dialog.items, Qt.Key.Key_Space)
    dialog.items.setCurrentItem(rows[first])
    assert dialog.chosen == [first]
    dialog.items.itemActivated.emit(rows[second])
    assert dialog.chosen == [first, second]
    qtbot.keyClick(dialog.items, Qt.Key.Key_Return)
    assert dialog.chosen == [first, second], "Enter takes no tick away"
    assert dialog.result() == PickerDialog.DialogCode.Accepted
