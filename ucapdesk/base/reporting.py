"""Reports of running work: how far it is, and automatic actions, told to the terminal or to the window that opens."""

from __future__ import annotations

from collections.abc import Callable

from ucapdesk.base.i18n import Message

# Called with what is done and the whole. Raising in it cancels the work, which then leaves nothing behind.
Progress = Callable[[int, int], None]


def untold(_done: int, _whole: int) -> None:
    """Tell nobody how far it is."""


Teller = Callable[[Message], object]
_tellers: list[Teller] = []


def tell_to(teller: Teller) -> Callable[[], None]:
    """Send every message to this function too; the returned function ends that."""
    _tellers.append(teller)
    return lambda: _tellers.remove(teller)


def tell(message: Message) -> None:
    """Send a message about something that was done."""
    for teller in _tellers:
        teller(message)
