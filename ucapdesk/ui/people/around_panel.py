"""Records related to a person, an organisation, a city or a UCAP: a count by kind, and a timeline.

The counts stand above the fields, the rows at the end of the page; a count leads to its rows. ``●`` marks the past, ``○`` the
future. Enter or a double click opens a row.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from ucapdesk.base.i18n import tr
from ucapdesk.model.kinds import KINDS
from ucapdesk.services.records import related
from ucapdesk.services.records.related import Near, Surroundings
from ucapdesk.ui.record.record_page import RecordPage
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.buttons import set_up
from ucapdesk.ui.toolkit.eliding import ElidedButton
from ucapdesk.ui.toolkit.flow_layout import FlowLayout
from ucapdesk.ui.toolkit.growing_page import let_grow
from ucapdesk.ui.toolkit.layout_builder import column, refill
from ucapdesk.ui.toolkit.text_label import label
from ucapdesk.ui.toolkit.text_table import TextTable

WAS, AHEAD = "●", "○"
HIGHEST = 360
MAX_ROWS_SHOWN = 200
"""Maximum number of rows shown, the latest ones."""


class CountLine(QWidget):
    """The number of records of each kind, as chips: ``Meetings 7``, ``MoUs 3, 1 signed``. Room for one line is always kept.

    Signals:
        chosen(str): a kind was pressed.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self)
        self.setMinimumHeight(theme.px(28))

    def show_counts(self, counts: Iterable[tuple[str, str]], only: str) -> None:
        """Show other counts."""
        chips: list[QWidget] = [self._chip(*each) for each in counts]
        refill(self._flow, chips or [label(tr("around", "No related records yet"), "second", parent=self)])
        self.check(only)

    def _chip(self, kind: str, words: str) -> QPushButton:
        return set_up(
            ElidedButton(words, self), f"around.{kind}", lambda: self.chosen.emit(kind), "chip", checked=False
        )

    def check(self, only: str) -> None:
        """Check the chip of the kind that is shown alone."""
        for button in self.findChildren(QPushButton):
            button.setChecked(button.objectName() == f"around.{only}")


class Around(QWidget):
    """A timeline; ``line``, which the page puts elsewhere, holds the numbers."""

    def __init__(self, view: RecordPage, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = view
        self._found = Surroundings()
        self._only = ""
        self._read = False
        self.setObjectName("around")
        head = label(tr("around", "On record"), "group", wrap=False, parent=self)
        self.line = CountLine(parent)
        self.line.chosen.connect(self._choose)
        heads = ((tr("around", "When"), 190), tr("around", "What"), (tr("around", "As"), 150))
        self.table = TextTable("around.rows", tr("around", "Related records, by date"), heads, self)
        self.table.itemActivated.connect(lambda item: view.opened.emit(str(self.table.data_of(item.row()))))
        column(head, self.table, on=self, gap=theme.GAP, margins=(0, theme.GAP, 0, 0))
        self.hide()

    def show_record(self, id_: str) -> None:
        """Read the records related to one; hide everything where there are none."""
        found = related.around(self._view.desk, id_)
        if found == self._found and self._read:
            return
        self._read = True
        self._found = found
        if self._only not in found.totals:
            self._only = ""
        self.line.show_counts(related.counts(found), self._only)
        self._show_rows()
        self.setVisible(bool(found.rows))
        if (page := self.parentWidget()) is not None:
            let_grow(page)

    def _choose(self, kind: str) -> None:
        """Show one kind only, or all of them again."""
        self._only = "" if self._only == kind else kind
        self.line.check(self._only)
        self._show_rows()
        if self._only:
            self._view.page.ensureWidgetVisible(self.table)

    def _show_rows(self) -> None:
        shown = [each for each in self._found.rows if not self._only or each.kind == self._only][-MAX_ROWS_SHOWN:]
        rows = [
            (
                _when(each),
                tr("filter", "{field}: {value}", field=KINDS[each.kind].label(), value=" ".join(each.title.split())),
                each.role,
            )
            for each in shown
        ]
        self.table.fill(rows, [each.id for each in shown])
        self.table.fit_height(theme.px(HIGHEST))
        coming = next((row for row, each in enumerate(shown) if each.ahead), sum(bool(each.day) for each in shown) - 1)
        QTimer.singleShot(0, self.table, lambda: self._scroll_to(coming))  # it may only now come into sight

    def _scroll_to(self, row: int) -> None:
        """Scroll the next event, or the last past one, into the middle."""
        if 0 <= row < self.table.rowCount() and (item := self.table.item(row, 0)) is not None:
            self.table.scrollToItem(item, TextTable.ScrollHint.PositionAtCenter)


def _when(near: Near) -> str:
    """Return when an event was or will be, with a sign that needs no colour."""
    return f"{AHEAD if near.ahead else WAS} {near.when}" if near.when else ""
