"""The editor of links: one or several records, codes, zones or words, shown as chips that are typed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from ucapdesk.base.i18n import language, tr
from ucapdesk.model.field_change import FieldChange, Made
from ucapdesk.model.kind import KindField
from ucapdesk.services import Desk
from ucapdesk.services.records import link_choices
from ucapdesk.services.records.link_choices import NamedRecord
from ucapdesk.ui.fields.editor import Editor
from ucapdesk.ui.fields.field_message import HINT, WARNING
from ucapdesk.ui.fields.form_head import field_head
from ucapdesk.ui.fields.token_editor import TokenField
from ucapdesk.ui.record.picker import PickerDialog, options_of

MAX_OFFERED_WHOLE = 500
"""Maximum length of a list of codes or zones that is offered whole before anything is typed."""


def link_chips(
    name: str, label: str, desk: Desk, field: KindField, known: Callable[[], Collection[str]] = tuple, *,
    several: bool = True, parent: QWidget,
) -> TokenField:  # fmt: skip
    """Return chips that offer the records a field can link to, new ones too; ``known`` returns those chosen already."""

    def offers(said: str) -> Sequence[NamedRecord]:
        return link_choices.offers(desk, field, said, known())

    return TokenField(name, label, offers, new=partial(link_choices.say_new, field), several=several, parent=parent)


class LinksEditor(Editor):
    """The chips of a link field. Adding or removing one is saved at once."""

    def __init__(self, field: KindField, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._desk = desk
        self.owner = ""
        """The record to which the edited one belongs, where that is known."""
        self.wide = field.is_set
        self.field_of_chips = TokenField(
            self.objectName(),
            field.label(),
            self._offers,
            new=partial(link_choices.say_new, field),
            several=field.is_set,
            free=field.is_set and not (field.meta.kinds or field.meta.codes or field.meta.shape),
            listed=not field.meta.kinds or link_choices.links_to_parts(field),
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
        """Show names only, for a table row."""
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
        return link_choices.offers(self._desk, self.field, said, known, owner=self.owner, limit=limit)

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
        """Create a record for a name that is not on record and link it in one step."""
        made = link_choices.make(self._desk, self.field, said)
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
            text = tr("form", "No match for “{said}”: choose from the list, or clear the field.", said=said)
            self.say(WARNING, text)
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
        self.field_of_chips.show_tokens(link_choices.named(self._desk, self.field, self._keys(), language()))

    def commit(self) -> bool:
        """Save a free word left in the line; chips are saved as they are added and removed."""
        self.field_of_chips.take_rest()
        return not self.refused

    def _typed(self) -> Any:
        return self._saved
