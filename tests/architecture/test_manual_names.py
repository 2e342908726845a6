"""The manual calls menus, buttons, fields and statuses as the program does: every name it quotes is a text of the catalogue.

Names are quoted in *italics*, in Chinese also between “”; ``…`` within one stands for what differs, ``▸`` leads from a menu into it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest

from tests.helpers.source_tree import ROOT
from ucapdesk.base.i18n import INTERFACE_LANGUAGES, LANGUAGES, use_language
from ucapdesk.base.paths import resource
from ucapdesk.cli import COMMANDS
from ucapdesk.model.codes import codes
from ucapdesk.ui.window.command_table import MENUS, menu_name
from ucapdesk.ui.window.commands import menu_commands

PAGES = sorted((ROOT / "docs" / "manual").glob("*.md"))
# Names what other programs say too, so only the ways through our menus are looked at.
CHECKS = ROOT / "docs" / "manual-checks.md"
QUOTED = re.compile(r"(?<![*\w])\*([^*]+)\*(?!\*)")
QUOTED_IN_CHINESE = re.compile(r"(?<!\*)\*([^*]+)\*(?!\*)|“([^”]+)”")
MARKED = re.compile(r"`[^`]*`|\*\*[^*]*\*\*")
KEY = re.compile(
    r"(?:Ctrl|Alt|Shift|Esc|Enter|Tab|Space|Del|Page (?:Up|Down)|Left|Right|F\d+|\d|⋯|\+1"
    r"|Strg|Umschalt|Eingabe|Leertaste|Entf|Bild (?:auf|ab)|Links|Rechts"
    r"|Mayús|Intro|Espacio|Supr|(?:Re|Av) Pág|Izquierda|Derecha|Maiusc|Invio|Spazio|Canc|Pag (?:su|giù)|Sinistra|Destra"
    r")\b.*|⋯|\+1|在|和|…"
)
TAB_NUMBER = re.compile(r" \d+$")
EXAMPLES = frozenset({
    "Wu Wenneng 吴文能", "Bożena Szczęśniak-Grzegżółka", "Ludwig van der Berg", "张伟",  # names as they are typed
    "Full name", "Name", "U-CAP Summary", "needs review", "final",  # of other programs and papers
})  # fmt: skip


def lang_of(page: Path) -> str:
    """Pages in other languages than English have it in their names."""
    return next((part for part in page.name.split(".") if part in LANGUAGES), "en")


@cache
def texts(lang: str) -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """All texts of the program in a language, bare and without letters of keys; those with places as patterns."""
    from babel.messages.pofile import read_po

    any_other = "zh" if lang == "en" else lang
    with (ROOT / "resources" / "locale" / any_other / "LC_MESSAGES" / "ucapdesk.po").open("rb") as file:
        messages = list(read_po(file))
    said = [text for each in messages for text in _forms(each.id if lang == "en" else each.string)]
    for file_ in resource("reference").iterdir():
        if '"labels"' in file_.read_text(encoding="utf-8")[:200]:
            said += [code.label(lang) for code in codes(file_.stem).values()]
    known = frozenset(map(bare, said))
    return known, tuple(re.compile(re.sub(r"\\\{\w+\\\}", ".+", re.escape(each))) for each in known if "{" in each)


def _forms(said: str | Sequence[str] | None) -> Sequence[str]:
    return (said or "",) if isinstance(said, str | None) else said


def bare(text: str) -> str:
    """A text as it is compared."""
    return re.sub(r"\(&\w\)|&", "", text).rstrip("….").strip().casefold()


def is_known(name: str, lang: str) -> bool:
    """Whether the program says it, with anything in the places that differ, and with a number behind it as on tabs."""
    known, patterns = texts(lang)
    said = TAB_NUMBER.sub("", bare(name))
    if said in known or any(pattern.fullmatch(said) for pattern in patterns):
        return True
    open_ = re.compile(re.escape(name.casefold()).replace("…", ".+"))
    return "…" in name and any(open_.fullmatch(each) for each in known)


def quoted(page: Path) -> Iterator[str]:
    """The names a page quotes."""
    lang = lang_of(page)
    text = re.sub(r"\n(?=\S)", "" if lang == "zh" else " ", MARKED.sub("", page.read_text(encoding="utf-8")))
    for found in (QUOTED_IN_CHINESE if lang == "zh" else QUOTED).finditer(text):
        for name in next(filter(None, found.groups())).split("▸"):
            said = name.strip(" *")
            if not KEY.fullmatch(said) and said not in EXAMPLES:
                yield said


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_name_that_the_manual_quotes_is_one_of_the_program(page: Path) -> None:
    lang = lang_of(page)
    assert [name for name in quoted(page) if not is_known(name, lang)] == []


@pytest.mark.parametrize("page", [*PAGES, CHECKS], ids=lambda page: page.name)
def test_a_way_through_a_menu_leads_to_a_command_of_that_menu(page: Path) -> None:
    use_language(lang_of(page))
    menus = {
        menu_name(menu): {bare(each.title.say()) for each in menu_commands() if each.menu == menu} for menu in MENUS
    }
    text = MARKED.sub("", page.read_text(encoding="utf-8")).replace("*", "").replace("\n", " ")
    ways = re.findall(rf"({'|'.join(menus)}) ▸\s+([^▸”]*)", text)
    assert [(menu, then[:40]) for menu, then in ways if not bare(then).startswith(tuple(menus[menu]))] == []


@pytest.mark.parametrize("lang", INTERFACE_LANGUAGES)
def test_every_command_of_the_command_line_stands_in_the_table_of_commands(lang: str) -> None:
    rows = re.findall(r"^\| (`.*?`) \|", (ROOT / "docs" / "manual" / f"{lang}.md").read_text("utf-8"), re.MULTILINE)
    named = {each.split()[0] for row in rows for each in re.findall(r"`([^`]+)`", row)}
    assert set(COMMANDS) - named == set()
