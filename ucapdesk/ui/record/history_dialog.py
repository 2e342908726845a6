"""The history dialog: who wrote what into a record, and when; any field can be restored to an earlier value."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from ucapdesk.base.clock import local_time
from ucapdesk.base.i18n import tr
from ucapdesk.model.text.format.dates_in_words import say_full
from ucapdesk.model.values import PartialDate
from ucapdesk.services import Desk
from ucapdesk.services.records import history, records
from ucapdesk.ui.record.difference import marked
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.buttons import button
from ucapdesk.ui.toolkit.cut_text import cut
from ucapdesk.ui.toolkit.dialog import Dialog
from ucapdesk.ui.toolkit.dialog_fit import fit
from ucapdesk.ui.toolkit.eliding import ElidedComboBox
from ucapdesk.ui.toolkit.layout_builder import STRETCH, column, flow, grow, row
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.text_label import label
from ucapdesk.ui.toolkit.text_table import TextTable

MAX_SHORT_CHARS = 121
EMPTY_SIGN = "—"


class HistoryDialog(Dialog):
    """The history of one record, newest first. ``restored`` is the restored field, if any."""

    def __init__(self, desk: Desk, id_: str, parent: QWidget | None = None) -> None:
        title = records.title(desk, id_)
        super().__init__("history", tr("history", "History of “{title}”", title=" ".join(title.split())[:60]), parent)
        self._desk, self._id, self.restored = desk, id_, ""
        self._entries = list(reversed(history.of(desk, id_)))
        self._can = not desk.workspace.read_only and not records.get(desk, id_).is_deleted
        self.fields = named(ElidedComboBox(parent=self), "history.field", tr("history", "Field"))
        self.fields.addItem(tr("history", "All fields"), "")
        for field, said in {entry.field: entry.field_label for entry in reversed(self._entries)}.items():
            self.fields.addItem(said, field)
        self.fields.currentIndexChanged.connect(lambda _: self._fill())
        heads = (tr("trash", "When, by whom"), tr("history", "Field"), tr("history", "Before"), tr("history", "After"))
        self.table = TextTable("history.table", tr("history", "History"), heads, self)
        self.table.currentCellChanged.connect(self._choose)
        self._said = label("", "second", name="history.said", parent=self)
        self.detail = label(name="history.difference", parent=self)
        detail, buttons, top = self._make_detail(), self._make_buttons(), row(self.fields, STRETCH)
        column(top, grow(self.table, 3), self._said, grow(detail, 2), buttons, on=self, gap=theme.GAP)
        self._fill()
        fit(self, 960, 600)
        self.table.setFocus()

    # -- laying out -------------------------------------------------------------------------------

    def _make_detail(self) -> QScrollArea:
        """Return the area that shows the selected entry in full, with old and new value."""
        self.detail.setTextFormat(Qt.TextFormat.RichText)
        self.detail.setMargin(theme.FIELDS)
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        around = QScrollArea(self, widgetResizable=True)
        named(around, "history.detail", tr("history", "What was changed"), role="shown")
        around.setWidget(self.detail)
        return around

    def _make_buttons(self) -> QWidget:
        bar = QWidget(self)
        before, after = tr("history", "Restore previous value"), tr("history", "Restore this value")
        self.before = button("history.before", before, lambda: self._restore(before=True), parent=bar)
        self.after = button("history.after", after, lambda: self._restore(before=False), parent=bar)
        close = button("history.close", tr("notice", "Close"), self.reject, "main", parent=bar)
        flow(self.before, self.after, close, on=bar)
        return bar

    # -- showing ----------------------------------------------------------------------------------

    def _fill(self) -> None:
        wanted = self.fields.currentData()
        self._shown = [entry for entry in self._entries if wanted in ("", entry.field)]
        self.table.fill([self._cells(each) for each in self._shown], tips=[each.sentence for each in self._shown])
        self.table.setCurrentCell(0 if self._shown else -1, 0)
        self._choose(self.table.currentRow())

    def _cells(self, entry: history.HistoryEntry) -> tuple[str, ...]:
        when = local_time(entry.time)
        day = say_full(PartialDate(f"{when:%Y-%m-%d}"))
        values = (cut(text, MAX_SHORT_CHARS) or EMPTY_SIGN for text in (entry.before, entry.after))
        return f"{day} {when:%H:%M}\n{entry.person}", entry.field_label, *values

    def _choose(self, row: int, *_: int) -> None:
        entry = self._entry(row)
        before, after = (entry.before, entry.after) if entry else ("", "")
        said = tr(
            "history", "Before: {before}. After: {after}.", before=before or EMPTY_SIGN, after=after or EMPTY_SIGN
        )
        self.detail.setText(marked(before, after) if entry else "")
        self.detail.setAccessibleName(said if entry else "")
        self._said.setText(entry.sentence if entry else "")
        can = self._can and entry is not None and entry.field != history.TRASH
        self.before.setEnabled(can)
        self.after.setEnabled(can)

    def _entry(self, row: int) -> history.HistoryEntry | None:
        return self._shown[row] if 0 <= row < len(self._shown) else None

    # -- bringing back ----------------------------------------------------------------------------

    def _restore(self, *, before: bool) -> None:
        entry = self._entry(self.table.currentRow())
        if entry is None:
            return
        if history.restore(self._desk, self._id, entry, before=before):
            self.restored = entry.field
            self.accept()
        else:
            self._said.setText(tr("history", "This is what “{field}” holds now.", field=entry.field_label))
