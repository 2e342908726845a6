"""The page of a visit: how far it is, its programme, who comes and who receives, what to prepare, and everything else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ucapdesk.base.i18n import Message
from ucapdesk.ui.record.screen import Tab, TabbedScreen
from ucapdesk.ui.visits.programme import ProgrammePanel

if TYPE_CHECKING:
    from ucapdesk.model.record import Record
    from ucapdesk.ui.record.view import RecordView

ITINERARY = "itinerary"
ITEM, DAY = "itinerary_item", "itinerary_day"


class VisitScreen(TabbedScreen):
    """Tabs: itinerary, delegation, checklist, and the derived form with all other parts."""

    covers: ClassVar[frozenset[str]] = frozenset({ITEM, DAY})
    tabs = (
        Tab(ITINERARY, Message("visit", "Itinerary")),
        Tab("details", Message("visit", "Details")),
    )
    fills = frozenset({ITINERARY})

    def __init__(self, view: RecordView, column: QVBoxLayout, *, read_only: bool) -> None:
        super().__init__(view, column, read_only=read_only)
        self.programme: ProgrammePanel | None = None

    def panels_of(self, key: str) -> Sequence[QWidget]:
        if key != ITINERARY:
            return ()
        page = self.column.parentWidget() or self.view
        self.programme = ProgrammePanel(self.view, read_only=self.read_only, parent=page)
        return (self.programme,)

    def fill(self, record: Record) -> None:
        if self.programme is None or self.view.id is None:
            return
        self.programme.refresh()

    def focus_first(self) -> bool:
        if self.programme is None or self.current != ITINERARY:
            return False
        self.programme.take_focus()
        return True

    def point_at(self, name: str) -> QWidget | None:
        if name not in (ITEM, DAY) or self.programme is None:
            return None
        self.show_tab(ITINERARY)
        self.programme.take_focus()
        return self.programme.rows

    def row_of(self, id_: str) -> QWidget | None:
        if self.programme is not None and self.programme.point_at_item(id_):
            return self.programme.rows
        return None

    def take_up(self, id_: str, cell: str) -> bool:
        if self.row_of(id_) is None or self.programme is None:
            return False
        self.show_tab(ITINERARY)
        self.programme.form.expect(id_)
        self.programme.form.focus_field(cell)
        return True
