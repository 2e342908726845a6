"""The page of an MoU: the bar of its states, what it still needs, what the register computes, and the signing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from tests.ui.conftest import User
from tests.ui.list_hands import action_of, focused, press_in, screen_of
from ucapdesk.base.i18n import language
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.rules.status import originals_text
from ucapdesk.model.values import Bilingual, PartialDate, PersonName
from ucapdesk.services import Desk, agreements
from ucapdesk.services.agreements import Signing
from ucapdesk.services.records import attached_files, records
from ucapdesk.store import drafts
from ucapdesk.ui.fields.links import LinksEditor
from ucapdesk.ui.record.form import GapLine
from ucapdesk.ui.screens.agreement_screen import AgreementScreen, LifecycleBar, SigningPanel


@pytest.fixture
def mou(sample_desk: Desk) -> str:
    """An MoU of two parties, under negotiation, of a UCAP that reports ten."""
    ucap = records.listing(sample_desk, "ucap")[0]
    values = {"title": Bilingual(en="Mobility pilot"), "status": "negotiation", "ucap": ucap}
    id_ = records.add(sample_desk, "agreement", values)
    for name in ("Liuzhou", "Barcelona"):
        organisation = records.add(sample_desk, "organisation", {"name": Bilingual(en=f"{name} office")})
        records.add(sample_desk, "agreement_party", {"owner": id_, "organisation": organisation})
    return id_


def screen(user: User) -> AgreementScreen:
    return screen_of(user, AgreementScreen)


def signing(user: User) -> SigningPanel:
    """The panel that asks for the signing, which is open."""
    panel = screen(user).panel
    assert panel is not None
    return panel


def steps(user: User) -> list[str]:
    return [step.text() for step in user.find(LifecycleBar, "mou.bar").steps.values()]


@pytest.mark.rule("W4", "A5", "A2")
def test_the_bar_says_by_sign_and_word_what_is_behind_and_what_lies_ahead(user: User, mou: str) -> None:
    user.open(mou)
    assert steps(user) == ["● Under negotiation", "○ Ready", "○ Signed", "○ In force", "○ Ended"]
    records.edit(user.desk, mou, {"status": "in_force"})
    assert steps(user) == ["✓ Preparing", "✓ Ready", "✓ Signed", "● In force", "○ Ended"]
    names = [step.accessibleName() for step in user.find(LifecycleBar, "mou.bar").steps.values()]
    assert names[2:4] == ["Signed: passed", "In force: now"]


@pytest.mark.rule("W4", "U2")
def test_a_step_is_chosen_from_its_menu_and_taken_back_with_one_undo(user: User, mou: str) -> None:
    user.open(mou)
    menu = screen(user).bar.make_menu("ready")
    assert next(action.text() for action in menu.actions()) == "Text agreed (approved by all parties)"
    action_of(menu, "status.ready_to_sign").trigger()
    menu.deleteLater()
    assert user.value(mou, "status") == "ready_to_sign"
    assert steps(user)[1] == "● Ready for signature"
    user.press(Qt.Key.Key_Z, ctrl=True)
    assert user.value(mou, "status") == "negotiation"
    assert steps(user)[0] == "● Under negotiation"


@pytest.mark.rule("V4")
def test_each_gap_before_the_signing_leads_to_its_place(user: User, mou: str) -> None:
    user.open(mou)
    line = user.find(GapLine, "mou.missing")
    assert line.accessibleName() == (
        "Missing: the day of signing, who signs for Liuzhou office, who signs for Barcelona office"
    )
    line.linkActivated.emit("signatory")
    assert screen(user).lists["signatory"].isAncestorOf(user.focus())
    line.linkActivated.emit("signed")
    assert user.editor("signed").isAncestorOf(user.focus())
    line.linkActivated.emit("agreement_party")
    new = screen(user).lists["agreement_party"].rows[-1]
    assert (new.id, new.isAncestorOf(user.focus())) == (None, True)
    action_of(screen(user).bar.make_menu("signed"), "status.signed").trigger()
    assert user.value(mou, "status") == "signed", "nothing is barred"


def test_what_nobody_typed_stands_under_the_bar(user: User, mou: str) -> None:
    records.edit(user.desk, mou, {"status": "in_force", "signed": PartialDate("2019-06"), "term_months": 24})
    user.open(mou)
    notes = user.find(QLabel, "mou.notes").text()
    assert notes.startswith("Ends by its term: June 2021 · ")
    assert "MoUs of this UCAP: 10 reported, 1 recorded" in notes
    assert not user.find(QPushButton, "mou.sign").isVisible()


def test_a_day_that_cannot_be_read_is_said_and_nothing_is_signed(user: User, mou: str) -> None:
    user.open(mou)
    user.click("mou.sign")
    user.write(user.focus(), "someday")  # type: ignore[arg-type]  # it is a line
    user.click("mou.sign.confirm")
    panel = signing(user)
    assert panel.date.message
    user.window.dress_anew()
    panel = signing(user)
    assert panel.date.line.said() == "someday"
    assert user.value(mou, "status") == "negotiation"


@pytest.mark.parametrize("way", ["cancel", "anyway"])
def test_half_a_name_ends_with_the_signing(user: User, mou: str, way: str) -> None:
    user.open(mou)
    user.click("mou.sign")
    panel = signing(user)
    line = focused(panel.signers[1].chips.line)
    user.write(line, "Quent")
    user.open(user.id("meeting"))
    assert "Quent" in [each.value for each in drafts.kept(user.desk)]
    user.open(mou)
    if way == "anyway":
        user.click("mou.sign.confirm")
    user.click(f"mou.sign.{way}")
    user.open(user.id("meeting"))
    assert drafts.kept(user.desk) == []


def test_without_parties_the_panel_says_what_comes_first(user: User) -> None:
    user.open(records.add(user.desk, "agreement", {"title": Bilingual(en="Bare")}))
    user.click("mou.sign")
    said = [label.text() for label in screen(user).panel.findChildren(QLabel)]  # type: ignore[union-attr]  # it is open
    assert any(text.startswith("No parties yet.") for text in said)
    user.click("mou.sign.cancel")
    assert screen(user).panel is None


def test_the_lists_of_an_mou_stand_over_the_rest_of_its_form(user: User, mou: str) -> None:
    user.open(mou)
    assert user.find(QPushButton, "parts.agreement_party.add").isVisibleTo(user.window)
    user.click("parts.obligation.add")
    assert screen(user).lists["obligation"].isAncestorOf(user.focus())
    user.window.record.focus_field("obligation")
    assert screen(user).lists["obligation"].isAncestorOf(user.focus())


def test_an_mou_in_the_trash_is_only_shown(user: User, mou: str) -> None:
    records.trash(user.desk, mou)
    user.open(mou)
    assert not user.find(QPushButton, "mou.sign").isVisible()
    assert not user.find(QPushButton, "mou.bar.ready").isEnabled()


def test_a_new_mou_has_its_bar_once_it_is_made(user: User) -> None:
    user.window.record.show_new(KINDS["agreement"])
    assert not user.find(LifecycleBar, "mou.bar").isVisible()
    user.type("title.en", "New MoU")
    assert user.find(LifecycleBar, "mou.bar").isVisible()


@pytest.mark.rule("W4")
def test_the_register_shows_an_end_that_follows_from_the_term(user: User, mou: str) -> None:
    records.edit(user.desk, mou, {"status": "in_force", "signed": PartialDate("2019-06-12"), "term_months": 24})
    user.window.show_section("agreement")
    table = user.window.list.table
    column = next(at for at, field in enumerate(table.columns) if field.name == "expires")
    cell = table.cell(table.row_of(mou), column)
    assert cell is not None
    assert cell.text == "12 June 2021, by its term"
    assert [chip.word for chip in cell.chips] == ["expiring"]


@pytest.mark.rule("W4")
def test_reopen_takes_an_mou_back_to_the_state_it_had_before(user: User, mou: str) -> None:
    user.open(mou)
    button = user.find(QPushButton, "mou.reopen")
    assert not button.isVisible(), "what is being prepared has nothing to be reopened"
    agreements.sign(user.desk, mou, Signing(PartialDate("2026-11-24"), {}), incomplete=True)
    assert button.text() == "Reopen: back to “Under negotiation”"
    press_in(user, button, Qt.Key.Key_Space)
    assert user.value(mou, "status") == "negotiation"
    assert steps(user)[0] == "● Under negotiation"
    assert not button.isVisible()
    assert user.window.toast.isVisible()
    assert user.find(QPushButton, "mou.sign").isVisible(), "it can be signed once more"
    user.press(Qt.Key.Key_Z, ctrl=True)
    assert (user.value(mou, "status"), user.value(mou, "signed")) == ("signed", PartialDate("2026-11-24"))
    agreements.move(user.desk, mou, "negotiation")
    notes = user.find(QLabel, "mou.notes").text()
    assert "A day of signing is on record: 24 November 2026" in notes, "it stays where the state is chosen, and is said"


@pytest.mark.rule("W4")
def test_an_mou_signed_without_a_state_is_reopened_to_being_prepared(user: User) -> None:
    bare = user.open(records.add(user.desk, "agreement", {"title": Bilingual(en="Bare")}))
    agreements.sign(user.desk, bare, Signing(PartialDate("2026-11-24"), {}), incomplete=True)
    assert user.find(QPushButton, "mou.reopen").text() == "Reopen: back to “Preparing”"
    user.click("mou.reopen")
    assert steps(user)[0] == "● Preparing"
    assert user.find(QPushButton, "mou.sign").isVisible()


@pytest.mark.rule("W4")
def test_what_is_asked_at_the_signing_is_in_sight_and_so_is_what_came_of_it(user: User, mou: str) -> None:
    user.open(mou)
    user.window.resize(1280, 640)
    button = focused(user.find(QPushButton, "mou.sign"))
    user.bot.mouseClick(button, Qt.MouseButton.LeftButton)
    panel = signing(user)
    user.bot.waitUntil(lambda: not panel.date.line.visibleRegion().isEmpty())
    assert panel.date.line.hasFocus()
    user.click("mou.sign.confirm")
    user.click("mou.sign.anyway")
    user.bot.waitUntil(lambda: screen(user).panel is None)
    user.bot.waitUntil(lambda: not user.focus().visibleRegion().isEmpty())


@pytest.mark.rule("W4", "V4")
def test_what_the_signing_lacks_leads_to_its_place_from_the_panel(
    user: User, mou: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    user.open(mou)
    user.click("mou.sign")
    panel = signing(user)
    assert panel.date.line.said() == "2 November 2026", "today, unless one says otherwise"
    tomorrow = user.desk.workspace.clock() + 24 * 3600 * 1_000_000
    monkeypatch.setattr(user.desk.workspace, "clock", lambda: tomorrow)
    QApplication.sendEvent(user.window, QEvent(QEvent.Type.WindowActivate))
    assert panel.date.line.said() == "3 November 2026", "somebody comes back the next morning"
    user.press(Qt.Key.Key_Delete)
    user.click("mou.sign.confirm")
    assert panel.missing.accessibleName().startswith("Missing: the day of signing, who signs for Liuzhou office")
    panel.missing.linkActivated.emit("signatory")
    assert panel.signers[0].chips.line.hasFocus()
    panel.missing.linkActivated.emit("signed")
    assert panel.date.line.hasFocus()
    assert screen(user).panel is panel
    records.add(user.desk, "agreement_party", {"owner": mou, "organisation": user.id("organisation")})
    again = signing(user)
    assert again is not panel, "it asks for the new party too"
    assert not again.date.line.said(), "a day that was emptied stays empty"
    witness = {"owner": mou, "organisation": user.id("organisation"), "role": "witness"}
    records.add(user.desk, "agreement_party", witness)
    assert screen(user).panel is again, "a witness is not asked who signs"


@pytest.mark.rule("W4")
def test_what_was_entered_at_a_signing_stays_when_the_window_is_closed(user: User, mou: str, tmp_path: Path) -> None:
    anna = records.add(user.desk, "person", {"name": PersonName("Probe", "Annalisa")})
    scan = tmp_path / "signed.pdf"
    scan.write_bytes(b"%PDF-1.7 signed")
    user.open(mou)
    user.click("mou.sign")
    assert drafts.kept(user.desk) == [], "nothing is entered yet"
    user.write(user.focus(), "31 Febr")  # type: ignore[arg-type]  # it is a line
    panel = signing(user)
    for signer, name in zip(panel.signers, ("annalisa", "Quentin Unknown"), strict=True):
        signer.chips.line.setFocus()
        user.write(signer.chips.line, name)
        user.press(Qt.Key.Key_Return)
    panel.scan.put(scan)
    assert user.window.close()
    again = User(user.bot, user.desk)
    again.open(mou)
    panel = signing(again)
    QApplication.sendEvent(again.window, QEvent(QEvent.Type.WindowActivate))
    assert panel.date.line.said() == "31 Febr"
    panel.date.line.setFocus()
    panel.date.line.selectAll()
    again.write(panel.date.line, "24.11.2019")
    again.click("mou.sign.confirm")
    signers: Any = records.children(again.desk, mou)["signatory"]
    assert signers[0].person == anna
    assert "Quentin" in records.titles(again.desk, [signers[1].person], language())[signers[1].person]
    assert again.value(mou, "signed") == PartialDate("2019-11-24")
    assert [each.file.name for each in attached_files.of(again.desk, mou) if each.file] == ["signed.pdf"]
    assert drafts.kept(again.desk) == []
    assert (screen(again).panel, steps(again)[2]) == (None, "● Signed")
    assert again.window.toast.isVisible()


@pytest.mark.rule("W4")
def test_the_day_of_a_signing_stays_the_day_it_was_said_on(user: User, mou: str) -> None:
    user.open(mou)
    user.click("mou.sign")
    user.write(user.focus(), "yesterday")  # type: ignore[arg-type]  # it is a line
    user.press(Qt.Key.Key_Tab)
    user.window.dress_anew()
    panel = signing(user)
    assert panel.date.line.said() == "2026-11-01", "tomorrow it is no other day"
    user.click("mou.sign.confirm")
    user.click("mou.sign.anyway")
    assert user.value(mou, "signed") == PartialDate("2026-11-01")


@pytest.mark.rule("W4")
def test_the_end_that_follows_from_the_term_stands_in_its_field_until_another_is_written(user: User, mou: str) -> None:
    records.edit(user.desk, mou, {"status": "in_force", "signed": PartialDate("2019-06-12"), "term_months": 24})
    user.open(mou)
    line = user.editor("expires").line
    assert (line.text(), line.placeholderText()) == ("", "12 June 2021, by its term")
    user.type("expires.line", "1.3.2022")
    assert user.value(mou, "expires") == PartialDate("2022-03-01")
    assert user.find(QLabel, "mou.notes").text().startswith("Ends: 1 March 2022")
    user.type("expires.line", "")
    assert user.find(QLabel, "mou.notes").text().startswith("Ends by its term: 12 June 2021")
    assert line.placeholderText() == "12 June 2021, by its term"


@pytest.mark.rule("W4")
def test_originals_are_counted_by_language(user: User, mou: str) -> None:
    user.open(mou)
    user.type("originals_by_language.line", "2 EN，2 份中文")
    record: Any = records.get(user.desk, mou)
    assert record.originals_by_language == {"en": 2, "zh": 2}
    assert originals_text(record).said("en") == "2 originals in each language: English, Chinese"
    assert originals_text(record).said("zh") == "英文、中文各一式两份"
    user.type("originals_by_language.line", "two")
    assert user.message("originals_by_language")
    assert user.value(mou, "originals_by_language") == {"en": 2, "zh": 2}


def test_the_party_of_a_signatory_is_found_by_typing_and_all_are_offered_before(user: User, mou: str) -> None:
    user.open(mou)
    row = screen(user).lists["signatory"]
    row.begin()
    editor = next(editor for editor in row.rows[0].editors if editor.field.name == "party")
    assert isinstance(editor, LinksEditor)
    assert [each.name for each in editor._offers("")] == ["Liuzhou office", "Barcelona office"]
    line = focused(editor.field_of_chips.line)
    user.write(line, "barc")
    user.press(Qt.Key.Key_Return)
    (signatory,) = records.children(user.desk, mou)["signatory"]
    parties = records.children(user.desk, mou)["agreement_party"]
    assert getattr(signatory, "party", None) == parties[1].id


def test_a_status_stands_in_one_place_of_a_page(user: User) -> None:
    for kind, place in [("agreement", "mou.bar.ready"), ("visit", "visit.status")]:
        status = "ready_to_sign" if kind == "agreement" else "planned"
        user.open(records.add(user.desk, kind, {"title": Bilingual(en="Pilot"), "status": status}))
        assert "status" not in user.form.editors, kind
        assert user.window.record.focus_field("status"), kind
        assert user.focus().objectName() == place, kind
