"""Runs every benchmark in a process of its own and writes ``benchmarks/RESULTS.md``: ratios, with the figures behind.

``python -m benchmarks [NAME…]`` runs only those; the page is written once all have been measured here. A module offers ``run() -> list[Row]``.
"""

from __future__ import annotations

import compileall
import json
import platform
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
RESULTS = HERE / "RESULTS.md"
KEPT = HERE / ".last.json"
NOT_BENCHMARKS = {"__init__", "__main__", "large", "rows"}
HEAD = """# Results

What `make bench` measured last, each figure beside its peer in the same run. Ratios travel from machine to machine; the
absolute figures do not. "Keep" is what the architecture asks for; a figure that misses it says why below the table.

"""


def names(asked: list[str]) -> list[str]:
    """The benchmarks to run."""
    found = sorted(path.stem for path in HERE.glob("*.py") if path.stem not in NOT_BENCHMARKS)
    return [name for name in found if not asked or name in asked]


def measure(name: str) -> list[dict[str, object]]:
    """The rows of one benchmark, from a fresh process."""
    code = f"import json; from benchmarks.{name} import run; print('\\x00' + json.dumps(run(), default=str))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=HERE.parent, check=False)
    if done.returncode or "\0" not in done.stdout:
        sys.stderr.write(f"{name}: {done.stderr[-2000:]}\n")
        return []
    rows: list[dict[str, object]] = json.loads(done.stdout.rpartition("\0")[2])
    return [{**row, "benchmark": name} for row in rows]


def _figure(value: object, unit: object) -> str:
    return f"{value:.3g} {unit}" if isinstance(value, int | float) else "–"


def table(rows: list[dict[str, object]]) -> str:
    """The rows as a page."""
    lines = ["| what | ours | beside | peer | ratio | keep |", "|---|--:|---|--:|--:|---|"]
    for row in rows:
        unit, ratio = row.get("unit", ""), row.get("ratio")
        said = f"{ratio:.2f} ×" if isinstance(ratio, int | float) else "–"
        lines.append(
            f"| {row['what']} | {_figure(row.get('ours'), unit)} | {row.get('peer_name', '')} |"
            f" {_figure(row.get('peer'), unit)} | {said} | {row.get('keep', '')} |"
        )
    said_of: dict[object, dict[object, None]] = {}
    for row in rows:
        if row.get("note"):
            said_of.setdefault(row["note"], {})[row["what"]] = None
    notes = [f"- {'; '.join(map(str, of))}: {note}" for note, of in said_of.items()]
    return "\n".join([*lines, "", *notes])


def main() -> None:
    """Measure, remember, write."""
    compileall.compile_dir(HERE.parent / "ucapdesk", quiet=1)  # as an installation does
    kept: dict[str, list[dict[str, object]]] = json.loads(KEPT.read_text()) if KEPT.exists() else {}
    for name in names(sys.argv[1:]):
        sys.stdout.write(f"{name} …\n")
        sys.stdout.flush()
        rows = measure(name)
        if rows:
            kept[name] = rows
            sys.stdout.write(table(rows) + "\n")
    KEPT.write_text(json.dumps(kept))
    if missing := [name for name in names([]) if name not in kept]:
        sys.stdout.write(f"{RESULTS.name} stays as it is: {', '.join(missing)} were not measured here yet\n")
        return
    machine = f"Python {platform.python_version()}, {platform.system()} {platform.machine()}.\n\n"
    every = [row for name in sorted(kept) for row in kept[name]]
    RESULTS.write_text(HEAD + machine + table(every).rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
