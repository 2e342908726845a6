"""What a measurement says: our time beside a peer's in the same run, and what is to be kept."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

Row = dict[str, Any]


def best(run: Callable[[], object], times: int = 5, clock: Callable[[], float] = time.perf_counter) -> float:
    """The shortest of several runs, in milliseconds: what else the computer does can only make it longer."""
    return min(_once(run, clock) for _ in range(times)) * 1000


def best_of_processor(run: Callable[[], object], times: int = 5) -> float:
    """The same in time of the processor, of all threads: it is no longer where other programs are at work."""
    return best(run, times, time.process_time)


def row(what: str, ours: float, peer_name: str, peer: float, limit: float = 0) -> Row:
    """One row of the results, in milliseconds; ``limit`` is the figure to keep."""
    keep = f"≤ {limit:.0f} ms {'✓' if ours <= limit else '✗'}" if limit else ""
    said = {"what": what, "ours": ours, "unit": "ms", "peer_name": peer_name, "peer": peer, "keep": keep}
    return {**said, "ratio": ours / peer if peer else None}


def _once(run: Callable[[], object], clock: Callable[[], float]) -> float:
    began = clock()
    run()
    return clock() - began
