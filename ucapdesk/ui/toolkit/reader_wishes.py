"""The reader's wishes for more contrast and for less movement: as chosen in the settings, else as the system was told.

Nothing in the window slides or fades. What still moves by itself is a cursor that blinks and a bar that does not know
how long something takes; both stand still for readers who wish so.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ucapdesk.base.settings import Settings

AS_THE_SYSTEM = -1
"""The time of blinking by which Qt asks the system again."""

_still = [False]


def wants_contrast(app: QApplication, chosen: Settings) -> bool:
    """Return whether borders, inks and grounds are to differ more."""
    return chosen.contrast == "high" or _told(app, "contrastPreference") == Qt.ContrastPreference.HighContrast


def wants_stillness(app: QApplication, chosen: Settings) -> bool:
    """Return whether nothing is to move by itself."""
    return chosen.motion == "none" or _told(app, "motionPreference") == Qt.MotionPreference.ReducedMotion


def keep_still(app: QApplication, *, still: bool) -> None:
    """Let nothing move by itself, or let the cursor blink as the system says."""
    _still[0] = still
    app.styleHints().setCursorFlashTime(0 if still else AS_THE_SYSTEM)


def whole_of(steps: int) -> int:
    """Return the maximum of a bar for so many steps; 0 of them, for a whole nobody knows, make it move, if it may."""
    return steps or int(_still[0])


def when_wishes_change(do: Callable[[], object]) -> None:
    """Call this when the system's colours, contrast or movement change."""
    style = QApplication.styleHints()
    style.colorSchemeChanged.connect(do)
    hints = style.accessibility()
    hints.contrastPreferenceChanged.connect(do)
    hints.motionPreferenceChanged.connect(do)


def _told(app: QApplication, name: str) -> object:
    """Return what the system says of a preference."""
    style = app.styleHints()  # kept alive while it is asked: its objects are destroyed with it
    return getattr(style.accessibility(), name)()
