"""What the screen of a kind, and the panels on it, may ask of the view that shows the record."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from ucapdesk.model.record import Record
from ucapdesk.services import Desk
from ucapdesk.ui.record.form import RecordForm
from ucapdesk.ui.record.message_bar import MessageBar
from ucapdesk.ui.record.saving import Saving
from ucapdesk.ui.shell.arrangement import Arrangement


class RecordPage(QWidget):
    """One record while it is shown: its parts, what is being typed, and the bar over it.

    Signals:
        saved(): something was written.
        opened(str): the person wants to see another record.
        left(): Escape: back to the list.
        shown(): another record is shown, or none.
        trashed(str): a part of the record went to the Trash; the sentence that says so.
        compared(): the person wants to see what is, or may be, the same as this record.
        done(str): something was done that Undo takes back; the sentence that says so.
        reprinted(str): the paper of a pack is wanted as it would be today.
    """

    saved = Signal()
    opened = Signal(str)
    left = Signal()
    shown = Signal()
    trashed = Signal(str)
    compared = Signal()
    done = Signal(str)
    reprinted = Signal(str)

    bar: MessageBar
    saving: Saving
    page: QScrollArea

    def __init__(self, desk: Desk, arrangement: Arrangement | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.arrangement = desk, arrangement
        self.record: Record | None = None
        self.owned: dict[str, list[Record]] = {}
        """What belongs to it, by kind: read once for the form, the screen and the lists."""
        self.form: RecordForm | None = None

    @property
    def id(self) -> str | None:
        """The record shown, if it is made."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Read the shown record again; text that is being typed stays."""
        raise NotImplementedError

    def focus_field(self, name: str) -> bool:
        """Scroll to a field or a list of parts (``title``, ``title.zh``, ``signatory``), put the keys there, show where."""
        raise NotImplementedError

    def save_now(self) -> bool:
        """Write what is being typed, before anything else happens. True where nothing is left unsaved."""
        raise NotImplementedError

    def make_now(self) -> str:
        """The id of the record; one that is not there yet is made of what it was given, for a part to belong to it."""
        raise NotImplementedError
