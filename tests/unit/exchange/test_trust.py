"""Whose packages are taken in, whose laptops are introduced, and what waits."""

from __future__ import annotations

import json
import struct
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.errors import user_error
from tests.helpers.package_maker import Hand, Log, Opened, Parcel
from tests.unit.exchange.forge import Forged
from tests.unit.exchange.laptops import Laptop, joined, later_one, refused, sentence, told
from tests.unit.exchange.strangers import asked, strange
from ucapdesk.base.clock import local_time, moment
from ucapdesk.base.ids import new_id
from ucapdesk.exchange import arrival, container, waiting_packages
from ucapdesk.exchange.container import MOST_DEVICES
from ucapdesk.exchange.errors import MANY_NEW_LAPTOPS
from ucapdesk.exchange.reports import APPLIED, DISCARDED, KNOWN, REFUSED, WAITING
from ucapdesk.services.exchange import exchange_service
from ucapdesk.services.people import privacy
from ucapdesk.services.records import records
from ucapdesk.services.workspaces import maintenance
from ucapdesk.store.log.changeset import without_person

NOWHERE = "11111111-1111-4111-8111-111111111111"


def test_nobody_can_name_another_end_of_what_another_wrote(ana: Laptop, chen: Laptop, tmp_path: Path) -> None:
    """Chen changes Ana's words, and her head with them; only her signature of that he does not have."""
    chen.add("meeting", "title.en=Theirs")
    forged = Forged(chen.give("good.ucapx"), chen)
    forged.with_lines([line.replace("Opening", "Forged!") for line in forged.lines])
    forged.with_chain_of(json.loads(forged.lines[0])["d"])
    with user_error("E04"):
        joined(tmp_path / "bo", forged.write(), "Bo")


def test_work_of_a_laptop_that_the_list_does_not_name_is_forged(ana: Laptop, chen: Laptop, tmp_path: Path) -> None:
    chen.add("meeting", "title.en=Theirs")
    forged = Forged(chen.give("good.ucapx"), chen)
    header, row = json.loads(forged.lines[0]), json.loads(forged.lines[1])
    header.update(d="a" * 16, n=1)
    row[1] = NOWHERE
    refused(ana, forged.with_lines([*forged.lines, json.dumps(header), json.dumps(row)]).write(), "E04")


def test_nobody_can_take_a_name_out_nor_change_a_header_with_it(ana: Laptop, chen: Laptop, tmp_path: Path) -> None:
    forged = Forged(chen.give("good.ucapx"), chen)
    header = without_person(forged.lines[0])
    later = header.replace('"t":1', '"t":2')
    assert header != later
    for line in (header, later):
        package = forged.with_lines([line, *forged.lines[1:]]).write()
        with user_error("E04"):
            joined(tmp_path / "bo", package, "Bo")


def test_who_accepts_one_laptop_does_not_accept_another_whose_package_waits(ana: Laptop, tmp_path: Path) -> None:
    start = ana.give("start.ucapx")
    bo, eve = (joined(tmp_path / name, start, "Bo") for name in ("bo", "eve"))
    theirs, hers = bo.add("meeting", "title.en=Bo's"), eve.add("meeting", "title.en=In Bo's name")
    waiting = eve.give("eve.ucapx")
    assert ana.receive(waiting, accept=False)[0].state != APPLIED
    told = ana.receive(bo.give("bo.ucapx"), accept=True)
    assert [report.file for report in told] == ["bo.ucapx"]
    with ana.here() as desk:
        assert set(records.listing(desk, "meeting")) & {theirs, hers} == {theirs}
    ana.receive(waiting, accept=True)
    with ana.here() as desk:
        assert {theirs, hers} <= set(records.listing(desk, "meeting"))


@pytest.mark.parametrize("signature", ["", "abcde", "!", "é", "QUJD", "A" * 88])
def test_a_signature_that_is_none_is_damaged_or_forged(ana: Laptop, chen: Laptop, signature: str) -> None:
    def sign(said: dict[str, Any]) -> None:
        for device in said["devices"]:
            device["head"]["sig"] = signature

    chen.add("meeting", "title.en=Theirs")
    (report,) = ana.receive(Forged(chen.give("good.ucapx"), chen).say(sign).write())
    assert (report.state, report.code in ("E03", "E04")) == (REFUSED, True)


def test_changes_that_name_what_is_nowhere_are_refused_and_the_others_come_in(ana: Laptop, chen: Laptop) -> None:
    chen.add("meeting", "title.en=Theirs")
    good = chen.give("good.ucapx")
    chen.add("agenda_item", f"owner={records.listing(chen.desk, 'meeting')[0]}", "title.en=Point")
    forged = Forged(chen.give("point.ucapx"), chen)
    row = json.loads(forged.lines[-1])
    row[2]["owner"] = NOWHERE
    bad = forged.with_lines([*forged.lines[:-1], json.dumps(row)]).with_heads().write(name="bad.ucapx")
    refused(ana, bad, "E15")
    first, second = ana.receive(bad, good, dry_run=True)
    assert (first.code, second.state) == ("E15", APPLIED)
    first, second = ana.receive(bad, good)
    assert (first.code, second.state, second.new) == ("E15", APPLIED, 1)
    ana.check()


ODD: tuple[Any, ...] = (None, "", "x" * 5000, "柳州 \n\t", 0, -1, 2**53, True, False, [], {}, [1], ["a", None], {"a": 1},
                        {"?": []}, {"?": [["x", 1]]}, {"?": "x"}, {"value": []}, {"start": 5}, {"sha256": 7}, [[]])  # fmt: skip


def _odd(cells: dict[str, Any], n: int) -> dict[str, Any]:
    return {cell: ODD[(n + at) % len(ODD)] for at, cell in enumerate(sorted(cells)) if cell != "owner"}


def test_what_no_version_writes_is_taken_in_as_it_stands_and_passed_on(
    ana: Laptop, chen: Laptop, tmp_path: Path
) -> None:
    """Any field of any kind may hold anything that JSON can, and nobody's program stumbles over it."""
    from db.migrations.declared_tables import tables
    from ucapdesk.model.kinds import KINDS

    chen.add("meeting", "title.en=Theirs")
    forged = Forged(chen.give("good.ucapx"), chen)
    header = json.loads(forged.lines[-2])
    lines, seq = forged.lines, header["s"]
    for n in range(len(ODD)):
        rows = []
        for at, (kind, known) in enumerate(KINDS.items()):
            cells = [
                f"{field.name}.zh" if field.type.keyed else field.name
                for field in known.fields.values()
                if not (field.is_set or field.meta.local)
            ]
            links = {key.parent.name for key in tables().tables[kind].foreign_keys}
            odd = _odd({cell: None for cell in cells if cell not in links}, n + at)
            rows.append(json.dumps([kind, f"{at:08}-0000-4000-8000-{n % 3:012}", odd], ensure_ascii=False))
        seq += 1
        lines = [*lines, json.dumps({**header, "s": seq, "t": header["t"] + n + 1, "n": len(rows)}), *rows]
    package = forged.with_lines(lines).with_heads().write()
    (preview,) = ana.receive(package, dry_run=True)
    (report,) = ana.receive(package)
    assert (report.state, preview.to_json()) == (APPLIED, report.to_json()), report.why
    ana.check()
    for name, known in KINDS.items():
        if not known.cls.reserved:
            for record in ana.desk.read.page(known.cls, records.listing(ana.desk, name)):
                assert record.id
    bo = joined(tmp_path / "bo", ana.give("on.ucapx"), "Bo")
    assert (bo.digest(), bo.log()) == (ana.digest(), ana.log())
    bo.desk.close()


def test_a_directory_that_goes_on_and_on_is_not_read(ana: Laptop, chen: Laptop, tmp_path: Path) -> None:
    package = chen.give("good.ucapx").read_bytes()
    ends = package.rindex(b"PK\x05\x06")
    start = struct.unpack_from("<I", package, ends + 16)[0]
    entry = package[start:ends]
    directory = entry * (4_000_000 // len(entry))
    end = bytearray(package[ends:])
    struct.pack_into("<HHII", end, 8, 60_000, 60_000, len(directory), start)
    (tmp_path / "long.ucapx").write_bytes(package[:start] + directory + end)
    refused(ana, tmp_path / "long.ucapx", "E14")


def test_a_film_is_not_copied_before_it_is_refused(ana: Laptop, tmp_path: Path) -> None:
    with (tmp_path / "film.ucapx").open("wb") as film:
        film.write(b"\x00\x00\x00 ftypmp42")
        film.truncate(3 * 2**30)
    refused(ana, tmp_path / "film.ucapx", "E14")
    with (tmp_path / "film.ucapx").open("r+b") as film:
        film.truncate(2**28)
    refused(ana, tmp_path / "film.ucapx", "E01")
    assert ana.desk.workspace.files.path.stat().st_size < 2**20


MANY: dict[str, Callable[[dict[str, Any]], Any]] = {
    "501 laptops": lambda said: said.update(devices=said["devices"] * 300),
    "a name of a mile": lambda said: said["from"].update(person="x" * 5000),
    "a NUL": lambda said: said["from"].update(person="Chen\0Yan"),
    "half a character": lambda said: said["from"].update(person="\ud800"),
    "what is known of 501": lambda said: said.update(
        known={said["from"]["device"]: {f"{n:016}": 1 for n in range(501)}}
    ),
    "a number too large": lambda said: said["head"].update({said["from"]["device"]: 2**45}),
}


@pytest.mark.parametrize("name", MANY)
def test_a_list_of_contents_beyond_measure_is_damaged(ana: Laptop, chen: Laptop, name: str) -> None:
    chen.add("meeting", "title.en=Theirs")
    refused(ana, Forged(chen.give("good.ucapx"), chen).say(MANY[name]).write(), "E03")


def test_the_same_package_put_together_otherwise_is_known(ana: Laptop, chen: Laptop, tmp_path: Path) -> None:
    """A carrier that packs anew changes the bytes of the file, and nothing else."""
    chen.add("meeting", "title.en=Theirs")
    package = chen.give("good.ucapx")
    ana.receive(package)
    with zipfile.ZipFile(package) as opened, zipfile.ZipFile(tmp_path / "anew.ucapx", "w") as anew:
        for name in opened.namelist():
            anew.writestr(name, opened.read(name))
    before = ana.digest(), ana.log()
    (report,) = ana.receive(tmp_path / "anew.ucapx")
    assert (report.state, report.new, (ana.digest(), ana.log())) == ("known", 0, before)


class Inventor:
    """Chen, whose laptop was accepted, with a package maker of his own."""

    def __init__(self, ana: Laptop, chen: Laptop, folder: Path) -> None:
        chen.add("meeting", "title.en=Harmless")
        harmless = chen.give("harmless.ucapx")
        ana.receive(harmless, accept=True)
        self.chen, self.folder, self.hand = chen, folder, Hand.of(chen.config, "Chen Yan")
        self.opened = Opened(harmless)

    def package(self, laptops: Iterable[int], *, write: bool = False) -> Path:
        logs = [Log(self.opened.workspace, Hand(f"Nobody {n}", "Invented")) for n in laptops]
        for n, log in enumerate(logs if write else ()):
            log.save(["meeting", new_id(), {"title.en": f"Invented {n}"}])
        parcel = self.opened.with_log(self.hand, self.opened.log_of(self.hand), *logs)
        return parcel.write(self.folder / f"{new_id()}.ucapx")


@pytest.fixture
def inventor(ana: Laptop, chen: Laptop, tmp_path: Path) -> Inventor:
    return Inventor(ana, chen, tmp_path)


@pytest.mark.parametrize("write", [False, True])
def test_they_cost_whoever_invents_them(ana: Laptop, inventor: Inventor, tmp_path: Path, write: bool) -> None:
    before = ana.digest(), ana.log()
    for start in (0, 500):
        (report,) = ana.receive(inventor.package(range(start, start + 490), write=write), accept=False)
        assert (report.state, sentence(report)) == (WAITING, MANY_NEW_LAPTOPS.sentence)
        with ana.here() as desk:
            waits = waiting_packages.listed(desk)[0]
        assert (waits.is_strange, waits.is_new, waits.is_trusted) == (True, False, False)
        assert report.why is not None
        assert "490 laptops that nobody here knows" in report.why.say()
    assert (ana.digest(), ana.log()) == before
    eva = joined(tmp_path / "eva", ana.give("1.ucapx"), "Eva")
    eva.add("meeting", "title.en=From Eva")
    (report,) = ana.receive(eva.give("2.ucapx"), accept=[eva.desk.me().device_id])
    assert (report.state, report.new) == (APPLIED, 1)
    ana.check()
    eva.desk.close()


def test_nor_do_they_come_a_few_at_a_time(ana: Laptop, inventor: Inventor) -> None:
    states = [
        ana.receive(inventor.package(range(start, start + 20)), accept=False)[0].state for start in range(0, 100, 20)
    ]
    assert states == [KNOWN, KNOWN, WAITING, WAITING, WAITING]
    assert ana.desk.db.execute("SELECT count(*) FROM sync_device").fetchone()[0] < arrival.MAX_LAPTOPS_INTRODUCED + 5


def test_who_accepts_them_goes_on_as_before(ana: Laptop, inventor: Inventor, tmp_path: Path) -> None:
    """As many as were taken in by an earlier version: what they wrote stays, and everybody can go on."""
    for start in (0, 400):
        (report,) = ana.receive(inventor.package(range(start, start + 400), write=True), accept=True)
        assert report.state == APPLIED, report.why
    ana.add("meeting", "title.en=And so on")
    ana.add("meeting", "title.en=And on")
    eva = joined(tmp_path / "eva", ana.give("1.ucapx"), "Eva")
    assert eva.digest() == ana.digest()
    (report,) = ana.receive(inventor.package(range(900, 940)), accept=False)
    assert report.state == KNOWN, report.why
    eva.check()
    eva.desk.close()


def test_laptops_that_never_wrote_are_left_out_and_can_be_forgotten(
    ana: Laptop, inventor: Inventor, tmp_path: Path
) -> None:
    for start in (0, 490):
        ana.receive(inventor.package(range(start, start + 490)), accept=True)
    given = ana.give("1.ucapx")
    assert len(Opened(given).said["devices"]) == MOST_DEVICES
    (said,) = [line for line in told(ana, "check", "--repair").splitlines() if "never wrote" in line]
    assert "(980)" in said
    ana.reopen()
    assert ana.desk.db.execute("SELECT count(*) FROM sync_device").fetchone() == (2,)
    with ana.here() as desk:
        assert maintenance.repair(desk) == []
    ana.receive(inventor.chen.give("2.ucapx"), accept=False)
    inventor.chen.receive(ana.give("3.ucapx"))
    assert inventor.chen.desk.log.vector() == ana.desk.log.vector()
    ana.check()


MB = 10**6
DAY = 86_400


def test_no_file_that_takes_its_name_drops_one_that_waits(ana: Laptop, chen: Laptop, tmp_path: Path) -> None:
    """Neither one of a stranger, nor one of Chen's that comes in."""
    ana.receive(chen.give("0.ucapx"))
    made, first, second, builds_on = later_one(chen, tmp_path)
    (report,) = ana.receive(second)
    assert report.state == WAITING
    bundle, hand = builds_on.said["bundle_id"], Hand.of(chen.config, "Chen Yan")
    li = Hand("Li")
    false = Parcel(ana.desk.workspace.id, li, [Log(ana.desk.workspace.id, li)])
    false.said["bundle_id"] = bundle
    ana.receive(false.write(tmp_path / "false.ucapx"), accept=False)
    own = Opened(chen.give("3.ucapx"))
    known = own.with_log(hand, own.log_of(hand).branch(0))
    known.said["bundle_id"] = bundle
    ana.receive(known.write(tmp_path / "known.ucapx"))
    with ana.here() as desk:
        assert "2 alone.ucapx" in [each.file for each in waiting_packages.listed(desk)]
    reports = ana.receive(first)
    assert APPLIED in [each.state for each in reports]
    assert ana.text(made) == "Second"


def test_one_comes_in_with_the_package_that_vouches_for_its_laptop(ana: Laptop, tmp_path: Path) -> None:
    start = ana.give("start.ucapx")
    bo, chen = (joined(tmp_path / name, start, name) for name in ("bo", "chen"))
    ana.receive(chen.give("known.ucapx"))
    made = chen.add("meeting", "title.en=Chen's")
    strange = chen.give("strange.ucapx")
    assert bo.receive(strange, accept=False)[0].state == WAITING
    shown: list[tuple[int, int]] = []
    told = bo.receive(ana.give("vouches.ucapx"), accept=False, progress=lambda *step: shown.append(step))
    assert shown == [], "it can be cancelled until the files are in, and these tell nothing new"
    assert [(each.file, each.state) for each in told] == [("vouches.ucapx", KNOWN), ("strange.ucapx", APPLIED)]
    assert bo.text(made) == "Chen's"
    with bo.here() as desk:
        assert not waiting_packages.listed(desk)


def test_what_came_in_with_another_one_is_undone_with_it(ana: Laptop, tmp_path: Path) -> None:
    start = ana.give("start.ucapx")
    bo, chen = (joined(tmp_path / name, start, name) for name in ("bo", "chen"))
    chen.add("meeting", "title.en=Chen's")
    ana.receive(chen.give("known.ucapx"))
    chen.add("meeting", "title.en=Chen's second")
    bo.receive(chen.give("strange.ucapx"), accept=False)
    before = bo.digest(), bo.log()
    vouches = ana.give("vouches.ucapx")
    for _ in range(2):
        told = bo.receive(vouches, accept=False)
        assert [each.state for each in told] == [APPLIED, APPLIED]
        with bo.here() as desk:
            exchange_service.undo_receive(desk, str(exchange_service.undoable(desk)))
            assert [each.file for each in waiting_packages.listed(desk)] == ["strange.ucapx"]
        assert (bo.digest(), bo.log()) == before
        bo.check()


def test_one_that_is_dropped_with_the_data_of_a_person_is_told(ana: Laptop, tmp_path: Path) -> None:
    people = [ana.add("person", f"name.family={name}") for name in ("Zhang", "Rossi")]
    start = ana.give("start.ucapx")
    bo, chen, eva = (joined(tmp_path / name, start, name) for name in ("bo", "Chen", "Eva"))
    for each in (chen, eva):
        each.add("meeting", "title.en=Theirs")
    first, second = chen.give("first.ucapx"), eva.give("second.ucapx")
    bo.receive(first, accept=False)
    with ana.here() as desk:
        privacy.erase(desk, people[0], "Zhang")
    with bo.here() as desk:
        reports = exchange_service.receive(desk, [second, ana.give("erasing.ucapx")])
        (said,) = [each for report in reports for each in report.say_consequences()]
        assert "first.ucapx (Chen), second.ucapx (Eva). Ask their senders" in said
        assert not waiting_packages.listed(desk)
        reports = exchange_service.receive(desk, [first])
        assert not [each for report in reports for each in report.say_consequences()]
    assert "1 package that waited was dropped" in told(bo, "erase", people[1], "--confirm", "Rossi")


def test_files_come_in_together_in_any_order(ana: Laptop, tmp_path: Path) -> None:
    start = ana.give("start.ucapx")
    bo, chen = (joined(tmp_path / name, start, name) for name in ("bo", "chen"))
    chen.add("meeting", "title.en=Chen's")
    strange = chen.give("strange.ucapx")
    ana.receive(strange)
    told = bo.receive(strange, ana.give("vouches.ucapx"), accept=False)
    assert {each.file: each.state for each in told} == {"vouches.ucapx": APPLIED, "strange.ucapx": KNOWN}


def test_large_packages_of_strangers_do_not_fill_the_disk(ana: Laptop, tmp_path: Path) -> None:
    packages = [strange(ana.desk.workspace.id, tmp_path, Hand(f"Stranger {n}"), 60 * MB) for n in range(3)]
    reports = ana.receive(*packages, accept=False)
    assert [(each.state, each.code) for each in reports] == [(WAITING, "E05"), (REFUSED, "E05"), (REFUSED, "E05")]
    assert reports[1].code == "E05"
    assert ana.desk.workspace.files.path.stat().st_size < container.LARGEST_STRANGE
    again = ana.receive(packages[0], accept=False)
    assert again[0].state == WAITING
    with ana.here() as desk:
        (kept,) = waiting_packages.listed(desk)
        assert (kept.person, kept.label, kept.size > 60 * MB, kept.is_strange) == ("Stranger 0", "ThinkPad", True, True)


def test_many_small_ones_of_strangers_have_a_bound_and_take_nobody_s_place(
    ana: Laptop, chen: Laptop, tmp_path: Path
) -> None:
    ana.receive(chen.give("0.ucapx"))
    _, _, second, _ = later_one(chen, tmp_path)
    ana.receive(second)
    for n in range(container.MOST_STRANGE + 3):
        ana.receive(strange(ana.desk.workspace.id, tmp_path, Hand(f"Stranger {n}")), accept=False)
    with ana.here() as desk:
        waiting = waiting_packages.listed(desk)
    assert sum(each.is_strange for each in waiting) == container.MOST_STRANGE
    assert [each.file for each in waiting if not each.is_strange] == ["2 alone.ucapx"]


def test_those_of_accepted_laptops_go_by_age_and_number(
    ana: Laptop, chen: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana.receive(chen.give("0.ucapx"))
    _, _, second, builds_on = later_one(chen, tmp_path)
    monkeypatch.setattr(container, "MOST_WAITING", 2)
    for n in range(3):
        ana.clock.tick(1)
        ana.receive(builds_on.with_blob(bytes([n])).write(tmp_path / f"{n}.ucapx"))
    with ana.here() as desk:
        assert [each.file for each in waiting_packages.listed(desk)] == ["2.ucapx", "1.ucapx"]
        gone = [each.file for each in exchange_service.received(desk) if each.state == DISCARDED]
    assert gone == ["0.ucapx"]
    ana.clock.tick(container.WAITS_DAYS * DAY + 1)
    ana.receive(second)
    with ana.here() as desk:
        assert [each.file for each in waiting_packages.listed(desk)] == ["2 alone.ucapx"]


def test_what_waits_is_listed_and_let_go_at_the_command_line(
    ana: Laptop, tmp_path: Path, computer_zone: Callable[[str], None]
) -> None:
    computer_zone("Asia/Shanghai")
    packages = [strange(ana.desk.workspace.id, tmp_path, Hand(f"Stranger {n}"), MB) for n in range(2)]
    ana.receive(*packages, accept=False)
    size = ana.desk.workspace.files.sizes(ana.desk.workspace.files.all())
    _, said, _ = asked(ana, "waiting", "--json")
    rows = json.loads(said)
    assert {(each["person"], each["code"], each["bytes"] > MB) for each in rows} == {
        ("Stranger 0", "E05", True), ("Stranger 1", "E05", True)
    }  # fmt: skip
    assert {each["since"] for each in rows} == {f"{local_time(moment(ana.clock())):%Y-%m-%d %H:%M}"}
    code, said, _ = asked(ana, "waiting", "--discard", rows[0]["id"][:8])
    assert (code, "Discarded" in said, rows[0]["id"][:12] in said.splitlines()[-1]) == (0, True, False)
    assert set(ana.desk.workspace.files.all()) == set(size) - {rows[0]["id"]}
    for none in (rows[0]["id"], ""):  # a script whose variable is empty
        code, _, said = asked(ana, "waiting", "--discard", none)
        assert (code, "No waiting package" in said) == (1, True)
    for option in ("--block", "--accept", "--retire"):
        code, _, said = asked(ana, "devices", option, "")
        assert (code, "No laptop" in said) == (1, True)
    report, *_ = ana.receive(next(each for each in packages if each.name == rows[0]["file"]), accept=True)
    assert report.state == APPLIED


def test_a_package_that_came_is_not_offered_again_and_one_of_its_name_is(
    ana: Laptop, chen: Laptop, tmp_path: Path
) -> None:
    """A stranger's file under the name of a package that is still to come does not hide that one."""
    chen.add("meeting", "title.en=Theirs")
    good = chen.give("good.ucapx")
    li = Hand("Li")
    false = Parcel(ana.desk.workspace.id, li, [Log(ana.desk.workspace.id, li)])
    false.said["bundle_id"] = Opened(good).said["bundle_id"]
    forged = false.write(tmp_path / "false.ucapx")
    ana.receive(forged, accept=False)
    with ana.here() as desk:
        assert not exchange_service.concerns(desk, forged)
        assert exchange_service.concerns(desk, good)
    ana.receive(good)
    with ana.here() as desk:
        assert not exchange_service.concerns(desk, good)
