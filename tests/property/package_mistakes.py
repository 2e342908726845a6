"""Mistakes one could make with packages, each planted by replacing one function. The scripts must find every one.

``SEEDS`` are scripts in which each was found; when the scripts change, ``python -m tests.property.package_mistakes``
finds new ones.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from tests.property import packages
from tests.property.planting import Mistakes, Plant
from ucapdesk.exchange import arrival, package, receiving
from ucapdesk.exchange.errors import Refusal
from ucapdesk.store.log.log import Forgotten, Fork, Log, MissingChanges
from ucapdesk.store.merge import merge
from ucapdesk.store.merge.row_state import ERASED
from ucapdesk.store.safety.erase import RemovalJudge, Removals, erased_names

MISTAKES = _mistake = Mistakes()
planted = MISTAKES.planted


# -- who wrote it ------------------------------------------------------------------------------------


@_mistake
def what_comes_after_a_signed_head_is_taken_in() -> Plant:
    def check(log: Any, package_: Any, held: Any) -> None:
        for line in package._ends(log.workspace, package_, lambda line: package._held(log, line)):
            raise Fork(line.id, line.head.seq)

    return receiving, "check_heads", check


# -- what is taken in ---------------------------------------------------------------------------------


@_mistake
def what_is_refused_is_not_rolled_back() -> Plant:
    def apply(run: Any, each: Any) -> Any:
        try:
            receiving._merge(run, each.report, each.package, receiving._taken_in)
        except (Refusal, Fork, MissingChanges) as error:
            refusal = error if isinstance(error, Refusal) else receiving._said(run.desk, each.package, error)
            arrival.refuse(each, refusal)
            return refusal
        each.report.why = None
        return None

    return receiving, "_apply", apply


@_mistake
def vectors_are_kept_in_mind_after_a_refusal() -> Plant:
    forget = Log.forget
    return Log, "forget", lambda self: None if hasattr(self, "devices") else forget(self)


@_mistake
def what_builds_upon_a_later_file_is_not_tried_again() -> Plant:
    def apply_all(run: Any, todo: Any) -> None:
        for each in todo:
            receiving._apply(run, each)

    return receiving, "_apply_all", apply_all


@_mistake
def a_preview_writes() -> Plant:
    def write(run: Any, todo: Any) -> None:
        with run.desk.transaction():
            receiving._apply_all(run, todo)

    return receiving, "_write", write


@_mistake
def one_changeset_too_many_is_passed_over() -> Plant:
    changesets = package.Package.changesets

    def fewer(self: Any, held: Any, reading: Any = None) -> Any:
        return changesets(self, {d: q + (q > 2) for d, q in held.items()}, reading)

    return package.Package, "changesets", fewer


# -- what is erased ------------------------------------------------------------------------------------


# -- what is taken back ---------------------------------------------------------------------------------


@_mistake
def a_receive_is_taken_back_in_the_tables_alone() -> Plant:
    def back(desk: Any, bundle: str) -> None:
        with patch.object(Log, "forget", lambda self: None):
            original(desk, bundle)

    original = receiving.take_back
    return receiving, "take_back", back


@_mistake
def copies_of_what_waited_are_let_go() -> Plant:
    def tidy(run: Any) -> None:
        run.waited = set()
        original(run)

    original = arrival.tidy
    return receiving, "tidy", tidy


MISTAKES |= {
    "heads_are_not_looked_at": (receiving, "check_heads", lambda desk, package_, held: None),
    "signatures_of_heads_are_not_looked_at": (package, "head_is_signed", lambda *a: True),
    "the_signature_of_the_list_is_not_looked_at": (package, "signature_fits", lambda *a: True),
    "a_package_that_waits_is_not_tried_again": (receiving, "those_waiting", lambda run: []),
    "a_file_that_was_taken_in_is_taken_in_again": (arrival, "_is_known", lambda desk, sha256: False),
    "names_are_forgotten_in_the_log_alone": (merge, "without_name", lambda changeset, gone, ord_: changeset),
    "anybody_takes_the_name_of_anybody_out": (Forgotten, "covers", lambda self, ord_, name: name in self.asked),
    "a_name_is_only_forgotten_by_who_bore_it": (
        Forgotten,
        "covers",
        lambda self, ord_, name: ord_ in {by for by, _ in self.asked.get(name, ())},
    ),
    "lines_of_what_was_erased_stay": (merge, "blank", lambda *_: set()),
    "parts_that_others_added_outlive_the_whole": (
        RemovalJudge,
        "goes",
        lambda self, row, *_: row.id if row.id in self.heads or row.heads.get(ERASED) else None,
    ),
    "lines_may_be_blanked_by_anybody": (
        Removals,
        "were_asked",
        lambda removals, log: removals.names_were_asked(erased_names(log)),
    ),
}


def finds(name: str, seed: int, folder: Path) -> bool:
    folder.mkdir(parents=True)
    with planted(name):
        try:
            packages.run(*packages.drawn(seed), folder)
        except Exception:  # noqa: BLE001  # any failure is a find
            return True
    return False


# Scripts in which each mistake was found.
SEEDS: dict[str, tuple[int, ...]] = {
    "heads_are_not_looked_at": (2,),
    "signatures_of_heads_are_not_looked_at": (37,),
    "what_comes_after_a_signed_head_is_taken_in": (7,),
    "the_signature_of_the_list_is_not_looked_at": (22,),
    "what_is_refused_is_not_rolled_back": (0,),
    "vectors_are_kept_in_mind_after_a_refusal": (0,),
    "a_package_that_waits_is_not_tried_again": (6,),
    "what_builds_upon_a_later_file_is_not_tried_again": (5,),
    "a_preview_writes": (0,),
    "one_changeset_too_many_is_passed_over": (0,),
    "a_file_that_was_taken_in_is_taken_in_again": (0,),
    "names_are_forgotten_in_the_log_alone": (28,),
    "anybody_takes_the_name_of_anybody_out": (9,),
    "a_name_is_only_forgotten_by_who_bore_it": (612,),
    "lines_of_what_was_erased_stay": (2,),
    "parts_that_others_added_outlive_the_whole": (17,),
    "lines_may_be_blanked_by_anybody": (18,),
    "a_receive_is_taken_back_in_the_tables_alone": (3,),
    "copies_of_what_waited_are_let_go": (238,),
}


if __name__ == "__main__":
    os.environ.setdefault("UCAPDESK_CONFIG", "/nonexistent")
    for mistake in sys.argv[1:] or MISTAKES:
        found = []
        for number in range(200):
            with TemporaryDirectory() as place:
                os.environ["UCAPDESK_CONFIG"] = f"{place}/config"
                if finds(mistake, number, Path(place) / "w"):
                    found.append(number)
            if len(found) == 1:
                break
        print(f'    "{mistake}": {tuple(found)},', flush=True)
