"""What is refused leaves nothing behind: no new name for this laptop, no other package out of its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.package_maker import Hand, Log, Opened, Parcel
from tests.unit.exchange.laptops import Laptop, later_one
from ucapdesk.base.ids import new_id
from ucapdesk.exchange.reports import APPLIED, REFUSED, WAITING

NOWHERE = "11111111-1111-4111-8111-111111111111"


def keys(laptop: Laptop) -> dict[str, bytes]:
    """All that the config folder knows of who this laptop is."""
    return {file.name: file.read_bytes() for file in sorted((laptop.config / "devices").iterdir())}


def claims_more_of(victim: Hand, package: Opened, giver: Hand) -> Parcel:
    """A package whose giver says, without being able to show it, that the victim has written more."""
    log = package.log_of(victim)
    parcel = package.with_log(giver, package.log_of(giver))
    log.save(["meeting", NOWHERE, {"title.en": "In the victim's name"}])
    line = next(each for each in parcel.said["devices"] if each["id"] == victim.id)
    line["head"] = log.head(signer=giver)
    parcel.said["head"][victim.id] = log.seq
    lines = parcel.parts["changes.jsonl"].decode().splitlines()
    return parcel.with_lines([*lines, *log.changesets[-1]])


def test_a_refused_package_leaves_this_laptop_who_it_is(ana: Laptop, chen: Laptop, tmp_path: Path) -> None:
    chen.add("meeting", "title.en=Mine")
    with ana.here() as desk:
        me = desk.me().device_id
    before = keys(ana)
    opened = Opened(chen.give("1.ucapx"))
    forged = claims_more_of(Hand.of(ana.config, "Ana", me), opened, Hand.of(chen.config, "Chen Yan"))
    (report,) = ana.receive(forged.write(tmp_path / "forged.ucapx"))
    assert (report.state, report.renewed) == (REFUSED, False)
    assert keys(ana) == before, "the key of this laptop is gone"
    ana.reopen()
    made = ana.add("meeting", "title.en=Goes on")
    (report,) = chen.receive(ana.give("2.ucapx"))
    assert (report.state, chen.text(made)) == (APPLIED, "Goes on")


def put_back(ana: Laptop, chen: Laptop, stick: Path) -> tuple[Laptop, str]:
    """Ana's computer as it was before she wrote something that Chen has; and that."""
    ana.desk.close()
    twin = ana.cloned(stick / "twin")
    ana.reopen()
    made = ana.add("meeting", "title.en=Lost here")
    chen.receive(ana.give("lost.ucapx"))
    return twin, made


def test_one_that_is_put_back_goes_on_as_a_new_one_only_with_what_is_taken_in(
    ana: Laptop, chen: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    twin, made = put_back(ana, chen, tmp_path)
    before = keys(twin)
    package = chen.give("back.ucapx")
    opened, hand = Opened(package), Hand.of(chen.config, "Chen Yan")
    loose = opened.log_of(hand).save(["agenda_item", new_id(), {"owner": NOWHERE, "title.en": "Of nothing"}])
    (report,) = twin.receive(opened.with_log(hand, loose).write(tmp_path / "loose.ucapx"))
    assert (report.state, report.renewed) == (REFUSED, False)
    assert keys(twin) == before
    with twin.here() as desk, monkeypatch.context() as broken:
        broken.setattr("ucapdesk.exchange.receiving.note_import", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            twin.receive(package)
        assert (keys(twin), desk.log.vector().get(desk.me().device_id, 0)) == (before, 1)
    (report,) = twin.receive(package)
    assert (report.state, report.renewed, twin.text(made)) == (APPLIED, True, "Lost here")
    with twin.here() as desk:
        old, new = next(iter(before)).partition(".")[0], desk.me().device_id
        assert new != old
        assert f"{old}.json" not in keys(twin)
    twin.reopen()
    with twin.here() as desk:
        assert desk.me().device_id == new
    later = twin.add("meeting", "title.en=As a new one")
    (report,) = chen.receive(twin.give("new.ucapx"))
    assert (report.state, chen.text(later)) == (APPLIED, "As a new one")
    line = next(each for each in Opened(twin.give("again.ucapx")).said["devices"] if each["id"] == new)
    assert line["succ_of"] == old
    twin.desk.close()


@pytest.mark.law("P14")
def test_a_refused_package_does_not_have_own_work_written_again(ana: Laptop, chen: Laptop, tmp_path: Path) -> None:
    """It tells of a copy of this laptop, which there is, and of what nobody may: nothing of it happens here."""
    twin, made = put_back(ana, chen, tmp_path)
    own = twin.add("meeting", "title.en=Only here")
    before, log, opened = keys(twin), twin.log(), Opened(chen.give("both.ucapx"))
    hand = Hand.of(chen.config, "Chen Yan")
    forged = opened.log_of(hand).save(["~erase", made, {"kind": "meeting", "names": []}])
    lines = [*opened.lines, *forged.changesets[-1]]
    package = opened.with_log(hand, forged).with_lines(lines).write(tmp_path / "forged.ucapx")
    (report,) = twin.receive(package)
    assert (report.state, report.renewed) == (REFUSED, False)
    assert (keys(twin), twin.log()) == (before, log)
    (report,) = twin.receive(chen.give("honest.ucapx"))
    assert (report.state, report.renewed, report.parted) == (APPLIED, True, ())
    assert (twin.text(made), twin.text(own)) == ("Lost here", "Only here")
    twin.check()
    twin.desk.close()


def test_a_file_under_the_name_of_one_that_waits_does_not_take_its_place(
    ana: Laptop, chen: Laptop, tmp_path: Path
) -> None:
    first, one, second, builds_on = later_one(chen, tmp_path)
    (report,) = ana.receive(second)
    assert report.state == WAITING
    li, workspace = Hand("Li"), Opened(one).workspace
    false = Parcel(workspace, li, [Log(workspace, li)])
    false.said["bundle_id"] = builds_on.said["bundle_id"]
    (report,) = ana.receive(false.write(tmp_path / "false.ucapx"), accept=False)
    assert report.state in (WAITING, REFUSED)
    reports = ana.receive(one)
    assert [each.state for each in reports] == [APPLIED, APPLIED]
    assert ana.text(first) == "Second"
