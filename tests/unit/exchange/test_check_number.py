"""The number that two people compare shows which key signed, and no name can stand in its place."""

from __future__ import annotations

import json
import os
import re
import time
from pathlib import Path

import pytest

from tests.helpers.package_maker import Hand
from tests.unit.exchange.laptops import Laptop
from tests.unit.exchange.strangers import FALSE, SPOOFED, asked, strange
from ucapdesk.base.fold import one_line
from ucapdesk.exchange import devices
from ucapdesk.services.exchange import exchange_service


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
