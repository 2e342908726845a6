"""Time that stands still until a test moves it."""

from __future__ import annotations

from datetime import UTC, datetime

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


class FrozenClock:
    """A ``base.clock.Clock`` of the test's own: call it for microseconds, ``tick`` to move on."""

    def __init__(self, start: datetime = START) -> None:
        self.now = int(start.timestamp() * 1_000_000)

    def __call__(self) -> int:
        return self.now

    def tick(self, seconds: float = 1) -> int:
        """Let ``seconds`` go by (backwards too); the new reading."""
        self.now += round(seconds * 1_000_000)
        return self.now

    def set(self, when: datetime) -> int:
        """Stand at ``when``."""
        self.now = int(when.timestamp() * 1_000_000)
        return self.now
