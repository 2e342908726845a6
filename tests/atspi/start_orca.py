"""Starts Orca so that every sentence it speaks stands in a file as soon as it is spoken.

Runs with the system's Python: ``start_orca.py FILE``. The log of ``orca --debug-file`` comes in pieces of eight thousand
characters, minutes late, and writing it keeps Orca busy asking the program about everything it names.
"""

from __future__ import annotations

import importlib
import runpy
import sys
from pathlib import Path
from typing import Any

ORCA = "/usr/bin/orca"


class SpokenLog:
    """Stands where Orca's speech looks for its log, and writes what is spoken."""

    def __init__(self, usual: Any, file: Path) -> None:
        self._usual, self._file = usual, file.open("w", encoding="utf-8", buffering=1)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._usual, name)

    def print_message(self, level: int, text: str, *_: object) -> None:
        """Write a line, if it is of what is spoken."""
        if text.startswith("SPEECH OUTPUT"):
            self._file.write(text + "\n")


def main() -> None:
    """Start it in place of one that runs."""
    importlib.import_module("orca.orca")  # first: its modules import each other
    speech: Any = importlib.import_module("orca.speech")
    speech.debug = SpokenLog(speech.debug, Path(sys.argv[1]))
    sys.argv = [ORCA, "--replace"]
    runpy.run_path(ORCA, run_name="__main__")


if __name__ == "__main__":
    main()
