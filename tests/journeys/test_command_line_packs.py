"""The briefing pack on the command line: looked over, printed for several readers, kept, changed and printed again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.drawn_lines import extracted
from tests.helpers.word_files import word_edges
from tests.journeys.conftest import Ask, run


@pytest.fixture
def visit(liuzhou: Path, ask: Ask) -> str:
    visits = ask("list", liuzhou, "visit", "--json")
    june = next(each["id"] for each in visits if each["dates"] == "2019-06")
    ask(
        "add",
        liuzhou,
        "itinerary_item",
        f"owner={june}",
        "title.en=Talks",
        "title.zh=会谈",
        "when=2019-06-13 09:00-10:30",
    )
    return str(june)


def test_what_lacks_is_told_with_the_way_to_it(liuzhou: Path, ask: Ask, visit: str) -> None:
    told = ask("gaps", liuzhou, visit, "--json")
    assert {"code", "kind", "id", "field", "text", "language"} == set(told["gaps"][0])
    lacking = {(gap["code"], gap["field"]) for gap in told["gaps"]}
    assert ("no_translation", "title") in lacking
    assert ask("gaps", liuzhou, visit, "--languages", "en", "--sections", "programme", "--json")["gaps"] == []
    assert "is missing in Chinese" in ask("gaps", liuzhou, visit)


def test_a_pack_for_whoever_asks_kept_and_replaced(liuzhou: Path, ask: Ask, visit: str, tmp_path: Path) -> None:
    target = tmp_path / "pack.pdf"
    asked = ("brief", liuzhou, visit, "-o", target, "--edition", "hosts", "--sections", "cover,programme")
    digest = ask("digest", liuzhou)
    assert ask(*asked, "--json")["pages"] == 2
    assert ask("digest", liuzhou) == digest, "printed only"
    first = ask(*asked, "--to", "Chen Yan", "--json")
    assert (first["version"], first["replaces"]) == (1, None)
    (pack,) = ask("packs", liuzhou, visit, "--json")
    assert (pack["id"], pack["recipients"], pack["changed"]) == (first["pack"], ["Chen Yan"], False)
    assert "Briefing pack\tHosts" in ask("list", liuzhou, "pack")
    item = ask("list", liuzhou, "itinerary_item", "--json")[0]["id"]
    ask("edit", liuzhou, item, "title.en=Talks on buses")
    assert "hosts\tv1" in ask("packs", liuzhou, visit)
    assert "\tYes\t" in ask("packs", liuzhou, visit)
    sheet = tmp_path / "changes.pdf"
    ask("brief", liuzhou, first["pack"], "-o", sheet)
    shown = " ".join(extracted(sheet).split())
    assert "Talks on buses" in shown
    second = ask(*asked, "--keep", "--json")
    assert (second["version"], second["replaces"]) == (2, first["pack"])


def test_what_cannot_be_is_one_sentence(liuzhou: Path, ask: Ask, visit: str, tmp_path: Path) -> None:
    page = tmp_path / "page.pdf"
    city = ask("list", liuzhou, "place", "--json")[0]["id"]
    for arguments, said in (
        (("brief", liuzhou, visit, "-o", page, "--edition", "friends"), "has no edition “friends”"),
        (("brief", liuzhou, visit, "-o", page, "--edition", "hosts", "--sections", "objectives"), "has no section"),
        (("brief", liuzhou, visit, "-o", page, "--option", "card=A4"), "has no option “card”"),
        (("brief", liuzhou, city, "-o", page, "--document", "address_cards", "--keep"), "cannot be kept as a pack"),
        (("brief", liuzhou, visit, "-o", page.with_suffix(".doc")), "choose one of these: .pdf, .docx"),
        (("packs", liuzhou, "nobody"), "nobody"),
        (("gaps", liuzhou, "nobody"), "nobody"),
    ):
        done = run(*arguments)
        assert done.exit_code == 1
        assert said in done.stderr
        assert done.stderr.count("\n") == 1
    assert run("brief", liuzhou, visit, "-o", page, "--option", "card").exit_code == 2
    assert [*tmp_path.glob("page.*")] == []


def test_a_pack_that_is_kept_may_be_handed_out_as_a_word_document(
    liuzhou: Path, ask: Ask, visit: str, tmp_path: Path
) -> None:
    target = tmp_path / "pack.docx"
    printed = ask("brief", liuzhou, visit, "-o", target, "--edition", "hosts", "--to", "Chen Yan", "--json")
    assert (printed["version"], printed["file"]) == (1, str(target))
    assert "v1 · " in word_edges(target)
    (pack,) = ask("packs", liuzhou, visit, "--json")
    assert pack["recipients"] == ["Chen Yan"]
    assert ask("show", liuzhou, pack["id"], "--json")["file"]["name"].endswith(".pdf"), "the page as it was is kept"
