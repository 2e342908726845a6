"""What the log says of laptops and of people whose data was removed is no record, and never a question to anybody."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.package_maker import Hand, Log, Parcel
from tests.unit.exchange.laptops import Laptop, joined, told
from ucapdesk.base.ids import derived_id, new_id
from ucapdesk.exchange.devices import RETIRED, listed, retire
from ucapdesk.exchange.reports import APPLIED
from ucapdesk.services.exchange import conflicts
from ucapdesk.services.files.paper_questions import to_decide
from ucapdesk.services.people import privacy
from ucapdesk.store.refusals import NothingToUndo


@pytest.fixture
def eva(ana: Laptop, chen: Laptop, tmp_path: Path) -> str:
    """A third laptop that both others know of; its id."""
    eva = joined(tmp_path / "eva", ana.give("joining eva.ucapx"), "Eva")
    eva.add("meeting", "title.en=Hers")
    package = eva.give("eva.ucapx")
    for laptop in (ana, chen):
        laptop.receive(package)
    with eva.here() as desk:
        id_ = desk.me().device_id
    eva.desk.close()
    return id_


def is_retired(laptop: Laptop, device: str) -> bool:
    with laptop.here() as desk:
        return next(each for each in listed(desk) if each.id == device).trust == RETIRED


def test_two_retire_a_laptop_and_one_takes_it_back(ana: Laptop, chen: Laptop, eva: str) -> None:
    for laptop in (ana, chen):
        told(laptop, "devices", "--retire", eva)
    told(ana, "undo")
    assert not is_retired(ana, eva), "an undone step stands"
    for giver, taker in ((ana, chen), (chen, ana)):
        (report,) = taker.receive(giver.give(f"{giver.name}.ucapx"))
        assert report.conflicts == 0
    for laptop in (ana, chen):
        assert eva[:4] not in told(laptop, "conflicts")
        assert conflicts.conflicts(laptop.desk) == [] == laptop.desk.questions()
        assert to_decide(laptop.desk) == 0
        assert is_retired(laptop, eva), "Chen still says so"
        laptop.check()
    told(ana, "undo")


def test_a_retirement_goes_back_and_forth(ana: Laptop, eva: str) -> None:
    with ana.here() as desk:
        retire(desk, eva)
        desk.undo()
        assert not is_retired(ana, eva)
        desk.redo()
        assert is_retired(ana, eva)
        desk.undo()
        retire(desk, eva)
    assert is_retired(ana, eva)


def test_laptops_of_whom_different_things_are_said_ask_nobody(
    ana: Laptop, chen: Laptop, eva: str, tmp_path: Path
) -> None:
    row = derived_id("device", eva)
    with ana.here() as desk:
        retire(desk, eva)
    li = Hand("Li")
    log = Log(ana.desk.workspace.id, li).save(["~device", row, {"device": eva, "state": "lent", "~": 1}])
    ana.receive(Parcel(log.workspace, li, [log]).write(tmp_path / "lent.ucapx"))
    assert ana.desk.questions() == []
    assert told(ana, "conflicts").count("\n") <= 1
    ana.check()


def test_what_removed_a_person_is_not_undone_and_says_so(ana: Laptop) -> None:
    person = ana.add("person", "name=Wei Zhang")
    ana.add("meeting", "title.en=Stays")
    with ana.here() as desk:
        privacy.erase(desk, person, "Wei Zhang")
        with pytest.raises(NothingToUndo, match="data of a person cannot be undone"):
            desk.undo()
        assert desk.next_undo() is None
    later = ana.add("meeting", "title.en=Later")
    with ana.here() as desk:
        assert desk.undo().records == frozenset({("meeting", later)})
        with pytest.raises(NothingToUndo, match="cannot be undone"):
            desk.undo()


def test_what_two_wrote_into_a_kind_that_only_a_newer_version_knows_is_nothing_to_decide_yet(
    ana: Laptop, tmp_path: Path
) -> None:
    id_ = new_id()
    for name in ("First", "Second"):
        log = Log(ana.desk.workspace.id, Hand(name)).save(["vehicle", id_, {"plate": name}])
        (report,) = ana.receive(Parcel(log.workspace, log.hand, [log]).write(tmp_path / f"{name}.ucapx"))
        assert report.state == APPLIED, report.why
    assert [(each.kind, each.state) for each in ana.desk.questions()] == [("vehicle", "decide")]
    assert len(conflicts.conflicts(ana.desk)) == to_decide(ana.desk) == 0
