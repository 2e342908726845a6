"""Forms call the sides of a record by their cities: a chair, a choice of sides, who leads a point of the programme."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QComboBox, QLabel
from pytestqt.qtbot import QtBot

from tests.helpers.second_story import SecondStory
from tests.ui.list_hands import child
from ucapdesk.base.i18n import use_language
from ucapdesk.model.serialize import kind_of
from ucapdesk.model.values import Bilingual
from ucapdesk.services import Desk
from ucapdesk.services.records import records
from ucapdesk.ui.fields.token_field import TokenField
from ucapdesk.ui.record.child_list import ChildList, columns_of
from ucapdesk.ui.record.record_view import RecordView
from ucapdesk.ui.window.window_layout import WindowLayout

pytestmark = pytest.mark.usefixtures("dressed")


def form(qtbot: QtBot, desk: Desk, id_: str) -> RecordView:
    made = RecordView(desk, WindowLayout())
    qtbot.addWidget(made)
    made.show_record(id_)
    made.show()
    assert made.form is not None
    made.form.unfold()
    return made


def label(made: RecordView, name: str) -> str:
    return " ".join(each.text() for each in made.editors[name].findChildren(QLabel) if each.text())


@pytest.mark.parametrize(
    ("lang", "chairs"),
    [
        ("en", ("Chair, Zhengzhou side", "Chair, Łódź and Thessaloniki side")),
        ("zh", ("郑州方主谈人", "罗兹、塞萨洛尼基方主谈人")),
    ],
)
def test_the_chairs_of_a_meeting_are_of_their_cities(
    qtbot: QtBot, second_desk: Desk, second_story: SecondStory, lang: str, chairs: tuple[str, str]
) -> None:
    use_language(lang)
    made = form(qtbot, second_desk, second_story["meeting"])
    assert chairs[0] in label(made, "chair_a")
    assert chairs[1] in label(made, "chair_b")
    records.edit(second_desk, second_story["side A"], {"label_text": Bilingual(en="Kaifeng", zh="开封")})
    chips = made.editors["chair_a"].findChild(TokenField)
    assert isinstance(chips, TokenField)
    assert {"en": "Chair, Kaifeng side", "zh": "开封方主谈人"}[lang] in label(made, "chair_a"), "it is called as before"
    assert chips.browse.accessibleName().startswith({"en": "Chair, Kaifeng side", "zh": "开封方主谈人"}[lang])


def test_a_side_is_chosen_by_its_cities(qtbot: QtBot, second_desk: Desk, second_story: SecondStory) -> None:
    part = records.children(second_desk, second_story["meeting"])["participation"][0]
    (box,) = form(qtbot, second_desk, part.id).editors["side"].findChildren(QComboBox)
    assert {"Zhengzhou side", "Łódź and Thessaloniki side"} <= {box.itemText(at) for at in range(box.count())}
    assert kind_of(part).fields["side"] in columns_of(kind_of(part))
    ucap = form(qtbot, second_desk, second_story["ucap"])
    rows = child(ucap, ChildList, "parts.ucap_place")
    rows.rows[0].editors[0].setFocus()
    records.edit(second_desk, second_story["side A"], {"label_text": Bilingual(en="Kaifeng", zh="开封")})
    for each in rows.findChildren(QComboBox, "field.side.box"):
        assert each.findText("Kaifeng side") > 0, "the open page calls the side as before"
        assert each.findText("Zhengzhou side") < 0


def test_who_leads_a_point_is_of_the_hosts_or_the_guests(
    qtbot: QtBot, second_desk: Desk, second_story: SecondStory
) -> None:
    item = records.children(second_desk, second_story["visit"])["itinerary_item"][0]
    made = form(qtbot, second_desk, item.id)
    assert "Led by, Zhengzhou side" in label(made, "host_lead")
    assert "Led by, Łódź and Thessaloniki side" in label(made, "our_lead")
