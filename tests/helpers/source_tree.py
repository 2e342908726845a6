"""The program's source read as syntax trees, so that tests can speak about its shape without running it."""

from __future__ import annotations

import ast
import gc
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OTHERS = ("tests", "benchmarks", "db", "resources")


@dataclass(frozen=True)
class Import:
    """One imported module, wherever in the file the import stands."""

    line: int
    module: str


@dataclass(frozen=True)
class Module:
    """One Python file."""

    path: Path
    name: str
    source: str
    tree: ast.Module

    def at(self, line: int) -> str:
        """A place in this file as a terminal makes it a link."""
        return f"{self.path.relative_to(ROOT) if self.path.is_relative_to(ROOT) else self.path}:{line}"

    @property
    def layer(self) -> str:
        """The second part of the name: ``base``, ``store``, ``app`` …; the package itself is ``ucapdesk``."""
        parts = self.name.split(".")
        return parts[1] if len(parts) > 1 else parts[0]

    def imports(self, known: frozenset[str] = frozenset()) -> Iterator[Import]:
        """Every import, lazy and type-only ones too; ``known`` tells a submodule from a name in a package."""
        for node in self._statements:
            yield from self._imported(node, known)

    def first_imports(self, known: frozenset[str] = frozenset()) -> Iterator[Import]:
        """The imports that are done when the module is imported itself; ``known`` as of ``imports``."""
        for node in self.tree.body:
            yield from self._imported(node, known)

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        return tuple(ast.walk(self.tree))

    @cached_property
    def _statements(self) -> tuple[ast.AST, ...]:
        return tuple(node for node in self.nodes if isinstance(node, ast.Import | ast.ImportFrom))

    def _imported(self, node: ast.AST, known: frozenset[str]) -> Iterator[Import]:
        for module in _imported(node, self.name if self.path.name == "__init__.py" else self.package, known):
            yield Import(getattr(node, "lineno", 1), module)

    @property
    def package(self) -> str:
        return self.name.rpartition(".")[0]


def _imported(node: ast.AST, package: str, known: frozenset[str]) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        base = node.module or ""
        if node.level:
            parts = package.split(".")
            base = ".".join([*parts[: len(parts) - node.level + 1], base]).strip(".")
        for alias in node.names:
            full = f"{base}.{alias.name}"
            yield full if full in known else base


def read(path: Path, root: Path = ROOT) -> Module:
    """One file as a ``Module``, named by its place under ``root``."""
    source = path.read_text(encoding="utf-8")
    parts = path.relative_to(root).with_suffix("").parts
    name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    return Module(path, name, source, ast.parse(source, str(path)))


@cache
def program() -> tuple[Module, ...]:
    return _kept(sorted((ROOT / "ucapdesk").rglob("*.py")))


@cache
def others() -> tuple[Module, ...]:
    """Every Python file of ours beside the program."""
    files = [p for folder in OTHERS for p in sorted((ROOT / folder).rglob("*.py"))]
    return _kept([*files, *sorted(ROOT.glob("*.py"))])


def _kept(files: list[Path]) -> tuple[Module, ...]:
    """Files whose trees stay until the end: millions of nodes that no later search for garbage need go through."""
    gc.disable()
    try:
        modules = tuple(map(read, files))
        for module in modules:
            _ = module.nodes
        return modules
    finally:
        gc.freeze()
        gc.enable()


def everything() -> tuple[Module, ...]:
    """Every Python file of the repository that is ours."""
    return (*program(), *others())


@cache
def text_files() -> tuple[Path, ...]:
    """Every file that git keeps or would keep, without the binary ones."""
    said = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    names = said.stdout.decode().split("\0") if said.returncode == 0 else [str(p) for p in ROOT.rglob("*")]
    paths = [ROOT / name for name in names if name and not name.startswith(".venv")]
    return tuple(path for path in paths if path.is_file() and b"\0" not in path.read_bytes()[:4096])
