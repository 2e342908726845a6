"""The words of the window: standard terms of desktop programs, and examples that are read as they stand."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit

from tests.ui.conftest import User
from ucapdesk.base.i18n import use_language
from ucapdesk.model.kinds import LISTED
from ucapdesk.model.text.parse.checklist_line import read_line
from ucapdesk.model.text.parse.typed_value import example_of, read_typed

MENUS = {
    "en": {"Import…", "Send changes…", "New from clipboard…", "Edit selected…", "Go to date…", "Data retention…", "Conflicts",
           "Recent", "Merge duplicates…", "Copy support details", "Go to record", "Finish editing", "Next pane"},
    "zh": {"导入…", "发送更改…", "从剪贴板新建…", "编辑所选…", "转到日期…", "待处理冲突", "合并重复记录…", "下一窗格"},
}  # fmt: skip


@pytest.mark.parametrize("lang", MENUS)
def test_the_menus_use_the_terms_of_other_programs(user: User, lang: str) -> None:
    user.window._use_language(lang)
    said = {action.text().partition("\t")[0].replace("&", "") for action in user.window.findChildren(QAction)}
    assert MENUS[lang] - said == set()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_example_of_a_field_is_read_as_it_stands(lang: str) -> None:
    use_language(lang)
    fields = [field for kind in LISTED.values() for field in kind.shown.values() if field.meta.example]
    assert len(fields) > 10
    for field in fields:
        assert read_typed(field, example_of(field), date(2026, 11, 2), lang) is not None, field.label()


def test_the_dates_of_a_visit_show_dates_as_their_example(user: User) -> None:
    user.window.record.show_new(LISTED["visit"])
    line = user.window.record.findChild(QLineEdit, "field.dates.line")
    assert line is not None
    assert line.placeholderText() == "14–18 Apr 2027"


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("Gifts, 14 days before", -14),
        ("礼品，提前14天", -14),
        ("thank-you letters 7 days after", 7),
        ("感谢信，7天后", 7),
    ],
)
def test_a_line_of_the_checklist_is_read_as_a_sentence(line: str, days: int) -> None:
    assert read_line(line)[0] == days
