"""Checks whether the shown record may be a duplicate, and reports it in its header, where the question is answered."""

from __future__ import annotations

from PySide6.QtCore import QObject

from ucapdesk.base.i18n import ntr, tr
from ucapdesk.model.record import Record
from ucapdesk.services.records import duplicates, records
from ucapdesk.ui.record.record_header import Header
from ucapdesk.ui.record.record_page import RecordPage
from ucapdesk.ui.toolkit.growing_page import let_grow
from ucapdesk.ui.toolkit.timers import single_shot

SIMILAR_DELAY_MS = 250
"""Milliseconds without a change of row before duplicates are looked for."""


class SimilarRecords(QObject):
    """The duplicate check of one record at a time."""

    def __init__(self, view: RecordPage) -> None:
        super().__init__(view)
        self._view, self._desk = view, view.desk
        self._header: Header | None = None
        self._id = ""
        self._found: list[str] = []
        self._soon = single_shot(self, SIMILAR_DELAY_MS, self.look)

    def expect(self, header: Header | None, record: Record | None) -> None:
        """Prepare for the record shown under this header; a record that is not created yet has no duplicates."""
        if header is None or record is None or record.is_deleted:
            self._soon.stop()
            return
        if header is not self._header:
            header.say_alike("", "")
            header.parted.connect(self._part)
        self._header, self._id = header, record.id
        self._soon.start()

    def look(self) -> None:
        """Look for duplicates and report them."""
        self._soon.stop()
        header = self._header
        assert header is not None
        alike = self._found = [
            each.b if each.a == self._id else each.a for each in duplicates.find_of(self._desk, self._id)
        ]
        said, tip = self._told(alike, len(duplicates.others(self._desk, self._id)))
        header.say_alike(said, tip, asks=bool(alike) and not self._desk.workspace.read_only)
        page = header.parentWidget()
        if said and page is not None:
            let_grow(page)

    def _part(self) -> None:
        """Mark the first candidate as different; the next one is asked about."""
        other = self._found[0]
        if not self._view.perform(lambda: duplicates.say_different(self._desk, self._id, other)):
            return
        title = records.title(self._desk, other) or "—"
        self._view.done.emit(tr("same", "“{title}” is not the same, and is not offered again.", title=title))
        self.look()

    def _told(self, alike: list[str], one: int) -> tuple[str, str]:
        """Return the sentence above the fields and its tooltip, for the possible duplicates and the number of merged records."""
        if not alike:
            tip = tr("same", "It was recorded more than once. Press to compare or separate them.")
            return (ntr("same", "Shown as one with {n} other", "Shown as one with {n} others", one) if one else ""), tip
        title = records.title(self._desk, alike[0]) or "—"
        tip, more = tr("same", "Press to see both beside each other."), len(alike) - 1
        if not more:
            return tr("same", "The same as “{title}”?", title=title), tip
        said = ntr(
            "same", "The same as “{title}”, or {n} other?", "The same as “{title}”, or {n} others?", more, title=title
        )
        return said, tip
