"""People made from one line, and what the workspace holds of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.helpers.clock import FrozenClock
from tests.helpers.errors import user_error
from ucapdesk.base.clock import today
from ucapdesk.base.i18n import use_language
from ucapdesk.briefing.blocks.content import all_words
from ucapdesk.cli import cli
from ucapdesk.formats.sheets.sheet import read_sheets
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.model.text.assignments import parse_assignments
from ucapdesk.model.values import Bilingual, Codes, PartialDate, PersonName, When
from ucapdesk.papers import printing as papers
from ucapdesk.services import meetings
from ucapdesk.services.people import personal_data, privacy, vcards
from ucapdesk.services.people.personal_data import RetentionEntry, say_over
from ucapdesk.services.records import duplicates, history, records
from ucapdesk.services.workspaces import maintenance
from ucapdesk.store.desk import Desk
from ucapdesk.store.refusals import InTrash

NOW = datetime(2026, 11, 24, 15, 7, tzinfo=UTC)


def _add(desk: Desk, kind: str, *assignments: str, **values: object) -> str:
    named = KINDS[kind]
    return records.add(desk, kind, {**parse_assignments(named, assignments, new=True), **values})


def test_a_meeting_with_somebody_begins_now_and_is_one_step(desk: Desk) -> None:
    chen = _add(desk, "person", "name.family=Chen")
    before = maintenance.digest(desk)
    made: Any = records.get(desk, meetings.meet(desk, chen, NOW))
    assert (made.when.date, made.when.start) == ("2026-11-24", "15:00")
    (part,) = records.children(desk, made.id)["participation"]
    assert part.person == chen  # type: ignore[attr-defined]
    history.undo(desk)
    assert maintenance.digest(desk) == before


def test_only_with_people_who_are_there(desk: Desk) -> None:
    with user_error("wrong-kind-linked"):
        meetings.meet(desk, _add(desk, "place", "name.en=Liuzhou"), NOW)
    gone = _add(desk, "person", "name.family=Gone")
    records.trash(desk, gone)
    with pytest.raises(InTrash):
        meetings.meet(desk, gone, NOW)


def test_the_post_that_somebody_holds_today_is_told_everywhere(desk: Desk) -> None:
    person = records.add(desk, "person", {"name": PersonName("Tamm", "Liis"), "salutation": "ms"})
    for post, dates in (("Mayor", "2015/2019"), ("Director", "2020/..")):
        records.add(desk, "affiliation", {"owner": person, "post": Bilingual(en=post), "dates": PartialDate(dates)})
    visit = records.add(desk, "visit", {"title": Bilingual(en="Visit", zh="访问"), "travelling_side": "B"})
    records.add(desk, "participation", {"owner": visit, "person": person, "side": "B"})
    assert records.as_json(desk, records.get(desk, person))["computed"] == {
        "address_as": {"en": "Director Tamm", "zh": None}
    }
    found = records.get(desk, person)
    assert isinstance(found, Person)
    assert [each.post["en"] for each in vcards.card_of(desk, found).positions] == ["Director"]
    for document in ("delegation_list", "visit_pack"):
        paper = papers.make(desk, papers.request(desk, [visit], document=document))
        said = {words.text.get("en") for words, _ in all_words(paper)}
        assert "Director" in said
        assert not {"Mayor", "Mayor Tamm"} & said


@pytest.fixture
def chen(desk: Desk) -> str:
    """Somebody who took part, has something to do, and is named in a text."""
    house = _add(desk, "organisation", "name.en=FAO Liuzhou")
    id_ = _add(desk, "person", "name.family=Chen", "name.given=Yan", "name.order=family_first", "name_han.family=陈",
               "name_han.given=燕", "mobile=+86 138", "diet=vegetarian", "bio.en=Works.", "bio.zh=工作。")  # fmt: skip
    records.edit(desk, id_, parse_assignments(KINDS["person"], ("mobile=+86 139",)))
    _add(desk, "affiliation", f"owner={id_}", f"organisation={house}", "post.en=Section chief")
    meeting = _add(desk, "meeting", "title.en=Talks", when=When("2026-11-24"))
    _add(desk, "participation", f"owner={meeting}", f"person={id_}", "attendance=attended", "diet=no nuts")
    _add(desk, "action_item", f"owner={meeting}", f"person={id_}", "text.en=Send the data")
    _add(desk, "minute_entry", f"owner={meeting}", "text.en=Chen Yan agreed.")
    return id_


def test_everything_is_told_private_and_earlier_values_too(desk: Desk, chen: str) -> None:
    said = {(each.part, each.field): each.value for each in personal_data.everything(desk, chen)}
    assert said["The person", "Mobile telephone"] == "+86 139"
    assert said["The person", "Short biography"] == "Works. / 工作。"
    assert said["Posts", "Organisation"] == "FAO Liuzhou"
    assert "Diet on this occasion: no nuts" in said["Participants", "Person"]
    assert said["Named in", "Action › Who"] == "Send the data"
    assert ("Earlier values", "Mobile telephone") in said
    assert any("+86 138 → +86 139" in each.value for each in personal_data.everything(desk, chen))
    assert any(each.part == "Texts that hold the name" for each in personal_data.everything(desk, chen))


def test_what_was_said_of_a_participant_before_is_told(desk: Desk, chen: str) -> None:
    """It would be removed with the person: also what is in the Trash, or is about somebody else by now."""
    visit = _add(desk, "visit", "title.en=Spring visit")
    other = _add(desk, "person", "name.family=Rossi")
    for n in range(3):
        part = _add(desk, "participation", f"owner={visit}", f"person={chen}", f"diet=no fish {n}")
        records.edit(desk, part, parse_assignments(KINDS["participation"], ("diet=", f"person={other if n else chen}")))
        if n == 2:
            records.trash(desk, part)
    said = {(each.part, each.field, each.value) for each in personal_data.everything(desk, chen)}
    field = "Participant › Diet on this occasion"
    assert {("Earlier values", field, f"no fish {n} → –") for n in range(3)} <= said


def test_what_was_said_of_others_in_the_same_place_is_not_told(desk: Desk, chen: str) -> None:
    """Somebody was there before them, and somebody after."""
    visit = _add(desk, "visit", "title.en=Spring visit")
    other = _add(desk, "person", "name.family=Rossi")
    for whom, then in ((other, chen), (chen, other)):
        part = _add(desk, "participation", f"owner={visit}", f"person={whom}", "diet=vegan")
        for said in (("diet=halal",), ("diet=kosher", f"person={then}"), ("diet=salt",)):
            records.edit(desk, part, parse_assignments(KINDS["participation"], said))
    told = personal_data.everything(desk, chen)
    diets = [each.value for each in told if each.field == "Participant › Diet on this occasion"]
    theirs = ["– → no nuts", "– → kosher", "kosher → salt", "– → vegan", "vegan → halal", "halal → –"]
    assert sorted(diets) == sorted(theirs)
    assert not [each for each in told if "Rossi" in each.value]


def test_who_was_recorded_twice_is_told_whole(desk: Desk, chen: str, computer_zone: Callable[[str], None]) -> None:
    """Earlier values by the clock of this computer, as in the history."""
    computer_zone("Asia/Shanghai")
    twice = _add(desk, "person", "name=Chen Yanyan", "mobile=+86 137", "email=cy@example.cn")
    duplicates.say_same(desk, chen, twice)
    for id_ in (chen, twice):
        said = {(each.part, each.field, each.value) for each in personal_data.everything(desk, id_)}
        assert {("The person", "Mobile telephone", f"+86 13{n}") for n in (7, 9)} <= said
        assert ("Earlier values", "E-mail", "– → cy@example.cn") in said
        assert not any(value in (chen, twice) for _, _, value in said)
        assert any(each.record.startswith("2026-11-02 17:00 ") for each in personal_data.everything(desk, id_))
    (kept,) = personal_data.retention(desk)
    assert kept.last_day == "2026-11-24"


@pytest.mark.parametrize("suffix", [".json", ".xlsx", ".csv"])
def test_it_is_written_into_a_file_to_be_handed_over(desk: Desk, chen: str, tmp_path: Path, suffix: str) -> None:
    before = maintenance.digest(desk)
    file = tmp_path / f"chen{suffix}"
    n = personal_data.write(desk, chen, file)
    if suffix == ".json":
        told = json.loads(file.read_text(encoding="utf-8"))
        assert len(told["data"]) == n
        assert told["record"]["name_han"] == {"family": "陈", "given": "燕"}
        assert told["record"]["children"]["affiliation"]
    else:
        (sheet,) = read_sheets(file)
        assert len(sheet.rows) == n + 1
        assert any("+86 139" in row.cells for row in sheet.rows)
    assert maintenance.digest(desk) == before


def test_other_records_and_other_files_are_refused_with_a_sentence(desk: Desk, chen: str, tmp_path: Path) -> None:
    with user_error("not-a-persons-data"):
        personal_data.everything(desk, _add(desk, "place", "name.en=Liuzhou"))
    with user_error("unknown-ending"):
        personal_data.write(desk, chen, tmp_path / "a.pdf")
    (tmp_path / "file").write_text("")
    with user_error("file-not-written"):
        personal_data.write(desk, chen, tmp_path / "file" / "a.json")


def test_those_whose_time_is_over_stand_first_and_nobody_is_removed(desk: Desk, chen: str, clock: FrozenClock) -> None:
    now = today(desk.workspace.clock)
    for name, until in (("Over", "2020-06"), ("Soon", now.isoformat()), ("Kept", "2099"), ("Edge", str(now.year + 1))):
        person = _add(desk, "person", f"name.family={name}", f"keep_until={until}", "consent=by mail")
        _add(desk, "meeting", f"title.en={name}", "when=2026-10-01", f"chair_a={person}")
    kept = personal_data.retention(desk)
    assert [(each.name, each.state) for each in kept][:2] == [("Over", "over"), ("Soon", "soon")]
    states = {each.name: each.state for each in kept}
    assert (states["Chen Yan"], states["Kept"], states["Edge"]) == ("no_date", "kept", "kept")
    (of_chen,) = [each for each in kept if each.id == chen]
    assert (of_chen.last_day, of_chen.until) == ("2026-11-24", "")
    assert (kept[0].until, kept[0].last_day) == ("June 2020", "2026-10-01")
    assert [each.name for each in personal_data.retention(desk, due_only=True)] == ["Over", "Soon"]
    assert records.count(desk, "person") == 5


@pytest.mark.parametrize(
    ("states", "en", "zh"),
    [
        ((), "No retention period has ended or ends soon.", "没有人的保留期限已到，也没有即将到期的。"),
        (
            ("kept", "no_date"),
            "No retention period has ended or ends soon.",
            "没有人的保留期限已到，也没有即将到期的。",
        ),
        (
            ("soon",),
            "No retention period has ended; that of 1 person ends soon.",
            "没有人的保留期限已到；1 人即将到期。",
        ),
        (("over", "soon"), "The retention period of 1 person has ended.", "1 人的保留期限已到。"),
        (("over", "over"), "The retention periods of 2 people have ended.", "2 人的保留期限已到。"),
    ],
)
def test_how_many_are_due_is_a_sentence_of_none_too(states: tuple[str, ...], en: str, zh: str) -> None:
    kept = [RetentionEntry("1", "x", "", state, "", "", "") for state in states]
    assert say_over(kept) == en
    use_language("zh")
    assert say_over(kept) == zh


def test_what_only_sounds_like_a_name_is_not_said_to_name_the_person(desk: Desk) -> None:
    """玻利维亚 is read bo-li-wei-ya."""
    named = [_add(desk, "meeting", "title.en=Talk with WEI Li"), _add(desk, "meeting", "title.zh=会见李薇")]
    named.append(_add(desk, "template", "name.zh=名单", "body.zh=李　薇"))
    _add(desk, "meeting", "title.zh=玻利维亚")
    assert sorted(privacy.mentions(desk, ["Wei LI", "Li Wei", "李薇"])) == sorted(named)


def test_a_name_is_found_in_fields_that_no_search_looks_into_and_among_recipients(desk: Desk) -> None:
    visit = _add(desk, "visit", "title.en=Study visit", "vehicles.en=Čeněk Řehořka drives car 2")
    packs = [
        _add(desk, "pack", f"owner={visit}", "title.en=Pack", f"recipients={who}") for who in ("Rehorka Cenek", "Li")
    ]
    names = ["Čeněk Řehořka"]
    assert sorted(privacy.mentions(desk, names)) == sorted([visit, packs[0]])
    records.edit(desk, packs[0], {"recipients": Codes()})
    left = privacy.mentions(desk, names)
    assert (left, privacy.held_before(desk, names, left)) == ([visit], [packs[0]])


def test_a_name_in_the_trash_is_named_as_it_can_be_restored(desk: Desk, chen: str) -> None:
    lunch = _add(desk, "meeting", "title.en=Lunch with Chen Yan")
    records.trash(desk, lunch)
    tea = _add(desk, "meeting", "title.en=Tea with Yan Chen")
    records.edit(desk, tea, {"title": Bilingual(en="Tea")})
    walk = _add(desk, "meeting", "title.en=Walk with Chén Yán")
    records.edit(desk, walk, {"title": Bilingual(en="Walk")})
    assert ("Texts that hold the name", "Lunch with Chen Yan") in {
        (each.part, each.record) for each in personal_data.everything(desk, chen)
    }
    path = desk.workspace.path
    desk.close()
    done = CliRunner().invoke(cli, ["erase", str(path), chen, "--confirm", "Chen Yan", "--lang", "en"])
    assert f"The name still occurs in “Lunch with Chen Yan” ({lunch}), which is in the Trash." in done.output
    assert done.output.count("which is in the Trash") == 1
    assert f"An earlier value of “Tea” ({tea}) holds the name" in done.output
    assert f"An earlier value of “Walk” ({walk}) holds the name" in done.output
    assert done.output.count("An earlier value") == 2
