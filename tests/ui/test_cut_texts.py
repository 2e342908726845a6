"""Texts of any length are cut by one rule where a sentence has room, and pushed nothing out of the window."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.helpers.shown import said_by
from tests.ui.conftest import User
from ucapdesk.model.values import Bilingual
from ucapdesk.services.records import records
from ucapdesk.ui.toolkit.cards import CardRow
from ucapdesk.ui.toolkit.labels import MAX_SENTENCE_CHARS, MAX_TITLE_CHARS, WrappingLabel
from ucapdesk.ui.window.notifications import StatusBar

LONG_TITLE = "Cooperation on clean air, quiet streets and green roofs " * 20


def test_undoing_a_change_of_a_long_title_leaves_the_buttons_where_they_are(user: User) -> None:
    meeting = user.id("meeting")
    records.edit(user.desk, meeting, {"title": Bilingual(en=LONG_TITLE.strip())})
    records.edit(user.desk, meeting, {"status": "held"})
    user.open(meeting)
    user.window.do("edit.undo")
    toast = user.window.toast
    assert len(said_by(toast)) < MAX_SENTENCE_CHARS
    assert "…”" in said_by(toast)
    assert LONG_TITLE.strip() in user.find(QLabel, "toast.sentence").toolTip()
    assert user.window.rect().contains(toast.geometry())
    assert toast.height() < user.window.height() // 6


def test_banner_status_bar_and_home_cut_a_text_and_tell_all_of_it_on_hover(user: User) -> None:
    wide = user.window.minimumSizeHint().width()
    user.window.notice.say(LONG_TITLE)
    user.window.status.say(LONG_TITLE)
    row = CardRow("row", LONG_TITLE, LONG_TITLE)
    user.bot.addWidget(row)
    shown = [
        said_by(user.window.notice),
        said_by(user.window.status),
        *(each.text() for each in row.findChildren(QLabel)),
    ]
    for text, most in zip(shown, (MAX_SENTENCE_CHARS, *[MAX_TITLE_CHARS] * 3), strict=True):
        assert text.endswith("…")
        assert len(text) <= most
    assert LONG_TITLE in row.toolTip()
    for title in (f"“{LONG_TITLE}”", f"„{LONG_TITLE}“", f"«{LONG_TITLE}»"):  # as English, German and Spanish quote it
        row = CardRow("row", f"{title} renews automatically unless notice is given by 1 May 2027", "")
        user.bot.addWidget(row)
        assert any(each.text().replace("\u200b", "").endswith("by 1 May 2027") for each in row.findChildren(QLabel))
    assert user.window.minimumSizeHint().width() == wide
    user.window.status.say("汉" * MAX_TITLE_CHARS)  # twice as wide as other letters
    user.window.resize(user.window.minimumSize())
    QApplication.processEvents()
    assert user.window.status.width() == user.window.minimumWidth(), "the languages stay in the window"
    of_long_name = StatusBar(LONG_TITLE, user.window.do)
    user.bot.addWidget(of_long_name)
    assert of_long_name.sizeHint().width() < user.window.minimumWidth()
    assert LONG_TITLE in [each.toolTip() for each in of_long_name.findChildren(QLabel)]


def test_a_word_breaks_only_where_it_alone_is_longer_than_the_line(dressed: QApplication, qtbot: QtBot) -> None:
    name = "Grzegorz BRZĘCZYSZCZYKIEWICZ 市政厅，格热戈日"
    label = WrappingLabel()
    label.setText(name)
    qtbot.addWidget(label)
    word = label.fontMetrics().horizontalAdvance("BRZĘCZYSZCZYKIEWICZ")
    for width, broken in ((word + 40, False), (word - 40, True), (word + 40, False)):
        label.resize(width, 300)
        label.show()
        dressed.processEvents()
        assert ("Z\u200bY" in label.text()) is broken
        assert "Grzegorz " in label.text()
        assert "市政厅，格热戈日" in label.text()  # Chinese has rules of its own
        assert label.text().replace("\u200b", "") == name
        assert label.minimumSizeHint().width() < word
