"""The question of a second source stands on the record's own page, beside Conflicts and Home, and is answered there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QPushButton

from tests.helpers.paper_facts import PAPERS
from tests.helpers.shown import said_by
from tests.ui.conftest import User
from ucapdesk.services.exchange import conflicts
from ucapdesk.services.files.imports import import_files

FIRST = PAPERS / "11a-liuzhou-first-source.txt"


def _asked(user: User, folder: Path) -> str:
    """A visit that two papers date otherwise; return it."""
    other = folder / "minutes.txt"
    text = FIRST.read_text("utf-8").replace("Liuzhou", "Wuzhou")
    first = folder / "first.txt"
    first.write_text(text, "utf-8")
    other.write_text(text.replace("9–15 June", "12–16 June"), "utf-8")
    import_files(user.desk, [first])
    import_files(user.desk, [other])
    (question,) = conflicts.conflicts(user.desk)
    return question.id


def _press(user: User, name: str) -> None:
    found = user.find(QPushButton, name)
    user.bot.mouseClick(found, Qt.MouseButton.LeftButton)


def test_both_values_and_both_papers_stand_on_the_record_and_one_is_used(user: User, tmp_path: Path) -> None:
    visit = user.open(_asked(user, tmp_path))
    bar = user.window.record.sources
    user.bot.waitUntil(lambda: bool(said_by(bar)))
    for said in ("first.txt", "minutes.txt", "9", "15", "12", "16", "Dates"):
        assert said in said_by(bar)
    _press(user, "record.source.take")
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
    _press(user, "record.source.keep")
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
