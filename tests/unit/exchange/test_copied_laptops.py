"""Laptops that were copied or put back, many of them, and long chains of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.helpers.package_maker import Hand, Log, Opened
from tests.unit.exchange.laptops import Laptop, agree, joined, only
from ucapdesk.base.ids import derived_id, new_id
from ucapdesk.cli import cli
from ucapdesk.exchange import devices, receiving
from ucapdesk.exchange.reports import APPLIED, KNOWN
from ucapdesk.services import home
from ucapdesk.services.people import privacy
from ucapdesk.services.records import records, related
from ucapdesk.store.log.branches import ENTITY, OnBranch
from ucapdesk.store.log.changeset import ON_BRANCH


@pytest.fixture
def twin(ana: Laptop, tmp_path: Path) -> Iterator[Laptop]:
    ana.desk.close()
    found = ana.cloned(tmp_path / "twin")
    ana.reopen()
    yield found
    found.desk.close()


def named(laptop: Laptop, *words: str) -> list[bool]:
    return [bool(records.listing(laptop.desk, "meeting", find=word)) for word in words]


def asked(laptop: Laptop) -> list[tuple[str, str, tuple[str, ...]]]:
    return sorted((q.id, q.cell, tuple(sorted(str(c.value) for c in q.candidates))) for q in laptop.desk.questions())


def everybody_gives(*laptops: Laptop) -> None:
    for _ in range(2):
        for giver in laptops:
            file = giver.give(f"{new_id()}.ucapx")
            for taker in laptops:
                if taker is not giver:
                    (report,) = taker.receive(file)
                    assert report.state in (APPLIED, KNOWN), report.why


@pytest.mark.law("P14")
def test_what_two_wrote_under_one_name_is_kept_by_everybody(ana: Laptop, twin: Laptop, chen: Laptop) -> None:
    ana.add("meeting", "title.en=Here")
    twin.add("meeting", "title.en=There")
    chen.receive(ana.give("1.ucapx"))
    (report,) = chen.receive(twin.give("2.ucapx"))
    assert (report.state, report.new, report.conflicts, len(report.parted)) == (APPLIED, 1, 0, 1)
    assert named(chen, "Here", "There") == [True, True]
    chen.check()
    everybody_gives(ana, twin, chen)
    agree(ana, twin, chen)
    assert asked(chen) == []
    assert len({laptop.desk.me().device_id for laptop in (ana, twin, chen)}) == 3


def test_both_go_on_as_new_laptops_and_can_be_told_apart(ana: Laptop, twin: Laptop, chen: Laptop) -> None:
    with ana.here() as desk:
        before = desk.me().device_id
    ana.add("meeting", "title.en=Here")
    twin.add("meeting", "title.en=There")
    chen.receive(ana.give("1.ucapx"), twin.give("2.ucapx"))
    file = chen.give("3.ucapx")
    (report,) = ana.receive(file)
    assert (report.state, report.renewed) == (APPLIED, True)
    (report,) = twin.receive(file)
    assert (report.state, report.renewed) == (APPLIED, True)
    assert len({ana.desk.me().device_id, twin.desk.me().device_id, before}) == 3
    with ana.here() as desk:
        listed = devices.listed(desk)
    assert [device.twice for device in listed if device.id == before] == [True]
    assert len({device.id for device in listed}) == len(listed)


def test_what_nobody_has_yet_goes_out_under_the_new_name_and_nobody_else_notices(
    ana: Laptop, twin: Laptop, chen: Laptop
) -> None:
    ana.edit(only(ana), "title.en=Here")
    made = twin.add("meeting", "title.en=There")
    chen.receive(ana.give("1.ucapx"))
    (report,) = twin.receive(chen.give("2.ucapx"))
    assert (report.state, report.renewed, report.parted) == (APPLIED, True, ())
    assert twin.text(only_first(twin)) == "Here"
    (report,) = chen.receive(twin.give("3.ucapx"))
    assert (report.state, report.parted, chen.text(made)) == (APPLIED, (), "There")
    chen.receive(ana.give("4.ucapx"))
    twin.receive(chen.give("5.ucapx"))
    ana.receive(chen.give("5b.ucapx"))
    agree(ana, twin, chen)
    with chen.here() as desk:
        assert not desk.log.branches.nodes


def only_first(laptop: Laptop) -> str:
    return records.listing(laptop.desk, "meeting", find="开幕式")[0]


@pytest.mark.law("P1", "P14")
@pytest.mark.parametrize("order", [(0, 1, 2), (1, 2, 0), (2, 1, 0)])
def test_third_parties_come_to_the_same_whatever_arrives_first(
    ana: Laptop, twin: Laptop, chen: Laptop, tmp_path: Path, order: tuple[int, ...]
) -> None:
    bo = joined(tmp_path / "bo", ana.give("bo.ucapx"), "Bo")
    dora = joined(tmp_path / "dora", ana.give("dora.ucapx"), "Dora")
    first = only(ana)
    ana.edit(first, "title.en=Here", "title.zh=这里")
    twin.edit(first, "title.en=There")
    chen.receive(ana.give("1.ucapx"))
    bo.receive(twin.give("2.ucapx"))
    chen.edit(first, "title.zh=她那里")  # knowing Ana's
    bo.edit(first, "room=12")
    bo.edit(first, "title.en=Right there")  # knowing the other's
    files = [chen.give("3.ucapx"), bo.give("4.ucapx"), ana.give("5.ucapx")]
    for n in order:
        (report,) = dora.receive(files[n])
        assert report.state in (APPLIED, KNOWN), report.why
    assert asked(dora) == [(first, "title.en", ("Here", "Right there"))]
    assert dora.text(first, "title.zh") == "她那里"
    everybody_gives(ana, twin, chen, bo, dora)
    agree(ana, twin, chen, bo, dora)
    assert asked(dora) == [(first, "title.en", ("Here", "Right there"))]
    with dora.here() as desk:
        desk.decide(first, "title.en", "Right there")
    everybody_gives(dora, ana, twin, chen, bo)
    agree(ana, twin, chen, bo, dora)
    assert asked(ana) == []
    eve = joined(tmp_path / "eve", dora.give("eve.ucapx"), "Eve")
    agree(eve, dora)
    for laptop in (bo, dora, eve):
        laptop.desk.close()


def test_a_third_copy_that_turns_up_later_parts_before_or_behind(
    ana: Laptop, twin: Laptop, chen: Laptop, tmp_path: Path
) -> None:
    twin.desk.close()
    third = twin.cloned(tmp_path / "third")
    twin.reopen()
    for laptop, words in ((ana, "a1 a2 a3"), (twin, "t1 t2 t3"), (third, "u1")):
        for word in words.split():
            laptop.add("meeting", f"title.en={word}")
    twin.desk.close()
    fourth = twin.cloned(tmp_path / "fourth")
    twin.reopen()
    twin.add("meeting", "title.en=t4")
    fourth.add("meeting", "title.en=v4")
    for n, laptop in enumerate((fourth, ana, twin, third)):
        (report,) = chen.receive(laptop.give(f"{n}.ucapx"))
        assert report.state == APPLIED, report.why
        chen.check()
    assert all(named(chen, "a1", "a2", "a3", "t1", "t2", "t3", "u1", "t4", "v4"))
    everybody_gives(ana, twin, third, fourth, chen)
    agree(ana, twin, third, fourth, chen)
    for laptop in (third, fourth):
        laptop.desk.close()


def test_a_disk_put_back_to_an_older_state_that_wrote_again(ana: Laptop, chen: Laptop, tmp_path: Path) -> None:
    ana.desk.close()
    image = ana.cloned(tmp_path / "image")
    image.desk.close()
    ana.reopen()
    ana.add("meeting", "title.en=Given, then lost")
    chen.receive(ana.give("1.ucapx"))
    ana.desk.close()
    with image.here():
        image.reopen()
    image.add("meeting", "title.en=Written on the old state")
    (report,) = image.receive(chen.give("2.ucapx"))
    assert (report.state, report.renewed) == (APPLIED, True)
    chen.receive(image.give("3.ucapx"))
    agree(image, chen)
    assert named(chen, "lost", "state") == [True, True]


def test_a_preview_says_the_same_and_writes_nothing(ana: Laptop, twin: Laptop, chen: Laptop) -> None:
    first = only(ana)
    ana.edit(first, "title.en=Here")
    twin.edit(first, "title.en=There")
    chen.receive(ana.give("1.ucapx"))
    file, before, log = twin.give("2.ucapx"), chen.digest(), chen.log()
    (preview,) = chen.receive(file, dry_run=True)
    assert (chen.digest(), chen.log()) == (before, log)
    (report,) = chen.receive(file)
    assert (preview.to_json(), preview.parted) == (report.to_json(), report.parted)
    assert report.conflicts == 1


def test_words_that_were_changed_on_the_way_are_no_second_history(ana: Laptop, twin: Laptop, chen: Laptop) -> None:
    from tests.helpers.package_maker import Hand, Opened

    ana.add("meeting", "title.en=Here")
    chen.receive(ana.give("1.ucapx"))
    ana.add("meeting", "title.en=Here as well")
    opened = Opened(ana.give("2.ucapx"))
    changed = [line.replace("Here", "Hell") for line in opened.lines]
    parcel = opened.with_log(Hand.of(ana.config, "Ana")).with_lines(changed)
    before = chen.log()
    (report,) = chen.receive(parcel.write(chen.folder / "forged.ucapx"))
    assert report.code == "E04"
    assert chen.log() == before


def test_a_receive_with_which_this_laptop_wrote_itself_is_not_taken_back(
    ana: Laptop, twin: Laptop, chen: Laptop
) -> None:
    first = only(ana)
    ana.edit(first, "title.en=Here")
    twin.edit(first, "title.en=There")
    chen.receive(ana.give("1.ucapx"))
    chen.edit(first, "title.en=Over here")
    chen.receive(twin.give("2.ucapx"))
    with chen.here() as desk:
        assert receiving.last_receive(desk) is None


def test_the_command_line_says_it_in_one_sentence_and_lists_which_laptop_it_was(
    ana: Laptop, twin: Laptop, chen: Laptop
) -> None:
    ana.add("meeting", "title.en=Here")
    twin.add("meeting", "title.en=There")
    chen.receive(ana.give("1.ucapx"))
    file, workspace = twin.give("2.ucapx"), str(chen.desk.workspace.path)
    chen.desk.close()
    with chen.here():
        run = CliRunner().invoke(cli, ["--lang", "en", "receive", workspace, str(file)])
        assert run.exit_code == 0, run.output
        assert "wrote twice under one name" in run.output
        assert "nothing is lost" in run.output
        listed = CliRunner().invoke(cli, ["--lang", "en", "devices", workspace])
    assert next(line for line in listed.output.splitlines() if "copied" in line).count("Ana") == 1
    chen.reopen()


def test_who_says_wrongly_which_branch_others_had_seen_makes_nobody_differ_and_hides_nothing(
    ana: Laptop, twin: Laptop, chen: Laptop, tmp_path: Path
) -> None:
    bo = joined(tmp_path / "bo", ana.give("bo.ucapx"), "Bo")
    first = only(ana)
    ana.edit(first, "title.en=Here")
    twin.edit(first, "title.en=There")
    bo.receive(twin.give("1.ucapx"))
    bo.edit(first, "title.en=Right there")  # knowing the other's, not Ana's
    chen.receive(ana.give("2.ucapx"), bo.give("3.ucapx"))
    assert asked(chen) == [(first, "title.en", ("Here", "Right there"))]
    with chen.here() as desk, desk.transaction() as db:  # an accepted laptop with a program of its own
        log = desk.log
        ((observer, meant),) = log.branches.on.items()
        other = next(id_ for id_ in log.branches.nodes if id_ not in meant)
        chain = log.chain_at(log.devices[observer], 1)
        wrong = OnBranch(observer, chain.hex(), other)
        log.branches.place([wrong], {chain: (observer, 1)})
        log.branches.keep(db)
        desk.write_own([(ENTITY, new_id(), wrong._asdict())], [ON_BRANCH, {}])
        desk.merge.rebuild()
    everybody_gives(chen, ana, twin, bo)
    agree(chen, ana, twin, bo)
    assert asked(ana) == [
        (first, "title.en", ("Here", "Right there", "There"))
    ]  # once too often, and nothing is hidden
    bo.desk.close()


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
