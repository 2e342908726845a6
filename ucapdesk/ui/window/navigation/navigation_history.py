"""The navigation history of a window: back, forward, and the records opened last. It never changes data."""

from __future__ import annotations

import time
from typing import NamedTuple

from ucapdesk.base import settings

RECENT = 20
"""Number of recently opened records that are offered."""
MAX_PLACES = 200
WORKSPACES = 8
PASSING = 0.7
"""Seconds. A place left sooner was only passed, as rows are with an arrow key, and is not kept."""
_NAME = "recent_records"


class WindowPlace(NamedTuple):
    """A list, and the record shown from it, if any."""

    section: str
    id: str | None = None


class NavigationHistory:
    """The places visited, and the current one among them."""

    def __init__(self, workspace: str) -> None:
        """``workspace``: the id of the workspace, for which recent records are kept."""
        self._workspace = workspace
        self._places: list[WindowPlace] = []
        self._at = -1
        self._since = float("-inf")
        self._last: dict[str, str] = {}
        self._seen = [id_ for id_ in reversed(_kept().get(workspace, ())) if isinstance(id_, str)]

    def note(self, place: WindowPlace) -> None:
        """Add the current place; places ahead of it are forgotten."""
        if place.id:
            self._last[place.section] = place.id
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
        self._places = self._places[-MAX_PLACES:]
        self._at, self._since = len(self._places) - 1, now

    def can(self, by: int) -> bool:
        """Return whether there is a place this many steps ahead, or back if negative."""
        return 0 <= self._at + by < len(self._places)

    def step(self, by: int) -> WindowPlace:
        """Go this many steps and return the place there."""
        self._at += by
        self._since = float("-inf")
        place = self._places[self._at]
        if place.id:
            self._seen.append(place.id)
        return place

    def last_in(self, section: str) -> str | None:
        """Return the record shown last in a section since the window opened."""
        return self._last.get(section)

    def recent(self) -> list[str]:
        """Return the records opened last, the newest first."""
        return list(dict.fromkeys(reversed(self._seen)))[:RECENT]

    def keep(self) -> None:
        """Keep the recent records for the next start."""
        others = [(name, ids) for name, ids in _kept().items() if name != self._workspace]
        settings.keep(_NAME, dict([*others[1 - WORKSPACES :], (self._workspace, self.recent())]))


def _kept() -> dict[str, list[object]]:
    """Return the recent records in the settings, as far as they are valid."""
    return {name: ids for name, ids in settings.kept(_NAME).items() if isinstance(ids, list)}
