"""Nobody writes in another's name, and what somebody signs is looked through before it comes in."""

from __future__ import annotations

import json
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.unit.exchange.forge import Forged
from tests.unit.exchange.laptops import Laptop, joined, refused
from ucapdesk.exchange.errors import ForgedPackage
from ucapdesk.exchange.reports import APPLIED, REFUSED
from ucapdesk.services.records import records
from ucapdesk.store.log.changeset import blank, without_person

NOWHERE = "11111111-1111-4111-8111-111111111111"


def test_nothing_can_be_put_behind_what_another_signed(ana: Laptop, chen: Laptop, tmp_path: Path) -> None:
    """Chen signs his package in order, and puts a changeset of "Ana's" behind her last one."""
    chen.add("meeting", "title.en=Theirs")
    forged = Forged(chen.give("good.ucapx"), chen)
    header, row = json.loads(forged.lines[0]), json.loads(forged.lines[1])
    assert header["p"] == "Ana"
    header.update(s=2, n=1, t=header["t"] + 1)
    row[1:] = [NOWHERE, {"title.en": "In Ana's name"}]
    package = forged.with_lines([*forged.lines, json.dumps(header), json.dumps(row)]).write()
    with pytest.raises(ForgedPackage):
        joined(tmp_path / "bo", package, "Bo")
    refused(ana, package, "E04")


def test_nobody_can_name_another_end_of_what_another_wrote(ana: Laptop, chen: Laptop, tmp_path: Path) -> None:
    """Chen changes Ana's words, and her head with them; only her signature of that he does not have."""
    chen.add("meeting", "title.en=Theirs")
    forged = Forged(chen.give("good.ucapx"), chen)
    forged.with_lines([line.replace("Opening", "Forged!") for line in forged.lines])
    forged.with_chain_of(json.loads(forged.lines[0])["d"])
    with pytest.raises(ForgedPackage):
        joined(tmp_path / "bo", forged.write(), "Bo")


def test_work_of_a_laptop_that_the_list_does_not_name_is_forged(ana: Laptop, chen: Laptop, tmp_path: Path) -> None:
    chen.add("meeting", "title.en=Theirs")
    forged = Forged(chen.give("good.ucapx"), chen)
    header, row = json.loads(forged.lines[0]), json.loads(forged.lines[1])
    header.update(d="a" * 16, n=1)
    row[1] = NOWHERE
    refused(ana, forged.with_lines([*forged.lines, json.dumps(header), json.dumps(row)]).write(), "E04")


def test_nobody_can_leave_out_what_others_wrote(ana: Laptop, chen: Laptop, tmp_path: Path) -> None:
    """Lines may be blanked where their author's data was removed, and nowhere else."""
    chen.add("meeting", "title.en=Theirs")
    forged = Forged(chen.give("good.ucapx"), chen)
    row = json.loads(forged.lines[1])
    package = forged.with_lines([forged.lines[0], blank(forged.lines[1], row, row[1]), *forged.lines[2:]]).write()
    with pytest.raises(ForgedPackage):
        joined(tmp_path / "bo", package, "Bo")


def test_nobody_can_take_a_name_out_nor_change_a_header_with_it(ana: Laptop, chen: Laptop, tmp_path: Path) -> None:
    forged = Forged(chen.give("good.ucapx"), chen)
    header = without_person(forged.lines[0])
    later = header.replace('"t":1', '"t":2')
    assert header != later
    for line in (header, later):
        package = forged.with_lines([line, *forged.lines[1:]]).write()
        with pytest.raises(ForgedPackage):
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
