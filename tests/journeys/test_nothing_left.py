"""After the data of a person was removed no word of it stands in any byte of a workspace, nor of what is given from it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.marker_words import places
from tests.unit.exchange.laptops import Laptop, first_laptop, joined
from ucapdesk.base import logs
from ucapdesk.exchange.reports import APPLIED, WAITING
from ucapdesk.model.listing import ListView
from ucapdesk.services.exchange import exchange_service
from ucapdesk.services.people import privacy
from ucapdesk.services.records import attached_files, draft_texts, lists, records
from ucapdesk.services.workspaces import maintenance, workspace_service
from ucapdesk.store import drafts
from ucapdesk.store.desk import Desk
from ucapdesk.store.drafts import Draft
from ucapdesk.store.safety import leftovers

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
        (attached,) = attached_files.attach(desk, person, [scan])
        attached_files.open_copy(desk, attached)
        records.edit(desk, attached, {})
        desk.undo()
        desk.redo()
        desk.workspace.daily_copy()
        lists.keep_view(desk, FAMILY, ListView("person", find=FAMILY))
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
        assert report.state == WAITING, report.why
    assert places([ana.folder], WORDS)
    with ana.here() as desk:
        drafts.keep(desk, Draft("person", person, "email", f"{TEXT}@b", {}))
        draft_texts.keep_line(desk, person, "affiliation", f"Director of {TEXT}")
        draft_texts.keep(desk, "affiliation", f"new:affiliation:{person}", "post.en", INSIDE, {})
        privacy.erase(desk, person, f"Bo {FAMILY}")
    given = ana.give("after.ucapx")
    (report,) = chen.receive(given, accept=False)
    assert report.state == APPLIED
    (report,) = chen.receive(package)
    assert report.state == APPLIED, report.why
    with chen.here() as desk:
        assert privacy.agree(desk)  # Bo wrote under that name, and two of three have asked now
    passed_on = chen.give("passed on.ucapx")
    for each in (ana, chen):
        each.check()
        left = everywhere(each, given, passed_on, logs.log_file().parent)
        assert not left, "\n".join(left)


def test_saved_views_go_where_the_removal_arrives(laptops: list[Laptop], tmp_path: Path) -> None:
    """With the package at once; where it was taken in otherwise, with the next opening."""
    ana, chen, bo = laptops
    person = ana.add("person", f"name.family={FAMILY}", "name.given=Bo")
    for each in (chen, bo):
        each.receive(ana.give(f"for {each.name}.ucapx"))
        with each.here() as desk:
            for name in (FAMILY, f"Bo {FAMILY}", "Lunch"):
                lists.keep_view(desk, name, ListView("person", find=name))
    with ana.here() as desk:
        privacy.erase(desk, person, f"Bo {FAMILY}")
    package = ana.give("after.ucapx")
    with chen.here() as desk:
        exchange_service.receive(desk, [package], dry_run=True)
        assert len(lists.saved_views(desk)) == 3
        exchange_service.receive(desk, [package])
        assert [each.name for each in lists.saved_views(desk)] == ["Lunch"]
    bo.receive(package)
    with bo.here() as desk:
        path = desk.workspace.path
        desk.close()
        bo.desk = workspace_service.open(path)
        assert [each.name for each in lists.saved_views(bo.desk)] == ["Lunch", FAMILY]


def test_a_removal_that_was_cut_off_is_finished_on_opening(laptops: list[Laptop], tmp_path: Path) -> None:
    """Ended after it was written and before anything else: also here nothing names the files any more."""
    ana, chen, _ = laptops
    person = told_everything(ana, tmp_path)
    chen.receive(ana.give("2.ucapx"))
    chen.edit(person, f"notes={TEXT}")
    ana.receive(chen.give("3.ucapx"), accept=False)  # waits
    with ana.here() as desk, pytest.MonkeyPatch.context() as patch:
        patch.setattr(Desk, "tidy", lambda *_: None)
        privacy.erase(desk, person, f"Bo {FAMILY}")
    with ana.here() as desk:
        assert maintenance.finish_removals(desk) == [maintenance.CLEARED]
        assert maintenance.finish_removals(desk) == []
    ana.check()
    assert everywhere(ana) == []


def test_where_nobody_was_removed_only_the_first_opening_looks(
    laptops: list[Laptop], monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, *_ = laptops
    with ana.here() as desk:
        maintenance.finish_removals(desk)
        monkeypatch.setattr(leftovers, "erased_ids", None)  # whoever looks fails
        assert maintenance.finish_removals(desk) == []
