"""Reports of automatic actions to whatever talks with the user: the terminal, or the window that opens."""

from __future__ import annotations

from collections.abc import Callable

from ucapdesk.base.i18n import Message

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
