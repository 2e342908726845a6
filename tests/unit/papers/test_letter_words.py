"""A letter bears its number, is refused while a text of it is not translated, and is set as Chinese offices set a 函."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pytest

from tests.helpers.drawn_lines import Drawn, drawn_lines
from tests.helpers.paper_flaws import flaws
from tests.helpers.second_story import SecondStory
from ucapdesk.briefing.pages.render import NotTranslated
from ucapdesk.briefing.text.styles import MM
from ucapdesk.model.values import Bilingual, PartialDate
from ucapdesk.papers import printing as papers
from ucapdesk.papers.documents.letter_papers import number_words
from ucapdesk.papers.gaps import gaps_of
from ucapdesk.papers.registry import request_of
from ucapdesk.services import Desk
from ucapdesk.services.files import packs, word_papers
from ucapdesk.services.records import records

Asked = Callable[..., list[Drawn]]


@pytest.fixture
def letter(second_desk: Desk, second_story: SecondStory) -> Asked:
    """Prints a letter of the visit to Zhengzhou."""

    def lines(document: str = "invitation_letter", **choices: Any) -> list[Drawn]:
        file = io.BytesIO()
        papers.brief(second_desk, [second_story["visit"]], file, document=document, **choices)
        return drawn_lines(file.getvalue())

    return lines


def said(lines: list[Drawn]) -> list[str]:
    return [line.text.replace(" ", "") for line in lines]


@pytest.mark.parametrize(
    ("typed", "chinese"),
    [
        ("郑外函〔2027〕12号", "郑外函〔2027〕12号"),
        ("郑外函[2027]012", "郑外函〔2027〕12号"),
        ("(2027) 12 号", "〔2027〕12号"),
        ("（2027）第12号", "〔2027〕12号"),
        ("Fz.0542.7.2027", "Fz.0542.7.2027"),
    ],
)
def test_a_number_has_the_brackets_of_the_standard_however_it_was_typed(typed: str, chinese: str) -> None:
    words = number_words(typed)
    assert words is not None
    assert words.text["zh"] == chinese
    assert words.text["en"] == f"Our reference: {chinese}"


def test_a_letter_bears_the_number_it_was_given_and_none_is_invented(
    letter: Asked, second_desk: Desk, second_story: SecondStory
) -> None:
    given = {"number": "郑外函[2027]12"}
    assert {"Ourreference:郑外函〔2027〕12号", "郑外函〔2027〕12号"} <= set(
        said(letter("thank_you_letter", options=given))
    )
    assert not [text for text in said(letter("thank_you_letter")) if "〔" in text or "reference" in text]
    visit = second_story["visit"]
    records.edit(second_desk, visit, {"invitation_reference": "郑政函〔2027〕3号"})
    assert "郑政函〔2027〕3号" in said(letter()), "an invitation has the number of the record"
    assert "郑政函〔2027〕3号" not in said(letter("thank_you_letter")), "which is no other letter's"


def test_a_number_with_commas_is_asked_for_again_as_it_was(second_desk: Desk, second_story: SecondStory) -> None:
    asked = papers.request(
        second_desk, [second_story["visit"]], document="thank_you_letter", options={"number": "12, 50 % = 7"}
    )
    pack = packs.print_pack(second_desk, asked, io.BytesIO()).pack
    assert request_of(second_desk, pack).options["number"] == "12, 50 % = 7"


def test_a_letter_with_a_text_of_another_language_is_refused_and_names_it(
    letter: Asked, second_desk: Desk, second_story: SecondStory
) -> None:
    visit = second_story["visit"]
    records.edit(second_desk, visit, {"purpose": Bilingual(en="To sign the memorandum")})
    with pytest.raises(NotTranslated, match=r"Purpose of .+ is missing in Chinese"):
        letter()
    asked = papers.request(second_desk, [visit], document="invitation_letter")
    assert [gap.field for gap in gaps_of(second_desk, asked).found if gap.code == "no_translation"] == ["purpose"]
    assert letter(languages=["en"]), "in its own language it can go out"
    template = records.add(
        second_desk, "template", {"name": Bilingual(en="Ours"), "type": "letter", "body": Bilingual(en="On {purpose}.", zh="事由：{purpose}。")}
    )  # fmt: skip
    with pytest.raises(NotTranslated):
        letter(options={"template": template}, languages=["zh"])


def test_an_official_letter_has_red_head_number_title_grid_and_signature(letter: Asked) -> None:
    lines = letter(languages=["zh"], page="official", options={"number": "郑外函〔2027〕12号", "date": "2027-01-18"})
    page = [line for line in lines if line.page == 1]
    middle, right = 28 * MM + 156 * MM / 2, (28 + 156) * MM

    def one(text: str) -> Drawn:
        return next(line for line in page if line.text.replace(" ", "") == text)

    head = one("郑州市人民政府")
    assert head.size > 30
    assert abs((head.x + head.right) / 2 - middle) < 2, "the office stands in the middle"
    assert abs(297 * MM - 30 * MM - head.high) < 12, "thirty millimetres from the edge of the paper"
    number = one("郑外函〔2027〕12号")
    assert number.y < head.low
    assert abs(number.right - right) < 8
    title = [line for line in page if round(line.size) == 22]
    assert [line.text.replace(" ", "") for line in title] == ["关于邀请罗兹市和塞萨洛尼基市联合代表团", "访问郑州的函"]
    assert all(abs((line.x + line.right) / 2 - middle) < 3 for line in title)
    body = [line for line in page if abs(line.size - 156 * MM / 28) < 0.1 and 150 < line.y < title[-1].low]
    steps = {round((above.y - below.y) / (225 * MM / 22), 2) for above, below in pairwise(body)}
    assert all(step == round(step) for step in steps if step), f"22 lines on a page: {steps}"
    date, office = one("2027年1月18日"), [line for line in page if line.text == "郑州市人民政府"][-1]
    assert office.y > date.y
    assert abs(date.right - (right - 4 * 156 * MM / 28)) < 4, "four characters from the edge"
    assert not [line for line in page if line.y < date.y], (
        "neither a number, which a first page does without, nor anything of ours"
    )


def test_a_long_name_of_what_is_enclosed_goes_on_below_its_first_character(
    letter: Asked, second_desk: Desk, second_story: SecondStory, tmp_path: Path
) -> None:
    visit = second_story["visit"]
    asked: Any = {"page": "official", "languages": ["zh"]}
    names = ("访问日程草案（征求意见稿），含交通、住宿和双方会谈安排的说明", "代表团名单")
    for name in names:
        records.add(second_desk, "attachment", {"owner": visit, "title": Bilingual(zh=name)})
    lines = letter("transmission_note", **asked)
    at = next(n for n, line in enumerate(lines) if line.text.startswith("附件：1."))
    below, second = lines[at + 1 : at + 3]
    assert (below.text, second.text.replace(" ", "")) == (names[0].removeprefix(lines[at].text[5:]), f"2.{names[1]}")
    assert 10 < below.x - second.x < 20, "beside the number"
    paper = papers.paper(second_desk, [visit], document="transmission_note", **asked)
    word_papers.write_paper(paper, tmp_path / "letter.docx")
    told = [each for each in docx.Document(str(tmp_path / "letter.docx")).paragraphs if each.text.endswith(names)]
    assert [each.text.strip("\u3000") for each in told] == [f"附件：1.\t{names[0]}", f"2.\t{names[1]}"]
    for each in told:
        hang = each.paragraph_format.left_indent
        assert hang == -(each.paragraph_format.first_line_indent or 0) == each.paragraph_format.tab_stops[0].position


@pytest.mark.parametrize(
    ("page", "foot", "feet"),
    [("official", 34, ["", "Page 2 of 2", "", "— 2 —"]), ("A4", 20, ["", "Page 2 of 2", "", "第2页，共2页"])],
)
def test_a_letter_counts_its_own_pages_in_its_own_language_from_the_second(
    second_desk: Desk, second_story: SecondStory, page: str, foot: int, feet: list[str]
) -> None:
    """The standard leaves the number out of the first page of a 函, and its dashes are for Chinese pages alone."""
    body = Bilingual(en="The talks went well.\n\n" * 30, zh="会谈十分顺利。\n\n" * 30)
    template = records.add(
        second_desk, "template", {"name": Bilingual(en="Long", zh="长信"), "type": "letter", "body": body}
    )
    asked: Any = {"document": "thank_you_letter", "page": page, "languages": ["en", "zh"]}
    file = io.BytesIO()
    options = {"to": "each", "template": template}
    paper = papers.paper(second_desk, [second_story["visit"]], options=options, **asked)
    papers.render(paper, file)
    lines = drawn_lines(file.getvalue())
    found = [
        " ".join(line.text for line in lines if line.page == n and line.y < foot * MM)
        for n in range(1, max(line.page for line in lines) + 1)
    ]
    hosts = len(found) // 4
    assert hosts > 1
    if page == "official":  # one language after the other
        assert found == feet[:2] * hosts + feet[2:] * hosts
    else:
        assert found == feet * hosts
    assert flaws(file.getvalue(), paper) == []


def test_the_english_sheet_of_an_official_letter_has_serifs_throughout(
    second_desk: Desk, second_story: SecondStory
) -> None:
    file = io.BytesIO()
    asked: Any = {"document": "invitation_letter", "page": "official", "languages": ["en"]}
    papers.brief(second_desk, [second_story["visit"]], file, **asked)
    faces = {name.decode() for name in re.findall(rb"/BaseFont /[A-Z]+\+([\w-]+)", file.getvalue())}
    assert faces >= {"NotoSerif-Regular", "NotoSerif-Bold"}
    assert not [face for face in faces if face.startswith("NotoSans-")]


@pytest.mark.parametrize(
    ("lang", "begins"),
    [
        ("en", "Dear Sir or Madam,\nPlease find"),
        ("es", "Estimados señores:\nAdjuntamos"),
        ("it", "Gentili Signore e Signori,\nalleghiamo"),
        ("de", "Sehr geehrte Damen und Herren,\nanbei"),
    ],
)
def test_a_letter_begins_as_its_language_begins_letters(own: Desk, tmp_path: Path, lang: str, begins: str) -> None:
    visit = records.add(own, "visit", {"title": Bilingual({lang: "Graz"}), "dates": PartialDate("2027-05")})
    asked: Any = {"document": "transmission_note", "languages": (lang,)}
    file = io.BytesIO()
    papers.brief(own, [visit], file, **asked)
    assert begins in "\n".join(line.text for line in drawn_lines(file.getvalue()))
    word_papers.write_paper(papers.paper(own, [visit], **asked), tmp_path / "letter.docx")
    assert begins in "\n".join(each.text for each in docx.Document(str(tmp_path / "letter.docx")).paragraphs)
