"""Mistakes one could make with laptops that write twice under one name, each planted by replacing one function.

``SEEDS`` are scripts in which each was found; when the scripts change, ``python -m tests.property.accident_mistakes``
finds new ones.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.property import accidents
from tests.property.planting import Mistakes, Plant
from ucapdesk.exchange import receiving
from ucapdesk.store.log import branches
from ucapdesk.store.log.branches import Branches
from ucapdesk.store.log.changeset import Changeset
from ucapdesk.store.log.log import Log
from ucapdesk.store.merge import branch_merge
from ucapdesk.store.merge import branch_merge as meeting
from ucapdesk.store.merge.branch_merge import BranchMeeting

MISTAKES = _mistake = Mistakes()
planted = MISTAKES.planted


@_mistake
def branches_are_named_by_the_order_in_which_they_came() -> Plant:
    number = count()
    return meeting, "branch_id", lambda device, chain: branches.branch_id(device, bytes([next(number) % 256]))


@_mistake
def whoever_named_a_device_had_seen_every_branch() -> Plant:
    def way(self: Branches, id_: str, seq: int, observer: str) -> Iterator[tuple[str, int]]:
        end = self.end(id_)
        if end is None or seq <= end:
            yield id_, seq
            return
        yield id_, end
        for kid in self.kids[id_]:
            yield from way(self, kid, self.end(kid) or self.nodes[kid][1] + 1, observer)

    return Branches, "way", way


@_mistake
def own_work_that_nobody_has_is_forgotten() -> Plant:
    def held(self: branch_merge._Again, changeset: Changeset) -> Iterator[Changeset]:
        if changeset.seq < self.first.get(changeset.device, changeset.seq + 1):
            self.held[changeset.device] = changeset.seq
            yield changeset

    return branch_merge._Again, "__call__", held


@_mistake
def what_was_shared_is_written_once_more() -> Plant:
    def first(self: BranchMeeting, device: str, given: int) -> int | None:
        end = self.whole.end(device)
        ours = sorted(seq for id_, seq in self.ours.chains if id_ == device)
        return next((seq for seq in ours if end is not None and seq > end), None)

    return BranchMeeting, "first_unshared", first


MISTAKES |= {
    "nobody_says_who_had_seen_which": (BranchMeeting, "_to_be_said", lambda self: iter(())),
    "a_branch_begins_with_nothing_seen": (Log, "_go_on", lambda self, device: None),
    "what_is_here_stays_where_it_was": (BranchMeeting, "moves_what_is_here", property(lambda self: False)),
    "whoever_was_copied_goes_on_under_the_old_name": (receiving, "is_parted", lambda desk: False),
    "logs_of_a_package_are_not_looked_at_where_pasts_differ": (
        receiving,
        "check_meeting",
        lambda meeting, package: None,
    ),
    "every_two_pasts_are_refused": (receiving, "_kept_apart", receiving._taken_in),
}


# Where each mistake was found.
SEEDS: dict[str, tuple[int, ...]] = {
    "branches_are_named_by_the_order_in_which_they_came": (1,),
    "nobody_says_who_had_seen_which": (2,),
    "whoever_named_a_device_had_seen_every_branch": (2,),
    "a_branch_begins_with_nothing_seen": (1,),
    "what_is_here_stays_where_it_was": (1,),
    "whoever_was_copied_goes_on_under_the_old_name": (2,),
    "own_work_that_nobody_has_is_forgotten": (2,),
    "what_was_shared_is_written_once_more": (1,),
    "logs_of_a_package_are_not_looked_at_where_pasts_differ": (6,),
    "every_two_pasts_are_refused": (1,),
}


def finds(name: str, seed: int, folder: Path) -> bool:
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with planted(name):
            accidents.run(*accidents.drawn(seed), folder)
    except Exception:  # noqa: BLE001  # whatever fails, the mistake was found
        return True
    return False


if __name__ == "__main__":
    for mistake in sys.argv[1:] or MISTAKES:
        with TemporaryDirectory() as folder:
            found = next((n for n in range(40) if finds(mistake, n, Path(folder) / f"{mistake}{n}")), None)
        print(f'    "{mistake}": ({found},),', flush=True)
