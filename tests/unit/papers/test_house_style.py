"""The house style of an office on its papers, and what becomes of it when it changes, travels, or a picture is spoiled."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests.helpers.clock import FrozenClock
from tests.helpers.errors import user_error
from tests.helpers.logos import BAD, GOOD, logo
from tests.helpers.paper_flaws import flaws, rendered
from tests.helpers.second_story import NOW, SecondStory
from tests.helpers.word_files import paragraphs_of, word_text
from tests.unit.exchange.laptops import first_laptop, joined
from tests.unit.papers.printed import OF_A_COPY, text
from ucapdesk.base import settings
from ucapdesk.briefing.blocks.content import Letter, Paper
from ucapdesk.briefing.text.styles import ACCENT, inks_of, legible
from ucapdesk.model.kinds.paper_kinds import HouseStyle
from ucapdesk.model.values import Bilingual
from ucapdesk.papers import printing as papers
from ucapdesk.papers.gaps import gaps_of
from ucapdesk.papers.house_styles import usual_style
from ucapdesk.papers.registry import DOCUMENTS, request_of
from ucapdesk.services import Desk
from ucapdesk.services.exchange import conflicts
from ucapdesk.services.files import packs, word_papers
from ucapdesk.services.records import attached_files, records

RED, BLUE = "#C8102E", "#003399"
NAMES = sorted(name for name in DOCUMENTS if name not in OF_A_COPY)
CUT_OUT = {name for name in NAMES if "card" in name or name in ("badges", "table_numbers")}
SHORT: dict[str, Any] = {
    "visit_pack": {"sections": ["cover", "contents", "programme"]},
    "table_numbers": {"options": {"tables": "2"}},  # of a point of a group
}


def style_of(desk: Desk, en: str, zh: str, accent: str, **more: Any) -> str:
    files = desk.workspace.files
    said = {
        "office": Bilingual({"en": en, "zh": zh}), "accent": accent, "phone": "+48 42 638 44 77",
        "logo": files.put(logo(accent), name="logo.png"), "event": Bilingual({"en": f"{en} 2027", "zh": f"{zh}2027"}),
        "footer": Bilingual({"en": f"Thanks to {en}", "zh": f"{zh}致谢"}), **more,
    }  # fmt: skip
    return records.add(desk, "house_style", said)


@pytest.fixture(scope="module")
def offices(
    second_story_made: tuple[Path, SecondStory], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Desk, SecondStory, tuple[str, str]]]:
    """The second story with the styles of two offices, the second twice: of an organisation, and with a red head."""
    told = tmp_path_factory.mktemp("offices")
    folder = shutil.copytree(second_story_made[0], told / "workspace")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("UCAPDESK_CONFIG", str(told / "config"))
        with Desk.open(folder, clock=FrozenClock(NOW)) as desk:
            put = desk.workspace.files.put
            lodz = style_of(desk, "Łódź Bureau", "罗兹国际局", RED, second_logo=put(logo(BLUE), name="b.png"))
            cover = put(logo(size=(900, 500)), name="c.png")
            red_head = Bilingual({"zh": "郑州市人民政府外事办公室函"})
            notes = Bilingual({"en": "Leak-notes", "zh": "Leak-notes"})
            zhengzhou = style_of(desk, "Zhengzhou FAO", "郑州外办", BLUE, cover=cover, red_head=red_head, notes=notes)
    with Desk.open(folder, clock=FrozenClock(NOW), read_only=True) as desk:
        yield desk, second_story_made[1], (lodz, zhengzhou)


def paper_of(desk: Desk, story: SecondStory, name: str, style: str, **choices: Any) -> Paper:
    kind = next(kind for kind in DOCUMENTS[name].kinds if kind in story.ids)
    ids = story.ids[kind] if DOCUMENTS[name].several else story.ids[kind][:1]
    return replace(papers.make(desk, papers.request(desk, ids, document=name, style=style, **choices)), lacks="")


def colours(pdf: bytes) -> set[tuple[int, ...]]:
    """The colours on the first page."""
    document = pypdfium2.PdfDocument(pdf)
    picture = document[0].render(scale=1).to_pil().convert("RGB")
    document.close()
    return {colour for _, colour in picture.getcolors(picture.width * picture.height)}


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


@pytest.mark.row("X15")
@pytest.mark.parametrize("name", NAMES)
def test_the_same_records_are_printed_in_the_style_of_each_office(
    offices: tuple[Desk, SecondStory, tuple[str, str]], name: str
) -> None:
    desk, story, (lodz, zhengzhou) = offices
    for style, own, other, accent in (
        (lodz, "Łódź Bureau", "Zhengzhou FAO", RED),
        (zhengzhou, "Zhengzhou FAO", "Łódź Bureau", BLUE),
    ):
        paper = paper_of(desk, story, name, style, **SHORT.get(name, {}))
        pdf = rendered(paper)
        assert style == zhengzhou or flaws(pdf, paper) == []
        said = text(pdf)
        assert other not in said
        assert "Leak-" not in said, "notes of a style are for the own side"
        if name == "signature_pages" or (name in CUT_OUT and name != "badges"):
            assert own not in said
            assert rgb(accent) not in colours(pdf) or name in CUT_OUT
            continue
        assert own in said
        assert f"{own} 2027" in said or name != "badges"
        if name not in CUT_OUT:
            assert rgb(accent) in colours(pdf)
            assert f"Thanks to {own}" in said


def test_without_a_style_a_paper_is_as_before(offices: tuple[Desk, SecondStory, tuple[str, str]]) -> None:
    desk, story, _ = offices
    pdf = rendered(paper_of(desk, story, "itinerary", "none"))
    assert "Łódź Bureau" not in text(pdf)
    assert rgb("#0F5FA6") in colours(pdf)


def test_what_is_signed_carries_nothing_of_ours(offices: tuple[Desk, SecondStory, tuple[str, str]]) -> None:
    desk, story, (lodz, _) = offices
    paper = paper_of(desk, story, "signature_pages", lodz)
    assert paper.house is None
    assert paper == paper_of(desk, story, "signature_pages", "none")


def test_both_languages_of_the_letterhead_stand_in_the_header_whatever_the_size(
    offices: tuple[Desk, SecondStory, tuple[str, str]],
) -> None:
    desk, story, (lodz, _) = offices
    for page in ("A4", "A5", "booklet", "large"):
        paper = paper_of(desk, story, "itinerary", lodz, page=page)
        pdf = rendered(paper)
        assert flaws(pdf, paper) == [], page
        for said in ("Łódź Bureau", "罗兹国际局", "Itinerary", "日程"):
            assert said in text(pdf), (page, said)


def test_a_letter_has_the_letterhead_of_the_office_that_sends_it(second_desk: Desk, second_story: SecondStory) -> None:
    style = style_of(second_desk, "Zhengzhou FAO", "郑州外办", BLUE)
    sender = records.get(second_desk, second_story.ids["visit"][0]).invited_by  # type: ignore[attr-defined]
    other = next(each for each in second_story.ids["organisation"] if each != sender)
    for organisation, ours in ((None, True), (sender, True), (other, False)):
        records.edit(second_desk, style, {"organisation": organisation})
        (letter,) = paper_of(second_desk, second_story, "invitation_letter", style).sections[0].blocks
        assert isinstance(letter, Letter)
        assert letter.ours is ours


def test_letters_have_address_and_red_head_of_the_house(offices: tuple[Desk, SecondStory, tuple[str, str]]) -> None:
    desk, story, (lodz, zhengzhou) = offices
    assert "+48 42 638 44 77" in text(rendered(paper_of(desk, story, "invitation_letter", lodz)))
    said = text(rendered(paper_of(desk, story, "invitation_letter", zhengzhou, page="official", languages=["zh"])))
    assert "郑州市人民政府外事办公室函" in "".join(said.split())


def test_word_has_the_same_letterhead_colour_and_footer(
    offices: tuple[Desk, SecondStory, tuple[str, str]], tmp_path: Path
) -> None:
    import docx
    from docx.oxml.ns import qn

    desk, story, (lodz, _) = offices
    word_papers.write_paper(paper_of(desk, story, "itinerary", lodz), tmp_path / "a.docx")
    document = docx.Document(str(tmp_path / "a.docx"))
    section = document.sections[0]
    first = "".join(paragraphs_of(section.first_page_header._element))
    assert "Łódź Bureau" in first
    assert "罗兹国际局" in first
    assert len(list(section.first_page_header._element.iter(qn("w:drawing")))) == 2
    for footer in (section.footer, section.first_page_footer):
        assert "Thanks to Łódź Bureau · 罗兹国际局致谢" in "".join(paragraphs_of(footer._element))
    label = document.styles["Label"].element
    assert next(label.iter(qn("w:color"))).get(qn("w:val")) == RED[1:]
    word_papers.write_paper(paper_of(desk, story, "thank_you_letter", lodz), tmp_path / "b.docx")
    assert word_text(tmp_path / "b.docx").count("+48 42 638 44 77") == 2, "once in each language"


def test_a_light_colour_is_printed_dark_enough_to_be_read() -> None:
    assert legible(RED) == RED
    light = legible("#FFD54F")
    assert light != "#FFD54F"
    assert inks_of(None)[ACCENT] == "#0F5FA6"


# -- which one is printed -------------------------------------------------------------------------


def test_a_laptop_prints_in_its_own_style_or_the_one_that_was_chosen_on_it(tmp_path: Path) -> None:
    ana = first_laptop(tmp_path / "ana")
    with ana.here() as desk:
        mine = style_of(desk, "Łódź Bureau", "罗兹国际局", RED)
    chen = joined(tmp_path / "chen", ana.give("1.ucapx"), "Chen")
    assert usual_style(chen.desk) == mine, "the only one there is"
    with chen.here() as desk:
        theirs = style_of(desk, "Zhengzhou FAO", "郑州外办", BLUE)
    ana.receive(chen.give("2.ucapx"))
    assert usual_style(ana.desk) == mine
    assert usual_style(chen.desk) == theirs
    chosen = settings.load().with_(house_styles={chen.desk.workspace.id: mine})
    settings.save(chosen)
    assert usual_style(chen.desk) == mine
    with chen.here() as desk:
        records.trash(desk, mine)
    assert usual_style(chen.desk) == theirs
    chen.desk.close()
    ana.desk.close()


def test_it_travels_with_its_pictures_and_two_changes_of_it_are_a_question(tmp_path: Path) -> None:
    ana = first_laptop(tmp_path / "ana")
    with ana.here() as desk:
        id_ = style_of(desk, "Łódź Bureau", "罗兹国际局", RED)
    chen = joined(tmp_path / "chen", ana.give("1.ucapx"), "Chen")
    held = chen.desk.read.get(HouseStyle, id_)
    assert held is not None
    assert held.logo is not None
    assert chen.desk.workspace.files.read(str(held.logo.sha256)) == logo(RED)
    for each, colour in ((ana, "#111111"), (chen, "#222222")):
        each.clock.tick(60)
        each.edit(id_, f"accent={colour}")
    for giver, taker in ((ana, chen), (chen, ana)):
        taker.receive(giver.give(f"{giver.name}.ucapx"))
    (open_,) = conflicts.conflicts(ana.desk)
    assert {each.said for each in open_.candidates} == {"#111111", "#222222"}
    assert ana.digest() == chen.digest()
    chen.desk.close()
    ana.desk.close()


# -- the style of then ----------------------------------------------------------------------------


def kept(desk: Desk, visit: str, **choices: Any) -> packs.Printed:
    asked = papers.request(desk, [visit], document="visit_pack", sections=["cover", "programme"], **choices)
    return packs.print_pack(desk, asked, io.BytesIO())


def kept_text(desk: Desk, pack: str) -> str:
    file = records.get(desk, pack).file  # type: ignore[attr-defined]
    return text(desk.workspace.files.read(file.sha256))


def test_a_paper_that_is_asked_for_again_has_the_style_of_then(second_desk: Desk, second_story: SecondStory) -> None:
    desk, visit = second_desk, second_story.ids["visit"][0]
    style = style_of(desk, "Łódź Bureau", "罗兹国际局", RED)
    first = kept(desk, visit)
    assert "Łódź Bureau" in kept_text(desk, first.pack)
    records.edit(
        desk, style, {"office": Bilingual({"en": "Łódź, new name", "zh": "新名"}), "accent": BLUE, "logo": None}
    )
    again = io.BytesIO()
    asked = papers.request(desk, [visit], document="visit_pack", sections=["cover", "programme"])
    second = packs.print_pack(desk, asked, again)
    assert (second.pack, second.is_new) == (first.pack, False), "nothing that it tells has changed"
    assert "Łódź Bureau" in text(again.getvalue())
    assert rgb(RED) in colours(again.getvalue())
    assert not packs.is_changed(desk, records.get(desk, first.pack))  # type: ignore[arg-type]
    assert "Łódź Bureau" in text(rendered(papers.make(desk, request_of(desk, first.pack))))
    assert "Łódź, new name" in text(rendered(paper_of(desk, second_story, "itinerary", ""))), (
        "other papers have the new one"
    )
    new = kept(desk, visit, style=style)
    assert new.is_new
    assert "Łódź, new name" in kept_text(desk, new.pack)
    records.trash(desk, style)
    assert "Łódź Bureau" in text(rendered(papers.make(desk, request_of(desk, first.pack)))), "kept with the pack"


def test_what_was_printed_before_there_was_a_style_is_printed_again_without_one(
    second_desk: Desk, second_story: SecondStory
) -> None:
    visit = second_story.ids["visit"][0]
    first = kept(second_desk, visit)
    style_of(second_desk, "Łódź Bureau", "罗兹国际局", RED)
    assert kept(second_desk, visit).pack == first.pack
    records.edit(second_desk, visit, {"purpose": Bilingual({"en": "Something else"})})
    second = kept(second_desk, visit)
    assert second.is_new
    assert "Łódź Bureau" in kept_text(second_desk, second.pack)


# -- pictures that are none -----------------------------------------------------------------------


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_is_no_picture_is_refused_in_one_sentence(own: Desk, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(BAD[name])
    with user_error("no-picture") as refused:
        attached_files.picture(own, tmp_path / name)
    assert "Nothing was changed" in str(refused.value)
    assert name in str(refused.value)
    assert own.workspace.files.all() == []


PAIRS = [tuple(names) for names in ([*GOOD][:4], [*GOOD][4:], [*BAD][:4], [*BAD][3:])]


@pytest.mark.parametrize("names", PAIRS, ids=str)
def test_whatever_comes_in_a_package_a_whole_paper_is_printed(
    second_desk: Desk, second_story: SecondStory, tmp_path: Path, names: tuple[str, ...]
) -> None:
    files = {**GOOD, **BAD}
    held = [second_desk.workspace.files.put(files[name], name=name) for name in names]
    fields = dict(zip(("logo", "second_logo", "cover", "event_logo"), held, strict=True))
    style = style_of(second_desk, "Łódź Bureau", "罗兹国际局", RED, **fields)
    paper = paper_of(second_desk, second_story, "visit_pack", style, sections=["cover"])
    assert "Łódź Bureau" in text(rendered(paper))
    for other in ("badges", "thank_you_letter"):
        assert "Łódź Bureau" in text(rendered(paper_of(second_desk, second_story, other, style)))
    word_papers.write_paper(paper, tmp_path / "a.docx")
    assert "Joint delegation" in word_text(tmp_path / "a.docx")
    asked = papers.request(second_desk, second_story.ids["visit"][:1], document="itinerary", style=style)
    found = [gap for gap in gaps_of(second_desk, asked).found if gap.code == "no_picture"]
    assert {gap.field for gap in found} == (set() if names[0] in GOOD else set(fields))
