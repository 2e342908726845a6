"""An MoU marked as signed: found, dated, with its two signatories and its scan; taken back with one step."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.journeys.conftest import AtDesk
from ucapdesk.model.values import Bilingual, PartialDate
from ucapdesk.services.records import attached_files, records


@pytest.fixture
def mou(at_desk: AtDesk) -> str:
    """An MoU of Liuzhou and Bologna, under negotiation."""
    title = Bilingual(en="MoU smart mobility pilot", zh="智慧出行试点备忘录")
    id_ = records.add(at_desk.desk, "agreement", {"title": title, "status": "negotiation"})
    for organisation in records.listing(at_desk.desk, "organisation")[:2]:
        records.add(at_desk.desk, "agreement_party", {"owner": id_, "organisation": organisation})
    return id_


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    file = tmp_path / "scan.pdf"
    file.write_bytes(b"%PDF-1.4 signed by both")
    return file


@pytest.mark.row("M4")
@pytest.mark.rule("W4", "R26", "V4", "T1", "U2", "J10")
def test_an_mou_is_marked_as_signed_and_undo_brings_the_negotiation_back(at_desk: AtDesk, mou: str, scan: Path) -> None:
    desk, driver = at_desk.desk, at_desk.driver
    driver.press("Ctrl+K").type("mou pilot").press("Return").think()
    assert at_desk.shown.id == mou
    driver.click("mou.sign").think()
    driver.type("today").press("Tab").type("lmy").press("Return", "Tab").type("ana").press("Return").think()
    driver.drop("mou.sign.drop", scan).click("mou.sign.confirm")
    signed: Any = records.get(desk, mou)
    assert (signed.status, signed.signed) == ("signed", PartialDate("2026-11-24"))
    signers: Any = records.children(desk, mou)["signatory"]
    given = [records.get(desk, each.person).name.given for each in signers]  # type: ignore[attr-defined]
    assert given == ["Mingyu", "Ana"]
    (kept,) = attached_files.of(desk, mou)
    scan.unlink()
    attached_files.save_as(desk, kept.id, scan)
    assert scan.read_bytes() == b"%PDF-1.4 signed by both", "it is a copy"
    took = driver.took
    assert took.keys <= 30
    assert took.clicks == 2
    assert took.drags == 1
    assert took.seconds - sum(took.answers) < 40
    driver.press("Ctrl+Z")
    assert records.get(desk, mou).status == "negotiation"  # type: ignore[attr-defined]
    assert records.children(desk, mou)["signatory"] == []
    assert attached_files.of(desk, mou) == []


@pytest.mark.rule("V4", "J10")
def test_a_signatory_who_is_missing_is_named_and_it_can_be_signed_all_the_same(at_desk: AtDesk, mou: str) -> None:
    desk, driver = at_desk.desk, at_desk.driver
    at_desk.window.show_record(mou)
    driver.click("mou.sign").type("today").press("Tab").type("lmy").press("Return").click("mou.sign.confirm")
    party = records.titles(desk, [records.children(desk, mou)["agreement_party"][1].id])
    assert next(iter(party.values())) in at_desk.window.record.special.panel.missing.accessibleName()
    assert records.get(desk, mou).status == "negotiation"  # type: ignore[attr-defined]
    driver.click("mou.sign.anyway")
    assert records.get(desk, mou).status == "signed"  # type: ignore[attr-defined]
    assert len(records.children(desk, mou)["signatory"]) == 1


def test_escape_closes_the_panel_and_leaves_the_mou_as_it_was(at_desk: AtDesk, mou: str) -> None:
    at_desk.window.show_record(mou)
    at_desk.driver.click("mou.sign").type("today").press("Esc")
    screen = at_desk.window.record.special
    assert screen.panel is None
    assert at_desk.shown.id == mou
    assert records.get(at_desk.desk, mou).signed is None  # type: ignore[attr-defined]
