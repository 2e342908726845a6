"""The dialog that asks for a day, typed in any usual form, and the search for it in a list."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date
from typing import Any

from PySide6.QtWidgets import QDialogButtonBox, QWidget

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import language, tr
from ucapdesk.model.dates.formatting import say_date
from ucapdesk.model.dates.parsing import type_date
from ucapdesk.model.listing import is_date
from ucapdesk.model.values import PartialDate, When
from ucapdesk.services import Desk
from ucapdesk.services.records import records
from ucapdesk.ui.lists.record_table import RecordTable
from ucapdesk.ui.toolkit.accessibility import named
from ucapdesk.ui.toolkit.dialogs import Dialog
from ucapdesk.ui.toolkit.labels import label
from ucapdesk.ui.toolkit.text_inputs import LineEdit


class DateDialog(Dialog):
    """One line for a day; below it, how it was read."""

    def __init__(self, today: date, parent: QWidget | None = None, *, due: bool = False, title: str = "") -> None:
        """``due``: the day is not to be gone to, but set as the one by which something is to be done; ``title``: what else it is for."""
        title = title or (tr("window", "Due on") if due else tr("window", "Go to date"))
        super().__init__("date", title, parent)
        self._today = today
        self.date: PartialDate | None = None
        self.line = named(LineEdit(self, hint=tr("window", "25.11., 25 Nov, 2026-11-25")), "date.line", title)
        self.line.textChanged.connect(self._read)
        self._echo = label("", "second", name="date.echo")
        buttons = QDialogButtonBox.StandardButton
        self.foot.setStandardButtons(buttons.Ok | buttons.Cancel)
        self.foot.accepted.connect(self._accept)
        self.foot.rejected.connect(self.reject)
        self._read("")
        self.lay_out(label(title, "caption", wrap=False), self.line, self._echo, size=(340, 0), gap=None)

    def _read(self, said: str) -> None:
        self.date = None
        text = ""
        if said.strip():
            try:
                self.date = type_date(said, self._today, language())
                text = say_date(self.date, language(), weekday=True)
            except UserError as error:
                text = error.say()
            except ValueError:
                text = tr("window", "Not a date yet.")
        self._echo.setText(text)
        self.line.setAccessibleDescription(text)
        self.foot.button(QDialogButtonBox.StandardButton.Ok).setEnabled(self.date is not None)

    def _accept(self) -> None:
        if self.date is not None and not self.line.preedit:
            self.accept()


def row_from(table: RecordTable, desk: Desk, day: str) -> int | None:
    """Return the first row whose date is a day or later (earlier, where the list is descending).

    The number of rows where there is none, None where the list is not sorted by a date.
    """
    order = table.view.order or records.order_of(table.kind)
    if order not in table.kind.fields or not is_date(table.kind.fields[order]):
        return None

    def is_reached(row: int) -> bool:
        (record,) = records.page(desk, table.kind.name, [table.id_at(row)])
        found = _day(getattr(record, order))
        # rows without a date stand last in either direction
        return not found or (found <= day if table.view.descending else found >= day)

    return bisect_left(range(table.rowCount()), True, key=is_reached)


def _day(value: Any) -> str:
    date = value.day if isinstance(value, When) else value
    return date.bounds[0] if isinstance(date, PartialDate) else ""
