"""Every document of the registry, printed from the story as it should be, from those nobody hoped for, and from nothing.

Every internal field of every record holds a word of its own; no copy for people outside says one of them. Papers are as short as offices
print them. Those in Spanish, Italian and German say nothing of their own in English. Text copied out of a paper has no spaces that nobody wrote.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pypdfium2
import pytest

from tests.helpers import second_story
from tests.helpers.clock import FrozenClock
from tests.helpers.drawn_lines import drawn_lines, extracted
from tests.helpers.paper_flaws import flaws
from tests.helpers.paper_structure import tag_flaws
from tests.helpers.second_story import NAME as ZHENGZHOU
from tests.helpers.second_story import SecondStory
from tests.unit.papers.conftest import SAMPLE, TELLINGS, Told
from tests.unit.papers.printed import OF_A_COPY, all_text, text
from tests.unit.papers.story import Story, tell
from ucapdesk.briefing.blocks.content import all_words
from ucapdesk.briefing.blocks.elements import Words
from ucapdesk.model.codes import codes
from ucapdesk.model.kind import KindField
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.values import Bilingual, Codes, Money, PartialDate, PersonName
from ucapdesk.papers import printing as papers
from ucapdesk.papers.facts.wording import bracketed, day_name, joined, listed, of_text
from ucapdesk.papers.registry import DOCUMENTS
from ucapdesk.papers.request import CIRCLES
from ucapdesk.services import Desk
from ucapdesk.services.records import records

SOAK = bool(os.environ.get("UCAPDESK_SOAK"))
NAMES = sorted(DOCUMENTS)
# Of a pack that was printed; tested where packs are.
CHOICES = [
    (name, option.name, value)
    for name, document in DOCUMENTS.items()
    for option in document.options
    for value, _ in option.choices[1:]
]
READ = ("visit_pack", "minutes")  # Papers that are printed on both sides


class Way(NamedTuple):
    """A way in which a paper can be asked for."""

    name: str
    languages: tuple[str, ...] = ("en", "zh")
    layout: str = "side-by-side"
    page: str = "A4"
    both_sides: bool = False
    edition: str = ""

    def __str__(self) -> str:
        parts = (self.name, *self.languages, self.layout, self.page, *["both-sides"] * self.both_sides, self.edition)
        return "-".join(filter(None, parts))


WAYS = [
    Way(name, languages, layout, page, both_sides)
    for name, document in DOCUMENTS.items()
    for languages in (("en", "zh"), ("zh", "en"), ("en",), ("zh",))
    for layout in document.layouts[: None if len(languages) > 1 else 1]
    for page in document.pages
    for both_sides in ((False, True) if page == "A4" and name in READ else (False,))
]
# Every way for everybody it may be for.
COPIES = [
    way._replace(edition=edition)
    for way in WAYS
    if way.name not in OF_A_COPY
    for edition in DOCUMENTS[way.name].editions or ("",)
]
# Of each document one copy, always the same, to be printed where there is no time for all.
SAMPLED = [
    Random(name).choice([copy for copy in COPIES if copy.name == name]) for name in NAMES if name not in OF_A_COPY
]
# Ways that once went wrong or are the narrowest; the others where there is time.
HARD_WAYS = [
    ("long names", Way("at_a_glance", ("zh", "en"), "stacked", "large")),
    ("long names", Way("itinerary", ("zh", "en"), "facing", "booklet")),
    ("long names", Way("visit_report", ("zh",), "side-by-side", "large")),
    ("long names", Way("minutes", ("en", "zh"), "facing", "official")),
    ("long names", Way("mou_sheet", ("zh", "en"), "facing", "A4")),
    ("long names", Way("person_brief", ("zh", "en"), "side-by-side", "A5")),
    ("no Chinese", Way("signature_pages", ("zh", "en"), "stacked", "A4")),
    ("no English", Way("day_sheet", ("en", "zh"), "facing", "large")),
    ("no English", Way("visit_pack")),
    ("strange characters", Way("minutes", ("zh", "en"), "side-by-side", "A4", both_sides=True)),
    ("strange characters", Way("visit_report", ("en", "zh"), "stacked", "official")),
    ("as it should be", Way("visit_pack", ("zh", "en"), "side-by-side", "large")),
    (SAMPLE, Way("visit_pack", ("en", "zh"), "stacked", "booklet", edition="media")),
    (ZHENGZHOU, Way("visit_report", ("zh", "en"), "facing", "large")),
    (ZHENGZHOU, Way("visit_pack", ("zh", "en"), "facing", "A5", edition="hosts")),
    (ZHENGZHOU, Way("delegation_list", ("en", "zh"), "stacked", "large")),
    (ZHENGZHOU, Way("contact_directory", ("en", "zh"), "side-by-side", "A5")),
    (ZHENGZHOU, Way("minutes", ("zh", "en"), "stacked", "large")),
    (SAMPLE, Way("visit_pack", ("zh", "en"), "facing", "A5")),
]
LANGUAGES = [("zh",), *([("de", "es"), ("zh", "en"), ("it",)] if SOAK else [])]
# Tellings that every paper is printed from; the others where there is time.
HARDEST = (
    "long names",
    "no Chinese",
    "sixty people, forty points a day, twenty pages of minutes",
    "strange characters",
)
USUAL = ("as it should be", SAMPLE, ZHENGZHOU)  # Tellings of which every paper is printed of every kind it can be


def assert_prints(desk: Desk, story: Story, name: str, kind: str = "", **choices: Any) -> None:
    """Print a document of the first record of a kind, or of all where it tells of several; it says something, without a flaw."""
    kind = kind or next((kind for kind in DOCUMENTS[name].kinds if kind in story.ids), "")
    if not kind:
        pytest.skip("this workspace has nothing to print it of")
    ids = story.ids[kind] if DOCUMENTS[name].several else [story.one(kind)]
    asked = {option: value for option, value in choices.items() if value != ""}
    paper = papers.make(desk, papers.request(desk, ids, document=name, **asked))
    target = io.BytesIO()
    if paper.lacks:  # a letter that is not translated; it is looked at all the same
        with pytest.raises(papers.NotTranslated):
            papers.render(paper, target)
        paper = replace(paper, lacks="")
    report = papers.render(paper, target)
    assert report.pages > 0
    assert flaws(target.getvalue(), paper) == []
    if SOAK:
        heard = tag_flaws(target.getvalue(), paper.languages, booklet=paper.page.booklet, bare=paper.bare)
        assert heard == []


@pytest.mark.parametrize("telling", [*(TELLINGS if SOAK else HARDEST), SAMPLE, ZHENGZHOU])
@pytest.mark.parametrize("name", [name for name in NAMES if name not in OF_A_COPY])
def test_it_prints_whatever_is_recorded(told: Told, name: str, telling: str) -> None:
    desk, story = told(telling)
    kinds = [kind for kind in DOCUMENTS[name].kinds if kind in story.ids]
    for kind in kinds if SOAK or telling in USUAL else kinds[:1]:
        assert_prints(desk, story, name, kind)


@pytest.mark.row("X10")
@pytest.mark.parametrize("languages", LANGUAGES)
@pytest.mark.parametrize("name", [name for name in NAMES if name not in OF_A_COPY])
def test_it_prints_in_every_language(told: Told, name: str, languages: tuple[str, ...]) -> None:
    desk, story = told("as it should be")
    assert_prints(desk, story, name, languages=languages)


@pytest.mark.parametrize("telling", USUAL if SOAK else USUAL[:1])
@pytest.mark.parametrize(("name", "option", "value"), CHOICES)
def test_it_prints_with_every_choice(told: Told, name: str, option: str, value: str, telling: str) -> None:
    desk, story = told(telling)
    assert_prints(desk, story, name, options={option: value})


@pytest.mark.parametrize(
    ("telling", "way"),
    [(telling, way) for telling in (*TELLINGS, SAMPLE, ZHENGZHOU) for way in WAYS if way.name not in OF_A_COPY]
    if SOAK
    else HARD_WAYS,
    ids=str,
)
def test_it_prints_however_it_is_asked_for(told: Told, telling: str, way: Way) -> None:
    desk, story = told(telling)
    assert_prints(desk, story, **way._asdict())


@pytest.mark.parametrize("telling", [ZHENGZHOU, SAMPLE] if SOAK else [ZHENGZHOU])
@pytest.mark.parametrize("copy", COPIES if SOAK else SAMPLED, ids=str)
def test_it_prints_for_everybody_it_may_be_for(told: Told, copy: Way, telling: str) -> None:
    desk, story = told(telling)
    assert_prints(desk, story, **copy._asdict())


@pytest.mark.soak
@pytest.mark.parametrize("telling", [ZHENGZHOU, SAMPLE])
@pytest.mark.parametrize("languages", [("en", "zh"), ("zh",)], ids=",".join)
@pytest.mark.parametrize("name", [name for name in NAMES if name not in OF_A_COPY and not DOCUMENTS[name].several])
def test_it_prints_of_every_record(told: Told, name: str, languages: tuple[str, ...], telling: str) -> None:
    desk, story = told(telling)
    for kind in DOCUMENTS[name].kinds:
        for id_ in story.ids.get(kind, []):
            assert_prints(desk, Story({kind: [id_]}), name, kind, languages=languages)


@pytest.mark.parametrize(
    "page", sorted((Path(__file__).parents[3] / "docs/manual").glob("papers*.md")), ids=lambda page: page.name
)
def test_the_manual_names_every_document_and_its_choices(page: Path) -> None:
    manual = page.read_text(encoding="utf-8")
    missing = [name for name in NAMES if name not in OF_A_COPY and f"`{name}`" not in manual]
    assert missing == []


EMPTY_NAMES = [name for name in sorted(DOCUMENTS) if name not in OF_A_COPY]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A workspace with an empty record of each kind that is printed."""
    folder = tmp_path_factory.mktemp("empty") / "desk"
    with Desk.create(folder, name="Own", person="Ana", clock=FrozenClock()) as desk:
        kinds = {kind for name in EMPTY_NAMES for kind in DOCUMENTS[name].kinds} - {"itinerary_item"}
        ids = {kind: str(records.add(desk, kind, {})) for kind in sorted(kinds)}
        ids["itinerary_item"] = str(records.add(desk, "itinerary_item", {"owner": ids["visit"]}))
    return folder, ids


@pytest.mark.parametrize("languages", [("en", "zh"), ("zh",)], ids=",".join)
@pytest.mark.parametrize("name", EMPTY_NAMES)
def test_it_prints_and_says_what_it_would_be(
    empty: tuple[Path, dict[str, str]], name: str, languages: tuple[str, ...]
) -> None:
    folder, ids = empty
    with Desk.open(folder, clock=FrozenClock(), read_only=True) as desk:
        for kind in DOCUMENTS[name].kinds:
            file = io.BytesIO()
            papers.render(papers.paper(desk, [ids[kind]], document=name, languages=languages), file)
            assert text(file.getvalue()).strip()
            papers.gaps(desk, [ids[kind]], document=name, languages=languages)


THIRD = 1 / 3


def printed(desk: Desk, id_: str, document: str, **choices: Any) -> tuple[bytes, int]:
    file = BytesIO()
    pages = papers.brief(desk, [id_], file, document=document, **choices).pages
    return file.getvalue(), pages


@pytest.mark.row("B18")
def test_its_large_edition_has_sixty_pages_at_most_and_a_cover_on_one(
    second_desk: Desk, second_story: SecondStory
) -> None:
    file = BytesIO()
    choices: Any = {"document": "visit_pack", "edition": "hosts", "page": "large"}
    assert papers.brief(second_desk, [second_story["visit"]], file, **choices).pages <= 60
    lines = drawn_lines(file.getvalue())
    assert any(line.text.startswith("Contents") for line in lines if line.page == 2)
    assert max(line.size for line in lines if line.page == 9) >= 16


@pytest.mark.parametrize("languages", [("en", "zh"), ("zh", "en")])
@pytest.mark.parametrize("edition", ["delegation", "hosts"])
def test_the_pack_of_a_visit_of_seventeen_people_has_forty_pages_at_most(
    second_desk: Desk, second_story: SecondStory, edition: str, languages: tuple[str, str]
) -> None:
    pdf, pages = printed(second_desk, second_story["visit"], "visit_pack", edition=edition, languages=languages)
    assert pages <= 40
    sparse = [page for page, used in _used(pdf) if used < THIRD]
    assert set(sparse) <= {*_ends_of_parts(pdf), pages}, "but at the end of a part"


def test_the_programme_of_four_days_has_three_pages_at_most(second_desk: Desk, second_story: SecondStory) -> None:
    assert printed(second_desk, second_story["visit"], "itinerary")[1] <= 3


@pytest.mark.parametrize("languages", [("en", "zh"), ("zh", "en")])
def test_seventeen_people_sign_in_on_one_page(
    second_desk: Desk, second_story: SecondStory, languages: tuple[str, str]
) -> None:
    assert printed(second_desk, second_story["visit"], "attendance_sheet", languages=languages)[1] == 1


def _used(pdf: bytes) -> list[tuple[int, float]]:
    """How much of its type area each page uses."""
    lines = drawn_lines(pdf)
    found = []
    for page in sorted({line.page for line in lines}):
        inside = [line.low for line in lines if line.page == page and 58 < line.low < 842 - 62]
        found.append((page, (780 - min(inside, default=780)) / 722))
    return found


def _ends_of_parts(pdf: bytes) -> set[int]:
    """Pages before one that begins with a part."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        begun = {mark.get_dest().get_index() + 1 for mark in document.get_toc() if mark.level == 1}
    finally:
        document.close()
    return {page - 1 for page in begun}


@pytest.mark.parametrize(("document", "pages"), [("attendance_sheet", 2), ("itinerary", 5)])
def test_a_list_of_one_page_on_facing_pages_has_no_page_for_its_title_alone(
    second_desk: Desk, second_story: SecondStory, document: str, pages: int
) -> None:
    pdf, n = printed(second_desk, second_story["visit"], document, layout="facing")
    assert n == pages
    titles = {line.page for line in drawn_lines(pdf) if line.size > 13 and "Łódź" in line.text}
    assert titles == {1}, "in English on the left page, in Chinese on the right"
    assert (b"/TwoPageLeft" if pages == 2 else b"/TwoPageRight") in pdf


def test_the_large_edition_of_the_principal_has_sixty_pages_at_most(
    second_desk: Desk, second_story: SecondStory
) -> None:
    pdf, pages = printed(second_desk, second_story["visit"], "visit_pack", edition="principal")
    assert pages <= 60
    sparse = [page for page, used in _used(pdf) if used < THIRD]
    assert set(sparse) <= {*_ends_of_parts(pdf), pages}, "but at the end of a part"


LEAK_COPIES = [
    (name, kind, edition)
    for name, document in DOCUMENTS.items()
    if name not in OF_A_COPY
    for kind in DOCUMENTS[name].kinds
    for edition in (document.editions or ("",))
    if not (CIRCLES[edition] if edition else document.circle).is_own
]
MONEY, DATE = "70007", "2071-07"  # The marks of fields that hold no words


def mark(field: KindField) -> str:
    """The word that stands in a field."""
    return f"Leak-{field.kind}-{field.name}".replace("_", "-")


def marked(field: KindField, value: object) -> object:
    """A value that would be seen; the one there is where none can be made."""
    word = mark(field)
    if isinstance(field.type.load(None), Bilingual):
        return Bilingual(en=word, zh=word)
    if field.is_set:
        return Codes([word]) if field.meta.codes else value
    kind = type(field.type).__name__
    if kind == "TextType" and not field.meta.kinds:
        return word
    if kind == "PartialDateType":
        return PartialDate(DATE)
    return Money(MONEY, "EUR") if "Money" in repr(getattr(field.type, "cls", "")) else value


@pytest.fixture(scope="module", params=[tell, second_story.tell], ids=["Liuzhou", "Zhengzhou"])
def leaky(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[tuple[Desk, Story]]:
    """A story with a word in every internal field, and a meeting, a point and a topic that are internal as a whole."""
    folder: Path = tmp_path_factory.mktemp("leaks") / "w"
    with Desk.create(folder, name="Own", person="Ana", clock=FrozenClock()) as desk:
        story: Story = request.param(desk)
        with desk.save(["sample.make", {}]) as work:
            for kind, ids in story.ids.items():
                internal = [f for f in KINDS[kind].fields.values() if f.meta.internal and not f.meta.local]
                for id_ in ids:
                    record = work.get(KINDS[kind].cls, id_)
                    for field in internal:
                        setattr(record, field.name, marked(field, getattr(record, field.name)))
            whole = work.new(KINDS["meeting"].cls, visit=story.one("visit"), ucap=story.one("ucap"), marking="internal",
                             title=Bilingual(en="Leak-whole", zh="Leak-whole"))  # fmt: skip
            work.new(KINDS["action_item"].cls, owner=whole.id, text=Bilingual(en="Leak-below", zh="Leak-below"))
        yield desk, story


Made = Callable[[str, str, str, bool], papers.Paper]
Held = Callable[[str, str, str, bool], str]


@pytest.fixture(scope="module")
def made(leaky: tuple[Desk, Story]) -> Made:
    """Gives a document about a kind in an edition, with or without private numbers; each paper is made once."""
    desk, story = leaky

    @cache
    def made(name: str, kind: str, edition: str, numbers: bool) -> papers.Paper:
        ids = story.ids[kind] if DOCUMENTS[name].several else [story.one(kind)]
        asked = papers.request(desk, ids, document=name, edition=edition or None, private_numbers=numbers)
        return papers.make(desk, asked)

    return made


@pytest.fixture(scope="module")
def held(made: Made) -> Held:
    """Gives all texts of such a document."""
    return cache(lambda *asked: "\n".join(strings(made(*asked))))


@cache
def _fields_of(cls: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(cls))


def strings(thing: object) -> Iterator[str]:
    """Everything a paper holds that is text, whether it is printed or only in a code for telephones."""
    if isinstance(thing, str):
        yield thing
    elif is_dataclass(thing) and not isinstance(thing, type):
        for name in _fields_of(type(thing)):
            yield from strings(getattr(thing, name))
    elif isinstance(thing, Mapping):
        yield from (text for value in thing.values() for text in strings(value))
    elif isinstance(thing, tuple):
        yield from (text for part in thing for text in strings(part))


def allowed(name: str) -> set[str]:
    """The fields that a document exists to hand on."""
    audiences = DOCUMENTS[name].circle.audiences
    return {
        mark(field) for kind in KINDS.values() for field in kind.fields.values() if field.meta.audience in audiences
    }


def test_nothing_internal_is_forgotten_here(leaky: tuple[Desk, Story]) -> None:
    """A new internal field is marked by itself where the story has its kind; a pack's own record stands in no paper.

    What a house style tells is tested in ``test_house_style``.
    """
    _, story = leaky
    internal = {name for name, kind in KINDS.items() if any(f.meta.internal for f in kind.fields.values())}
    assert internal - {"pack", "house_style"} <= set(story.ids)


def test_no_copy_for_people_outside_holds_anything_internal(leaky: tuple[Desk, Story], held: Held) -> None:
    for name, kind, edition in (copy for copy in LEAK_COPIES if copy[1] in leaky[1].ids):
        said = held(name, kind, edition, True)
        found = {word for word in said.replace("\n", " ").split() if word.startswith("Leak-")}
        assert {word.strip(".,;:()（）；、") for word in found} <= allowed(name), (name, kind, edition)
        assert [each for each in (MONEY, "70,007", "2071") if each in said] == [], (name, kind, edition)


@pytest.mark.row("B7")
@pytest.mark.parametrize("edition", ["hosts", "interpreters", "drivers", "media"])
def test_nor_does_the_finished_file_in_text_outline_metadata_or_attachments(made: Made, edition: str) -> None:
    target = io.BytesIO()
    papers.render(made("visit_pack", "visit", edition, True), target)
    document = pypdfium2.PdfDocument(target.getvalue())
    try:
        said = [page.get_textpage().get_text_range() for page in document]
        said += [mark.get_title() for mark in document.get_toc()]
        said += document.get_metadata_dict().values()
        assert document.count_attachments() == 0
    finally:
        document.close()
    assert not re.search("Leak[-\ufffe]", "".join("".join(said).split()))
    assert b"Leak-" not in target.getvalue()


INSIDE = [
    (name, kind, edition, numbers)
    for name, document in DOCUMENTS.items()
    if name not in OF_A_COPY
    for kind in document.kinds
    for edition in (document.editions or ("",))
    if (CIRCLES[edition] if edition else document.circle).is_own
    for numbers in ((True, False) if edition == "delegation" else (False,))
]


def test_a_copy_of_the_own_side_holds_what_its_circle_may_see_and_private_numbers_only_where_they_are_asked_for(
    leaky: tuple[Desk, Story], held: Held
) -> None:
    fields = [field for kind in KINDS.values() for field in kind.fields.values()]
    for name, kind, edition, numbers in (copy for copy in INSIDE if copy[1] in leaky[1].ids):
        circle = CIRCLES[edition] if edition else DOCUMENTS[name].circle
        said = held(name, kind, edition, numbers)
        found = {word.strip(".,;:()（）；、") for word in said.split() if word.startswith("Leak-")}
        hidden = {mark(field) for field in fields if field.meta.internal and not circle.sees(field, private=numbers)}
        assert not found & hidden, (name, kind, edition, numbers)


def test_the_own_side_does_read_them(held: Held) -> None:
    """Else the tests above would prove nothing."""
    shown = {edition: held("visit_pack", "visit", edition, True) for edition in ("principal", "delegation")}
    for field in ("visit.key_messages", "meeting.lines_to_take", "meeting.do_not_raise", "itinerary_item.internal_note",
                  "transport_leg.booking", "person.mobile", "person.notes", "place.wifi"):  # fmt: skip
        kind, _, name = field.partition(".")
        assert mark(KINDS[kind].fields[name]) in shown["principal"], field
        own = KINDS[kind].fields[name].meta.audience in ("numbers", "delegation")
        assert (mark(KINDS[kind].fields[name]) in shown["delegation"]) == own, field
    assert "Leak-whole" in shown["principal"]


def test_health_stands_in_the_catering_list_and_in_the_brief_on_a_person_alone(
    leaky: tuple[Desk, Story], held: Held
) -> None:
    """Diets and allergies are for the kitchen, not for everybody who holds a pack of the own side."""
    health = {mark(f) for kind in KINDS.values() for f in kind.fields.values() if f.meta.audience == "kitchen"}
    for name, document in DOCUMENTS.items():
        if name not in OF_A_COPY:
            kinds = [kind for kind in document.kinds if kind in leaky[1].ids]
            said = "\n".join(held(name, kind, each, True) for kind in kinds for each in document.editions or ("",))
            found = {word for word in health if word in said}
            assert bool(found) == (name in ("catering_list", "person_brief")), (name, found)


# Words that are the same in English and in one of them, and what is recorded by one word.
SAME = {
    "Budget", "Delegation", "E-mail", "Euro (EUR)", "Hotel", "Hotels", "Information", "Media", "Name", "Organisation", "Plan B", "SDG", "Status",
    "Memorandum of Understanding (MoU)", "Text", "UCAP", "UCAPs", "Programme", "Ana", "Madrid", "Photographer",
}  # fmt: skip
# Their names are the same in many languages.
CITIES = re.compile(
    "|".join(sorted((re.escape(city.labels["en"]) for city in codes("cities").values()), key=len, reverse=True))
)
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


STRAY = re.compile(r"[\u4e00-\u9fff] \d|\d [\u4e00-\u9fff]")
# A label with its number, the number of a heading, the hour behind a day.
WRITTEN = re.compile(r"^(?:– )?[\u4e00-\u9fff]{2,8} \d+$|^\d+(?:\.\d+)? |(?<=日) (?=\d\d:)", re.MULTILINE)


@pytest.fixture
def programme(second_desk: Desk, second_story: SecondStory) -> bytes:
    file = io.BytesIO()
    papers.brief(second_desk, [second_story["visit"]], file, document="itinerary", languages=["zh"])
    return file.getvalue()


def stray(text: str) -> list[str]:
    return [line for line in text.splitlines() if STRAY.search(WRITTEN.sub("", line))]


def test_pdfium_reads_dates_without_spaces(programme: bytes) -> None:
    text = extracted(programme)  # in which cells of a row follow each other
    assert "2027年4月12日" in text
    assert re.findall(r"[年月第共至] \d|\d [年月日页至室]", text) == []


def test_poppler_reads_dates_without_spaces(programme: bytes, tmp_path: Path) -> None:
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("there is no poppler here")
    (tmp_path / "paper.pdf").write_bytes(programme)
    done = subprocess.run([program, "paper.pdf", "-"], capture_output=True, cwd=tmp_path, check=True)
    text = done.stdout.decode()
    assert "2027年4月12日" in text
    assert stray(text) == []
