"""Reads the marks of tests, and compares them with the rules they name."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence

from tests.helpers.source_tree import Module


def named(modules: Iterable[Module], mark_name: str = "rule") -> Iterator[tuple[str, str]]:
    """Each rule that a test which is collected names, and where; or what else it is marked with."""
    for module in modules:
        if module.path.name.startswith("test_"):
            for node in _top(module.tree):
                for mark in _marks(node):
                    yield from ((rule, module.at(mark.lineno)) for rule in _rules(mark, mark_name))


def _top(tree: ast.Module) -> Iterator[ast.AST]:
    """What stands at the left of a file or in its classes; tests stand nowhere else."""
    for node in tree.body:
        yield node
        yield from node.body if isinstance(node, ast.ClassDef) else ()


def _marks(node: ast.AST) -> list[ast.expr]:
    """What is written over a test, or over all tests of a file."""
    if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
        return node.decorator_list
    if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark":
        return node.value.elts if isinstance(node.value, ast.List) else [node.value]
    return []


def _rules(decorator: ast.expr, mark_name: str) -> Iterator[str]:
    if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == f"pytest.mark.{mark_name}":
        for argument in decorator.args:
            yield str(argument.value) if isinstance(argument, ast.Constant) else ast.unparse(argument)


def complaints(found: Sequence[tuple[str, str]], rules: Iterable[str], later: Iterable[str]) -> Iterator[str]:
    """Rules without a test, and tests that name a rule nobody knows."""
    held = {rule for rule, _ in found}
    for rule in rules:
        if rule not in held:
            yield f"no test names the rule {rule}: mark the one that would fail with @pytest.mark.rule({rule!r})"
    known = {*rules, *later}
    for rule, where in found:
        if rule not in known:
            yield f"{where}: there is no rule {rule!r}"
