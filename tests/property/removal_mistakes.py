"""Mistakes one could make with removals, each planted by replacing one function. The attacks must find every one.

``SEEDS`` are attacks in which each was found; when they change, ``python -m tests.property.removal_mistakes`` finds new ones.
"""

from __future__ import annotations

import os
import sys
from typing import Any

from tests.property import removals
from tests.property.planting import Mistakes, Plant
from ucapdesk.store.log.changeset import Changeset
from ucapdesk.store.log.log import Log
from ucapdesk.store.merge.row_state import ERASED
from ucapdesk.store.safety.erase import RemovalJudge

MISTAKES = _mistake = Mistakes()
planted = MISTAKES.planted


@_mistake
def a_record_is_whose_the_first_that_arrived_says() -> Plant:
    first = Log.first
    return Log, "first", lambda self, *args: first(self, *args)[:1]


@_mistake
def who_is_removed_already_may_be_removed_by_anybody() -> Plant:
    check = RemovalJudge.check

    def only_once(self: RemovalJudge, row: Any, dot: Any) -> None:
        if not row.heads.get(ERASED):
            check(self, row, dot)

    return RemovalJudge, "check", only_once


@_mistake
def what_is_listed_under_one_who_went_with_another_stays() -> Plant:
    ask = RemovalJudge.ask

    def only_once(self: RemovalJudge, row: Any, *args: Any, **said: Any) -> None:
        before = {*self.new}
        ask(self, row, *args, **said)
        if ERASED in row.heads:
            self.new = before

    return RemovalJudge, "ask", only_once


@_mistake
def all_lines_about_a_record_are_whose_the_first_is() -> Plant:
    owned = Changeset.owned_lines_of

    def of_the_first(self: Changeset, id_: str) -> Any:
        lines = owned(self, id_)
        return [(line, lines[0][1]) for line, _ in lines]

    return Changeset, "owned_lines_of", of_the_first


def finds(name: str, seed: int) -> bool:
    with planted(name):
        try:
            removals.run(seed)
        except Exception:  # noqa: BLE001  # any failure is a find
            return True
    return False


# Where each mistake was found.
SEEDS = {
    "a_record_is_whose_the_first_that_arrived_says": 8,
    "who_is_removed_already_may_be_removed_by_anybody": 79,
    "what_is_listed_under_one_who_went_with_another_stays": 65,
    "all_lines_about_a_record_are_whose_the_first_is": 4,
}


if __name__ == "__main__":
    os.environ.setdefault("UCAPDESK_CONFIG", "/nonexistent")
    for mistake in sys.argv[1:] or MISTAKES:
        print(f'    "{mistake}": {next((n for n in range(600) if finds(mistake, n)), None)},', flush=True)
