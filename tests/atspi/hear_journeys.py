"""Goes through journeys by keys alone and compares what Orca says with what it said before.

Runs with the system's Python: ``hear_journeys.sh``. Each journey has a file in ``heard/``; ``--write`` writes it anew,
and journeys that are named are the only ones.
"""

from __future__ import annotations

import difflib
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

HEARD = Path(__file__).with_name("heard")
SPOKEN = re.compile(r"SPEECH OUTPUT: '(.*)' \{")
# Orca says each key; what the program answers is what counts.
KEYS = re.compile(r"(?:left |right )?(?:control|shift|tab|return|escape|down|up|space)|.")
# Said when a pause in typing was long enough, and not twice in a minute: so once at least, wherever.
SAVED = "Saved #:#"
# What is around a field, and what is said while something takes long: said or passed over, as fast as the machine is.
PASSING = re.compile(
    r"Checking packages|Liuzhou – UCAPDesk(?: frame)?|Sections List with # items|layered pane # items|Selection deleted\.|Check number: [#, ]+|Add “lu” to People, # of #"
    r"|#:# to #:#, .*[^.]|#:#–#:#, .*|Itinerary page tab\."
)
# What differs from run to run: counts, hours, days.
CHANGING = re.compile(r"(?:\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) )?\d+")
# Seconds of silence after which Orca has said everything it is asked to be compared with later, and what it said
# before; and those it may take.
QUIET, STILL, PATIENCE = 10.0, 1.5, 60.0

Step = str | tuple[str]  # A key, or a text to type
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
        "ctrl+z",
    ),
    "J3": ("ctrl+9", "package", "Tab", "space", "Return", "space", ("{folder}/to-chen.ucapx",), "Return"),
}


class Listener:
    """Orca's log, read as it grows."""

    def __init__(self, log: Path) -> None:
        self._log, self._read, self.saved = log, 0, False

    def after(
        self, do: Callable[[], object], expected: Sequence[str] | None = None, keys: int = 0
    ) -> tuple[list[str], list[str]]:
        """Do something; return what was said late, before Orca said the first of so many keys, and what was said then.

        The end is when each key and all that is expected was said, however long a busy machine takes, and no more comes at
        once; without an expectation a long silence.
        """
        do()
        late: list[str] = []
        said: list[str] = []
        echoed, pause = 0, QUIET if expected is None else STILL
        until, quiet = time.monotonic() + PATIENCE, time.monotonic() + pause
        while time.monotonic() < until and (
            time.monotonic() < quiet or echoed < keys or not set(expected or ()) <= set(said)
        ):
            time.sleep(0.05)
            new = self._new()
            quiet = time.monotonic() + pause if new else quiet
            for line in SPOKEN.findall(new):
                told = CHANGING.sub("#", line)
                self.saved = self.saved or told == SAVED
                if KEYS.fullmatch(line):
                    echoed += 1
                elif told != SAVED and not PASSING.fullmatch(told):
                    answer = echoed or not keys or told in (expected or ())  # Orca may say a key after what it did
                    (said if answer else late).append(told)
        return late, said

    def _new(self) -> str:
        with self._log.open(encoding="utf-8", errors="replace") as file:
            file.seek(self._read)
            new = file.read()
        whole = new.rpartition("\n")[0]
        self._read += len(whole.encode()) + bool(whole)
        return whole


def main() -> int:
    """Go through the journeys; return 1 where one sounds otherwise."""
    log, program, package, *wanted = Path(sys.argv[1]), *sys.argv[2:]
    names = [name for name in JOURNEYS if name in wanted] or list(JOURNEYS)
    listener, different = Listener(log), 0
    listener.after(lambda: None)  # the window comes to the front
    for name in names:
        steps = JOURNEYS[name]
        file = HEARD / f"{name}.txt"
        before = [] if "--write" in wanted else _told(file)
        said: list[list[str]] = []
        for at, step in enumerate(steps):
            do = partial(_do, step, [program, "main.py", package])
            late, heard = listener.after(do, before[at] if at < len(before) else None, _keys(step))
            if said and isinstance(steps[at - 1], str):  # what follows typing late is no answer to the next key
                said[-1] += late
            said.append([f"> {step if isinstance(step, str) else step[0]}"])
            said[-1] += heard if isinstance(step, str) else []  # what is typed is said letter by letter
        lines = [line for part in said for line in part]
        if "--write" in wanted:
            file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        change = list(
            difflib.unified_diff(file.read_text(encoding="utf-8").splitlines(), lines, "before", "now", lineterm="")
        )
        different += bool(change)
        print(f"{name}: {'as before' if not change else 'sounds otherwise'}", *change, sep="\n")
    if not listener.saved:
        print("nothing was said to be saved")
    return int(bool(different) or not listener.saved)


def _keys(step: Step) -> int:
    """Return how many keys Orca says for a step."""
    return 0 if step == "package" else step.count("+") + 1 if isinstance(step, str) else len(step[0])


def _told(file: Path) -> list[list[str]]:
    """Return what was said after each step before."""
    parts = re.split("^> .*\n", file.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return [part.splitlines() for part in parts]


def _do(step: Step, receive: list[str]) -> None:
    if step == "package":
        subprocess.run(receive, check=False, env=os.environ)
    elif isinstance(step, str):
        subprocess.run(["xdotool", "key", step], check=True)
    else:
        text = step[0].format(folder=Path(receive[-1]).parent)
        subprocess.run(["xdotool", "type", "--delay", "60", text], check=True)


if __name__ == "__main__":
    sys.exit(main())
