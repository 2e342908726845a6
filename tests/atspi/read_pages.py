"""Reads every page over the accessibility bus, as a screen reader does, and tells what one could not say.

Runs with the system's Python, which has the bindings of the bus: ``read_pages.sh``.
"""

from __future__ import annotations

import collections
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pyatspi
from gi.repository import GLib

# What may be empty: a cell of a row that says something elsewhere.
NAMELESS = {"table cell", "list item", "tree item"}
WITHOUT_ROLE = {"unknown", "invalid", "redundant object"}
CHECKED = {"check box", "radio button", "toggle button"}
VALUED = {"slider", "spin button", "progress bar"}
TELLS = "said"  # The page on which the window says something by itself
DEEPEST, WIDEST = 40, 400
SECONDS_TO_START = 300
LABELLED: list[str] = []  # The names of fields that have a label


def main() -> int:
    """Read the pages; return 1 where something is wrong."""
    python, lang, *names = sys.argv[1:]
    shown = subprocess.Popen(
        [python, "-m", "tests.atspi.show_pages", lang, *names], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert shown.stdin is not None
    assert shown.stdout is not None
    roles: collections.Counter[str] = collections.Counter()
    told: list[str] = []
    pyatspi.Registry.registerEventListener(lambda event: told.append(str(event.any_data)), "object:announcement")
    wrong = pages = 0
    for line in shown.stdout:
        flaws = list(dict.fromkeys(_flaws(_application(shown.pid), roles)))
        while GLib.MainContext.default().iteration(False):
            pass
        if line.strip() == TELLS and not told:
            flaws.append("a message is shown and not announced")
        pages, wrong = pages + 1, wrong + len(flaws)
        print(f"{line.strip()}: {len(flaws) or 'good'}", *flaws, sep="\n  ", flush=True)
        shown.stdin.write("\n")
        shown.stdin.flush()
    print(
        f"{pages} pages, {sum(roles.values())} objects, {len(LABELLED)} labels of fields, {len(told)} announcements, {wrong} flaws; {dict(roles.most_common(20))}"
    )
    return int(bool(wrong or shown.wait() or not pages))


def _application(process: int) -> Any:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        for each in pyatspi.Registry.getDesktop(0):
            if each and each.get_process_id() == process:
                return each
    raise SystemExit("the program is not on the bus")


def _flaws(application: Any, roles: collections.Counter[str]) -> Iterator[str]:
    focused: list[tuple[bool, str]] = []
    for node, path in _showing(application, ()):
        role, states = node.getRoleName(), node.getState()
        roles[role] += 1
        named = bool((node.name or "").strip())
        where = f"{role} “{node.name or ''}” in {' / '.join(path[-3:])}"
        if states.contains(pyatspi.STATE_FOCUSED) and role not in {"frame", "dialog", "window"}:
            focused.append((named, where))
        if states.contains(pyatspi.STATE_FOCUSABLE):
            if not named and role not in NAMELESS:
                yield f"no name: {where}"
            if role in WITHOUT_ROLE:
                yield f"no role: {where}"
        if role in CHECKED and not states.contains(pyatspi.STATE_CHECKABLE) and role != "toggle button":
            yield f"cannot say whether it is checked: {where}"
        labels = list(_labels(node))
        if role == "combo box" and not labels and not (node.description or ""):
            yield f"only its value is said: {where}"  # on Linux Qt names such a box by what is chosen
        yield from (
            f"its label says “{label}”: {where}"
            for label in labels
            if role != "combo box"
            and label not in node.name
            and node.name not in label  # who says what they see wants it found
        )
        if role in VALUED and _value(node) is None:
            yield f"no value: {where}"
        if role == "table row" and not any((cell.name or "").strip() for cell in node if cell):
            yield f"a row says nothing: {where}"
    if not focused:
        yield "nothing has the focus"
    elif not any(named for named, _ in focused):  # what is inside or around a named one may have it with it
        yield from (f"it has the focus and no name: {where}" for _, where in focused)


def _showing(node: Any, path: tuple[str, ...], depth: int = 0) -> Iterator[tuple[Any, tuple[str, ...]]]:
    """Yield what is on the screen, with the names of what it is in."""
    if node is None or depth > DEEPEST:
        return
    if depth and not node.getState().contains(pyatspi.STATE_SHOWING):
        return
    yield node, path
    inside = (*path, node.name) if node.name else path
    for number in range(min(node.childCount, WIDEST)):
        yield from _showing(node.getChildAtIndex(number), inside, depth + 1)


def _labels(node: Any) -> Iterator[str]:
    """Yield the texts of the labels that belong to a field, without the signs of access keys."""
    for relation in node.getRelationSet():
        if relation.getRelationType() == pyatspi.RELATION_LABELLED_BY:
            for number in range(relation.getNTargets()):
                LABELLED.append(node.name)
                yield (relation.getTarget(number).name or "").replace("&", "").rstrip(":：")


def _value(node: Any) -> float | None:
    try:
        return float(node.queryValue().currentValue)
    except NotImplementedError:
        return None


if __name__ == "__main__":
    sys.exit(main())
