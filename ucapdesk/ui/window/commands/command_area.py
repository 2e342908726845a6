"""The base class of the command groups: the window they act on, and the records they apply to."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QDialog, QScrollArea

from ucapdesk.base.i18n import tr
from ucapdesk.ui.toolkit.highlight import highlight

if TYPE_CHECKING:
    from ucapdesk.services import Desk
    from ucapdesk.ui.exchange.exchange_work import ExchangeWork
    from ucapdesk.ui.window.navigation.navigator import NavigableWindow


class Area:
    """The commands of one menu, on one window."""

    def __init__(self, window: NavigableWindow) -> None:
        self._window = window

    @property
    def _desk(self) -> Desk:
        return self._window.desk

    def can(self, needs: str) -> bool:
        """Return whether a command that needs this makes sense now; see ``actions.ActionSpec``."""
        raise NotImplementedError

    @cached_property
    def exchange_work(self) -> ExchangeWork:
        """The commands of the exchange; read in when one is given."""
        from ucapdesk.ui.exchange.exchange_work import ExchangeWork

        return ExchangeWork(self._window)

    def _shown(self) -> str:
        return self._window.record.id or ""

    def _chosen(self) -> list[str]:
        """Return the selected rows if the list has the focus, else the record shown."""
        pane, focus = self._window.list, QApplication.focusWidget()
        rows = pane.selected() if focus is pane.view and hasattr(pane, "selected") else []
        return rows if len(rows) > 1 or not self._shown() else [self._shown()]

    def _run(self, dialog: QDialog) -> None:
        dialog.exec()
        dialog.deleteLater()

    def _light_up(self, cells: Iterable[str]) -> None:
        """Frame fields of the record shown for a moment."""
        record = self._window.record
        names = dict.fromkeys(cell.partition(".")[0] for cell in cells)
        if record.form is not None and any(name not in record.editors for name in names):
            record.form.unfold()
        for name in names:
            if record.show_form(name) and (editor := record.editors.get(name)):
                for page in (record, *record.findChildren(QScrollArea)):
                    if isinstance(page, QScrollArea) and page.isAncestorOf(editor):
                        page.ensureWidgetVisible(editor)
                highlight(editor)

    def _tell_done(self, sentence: str) -> None:
        """Report what was done, with an Undo button."""
        self._window.say(sentence)
        self._window.toast.say(sentence, tr("action", "Undo"), lambda: self._window.do("undo", "write"))
