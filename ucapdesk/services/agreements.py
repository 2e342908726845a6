"""Work on the MoU register: move an MoU through its statuses, sign it in one step, remind of ends and notice days.

Reminders are computed, never stored; that one was put off until the next step is this person's own and kept in the
settings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from ucapdesk.base import settings
from ucapdesk.base.clock import today
from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import Message, language, ntr, tr
from ucapdesk.model.codes import code_label
from ucapdesk.model.dates.formatting import say_date
from ucapdesk.model.field_change import Made
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.agreement_kinds import Agreement, Signatory
from ucapdesk.model.kinds.paper_kinds import Attachment
from ucapdesk.model.kinds.partnership_kinds import Ucap
from ucapdesk.model.kinds.people_kinds import Affiliation
from ucapdesk.model.listing import Condition, open_ones
from ucapdesk.model.rules.record_rules import Gap, gaps_before, steps_between, unsigned
from ucapdesk.model.rules.sides import held_on, main_post, title_of_post
from ucapdesk.model.rules.status import (
    AWAITING,
    GROUPS,
    LEAD_DAYS,
    agreement_flags,
    attention,
    expiry,
    group_of,
    has,
    is_signed,
    notice_by,
    runs,
    signs,
)
from ucapdesk.model.text.fields_in_words import tagged
from ucapdesk.model.values import Bilingual, PartialDate
from ucapdesk.services.errors import WRONG_KIND_LINKED
from ucapdesk.services.records import attached_files
from ucapdesk.services.records.records import children, get, make, title_or_id, titles
from ucapdesk.store.desk import Desk
from ucapdesk.store.refusals import NoSuchRecord
from ucapdesk.store.save import Save

SIGNED = "signed"
SIGNS = "signatory"


class NotReadyToSign(UserError):
    """Something that a signed MoU must have is missing."""

    sentence = (
        "Not marked as signed yet, because this is missing: {gaps}. Nothing was changed; fill it in, or mark it as "
        "signed anyway."
    )


class Signing(NamedTuple):
    """The entered facts of a signing: the day, who signed for each party (by the id of the party), and the scan."""

    signed: PartialDate | None
    signatories: Mapping[str, str | Sequence[Made]]
    scan: Path | None = None


# -- through its states ---------------------------------------------------------------------------


def _agreement(desk: Desk, id_: str) -> Agreement:
    """Return an MoU, in the Trash or not. Raises NoSuchRecord."""
    record = get(desk, id_)
    if not isinstance(record, Agreement):
        raise NoSuchRecord(id=id_)
    return record


def steps_to(agreement: Any, goal: str) -> list[str]:
    """Return the statuses on the way to another one, which comes last; where no way leads there, only that one."""
    return list(steps_between(KINDS["agreement"].fields["status"], agreement.status, goal)) or [goal]


def move(desk: Desk, id_: str, goal: str) -> None:
    """Move an MoU to a status through those between. One step; the history shows the way."""
    agreement = _agreement(desk, id_)
    if agreement.status == goal:
        return
    with desk.save(["agreement.status", {"id": id_, "steps": steps_to(agreement, goal)}]) as work:
        work.get(Agreement, id_).status = goal


def earlier(desk: Desk, id_: str) -> str | None:
    """Return the status before the present one, empty for an MoU that had none; None where it was created with the
    present one, or is still being prepared.

    What was taken back counts as never reached, so that it can be taken back step by step.
    """
    agreement = _agreement(desk, id_)
    if group_of(agreement.status) == GROUPS[0]:
        return None
    way: list[str] = []
    changes = desk.history(id_)
    for each in changes:
        if each.field == "status":
            if not way and each.n != changes[0].n:
                way.append("")
            state = str(each.new or "")
            way = [*(way[: way.index(state)] if state in way else way), state]
    at = way.index(agreement.status) if agreement.status in way else 0
    return way[at - 1] if at else None


def reopen(desk: Desk, id_: str) -> str:
    """Return an MoU to its previous status, and return that status. One step. Raises NothingToReopen.

    A day of signing goes where the MoU is to be signed once more, and that of who signed on it.
    """
    before = earlier(desk, id_)
    if before is None:
        raise UserError(
            "“{title}” has no earlier state to go back to. Nothing was changed; choose its state by hand.",
            code="nothing-to-reopen",
            title=title_or_id(desk, id_),
        )
    with desk.save(["agreement.reopen", {"id": id_, "steps": [before]}]) as work:
        record = work.get(Agreement, id_)
        was, record.status = has(record, "signed"), before or None
        if was and group_of(before) in AWAITING and is_signed(record):
            for each in children(desk, id_)[SIGNS]:
                signer = work.get(Signatory, each.id)
                signer.signed = None if signer.signed == record.signed else signer.signed
            record.signed = None
    return before


def sign(desk: Desk, id_: str, signing: Signing, *, incomplete: bool = False) -> None:
    """Mark an MoU as signed: the date, who signed, the scan, and its state, in one step.

    Args:
        desk: The workspace.
        id_: The MoU.
        signing: What is said of the signing; what is on record already need not be said again.
        incomplete: Sign it though something is missing. Else raises NotReadyToSign, which names it.
    """
    agreement = _agreement(desk, id_)
    owned = children(desk, id_)
    for party in signing.signatories:
        if party not in {each.id for each in owned["agreement_party"]}:
            raise UserError(
                "{id} is not a party of this MoU. Nothing was changed; “ucapdesk show” lists its parties.",
                code="not-a-party",
                id=party,
            )
    _must_be_people(desk, [said for said in signing.signatories.values() if isinstance(said, str)])
    missing = gaps(desk, id_, signing)
    if missing and not incomplete:
        said = tr("log", ", ").join(gap.said.say() for gap in missing)
        raise NotReadyToSign(gaps=said)
    file = attached_files.taken_in(desk, signing.scan) if signing.scan else None
    with desk.save(["agreement.sign", {"id": id_, "steps": steps_to(agreement, SIGNED)}]) as work:
        record = work.get(Agreement, id_)
        record.status, record.signed = SIGNED, signing.signed or record.signed
        _write_signatories(desk, work, id_, owned["signatory"], signing)
        there = {each.file.sha256 for each in attached_files.of(desk, id_) if each.file}
        if file is not None and file.sha256 not in there:
            work.new(Attachment, owner=id_, file=file, type=attached_files.SIGNED_COPY)


def _must_be_people(desk: Desk, ids: Sequence[str]) -> None:
    for id_ in ids:
        if (kind := type(get(desk, id_)).__tablename__) != "person":
            raise WRONG_KIND_LINKED(field="person", kinds="person", id=id_, kind=kind)


def _write_signatories(desk: Desk, work: Save, id_: str, there: Sequence[Any], signing: Signing) -> None:
    """Give each party's signatory the person and the day, creating one where none is on record. All keep their post of that day."""
    signers = {each.id: work.get(Signatory, each.id) for each in there if signs(each)}
    shown = desk.read.sames().shown
    for party, said in signing.signatories.items():
        new = () if isinstance(said, str) else said
        make(work, new)
        person = new[0].id if new else str(said)
        known = next((each for each in signers.values() if each.party == party), None)
        made = known or work.new(Signatory, owner=id_, party=party, role=SIGNS)
        if made.person and shown(made.person) != shown(person):
            made.post = None  # of the previous signatory
        made.person, made.signed = person, signing.signed
        made.post = made.post or next((draft.values["post"] for draft in new if "post" in draft.values), None)
        signers[made.id] = made
    for each in signers.values():
        if each.person and not each.post:
            each.post = post_on(desk, each.person, each.signed or signing.signed)


def post_on(desk: Desk, person: str, day: PartialDate | None) -> Bilingual | None:
    """Return somebody's post on a day, in all languages it is known in; standard posts by their labels."""
    post = main_post([each for each in desk.read.children(person, Affiliation) if held_on(each, day)], day)
    return title_of_post(post) if post else None


def gaps(desk: Desk, id_: str, signing: Signing | None = None) -> list[Gap]:
    """Return what is missing before an MoU can be marked as signed, beyond what ``signing`` gives."""
    agreement, parts = get(desk, id_), dict(children(desk, id_))
    if signing is not None:
        agreement = Agreement()
        agreement.__dict__.update(get(desk, id_).__dict__)
        agreement.__dict__["signed"] = signing.signed or agreement.signed
    parties = [each for each in unsigned(parts) if not signing or each.id not in signing.signatories]
    found = [gap for gap in gaps_before("agreement", SIGNED, agreement, parts) if gap.where != "signatory"]
    names = titles(desk, [party.id for party in parties])
    who = (Message("milestone", "who signs for {party}", {"party": names.get(each.id, "—")}) for each in parties)
    return [*found, *(Gap("signatory", said) for said in who)]


# -- how it stands --------------------------------------------------------------------------------


def ends(agreement: Any, now: date, lang: str | None = None) -> str:
    """Return when an MoU ends, and how far away that is; empty where no end is known, or it has ended."""
    lang, end = lang or language(), expiry(agreement)
    if end is None:
        return ""
    said = say_date(end, lang)
    if not runs(agreement) or end.bounds[0] != end.bounds[1]:
        return said
    left = (date.fromisoformat(end.bounds[0]) - now).days
    if left < 0:
        return tr("mou", "{date}, which has passed", lang, date=said)
    return ntr("mou", "{date}, in {n} day", "{date}, in {n} days", left, lang, date=said)


def notes(desk: Desk, agreement: Any, lang: str | None = None) -> list[str]:
    lang, now = lang or language(), today(desk.workspace.clock)
    said = []
    if end := ends(agreement, now, lang):
        said.append(
            tr("mou", "Ends by its term: {date}", lang, date=end)
            if agreement.expires is None
            else tr("mou", "Ends: {date}", lang, date=end)
        )
    if agreement.signed is not None and group_of(agreement.status) in GROUPS[:2]:
        said.append(tr("mou", "A day of signing is on record: {date}", lang, date=say_date(agreement.signed, lang)))
    flags = agreement_flags(agreement, now, attached_files.of(desk, agreement.id))
    near = attention(agreement, now)  # told beside the fields
    said += [code_label("agreement_flag", flag, lang) for flag in flags if flag not in near]
    if agreement.ucap and (counted := say_reported(desk, agreement.ucap, lang)):
        said.append(counted)
    return said


def say_reported(desk: Desk, ucap: str, lang: str | None = None) -> str:
    """Return how many MoUs the paper of a UCAP reports, and how many are on record; empty where it reports none."""
    record = desk.read.get(Ucap, ucap)
    if record is None or (n := record.reported_mou_count) is None:
        return ""
    real = [Condition("placeholder", ("1",), without=True)]
    there = len(desk.read.ids("agreement", where={"ucap": ucap}, conditions=real))
    return tr("mou", "MoUs of this UCAP: {reported} reported, {recorded} recorded", lang, reported=n, recorded=there)


STEPS = (90, 30, 7, 0)  # Days before the end of an MoU of each further reminder, after the first
URGENT = 30
REASONS = ("expiring", "notice_window", "overdue_signature")  # The flags of an MoU that are reminded of
_PUT_OFF = "reminders"


class Reminder(NamedTuple):
    """One sentence about an MoU. ``step`` says which reminder it is; ``end`` is the day it is about, for the order;
    ``responsible`` is the person whose it is, if anybody is named.
    """

    id: str
    sentence: str
    urgent: bool
    step: int
    end: str
    responsible: str = ""


def reminders(desk: Desk, now: date, lang: str) -> list[Reminder]:
    """Return the reminders of the register, the nearest first; without those put off to a later step."""
    there = desk.read.listed(Agreement, conditions=open_ones("agreement"))
    flagged = [(each, agreement_flags(each, now)) for each in there]
    names = desk.read.titles([each.id for each, flags in flagged if flags], lang)
    off = _put_off(desk)
    told = [(each, flags, tagged(each, names.get(each.id, ""), lang)) for each, flags in flagged]
    found = (found for each in told for found in _reminders_of(*each, now, lang))
    return sorted((each for each in found if off.get(each.id, LEAD_DAYS + 1) > each.step), key=lambda each: each.end)


def _end_reminder(agreement: Any, which: int = 0) -> str:
    """Return the first day on which an MoU may end, or with 1 the last."""
    ends = expiry(agreement)
    return ends.bounds[which] if ends else "9999"


def _reminders_of(agreement: Any, flags: tuple[str, ...], title: str, now: date, lang: str) -> Iterator[Reminder]:
    whose = agreement.responsible or ""
    expires, notice, unsigned = (reason in flags for reason in REASONS)
    if expires:
        over = _end_reminder(agreement, 1) < now.isoformat()
        said = ends(agreement, now, lang)
        sentence = (
            tr("home", "“{title}” has ended: {date}", lang, title=title, date=said)
            if over
            else tr("home", "“{title}” ends: {date}", lang, title=title, date=said)
        )
        left = (date.fromisoformat(_end_reminder(agreement)) - now).days
        yield Reminder(agreement.id, sentence, left <= URGENT, _reminder_step(left), _end_reminder(agreement), whose)
    if notice:
        last = say_date(notice_by(agreement, now), lang)
        sentence = tr(
            "home", "“{title}” renews automatically unless notice is given by {date}", lang, title=title, date=last
        )
        yield Reminder(agreement.id, sentence, True, 0, _end_reminder(agreement), whose)
    if unsigned:
        planned = say_date(agreement.signing_planned, lang)
        sentence = tr("home", "Signing of “{title}” was planned: {date}", lang, title=title, date=planned)
        yield Reminder(agreement.id, sentence, True, 0, agreement.signing_planned.bounds[1], whose)


def _reminder_step(left: int) -> int:
    return min((step for step in STEPS if left <= step), default=LEAD_DAYS)


# -- later ----------------------------------------------------------------------------------------


def put_off(desk: Desk, id_: str) -> None:
    """Silence the end of an MoU until its next step is reached; the last one cannot be put off."""
    agreement: Any = desk.read.get(Agreement, id_)
    if agreement is None or expiry(agreement) is None:
        return
    step = _reminder_step((date.fromisoformat(_end_reminder(agreement)) - today(desk.workspace.clock)).days)
    if step > 0:
        settings.keep(_PUT_OFF, {**settings.kept(_PUT_OFF), desk.workspace.id: {**_put_off(desk), id_: step}})


def _put_off(desk: Desk) -> dict[str, int]:
    """Return, by MoU, the step up to which reminders are silenced."""
    own = settings.kept(_PUT_OFF).get(desk.workspace.id)
    return {id_: step for id_, step in own.items() if isinstance(step, int)} if isinstance(own, dict) else {}
