"""The seating dialog: the proposal of protocol for an occasion, changed by hand and printed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
)

from ucapdesk.base.i18n import dotted, tr
from ucapdesk.papers.documents.seating_plan import DOCUMENTS, USUAL_ROOM
from ucapdesk.papers.occasion_seats import Wanted
from ucapdesk.services import Desk
from ucapdesk.services.records import records
from ucapdesk.services.visits import visit_seating
from ucapdesk.services.visits.visit_seating import Sitter
from ucapdesk.ui.seating.seating_legend import SeatingLegend
from ucapdesk.ui.seating.seating_view import SeatingPlan
from ucapdesk.ui.toolkit.change_listener import ChangeListener
from ucapdesk.ui.toolkit.dialog import Dialog
from ucapdesk.ui.toolkit.dialog_fit import fit
from ucapdesk.ui.toolkit.eliding import combo_box
from ucapdesk.ui.toolkit.flow_layout import FlowLayout
from ucapdesk.ui.toolkit.layout_builder import flow, grow, scrolled
from ucapdesk.ui.toolkit.plain_text import set_tool_tip
from ucapdesk.ui.toolkit.text_label import label
from ucapdesk.ui.window.navigation.navigator import NavigableWindow

HAVING = {"talks": "interpreter", "talks_end": "interpreter", "rostrum": "convention", "cars": "wheel"}
"""The additional choice of each room."""
CHOICES = {each.name: each for each in DOCUMENTS[0].options if each.name in {"room", *HAVING.values()}}
"""Those of the paper that is printed of a plan."""
PRINT = "print"


class SeatingDialog(Dialog):
    """The plan of a visit, a meeting or a programme item. It is left with ``PRINT`` for its paper."""

    by_enter = False

    def __init__(self, desk: Desk, id_: str, window: NavigableWindow | None = None) -> None:
        super().__init__("seating", dotted(tr("seating", "Seating"), records.title(desk, id_)), window)
        self._desk, self._id = desk, id_
        choices = self._choices(visit_seating.usual(desk, id_))
        self.legend = SeatingLegend(self)
        self.plan = SeatingPlan(self)
        self.plan.swapped.connect(self._swap)
        self.plan.stepped.connect(self._tell)
        self._scroll = scrolled(self.plan, self, "seating.scroll")
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.said, self.hint = label("", "strong"), label("", "second")
        print_ = partial(self.leave, PRINT)
        self.foot.beside("seating.print", tr("seating", "Print the plan…"), print_)
        self.proposed = self.foot.beside("seating.proposed", tr("seating", "Restore proposal"), self._as_proposed)
        self.foot.out(tr("notice", "Close"), "seating.close", role="main")
        self.lay_out(choices, self.legend, grow(self._scroll), self.said, self.hint)
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(print_)
        self.refresh()
        ChangeListener(desk, lambda _: self.refresh(), self)
        self.plan.setFocus()
        fit(self, 900, 620)

    # -- what is chosen ---------------------------------------------------------------------------

    def _choices(self, usual: str) -> FlowLayout:
        self.boxes: dict[str, QComboBox] = {}
        for name, choice in CHOICES.items():
            texts = [(text.say(), code) for code, text in choice.choices if code != USUAL_ROOM]
            chosen = usual if name == "room" else None
            box = self.boxes[name] = combo_box(f"seating.{name}", choice.label.say(), texts, chosen, chars=30)
            set_tool_tip(box, choice.label.say())
            box.currentIndexChanged.connect(self.refresh)
        return flow(*self.boxes.values())

    @property
    def chosen(self) -> dict[str, str]:
        """The options of the room, as the choices of the paper are named."""
        return {name: box.currentData() for name, box in self.boxes.items()}

    # -- what happens -----------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the participants and set the room again."""
        chosen = self.chosen
        for name, box in self.boxes.items():
            box.setVisible(name in ("room", HAVING.get(chosen["room"])))
        wanted = Wanted(chosen["room"], chosen["interpreter"], chosen["convention"], wheel=chosen["wheel"])
        setting = visit_seating.setting(self._desk, self._id, wanted)
        self.plan.show_setting(setting)
        self.legend.show_marks(setting.legend)
        read_only = self._desk.workspace.read_only
        self.proposed.setEnabled(not read_only and any(each.by_hand for each in self.plan.sitters))

    def _swap(self, one: Sitter, other: Sitter) -> None:
        if self._desk.workspace.read_only:
            return
        visit_seating.swap(self._desk, one, other)
        self.plan.go_to(one.id)

    def _as_proposed(self) -> None:
        visit_seating.as_proposed(self._desk, self.plan.sitters)
        self.plan.setFocus()

    def _tell(self) -> None:
        """Describe the focused seat, and what can be done."""
        here, held = self.plan.current, self.plan.held
        said = tr("seating", "Nobody takes part yet. Add people to the record first.")
        if here is not None:
            said = dotted(here.code, here.name, here.post, here.party)
            said = tr("seating", "{who} (put there by hand)", who=said) if here.by_hand else said
        self.said.setText(said)
        if held is not None:
            hint = tr(
                "seating", "{name}: arrow keys choose the other place, Enter swaps, Esc puts back.", name=held.name
            )
        else:
            hint = tr("seating", "Drag a name onto another, or press Enter to pick it up: the two change places.")
        self.hint.setText(hint if here else "")
        if here is not None and self.isVisible():  # before, nothing has its size
            place = self.plan.place_of(here).toRect()
            around = place.size().boundedTo(self._scroll.viewport().size() / 2)
            self._scroll.ensureVisible(place.center().x(), place.center().y(), around.width(), around.height())
