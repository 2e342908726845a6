"""The pages of a person, organisation, city, theme or project with related records, and that of a UCAP with its table of themes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ucapdesk.base.i18n import language, tr
from ucapdesk.model.codes import code_label
from ucapdesk.model.field_change import FieldChange
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.record import Record
from ucapdesk.model.rules.sides import SIDES
from ucapdesk.model.text.format.fields_in_words import title_of
from ucapdesk.model.values import Bilingual
from ucapdesk.services.agreements import agreements, themes
from ucapdesk.services.people import place_facts
from ucapdesk.services.records import link_choices, records
from ucapdesk.services.records.link_choices import NamedRecord
from ucapdesk.services.visits import record_sides
from ucapdesk.ui.fields.caption import Caption
from ucapdesk.ui.fields.links import link_chips
from ucapdesk.ui.fields.token_editor import TokenField
from ucapdesk.ui.people.around_panel import Around
from ucapdesk.ui.record.form import RecordForm
from ucapdesk.ui.record.message_bar import BarAnswer
from ucapdesk.ui.record.record_page import RecordPage
from ucapdesk.ui.record.record_parts import USES, RecordParts
from ucapdesk.ui.record.record_screen import RecordScreen
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.layout_builder import STRETCH, column, grow, row
from ucapdesk.ui.toolkit.text_label import label
from ucapdesk.ui.toolkit.text_table import TextTable
from ucapdesk.ui.toolkit.timers import single_shot

FACTS = "facts"
"""The topic of a proposal in the bar of a page."""
RELATED_DELAY_MS = 120
"""Milliseconds before related records are read after the page is shown: typing comes first."""
SDGS, PARTNERSHIPS, PROJECTS = 1, 2, 3
GIVE_WAY = {PARTNERSHIPS: 560, PROJECTS: 480, SDGS: 380}
"""Columns shown only from a table width on."""


class ThemeTable(QWidget):
    """Hidden where there is neither a theme nor a number of MoUs."""

    def __init__(self, view: RecordPage, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = view.desk
        self._shown: object = None
        self._head = label(tr("themes", "Themes at a glance"), "group", parent=self)
        heads = (
            KINDS["theme"].label(),
            tr("themes", "SDG"),
            tr("themes", "EU partnership"),
            *(KINDS[kind].plural() for kind in themes.COUNTED),
        )
        self.table = TextTable("themes.table", self._head.text(), heads, self)
        self.table.share(0, *(0 if at == PARTNERSHIPS else self._room(head) for at, head in enumerate(heads[1:], 1)))
        self.table.itemActivated.connect(lambda item: view.opened.emit(str(self.table.data_of(item.row()))))
        self.mous = label("", "second", name="themes.mous", parent=self)
        column(self._head, self.table, self.mous, on=self, gap=theme.GAP, margins=(0, theme.GAP, 0, 0))
        self.hide()

    def _room(self, head: str) -> int:
        """Return the width of a column that is no wider than its heading."""
        return max(theme.px(64), self.fontMetrics().horizontalAdvance(head) + theme.px(24))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for layout, wide in GIVE_WAY.items():
            self.table.setColumnHidden(layout, self.width() < theme.px(wide))

    def show_ucap(self, id_: str) -> None:
        """Read the themes of a UCAP; unchanged ones stay."""
        lines, counted = themes.of_ucap(self._desk, id_), agreements.say_reported(self._desk, id_)
        if (lines, counted) == self._shown:
            return
        self._shown = (lines, counted)
        rows = [(each.name, each.sdgs, each.partnerships, *map(str, each.counted)) for each in lines]
        self.table.fill(rows, [each.id for each in lines])
        for each in (self._head, self.table):
            each.setVisible(bool(lines))
        self.mous.say(counted)
        self.setVisible(bool(lines or counted))
        self.table.fit_height()


class AroundScreen(RecordScreen):
    """The plain page, with counts above its fields and their rows at its end."""

    covers: ClassVar[frozenset[str]] = frozenset({USES})

    def __init__(self, view: RecordPage, column: QVBoxLayout) -> None:
        super().__init__(view, column)
        self.around = Around(view, self.page)
        self._later = single_shot(self.around, RELATED_DELAY_MS, self._read)

    def put_form(self, form: RecordForm) -> None:
        self.around.line.setVisible(self.view.id is not None)
        self.put(self.around.line)
        super().put_form(form)

    def put_parts(self, parts: RecordParts) -> None:
        super().put_parts(parts)
        self.around.line.show()
        self.put(self.around)

    def fill(self, record: Record) -> None:
        if self.view.id is not None:
            self._later.start()

    def _read(self) -> None:
        if self.view.id is not None:
            self.around.show_record(self.view.id)


class PlaceScreen(AroundScreen):
    """The page of a place: what its name tells of its country is proposed above the fields."""

    def fill(self, record: Record) -> None:
        super().fill(record)
        facts = None if self.view.id is None or self.view.read_only else place_facts.proposed(record)
        if self.is_new_offer(FACTS, facts) and facts is not None:
            name, title = getattr(record, "name", None) or Bilingual(), title_of(record, language())
            said = tr("place", "Found for “{name}”: {facts}", name=title, facts=place_facts.say(facts, name))
            take = partial(records.edit, self.view.desk, record.id, place_facts.values_of(facts, name))
            use = BarAnswer("use", tr("place", "Use this"), partial(self.view.attempt, take))
            self.view.bar.say(FACTS, said, use)


class UcapScreen(AroundScreen):
    """The page of a UCAP: the cities of both sides first, its themes as a table."""

    def put_form(self, form: RecordForm) -> None:
        self.cities = SideCities(self.view, self.view.make_now, self.page)
        self.put(self.cities)
        super().put_form(form)
        self.cities.show_places([])

    def put_parts(self, parts: RecordParts) -> None:
        self.themes = ThemeTable(self.view, self.page)
        self.put(self.themes)
        super().put_parts(parts)

    def fill(self, record: Record) -> None:
        super().fill(record)
        if self.view.id is not None:
            self.themes.show_ucap(self.view.id)
            self.cities.show_places(self.view.owned.get("ucap_place", []))


KIND, ROLE = "ucap_place", "partner"


class SideCities(QWidget):
    """The chips of both sides. Adding or removing a city is saved at once."""

    def __init__(self, view: RecordPage, owner: Callable[[], str], parent: QWidget) -> None:
        """``owner`` gives the UCAP, and may make it."""
        super().__init__(parent)
        self._view, self._owner = view, owner
        self._field = KINDS[KIND].fields["place"]
        self._known: list[str] = []
        self.captions = {side: Caption("", self) for side in SIDES}
        self.chips = {side: self._make(side) for side in SIDES}
        boxes = [column(self.captions[side], self.chips[side], STRETCH, gap=4) for side in SIDES]
        row(*map(grow, boxes), on=self, gap=theme.MARGIN, margins=0)

    def _make(self, side: str) -> TokenField:
        name, label = f"ucap.cities.{side}", self._label(side)
        chips = link_chips(name, label, self._view.desk, self._field, lambda: self._known, parent=self)
        chips.chosen.connect(lambda key: self._add(side, key))
        chips.made.connect(lambda said: self._add_new(side, said))
        chips.removed.connect(self._view.trash_part)
        chips.opened.connect(self._view.opened)
        chips.browse.hide()
        if self._view.read_only:
            chips.set_read_only()
        self._view.keep_line(chips.line)
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
            chips.label = self._label(side)
            self.captions[side].setText(chips.label)
            mine = [each for each in places if getattr(each, "side", None) == side]
            told = [(each.id, names.get(str(getattr(each, "place", "")))) for each in mine]
            chips.show_tokens([NamedRecord(id_, named.name, named.other) for id_, named in told if named is not None])

    def _add(self, side: str, place: object) -> None:
        values = {"place": place, "side": side, "role": ROLE}
        self._view.attempt(lambda: records.add(self._view.desk, KIND, {"owner": self._owner(), **values}))

    def _add_new(self, side: str, said: str) -> None:
        if made := link_choices.make(self._view.desk, self._field, said):
            self._add(side, FieldChange(self._field, [lambda _: made[0].id], made))
