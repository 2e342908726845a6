"""Packages whose list of contents says what no honest one does, and is signed: the window previews and takes in every one."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.errors import user_error
from tests.helpers.package_maker import Hand, Opened
from tests.journeys.two_windows import AtWindow
from ucapdesk.exchange.receiving import look as look_into
from ucapdesk.services.records import records
from ucapdesk.ui.exchange.exchange_dialogs import ReceiveDialog

HUGE = 2**53 - 1
TIMES = ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-01-01", "yesterday", "", "x" * 1000)


def odd(said: dict[str, Any], time: str) -> None:
    """Everything in it that is for people only, as far from what is usual as a reader lets it be."""
    said["from"] |= {"time": time, "schema": HUGE, "app": "<b>9</b>" * 100, "label": "\u202e<img src=x>" * 30}
    said["counts"] = {"changesets": HUGE, "rows": HUGE, "<b>": HUGE}
    said["left_out"] = [{"sha256": f"{n:064x}", "size": HUGE, "name": "../" * 300} for n in range(50)]
    said["want"] = [f"{n:064x}" for n in range(500)]
    said["known"] = {line["id"]: {line["id"]: 2**40 - 1} for line in said["devices"]}


def test_none_of_it_troubles_the_window(
    both: tuple[AtWindow, AtWindow], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    anna, chen = both
    hand = Hand.of(chen.laptop.config, "Chen Yan")
    monkeypatch.setattr(ReceiveDialog, "exec", lambda _: 1)
    for n, time in enumerate(TIMES):
        made = chen.laptop.add("meeting", f"title.en=Behind {n}")
        opened = Opened(chen.laptop.give(f"{n}.ucapx"))
        parcel = opened.with_log(hand, opened.log_of(hand))
        odd(parcel.said, time)
        package = parcel.write(tmp_path / f"odd {n}.ucapx")
        with anna.laptop.here():
            anna.come().window.commands.exchange_work.receive([package])
            anna.bot.waitUntil(lambda: not anna.window.work.busy)
            anna.bot.waitUntil(lambda: made in records.listing(anna.laptop.desk, "meeting"))  # noqa: B023 - at once
            anna.window.exchange.refresh()


@pytest.mark.skipif(sys.platform == "win32", reason="has no pipes in folders")
def test_a_pipe_that_never_ends_is_no_package(both: tuple[AtWindow, AtWindow], tmp_path: Path) -> None:
    anna, _ = both
    os.mkfifo(tmp_path / "pipe.ucapx")
    with user_error("E01"):
        look_into(tmp_path / "pipe.ucapx")
    (report,) = anna.laptop.receive(tmp_path / "pipe.ucapx")
    assert report.code == "E01"
