"""Packages that are damaged, forged, hostile, protected or newer: taken in as a whole or not at all."""

from __future__ import annotations

import io
import json
import struct
import time
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from types import MappingProxyType
from typing import Any

import pytest
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.errors import user_error
from tests.helpers.newer_schema import become_newer
from tests.helpers.package_maker import Hand, Opened, Parcel
from tests.property.fuzz import MEGABYTES, SECONDS, Memory
from tests.unit.exchange.forge import Forged
from tests.unit.exchange.laptops import Laptop, joined, later_one, refused
from ucapdesk.base.ids import new_id
from ucapdesk.exchange.container import CHANGES, MANIFEST
from ucapdesk.exchange.encryption import PIECE, PackagePassphrase, protect, unprotect
from ucapdesk.exchange.errors import Refusal
from ucapdesk.exchange.reports import APPLIED, KNOWN, REFUSED, WAITING
from ucapdesk.model.kind import Kind, KindField
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.record import Field
from ucapdesk.model.values.cells import TextType
from ucapdesk.services.records import attached_files, records
from ucapdesk.store.workspace import workspace
from ucapdesk.store.workspace.database import SCHEMA


def package_of(chen: Laptop) -> Path:
    chen.add("meeting", "title.en=Theirs")
    return chen.give("good.ucapx")


def test_something_else_is_no_package(ana: Laptop, tmp_path: Path) -> None:
    for name, data in {
        "a.ucapx": b"hello",
        "b.ucapx": b"\x89PNG\r\n" * 100,
        "c.ucapx": b"PK\x05\x06" + bytes(18),
    }.items():
        (tmp_path / name).write_bytes(data)
        refused(ana, tmp_path / name, "E01")
    with zipfile.ZipFile(tmp_path / "letter.docx", "w") as other:
        other.writestr("word/document.xml", "<x/>")
    refused(ana, tmp_path / "letter.docx", "E01")


@pytest.mark.parametrize("part", [0.0, 0.02, 0.3, 0.6, 0.9, 0.999])
def test_half_a_package_is_not_complete(ana: Laptop, chen: Laptop, tmp_path: Path, part: float) -> None:
    data = package_of(chen).read_bytes()
    (tmp_path / "half.ucapx").write_bytes(data[: int(len(data) * part)])
    refused(ana, tmp_path / "half.ucapx", "E02")


def test_nobody_can_write_in_anothers_name(ana: Laptop, chen: Laptop, tmp_path: Path) -> None:
    """Chen gives a package whose list he signs himself, with Ana's own words changed."""
    forged = Forged(package_of(chen), chen)
    package = forged.with_lines([line.replace("Opening", "Forged!") for line in forged.lines]).write()
    with user_error("E04"):
        joined(tmp_path / "bo", package, "Bo")
    assert not (tmp_path / "bo" / "workspace").exists()
    (report,) = ana.receive(package)  # she holds the true one, and does not read the other
    assert report.state == APPLIED
    assert [ana.text(id_) for id_ in records.listing(ana.desk, "meeting", find="Opening")] == ["Opening"]
    assert records.listing(ana.desk, "meeting", find="Forged") == []
    ana.check()


def test_a_head_that_its_device_did_not_sign_is_forged(ana: Laptop, chen: Laptop) -> None:
    forged = Forged(package_of(chen), chen)
    lines = [line.replace("Theirs", "Forged") for line in forged.lines]
    refused(ana, forged.with_lines(lines).write(), "E04")


def test_what_comes_too_early_waits_and_is_taken_in_by_itself(ana: Laptop, chen: Laptop, tmp_path: Path) -> None:
    ana.receive(chen.give("known.ucapx"))
    made, whole, early, _ = later_one(chen, tmp_path)
    why = refused(ana, early, "E10", WAITING)
    assert why.details["person"] == "Chen Yan"
    early.unlink()
    assert [report.state for report in ana.receive(whole)] == [APPLIED, APPLIED]
    assert ana.text(made) == "Second"
    ana.check()


def test_two_that_fit_only_in_one_order_are_given_in_the_other(ana: Laptop, chen: Laptop, tmp_path: Path) -> None:
    _, whole, late, _ = later_one(chen, tmp_path)
    assert [report.state for report in ana.receive(late, whole)] == [APPLIED, APPLIED]
    assert ana.log() == chen.log()


BAD_LINES: dict[str, Callable[[str], str]] = {
    "not JSON": lambda _line: "{",
    "a fraction": lambda line: line.replace('"Theirs"', "1.5"),
    "no number": lambda line: line.replace('"Theirs"', "NaN"),
    "too large a number": lambda line: line.replace('"Theirs"', str(2**60)),
    "a key twice": lambda line: line.replace('"title.en":', '"title.en":"a","title.en":'),
    "a NUL": lambda line: line.replace("Theirs", "a\\u0000b"),
    "half a character": lambda line: line.replace("Theirs", "\\ud800"),
    "deep": lambda line: line.replace('"Theirs"', "[" * 60 + "]" * 60),
    "very deep": lambda line: line.replace('"Theirs"', "[" * 90_000 + "]" * 90_000),
    "a name with a quote": lambda line: line.replace('"title.en"', '"title\\"; DROP TABLE person; --"'),
    "a kind with a quote": lambda line: line.replace('"meeting"', '"meeting\\"--"'),
    "no id": lambda line: line[:12] + "x" + line[13:],
    "a list for a row": lambda _line: "[]",
    "a blank line": lambda _line: "",
    "600 fields": lambda line: line.replace('"title.en":', "".join(f'"f{n}":1,' for n in range(600)) + '"title.en":'),
}


@pytest.mark.parametrize("name", BAD_LINES)
def test_a_line_that_is_none_refuses_the_whole_package(ana: Laptop, chen: Laptop, name: str) -> None:
    forged = Forged(package_of(chen), chen)
    lines = [BAD_LINES[name](line) if "Theirs" in line else line for line in forged.lines]
    why = refused(ana, forged.with_lines(lines).write(), "E15")
    assert why.details["line"] == next(n for n, line in enumerate(forged.lines, 1) if line == lines[-1])


def test_bytes_that_are_no_text_refuse_the_whole_package(ana: Laptop, chen: Laptop) -> None:
    forged = Forged(package_of(chen), chen)
    refused(ana, forged.with_changes(forged.parts[CHANGES].replace(b"Theirs", b"\xff\xfe")).write(), "E15")


HEADERS: dict[str, Callable[[dict[str, object]], object]] = {
    "number 0": lambda h: h.update(s=0),
    "a huge number": lambda h: h.update(s=2**50),
    "more rows than there are": lambda h: h.update(n=9),
    "rows without end": lambda h: h.update(n=2**40),
    "saw what never was": lambda h: h.update(v={"a" * 16: 2**45}),
    "600 devices": lambda h: h.update(v={f"{n:016}": 1 for n in range(600)}),
    "no label": lambda h: h.pop("l"),
}


@pytest.mark.parametrize("name", HEADERS)
def test_a_header_that_is_none_refuses_the_whole_package(ana: Laptop, chen: Laptop, name: str) -> None:
    forged = Forged(package_of(chen), chen)
    lines = forged.lines
    header = json.loads(lines[-2])
    HEADERS[name](header)
    refused(ana, forged.with_lines([*lines[:-2], json.dumps(header), lines[-1]]).write(), "E15")


def test_a_known_header_that_leads_back_does_not_go_round_and_round(ana: Laptop, chen: Laptop) -> None:
    chen.add("meeting", "title.en=Known")
    ana.receive(chen.give("known.ucapx"))
    forged = Forged(package_of(chen), chen)
    *before, known, row, header, last = forged.lines
    known = json.dumps({**json.loads(known), "n": -1})
    refused(ana, forged.with_lines([*before, known, row, header, last]).write(), "E15")


MANIFESTS: dict[str, Callable[[dict[str, object]], object]] = {
    "no devices": lambda said: said.update(devices=[]),
    "a device with another's id": lambda said: said["devices"][0].update(id="a" * 16),  # type: ignore[index]
    "a path for a part": lambda said: said["parts"][0].update(name="../../evil"),  # type: ignore[index]
    "a negative size": lambda said: said["parts"][0].update(size=-1),  # type: ignore[index]
    "a text for a vector": lambda said: said.update(head="all"),
    "a head of nobody": lambda said: said["head"].update({"b" * 16: 4}),  # type: ignore[attr-defined]
    "another format": lambda said: said.update(format="ucapz"),
    "no parts": lambda said: said.update(parts=[]),
}


@pytest.mark.parametrize("name", MANIFESTS)
def test_a_list_of_contents_that_is_none_is_damaged(ana: Laptop, chen: Laptop, name: str) -> None:
    refused(ana, Forged(package_of(chen), chen).say(MANIFESTS[name]).write(), "E03")


@pytest.mark.parametrize("name", ["../../evil", "C:\\x", "blobs/../../x", "changes.jsonl/"])
def test_names_that_do_not_belong_are_not_read(ana: Laptop, chen: Laptop, name: str) -> None:
    refused(ana, Forged(package_of(chen), chen).write({name: b"x"}), "E14")


def test_a_line_without_end_is_refused(ana: Laptop, chen: Laptop) -> None:
    import random

    data = random.Random(1).randbytes(4_500_000).hex().encode()  # packs to half: no bomb
    refused(ana, Forged(package_of(chen), chen).with_changes(data).write(), "E14")


def test_parts_that_lie_in_one_another_are_refused(ana: Laptop, chen: Laptop, tmp_path: Path) -> None:
    """The directory at the end of the file points twice to the same bytes."""
    package = package_of(chen)
    data = bytearray(package.read_bytes())
    with zipfile.ZipFile(package) as opened:
        offsets = {info.filename: info.header_offset for info in opened.infolist()}
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(b"manifest.sig"))
    struct.pack_into("<I", data, at + 42, offsets[MANIFEST] + 1)
    (tmp_path / "overlap.ucapx").write_bytes(data)
    refused(ana, tmp_path / "overlap.ucapx", "E03")
    struct.pack_into("<I", data, at + 42, offsets[MANIFEST])
    (tmp_path / "overlap.ucapx").write_bytes(data)
    refused(ana, tmp_path / "overlap.ucapx", "E14")


def test_a_name_twice_is_refused(ana: Laptop, chen: Laptop, tmp_path: Path) -> None:
    package = package_of(chen)
    with zipfile.ZipFile(package) as opened:
        parts = [(name, opened.read(name)) for name in opened.namelist()]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as doubled:
        for name, data in parts:
            doubled.writestr(name, data)
        with pytest.warns(UserWarning, match="Duplicate name"):
            doubled.writestr(*parts[0])
    (tmp_path / "doubled.ucapx").write_bytes(made.getvalue())
    refused(ana, tmp_path / "doubled.ucapx", "E14")


@pytest.mark.row("B8")
def test_a_protected_package_needs_its_passphrase_once(ana: Laptop, chen: Laptop) -> None:
    chen.add("meeting", "title.en=Theirs")
    package = chen.give("secret.ucapx", passphrase="柳州 2026")
    assert b"Theirs" not in package.read_bytes()
    refused(ana, package, "E16")
    (report,) = ana.receive(package, passphrase="wrong")
    assert (report.state, report.code) == (REFUSED, "E16")
    (report,) = ana.receive(package, passphrase="柳州 2026", accept=False)
    assert (report.state, report.code) == (WAITING, "E05")
    package.unlink()
    assert report.manifest is not None
    assert [each.state for each in ana.receive(accept=[report.manifest.sender.device])] == [APPLIED]
    assert ana.digest() == chen.digest()
    chen.add("meeting", "title.en=More")
    ana.receive(chen.give("more.ucapx"))  # until now it could have been taken back
    assert ana.desk.workspace.files.all() == []


def test_a_protected_package_that_was_only_looked_at_leaves_nothing(ana: Laptop, chen: Laptop, tmp_path: Path) -> None:
    marker = b"Zwetschgendatschi" * 5_000
    (tmp_path / "scan.txt").write_bytes(marker)
    made = chen.add("meeting", "title.en=Theirs")
    with chen.here() as desk:
        attached_files.attach(desk, made, [tmp_path / "scan.txt"])
    package = chen.give("secret.ucapx", passphrase="柳州 2026")
    reports = ana.receive(package, passphrase="柳州 2026", dry_run=True, accept=False)
    reports += ana.receive(package, passphrase="柳州 2026", dry_run=True)
    assert [report.code for report in reports] == ["E05", None]
    assert reports[1].new == 2
    left = [file for file in ana.folder.rglob("*") if file.is_file() and marker[:17] in file.read_bytes()]
    assert left == []


def test_work_that_is_stopped_leaves_nothing(ana: Laptop, chen: Laptop) -> None:
    class Stop(Exception):
        pass

    def stop(_done: int, _whole: int) -> None:
        raise Stop

    package, before = package_of(chen), (ana.digest(), ana.log())
    with pytest.raises(Stop):
        ana.receive(package, progress=stop)
    assert (ana.digest(), ana.log()) == before
    with pytest.raises(Stop):
        chen.give("stopped.ucapx", progress=stop)
    assert not list(package.parent.glob("stopped*"))
    (report,) = ana.receive(package)
    assert report.state == APPLIED


@settings(max_examples=60)
@given(data=st.data())
def test_whatever_is_changed_in_a_package_it_is_refused_or_means_the_same(
    ana: Laptop, chen: Laptop, tmp_path: Path, data: st.DataObject
) -> None:
    source = tmp_path / "source.ucapx"
    if not source.exists():
        chen.add("meeting", "title.en=Theirs", "title.zh=他们的")
        chen.give("source.ucapx")
    whole = bytearray(source.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole) - 1))
        match data.draw(st.sampled_from("xdi")):
            case "x":
                whole[at] = data.draw(st.integers(0, 255))
            case "d":
                del whole[at : at + data.draw(st.integers(1, 40))]
            case "i":
                whole[at:at] = data.draw(st.binary(min_size=1, max_size=40))
    mutated = tmp_path / "mutated.ucapx"
    mutated.write_bytes(whole)
    before = ana.digest()
    (report,) = ana.receive(mutated, dry_run=True)
    assert ana.digest() == before
    if report.state not in (APPLIED, KNOWN):
        assert isinstance(report.why, Refusal), report.why


PASSPHRASE = "柳州 2026"


def asking(work: int, tail: bytes = bytes(200)) -> bytes:
    """A package whose passphrase takes 2 to the power of ``work`` kilobytes, and that none opens."""
    stanza = b"-> scrypt " + b"a" * 22 + b" %d\n" % work + b"b" * 43 + b"\n--- " + b"c" * 43 + b"\n"
    return b"age-encryption.org/v1\n" + stanza + tail


@pytest.mark.parametrize("work", [1, 14, 17, 18, 20, 40, 999_999])
def test_a_hostile_package_takes_a_second_and_200_mb_at_most(ana: Laptop, tmp_path: Path, work: int) -> None:
    package = tmp_path / "hostile.ucapx"
    package.write_bytes(asking(work, bytes(10**6)))
    memory, began = Memory(), time.thread_time()
    (report,) = ana.receive(package, passphrase="x")
    assert time.thread_time() - began <= SECONDS
    assert memory.more() <= MEGABYTES
    assert (report.state, report.code) == (REFUSED, "E14" if work > 17 else "E16")
    ana.check()


@pytest.mark.usefixtures("full_cost")
def test_one_of_ours_is_opened_within_the_same(ana: Laptop, chen: Laptop) -> None:
    chen.add("meeting", "title.en=Theirs")
    package = chen.give("secret.ucapx", passphrase=PASSPHRASE)
    memory, began = Memory(), time.thread_time()
    (report,) = ana.receive(package, passphrase=PASSPHRASE)
    assert (report.state, memory.more() <= MEGABYTES) == (APPLIED, True)
    assert time.thread_time() - began <= SECONDS


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 200_000])
def test_what_is_protected_is_read_at_any_place(size: int) -> None:
    r = Random(size)
    data = r.randbytes(size)
    file = unprotect(io.BytesIO(protect(data, PASSPHRASE, 1)), PASSPHRASE, "x")
    assert file.read() == data
    for _ in range(20):
        at, many = r.randrange(size + 1), r.randrange(2 * PIECE)
        file.seek(at)
        assert file.read(many) == data[at : at + many]
    file.seek(-min(size, 5), io.SEEK_END)
    assert file.read() == data[max(0, size - 5) :]


@given(st.data())
def test_one_that_was_changed_anywhere_is_refused(data: st.DataObject) -> None:
    whole = protect(bytes(2 * PIECE + 9), PASSPHRASE, 1)
    at = data.draw(st.integers(0, len(whole) - 1))
    first = len(whole) - (2 * PIECE + 9 + 3 * 16)
    second, third = first + PIECE + 16, first + 2 * (PIECE + 16)
    match data.draw(st.sampled_from(("cut off", "flipped", "left out", "swapped"))):
        case "cut off":
            spoiled = whole[:at]
        case "flipped":
            spoiled = whole[:at] + bytes([whole[at] ^ data.draw(st.sampled_from((1, 64, 255)))]) + whole[at + 1 :]
        case "left out":
            spoiled = whole[:at] + whole[at + data.draw(st.sampled_from((1, 16, PIECE + 16))) :]
        case _:
            spoiled = whole[:first] + whole[second:third] + whole[first:second] + whole[third:]
    with pytest.raises(Refusal):
        unprotect(io.BytesIO(spoiled), PASSPHRASE, "x").read()


def test_its_key_is_worked_out_once_by_whoever_joins_and_by_whoever_looks_and_receives(
    ana: Laptop, chen: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chen.add("meeting", "title.en=Theirs")
    package = chen.give("secret.ucapx", passphrase=PASSPHRASE)
    worked_out: list[bytes] = []

    def noting(*, salt: bytes, **how: Any) -> Any:
        worked_out.append(salt)
        return Scrypt(salt=salt, **how)

    monkeypatch.setattr("cryptography.hazmat.primitives.kdf.scrypt.Scrypt", noting)
    passphrase = PackagePassphrase(PASSPHRASE)
    ana.receive(package, passphrase=passphrase, dry_run=True)
    (report,) = ana.receive(package, passphrase=passphrase)
    assert (report.state, len(worked_out)) == (APPLIED, 1)
    joined(tmp_path, package, "Eva", package_passphrase=PackagePassphrase(PASSPHRASE)).desk.close()
    assert len([salt for salt in worked_out if salt.startswith(b"age")]) == 2


NEWER = SCHEMA + 1  # The schema of the newer program
VEHICLE = "aaaaaaaa-0000-4000-8000-000000000001"


def newer_kinds() -> Mapping[str, Kind]:
    meeting = KINDS["meeting"]
    dress_code = KindField("meeting", "dress_code", Field("Dress code"), TextType())
    plate = KindField("vehicle", "plate", Field("Plate"), TextType())
    return {
        **KINDS,
        "meeting": Kind(meeting.cls, "meeting", {**meeting.fields, "dress_code": dress_code}, meeting.children),
        "vehicle": Kind(KINDS["member"].cls, "vehicle", MappingProxyType({"plate": plate})),
    }


def of_a_newer_program(chen: Laptop, meeting: str) -> Path:
    """Chen's program is newer: a field, a kind, and a code that nobody here knows."""
    chen.edit(meeting, "room=204")
    forged = Forged(chen.give("1.ucapx"), chen).say(lambda said: said["from"].update(schema=NEWER))
    *lines, header, row = forged.lines
    said, cells = json.loads(header), json.loads(row)
    cells[2].update({"dress_code": "black tie", "status": "postponed_by_rain", "mood.zh": "热烈"})
    rows = [
        json.dumps(cells, ensure_ascii=False),
        json.dumps(["vehicle", VEHICLE, {"plate": "桂B 12345"}], ensure_ascii=False),
    ]
    return forged.with_lines([*lines, json.dumps({**said, "n": 2, "y": NEWER}), *rows]).with_heads().write()


@pytest.mark.law("P10")
@pytest.mark.rule("X9")
def test_what_is_not_known_is_kept_passed_on_and_shown_after_the_update(
    ana: Laptop, chen: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (meeting,) = records.listing(ana.desk, "meeting")
    package = of_a_newer_program(chen, meeting)
    (report,) = ana.receive(package)
    assert (report.state, report.newer) == (APPLIED, True)
    assert (ana.text(meeting, "room"), ana.text(meeting, "status")) == ("204", "postponed_by_rain")
    ana.edit(meeting, "room=205", "title.en=Changed by the older one")
    ana.check()
    given = Forged(ana.give("on.ucapx"))
    assert set(Forged(package).lines) <= set(given.lines), "not passed on as it was written"
    assert not any("dress_code" in line for line in given.lines if '"room":"205"' in line)

    become_newer(tmp_path, monkeypatch)  # the program is updated
    monkeypatch.setattr(workspace, "SCHEMA", NEWER)
    monkeypatch.setattr(workspace, "KINDS", newer_kinds())
    before = given.lines
    ana.reopen()
    row = ana.desk.db.execute("SELECT dress_code, room FROM meeting WHERE id = ?", (meeting,)).fetchone()
    assert row == ("black tie", "205")
    assert ana.desk.db.execute("SELECT id, plate FROM vehicle").fetchall() == [(VEHICLE, "桂B 12345")]
    assert Forged(ana.give("after.ucapx")).lines == before


NOWHERE = "11111111-1111-4111-8111-111111111111"


def keys(laptop: Laptop) -> dict[str, bytes]:
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
