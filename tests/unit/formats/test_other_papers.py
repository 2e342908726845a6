"""Papers of the family that were not written here: what a person would record of them is found, and no word is lost."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.helpers.paper_facts import PAPERS, Score, facts, gold, lost_words, scored
from ucapdesk.formats.glance.extract import understand
from ucapdesk.formats.glance.glance_table import read
from ucapdesk.formats.glance.record_drafts import drafts
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


TWO_CITIES = """# UCAP at a Glance

| | | |
|---|---|---|
| Cities | Zibo | Brescia |
| State/Country | Shandong, China | Lombardia, Italy |
| Main objective | Two pilot projects | |
"""
# A paper to which a row is added, with the rows that none lacks; the cells below are as offices type them.
ESSENTIAL = {"Cooperation themes": "Air: Sensors (SDG 11)", "Main activities": "1st meeting, 3 May 2018 (Zibo): Talks"}
TYPED: dict[str, tuple[str, set[tuple[str, ...]]]] = {
    "references on a line of their own": (
        "Cooperation themes | Mobility: Tram<br>SDG 11, Partnership Urban Mobility<br>Water: Leaks (SDG 6)<br>EU UP Water |",
        {("sdg", "Mobility", "11"), ("up", "Mobility", "urban_mobility"), ("project", "Tram"), ("project", "Leaks")},
    ),
    "references behind the name": (
        "Cooperation themes | Mobility (SDG 11): Tram; Bus<br>Water (SDG 6): Leaks |",
        {("sdg", "Mobility", "11"), ("project", "Bus"), ("sdg", "Water", "6"), ("project", "Leaks")},
    ),
    "references before the name": (
        "Cooperation themes | (SDG 11) Mobility: Tram<br>(SDG 6) Water: Leaks |",
        {("sdg", "Mobility", "11"), ("project", "Tram"), ("sdg", "Water", "6"), ("project", "Leaks")},
    ),
    "a semicolon behind the name": (
        "Cooperation themes | Mobility; Tram lines (SDG 11)<br>Water; Leaks (SDG 6) |",
        {("theme", "Mobility"), ("project", "Tram lines"), ("sdg", "Water", "6")},
    ),
    "a year behind a number": ("Population | 4,700,000 2019 census | 31,24,458 |", {("pop", "A", "4700000"), ("pop", "B", "3124458")}),
    "a meeting without a day": (
        "Main activities | 1st meeting: Talks with the city<br>2nd meeting (Zibo): Signing<br>Students of both cities met again on 12 May 2019 |",
        {("meeting-place", "2", "Zibo"), ("output", "Students of both cities met again on 12 May 2019")},
    ),
    "a word that is a month": (
        "City visits | Zibo in Brescia 26.5.-31.5.2019; more visits may follow, 2019年13月 |",
        {("visit", "A", "2019-05-26/2019-05-31")},
    ),
    "a visit by its host alone": ("City visits | 10–14 September 2018, Brescia |", {("visit-host", "2018-09-10/2018-09-14", "Brescia")}),
    "people below a city and the programme": (
        "Contact persons | Zibo<br>Ms Sun Min, Director<br>IUC Asia<br>Ms Anna Weber, Manager |",
        {("person-side", "Min Sun", "A"), ("person-programme", "Anna Weber")},
    ),
    "people behind their side": (
        "Contact persons | Chinese side: Ms Sun Min, Director<br>European side: Mr Rossi |",
        {("person-side", "Min Sun", "A"), ("person-side", "Rossi", "B")},
    ),
    "a division before its commission": (
        "Contact persons | Ms Sun Min, Director, Foreign Affairs Division, Zibo Development and Reform Commission |",
        {("org", "Zibo Development and Reform Commission"), ("org", "Foreign Affairs Division")},
    ),
    "people in rows below a heading": (
        "Contact persons | | |\n| Zibo | Ms Sun Min, Director | |\n| European city | Mr Paolo Rossi | |",
        {("person-side", "Min Sun", "A"), ("person-side", "Paolo Rossi", "B")},
    ),
    "people behind the name of their city": (
        "Contact persons | | |\n| | Zibo | Ms Sun Min, Director |\n| | Brescia | Mr Paolo Rossi |",
        {("person-city", "Min Sun", "Zibo"), ("person-city", "Paolo Rossi", "Brescia")},
    ),
    "a column too many": ("Population | 4.7 million | 200,000 | 2019 census |", {("pop", "A", "4700000"), ("pop", "B", "200000")}),
    "people without a form of address": (
        "Contact persons | Mr Paolo Rossi, Director<br>Giulia Bianchi, Officer<br>Zibo: Sun Min (Lingshan)<br>Wang Li<br>Linz: Hans Gruber |",
        {("person", "Giulia Bianchi"), ("post", "Bianchi"), ("person-city", "Min Sun", "Zibo"), ("person", "Li Wang"), ("person", "Hans Gruber")},
    ),
    "two people in one line": ("Contact persons | Paolo Rossi, Giulia Bianchi |", {("person", "Paolo Rossi"), ("person", "Giulia Bianchi")}),
    "a family name that begins as a post does": (
        "Contact persons | Paolo Rossi, Member of the Board, Invest in Brescia<br>Emily Counsell, Legal Counsel |",
        {("person", "Paolo Rossi"), ("person", "Emily Counsell"), ("post", "Counsell"), ("org", "Invest in Brescia")},
    ),
    "an unknown office in brackets": ("Zibo contact person | Ms Sun Min (Lingshan) |", {("person", "Min Sun"), ("org", "Lingshan")}),
    "a second table with a column more": (
        "Area | 5,965 km² | 90 km² |\n\n| | | | |\n|---|---|---|---|\n| Population | 4.7 million | 200,000 | 2019 census |",
        {("area", "B", "90"), ("pop", "A", "4700000"), ("pop", "B", "200000")},
    ),
    "people below their side": (
        "Contact persons | Chinese side:<br>Ms Sun Min, Director<br>European side:<br>Mr Paolo Rossi |",
        {("person-side", "Min Sun", "A"), ("person-side", "Paolo Rossi", "B")},
    ),
    "a row for each city": (
        "Population of Zibo | 4.7 million | |\n| Population of Brescia | 200,000 | |\n| Pairing agreement Zibo – Brescia | 3 May 2018 | |",
        {("pop", "A", "4700000"), ("pop", "B", "200000"), ("pairing", "A", "2018-05-03"), ("pairing", "B", "2018-05-03")},
    ),
    "a table of activities": (
        "Area | 5,965 km² | 90 km² |\n\n## Main activities\n\n| No. | Date | Place | Activity | Outcome |\n|---|---|---|---|---|\n"
        "| 1. | 12 May 2019 | Zibo | Forum | MoU drafted |\n| | | | | |\n| 2 | 5 July 2021 | Brescia | Visit of the mill | 40 persons |",
        {("meeting", "1", "2019-05-12"), ("meeting-place", "2", "Brescia"), ("people", "40")},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TYPED)
def test_a_cell_is_read_as_it_is_typed(name: str, tmp_path: Path) -> None:
    row, wanted = TYPED[name]
    others = "".join(f"| {label} | {said} | |\n" for label, said in ESSENTIAL.items() if label not in row)
    path = tmp_path / ("typed.md" if "<br>" in row else "typed.txt")
    path.write_text(f"{TWO_CITIES}{others}| {row}\n", encoding="utf-8")
    (glance,) = imports.read_papers(path)
    assert wanted <= set(facts(drafts(glance)))
    assert glance.accounted is not None
    assert glance.accounted.nothing == ()


@pytest.mark.parametrize(
    ("rows", "cities", "populations"),
    [
        ("Cities | Zibo and Brescia | |\n| Partner cities | Zibo | Brescia |", {"Zibo", "Brescia"}, {"4700000"}),
        ("Cities | Zibo and Brescia | |\n| State/Country | Shandong, China / Lombardia, Italy | |", {"Zibo", "Brescia"}, {"4700000", "200000"}),
        ("Cities | 中国淄博市 | 意大利布雷西亚 |", {"淄博市", "布雷西亚"}, {"4700000"}),
        ("Cities | Graz | Brescia |\n| State/Country | Styria, Austria | Lombardia, Italy |", {"Graz", "Brescia"}, {"4700000"}),
    ],
)  # fmt: skip
def test_two_cities_are_told_in_many_ways(rows: str, cities: set[str], populations: set[str], tmp_path: Path) -> None:
    path = tmp_path / "typed.md"
    said = f"| {rows}\n| Population | 4.7 million (Zibo); 200,000 (Brescia) | |\n| Main objective | Two pilots | |\n"
    said += "".join(f"| {label} | {text} | |\n" for label, text in ESSENTIAL.items())
    path.write_text(f"# UCAP at a Glance\n\n| | | |\n|---|---|---|\n{said}", encoding="utf-8")
    told = list(facts(drafts(imports.read_papers(path)[0])))
    assert {fact[2] for fact in told if fact[0] == "city"} == cities
    assert {fact[2] for fact in told if fact[0] == "pop"} == populations


PAGE = """<!doctype html><html><head><meta charset="x-unknown"></head><body><p>UCAP at a Glance <s>draft</s></p><table>
<tr><td rowspan="2">Cities</td><!-- two sides --><td>Chinese city</td><td>European city</td></tr>
<tr><td>Zibo</td><td>Brescia</td></tr>
<tr><td>State/Country</td><td>Shandong, China</td><td>Lombardia, Italy</td></tr>
<tr><td>Cooperation themes</td><td>Air: Sensors (SDG 11)</td><td rowspan="2"></td></tr>
<tr><td>Main activities</td><td>1st meeting, 3 May 2018 (Zibo): Talks</td></tr>
<tr><td>Main objective</td><td>Learn</td></tr></table><table><tr><td></td></tr></table>
<h2>Contact persons</h2><table><tr><th>City</th><th>Name</th><th>Position</th></tr>
<tr><td rowspan="2">Zibo</td><td>Ms Sun Min</td><td>Director</td></tr><tr><td>Mr Wang Li</td><td>Officer</td></tr></table></body></html>"""


def test_tall_cells_of_a_web_page_are_said_in_each_row(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    (glance,) = imports.read_papers(path)
    told = set(facts(drafts(glance)))
    assert {("city", "A", "Zibo"), ("city", "B", "Brescia"), ("meeting", "1", "2018-05-03")} <= told
    assert {("person-city", "Min Sun", "Zibo"), ("person-city", "Li Wang", "Zibo"), ("post", "Wang")} <= told
    assert any("draft" in odd.what.say("en") and "deleted" in odd.code for odd in glance.oddities)


def test_an_e_mail_that_says_once_more_what_is_attached_holds_one_paper(tmp_path: Path) -> None:
    others = "".join(f"| {label} | {said} | |\n" for label, said in ESSENTIAL.items())
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@zibo.example", "b@brescia.example", "UCAP"
    mail.set_content(PAGE, subtype="html")
    mail.add_attachment(TWO_CITIES + others, filename="ucap.md")
    path = tmp_path / "mail.eml"
    path.write_bytes(mail.as_bytes())
    (glance,) = imports.read_papers(path)
    assert glance.source.file == "mail.eml"
    assert len(glance.themes) == 1
