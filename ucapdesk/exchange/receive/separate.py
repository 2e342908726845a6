"""Receives packages where a laptop wrote twice under one name: both are kept, and the copied one becomes a new laptop."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable

from ucapdesk.base.json_text import loads
from ucapdesk.exchange.package import Package
from ucapdesk.exchange.receive.import_session import Run
from ucapdesk.exchange.trust.verify_heads import check_meeting
from ucapdesk.store.desk import Desk
from ucapdesk.store.log.changeset import ON_BRANCH, Row
from ucapdesk.store.log.reissue import NotOurs, reissue
from ucapdesk.store.merge.branch_merge import BranchMeeting
from ucapdesk.store.workspace.identity import Identity


class UnsharedTail(Exception):
    """Another laptop writes under this one's name, and nobody else can have own changesets from this one on."""

    def __init__(self, first: int, bundle: str) -> None:
        super().__init__(first, bundle)
        self.first, self.bundle = first, bundle


def meet(run: Run, package: Package) -> BranchMeeting:
    """Combine a package with the log here. Raises a ``Refusal`` where its logs are not those that their authors signed."""
    meeting = BranchMeeting(run.desk.log, package.manifest.tree, package.changesets({}), package.manifest.base)
    check_meeting(meeting, package)
    return meeting


def note_tail(run: Run, meeting: BranchMeeting, bundle: str) -> None:
    """Note, of a package that can be taken in, from which own changeset on nobody has what another laptop wrote otherwise."""
    desk, me = run.desk, run.desk.me().device_id
    if me in meeting.whole.parted() and not run.dry and not run.reissued and run.tail is None:
        query = "SELECT head FROM sync_export"
        given = max((loads(head).get(me, 0) for (head,) in desk.db.execute(query).fetchall()), default=0)
        if first := meeting.first_unshared(me, given):
            run.tail = first, bundle


def write_tail_anew(run: Run, tail: UnsharedTail) -> None:
    """Write own changesets that nobody else can have again, under a new name; unless somebody has them all the same."""
    desk, run.reissued = run.desk, tail.bundle
    with contextlib.suppress(NotOurs):  # others wrote upon it: it stays where it is
        reissue(desk, {desk.me().device_id: tail.first})


def is_parted(desk: Desk) -> bool:
    """Return whether another laptop wrote under this one's name."""
    return desk.me().device_id in desk.log.branches.parted()


def writer(run: Run) -> Identity:
    """Return the device that writes here: a new one, where the name of the old one was used by another laptop too."""
    if run.renewed and run.new is None:
        run.new = run.after.enter_context(run.desk.renewed_identity())
    return run.new or run.desk.me()


def say(run: Run, rows: Iterable[Row]) -> None:
    """Write into the log who had seen which of two branches."""
    desk, me = run.desk, writer(run)
    desk.write_own([*rows], [ON_BRANCH, {}], me=me)
    run.after.callback(lambda: me.note_seq(desk.log.vector().get(me.device_id, 0)))
