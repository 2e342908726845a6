"""Clock, zone and locale of every test: they stand still until a test moves them, whatever the computer's say."""

from __future__ import annotations

import locale
import os
import time
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
ZONE, LOCALE = "UTC", "C.UTF-8"  # Qt warns about any other character set
WINDOWS_LOCALE = "C"  # Windows' name of it; Python reads and writes UTF-8 there all the same (``-X utf8``)
ENVIRONMENT = {"TZ": ZONE, "LANG": LOCALE, "LC_ALL": LOCALE}  # Of every process


# Seconds that a test waits for what must come. A machine may be busy; only a test that fails waits them out.
PATIENCE = 60.0


class FrozenClock:
    """A ``base.clock.Clock`` of the test's own: call it for microseconds, ``tick`` to move on."""

    def __init__(self, start: datetime = START) -> None:
        self.set(start)

    def __call__(self) -> int:
        return self.now

    def tick(self, seconds: float = 1) -> int:
        self.now += round(seconds * 1_000_000)
        return self.now

    def set(self, when: datetime) -> int:
        self.now = int(when.timestamp() * 1_000_000)
        return self.now


# The computer's clock, as the program sees it in every test. Each test begins with it at ``START``.
COMPUTER = FrozenClock()


def _take_zone() -> None:
    """Let the C library read the zone; Windows' does so at the first question."""
    if hasattr(time, "tzset"):
        time.tzset()


def stand_still() -> None:
    """Give this process, and those it starts, the zone and locale of the tests, and the program their clock.

    The zone and the locale must be set before Qt is imported.
    """
    for name in [name for name in os.environ if name.startswith("LC_") or name == "LANGUAGE"]:
        del os.environ[name]
    os.environ.update(ENVIRONMENT)
    _take_zone()
    locale.setlocale(locale.LC_CTYPE, WINDOWS_LOCALE if os.name == "nt" else LOCALE)
    patch("ucapdesk.base.clock.time_ns", lambda: COMPUTER() * 1000).start()


def lay_still(folder: Path) -> None:
    for file in folder.glob("*.ucapx"):
        before = min(COMPUTER() / 1_000_000 - 60, file.stat().st_mtime)
        os.utime(file, (before, before))


def stand_in(zone: str) -> None:
    os.environ["TZ"] = zone
    _take_zone()
