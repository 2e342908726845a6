"""The interface of a list for its chips, its menu and its foot."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from ucapdesk.model.listing import ListView
from ucapdesk.services import Desk
from ucapdesk.ui.lists.list_header import ListHeader
from ucapdesk.ui.lists.record_table import RecordTable


class ListPage(QWidget):
    """The records of one kind as they are listed.

    Attributes:
        heads: The header, which remembers order, columns and letters.
        show_view: Lists the records of a view.
        show_letters: Shows initial letters in every list, or in none.
        set_columns: Shows these fields as columns besides the title, and remembers them; none means the declared ones.
        selected: Returns the selected records, in the order of the list.
    """

    heads: ListHeader
    show_view: Callable[[ListView], None]
    show_letters: Callable[[bool], None]
    set_columns: Callable[[Sequence[str]], None]
    selected: Callable[[], list[str]]

    def __init__(self, desk: Desk, do: Callable[..., object], parent: QWidget | None = None) -> None:
        """``do`` runs a command of the window by its name, with what it is given."""
        super().__init__(parent)
        self.desk, self.do = desk, do
        self.table = RecordTable(desk, self)
