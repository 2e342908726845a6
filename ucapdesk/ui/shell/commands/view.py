"""The View menu: language, look, what is listed."""

from __future__ import annotations

from ucapdesk.base import settings
from ucapdesk.ui.shell.commands.area import Area
from ucapdesk.ui.shell.sections import TRASH


class ViewCommands(Area):
    """One method for each line of the menu."""

    def show_trash(self) -> None:
        """List what is in the Trash."""
        self._window.show_section(TRASH)

    def focus_record(self) -> None:
        """The whole width for the record, or a part of it again."""
        window = self._window
        if window.focused:
            window.leave_record()
        else:
            window.show_focused(True)
            window.into_record()

    def reset_layout(self) -> None:
        """Size of the window, panes, widths and order of columns as they were at first."""
        self._window.arrangement.forget()
        self._window.showNormal()
        self._window.arrangement.place(self._window)
        self._window.dress_anew()

    def use_english(self) -> None:
        """English, at once."""
        self._use(interface_language="en")

    def use_chinese(self) -> None:
        """Chinese, at once."""
        self._use(interface_language="zh")

    def use_light(self) -> None:
        """The light theme."""
        self._use(theme="light")

    def use_dark(self) -> None:
        """The dark theme."""
        self._use(theme="dark")

    def use_system(self) -> None:
        """The theme of the system."""
        self._use(theme="system")

    def larger(self) -> None:
        """Larger text."""
        self._resize_text(1)

    def smaller(self) -> None:
        """Smaller text."""
        self._resize_text(-1)

    def normal(self) -> None:
        """Text of the usual size."""
        self._use(text_size=100)

    def _resize_text(self, step: int) -> None:
        sizes = settings.TEXT_SIZES
        at = sizes.index(settings.load().text_size) + step
        self._use(text_size=sizes[min(max(at, 0), len(sizes) - 1)])

    def _use(self, **choice: object) -> None:
        settings.save(settings.load().with_(**choice))
        self._window.dress_anew()
