"""Reminders for the user: those of the MoU register, and their own due actions.

What somebody else is responsible for is theirs to be told. Each thing has a key that changes with its step, so that whoever
tells can tell it once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ucapdesk.base.clock import today
from ucapdesk.base.i18n import tr
from ucapdesk.model.kinds.meeting_kinds import ActionItem
from ucapdesk.model.listing import Condition, awaited_ones
from ucapdesk.model.rules.lateness import is_overdue
from ucapdesk.services.home import home, reminders
from ucapdesk.store.desk import Desk


@dataclass(frozen=True, slots=True)
class DesktopNotice:
    """One sentence; ``key`` names the thing and its step."""

    key: str
    sentence: str
    urgent: bool


def notices(desk: Desk, lang: str) -> list[DesktopNotice]:
    """Return the reminders for the user, urgent ones first."""
    me = home.person_of(desk)
    found = [*_of_the_register(desk, me, lang), *(_of_actions(desk, me, lang) if me else ())]
    return sorted(found, key=lambda each: not each.urgent)


def _of_the_register(desk: Desk, me: str | None, lang: str) -> Iterator[DesktopNotice]:
    for each in reminders.reminders(desk, today(desk.workspace.clock), lang):
        if each.responsible in ("", me) or me is None:
            yield DesktopNotice(f"{each.id} {each.step}", each.sentence, each.urgent)


def _of_actions(desk: Desk, me: str, lang: str) -> Iterator[DesktopNotice]:
    """Yield the actions of a person that are due today or overdue."""
    day = today(desk.workspace.clock)
    due = [Condition("due", (f"../{day}",)), *awaited_ones("action_item"), Condition("person", (me,))]
    ids = desk.read.ids("action_item", order="due", conditions=due)
    names = desk.read.titles(ids, lang)
    actions: list[Any] = list(desk.read.page(ActionItem, ids))
    for action in actions:
        last, title = action.due.bounds[1], names.get(action.id, "")
        if is_overdue(action, day):
            yield DesktopNotice(f"{action.id} {last} late", tr("notice", "Overdue: {title}", lang, title=title), True)
        elif last == day.isoformat():  # later where it is known to the month alone, which is not over
            said = tr("notice", "Due today: {title}", lang, title=title)
            yield DesktopNotice(f"{action.id} {last} today", said, True)
