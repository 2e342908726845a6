"""The rule that one place asks the computer for its time, one for its zone, and one for its locale.

Whatever else asked would be right only at some hours and in some places, and no test could hold it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence

from tests.helpers.source_tree import Module

TIME = re.compile(
    r"(?:datetime|date)\.(?:now|utcnow|today)|time\.(?:time|time_ns|localtime|gmtime|ctime|tzset|tzname|timezone)"
    r"|time_ns|localtime|Q(?:Date|Time|DateTime)\.current\w+|QTimeZone\.system\w+"
)
LOCALE = re.compile(r"locale\.(?:getlocale|getdefaultlocale|setlocale|localeconv|getencoding)|QLocale(?:\.\w+)?")
VARIABLES = set("TZ LANG LC_ALL LC_CTYPE LC_TIME LC_NUMERIC".split())  # as a list this file would break the rule

HOMES = {
    "ucapdesk.base.clock": "its clock and its zone",
    "ucapdesk.base.settings": "its locale",
    "tests.helpers.clock": "those of the tests",
    "tests.unit.base.test_settings": "tries all locales",
}
INSTEAD = "ask ucapdesk.base.clock, in tests tests.helpers.clock and its fixtures"


def clocks(modules: Sequence[Module]) -> Iterator[str]:
    """The computer's clock, zone and locale are read in one place."""
    for module in modules:
        if module.name not in HOMES and not module.name.startswith("benchmarks"):
            for line, said in _readers(module.nodes):
                yield f"{module.at(line)}: {said} reads the computer's clock, zone or locale; {INSTEAD}"


def _readers(nodes: Iterable[ast.AST]) -> Iterator[tuple[int, str]]:
    for node in nodes:
        if isinstance(node, ast.Call):
            said = _said(node.func)
            if not node.args and not node.keywords and said.endswith(".astimezone"):
                yield node.lineno, "astimezone() without a zone"
            elif TIME.fullmatch(said) or LOCALE.fullmatch(said):
                yield node.lineno, f"{said}()"
        elif isinstance(node, ast.ImportFrom) and node.module in {"time", "locale"}:
            for each in node.names:
                whole = f"{node.module}.{each.name}"
                if TIME.fullmatch(whole) or LOCALE.fullmatch(whole):
                    yield node.lineno, whole
        elif isinstance(node, ast.Constant) and node.value in VARIABLES and isinstance(node.value, str):
            yield node.lineno, f"the variable {node.value}"


def _said(called: ast.expr) -> str:
    """What is called, without the module that a class comes from; ``ast.unparse`` would take most of the time of the test."""
    names: list[str] = []
    while isinstance(called, ast.Attribute):
        names.append(called.attr)
        called = called.value
    names.append(called.id if isinstance(called, ast.Name) else "")
    said = ".".join(reversed(names))
    return re.sub(r"^(?:datetime|QtCore)\.(?=\w+\.)", "", said)
