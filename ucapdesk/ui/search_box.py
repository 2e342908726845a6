"""The search over everything: a line at the top of the window, and what it finds under it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from ucapdesk.base.i18n import language, tr
from ucapdesk.model.kinds import KINDS
from ucapdesk.services import Desk, search
from ucapdesk.ui import theme
from ucapdesk.ui.two_lines import SECOND_LINE, TwoLines

SHOWN = 40


class SearchBox(QLineEdit):
    """Finds words in either script, pinyin and initials. Down goes into the hits, Enter opens one, Escape closes.

    Signals:
        opened(str): a record that was found is to be shown.
    """

    opened = Signal(str)

    def __init__(self, desk: Desk, over: QWidget) -> None:
        """``over``: the hits lie over this widget."""
        super().__init__(over)
        self._desk, self._over = desk, over
        self.setObjectName("search")
        self.setPlaceholderText(tr("window", "Search everything: words, 汉字, pinyin or initials   Ctrl+K"))
        self.setAccessibleName(tr("window", "Search"))
        self.setClearButtonEnabled(True)
        self.textChanged.connect(self._find)
        self.hits = QListWidget(over)
        self.hits.setObjectName("search.hits")
        self.hits.setAccessibleName(tr("window", "Found"))
        self.hits.setItemDelegate(TwoLines(self.hits))
        self.hits.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hits.itemClicked.connect(self._open)
        self.hits.hide()
        for watched in (self, self.hits):
            watched.installEventFilter(self)

    def _find(self, text: str) -> None:
        self.hits.clear()
        for hit in search.find(self._desk, text, language(), SHOWN) if text.strip() else ():
            kind = KINDS[hit.kind].label()
            where = f"{kind} · {hit.where}" if hit.where else kind
            item = QListWidgetItem(" ".join((hit.title or kind).split()))
            item.setData(SECOND_LINE, where)
            item.setData(Qt.ItemDataRole.UserRole, hit.id)
            self.hits.addItem(item)
        if not self.hits.count():
            nothing = QListWidgetItem(tr("window", "Nothing found. Try fewer letters, or the other language."))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.hits.addItem(nothing)
        self.hits.setCurrentRow(0)
        self.hits.setVisible(bool(text.strip()))
        self._place()

    def _place(self) -> None:
        over = self._over
        at = self.mapTo(over, QPoint(0, self.height() + 2))
        wanted = sum(self.hits.sizeHintForRow(row) for row in range(self.hits.count())) + 6
        self.hits.setGeometry(at.x(), at.y(), self.width(), min(wanted, over.height() - at.y() - theme.px(40)))
        self.hits.raise_()

    def _open(self, item: QListWidgetItem | None) -> None:
        if item is not None and (id_ := item.data(Qt.ItemDataRole.UserRole)):
            self.close_hits()
            self.opened.emit(id_)

    def close_hits(self) -> None:
        """Forget the search."""
        self.clear()
        self.hits.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self.hits.isVisible():
            key = event.key()
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._open(self.hits.currentItem())
                return True
            if key == Qt.Key.Key_Escape:
                self.close_hits()
                return True
            if watched is self and key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self.hits.setFocus()
                self.hits.setCurrentRow(min(1, self.hits.count() - 1) if key == Qt.Key.Key_Down else 0)
                return True
        if event.type() == QEvent.Type.FocusOut and not (self.hasFocus() or self.hits.hasFocus()):
            self.hits.setVisible(self.hits.isVisible() and self.hits.underMouse())
        return super().eventFilter(watched, event)
