"""Changesets of colleagues without the packages around them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ucapdesk.store.desk import Desk
from ucapdesk.store.log.changeset import Changeset
from ucapdesk.store.log.log import Log
from ucapdesk.store.outcomes import Outcome
from ucapdesk.store.refusals import whole_links
from ucapdesk.store.safety import leftovers


def take_in(desk: Desk, changesets: Iterable[Changeset]) -> Outcome:
    """A desk merges them, in one step; one that does not fit leaves nothing behind."""
    with whole_links(), desk.transaction() as db:
        outcome = desk.merge.apply(changesets)
        leftovers.note(db, outcome)
    desk.tidy(outcome)
    desk.publish(outcome.touched, ["receive", {}])
    return outcome


def since(log: Log, base: Mapping[str, int]) -> Iterator[Changeset]:
    """Those beyond a base, in causal order."""
    return (each for each in log.changesets() if each.seq > base.get(each.device, 0))
