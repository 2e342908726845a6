"""`make` is complete: an explanation for every target, a lock for every requirement."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib

import pytest

from tests.helpers.source_tree import ROOT

TARGETS = {"help", "setup", "run", "test", "check", "bench", "soak", "package", "texts", "pictures"}


@pytest.mark.skipif(not shutil.which("make"), reason="without make")
def test_make_alone_explains_every_target() -> None:
    said = subprocess.run(["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    explained = dict(re.findall(r"^  ([a-z]+) +(\S.*)$", said, re.MULTILINE))
    phony = re.findall(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(explained) == set(phony[0].split())
    assert set(explained) >= TARGETS


@pytest.mark.parametrize(("lock", "extras"), [("runtime", ()), ("dev", ("dev",)), ("bench", ("dev", "bench"))])
def test_every_requirement_is_pinned(lock: str, extras: tuple[str, ...]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(w for e in extras for w in project["optional-dependencies"][e])]
    pinned = (ROOT / "requirements" / f"{lock}.txt").read_text(encoding="utf-8")
    names = {_plain(name) for name in re.findall(r"^([A-Za-z0-9_.-]+)(?:\[\w+\])?==", pinned, re.MULTILINE)}
    missing = {_plain(re.split(r"[ <>=;\[]", one)[0]) for one in wanted} - names
    assert not missing, "run `make lock`"


def test_the_locks_agree_with_each_other() -> None:
    pins = [
        dict(re.findall(r"^([A-Za-z0-9_.-]+)(?:\[\w+\])?==([^ \\]+)", path.read_text(encoding="utf-8"), re.MULTILINE))
        for path in (ROOT / "requirements").glob("*.txt")
    ]
    together: dict[str, set[str]] = {}
    for each in pins:
        for name, release in each.items():
            together.setdefault(name, set()).add(release)
    assert {name: releases for name, releases in together.items() if len(releases) > 1} == {}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
