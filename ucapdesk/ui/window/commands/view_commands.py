"""The View menu: language, look, and what is listed."""

from __future__ import annotations

from ucapdesk.base import settings
from ucapdesk.ui.window.commands.command_area import Area
from ucapdesk.ui.window.sections import TRASH


class ViewCommands(Area):
    """One method for each line of the menu."""

    def show_trash(self) -> None:
        """List the records in the Trash."""
        self._window.show_section(TRASH)

    def focus_record(self) -> None:
        """Give the record the whole width, or a part of it again."""
        window = self._window
        if window.focused:
            window.leave_record()
        else:
            window.show_focused(True)
            window.into_record()

    def reset_layout(self) -> None:
        """Reset window size, panes, and column widths and order."""
        self._window.arrangement.forget()
        self._window.showNormal()
        self._window.arrangement.place(self._window)
        self._window.dress_anew()

    def use_english(self) -> None:
        """Switch to English, at once."""
        self._use(interface_language="en")

    def use_chinese(self) -> None:
        """Switch to Chinese, at once."""
        self._use(interface_language="zh")

    def use_light(self) -> None:
        """Switch to the light theme."""
        self._use(theme="light")

    def use_dark(self) -> None:
        """Switch to the dark theme."""
        self._use(theme="dark")

    def use_system(self) -> None:
        """Switch to the theme of the system."""
        self._use(theme="system")

    def larger(self) -> None:
        """Enlarge the text."""
        self._resize_text(1)

    def smaller(self) -> None:
        """Reduce the text."""
        self._resize_text(-1)

    def normal(self) -> None:
        """Reset the text size."""
        self._use(text_size=100)

    def _resize_text(self, step: int) -> None:
        sizes = settings.TEXT_SIZES
        at = sizes.index(settings.load().text_size) + step
        self._use(text_size=sizes[min(max(at, 0), len(sizes) - 1)])

    def _use(self, **choice: object) -> None:
        settings.save(settings.load().with_(**choice))
        self._window.dress_anew()
