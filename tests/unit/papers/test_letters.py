"""Who is addressed and who signs in letters, how they are set, and what badges, table numbers and the plan of cars hold.

A letter bears its number, is refused while a text of it is not translated, and is set as Chinese offices set a 函. Read from drawn lines.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest

from tests.helpers.clock import FrozenClock
from tests.helpers.drawn_lines import Drawn, drawn_lines
from tests.helpers.errors import user_error
from tests.helpers.paper_flaws import flaws
from tests.helpers.second_story import SecondStory
from tests.unit.papers.conftest import Told
from tests.unit.papers.story import Story, tell
from ucapdesk.briefing.blocks.content import Letter, all_words
from ucapdesk.briefing.blocks.elements import Plan
from ucapdesk.briefing.pages.render import NotTranslated
from ucapdesk.briefing.text.styles import MM
from ucapdesk.model.values import Bilingual, HanName, PartialDate, PersonName
from ucapdesk.papers import printing as papers
from ucapdesk.papers.documents.letter_papers import number_words
from ucapdesk.papers.gaps import gaps_of
from ucapdesk.papers.registry import request_of
from ucapdesk.services import Desk
from ucapdesk.services.files import packs, word_papers
from ucapdesk.services.records import records


def printed(desk: Desk, story: Story, document: str, kind: str = "visit", **choices: Any) -> list[Drawn]:
    file = io.BytesIO()
    papers.brief(desk, [story.one(kind)], file, document=document, **choices)
    return drawn_lines(file.getvalue())


def said(lines: list[Drawn], page: int = 0) -> list[str]:
    return [line.text for line in lines if not page or line.page == page]


def pages(desk: Desk, story: Story, document: str, kind: str = "visit", **choices: Any) -> list[tuple[float, float]]:
    file = io.BytesIO()
    papers.brief(desk, [story.one(kind)], file, document=document, **choices)
    pdf = pypdfium2.PdfDocument(file.getvalue())
    try:
        return [page.get_size() for page in pdf]
    finally:
        pdf.close()


def test_whoever_signs_a_letter_is_not_called_mr_and_a_chinese_letter_ends_with_house_then_post_and_name(
    desk: Desk, story: Story
) -> None:
    lines = printed(desk, story, "thank_you_letter")
    english, chinese = said(lines, 1), said(lines, 2)
    assert {"Mr LI Mingyu", "Dear Mayor Li,", "Granada, ____________"} <= set(english)
    assert english[english.index("Yours sincerely,") + 1 :][:3] == ["Pablo Gándara", "Deputy Mayor", "City of Granada"]
    end = [text.replace(" ", "") for text in chinese][-3:]
    assert end == ["格拉纳达市政府", "副市长巴勃罗·甘达拉", "____年__月__日"]


def test_who_declined_heads_no_delegation_and_who_was_given_the_role_does(own: Desk, add: Callable[..., str]) -> None:
    mayor, deputy = (add("person", name=PersonName("Nowak", given)) for given in ("Anna", "Ewa"))
    visit = add("visit", title=Bilingual(en="Visit"), dates=PartialDate("2027-05"), travelling_side="B", head=mayor)
    add("participation", owner=visit, person=mayor, side="B", role="delegate", attendance="declined")
    add("participation", owner=visit, person=deputy, side="B", role="head")
    for document in ("visit_pack", "visit_report", "invitation_letter", "thank_you_letter", "delegation_list"):
        texts = "\n".join(words.said("en") for words, _ in all_words(papers.paper(own, [visit], document=document)))
        assert ("Ewa Nowak" in texts, "Anna" in texts) == (True, False), document


def test_a_covering_letter_has_the_letterhead_of_whoever_signs_it(own: Desk, add: Callable[..., str]) -> None:
    city, office = (
        add("organisation", name=Bilingual(en=en, zh=zh)) for en, zh in (("City", "市政府"), ("Office", "外办"))
    )
    coordinator = add("person", name=PersonName("Duan", "Yonghong", "family_first"), name_han=HanName("段", "永红"))
    add("affiliation", owner=coordinator, organisation=office, post=Bilingual(en="Director", zh="主任"))
    visit = add("visit", title=Bilingual(en="Visit", zh="访问"), dates=PartialDate("2027-05"), purpose=Bilingual(en="Talks", zh="会谈"),
                travelling_side="B", invited_by=city, host_coordinator=coordinator)  # fmt: skip

    def sender(document: str) -> str | None:
        paper = papers.paper(own, [visit], document=document)
        (letter,) = (block for section in paper.sections for block in section.blocks if isinstance(block, Letter))
        return letter.sender[0].text["en"]

    assert (sender("transmission_note"), sender("invitation_letter")) == ("Office", "City")


def test_a_letter_bears_the_day_that_was_asked_for_and_refuses_what_is_no_day(desk: Desk, story: Story) -> None:
    texts = said(printed(desk, story, "thank_you_letter", options={"date": "2026-12-01"}))
    assert "Granada, 1 December 2026" in texts
    assert "2026年12月1日" in [text.replace(" ", "") for text in texts]
    with user_error("unknown-choice", match="soon"):
        printed(desk, story, "thank_you_letter", options={"date": "soon"})


def test_a_badge_folded_twice_has_both_faces_upright_on_the_lower_half(desk: Desk, story: Story) -> None:
    lines = [line for line in printed(desk, story, "badges", options={"card": "badge-a4"}) if line.page == 1]
    names = [line for line in lines if line.text == "LI Mingyu"]
    assert len(names) == 2
    assert all(not line.turned and line.y < 842 / 2 for line in names)
    assert names[0].x < 595 / 2 < names[1].x
    assert all(line.turned for line in lines if line.y > 842 / 2), (
        "what is inside reads upright when it is unfolded once"
    )


def test_a_badge_says_its_role_in_words(desk: Desk, story: Story) -> None:
    assert {"Principal host", "主陪", "Interpreter", "Head of delegation"} <= set(said(printed(desk, story, "badges")))


def test_who_reads_spanish_is_given_english_on_a_badge_where_nobody_translated_a_post(desk: Desk, story: Story) -> None:
    texts = said(printed(desk, story, "badges", languages=("es", "zh")))
    assert {"Mayor", "市长", "Anfitrión/a principal"} <= set(texts)
    assert not any("[" in text for text in texts), "no card has tags"


def test_badges_come_four_on_a_page_or_one_on_a_small_one(desk: Desk, story: Story) -> None:
    four, one = (pages(desk, story, "badges", options={"card": card}) for card in ("badge-four", "badge-a6"))
    assert (len(four), len(one)) == (2, 8)
    assert (round(four[0][0]), round(one[0][0])) == (595, 298)


def test_a_name_on_a_badge_stands_in_the_middle_with_a_code_and_without(desk: Desk, story: Story) -> None:
    lines = [line for line in printed(desk, story, "badges") if line.page == 1]
    columns: dict[bool, set[int]] = {True: set(), False: set()}
    for line in lines:
        if line.text in ("LI Mingyu", "WU Wenneng", "Photographer", "CHEN Yan", "ZHANG Wei", "Pablo Gándara"):
            columns[line.x < 595 / 2].add(round((line.x + line.right) / 2))
    assert all(max(middles) - min(middles) <= 1 for middles in columns.values())


def test_a_name_too_long_for_its_badge_can_still_be_read_and_is_told_before_printing(told: Told) -> None:
    desk, story = told("long names")
    lines = printed(desk, story, "badges", options={"card": "badge-90x55"})
    assert min(line.size for line in lines) > 5.9
    assert any(line.text.endswith("…") for line in lines)
    gaps = papers.gaps(desk, [story.one("visit")], document="badges", options={"card": "badge-90x55"}).found
    assert {(gap.kind, gap.field) for gap in gaps if gap.code == "too_long"} >= {
        ("person", "name"),
        ("affiliation", "post"),
    }


def test_tables_are_numbered_as_the_banquet_has_them_or_as_many_as_are_asked_for(desk: Desk, story: Story) -> None:
    assert said(printed(desk, story, "table_numbers")).count("1号桌") == 2, "both faces of the one table"
    eight = said(printed(desk, story, "table_numbers", options={"tables": "8", "card": "place-banquet"}))
    assert {"1", "8", "Table 8", "8号桌"} <= {text.replace(" 号", "号") for text in eight}
    behind = said(printed(desk, story, "table_numbers", options={"show": "names"}))
    assert "Pablo Gándara" in behind
    for wrong in ("many", "0", "-1", "1000"):
        with user_error("unknown-choice", match="number of tables"):
            printed(desk, story, "table_numbers", options={"tables": wrong})


def test_the_plan_of_cars_names_driver_and_seats(desk: Desk, story: Story) -> None:
    texts = said(printed(desk, story, "seating_plan", options={"room": "cars"}))
    assert {"1-01", "1-02", "Driver", "Pablo Gándara"} <= set(texts), "all in the coach, for no car is recorded"
    assert any("12345" in text for text in texts), "by its plate"


def test_the_bus_list_says_who_sits_where_in_the_cars_of_a_visit(tmp_path: Path, clock: FrozenClock) -> None:
    with Desk.create(tmp_path / "w", name="Liuzhou", person="Ana", clock=clock) as own:
        story = tell(own)
        before = said(printed(own, story, "bus_list"))
        assert "1a" not in before
        leg = records.add(
            own, "transport_leg", {"owner": story.one("visit"), "mode": "car", "number": "桂B·00001", "seats": 4}
        )
        texts = said(printed(own, story, "bus_list"))
        for coach in records.listing(own, "transport_leg"):
            if records.get(own, coach).mode == "coach":  # type: ignore[attr-defined]
                records.trash(own, coach)
        without = said(printed(own, story, "bus_list"))
        ride = records.listing(own, "itinerary_item")[0]
        records.edit(own, ride, {"transport": leg, "meeting": None})
        plan = papers.paper(own, [ride], document="seating_plan")
    assert {"1a", "1b", "1c", "2-01"} <= set(texts)
    assert not {"1d", "3a"} & set(texts), "the middle is empty while the coach has room, and no car is invented"
    assert {"1d", "No seat in the recorded vehicles"} <= set(without), "without the coach who stays behind is named"
    assert "No seat in the recorded vehicles" not in texts
    assert any(text.startswith("Car 1 · 桂B·00001") for text in texts)
    assert "Cars" in [words.text.get("en") for words, _ in all_words(plan)], "the usual plan of a ride by car"


def test_several_cities_at_a_round_table_sit_together_in_the_order_of_their_names(
    tmp_path: Path, clock: FrozenClock
) -> None:
    with Desk.create(tmp_path / "w", name="Liuzhou", person="Ana", clock=clock) as own:
        story = tell(own)
        meeting = story.one("meeting")
        city = records.add(own, "place", {"name": Bilingual(en="Aachen", zh="亚琛")})
        house = records.add(own, "organisation", {"name": Bilingual(en="City of Aachen"), "place": city})
        person = records.add(own, "person", {"name": PersonName("Braun", "Karin")})
        records.add(own, "affiliation", {"owner": person, "organisation": house, "main": True})
        records.add(own, "participation", {"owner": meeting, "person": person, "side": "B"})
        paper = papers.paper(own, [meeting], document="seating_plan", options={"room": "round_table"})
    (plan,) = (block for section in paper.sections for block in section.blocks if isinstance(block, Plan))
    seats = {seat.number: (seat.name.text["en"], seat.mark.shape) for seat in plan.seats}
    assert seats["A1"] == ("Karin Braun", "▲"), "Aachen comes first"
    assert seats["B1"] == ("Pablo Gándara", "□"), "then Granada"
    assert seats["C1"] == ("LI Mingyu", "●"), "then Liuzhou"


def test_a_small_plan_and_its_list_of_seats_share_a_page(own: Desk, add: Callable[..., str]) -> None:
    meeting = add("meeting", title=Bilingual(en="Talks", zh="会谈"))
    for city, families in (("Łódź", ("Łaski", "Mazur", "Nowak")), ("Liuzhou", ("Lu", "Li", "Liang"))):
        place = add("place", name=Bilingual(en=city))
        house = add("organisation", name=Bilingual(en=f"City of {city}"), place=place)
        for family in families:
            person = add("person", name=PersonName(family, "A.", "given_first"))
            add("affiliation", owner=person, organisation=house, main=True)
            add("participation", owner=meeting, person=person, side="A" if city == "Liuzhou" else "B")
    paper = papers.paper(own, [meeting], document="seating_plan", options={"room": "talks"})
    file = io.BytesIO()
    assert papers.render(paper, file).pages == 1
    assert flaws(file.getvalue(), paper) == []
    names = [line.text for line in drawn_lines(file.getvalue()) if "Łaski" in line.text]
    assert len(names) == 2, "at the seat and in the list"


def test_letters_with_strokes_sit_and_stand_where_their_plain_ones_do(own: Desk, add: Callable[..., str]) -> None:
    meeting = add("meeting", title=Bilingual(en="Talks"))
    for city, family in (
        ("Málaga", "Zapata"),
        ("Łódź", "Łaski"),
        ("Liuzhou", "Lu"),
        ("Ålesund", "Økland"),
        ("Berlin", "Maß"),
    ):
        place = add("place", name=Bilingual(en=city))
        house = add("organisation", name=Bilingual(en=f"City of {city}"), place=place)
        person = add("person", name=PersonName(family, "A.", "given_first"))
        add("affiliation", owner=person, organisation=house, main=True)
        add("participation", owner=meeting, person=person, side="B")
    paper = papers.paper(own, [meeting], document="seating_plan", options={"room": "round_table"})
    (plan,) = (block for section in paper.sections for block in section.blocks if isinstance(block, Plan))
    seats = {seat.number: str(seat.name.text["en"]).split()[-1] for seat in plan.seats}
    assert [seats[f"{letter}1"] for letter in "ABCDE"] == ["Økland", "Maß", "Lu", "Łaski", "Zapata"]
    directory = papers.paper(own, [meeting], document="contact_directory", options={"order": "alphabet"})
    said = [str(words.text.get("en") or "") for words, _ in all_words(directory)]
    families = [text.split()[-1] for text in said if text.startswith("A. ")]
    assert families == ["Łaski", "Lu", "Maß", "Økland", "Zapata"]


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ("badges", "Nobody is recorded as taking part yet."),
        ("table_numbers", "Nobody is recorded as taking part yet."),
        ("seating_plan", "Nobody is recorded as taking part yet."),
        ("room_list", "Nobody is recorded as taking part yet."),
        ("itinerary", "No point of the programme is recorded yet."),
        ("address_cards", "No address is recorded yet."),
    ],
)
def test_a_paper_of_an_empty_visit_says_what_is_not_recorded(
    tmp_path: Path, clock: FrozenClock, document: str, sentence: str
) -> None:
    with Desk.create(tmp_path / "w", name="Liuzhou", person="Ana", clock=clock) as own:
        visit = records.add(own, "visit", {"title": Bilingual(en="A visit")})
        texts = said(printed(own, Story({"visit": [visit]}), document))
    assert sentence in texts
    assert len(texts) < 12


def test_the_head_of_a_delegation_signs_the_letter_of_thanks_whichever_record_says_who_that_is(
    second_desk: Desk, second_story: SecondStory
) -> None:
    visit = second_story["visit"]
    records.edit(second_desk, visit, {"head": None})
    paper = papers.make(second_desk, papers.request(second_desk, [visit], document="thank_you_letter"))
    (letter,) = (block for section in paper.sections for block in section.blocks if isinstance(block, Letter))
    assert "SZCZĘŚNIAK" in str(letter.signature[0].text["en"]).upper()


Asked = Callable[..., list[Drawn]]


@pytest.fixture
def letter(second_desk: Desk, second_story: SecondStory) -> Asked:
    """Prints a letter of the visit to Zhengzhou."""

    def lines(document: str = "invitation_letter", **choices: Any) -> list[Drawn]:
        file = io.BytesIO()
        papers.brief(second_desk, [second_story["visit"]], file, document=document, **choices)
        return drawn_lines(file.getvalue())

    return lines


def said_in(lines: list[Drawn]) -> list[str]:
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
        said_in(letter("thank_you_letter", options=given))
    )
    assert not [text for text in said_in(letter("thank_you_letter")) if "〔" in text or "reference" in text]
    visit = second_story["visit"]
    records.edit(second_desk, visit, {"invitation_reference": "郑政函〔2027〕3号"})
    assert "郑政函〔2027〕3号" in said_in(letter()), "an invitation has the number of the record"
    assert "郑政函〔2027〕3号" not in said_in(letter("thank_you_letter")), "which is no other letter's"


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
