"""Papers in Spanish, Italian and German say nothing of their own in English, and what lacks a language stands in the right one."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.unit.papers.printed import OF_A_COPY, all_text
from tests.unit.papers.story import Story
from ucapdesk.briefing.blocks.content import all_words
from ucapdesk.briefing.blocks.elements import Words
from ucapdesk.model.codes import codes
from ucapdesk.model.values import Bilingual, PartialDate, PersonName
from ucapdesk.papers import printing as papers
from ucapdesk.papers.facts.wording import bracketed, day_name, joined, listed, of_text
from ucapdesk.papers.registry import DOCUMENTS
from ucapdesk.services import Desk

SAME = {
    "Budget", "Delegation", "E-mail", "Euro (EUR)", "Hotel", "Hotels", "Information", "Media", "Name", "Organisation", "Plan B", "SDG", "Status",
    "Memorandum of Understanding (MoU)", "Text", "UCAP", "UCAPs", "Programme", "Ana", "Madrid", "Photographer",
}  # fmt: skip
"""Words that are the same in English and in one of them, and what is recorded by one word."""
CITIES = re.compile(
    "|".join(sorted((re.escape(city.labels["en"]) for city in codes("cities").values()), key=len, reverse=True))
)
"""Their names are the same in many languages."""
MONTHS = r"(January|February|April|August|September|November) \d{4}"


@pytest.mark.row("X10")
@pytest.mark.parametrize("name", [name for name in sorted(DOCUMENTS) if name not in OF_A_COPY])
def test_no_word_of_ours_is_english(desk: Desk, story: Story, name: str) -> None:
    """What is recorded is as it is recorded: such words have no text in these languages, or the same one in all."""
    ids = story.ids[next(kind for kind in DOCUMENTS[name].kinds if kind in story.ids)]
    paper = papers.paper(desk, ids if DOCUMENTS[name].several else ids[:1], document=name, languages=("es", "zh"))
    english = set()
    for words, _ in all_words(paper):
        own, *others = (words.text.get(lang) if words.has(lang) else None for lang in ("en", "es", "it", "de", "zh"))
        rest = CITIES.sub("", own or "").strip(" ,()_")
        if own and own in others[:3] and own != others[3] and re.search("[a-z]{3}", rest) and rest not in SAME:
            english.add(own)
    people = {each for each in english if re.fullmatch(r"\w+ \w+", each) and each != each.lower()}
    assert {each for each in english - SAME - people if not re.fullmatch(MONTHS, each)} == set()


def test_a_city_of_the_list_is_called_by_its_name_in_the_language_of_the_paper() -> None:
    words = of_text(Bilingual(en="Brussels", zh="布鲁塞尔"))
    assert (words.text["es"], words.text["it"], words.text["de"]) == ("Bruselas", "Bruxelles", "Brüssel")
    assert of_text(Bilingual(en="Brussels", de="Bruessel")).text["de"] == "Bruessel", "as it was written, where it was"
    assert "es" not in of_text(Bilingual(en="Brussels conference")).text


def test_a_day_that_begins_a_line_begins_with_a_capital() -> None:
    said = day_name("2026-12-04").text
    assert (said["es"], said["it"]) == ("Viernes, 4 de diciembre de 2026", "Venerdì 4 dicembre 2026")


def test_a_text_that_needs_no_translation_has_no_tag_in_a_list_or_a_line_either() -> None:
    hall = of_text(Bilingual(en="Tech Hall").mark("zh", "not_needed"))
    for words in (hall, listed([hall]), joined(hall, hall), bracketed(hall, hall)):
        told = words.shown("zh", ("en", "zh"))
        assert told is not None
        assert not told.stands_in
        assert not words.is_missing("zh")
        assert words.is_missing("es")


def test_who_reads_spanish_is_given_english_before_chinese() -> None:
    both, chinese = (Words(dict(text)) for text in ({"en": "Lakes", "zh": "湖泊"}, {"zh": "湖泊"}))
    told = [words.shown("es", ("es", "zh")) for words in (both, chinese)]
    assert [(each.text, each.language, each.stands_in) for each in told if each] == [
        ("Lakes", "en", True),
        ("湖泊", "zh", True),
    ]
    other = both.shown("zh", ("zh", "es"))
    assert other is not None
    assert other.language == "zh"


def test_a_text_of_several_that_lacks_chinese_is_in_the_other_language_of_the_paper(
    own: Desk, add: Callable[..., str]
) -> None:
    head = add("person", name=PersonName("Bauer", "Karl"))
    house = add("organisation", name=Bilingual(en="City of Cologne", de="Stadt Köln"))
    add("affiliation", owner=head, organisation=house, post=Bilingual(en="Mayor", de="Bürgermeister"))
    visit = add("visit", title=Bilingual(zh="访问"), dates=PartialDate("2026-11"), travelling_side="B", head=head)
    add("participation", owner=visit, free_name=Bilingual(en="Helper", de="Helferin"), side="B")
    mou = add("agreement", title=Bilingual(zh="备忘录"))
    add("agreement_party", owner=mou, organisation=house, side="B")
    for languages, there, other in (
        (("zh", "de"), "［德文］Stadt Köln", "［英文］"),
        (("en", "zh"), "［英文］", "［德文］"),
    ):
        first = papers.paper(own, [visit], document="visit_pack", languages=languages, sections=["glance"])
        assert there in all_text(first, "zh")
        assert other not in all_text(first, "zh")
        badges = papers.paper(own, [visit], document="badges", languages=languages)
        assert ("Helferin" in all_text(badges, "zh")) == ("de" in languages)
        pages = papers.paper(own, [mou], document="signature_pages", languages=languages)
        assert ("Stadt Köln代表" in all_text(pages, "zh")) == ("de" in languages), "what is signed bears no tag"


def test_a_label_around_a_name_that_nobody_translated_is_in_the_language_of_its_reader(
    own: Desk, add: Callable[..., str]
) -> None:
    ucap = add("ucap", title=Bilingual(en="Plan", zh="计划"))
    for name in ("Grazdorf", "Rijekov"):
        city = add("place", type="city", name=Bilingual(en=name))
        add("ucap_place", owner=ucap, place=city, side="B")
    add("contact_role", owner=ucap, side="B", person=add("person", name=PersonName("Bauer", "Karl")))
    meeting = add("meeting", title=Bilingual(en="Talks", zh="会谈"), ucap=ucap)
    add("minute_entry", owner=meeting, type="commitment", side="B", text=Bilingual(en="Data", zh="数据"))
    add("action_item", owner=meeting, side="B", text=Bilingual(en="Data", zh="数据"))
    minutes = papers.paper(own, [meeting], document="minutes", languages=["es", "zh"], options={"form": "minutes"})
    assert {"［英文］Grazdorf and Rijekov承诺", "［英文］Grazdorf、［英文］Rijekov方"} <= set(
        all_text(minutes, "zh").splitlines()
    )
    assert "Compromiso de [EN] Grazdorf and Rijekov" in all_text(minutes, "es").splitlines()
    glance = all_text(papers.paper(own, [ucap], document="at_a_glance", languages=["en", "zh"]), "zh").splitlines()
    assert {"［英文］Grazdorf and Rijekov联系人", "［英文］Grazdorf and Rijekov"} <= set(glance), (
        "a list of names alone is not"
    )
