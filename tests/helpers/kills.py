"""Processes that end in the middle, as abruptly as when the power goes: what they left open is cleared up by the system alone."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence

from tests.helpers.source_tree import ROOT

# Which ``os.kill`` ends a process with at once; on Windows it does so with any signal.
ABRUPTLY = getattr(signal, "SIGKILL", signal.SIGTERM)
KILLED = int(ABRUPTLY) if os.name == "nt" else -int(ABRUPTLY)  # How a process ends that killed itself
KILLED_BY_OTHERS = 1 if os.name == "nt" else KILLED  # How one ends that another one killed, by ``Popen.kill``
FORKING = """
import json, os, sys
for arguments in json.loads(sys.argv[1]):
    if os.fork() == 0:
        step(*arguments)
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.wait()[1]), flush=True)
"""
STARTED = """
import os, sys
step(*sys.argv[1:])
os._exit(0)
"""


def kill_self(*_: object, **__: object) -> None:
    os.kill(os.getpid(), ABRUPTLY)


def ends_of(script: str, *each: Sequence[str], env: Mapping[str, str] | None = None) -> list[int]:
    """Return the exit codes of processes that run the ``step`` which a script defines, once with each of the arguments.

    Where there are forks, one start of Python serves all.
    """
    if hasattr(os, "fork"):
        command = [sys.executable, "-c", script + FORKING, json.dumps([list(arguments) for arguments in each])]
        done = subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True, text=True)
        return [int(line) for line in done.stdout.split()]
    commands = [[sys.executable, "-c", script + STARTED, *arguments] for arguments in each]
    return [
        subprocess.run(command, cwd=ROOT, env=env, check=False, capture_output=True).returncode for command in commands
    ]
