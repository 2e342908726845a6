"""Every document that has a Word form, read back: its words, styles, tables, languages, header and footer."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from tests.helpers.second_story import NAME as ZHENGZHOU
from tests.helpers.word_files import paragraphs_of
from tests.unit.papers.conftest import Told
from tests.unit.papers.printed import OF_A_COPY
from ucapdesk.briefing.blocks.content import Contents, Letter, Paper, Table, all_words
from ucapdesk.briefing.blocks.elements import Plan, Words
from ucapdesk.model.values import Bilingual
from ucapdesk.papers import printing as papers
from ucapdesk.papers.registry import DOCUMENTS
from ucapdesk.services import Desk
from ucapdesk.services.files import word_papers

WRITTEN = sorted(name for name, each in DOCUMENTS.items() if each.word and name not in OF_A_COPY)
LETTERS = ("invitation_letter", "thank_you_letter", "transmission_note")
# What is cut, folded or drawn.
ONLY_PAGES = {"badges", "place_cards", "table_numbers", "address_cards", "pocket_card", "seating_plan"}


def made(told: Told, name: str, telling: str, **choices: Any) -> Paper:
    desk, story = told(telling)
    kind = next((kind for kind in DOCUMENTS[name].kinds if kind in story.ids), None)
    if kind is None:
        pytest.skip("this workspace has nothing to print it of")
    ids = story.ids[kind] if DOCUMENTS[name].several else [story.one(kind)]
    return papers.make(desk, papers.request(desk, ids, document=name, **choices))


def word(paper: Paper, folder: Path) -> Any:
    """The paper as it is read back by another program; one that lacks a translation is read all the same."""
    paper = replace(paper, lacks="")
    word_papers.write_paper(paper, folder / "a.docx")
    return docx.Document(io.BytesIO((folder / "a.docx").read_bytes()))


Written = Callable[[str, str], tuple[Paper, Any]]


@pytest.fixture(scope="module")
def written(told: Told, tmp_path_factory: pytest.TempPathFactory) -> Written:
    """Gives a paper as it comes when nothing is chosen, and it read back by another program; it is written once."""

    @cache
    def file(name: str, telling: str) -> tuple[Paper, bytes]:
        paper, target = made(told, name, telling), tmp_path_factory.mktemp("word") / "a.docx"
        word_papers.write_paper(replace(paper, lacks=""), target)
        return paper, target.read_bytes()

    def read(name: str, telling: str) -> tuple[Paper, Any]:
        paper, content = file(name, telling)
        return paper, docx.Document(io.BytesIO(content))

    return read


def folded(text: str) -> str:
    """Letters without white space, as lines may end anywhere."""
    return re.sub(r"\s", "", text)


def texts(paper: Paper) -> Iterator[str]:
    """What a reader of the paper reads: every text in its languages."""
    hidden: set[int] = set()
    for section in paper.sections:
        for block in section.blocks:
            if isinstance(block, Plan):  # furniture is drawn, seats that a list repeats stand there
                hidden |= {id(words) for words in vars_of(block) if words is not None}
    for words, _ in all_words(paper):
        if id(words) in hidden:
            continue
        for lang in paper.languages:
            shown = words.shown(lang, paper.languages)
            if shown is not None:
                yield shown.text


def vars_of(plan: Plan) -> list[Words | None]:
    return [
        *(each.label for each in plan.things), *(words for _, words in plan.legend),
        *(words for seat in plan.seats for words in (seat.name, seat.note)),
    ]  # fmt: skip


def test_cards_and_plans_alone_have_no_word_form() -> None:
    assert {name for name, each in DOCUMENTS.items() if not each.word} == ONLY_PAGES


@pytest.mark.parametrize("telling", ["strange characters", ZHENGZHOU])
@pytest.mark.parametrize("name", [name for name in WRITTEN if name not in LETTERS])
def test_it_says_everything_that_the_printed_paper_says(written: Written, name: str, telling: str) -> None:
    paper, document = written(name, telling)
    edges = [part for section in document.sections for part in (
        section.header, section.footer, section.first_page_header, section.first_page_footer)]  # fmt: skip
    said = folded(
        "".join(
            text for each in (document.element.body, *(edge._element for edge in edges)) for text in paragraphs_of(each)
        )
    )
    no_dates = (
        () if paper.titled else tuple(folded(text or "") for text in (paper.meta.dates or Words({})).text.values())
    )
    missing = [text for text in texts(paper) if folded(clean(text)) not in said and folded(text) not in no_dates]
    if paper.bare:  # nothing of ours stands at the edges
        outside = {text for words in (paper.title, paper.meta.document, paper.meta.marking, paper.meta.dates) if words
                   for text in words.text.values()} | {paper.meta.person}  # fmt: skip
        missing = [text for text in missing if text not in outside]
    assert missing == []


def clean(text: str) -> str:
    return re.sub("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", text)


@pytest.mark.parametrize("name", WRITTEN)
def test_styles_are_named_every_text_has_its_language_and_heads_come_again(written: Written, name: str) -> None:
    paper, document = written(name, ZHENGZHOU)
    known = {style.style_id for style in document.styles}
    body = document.element.body
    assert {each.get(qn("w:val")) for each in body.iter(qn("w:pStyle"))} <= known
    assert {each.get(qn("w:val")) for each in body.iter(qn("w:tblStyle"))} <= known
    for run in body.iter(qn("w:r")):
        text = "".join(part.text or "" for part in run.iter(qn("w:t")))
        if not text.strip():
            continue
        (lang,) = run.iter(qn("w:lang"))
        assert lang.get(qn("w:eastAsia")) == "zh-CN" or lang.get(qn("w:val")) == "en-GB", text
        properties = [each.tag.split("}")[1] for each in run.rPr]
        assert properties == [each for each in ("rStyle", "rFonts", "b", "bCs", "lang") if each in properties]
    defaults = next(document.styles.element.iter(qn("w:docDefaults")))
    assert next(defaults.iter(qn("w:rFonts"))).get(qn("w:eastAsia")) == "Microsoft YaHei"
    headings = [p.style.name for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert len(headings) == sum(1 for each in paper.sections if each.heading is not None and not each.heading.empty)
    _heads_come_again(paper, document)


def _heads_come_again(paper: Paper, document: Any) -> None:
    """Heads of tables stand on every page, no row is torn, no table is wider than the page."""
    with_heads = [
        block for section in paper.sections for block in section.blocks
        if isinstance(block, Table) and any(not column.head.empty for column in block.columns)
    ]  # fmt: skip
    repeated = [table for table in document.tables if list(table._tbl.iter(qn("w:tblHeader")))]
    assert len(repeated) >= len(with_heads)
    for row in document.element.body.iter(qn("w:tr")):
        assert list(row.iter(qn("w:cantSplit")))
    for table in document.tables:
        widths = [int(each.get(qn("w:w"))) for each in table._tbl.tblGrid]
        assert all(width > 0 for width in widths)
        assert sum(widths) <= 1.001 * (paper_room(document))


def paper_room(document: Any) -> float:
    section = document.sections[0]
    return float((section.page_width - section.left_margin - section.right_margin) / 635)


def test_the_pack_has_contents_that_lead_to_its_parts_and_pages_counted_by_word(written: Written) -> None:
    paper, document = written("visit_pack", ZHENGZHOU)
    assert any(isinstance(block, Contents) for section in paper.sections for block in section.blocks)
    codes = "".join(each.text for each in document.element.body.iter(qn("w:instrText")))
    assert 'TOC \\o "1-1"' in codes or 'TOC \\o "1-2"' in codes
    names = {each.get(qn("w:name")) for each in document.element.body.iter(qn("w:bookmarkStart"))}
    links = [each.get(qn("w:anchor")) for each in document.element.body.iter(qn("w:hyperlink"))]
    assert links
    assert set(links) <= names
    footer = document.sections[0].footer._element
    assert [each.text.strip() for each in footer.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES", "PAGE", "NUMPAGES"]
    assert "Page " in "".join(paragraphs_of(footer))
    header = "".join(paragraphs_of(document.sections[0].header._element))
    assert "Joint delegation of Łódź and Thessaloniki to Zhengzhou" in header
    assert "Briefing pack" in "".join(paragraphs_of(document.sections[0].first_page_header._element))


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_has_the_form_of_each_language(written: Written, name: str) -> None:
    paper, document = written(name, "as it should be")
    (letter,) = paper.sections[0].blocks
    assert isinstance(letter, Letter)
    said = list(paragraphs_of(document.element.body))
    assert [text for text in said if text in ("\u3000\u3000此致", "敬礼！")] == ["\u3000\u3000此致", "敬礼！"]
    assert "Yours sincerely," in said
    for para in letter.body:
        assert para.words.text["en"] in said
        assert f"\u3000\u3000{para.words.text['zh']}" in said
    assert document.element.body.xpath("count(.//w:br[@w:type='page'])") == 1
    assert "".join(paragraphs_of(document.sections[0].footer._element)) == ""


@pytest.mark.parametrize("choices", [{"layout": "side-by-side"}, {"layout": "facing"}, {"page": "official"}])
def test_what_lacks_a_chinese_text_stands_in_the_other_language_of_the_paper(
    own: Desk, add: Callable[..., str], tmp_path: Path, choices: dict[str, Any]
) -> None:
    summary = Bilingual(en="They met", es="Se reunieron")
    meeting = add("meeting", title=Bilingual(es="Conversaciones", zh="会谈"), status="held", summary=summary)
    asked = papers.request(own, [meeting], document="minutes", languages=["es", "zh"], **choices)
    texts = list(paragraphs_of(word(papers.make(own, asked), tmp_path).element))
    assert {"Se reunieron", "［西班牙文］Se reunieron"} <= set(texts)
    assert not any("They met" in text for text in texts)
    alone = papers.make(own, papers.request(own, [meeting], document="minutes", languages=["zh"]))
    assert "［英文］They met" in paragraphs_of(word(alone, tmp_path).element), "as in print"


def test_a_page_to_sign_has_neither_head_nor_foot(written: Written) -> None:
    _, document = written("signature_pages", ZHENGZHOU)
    for edge in (document.sections[0].header, document.sections[0].footer):
        assert "".join(paragraphs_of(edge._element)) == ""


def test_rare_characters_have_a_face_that_holds_them(written: Written) -> None:
    _, document = written("delegation_list", ZHENGZHOU)
    rare = [
        run
        for run in document.element.body.iter(qn("w:r"))
        if "𠮷" in "".join(t.text or "" for t in run.iter(qn("w:t")))
    ]
    assert rare
    assert {next(run.iter(qn("w:rFonts"))).get(qn("w:eastAsia")) for run in rare} == {"SimSun-ExtB"}
    _, other = written("delegation_list", "as it should be")
    assert "Żółkowski" in "".join(paragraphs_of(other.element.body))


def test_chinese_offices_have_their_own_faces_measures_and_page_numbers(told: Told, tmp_path: Path) -> None:
    document = word(made(told, "minutes", ZHENGZHOU, page="official", languages=("zh", "en")), tmp_path)
    body = document.styles["Body Text"].element
    assert next(body.iter(qn("w:rFonts"))).get(qn("w:eastAsia")) == "FangSong"
    assert next(body.iter(qn("w:sz"))).get(qn("w:val")) == "32"
    assert round(document.sections[0].top_margin.mm) == 37
    assert "".join(paragraphs_of(document.sections[0].footer._element)).startswith("— 1 —")
    said = list(paragraphs_of(document.element.body))
    assert any(text.startswith("日期和时间：") for text in said), "facts are sentences there"
    report = word(made(told, "visit_report", ZHENGZHOU, page="official", languages=("zh",)), tmp_path)
    assert "一、目的与目标" in list(paragraphs_of(report.element.body))


@pytest.mark.parametrize("languages", [("zh",), ("en", "zh")])
def test_an_official_letter_has_its_red_head_rules_and_number(
    told: Told, languages: tuple[str, ...], tmp_path: Path
) -> None:
    paper = made(
        told, "invitation_letter", ZHENGZHOU, page="official", languages=languages, options={"number": "〔2027〕12"}
    )
    document = word(paper, tmp_path)
    (letter,) = paper.sections[0].blocks
    assert isinstance(letter, Letter)
    (head,) = (each for each in document.paragraphs if each.style.name == "Red Head")
    assert head.text == letter.sender[0].text["zh"]
    style = head.style.element
    assert next(style.iter(qn("w:color"))).get(qn("w:val")) == "E60012"
    lines = {each.style.name: each for each in document.paragraphs}
    rules = [next(lines[name].style.element.iter(qn("w:pBdr")))[0] for name in ("Red Head", "Red Foot")]
    assert [(each.get(qn("w:val")), each.get(qn("w:color"))) for each in rules] == [
        ("thickThinSmallGap", "E60012"),
        ("thinThickSmallGap", "E60012"),
    ]
    heights = [int(lines[name]._p.pPr.find(qn("w:framePr")).get(qn("w:y"))) for name in ("Red Head", "Red Foot")]
    assert [round(each * 25.4 / 1440) for each in heights] == [30, 277], "mm from the edge of the paper, as printed"
    said = [each.text for each in document.paragraphs]
    assert letter.number is not None
    assert letter.title is not None
    number, title, close = (
        said.index(text) for text in (letter.number.text["zh"], letter.title.text["zh"], "特此函达。")
    )
    assert said.index(head.text) < number < title < close
    assert "敬礼！" not in said
    assert said[-1] == letter.date.text["zh"]
    assert ("Yours sincerely," in said) == ("en" in languages)


@pytest.mark.parametrize("choices", [{}, {"page": "official"}])
def test_what_comes_with_a_letter_is_named_below_it(told: Told, choices: dict[str, Any], tmp_path: Path) -> None:
    paper = made(told, "transmission_note", ZHENGZHOU, languages=("zh",), **choices)
    (letter,) = paper.sections[0].blocks
    assert isinstance(letter, Letter)
    letter = replace(letter, enclosures=(Words.plain("日程.pdf"), Words.plain("名单.xlsx")))
    paper = replace(paper, sections=(replace(paper.sections[0], blocks=(letter,)),))
    said = list(paragraphs_of(word(paper, tmp_path).element.body))
    first, second = (next(at for at, text in enumerate(said) if name in text) for name in ("日程.pdf", "名单.xlsx"))
    assert second == first + 1
    assert "附件" in said[first] + said[first - 1]
    last = str(letter.body[-1].words.text["zh"])
    assert max(at for at, text in enumerate(said) if last in text) < first
