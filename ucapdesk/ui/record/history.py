"""Who wrote what into a record, and when."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ucapdesk.base.i18n import tr
from ucapdesk.model.plain import kind_of
from ucapdesk.services import Desk, history, records
from ucapdesk.ui.look import theme
from ucapdesk.ui.look.text_table import TextTable


class HistoryDialog(QDialog):
    """The history of one record, newest first."""

    def __init__(self, desk: Desk, id_: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._kind = desk, kind_of(records.get(desk, id_)).name
        self.setObjectName("history")
        self.setWindowTitle(tr("history", "History"))
        self.resize(960, 520)
        heads = [
            tr("history", "When"),
            tr("history", "Who"),
            tr("history", "Field"),
            tr("history", "Before"),
            tr("history", "After"),
        ]
        entries = list(reversed(history.of(desk, id_)))
        self.table = TextTable("history.table", tr("history", "History"), heads, self)
        self.table.share(theme.px(150), theme.px(90), theme.px(170), 0, 0)
        self.table.fill([self._cells(entry) for entry in entries], tips=[entry.sentence for entry in entries])
        QVBoxLayout(self).addWidget(self.table)

    def _cells(self, entry: history.Entry) -> tuple[str, ...]:
        when = entry.time.astimezone().strftime("%Y-%m-%d %H:%M")
        return when, entry.person, entry.field_label, entry.before or "—", entry.after or "—"
