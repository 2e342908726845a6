"""Lists of people as offices keep them: everybody with post, organisation, diet and e-mail; no one from title or footer."""

from __future__ import annotations

from typing import Any

from tests.helpers.paper_facts import PAPERS
from ucapdesk.model.serialize import record_to_json
from ucapdesk.services import Desk
from ucapdesk.services.files.imports import import_office_list
from ucapdesk.services.records import records


def _all(desk: Desk, kind: str) -> list[dict[str, Any]]:
    return [record_to_json(record) for record in records.page(desk, kind, records.listing(desk, kind))]


def _people(desk: Desk) -> dict[str, dict[str, Any]]:
    return {f"{p['name_han']['family']}{p['name_han']['given']}": p for p in _all(desk, "person")}


def test_a_sheet_with_title_merged_cells_and_footer(desk: Desk) -> None:
    report = import_office_list(desk, PAPERS / "renyuan.xlsx")
    assert report is not None
    people = _people(desk)
    assert set(people) == {"张伟", "欧阳雪梅", "吴文能", "马力", "李娜"}
    names = {each["id"]: each["name"]["zh"] for each in _all(desk, "organisation")}
    posts = {
        name: (post.post["zh"], names[post.organisation])  # type: ignore[attr-defined]
        for name, person in people.items()
        for post in records.children(desk, person["id"])["affiliation"]
    }
    assert posts["张伟"] == ("副市长", "柳州市人民政府")
    assert posts["吴文能"] == ("区域科科长", "柳州市发展和改革委员会")
    assert people["欧阳雪梅"]["diet"] == ["vegetarian"]
    assert people["李娜"]["allergies"] == "对花生过敏"
    assert any("填表人" in text for text in report.not_placed)
    assert any("PE1234567" in text for text in report.not_placed)


def test_a_second_list_in_an_old_encoding_adds_to_the_same_people(desk: Desk) -> None:
    import_office_list(desk, PAPERS / "renyuan.xlsx")
    import_office_list(desk, PAPERS / "mingdan-gb.csv")
    people = _people(desk)
    assert set(people) == {"张伟", "欧阳雪梅", "吴文能", "马力", "李娜", "吕翀"}
    assert (people["张伟"]["email"], people["张伟"]["mobile"]) == ("zhangw@liuzhou.gov.cn", "13877212345")
    assert people["吕翀"]["diet"] == ["halal"]


def test_a_sheet_of_ours_is_none(desk: Desk) -> None:
    assert import_office_list(desk, PAPERS / "11a-liuzhou-first-source.txt") is None
