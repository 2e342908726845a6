"""The pages of a person, organisation, city, theme, project or UCAP with related records, and the dialogs of partnerships and of retention periods.

The counts of related records stand above the fields, the rows at the end of the page; a count leads to its rows. ``●`` marks the past, ``○`` the future. The picture of a partnership has cities at both sides, themes and MoUs between them, which can be pressed. The dialog of retention only reports; nothing is removed from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QPushButton, QVBoxLayout, QWidget

from ucapdesk.base.i18n import dotted, language, tr
from ucapdesk.model.codes import code_label
from ucapdesk.model.field_change import FieldChange
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.record import Record
from ucapdesk.model.rules.sides import SIDES
from ucapdesk.model.text.fields_in_words import title_of
from ucapdesk.model.values import Bilingual
from ucapdesk.papers.facts.partner_sides import RIGHT, PartnershipLink
from ucapdesk.services import Desk, agreements, ucap_overview
from ucapdesk.services.files import file_formats
from ucapdesk.services.people import personal_data
from ucapdesk.services.people.personal_data import RetentionEntry
from ucapdesk.services.records import completion, records, related
from ucapdesk.services.records.completion import NamedRecord
from ucapdesk.services.records.related import RelatedRecord, RelatedRecords
from ucapdesk.services.ucap_overview import Node
from ucapdesk.services.visits import visits
from ucapdesk.ui.fields.editor import Caption
from ucapdesk.ui.fields.links import link_chips
from ucapdesk.ui.fields.token_field import TokenField
from ucapdesk.ui.record.form import RecordForm
from ucapdesk.ui.record.record_page import BarAnswer, RecordPage
from ucapdesk.ui.record.record_screen import USES, RecordParts, RecordScreen
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.dialogs import Dialog, ask_where
from ucapdesk.ui.toolkit.item_views import TextTable
from ucapdesk.ui.toolkit.layouts import (
    STRETCH,
    FlowLayout,
    column,
    grow,
    grow_with_contents,
    left,
    refill,
    row,
    scrolled,
)
from ucapdesk.ui.toolkit.row_delegate import Line, font_of
from ucapdesk.ui.toolkit.signals import single_shot
from ucapdesk.ui.toolkit.widgets import ElidedButton, label, named, set_tool_tip, set_up

WAS, AHEAD = "●", "○"
HIGHEST = 360
MAX_ROWS_SHOWN = 200  # maximum number of rows shown, the latest ones


class CountLine(QWidget):
    """The number of records of each kind, as chips: ``Meetings 7``, ``MoUs 3, 1 signed``. Room for one line is always kept.

    Signals:
        chosen(str): a kind was pressed.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self)
        self.setMinimumHeight(theme.px(28))

    def show_counts(self, counts: Iterable[tuple[str, str]], only: str) -> None:
        chips: list[QWidget] = [self._chip(*each) for each in counts]
        refill(self._flow, chips or [label(tr("around", "No related records yet"), "second", parent=self)])
        self.check(only)

    def _chip(self, kind: str, words: str) -> QPushButton:
        return set_up(
            ElidedButton(words, self), f"around.{kind}", lambda: self.chosen.emit(kind), "chip", checked=False
        )

    def check(self, only: str) -> None:
        for button in self.findChildren(QPushButton):
            button.setChecked(button.objectName() == f"around.{only}")


class Around(QWidget):
    """A timeline; ``line``, which the page puts elsewhere, holds the numbers."""

    def __init__(self, view: RecordPage, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = view
        self._found = RelatedRecords()
        self._only = ""
        self._read = False
        self.setObjectName("around")
        head = label(tr("around", "On record"), "group", wrap=False, parent=self)
        self.line = CountLine(parent)
        self.line.chosen.connect(self._choose)
        self.table = TextTable(
            "around.rows",
            tr("around", "Related records, by date"),
            ((tr("around", "When"), 190), tr("around", "What"), (tr("around", "As"), 150)),
            self,
        )
        self.table.itemActivated.connect(lambda item: view.opened.emit(str(self.table.data_of(item.row()))))
        column(head, self.table, on=self, gap=theme.GAP, margins=(0, theme.GAP, 0, 0))
        self.hide()

    def show_record(self, id_: str) -> None:
        """Read the records related to one; hide everything where there are none."""
        found = related.around(self._view.desk, id_)
        if found == self._found and self._read:
            return
        self._read = True
        self._found = found
        if self._only not in found.totals:
            self._only = ""
        self.line.show_counts(related.counts(found), self._only)
        self._show_rows()
        self.setVisible(bool(found.rows))
        if (page := self.parentWidget()) is not None:
            grow_with_contents(page)

    def _choose(self, kind: str) -> None:
        self._only = "" if self._only == kind else kind
        self.line.check(self._only)
        self._show_rows()
        if self._only:
            self._view.page.ensureWidgetVisible(self.table)

    def _show_rows(self) -> None:
        shown = [each for each in self._found.rows if not self._only or each.kind == self._only][-MAX_ROWS_SHOWN:]
        rows = [
            (
                _when(each),
                tr("filter", "{field}: {value}", field=KINDS[each.kind].label(), value=" ".join(each.title.split())),
                each.role,
            )
            for each in shown
        ]
        self.table.fill(rows, [each.id for each in shown])
        self.table.fit_height(theme.px(HIGHEST))
        coming = next((row for row, each in enumerate(shown) if each.ahead), sum(bool(each.day) for each in shown) - 1)
        QTimer.singleShot(0, self.table, lambda: self._scroll_to(coming))  # it may only now come into sight

    def _scroll_to(self, row: int) -> None:
        if 0 <= row < self.table.rowCount() and (item := self.table.item(row, 0)) is not None:
            self.table.scrollToItem(item, TextTable.ScrollHint.PositionAtCenter)


def _when(near: RelatedRecord) -> str:
    """Return when an event was or will be, with a sign that needs no colour."""
    return f"{AHEAD if near.ahead else WAS} {near.when}" if near.when else ""


FACTS = "facts"  # the topic of a proposal in the bar of a page
RELATED_DELAY_MS = 120  # milliseconds before related records are read after the page is shown: typing comes first
SDGS, PARTNERSHIPS, PROJECTS = 1, 2, 3
GIVE_WAY = {PARTNERSHIPS: 560, PROJECTS: 480, SDGS: 380}  # columns shown only from a table width on


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
            *(KINDS[kind].plural() for kind in ucap_overview.COUNTED),
        )
        self.table = TextTable("themes.table", self._head.text(), heads, self)
        self.table.share(0, *(0 if at == PARTNERSHIPS else self._room(head) for at, head in enumerate(heads[1:], 1)))
        self.table.itemActivated.connect(lambda item: view.opened.emit(str(self.table.data_of(item.row()))))
        self.mous = label("", "second", name="themes.mous", parent=self)
        column(self._head, self.table, self.mous, on=self, gap=theme.GAP, margins=(0, theme.GAP, 0, 0))
        self.hide()

    def _room(self, head: str) -> int:
        return max(theme.px(64), self.fontMetrics().horizontalAdvance(head) + theme.px(24))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for layout, wide in GIVE_WAY.items():
            self.table.setColumnHidden(layout, self.width() < theme.px(wide))

    def show_ucap(self, id_: str) -> None:
        lines, counted = ucap_overview.themes_of(self._desk, id_), agreements.say_reported(self._desk, id_)
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
        facts = None if self.view.id is None or self.view.read_only else completion.proposed_place_values(record)
        if self.is_new_offer(FACTS, facts) and facts is not None:
            name, title = getattr(record, "name", None) or Bilingual(), title_of(record, language())
            said = tr(
                "place", "Found for “{name}”: {facts}", name=title, facts=completion.say_place_values(facts, name)
            )
            use = BarAnswer(
                "use",
                tr("place", "Use this"),
                partial(
                    self.view.attempt,
                    partial(records.edit, self.view.desk, record.id, completion.place_values(facts, name)),
                ),
            )
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
        named = visits.side_names(self._view.desk, id_).say(side, language()) if id_ else ""
        return tr("ucap", "Cities: {side}", side=named or code_label("side", side, language()))

    def show_places(self, places: Sequence[Record]) -> None:
        self._known = [str(place) for each in places if (place := getattr(each, "place", None))]
        names = {each.key: each for each in completion.named(self._view.desk, self._field, self._known, language())}
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
        if made := completion.make(self._view.desk, self._field, said):
            self._add(side, FieldChange(self._field, [lambda _: made[0].id], made))


class RetentionDialog(Dialog):
    def __init__(self, kept: Sequence[RetentionEntry], parent: QWidget | None = None) -> None:
        super().__init__("retention", tr("personal", "Data retention"), parent)
        self._all, self.kept = list(kept), list(kept)
        self._count = label("", "strong")
        self.due = named(QCheckBox(tr("personal", "Only ended or ending soon"), self), "retention.due")
        self.due.clicked.connect(self.refresh)
        heads = personal_data.retention_heads()[:-1]
        self.table = TextTable("retention.people", tr("personal", "Data retention"), heads, self)
        self.table.share(theme.px(140), 0, theme.px(130), theme.px(130), 0)
        self.table.itemActivated.connect(lambda item: self.leave(look_at=self.kept[item.row()].id))
        hint = tr(
            "personal", "Enter shows a person. The day is the field “Keep data until”; nothing is removed by itself."
        )
        self.foot.beside("retention.save", tr("personal", "Save list…"), self._save)
        self.foot.out(tr("notice", "Close"), role="main")
        self.refresh()
        self.lay_out(self._count, left(self.due), grow(self.table), label(hint, "second"), size=(860, 520))
        self.table.setFocus()

    def refresh(self) -> None:
        self.kept = [each for each in self._all if not self.due.isChecked() or each.state in personal_data.DUE]
        self.table.fill([row[:-1] for row in personal_data.rows(self.kept)], [each.id for each in self.kept])
        self._count.setText(personal_data.say_over(self._all))

    def _save(self) -> None:
        if path := ask_where(
            self, tr("personal", "Save list…"), f"{tr('personal', 'Personal data')}.xlsx", file_formats.sheet_files()
        ):
            self.attempt(lambda: personal_data.write_retention(self.kept, path))


NODE_PX, NODE_SHARE = 40, 0.26  # height of a row, and the share of the width that a column takes
THICKEST = 8
PRINT = "print"


class PartnershipPicture(QWidget):
    def __init__(self, desk: Desk, ucap: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("partnership.picture")
        self.partnership = ucap_overview.partnership_of(desk, ucap)
        self.buttons: dict[str, QPushButton] = {}
        for node in self.partnership.nodes:
            self.buttons[node.id] = self._make(node)
        rows = max(
            (sum(node.column == place for node in self.partnership.nodes) for place in range(RIGHT + 1)), default=0
        )
        self.setMinimumHeight(theme.px(NODE_PX) * max(rows, 1) + theme.MARGIN)

    def _make(self, node: Node) -> QPushButton:
        button, role = ElidedButton(node.title.replace("&", "&&"), self), "token" if node.kind == "place" else "chip"
        others = [
            dotted(self._name(link, node.id), link.said)
            for link in self.partnership.links
            if node.id in (link.a, link.b)
        ]
        said = "\n".join((dotted(KINDS[node.kind].label(), node.title), *dict.fromkeys(others)))
        set_tool_tip(button, said)
        return named(button, f"partnership.{node.id}", said.replace("\n", "; "), role=role)

    def _name(self, link: PartnershipLink, of: str) -> str:
        other = link.b if link.a == of else link.a
        return next((node.title for node in self.partnership.nodes if node.id == other), "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide, high = round(self.width() * NODE_SHARE), theme.px(NODE_PX)
        for place in range(RIGHT + 1):
            nodes = [node for node in self.partnership.nodes if node.column == place]
            step = self.height() / max(len(nodes), 1)
            left = round(place * (self.width() - wide) / RIGHT)
            for n, node in enumerate(nodes):
                top = round(step * (n + 0.5) - high / 2)
                self.buttons[node.id].setGeometry(QRect(left, top + 4, wide, high - 8))

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        columns = {node.id: node.column for node in self.partnership.nodes}
        most = max((link.met for link in self.partnership.links), default=1) or 1
        for link in sorted(self.partnership.links, key=lambda each: each.met):
            first, last = sorted((link.a, link.b), key=lambda id_: columns[id_])
            a, b = self.buttons[first].geometry(), self.buttons[last].geometry()
            start, end = QPoint(a.right(), a.center().y()), QPoint(b.left(), b.center().y())
            tokens = theme.tokens()
            thick = 1 + THICKEST * link.met // most if link.met else 1
            colour, dashes = (
                (tokens.accent, Qt.PenStyle.SolidLine) if link.met else (tokens.control, Qt.PenStyle.DotLine)
            )
            painter.setPen(QPen(QColor(colour), thick, dashes, Qt.PenCapStyle.RoundCap))
            painter.setOpacity(0.55 if link.met else 1)
            painter.drawLine(start, end)
            painter.setOpacity(1)
            if link.met:
                self._say(painter, end, f"{link.met}")
        painter.end()

    def _say(self, painter: QPainter, end: QPoint, text: str) -> None:
        painter.setFont(font_of(self.font(), Line("", small=True)))
        painter.setPen(QColor(theme.tokens().text))
        wide = painter.fontMetrics().horizontalAdvance(text) + 8
        painter.drawText(QRect(end.x() - wide - 4, end.y() - 20, wide, 18), Qt.AlignmentFlag.AlignRight, text)


class PartnershipDialog(Dialog):
    """Shows the picture. It is left for a record that is pressed, or with ``PRINT`` for the preview of the paper, which has the same picture."""

    def __init__(self, desk: Desk, ucap: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__("partnership", dotted(tr("partnership", "Partnership"), title), parent)
        self.picture = PartnershipPicture(desk, ucap)
        for id_, button in self.picture.buttons.items():
            button.clicked.connect(lambda _=False, id_=id_: self.leave(look_at=id_))
        said = tr(
            "partnership",
            "Solid lines: meetings, the more the thicker. Dotted lines: themes and MoUs in which a city takes part.",
        )
        self.foot.main("partnership.print", tr("preview", "Print…"), lambda: self.leave(PRINT))
        self.foot.out(tr("notice", "Close"))
        self.lay_out(label(said, "hint"), grow(scrolled(self.picture, self, "partnership.area")), size=(1000, 640))
