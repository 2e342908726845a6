"""The meetings before one, and the actions that they left open."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ucapdesk.model.kinds.meeting_kinds import ActionItem, Meeting
from ucapdesk.model.rules.status import is_called_off, is_open

LOOKED_BACK = 20
"""How many earlier meetings are searched for open actions."""


def left_open(
    meeting: Meeting, linked: Callable[..., Iterable[Meeting]], actions: Callable[[str], Iterable[ActionItem]]
) -> list[ActionItem]:
    """Return the actions of earlier meetings that are still open, the first due on top.

    Args:
        meeting: The meeting.
        linked: Gives the living meetings whose field has a value: ``linked(ucap=id)``.
        actions: Gives the actions of a meeting.
    """
    found = [item for each in earlier(meeting, linked) for item in actions(each.id) if is_open(item)]
    return sorted(found, key=lambda item: item.due.bounds[::-1] if item.due else ("~",))


def earlier(meeting: Meeting, linked: Callable[..., Iterable[Meeting]]) -> list[Meeting]:
    """Return the meetings before one, the newest first: those it follows, those of its UCAP, or else those of its visit.

    What was called off left nothing open; further back than ``LOOKED_BACK`` nobody looks.
    """
    found = {each.id: each for each in linked(next_meeting=meeting.id)}
    common = next(((name, value) for name in ("ucap", "visit") if (value := getattr(meeting, name))), None)
    if common is not None and meeting.when is not None:
        mine = meeting.when.sort_key
        before = [each for each in linked(**dict([common])) if each.when and each.when.sort_key <= mine]
        before.sort(key=lambda each: each.when.sort_key if each.when else "", reverse=True)
        found |= {each.id: each for each in before if each.id != meeting.id}
    return [each for each in found.values() if not is_called_off(each)][:LOOKED_BACK]
