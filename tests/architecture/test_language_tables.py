"""What is told by language stands in the resources of the language, and is there for each."""

from __future__ import annotations

import ast
import json
import re
from typing import Any

from tests.helpers.source_tree import ROOT, program

CODES = [each["code"] for each in json.loads((ROOT / "resources/reference/languages.json").read_text(encoding="utf-8"))]
# Patterns that a language has no use for: in Chinese one word stands before all dates, numbers are counted in 万 and
# 亿, and its script tells it.
SAID_OTHERWISE = {"zh": {"during", "million", "small_words"}}
# Sorts of typed words of which a language may have none.
UNSAID = {"about_behind", "from_behind", "weeks_away", "currencies"}
# Languages as NSIS names them.
INSTALLER = {"en": "English", "zh": "SimpChinese", "es": "Spanish", "it": "Italian", "de": "German"}


def test_no_table_in_the_program_lists_languages() -> None:
    """Literals that have nothing but languages as members or keys, three or more."""
    found = []
    for module in program():
        for node in module.nodes:
            if not isinstance(node, ast.Dict | ast.Tuple | ast.List | ast.Set):
                continue
            parts = node.keys if isinstance(node, ast.Dict) else node.elts
            said = [str(each.value) for each in parts if isinstance(each, ast.Constant)]
            if len(said) == len(parts) > 2 and {*said} <= {*CODES}:
                found.append(f"{module.path.relative_to(ROOT)}:{node.lineno} {said}")
    assert found == [], "it belongs into resources/reference/languages.json or resources/phrases"


def phrases_of(code: str) -> dict[str, Any]:
    """Return the patterns and words of a language."""
    found: dict[str, Any] = json.loads((ROOT / f"resources/phrases/{code}.json").read_text(encoding="utf-8"))
    return found


def test_every_language_has_every_pattern_and_words_for_what_is_typed() -> None:
    english = phrases_of("en")
    for code in CODES:
        own = phrases_of(code)
        assert own.keys() | SAID_OTHERWISE.get(code, set()) == english.keys(), code
        assert english["typed"].keys() - own["typed"].keys() <= UNSAID, code
        assert own["when"].keys() >= {
            "parts",
            "noon",
            "midnight",
            "all_day",
            "weekdays",
            "until",
            "about",
            "parts_of_month",
        }, code
        for name in {"date", "during", "room", "zone_cities"} & own.keys():
            assert own[name].keys() == english[name].keys(), (code, name)


def test_the_installer_speaks_every_language() -> None:
    script = (ROOT / "packaging/windows/installer.nsi").read_text(encoding="utf-8")
    assert set(re.findall(r'MUI_LANGUAGE "(\w+)"', script)) == {INSTALLER[code] for code in CODES}
    for text in set(re.findall(r"^LangString (\w+)", script, re.MULTILINE)):
        assert len(re.findall(rf"^LangString {text} ", script, re.MULTILINE)) == len(CODES), text
