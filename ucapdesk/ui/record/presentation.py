"""The table of presentations: the page of each kind, the groups of its form, the keys and chips of its list.

A kind needs no line here: what is not said is as for every kind. A page is imported when its first record is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any, NamedTuple

from ucapdesk.base.i18n import Message
from ucapdesk.model.listing import ROLE

RELATED = "screens.people_screens.AroundScreen"  # the page that shows related records


class Presentation(NamedTuple):
    screen: str = "record.record_screen.RecordScreen"  # The class of its page, under ``ucapdesk.ui``
    # Groups of its form: key, heading, fields. What none of them names stands first, without a heading.
    groups: tuple[tuple[str, Message, str], ...] = ()
    usual: tuple[str, ...] = ()  # Fields that the form shows even while they are empty, besides those that lists show
    # Lists of parts that the form shows even while they are empty; others appear with their first entry.
    always: tuple[str, ...] = ()
    whole_width: bool = False  # Enter gives its page the whole window
    tab: Message | None = None  # The label of its tab, where that is not the name of the kind
    chips: tuple[str, ...] = ()  # Fields whose values a chip over the list offers
    # The list says how many are incomplete: records of this kind are often only named in passing.
    counts_incomplete: bool = False
    made_in_list: bool = False  # A part that can also belong to nothing, and then is made in its list
    pasted: str = ""  # The command that takes what is pasted into the list
    space: str = ""  # The command of Space in the list
    comes: Message | None = None  # Where its records come from, said where there are none and the list makes none
    seated: bool = False  # Has a seating plan
    # Fields that its page shows in a way of its own, in place of the form: a status stands in one place.
    on_page: tuple[str, ...] = ()

    def screen_class(self) -> Any:
        """Return the class of the page, a ``Screen``; pages know the forms, which know this table."""
        module, _, name = f"ucapdesk.ui.{self.screen}".rpartition(".")
        return getattr(import_module(module), name)


PRESENTATIONS: Mapping[str, Presentation] = {
    "visit": Presentation(
        screen="screens.visit_screen.VisitScreen",
        seated=True, on_page=("status",),
        always=("participation", "itinerary_item"), whole_width=True,
        groups=(
            ("delegation", Message("group", "Delegation"),
             "head delegation_name delegation_size coordinator host_coordinator duty_phone"),
            ("invitation", Message("group", "Invitation and approval"),
             "invited_by invitation_date invitation_reference approval_number"),
            ("purpose", Message("group", "Purpose"), "purpose objectives key_messages"),
            ("travel", Message("group", "Travel and costs"),
             "time_zone hotels vehicles luggage internet medical embassies cost_bearer budget budget_lines"),
            ("result", Message("group", "Result"), "report outcomes"),
        ),
    ),
    "meeting": Presentation(
        screen="screens.meeting_screen.MeetingScreen",
        seated=True,
        always=("participation", "agenda_item", "minute_entry", "action_item"), whole_width=True,
        groups=(
            ("time", Message("group", "Time and place"),
             "when visit places room status ucap themes mode type ordinal places_print online_link"),
            ("place", Message("group", "Who leads, and in which languages"),
             "chair_a chair_b spoken interpretation reported_participants"),
            ("preparation", Message("group", "Preparation"),
             "objectives background lines_to_take their_points questions if_raised do_not_raise"),
            ("result", Message("group", "Result"), "summary press_line next_meeting"),
        ),
    ),
    "action_item": Presentation(made_in_list=True, space="record.tick"),
    "person": Presentation(
        screen=RELATED,
        usual=("email", "mobile"), always=("affiliation",), chips=("place", ROLE), counts_incomplete=True, pasted="file.copied",
        groups=(
            ("address", Message("group", "Address and name in print"),
             "salutation salutation_free academic_title name_phonetic name_other pronunciation surname_capitals gender"),
            ("contact", Message("group", "Contact"), "phone wechat whatsapp contact_by"),
            ("profile", Message("group", "Profile"), "nationality spoken bio bio_long portrait"),
            ("care", Message("group", "Care on a visit"),
             "diet diet_note allergies habits mobility clothing_size emergency_contact birthday"),
            ("data", Message("group", "Personal data"),
             "consent keep_until passport_number passport_expires visa"),
        ),
    ),
    "organisation": Presentation(
        screen=RELATED,
        groups=(
            ("contact", Message("group", "Contact"), "address phone email website wechat"),
            ("profile", Message("group", "Profile"), "description logo"),
        ),
    ),
    "ucap": Presentation(
        screen="screens.people_screens.UcapScreen",
        always=("ucap_item", "theme"),
        groups=(
            ("content", Message("group", "Content"), "key_focus key_challenges main_objective expected_results"),
            ("reference", Message("group", "Goals and figures"),
             "sdgs partnerships places_named reported_mou_count"),
        ),
    ),
    "place": Presentation(
        screen="screens.people_screens.PlaceScreen",
        tab=Message("section", "Cities"),
        groups=(
            ("names", Message("group", "Names"), "short_name official_name local_name pinyin"),
            ("figures", Message("group", "Facts and figures"),
             "population area_km2 mayor description key_industries facts sister_cities pilot_round time_zone website"),
            ("venue", Message("group", "As a venue"), "address organisation capacity rooms access wifi contact phone hospital position"),
            ("pictures", Message("group", "Pictures"), "logo flag photo map"),
        ),
    ),
    "pilot_project": Presentation(
        screen=RELATED,
        always=("road_map_step",),
        groups=(
            ("content", Message("group", "Content"), "description results"),
            ("parties", Message("group", "Who takes part"), "places organisations responsible budget"),
            ("reference", Message("group", "Goals"), "sdgs partnerships"),
            ("endorsement", Message("group", "Endorsement"), "endorsed endorsed_by endorsed_at"),
        ),
    ),
    "theme": Presentation(screen=RELATED),
    "agreement": Presentation(
        screen="screens.agreement_screen.AgreementScreen",
        usual=("originals_by_language", "in_force", "term_months", "renewal", "responsible"),
        always=("agreement_party", "signatory", "obligation"), chips=("ucap", "status"), whole_width=True,
        on_page=("status",),
        groups=(
            ("content", Message("group", "Content"), "themes projects subject areas text authentic_text legal_force"),
            ("signing", Message("group", "Signing"),
             "signing_planned signed signing_place signing_meeting ceremony originals_by_language originals archive"),
            ("term", Message("group", "Term"),
             "in_force term_months expires renewal notice_days notice_given review lead_days responsible"),
            ("links", Message("group", "Other agreements"), "supersedes amends placeholder"),
        ),
    ),
    "itinerary_item": Presentation(
        seated=True,
        groups=(
            ("who", Message("group", "Who leads"), "host_lead our_lead interpreter group"),
            ("details", Message("group", "Details"), "address transport cars menu ceremony dress bring plan_b"),
            ("state", Message("group", "State"), "confirmed fixed public internal_note"),
        ),
    ),
    "pack": Presentation(
        whole_width=True, comes=Message("list", "A paper that is printed or saved as a pack is kept here.")
    ),
    "house_style": Presentation(made_in_list=True),
}  # fmt: skip
_AS_EVERY_KIND = Presentation()


def presentation(kind: str) -> Presentation:
    return PRESENTATIONS.get(kind, _AS_EVERY_KIND)
