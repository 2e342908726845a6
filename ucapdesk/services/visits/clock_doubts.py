"""Doubts about the computer's clock, in a sentence, and the user's confirmation that it is right."""

from __future__ import annotations

from dataclasses import replace

from ucapdesk.base.clock import moment
from ucapdesk.base.i18n import Message, language
from ucapdesk.model.text.format.dates_in_words import say_date
from ucapdesk.model.values import PartialDate
from ucapdesk.store.desk import Desk
from ucapdesk.store.workspace.trusted_clock import AHEAD, RIGHT

_AHEAD = Message(
    "clock",
    "The clock of this computer says {says}, long after the last change here ({newest}). Until it is "
    "corrected, what you save is dated after that change. Correct the clock, or confirm that it is right.",
)
_BEHIND = Message(
    "clock",
    "The clock of this computer says {says}, earlier than changes that are already here ({newest}). Until it "
    "is corrected, what you save is dated after them. Correct the clock, or confirm that it is right.",
)


def trouble(desk: Desk) -> Message | None:
    """Return what seems wrong with the computer's clock; None where it may be right."""
    clock = desk.workspace.clock
    state = clock.state()
    if state == RIGHT or desk.workspace.read_only:
        return None
    text = _AHEAD if state == AHEAD else _BEHIND
    return replace(text, args={"says": _day(clock.computer()), "newest": _day(clock())})


def confirm(desk: Desk) -> None:
    """Confirm that the computer's clock is right, whatever others wrote."""
    desk.confirm_clock()


def _day(at: int) -> str:
    return say_date(PartialDate(f"{moment(at):%Y-%m-%d}"), language())
