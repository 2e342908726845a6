"""Saving of typed text: when it is written, and how failures are handled.

A field is written when it is left, on Enter, with every command, before another record is shown, when the program goes to sleep and when it ends. While somebody types, what is there so far is kept as a draft, so that a crash loses at most the last moments. Nothing here ever writes into the field that has the keys.

The text of a line that is not added yet is kept as a draft too, and shown again with its record.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget
from shiboken6 import isValid

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import tr
from ucapdesk.base.ids import new_id
from ucapdesk.base.json_text import Json
from ucapdesk.model.field_change import FieldChange
from ucapdesk.model.kind import Kind
from ucapdesk.services import ChangedMeanwhile, Desk
from ucapdesk.services.records import completion, draft_texts, records
from ucapdesk.ui.fields.editor import Editor
from ucapdesk.ui.toolkit.signals import application, single_shot
from ucapdesk.ui.toolkit.text_inputs import text_boxes

DRAFT_AFTER = 1500  # milliseconds between the first unsaved key and the draft


class LineDraft(QObject):
    def __init__(self, desk: Desk, id_: Callable[[], str], line: QLineEdit) -> None:
        """``id_`` tells the record; a new one gets another id when it is created."""
        super().__init__(line)
        self._desk, self._id, self._line = desk, id_, line
        self._kept_for = id_()
        self._kept = draft_texts.line(desk, self._kept_for, line.objectName())
        if self._kept and not line.text():
            line.setText(self._kept)
        self._soon = single_shot(self, DRAFT_AFTER, self.keep)
        line.textChanged.connect(self._changed)
        if line.text():
            line.installEventFilter(self)

    def _changed(self, text: str) -> None:
        """Keep the text soon; forget at once what was added. Only a line that holds something is watched for being left."""
        if not text:
            self._line.removeEventFilter(self)
            self.keep()
        elif not self._soon.isActive():
            self._line.installEventFilter(self)
            self._soon.start()

    def keep(self) -> None:
        if not isValid(self._line):  # it is being removed with its page, and was left before
            return
        self._soon.stop()
        text, id_, name = self._line.text(), self._id(), self._line.objectName()
        if (text, id_) != (self._kept, self._kept_for):
            with suppress(UserError):  # the line still holds it, and is kept with the next key
                if self._kept and id_ != self._kept_for:
                    draft_texts.keep_line(self._desk, self._kept_for, name, "")
                draft_texts.keep_line(self._desk, id_, name, text)
                self._kept, self._kept_for = text, id_

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self.keep()
        return False


SAVE_AFTER = 300  # seconds of typing in one field after which it is saved without being left
SLOW = 0.3  # seconds of writing after which "Saving…" is shown


@dataclass(eq=False)
class Target:
    """The record an editor writes into, or the one that its first value creates."""

    kind: Kind
    id: str | None = None
    # The values a new record starts with: its owner, its place in a list.
    preset: dict[str, Any] = field(default_factory=dict)
    draft_id: str = ""  # the id under which drafts are kept: the record's own, or one for the record to be created
    drafted: bool = False

    def __post_init__(self) -> None:
        self.draft_id = self.id or new_id()

    @property
    def half_id(self) -> str:
        """The id under which text that is no valid value yet is kept: for a new record that of the next new one."""
        return self.id or f"{draft_texts.NEW_RECORD}{self.kind.name}:{self.preset.get('owner', '')}"

    def make(self, desk: Desk, values: Mapping[str, Any]) -> str:
        """Create the record; return its id, which is known here before anybody is told of the record."""
        self.id = self.draft_id
        try:
            self.id = self.draft_id = records.add(desk, self.kind.name, values, id_=self.id)
        except Exception:
            self.id = None
            raise
        return self.id

    def preset_cells(self) -> dict[str, Json]:
        """Return the values a new record starts with, by cell; empty for an existing record."""
        if self.id is not None:
            return {}
        split = {name: self.kind.fields[name].type.split(value) for name, value in self.preset.items()}
        return {name + key: cell for name, cells in split.items() for key, cell in cells.items()}


class Saving(QObject):
    """Writes the values of all editors of one record, including the lists in it.

    Signals:
        busy(): writing takes long.
        saved(): something was written, or kept as a draft.
        made(Target): the record was created.
        failed(Editor, UserError): a value could not be written; the text is still in its field.
        held_back(): a field holds something that is not saved.
    """

    busy = Signal()
    saved = Signal()
    made = Signal(object)
    failed = Signal(object, object)
    held_back = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._targets: dict[Editor, Target] = {}
        # The editors with a valid value that could not be written, with the error of each.
        self._unwritten: dict[Editor, UserError] = {}
        self.typed_in: Editor | None = None
        self._typing_since = 0.0
        self._took = 0.0
        self.timer = single_shot(self, DRAFT_AFTER, self._keep_draft)
        application().applicationStateChanged.connect(self._program_went)

    # -- who writes where -------------------------------------------------------------------------

    def watch(self, editor: Editor, target: Target) -> None:
        from ucapdesk.ui.fields.token_field import TokenLine

        self._targets[editor] = target
        for line in editor.findChildren(TokenLine):  # a name that nothing is found for
            LineDraft(self._desk, lambda: target.half_id, line)
        editor.committed.connect(lambda change: self.commit(editor, change))
        editor.typing.connect(lambda: self.note_typing(editor))
        editor.held_back.connect(lambda: self._note_held_back(editor))

    def release(self, *editors: Editor) -> None:
        for editor in editors:
            self._targets.pop(editor, None)
            self._unwritten.pop(editor, None)
            if self.typed_in is editor:
                self.typed_in = None

    def release_all(self) -> None:
        """Stop listening to all editors of a page that is removed; what is no valid value yet stays a draft."""
        for target in set(self._targets.values()):
            with suppress(UserError):  # the user was told, and went on
                self.forget_draft(target)
        self.release(*self._targets)

    def target_of(self, editor: Editor) -> Target | None:
        """Return where an editor writes; None if it was released."""
        return self._targets.get(editor)

    @property
    def refused(self) -> list[Editor]:
        return [editor for editor in self._targets if editor.refused]

    @property
    def has_unsaved(self) -> bool:
        """Whether a valid value could not be written; the page is then not left without asking."""
        return any(editor in self._unwritten for editor in self.refused)

    def discard(self) -> None:
        self._unwritten.clear()

    # -- writing ----------------------------------------------------------------------------------

    def save_now(self) -> bool:
        """Save the text being typed before anything else happens. Return True where nothing is left unsaved."""
        self.timer.stop()
        editor, self.typed_in = self.typed_in, None
        if editor is not None:
            target = self._targets[editor]
            if editor.commit():
                self.forget_draft(target)
        for other in self.refused:
            why = self._unwritten.get(other)
            if other is not editor and why and not isinstance(why, ChangedMeanwhile):  # else the user must choose first
                other.commit()
        return not self.refused

    def try_again(self) -> bool:
        for editor in self.refused:
            editor.commit()
        return not self.refused

    def unsaved_text(self) -> str:
        """Return the texts of all fields that could not be saved, to be copied elsewhere."""
        return "\n".join(filter(None, [text for editor in self.refused for text in texts_in(editor)]))

    def left_behind(self, title: str) -> tuple[str, str] | None:
        """Return what is lost when the page of this record is left: a sentence and the full text; None for nothing."""
        if not self.refused:
            return None
        text = self.unsaved_text()
        fields = tr("log", ", ").join(editor.field.label() for editor in self.refused)
        said = tr("record", "Not saved in “{title}”: {fields}: “{text}”.", title=title, fields=fields, text=text[:80])
        return said, text

    def note_typing(self, editor: Editor) -> None:
        """Start the timer of the draft at the first unsaved key, so that steady typing is kept too."""
        if editor not in self._targets:
            return
        if self.typed_in is not editor:
            self._typing_since = time.monotonic()
        self.typed_in = editor
        if not self.timer.isActive():
            self.timer.start()

    def commit(self, editor: Editor, change: FieldChange) -> None:
        target = self._targets.get(editor)
        if target is None:
            return
        self.timer.stop()
        new, half_id, typed_in = target.id is None, target.half_id, self.typed_in
        self.typed_in = None  # what is written is shown by those who listen, here too
        try:
            self._write(target, editor, change)
            self.forget_draft(target)
        except UserError as error:
            self.typed_in = typed_in
            self.refuse(editor, error)
            return
        self._unwritten.pop(editor, None)
        if new:
            draft_texts.drop(self._desk, half_id)
            self.made.emit(target)
        self.saved.emit()

    def _write(self, target: Target, editor: Editor, change: FieldChange) -> None:
        if self._took > SLOW:
            self.busy.emit()
        began = time.monotonic()
        name = editor.field.name
        changes: dict[str, Any] = {name: change}
        if target.id is None:
            preset = target.preset
            value = change.apply(preset.get(name, editor.field.type.load(None)))
            changes |= completion.following_values(self._desk, target.kind, preset, name, value)
            if name in preset:
                changes[name] = value
            target.make(self._desk, preset | changes)
        else:
            record = records.get(self._desk, target.id)
            value = change.apply(getattr(record, name))
            changes |= completion.following_values(self._desk, record, {}, name, value)
            records.edit(self._desk, target.id, changes, seen=editor.seen)
        self._took = time.monotonic() - began

    def refuse(self, editor: Editor, error: UserError) -> None:
        """Keep the text that could not be written in its field and show the reason."""
        self._unwritten[editor] = error
        editor.refuse(error.say())
        self.failed.emit(editor, error)

    def _program_went(self, state: Qt.ApplicationState) -> None:
        """Save when another program is used or the computer sleeps; a word being composed is left alone."""
        if state != Qt.ApplicationState.ApplicationActive and self.typed_in is not None:
            if not is_composing(self.typed_in):
                self.save_now()
            elif not self.timer.isActive():
                self.timer.start()

    # -- drafts -----------------------------------------------------------------------------------

    def forget_draft(self, target: Target) -> None:
        """Drop the draft of a record: its text is saved, or equals the saved value."""
        if target.drafted:
            for id_ in {target.draft_id, target.half_id}:
                draft_texts.drop(self._desk, id_)
            target.drafted = False
            for editor in self.refused:
                if self._targets[editor] is target and editor not in self._unwritten:
                    self._keep_half(editor, target)

    def _keep_draft(self) -> None:
        editor = self.typed_in
        target = self._targets.get(editor) if editor is not None else None
        if editor is None or target is None:
            return
        if is_composing(editor):
            self.timer.start()
            return
        if time.monotonic() - self._typing_since > SAVE_AFTER and target.id is not None:
            self.save_now()
            return
        try:
            typed = editor.typed_cells()
        except (UserError, ValueError):
            self._keep_half(editor, target)
            return
        try:
            for cell, value in {**target.preset_cells(), **typed}.items() if typed else ():
                draft_texts.keep(self._desk, target.kind.name, target.draft_id, cell, value, editor.seen)
            if target.drafted:
                draft_texts.drop_half(self._desk, target.half_id, editor.field.name)
        except UserError as error:
            self.refuse(editor, error)
            return
        if typed:
            target.drafted = True
            self.saved.emit()
        else:
            self.forget_draft(target)

    def _note_held_back(self, editor: Editor) -> None:
        target = self._targets.get(editor)
        if target is not None and editor not in self._unwritten:
            self._keep_half(editor, target)
        self.held_back.emit()

    def _keep_half(self, editor: Editor, target: Target) -> None:
        """Keep the boxes of a text that is no valid value yet (half a date) as they are, for the form to show again."""
        try:
            draft_texts.keep_half(
                self._desk, target.kind.name, target.half_id, editor.field.name, texts_in(editor), editor.seen
            )
            target.drafted = True
        except UserError as error:
            self.refuse(editor, error)

    def restore_drafts(self, editors: Iterable[Editor] | None = None) -> None:
        """Show again the invalid texts that were left in these fields, or in all of a page that is new."""
        halves = draft_texts.halves(self._desk)
        for editor in [*(editors or self._targets)] if halves else ():
            target = self._targets.get(editor)
            if target is not None and (texts := halves.get((target.half_id, editor.field.name))):
                target.drafted = True
                self.put_back(editor, texts)
                editor.commit()

    def put_back(self, editor: Editor, texts: Sequence[str]) -> None:
        """Show again the invalid text that was there when the program ended, or its record was left."""
        for box, text in zip(text_boxes(editor), texts, strict=False):
            if box.said() != text:
                box.selectAll()
                box.insert_text(text)
        self.note_typing(editor)


def texts_in(widget: QWidget) -> list[str]:
    return [box.said() for box in text_boxes(widget)]


def is_composing(widget: QWidget) -> bool:
    return any(box.composing for box in text_boxes(widget))
