"""What follows from a choice stands there already: the post and party of a signatory, the host city of a visit."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt

from tests.ui.conftest import User
from tests.ui.list_hands import screen_of
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.values import Bilingual, PartialDate, PersonName
from ucapdesk.services.records import records
from ucapdesk.ui.screens.agreement_screen import AgreementScreen
from ucapdesk.ui.screens.visit_screen import VisitScreen


def test_a_signatory_brings_party_and_post_along(user: User) -> None:
    house = records.add(user.desk, "organisation", {"name": Bilingual(en="City of Gdańsk")})
    person = records.add(user.desk, "person", {"name": PersonName("Wrzesińska", "Halina")})
    post = {"owner": person, "organisation": house, "post": Bilingual(en="Mayor", zh="市长")}
    records.add(user.desk, "affiliation", post)
    mou = records.add(user.desk, "agreement", {"title": Bilingual(en="Port data")})
    party = records.add(user.desk, "agreement_party", {"owner": mou, "organisation": house, "side": "B"})
    records.add(user.desk, "agreement_party", {"owner": mou, "free_name": Bilingual(en="Another"), "side": "A"})
    user.open(mou)
    screen = screen_of(user, AgreementScreen)
    screen.lists["signatory"].add_last()
    box: Any = user.focus()
    user.compose(box, "", "Wrzesińska")
    user.press(Qt.Key.Key_Return)
    user.press(Qt.Key.Key_Tab)
    (made,) = records.children(user.desk, mou)["signatory"]
    signatory: Any = made
    assert (signatory.person, signatory.party) == (person, party)
    assert dict(signatory.post) == {"en": "Mayor", "zh": "市长"}
    user.window.do("edit.undo")
    assert not records.children(user.desk, mou)["signatory"]


def test_a_visit_goes_to_the_only_city_of_the_other_side(user: User) -> None:
    ucap = user.id("ucap")
    user.window.record.show_new(KINDS["visit"], given={"travelling_side": "B", "title": Bilingual(en="Spring visit")})
    line = user.editor("ucaps").field_of_chips.line
    line.setFocus()
    user.compose(line, "", "Liuzhou")
    user.press(Qt.Key.Key_Return)
    visit = user.window.record.id
    assert visit
    assert list(user.value(visit, "ucaps")) == [ucap]
    (city,) = user.value(visit, "host_places")
    assert records.titles(user.desk, [city], "en") == {city: "Liuzhou"}
    box = user.editor("travelling_side").box
    box.setCurrentIndex(box.findData("A"))
    box.activated.emit(box.currentIndex())
    assert list(user.value(visit, "host_places")) != [city], "what followed from the other side goes with it"


def test_the_details_of_a_day_begin_at_its_city(user: User) -> None:
    visit = user.id("visit")
    records.edit(user.desk, visit, {"dates": PartialDate("2027-05-10/2027-05-12")})
    user.open(visit)
    screen = screen_of(user, VisitScreen)
    screen.show_tab("itinerary")
    user.click("itinerary.day")
    assert type(user.record).__tablename__ == "itinerary_day"
    line = user.editor("place").field_of_chips.line
    assert user.focus() is line
