"""Parts of parts of parts, three thousand deep, as a foreign program may write them: every step goes on."""

from __future__ import annotations

from pathlib import Path

from tests.helpers.package_maker import Hand, Log, Opened
from tests.unit.exchange.laptops import Laptop
from ucapdesk.base.ids import derived_id
from ucapdesk.exchange.reports import APPLIED
from ucapdesk.services import home
from ucapdesk.services.people import privacy
from ucapdesk.services.records import records, related

DEEP = 3000


def test_a_chain_of_owners_is_followed_to_its_end(ana: Laptop, tmp_path: Path) -> None:
    opened = Opened(ana.give("1.ucapx"))
    hand = Hand("Foreign")
    log = Log(opened.workspace, hand)
    ids = [derived_id("chain", str(n)) for n in range(DEEP)]
    cells = [{"title.en": f"Step {n}", **({"owner": ids[n - 1]} if n else {})} for n in range(DEEP)]
    log.save(*(["action_item", id_, said] for id_, said in zip(ids, cells, strict=True)))
    (report,) = ana.receive(opened.with_log(hand, log).write(tmp_path / "2.ucapx"))
    assert report.state == APPLIED, report.why
    with ana.here() as desk:
        records.trash(desk, ids[0])
        assert records.get(desk, ids[-1]).is_deleted
        home.page(desk, "en")
        desk.read.trash()
        records.untrash(desk, ids[0])
        assert not records.get(desk, ids[-1]).is_deleted
        records.trash(desk, ids[-1])
        desk.undo()
        records.titles(desk, ids)
        related.around(desk, ids[1])
        records.as_json(desk, records.get(desk, ids[0]), with_children=True)
    ana.check()
    person = derived_id("chain", "person")
    other = Log(opened.workspace, Hand("Another")).save(
        ["person", person, {"name": {"family": "X"}}],
        *(
            ["attachment", derived_id("part", str(n)), {"owner": derived_id("part", str(n - 1)) if n else person}]
            for n in range(DEEP)
        ),
    )
    ana.receive(Opened(ana.give("3.ucapx")).with_log(other.hand, other).write(tmp_path / "4.ucapx"))
    with ana.here() as desk:
        privacy.erase(desk, person, "X")
    ana.check()
