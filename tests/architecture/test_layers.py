"""The shape of the source: who may import whom, where libraries live, how long things are."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.clocks import clocks
from tests.architecture.layers import FILE_LINES, OTHER_FUNCTION_LINES, RULES, sizes
from tests.helpers.source_tree import ROOT, Module, others, program, text_files

PLANTED = {
    "imports point one way": {"ucapdesk.base.a": '"""A."""\ndef f():\n    from ucapdesk.store import b\n'},
    "each library has one home": {"ucapdesk.services.a": '"""A."""\nfrom PySide6.QtCore import QObject\n'},
    "no import cycles": {
        "ucapdesk.base.a": '"""A."""\nimport ucapdesk.base.b\n',
        "ucapdesk.base.b": '"""B."""\nif TYPE_CHECKING:\n    from ucapdesk.base import a\n',
    },
    "every module says why it exists": {"ucapdesk.base.a": "x = 1\n"},
    "docstrings begin with verb or noun": {"ucapdesk.base.a": '"""What is in it."""\n'},
    "files and functions stay small": {"ucapdesk.base.a": '"""A."""\ndef f():\n' + "    x = 1\n" * 60},
    "one place reads clock, zone and locale": {
        "ucapdesk.base.a": '"""A."""\ndef f(at):\n    return at.astimezone()\n',
    },
    "nobody but services writes": {
        "ucapdesk.ui.a": '"""A."""\ndef f(self):\n    with self._desk.save(["x"]) as work:\n        pass\n',
    },
    "no event made in Python is posted": {"ucapdesk.ui.a": '"""A."""\nQApplication.postEvent(page, QEvent(kind))\n'},
    "one place opens other programs": {"ucapdesk.ui.a": '"""A."""\nfrom os import startfile\nstartfile("x")\n'},
}


@pytest.mark.row("M9")
@pytest.mark.rule("R50")
@pytest.mark.parametrize("name", RULES)
def test_the_source_keeps_the_rule(name: str) -> None:
    complaints = list(RULES[name](program()))
    assert not complaints, "\n" + "\n".join(complaints)


@pytest.mark.parametrize("name", RULES)
def test_the_rule_sees_a_planted_mistake(name: str) -> None:
    modules = [Module(Path(f"{n}.py"), n, source, ast.parse(source)) for n, source in PLANTED[name].items()]
    assert len(list(RULES[name](modules))) == 1


def test_tests_and_tools_are_documented_and_of_readable_size() -> None:
    complaints = [
        *RULES["every module says why it exists"](others()),
        *sizes(others(), FILE_LINES, OTHER_FUNCTION_LINES),
    ]
    assert not complaints, "\n" + "\n".join(complaints)


def test_tests_too_read_clock_zone_and_locale_in_one_place() -> None:
    complaints = list(clocks(others()))
    assert not complaints, "\n" + "\n".join(complaints)


@pytest.mark.parametrize(
    "line",
    [
        "datetime.now(UTC)", "datetime.datetime.now()", "date.today()", "time.time()", "time.localtime()", "at.astimezone()",
        "QDate.currentDate()", "QtCore.QDateTime.currentDateTime()", "QLocale()", "QLocale.system()", "locale.getlocale()",
        "os.environ['TZ']", "os.environ.get('LC_ALL')",
    ],
)  # fmt: skip
def test_every_way_to_read_the_clock_is_seen(line: str) -> None:
    assert len(list(clocks([Module(Path("a.py"), "tests.a", line, ast.parse(line))]))) == 1
    allowed = "time.monotonic(); at.astimezone(zone); local_now(clock); today(clock); platform.system()"
    assert not list(clocks([Module(Path("a.py"), "tests.a", allowed, ast.parse(allowed))]))


MACHINE_PATH = re.compile(r"(?<![\w.])/(?:home|root|opt|tmp|work|Users)/\w")
HOST = re.compile(r"https?:" + r"//|--(?:index-url|find-links|trusted-host)")


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    complaints = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:100]}; use a path relative to the repository, or tmp_path"
        for path in text_files()
        if path.suffix in {".py", ".toml", ".txt", ".in", ".md", ".sh", ".ini", ".cfg", ".json", ".po", ""}
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if MACHINE_PATH.search(line)
    ]
    assert not complaints, "\n" + "\n".join(complaints)


def test_requirements_name_no_host_and_pin_every_hash() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        assert not HOST.search(text), f"{path.name} names a host; make it with `make lock`"
        pins = re.findall(r"^[A-Za-z0-9_.-]+(?:\[\w+\])?(.*)", text, re.MULTILINE)
        assert pins
        assert all(rest.startswith("==") for rest in pins), f"{path.name}: not every line pins a release"
        assert text.count("==") >= len(pins)
        assert len(re.findall(r"\\\n    --hash=sha256:", text)) >= len(pins), f"{path.name}: a release without a hash"


def test_tests_share_modules_of_their_own() -> None:
    complaints = [
        f"{module.at(found.line)}: {found.module} is a module of tests; put what both need into a module beside them"
        for module in others()
        for found in module.imports()
        if found.module.startswith("tests.") and found.module.rpartition(".")[2].startswith("test_")
    ]
    assert not complaints, "\n" + "\n".join(complaints)
