"""The groups of a form: every field is in one, whatever the layout says."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from tests.ui.conftest import User
from ucapdesk.model.kinds import KINDS, LISTED
from ucapdesk.services.records import records
from ucapdesk.ui.record.form import HIDDEN, groups_of, is_shown
from ucapdesk.ui.record.page_area import WIDEST
from ucapdesk.ui.record.presentation import PRESENTATIONS, presentation
from ucapdesk.ui.record.record_screen import RecordScreen
from ucapdesk.ui.toolkit import theme


def test_every_field_of_a_kind_stands_in_its_form_once_or_on_its_page() -> None:
    for kind in LISTED:
        names = [field.name for group in groups_of(KINDS[kind], local=True) for field in group.fields]
        names += presentation(kind).on_page
        assert sorted(names) == sorted(
            n for n, f in KINDS[kind].fields.items() if n not in HIDDEN and not f.meta.machine
        ), kind


def test_what_the_program_writes_for_itself_is_in_no_form() -> None:
    names = {field.name for group in groups_of(KINDS["source_document"], local=True) for field in group.fields}
    assert {"title", "file_name", "pages"} <= names
    assert names.isdisjoint({"rows", "sha256", "label_set"})


def test_fields_of_this_laptop_are_only_shown_in_a_protected_workspace() -> None:
    names = [field.name for group in groups_of(KINDS["person"], local=False) for field in group.fields]
    assert "passport_number" not in names


def test_layouts_name_only_what_there_is() -> None:
    for kind, shown in PRESENTATIONS.items():
        named = [name for _, _, names in shown.groups for name in names.split()]
        assert set(named) <= set(KINDS[kind].fields), kind
        assert len(named) == len(set(named)), kind
        assert set(shown.usual) <= set(KINDS[kind].fields), kind
        assert set(shown.always) <= {child.name for child in KINDS[kind].children}, kind


def test_the_page_of_every_kind_is_there() -> None:
    for kind in LISTED:
        assert issubclass(presentation(kind).screen_class(), RecordScreen), kind


def test_a_form_shows_every_field_when_more_are_asked_for(user: User) -> None:
    for kind in (kind for kind, shown in PRESENTATIONS.items() if shown.groups):
        user.window.record.show_new(KINDS[kind])
        user.click("record.more")
        shown = {name for name, editor in user.form.editors.items() if editor.isVisibleTo(user.form)}
        shown |= {*presentation(kind).on_page}
        assert shown == {n for n, f in KINDS[kind].fields.items() if is_shown(f, local=False)}, kind
        assert user.find(QPushButton, "record.more").isHidden(), kind


def test_a_folded_group_stays_folded_at_the_next_record_and_opens_for_a_field_in_it(user: User) -> None:
    first, second = user.id("meeting"), user.id("meeting", 1)
    user.open(first)
    user.click("record.group.time")
    assert not user.editor("mode").isVisibleTo(user.form)
    user.open(second)
    assert not user.editor("mode").isVisibleTo(user.form)
    user.window.record.focus_field("mode")
    assert user.editor("mode").isVisibleTo(user.form)
    user.open(first)
    user.click("record.group.time")
    assert user.editor("mode").isVisibleTo(user.form)


def test_a_field_that_somebody_fills_appears(user: User) -> None:
    meeting = user.open(user.id("meeting"))
    assert "room" not in user.form.editors
    records.edit(user.desk, meeting, {"room": "Hall 2"})
    assert user.box("room.line").said() == "Hall 2"
    assert user.box("room.line").isVisibleTo(user.form)


@pytest.mark.parametrize(("width", "across"), [(400, 1), (640, 2), (900, 3)])
def test_narrow_fields_stand_side_by_side_where_there_is_room(user: User, width: int, across: int) -> None:
    user.open(user.id("organisation"))
    user.form.setParent(None)
    form = user.form
    user.bot.addWidget(form)
    form.resize(width, 900)
    form.show()

    def most_in_a_row() -> int:
        rows = Counter((e.parentWidget(), e.geometry().top()) for e in form.editors.values() if not e.wide)
        return max(rows.values())

    user.bot.waitUntil(lambda: most_in_a_row() == across)


def test_on_a_wide_screen_a_form_is_no_wider_than_is_read_well_and_a_visit_takes_all(user: User) -> None:
    user.window.resize(2560, 1440)
    for kind, whole in (("person", False), ("visit", True)):
        user.open(user.id(kind))
        QApplication.processEvents()
        page = user.find(QWidget, "page")
        assert (page.width() > theme.px(WIDEST)) == whole
        assert page.x() == 0
