"""Whatever was done without being asked is told to whoever speaks with the user: the terminal, or the window that opens."""

from __future__ import annotations

from collections.abc import Callable

from ucapdesk.base.i18n import Message

Teller = Callable[[Message], object]
_tellers: list[Teller] = []


def tell_to(teller: Teller) -> Callable[[], None]:
    """Say everything from now on to this one as well; the function returned ends that."""
    _tellers.append(teller)
    return lambda: _tellers.remove(teller)


def tell(message: Message) -> None:
    """Say what was done."""
    for teller in _tellers:
        teller(message)
