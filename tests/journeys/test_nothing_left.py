"""After the data of a person was removed no word of it stands in any byte of a workspace, nor of what is given from it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.marker_words import places
from tests.unit.exchange.laptops import Laptop, first_laptop, joined
from ucapdesk.base import logs
from ucapdesk.exchange.report import APPLIED, PARKED
from ucapdesk.model.listing import ListView
from ucapdesk.services import attachments, privacy, records, repair, views
from ucapdesk.store import leftovers
from ucapdesk.store.drafts import Draft
from ucapdesk.store.workspace import Workspace

FAMILY, FILE, TEXT, HAN, INSIDE = "Zwetschgen", "Quittengelee", "Holunder", "鱻龘", "Mirabellen"
WORDS = (FAMILY, FILE, TEXT, HAN, INSIDE)


@pytest.fixture
def laptops(tmp_path: Path) -> Iterator[list[Laptop]]:
    """Ana, who knows somebody and all there is to know of them, and Chen, who has it from her. Bo waits at Chen's door."""
    ana = first_laptop(tmp_path / "ana")
    chen = joined(tmp_path / "chen", ana.give("0.ucapx"), "Chen Yan")
    bo = joined(tmp_path / "bo", ana.give("1.ucapx"), f"Bo {FAMILY}")
    yield [ana, chen, bo]
    for each in (ana, chen, bo):
        each.desk.close()


def told_everything(ana: Laptop, folder: Path) -> str:
    """A person with every sort of thing that can be said of one."""
    person = ana.add(
        "person", f"name.family={FAMILY}", "name.given=Bo", f"name_han.family={HAN}", f"email={TEXT}@example.org"
    )
    ana.edit(person, f"notes={TEXT} likes tea", f"tags={TEXT}")
    scan = folder / f"{FILE}.txt"
    scan.write_text(f"passport of {INSIDE} " * 30)
    with ana.here() as desk:
        (attached,) = attachments.attach(desk, person, [scan])
        attachments.open_copy(desk, attached)
        records.edit(desk, attached, {})
        desk.undo()
        desk.redo()
        desk.workspace.daily_copy()
        views.keep(desk, FAMILY, ListView("person", find=FAMILY))
        desk.workspace.keep_copy("receive")
    scan.unlink()
    return person


def everywhere(laptop: Laptop, *more: Path) -> list[str]:
    """Where the words still stand with a laptop that was closed."""
    laptop.desk.close()
    return places([laptop.folder, *more], WORDS)


def test_no_byte_is_left(laptops: list[Laptop], tmp_path: Path) -> None:
    ana, chen, bo = laptops
    person = told_everything(ana, tmp_path)
    for each in (chen, bo):
        each.receive(ana.give(f"for {each.name}.ucapx"))
    bo.edit(person, f"notes={TEXT} likes coffee")
    package = bo.give(f"UCAP_Liuzhou_Bo-{FAMILY}_20261102.ucapx")
    for each in (chen, ana):
        (report,) = each.receive(package, accept=False)
        assert report.state == PARKED, report.why
    assert places([ana.folder], WORDS)
    with ana.here() as desk:
        desk.drafts.keep(Draft("person", person, "email", f"{TEXT}@b", {}))
        privacy.erase(desk, person, f"Bo {FAMILY}")
    given = ana.give("after.ucapx")
    (report,) = chen.receive(given, accept=False)
    assert report.state == APPLIED
    (report,) = chen.receive(package)
    assert report.state == APPLIED, report.why
    passed_on = chen.give("passed on.ucapx")
    for each in (ana, chen):
        each.check()
        left = everywhere(each, given, passed_on, logs.log_file().parent)
        assert not left, "\n".join(left)


def test_an_earlier_workspace_is_cleared_on_opening(laptops: list[Laptop], tmp_path: Path) -> None:
    ana = laptops[0]
    person = told_everything(ana, tmp_path)
    with ana.here() as desk, pytest.MonkeyPatch.context() as patch:
        patch.setattr(leftovers, "_forget_packages", lambda *_: None)
        patch.setattr(Workspace, "replace_copies", lambda *_: None)
        privacy.erase(desk, person, f"Bo {FAMILY}")
        with desk.transaction() as db:
            db.execute("DELETE FROM sync_meta WHERE k = ?", (leftovers.MARK,))
    assert places([ana.folder], WORDS)
    with ana.here() as desk:
        (said,) = repair.on_opening(desk)
        assert "safety copies" in said.say("en")
        assert repair.on_opening(desk) == []
    assert everywhere(ana) == []
