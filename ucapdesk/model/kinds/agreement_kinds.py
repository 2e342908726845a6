"""The MoU register: agreements, parties, signatories and what each side promised."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy.orm import Mapped

from ucapdesk.model.record import Filed, Ordered, Record, computed, field, members, owner, ref
from ucapdesk.model.rules.status import attention, end_of_term, is_overdue, notice_by
from ucapdesk.model.values import Bilingual, Codes, Counts, PartialDate, Refs


class Agreement(Filed, Record):
    """An MoU, a joint declaration or another agreement."""

    label, plural = "MoU", "MoUs"
    papers: ClassVar[str] = "many"
    title_fields: ClassVar[tuple[str, ...]] = ("title", "reference")

    reference: Mapped[str | None] = field("Number", search=4, column=True)
    title: Mapped[Bilingual | None] = field("Title", search=5, column=True, needed=True)
    type: Mapped[str | None] = field("Type", codes="agreement_type", column=True)
    ucap: Mapped[str | None] = ref("ucap", "UCAP", column=True)
    themes: Mapped[Refs | None] = members("Themes", kind="theme")
    projects: Mapped[Refs | None] = members("Pilot projects", kind="pilot_project")
    status: Mapped[str | None] = field("Status", codes="agreement_status", column=True)
    status_note: Mapped[Bilingual | None] = field("Note on the status", search=1, audience="principal")
    subject: Mapped[Bilingual | None] = field("Subject", search=2, long=True)
    areas: Mapped[Bilingual | None] = field("Areas of cooperation", search=1, long=True)
    text: Mapped[Bilingual | None] = field("Text", search=1, long=True)
    authentic_text: Mapped[str | None] = field("Authentic text", codes="authentic_text")
    legal_force: Mapped[str | None] = field("Legal force", codes="legal_force")
    originals: Mapped[Bilingual | None] = field("Originals, in words")
    originals_by_language: Mapped[Counts | None] = field("Originals by language", example="2 EN, 2 ZH")
    signing_planned: Mapped[PartialDate | None] = field("Signing planned", search=1, column=True)
    signing_place: Mapped[str | None] = ref("place", "Place of signing")
    signing_meeting: Mapped[str | None] = ref("meeting", "Signed at")
    ceremony: Mapped[Bilingual | None] = field("Order of ceremony", long=True)
    signed: Mapped[PartialDate | None] = field("Signed", search=1, column=True)
    in_force: Mapped[PartialDate | None] = field("In force from", search=1)
    term_months: Mapped[int | None] = field("Term in months", example="36")
    expires: Mapped[PartialDate | None] = field("Expires", column=True, follows=end_of_term, search=1)
    renewal: Mapped[str | None] = field("Renewal", codes="renewal")
    notice_days: Mapped[int | None] = field("Notice period in days", example="90")
    notice_given: Mapped[PartialDate | None] = field("Notice given", search=1)
    review: Mapped[PartialDate | None] = field("Next review", search=1)
    lead_days: Mapped[int | None] = field("Remind so many days before", example="60")
    responsible: Mapped[str | None] = ref("person", "Responsible")
    supersedes: Mapped[str | None] = ref("agreement", "Supersedes")
    amends: Mapped[str | None] = ref("agreement", "Amends")
    archive: Mapped[str | None] = field("Where the original is kept", audience="principal")
    placeholder: Mapped[bool | None] = field("Stands for a document that was only reported")
    attention = computed("Needs attention", Codes, attention, codes="agreement_flag", search=1)
    notice_by = computed("Last day for notice", PartialDate, notice_by, search=1)


class AgreementParty(Ordered, Record):
    """A party to an agreement."""

    label, plural = "Party", "Parties"
    title_fields: ClassVar[tuple[str, ...]] = ("organisation", "free_name")

    owner: Mapped[str | None] = owner("agreement")
    organisation: Mapped[str | None] = ref("organisation", "Organisation", column=True)
    free_name: Mapped[Bilingual | None] = field("Name, if not on record", search=3, column=True)
    side: Mapped[str | None] = field("Side", codes="side", column=True)
    role: Mapped[str | None] = field("Role", codes="party_role", column=True)
    represented_by: Mapped[str | None] = ref("person", "Represented by")


class Signatory(Ordered, Record):
    """A signatory of a party, with the post at signing."""

    label, plural = "Signatory", "Signatories"
    title_fields: ClassVar[tuple[str, ...]] = ("person",)

    owner: Mapped[str | None] = owner("agreement")
    party: Mapped[str | None] = ref("agreement_party", "Party", column=True)
    person: Mapped[str | None] = ref("person", "Person", column=True, needed=True)
    post: Mapped[Bilingual | None] = field("Post at signing", search=2, column=True)
    role: Mapped[str | None] = field("Role", codes="signatory_role")
    signed: Mapped[PartialDate | None] = field("Signed", search=1, column=True)
    place: Mapped[str | None] = ref("place", "Place")


class Obligation(Ordered, Record):
    """A promise of one side in an agreement, and its status."""

    label, plural = "Obligation", "Obligations"
    title_fields: ClassVar[tuple[str, ...]] = ("text",)

    owner: Mapped[str | None] = owner("agreement")
    text: Mapped[Bilingual | None] = field("Text", search=2, long=True, column=True, needed=True)
    side: Mapped[str | None] = field("Side", codes="side", column=True)
    due: Mapped[PartialDate | None] = field("Due", search=1, column=True)
    status: Mapped[str | None] = field("Status", codes="step_status", column=True)
    overdue = computed("Overdue", bool, is_overdue, search=1)
