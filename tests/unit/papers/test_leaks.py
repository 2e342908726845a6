"""Every internal field of every record holds a word of its own; no copy for people outside says one of them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests.helpers import second_story
from tests.helpers.clock import FrozenClock
from tests.unit.papers.printed import OF_A_COPY
from tests.unit.papers.story import Story, tell
from ucapdesk.model.kind import KindField
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.values import Bilingual, Codes, Money, PartialDate
from ucapdesk.papers import printing as papers
from ucapdesk.papers.registry import DOCUMENTS
from ucapdesk.papers.request import CIRCLES
from ucapdesk.services import Desk

COPIES = [
    (name, kind, edition)
    for name, document in DOCUMENTS.items()
    if name not in OF_A_COPY
    for kind in DOCUMENTS[name].kinds
    for edition in (document.editions or ("",))
    if not (CIRCLES[edition] if edition else document.circle).is_own
]
MONEY, DATE = "70007", "2071-07"
"""The marks of fields that hold no words."""


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
def told(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[tuple[Desk, Story]]:
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
def made(told: tuple[Desk, Story]) -> Made:
    """Gives a document about a kind in an edition, with or without private numbers; each paper is made once."""
    desk, story = told

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


def test_nothing_internal_is_forgotten_here(told: tuple[Desk, Story]) -> None:
    """A new internal field is marked by itself where the story has its kind; a pack's own record stands in no paper.

    What a house style tells is tested in ``test_house_style``.
    """
    _, story = told
    internal = {name for name, kind in KINDS.items() if any(f.meta.internal for f in kind.fields.values())}
    assert internal - {"pack", "house_style"} <= set(story.ids)


def test_no_copy_for_people_outside_holds_anything_internal(told: tuple[Desk, Story], held: Held) -> None:
    for name, kind, edition in (copy for copy in COPIES if copy[1] in told[1].ids):
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
    told: tuple[Desk, Story], held: Held
) -> None:
    fields = [field for kind in KINDS.values() for field in kind.fields.values()]
    for name, kind, edition, numbers in (copy for copy in INSIDE if copy[1] in told[1].ids):
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
    told: tuple[Desk, Story], held: Held
) -> None:
    """Diets and allergies are for the kitchen, not for everybody who holds a pack of the own side."""
    health = {mark(f) for kind in KINDS.values() for f in kind.fields.values() if f.meta.audience == "kitchen"}
    for name, document in DOCUMENTS.items():
        if name not in OF_A_COPY:
            kinds = [kind for kind in document.kinds if kind in told[1].ids]
            said = "\n".join(held(name, kind, each, True) for kind in kinds for each in document.editions or ("",))
            found = {word for word in health if word in said}
            assert bool(found) == (name in ("catering_list", "person_brief")), (name, found)
