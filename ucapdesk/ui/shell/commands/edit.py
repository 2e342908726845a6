"""The Edit menu: steps back and forth, finding, and the fields one writes in."""

from __future__ import annotations

from ucapdesk.base.i18n import language, tr
from ucapdesk.services import Label, history
from ucapdesk.ui.shell.commands.area import Area


class EditCommands(Area):
    """One method for each line of the menu."""

    def undo(self) -> None:
        """Take back the last step and show it."""
        said = history.next_undo(self._desk, language()) or ""
        done = history.undo(self._desk)
        self._window.show_step(done.records, tr("window", "Undone: {step}", step=said))
        self._show_fields(done.label)
        self._window.toast.say(
            tr("window", "Undone: {step}", step=said), tr("action", "Redo"), lambda: self._window.do("redo", "write")
        )

    def redo(self) -> None:
        """Do the last undone step again and show it."""
        said = history.next_redo(self._desk, language()) or ""
        done = history.redo(self._desk)
        self._window.show_step(done.records, tr("window", "Done again: {step}", step=said))
        self._show_fields(done.label)
        self._tell_done(tr("window", "Done again: {step}", step=said))

    def _show_fields(self, label: Label) -> None:
        """Light up the fields that a step speaks of, where their record is shown."""
        said = label[1] if len(label) > 1 else {}
        if said.get("id") == self._shown():
            self._light_up(said.get("fields", ()))

    def focus_search(self) -> None:
        """Into the search; before anything is typed it shows the records opened last."""
        self._window.search.begin()

    def focus_filter(self) -> None:
        """Into the filter of the list."""
        self._window.list.filter.setFocus()
        self._window.list.filter.selectAll()

    def save_now(self) -> None:
        """Write what is being typed; every command does so first."""

    def other_language(self) -> None:
        """Into the same field in the other language."""
        self._ask_form("other_language")

    def text_state(self) -> None:
        """What can be said about the text one writes in: still right, confirmed, the same, not needed."""
        self._ask_form("open_text_states")

    def cycle_languages(self) -> None:
        """Both languages, the first alone, the second alone."""
        self._ask_form("cycle_languages")

    def _ask_form(self, name: str) -> None:
        if ask := getattr(self._window.record.form, name, None):
            ask()
