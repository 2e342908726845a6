"""The interface of the record view for the screens of kinds and their panels."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from ucapdesk.model.record import Record
from ucapdesk.services import Desk
from ucapdesk.ui.record.form import RecordForm
from ucapdesk.ui.record.message_bar import MessageBar
from ucapdesk.ui.record.saving import Saving
from ucapdesk.ui.window.navigation.arrangement import Arrangement


class RecordPage(QWidget):
    """One record while it is shown: its parts, the text being typed, and the message bar.

    Signals:
        saved(): something was written.
        opened(str): another record is to be shown.
        left(): Escape was pressed: back to the list.
        shown(): another record is shown, or none.
        trashed(str): a part of the record was moved to the Trash; the sentence that says so.
        compared(): the duplicates, or possible duplicates, of this record are to be shown.
        done(str): something was done that Undo takes back; the sentence that says so.
        reprinted(str): the paper of a pack is wanted with today's data.
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
        """The parts of the record by kind, read once for the form, the screen and the lists."""
        self.form: RecordForm | None = None

    @property
    def id(self) -> str | None:
        """The id of the record shown, if it is created."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Read the shown record again; text being typed stays."""
        raise NotImplementedError

    def focus_field(self, name: str) -> bool:
        """Scroll to a field or a list of parts (``title``, ``title.zh``, ``signatory``), focus it and frame it."""
        raise NotImplementedError

    def save_now(self) -> bool:
        """Save the text being typed before anything else happens. Return True where nothing is left unsaved."""
        raise NotImplementedError

    def make_now(self) -> str:
        """Return the id of the record; create it from its given values if needed, so that a part can belong to it."""
        raise NotImplementedError
