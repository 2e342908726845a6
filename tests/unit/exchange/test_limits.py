"""The bounds of what is written, so that everybody can receive it, and the numbers by which laptops are compared."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import re
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.helpers.errors import user_error
from tests.helpers.package_maker import Hand, Opened
from tests.journeys.conftest import run
from tests.unit.exchange.laptops import Laptop, joined
from tests.unit.exchange.strangers import FALSE, SPOOFED, asked, strange
from ucapdesk.base.errors import Failure, UserError
from ucapdesk.base.fold import one_line
from ucapdesk.base.ids import new_id
from ucapdesk.base.json_text import dumps
from ucapdesk.exchange import container, devices
from ucapdesk.exchange.giving import that_may_be_given
from ucapdesk.exchange.manifest import LeftOut, read
from ucapdesk.exchange.reports import APPLIED, KNOWN, REFUSED
from ucapdesk.model.kinds.agreement_kinds import Agreement
from ucapdesk.model.kinds.partnership_kinds import Place
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.model.kinds.visit_kinds import Meeting
from ucapdesk.model.record import mapped
from ucapdesk.model.rules.limits import LONGEST_LINE, LONGEST_MEMBER, LONGEST_NAME, LONGEST_TEXT, MOST_MEMBERS
from ucapdesk.model.values import Bilingual, Codes, Quantity
from ucapdesk.services.exchange import exchange_service
from ucapdesk.services.records import attached_files
from ucapdesk.services.workspaces import workspace_service
from ucapdesk.store import save as readable
from ucapdesk.store.desk import Desk
from ucapdesk.store.log import changeset as bounds
from ucapdesk.store.refusals import IMPOSSIBLE_VALUE, TOO_LONG, TOO_MANY

# What a mail program puts in the clipboard for a picture of eight megabytes.
PICTURE = base64.b64encode(bytes(range(256)) * 2**15).decode()


def new(laptop: Laptop, cls: Any, **values: Any) -> str:
    with laptop.here() as desk, desk.save(["record.add", {}]) as save:
        return str(save.new(cls, **values).id)


def all_take_it(laptop: Laptop, other: Laptop, tmp_path: Path) -> None:
    """What was given is received by a colleague, and by somebody who joins; nobody sees anything else."""
    package = laptop.give(f"{new_id()}.ucapx")
    (report,) = other.receive(package)
    assert report.state in (APPLIED, KNOWN), report.why
    third = joined(tmp_path / new_id(), package, "Third")
    assert laptop.digest() == other.digest() == third.digest()
    assert laptop.log() == other.log() == third.log()
    third.desk.close()


def deep(levels: int) -> Any:
    return [deep(levels - 1)] if levels else "x"


@pytest.mark.parametrize(
    "said",
    [
        (Meeting, "summary", Bilingual(en=PICTURE), TOO_LONG),
        (Meeting, "summary", Bilingual(en="=" * 250_000), TOO_LONG),
        (Meeting, "title", Bilingual(zh="会" * (LONGEST_LINE + 1)), TOO_LONG),
        (Place, "population", Quantity(4, print=deep(20)), IMPOSSIBLE_VALUE),
        (Place, "population", Quantity(4, print="9" * (LONGEST_LINE + 1)), TOO_LONG),
        (Agreement, "reference", "x" * (LONGEST_LINE + 1), TOO_LONG),
        (Agreement, "tags", Codes(["t" * (LONGEST_MEMBER + 1)]), TOO_LONG),
        (Agreement, "tags", Codes(map(str, range(MOST_MEMBERS + 1))), TOO_MANY),
    ],
)
def test_what_no_colleague_could_receive_is_refused_with_its_field(
    ana: Laptop, chen: Laptop, tmp_path: Path, said: tuple[Any, str, Any, Failure]
) -> None:
    cls, field, value, why = said
    before = ana.log()
    with user_error(why.code) as refused:
        new(ana, cls, **{field: value})
    assert mapped(cls).__table__.c[field].info["field"].label in str(refused.value)
    assert refused.value.say("zh") != str(refused.value)
    assert ana.log() == before
    all_take_it(ana, chen, tmp_path)


def test_the_longest_texts_are_taken_by_all(ana: Laptop, chen: Laptop, tmp_path: Path) -> None:
    new(ana, Meeting, summary=Bilingual(en="=" * LONGEST_TEXT, zh="会" * LONGEST_TEXT))
    new(ana, Agreement, tags=Codes(f"{n:0{LONGEST_MEMBER}}" for n in range(50)))
    all_take_it(ana, chen, tmp_path)


def test_a_log_of_nothing_but_equal_signs_is_no_trap(ana: Laptop, chen: Laptop, tmp_path: Path) -> None:
    for _ in range(30):
        new(ana, Meeting, summary=Bilingual(en="=" * LONGEST_TEXT))
    all_take_it(ana, chen, tmp_path)


def test_a_step_of_more_than_one_changeset_may_hold_is_refused(ana: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ucapdesk.store.log.changeset.MAX_CHANGESET_ROWS", 20)
    before = ana.log()
    with user_error("too-much-at-once"):
        new(ana, Agreement, tags=Codes(map(str, range(20))))
    assert ana.log() == before


def test_a_decision_and_a_step_back_are_looked_at_as_well(ana: Laptop) -> None:
    id_ = new(ana, Meeting, title=Bilingual(en="One"))
    for value in (deep(20), "x" * (bounds.LARGEST_LINE + 1), 2**60, "half \ud800"):
        with ana.here() as desk, user_error("impossible-value"):
            desk.decide(id_, "title.en", value)
    ana.check()


def test_names_that_no_list_of_contents_could_hold_are_refused_and_longer_ones_of_before_are_cut(
    ana: Laptop, chen: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = "N" * (LONGEST_NAME + 1)
    with ana.here() as desk, user_error("name-too-long"):
        workspace_service.rename_person(desk, long)
    for names in ({"name": long, "person": "A"}, {"name": "W", "person": long}):
        with ana.here(), user_error("name-too-long"):
            workspace_service.new(tmp_path / "new", **names)
    monkeypatch.setattr(devices, "own_label", lambda: "L" * 1001)
    with ana.here() as desk:
        desk.workspace.person = "P" * 1001
        desk.workspace.name = "W" * 1001
        scan = tmp_path / ("s" * 200 + ".pdf")
        scan.write_bytes(b"%PDF")
        meeting = new(ana, Meeting)
        attached_files.attach(desk, meeting, [scan])
    all_take_it(ana, chen, tmp_path)


def test_very_many_laptops_and_files_leave_out_what_only_serves_to_know(
    ana: Laptop, chen: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana.receive(chen.give("1.ucapx"))
    ana.add("meeting", "title.en=x")
    whole = Opened(ana.give("2.ucapx"))
    monkeypatch.setattr(container, "LARGEST_MANIFEST", len(whole.parts["manifest.json"]) - 10)
    with ana.here() as desk:
        package = ana.given(desk, "3.ucapx").file
    assert len(Opened(package).said["known"]) < len(whole.said["known"])
    monkeypatch.undo()
    (report,) = chen.receive(package)
    assert report.state == APPLIED


def test_five_hundred_laptops_that_know_of_each_other_are_within_bounds(ana: Laptop) -> None:
    """Of who has what, and of files that do not go along, less is said; all else is."""
    with ana.here() as desk:
        said = Opened(ana.given(desk, "1.ucapx").file).said
    manifest = read(dumps(said).encode())
    ids = [f"{n:016}" for n in range(container.MOST_DEVICES)]
    device = replace(manifest.devices[0], person="名" * 200, label="L" * 200)
    large = replace(
        manifest,
        devices=tuple(replace(device, id=id_) for id_ in ids),
        known={id_: dict.fromkeys(ids, 10**6) for id_ in ids},
        want=("0" * 64,) * container.MOST_FILES,
        left_out=(LeftOut("0" * 64, 10**9, "名" * 200),) * container.MOST_FILES,
    )
    given = that_may_be_given(large)
    assert len(given.to_bytes()) <= container.LARGEST_MANIFEST
    assert given.devices == large.devices
    assert given.want == large.want
    assert given.left_out == large.left_out[: container.MOST_FILES // 2]
    too_many = replace(manifest, devices=(device,) * (container.MOST_LISTED + 1))
    with user_error("too-many-laptops"):
        that_may_be_given(too_many)


@pytest.mark.parametrize(
    ("wall", "said"),
    [
        ("LARGEST_CHANGES", "more than 0 MB: too large for one package"),
        ("LARGEST_MANIFEST", "more than 0 MB: too large for one package"),
        ("MOST_LISTED", "More laptops have written in this workspace than a package can list (0 at most)"),
    ],
)
def test_what_is_too_large_for_any_package_says_so_and_does_not_blame_the_stick(
    ana: Laptop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, wall: str, said: str
) -> None:
    meeting = ana.add("meeting", "title.en=x")
    monkeypatch.setattr(container, wall, 0)
    stick = tmp_path / "stick"
    stick.mkdir()
    with ana.here() as desk:
        folder = desk.workspace.path
        desk.close()
        result = run("give", folder, "-o", stick)
        ana.desk = Desk.open(folder, clock=ana.clock)
    assert result.exit_code != 0
    told = " ".join(result.output.split())
    assert said in told
    assert "Nothing was written and nothing is lost" in told
    assert "another" not in told
    assert not list(stick.iterdir())
    monkeypatch.undo()
    assert ana.text(meeting) == "x"
    assert ana.give("2.ucapx").exists()


def test_what_would_be_refused_is_not_given_and_does_not_blame_the_stick(
    ana: Laptop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with monkeypatch.context() as careless:
        careless.setattr(readable, "damaged_line", lambda _: None)
        careless.setattr("ucapdesk.store.save.proper", lambda value: value)
        new(ana, Place, population=Quantity(4, print=deep(20)))
    with user_error("would-be-refused", match="could not receive"):
        ana.give("1.ucapx")
    assert not list(tmp_path.glob("1.ucapx*"))


SIZES = st.sampled_from((0, 1, 80, 5_000, 5_001, 60_000, LONGEST_TEXT, LONGEST_TEXT + 1, 400_000))
TEXTS = st.builds(
    lambda size, piece: (piece * (size // len(piece) + 1))[:size],
    SIZES,
    st.one_of(
        st.just("="),
        st.just("word "),
        st.just("会谈。"),
        st.just("\n"),
        st.text(st.characters(), min_size=1, max_size=40),
    ),
)
KIND_OF = {"meeting": Meeting, "agreement": Agreement, "place": Place, "person": Person}
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "title": st.builds(lambda text: Bilingual(en=text), TEXTS),
        "summary": st.builds(lambda en, zh: Bilingual(en=en, zh=zh), TEXTS, TEXTS),
        "reference": TEXTS,
        "population": st.builds(
            lambda text, levels: Quantity(1, print=text or deep(levels)), TEXTS, st.integers(0, 12)
        ),
        "name_other": TEXTS,
        "tags": st.builds(Codes, st.lists(TEXTS, max_size=3)),
    },
)


@settings(max_examples=25, suppress_health_check=[*settings().suppress_health_check, HealthCheck.data_too_large])
@given(saves=st.lists(st.tuples(st.sampled_from(sorted(KIND_OF)), FIELDS), max_size=4))
@pytest.mark.law("P21")
def test_whatever_was_saved_is_taken_in_by_every_desk(
    ana: Laptop, chen: Laptop, tmp_path: Path, saves: list[tuple[str, dict[str, Any]]]
) -> None:
    for kind, fields in saves:
        cls = KIND_OF[kind]
        known = {name: value for name, value in fields.items() if name in mapped(cls).__table__.c}
        with contextlib.suppress(UserError, ValueError):
            new(ana, cls, **known)
    (report,) = chen.receive(ana.give(f"{new_id()}.ucapx"))
    assert report.state in (APPLIED, KNOWN), report.why
    assert ana.log() == chen.log()


@pytest.mark.skipif(not Path("/proc/self/io").exists(), reason="asks Linux how much was read")
@pytest.mark.parametrize("begins", [b"PK\x03\x04", b"age-encryption.org/v1\n-> scrypt "])
def test_a_huge_file_that_only_begins_as_a_package_is_refused_unread(
    ana: Laptop, tmp_path: Path, begins: bytes
) -> None:
    def read_so_far() -> int:
        return int(Path("/proc/self/io").read_text().split()[1])

    file = tmp_path / "huge.ucapx"
    file.write_bytes(begins)
    os.truncate(file, container.LARGEST_PACKAGE)
    before = read_so_far()
    (report,) = ana.receive(file)
    assert report.state == REFUSED
    assert read_so_far() - before < 64 * bounds.MIB


def test_as_much_as_may_be_protected_is_received_with_its_passphrase(
    ana: Laptop, chen: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana.add("person", "name.given=Ana")
    plain = ana.give("plain.ucapx").stat().st_size
    monkeypatch.setattr(container, "LARGEST_PROTECTED", plain)
    monkeypatch.setattr(container, "LARGEST_SEALED", plain + bounds.MIB)
    sealed = ana.give("sealed.ucapx", passphrase="correct horse battery")
    (report,) = chen.receive(sealed, passphrase="correct horse battery")
    assert report.state == APPLIED, report.why


def test_both_sides_are_told_the_same_number_of_twelve_figures(ana: Laptop, chen: Laptop) -> None:
    chen.add("meeting", "title.en=Theirs")
    package = chen.give("1.ucapx")
    code, _, said = asked(ana, "receive", package)
    (number,) = re.findall(r"^Check number: (\d{3} \d{3} \d{3} \d{3})$", said, re.MULTILINE)
    assert code == 1
    _, listed, _ = asked(chen, "devices", "--json")
    assert [each["check_number"] for each in json.loads(listed) if each["trust"] == "me"] == [number]
    with ana.here() as desk:
        (shown,) = exchange_service.strangers(desk, exchange_service.receive(desk, [package], dry_run=True))
    assert (shown.number, shown.person) == (number, "Chen Yan")
    _, data, _ = asked(ana, "receive", package, "--json")
    assert json.loads(data)["files"][0]["check_number"] == number


def test_a_name_is_one_line_and_hides_nothing(ana: Laptop, tmp_path: Path) -> None:
    package = strange(ana.desk.workspace.id, tmp_path, Hand(SPOOFED, SPOOFED[:20].replace("/", "")))
    odd = tmp_path / ("ab\u202e.ucapx" if os.name == "nt" else "a\nb\u202e.ucapx")  # Windows has no such names
    package.rename(odd)
    with ana.here() as desk:
        (report,) = exchange_service.receive(desk, [odd])
        (shown,) = exchange_service.strangers(desk, [report])
        (parked,) = exchange_service.waiting_packages.listed(desk)
        rows = exchange_service.devices.listed(desk)
    assert report.why is not None
    for text in (
        report.why.say(),
        shown.person,
        shown.label,
        report.file,
        parked.person,
        parked.why,
        *(r.person for r in rows),
    ):
        assert re.search("[\0-\x1f\u202a-\u202e\u2028]", text) is None, text
    assert (len(shown.person) <= 60, FALSE in shown.number) == (True, False)
    _, _, said = asked(ana, "receive", odd)
    lines = said.splitlines()
    assert [line for line in lines if line.startswith("Check number: ")] == [f"Check number: {shown.number}"]


def test_one_line_keeps_names_of_any_script() -> None:
    for name in ("陈燕", "Łódź", "José María Ñíguez", "𠮷野家", "עמית"):
        assert one_line(name) == name
    assert one_line("  a \r\n\t b\u00ad\u200b ") == "a b"
    assert one_line("x" * 100) == f"{'x' * 59}…"


@pytest.mark.usefixtures("full_cost")
def test_a_number_takes_long_enough_that_nobody_searches_and_is_worked_out_once() -> None:
    began = time.thread_time()
    number = devices.check_number("workspace", b"k" * 32)
    first = time.thread_time() - began
    began = time.thread_time()
    assert devices.check_number("workspace", b"k" * 32) == number
    assert (first > 0.1, time.thread_time() - began < 0.01) == (True, True)
    assert devices.check_number("another", b"k" * 32) != number


def test_nobody_s_number_is_worked_out_before_somebody_is_shown_it(
    ana: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten packages of strangers that wait must not make every receive ten times as slow."""
    packages = [strange(ana.desk.workspace.id, tmp_path, Hand(f"Stranger {n}")) for n in range(3)]
    monkeypatch.setattr(devices, "check_number", lambda *_: 1 / 0)
    ana.receive(*packages, accept=False)
    ana.receive(accept=False)
    with ana.here() as desk:
        assert len(exchange_service.waiting_packages.listed(desk)) == 3
        assert exchange_service.received(desk)
        devices.listed(desk)
