"""Only what pyproject.toml cannot say: a wheel carries the folders that lie beside the package in a checkout.

``ucapdesk.base.paths`` looks for them in ``ucapdesk/bundled/`` first.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

BUNDLED = ("resources", "db", "docs/manual", "docs/pictures")
PAGES = ("docs/threat-model.md", "docs/LICENCES.md", "LICENSE")
"""Which the manual and Help ▸ About lead to."""


class BuildWithBundled(build_py):
    """Copies the bundled folders into the built package; an editable install finds them where they are."""

    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            bundled = Path(self.build_lib) / "ucapdesk" / "bundled"
            for folder in BUNDLED:
                shutil.copytree(
                    folder,
                    bundled / folder,
                    dirs_exist_ok=True,
                    ignore=shutil.ignore_patterns(
                        "__pycache__", "golden", "catalogue.py", "rare_han.py", "simplified.py"
                    ),
                )
            for page in PAGES:
                shutil.copy2(page, bundled / page)


setup(cmdclass={"build_py": BuildWithBundled})
