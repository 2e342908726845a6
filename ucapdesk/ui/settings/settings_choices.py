"""The settings with a few values each, by the groups of the dialog."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ucapdesk.base import settings
from ucapdesk.base.i18n import INTERFACE_LANGUAGES, LANGUAGE_NAMES, Message, tr
from ucapdesk.ui.settings.paper_languages import language_choices
from ucapdesk.ui.settings.record_languages import pair_choices


@dataclass(frozen=True, slots=True)
class Choice:
    """A setting with a few values; ``options`` returns them, each after its label."""

    setting: str
    label: Message
    options: Callable[[], list[tuple[str, Any]]]


LANGUAGE = (
    Choice("interface_language", Message("settings", "Interface language"),  # each by its own name: a lost user finds the way back
           lambda: [(LANGUAGE_NAMES[lang], lang) for lang in INTERFACE_LANGUAGES]),
    Choice("record_languages", Message("settings", "Record languages"), pair_choices),
)  # fmt: skip
PRINTING = (Choice("paper_languages", Message("settings", "Languages of papers, first on top"), language_choices),)
REMINDERS = (
    Choice("tray_notices", Message("settings", "Reminders shown"), lambda: [
        (tr("settings", "In the program and in the system’s tray"), True), (tr("settings", "In the program only"), False),
    ]),
)  # fmt: skip
LOOK = (
    Choice("theme", Message("settings", "Colours"), lambda: [
        (tr("action", "Match system"), "system"), (tr("action", "Light"), "light"), (tr("action", "Dark"), "dark"),
    ]),
    Choice("contrast", Message("settings", "Contrast"),
           lambda: [(tr("action", "Match system"), "system"), (tr("settings", "High contrast"), "high")]),
    Choice("text_size", Message("settings", "Text size"), lambda: [(f"{n} %", n) for n in settings.TEXT_SIZES]),
    Choice("density", Message("settings", "Row height"),
           lambda: [(tr("settings", "Comfortable"), "comfortable"), (tr("settings", "Compact"), "compact")]),
    Choice("motion", Message("settings", "Movement"),
           lambda: [(tr("action", "Match system"), "system"), (tr("settings", "Nothing moves or blinks"), "none")]),
)  # fmt: skip
