"""The cities of each side of a UCAP as chips at the top of its page: type a name or pinyin, Enter adds."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from ucapdesk.base.i18n import language, tr
from ucapdesk.model.codes import code_label
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.record import Record
from ucapdesk.model.rules.sides import SIDES
from ucapdesk.model.text.parse.quick_line import FieldChange
from ucapdesk.services.records import link_choices, records
from ucapdesk.services.records.link_choices import NamedRecord
from ucapdesk.services.visits import record_sides
from ucapdesk.ui.fields.caption import Caption
from ucapdesk.ui.fields.token_editor import TokenField
from ucapdesk.ui.record.line_draft import LineDraft
from ucapdesk.ui.record.record_page import RecordPage
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.layout_builder import STRETCH, column, grow, row

KIND, ROLE = "ucap_place", "partner"


class SideCities(QWidget):
    """The chips of both sides. Adding or removing a city is saved at once."""

    def __init__(self, view: RecordPage, owner: Callable[[], str], *, read_only: bool, parent: QWidget) -> None:
        """``owner`` gives the UCAP, and may make it."""
        super().__init__(parent)
        self._view, self._owner = view, owner
        self._field = KINDS[KIND].fields["place"]
        self._known: list[str] = []
        self.captions = {side: Caption("", self) for side in SIDES}
        self.chips = {side: self._make(side, read_only=read_only) for side in SIDES}
        boxes = [column(self.captions[side], self.chips[side], STRETCH, gap=4) for side in SIDES]
        row(*map(grow, boxes), on=self, gap=theme.MARGIN, margins=0)

    def _make(self, side: str, *, read_only: bool) -> TokenField:
        chips = TokenField(f"ucap.cities.{side}", self._label(side), self._offers, new=self._new, parent=self)
        chips.chosen.connect(lambda key: self._add(side, key))
        chips.made.connect(lambda said: self._add_new(side, said))
        chips.removed.connect(self._view.trash_part)
        chips.opened.connect(self._view.opened)
        chips.browse.hide()
        if read_only:
            chips.set_read_only()
        else:
            LineDraft(self._view.desk, self._view.line_id(), chips.line)
        return chips

    def _label(self, side: str) -> str:
        id_ = self._view.id
        named = record_sides.sides(self._view.desk, id_).say(side, language()) if id_ else ""
        return tr("ucap", "Cities: {side}", side=named or code_label("side", side, language()))

    def show_places(self, places: Sequence[Record]) -> None:
        """Show the places of the UCAP under their sides."""
        self._known = [str(place) for each in places if (place := getattr(each, "place", None))]
        names = {each.key: each for each in link_choices.named(self._view.desk, self._field, self._known, language())}
        for side, chips in self.chips.items():
            self.captions[side].setText(self._label(side))
            mine = [each for each in places if getattr(each, "side", None) == side]
            told = [(each.id, names.get(str(getattr(each, "place", "")))) for each in mine]
            chips.show_tokens([NamedRecord(id_, named.name, named.other) for id_, named in told if named is not None])

    def _offers(self, said: str) -> Sequence[NamedRecord]:
        return link_choices.offers(self._view.desk, self._field, said, self._known)

    def _new(self, said: str) -> str:
        return link_choices.say_new(self._field, said)

    def _add(self, side: str, place: object) -> None:
        values = {"place": place, "side": side, "role": ROLE}
        self._view.attempt(lambda: records.add(self._view.desk, KIND, {"owner": self._owner(), **values}))

    def _add_new(self, side: str, said: str) -> None:
        made = link_choices.make(self._field, said)
        if made is not None:
            self._add(side, FieldChange(self._field, [lambda _: made.id], [made]))
