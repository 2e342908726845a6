"""The context of a command: the window, the records it applies to, and how it tells what it did."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from ucapdesk.model.serialize import kind_of

if TYPE_CHECKING:
    from ucapdesk.model.record import Record
    from ucapdesk.ui.exchange.exchange_work import ExchangeWork
    from ucapdesk.ui.window.command_table import Command
    from ucapdesk.ui.window.navigation.navigator import NavigableWindow

ACTION = "action_item"


class CommandContext:
    """The window a command acts on; ``at`` in the functions of the commands."""

    def __init__(self, window: NavigableWindow) -> None:
        self.window, self.desk = window, window.desk

    @cached_property
    def exchange_work(self) -> ExchangeWork:
        """The commands of the exchange; read in when one is given."""
        from ucapdesk.ui.exchange.exchange_work import ExchangeWork

        return ExchangeWork(self.window)

    def can(self, command: Command) -> bool:
        """Return whether a command is available now."""
        return command.enabled(self)

    # -- the records a command applies to ---------------------------------------------------------

    @property
    def shown(self) -> str:
        """The id of the record shown; empty for none, or for one that is not saved yet."""
        return self.window.record.id or ""

    @property
    def shown_with_people(self) -> str | None:
        """The id of the visit or meeting one is in, for lists of its people."""
        return self.shown if self.window.record.takes_people else None

    @property
    def record(self) -> Record | None:
        """The record shown, once it is saved."""
        return self.window.record.record if self.shown else None

    @property
    def living(self) -> Record | None:
        """The record shown, unless it is in the Trash."""
        return self.record if self.record is not None and not self.record.is_deleted else None

    @property
    def kind(self) -> str:
        """The kind of the record shown, unless it is in the Trash; else empty."""
        return kind_of(self.living).name if self.living is not None else ""

    @property
    def writable(self) -> bool:
        """Whether records can be changed."""
        return not self.desk.workspace.read_only

    def chosen(self) -> list[str]:
        """Return the selected rows if the list has the focus, else the record shown."""
        pane, focus = self.window.list, QApplication.focusWidget()
        rows = pane.selected() if focus is pane.view else []
        return rows if len(rows) > 1 or not self.shown else [self.shown]

    def chosen_actions(self) -> list[str]:
        """Return the actions among what is chosen that are not in the Trash."""
        chosen = self.desk.read.many(self.chosen())
        return [each.id for each in chosen if kind_of(each).name == ACTION and not each.is_deleted]

    # -- showing and telling ----------------------------------------------------------------------

    def light_up(self, cells: Iterable[str]) -> None:
        """Frame fields of the record shown for a moment."""
        record = self.window.record
        names = dict.fromkeys(cell.partition(".")[0] for cell in cells)
        if record.form is not None and any(name not in record.editors for name in names):
            record.form.unfold()
        for name in names:
            if record.show_form(name) and (editor := record.editors.get(name)):
                record.page.point_at(editor)
