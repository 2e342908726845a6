"""Groups of fields in the forms of kinds. A short list for each kind where one long column would not do.

A layout only puts fields in order: what it does not name stands at the end of its first group, so a field added to a
kind is in its form without a line here. How a record is filed comes last, for every kind the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ucapdesk.base.i18n import Message
from ucapdesk.model.kind import Kind, KindField

HIDDEN = ("owner", "pos")


class FieldGroup(NamedTuple):
    """Fields under a heading; the first group of a form has none."""

    key: str
    heading: Message | None
    fields: tuple[KindField, ...]


FILING = ("filing", Message("group", "Filing"), "tags marking notes source source_place")

LAYOUTS: Mapping[str, tuple[tuple[str, Message, str], ...]] = {
    "meeting": (
        ("time", Message("group", "Time and place"),
         "when visit places room status ucap themes mode type ordinal places_print online_link"),
        ("place", Message("group", "Who leads, and in which languages"),
         "chair_a chair_b spoken interpretation reported_participants"),
        ("preparation", Message("group", "Preparation"),
         "objectives background lines_to_take their_points questions if_raised do_not_raise"),
        ("result", Message("group", "Result"), "summary press_line next_meeting"),
    ),
    "visit": (
        ("delegation", Message("group", "Delegation"),
         "head delegation_name delegation_size coordinator host_coordinator duty_phone"),
        ("invitation", Message("group", "Invitation and approval"),
         "invited_by invitation_date invitation_reference approval_number"),
        ("purpose", Message("group", "Purpose"), "purpose objectives key_messages"),
        ("travel", Message("group", "Travel and costs"),
         "time_zone hotels vehicles luggage internet medical embassies cost_bearer budget budget_lines"),
        ("result", Message("group", "Result"), "report outcomes"),
    ),
    "person": (
        ("address", Message("group", "Address and name in print"),
         "salutation salutation_free academic_title name_phonetic name_other pronunciation surname_capitals gender"),
        ("contact", Message("group", "Contact"), "phone wechat whatsapp contact_by"),
        ("profile", Message("group", "Profile"), "nationality spoken bio bio_long portrait"),
        ("care", Message("group", "Care on a visit"),
         "diet diet_note allergies habits mobility clothing_size emergency_contact birthday"),
        ("data", Message("group", "Personal data"),
         "consent keep_until passport_number passport_expires visa"),
    ),
    "organisation": (
        ("contact", Message("group", "Contact"), "address phone email website wechat"),
        ("profile", Message("group", "Profile"), "description logo"),
    ),
    "place": (
        ("names", Message("group", "Names"), "short_name official_name local_name pinyin"),
        ("figures", Message("group", "Facts and figures"),
         "population area_km2 mayor description key_industries facts sister_cities pilot_round time_zone website"),
        ("venue", Message("group", "As a venue"), "address organisation capacity rooms access wifi contact phone hospital position"),
        ("pictures", Message("group", "Pictures"), "logo flag photo map"),
    ),
    "ucap": (
        ("content", Message("group", "Content"), "key_focus key_challenges main_objective expected_results"),
        ("reference", Message("group", "Goals and figures"),
         "sdgs partnerships places_named reported_mou_count"),
    ),
    "pilot_project": (
        ("content", Message("group", "Content"), "description results"),
        ("parties", Message("group", "Who takes part"), "places organisations responsible budget"),
        ("reference", Message("group", "Goals"), "sdgs partnerships"),
        ("endorsement", Message("group", "Endorsement"), "endorsed endorsed_by endorsed_at"),
    ),
    "agreement": (
        ("content", Message("group", "Content"), "themes projects subject areas text authentic_text legal_force"),
        ("signing", Message("group", "Signing"),
         "signing_planned signed signing_place signing_meeting ceremony originals_en originals_zh originals_es originals_it originals_de originals archive"),
        ("term", Message("group", "Term"),
         "in_force term_months expires renewal notice_days notice_given review lead_days responsible"),
        ("links", Message("group", "Other agreements"), "supersedes amends placeholder"),
    ),
    "itinerary_item": (
        ("who", Message("group", "Who leads"), "host_lead our_lead interpreter group"),
        ("details", Message("group", "Details"), "address transport cars menu ceremony dress bring plan_b"),
        ("state", Message("group", "State"), "confirmed fixed public internal_note"),
    ),
}  # fmt: skip

USUAL: Mapping[str, tuple[str, ...]] = {
    "person": ("email", "mobile"),
    "agreement": ("originals_en", "originals_zh", "in_force", "term_months", "renewal", "responsible"),
}
"""Fields that a form shows even while they are empty, besides those that lists show: what a card of business says."""

ALWAYS: Mapping[str, tuple[str, ...]] = {
    "meeting": ("participation", "agenda_item", "minute_entry", "action_item"),
    "visit": ("participation", "itinerary_item"),
    "agreement": ("agreement_party", "signatory", "obligation"),
    "ucap": ("ucap_item", "theme"),
    "person": ("affiliation",),
    "pilot_project": ("road_map_step",),
}
"""Lists that a form shows even while they are empty; others appear with their first entry."""


def is_shown(field: KindField, *, local: bool) -> bool:
    """Return whether a form shows a field. ``local``: with those that stay on this laptop."""
    return field.name not in HIDDEN and not field.meta.machine and (local or not field.meta.local)


def groups_of(kind: Kind, *, local: bool) -> list[FieldGroup]:
    """Return the groups of a kind's form; every visible field stands in one of them, once.

    ``local``: with the fields that stay on this laptop.
    """
    titles = [name for name in kind.cls.title_fields if name in kind.fields]
    free = [name for name in dict.fromkeys((*titles, *kind.fields)) if is_shown(kind.fields[name], local=local)]
    groups = []
    for key, heading, names in (*LAYOUTS.get(kind.name, ()), FILING):
        mine = [name for name in names.split() if name in free]
        free = [name for name in free if name not in mine]
        groups.append(FieldGroup(key, heading, tuple(kind.fields[name] for name in mine)))
    first = FieldGroup("", None, tuple(kind.fields[name] for name in free))
    return [first, *(group for group in groups if group.fields)]
