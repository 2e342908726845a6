"""Packs are records: versions, whom they were for, whether they still hold, what has changed since; and the PDFs of others at their end."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import field, fields, make_dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn

from tests.helpers import foreign_pdfs
from tests.helpers.clock import FrozenClock
from tests.helpers.drawn_lines import drawn_lines, extracted
from tests.helpers.errors import user_error
from tests.helpers.paper_structure import heard
from tests.helpers.second_story import SecondStory
from tests.unit.papers.printed import text
from tests.unit.papers.story import Story, tell
from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import Message, use_language, use_pair
from ucapdesk.briefing.blocks.content import Paper, Section, all_words
from ucapdesk.briefing.pages.render import render
from ucapdesk.model.kinds.paper_kinds import Pack
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.model.kinds.visit_kinds import ItineraryItem, Meeting
from ucapdesk.model.values import Bilingual, PersonName, When
from ucapdesk.papers import printing as papers
from ucapdesk.papers.documents import visit_pack
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.registry import made, request_of
from ucapdesk.papers.request import CIRCLES, EDITIONS
from ucapdesk.papers.sections.annexes import MOST_PAGES, pdf_pages
from ucapdesk.services import Desk
from ucapdesk.services.files import packs, word_papers
from ucapdesk.services.files.packs import Printed
from ucapdesk.services.records import attached_files, duplicates, records

# A section of a later program, with a part that no pack of today says.
LaterSection = make_dataclass("Section", [("margin", str, field(default=""))], bases=(Section,), frozen=True)


@pytest.fixture
def clock() -> FrozenClock:
    return FrozenClock()


@pytest.fixture
def desk(tmp_path: Path, clock: FrozenClock) -> Iterator[Desk]:
    with Desk.create(tmp_path / "own", name="Own", person="Ana", clock=clock) as opened:
        yield opened


@pytest.fixture
def story(desk: Desk) -> Story:
    return tell(desk)


def keep(desk: Desk, visit: str, *recipients: str, target: Path | BinaryIO | None = None, **choices: Any) -> Printed:
    choices = {"sections": ["cover", "contents", "programme", "meetings"], **choices}  # a short one, soon drawn
    asked = papers.request(desk, [visit], document="visit_pack", **choices)
    return packs.print_pack(desk, asked, target or io.BytesIO(), recipients=recipients)


def sheet(desk: Desk, pack: str, lang: str = "en") -> str:
    paper = papers.paper(desk, [pack], document="change_sheet")
    return "\n".join(words.text.get(lang) or "" for words, _ in all_words(paper))


def test_a_pack_is_kept_with_its_file_and_for_whom_it_was(desk: Desk, story: Story, tmp_path: Path) -> None:
    visit, target = story.one("visit"), tmp_path / "pack.pdf"
    printed = keep(desk, visit, "Ana Martín", "Chen Yan 陈燕", target=target, edition="hosts", sections=["programme"])
    assert (printed.version, printed.is_new, printed.replaces) == (1, True, "")
    record = desk.read.get(Pack, printed.pack)
    assert record is not None
    assert (record.owner, record.edition, record.version) == (visit, "hosts", 1)
    assert record.title is not None
    assert record.title["en"] == "Briefing pack: Granada delegation to Liuzhou, v1"
    assert set(record.recipients or ()) == {"Ana Martín", "Chen Yan 陈燕"}
    assert record.file is not None
    assert desk.workspace.files.read(record.file.sha256 or "") == target.read_bytes()
    (info,) = packs.packs_of(desk, visit)
    assert (info.id, info.person, info.changed, info.languages) == (printed.pack, "Ana", False, ("en", "zh"))
    assert "v1" in text(target.read_bytes())


def test_a_pack_is_named_in_the_languages_of_records(desk: Desk, story: Story) -> None:
    use_pair(("de", "zh"))
    record = desk.read.get(Pack, keep(desk, story.one("visit")).pack)
    assert record is not None
    assert dict(record.title or {})["de"] == "Besuchsmappe: Granada delegation to Liuzhou, v1"


def test_printed_again_unchanged_it_stays_the_version_it_is(desk: Desk, story: Story, clock: FrozenClock) -> None:
    visit = story.one("visit")
    first = keep(desk, visit, "Ana")
    clock.tick(86_400)
    records.add(desk, "person", {"email": "of.nobody@example.org"})
    again = keep(desk, visit, "Bo")
    assert (again.pack, again.version, again.is_new) == (first.pack, 1, False)
    (info,) = packs.packs_of(desk, visit)
    assert set(info.recipients) == {"Ana", "Bo"}


def test_what_is_written_between_preview_and_print_is_no_part_of_what_was_printed(desk: Desk, story: Story) -> None:
    visit, file = story.one("visit"), io.BytesIO()
    asked = papers.request(desk, [visit], document="visit_pack", sections=["programme"])
    shown, _, undressed = packs.with_gaps(desk, asked, ())
    render(shown, file)
    records.edit(desk, story.one("itinerary_item"), {"title": Bilingual(en="Tea with the Mayor", zh="与市长茶叙")})
    packs.keep(desk, asked, file.getvalue(), (), undressed)
    assert [info.changed for info in packs.packs_of(desk, visit)] == [True]


def test_a_pack_of_which_nothing_is_written_keeps_no_page_from_opening(desk: Desk) -> None:
    visit = records.add(desk, "visit", {"title": Bilingual(en="Visit")})
    with desk.save(["record.add", {}]) as work:
        work.new(Pack, owner=visit)
    assert [info.person for info in packs.packs_of(desk, visit)] == [""]
    (empty,) = (info.id for info in packs.packs_of(desk, visit))
    again = papers.request(desk, [visit], document="visit_pack", replaces=empty)
    assert papers.make(desk, again).meta.replaces is None


def test_what_becomes_late_is_no_change_of_what_was_printed(desk: Desk, story: Story, clock: FrozenClock) -> None:
    copies = [
        papers.request(desk, [story.one("visit")], document="visit_pack", sections=["actions", "mous"]),
        papers.request(desk, [story.one("ucap")], document="dashboard_report"),
        papers.request(desk, [story.one("agreement")], document="mou_sheet"),
    ]
    for asked in copies:
        packs.print_pack(desk, asked, io.BytesIO())
    clock.tick(400 * 86_400)
    for asked in copies:
        assert [info.changed for info in packs.packs_of(desk, asked.ids[0])] == [False], asked.document
        assert packs.print_pack(desk, asked, io.BytesIO()).is_new, "what is late now is told as late"


@pytest.mark.rule("P4")
def test_after_a_change_it_says_so_and_a_reprint_says_what_it_replaces(
    desk: Desk, story: Story, clock: FrozenClock
) -> None:
    visit = story.one("visit")
    first = keep(desk, visit, "Ana")
    clock.tick(86_400)
    records.edit(desk, story.one("itinerary_item"), {"title": Bilingual(en="Tea with the Mayor", zh="与市长茶叙")})
    assert [info.changed for info in packs.packs_of(desk, visit)] == [True]
    target = io.BytesIO()
    second = keep(desk, visit, target=target)
    assert (second.version, second.replaces) == (2, first.pack)
    assert [(info.version, info.changed) for info in packs.packs_of(desk, visit)] == [(2, False), (1, True)]
    shown = " ".join(text(target.getvalue()).split())
    assert "Replaces v1 of 2 November 2026" in shown
    assert "Changed in this version" in shown
    assert "– 1 Programme" in shown
    assert keep(desk, visit, edition="media").version == 1, "every edition has versions of its own"


@pytest.mark.rule("P4")
def test_every_page_of_a_reprint_says_which_version_it_replaces_by_the_clock_of_the_laptop(
    desk: Desk, story: Story, clock: FrozenClock, computer_zone: Callable[[str], None]
) -> None:
    computer_zone("Asia/Kolkata")
    asked = papers.request(desk, [story.one("visit")], document="itinerary", edition="hosts")
    packs.print_pack(desk, asked, io.BytesIO())
    clock.tick(600)
    records.edit(desk, story.one("itinerary_item"), {"title": Bilingual(en="Tea with the Mayor")})
    target = io.BytesIO()
    packs.print_pack(desk, asked, target)
    lines = drawn_lines(target.getvalue())
    for page in {line.page for line in lines}:
        foot = " ".join(line.text for line in lines if line.page == page and line.y < 45)
        assert "v2 · replaces v1 of 2 Nov 2026, 14:30 (UTC+5:30)" in foot
        assert "2 Nov 2026, 14:40 (UTC+5:30) · Ana" in foot
        assert "取代" in foot


def test_what_a_pack_does_not_print_does_not_change_it(desk: Desk, story: Story) -> None:
    visit = story.one("visit")
    keep(desk, visit, edition="hosts")
    records.edit(desk, story.one("itinerary_item"), {"internal_note": Bilingual(en="MARKED again")})
    records.edit(desk, visit, {"key_messages": Bilingual(en="MARKED again")})
    assert [info.changed for info in packs.packs_of(desk, visit)] == [False]
    use_language("zh")  # as a colleague may, to whom it went
    assert [info.changed for info in packs.packs_of(desk, visit)] == [False]


def test_a_part_that_a_later_program_knows_and_this_pack_leaves_unsaid_does_not_change_it(
    desk: Desk, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = records.get(desk, keep(desk, story.one("visit")).pack)
    assert isinstance(kept, Pack)
    margin = ""

    def made_later(*asked: Any) -> tuple[Paper, RedactedReader]:
        paper, reader = made(*asked)
        old = [{each.name: getattr(section, each.name) for each in fields(Section)} for section in paper.sections]
        return replace(paper, sections=tuple(LaterSection(**section, margin=margin) for section in old)), reader

    monkeypatch.setattr(packs, "made", made_later)
    assert not packs.is_changed(desk, kept)
    margin = "Confidential"
    assert packs.is_changed(desk, kept)


@pytest.mark.row("B6")
def test_the_change_sheet_tells_before_and_now_and_which_sections_to_hand_out(desk: Desk, story: Story) -> None:
    visit = story.one("visit")
    pack = keep(desk, visit, sections=["delegation", "programme"]).pack
    assert "Nothing has changed since." in sheet(desk, pack)
    items = story.ids["itinerary_item"]
    records.edit(desk, items[0], {"title": Bilingual(en="Tea with the Mayor", zh="与市长茶叙")})
    records.edit(desk, items[0], {"title": Bilingual(en="Tea with the Mayor Li", zh="与李市长茶叙")})
    records.trash(desk, items[1])
    records.add(desk, "itinerary_item", {"owner": visit, "title": Bilingual(en="Photo", zh="合影"),
                                                "when": When("2026-11-24", "08:00", "08:30", tz="Asia/Shanghai")})  # fmt: skip
    english, chinese = sheet(desk, pack), sheet(desk, pack, "zh")
    for said in (
        "Courtesy call on the Mayor",
        "Tea with the Mayor Li",
        "No longer",
        "Photo, Tuesday, 24 November 2026, 08:00–08:30",
        "Programme",
    ):
        assert said in english, said
    assert "与李市长茶叙" in chinese
    assert "Titel" in sheet(desk, pack, "de").splitlines(), "also in a language in which nothing changed"
    assert "Tea with the Mayor\n" not in english, "what it was in between concerns nobody"
    anew = english.partition("Sections to be handed out anew")[2].partition("What")[0]
    assert anew.split() == ["2", "Programme"]
    assert "Internal" in english, "marked as the pack is"


@pytest.mark.parametrize("languages", [("en", "zh"), ("de",), ("es", "zh")])
def test_a_section_that_is_no_longer_in_a_pack_is_named(
    desk: Desk, story: Story, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch, languages: tuple[str, ...]
) -> None:
    visit, chosen = story.one("visit"), ["cover", "contents", "programme", "meetings", "delegation", "protocol"]
    pack = keep(desk, visit, sections=chosen, languages=languages).pack
    assert "no longer in it" not in sheet(desk, pack)
    for meeting in records.listing(desk, "meeting"):
        records.edit(desk, meeting, {"status": "postponed"})
    clock.tick(60)
    renamed = visit_pack._BY_CODE["delegation"]._replace(label=Message("paper", "People"))
    monkeypatch.setitem(visit_pack._BY_CODE, "delegation", renamed)
    monkeypatch.setattr(
        visit_pack, "PARTS", [renamed if each.code == "delegation" else each for each in visit_pack.PARTS]
    )
    again = papers.request(desk, [visit], document="visit_pack", sections=chosen, languages=languages, replaces=pack)
    told = "\n".join(words.text.get("en") or "" for words, _ in all_words(papers.make(desk, again)))
    for said in (told, sheet(desk, pack)):
        lines = said.splitlines()
        at = lines.index("Sections no longer in it")
        assert lines[at + 1] == "2  Meeting briefs"
        assert not lines[at + 2].startswith(("3  ", "4  ")), "what is called otherwise is not gone"


def test_the_change_sheet_tells_a_moved_meeting_once(desk: Desk, story: Story) -> None:
    """Its programme item goes along, so both sections are handed out anew; what else changed of the item is told."""
    talks = desk.read.get(Meeting, story.one("meeting"))
    assert talks is not None
    assert talks.when is not None
    (old,) = (each for each in desk.read.children(story.one("visit"), ItineraryItem) if each.meeting == talks.id)
    records.trash(desk, old.id)
    bare = {
        "title": talks.title,
        "meeting": talks.id,
        "when": replace(talks.when, tz=None),
    }  # the clock is that of its place
    item = records.add(desk, "itinerary_item", {"owner": old.owner, "type": "meeting", **bare})
    assert desk.read.get(Meeting, talks.id).when.tz  # type: ignore[union-attr]
    pack = keep(desk, story.one("visit"), sections=["programme", "meetings"]).pack
    records.edit(desk, talks.id, {"when": replace(talks.when, start="15:00", end="17:00")})
    told = sheet(desk, pack)
    assert [line for line in told.splitlines() if line.startswith("Changed:")] == [
        "Changed: Meeting, Talks on hydrogen buses, Tuesday, 24 November 2026, 15:00–17:00"
    ]
    assert "Programme" in told.partition("Sections to be handed out anew")[2].partition("What")[0]
    records.edit(desk, item, {"dress": "formal"})
    told = sheet(desk, pack)
    assert (told.count("Changed: Programme item"), told.count("Date and time"), told.count("Dress")) == (1, 1, 1)


def test_two_rooms_that_differ_only_in_brackets_are_both_told(desk: Desk, story: Story) -> None:
    talks = story.one("meeting")
    (item,) = (each.id for each in desk.read.children(story.one("visit"), ItineraryItem) if each.meeting == talks)
    for id_, part in ((talks, "north"), (item, "south")):
        records.edit(desk, id_, {"room": f"Hall ({part})"})
    pack = keep(desk, story.one("visit"), sections=["programme", "meetings"]).pack
    for id_, part in ((talks, "north"), (item, "south")):
        records.edit(desk, id_, {"room": f"Hall 2 ({part})"})
    assert {"Hall 2 (north)", "Hall 2 (south)"} <= set(sheet(desk, pack).splitlines())


def test_whoever_joins_is_told_once(desk: Desk, story: Story) -> None:
    pack = keep(desk, story.one("visit"), sections=["delegation"]).pack
    person = records.add(desk, "person", {"name": PersonName("Kelemen", "Ödön")})
    records.add(desk, "participation", {"owner": story.one("visit"), "person": person, "side": "B"})
    told = sheet(desk, pack)
    assert [line for line in told.splitlines() if line.startswith("New:")] == ["New: Participant, Ödön Kelemen"]


def test_another_number_to_call_has_the_contacts_handed_out_anew(desk: Desk, story: Story) -> None:
    pack = keep(desk, story.one("visit"), sections=["glance", "contacts", "actions"]).pack
    records.edit(desk, story.one("visit"), {"duty_phone": "+86 772 0000 999"})
    anew = sheet(desk, pack).partition("Sections to be handed out anew")[2].partition("What")[0]
    assert anew.split() == ["1", "Visit", "at", "a", "glance", "2", "Contacts", "and", "emergency"]


def test_the_change_sheet_tells_what_was_written_in_either_of_two_records_read_as_one(desk: Desk, story: Story) -> None:
    known = story.ids["person"][4]
    other = records.add(desk, "person", {"email": "second@example.org"})
    shown = duplicates.say_same(desk, known, other)
    hidden = other if shown == known else known
    pack = keep(desk, story.one("visit"), sections=["delegation", "contacts"]).pack
    with desk.save(["record.edit", {}]) as work:  # as it comes from a desk that has not heard of it
        person = work.get(Person, hidden)
        person.email, person.pronunciation = "unseen@example.org", "gan-dah-rah"
    told = sheet(desk, pack)
    assert "gan-dah-rah" in told
    assert "unseen@example.org" not in told, "the record that is shown says another one"


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_change_sheet_tells_no_more_than_the_pack_may(desk: Desk, story: Story, edition: str) -> None:
    pack = keep(desk, story.one("visit"), edition=edition, sections=["days", "meetings"]).pack
    for id_ in story.ids["itinerary_item"]:
        records.edit(desk, id_, {"internal_note": Bilingual(en="MARKED new")})
    records.edit(desk, story.ids["person"][0], {"mobile": "MARKED 601", "habits": "MARKED drinks"})
    records.edit(desk, story.one("meeting"), {"do_not_raise": Bilingual(en="MARKED red line")})
    records.trash(desk, next(i for i in story.ids["itinerary_item"] if "internal" in desk.read.titles([i], "en")[i]))
    target = io.BytesIO()
    papers.brief(desk, [pack], target)
    shown = text(target.getvalue())
    assert ("MARKED" in shown) == CIRCLES[edition].is_own
    assert ("MARKED red line" in shown) == (edition == "principal")


def test_nothing_is_kept_of_a_copy_that_was_not_made(desk: Desk, story: Story, tmp_path: Path) -> None:
    visit = story.one("visit")
    asked = papers.request(desk, [visit], document="visit_pack")
    with user_error("paper-not-written"):
        packs.print_pack(desk, asked, tmp_path / "no" / "pack.pdf")
    with user_error("no-pack-of"):
        packs.print_pack(desk, papers.request(desk, [story.one("place")], document="address_cards"), io.BytesIO())
    assert packs.packs_of(desk, visit) == []


def test_other_documents_are_kept_too(desk: Desk, story: Story) -> None:
    asked = papers.request(desk, [story.one("ucap")], document="at_a_glance", languages=["zh"])
    printed = packs.print_pack(desk, asked, io.BytesIO())
    assert printed.version == 1
    assert "Nothing has changed since." in sheet(desk, printed.pack)


def test_a_pack_of_a_newer_program_is_listed_and_refused_in_a_sentence(desk: Desk, story: Story) -> None:
    visit = story.one("visit")
    for said in ({"document": "hologram"}, {"document": "visit_pack", "edition": "astronauts"},
                 {"document": "visit_pack", "sections": "cover,moon,page=A4"}, {"document": "visit_pack", "sections": "x=y"}):  # fmt: skip
        pack = records.add(desk, "pack", {"owner": visit, "title": Bilingual(en="Pack"), **said})
        assert next(info for info in packs.packs_of(desk, visit) if info.id == pack).changed
        with pytest.raises(UserError):
            papers.paper(desk, [pack], document="change_sheet")


class Visit(NamedTuple):
    """A visit whose pack is printed with files at its end."""

    desk: Desk
    id: str

    def attach(self, name: str, content: bytes, title: Bilingual | None = None, **more: object) -> str:
        file = attached_files.attach_bytes(self.desk, self.id, name, content)
        records.edit(self.desk, file, {"title": title, **more})
        return file

    def printed(self, append: str, **choices: object) -> bytes:
        target = io.BytesIO()
        asked = {"sections": ["cover", "contents", "delegation", "annexes"], **choices}
        papers.brief(self.desk, [self.id], target, document="visit_pack", options={"append": append}, **asked)  # type: ignore[arg-type]
        return target.getvalue()


@pytest.fixture
def visit(second_desk: Desk, second_story: SecondStory) -> Visit:
    return Visit(second_desk, second_story["visit"])


INVITATION = Bilingual(en="Invitation of the city", zh="市政府邀请函")


def outline(pdf: bytes) -> list[tuple[str, int]]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        marks = [(each.get_title(), each.get_dest()) for each in document.get_toc()]
        return [(title, dest.get_index() + 1) for title, dest in marks if dest is not None]
    finally:
        document.close()


def pages(pdf: bytes) -> int:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


@pytest.mark.row("X6")
@pytest.mark.parametrize("layout", ["side-by-side", "facing"])
def test_a_file_has_its_place_in_contents_outline_and_page_numbers(visit: Visit, layout: str) -> None:
    file = visit.attach("invitation.pdf", foreign_pdfs.invitation(3), INVITATION)
    without = visit.printed("", layout=layout)
    pdf = visit.printed(file, layout=layout)
    assert pages(pdf) - pages(without) == (3 if layout == "side-by-side" else 4), "on facing pages an even number"
    at = dict(outline(pdf))
    (title,) = (each for each in at if "Invitation of the city" in each)
    assert "市政府邀请函" in title or layout == "facing"
    text = extracted(pdf)
    assert f"Page {pages(pdf)} of {pages(pdf)}" in text, "they are numbered with the others"
    contents = text[: text.index("Page 2 of")] if "Page 2 of" in text else text
    assert "Invitation of the city" in text[: len(contents) + 4000]
    assert "Annexes" not in extracted(without)


@pytest.mark.row("X6")
def test_contents_name_the_file_and_lead_to_it_in_word_too(visit: Visit, tmp_path: Path) -> None:
    """Also those of a whole pack, which name no other parts of parts."""
    file = visit.attach("invitation.pdf", foreign_pdfs.invitation(3), INVITATION)
    pdf = visit.printed(file, sections=())
    assert [each.text for each in drawn_lines(pdf) if each.page == 2 and "Invitation of the city" in each.text]
    paper = papers.paper(visit.desk, [visit.id], document="visit_pack", options={"append": file})
    word_papers.write_paper(paper, tmp_path / "pack.docx")
    body = docx.Document(str(tmp_path / "pack.docx")).element.body
    links = {"".join(each.itertext()): each.get(qn("w:anchor")) for each in body.iter(qn("w:hyperlink"))}
    (anchor,) = (to for text, to in links.items() if "Invitation of the city" in text)
    marks = [(at.get(qn("w:name")), p) for p in body.iter(qn("w:p")) for at in p.iter(qn("w:bookmarkStart"))]
    (heading,) = (p for name, p in marks if name == anchor)
    assert "Invitation of the city" in "".join(heading.itertext())
    assert [each.get(qn("w:val")) for each in heading.iter(qn("w:outlineLvl"))] == ["0"], (
        "Word keeps it in its contents"
    )


def test_what_is_filled_in_and_written_can_be_seen_and_heard(visit: Visit) -> None:
    file = visit.attach("invitation.pdf", foreign_pdfs.invitation(), INVITATION)
    pdf = visit.printed(file)
    figures = [each.text for page in heard(pdf) for each in page if each.role == "Figure"][-2:]
    assert figures == [
        "Invitation of the city, page 1 of 2: Invitation to Zhengzhou, sheet 1",
        "Invitation of the city, page 2 of 2: Invitation to Zhengzhou, sheet 2",
    ]
    filled, empty = (pdf_pages("a.pdf", foreign_pdfs.invitation(value=value))[0] for value in ("Filled in", ""))
    assert filled.picture != empty.picture, "what was typed into its form is drawn"


def test_nothing_of_the_file_itself_comes_along_and_the_same_request_gives_the_same_bytes(visit: Visit) -> None:
    file = visit.attach("invitation.pdf", foreign_pdfs.invitation(), INVITATION)
    pdf = visit.printed(file)
    assert pdf == visit.printed(file)
    for sign in (foreign_pdfs.MARK, "/JavaScript", "/JS", "/AcroForm", "/EmbeddedFile", "/Launch", "/OpenAction"):
        assert sign.encode() not in pdf


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (foreign_pdfs.invitation(password="secret"), "password"),
        (b"%PDF-1.7 torn", "damaged"),
        (b"", "damaged"),
        (foreign_pdfs.invitation()[:900], "damaged"),
        (foreign_pdfs.with_program(), "program"),
        (foreign_pdfs.many_pages(10_000), "10000 pages"),
        (foreign_pdfs.looping(), "damaged"),
        (foreign_pdfs.forms("/X Do /X Do"), "damaged"),
    ],
    ids=["encrypted", "torn", "empty", "cut", "program", "ten thousand pages", "loop", "forms"],
)
def test_a_hostile_file_is_refused_in_a_sentence(visit: Visit, content: bytes, why: str, tmp_path: Path) -> None:
    file = visit.attach("trap.pdf", content)
    asked = papers.request(
        visit.desk, [visit.id], document="visit_pack", sections=["annexes"], options={"append": file}
    )
    with user_error("not-appended", match=why) as refused:
        packs.print_pack(visit.desk, asked, tmp_path / "pack.pdf")
    assert "Nothing was written" in str(refused.value)
    assert not (tmp_path / "pack.pdf").exists()
    assert packs.packs_of(visit.desk, visit.id) == []


def test_as_many_pages_as_are_allowed_are_appended(visit: Visit) -> None:
    file = visit.attach("long.pdf", foreign_pdfs.many_pages(MOST_PAGES))
    assert pages(visit.printed(file)) > MOST_PAGES


def test_an_internal_file_is_for_the_own_side_alone(visit: Visit) -> None:
    file = visit.attach("plan.pdf", foreign_pdfs.invitation(1), INVITATION, internal=True)
    with user_error("not-appended", match="internal"):
        visit.printed(file, edition="hosts")
    assert "Invitation of the city" not in extracted(visit.printed("all", edition="hosts"))
    assert "Invitation of the city" in extracted(visit.printed(file, edition="principal"))
    with user_error("unknown-choice"):
        visit.printed("no-such-file")


def test_several_come_in_the_order_asked_and_again_with_the_pack(visit: Visit) -> None:
    first = visit.attach("a.pdf", foreign_pdfs.invitation(1), Bilingual(en="First file"))
    second = visit.attach("b.pdf", foreign_pdfs.invitation(1) + b"\n", Bilingual(en="Second file"))
    at = dict(outline(visit.printed(f"{second}+{first}")))
    places = [page for title, page in at.items() if "file" in title]
    assert next(title for title in at if "file" in title).endswith("Second file")
    assert places == sorted(places)
    asked = papers.request(
        visit.desk, [visit.id], document="visit_pack", sections=["annexes"], options={"append": f"{second}+{first}"}
    )
    pack = packs.print_pack(visit.desk, asked, io.BytesIO()).pack
    assert request_of(visit.desk, pack).options["append"] == f"{second}+{first}"
