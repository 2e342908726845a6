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
    """A setting with a few values; ``options`` returns them with their labels."""

    setting: str
    label: Message
    options: Callable[[], list[tuple[Any, str]]]


def _languages() -> list[tuple[Any, str]]:
    """Return each language by its own name, so that a lost user finds the way back."""
    return [(lang, LANGUAGE_NAMES[lang]) for lang in INTERFACE_LANGUAGES]


def _pairs() -> list[tuple[Any, str]]:
    return [(languages, in_order(languages)) for languages in pair_choices()]


def _papers() -> list[tuple[Any, str]]:
    return [(languages, in_words(languages)) for languages in language_choices()]


def _themes() -> list[tuple[Any, str]]:
    return [("system", tr("action", "Match system")), ("light", tr("action", "Light")), ("dark", tr("action", "Dark"))]


def _sizes() -> list[tuple[Any, str]]:
    return [(size, f"{size} %") for size in settings.TEXT_SIZES]


def _densities() -> list[tuple[Any, str]]:
    return [("comfortable", tr("settings", "Comfortable")), ("compact", tr("settings", "Compact"))]


def _contrasts() -> list[tuple[Any, str]]:
    return [("system", tr("action", "Match system")), ("high", tr("settings", "High contrast"))]


def _motions() -> list[tuple[Any, str]]:
    return [("system", tr("action", "Match system")), ("none", tr("settings", "Nothing moves or blinks"))]


def _told() -> list[tuple[Any, str]]:
    return [
        (True, tr("settings", "In the program and in the system’s tray")),
        (False, tr("settings", "In the program only")),
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
