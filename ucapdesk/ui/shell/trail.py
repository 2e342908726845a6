"""Where one has been in the window: back, forward, and the records opened last. It moves, and never changes data."""

from __future__ import annotations

import time
from typing import NamedTuple

from ucapdesk.base import settings

RECENT = 20
"""How many records opened last are offered again."""
KEPT = 200
WORKSPACES = 8
PASSING = 0.7
"""Seconds. What was left sooner was passed on the way, as rows are with an arrow key, and is no place to go back to."""
_NAME = "recent_records"


class Place(NamedTuple):
    """A list, and the record shown of it, if any."""

    section: str
    id: str | None = None


class Trail:
    """The places one has been to, and at which of them one is."""

    def __init__(self, workspace: str) -> None:
        """``workspace``: its id; what was opened last is kept for each."""
        self._workspace = workspace
        self._places: list[Place] = []
        self._at = -1
        self._since = float("-inf")
        self._seen = [id_ for id_ in reversed(_kept().get(workspace, ())) if isinstance(id_, str)]

    def note(self, place: Place) -> None:
        """One is here now; what lay forward is forgotten."""
        now = time.monotonic()
        here = self._places[self._at] if self._places else None
        if place == here:
            return
        passed = here is not None and now - self._since < PASSING
        del self._places[self._at + (0 if passed else 1) :]
        if passed and here is not None and here.id:
            self._seen.pop()
        if place.id:
            self._seen.append(place.id)
        if self._places[-1:] != [place]:
            self._places.append(place)
        self._places = self._places[-KEPT:]
        self._at, self._since = len(self._places) - 1, now

    def can(self, by: int) -> bool:
        """Whether there is a place so many steps forward, or back where it is negative."""
        return 0 <= self._at + by < len(self._places)

    def step(self, by: int) -> Place:
        """Go there."""
        self._at += by
        self._since = float("-inf")
        place = self._places[self._at]
        if place.id:
            self._seen.append(place.id)
        return place

    def recent(self) -> list[str]:
        """The records opened last, the newest first."""
        return list(dict.fromkeys(reversed(self._seen)))[:RECENT]

    def keep(self) -> None:
        """Keep the records opened last for the next start."""
        chosen = settings.load()
        others = [(name, ids) for name, ids in _kept().items() if name != self._workspace]
        kept = dict([*others[1 - WORKSPACES :], (self._workspace, self.recent())])
        settings.save(chosen.with_(window={**chosen.window, _NAME: kept}))


def _kept() -> dict[str, list[object]]:
    """What the settings hold, as far as it is what was kept."""
    kept = settings.load().window.get(_NAME)
    return {k: v for k, v in kept.items() if isinstance(v, list)} if isinstance(kept, dict) else {}
