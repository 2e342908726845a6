"""The actions that earlier meetings left open, listed in the next meeting until they are ticked off."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ucapdesk.base.clock import today
from ucapdesk.base.i18n import dotted, language, ntr, tr
from ucapdesk.model.record import Record
from ucapdesk.model.rules.lateness import is_overdue
from ucapdesk.model.text.format import say_date
from ucapdesk.services.meetings import actions, meetings
from ucapdesk.services.records import records
from ucapdesk.ui.home.home_parts import CardCheckBox, button
from ucapdesk.ui.record.record_page import RecordPage
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.plain_text import Label

ACTIONS_AT_ONCE = 5
"""Number of actions shown at once; a button shows the rest."""


class CarriedOver(QWidget):
    """A heading and one line for each open action of earlier meetings; hidden where there is none."""

    def __init__(self, view: RecordPage, *, read_only: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view, self._desk, self._read_only, self._all = view, view.desk, read_only, False
        self._shown: tuple[object, ...] = ()
        self._of: dict[str, QWidget] = {}
        self.setObjectName("meeting.carried")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, theme.GAP, 0, 0)
        self._column.setSpacing(2)
        self._title = Label(parent=self)
        self._title.setProperty("role", "group")
        self._title.setWordWrap(True)
        self._column.addWidget(self._title)
        self._lines = QWidget(self)
        self._column.addWidget(self._lines)
        self.hide()

    def show_for(self, meeting: Record) -> None:
        """Read the open actions again; unchanged lines stay, with the keyboard focus."""
        open_ = meetings.carried_over(self._desk, meeting)
        who = records.titles(self._desk, [each.person for each in open_ if each.person], language())
        texts = records.titles(self._desk, [each.id for each in open_], language())
        now = today(self._desk.workspace.clock)
        said = tuple(
            (
                each.id,
                " ".join(texts.get(each.id, "").split()),
                dotted(who.get(each.person or "", ""), say_date(each.due, language())),
                is_overdue(each, now),
            )
            for each in open_
        )
        self.setVisible(bool(said))
        if (*said, self._all) != self._shown:
            self._shown = (*said, self._all)
            self._fill(said)
            self._meeting = meeting

    def _fill(self, said: tuple[tuple[str, str, str, bool], ...]) -> None:
        self._title.setText(ntr("meeting", "{n} action still open from earlier meetings",
                                "{n} actions still open from earlier meetings", len(said)))  # fmt: skip
        self._of.clear()
        lines = QWidget(self)
        column = QVBoxLayout(lines)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for at, (id_, text, note, late) in enumerate(said if self._all else said[:ACTIONS_AT_ONCE]):
            done = tr("home", "Done: {title}", title=text)
            tick = CardCheckBox(f"meeting.carried.{at}", text, note, done, lambda id_=id_: self._tick(id_), late=late)  # type: ignore[misc]
            tick.box.setEnabled(not self._read_only)
            tick.row.clicked.connect(lambda _=False, id_=id_: self._view.opened.emit(id_))
            self._of[id_] = tick
            column.addWidget(tick)
        if len(said) > ACTIONS_AT_ONCE and not self._all:
            more = ntr("form", "Show {n} more", "Show {n} more", len(said) - ACTIONS_AT_ONCE)
            column.addWidget(
                button("meeting.carried.more", more, self._show_all, "quiet"), 0, Qt.AlignmentFlag.AlignLeft
            )
        self._column.replaceWidget(self._lines, lines)
        self._lines.hide()
        self._lines.deleteLater()
        self._lines = lines
        lines.show()

    def row_of(self, id_: str) -> QWidget | None:
        """Return the line of an action, if it is open."""
        return self._of.get(id_)

    def _show_all(self) -> None:
        self._all = True
        self.show_for(self._meeting)

    def _tick(self, id_: str) -> None:
        self._view.attempt(lambda: actions.tick(self._desk, [id_], today(self._desk.workspace.clock)))
