"""The question of a second source on the page of its record: both values, both papers, and the two answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ucapdesk.base.i18n import ntr, tr
from ucapdesk.model.record import Record
from ucapdesk.ui.record.message_bar import BarAnswer, MessageBar
from ucapdesk.ui.record.record_page import RecordPage
from ucapdesk.ui.toolkit.cut_text import cut
from ucapdesk.ui.toolkit.timers import single_shot

if TYPE_CHECKING:
    from ucapdesk.services.exchange.conflicts import Conflict

ASKED, DELAY_MS, LONGEST = "source", 150, 60
"""Topic of the message; milliseconds without a change of row before papers are looked at; letters of a value that are shown."""


class SourceQuestions(MessageBar):
    """The open questions of one record, one at a time."""

    def __init__(self, view: RecordPage) -> None:
        super().__init__("record.source", view)
        self._view, self._desk, self._id = view, view.desk, ""
        self._soon = single_shot(self, DELAY_MS, self.look)

    def expect(self, record: Record | None) -> None:
        """Prepare for the record that is shown."""
        id_ = "" if record is None or record.is_deleted else record.id
        if id_ != self._id:
            self.clear(ASKED)
        self._id = id_
        if id_:
            self._soon.start()
        else:
            self._soon.stop()

    def look(self) -> None:
        """Show the first open question."""
        from ucapdesk.services.exchange import conflicts  # the window shows its list before

        self._soon.stop()
        found = conflicts.of_papers(self._desk, self._id)
        if not found:
            self.clear(ASKED)
            return
        first = found[0]
        here, there = first.candidates
        said = tr(
            "sources", "{field}: “{here}” on record (from {first}), “{there}” in {second}.", field=first.label,
            here=cut(here.said, LONGEST), first=here.person, there=cut(there.said, LONGEST), second=there.person,
        )  # fmt: skip
        if len(found) > 1:
            said += " " + ntr("sources", "{n} more question follows.", "{n} more questions follow.", len(found) - 1)
        answers = [] if self._desk.workspace.read_only else [
            BarAnswer("keep", tr("sources", "Keep {value}", value=cut(here.said, 24)), lambda: self._decide(first, 1)),
            BarAnswer("take", tr("sources", "Use {value}", value=cut(there.said, 24)), lambda: self._decide(first, 2)),
        ]  # fmt: skip
        self.say(ASKED, said, *answers, closes=False)

    def _decide(self, asked: Conflict, number: int) -> None:
        from ucapdesk.services.exchange import conflicts

        if self._view.perform(lambda: conflicts.choose(self._desk, asked, number)):
            self.look()
