"""Papers made from records: what stands in them, and that the same records make the same file."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
import pytest

from tests.helpers.clock import FrozenClock
from tests.helpers.errors import user_error
from tests.helpers.paper_cells import words_of_rows, words_of_text
from ucapdesk.base.i18n import INTERFACE_LANGUAGES
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.partnership_kinds import Ucap
from ucapdesk.model.text.assignments import parse_assignments
from ucapdesk.model.values import Bilingual
from ucapdesk.papers import printing as papers
from ucapdesk.papers import registry
from ucapdesk.papers.documents.ucap_papers import glance_section
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.registry import DOCUMENTS
from ucapdesk.services import Desk
from ucapdesk.services.records import records
from ucapdesk.services.workspaces import sample
from ucapdesk.store.refusals import InTrash, NoSuchRecord


def _ucap(desk: Desk) -> str:
    return records.listing(desk, "ucap")[0]


def _printed(desk: Desk, languages: Sequence[str] = ("en", "zh")) -> bytes:
    target = io.BytesIO()
    papers.brief(desk, [_ucap(desk)], target, languages=languages)
    return target.getvalue()


def _text(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def _edit(desk: Desk, id_: str, *said: str) -> None:
    kind = KINDS[type(records.get(desk, id_)).__tablename__]
    records.edit(desk, id_, parse_assignments(kind, said))


def test_the_sample_prints_on_a_page_for_each_language_with_its_drafts_counted(tmp_path: Path) -> None:
    with sample.make(tmp_path / "sample") as desk:
        for languages in (("en", "zh"), ("zh", "en"), ("en",), ("zh",)):
            report = papers.brief(desk, [_ucap(desk)], tmp_path / "page.pdf", languages=languages)
            assert report.pages == (1 if languages == ("zh",) else 2)
            assert report.missing_glyphs == ()
            assert bool(report.drafts) == ("zh" in languages)
        text = _text(_printed(desk, ["zh"]))
        for words in ("柳州", "贝蒂娜·斯托拉尔女士（巴塞罗那）", "斯图加特地区（", "中国广西", "约400", "不详"):
            assert words in text.replace("\u2009", "").replace(" ", ""), words
        assert "Wu" not in text
        assert "WU Wenneng" in text


@pytest.mark.parametrize("own", ["public", None])
@pytest.mark.parametrize("asked", ["limited", None])
def test_the_count_of_drafts_on_the_page_is_of_what_is_printed(
    tmp_path: Path, own: str | None, asked: str | None
) -> None:
    """Also where another marking is printed than that of the record."""
    with sample.make(tmp_path / "sample") as desk:
        records.edit(desk, _ucap(desk), {"marking": own})
        target = io.BytesIO()
        report = papers.brief(desk, [_ucap(desk)], target, languages=("en", "zh"), marking=asked)
    assert report.drafts
    assert f"Translations not yet reviewed: {report.drafts}." in _text(target.getvalue())


@pytest.mark.row("B10")
def test_the_paper_says_what_the_document_said(liuzhou: Desk) -> None:
    text = " ".join(_text(_printed(liuzhou, ["en"])).split())
    for words in (
        "Barcelona, Granada, Rome, Stuttgart Regio (incl. Ludwigsburg), Mannheim",
        "Guangxi, China", "Spain, Italy, Germany", "4 million", "18,600 km²", "N/A", "June 2019",
        "Liuzhou in EU cities in April and November 2019", "9, 11", "Jobs and Skills in the Local Economy",
        "4th meeting, November 2019 (Barcelona, Stuttgart and Brussels)", "10 reported, 0 recorded",
        "Mr WU Wenneng (Development and Reform Commission DRC Liuzhou, Regional Affairs Division)",
    ):  # fmt: skip
        assert words in text, words
    assert text.count("Liuzhou-EU Business Cooperation Forum") == 1, "what the summary tells is not told again"


def test_the_same_records_make_the_same_file_and_a_change_another(liuzhou: Desk, clock: FrozenClock) -> None:
    first = _printed(liuzhou)
    clock.tick(86_400)
    records.add(liuzhou, "meeting", {"title": Bilingual(en="Of no UCAP")})
    assert _printed(liuzhou) == first
    _edit(liuzhou, records.listing(liuzhou, "person")[0], "name.given=Paco")
    assert _printed(liuzhou) != first
    meta = papers.paper(liuzhou, [_ucap(liuzhou)]).meta
    assert int(meta.printed.timestamp() * 1_000_000) == clock.now + 1
    assert meta.person == "Ana"


def test_records_added_by_hand_are_printed(desk: Desk) -> None:
    """No paper was taken in: no prints, no sides, a project without a theme."""
    make = lambda kind, *said: records.add(desk, kind, parse_assignments(KINDS[kind], said, new=True))  # noqa: E731
    china = make("country", "alpha2=CN", "name.en=China", "name.zh=中国")
    city = make("place", "name.en=Wuhan", "name.zh=武汉", "state.en=Hubei", "state.zh=湖北", f"country={china}")
    ucap = make("ucap", "title.en=Wuhan – Bonn")
    make("ucap_place", f"owner={ucap}", "side=A", "role=partner", f"place={city}")
    make("ucap_place", f"owner={ucap}", "side=B", f"place={make('place', 'name.en=Bonn')}")
    make("visit", f"ucaps={ucap}", "travelling_side=A", "dates=2026-05", "title.en=Visit")
    make("ucap_side", f"owner={ucap}", "side=A")
    make("ucap_item", f"owner={ucap}", "type=objective", "text.en=To meet")
    make("pilot_project", f"ucap={ucap}", "title.en=Solar roofs")
    make(
        "contact_role", f"owner={ucap}", "side=B", f"person={make('person', 'name.family=Weber', 'name_han.family=韦')}"
    )
    make("agreement", f"ucap={ucap}", "title.en=MoU")
    reader = RedactedReader(desk)
    sides, themes, *texts = glance_section(reader, reader.get(Ucap, ucap), ("en", "zh")).blocks
    (_, cities, _), (_, countries, of_bonn), *_, (_, visits, _) = words_of_rows(sides)
    assert (cities.text["en"], cities.text["zh"]) == ("Wuhan", "武汉")
    assert countries.text["zh"] == "中国湖北"
    assert visits.text["en"] == "May 2026"
    assert of_bonn.empty
    assert words_of_rows(themes)[0][0].text["en"] == "Solar roofs"
    _, objective, activities, _, contacts = map(words_of_text, texts)
    assert objective.text["en"] == "To meet"
    assert contacts.text["zh"] == "韦"
    assert activities.text["en"] == "1 recorded"
    assert "Solar roofs" in _text(_printed(desk))


def test_what_is_in_the_trash_is_not_printed(liuzhou: Desk) -> None:
    person = next(id_ for id_ in records.listing(liuzhou, "person", "Bettina"))
    records.trash(liuzhou, person, records.listing(liuzhou, "theme")[0])
    text = _text(_printed(liuzhou, ["en"]))
    assert "Bettina" not in text
    assert "Smart Energy District" not in text
    assert "Support to Liudong" in text


def test_characters_no_typeface_has_are_named(liuzhou: Desk) -> None:
    _edit(liuzhou, _ucap(liuzhou), "title.en=Plan \U0001f600")
    report = papers.brief(liuzhou, [_ucap(liuzhou)], io.BytesIO())
    assert [character for character, _ in report.missing_glyphs] == ["\U0001f600"]


def test_which_kinds_have_papers_is_known_without_loading_them() -> None:
    """The window asks the declarations of kinds what can be printed; they agree with the papers that there are."""
    single = {kind for each in papers.documents() for kind in each.kinds}
    several = {kind for each in papers.documents() if each.several for kind in each.kinds}
    said = {kind.name: kind.cls.papers for kind in KINDS.values() if kind.cls.papers}
    assert said == {kind: "many" if kind in several else "one" for kind in single}
    assert all(set(each.labels) == set(INTERFACE_LANGUAGES) for each in papers.documents())


PAPER = """
from ucapdesk.base.i18n import Message
from ucapdesk.model.kinds.visit_kinds import Gift
from ucapdesk.papers.facts.parts import ColumnOf, number_column
from ucapdesk.papers.list_paper import Rows, list_paper
from ucapdesk.papers.request import DELEGATION

COLUMNS = (number_column(1), ColumnOf("item", 6), ColumnOf("direction", 3), ColumnOf("to_person", 4))
GIFTS = Rows(Gift, COLUMNS, order=lambda gift: gift.sort_en)
DOCUMENTS = (list_paper("gift_list", Message("document", "Gift list"), GIFTS, kinds=("visit",), circle=DELEGATION),)
"""


def test_a_paper_is_one_module(liuzhou: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module put among the documents is a paper that is listed, asked for and printed; nothing else names it."""
    (tmp_path / "gift_list.py").write_text(PAPER, encoding="utf-8")
    package = sys.modules[registry.PACKAGE]
    monkeypatch.setattr(package, "__path__", [*package.__path__, str(tmp_path)])
    found = registry.registered()
    del sys.modules[f"{registry.PACKAGE}.gift_list"]
    assert found.keys() - DOCUMENTS.keys() == {"gift_list"}
    monkeypatch.setattr(registry, "DOCUMENTS", found)
    visit = records.listing(liuzhou, "visit")[0]
    for gift in ("Silk", "Ceramic plate"):
        records.add(liuzhou, "gift", {"owner": visit, "item": Bilingual(en=gift), "direction": "given"})
    assert [each.name for each in papers.documents()][-1] == "gift_list", "after all that have an order"
    target = io.BytesIO()
    papers.brief(liuzhou, [visit], target, document="gift_list", languages=["en"])
    assert re.search(r"1\s+Ceramic plate\s+Given\s+2\s+Silk\s+Given", _text(target.getvalue()))
    assert papers.request(liuzhou, [visit]).document == "visit_pack", "what is printed by default stays"


def test_what_cannot_be_printed_is_said_and_nothing_written(liuzhou: Desk, tmp_path: Path) -> None:
    ucap, theme = _ucap(liuzhou), records.listing(liuzhou, "theme")[0]
    target = tmp_path / "page.pdf"
    refused: tuple[tuple[list[str], dict[str, object], str], ...] = (
        ([theme], {}, "no-document-for-kind"),
        ([theme], {"document": "at_a_glance"}, "no-document-for-kind"),
        ([ucap], {"document": "change_sheet"}, "document-of-another-kind"),
        ([ucap, theme], {"document": "at_a_glance"}, "no-document-for-kind"),
        ([ucap], {"document": "menu"}, "unknown-document"),
        ([ucap], {"page": "A0"}, "unknown-choice"),
        ([ucap], {"marking": "secret"}, "unknown-choice"),
        ([ucap], {"sections": ["cover"]}, "unknown-choice"),
        ([ucap], {"options": {"card": "A4"}}, "unknown-choice"),
        ([ucap, ucap], {}, "one-at-a-time"),
        ([ucap], {"layout": "diagonal"}, "unknown-layout"),
        ([ucap], {"edition": "media"}, "no-editions"),
        ([ucap], {"languages": ("en", "en")}, "unknown-languages"),
        ([ucap], {"languages": ("fr",)}, "unknown-languages"),
        ([ucap], {"languages": ("en", "zh", "de")}, "unknown-languages"),
    )
    for ids, asked, code in refused:
        with user_error(code):
            papers.brief(liuzhou, ids, target, **asked)  # type: ignore[arg-type]
    with user_error("document-of-another-kind") as other:
        papers.brief(liuzhou, [ucap], target, document="change_sheet")
    assert "“change_sheet” is a document of records of the kind pack, not of ucap." in other.value.say("en")
    assert "of ucap there are: at_a_glance" in other.value.say("en")
    with user_error("unknown-choice") as caught:
        papers.brief(liuzhou, [ucap], target, page="A0")
    assert "没有 页面 “A0”" in caught.value.say("zh")
    with pytest.raises(NoSuchRecord):
        papers.brief(liuzhou, ["nobody"], target)
    records.trash(liuzhou, ucap)
    with pytest.raises(InTrash):
        papers.brief(liuzhou, [ucap], target)
    assert not target.exists()
