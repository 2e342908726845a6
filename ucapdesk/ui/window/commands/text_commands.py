"""The commands for missing translations: of all records, of a paper about the shown record, of a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ucapdesk.ui.window.commands.command_area import Area


class TextCommands(Area):
    """Commands of the Go and Record menus."""

    def translate_all(self) -> None:
        """Translate every text that lacks a translation."""
        self._translate("")

    def translate_record(self) -> None:
        """Translate the texts of a paper about the shown record."""
        self._translate(self._shown())

    def translate_day(self, day: str) -> None:
        """Translate the texts of the events on a day that exist in one language only."""
        from ucapdesk.services.home import home_now

        self._translate("", home_now.lacking_on(self._desk, date.fromisoformat(day)))

    def _translate(self, about: str, texts: Sequence[tuple[str, str, str]] | None = None) -> None:
        from ucapdesk.ui.translations.worklist_dialog import WorklistDialog

        window = self._window
        dialog = WorklistDialog(self._desk, window, texts, about=about)
        self._run(dialog)
        if dialog.look_at:
            window.show_record(window.record.place_of(dialog.look_at))
