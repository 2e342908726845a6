"""How long work tells how far it is."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int], None]
"""Called with what is done and the whole. Raising in it cancels the work, which then leaves nothing behind."""


def untold(_done: int, _whole: int) -> None:
    """Tell nobody how far it is."""
