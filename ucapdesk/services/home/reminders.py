"""Reminders of the MoU register, in steps: ends, overdue signatures, last days for notice.

They are computed, never stored; that one was put off until the next step is this person's own and kept in the settings.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from ucapdesk.base import settings
from ucapdesk.base.clock import today
from ucapdesk.base.i18n import tr
from ucapdesk.model.kinds.agreement_kinds import Agreement
from ucapdesk.model.listing import open_ones
from ucapdesk.model.rules.agreement_rules import LEAD_DAYS, agreement_flags, expiry, notice_by
from ucapdesk.model.text.format.dates_in_words import say_date
from ucapdesk.model.text.format.fields_in_words import tagged
from ucapdesk.services.agreements import agreements
from ucapdesk.store.desk import Desk

STEPS = (90, 30, 7, 0)
"""Days before the end of an MoU of each further reminder, after the first."""
URGENT = 30
REASONS = ("expiring", "notice_window", "overdue_signature")
"""The flags of an MoU that are reminded of."""
_KEPT = "reminders"


class Reminder(NamedTuple):
    """One sentence about an MoU. ``step`` says which reminder it is; ``end`` is the day it is about, for the order;
    ``responsible`` is the person whose it is, if anybody is named.
    """

    id: str
    sentence: str
    urgent: bool
    step: int
    end: str
    responsible: str = ""


def reminders(desk: Desk, now: date, lang: str) -> list[Reminder]:
    """Return the reminders of the register, the nearest first; without those put off to a later step."""
    there = desk.read.listed(Agreement, conditions=open_ones("agreement"))
    flagged = [(each, agreement_flags(each, now)) for each in there]
    names = desk.read.titles([each.id for each, flags in flagged if flags], lang)
    off = _put_off(desk)
    told = [(each, flags, tagged(each, names.get(each.id, ""), lang)) for each, flags in flagged]
    found = (found for each in told for found in _of(*each, now, lang))
    return sorted((each for each in found if off.get(each.id, LEAD_DAYS + 1) > each.step), key=lambda each: each.end)


def _end(agreement: Any, which: int = 0) -> str:
    """Return the first day on which an MoU may end, or with 1 the last."""
    ends = expiry(agreement)
    return ends.bounds[which] if ends else "9999"


def _of(agreement: Any, flags: tuple[str, ...], title: str, now: date, lang: str) -> Iterator[Reminder]:
    whose = agreement.responsible or ""
    expires, notice, unsigned = (reason in flags for reason in REASONS)
    if expires:
        over = _end(agreement, 1) < now.isoformat()
        said = agreements.ends(agreement, now, lang)
        sentence = (
            tr("home", "“{title}” has ended: {date}", lang, title=title, date=said)
            if over
            else tr("home", "“{title}” ends: {date}", lang, title=title, date=said)
        )
        left = (date.fromisoformat(_end(agreement)) - now).days
        yield Reminder(agreement.id, sentence, left <= URGENT, _step(left), _end(agreement), whose)
    if notice:
        last = say_date(notice_by(agreement, now), lang)
        sentence = tr(
            "home", "“{title}” renews automatically unless notice is given by {date}", lang, title=title, date=last
        )
        yield Reminder(agreement.id, sentence, True, 0, _end(agreement), whose)
    if unsigned:
        planned = say_date(agreement.signing_planned, lang)
        sentence = tr("home", "Signing of “{title}” was planned: {date}", lang, title=title, date=planned)
        yield Reminder(agreement.id, sentence, True, 0, agreement.signing_planned.bounds[1], whose)


def _step(left: int) -> int:
    """Return the last step reached, so many days before the end."""
    return min((step for step in STEPS if left <= step), default=LEAD_DAYS)


# -- later ----------------------------------------------------------------------------------------


def put_off(desk: Desk, id_: str) -> None:
    """Silence the end of an MoU until its next step is reached; the last one cannot be put off."""
    agreement: Any = desk.read.get(Agreement, id_)
    if agreement is None or expiry(agreement) is None:
        return
    step = _step((date.fromisoformat(_end(agreement)) - today(desk.workspace.clock)).days)
    if step > 0:
        settings.keep(_KEPT, {**settings.kept(_KEPT), desk.workspace.id: {**_put_off(desk), id_: step}})


def _put_off(desk: Desk) -> dict[str, int]:
    """Return, by MoU, the step up to which reminders are silenced."""
    own = settings.kept(_KEPT).get(desk.workspace.id)
    return {id_: step for id_, step in own.items() if isinstance(step, int)} if isinstance(own, dict) else {}
