"""Reports that somebody else changed the field being edited, keeps the typed text, and lets the user choose between both."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import language, tr
from ucapdesk.model.record import Record
from ucapdesk.model.text.format.fields_in_words import say
from ucapdesk.services import ChangedMeanwhile
from ucapdesk.services.records import history, records
from ucapdesk.ui.fields.editor import Editor, Seen
from ucapdesk.ui.record.message_bar import BarAnswer
from ucapdesk.ui.record.record_page import RecordPage
from ucapdesk.ui.record.saving import texts_in

CONFLICT_BAR = "meanwhile"


class EditConflict:
    """Watches for such changes and offers both versions."""

    def __init__(self, view: RecordPage) -> None:
        self._view, self._desk, self._saving = view, view.desk, view.saving

    def look(self, record: Record, heads: Seen) -> None:
        """Check, after the record was read again, whether a cell that is being edited changed."""
        editor = self._saving.typed_in
        target = self._saving.target_of(editor) if editor is not None else None
        if editor is None or target is None or target.id != record.id:
            return
        try:
            typed = editor.typed_cells()
        except (UserError, ValueError):
            typed = {editor.field.name: None}
        moved = [cell for cell in typed if list(heads.get(cell, ())) != list(editor.seen.get(cell, ()))]
        if moved:
            self._offer(editor, moved[0], record.id)

    def refused(self, editor: Editor, error: UserError) -> bool:
        """Handle a text that was not written; return True if a change by somebody else was the reason, which is reported here."""
        target = self._saving.target_of(editor)
        if not isinstance(error, ChangedMeanwhile) or target is None or target.id is None:
            return False
        cell = str(error.details["cell"])
        theirs = self._said(editor, cell, target.id)
        editor.refuse(f"{error.say()}\n{tr('record', 'It now says: {text}', text=theirs)}")
        editor.base_on(*self._now(editor, target.id))
        self._choose(editor, cell, target.id)
        return True

    def _offer(self, editor: Editor, cell: str, id_: str) -> None:
        who = next((entry.person for entry in reversed(history.of(self._desk, id_)) if entry.field == cell), "—")
        said = tr("record", "{person} changed “{field}”. What you type stays.", person=who, field=editor.field.label())
        show = BarAnswer("show", tr("record", "Show"), lambda: self._choose(editor, cell, id_))
        self._view.bar.say(CONFLICT_BAR, said, show, self._keep(editor, id_), closes=False)

    def _choose(self, editor: Editor, cell: str, id_: str) -> None:
        said = tr("record", "It now says: {text}", text=self._said(editor, cell, id_))
        theirs = BarAnswer("theirs", tr("record", "Take theirs"), lambda: self._theirs(editor, id_))
        self._view.bar.say(CONFLICT_BAR, said, self._keep(editor, id_), theirs, closes=False)

    def _keep(self, editor: Editor, id_: str) -> BarAnswer:
        return BarAnswer("mine", tr("record", "Keep mine"), lambda: self._mine(editor, id_))

    def _said(self, editor: Editor, cell: str, id_: str) -> str:
        now = getattr(records.get(self._desk, id_), editor.field.name)
        lang = cell.partition(".")[2]
        return str(now.get(lang, "")) if lang and now else say(editor.field, now, language())

    def _now(self, editor: Editor, id_: str) -> tuple[object, Seen]:
        return getattr(records.get(self._desk, id_), editor.field.name), self._desk.heads(id_)

    def _mine(self, editor: Editor, id_: str) -> None:
        if self._saving.target_of(editor) is not None:
            editor.base_on(*self._now(editor, id_))
            editor.commit()
        self._end()

    def _theirs(self, editor: Editor, id_: str) -> None:
        """Take the other person's value and put the typed text on the clipboard, so that it is not lost."""
        target = self._saving.target_of(editor)
        if target is not None:
            QApplication.clipboard().setText("\n".join(filter(None, texts_in(editor))))
            if self._saving.typed_in is editor:
                self._saving.typed_in = None
            self._saving.forget_draft(target)
            editor.set_value(*self._now(editor, id_))
        self._end()

    def _end(self) -> None:
        self._view.bar.clear(CONFLICT_BAR)
        self._view.refresh()
