"""The editor of links (records, codes, zones or words as chips that are typed), and the dialog that finds what to link."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from ucapdesk.base.i18n import dotted, language, tr
from ucapdesk.model.field_change import FieldChange, Made
from ucapdesk.model.kind import KindField
from ucapdesk.services import Desk
from ucapdesk.services.records import completion, records, search
from ucapdesk.services.records.completion import NamedRecord
from ucapdesk.ui.fields.editor import HINT, WARNING, Editor, field_head
from ucapdesk.ui.fields.token_field import TokenField
from ucapdesk.ui.toolkit.dialogs import Dialog
from ucapdesk.ui.toolkit.item_views import list_item
from ucapdesk.ui.toolkit.text_inputs import LineEdit
from ucapdesk.ui.toolkit.widgets import named

MAX_CHOICES = 200

# A function (typed text, chosen keys) that returns the choices as key and label; chosen keys are always included.
Options = Callable[[str, Sequence[str]], dict[str, str]]


def options_of(desk: Desk, field: KindField) -> Options:

    def options(find: str, chosen: Sequence[str]) -> dict[str, str]:
        if find.strip() or not field.meta.kinds:
            found = completion.offers(desk, field, find, limit=MAX_CHOICES)
        else:
            everything = records.listing(desk, field.meta.kinds[0])[:MAX_CHOICES]
            found = completion.named(desk, field, dict.fromkeys((*chosen, *everything)), details=True)
        unknown = [key for key in chosen if not find.strip() and key not in {each.key for each in found}]
        return {each.key: label_of(each) for each in (*completion.named(desk, field, unknown), *found)}

    return options


def label_of(what: completion.NamedRecord) -> str:
    """Return a label: the name, the name in the other language, and a detail that tells namesakes apart."""
    return dotted("  ".join(filter(None, (what.name, what.other))), what.detail)


def pick_more(desk: Desk, field: KindField, title: str, known: Sequence[str], parent: QWidget) -> list[str]:
    """Ask for several records to link; return those that were not ``known`` before."""
    dialog = PickerDialog(title, options_of(desk, field), known, several=True, parent=parent.window())
    return [key for key in dialog.chosen if key not in known] if dialog.ask() else []


def pick_one(title: str, labels: Mapping[str, str], parent: QWidget, first: str = "") -> str:
    """Ask for one of some values, with ``first`` selected, by name or pinyin; return its key, empty where none is chosen."""

    def options(find: str, _: Sequence[str]) -> dict[str, str]:
        return {key: labels[key] for key in (search.named(find, labels) if find.strip() else labels)}

    dialog = PickerDialog(title, options, [first] if first else [], parent, several=False)
    return next(iter(dialog.chosen), "") if dialog.ask() else ""


class PickerDialog(Dialog):
    """A list with a filter; ``chosen`` holds the keys once accepted."""

    def __init__(self, title: str, options: Options, chosen: Sequence[str], parent: QWidget, *, several: bool) -> None:
        super().__init__("picker", title, parent)
        self._options, self._several = options, several
        self.chosen = list(chosen)
        find = tr("picker", "Find by name or pinyin")
        self.filter = named(LineEdit(self, hint=find), "picker.filter", find)
        self.filter.textChanged.connect(self._list)
        self.items = named(QListWidget(self), "picker.items", title)
        self.items.itemActivated.connect(self._activated)
        self.items.itemChanged.connect(self._ticked)
        self.foot.beside("picker.none", tr("picker", "None"), self._none)
        self.foot.main("picker.use", tr("picker", "Use"), self._use)
        self.foot.out(tr("picker", "Cancel"))
        self.lay_out(self.filter, self.items, size=(480, 480), gap=None)
        self._list("")

    def _list(self, find: str) -> None:
        self.items.clear()
        for key, label in self._options(find, self.chosen).items():
            item = list_item(label, {Qt.ItemDataRole.UserRole: key})
            if self._several:
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Checked if key in self.chosen else Qt.CheckState.Unchecked)
            self.items.addItem(item)
            if key in self.chosen and not self._several:
                self.items.setCurrentItem(item)
        if find and not self._several:
            self.items.setCurrentRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down leads from the filter into the list; where several are chosen, Enter ticks the first one that was found."""
        looks_for_more = self._several and self.filter.hasFocus() and self.filter.text().strip()
        if event.key() == Qt.Key.Key_Down and self.filter.hasFocus() and self.items.count():
            self.items.setFocus()
            self.items.setCurrentRow(max(0, self.items.currentRow()))
        elif looks_for_more and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.items.count():
                self.items.item(0).setCheckState(Qt.CheckState.Checked)
                self.filter.clear()
        else:
            super().keyPressEvent(event)

    def _ticked(self, item: QListWidgetItem) -> None:
        key, ticked = item.data(Qt.ItemDataRole.UserRole), item.checkState() == Qt.CheckState.Checked
        self.chosen = [each for each in self.chosen if each != key] + [key] * ticked

    def _activated(self, item: QListWidgetItem) -> None:
        if self._several:
            item.setCheckState(Qt.CheckState.Checked)
        else:
            self._use()

    def _use(self) -> None:
        current = self.items.currentItem()
        if not self._several and current is not None:
            self.chosen = [current.data(Qt.ItemDataRole.UserRole)]
        self.accept()

    def _none(self) -> None:
        self.chosen = []
        self.accept()


MAX_OFFERED_WHOLE = 500  # maximum length of a list of codes or zones that is offered whole before anything is typed


def link_chips(
    name: str, label: str, desk: Desk, field: KindField, known: Callable[[], Collection[str]] = tuple, *,
    several: bool = True, parent: QWidget,
) -> TokenField:  # fmt: skip
    """Return chips that offer the records a field can link to, new ones too; ``known`` returns those chosen already."""

    def offers(said: str) -> Sequence[NamedRecord]:
        return completion.offers(desk, field, said, known())

    return TokenField(name, label, offers, new=partial(completion.say_new, field), several=several, parent=parent)


class LinksEditor(Editor):
    """The chips of a link field. Adding or removing one is saved at once."""

    def __init__(self, field: KindField, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._desk = desk
        self.owner = ""  # the record to which the edited one belongs, where that is known
        self.wide = field.is_set
        self.field_of_chips = TokenField(
            self.objectName(),
            field.label(),
            self._offers,
            new=partial(completion.say_new, field),
            several=field.is_set,
            free=field.is_set and not (field.meta.kinds or field.meta.codes or field.meta.shape),
            listed=not field.meta.kinds or completion.links_to_parts(field),
            parent=self,
        )
        chips = self.field_of_chips
        self.add_box(chips.line)
        chips.chosen.connect(self._add)
        chips.made.connect(self._make)
        chips.removed.connect(self._remove)
        chips.browsed.connect(self._browse)
        chips.left.connect(self._leave)
        if field.meta.kinds:
            chips.opened.connect(self.opened)
        self.finish_layout(field_head(field, self), chips)

    def make_compact(self) -> None:
        super().make_compact()
        self.field_of_chips.make_compact()

    def rename(self, field: KindField) -> None:
        self.field_of_chips.label = field.label()
        super().rename(field)

    def set_read_only(self) -> None:
        self.field_of_chips.set_read_only()

    def _keys(self) -> list[str]:
        if self.field.is_set:
            return list(self._saved or ())
        return [self._saved] if self._saved else []

    def _offers(self, said: str) -> Sequence[NamedRecord]:
        known = self._keys() if self.field.is_set else ()  # what is the one link may be typed again
        limit = 8 if said else MAX_OFFERED_WHOLE
        return completion.offers(self._desk, self.field, said, known, owner=self.owner, limit=limit)

    # -- what a person does -----------------------------------------------------------------------

    def _add(self, key: str, made: Sequence[Made] = ()) -> None:
        keys = self._keys()
        if key not in keys:
            change = self._change(keys, [*keys, key] if self.field.is_set else [key])
            change.made.extend(made)
            self.hand_on(change)

    def _remove(self, key: str) -> None:
        keys = self._keys()
        self.hand_on(self._change(keys, [each for each in keys if each != key]))

    def _make(self, said: str) -> None:
        made = completion.make(self._desk, self.field, said)
        if made:
            self._add(made[0].id, made)
            if made[0].id in self._keys():
                self.say(HINT, self._to_complete(said, made[0]))

    def _to_complete(self, said: str, made: Made) -> str:
        name = made.values.get("name") if made.kind == "person" else None
        if name is not None and name.family and name.given:
            parts = {"family": name.family, "given": name.given}
            return tr("form", "“{said}” is new: family name {family}, given name {given}. Open it to correct or complete it.",
                      said=said, **parts)  # fmt: skip
        if name is not None:
            return tr("form", "“{said}” is new. Open it to say which part is the family name.", said=said)
        return tr("form", "“{said}” is new. Open it to complete it.", said=said)

    def _browse(self) -> None:
        before = self._keys()
        options = options_of(self._desk, self.field)
        dialog = PickerDialog(self.field.label(), options, before, several=self.field.is_set, parent=self.window())
        if dialog.ask() and dialog.chosen != before:
            self.hand_on(self._change(before, dialog.chosen))

    def _change(self, before: list[str], after: list[str]) -> FieldChange:
        """Return a change that only adds and removes: somebody else may have added to the set meanwhile."""
        if not self.field.is_set:
            return FieldChange(self.field, [lambda _: next(iter(after), None)])
        gone, come = [k for k in before if k not in after], [k for k in after if k not in before]
        return FieldChange(self.field, [lambda current: current.minus(*gone).plus(*come)])

    def _leave(self) -> None:
        """Keep text that was typed but not chosen, with a warning that it links to nothing yet."""
        chips = self.field_of_chips
        if self.isActiveWindow():  # else the user only looks something up in another window
            chips.take_rest()
        said = chips.line.said().strip()
        if said:
            self.say(WARNING, tr("form", "No match for “{said}”: choose from the list, or clear the field.", said=said))
        elif self.message and self._message.level == WARNING and not self.refused:
            self._say("")

    def hand_on(self, change: FieldChange) -> None:
        """Emit a change; where it cannot be saved, show the saved chips again and the error under them."""
        super().hand_on(change)
        if self.refused:
            self.refused = False
            self._show(self._saved)

    # -- what the form asks -----------------------------------------------------------------------

    def _show(self, value: Any) -> None:
        self.field_of_chips.show_tokens(completion.named(self._desk, self.field, self._keys(), language()))

    def commit(self) -> bool:
        """Save a free word left in the line; chips are saved as they are added and removed."""
        self.field_of_chips.take_rest()
        return not self.refused

    def _typed(self) -> Any:
        return self._saved
