"""The table of a UCAP's themes, and the number of MoUs its paper reports beside those on record."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ucapdesk.base.i18n import tr
from ucapdesk.model.kinds import KINDS
from ucapdesk.services import Desk
from ucapdesk.services.agreements import agreements, themes
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.layout_builder import column
from ucapdesk.ui.toolkit.text_label import label
from ucapdesk.ui.toolkit.text_table import TextTable

SDGS, PARTNERSHIPS, PROJECTS = 1, 2, 3
GIVE_WAY = {PARTNERSHIPS: 560, PROJECTS: 480, SDGS: 380}
"""Columns shown only from a table width on."""


class ThemeTable(QWidget):
    """Hidden where there is neither a theme nor a number of MoUs.

    Signals:
        opened(str): a theme is to be shown.
    """

    opened = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown: object = None
        self._head = label(tr("themes", "Themes at a glance"), "group", parent=self)
        heads = (
            KINDS["theme"].label(),
            tr("themes", "SDG"),
            tr("themes", "EU partnership"),
            *(KINDS[kind].plural() for kind in themes.COUNTED),
        )
        self.table = TextTable("themes.table", self._head.text(), heads, self)
        self.table.share(0, *(0 if at == PARTNERSHIPS else self._room(head) for at, head in enumerate(heads[1:], 1)))
        self.table.itemActivated.connect(lambda item: self.opened.emit(str(self.table.data_of(item.row()))))
        self.mous = label("", "second", name="themes.mous", parent=self)
        column(self._head, self.table, self.mous, on=self, gap=theme.GAP, margins=(0, theme.GAP, 0, 0))
        self.hide()

    def _room(self, head: str) -> int:
        """Return the width of a column that is no wider than its heading."""
        return max(theme.px(64), self.fontMetrics().horizontalAdvance(head) + theme.px(24))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for layout, wide in GIVE_WAY.items():
            self.table.setColumnHidden(layout, self.width() < theme.px(wide))

    def show_ucap(self, id_: str) -> None:
        """Read the themes of a UCAP; unchanged ones stay."""
        lines, counted = themes.of_ucap(self._desk, id_), agreements.reported(self._desk, id_)
        if (lines, counted) == self._shown:
            return
        self._shown = (lines, counted)
        rows = [(each.name, each.sdgs, each.partnerships, *map(str, each.counted)) for each in lines]
        self.table.fill(rows, [each.id for each in lines])
        for each in (self._head, self.table):
            each.setVisible(bool(lines))
        self.mous.setText(agreements.say_reported(counted) if counted else "")
        self.mous.setVisible(counted is not None)
        self.setVisible(bool(lines) or counted is not None)
        self.table.fit_height()
