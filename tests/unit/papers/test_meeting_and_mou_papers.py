"""What minutes, MoU papers, letters, lists of actions, reports and briefs say."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from tests.helpers.clock import FrozenClock
from tests.helpers.second_story import NAME as ZHENGZHOU
from tests.unit.papers.conftest import Told
from tests.unit.papers.printed import made, said, tables
from tests.unit.papers.story import Story, tell
from ucapdesk.briefing.blocks.content import Letter, Signatures, Text, all_words
from ucapdesk.briefing.blocks.elements import Chart
from ucapdesk.model.kinds.visit_kinds import AgendaItem
from ucapdesk.model.values import Bilingual, Counts, PartialDate, PersonName, Refs, When
from ucapdesk.papers import printing as papers
from ucapdesk.services import Desk, home
from ucapdesk.services.records import lists, records


def test_a_meeting_has_an_agenda_before_and_minutes_after(desk: Desk, story: Story) -> None:
    after = made(desk, story, "minutes", "meeting")
    assert after.meta.document.text["en"] == "Minutes"
    assert {"Summary", "Actions", "Agreed by", "Decision (Liuzhou)"} <= set(said(after))
    before = made(desk, story, "minutes", "meeting", options={"form": "agenda"})
    assert before.meta.document.text["en"] == "Agenda"
    assert "90 minutes in all" in said(before), "without the internal point"
    assert "Agreed by" not in said(before)


def test_lines_to_take_stay_with_the_own_side(desk: Desk, story: Story) -> None:
    own = made(desk, story, "minutes", "meeting", edition="delegation", options={"form": "agenda"})
    assert {"MARKED line", "MARKED red lines", "Internal, not to be handed on"} <= set(said(own))
    outside = made(desk, story, "minutes", "meeting", edition="hosts", options={"form": "agenda"})
    assert not any("MARKED" in text for text in said(outside))
    assert "Internal, not to be handed on" not in said(outside)


def test_actions_stand_under_whoever_has_them_and_late_ones_say_so(desk: Desk, story: Story) -> None:
    texts = said(made(desk, story, "action_list", "visit"))
    assert texts.index("Ms Bettina Stollar") < texts.index("Ms CHEN Yan")
    assert "overdue" in texts
    assert "Send the data, part 1" not in texts, "it is done"
    assert "Send the data, part 1" in said(made(desk, story, "action_list", "visit", options={"which": "all"}))


def test_the_register_counts_what_was_reported_beside_what_is_recorded(desk: Desk, story: Story) -> None:
    paper = made(desk, story, "mou_register", "ucap", edition="hosts")
    (table,) = tables(paper)
    assert paper.page.landscape
    assert len(table.rows) == 3
    assert {"2 reported, 3 recorded", "M-001", "May 2028", "Signed copy missing"} <= set(said(paper))


def test_a_sheet_says_when_an_mou_ends_and_that_it_was_computed(desk: Desk, story: Story) -> None:
    in_force = story.ids["agreement"][1]
    paper = papers.make(desk, papers.request(desk, [in_force], document="mou_sheet"))
    assert "May 2028 (computed)" in said(paper)
    assert "2028年5月（推算）" in said(paper, "zh")
    assert "Article 1" not in said(paper)
    full = papers.make(desk, papers.request(desk, [in_force], document="mou_sheet", options={"text": "yes"}))
    assert "Article 1" in said(full)


def test_mous_called_the_same_are_told_by_their_parties_in_the_order_of_those_who_sign(
    own: Desk, add: Callable[..., str]
) -> None:
    day = PartialDate("2026-11-24")
    ucap = add("ucap", title=Bilingual(en="Plan"))
    head, *others = (add("person", name=PersonName(name, "Eva")) for name in "HAB")
    visit = add("visit", title=Bilingual(en="Visit"), dates=day, ucaps=Refs([ucap]), travelling_side="B", head=head)
    for person in (head, *others):
        add("participation", owner=visit, person=person, side="B")
    for name, person in zip("XYZ", (*others, head), strict=True):
        mou = add("agreement", title=Bilingual(en="Pact"), ucap=ucap, status="ready_to_sign", signing_planned=day)
        party = add("agreement_party", owner=mou, free_name=Bilingual(en=f"City of {name}"), side="B")
        add("signatory", owner=mou, party=party, person=person)
    texts = said(papers.paper(own, [visit], document="visit_pack", sections=["glance", "signing"]))
    told = [text for text in texts if text.startswith("Pact")]
    assert told == ["Pact (City of Z)", "Pact (City of X)", "Pact (City of Y)"] * (len(told) // 3)
    assert told
    status = said(papers.paper(own, [visit], document="visit_pack", sections=["mous"]))
    assert [text for text in status if text.startswith("City of")] == ["City of Z", "City of X", "City of Y"]


def test_an_mou_without_a_title_is_told_by_its_number_on_every_paper(own: Desk, add: Callable[..., str]) -> None:
    ucap, signs = add("ucap", title=Bilingual(en="Plan")), add("person", name=PersonName("Mo", "Eva"))
    mou = add("agreement", reference="M-7", ucap=ucap, status="signed", signed=PartialDate("2024-11"))
    party = add("agreement_party", owner=mou, free_name=Bilingual(en="City"), side="B", role="party")
    add("signatory", owner=mou, party=party, person=signs)
    asked = (
        (mou, "mou_sheet"),
        (mou, "mou_register"),
        (mou, "signing_sheet"),
        (signs, "person_brief"),
        (ucap, "partnership"),
    )
    assert {name: "M-7" in said(papers.paper(own, [id_], document=name)) for id_, name in asked} == {
        name: True for _, name in asked
    }
    first, *_ = papers.paper(own, [mou], document="signature_pages").sections[0].blocks
    assert isinstance(first, Text)
    assert first.paras[0].words.text["en"] == "M-7"


@pytest.mark.row("B3")
def test_in_each_copy_to_sign_the_party_that_keeps_it_stands_first(desk: Desk, story: Story) -> None:
    paper = made(desk, story, "signature_pages", "agreement")
    copies = [block for section in paper.sections for block in section.blocks if isinstance(block, Signatures)]
    first = ["For Liuzhou Municipal People's Government", "For City of Granada"]
    assert [[each.party.text["en"] for each in copy.parties] for copy in copies] == [first, first[::-1]]
    assert copies[0].parties[0].party.text["zh"] == "柳州市人民政府代表"
    assert copies[0].parties[0].name is not None


@pytest.mark.row("B3")
def test_a_page_to_sign_has_one_sentence_a_block_for_each_party_and_nothing_of_ours(
    told: Told,
) -> None:
    """Place and date, originals and authentic texts in one sentence; no head, no foot, no name of who printed it."""
    desk, story = told(ZHENGZHOU)
    mou = next(id_ for id_ in story.ids["agreement"] if "Sponge-City" in records.titles(desk, [id_], "en")[id_])
    paper = papers.make(desk, papers.request(desk, [mou], document="signature_pages"))
    assert (
        "Done at Zhengzhou on 14 April 2027, in three originals, each in English and Chinese, all texts being equally authentic."
        in said(paper)
    )
    assert "本备忘录于2027年4月14日在郑州签署，一式三份，每份均用中英文写成，各语言文本同等作准。" in said(paper, "zh")
    file = io.BytesIO()
    assert papers.render(paper, file).pages == 3
    document = pypdfium2.PdfDocument(file.getvalue())
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    firsts = ("Zhengzhou Municipal", "City of Łódź Office", "Municipality of Thessaloniki")
    for text, first in zip(pages, firsts, strict=True):
        assert text.count("代表") == 3
        assert text.index(f"For {first}") == min(text.index(f"For {each}") for each in firsts), "its own party first"
        assert not {"Page", "UTC", "Signature pages", "Kowalska"} & set(re.split(r"[\s·()]+", text)), text


def test_originals_that_nobody_translated_are_signed_without_a_tag(own: Desk, add: Callable[..., str]) -> None:
    mou = add("agreement", title=Bilingual(en="Pact", zh="协议"), originals=Bilingual(zh="中英文各一式两份"))
    add("agreement_party", owner=mou, side="A", free_name=Bilingual(en="A", zh="甲"))
    paper = papers.make(own, papers.request(own, [mou], document="signature_pages"))
    (sentence,) = {text for text in said(paper) if text.startswith("Done at")}
    assert sentence.endswith(", 中英文各一式两份.")


def test_originals_that_are_counted_are_said_in_the_sentence_to_sign(own: Desk, add: Callable[..., str]) -> None:
    mou = add(
        "agreement",
        title=Bilingual(en="Pact", zh="协议"),
        type="mou",
        originals_by_language=Counts({"en": 2, "zh": 2}),
        authentic_text="zh",
    )
    add("agreement_party", owner=mou, side="A", free_name=Bilingual(en="A", zh="甲"))
    port, who = add("organisation", name=Bilingual(en="Havn A/S")), add("person", name=PersonName("Bo", "Lars"))
    add("affiliation", owner=who, post=Bilingual(en="Officer"), main=True)
    add("agreement_party", owner=mou, side="B", organisation=port, represented_by=who)
    paper = papers.make(own, papers.request(own, [mou], document="signature_pages"))
    shown = {
        once.text for words, _ in all_words(paper) if (once := words.shown("zh", ("en", "zh"))) and not once.stands_in
    }
    assert {"Havn A/S代表", "Lars Bo", "Officer"} <= shown, "what is signed bears no tags"
    (sentence,) = {text for text in said(paper) if text.startswith("Done at")}
    assert sentence.endswith(
        ", in two originals, each in English and Chinese, the Chinese text prevailing in case of divergence."
    )
    assert any(
        text.endswith("一式两份，每份均用中文和英文写成，如有分歧，以中文本为准。") for text in said(paper, "zh")
    ), [text for text in said(paper, "zh") if "签署" in text]


def test_the_sheet_of_an_mou_names_what_amended_or_superseded_it(own: Desk, add: Callable[..., str]) -> None:
    mou = add("agreement", title=Bilingual(en="Pact", zh="协议"))
    for title, status, field in (
        ("First", "signed", "amends"),
        ("Off", "cancelled", "amends"),
        ("New", "signed", "supersedes"),
    ):
        add("agreement", title=Bilingual(en=title), reference=f"No {title}", status=status, **{field: mou})
    texts = said(papers.paper(own, [mou], document="mou_sheet", languages=["en"]))
    assert [texts[texts.index(label) + 1] for label in ("Superseded by", "Amended by")] == [
        "New (No New)",
        "First (No First)",
    ]
    assert "Off (No Off)" not in texts


def test_the_sheet_of_an_mou_names_who_signs_also_where_no_party_is_recorded(
    own: Desk, add: Callable[..., str]
) -> None:
    mou = add("agreement", title=Bilingual(en="Port exchange"))
    add("signatory", owner=mou, person=add("person", name=PersonName(given="Ana", family="Nowak")))
    assert "Ana Nowak" in said(papers.paper(own, [mou], document="mou_sheet", languages=["en"]))


def test_the_papers_of_an_mou_tell_what_is_late_the_last_day_for_notice_and_no_step_put_off(
    own: Desk, add: Callable[..., str]
) -> None:
    plan = add("ucap", title=Bilingual(en="Plan"))
    mou = add("agreement", title=Bilingual(en="Pact"), ucap=plan, status="in_force", expires=PartialDate("2027-12-31"),
              renewal="automatic", notice_days=30)  # fmt: skip
    add("obligation", owner=mou, text=Bilingual(en="Promise"), due=PartialDate("2026-09-01"))
    add("obligation", owner=mou, text=Bilingual(en="Kept"), due=PartialDate("2026-09-01"), status="done")
    add("action_item", owner=mou, text=Bilingual(en="Put off"), due=PartialDate("2026-09-01"), status="deferred")
    texts = said(papers.paper(own, [mou], document="mou_sheet", languages=["en"]))
    assert texts[texts.index("Last day for notice") + 1] == "1 December 2027"
    assert texts.count("overdue") == 1
    visit = add("visit", title=Bilingual(en="Visit"), ucaps=Refs([plan]), dates=PartialDate("2026-11-23/2026-11-25"))
    pack = papers.paper(own, [visit], document="visit_pack", edition="principal", languages=["en"], sections=["mous"])
    assert "Promise" in said(pack)
    assert "Put off" not in said(pack)


def test_the_pages_to_sign_say_where_and_when_as_the_signing_sheet_does(own: Desk, add: Callable[..., str]) -> None:
    city = add("place", type="city", name=Bilingual(en="Turku", zh="图尔库"))
    hall = add("place", type="venue", name=Bilingual(en="Castle", zh="城堡"), parent=city)
    when = When("2026-12-15", "10:00", "11:00", tz="Europe/Helsinki")
    meeting = add("meeting", title=Bilingual(en="Signing"), type="signing", when=when, places=Refs([hall]))
    ucap = add("ucap", title=Bilingual(en="UCAP"))
    mou = add(
        "agreement", title=Bilingual(en="Pact", zh="协议"), ucap=ucap, signing_meeting=meeting, status="ready_to_sign"
    )
    add("agreement_party", owner=mou, side="A", free_name=Bilingual(en="A", zh="甲"))
    assert "Castle" in said(papers.paper(own, [mou], document="signing_sheet"))
    pages = said(papers.paper(own, [mou], document="signature_pages"))
    assert [text for text in pages if text.startswith("Done at")] == ["Done at Turku on 15 December 2026."]
    thrown = add("place", type="venue", name=Bilingual(en="Gone"))
    records.edit(own, mou, {"signing_place": thrown, "signing_planned": PartialDate("2027-01-20")})
    records.trash(own, thrown)
    assert "Castle" in said(papers.paper(own, [mou], document="signing_sheet")), "a place in the Trash is none"
    records.edit(own, meeting, {"status": "postponed"})
    for document, day in (
        ("signing_sheet", "20 January 2027"),
        ("signature_pages", "Done at Turku on 20 January 2027."),
    ):
        texts = said(papers.paper(own, [mou], document=document))
        assert day in texts
        assert not any("15 December" in text for text in texts), "the day of a meeting that is called off is none"
    records.edit(own, mou, {"signing_planned": PartialDate("2026-12-15")})
    visit = add("visit", title=Bilingual(en="Visit"), dates=PartialDate("2026-12-14/2026-12-16"), ucaps=Refs([ucap]))
    told = [
        papers.paper(own, [mou], document="signature_pages"),
        papers.paper(own, [visit], sections=["glance", "mous"]),
        *(papers.paper(own, [mou], document=each) for each in ("mou_register", "mou_sheet")),
    ]
    assert not any("15 Dec" in text or "To be signed" in text for each in told for text in said(each)), "nor is its day"


@pytest.mark.parametrize(("travelling", "said_first"), [("A", "Bianchi"), ("B", "Li")])
def test_whoever_chairs_for_the_hosts_is_named_first(
    own: Desk, add: Callable[..., str], travelling: str, said_first: str
) -> None:
    li, bianchi = (add("person", name=PersonName(None, name)) for name in ("Li", "Bianchi"))
    visit = add("visit", title=Bilingual(en="Visit"), dates=PartialDate("2027-03"), travelling_side=travelling)
    meeting = add("meeting", title=Bilingual(en="Talks"), visit=visit, chair_a=li, chair_b=bianchi)
    hall = add("place", name=Bilingual(en="Town Hall"))
    add("itinerary_item", owner=visit, meeting=meeting, place=hall, room="Room 5", title=Bilingual(en="Talks"))
    for name, role in (("Rossi", "delegate"), ("Verdi", "driver")):
        add("participation", owner=visit, person=add("person", name=PersonName(None, name)), role=role, side=travelling)
    for form in ("agenda", "minutes"):
        texts = said(papers.paper(own, [meeting], document="minutes", options={"form": form}))
        (chairs,) = (text for text in texts if "Li" in text and "Bianchi" in text)
        assert chairs.startswith(said_first)
        assert any("Rossi" in text for text in texts)
        assert "Town Hall, Room 5" in texts, "where its point of the programme is"
        assert not any("Verdi" in text for text in texts), "who drives the delegation is not at the table"


def test_a_signing_sheet_has_the_table_with_assistants_at_the_outer_ends(desk: Desk, story: Story) -> None:
    texts = said(made(desk, story, "signing_sheet", "agreement"))
    assert {"Who signs", "Ms CHEN Yan", "Assistant to the signatory", "Exchange", "Checked by"} <= set(texts)


def letter(desk: Desk, story: Story, document: str, **options: str) -> list[Letter]:
    paper = made(desk, story, document, options=options)
    return [block for section in paper.sections for block in section.blocks if isinstance(block, Letter)]


def test_an_invitation_goes_from_the_host_to_the_head_of_the_delegation(desk: Desk, story: Story) -> None:
    (one,) = letter(desk, story, "invitation_letter")
    assert (one.salutation.text["en"], one.salutation.text["zh"]) == (
        "Dear Deputy Mayor Gándara",
        "尊敬的甘达拉副市长",
    )
    assert one.sender[0].text["en"] == "Liuzhou Municipal People's Government"
    assert "visit Liuzhou from 23 to 25 November 2026" in (one.body[0].words.text["en"] or "")
    assert "于2026年11月23日至25日访问柳州" in (one.body[0].words.text["zh"] or "")


@pytest.mark.row("B11")
def test_thanks_go_to_the_first_host_or_to_each(desk: Desk, story: Story) -> None:
    (one,) = letter(desk, story, "thank_you_letter")
    assert one.salutation.text["zh"] == "尊敬的李市长"
    assert one.signature[0].text["en"] == "Pablo Gándara"
    salutations = [each.salutation.text["en"] for each in letter(desk, story, "thank_you_letter", to="each")]
    assert salutations == ["Dear Mayor Li", "Dear Director Chen", "Dear Director Wu", "Dear Mr Zhang"]


def test_a_report_tells_costs_only_to_the_principal(desk: Desk, story: Story) -> None:
    principal = said(made(desk, story, "visit_report", edition="principal"))
    assert {"Costs", "Programme carried out", "People met", "Commitments", "Follow-up"} <= set(principal)
    assert "Costs" not in said(made(desk, story, "visit_report", edition="hosts"))


@pytest.mark.row("B13")
def test_a_brief_tells_what_was_signed_given_and_promised(desk: Desk, story: Story) -> None:
    texts = said(made(desk, story, "person_brief", "person"))
    assert {"Mr LI Mingyu", "Talks on hydrogen buses", "MoU on hydrogen buses", "peanuts"} <= set(texts)
    assert "Given: Ceramic plate, to Mr LI Mingyu (23–25 November 2026)" in texts
    assert "MARKED +34 600 000 000" not in texts, "private numbers only where they were asked for"
    asked = made(desk, story, "person_brief", "person", private_numbers=True)
    assert "MARKED +34 600 000 000" in said(asked)
    assert "Other posts" not in texts


@pytest.mark.row("X17")
def test_a_dashboard_counts_each_thing_once_and_draws_its_bars(desk: Desk, story: Story) -> None:
    paper = made(desk, story, "dashboard_report", "ucap")
    charts = [block for section in paper.sections for block in section.blocks if isinstance(block, Chart)]
    assert [[bar.values for bar in chart.bars] for chart in charts] == [
        [(1, 1)], [(1,), (1,), (0,), (1,), (0,)], [(2,), (1,), (1,)], [(1,)],
    ]  # fmt: skip
    assert {"3 recorded, of them 1 signed, 2 reported", "4 in all, 3 open, 1 late"} <= set(said(paper))


def test_what_became_late_since_it_was_written_is_late_on_paper_as_on_home(tmp_path: Path, clock: FrozenClock) -> None:
    with Desk.create(tmp_path / "w", name="Liuzhou", person="Ana", clock=clock) as own:
        told = tell(own)
        clock.tick(400 * 86_400)
        late = len(lists.ids(own, home.OVERDUE))
        assert late > 1
        paper = papers.paper(own, [told.one("ucap")], document="dashboard_report")
        assert f"4 in all, 3 open, {late} late" in said(paper)


def test_a_directory_is_ordered_by_side_or_by_the_alphabet(desk: Desk, story: Story) -> None:
    texts = said(made(desk, story, "contact_directory", options={"order": "alphabet"}))
    people = [text for text in texts if text.startswith(("Mr ", "Ms "))]
    assert people == ["Ms CHEN Yan", "Mr Pablo Gándara", "Mr LI Mingyu", "Ms Bettina Stollar", "Mr WU Wenneng", "Mr ZHANG Wei",
                      "Mr Łukasz Żółkowski"]  # fmt: skip
    assert not any("MARKED" in text for text in texts)


@pytest.mark.parametrize("document", ["itinerary", "day_sheet"])
def test_the_programme_can_be_printed_for_one_day(desk: Desk, story: Story, document: str) -> None:
    texts = " ".join(said(made(desk, story, document, options={"day": "2026-11-24"})))
    assert "24 November 2026" in texts
    assert "25 November 2026, Liuzhou" not in texts


def test_chinese_names_the_house_before_the_post(desk: Desk, story: Story) -> None:
    paper = papers.paper(desk, [story.one("meeting")], document="minutes")
    texts = [words.text for words, _ in all_words(paper)]
    assert {"en": "Mayor, Liuzhou Municipal People's Government", "zh": "柳州市人民政府市长"}.items() <= next(
        text for text in texts if (text.get("zh") or "").endswith("政府市长")
    ).items()


def test_a_register_of_several_is_titled_by_what_they_share(desk: Desk, story: Story) -> None:
    paper = papers.paper(desk, story.ids["agreement"], document="mou_register")
    assert paper.title.text["en"] == "Liuzhou – Granada · 3 MoUs"


def test_a_point_that_was_not_reached_says_so_once_others_are_ticked(tmp_path: Path, clock: FrozenClock) -> None:
    with Desk.create(tmp_path / "w", name="Liuzhou", person="Ana", clock=clock) as own:
        told = tell(own)
        meeting = told.one("meeting")
        records.add(own, "agenda_item", {"title": Bilingual(en="Any other business", zh="其他"), "owner": meeting})
        first, *_, last = own.read.children(meeting, AgendaItem)

        def late() -> list[str]:
            made = papers.paper(own, [meeting], document="minutes", options={"form": "minutes"}).sections
            return [
                each.heading.text["en"] or "" for each in made if each.heading and "Not dealt with" in str(each.blocks)
            ]

        assert late() == []
        records.edit(own, first.id, {"done": True})
        assert "Any other business" in late()
        assert "Opening" not in late(), "what was written down was dealt with"
        records.edit(own, last.id, {"done": True})
        assert "Any other business" not in late()
