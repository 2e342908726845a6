"""The name of an author goes with that person's own word or that of most laptops, never with one other's."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.package_maker import Hand, Opened, sha256
from tests.unit.exchange.insider import Insider
from tests.unit.exchange.laptops import Laptop, joined
from ucapdesk.base.ids import new_id
from ucapdesk.exchange.errors import RemovesPeople
from ucapdesk.exchange.reports import APPLIED
from ucapdesk.services.people import privacy


def asks_for(name: str, person: str) -> list[object]:
    return ["~erase", person, {"kind": "person", "names": [sha256(name.casefold()).hex()]}]


def authors(laptop: Laptop) -> set[str]:
    return {name for (name,) in laptop.desk.db.execute("SELECT DISTINCT person FROM sync_changeset")}


@pytest.fixture
def bo(chen: Laptop, tmp_path: Path) -> Iterator[Laptop]:
    laptop = joined(tmp_path / "bo", chen.give("for bo.ucapx"), "Bo")
    laptop.add("meeting", "title.en=By Bo")
    yield laptop
    laptop.desk.close()


def swap(*laptops: Laptop) -> None:
    for giver, taker in (*itertools.permutations(laptops, 2), *itertools.permutations(laptops, 2)):
        taker.receive(giver.give(f"{new_id()}.ucapx"))


def test_an_insider_takes_nobody_else_s_name_out(ana: Laptop, chen: Laptop, tmp_path: Path) -> None:
    """Chen invents a person and asks that with their data Ana's name be forgotten, in all history."""
    insider, invented = Insider(ana, chen, tmp_path), new_id()
    insider.log.save(["person", invented, {"email": "x@example.org"}])
    package = insider.package(asks_for("Ana", invented))
    (report,) = ana.receive(package, dry_run=True)
    assert report.forgetting == ("Ana",)
    with pytest.raises(RemovesPeople):
        ana.receive(package, may_remove=lambda _people, _authors: False)
    assert "Ana" in authors(ana)
    (report,) = ana.receive(package)
    assert (report.state, "Ana" in authors(ana)) == (APPLIED, True)
    ana.check()
    eva = joined(tmp_path / "eva", ana.give("for eva.ucapx"), "Eva")
    assert (authors(eva), eva.log()) == (authors(ana), ana.log())
    eva.desk.close()


def test_who_asks_for_their_own_name_has_it_taken_out_of_what_they_wrote(ana: Laptop, chen: Laptop, bo: Laptop) -> None:
    swap(ana, chen, bo)
    person = chen.add("person", "name.given=Bo")
    swap(ana, chen, bo)
    with bo.here() as desk:
        privacy.erase(desk, person, "Bo")
    assert "Bo" not in authors(bo)
    swap(ana, chen, bo)
    assert [("Bo" in authors(each), each.log()) for each in (ana, chen)] == [(False, bo.log())] * 2
    ana.check()


def test_most_laptops_together_take_a_name_out_everywhere(
    ana: Laptop, chen: Laptop, bo: Laptop, tmp_path: Path
) -> None:
    chen.add("meeting", "title.en=By Chen")
    swap(ana, chen, bo)
    person = ana.add("person", "name.given=Bo")
    swap(ana, chen, bo)
    with ana.here() as desk:
        privacy.erase(desk, person, "Bo")
        assert privacy.stays_as_author(desk, ["Bo"]) == ["Bo"]
    swap(ana, chen, bo)
    assert all("Bo" in authors(each) for each in (ana, chen, bo))
    with chen.here() as desk:
        assert privacy.agree(desk)
        assert not privacy.agree(desk)
    assert "Bo" not in authors(chen)
    bo.add("meeting", "title.en=More by Bo")
    swap(ana, chen, bo)
    eva = joined(tmp_path / "eva", bo.give("for eva.ucapx"), "Eva")
    for each in (ana, chen, bo, eva):
        assert ("Bo" in authors(each), each.log()) == (False, ana.log())
        each.check()
    eva.desk.close()


def test_alone_one_is_most(ana: Laptop) -> None:
    person = ana.add("person", "name.given=Ana")
    with ana.here() as desk:
        privacy.erase(desk, person, "Ana")
    assert "Ana" not in authors(ana)
    ana.check()


def test_one_laptop_under_many_names_of_others_stays_one(ana: Laptop, chen: Laptop, bo: Laptop, tmp_path: Path) -> None:
    """Chen writes the word of the others himself, in headers that name them: it is his laptop's all the same."""
    swap(ana, chen, bo)
    hand, opened, person = Hand.of(chen.config, "Chen Yan"), Opened(chen.give("1.ucapx")), new_id()
    log = opened.log_of(hand).save(["person", person, {"email": "x@example.org"}], p="Ana")
    for name in ("Ana", "Bo", "Chen Yan"):
        log.save(asks_for("Bo", person), p=name)
    (report,) = ana.receive(opened.with_log(hand, log).write(tmp_path / "many.ucapx"))
    assert (report.state, "Bo" in authors(ana)) == (APPLIED, True)
