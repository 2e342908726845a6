"""The dialog that says what the program is, where newer ones are, and under which licences its parts are."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QTextBrowser, QWidget

from ucapdesk import __version__
from ucapdesk.base.i18n import tr
from ucapdesk.services import licences
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.dialog import Dialog
from ucapdesk.ui.toolkit.icons import program_icon
from ucapdesk.ui.toolkit.layout_builder import column, grow, row, split, top
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.plain_text import PlainLabel
from ucapdesk.ui.toolkit.text_label import label
from ucapdesk.ui.toolkit.text_table import TextTable

SIDE = 56
"""Pixels of the program's icon."""
LEAST = 72
"""The least height of the parts and of a licence; on a small screen in large text the sentences above need the room."""


class AboutDialog(Dialog):
    """Shows the version, and the licence texts of the part that is chosen."""

    by_enter = False

    def __init__(self, copy_details: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__("about", tr("about", "About UCAPDesk"), parent)
        self._parts = licences.parts()
        picture = PlainLabel(parent=self)
        picture.setPixmap(program_icon().pixmap(QSize(theme.px(SIDE), theme.px(SIDE)), self.devicePixelRatio()))
        said = tr("window", "UCAPDesk {version}: UCAPs, visits, meetings and MoUs in two languages, without a network.")
        newer = tr(
            "about",
            "Get newer versions where you got this one and install them over it; workspaces and settings stay.",
        )
        texts = column(label(said.format(version=__version__), name="about.version"), label(newer, name="about.newer"))
        heads = (tr("about", "Part"), (tr("about", "Version"), 110), tr("about", "Licence"))
        self.table = TextTable("about.parts", tr("about", "Parts of the program"), heads, self)
        self.table.fill([(part.name, part.release, part.licence) for part in self._parts])
        self.table.currentCellChanged.connect(self._choose)
        self.text = named(QTextBrowser(self), "about.text", tr("about", "Licence"))
        self.text.setTabChangesFocus(True)
        for half in (self.table, self.text):
            half.setMinimumHeight(LEAST)
        parts = split(self.table, self.text, sizes=(theme.px(220), theme.px(260)), parent=self, upright=True)
        self.foot.beside("about.details", tr("action", "Copy support details"), copy_details)
        self.foot.out(tr("notice", "Close"), "about.close", role="main")
        self.lay_out(row(top(picture), grow(texts), gap=theme.GAP), grow(parts), size=(820, 640), gap=None)
        self.table.selectRow(0)
        self.table.setFocus()

    def _choose(self, row: int) -> None:
        """Show the licence texts of a part, and where its source is."""
        if 0 <= row < len(self._parts):
            part = self._parts[row]
            source = tr("about", "Source: {address}", address=part.source) if part.source else ""
            self.text.setPlainText("\n\n".join(filter(None, (source, part.text))))
