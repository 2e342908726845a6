"""Papers of the family that were not written here: what a person would record of them is found, and no word is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.paper_facts import PAPERS, Score, gold, lost_words, scored
from ucapdesk.formats.glance.glance_records import drafts
from ucapdesk.formats.glance.glance_table import read
from ucapdesk.formats.glance.understand import understand
from ucapdesk.services.files import imports

RECALL, PRECISION = 0.95, 0.98
GOLD = gold()


@pytest.fixture(scope="module")
def scores() -> dict[str, Score | str]:
    return {name: scored(PAPERS / name, wanted) for name, wanted in GOLD.items()}


@pytest.mark.parametrize("name", GOLD)
def test_what_a_person_would_record_is_found(name: str, scores: dict[str, Score | str]) -> None:
    score = scores[name]
    assert isinstance(score, Score), score
    assert score.recall >= RECALL, score.missing
    assert score.precision >= PRECISION, score.wrong


def test_each_kind_of_file_of_a_paper_says_the_same(scores: dict[str, Score | str]) -> None:
    by_paper: dict[str, list[float]] = {}
    for name, score in scores.items():
        by_paper.setdefault(Path(name).stem, []).append(score.recall if isinstance(score, Score) else 0.0)
    assert all(max(found) - min(found) <= 0.02 for found in by_paper.values())


@pytest.mark.parametrize("name", [path.name for path in sorted(PAPERS.iterdir()) if path.name[:2].isdigit()])
def test_no_word_reaches_neither_a_field_nor_an_oddity(name: str) -> None:
    assert lost_words(PAPERS / name) == []


def test_what_closes_a_letter_is_told_as_that(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text((PAPERS / "09-chongqing-mannheim.txt").read_text("utf-8") + "\n\nKind regards\n\nAnna\n", "utf-8")
    said = [odd.what.say("en") for odd in understand(read(path)).oddities]
    assert "The paper closes with “Kind regards”." in said
    assert not any("e-mail says" in each for each in said)


MUNICIPAL = """# The Urban Cooperation Action Plan (UCAP) at a Glance

| | | |
|---|---|---|
| Cities | Zibo 淄博市 | Comune di Brescia |
| State/Country | Shandong, China | Lombardia, Italy |
| Date of city visit to counterpart city | Zibo in Brescia: 3–6 June 2019; 21–24 October 2023 | Brescia delegation to Zibo, 2–5 April 2024 |
| Cooperation themes – including reference to SDG and to the Urban Agenda of the EU | Air quality: Joint monitoring of PM2.5 (SDG 11.6, EU UP Air Quality) | |
| Main Objective of UCAP | Two pilot projects | |
| Short description of main activities and key outputs | • 1st meeting 14 May 2021 (online): Topics:<br>o network of sensors<br>o exchange of ceramic artists<br>• 2nd meeting 2–5 April 2024 (Zibo / Jinan): Signing | |
| Zibo contact person | Ms Sun Min (Zibo Ceramics Museum) | |
"""


def test_cities_called_as_authorities_or_in_two_scripts_are_found_wherever_they_are_named(tmp_path: Path) -> None:
    file = tmp_path / "zibo.md"
    file.write_text(MUNICIPAL, encoding="utf-8")
    (glance,) = imports.read_papers(file)
    made = drafts(glance)
    (ucap,) = (draft.values for draft in made if draft.kind == "ucap")
    assert (ucap["title"], ucap["reference"]) == ({"en": "Zibo – Comune di Brescia"}, "UCAP-ZIBO")
    assert [(visit.date.edtf, visit.hosts, visit.other_places) for visit in glance.visits] == [
        ("2019-06-03/2019-06-06", ("Comune di Brescia",), ()),
        ("2023-10-21/2023-10-24", ("Comune di Brescia",), ()),
        ("2024-04-02/2024-04-05", ("Zibo 淄博市",), ("Jinan",)),
    ]
    assert [meeting.places for meeting in glance.meetings] == [(), ("Zibo 淄博市", "Jinan")]
    assert glance.meetings[0].topics == ("network of sensors", "exchange of ceramic artists")
    assert [(theme.name, theme.sdgs[0].goals, theme.partnerships[0].code) for theme in glance.themes] == [
        ("Air quality", (11,), "air_quality")
    ]
    assert [(contact.family, contact.group) for contact in glance.contacts] == [("Sun", "A")]
    assert glance.accounted is not None
    assert glance.accounted.nothing == ()
