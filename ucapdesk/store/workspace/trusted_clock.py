"""The clock of a workspace: the computer's, unless the log shows that it must be wrong.

A clock once set to 2096 would date every later save, footer and backup to 2096, since no save is dated before the last
one. So a clock that runs more than two years ahead of everything written is not followed, nor one that lies before this
program was made, nor one that lies before both the own last change and that of another laptop. A change from such a
time does not hold later ones there. What the computer says can be confirmed once; then it stands.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, NamedTuple

from ucapdesk.base.clock import Clock

DAY = 86_400 * 10**6
FAR = 731 * DAY  # How far a clock may be ahead of everything written
# No clock before this time is right. To be moved on with each release.
RELEASED = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp()) * 10**6
SENSIBLE = RELEASED + 10 * 366 * DAY  # A clock after this time is right only where it was confirmed
CONFIRMED = "clock"  # The key under which the confirmed reading of the computer's clock is kept
RIGHT, AHEAD, BEHIND = "right", "ahead", "behind"


class Written(NamedTuple):
    """Times in the log, in microseconds: the newest believed one of all laptops, of this one, and of the others."""

    newest: int = 0
    own: int = 0
    others: int = 0


class BelievedClock:
    """A ``Clock``: the computer's where that can be, else one that goes on from the newest change that is believed."""

    def __init__(self, computer: Clock) -> None:
        self.computer = computer
        self._written, self._confirmed, self._told = Written(), 0, RELEASED

    def learn(self, db: Any) -> None:
        confirmed = db.execute("SELECT v FROM sync_meta WHERE k = ?", (CONFIRMED,)).fetchone()
        self._confirmed = int(confirmed[0]) if confirmed else 0
        self._written = written(db, self._confirmed)

    def state(self) -> str:
        """Return whether the computer's clock is right, ahead or behind, as far as that can be known."""
        says, w = self.computer(), self._written
        if self._confirmed and self._confirmed - DAY <= says <= max(self._confirmed, w.newest) + FAR:
            return RIGHT
        if says < RELEASED or (min(w.own, w.others) > says + DAY):
            return BEHIND
        return AHEAD if says > (w.newest + FAR if w.newest else SENSIBLE) else RIGHT

    def __call__(self) -> int:
        """Return microseconds since 1970, UTC."""
        says = self.computer()
        if self.state() == RIGHT:
            self._told = says
            return says
        return max(self._written.newest, self._told) + 1


def written(db: Any, confirmed: int = 0) -> Written:
    """Return the times in the log up to the first implausible gap."""
    wrong = first_wrong(db, confirmed)
    me = "(SELECT ord FROM sync_device WHERE device_id = (SELECT v FROM sync_meta WHERE k = 'me'))"
    newest = f"SELECT max(t), max(CASE WHEN dev IS {me} THEN t END), max(CASE WHEN dev IS NOT {me} THEN t END)"
    row = db.execute(f"{newest} FROM sync_changeset WHERE t < ?", (wrong or 2**62,)).fetchone()
    return Written(*(part or 0 for part in row))


def first_wrong(db: Any, confirmed: int = 0) -> int | None:
    """Return the earliest time in the log that no clock was right to give; None where all are plausible."""
    start = f"t >= {confirmed or RELEASED}"
    if not confirmed:
        row = db.execute(f"SELECT min(t) FROM sync_changeset WHERE {start}").fetchone()
        if row[0] is not None and row[0] > SENSIBLE:
            return int(row[0])
    gaps = f"SELECT t, t - lag(t, 1, {confirmed or 'NULL'}) OVER (ORDER BY t) AS gap FROM sync_changeset WHERE {start}"
    row = db.execute(f"SELECT min(t) FROM ({gaps}) WHERE gap > {FAR}").fetchone()
    return int(row[0]) if row[0] is not None else None


def next_time(db: Any, device: int, last: int, now: int) -> int:
    """Return the time of the next own change: after the last one, unless that was dated by a clock that ran ahead."""
    if last - now <= DAY:
        return max(last + 1, now)
    near = "SELECT max(t) FROM sync_changeset WHERE dev = ? AND t <= ?"
    return max((db.execute(near, (device, now + DAY)).fetchone()[0] or 0) + 1, now)
