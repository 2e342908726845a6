"""Plants the mistakes of ``planted.json`` one by one in a copy of the repository, to see that some test notices each.

``python -m tests.faults.plant [NAME…]`` plants those named, or all, and says of each which test caught it. It ends with 1
where one was missed, or where its place in the program is not found. Test files that stand near the mistake run first, so
what is caught is mostly caught within seconds.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.helpers.source_tree import ROOT, everything

Fault = dict[str, str]
LIST = Path(__file__).with_name("planted.json")
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", ".*_cache", "dist", "build")
FEW = 4  # Test files that are run without further processes, which take seconds to start
LONGEST = 1800  # Seconds after which tests that do not end count as failed


def main() -> int:
    """Plant what the command line names."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.faults.plant", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="of planted.json; all where none is named")
    parser.add_argument("--tests", nargs="+", metavar="FILE", help="run these files or folders only, in this order")
    parser.add_argument("--look", action="store_true", help="run nothing, only look for the place of each")
    parser.add_argument("-n", dest="workers", default="2", help="how many test processes")
    args = parser.parse_args()
    faults = {fault["name"]: fault for fault in json.loads(LIST.read_text(encoding="utf-8"))}
    wanted, missed = [faults[name] for name in args.names or faults], 0
    with tempfile.TemporaryDirectory(prefix="planted-") as folder:
        Path(folder).chmod(0o755)  # some tests run the program as another user
        copy = Path(shutil.copytree(ROOT, Path(folder, "copy"), ignore=LEFT_OUT))
        (copy / ".venv").symlink_to(ROOT / ".venv")
        for fault in wanted:
            said = tried(fault, copy, args)
            print(fault["name"], said, flush=True)
            missed += said.isupper()
    return bool(missed)


def tried(fault: Fault, copy: Path, args: argparse.Namespace) -> str:
    """Plant a mistake, run tests until one fails, and mend it again; return what came of it, in capitals where it is bad."""
    files = [file for file in (copy / "ucapdesk").rglob("*.py") if fault["find"] in file.read_text(encoding="utf-8")]
    before = files[0].read_text(encoding="utf-8") if len(files) == 1 else ""
    if before.count(fault["find"]) != 1:
        return "HAS NO PLACE" if not files else "HAS SEVERAL PLACES"
    if args.look:
        return "has its place"
    file = files[0].relative_to(copy)
    files[0].write_text(before.replace(fault["find"], fault["replace"]), encoding="utf-8")
    batches = [args.tests] if args.tests else nearest_first(fault, file)
    failed = next(filter(None, (first_failure(copy, batch, args.workers) for batch in batches)), None)
    shutil.copy2(ROOT / file, copy / file)
    return f"caught by {failed}" if failed else "MISSED"


def nearest_first(fault: Fault, file: Path) -> Iterator[list[str]]:
    """Files with the test that caught it before, those that import the module, those a step away, and the others."""
    modules = {module.name: module for module in everything()}
    changed = ".".join(file.with_suffix("").parts).removesuffix(".__init__")
    imported = {name: {each.module for each in m.imports(frozenset(modules))} for name, m in modules.items()}
    batches: tuple[list[str], ...] = ([], [], [], [])
    for name in sorted(
        (n for n in modules if n.startswith("tests.") and ".test_" in n), key=lambda n: len(imported[n])
    ):
        if re.search(rf"\bdef {fault['caught_by']}\(", modules[name].source):
            rank = 0
        elif changed in imported[name]:
            rank = 1
        else:
            rank = 2 if any(changed in imported.get(step, ()) for step in imported[name]) else 3
        batches[rank].append(str(modules[name].path.relative_to(ROOT)))
    return filter(None, batches)


def first_failure(copy: Path, files: list[str], workers: str) -> str | None:
    """Return the first test that fails in the copy, or what pytest said last where it could not test at all."""
    several = ["-n", workers, "--dist", "load"] if len(files) > FEW and workers != "0" else ["-p", "no:xdist"]
    pytest = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *several, *files]
    env = os.environ | {"PYTHONPATH": str(copy)}
    try:
        done = subprocess.run(pytest, cwd=copy, env=env, capture_output=True, text=True, check=False, timeout=LONGEST)
    except subprocess.TimeoutExpired:
        return f"tests that did not end: {files[0]} …"
    if done.returncode in {0, 5}:
        return None
    failed = re.search(r"^(?:FAILED|ERROR) (\S+)", done.stdout, re.MULTILINE)
    return failed[1] if failed else (done.stdout + done.stderr).strip()[-300:]


if __name__ == "__main__":
    sys.exit(main())
