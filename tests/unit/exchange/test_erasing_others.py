"""Removals of the data of people: nobody removes what is of others, and what was written meanwhile comes out the same."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from tests.helpers.package_maker import Hand, Log, Opened, Parcel, blanked, sha256, spelled
from tests.unit.exchange.insider import Insider, erase
from tests.unit.exchange.laptops import Laptop, agree, joined, sentence, told
from tests.unit.exchange.participants import DIET, remove, shown, takes_part
from ucapdesk.base.ids import derived_id, new_id
from ucapdesk.exchange.errors import LOOSE_ENDS, REMOVES_RECORDS, RemovesPeople
from ucapdesk.exchange.reports import APPLIED, KNOWN, REFUSED
from ucapdesk.services.exchange import exchange_service
from ucapdesk.services.people import privacy
from ucapdesk.services.records import draft_texts, records
from ucapdesk.store.desk import Desk
from ucapdesk.store.errors import DiskFull, LeftoversRemain
from ucapdesk.store.merge.branch_merge import reissue
from ucapdesk.store.safety.restore import restore_copy
from ucapdesk.store.workspace.workspace import Workspace


@pytest.fixture
def insider(ana: Laptop, chen: Laptop, tmp_path: Path) -> Insider:
    return Insider(ana, chen, tmp_path)


def test_a_meeting_is_not_erased_whatever_it_is_called(ana: Laptop, insider: Insider) -> None:
    (meeting,) = records.listing(ana.desk, "meeting")
    before = ana.digest(), ana.log()
    header = spelled(["meeting", meeting, {"title.en": "x"}])
    for rows in (
        [erase(meeting)],
        [erase(meeting, "meeting")],
        [blanked(header, "person", meeting), erase(meeting)],
        [erase(new_id())],
        [["person", meeting, {"name": {"given": "A"}}], erase(meeting)],
    ):
        package = Insider.package(insider, *rows)
        for dry_run in (True, False):
            (report,) = ana.receive(package, dry_run=dry_run)
            assert (report.state, report.erased, sentence(report)) == (REFUSED, 0, REMOVES_RECORDS.sentence), rows
            assert report.why is not None
            assert "only the data of people can be" in report.why.say()
        insider.log.changesets.pop()
        assert (ana.digest(), ana.log()) == before
    assert ana.text(meeting) == "Opening"
    ana.check()


def test_a_part_goes_only_with_its_person(ana: Laptop, chen: Laptop, tmp_path: Path) -> None:
    person = ana.add("person", "name.family=Zhang", "name.given=Wei", "tags=water")
    chen.receive(ana.give("person.ucapx"))
    insider = Insider(ana, chen, tmp_path)
    part, of_meeting = member_of(ana, person), member_of(ana, records.listing(ana.desk, "meeting")[0])
    for rows in ([erase(part, "member")], [erase(person), erase(of_meeting, "member")]):
        (report,) = ana.receive(insider.package(*rows))
        assert (report.state, sentence(report)) == (REFUSED, REMOVES_RECORDS.sentence)
        insider.log.changesets.pop()
    (report,) = ana.receive(insider.package(erase(person), erase(part, "member")))
    assert (report.state, report.erased, report.erasing) == (APPLIED, 1, ("Wei Zhang",))
    ana.check()


@pytest.mark.parametrize("also", [True, False])
def test_nothing_is_made_part_of_a_person_to_be_erased_with_them(
    ana: Laptop, chen: Laptop, tmp_path: Path, also: bool
) -> None:
    """Chen invents a person, says that a meeting and a point of its agenda belong to them, and erases the person."""
    (meeting,) = records.listing(ana.desk, "meeting")
    point = ana.add("agenda_item", f"owner={meeting}", "title.en=A point")
    chen.receive(ana.give("point.ucapx"))
    insider = Insider(ana, chen, tmp_path / "insider")
    for kind, id_ in (("meeting", meeting), ("agenda_item", point), ("member", member_of(ana, meeting))):
        before, invented = ana.log(), new_id()
        insider.log.save(["person", invented, {"email": "x@example.org"}], [kind, id_, {"owner": invented}])
        (report,) = ana.receive(insider.package(erase(invented), *([erase(id_, kind)] if also else [])))
        if also or kind == "agenda_item":
            why = REMOVES_RECORDS.sentence if also else LOOSE_ENDS.sentence
            assert (report.state, sentence(report), ana.log()) == (REFUSED, why, before), kind
            del insider.log.changesets[-2:]
        else:
            assert (report.state, report.erased) == (APPLIED, 1), kind
        assert (ana.text(meeting), ana.text(point)) == ("Opening", "A point"), kind
        assert meeting in records.listing(ana.desk, "meeting"), kind
    ana.trash(meeting)
    with ana.here() as desk:
        records.untrash(desk, meeting)
    assert meeting in records.listing(ana.desk, "meeting")
    ana.check()


@pytest.mark.parametrize("signed", [True, False])
@pytest.mark.parametrize("kind", ["member", "attachment", "participation", "visit"])
def test_what_was_put_under_an_invented_person_is_the_same_whatever_arrived_first(
    ana: Laptop, chen: Laptop, tmp_path: Path, kind: str, signed: bool
) -> None:
    """Chen writes, as if he knew of nothing, that what Ana made is part of a person whom he invents and removes.

    Eva hears of him before she hears of Ana's record, and takes in his removal; that is no reason for Ana and Eva to refuse
    one another's packages ever after.
    """
    eva, invented = joined(tmp_path / "eva", ana.give("0.ucapx"), "Eva"), new_id()
    insider = Insider(ana, chen, tmp_path / "insider")
    visit = ana.add("visit", "title.en=Visit", "tags=water")
    made = {
        "visit": visit,
        "member": member_of(ana, visit),
        "attachment": ana.add("attachment", f"owner={visit}", "title.en=Map"),
        "participation": ana.add("participation", f"owner={visit}", "free_name.en=Rossi", "diet=vegan"),
    }
    id_ = made[kind]
    invented = id_ if kind == "visit" else invented
    claim = ["person" if kind == "visit" else kind, id_, {"person" if kind == "participation" else "owner": invented}]
    late = {"t": 1_800_000_000_000_000, "e": {invented: [1, 2]} if signed else None}
    insider.log.save(["person", invented, {"email": "x@example.org"}], claim, **late)
    asked = [erase(invented)] if kind in ("participation", "visit") else [erase(invented), erase(id_, kind)]
    package, before = insider.package(*asked), ana.text(visit)
    (of_eva,), (of_ana,) = eva.receive(package), ana.receive(package)
    assert (of_eva.state, of_ana.state) == (APPLIED, APPLIED), of_ana.why
    (report,) = eva.receive(ana.give("1.ucapx"))
    assert report.state == APPLIED, report.why
    ana.add("meeting", "title.en=Later")
    eva.add("meeting", "title.en=Later still")
    for giver, receiver, name in ((ana, eva, "2.ucapx"), (eva, ana, "3.ucapx")):
        (report,) = receiver.receive(giver.give(name))
        assert report.state == APPLIED, report.why
    third = joined(tmp_path / "third", eva.give("4.ucapx"), "Third")
    for each in (ana, eva, third):
        each.check()
        assert each.digest() == ana.digest()
        assert each.text(visit) == before
        assert each.desk.db.execute(f'SELECT is_deleted FROM "{kind}" WHERE id = ?', (id_,)).fetchone() == (0,)
    eva.desk.close()
    third.desk.close()


def test_who_is_removed_already_is_not_removed_by_somebody_who_never_knew_them(
    ana: Laptop, chen: Laptop, tmp_path: Path
) -> None:
    """Eva, who has not heard of the removal, would refuse the packages of all who took that in."""
    insider, person = Insider(ana, chen, tmp_path / "insider"), ana.add("person", "name.family=Zhang", "name.given=Wei")
    eva = joined(tmp_path / "eva", ana.give("0.ucapx"), "Eva")
    remove(ana, person)
    (report,) = ana.receive(insider.package(erase(person)))
    assert (report.state, sentence(report)) == (REFUSED, REMOVES_RECORDS.sentence)
    (report,) = eva.receive(ana.give("1.ucapx"))
    assert report.state == APPLIED, report.why
    agree(ana, eva)
    eva.desk.close()


@pytest.mark.parametrize("kind", ["attachment", "visit"])
def test_nobody_is_kept_by_what_is_written_as_if_they_were_not_known(
    ana: Laptop, chen: Laptop, tmp_path: Path, kind: str
) -> None:
    insider = Insider(ana, chen, tmp_path / "insider")
    person = ana.add("person", "name.family=Zhang", "name.given=Wei", f"email={DIET}@example.org")
    eva = joined(tmp_path / "eva", ana.give("0.ucapx"), "Eva")
    insider.log.save([kind, person, {"title.en": "x"}], e={})
    (report,) = ana.receive(insider.package())
    assert report.state == APPLIED, report.why
    with ana.here() as desk, desk.save(["erase", {}]) as work:
        work.rows([("~erase", person, {"kind": "person", "names": []})])
    (report,) = eva.receive(ana.give("1.ucapx"))
    assert report.state == APPLIED, report.why
    agree(ana, eva)
    for each in (ana, eva):
        assert not any(DIET in line for changeset in each.desk.log.changesets() for line in changeset.lines)
    eva.desk.close()


def test_a_line_of_a_person_that_its_author_lists_under_another_goes_with_that_one_everywhere(
    ana: Laptop, chen: Laptop, tmp_path: Path
) -> None:
    eva = joined(tmp_path / "eva", ana.give("0.ucapx"), "Eva")
    insider, one, other = Insider(ana, chen, tmp_path / "insider"), new_id(), new_id()
    line = ["person", other, {"email": "x@example.org"}]
    header = {"e": {one: [1, 2]}}
    insider.log.save(["person", one, {"email": "y@example.org"}], line, **header)
    whole = insider.package(erase(one))
    said = insider.log.changesets[-2]
    insider.log.changesets[-2] = [*said[:2], blanked(said[2], "person", other, one)]
    for each, package in (
        (ana, whole),
        (eva, insider.opened.with_log(insider.hand, insider.log).write(tmp_path / "left out.ucapx")),
    ):
        (report,) = each.receive(package)
        assert report.state == APPLIED, report.why
    ana.receive(eva.give("1.ucapx"))
    eva.receive(ana.give("2.ucapx"))
    agree(ana, eva)
    eva.desk.close()


def test_what_leads_nowhere_is_refused_also_where_it_is_not_shown(
    ana: Laptop, chen: Laptop, visit: str, wei: str, tmp_path: Path
) -> None:
    """It would be shown, and the removal fail, as soon as what is shown in its place is removed."""
    insider = Insider(ana, chen, tmp_path / "insider")
    part = takes_part(ana, visit, f"person={wei}")
    link = ["participation", part, {"person": new_id()}]
    insider.log.save(link, t=1, e={})
    (report,) = ana.receive(insider.package())
    assert (report.state, sentence(report)) == (REFUSED, LOOSE_ENDS.sentence)
    remove(ana, wei)
    assert shown(ana, visit) == []
    ana.check()


def test_what_is_listed_under_one_who_went_with_another_goes_too(ana: Laptop, insider: Insider) -> None:
    one, other, third = new_id(), new_id(), new_id()
    insider.log.save(
        ["person", one, {"email": "x@example.org"}], ["affiliation", other, {"owner": one}], e={one: [1, 2]}
    )
    insider.log.save(["person", third, {"email": "quince@example.org"}], erase(one), e={other: [1]})
    for package in (insider.package(), insider.package(erase(other))):
        (report,) = ana.receive(package)
        assert report.state == APPLIED, report.why
    assert not any("quince" in line for changeset in ana.desk.log.changesets() for line in changeset.lines)
    ana.check()


def test_one_laptop_cannot_remove_what_another_says_belongs_to_a_person(
    ana: Laptop, chen: Laptop, tmp_path: Path
) -> None:
    """The first has seen the meeting; the second says that it has seen the first alone."""
    (meeting,) = records.listing(ana.desk, "meeting")
    insider, invented = Insider(ana, chen, tmp_path / "insider"), new_id()
    second = Log(ana.desk.workspace.id, Hand("Second"))
    insider.log.save(
        ["person", invented, {"email": "x@example.org"}],
        ["meeting", meeting, {"owner": invented}],
        e={invented: [1, 2]},
    )
    second.save(erase(invented), erase(meeting, "meeting"), v={insider.hand.id: insider.log.seq})
    package = insider.opened.with_log(insider.hand, insider.log, second).write(tmp_path / "both.ucapx")
    (report,) = ana.receive(package)
    assert (report.state, sentence(report)) == (REFUSED, REMOVES_RECORDS.sentence)
    assert meeting in records.listing(ana.desk, "meeting")


@pytest.mark.parametrize("way", ["a backup", "written once more"])
def test_what_stays_although_another_says_it_was_a_removed_person_s_is_the_same_again(
    ana: Laptop, chen: Laptop, wei: str, tmp_path: Path, way: str
) -> None:
    """Both from a backup and when the laptop writes its part of the log once more under another name."""
    insider, invented = Insider(ana, chen, tmp_path / "insider"), new_id()
    me = ana.desk.me().device_id
    first = ana.desk.log.devices[me].seq + 1
    visit = ana.add("visit", "title.en=Visit")
    plan, post = ana.add("attachment", f"owner={visit}", "title.en=Map"), ana.add("affiliation", f"owner={wei}")
    claims = [["attachment", plan, {"owner": invented}], ["affiliation", post, {"owner": invented, "post.en": "x"}]]
    insider.log.save(["person", invented, {"email": "x@example.org"}], *claims, e={invented: [1, 2, 3]}, t=10**15)
    (report,) = ana.receive(insider.package(erase(invented), erase(plan, "attachment")))
    assert report.state == APPLIED, report.why
    remove(ana, wei)
    before, log = ana.digest(), ana.log()
    with ana.here():
        if way == "a backup":
            path, copy = ana.desk.workspace.path, ana.desk.workspace.keep_copy("receive")
            ana.edit(plan, "title.en=Plan")
            ana.desk.close()
            restore_copy(path, copy.name, clock=ana.clock)
            ana.desk = Desk.open(path, clock=ana.clock)
            assert ana.log() == log
        else:
            reissue(ana.desk, {me: first})
            assert ana.desk.log.devices[me].seq == first - 1
    assert (ana.digest(), ana.text(plan)) == (before, "Map")
    eva = joined(tmp_path / "eva", ana.give("1.ucapx"), "Eva")
    agree(ana, eva)
    eva.desk.close()


def test_a_tag_that_is_put_elsewhere_is_shown_there_alone(ana: Laptop, insider: Insider) -> None:
    (meeting,) = records.listing(ana.desk, "meeting")
    other = ana.add("meeting", "title.en=Other")
    link = ["member", member_of(ana, meeting), {"owner": other}]
    v = {each.id: each.seq for each in ana.desk.log.devices.values() if each.id != insider.hand.id and each.seq}
    insider.opened = Opened(ana.give("0.ucapx"))
    (report,) = ana.receive(
        insider.opened.with_log(insider.hand, insider.log.save(link, v=v)).write(insider.folder / "1.ucapx")
    )
    assert report.state == APPLIED, report.why
    assert [records.get(ana.desk, each).tags for each in (meeting, other)] == [(), ("water",)]  # type: ignore[attr-defined]
    ana.check()


def member_of(laptop: Laptop, owner: str) -> str:
    (found,) = [row[0] for row in laptop.desk.db.execute("SELECT id FROM member WHERE owner = ?", (owner,))]
    return str(found)


def test_an_honest_removal_is_named_counted_and_goes_everywhere(ana: Laptop, chen: Laptop, tmp_path: Path) -> None:
    person = ana.add("person", "name.family=Zhang", "name.given=Wei", "tags=water")
    chen.receive(ana.give("1.ucapx"))
    chen.edit(person, "email=wei@example.org")
    with ana.here() as desk:
        privacy.erase(desk, person, "Wei Zhang")
    package = ana.give("2.ucapx")
    (report,) = chen.receive(package, dry_run=True)
    assert (report.erased, report.erasing) == (1, ("Wei Zhang",))
    assert "all data of 1 person removed for good: Wei Zhang" in told(chen, "receive", str(package), "--remove-people")
    (report,) = ana.receive(chen.give("3.ucapx"))
    assert (report.state, report.erasing) == (APPLIED, ())
    eva = joined(tmp_path / "eva", chen.give("4.ucapx"), "Eva")
    assert (report.state, eva.digest()) == (APPLIED, ana.digest())
    for laptop in (ana, chen, eva):
        laptop.check()
    eva.desk.close()


def test_one_nobody_met_may_be_removed_with_their_own_lines(ana: Laptop, tmp_path: Path) -> None:
    li, person = Hand("Li"), new_id()
    log = Log(ana.desk.workspace.id, li).save(["person", person, {"email": "a@example.org"}]).save(erase(person))
    (report,) = ana.receive(Parcel(log.workspace, li, [log]).write(tmp_path / "li.ucapx"))
    assert report.state == APPLIED, report.why


def test_a_long_row_of_records_one_in_the_other_goes_with_a_person(ana: Laptop, insider: Insider) -> None:
    ids = [new_id() for _ in range(2000)]
    rows = [["member", id_, {"owner": above}] for id_, above in pairwise([*ids, new_id()])]
    insider.log.save(["person", ids[-1], {"email": "x@example.org"}], *rows[:-1])
    (report,) = ana.receive(insider.package(erase(ids[-1])))
    assert (report.state, report.erased) == (APPLIED, 1), report.why
    ana.check()


@pytest.fixture
def rossi(ana: Laptop) -> str:
    return ana.add("person", "name.family=Rossi", "name.given=Anna")


def received(laptop: Laptop, package: Path) -> None:
    with laptop.here() as desk:
        (report,) = exchange_service.receive(desk, [package], accept=True)
        assert report.state in (APPLIED, KNOWN), report.why


def diets(laptop: Laptop, visit: str) -> list[str]:
    return [records.get(laptop.desk, each).diet for each in shown(laptop, visit)]  # type: ignore[attr-defined]


def agree_after_removal(ana: Laptop, chen: Laptop) -> None:
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
    agree_after_removal(ana, chen)


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
    agree_after_removal(ana, chen)


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
    agree_after_removal(ana, chen)


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
    agree_after_removal(ana, chen)


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
    agree_after_removal(ana, chen)


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
