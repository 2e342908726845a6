"""What belongs to a record and what names it: short lists under its fields, from which each can be opened."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ucapdesk.base.i18n import language, tr
from ucapdesk.model.kind import Kind
from ucapdesk.model.kinds import KINDS
from ucapdesk.services import Desk, records
from ucapdesk.ui.look import theme

ROW = 28
SHOWN = 100
"""Longer lists end with how many more there are; a list of the kind shows them all."""


class Parts(QWidget):
    """The parts of one record, and the records that name it.

    Signals:
        opened(str): one of them was chosen.
        wanted(str): a part of this kind is to be made.
    """

    opened = Signal(str)
    wanted = Signal(str)

    def __init__(self, desk: Desk, id_: str, kind: Kind, *, read_only: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._id, self._kind, self._read_only = desk, id_, kind, read_only
        self.setObjectName("parts")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, theme.GAP, 0, 0)
        self._column.setSpacing(theme.FIELDS)
        self._lists = QWidget(self)
        self._column.addWidget(self._lists)
        if kind.children and not read_only:
            self._column.addWidget(self._add_button(), 0, Qt.AlignmentFlag.AlignLeft)
        self.refresh()

    def _add_button(self) -> QPushButton:
        button = QPushButton(tr("form", "Add part…"), self)
        button.setObjectName("parts.add")
        menu = QMenu(button)
        for child in self._kind.children:
            menu.addAction(child.label()).triggered.connect(lambda _=False, name=child.name: self.wanted.emit(name))
        button.setMenu(menu)
        return button

    def refresh(self) -> None:
        """Read the lists again."""
        owned = records.children(self._desk, self._id)
        groups = {name: [part.id for part in parts] for name, parts in owned.items() if parts}
        for kind, field in dict.fromkeys((use.kind, use.field) for use in records.used_by(self._desk, self._id)):
            if KINDS[kind].cls.reserved or self._id in groups.get(kind, ()):
                continue
            found = records.listing(self._desk, kind, where={field: self._id})
            groups[f"{kind}."] = [*dict.fromkeys((*groups.get(f"{kind}.", ()), *found))]
        titles = records.titles(self._desk, [id_ for ids in groups.values() for id_ in ids[:SHOWN]], language())
        self._show(groups, titles)

    def _show(self, groups: dict[str, list[str]], titles: dict[str, str]) -> None:
        lists = QWidget(self)
        column = QVBoxLayout(lists)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.FIELDS)
        for name, ids in groups.items():
            column.addWidget(self._group(name, ids, titles))
        self._column.replaceWidget(self._lists, lists)
        self._lists.hide()
        self._lists.deleteLater()
        self._lists = lists

    def _group(self, name: str, ids: list[str], titles: dict[str, str]) -> QWidget:
        """One list under its heading; a name that ends in a dot stands for records that only name this one."""
        kind, owned = KINDS[name.removesuffix(".")], not name.endswith(".")
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, theme.GAP, 0, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        label = QLabel(f"{kind.plural()}  {len(ids)}", box)
        label.setProperty("role", "group")
        label.setWordWrap(True)
        head.addWidget(label, 1)
        if owned and not self._read_only:
            add = QPushButton(tr("form", "Add"), box)
            add.setProperty("role", "quiet")
            add.setObjectName(f"parts.{kind.name}.add")
            add.setAccessibleName(f"{kind.plural()}: {tr('form', 'Add')}")
            add.clicked.connect(lambda: self.wanted.emit(kind.name))
            head.addWidget(add)
        column.addLayout(head)
        column.addWidget(self._list(f"parts.{kind.name}", kind.plural(), ids, titles))
        return box

    def _list(self, name: str, title: str, ids: list[str], titles: dict[str, str]) -> QListWidget:
        items = QListWidget()
        items.setObjectName(name)
        items.setAccessibleName(title)
        items.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        items.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        items.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        items.setTextElideMode(Qt.TextElideMode.ElideRight)
        for id_ in ids[:SHOWN]:
            text = titles.get(id_, id_)
            item = QListWidgetItem(" ".join(text.split()))
            item.setData(Qt.ItemDataRole.UserRole, id_)
            item.setToolTip(text)
            item.setSizeHint(QSize(0, theme.px(ROW)))
            items.addItem(item)
        if len(ids) > SHOWN:
            rest = QListWidgetItem(tr("form", "… and {n} more", n=len(ids) - SHOWN))
            rest.setFlags(Qt.ItemFlag.NoItemFlags)
            rest.setSizeHint(QSize(0, theme.px(ROW)))
            items.addItem(rest)
        items.setFixedHeight(items.count() * theme.px(ROW) + 4)
        items.itemActivated.connect(self._open)
        items.itemClicked.connect(self._open)
        return items

    def _open(self, item: QListWidgetItem) -> None:
        if id_ := item.data(Qt.ItemDataRole.UserRole):
            self.opened.emit(id_)
