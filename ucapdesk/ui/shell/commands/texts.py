"""Texts without a translation: everything there is, or what a paper about the shown record says."""

from __future__ import annotations

from ucapdesk.ui.shell.commands.area import Area


class TextCommands(Area):
    """Commands of the Go and Record menus."""

    def translate_all(self) -> None:
        """Every text that lacks a translation."""
        self._translate("")

    def translate_record(self) -> None:
        """What a paper about the shown record says."""
        self._translate(self._shown())

    def _translate(self, about: str) -> None:
        from ucapdesk.ui.translations.dialog import WorklistDialog

        window = self._window
        dialog = WorklistDialog(self._desk, window, about=about)
        self._run(dialog)
        if dialog.look_at:
            window.show_record(window.record.place_of(dialog.look_at))
