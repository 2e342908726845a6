"""The form of one record: its fields in groups. Filled and usual fields are shown, one button unfolds the others.

A group only puts fields in order: what it does not name stands at the end of its first group, so a field added to a kind is in its form without a line here. How a record is filed comes last, for every kind the same.

The line under the status names the gaps before the next state, with links to them. It never blocks.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from html import escape
from typing import Any, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ucapdesk.base.clock import today
from ucapdesk.base.i18n import Message, dotted, ntr, tr
from ucapdesk.model.codes import code_label
from ucapdesk.model.kind import Kind, KindField
from ucapdesk.model.record import Record
from ucapdesk.model.rules.record_rules import MILESTONES, Gap, is_filled, next_milestone
from ucapdesk.model.rules.record_rules import Parts as Owned
from ucapdesk.model.serialize import kind_of
from ucapdesk.model.text.fields_in_words import say
from ucapdesk.model.text.person_names import offered_name
from ucapdesk.model.values import Bilingual
from ucapdesk.services.records import records
from ucapdesk.services.visits import visits
from ucapdesk.ui.fields.editor import Editor, Seen
from ucapdesk.ui.fields.editor_factory import editor_for
from ucapdesk.ui.fields.links import LinksEditor
from ucapdesk.ui.fields.text_editors import LANGUAGE_VIEWS, BilingualEditor
from ucapdesk.ui.fields.value_editors import NameEditor
from ucapdesk.ui.record.presentation import presentation
from ucapdesk.ui.record.record_page import RecordPage
from ucapdesk.ui.record.saving import Target
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.keyboard_focus import highlight, tab_stops
from ucapdesk.ui.toolkit.layouts import add, column, discard, grid, left
from ucapdesk.ui.toolkit.widgets import ElidedButton, PlainLabel, button, icon, label, named, set_up

HIDDEN = ("owner", "pos")


class FieldGroup(NamedTuple):
    """Fields under a heading; the first group of a form has none."""

    key: str
    heading: Message | None
    fields: tuple[KindField, ...]


FILING = ("filing", Message("group", "Filing"), "tags marking notes source source_place")


def is_shown(field: KindField, *, local: bool) -> bool:
    """Return whether a form shows a field. ``local``: with those that stay on this laptop."""
    return field.name not in HIDDEN and not field.meta.machine and (local or not field.meta.local)


def groups_of(kind: Kind, *, local: bool) -> list[FieldGroup]:
    """Return the groups of a kind's form; every visible field stands in one of them, once, but those that its page shows.

    ``local``: with the fields that stay on this laptop.
    """
    titles = [name for name in kind.cls.title_fields if name in kind.fields]
    page = presentation(kind.name)
    names_ = (name for name in dict.fromkeys((*titles, *kind.fields)) if name not in page.on_page)
    free = [name for name in names_ if is_shown(kind.fields[name], local=local)]
    groups = []
    for key, heading, names in (*page.groups, FILING):
        mine = [name for name in names.split() if name in free]
        free = [name for name in free if name not in mine]
        groups.append(FieldGroup(key, heading, tuple(kind.fields[name] for name in mine)))
    first = FieldGroup("", None, tuple(kind.fields[name] for name in free))
    return [first, *(group for group in groups if group.fields)]


class GapLine(PlainLabel):
    """A sentence whose gaps are links to fields or lists of parts; hidden where nothing is missing."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        named(self, name, role="hint")
        self.setTextFormat(Qt.TextFormat.RichText)  # for its links; user text is escaped
        self.setWordWrap(True)
        self.setMinimumWidth(1)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.hide()

    def show_gaps(self, words: str, gaps: Sequence[Gap]) -> None:
        """Show these gaps; ``words`` has ``{gaps}`` where they go."""
        colour = theme.tokens().accent
        links = [
            f'<a href="{gap.where}" style="color:{colour};text-decoration:none">{escape(gap.said.say())}</a>'
            for gap in gaps
        ]
        self.setText(escape(words).replace("{gaps}", tr("log", ", ").join(links)) if gaps else "")
        said = tr("log", ", ").join(gap.said.say() for gap in gaps)
        self.setAccessibleName(words.replace("{gaps}", said) if gaps else "")
        self.setVisible(bool(gaps))


class StateHint(GapLine):
    """Names the gaps before the next status that has requirements."""

    def show_record(self, record: Record, owned: Owned) -> None:
        goal, gaps = next_milestone(record, owned)
        state = code_label(kind_of(record).fields["status"].meta.codes, goal) if goal else ""
        self.show_gaps(tr("record", "Missing for “{state}”: {gaps}", state=state, gaps="{gaps}"), gaps)


MIN_FIELD_PX = 200  # minimum width of a field where the form has room for it
ROOMY = 240  # width for each field from which on three narrow fields share a line


def _said(field: KindField, value: Any) -> str:
    """Return a computed value in words, with the name of its field; a text in every language that it has."""
    if value is True:
        return field.label()
    said = dotted(*value.values()) if isinstance(value, Bilingual) else say(field, value)
    return tr("filter", "{field}: {value}", field=field.label(), value=said)


class _Block(QWidget):
    """Editors in reading order: narrow ones share a line where there is room, wide ones take a line each."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._editors: Sequence[Editor] = ()
        self._across = 2
        self._fillers: list[QWidget] = []
        self._grid = grid(on=self, across=theme.MARGIN, down=theme.FIELDS, margins=0)

    def put(self, editors: Sequence[Editor]) -> None:
        self._editors = editors
        self._arrange()
        for editor in editors if self.isVisible() else ():
            editor.show()  # Qt shows later widgets only after the next event

    def _arrange(self) -> None:
        across, at = self._across, 0  # counted in cells
        discard(*self._fillers)
        for editor in self._editors:
            cells = across if editor.wide else 1
            at += -at % across if cells > 1 else 0
            self._grid.addWidget(editor, at // across, at % across, 1, cells)
            at += cells
        self._fillers = [QWidget(self) for _ in range(at, across)]
        for place, filler in enumerate(self._fillers, at):  # Qt leaves no space beside a column with nothing in it
            self._grid.addWidget(filler, 0, place)
        for place in range(3):
            self._grid.setColumnStretch(place, int(place < across))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        gap, width = theme.MARGIN, self.width()
        roomy = width >= 3 * theme.px(ROOMY) + 2 * gap
        across = 3 if roomy else 2 if width >= 2 * theme.px(MIN_FIELD_PX) + gap else 1
        if across != self._across:
            self._across = across
            self._arrange()


class _Section(QWidget):
    """One group of fields under a heading that folds it. What stands in it is made with its first field."""

    toggled = Signal(bool)

    def __init__(self, group: FieldGroup, parent: QWidget) -> None:
        super().__init__(parent)
        self.group = group
        self._head: ElidedButton | None = None
        self._column = column(on=self, gap=theme.GAP, margins=(0, theme.GAP if group.heading else 0, 0, 0))

    @cached_property
    def block(self) -> _Block:
        if self.group.heading:
            head = ElidedButton(self.group.heading.say().replace("&", "&&"), self)
            self._head = set_up(
                head, f"record.group.{self.group.key}", lambda: self.toggled.emit(self.block.isHidden()), "group"
            )
            add(self._column, left(head))
        block = _Block(self)
        self._column.addWidget(block)
        return block

    def fold(self, *, folded: bool) -> None:
        self.block.setHidden(folded)
        if self._head:
            self._head.setIcon(icon("chevron_right" if folded else "chevron_down", 16))
            self._head.setAccessibleDescription(tr("form", "Folded") if folded else "")


class RecordForm(QWidget):
    """The editors of all fields of one record.

    Signals:
        wanted(str): another field or a list of parts is to be filled in.
    """

    wanted = Signal(str)

    def __init__(self, view: RecordPage, record: Record, target: Target, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view, self._record, self._target = view, record, target
        self._desk, self._kept = view.desk, view.arrangement
        self._kind = kind_of(record)
        self._seen: Seen = {}
        self.editors: dict[str, Editor] = {}
        self._hint: StateHint | None = None
        # The values computed from the fields, where there are any.
        self.computed = label(role="second", name="record.computed", parent=self)
        self._column = column(self.computed, on=self, gap=theme.FIELDS, margins=0)
        self._show_computed()
        self._sections = [_Section(group, self) for group in groups_of(self._kind, local=view.desk.workspace.protected)]
        for section in self._sections:
            self._column.addWidget(section)
            section.toggled.connect(lambda open_, section=section: self._fold(section, folded=not open_))
        fields = [field for section in self._sections for field in section.group.fields]
        first = {f.name for f in fields if f.meta.needed or f.meta.column or is_filled(getattr(record, f.name))}
        first |= {*presentation(self._kind.name).usual}
        view.sides_changed.connect(self._name_sides)
        self.more = button("record.more", "", self._more, "quiet", tip=tr("form", "Fields that are empty"), parent=self)
        add(self._column, left(self.more))
        self._show(first)

    def _show_computed(self) -> None:
        now = today(self._desk.workspace.clock)
        records.add_computed_values(self._desk, self._record)
        follows = (each for each in self._kind.follows if not each.stored or each.is_followed(self._record))
        held = {field: field.value(self._record, now) for field in follows if not field.meta.column}
        self.computed.say(dotted(*(_said(field, value) for field, value in held.items() if value)))

    # -- which fields are there ------------------------------------------------------------------

    @property
    def _hidden(self) -> list[KindField]:
        fields = (field for section in self._sections for field in section.group.fields)
        return [field for field in fields if field.name not in self.editors]

    def _show(self, names: set[str]) -> None:
        folded = self._folded()
        made = [field for field in self._hidden if field.name in names]
        named = {field.name: field for field in visits.fields_by_side_name(self._desk, made, self._record.id)}
        for section in self._sections:
            for field in section.group.fields:
                if field.name in named:
                    self._editor(named[field.name], section.block)
            shown = [self.editors[field.name] for field in section.group.fields if field.name in self.editors]
            section.setVisible(bool(shown))
            if shown:
                section.block.put(shown)
                section.fold(folded=section.group.key in folded)
        left = len(self._hidden)
        self.more.setText(f"+ {ntr('form', '{n} more field', '{n} more fields', left)}")
        self.more.setVisible(bool(left))

    def _editor(self, field: KindField, parent: QWidget) -> None:
        editor = self.editors[field.name] = editor_for(field, self._desk, parent)
        if isinstance(editor, BilingualEditor):
            editor.show_languages(self._languages())
        elif isinstance(editor, LinksEditor):
            editor.owner = str(getattr(self._record, "owner", None) or "")
        editor.opened.connect(self._view.opened)
        if self._view.read_only:
            editor.set_read_only()
        elif field.name == "status" and field.kind in MILESTONES:
            self._hint = StateHint("field.status.missing", editor)
            self._hint.linkActivated.connect(self.wanted)
            editor.put_below(self._hint)  # messages come under it
        self._view.saving.watch(editor, self._target)

    def _name_sides(self) -> None:
        shown = [editor.field for editor in self.editors.values()]
        for field in visits.fields_by_side_name(self._desk, shown, self._record.id):
            if field.sides != self.editors[field.name].field.sides:
                self.editors[field.name].rename(field)

    def unfold(self) -> None:
        hidden = {field.name for field in self._hidden}
        self._show(hidden)
        for name in hidden:
            self.editors[name].set_value(getattr(self._record, name), self._seen)
        for section in self._sections:
            section.fold(folded=False)

    def _more(self) -> None:
        first = self._hidden[0].name
        self.unfold()
        self.focus(first)

    def insert(self, after: str, widget: QWidget) -> None:
        """Insert a widget that is no field after a group, named by its key."""
        section = next(each for each in self._sections if each.group.key == after)
        self._column.insertWidget(self._column.indexOf(section) + 1, widget)

    # -- folding ----------------------------------------------------------------------------------

    def _folded(self) -> list[str]:
        kept = self._kept.of("folded", self._kind.name)
        return [key for key in kept if isinstance(key, str)] if isinstance(kept, list) else []

    def _fold(self, section: _Section, *, folded: bool) -> None:
        section.fold(folded=folded)
        others = [key for key in self._folded() if key != section.group.key]
        self._kept.keep("folded", self._kind.name, [*others, *([section.group.key] if folded else [])])

    # -- two languages ----------------------------------------------------------------------------

    @property
    def _pairs(self) -> list[BilingualEditor]:
        return [editor for editor in self.editors.values() if isinstance(editor, BilingualEditor)]

    def _languages(self) -> str:
        kept = self._kept.of("languages", "")
        return kept if kept in LANGUAGE_VIEWS else LANGUAGE_VIEWS[0]

    def other_language(self) -> bool:
        """Move to the same line in the other language; return False where no bilingual text has the focus."""
        return any(editor.other_language() for editor in self._pairs)

    def open_text_states(self) -> bool:
        """Open the menu of statements about the focused text; return False where no bilingual text has the focus."""
        return any(editor.open_states() for editor in self._pairs)

    def cycle_languages(self) -> None:
        """Switch from both languages to the first, the second, and back; the next record is shown the same way."""
        shown = LANGUAGE_VIEWS[(LANGUAGE_VIEWS.index(self._languages()) + 1) % len(LANGUAGE_VIEWS)]
        self._kept.keep("languages", "", shown)
        for editor in self._pairs:
            editor.show_languages(shown)

    # -- what the record view does with it --------------------------------------------------------

    def reveal(self, name: str) -> Editor | None:
        """Return the editor of a field, made and unfolded if needed; None where the kind has no such field."""
        if name not in self.editors and any(field.name == name for field in self._hidden):
            self._show({name})
            self.editors[name].set_value(getattr(self._record, name), self._seen)
        for section in self._sections:
            if any(field.name == name for field in section.group.fields):
                section.fold(folded=False)
        return self.editors.get(name)

    def focus(self, name: str) -> Editor | None:
        """Focus a field, or a part of it such as ``title.zh``; return its editor, None where the kind has no such field."""
        editor = self.reveal(name.partition(".")[0])
        if editor is not None:
            focus_first(editor.findChild(QWidget, f"field.{name}") or editor)
        return editor

    def point_at(self, name: str) -> Editor | None:
        editor = self.focus(name)
        if editor is not None:
            highlight(editor)
        return editor

    def fill(self, record: Record, owned: Owned, seen: Seen, *, typed_in: Editor | None) -> None:
        """Show the values of a record; text being typed or not saved stays.

        ``owned``: what belongs to it, by kind.
        """
        self._record, self._seen = record, seen
        self._show_computed()
        damaged = self._desk.read.damaged(record.id)
        came = {f.name for f in self._hidden if is_filled(getattr(record, f.name)) or f.name in damaged}
        if came:
            self._show(came)
        for name, editor in self.editors.items():
            if editor is not typed_in and not editor.refused:
                editor.set_value(getattr(record, name), seen)
                editor.say_damaged(damaged.get(name))
                if isinstance(editor, NameEditor) and name == "name":
                    editor.offer(offered_name(record))
        if self._hint:
            self._hint.show_record(record, owned)


def focus_cell(row: QWidget, cell: str) -> None:
    """Focus a cell of a row (``title.zh``), else its field, else the row."""
    names = (f"field.{cell}", f"field.{cell.partition('.')[0]}")
    focus_first(next(filter(None, (row.findChild(QWidget, name) for name in names)), row))


def focus_first(widget: QWidget) -> bool:
    found = next(tab_stops(widget), None)
    if found is not None:
        found.setFocus()
    return found is not None
