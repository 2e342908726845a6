"""The interface of the record view for the screens of kinds and their panels."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import tr
from ucapdesk.model.record import Record
from ucapdesk.services import Desk
from ucapdesk.services.records import records
from ucapdesk.ui.record.external_edits import ExternalEdits
from ucapdesk.ui.record.line_draft import LineDraft
from ucapdesk.ui.record.message_bar import MessageBar
from ucapdesk.ui.record.page_area import PageArea
from ucapdesk.ui.record.saving import Saving, Target
from ucapdesk.ui.record.trash_question import may_go
from ucapdesk.ui.window.navigation.arrangement import Arrangement

Made = TypeVar("Made")


class RecordPage(QWidget):
    """One record while it is shown: its parts, the text being typed, and the message bar.

    Attributes:
        copies: The attachments that are open in other programs.
        refresh: Reads the shown record again; text being typed stays.
        focus_field: Scrolls to a field or a list of parts (``title``, ``title.zh``, ``signatory``), focuses it and frames it.
        take_rows: Previews people in rows as people of the record shown; returns False where it has none.
        make_now: Returns the id of the record; creates it from its given values if needed, so that a part can belong to it.

    Signals:
        saved(): something was written.
        opened(str): another record is to be shown.
        left(): Escape was pressed: back to the list.
        shown(): another record is shown, or none.
        done(str): something was done that Undo takes back; the sentence that says so.
        asked(str, tuple): a command of the window is to be run, by its name, with what it is given.
        sides_changed(): sides may be called otherwise now.
    """

    saved = Signal()
    opened = Signal(str)
    left = Signal()
    shown = Signal()
    done = Signal(str)
    asked = Signal(str, object)
    sides_changed = Signal()

    bar: MessageBar
    saving: Saving
    page: PageArea
    copies: ExternalEdits

    refresh: Callable[[], None]
    focus_field: Callable[[str], bool]
    take_rows: Callable[[str], bool]
    make_now: Callable[[], str]

    def __init__(self, desk: Desk, arrangement: Arrangement, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.arrangement = desk, arrangement
        self.record: Record | None = None
        self.owned: dict[str, list[Record]] = {}
        """The parts of the record by kind, read once for the form, the screen and the lists."""
        self.target: Target | None = None
        """The record that the page shown writes into."""
        self._new: dict[str, Any] | None = None
        """The given values of a record that is not created yet, with its owner if it has one; None for an existing record."""

    @property
    def id(self) -> str | None:
        """The id of the record shown, if it is created."""
        return self.record.id if self.record is not None and self._new is None else None

    @property
    def read_only(self) -> bool:
        """Whether the record shown cannot be changed: its workspace cannot, or it is in the Trash."""
        return self.desk.workspace.read_only or bool(self.record and self.record.is_deleted)

    def keep_line(self, line: QLineEdit) -> None:
        """Keep what is typed in a line of the page shown, where it can be written, also once another page is shown."""
        target = self.target
        if target is not None and not self.read_only:
            LineDraft(self.desk, lambda: target.half_id, line)

    def save_now(self) -> bool:
        """Save the text being typed before anything else happens. Return True where nothing is left unsaved."""
        return self.saving.save_now()

    def can_leave(self) -> bool:
        """Save what is being typed. Return False where a valid value could not be written: it must not be left behind."""
        return self.save_now() or not self.saving.has_unsaved

    def perform(self, deed: Callable[[], object]) -> bool:
        """Do something; show why where it fails. Return whether it succeeded."""
        try:
            deed()
        except UserError as error:
            self.tell(error)
            return False
        return True

    def attempt(self, deed: Callable[[], object]) -> bool:
        """Save what is being typed, then do something that writes, as ``perform`` does."""
        if not self.can_leave() or not self.perform(deed):
            return False
        self.bar.clear("told")
        self.saved.emit()
        return True

    def made(self, make: Callable[[], Made]) -> Made | None:
        """Do something that writes, as ``attempt`` does; return what it returned, None where it was not done."""
        made: list[Made] = []
        return made[0] if self.attempt(lambda: made.append(make())) else None

    def trash_part(self, id_: str, title: str = "") -> bool:
        """Move a part to the Trash, after a question where something counts on it. Return whether it went."""
        said = " ".join((title or records.title(self.desk, id_)).split())
        if not may_go(self.desk, [id_], self) or not self.attempt(lambda: records.trash(self.desk, id_)):
            return False
        self.done.emit(tr("window", "“{title}” is in the Trash. Undo brings it back.", title=said))
        return True

    def tell(self, error: UserError) -> None:
        """Show why something on this page was not done."""
        self.bar.say("told", error.say())

    @property
    def takes_people(self) -> bool:
        """Whether rows of people become people of the record shown."""
        raise NotImplementedError
