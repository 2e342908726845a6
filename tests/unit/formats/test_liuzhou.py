"""The Liuzhou paper: everything it says is found, nothing else, and every oddity is told."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.unit.formats.papers import LIUZHOU, rows, said_in, words
from ucapdesk.formats.glance.extract import understand
from ucapdesk.formats.glance.glance_table import read
from ucapdesk.formats.paper_contents import Glance


@pytest.fixture(scope="module")
def glance() -> Glance:
    return understand(read(LIUZHOU))


def test_the_two_sides_with_their_cities_countries_and_numbers(glance: Glance) -> None:
    a, b = glance.sides
    assert [city.name for city in a.cities] == ["Liuzhou"]
    assert [city.name for city in b.cities] == ["Barcelona", "Granada", "Rome", "Stuttgart Regio", "Mannheim"]
    assert b.cities[3].included == ("Ludwigsburg",)
    assert b.cities[3].print == "Stuttgart Regio (incl. Ludwigsburg)"
    assert a.states == ("Guangxi",)
    assert [country for side in glance.sides for country in side.countries] == ["CN", "ES", "IT", "DE"]
    assert (a.population and a.population.value, a.population and a.population.is_) == (4_000_000, "about")
    assert (a.area and a.area.value, a.area and a.area.is_, a.area and a.area.print) == (18600, "exact", "18,600 km2")
    assert (b.population and b.population.is_, b.population and b.population.print) == ("not_available", "N/A")
    assert [side.pairing.edtf for side in glance.sides if side.pairing] == ["2019-06", "2019-06"]
    assert glance.form == "cluster"


def test_seven_themes_with_eight_projects_their_goals_and_partnerships(glance: Glance) -> None:
    assert [theme.name for theme in glance.themes] == [
        "Smart Energy District", "Smart City / Mobility", "Start-Ups", "Education and Training", "Cultural Heritage",
        "Silver Economy", "Biotechnology & Life Sciences",
    ]  # fmt: skip
    assert sum(len(theme.projects) for theme in glance.themes) == 8
    assert glance.themes[1].projects == (
        "Digitalisation & visualisation tools for urban planning",
        "Infrastructure for hydrogen vehicles",
    )
    goals = [[goal for ref in theme.sdgs for goal in ref.goals] for theme in glance.themes]
    assert goals == [[7], [9, 11, 11], [9], [4], [11], [11], [3]]
    codes = [[ref.code for ref in theme.partnerships] for theme in glance.themes]
    assert codes == [
        ["energy_transition"], ["urban_mobility", "digital_transition"], ["jobs_skills"], ["jobs_skills"],
        ["culture_heritage"], ["housing"], ["housing"],
    ]  # fmt: skip
    odd = {
        code: [each.what.args for each in glance.oddities if each.code == code]
        for code in ("sdg_misspelt", "partnership_unlikely")
    }
    assert [said["print"] for said in odd["sdg_misspelt"]] == ["SGD 9", "SGD 4"]
    assert [said["theme"] for said in odd["partnership_unlikely"]] == [glance.themes[6].name]


def test_four_visits_known_to_the_month(glance: Glance) -> None:
    visits = [(visit.date.edtf, visit.travelling_side, visit.hosts, visit.other_places) for visit in glance.visits]
    assert visits == [
        ("2019-04", "A", ("Rome",), ("Brussels",)),
        ("2019-06", "B", ("Liuzhou",), ()),
        ("2019-09", "B", ("Liuzhou",), ()),
        ("2019-11", "A", ("Barcelona", "Stuttgart"), ("Brussels",)),
    ]


def test_five_meetings_in_order_with_places_and_mode(glance: Glance) -> None:
    held = [(m.ordinal, m.date and m.date.edtf, m.places, m.mode, m.visit) for m in glance.meetings]
    assert held == [
        (1, "2019-04", ("Brussels", "Rome"), "in_person", 1),
        (2, "2019-06", ("Liuzhou",), "in_person", 2),
        (3, "2019-09", ("Liuzhou",), "in_person", 3),
        (4, "2019-11", ("Barcelona", "Stuttgart", "Brussels"), "in_person", 4),
        (5, "2020-04", (), "online", None),
    ]
    events = [(e.title, e.participants.value, e.participants.is_) for m in glance.meetings for e in m.sub_events]
    assert events == [
        ("Business round table on smart city", 50, "at_least"),
        ("Liuzhou-EU Business Cooperation Forum", 100, "at_least"),
    ]
    assert glance.meetings[4].topics == (
        "Response from urban & regional managers to the effects of the COVID-19",
        "Consolidation of pilot projects",
    )


def test_ten_memoranda_are_a_count_and_not_documents(glance: Glance) -> None:
    assert glance.reported_mou_count == 10
    assert [output.reported_count for output in glance.outputs] == [10, None]
    assert len(glance.challenge_items) == 3
    assert len(glance.result_items) == 1


def test_eleven_people_each_with_their_own_order_of_names(glance: Glance) -> None:
    people = [(c.group, c.salutation, c.given, c.family, c.name_order, c.place) for c in glance.contacts]
    assert people == [
        ("A", "mr", "Wenneng", "Wu", "family_first", "Liuzhou"),
        ("B", "ms", "Bettina", "Stollar", "given_first", "Barcelona"),
        ("B", "mr", "Marino", "Cavallo", "given_first", "Bologna"),
        ("B", "mr", "Francisco", "Aranda", "given_first", "Granada"),
        ("B", "mr", "Francisco", "Benítez", "given_first", "Granada"),
        ("B", "mr", "Patrick", "Maurelli", "given_first", "Rome"),
        ("B", "mr", "Frieder", "Oesterle", "given_first", "Stuttgart Regio"),
        ("B", "mr", "David", "Linse", "given_first", "Mannheim"),
        ("programme", "mr", "Pablo", "Gándara", "given_first", None),
        ("programme", "ms", "Qian", "Wang", "family_first", None),
        ("programme", "ms", "Jingnan", "Jin", "family_first", None),
    ]
    assert [contact.surname_capitals for contact in glance.contacts] == [True] + [False] * 10
    assert [(o.name, o.parent) for o in glance.organisations] == [
        ("Development and Reform Commission DRC Liuzhou", None),
        ("Regional Affairs Division", "development and reform commission drc liuzhou"),
        ("IUC Asia", None),
    ]


def test_twelve_places_with_their_parts_in_the_plan(glance: Glance) -> None:
    assert {place.name: (place.kind, place.parent, place.role) for place in glance.places} == {
        "Liuzhou": ("city", None, "partner"),
        "Barcelona": ("city", None, "partner"),
        "Granada": ("city", None, "partner"),
        "Rome": ("city", None, "partner"),
        "Stuttgart Regio": ("region", None, "partner"),
        "Ludwigsburg": ("city", "Stuttgart Regio", "included"),
        "Mannheim": ("city", None, "partner"),
        "Bologna": ("city", None, "contact_only"),
        "Brussels": ("city", None, None),
        "Stuttgart": ("city", "Stuttgart Regio", None),
        "Liudong New District": ("district", "Liuzhou", None),
        "Northern Ecological District": ("district", "Liuzhou", None),
    }


ODDITIES = {
    "a label with a stray space": ("label_spacing", 1),
    "N/A is a value": ("not_available", 2),
    "four million is rounded": ("about", 1),
    "dates to the month only": ("partial_date", 4),
    "one signing date for each side": ("date_per_side", 1),
    "two visits in one phrase": ("several_visits", 2),
    "a lost heading": ("lost_heading", 1),
    "UE UA": ("agenda_misnamed", 1),
    "SGD 9 and SGD 4": ("sdg_misspelt", 2),
    "SDG11 and SDG3": ("sdg_unspaced", 2),
    "SDG 9&11": ("sdg_several", 1),
    "Urban Partnerships written in three ways": ("partnership_forms", 1),
    "EU Housing without UP": ("partnership_short", 1),
    "Housing for life sciences": ("partnership_unlikely", 1),
    "themes in one run": ("themes_run_on", 1),
    "two brackets for two projects": ("references_open", 1),
    "Ludwigsburg within its region": ("place_included", 1),
    "Stuttgart within its region": ("place_in_region", 1),
    "Brussels is no partner": ("place_not_partner", 1),
    "over 50 and over 100": ("participants_least", 2),
    "five meetings and four visits": ("meetings_unvisited", 1),
    "topics after the page break": ("missing_label", 1),
    "ten MoUs without a name": ("mou_count", 1),
    "City Council": ("city_council", 1),
    "districts named in passing": ("district", 2),
    "surname first and in capitals": ("capitals_first", 1),
    "Mr with a full stop": ("title_stop", 1),
    "Bologna is not in the list": ("contact_outside", 1),
    "two people with one bracket": ("contacts_joined", 1),
    "nobody for Ludwigsburg": ("contact_missing", 1),
    "no e-mail, no telephone": ("no_addresses", 1),
    "Chinese order without capitals": ("family_first", 2),
    "no date of the document": ("no_date", 1),
    "which city lies in which country": ("countries_open", 1),
}


def test_every_oddity_is_told_and_no_other(glance: Glance) -> None:
    assert Counter(oddity.code for oddity in glance.oddities) == dict(ODDITIES.values())
    for oddity in glance.oddities:
        assert "{" not in oddity.what.say("en") + oddity.done.say("en")


def test_no_word_of_the_paper_is_lost(glance: Glance) -> None:
    held = Counter(word for text in said_in(glance) for word in words(text))
    missing = Counter(words(LIUZHOU.read_text("utf-8"))) - held
    assert not missing
    assert not glance.unplaced


def test_the_long_cells_can_be_put_together_again_from_their_parts(glance: Glance) -> None:
    cells = {row.label.strip(): row.cells[0] for row in rows()[1]}
    labels = list(cells)
    themes = [
        word
        for theme in glance.themes
        for text in (theme.name, *theme.projects, *theme.references)
        for word in words(text)
    ]
    assert themes == words(cells[labels[6]])
    activities = [
        word
        for m in glance.meetings
        for text in (m.heading, m.summary, m.topics_heading, *m.topics)
        for word in words(text)
    ]
    activities += [word for output in glance.outputs for word in words(output.text)]
    assert activities == words(cells[labels[9]] + cells[""])
    contacts = [word for contact in glance.contacts for word in words(contact.print)]
    assert contacts == [word for label in labels[-3:] for word in words(cells[label])]
