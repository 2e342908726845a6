"""Goes through journeys by keys alone and compares what Orca says with what it said before.

Runs with the system's Python: ``hear_journeys.sh``. Each journey has a file in ``heard/``; ``--write`` writes it anew.
"""

from __future__ import annotations

import difflib
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

HEARD = Path(__file__).with_name("heard")
SPOKEN = re.compile(r"SPEECH OUTPUT: '(.*)' \{")
KEYS = re.compile(r"(?:left |right )?(?:control|shift|tab|return|escape|down|up)|.")
"""Orca says each key; what the program answers is what counts."""
CHANGING = re.compile(r"\d+")
"""Numbers that differ from run to run: counts, hours, days."""
QUIET, PATIENCE = 5.0, 40.0
"""Seconds of silence after which Orca has said everything, and those it may take."""

Step = str | tuple[str]
"""A key, or a text to type."""
JOURNEYS: dict[str, tuple[Step, ...]] = {
    "J1": (
        "ctrl+m",
        ("smart mobility pilot",),
        "Tab",
        "Tab",
        ("lu",),
        "Return",
        "ctrl+j",
        ("send the data",),
        "ctrl+Return",
    ),
    "J6": (
        "ctrl+2",
        "Return",
        "ctrl+n",
        ("0930 1030 meet the mayor",),
        "Return",
        ("1215 1330 meal",),
        "Return",
        "Escape",
    ),
    "J3": ("package",),
}


class Listener:
    """Orca's log, read as it grows."""

    def __init__(self, log: Path) -> None:
        self._log, self._read = log, 0

    def after(self, do: Callable[[], object]) -> Iterator[str]:
        """Do something; yield what is said until nothing more is."""
        do()
        until, quiet = time.monotonic() + PATIENCE, time.monotonic() + QUIET
        while time.monotonic() < min(until, quiet):
            time.sleep(0.05)
            new = self._new()
            if new:
                quiet = time.monotonic() + QUIET
            for line in SPOKEN.findall(new):
                if not KEYS.fullmatch(line):
                    yield CHANGING.sub("#", line)

    def _new(self) -> str:
        with self._log.open(encoding="utf-8", errors="replace") as file:
            file.seek(self._read)
            new = file.read()
        whole = new.rpartition("\n")[0]
        self._read += len(whole.encode()) + bool(whole)
        return whole


def main() -> int:
    """Go through the journeys; return 1 where one sounds otherwise."""
    log, program, package = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    listener, different = Listener(log), 0
    list(listener.after(lambda: None))  # the window comes to the front
    for name, steps in JOURNEYS.items():
        said = []
        for step in steps:
            heard = list(listener.after(lambda step=step: _do(step, [program, "main.py", package])))  # type: ignore[misc]
            said.append(f"> {step if isinstance(step, str) else step[0]}")
            said += heard if isinstance(step, str) else []  # what is typed is said letter by letter
        file = HEARD / f"{name}.txt"
        if "--write" in sys.argv:
            file.write_text("\n".join(said) + "\n", encoding="utf-8")
        before = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        change = list(difflib.unified_diff(before, said, "before", "now", lineterm=""))
        different += bool(change)
        print(f"{name}: {'as before' if not change else 'sounds otherwise'}", *change, sep="\n")
    return int(bool(different))


def _do(step: Step, receive: list[str]) -> None:
    if step == "package":
        subprocess.run(receive, check=False, env=os.environ)
    elif isinstance(step, str):
        subprocess.run(["xdotool", "key", step], check=True)
    else:
        subprocess.run(["xdotool", "type", "--delay", "60", step[0]], check=True)


if __name__ == "__main__":
    sys.exit(main())
