"""The rule that one place asks the computer for its time, one for its zone, and one for its locale.

Whatever else asked would be right only at some hours and in some places, and no test could hold it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from tests.helpers.source_tree import Module

TIME = re.compile(
    r"(?:datetime|date)\.(?:now|utcnow|today)|time\.(?:time|time_ns|localtime|gmtime|ctime|tzset|tzname|timezone)"
    r"|time_ns|localtime|Q(?:Date|Time|DateTime)\.current\w+|QTimeZone\.system\w+"
)
LOCALE = re.compile(r"locale\.(?:getlocale|getdefaultlocale|setlocale|localeconv|getencoding)|QLocale(?:\.\w+)?")
VARIABLES = set("TZ LANG LC_ALL LC_CTYPE LC_TIME LC_NUMERIC".split())  # noqa: SIM905 - or this file would break the rule

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
            for line, said in _readers(module.tree):
                yield f"{module.at(line)}: {said} reads the computer's clock, zone or locale; {INSTEAD}"


def _readers(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and not node.args and not node.keywords and _said(node).endswith(".astimezone"):
            yield node.lineno, "astimezone() without a zone"
        elif isinstance(node, ast.Call) and (TIME.fullmatch(_said(node)) or LOCALE.fullmatch(_said(node))):
            yield node.lineno, f"{_said(node)}()"
        elif isinstance(node, ast.ImportFrom) and node.module in {"time", "locale"}:
            for each in node.names:
                whole = f"{node.module}.{each.name}"
                if TIME.fullmatch(whole) or LOCALE.fullmatch(whole):
                    yield node.lineno, whole
        elif isinstance(node, ast.Constant) and node.value in VARIABLES and isinstance(node.value, str):
            yield node.lineno, f"the variable {node.value}"


def _said(node: ast.Call) -> str:
    """What is called, without the module that a class comes from."""
    said = ast.unparse(node.func) if isinstance(node.func, ast.Name | ast.Attribute) else ""
    return re.sub(r"^(?:datetime|QtCore)\.(?=\w+\.)", "", said)
