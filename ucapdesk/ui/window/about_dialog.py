"""The dialog that says what the program is, where newer ones are, and under which licences its parts are."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QSplitter, QVBoxLayout, QWidget

from ucapdesk import __version__
from ucapdesk.base.i18n import tr
from ucapdesk.services import licences
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.buttons import ButtonBox
from ucapdesk.ui.toolkit.dialog_fit import fit
from ucapdesk.ui.toolkit.icons import program_icon
from ucapdesk.ui.toolkit.labels import label
from ucapdesk.ui.toolkit.layouts import column, grow, row
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.plain_text import Label
from ucapdesk.ui.toolkit.text_table import TextTable

SIDE = 56
"""Pixels of the program's icon."""


class AboutDialog(QDialog):
    """Shows the version, and the licence texts of the part that is chosen."""

    def __init__(self, copy_details: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("about")
        self.setWindowTitle(tr("about", "About UCAPDesk"))
        self._parts = licences.parts()
        layout = column(self._make_top(), grow(self._make_parts()), on=self)
        foot = ButtonBox(self, by_enter=False)
        foot.beside("about.details", tr("action", "Copy details for a question"), copy_details)
        foot.out(tr("notice", "Close"), "about.close", role="main")
        layout.addWidget(foot)
        fit(self, 820, 640)
        self.table.selectRow(0)
        self.table.setFocus()

    def _make_top(self) -> QHBoxLayout:
        picture = Label(parent=self)
        picture.setPixmap(program_icon().pixmap(QSize(theme.px(SIDE), theme.px(SIDE)), self.devicePixelRatio()))
        picture.setAlignment(Qt.AlignmentFlag.AlignTop)
        said = tr("window", "UCAPDesk {version}: UCAPs, visits, meetings and MoUs in two languages, without a network.")
        newer = tr(
            "about",
            "It never looks for newer versions itself. They are where you got this one; install a newer one over it: "
            "workspaces and settings stay as they are.",
        )
        texts = QVBoxLayout()
        for name, text in (("about.version", said.format(version=__version__)), ("about.newer", newer)):
            shown = label(text, name=name, parent=self)
            texts.addWidget(shown)
        return row(picture, grow(texts), gap=theme.GAP)

    def _make_parts(self) -> QSplitter:
        heads = (tr("about", "Part"), tr("about", "Version"), tr("about", "Licence"))
        self.table = TextTable("about.parts", tr("about", "Parts of the program"), heads, self)
        self.table.share(0, theme.px(110), 0)
        self.table.fill([(part.name, part.release, part.licence) for part in self._parts])
        self.table.currentCellChanged.connect(self._choose)
        self.text = named(QPlainTextEdit(self), "about.text", tr("about", "Licence"))
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        halves = QSplitter(Qt.Orientation.Vertical, self)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self.table)
        halves.addWidget(self.text)
        halves.setSizes([theme.px(220), theme.px(260)])
        return halves

    def _choose(self, row: int) -> None:
        """Show the licence texts of a part, and where its source is."""
        if 0 <= row < len(self._parts):
            part = self._parts[row]
            source = tr("about", "Source: {address}", address=part.source) if part.source else ""
            self.text.setPlainText("\n\n".join(filter(None, (source, part.text))))
