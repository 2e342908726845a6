"""Which lists the window has, in which order, and the column in which they are chosen."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from ucapdesk.base.i18n import tr
from ucapdesk.model.kinds import KINDS, LISTED
from ucapdesk.ui.look import theme

GROUPS = (
    ("ucap", "theme", "pilot_project", "programme"),
    ("visit", "meeting", "action_item", "agreement"),
    ("person", "organisation", "place", "country"),
    ("source_document", "pack", "glossary_term", "template"),
)
PARTS = tuple(kind for kind in LISTED if not any(kind in group for group in GROUPS))
"""All other kinds: parts of records, mostly met in the record they belong to, but never out of reach."""
TRASH, MORE = ":trash", ":more"


class Sections(QListWidget):
    """The lists of the window.

    Signals:
        chosen(str): a kind, or ``TRASH``.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sections")
        self.setAccessibleName(tr("window", "Sections"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._folded = True
        self._fill()
        self.currentItemChanged.connect(self._moved)
        self.itemClicked.connect(self._clicked)
        self.itemActivated.connect(self._clicked)

    def _fill(self) -> None:
        for group in GROUPS:
            for kind in group:
                self._add(KINDS[kind].plural(), kind)
            self._gap()
        self._add(f"{'+' if self._folded else '−'} {tr('section', 'Parts of records')}", MORE)
        for kind in () if self._folded else PARTS:
            self._add(f"    {KINDS[kind].plural()}", kind)
        self._add(tr("section", "Trash"), TRASH)

    def _add(self, label: str, key: str) -> None:
        item = QListWidgetItem(label)
        item.setData(Qt.ItemDataRole.UserRole, key)
        item.setSizeHint(QSize(0, theme.tall(30)))
        self.addItem(item)

    def _gap(self) -> None:
        item = QListWidgetItem()
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setSizeHint(QSize(0, theme.px(10)))
        self.addItem(item)

    def select(self, key: str) -> None:
        """Mark a list as the one shown, without choosing it."""
        if key in PARTS and self._folded:
            self._unfold()
        self.blockSignals(True)
        for row in range(self.count()):
            if self.item(row).data(Qt.ItemDataRole.UserRole) == key:
                self.setCurrentRow(row)
        self.blockSignals(False)

    def _unfold(self) -> None:
        self.blockSignals(True)
        self._folded = not self._folded
        self.clear()
        self._fill()
        self.blockSignals(False)

    def _moved(self, item: QListWidgetItem | None) -> None:
        key = item.data(Qt.ItemDataRole.UserRole) if item else None
        if key and key != MORE:
            self.chosen.emit(key)

    def _clicked(self, item: QListWidgetItem) -> None:
        if item.data(Qt.ItemDataRole.UserRole) == MORE:
            self._unfold()
            self.select(MORE)
