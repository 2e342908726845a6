"""Builds the installers twice at once, one time in a clone elsewhere, and compares them byte for byte: ``make twice``.

``ARGS=make_deb.py`` or ``ARGS=make_installer.py`` builds one of them alone.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bundle import ROOT, environment

SCRIPTS = ("make_installer.py", "make_deb.py")
ELSEWHERE = {"TZ": "Asia/Shanghai", "LC_ALL": "C", "PYTHONHASHSEED": "77"}


def main(scripts: list[str]) -> int:
    """Build all, say what each is, and return 1 where two builds of one differ."""
    with tempfile.TemporaryDirectory(prefix="built-elsewhere-") as name:
        clone = Path(name) / "ucapdesk"
        subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
        with ThreadPoolExecutor() as both:  # each waits for tools that use one core
            one = both.submit(built, ROOT, scripts, {})
            other = both.submit(built, clone, scripts, ELSEWHERE, umask=0o077)
        first, second = one.result(), other.result()
    for file, (digest, size) in first.items():
        said = "same bytes twice" if second.get(file) == (digest, size) else f"DIFFERS: {second.get(file)}"
        sys.stdout.write(f"{file}: {size / 1e6:.1f} MB, sha256 {digest}: {said}\n")
    return int(first != second)


def built(root: Path, scripts: list[str], more: dict[str, str], *, umask: int = -1) -> dict[str, tuple[str, int]]:
    """Return digest and size of what the scripts of a checkout make."""
    for old in [*root.glob("dist/*.exe"), *root.glob("dist/*.deb")]:
        old.unlink()
    variables = {**environment(), "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(root), **more}
    for script in scripts:
        command = [sys.executable, str(root / "packaging" / script)]
        subprocess.run(command, cwd=root, env=variables, umask=umask, check=True)
    made = [*root.glob("dist/*.exe"), *root.glob("dist/*.deb")]
    return {file.name: (hashlib.sha256(file.read_bytes()).hexdigest(), file.stat().st_size) for file in sorted(made)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or list(SCRIPTS)))
