"""The user's settings: one small JSON file in the config folder.

A setting is a field of ``Settings`` with its default. A value that does not fit is dropped, a file that cannot be read
is set aside as ``settings.json.bad``: settings never stop the program from starting.
"""

from __future__ import annotations

import json
import locale
import logging
import os
import re
from dataclasses import asdict, dataclass, field, fields, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from ucapdesk.base.files import write_atomically
from ucapdesk.base.i18n import INTERFACE_LANGUAGES, LANGUAGE_FACTS, LANGUAGES
from ucapdesk.base.paths import config_dir

log = logging.getLogger(__name__)

RECENT = 8
THEMES = ("system", "light", "dark")
TEXT_SIZES = (90, 100, 110, 125, 150, 200)
DENSITIES = ("comfortable", "compact")
CONTRASTS = ("system", "high")
MOTIONS = ("system", "none")


def system_language() -> str:
    # The environment first: Python knows a language only where its locale is installed.
    said = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), None)
    name = (said or locale.getlocale()[0] or "en").lower()
    named = (lang for lang, each in LANGUAGE_FACTS.items() if name.startswith(each.get("windows", "?")))
    code = next(named, re.split(r"[_.@-]", name)[0])
    return code if code in INTERFACE_LANGUAGES else "en"


@dataclass(frozen=True, slots=True)
class Settings:
    """The user's choices. Change them with ``settings.with_(…)`` and ``save``."""

    interface_language: str = field(default_factory=system_language)
    # The two languages that texts are written in, side by side; empty: the interface language, then the other one.
    record_languages: tuple[str, ...] = ()
    paper_languages: tuple[str, ...] = ("en", "zh")
    person: str = ""
    recent_workspaces: tuple[str, ...] = ()
    theme: str = "system"
    text_size: int = 100
    density: str = "comfortable"
    contrast: str = "system"
    # Whether what moves by itself may: the cursor that blinks, a bar that does not know how long it takes.
    motion: str = "system"
    tray_notices: bool = True  # Whether the system tray shows due reminders
    # The house style of papers by the workspace: the id of its record.
    house_styles: dict[str, Any] = field(default_factory=dict)
    # Keys that the user assigned to commands: a list of keys by the command's name.
    keys: dict[str, Any] = field(default_factory=dict)
    # Sizes and places of windows and columns, by name; only the window reads them.
    window: dict[str, Any] = field(default_factory=dict)

    def with_(self, **changes: Any) -> Settings:
        return replace(self, **changes)

    def opened(self, workspace: Path) -> Settings:
        name = str(workspace)
        others = tuple(other for other in self.recent_workspaces if other != name)
        return replace(self, recent_workspaces=(name, *others)[:RECENT])


_ALLOWED = {
    "interface_language": lambda v: v in INTERFACE_LANGUAGES,
    "record_languages": lambda v: len(v) in (0, 2) and len(set(v)) == len(v) and set(v) <= set(LANGUAGES),
    "paper_languages": lambda v: bool(v) and len(set(v)) == len(v) and set(v) <= set(LANGUAGES),
    "theme": lambda v: v in THEMES,
    "text_size": lambda v: v in TEXT_SIZES,
    "density": lambda v: v in DENSITIES,
    "contrast": lambda v: v in CONTRASTS,
    "motion": lambda v: v in MOTIONS,
    "recent_workspaces": lambda v: all(isinstance(name, str) for name in v),
}


def settings_file() -> Path:
    return config_dir() / "settings.json"


def load() -> Settings:
    """Return the user's settings, with defaults for missing or invalid values."""
    path = settings_file()
    try:
        at = path.stat()
        return _read(path, (at.st_ino, at.st_size, at.st_mtime_ns))
    except FileNotFoundError:
        return Settings()
    except (ValueError, OSError) as error:
        log.warning("settings could not be read (%s); set aside, defaults used", type(error).__name__)
        _set_aside(path)
        return Settings()


@lru_cache(maxsize=1)
def _read(path: Path, _state: tuple[int, int, int]) -> Settings:
    """Return the settings in a file; ``_state`` differs once the file is written again. A window asks at many places."""
    stored = json.loads(path.read_bytes())
    if not isinstance(stored, dict):
        raise ValueError("not an object")
    return _fitting(stored)


def save(settings: Settings) -> None:
    """Save the settings; where the disk refuses, they last until the program ends."""
    text = json.dumps(asdict(settings), ensure_ascii=False, indent=2, sort_keys=True)
    try:
        settings_file().parent.mkdir(parents=True, exist_ok=True)
        write_atomically(settings_file(), text.encode(), private=True)
    except OSError as error:
        log.warning("settings could not be kept: %s", error.strerror)


def kept(name: str) -> dict[str, Any]:
    """Return what is kept under a name for the window or by workspace; empty where that is nothing, or no longer readable."""
    found = load().window.get(name)
    return dict(found) if isinstance(found, dict) else {}


def keep(name: str, value: object) -> None:
    chosen = load()
    save(chosen.with_(window={**chosen.window, name: value}))


def _fitting(stored: dict[str, Any]) -> Settings:
    """Return the stored values of the right type; others keep their default."""
    default = Settings()
    chosen: dict[str, Any] = {}
    for each in fields(Settings):
        if each.name not in stored:
            continue
        value, like = stored[each.name], getattr(default, each.name)
        if isinstance(like, tuple) and isinstance(value, list):
            value = tuple(value)
        if type(value) is type(like) and _ALLOWED.get(each.name, lambda _: True)(value):
            chosen[each.name] = value
        else:
            log.info("setting %s does not fit; default used", each.name)
    return replace(default, **chosen)


def _set_aside(path: Path) -> None:
    try:
        path.replace(path.with_name(path.name + ".bad"))
    except OSError as error:
        log.info("settings could not be set aside (%s)", type(error).__name__)
