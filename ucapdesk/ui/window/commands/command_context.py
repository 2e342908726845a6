"""The context of a command: the window, the records it applies to, how it tells what it did, and when it is available."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from ucapdesk.model.kinds import KINDS
from ucapdesk.model.serialize import kind_of
from ucapdesk.services.files.file_formats import kinds as outgoing
from ucapdesk.services.records.duplicates import can_be_same
from ucapdesk.ui.record.presentation import presentation
from ucapdesk.ui.window.command_table import Command, Condition
from ucapdesk.ui.window.sections import PAGES, TRASH

if TYPE_CHECKING:
    from ucapdesk.model.record import Record
    from ucapdesk.ui.exchange.exchange_controller import ExchangeController
    from ucapdesk.ui.window.main_window import NavigableWindow

ACTION = "action_item"


class CommandContext:
    """The window a command acts on; ``at`` in the functions of the commands."""

    def __init__(self, window: NavigableWindow) -> None:
        self.window, self.desk = window, window.desk

    @cached_property
    def exchange_work(self) -> ExchangeController:
        """The commands of the exchange; read in when one is given."""
        from ucapdesk.ui.exchange.exchange_controller import ExchangeController

        return ExchangeController(self.window)

    def can(self, command: Command) -> bool:
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
        return self.window.record.record if self.shown else None

    @property
    def living(self) -> Record | None:
        return self.record if self.record is not None and not self.record.is_deleted else None

    @property
    def kind(self) -> str:
        """The kind of the record shown, unless it is in the Trash; else empty."""
        return kind_of(self.living).name if self.living is not None else ""

    @property
    def writable(self) -> bool:
        return not self.desk.workspace.read_only

    def chosen(self) -> list[str]:
        """Return the selected rows if the list has the focus, else the record shown."""
        pane, focus = self.window.list, QApplication.focusWidget()
        rows = pane.selected() if focus is pane.view else []
        return rows if len(rows) > 1 or not self.shown else [self.shown]

    def chosen_actions(self) -> list[str]:
        chosen = self.desk.read.many(self.chosen())
        return [each.id for each in chosen if kind_of(each).name == ACTION and not each.is_deleted]

    # -- showing and telling ----------------------------------------------------------------------

    def light_up(self, cells: Iterable[str]) -> None:
        record = self.window.record
        names = dict.fromkeys(cell.partition(".")[0] for cell in cells)
        if record.form is not None and any(name not in record.editors for name in names):
            record.form.unfold()
        for name in names:
            if record.show_form(name) and (editor := record.editors.get(name)):
                record.page.point_at(editor)


def writable(at: CommandContext) -> bool:
    return at.writable


def form_shown(at: CommandContext) -> bool:
    return at.window.record.record is not None


def record_shown(at: CommandContext) -> bool:
    return at.record is not None


def editable_shown(at: CommandContext) -> bool:
    return at.living is not None and at.writable


def trashed_shown(at: CommandContext) -> bool:
    return at.record is not None and at.living is None and at.writable


def mergeable_shown(at: CommandContext) -> bool:
    return editable_shown(at) and can_be_same(KINDS[at.kind])


def _of(*kinds: str) -> Condition:
    return lambda at: at.writable and at.kind in kinds


def _of_also_trashed(kind: str) -> Condition:
    return lambda at: at.record is not None and type(at.record).__tablename__ == kind


action_shown = _of("action_item")
guest_shown = _of("person")
occasion_shown = _of("visit", "meeting")
template_owner_shown = _of("visit", "meeting", "agreement")
file_owner_shown = _of(*KINDS["attachment"].owners)
person_shown, attachment_shown = _of_also_trashed("person"), _of_also_trashed("attachment")


def ucap_shown(at: CommandContext) -> bool:
    return at.kind == "ucap"


def seated_shown(at: CommandContext) -> bool:
    return presentation(at.kind).seated


def exportable_shown(at: CommandContext) -> bool:
    return at.kind in outgoing()


def printable_shown(at: CommandContext) -> bool:
    chosen = at.chosen()
    if len(chosen) < 2 and (at.kind or chosen):
        return at.kind in KINDS and bool(KINDS[at.kind].cls.papers)
    table = at.window.list.table
    return at.window.section not in (*PAGES, TRASH) and table.rowCount() > 0 and table.kind.cls.papers == "many"
