"""The rules about the shape of the source, each a function from modules to complaints.

A complaint is one line: where, what is wrong, what to do instead. ``test_layers`` runs the rules on the program and,
with planted mistakes, on themselves.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from tests.architecture.clocks import clocks
from tests.helpers.source_tree import Module

Rule = Callable[[Sequence[Module]], Iterator[str]]

MAY_IMPORT: dict[str, set[str]] = {
    "ucapdesk": set(),
    "base": set(),
    "model": {"base"},
    "store": {"base", "model"},
    "exchange": {"base", "model", "store"},
    "briefing": {"base"},
    "formats": {"base", "model"},
    "papers": {"base", "model", "store", "briefing"},
    "services": {"base", "model", "store", "exchange", "briefing", "formats", "papers"},
    "ui": {"base", "model", "services", "papers"},
    "app": {"base", "model", "services", "papers", "ui"},
    # Without a subcommand the command opens the window, so it knows app; app does not know it.
    "cli": {"base", "model", "services", "papers", "app"},
    "__main__": {"cli"},
}

# Library → the layers that may import it, and where else to go.
LIBRARIES: dict[str, tuple[set[str], str]] = {
    "PySide6": ({"ui", "app"}, "move what needs Qt into ucapdesk/ui"),
    "shiboken6": ({"ui", "app"}, "move what needs Qt into ucapdesk/ui"),
    "reportlab": ({"briefing"}, "describe the page with briefing's content tree and let it draw"),
    "sqlalchemy": ({"model", "store", "services", "papers"}, "ask a function of services for the records"),
    "alembic": ({"store"}, "only store migrates"),
    "sqlcipher3": ({"store"}, "only store opens databases"),
    "sqlite3": ({"store"}, "only store opens databases; the driver is sqlcipher3 everywhere"),
    "openpyxl": ({"formats"}, "read and write other people's files in formats"),
    "lxml": ({"formats"}, "read and write other people's files in formats"),
    "docx": ({"formats"}, "read and write other people's files in formats"),
    "vobject": ({"formats"}, "read and write other people's files in formats"),
    "icalendar": ({"formats"}, "read and write other people's files in formats"),
    "dateutil": ({"formats"}, "read and write other people's files in formats"),
    "holidays": ({"model"}, "ask model/rules/country_facts.py"),
    "click": ({"cli"}, "only cli speaks with a terminal"),
    "rich": ({"cli"}, "only cli speaks with a terminal"),
    "socket": (set(), "this program has no network code"),
    "urllib.request": (set(), "this program has no network code"),
    "http": (set(), "this program has no network code"),
    "requests": (set(), "this program has no network code"),
}

FILE_LINES = 800
FUNCTION_LINES = 40
OTHER_FUNCTION_LINES = 60  # The limit of tests and tools, in which a story is told in one piece
LONGER: dict[str, str] = {
    # File or function → why it may be longer. This list may only shrink.
}


def layers(modules: Sequence[Module]) -> Iterator[str]:
    """Imports of ours point one way."""
    names = _names(modules)
    for module in modules:
        allowed = MAY_IMPORT.get(module.layer)
        if allowed is None:
            yield f"{module.at(1)}: no layer is called {module.layer}; put the file into one of {', '.join(MAY_IMPORT)}"
            continue
        for found in module.imports(names):
            parts = found.module.split(".")
            if parts[0] != "ucapdesk" or len(parts) == 1 or parts[1] in {module.layer, *allowed}:
                continue
            yield (
                f"{module.at(found.line)}: {module.layer} must not import {found.module}. "
                f"It may use {', '.join(sorted(allowed)) or 'nothing of ours'}; "
                f"move the shared part down, or hand the value in from above"
            )


def libraries(modules: Sequence[Module]) -> Iterator[str]:
    """Each heavy library has one home."""
    for module in modules:
        for found in module.imports():
            for library, (homes, instead) in LIBRARIES.items():
                ours = found.module == library or found.module.startswith(library + ".")
                if ours and module.layer not in homes:
                    yield f"{module.at(found.line)}: {module.layer} must not import {library}; {instead}"


def cycles(modules: Sequence[Module]) -> Iterator[str]:
    """No module imports itself, however far round; lazy imports and those for types are counted too."""
    names = _names(modules)
    needs = {m.name: {i.module: i.line for i in m.imports(names) if i.module in names} for m in modules}
    by_name = {m.name: m for m in modules}
    for group in _components(needs):
        if len(group) > 1:
            first = min(group)
            line = next(line for name, line in needs[first].items() if name in group)
            yield (
                f"{by_name[first].at(line)}: import cycle between {', '.join(sorted(group))}; "
                f"move what they share into a module of its own that imports neither"
            )


def docstrings(modules: Sequence[Module]) -> Iterator[str]:
    """Every module says why it exists."""
    for module in modules:
        if module.source and not ast.get_docstring(module.tree):  # an empty __init__.py has nothing to explain
            yield f"{module.at(1)}: no module docstring; say in one sentence why this file exists"


def openings(modules: Sequence[Module]) -> Iterator[str]:
    """Docstrings begin with a verb or a noun."""
    for module in modules:
        for node in module.nodes:
            if not isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            if (ast.get_docstring(node) or "").startswith("What "):
                yield f"{module.at(getattr(node, 'lineno', 1))}: begin the docstring with a verb or a noun, not with “What”"


def sizes(modules: Sequence[Module], most: int = FILE_LINES, most_of_function: int = FUNCTION_LINES) -> Iterator[str]:
    """Files and functions that fit a reader's head."""
    for module in modules:
        lines = module.source.count("\n")
        if lines > most and module.name not in LONGER:
            yield f"{module.at(1)}: {lines} lines; split it by what changes together (at most {most})"
        for node in module.nodes:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > most_of_function and f"{module.name}.{node.name}" not in LONGER:
                    yield (
                        f"{module.at(node.lineno)}: {node.name} has {length} lines (at most {most_of_function}); "
                        f"name its steps, or make rows and a loop of it"
                    )


OPENERS = {"QDesktopServices", "startfile", "webbrowser", "subprocess", "QProcess", "setOpenExternalLinks"}
OUTSIDE = "ucapdesk.ui.toolkit.dialogs"


def openers(modules: Sequence[Module]) -> Iterator[str]:
    """Nothing is handed to other programs but in one place, which asks first whether it may be."""
    for module in modules:
        named = {
            getattr(node, "id", None) or getattr(node, "attr", None): getattr(node, "lineno", 1)
            for node in module.nodes
            if isinstance(node, ast.Name | ast.Attribute)
        }
        for name in sorted(OPENERS & named.keys()) if module.name != OUTSIDE else ():
            yield f"{module.at(named[name])}: {name} hands something to another program; ask a function of {OUTSIDE}"


def posted_events(modules: Sequence[Module]) -> Iterator[str]:
    """No event made in Python is posted: where the same one waits already Qt deletes it at once, and PySide frees it twice."""
    for module in modules:
        for node in module.nodes:
            if isinstance(node, ast.Attribute) and node.attr == "postEvent":
                yield f"{module.at(node.lineno)}: let Qt make the event, as update() and QTimer.singleShot() do"


WRITERS = {"store", "exchange", "services"}
# What changes a workspace: methods of ``Desk``, of its workspace and of its files.
WRITES = {
    "save", "transaction", "receive", "undo", "redo", "decide", "mark", "write_own", "rename_person", "confirm_clock",
    "renewed_identity", "tidy", "put", "put_files_aside",
}  # fmt: skip


def writers(modules: Sequence[Module]) -> Iterator[str]:
    """Only services write; everything above asks a function of them."""
    for module in modules:
        for node in module.nodes if module.layer not in WRITERS else ():
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES):
                continue
            if re.search(r"\b_?desk(\.workspace)?(\.files)?$", ast.unparse(node.func.value)):
                yield f"{module.at(node.lineno)}: {node.func.attr} writes; ask a function of services, or add one"


def _names(modules: Iterable[Module]) -> frozenset[str]:
    return frozenset(module.name for module in modules)


def _components(graph: dict[str, dict[str, int]]) -> list[set[str]]:
    """Strongly connected parts (Tarjan's algorithm)."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[set[str]] = []

    def visit(node: str) -> None:
        index[node] = low[node] = len(index)
        stack.append(node)
        for other in graph[node]:
            if other not in index:
                visit(other)
                low[node] = min(low[node], low[other])
            elif other in stack:
                low[node] = min(low[node], index[other])
        if low[node] == index[node]:
            at = stack.index(node)
            found.append(set(stack[at:]))
            del stack[at:]

    for node in graph:
        if node not in index:
            visit(node)
    return found


RULES: dict[str, Rule] = {
    "imports point one way": layers,
    "each library has one home": libraries,
    "no import cycles": cycles,
    "every module says why it exists": docstrings,
    "docstrings begin with verb or noun": openings,
    "files and functions stay small": sizes,
    "one place reads clock, zone and locale": clocks,
    "one place opens other programs": openers,
    "nobody but services writes": writers,
    "no event made in Python is posted": posted_events,
}
