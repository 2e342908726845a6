"""A new person from a business card in two scripts, by keys alone; the Chinese by an input method."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton

from tests.journeys.conftest import AtDesk
from ucapdesk.base.i18n import language
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.model.values import HanName
from ucapdesk.services.records import records


def shown(at_desk: AtDesk, name: str) -> list[str]:
    """What stands on the buttons of this object name that can be seen."""
    buttons = at_desk.window.record.findChildren(QPushButton, name)
    return [each.text() for each in buttons if each.isVisible()]


@pytest.mark.row("M5")
@pytest.mark.rule("S4", "B8", "B9", "I2", "K3", "R23", "R24", "W5", "J5")
def test_a_person_is_written_down_from_a_card_and_found_in_every_way(at_desk: AtDesk) -> None:
    before = set(records.listing(at_desk.desk, "person"))
    driver = at_desk.driver.press("Ctrl+5", "Ctrl+N").think()
    driver.type("Zhang").press("Tab").type("Wei").press("Tab", "Tab")
    driver.compose("zhang", "张").press("Tab").compose("wei", "伟").press("Tab", "Tab").think()
    driver.type("zhangwei").type_with_altgr("@").type("example.cn").press("Tab").type("+86 138 0000 0000").press(
        "Tab", "Tab", "Space"
    ).think()
    driver.type("drc").press("Enter", "Tab")
    if language() == "zh":  # whose own language stands first
        driver.press("Tab")
    driver.type("deputy director")
    driver.wait(
        lambda: any("副主任" in each for each in shown(at_desk, "field.post.zh.use"))
    )  # offered, and left alone
    driver.press("Ctrl+Return")
    (made,) = set(records.listing(at_desk.desk, "person")) - before
    person, (post,) = records.get(at_desk.desk, made), records.children(at_desk.desk, made)["affiliation"]
    assert (person.name.family, person.name.given) == ("Zhang", "Wei")  # type: ignore[attr-defined]
    assert person.name_han == HanName("张", "伟")  # type: ignore[attr-defined]
    assert (person.email, person.mobile) == ("zhangwei@example.cn", "+86 138 0000 0000")  # type: ignore[attr-defined]
    assert records.get(at_desk.desk, post.organisation).acronym == "DRC"  # type: ignore[attr-defined]
    assert post.post["en"] == "deputy director"  # type: ignore[attr-defined]
    assert "zh" not in post.post  # type: ignore[attr-defined]
    for typed in ("zw", "张伟", "zhang wei"):
        assert made in [each.id for each in at_desk.found(typed)], typed
    took = driver.took
    people = [each for each in at_desk.found("zhang wei") if isinstance(each, Person)]
    (other,) = [each for each in people if each.id != made and each.name_han == HanName("张", "伟")]
    name = records.titles(at_desk.desk, [other.id], language())[other.id]
    driver.wait(lambda: any(name in each for each in shown(at_desk, "record.alike")))
    assert took.keys <= 95
    assert took.clicks == 0
    assert took.seconds - sum(took.answers) < 50
