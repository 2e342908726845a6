"""The Edit menu: undo and redo, finding, and the fields being edited."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication

from ucapdesk.base.i18n import language, tr
from ucapdesk.services import Label, Undone
from ucapdesk.services.records import history, records
from ucapdesk.ui.toolkit.inputs import LineEdit, TextEdit
from ucapdesk.ui.window.commands.command_area import Area

NAMED = 5
"""Maximum number of records named in a sentence."""


class EditCommands(Area):
    """One method for each line of the menu."""

    def undo(self) -> None:
        """Undo the last step and show it."""
        said = history.next_undo(self._desk, language()) or ""
        done = history.undo(self._desk)
        again = tr("action", "Redo"), lambda: self._window.do("redo", "write")
        self._show_step(done, tr("window", "Undone: {step}", step=said), *again)

    def redo(self) -> None:
        """Redo the last undone step and show it."""
        said = history.next_redo(self._desk, language()) or ""
        done = history.redo(self._desk)
        back = tr("action", "Undo"), lambda: self._window.do("undo", "write")
        self._show_step(done, tr("window", "Done again: {step}", step=said), *back)

    def _show_step(self, done: Undone, said: str, button: str, do: Callable[[], None]) -> None:
        """Go to what a step changed and report it, with what was left alone because it had changed since."""
        self._window.show_step(done.records, said)
        self._show_fields(done.label)
        if kept := dict.fromkeys(id_ for id_, _ in done.skipped):
            titles = records.titles(self._desk, list(kept)[:NAMED], language())
            names = [" ".join(titles.get(id_, id_).split()) for id_ in list(kept)[:NAMED]]
            more = [tr("form", "… and {n} more", n=len(kept) - NAMED)] if len(kept) > NAMED else []
            listed = tr("log", ", ").join([*names, *more])
            said += "\n" + tr("window", "Kept, because it was changed since: {titles}", titles=listed)
        self._window.toast.say(said, button, do)

    def _show_fields(self, label: Label) -> None:
        """Frame the fields that a step changed, where their record is shown."""
        said = label[1] if len(label) > 1 else {}
        if said.get("id") == self._shown():
            self._light_up(said.get("fields", ()))

    def focus_search(self) -> None:
        """Focus the search; before anything is typed it lists the records opened last."""
        self._window.search.begin()

    def focus_filter(self) -> None:
        """Focus the filter of the list."""
        self._window.list.filter.setFocus()
        self._window.list.filter.selectAll()

    def save_now(self) -> None:
        """Save the text being typed; every command does so first."""

    def edit_text(self, what: str) -> None:
        """Cut, copy, paste or select all in the text box that has the focus."""
        if isinstance(box := QApplication.focusWidget(), LineEdit | TextEdit):
            getattr(box, what)()

    def other_language(self) -> None:
        """Move to the same field in the other language."""
        self._ask_form("other_language")

    def text_state(self) -> None:
        """Open the menu of statements about the focused text: still right, confirmed, the same, not needed."""
        self._ask_form("open_text_states")

    def cycle_languages(self) -> None:
        """Switch between both languages, the first alone and the second alone."""
        self._ask_form("cycle_languages")

    def _ask_form(self, name: str) -> None:
        if ask := getattr(self._window.record.form, name, None):
            ask()
