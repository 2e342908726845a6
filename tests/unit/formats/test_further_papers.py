"""Papers of further cities in other orders, layouts and languages: what a colleague would record is recorded."""

from __future__ import annotations

from pathlib import Path

from ucapdesk.formats.glance.record_drafts import RecordDraft, drafts
from ucapdesk.services.files.imports import read_papers

PAPERS = Path(__file__).parents[2] / "data" / "further_papers"


def _made(name: str) -> list[RecordDraft]:
    glance = read_papers(PAPERS / name)[0]
    assert glance.accounted is not None
    assert glance.accounted.nothing == ()
    return list(drafts(glance))


def _texts(made: list[RecordDraft], kind: str, field: str) -> list[dict[str, str]]:
    return [draft.values[field] for draft in made if draft.kind == kind and field in draft.values]


def test_a_spanish_and_chinese_paper_with_the_european_city_first() -> None:
    made = _made("gijon-weihai.odt")
    assert _texts(made, "place", "name") == [{"es": "Weihai", "zh": "威海市"}, {"es": "Gijón (Xixón)", "zh": "希洪"}]
    assert _texts(made, "place", "state")[0] == {"es": "Shandong", "zh": "山东省"}
    assert _texts(made, "theme", "name") == [
        {"es": "Economía azul y puertos", "zh": "蓝色经济与港口"},
        {"es": "Envejecimiento activo", "zh": "积极老龄化"},
    ]
    assert [draft.values["dates"] for draft in made if draft.kind == "visit"] == [
        "2019-06-03/2019-06-07",
        "2019-10-21/2019-10-25",
    ]
    marta, cong = (draft.values for draft in made if draft.kind == "person")
    assert (marta["salutation"], marta["name"]["given"]) == ("ms", "Marta Suárez")
    assert (cong["name"]["family"], cong["name_han"]) == ("Cong", {"family": "丛", "given": "鹏"})
    assert [draft.values.get("side") for draft in made if draft.kind == "contact_role"] == ["B", "A"]


def test_a_chinese_paper_with_sections_and_merged_heads() -> None:
    made = _made("xiamen-trier.docx")
    assert _texts(made, "place", "name") == [{"zh": "厦门市"}, {"zh": "特里尔市"}]
    assert _texts(made, "place", "state") == [{"zh": "福建省"}, {"zh": "莱茵兰-普法尔茨州"}]
    assert all("country" in draft.values for draft in made if draft.kind == "place")
    assert _texts(made, "theme", "name") == [{"zh": "低碳交通"}, {"zh": "世界遗产保护"}]
    assert [draft.values["dates"] for draft in made if draft.kind == "visit"] == ["2018-09-10/2018-09-14", "2019-05"]
    assert all("visit" in draft.values for draft in made if draft.kind == "meeting")
    becker = next(draft.values for draft in made if draft.kind == "person" and "email" in draft.values)
    assert becker["name"] == {"family": "Becker", "given": "Thomas", "order": "given_first"}
    assert (becker["name_han"]["family"], becker["salutation"]) == ("贝克尔", "mr")


def _visits_and_meetings(made: list[RecordDraft]) -> tuple[list[str], list[bool]]:
    """The dates of visits, and of each meeting whether it lies within one of them."""
    visits = [draft.values["dates"] for draft in made if draft.kind == "visit"]
    return visits, ["visit" in draft.values for draft in made if draft.kind == "meeting"]


def test_an_italian_page() -> None:
    made = _made("padova-ningbo.html")
    assert _visits_and_meetings(made) == (["2018-05-14/2018-05-18", "2018-09"], [True, True, False])
    assert _texts(made, "theme", "name") == [{"it": "Mobilità sostenibile"}, {"it": "Tecnologie per la salute"}]
    assert [draft.values["name"]["family"] for draft in made if draft.kind == "person"] == ["Bortolami", "Zhou"]
    assert _texts(made, "organisation", "name") == [{"it": "Settore Mobilità"}, {"it": "Ningbo DRC"}]


def test_an_american_pdf_without_lines() -> None:
    made = _made("turku-tianjin.pdf")
    visits = ["2018-04-08/2018-04-12", "2018-09-30/2018-10-04"]
    assert _visits_and_meetings(made) == (visits, [True, True, False]), "a visit over the turn of a month"
    assert [draft.values["name"]["family"] for draft in made if draft.kind == "person"] == ["Leskinen", "Li"]
    assert _texts(made, "organisation", "name") == [{"en": "City of Turku"}, {"en": "Tianjin Binhai New Area"}]
