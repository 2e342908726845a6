"""The settings with a few values each, by the groups of the dialog."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ucapdesk.base import settings
from ucapdesk.base.i18n import INTERFACE_LANGUAGES, LANGUAGE_NAMES, Message, tr
from ucapdesk.ui.settings.paper_languages import in_words, language_choices
from ucapdesk.ui.settings.record_languages import in_order, pair_choices


@dataclass(frozen=True, slots=True)
class Choice:
    """A setting with a few values; ``options`` returns them, each after its label."""

    setting: str
    label: Message
    options: Callable[[], list[tuple[str, Any]]]


def _languages() -> list[tuple[str, Any]]:
    """Return each language by its own name, so that a lost user finds the way back."""
    return [(LANGUAGE_NAMES[lang], lang) for lang in INTERFACE_LANGUAGES]


def _pairs() -> list[tuple[str, Any]]:
    return [(in_order(languages), languages) for languages in pair_choices()]


def _papers() -> list[tuple[str, Any]]:
    return [(in_words(languages), languages) for languages in language_choices()]


def _themes() -> list[tuple[str, Any]]:
    return [(tr("action", "Match system"), "system"), (tr("action", "Light"), "light"), (tr("action", "Dark"), "dark")]


def _sizes() -> list[tuple[str, Any]]:
    return [(f"{size} %", size) for size in settings.TEXT_SIZES]


def _densities() -> list[tuple[str, Any]]:
    return [(tr("settings", "Comfortable"), "comfortable"), (tr("settings", "Compact"), "compact")]


def _contrasts() -> list[tuple[str, Any]]:
    return [(tr("action", "Match system"), "system"), (tr("settings", "High contrast"), "high")]


def _motions() -> list[tuple[str, Any]]:
    return [(tr("action", "Match system"), "system"), (tr("settings", "Nothing moves or blinks"), "none")]


def _told() -> list[tuple[str, Any]]:
    return [
        (tr("settings", "In the program and in the system’s tray"), True),
        (tr("settings", "In the program only"), False),
    ]


LANGUAGE = (
    Choice("interface_language", Message("settings", "Interface language"), _languages),
    Choice("record_languages", Message("settings", "Record languages"), _pairs),
)
PRINTING = (Choice("paper_languages", Message("settings", "Languages of papers, first on top"), _papers),)
REMINDERS = (Choice("tray_notices", Message("settings", "Reminders shown"), _told),)
LOOK = (
    Choice("theme", Message("settings", "Colours"), _themes),
    Choice("contrast", Message("settings", "Contrast"), _contrasts),
    Choice("text_size", Message("settings", "Text size"), _sizes),
    Choice("density", Message("settings", "Row height"), _densities),
    Choice("motion", Message("settings", "Movement"), _motions),
)
