"""All keys on one page, made from the commands that have them."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ucapdesk.base.i18n import tr
from ucapdesk.ui.look import theme
from ucapdesk.ui.look.text_table import TextTable
from ucapdesk.ui.shell.actions import ACTIONS, PLACE_KEYS, menu_name


def shown_key(key: str) -> str:
    """A key as this system writes it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


class KeysDialog(QDialog):
    """Which key does what, and in which menu it stands."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("keys")
        self.setWindowTitle(tr("keys", "Keyboard"))
        self.resize(theme.px(720), theme.px(560))
        heads = (tr("keys", "Keys"), tr("keys", "What they do"), tr("keys", "Where"))
        self.table = TextTable("keys.table", tr("keys", "Keyboard"), heads, self)
        self.table.share(theme.px(190), 0, theme.px(200))
        rows = [(" / ".join(map(shown_key, a.keys)), a.label.say(), menu_name(a.menu)) for a in ACTIONS if a.keys]
        rows += [(shown_key(each.key), each.label.say(), each.where.say()) for each in PLACE_KEYS]
        self.table.fill(rows)
        QVBoxLayout(self).addWidget(self.table)
