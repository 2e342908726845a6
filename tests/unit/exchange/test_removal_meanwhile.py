"""What an insider cannot do with a removal, and what is set right by who linked people without knowing of one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.exchange.insider import Insider, erase
from tests.unit.exchange.laptops import Laptop
from tests.unit.exchange.participants import DIET, remove, shown, takes_part
from ucapdesk.base.ids import derived_id, new_id
from ucapdesk.exchange.reports import APPLIED, KNOWN
from ucapdesk.services.exchange import exchange_service
from ucapdesk.services.people import privacy
from ucapdesk.services.records import draft_texts, records
from ucapdesk.store.errors import DiskFull, LeftoversRemain
from ucapdesk.store.workspace.workspace import Workspace


@pytest.fixture
def rossi(ana: Laptop) -> str:
    return ana.add("person", "name.family=Rossi", "name.given=Anna")


def received(laptop: Laptop, package: Path) -> None:
    with laptop.here() as desk:
        (report,) = exchange_service.receive(desk, [package], accept=True)
        assert report.state in (APPLIED, KNOWN), report.why


def diets(laptop: Laptop, visit: str) -> list[str]:
    return [records.get(laptop.desk, each).diet for each in shown(laptop, visit)]  # type: ignore[attr-defined]


def agree(ana: Laptop, chen: Laptop) -> None:
    received(ana, chen.give("last.ucapx"))
    assert ana.digest() == chen.digest()
    ana.check()
    chen.check()


def test_a_link_to_an_invented_person_beside_the_own_one_empties_nothing(
    ana: Laptop, chen: Laptop, visit: str, rossi: str, tmp_path: Path
) -> None:
    part = takes_part(ana, visit, "free_name.en=Ms Rossi")
    chen.receive(ana.give("1.ucapx"))
    insider, invented = Insider(ana, chen, tmp_path / "insider"), new_id()
    insider.log.now += 100_000_000
    ana.edit(part, f"person={rossi}")
    link = ["participation", part, {"person": invented}]
    insider.log.save(["person", invented, {"email": "x@example.org"}], link, e={invented: [1, 2]})
    received(ana, insider.package(erase(invented)))
    assert diets(ana, visit) == [DIET]


@pytest.mark.parametrize("kind", ["meeting", "person"])
def test_no_removal_is_hindered_by_what_stands_where_a_participant_is_made_again(  # noqa: PLR0917
    ana: Laptop, chen: Laptop, visit: str, wei: str, rossi: str, tmp_path: Path, kind: str
) -> None:
    part = takes_part(ana, visit, f"person={wei}")
    chen.receive(ana.give("1.ucapx"))
    insider, again = Insider(ana, chen, tmp_path / "insider"), derived_id(part, "again")
    ana.edit(part, f"person={rossi}")
    if kind == "person":
        insider.log.save(["person", again, {"email": "x@example.org"}], e={again: [1]})
        received(ana, insider.package(erase(again)))
    else:
        received(ana, insider.package(["meeting", again, {"title.en": "Mine"}]))
    remove(ana, wei)
    assert diets(ana, visit) == [DIET]
    ana.check()


@pytest.mark.parametrize("since", ["edited", "trashed"])
def test_what_was_done_to_one_that_was_made_again_stays(  # noqa: PLR0917
    ana: Laptop, chen: Laptop, visit: str, wei: str, rossi: str, since: str
) -> None:
    """Chen gave the place to somebody else, Ana knew, and went on with it after the removal."""
    part = takes_part(ana, visit, f"person={wei}")
    chen.receive(ana.give("1.ucapx"))
    chen.edit(part, f"person={rossi}", "diet=vegan")
    ana.receive(chen.give("2.ucapx"))
    remove(ana, wei)
    (again,) = shown(ana, visit)
    if since == "edited":
        ana.edit(again, "diet=halal")
    else:
        ana.trash(again)
    received(chen, ana.give("3.ucapx"))
    assert diets(chen, visit) == (["halal"] if since == "edited" else [])
    agree(ana, chen)


def test_a_removal_comes_in_with_a_visit_that_went_to_the_trash(
    ana: Laptop, chen: Laptop, visit: str, wei: str, rossi: str
) -> None:
    part = takes_part(ana, visit, f"person={wei}")
    chen.receive(ana.give("1.ucapx"))
    chen.edit(part, f"person={rossi}")
    remove(ana, wei)
    ana.trash(visit)
    with chen.here() as desk:
        (report,) = exchange_service.receive(desk, [ana.give("2.ucapx")])
    assert (report.state, report.conflicts, desk.questions()) == (APPLIED, 0, [])
    agree(ana, chen)


@pytest.mark.parametrize(("now", "stays"), [("Ms Li, interpreter", True), ("Dr Wei Zhang", False), ("", False)])
def test_who_was_put_in_their_place_by_name_without_knowing_of_the_removal_stays(  # noqa: PLR0917
    ana: Laptop, chen: Laptop, visit: str, wei: str, now: str, stays: bool
) -> None:
    part = takes_part(ana, visit, f"person={wei}")
    chen.receive(ana.give("1.ucapx"))
    chen.edit(part, "person=", f"free_name.en={now}", "diet=vegan")
    remove(ana, wei)
    received(chen, ana.give("2.ucapx"))
    assert diets(chen, visit) == ["vegan"] * stays
    if stays:
        (again,) = shown(chen, visit)
        assert chen.desk.next_undo() == ["record.add", {"id": again, "kind": "participation"}]
    agree(ana, chen)


def cut_off(*_: object) -> None:
    raise DiskFull(path=Path())


def test_nobody_loses_their_place_where_clearing_the_copies_is_cut_off(  # noqa: PLR0917
    ana: Laptop, chen: Laptop, visit: str, wei: str, rossi: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = takes_part(ana, visit, f"person={wei}")
    by_name = takes_part(ana, visit, "free_name.en=Mr Zhang")
    chen.receive(ana.give("1.ucapx"))
    chen.edit(part, f"person={rossi}", "diet=vegan")
    chen.edit(by_name, f"person={wei}")
    remove(ana, wei)
    monkeypatch.setattr(Workspace, "replace_copies", cut_off)
    with chen.here() as desk:
        (report,) = exchange_service.receive(desk, [ana.give("2.ucapx")])
    monkeypatch.undo()
    assert (report.state, report.erasing, report.emptied) == (APPLIED, ("Wei Zhang",), ("Spring visit",))
    assert "safety copies" in [*report.say_consequences()][-1]
    assert diets(chen, visit) == ["vegan"]
    agree(ana, chen)


def test_nobody_loses_their_place_where_the_disk_is_full_before_it_is_made_again(  # noqa: PLR0917
    ana: Laptop, chen: Laptop, visit: str, wei: str, rossi: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = takes_part(ana, visit, f"person={wei}")
    chen.receive(ana.give("1.ucapx"))
    chen.edit(part, f"person={rossi}", "diet=vegan")
    remove(ana, wei)
    package = ana.give("2.ucapx")
    monkeypatch.setattr(privacy, "make_again", cut_off)
    with pytest.raises(DiskFull):
        received(chen, package)
    monkeypatch.undo()
    assert shown(chen, visit) == [part], "nothing of it came in"
    received(chen, package)
    assert diets(chen, visit) == ["vegan"]
    agree(ana, chen)


def test_nothing_typed_is_left_where_clearing_the_copies_is_cut_off(
    ana: Laptop, visit: str, wei: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = takes_part(ana, visit, "free_name.en=Mr Zhang")
    ana.edit(part, f"person={wei}")
    draft_texts.keep(ana.desk, "participation", part, "diet", DIET, {})
    monkeypatch.setattr(Workspace, "replace_copies", cut_off)
    with ana.here() as desk, pytest.raises(LeftoversRemain):
        privacy.erase(desk, wei, "Wei Zhang")
    monkeypatch.undo()
    assert draft_texts.commit_left_over(ana.desk) == []
    assert records.get(ana.desk, part).diet is None  # type: ignore[attr-defined]
