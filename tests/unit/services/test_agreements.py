"""The MoU register: statuses, signing in one step, and reminders of ends and notice days."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.clock import FrozenClock
from tests.helpers.errors import user_error
from ucapdesk.base.clock import today
from ucapdesk.model.field_change import Made
from ucapdesk.model.rules.status import awaits_signature
from ucapdesk.model.values import Bilingual, PartialDate, PersonName
from ucapdesk.services import agreements, home
from ucapdesk.services.agreements import Signing
from ucapdesk.services.home import notices
from ucapdesk.services.records import attached_files, history, records
from ucapdesk.services.workspaces import workspace_service
from ucapdesk.store.desk import Desk

DAY = PartialDate("2026-11-24")


class Mou:
    """An MoU of two parties under negotiation."""

    def __init__(self, desk: Desk, **values: Any) -> None:
        self.desk = desk
        given = {"title": Bilingual(en="Mobility pilot"), "status": "negotiation", **values}
        self.id = records.add(desk, "agreement", given)
        self.parties = [
            records.add(desk, "agreement_party", {"owner": self.id, "free_name": Bilingual(en=name)})
            for name in ("Liuzhou", "Barcelona")
        ]
        self.people = [records.add(desk, "person", {"name": PersonName(None, name)}) for name in ("Li", "Anna")]

    @property
    def record(self) -> Any:
        return records.get(self.desk, self.id)

    def signing(self, count: int = 2, **values: Any) -> Signing:
        who = dict(zip(self.parties[:count], self.people, strict=False))
        return Signing(values.get("signed", DAY), who, values.get("scan"))

    def signers(self) -> list[tuple[str, str, Any]]:
        there: Any = records.children(self.desk, self.id)["signatory"]
        return [(each.party, each.person, each.signed) for each in there]


@pytest.fixture
def mou(desk: Desk) -> Mou:
    return Mou(desk)


@pytest.mark.rule("W4")
def test_it_is_signed_with_its_day_its_signatories_and_its_scan_in_one_step(
    desk: Desk, mou: Mou, tmp_path: Path
) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.4 signed")
    agreements.sign(desk, mou.id, mou.signing(scan=scan))
    assert (mou.record.status, mou.record.signed) == ("signed", DAY)
    assert mou.signers() == [(party, person, DAY) for party, person in zip(mou.parties, mou.people, strict=True)]
    (kept,) = attached_files.of(desk, mou.id)
    assert (kept.type, kept.file and kept.file.name) == ("signed_scan", "scan.pdf")
    label = desk.next_undo()
    assert label is not None
    assert history.say(desk, label) == (
        "Marked “Mobility pilot” as signed: Legal / translation review → Text agreed (approved by all parties) → "
        "Ready for signature → Signed"
    )
    history.undo(desk)
    assert (mou.record.status, mou.record.signed, mou.signers()) == ("negotiation", None, [])
    assert attached_files.of(desk, mou.id) == []


def test_what_is_missing_is_named_and_nothing_is_written(desk: Desk, mou: Mou) -> None:
    with pytest.raises(agreements.NotReadyToSign, match="who signs for Barcelona"):
        agreements.sign(desk, mou.id, mou.signing(1))
    with pytest.raises(agreements.NotReadyToSign, match="the day of signing"):
        agreements.sign(desk, mou.id, mou.signing(signed=None))
    assert (mou.record.status, mou.signers()) == ("negotiation", [])


def test_it_can_be_signed_though_something_is_missing(desk: Desk, mou: Mou) -> None:
    agreements.sign(desk, mou.id, mou.signing(1), incomplete=True)
    assert mou.record.status == "signed"
    assert len(mou.signers()) == 1


def test_a_signatory_on_record_is_taken_and_need_not_be_said(desk: Desk, mou: Mou) -> None:
    known = records.add(desk, "signatory", {"owner": mou.id, "party": mou.parties[1], "person": mou.people[1]})
    agreements.sign(desk, mou.id, mou.signing(1))
    assert mou.signers() == [(mou.parties[1], mou.people[1], None), (mou.parties[0], mou.people[0], DAY)]
    history.undo(desk)
    agreements.sign(desk, mou.id, mou.signing())
    there: Any = records.get(desk, known)
    assert there.signed == DAY
    assert len(mou.signers()) == 2


def test_the_post_of_that_day_is_kept_whatever_somebody_becomes_later(desk: Desk, mou: Mou) -> None:
    house = records.add(desk, "organisation", {"name": Bilingual(en="City of Liuzhou", zh="柳州市人民政府")})
    posts = [
        records.add(desk, "affiliation", {"owner": person, "organisation": house, "main": True, **values})
        for person, values in (
            (mou.people[0], {"post": Bilingual(en="Vice mayor", zh="副市长"), "dates": PartialDate("2020/2026-12")}),
            (mou.people[0], {"post": Bilingual(en="Mayor"), "dates": PartialDate("2027/..")}),
            (mou.people[1], {"post_code": "mayor"}),
        )
    ]
    known = records.add(desk, "signatory", {"owner": mou.id, "party": mou.parties[0], "person": mou.people[0]})
    agreements.sign(desk, mou.id, Signing(DAY, {mou.parties[1]: mou.people[1]}))
    signers: Any = records.children(desk, mou.id)["signatory"]
    there = {each.person: each for each in signers}
    assert there[mou.people[0]].id == known
    assert dict(there[mou.people[0]].post) == {"en": "Vice mayor", "zh": "副市长"}
    assert (there[mou.people[1]].post["en"], there[mou.people[1]].post["zh"]) == ("Mayor", "市长")
    records.edit(desk, posts[0], {"post": Bilingual(en="Party secretary", zh="书记")})
    agreements.sign(desk, mou.id, mou.signing())
    assert records.get(desk, known).post["en"] == "Vice mayor"  # type: ignore[attr-defined]


def test_who_signs_in_the_stead_of_another_has_the_own_post(desk: Desk, mou: Mou) -> None:
    values = {"owner": mou.id, "party": mou.parties[0], "person": mou.people[1], "post": Bilingual(en="Mayor")}
    records.add(desk, "signatory", values)
    agreements.sign(desk, mou.id, mou.signing(1), incomplete=True)
    there: Any = records.children(desk, mou.id)["signatory"][0]
    assert there.person == mou.people[0]
    assert not there.post


def test_somebody_who_is_not_on_record_is_made_with_it(desk: Desk, mou: Mou) -> None:
    made = Made("person", "01234567-89ab-4cde-8f01-23456789abcd", {"name": PersonName(None, "Nuria")})
    post = Made(
        "affiliation", "11234567-89ab-4cde-8f01-23456789abcd", {"owner": made.id, "post": Bilingual(en="Mayor")}
    )
    who: dict[str, str | list[Made]] = {mou.parties[0]: mou.people[0], mou.parties[1]: [made, post]}
    agreements.sign(desk, mou.id, Signing(DAY, who))
    known = records.children(desk, mou.id)["signatory"][1]
    assert known.post == Bilingual(en="Mayor"), "of that day"  # type: ignore[attr-defined]
    assert mou.signers()[1][1] == made.id
    history.undo(desk)
    assert records.get(desk, made.id).is_deleted


def test_a_stranger_and_a_scan_that_is_not_there_are_refused(desk: Desk, mou: Mou, tmp_path: Path) -> None:
    with user_error("not-a-party"):
        agreements.sign(desk, mou.id, Signing(DAY, {mou.people[0]: mou.people[0]}))
    with user_error("file-not-there", match=r"gone\.pdf"):
        agreements.sign(desk, mou.id, mou.signing(scan=tmp_path / "gone.pdf"))
    assert mou.record.status == "negotiation"


def test_moving_on_and_back_is_one_step_each(desk: Desk, mou: Mou) -> None:
    agreements.move(desk, mou.id, "ready_to_sign")
    agreements.move(desk, mou.id, "ready_to_sign")
    assert mou.record.status == "ready_to_sign"
    agreements.move(desk, mou.id, "drafting")
    assert mou.record.status == "drafting"
    history.undo(desk)
    history.undo(desk)
    assert mou.record.status == "negotiation"


def test_reopening_goes_back_step_by_step_and_never_forward_again(desk: Desk, mou: Mou) -> None:
    for state in ("signed", "in_force", "suspended"):
        agreements.move(desk, mou.id, state)
    assert [agreements.reopen(desk, mou.id) for _ in range(3)] == ["in_force", "signed", "negotiation"]
    assert agreements.earlier(desk, mou.id) is None
    agreements.move(desk, mou.id, "signed")
    assert agreements.earlier(desk, mou.id) == "negotiation"


def test_reopened_before_its_signing_it_is_to_be_signed_once_more(desk: Desk, mou: Mou) -> None:
    agreements.sign(desk, mou.id, mou.signing())
    agreements.reopen(desk, mou.id)
    assert awaits_signature(mou.record)
    assert mou.signers() == [(party, person, None) for party, person in zip(mou.parties, mou.people, strict=True)]
    history.undo(desk)
    assert (mou.record.status, mou.record.signed) == ("signed", DAY)
    assert {day for *_, day in mou.signers()} == {DAY}


def test_some_have_signed_on_the_day_of_an_mou_that_is_partly_signed_again(desk: Desk) -> None:
    mou = Mou(desk, status="partly_signed", signed=DAY)
    agreements.move(desk, mou.id, "signed")
    agreements.reopen(desk, mou.id)
    assert (mou.record.status, mou.record.signed) == ("partly_signed", DAY)


@pytest.mark.parametrize("times", [1, 2])
def test_an_mou_signed_without_a_status_is_reopened_to_none(desk: Desk, times: int) -> None:
    mou = Mou(desk, status=None)
    for _ in range(times):
        agreements.sign(desk, mou.id, mou.signing())
        assert agreements.reopen(desk, mou.id) == ""
    assert (mou.record.status, mou.record.signed) == (None, None)
    label = desk.next_undo()
    assert label is not None
    assert history.say(desk, label) == "Moved “Mobility pilot” back to: Preparing"
    born_signed = Mou(desk, status="signed", signed=DAY)
    with user_error("nothing-to-reopen"):
        agreements.reopen(desk, born_signed.id)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"status": "in_force", "expires": "2026-12-15"}, "15 December 2026, in 21 days"),
        ({"status": "in_force", "signed": "2025-12-15", "term_months": 12}, "15 December 2026, in 21 days"),
        ({"status": "in_force", "expires": "2026-11-25"}, "25 November 2026, in 1 day"),
        ({"status": "in_force", "expires": "2026-11-20"}, "20 November 2026, which has passed"),
        ({"status": "in_force", "expires": "2027"}, "2027"),
        ({"status": "expired", "expires": "2026-11-20"}, "20 November 2026"),
        ({"status": "in_force"}, ""),
    ],
)
def test_the_end_is_told_with_how_far_it_is(desk: Desk, values: dict[str, Any], said: str) -> None:
    given = {key: PartialDate(value) if key in ("expires", "signed") else value for key, value in values.items()}
    mou = Mou(desk, **given)
    assert agreements.ends(mou.record, date(2026, 11, 24), "en") == said


@pytest.mark.row("M4")
def test_reported_mous_stand_beside_those_on_record(desk: Desk) -> None:
    ucap = records.add(desk, "ucap", {"title": Bilingual(en="UCAP"), "reported_mou_count": 10})
    mou = Mou(desk, ucap=ucap)
    records.add(desk, "agreement", {"ucap": ucap, "placeholder": True})
    assert agreements.say_reported(desk, ucap) == "MoUs of this UCAP: 10 reported, 1 recorded"
    assert "MoUs of this UCAP: 10 reported, 1 recorded" in agreements.notes(desk, mou.record, "en")
    plain = records.add(desk, "ucap", {"title": Bilingual(en="Another")})
    assert agreements.say_reported(desk, plain) == ""


def test_a_signed_mou_without_a_scan_says_so(desk: Desk, mou: Mou) -> None:
    agreements.sign(desk, mou.id, mou.signing())
    assert "Signed copy missing" in agreements.notes(desk, mou.record, "en")


# The clock of these tests stands on Monday 2 November 2026.


def _mou(desk: Desk, days: int | None = None, **values: Any) -> str:
    given: dict[str, Any] = {"title": Bilingual(en="Granada", zh="格拉纳达"), "status": "in_force", **values}
    if days is not None:
        given["expires"] = PartialDate(f"{today(desk.workspace.clock) + timedelta(days)}")
    return records.add(desk, "agreement", given)


def _said(desk: Desk) -> list[str]:
    return [each.sentence for each in agreements.reminders(desk, today(desk.workspace.clock), "en")]


@pytest.mark.parametrize(
    ("days", "step"), [(180, 180), (91, 180), (90, 90), (31, 90), (30, 30), (8, 30), (7, 7), (0, 0), (-3, 0)]
)
def test_a_reminder_knows_its_step(desk: Desk, days: int, step: int) -> None:
    _mou(desk, days)
    (found,) = agreements.reminders(desk, today(desk.workspace.clock), "en")
    assert found.step == step
    assert found.urgent == (days <= 30)


@pytest.mark.parametrize(
    ("end", "how"), [("2026", "ends"), ("2026-11", "ends"), ("2026-10", "has ended"), ("2025", "has ended")]
)
def test_an_end_in_a_year_or_month_that_is_not_over_has_not_come(desk: Desk, end: str, how: str) -> None:
    _mou(desk, expires=PartialDate(end))
    (sentence,) = _said(desk)
    assert sentence.startswith(f"“Granada” {how}: ")


@pytest.mark.row("X5")
def test_what_is_put_off_comes_again_at_its_next_step(desk: Desk, clock: FrozenClock) -> None:
    id_ = _mou(desk, 60)
    other = _mou(desk, 61)
    agreements.put_off(desk, id_)
    assert [each.id for each in agreements.reminders(desk, today(desk.workspace.clock), "en")] == [other]
    later = today(desk.workspace.clock) + timedelta(31)
    assert id_ in [each.id for each in agreements.reminders(desk, later, "en")]


def test_the_last_reminder_cannot_be_put_off(desk: Desk) -> None:
    id_ = _mou(desk, 0)
    agreements.put_off(desk, id_)
    assert len(_said(desk)) == 1
    (need,) = [each for each in home.page(desk, lang="en").needs if "Granada" in each.sentence]
    assert not need.later


def test_notice_and_a_signature_that_is_late_are_reminded_of(desk: Desk) -> None:
    _mou(desk, 50, renewal="automatic", notice_days=30, title=Bilingual(en="Granada"))
    _mou(desk, status="ready_to_sign", title=Bilingual(en="Rome", zh="罗马"), signing_planned=PartialDate("2026-10"))
    assert _said(desk) == [
        "Signing of “Rome” was planned: October 2026",
        "“Granada” ends: 22 December 2026, in 50 days",
        "“Granada” renews automatically unless notice is given by 22 November 2026",
    ]
    told = [each.sentence for each in agreements.reminders(desk, today(desk.workspace.clock), "zh")]
    assert ["Granada (EN)" in each for each in told] == [False, True, True]


def test_whoever_is_responsible_is_named_and_only_they_are_told(desk: Desk) -> None:
    me, other = (records.add(desk, "person", {"name": PersonName(family, "Yan")}) for family in ("Chen", "Liu"))
    workspace_service.rename_person(desk, "Chen Yan")
    mine, theirs, nobodys = _mou(desk, 20, responsible=me), _mou(desk, 21, responsible=other), _mou(desk, 60)
    needs = [each for each in home.page(desk, lang="en").needs if "Granada" in each.sentence]
    assert [need.whose for need in needs] == ["Yan Chen", "Yan Liu", ""]
    assert [each.key.split()[0] for each in notices(desk, "en")] == [mine, nobodys]
    workspace_service.rename_person(desk, "Somebody Else")
    assert {each.key.split()[0] for each in notices(desk, "en")} == {mine, theirs, nobodys}, "nobody of that name"


def test_my_actions_are_told_on_their_day_and_after_it_each_once(desk: Desk, clock: FrozenClock) -> None:
    me = records.add(desk, "person", {"name": PersonName("Chen", "Yan")})
    workspace_service.rename_person(desk, "Chen Yan")
    for text, due in (("Schema", "2026-11-02"), ("Call", "2026-11-04"), ("Annex", "2026-11"), ("Hotel", "2026-10-30")):
        records.add(desk, "action_item", {"text": Bilingual(en=text), "person": me, "due": PartialDate(due)})
    done = {"text": Bilingual(en="Done"), "person": me, "due": PartialDate("2026-10-01"), "status": "done"}
    records.add(desk, "action_item", done)
    told = notices(desk, "en")
    assert [each.sentence for each in told] == ["Overdue: Hotel", "Due today: Schema"]
    clock.tick(2 * 86_400)
    later = notices(desk, "en")
    assert [each.sentence for each in later] == ["Overdue: Hotel", "Overdue: Schema", "Due today: Call"]
    assert {each.key for each in told} & {each.key for each in later} == {told[0].key}


def test_what_was_put_off_is_not_told(desk: Desk) -> None:
    agreements.put_off(desk, _mou(desk, 60))
    assert notices(desk, "en") == []


def test_what_has_no_day_or_is_over_is_not_reminded_of(desk: Desk) -> None:
    _mou(desk)
    _mou(desk, 10, status="terminated")
    _mou(desk, 200)
    assert _said(desk) == []
    agreements.put_off(desk, records.add(desk, "agreement", {"title": Bilingual(en="Bare")}))
